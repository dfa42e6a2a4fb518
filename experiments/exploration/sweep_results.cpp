#include "experiments/exploration/sweep_results.hpp"

#include <fmt/format.h>

#include "experiments/exploration/sweep_model.hpp"
#include "experiments/statistics/sample.hpp"
#include "sim/error.hpp"

namespace experiments {

SweepResults read_results(const std::filesystem::path& folder, const SweepPlan& plan) {
    const auto state = state_of(folder, plan);
    if (state.done < plan.points.size()) {
        std::string why;
        for (std::size_t p = 0; p < state.points.size() && why.empty(); ++p)
            if (state.points[p] == PointState::failed)
                why = fmt::format("; point {} failed: {}", p, RecordReader().content(records_of(folder, state.file[p]), state.last_failure[p]));
        throw sim::InputError(fmt::format("{}: {} of {} points are missing ({} failed, {} not run), and a design is taken whole or not at all{}",
                                          folder.string(), plan.points.size() - state.done, plan.points.size(), state.failed, state.left(), why));
    }
    const std::size_t outcomes = plan.sweep.outcomes.size(), replicates = static_cast<std::size_t>(plan.sweep.replicates);
    SweepResults results;
    results.mean.assign(outcomes, {});
    results.variance.assign(outcomes, {});
    RecordReader reader;
    for (std::size_t p = 0; p < plan.points.size(); ++p) {
        const auto values = doubles_of(reader.content(records_of(folder, state.file[p]), state.record[p]), 0, replicates * outcomes);
        for (std::size_t o = 0; o < outcomes; ++o) {
            std::vector<double> of_replicates;
            for (std::size_t r = 0; r < replicates; ++r) of_replicates.push_back(values[r * outcomes + o]);
            results.mean[o].push_back(mean_of(of_replicates));
            results.variance[o].push_back(replicates > 1 ? variance_of(of_replicates) / static_cast<double>(replicates) : 0);
        }
    }
    return results;
}

}  // namespace experiments
