#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "experiments/calibration.hpp"
#include "experiments/calibration_file.hpp"
#include "experiments/run_log.hpp"
#include "experiments/simulator.hpp"
#include "experiments/targets.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/interrupt.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"
#include "sim/version.hpp"
#include "tools/program.hpp"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// Bytes a person that one of several runs side by side takes, and those of its series and buffers.
constexpr double bytes_a_person = 200, bytes_a_run = 60e6;

void check_output(const fs::path& output, bool force) {
    std::error_code error;
    if (fs::is_directory(output, error)) throw sim::InputError(output.string() + " is a folder, but a file to write is expected");
    if (!force && fs::exists(output, error)) throw sim::InputError(output.string() + " exists and is kept; --force replaces it, -o names another file");
    const fs::path folder = output.has_parent_path() ? output.parent_path() : fs::path(".");
    if (!fs::is_directory(folder, error)) throw sim::FileError("cannot write " + output.string() + ": the folder " + folder.string() + " does not exist");
}

/// 64 bits of a text (FNV-1a).
std::uint64_t short_digest(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    return hash;
}

/// What finished runs belong to. Observed figures and priors are not part of it: they change which runs are asked for, not what a run gives.
std::string key_of(const CalibrateCommand& command, const experiments::Targets& targets, const experiments::Simulator& simulator) {
    std::string moments, tables;
    for (const auto& t : targets.targets) {
        moments += fmt::format("{} {} {} {} {} {}", t.name, static_cast<int>(t.kind), t.from.text(), t.until.text(), t.times, static_cast<int>(t.scaling));
        for (const auto* list : {&t.top, &t.bottom, &t.regions}) {
            for (const auto& words : *list) moments += "\n" + words;
            moments += "\n/";
        }
    }
    for (const auto& row : simulator.provenance()) tables += row.file + " " + row.sha256 + "\n";
    return fmt::format("Instroom {} (git {}), {}, scale {}, seed {}, moments {:016x}, tables {:016x}, until {}", sim::version(), sim::commit(),
                       sim::c_library(), command.scale, command.seed, short_digest(moments), short_digest(tables), simulator.last_month().text());
}

/// Says how far the runs are: one line that renews itself on a terminal, a line now and then elsewhere.
class RunProgress {
public:
    explicit RunProgress(bool quiet) : quiet_(quiet), terminal_(::isatty(STDERR_FILENO) != 0) {}
    ~RunProgress() { clear(); }
    RunProgress(const RunProgress&) = delete;
    RunProgress& operator=(const RunProgress&) = delete;

    void say(const std::string& line) {
        if (quiet_) return;
        clear();
        fmt::print(stderr, "{}\n", line);
    }
    void done(std::size_t runs, std::size_t total) {
        const auto now = Clock::now();
        const double seconds = std::chrono::duration<double>(now - began_).count();
        if (first_ == 0) first_ = runs;  // runs that were found in the file take no time
        if (quiet_ || std::chrono::duration<double>(now - shown_).count() < (terminal_ ? 0.5 : 15)) return;
        shown_ = now;
        const double left = runs > first_ ? seconds / static_cast<double>(runs - first_) * static_cast<double>(total - runs) : 0;
        const std::string line = fmt::format("run {} of {}, {:.0f} s, about {:.0f} s left", runs, total, seconds, left);
        if (terminal_)
            fmt::print(stderr, "\r\x1b[K{}", line);
        else
            fmt::print(stderr, "{}\n", line);
        std::fflush(stderr);
    }

private:
    using Clock = std::chrono::steady_clock;
    void clear() const {
        if (terminal_ && !quiet_) fmt::print(stderr, "\r\x1b[K");
    }
    bool quiet_, terminal_;
    Clock::time_point began_ = Clock::now(), shown_ = began_;
    std::size_t first_ = 0;
};

}  // namespace

int calibrate_command(const CalibrateCommand& command, const std::vector<std::string>& arguments) {
    std::string line = "instroom";
    for (const auto& word : arguments) line += " " + word;
    if (!command.targets.empty()) require_named_file(command.targets, "a file of targets in TOML");
    if (!command.data.empty()) require_named_file(command.data, "a folder of tables");
    const fs::path file = command.targets.empty() ? experiments::shipped_targets() : fs::path(command.targets);
    const fs::path output = command.output.empty() ? "calibrated.toml" : command.output;
    const auto targets = experiments::read_targets(file, regions::all_regions());
    experiments::CalibrationOptions options;
    options.waves = command.waves;
    options.budget = command.budget;
    options.draws = static_cast<std::size_t>(command.draws);
    options.seed = command.seed;
    experiments::check_calibration(targets, options);
    check_output(output, command.force);
    const experiments::Simulator simulator(command.data, command.scale, command.seed, targets, file.string());

    const int threads = command.threads > 0 ? command.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const double a_run = simulator.inhabitants() * command.scale * bytes_a_person + bytes_a_run;
    const auto there = static_cast<double>(sim::available_memory());
    if (a_run > there)
        throw sim::InputError(fmt::format("a run takes about {} of memory and {} are free; a smaller --scale takes less",
                                          sim::text_of_bytes(static_cast<std::uint64_t>(a_run)), sim::text_of_bytes(static_cast<std::uint64_t>(there))));
    options.side_by_side = a_run * threads <= there;

    fs::path runs = output;
    runs.replace_extension(".runs.csv");
    std::vector<std::string> parameters, moments;
    for (const auto& p : targets.free) parameters.push_back(p.name);
    for (const auto& t : targets.targets) moments.push_back(t.name);
    experiments::RunLog log(runs, key_of(command, targets, simulator), parameters, moments, command.force);

    const sim::Interrupt interrupt;
    RunProgress progress(command.quiet);
    experiments::CalibrationWatch watch;
    watch.stop = sim::Interrupt::signal;
    watch.say = [&](const std::string& text) { progress.say(text); };
    watch.run_done = [&](std::size_t done, std::size_t total) { progress.done(done, total); };
    if (log.size() > 0) progress.say(fmt::format("{} finished runs in {}", log.size(), runs.string()));
    if (!options.side_by_side) progress.say("Memory does not hold a run for every thread: one run after another");

    experiments::Calibration result;
    sim::Threads arena(threads);
    arena.run([&] { result = experiments::calibrate(targets, std::cref(simulator), options, log, watch); });
    if (result.stopped_by != 0) {
        progress.say(fmt::format("Stopped; {} finished runs are in {}, and the same command goes on from them", log.size(), runs.string()));
        return 128 + result.stopped_by;
    }
    experiments::write_whole(
        output, experiments::calibration_text(result, targets, {line, file.string(), command.scale, command.seed, command.budget, simulator.provenance()}));
    if (command.quiet) return 0;
    progress.say("");
    fmt::print("{}", experiments::calibration_report(result, targets));
    if (result.failed > 0) fmt::print("{} of {} runs failed and were left out: {}\n", result.failed, result.runs, result.first_failure);
    fmt::print("Written: {}\n", output.string());
    return 0;
}

}  // namespace tools
