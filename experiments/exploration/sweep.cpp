#include "experiments/exploration/sweep.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "experiments/figures/moment_words.hpp"
#include "experiments/figures/outcomes.hpp"
#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/scenario_layers.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> top_keys{"name",    "description",           "scenario", "command", "until", "scale", "seed", "population_seed", "replicates",
                                        "retries", "common_random_numbers", "outcomes", "series"};
const std::vector<std::string> design_keys{"kind", "points", "seed", "levels", "file"};
const std::vector<std::string> factor_parts{"low", "high", "distribution", "values", "group"};
const std::string factors_prefix = "factors.", outcome_prefix = "outcome.", design_prefix = "design.";
constexpr const char* prior_word = "prior";
constexpr double most_replicates = 10000, most_retries = 100;

bool begins(const std::string& text, const std::string& prefix) { return text.rfind(prefix, 0) == 0; }

const TomlEntry* entry_of(const std::vector<TomlEntry>& entries, const std::string& key) {
    const auto found = std::find_if(entries.begin(), entries.end(), [&](const TomlEntry& e) { return e.key == key; });
    return found == entries.end() ? nullptr : &*found;
}

/// Reads one sweep file. What stands on other keys is checked at the end.
class Reader {
public:
    Reader(const fs::path& file, const std::vector<std::string>& known_regions) : findings_(file.string()), known_regions_(known_regions) {
        sweep_.file = file;
        sweep_.name = file.stem().string();
    }

    /// `base`: none where the file's scenario is to be read.
    Sweep read(const std::vector<TomlEntry>& entries, const Scenario* base) {
        if (const auto* command = entry_of(entries, "command")) read_command(*command);
        read_base(entry_of(entries, "scenario"), base);
        if (const auto* until = entry_of(entries, "until"); until != nullptr) read_until(*until);
        if (sweep_.base.seed) sweep_.seed = *sweep_.base.seed;
        for (const auto& entry : entries) keys_.insert(entry.key);
        for (const auto& entry : entries) {
            if (entry.key == "command" || entry.key == "scenario" || entry.key == "until") continue;
            if (begins(entry.key, factors_prefix))
                note_factor(entry);
            else if (begins(entry.key, outcome_prefix))
                read_outcome(entry);
            else if (begins(entry.key, design_prefix))
                read_design(entry);
            else
                read_top(entry);
        }
        close_factors();
        close_design(entry_of(entries, "design.kind"));
        close_outcomes(entry_of(entries, "outcomes"));
        findings_.throw_if_any();
        return std::move(sweep_);
    }

private:
    void read_command(const TomlEntry& entry) {
        if (read_text(entry, sweep_.command, findings_) && sweep_.command.empty()) findings_.add(entry, "is empty, but a command is expected");
    }

    void read_base(const TomlEntry* entry, const Scenario* base) {
        if (!sweep_.command.empty()) {
            if (entry != nullptr) findings_.add(*entry, "names a scenario, but a command of your own is the model");
            return;
        }
        std::string word = baseline_word;
        if (entry != nullptr && !read_text(*entry, word, findings_)) return;
        if (base != nullptr) {
            sweep_.base = *base;
            return;
        }
        if (word == baseline_word) {
            sweep_.base = default_scenario();
            return;
        }
        const fs::path file = sweep_.file.parent_path() / word;
        std::error_code error;
        if (!fs::exists(file, error)) {
            findings_.add(*entry,
                          "is " + found_text(*entry) + ", but there is no file " + file.string() + "; a scenario file, or the word baseline, is expected");
            known_base_ = false;
            return;
        }
        sweep_.base = read_scenario(file, known_regions_);
    }

    void read_until(const TomlEntry& entry) {
        Wanted wanted;
        sim::Month end;
        wanted.expected = "a month from " + (first_month + 11).text() + " to " + latest_month.text() + R"(, such as "2025-12",)";
        wanted.month = &end;
        if (!read_value(entry, wanted, findings_)) return;
        if (!sweep_.command.empty())
            findings_.add(entry, "is the end of a run of Instroom, but a command of your own is the model");
        else if (end < first_month + 11 || end > latest_month)
            findings_.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected");
        else
            try {
                end_in(sweep_.base, end);
            } catch (const sim::InputError& error) {
                findings_.add(entry, error.what());
            }
    }

