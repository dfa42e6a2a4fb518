#include "sim/version.hpp"

#include <gnu/libc-version.h>

#include "instroom_commit.hpp"  // made by tools/commit.cmake at every build; nothing else includes it

namespace sim {

std::string version() { return INSTROOM_VERSION; }
std::string commit() { return instroom_commit; }
std::string c_library() { return std::string("glibc ") + gnu_get_libc_version(); }

bool has_fma() {
#if defined(__x86_64__)
    return __builtin_cpu_supports("fma") != 0;
#else
    return true;  // part of the base instructions elsewhere
#endif
}

}  // namespace sim
