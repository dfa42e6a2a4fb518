#include "sim/memory.hpp"

#include <algorithm>
#include <fstream>
#include <limits>

#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include "sim/parallel.hpp"

namespace sim {

namespace {

constexpr std::uint64_t unknown = std::numeric_limits<std::uint64_t>::max();

/// The number in a file that holds nothing else; `unknown` for "max" or no file.
std::uint64_t number_in(const std::string& path) {
    std::ifstream in(path);
    std::uint64_t number = 0;
    return in >> number ? number : unknown;
}

/// Bytes of files that a control group keeps cached and gives up when memory is asked for.
std::uint64_t cached_in(const std::string& statistics_file, const std::string& prefix) {
    std::uint64_t bytes = 0;
    std::ifstream in(statistics_file);
    std::string name;
    for (std::uint64_t number = 0; in >> name >> number;)
        if (name == prefix + "inactive_file" || name == prefix + "active_file") bytes += number;
    return bytes;
}

/// What is left of a control group's limit.
std::uint64_t left_in_group(const std::string& limit_file, const std::string& use_file, const std::string& statistics_file, const std::string& prefix) {
    const std::uint64_t limit = number_in(limit_file);
    std::uint64_t use = number_in(use_file);
    if (limit == unknown || use == unknown) return unknown;
    use -= std::min(use, cached_in(statistics_file, prefix));
    return limit > use ? limit - use : 0;
}

}  // namespace

std::uint64_t peak_memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

std::uint64_t available_memory() {
    std::uint64_t available = unknown;
    std::ifstream in("/proc/meminfo");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with("MemAvailable:")) available = std::stoull(line.substr(13)) * 1024;

    std::ifstream groups("/proc/self/cgroup");
    for (std::string line; std::getline(groups, line);) {
        const auto path = line.rfind(':');
        if (path == std::string::npos) continue;
        const std::string group = line.substr(path + 1);
        if (line.starts_with("0::")) {
            const std::string folder = "/sys/fs/cgroup" + group;
            available = std::min(available, left_in_group(folder + "/memory.max", folder + "/memory.current", folder + "/memory.stat", ""));
        } else if (line.find(":memory:") != std::string::npos) {
            const std::string folder = "/sys/fs/cgroup/memory" + group;
            available =
                std::min(available, left_in_group(folder + "/memory.limit_in_bytes", folder + "/memory.usage_in_bytes", folder + "/memory.stat", "total_"));
        }
    }
    return available;
}

void take_pages(const void* begin, std::size_t bytes) {
#ifdef MADV_POPULATE_WRITE
    constexpr std::size_t piece = std::size_t{1} << 21;  // a huge page of most processors
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    // Whole pages within the memory: those at its edges may belong to others.
    const std::size_t first = (reinterpret_cast<std::uintptr_t>(begin) + page - 1) / page * page;
    const std::size_t last = (reinterpret_cast<std::uintptr_t>(begin) + bytes) / page * page;
    if (last <= first) return;
#ifdef MADV_HUGEPAGE
    static_cast<void>(::madvise(reinterpret_cast<void*>(first), last - first, MADV_HUGEPAGE));
#endif
    for_each_task((last - first + piece - 1) / piece, [&](std::size_t task) {
        const std::size_t at = first + task * piece;
        // Where it fails, pages are taken at their first use.
        static_cast<void>(::madvise(reinterpret_cast<void*>(at), std::min(piece, last - at), MADV_POPULATE_WRITE));
    });
#else
    static_cast<void>(begin), static_cast<void>(bytes);
#endif
}

std::string text_of_bytes(std::uint64_t bytes) {
    const double mebibytes = static_cast<double>(bytes) / (1024.0 * 1024.0);
    return mebibytes < 1024 ? fmt::format("{:.0f} MiB", mebibytes) : fmt::format("{:.1f} GiB", mebibytes / 1024);
}

}  // namespace sim