    int whole(const TomlEntry& entry, double lowest, double highest, int otherwise) {
        const std::string expected = fmt::format("a whole number from {} to {}", lowest, highest);
        double value = otherwise;
        if (!read_real(entry, value, expected, lowest, highest, findings_)) return otherwise;
        if (value != std::floor(value)) findings_.add(entry, "is " + found_text(entry) + ", but " + expected + " is expected");
        return static_cast<int>(value);
    }

    void read_seed(const TomlEntry& entry, std::uint64_t& seed) {
        std::optional<std::uint64_t> value;
        Wanted wanted;
        wanted.expected = "a whole number from 0 to 9223372036854775807";
        wanted.whole = &value;
        if (read_value(entry, wanted, findings_)) seed = *value;
    }

    void read_top(const TomlEntry& entry) {
        if (entry.key == "name" || entry.key == "description") {
            read_text(entry, entry.key == "name" ? sweep_.name : sweep_.description, findings_);
        } else if (entry.key == "scale") {
            const std::string expected = "a number of agents per person above 0 and at most 1";
            read_real(entry, sweep_.scale, expected, 1e-6, 1, findings_);
        } else if (entry.key == "seed") {
            read_seed(entry, sweep_.seed);
        } else if (entry.key == "population_seed") {
            read_seed(entry, sweep_.population_seed);
        } else if (entry.key == "replicates") {
            sweep_.replicates = whole(entry, 1, most_replicates, sweep_.replicates);
        } else if (entry.key == "retries") {
            sweep_.retries = whole(entry, 0, most_retries, sweep_.retries);
        } else if (entry.key == "common_random_numbers") {
            read_truth(entry, sweep_.common_random_numbers, findings_);
        } else if (entry.key == "outcomes") {
            read_texts(entry, wanted_outcomes_, R"(a list of outcomes, such as ["technicians_at_work"],)", findings_);
        } else if (entry.key == "series") {
            if (read_texts(entry, sweep_.series, R"(a list of series, such as ["vacancies"],)", findings_) && !sweep_.command.empty() && !sweep_.series.empty())
                findings_.add(entry, "are series of Instroom, but a command of your own is the model");
        } else {
            auto words = top_keys;
            for (const auto& key : design_keys) words.push_back(design_prefix + key);
            words.insert(words.end(), {"factors.NAME", "outcome.NAME"});
            findings_.add(entry, "no key of a sweep has this name; did you mean " + sim::nearest_word(entry.key, words) + "?");
        }
    }

    void read_design(const TomlEntry& entry) {
        const std::string key = entry.key.substr(design_prefix.size());
        auto& design = sweep_.design;
        if (key == "kind") {
            std::size_t place = 0;
            if (read_word(entry, design_words(), place, findings_)) design.kind = static_cast<DesignKind>(place);
        } else if (key == "points") {
            design.points = static_cast<std::size_t>(whole(entry, 1, 1 << 20, 0));
        } else if (key == "seed") {
            read_seed(entry, design.seed);
        } else if (key == "levels") {
            design.levels = whole(entry, 2, 1000, 0);
        } else if (key == "file") {
            if (read_text(entry, design.file, findings_)) design.file = (sweep_.file.parent_path() / design.file).string();
        } else {
            findings_.add(entry, "no key of a design has this name; did you mean " + design_prefix + sim::nearest_word(key, design_keys) + "?");
        }
    }

    // Factors ----------------------------------------------------------------------------------------------------------

    struct FactorLines {
        std::string name;
        int line = 0;
        std::map<std::string, const TomlEntry*> parts;  ///< by key below the factor; "" of a factor that is no table
    };

