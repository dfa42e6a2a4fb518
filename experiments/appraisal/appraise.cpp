#include "experiments/appraisal/appraise.hpp"

#include "experiments/appraisal/appraisal_analysis.hpp"
#include "experiments/appraisal/appraisal_conclusion.hpp"

namespace experiments {

std::size_t runs_of(const AppraisalOptions& options) {
    const RunsWatch none;
    AppraisalOptions quiet = options;
    quiet.log.clear();
    AppraisalRuns runs(quiet, none);
    const AppraisalAnalysis analysis(quiet, runs);
    return (options.finished_only ? 0 : runs.planned(analysis.first_arms())) + (options.only.empty() ? analysis.split_runs() : 0);
}

std::optional<Appraisal> appraise(const AppraisalOptions& options, const RunsWatch& watch) {
    AppraisalRuns runs(options, watch);
    AppraisalAnalysis analysis(options, runs);
    if (!options.finished_only && (!runs.run(analysis.first_arms()) || !options.only.empty())) return std::nullopt;
    if (watch.say) watch.say("Runs are done; the response is fitted, then what is not known is sampled");
    Appraisal made = analysis.result();
    if (watch.say) watch.say("The best split is looked for, and checked by runs");
    if (!analysis.check_split(made)) return std::nullopt;
    made.runs = runs.size();
    made.conclusion = conclude(made);
    return made;
}

}  // namespace experiments
