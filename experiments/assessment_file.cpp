#include "experiments/assessment_file.hpp"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "experiments/comparison_table.hpp"
#include "experiments/file_parts.hpp"
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
        supply();
        contributions();
        gaps();
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

    /// A figure along a dimension (none: one figure), with what its draws tell of it.
    void figure(const std::string& name, const std::string& dimension, const std::vector<Estimate>& cells, const std::string& long_name,
                const std::string& units) {
        const std::vector<std::string> dimensions = dimension.empty() ? std::vector<std::string>{} : std::vector<std::string>{dimension};
        std::vector<double> mean, error, low, high, by_draw;
        for (const auto& cell : cells) {
            mean.push_back(cell.mean);
            error.push_back(cell.error);
            low.push_back(cell.interval.low);
            high.push_back(cell.interval.high);
        }
        for (std::size_t draw = 0; draw < a_.draws; ++draw)
            for (const auto& cell : cells) by_draw.push_back(cell.by_draw.at(draw));
        reals(name, dimensions, std::move(mean), long_name + ", mean of the draws", units);
        reals(name + "_error", dimensions, std::move(error), long_name + ": standard error of the mean", units);
        reals(name + "_low", dimensions, std::move(low), long_name + ": lower end of 95 % of one draw (ignorance and chance)", units);
        reals(name + "_high", dimensions, std::move(high), long_name + ": upper end of 95 % of one draw (ignorance and chance)", units);
        std::vector<std::string> of_draw{"replicate"};
        of_draw.insert(of_draw.end(), dimensions.begin(), dimensions.end());
        reals(name + "_of_draw", of_draw, std::move(by_draw), long_name + " in a draw", units);
    }

    void flags(const std::string& name, const std::string& dimension, std::vector<std::int8_t> values, const std::string& long_name) {
        file_.add_table({"", name, {dimension}, std::move(values), {{"long_name", long_name}, {"units", "1"}}});
    }

    void supply() {
        std::vector<std::string> names, texts;
        for (const auto& s : a_.supply) names.push_back(s.name);
        file_.add_coordinate({"scenario", names, {{"long_name", "which measures are in force"}}});
        const auto of = [&](const std::string& name, Estimate Supply::*member, const std::string& long_name) {
            std::vector<Estimate> cells;
            for (const auto& s : a_.supply) cells.push_back(s.*member);
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
        for (const auto& c : a_.contributions) {
            names.push_back(c.name);
            costs.push_back(c.cost);
            agents.push_back(c.participants.mean * options_.scale);
            distinguishable.push_back(c.distinguishable ? 1 : 0);
            few.push_back(agents.back() < few_agents ? 1 : 0);
            const auto found = std::find(a_.cheapest.begin(), a_.cheapest.end(), c.name);
            place.push_back(static_cast<std::int8_t>(found == a_.cheapest.end() ? 0 : found - a_.cheapest.begin() + 1));
        }
        file_.add_coordinate({"measure", names, {{"long_name", "measure of the plan, its parts with it"}}});
        const auto of = [&](const std::string& name, Estimate Contribution::*member, const std::string& long_name, const std::string& units) {
            std::vector<Estimate> cells;
            for (const auto& c : a_.contributions) cells.push_back(c.*member);
            figure(name, "measure", cells, long_name, units);
        };
        const std::string adds = "what the measure adds to technicians and ICT workers at work together, persons: ";
        of("alone", &Contribution::alone, adds + "beside none of the plan", "1");
        of("last", &Contribution::last, adds + "beside all others", "1");
        of("share", &Contribution::shapley, adds + "Shapley share, one random order and its reverse in each draw", "1");
        figure("together", "", {a_.together}, "what all measures of the plan add, persons", "1");
        of("spending", &Contribution::spending, "spent on the measure since the runs began", "euro");
        of("participants", &Contribution::participants, "persons who passed its gates", "1");
        reals("participants_agents", {"measure"}, agents, "agents behind participants", "1");
        flags("participants_few_agents", "measure", few, "1: fewer than ten agents stand behind participants");
        reals("cost_of_one_more", {"measure"}, costs, "spending over share", "euro");
        flags("distinguishable", "measure", distinguishable, "1: the share can be told from noise");
        flags("place_in_cheapest", "measure", place, "place in the mix that closes the gap at least cost, from 1 on; 0: not in it");
    }

    void gaps() {
        for (const std::string of : {"occupation", "region", "education"}) {
            std::vector<std::string> labels;
            std::vector<Estimate> required, gap;
            for (const auto& g : a_.gaps) {
                if (g.of != of) continue;
                labels.push_back(g.label);
                required.push_back(g.required);
                gap.push_back(g.gap);
            }
            if (of != "region") file_.add_coordinate({of, labels, {{"long_name", of + " of technical jobs"}}});
            const std::string how = of == "education" ? " (as technicians at work have it)" : "";
            figure("required_fte_by_" + of, of, required, "technical jobs that employers desire with policy in place, full-time equivalents" + how, "1");
            figure("gap_fte_by_" + of, of, gap, "required less filled with policy in place, full-time equivalents" + how, "1");
        }
    }

    void attributes(const std::string& command) {
        const auto set = [&](const char* name, auto value) { file_.set_file_attribute({name, value}); };
        set("title", "Instroom: assessment of the plan in " + options_.plan.name);
        set("seed", options_.seed);
        set("population_seed", options_.population_seed);
        set("scale", options_.scale);
        set("persons_per_agent", 1 / options_.scale);
        set("draws", static_cast<std::int64_t>(a_.draws));
        set("runs", static_cast<std::int64_t>(a_.runs));
        set("end", options_.plan.end.text());
        set("noise_of_one_pair", a_.noise);
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
