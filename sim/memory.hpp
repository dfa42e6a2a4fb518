#pragma once
/// How much memory the process took, and how much there is.

#include <cstdint>
#include <string>

namespace sim {

/// Highest resident memory of the process so far, in bytes.
[[nodiscard]] std::uint64_t peak_memory();
/// Bytes that the process may still take without swapping: what the system calls available, less where a control group allows less.
/// The largest number where the system does not say.
[[nodiscard]] std::uint64_t available_memory();
/// "870 MiB", "3.2 GiB".
[[nodiscard]] std::string text_of_bytes(std::uint64_t bytes);

}  // namespace sim
