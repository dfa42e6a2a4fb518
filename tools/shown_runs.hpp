#pragma once
/// The runs of a command as a person sees them.

#include "experiments/runs/runs_watch.hpp"
#include "sim/interrupt.hpp"
#include "sim/progress.hpp"

namespace tools {

/// Counts the runs on the progress, which stays where it is, and stops them at a signal.
[[nodiscard]] inline experiments::RunsWatch shown_runs(sim::Progress& progress) {
    return {.stop = sim::Interrupt::signal,
            .say = [&](const std::string& line) { progress.say(line); },
            .run_done = [&] { progress.step(); },
            .runs_found = [&](std::size_t runs) { progress.skip(runs); },
            .runs_announced = [&](std::size_t runs) { progress.expect(runs); }};
}

}  // namespace tools
