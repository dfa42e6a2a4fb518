#include "experiments/comparison/comparison_file.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "experiments/comparison/comparison_table.hpp"
#include "experiments/comparison/file_parts.hpp"
#include "sim/trajectory.hpp"

namespace experiments {
namespace {

using Attributes = std::vector<sim::Attribute>;

/// Outcomes of one name and different regions are told apart by the region.
std::string label_of(const Outcome& outcome) { return outcome.region.empty() ? outcome.figure.name : outcome.figure.name + " in " + outcome.region; }

class File {
public:
    File(const Comparison& comparison, const ComparisonOptions& options, const std::string& command)
        : c_(comparison), options_(options), file_(comparison.replicates, first_month, options.base.end - first_month + 2) {
        coordinates();
        effects();
        pairs();
        gates();
        money();
        add_drawn(file_, c_.draws);
        add_provenance(file_, c_.tables);
        attributes(command);
    }

    void write(const std::filesystem::path& file, bool replace) const { file_.write(file, replace); }

private:
    void coordinates() {
        std::vector<std::string> arms, levels, outcomes;
        for (const auto& arm : c_.arms) arms.push_back(arm.name);
        for (const auto level : elasticities) levels.push_back(text(level));
        for (const auto& outcome : c_.outcomes) outcomes.push_back(label_of(outcome));
        std::vector<std::string> regions;
        for (const auto& region : c_.tables.regions.names) regions.push_back(region);
        file_.add_coordinate({"arm", arms, {{"long_name", "scenario that is compared with the base"}}});
        file_.add_coordinate({"wage_elasticity", levels, {{"long_name", "wage elasticity of labour demand: as it is, and at both ends of its prior"}}});
        file_.add_coordinate({"outcome", outcomes, {{"long_name", "figure that runs are compared in"}}});
        file_.add_coordinate({"region", regions, {{"long_name", "region"}}});
        const std::vector<std::string> levels_of_education(models::education_labels.begin(), models::education_labels.end());
        file_.add_coordinate({"education", levels_of_education, {{"long_name", "highest level of education completed"}}});
        for (const auto& arm : c_.arms)
            for (const auto& [measure, spending] : arm.spending_on)
                if (std::find(measures_.begin(), measures_.end(), measure) == measures_.end()) measures_.push_back(measure);
        file_.add_coordinate({"measure", measures_, {{"long_name", "measure of a scenario"}}, "", true});
        file_.add_coordinate({"months_after",
                              std::vector<std::int32_t>(reckoned_after.begin(), reckoned_after.end()),
                              {{"long_name", "months after the first in which the arm can differ from the base"}, {"units", "month"}}});
        const auto labels = [&](const std::string& name, const std::string& long_name, const std::function<std::string(const Outcome&)>& of) {
            std::vector<std::string> words;
            for (const auto& outcome : c_.outcomes) words.push_back(of(outcome));
            file_.add_labels({name, "outcome", words, long_name});
        };
        labels("outcome_name", "outcome, whatever its region", [](const Outcome& o) { return o.figure.name; });
        labels("outcome_meaning", "outcome in words", [](const Outcome& o) { return o.meaning; });
        labels("outcome_unit", "unit of the outcome", [](const Outcome& o) { return o.unit; });
        labels("outcome_region", "region of the outcome; empty: all", [](const Outcome& o) { return o.region; });
        labels("outcome_subject", "what the outcome is about", [](const Outcome& o) { return text(o.subject); });
        labels("outcome_scope", "inside the regions or national", [](const Outcome& o) { return std::string(o.is_national ? "national" : "inside"); });
        std::vector<std::string> texts, entries;
        for (const auto& arm : options_.arms) texts.push_back(scenario_text(arm));
        for (const auto& arm : c_.arms) entries.push_back(arm.entry.text());
        file_.add_labels({"scenario_text", "arm", texts, "the whole scenario of the arm"});
        file_.add_labels({"entry", "arm", entries, "first month in which the arm can differ from the base"});
    }

    void reals(const std::string& name, const std::string& long_name, const std::function<double(const Effect&)>& of) {
        std::vector<double> values;
        for (const auto& arm : c_.arms)
            for (const auto& effects : arm.effects)
                for (const auto& effect : effects) values.push_back(of(effect));
        add("", name, {"arm", "wage_elasticity", "outcome"}, std::move(values), long_name);
    }

    void flags(const std::string& name, const std::string& long_name, const std::function<bool(const Effect&)>& of) {
        std::vector<std::int8_t> values;
        for (const auto& arm : c_.arms)
            for (const auto& effects : arm.effects)
                for (const auto& effect : effects) values.push_back(of(effect) ? 1 : 0);
        file_.add_table({"", name, {"arm", "wage_elasticity", "outcome"}, std::move(values), {{"long_name", long_name}, {"units", "1"}}});
    }

    void add(const std::string& group, const std::string& name, const std::vector<std::string>& dimensions, std::vector<double> values,
             const std::string& long_name, const std::string& units = "") {
        Attributes attributes{{"long_name", long_name}};
        if (!units.empty()) attributes.push_back({"units", units});
        file_.add_table({group, name, dimensions, std::move(values), std::move(attributes), true});
    }

