#include "experiments/exploration/slurm.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <regex>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sys/wait.h>

#include "sim/error.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

/// Room above what one run was measured at: other machines, and points that take longer.
constexpr double time_room = 3, memory_room = 1.25;
constexpr double least_seconds = 600;
constexpr std::uint64_t usual_memory = std::uint64_t{2} << 30;
constexpr std::size_t usual_array_size = 1001;

std::string quoted(const std::string& text) {
    std::string made = "'";
    for (const char c : text) made += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return made + "'";
}

fs::path program_file() {
    std::error_code error;
    const auto file = fs::read_symlink("/proc/self/exe", error);
    if (error) throw sim::FileError("cannot read /proc/self/exe: " + error.message());
    return file;
}

std::string slurm_time(double seconds) {
    const auto minutes = static_cast<long>(std::ceil(std::max(seconds, least_seconds) / 60));
    return fmt::format("{}-{:02}:{:02}:00", minutes / 1440, minutes / 60 % 24, minutes % 60);
}

/// What a command prints. Throws InputError with its complaint.
std::string output_of(const std::string& command) {
    std::FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    if (pipe == nullptr) throw sim::FileError("cannot start " + command + ": " + std::strerror(errno));
    std::string text;
    std::array<char, 4096> buffer{};
    while (const auto got = std::fread(buffer.data(), 1, buffer.size(), pipe)) text.append(buffer.data(), got);
    const int status = ::pclose(pipe);
    while (!text.empty() && text.back() == '\n') text.pop_back();
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        std::replace(text.begin(), text.end(), '\n', ' ');
        throw sim::InputError(command.substr(0, command.find(' ')) + " refuses: " + text);
    }
    return text;
}

/// The number of a job that `sbatch --parsable` prints, without the name of a cluster.
std::string job_of(const std::string& text) {
    const std::string last = text.substr(text.rfind('\n') == std::string::npos ? 0 : text.rfind('\n') + 1);
    return last.substr(0, last.find(';'));
}

}  // namespace

void write_batch_scripts(const fs::path& folder, const SweepPlan& plan) {
    const fs::path whole = fs::absolute(folder);
    const auto processors = static_cast<double>(plan.processors_a_task);
    const double memory = plan.cost.memory == 0 ? static_cast<double>(usual_memory)
                                                : static_cast<double>(plan.cost.memory) + (processors - 1) * static_cast<double>(plan.cost.further);
    const double seconds = plan.cost.seconds * static_cast<double>(plan.points_a_task) / processors * time_room;
    const auto mebibytes = static_cast<std::uint64_t>(memory * memory_room / (1 << 20)) + 1;
    const std::string common = fmt::format("#SBATCH --output=\"{0}/slurm-%A_%a.log\"\n#SBATCH --requeue\n#SBATCH --open-mode=append\n", whole.string());
    const std::string tasks = fmt::format(
        "#!/bin/bash\n"
        "# Tasks of {0}, written by `instroom sweep plan`; `instroom sweep submit` gives the array, and the number of its tasks as the first argument.\n"
        "# A point: {1:.2f} s of one thread, {2} bytes of a record; measured before.\n"
        "#SBATCH --job-name=instroom-sweep\n"
        "#SBATCH --cpus-per-task={3}\n"
        "#SBATCH --mem={4}M\n"
        "#SBATCH --time={5}\n"
        "{6}"
        "exec {7} sweep run {8} --task \"$SLURM_ARRAY_TASK_ID\" --of \"$1\" --threads \"$SLURM_CPUS_PER_TASK\"\n",
        plan.sweep.name, plan.cost.seconds, plan.cost.disk, plan.processors_a_task, mebibytes, slurm_time(seconds), common, quoted(program_file().string()),
        quoted(whole.string()));
    const std::string merge = fmt::format(
        "#!/bin/bash\n"
        "# Merges {0} when its tasks have ended, however they did: what is incomplete is refused.\n"
        "#SBATCH --job-name=instroom-merge\n"
        "#SBATCH --cpus-per-task=1\n"
        "#SBATCH --mem={1}M\n"
        "#SBATCH --time={2}\n"
        "#SBATCH --output=\"{3}/slurm-merge-%j.log\"\n"
        "#SBATCH --requeue\n"
        "exec {4} sweep merge {5} --force\n",
        plan.sweep.name, 1024, slurm_time(0), whole.string(), quoted(program_file().string()), quoted(whole.string()));
    sim::write_whole(folder / "tasks.sbatch", tasks);
    sim::write_whole(folder / "merge.sbatch", merge);
}

std::size_t most_array_tasks(const std::string& configuration) {
    static const std::regex form(R"((?:^|\n)\s*MaxArraySize\s*=\s*(\d+))");
    std::smatch found;
    return std::regex_search(configuration, found, form) ? std::max<std::size_t>(std::stoul(found[1].str()), 1) : usual_array_size;
}

std::optional<SubmittedJobs> submit_sweep(const fs::path& folder, const SweepPlan& plan, const SweepState& state, const std::vector<std::string>& further) {
    const std::size_t step = std::min(plan.tasks(), most_array_tasks(output_of("scontrol show config")));
    std::vector<char> needed(step, 0);
    for (std::size_t p = 0; p < state.points.size(); ++p)
        if (state.points[p] == PointState::left) needed[p / plan.points_a_task % step] = 1;
    // Ranges, since a list of thousands of numbers is longer than what sbatch takes.
    std::vector<std::string> ranges;
    SubmittedJobs jobs;
    for (std::size_t i = 0; i < step; ++i) {
        if (needed[i] == 0) continue;
        std::size_t last = i;
        while (last + 1 < step && needed[last + 1] != 0) ++last;
        ranges.push_back(i == last ? std::to_string(i) : fmt::format("{}-{}", i, last));
        jobs.tasks += last - i + 1;
        i = last;
    }
    if (ranges.empty()) return std::nullopt;
    const fs::path whole = fs::absolute(folder);
    std::string options;
    for (const auto& word : further) options += " " + quoted(word);
    jobs.array = job_of(
        output_of(fmt::format("sbatch --parsable --array={}{} {} {}", fmt::join(ranges, ","), options, quoted((whole / "tasks.sbatch").string()), step)));
    jobs.merge =
        job_of(output_of(fmt::format("sbatch --parsable --dependency=afterany:{}{} {}", jobs.array, options, quoted((whole / "merge.sbatch").string()))));
    return jobs;
}

}  // namespace experiments
