#include "experiments/comparison_file.hpp"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "experiments/comparison_table.hpp"
#include "sim/trajectory.hpp"
#include "sim/version.hpp"

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
        drawn();
        provenance();
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
             const std::string& long_name) {
        file_.add_table({group, name, dimensions, std::move(values), {{"long_name", long_name}}, true});
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

    /// Values of the base's parameters by draw; missing where a scenario sets them.
    void drawn() {
        if (c_.draws.values.empty()) return;
        std::vector<std::string> names;
        for (const auto* parameter : c_.draws.parameters) names.push_back(parameter->name);
        file_.add_coordinate({"drawn_parameter", names, {{"long_name", "parameter whose values are drawn, where no scenario sets it"}}, "parameters"});
        std::vector<double> values;
        for (const auto& draw : c_.draws.values) values.insert(values.end(), draw.begin(), draw.end());
        add("parameters", "drawn", {"replicate", "drawn_parameter"}, std::move(values), "value of the parameter in a draw");
    }

    void provenance() {
        std::vector<std::string> numbers, files, digests, sources;
        for (const auto& row : c_.tables.provenance) {
            numbers.push_back(std::to_string(numbers.size()));
            files.push_back(row.file);
            digests.push_back(row.sha256);
            sources.push_back(row.source);
        }
        file_.add_coordinate({"table", numbers, {{"long_name", "input table"}}, "provenance"});
        file_.add_table({"provenance", "file", {"table"}, files, {{"long_name", "file of the input table"}}});
        file_.add_table({"provenance", "sha256", {"table"}, digests, {{"long_name", "SHA-256 digest of the file"}}});
        file_.add_table({"provenance", "source", {"table"}, sources, {{"long_name", "source"}}});
    }

    void attributes(const std::string& command) {
        const auto set = [&](const char* name, auto value) { file_.set_file_attribute({name, value}); };
        set("title", "Instroom: scenarios compared with " + options_.base.name);
        set("source", "Instroom " + sim::version() + " (git " + sim::commit() + ")");
        set("references", std::string("README.md, models/README.md and experiments/README.md of the version named in source"));
        set("seed", options_.seed);
        set("population_seed", options_.population_seed);
        set("scale", options_.scale);
        set("base", options_.base.name);
        set("scenario_text", scenario_text(options_.base));
        set("uncertainty",
            std::string(options_.draws > 0 ? "draws of the parameters; replicate is the number of the draw" : "replicates at the values of the scenarios"));
        set("comparison_schema_version", static_cast<std::int64_t>(comparison_schema_version));
        set("c_library", sim::c_library());
        set("fma", std::string(sim::has_fma() ? "yes" : "no"));
        set("command_line", command);
    }

    const Comparison& c_;
    const ComparisonOptions& options_;
    sim::Trajectory file_;
};

}  // namespace

void write_comparison(const Comparison& comparison, const ComparisonOptions& options, const std::filesystem::path& file, const std::string& command,
                      bool replace) {
    File(comparison, options, command).write(file, replace);
}

}  // namespace experiments
