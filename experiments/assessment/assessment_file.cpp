#include "experiments/assessment/assessment_file.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include "experiments/comparison/comparison_table.hpp"
#include "experiments/comparison/file_parts.hpp"
#include "sim/trajectory.hpp"

namespace experiments {
namespace {

std::vector<std::int32_t> numbers_of(std::size_t draws) {
    std::vector<std::int32_t> numbers(draws);
    std::iota(numbers.begin(), numbers.end(), 0);
    return numbers;
}

class File {
public:
    File(const Assessment& assessment, const AssessmentOptions& options, const std::string& command)
        : a_(assessment), options_(options), file_(numbers_of(assessment.draws), first_month, options.plan.end - first_month + 2) {
        std::vector<std::string> regions(a_.tables.regions.names.begin(), a_.tables.regions.names.end());
        file_.add_coordinate({"region", regions, {{"long_name", "region"}}});
        std::vector<std::string> demands;
        for (const auto& r : a_.demands) demands.push_back(r.demand);
        file_.add_coordinate({"demand", demands, {{"long_name", "scenario of demand for the climate"}}});
        supply();
        contributions();
        gaps();
        if (a_.demands.front().strongest) mixes();
        std::vector<double> noise;
        for (const auto& r : a_.demands) noise.push_back(r.noise);
        reals("noise_of_one_pair", {"demand"}, std::move(noise), "standard deviation of the difference that the luck of thirty seekers makes, persons", "1");
        add_drawn(file_, a_.drawn);
        add_provenance(file_, a_.tables);
        attributes(command);
    }

    void write(const std::filesystem::path& file, bool replace) const { file_.write(file, replace); }

private:
    void reals(const std::string& name, const std::vector<std::string>& dimensions, std::vector<double> values, const std::string& long_name,
               const std::string& units) {
        file_.add_table({"", name, dimensions, std::move(values), {{"long_name", long_name}, {"units", units}}, true});
    }

    /// A figure by scenario of demand and along a dimension (none: one each), with what its draws tell of it. `cells`: demand by demand.
    void figure(const std::string& name, const std::string& dimension, const std::vector<Estimate>& cells, const std::string& long_name,
                const std::string& units) {
        std::vector<std::string> dimensions{"demand"};
        if (!dimension.empty()) dimensions.push_back(dimension);
        std::vector<double> mean, error, low, high, by_draw;
        for (const auto& cell : cells) {
            mean.push_back(cell.mean);
            error.push_back(cell.error);
            low.push_back(cell.interval.low);
            high.push_back(cell.interval.high);
        }
        for (std::size_t draw = 0; draw < a_.draws; ++draw)
            for (const auto& cell : cells) by_draw.push_back(cell.by_draw.empty() ? std::numeric_limits<double>::quiet_NaN() : cell.by_draw.at(draw));
        reals(name, dimensions, std::move(mean), long_name + ", mean of the draws", units);
        reals(name + "_error", dimensions, std::move(error), long_name + ": standard error of the mean", units);
        reals(name + "_low", dimensions, std::move(low), long_name + ": lower end of 95 % of one draw (ignorance and chance)", units);
        reals(name + "_high", dimensions, std::move(high), long_name + ": upper end of 95 % of one draw (ignorance and chance)", units);
        std::vector<std::string> of_draw{"replicate"};
        of_draw.insert(of_draw.end(), dimensions.begin(), dimensions.end());
        reals(name + "_of_draw", of_draw, std::move(by_draw), long_name + " in a draw", units);
    }

    void flags(const std::string& name, const std::string& dimension, std::vector<std::int8_t> values, const std::string& long_name) {
        file_.add_table({"", name, {"demand", dimension}, std::move(values), {{"long_name", long_name}, {"units", "1"}}});
    }