    void note_factor(const TomlEntry& entry) {
        std::string name = entry.key.substr(factors_prefix.size()), part;
        const auto dot = name.rfind('.');
        if (dot != std::string::npos) {
            const std::string last = name.substr(dot + 1);
            const bool known = std::find(factor_parts.begin(), factor_parts.end(), last) != factor_parts.end();
            // Another word is a mistyped part where it stands beside a right one.
            const bool beside = std::any_of(factor_parts.begin(), factor_parts.end(),
                                            [&](const std::string& p) { return keys_.contains(factors_prefix + name.substr(0, dot) + "." + p); });
            if (known || beside) {
                part = last;
                name.resize(dot);
            }
        }
        auto found = std::find_if(lines_.begin(), lines_.end(), [&](const auto& f) { return f.name == name; });
        if (found == lines_.end()) found = lines_.insert(lines_.end(), {name, entry.line, {}});
        if (!part.empty() && std::find(factor_parts.begin(), factor_parts.end(), part) == factor_parts.end())
            findings_.add(entry, "no key of a factor has this name; did you mean " + sim::nearest_word(part, factor_parts) + "?");
        else
            found->parts[part] = &entry;
    }

    /// A number, or a month where the factor is one.
    bool read_end(const TomlEntry& entry, const ScenarioField& field, double& to) {
        if (field.kind == FieldKind::month) {
            Wanted wanted;
            sim::Month month;
            wanted.expected = "a month from " + first_month.text() + " to " + latest_month.text() + R"(, such as "2026-01",)";
            wanted.month = &month;
            if (!read_value(entry, wanted, findings_)) return false;
            if (month < first_month || month > latest_month) {
                findings_.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected");
                return false;
            }
            to = number_of(month);
            return true;
        }
        const std::string expected = fmt::format("a {}number{} from {} to {}", field.kind == FieldKind::whole ? "whole " : "",
                                                 field.unit == "1" ? "" : " in " + field.unit, number_text(field.minimum), number_text(field.maximum));
        if (!read_real(entry, to, expected, field.minimum, field.maximum, findings_)) return false;
        if (field.kind == FieldKind::real || to == std::floor(to)) return true;
        findings_.add(entry, "is " + found_text(entry) + ", but " + expected + " is expected");
        return false;
    }

    bool read_list(const TomlEntry& entry, const ScenarioField& field, std::vector<double>& to) {
        const auto refuse = [&] {
            findings_.add(entry, "is " + found_text(entry) + ", but a list of " +
                                     (field.kind == FieldKind::month ? "months, such as [\"2026-01\", \"2028-01\"]," : "numbers, such as [1, 2],") +
                                     " is expected");
            return false;
        };
        std::vector<TomlEntry> each;
        if (field.kind == FieldKind::month ? entry.texts.empty() : entry.reals.empty()) return refuse();
        for (const auto& text : entry.texts) {
            each.push_back(entry);
            each.back().kind = TomlEntry::Kind::text;
            each.back().text = text;
        }
        for (const double real : entry.reals) {
            each.push_back(entry);
            each.back().kind = TomlEntry::Kind::real;
            each.back().real = real;
        }
        std::set<double> seen;
        for (const auto& one : each) {
            double value = 0;
            if (!read_end(one, field, value)) return false;
            if (!seen.insert(value).second) {
                findings_.add(entry, "holds " + found_text(one) + " twice");
                return false;
            }
            to.push_back(value);
        }
        return true;
    }

    /// The prior of the base scenario's figure, or of the parameter.
    std::string take_prior(const ScenarioField& field, Factor& factor) {
        const auto& [low, high, distribution, status, source, unit] = field.evidence;
        if (!distribution.empty()) {
            factor.law.emplace(distribution, low.value_or(field.minimum), high.value_or(field.maximum));
            factor.low = low.value_or(factor.law->quantile(0));
            factor.high = high.value_or(factor.law->quantile(1));
        } else if (low && high) {
            factor.low = *low;
            factor.high = *high;
        } else {
            return "is to take its prior, but it has none; low and high are expected";
        }
        return factor.low < factor.high ? "" : "is to take its prior, but that is a single value";
    }