    /// A mean with the ends of its interval: NAME, NAME_low and NAME_high. `values`: one a cell, missing where there is none.
    void means(const std::string& name, const std::vector<std::string>& dimensions, const std::vector<MeanOfPairs>& values, const std::string& long_name,
               const std::string& units) {
        std::vector<double> mean, low, high;
        for (const auto& value : values) {
            mean.push_back(value.mean);
            low.push_back(value.interval.low);
            high.push_back(value.interval.high);
        }
        add("", name, dimensions, std::move(mean), long_name, units);
        add("", name + "_low", dimensions, std::move(low), long_name + ": lower end of the 95 % interval of its mean", units);
        add("", name + "_high", dimensions, std::move(high), long_name + ": upper end of the 95 % interval of its mean", units);
    }

    void effects() {
        reals("base", "mean of the base runs", [](const Effect& e) { return e.base; });
        reals("difference", "mean of arm less base, pair by pair", [](const Effect& e) { return e.difference; });
        reals("mean_low", "of the difference, lower end of its 95 % interval by Student's t: so many pairs", [](const Effect& e) { return e.mean.low; });
        reals("mean_high", "of the difference, upper end of its 95 % interval by Student's t: so many pairs", [](const Effect& e) { return e.mean.high; });
        reals("expected_low", "lower end of the 95 % interval of the expected effect: ignorance alone", [](const Effect& e) { return e.expected.low; });
        reals("expected_high", "upper end of the 95 % interval of the expected effect: ignorance alone", [](const Effect& e) { return e.expected.high; });
        reals("outcome_low", "lower end of the 95 % interval of an outcome: ignorance and chance", [](const Effect& e) { return e.outcome.low; });
        reals("outcome_high", "upper end of the 95 % interval of an outcome: ignorance and chance", [](const Effect& e) { return e.outcome.high; });
        reals("ignorance", "standard deviation of the expected effect over draws of the parameters", [](const Effect& e) { return e.ignorance; });
        reals("chance", "standard deviation of the effect over replicates", [](const Effect& e) { return e.chance; });
        reals("noise", "standard error of the mean difference of the sham arm", [](const Effect& e) { return e.noise; });
        reals("variance_factor", "variance of unpaired differences over that of paired ones", [](const Effect& e) { return e.variance_factor; });
        reals("agents", "agents behind the figure", [](const Effect& e) { return e.agents; });
        flags("distinguishable", "1: the effect can be told from noise", [](const Effect& e) { return e.distinguishable; });
        flags("few_agents", "1: fewer than ten agents stand behind the figure", [](const Effect& e) { return is_few(e); });
        std::vector<double> leaks;
        for (std::size_t a = 0; a < c_.arms.size(); ++a)
            for (std::size_t o = 0; o < c_.outcomes.size(); ++o) leaks.push_back(leak_of(c_, a, o));
        add("", "leak", {"arm", "outcome"}, std::move(leaks), "share of the effect inside that leaks over the boundary: 1 less national over inside");
    }

    void pairs() {
        std::vector<double> differences;
        for (const auto& arm : c_.arms)
            for (const auto& pair : arm.differences) differences.insert(differences.end(), pair.begin(), pair.end());
        add("", "paired_difference", {"arm", "replicate", "outcome"}, std::move(differences), "arm less base of one pair of runs");
    }