    void supply() {
        std::vector<std::string> names, texts;
        for (const auto& s : a_.demands.front().supply) names.push_back(s.name);
        file_.add_coordinate({"scenario", names, {{"long_name", "which measures are in force"}}});
        const auto of = [&](const std::string& name, Estimate Supply::*member, const std::string& long_name) {
            std::vector<Estimate> cells;
            for (const auto& r : a_.demands)
                for (const auto& s : r.supply) cells.push_back(s.*member);
            figure(name, "scenario", cells, long_name + ", last twelve months", "1");
        };
        of("technicians", &Supply::technicians, "technicians at work, residents, persons");
        of("ict_workers", &Supply::ict_workers, "ICT workers at work, residents, persons");
        of("digitally_skilled", &Supply::digitally_skilled, "digitally skilled residents, persons");
        of("required_fte", &Supply::required, "technical jobs that employers desire, full-time equivalents");
        of("filled_fte", &Supply::filled, "technical jobs that are filled, full-time equivalents");
        of("gap_fte", &Supply::gap, "required less filled, full-time equivalents");
    }

    void contributions() {
        std::vector<std::string> names;
        std::vector<double> costs, agents;
        std::vector<std::int8_t> distinguishable, few, place;
        for (const auto& c : a_.demands.front().contributions) names.push_back(c.name);
        for (const auto& r : a_.demands)
            for (const auto& c : r.contributions) {
                costs.push_back(c.cost);
                agents.push_back(c.participants.mean * options_.scale);
                distinguishable.push_back(c.distinguishable ? 1 : 0);
                few.push_back(agents.back() < few_agents ? 1 : 0);
                const auto found = std::find(r.cheapest.begin(), r.cheapest.end(), c.name);
                place.push_back(static_cast<std::int8_t>(found == r.cheapest.end() ? 0 : found - r.cheapest.begin() + 1));
            }
        file_.add_coordinate({"measure", names, {{"long_name", "measure of the plan, its parts with it"}}});
        const auto of = [&](const std::string& name, Estimate Contribution::*member, const std::string& long_name, const std::string& units) {
            std::vector<Estimate> cells;
            for (const auto& r : a_.demands)
                for (const auto& c : r.contributions) cells.push_back(c.*member);
            figure(name, "measure", cells, long_name, units);
        };
        const std::string adds = "what the measure adds to technicians and ICT workers at work together, persons: ";
        of("alone", &Contribution::alone, adds + "beside none of the plan", "1");
        of("last", &Contribution::last, adds + "beside all others", "1");
        of("share", &Contribution::shapley, adds + "Shapley share, one random order and its reverse in each draw", "1");
        std::vector<Estimate> together;
        for (const auto& r : a_.demands) together.push_back(r.together);
        figure("together", "", together, "what all measures of the plan add, persons", "1");
        of("spending", &Contribution::spending, "spent on the measure since the runs began", "euro");
        of("participants", &Contribution::participants, "persons who passed its gates", "1");
        reals("participants_agents", {"demand", "measure"}, agents, "agents behind participants", "1");
        flags("participants_few_agents", "measure", few, "1: fewer than ten agents stand behind participants");
        reals("cost_of_one_more", {"demand", "measure"}, costs, "spending over share", "euro");
        flags("distinguishable", "measure", distinguishable, "1: the share can be told from noise");
        flags("place_in_cheapest", "measure", place, "place in the mix that closes the gap at least cost, from 1 on; 0: not in it");
    }

    void gaps() {
        for (const std::string of : {"occupation", "region", "education"}) {
            std::vector<std::string> labels;
            std::vector<Estimate> required, gap;
            for (std::size_t r = 0; r < a_.demands.size(); ++r)
                for (const auto& g : a_.demands[r].gaps) {
                    if (g.of != of) continue;
                    if (r == 0) labels.push_back(g.label);
                    required.push_back(g.required);
                    gap.push_back(g.gap);
                }
            if (of != "region") file_.add_coordinate({of, labels, {{"long_name", of + " of technical jobs"}}});
            const std::string how = of == "education" ? " (as technicians at work have it)" : "";
            figure("required_fte_by_" + of, of, required, "technical jobs that employers desire with policy in place, full-time equivalents" + how, "1");
            figure("gap_fte_by_" + of, of, gap, "required less filled with policy in place, full-time equivalents" + how, "1");
        }
    }