    void close_factor(const FactorLines& lines) {
        Factor factor;
        factor.name = lines.name;
        factor.line = lines.line;
        const std::string key = factors_prefix + lines.name;
        const auto wrong = [&](const std::string& what) { findings_.add(lines.line, key, what); };
        const auto part = [&](const char* name) -> const TomlEntry* {
            const auto found = lines.parts.find(name);
            return found == lines.parts.end() ? nullptr : found->second;
        };
        ScenarioField field;
        field.minimum = -1e300;
        field.maximum = 1e300;
        field.unit = "1";
        if (sweep_.command.empty()) {
            if (!known_base_) return;
            try {
                field = scenario_field(lines.name, sweep_.base);
            } catch (const sim::InputError& error) {
                return wrong(error.what());
            }
        }
        factor.kind = field.kind;
        factor.unit = field.unit;
        if (const auto* group = part("group")) read_text(*group, factor.group, findings_);
        const auto *low = part("low"), *high = part("high"), *values = part("values"), *distribution = part("distribution");
        if (const auto* plain = part("")) {
            if (plain->kind != TomlEntry::Kind::text || plain->text != prior_word || !sweep_.command.empty() || lines.parts.size() > 1)
                return wrong("is " + found_text(*plain) + R"(, but a range {low = ..., high = ...}, a list {values = [...]} or "prior" is expected)");
            if (const auto problem = take_prior(field, factor); !problem.empty()) return wrong(problem);
        } else if (values != nullptr) {
            if (low != nullptr || high != nullptr || distribution != nullptr) return wrong("has a list of values and a range; one of them is expected");
            if (!read_list(*values, field, factor.values)) return;
            factor.low = *std::min_element(factor.values.begin(), factor.values.end());
            factor.high = *std::max_element(factor.values.begin(), factor.values.end());
        } else {
            if (distribution == nullptr && (low == nullptr || high == nullptr))
                return wrong(low == nullptr && high == nullptr ? "has no range; low and high are expected, or a list of values"
                             : low == nullptr                  ? "has a high end without a low one"
                                                               : "has a low end without a high one");
            factor.low = field.minimum;
            factor.high = field.maximum;
            if ((low != nullptr && !read_end(*low, field, factor.low)) || (high != nullptr && !read_end(*high, field, factor.high))) return;
            if (!(factor.low < factor.high))
                return wrong("has an empty range: its low end " + value_text(factor, factor.low) + " is not below its high end " +
                             value_text(factor, factor.high));
            if (distribution != nullptr) {
                std::string words;
                if (!read_text(*distribution, words, findings_)) return;
                try {
                    factor.law.emplace(words, factor.low, factor.high);
                } catch (const sim::InputError& error) {
                    findings_.add(*distribution, error.what());
                    return;
                }
                if (low == nullptr) factor.low = factor.law->quantile(0);
                if (high == nullptr) factor.high = factor.law->quantile(1);
            }
        }
        sweep_.factors.push_back(std::move(factor));
    }

    void close_factors() {
        if (lines_.empty()) findings_.add(1, "factors", "there are none; a table [factors] with what is varied is expected");
        for (const auto& lines : lines_) close_factor(lines);
        complete_ = sweep_.factors.size() == lines_.size() && !lines_.empty();
    }

    void close_design(const TomlEntry* kind) {
        if (kind == nullptr) {
            findings_.add(1, "design.kind", "is missing; one of grid, list, latin_hypercube, sobol, saltelli, morris is expected");
            return;
        }
        if (!complete_) return;
        if (const auto problem = problem_of(sweep_.design, sweep_.factors); !problem.empty()) findings_.add(*kind, problem);
    }

    // Outcomes ---------------------------------------------------------------------------------------------------------

    void read_outcome(const TomlEntry& entry) {
        const std::string path = entry.key.substr(outcome_prefix.size()), name = path.substr(0, path.find('.'));
        const std::string key = path == name ? "" : path.substr(name.size() + 1);
        if (!sweep_.command.empty()) {
            findings_.add(entry, "is a figure of Instroom, but a command of your own is the model");
            return;
        }
        auto found = std::find_if(own_.begin(), own_.end(), [&](const Target& t) { return t.name == name; });
        if (found == own_.end()) {
            found = own_.insert(own_.end(), Target{});
            found->name = name;
            found->line = entry.line;
            found->kind = MomentKind::count;
            found->from = sweep_.base.end - 11;
            found->until = sweep_.base.end;
        }
        if (read_moment_key(entry, key, known_regions_, *found, findings_)) return;
        if (key == "from" || key == "until") {
            Wanted wanted;
            wanted.expected = "a month of the run";
            wanted.month = key == "from" ? &found->from : &found->until;
            read_value(entry, wanted, findings_);
            return;
        }
        auto words = moment_keys();
        words.insert(words.end(), {"from", "until"});
        findings_.add(entry, "no key of an outcome has this name; did you mean " + sim::nearest_word(key, words) + "?");
    }

