#pragma once
/// What was built, and on what it runs.

#include <string>

namespace sim {

/// "0.1.0".
[[nodiscard]] std::string version();
/// The git commit that was built, with -dirty where files differed from it; "unknown" without a repository.
[[nodiscard]] std::string commit();
/// C library at run time, such as "glibc 2.36": it chooses log, exp and pow by processor.
[[nodiscard]] std::string c_library();
/// Whether the processor has fused multiply-add; results are compared byte by byte only among machines that agree on it.
[[nodiscard]] bool has_fma();

}  // namespace sim