    /// All measures at their strongest, and the least costly mix that closes the gap; missing where none does.
    void mixes() {
        file_.add_coordinate({"mix", std::vector<std::string>{"strongest", "least_costly"}, {{"long_name", "doses of the measures of the plan"}}});
        std::vector<const Mix*> all;
        for (const auto& r : a_.demands)
            for (const auto* mix : {&r.strongest, &r.best}) all.push_back(*mix ? &**mix : nullptr);
        const auto of = [&](const std::string& name, Estimate Mix::*member, const std::string& long_name, const std::string& units) {
            Estimate missing;
            missing.mean = std::numeric_limits<double>::quiet_NaN();
            std::vector<Estimate> cells;
            for (const auto* mix : all) cells.push_back(mix == nullptr ? missing : mix->*member);
            figure(name, "mix", cells, long_name, units);
        };
        of("technicians_of_mix", &Mix::technicians, "technicians at work, residents, persons", "1");
        of("ict_workers_of_mix", &Mix::ict_workers, "ICT workers at work, residents, persons", "1");
        of("required_fte_of_mix", &Mix::required, "technical jobs that employers desire, full-time equivalents", "1");
        of("filled_fte_of_mix", &Mix::filled, "technical jobs that are filled, full-time equivalents", "1");
        of("gap_fte_of_mix", &Mix::gap, "required less filled, full-time equivalents", "1");
        of("spending_of_mix", &Mix::spending, "spent on all measures since the runs began", "euro");
        std::vector<double> strengths;
        for (const auto* mix : all)
            for (std::size_t p = 0; p < a_.players.size(); ++p)
                strengths.push_back(mix == nullptr ? std::numeric_limits<double>::quiet_NaN() : mix->strengths[p]);
        reals("strength_of_mix", {"demand", "mix", "measure"}, std::move(strengths), "strength of the measure: 0 without it, 1 the strongest of its own ranges",
              "1");
        reals("strength_as_planned", {"measure"}, a_.usual_strengths, "strength at which the measure is about as planned", "1");
        std::vector<double> expected, runs;
        for (const auto& r : a_.demands) {
            expected.push_back(r.best ? r.best_expected_gap : std::numeric_limits<double>::quiet_NaN());
            runs.push_back(static_cast<double>(r.mixes_run));
        }
        reals("gap_fte_expected", {"demand"}, std::move(expected), "gap of the least costly mix by the surface that it was found on, full-time equivalents",
              "1");
        reals("mixes_run", {"demand"}, std::move(runs), "mixes that were run in every draw, the strongest among them", "1");
    }

    void attributes(const std::string& command) {
        const auto set = [&](const char* name, auto value) { file_.set_file_attribute({name, value}); };
        set("title", "Instroom: assessment of the plan in " + options_.plan.name);
        add_runs(file_, options_);
        set("draws", static_cast<std::int64_t>(a_.draws));
        set("runs", static_cast<std::int64_t>(a_.runs));
        set("end", options_.plan.end.text());
        set("gap_goal", a_.gap_goal);
        set("digitally_skilled_goal", a_.digitally_skilled_goal);
        set("scenario_text", scenario_text(options_.plan));
        std::string what_ifs;
        for (const auto& scenario : options_.what_ifs) what_ifs += (what_ifs.empty() ? "" : "\n") + scenario_text(scenario);
        set("what_if_texts", what_ifs);
        set("assessment_schema_version", static_cast<std::int64_t>(assessment_schema_version));
        add_origin(file_, command);
    }

    const Assessment& a_;
    const AssessmentOptions& options_;
    sim::Trajectory file_;
};

}  // namespace

void write_assessment(const Assessment& assessment, const AssessmentOptions& options, const std::filesystem::path& file, const std::string& command,
                      bool replace) {
    File(assessment, options, command).write(file, replace);
}

}  // namespace experiments