    void close_outcomes(const TomlEntry* entry) {
        auto& outcomes = sweep_.outcomes;
        if (!sweep_.command.empty()) {
            if (wanted_outcomes_.empty())
                findings_.add(entry == nullptr ? 1 : entry->line, "outcomes", "are missing; the columns of the command's results that count are expected");
            for (const auto& name : wanted_outcomes_) outcomes.push_back({name, "1", name, std::nullopt});
        } else {
            const auto known = known_outcomes(sweep_.base.end);
            std::vector<std::string> names;
            for (const auto& outcome : known) names.push_back(outcome.name);
            if (entry == nullptr) {
                for (const auto& outcome : known)
                    if (outcome.name == spending_outcome || (outcome.figure && core_names().contains(outcome.name))) outcomes.push_back(outcome);
            }
            for (const auto& name : wanted_outcomes_) {
                const auto found = std::find(names.begin(), names.end(), name);
                const bool own = std::any_of(own_.begin(), own_.end(), [&](const Target& t) { return t.name == name; });
                if (found != names.end())
                    outcomes.push_back(known[static_cast<std::size_t>(found - names.begin())]);
                else if (!own)
                    findings_.add(*entry, "no outcome is named '" + name + "'; did you mean " + sim::nearest_word(name, names) + "?");
            }
            for (const auto& target : own_) {
                check_moment(target, target.line, outcome_prefix + target.name, findings_);
                if (std::find(names.begin(), names.end(), target.name) != names.end())
                    findings_.add(target.line, outcome_prefix + target.name, "has the name of a known outcome; another is expected");
                if (target.top.empty()) findings_.add(target.line, outcome_prefix + target.name, "has no key top");
                outcomes.push_back({target.name, "1", target.name, target});
            }
        }
        if (entry != nullptr && outcomes.empty() && sweep_.series.empty() && sweep_.command.empty())
            findings_.add(*entry, "is empty, and no series are named either: nothing of the runs would be kept");
        std::set<std::string> seen;
        for (const auto& outcome : outcomes)
            if (!seen.insert(outcome.name).second && entry != nullptr) findings_.add(*entry, "holds '" + outcome.name + "' twice");
    }

    static const std::set<std::string>& core_names() {
        static const std::set<std::string> names = [] {
            std::set<std::string> found;
            for (const auto& outcome : outcomes_of({}))
                if (outcome.subject == Subject::indicator) found.insert(outcome.figure.name);
            return found;
        }();
        return names;
    }

    Sweep sweep_;
    Findings findings_;
    const std::vector<std::string>& known_regions_;
    bool known_base_ = true, complete_ = false;
    std::set<std::string> keys_;  ///< of the whole file
    std::vector<FactorLines> lines_;
    std::vector<std::string> wanted_outcomes_;
    std::vector<Target> own_;
};

Sweep read(const std::string& text, const fs::path& file, const Scenario* base, const std::vector<std::string>& known_regions) {
    Sweep sweep = Reader(file, known_regions).read(read_toml_text(text, file.string()), base);
    sweep.text = text;
    return sweep;
}

}  // namespace

Sweep read_sweep(const fs::path& file, const std::vector<std::string>& known_regions) { return read(sim::text_of_file(file), file, nullptr, known_regions); }

Sweep sweep_from_text(const std::string& text, const fs::path& file, const Scenario& base, const std::vector<std::string>& known_regions) {
    return read(text, file, &base, known_regions);
}

Scenario scenario_at(const Sweep& sweep, const std::vector<double>& point) {
    Scenario scenario = sweep.base;
    for (std::size_t f = 0; f < sweep.factors.size(); ++f) scenario_field(sweep.factors[f].name, sweep.base).set(scenario, point[f]);
    return scenario;
}

std::vector<SweepOutcome> known_outcomes(sim::Month end) {
    std::vector<SweepOutcome> known;
    for (const auto& outcome : outcomes_of({})) {
        if (outcome.window != Window::last_year) continue;
        known.push_back({outcome.figure.name, outcome.unit, outcome.meaning, dated(outcome, first_month, end)});
    }
    known.push_back({spending_outcome, "euro", "what all measures spend until the end of the run", std::nullopt});
    return known;
}

}  // namespace experiments