    /// Gross placements and where they come from, of all gates of an arm and of each.
    void gates() {
        constexpr auto none = std::numeric_limits<double>::quiet_NaN();
        const auto cell_of = [](int months) {
            return static_cast<std::size_t>(std::find(reckoned_after.begin(), reckoned_after.end(), months) - reckoned_after.begin());
        };
        const MeanOfPairs missing{none, {}};
        const std::size_t after = reckoned_after.size();
        std::vector<MeanOfPairs> participants(c_.arms.size() * after, missing), gross = participants, deadweight = participants, displacement = participants,
                                                                                net = participants;
        std::vector<double> passed(participants.size(), none), refused = passed;
        std::vector<MeanOfPairs> passed_one(c_.arms.size() * measures_.size() * after, missing), gross_of_one = passed_one, deadweight_of_one = passed_one;
        std::vector<double> refused_at_one(passed_one.size(), none);
        for (std::size_t a = 0; a < c_.arms.size(); ++a) {
            for (const auto& r : c_.arms[a].reckonings) {
                const std::size_t cell = a * after + cell_of(r.months);
                participants[cell] = r.participants;
                gross[cell] = r.gross;
                deadweight[cell] = r.deadweight;
                displacement[cell] = r.displacement;
                net[cell] = r.net;
                passed[cell] = r.participants.mean / c_.persons_per_agent;
                refused[cell] = r.refused;
            }
            for (const auto& g : c_.arms[a].by_gate) {
                const std::size_t cell = (a * measures_.size() + measure_place(g.measure)) * after + cell_of(g.months);
                passed_one[cell] = g.participants;
                gross_of_one[cell] = g.gross;
                deadweight_of_one[cell] = g.deadweight;
                refused_at_one[cell] = g.refused;
            }
        }
        const std::vector<std::string> of_arm{"arm", "months_after"}, of_measure{"arm", "measure", "months_after"};
        means("participants", of_arm, participants, "persons who passed the gates that one of arm and base holds, and are alive and resident", "1");
        means("gross", of_arm, gross, "of these, at work in technology or ICT: deadweight + displacement + net", "1");
        means("deadweight", of_arm, deadweight, "of these, who would be there without, by the share at work among those whom the lot refused", "1");
        means("displacement", of_arm, displacement, "of these, who have a job that somebody else would have got; below 0 spill-over", "1");
        means("net", of_arm, net, "technicians and ICT workers whom the gates' side of the comparison has more", "1");
        add("", "participants_agents", of_arm, passed, "agents behind participants, mean of the pairs", "1");
        add("", "refused_agents", of_arm, refused, "agents whom the lot refused, over all pairs: on so many deadweight rests", "1");
        few("gross_few_agents", of_arm, passed, "1: fewer than ten agents passed the gates");
        few("deadweight_few_agents", of_arm, refused, "1: deadweight rests on fewer than ten agents");
        means("participants_of_measure", of_measure, passed_one, "persons who passed the gate of the measure, and are alive and resident", "1");
        means("gross_of_measure", of_measure, gross_of_one, "of these, at work in technology or ICT", "1");
        means("deadweight_of_measure", of_measure, deadweight_of_one, "of these, who would be there without, by those whom the lot refused at this gate alone",
              "1");
        add("", "refused_agents_of_measure", of_measure, refused_at_one, "agents whom the lot refused at this gate, over all pairs", "1");
        few("deadweight_of_measure_few_agents", of_measure, refused_at_one, "1: deadweight of the measure rests on fewer than ten agents");
    }

    void few(const std::string& name, const std::vector<std::string>& dimensions, const std::vector<double>& agents, const std::string& long_name) {
        std::vector<std::int8_t> values;
        for (const double n : agents) values.push_back(n < few_agents ? 1 : 0);
        file_.add_table({"", name, dimensions, std::move(values), {{"long_name", long_name}, {"units", "1"}}});
    }

    [[nodiscard]] std::size_t measure_place(const std::string& measure) const {
        return static_cast<std::size_t>(std::find(measures_.begin(), measures_.end(), measure) - measures_.begin());
    }

    /// What arms spend beside the base, and what one more worker costs.
    void money() {
        const std::size_t regions = c_.tables.regions.names.size();
        std::vector<MeanOfPairs> all, on(c_.arms.size() * measures_.size()), in(c_.arms.size() * regions), by_education, costs;
        for (std::size_t a = 0; a < c_.arms.size(); ++a) {
            const auto& arm = c_.arms[a];
            all.push_back(arm.spending);
            for (const auto& [measure, spending] : arm.spending_on) on[a * measures_.size() + measure_place(measure)] = spending;
            for (std::size_t r = 0; r < arm.spending_in.size(); ++r) in[a * regions + r] = arm.spending_in[r];
            by_education.insert(by_education.end(), arm.spending_by_education.begin(), arm.spending_by_education.end());
            for (std::size_t o = 0; o < c_.outcomes.size(); ++o) {
                const Cost cost = cost_of_one_more(c_, a, o);
                costs.push_back({cost.mean, cost.interval});
            }
        }
        means("spending", {"arm"}, all, "spent until the end, arm less base", "euro");
        means("spending_of_measure", {"arm", "measure"}, on, "spent on the measure until the end, arm less base", "euro");
        means("spending_in_region", {"arm", "region"}, in, "spent until the end in the region, arm less base: participants where they live, the rest by shares",
              "euro");
        means("spending_by_education", {"arm", "education"}, by_education,
              "spent until the end by level of education, arm less base: participants by their own at the gate, the rest by the shares of the target group or "
              "the labour force",
              "euro");
        means("cost_of_one_more", {"arm", "outcome"}, costs,
              "spent until the end for each extra worker of the last twelve months, of a region what is spent there, by education what is spent on it (agents: "
              "those of "
              "outcome)",
              "euro");
    }

    void attributes(const std::string& command) {
        const auto set = [&](const char* name, auto value) { file_.set_file_attribute({name, value}); };
        set("title", "Instroom: scenarios compared with " + options_.base.name);
        add_runs(file_, options_);
        set("base", options_.base.name);
        set("scenario_text", scenario_text(options_.base));
        set("uncertainty",
            std::string(options_.draws > 0 ? "draws of the parameters; replicate is the number of the draw" : "replicates at the values of the scenarios"));
        set("comparison_schema_version", static_cast<std::int64_t>(comparison_schema_version));
        add_origin(file_, command);
    }

    const Comparison& c_;
    const ComparisonOptions& options_;
    sim::Trajectory file_;
    std::vector<std::string> measures_;  ///< of all scenarios, in the order in which they are met
};

}  // namespace

void write_comparison(const Comparison& comparison, const ComparisonOptions& options, const std::filesystem::path& file, const std::string& command,
                      bool replace) {
    File(comparison, options, command).write(file, replace);
}

}  // namespace experiments
