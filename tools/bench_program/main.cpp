/// Measures one run in a process of its own, so that peak memory and processor time belong to it, and prints one line of JSON.
/// Usage: instroom_bench SCALE THREADS FOLDER [LAST_MONTH|- [REPLICATES]], - for the last month of the baseline.
///        instroom_bench policy SCALE FOLDER [LAST_MONTH|- [TURNS]]: what measures and a comparison cost beside the baseline run.
///        instroom_bench sweep SCALE THREADS FOLDER [LAST_MONTH|- [POINTS]]: a sweep of one run a point. tools/bench calls all.

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "experiments/comparison/comparison.hpp"
#include "experiments/exploration/sweep.hpp"
#include "experiments/exploration/sweep_run.hpp"
#include "experiments/runs/run.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"
#include "sim/thinning.hpp"

namespace {

double median(std::vector<double> values) {
    if (values.empty()) return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// The bare pass: one Philox block for each person at its own address, and nothing else. Seconds of the median of `passes`.
double bare_pass(std::size_t persons, int threads, int passes) {
    const sim::Random random(1, 0);
    std::vector<double> seconds;
    std::uint32_t kept = 0;
    sim::Threads arena(threads);
    for (int pass = 0; pass < passes; ++pass) {
        const auto start = std::chrono::steady_clock::now();
        arena.run([&] {
            const auto month = sim::Month::of(2021, 1) + pass;
            std::vector<std::uint32_t> sums(sim::blocks_of(persons));
            sim::for_each_block(persons, [&](sim::Block block) {
                std::uint32_t sum = 0;
                for (sim::Row row = block.begin; row < block.end; ++row) sum ^= random.draw({1, sim::person(row), month, 0}).words[0];
                sums[block.number] = sum;
            });
            for (const auto sum : sums) kept ^= sum;
        });
        seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    }
    return kept == 1 ? median(seconds) + 1e-12 : median(seconds);  // the sum is used, so that the draws are made
}

/// Processor time of the process in seconds: on one thread steadier than time on the wall beside other programs.
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double seconds_of(const std::function<void()>& work) {
    const double before = processor_seconds();
    work();
    return processor_seconds() - before;
}

/// Policy in place and a course of 20 000 places a year in all regions, from the first month on.
experiments::Scenario with_course(experiments::Scenario scenario) {
    experiments::Measure course;
    course.name = "course";
    course.start = experiments::first_month;
    course.offer.emplace();
    course.offer->places.value = 20'000;
    scenario.name = "with a course";
    scenario.measures.push_back(std::move(course));
    return scenario;
}

/// Runs without measures, of the baseline and of the scenario, whole and in turns, and a comparison of the last two; one thread. The comparison has two pairs,
/// its sham arms, and low and high wage elasticity (contract wages answer to tightness a little, so that these count); its arm leaves the base in the first
/// month, so that it shares the start population and nothing else.
int bench_policy(int count, char** words) {
    if (count < 4) throw sim::InputError("usage: instroom_bench policy SCALE FOLDER [LAST_MONTH|- [TURNS]]");
    const double scale = std::stod(words[2]);
    auto baseline = experiments::default_scenario();
    // A comparison is of twelve months at least.
    if (count > 4 && std::string_view(words[4]) != "-") baseline.end = std::max(sim::Month::parse(words[4]), experiments::first_month + 11);
    const int turns = count > 5 ? std::stoi(words[5]) : 5;
    experiments::Scenario nothing = baseline;
    nothing.measures.clear();
    const std::vector<experiments::Scenario> scenarios{nothing, baseline, with_course(baseline)};
    std::vector<std::vector<double>> seconds(scenarios.size());
    for (int turn = -1; turn < turns; ++turn)  // the first warms up
        for (std::size_t s = 0; s < scenarios.size(); ++s) {
            experiments::RunOptions options;
            options.scenario = scenarios[s];
            options.scale = scale;
            options.threads = 1;
            options.output = std::filesystem::path(words[3]) / "bench-policy.h5";
            options.force = true;
            const double taken = seconds_of([&] { (void)experiments::run(options); });
            if (turn >= 0) seconds[s].push_back(taken);
            std::filesystem::remove(options.output);
        }
    experiments::ComparisonOptions options;
    options.base = baseline;
    options.base.parameters.wages.contract_elasticity = 0.02;
    options.arms = {with_course(options.base)};
    options.scale = scale;
    options.replicates = 2;
    std::size_t runs = 0;
    sim::Threads arena(1);
    const double compared = seconds_of([&] { arena.run([&] { runs = experiments::compare(options, {}).value().runs; }); });
    fmt::print(
        "{{\"scale\": {}, \"turns\": {}, \"nothing_seconds\": {:.4f}, \"baseline_seconds\": {:.4f}, \"scenario_seconds\": {:.4f}, \"comparison_seconds\": "
        "{:.4f}, "
        "\"comparison_runs\": {}}}\n",
        scale, turns, median(seconds[0]), median(seconds[1]), median(seconds[2]), compared, runs);
    return 0;
}

/// A Latin hypercube over two parameters, planned and run: wall and processor time of the whole, start population included, and peak memory.
int bench_sweep(int count, char** words) {
    if (count < 5) throw sim::InputError("usage: instroom_bench sweep SCALE THREADS FOLDER [LAST_MONTH|- [POINTS]]");
    const int threads = std::stoi(words[3]), points = count > 6 ? std::stoi(words[6]) : 16;
    std::string text = fmt::format("scale = {}\n", words[2]);
    // Outcomes are means of twelve months.
    if (count > 5 && std::string_view(words[5]) != "-")
        text += fmt::format("until = \"{}\"\n", std::max(sim::Month::parse(words[5]), experiments::first_month + 11).text());
    text += fmt::format(
        "[design]\nkind = \"latin_hypercube\"\npoints = {}\n[factors]\nparameters.demand.adjustment = {{low = 0.05, high = 0.3}}\n"
        "parameters.search.mobility = {{low = 0.8, high = 1.2}}\n",
        points);
    const auto never = [] { return false; };
    experiments::PlanOptions planning;
    planning.folder = std::filesystem::path(words[4]) / fmt::format("bench-sweep-{}", threads);
    planning.measured = false;
    planning.points_a_task = static_cast<std::size_t>(points);
    const auto plan =
        experiments::plan_sweep(experiments::sweep_from_text(text, "bench.toml", experiments::default_scenario(), regions::all_regions()), planning, never);
    experiments::SweepRunOptions options;
    options.folder = planning.folder;
    options.threads = threads;
    const auto began = std::chrono::steady_clock::now();
    const double before = processor_seconds();
    const auto report = experiments::run_sweep(plan.value(), options, {{}, {}, never});
    const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    if (report.done != plan->points.size()) throw sim::Bug("the sweep is not whole: " + report.failure);
    fmt::print("{{\"scale\": {}, \"threads\": {}, \"points\": {}, \"seconds\": {:.4f}, \"cpu_seconds\": {:.4f}, \"peak_bytes\": {}}}\n", words[2], threads,
               points, wall, processor_seconds() - before, sim::peak_memory());
    std::filesystem::remove_all(planning.folder);
    return 0;
}

}  // namespace

int main(int count, char** words) try {
    if (count > 1 && std::string_view(words[1]) == "policy") return bench_policy(count, words);
    if (count > 1 && std::string_view(words[1]) == "sweep") return bench_sweep(count, words);
    if (count < 4) throw sim::InputError("usage: instroom_bench SCALE THREADS FOLDER [LAST_MONTH|- [REPLICATES]]");
    experiments::RunOptions options;
    options.scale = std::stod(words[1]);
    options.threads = std::stoi(words[2]);
    options.output = std::filesystem::path(words[3]) / fmt::format("bench-{}-{}.h5", words[1], words[2]);
    options.force = true;
    if (count > 4 && std::string_view(words[4]) != "-") options.scenario.end = sim::Month::parse(words[4]);
    if (count > 5) options.replicates = std::stoi(words[5]);
    const auto report = experiments::run(options);
    // The bounds of all thinned processes of a month together, as a share of the rows of all replicates.
    std::vector<double> bounds;
    for (auto month = options.scenario.start; month <= options.scenario.end; ++month)
        bounds.push_back(static_cast<double>(sim::rows_chosen(month)) / (static_cast<double>(report.persons) * options.replicates));
    const double bare = bare_pass(report.persons, options.threads, 41);  // after the run, so that it does not count as its memory

    std::vector<double> months;
    for (const auto& process : report.processes) {
        months.resize(std::max(months.size(), process.each.size()));
        for (std::size_t m = 0; m < process.each.size(); ++m) months[m] += process.each[m];
    }
    std::string split;
    for (const auto& process : report.processes)
        if (!process.each.empty()) split += fmt::format("{}\"{} {}\": {:.6f}", split.empty() ? "" : ", ", process.number, process.name, median(process.each));
    fmt::print(
        "{{\"scale\": {}, \"threads\": {}, \"replicates\": {}, \"months\": {}, \"persons\": {}, \"employers\": {}, \"bare_pass_seconds\": {:.6f}, "
        "\"month_seconds\": {:.6f}, "
        "\"bounds\": {:.5f}, "
        "\"processes\": {{{}}}, "
        "\"start_seconds\": {:.3f}, \"step_seconds\": {:.3f}, \"write_seconds\": {:.3f}, \"seconds\": {:.3f}, \"cpu_seconds\": {:.3f}, \"peak_bytes\": {}, "
        "\"file_bytes\": {}}}\n",
        options.scale, options.threads, options.replicates, months.size(), report.persons, report.employers, bare, median(months), median(bounds), split,
        report.start_seconds, report.step_seconds, report.write_seconds, report.seconds, report.cpu_seconds, report.peak_memory,
        std::filesystem::file_size(options.output));
    std::filesystem::remove(options.output);
    return 0;
} catch (const sim::Error& error) {
    fmt::print(stderr, "{}\n", error.what());
    return error.exit_code();
} catch (const std::exception& error) {
    fmt::print(stderr, "instroom_bench: {}\n", error.what());
    return 1;
}
