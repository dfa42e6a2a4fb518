#include "experiments/figures/targets.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "experiments/scenarios/scenario.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "regions/data_folder.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

const std::array<std::string, 5> top_keys{"name", "description", "cut", "cut_rank", "region_spread"};
const std::array<std::string, 5> free_keys{"prior", "low", "high", "identified_by", "source"};
const std::array<std::string, 17> target_keys{"kind",          "top",     "bottom",   "regions",        "from",        "until",
                                              "times",         "scaling", "observed", "sampling_error", "discrepancy", "errors",
                                              "region_effect", "status",  "source",   "known_from",     "note"};

/// Processes that are measures through and through.
const std::array<std::string, 5> processes_of_measures{"programmes", "side_entry", "work_learning", "innovation", "awareness"};

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// A free parameter while its lines are read.
struct FreeLines {
    int line = 0;
    const models::Parameter* parameter = nullptr;
    std::string prior, identified_by, source;
    double low = 0, high = 0;
    bool own_prior = false;
};

/// Reads one file. Entries come in the order of lines; what belongs together is checked at the end.
class Reader {
public:
    Reader(const fs::path& file, const std::vector<std::string>& known_regions) : findings_(file.string()), known_regions_(known_regions) {
        targets_.name = file.stem().string();
    }

    Targets read(const std::vector<TomlEntry>& entries) {
        for (const auto& entry : entries) {
            if (entry.key.rfind("free.", 0) == 0)
                read_free(entry);
            else if (entry.key.rfind("target.", 0) == 0)
                read_target(entry);
            else
                read_top(entry);
        }
        close_free();
        close_targets();
        findings_.throw_if_any();
        return std::move(targets_);
    }

private:
    bool real(const TomlEntry& entry, double& to, const std::string& expected, double lowest, double highest) {
        return read_real(entry, to, expected, lowest, highest, findings_);
    }
    bool text(const TomlEntry& entry, std::string& to) { return read_text(entry, to, findings_); }

    void read_top(const TomlEntry& entry) {
        if (entry.key == "name")
            text(entry, targets_.name);
        else if (entry.key == "description")
            text(entry, targets_.description);
        else if (entry.key == "cut")
            real(entry, targets_.cut, "a number of standard deviations from 0.5 to 100", 0.5, 100);
        else if (entry.key == "cut_rank") {
            double rank = 0;
            if (real(entry, rank, "a whole number from 1 (the highest implausibility counts) to 20", 1, 20)) targets_.cut_rank = static_cast<int>(rank);
            if (rank != std::floor(rank)) findings_.add(entry, "is " + found_text(entry) + ", but a whole number is expected");
            rank_line_ = entry.line;
        } else if (entry.key == "region_spread")
            real(entry, targets_.region_spread, "a number from 0 to 1", 0, 1);
        else {
            std::vector<std::string> words(top_keys.begin(), top_keys.end());
            words.insert(words.end(), {"target.NAME", "free.PROCESS.PARAMETER"});
            findings_.add(entry, "no key of a file of targets has this name; did you mean " + sim::nearest_word(entry.key, words) + "?");
        }
    }

    void read_free(const TomlEntry& entry) {
        const std::string path = entry.key.substr(5);
        const auto& all = models::all_parameters();
        // "free.process.parameter.key", or the parameter alone where its table is empty.
        const bool empty_table = entry.text == "an empty table";
        const auto dot = path.rfind('.');
        const std::string name = empty_table ? path : path.substr(0, dot == std::string::npos ? path.size() : dot);
        const std::string key = empty_table || dot == std::string::npos ? "" : path.substr(dot + 1);
        auto found = free_.find(name);
        if (found == free_.end()) {
            found = free_.emplace(name, FreeLines{}).first;
            order_.push_back(name);
            found->second.line = entry.line;
            const auto* parameter = models::find_parameter(name);
            if (parameter == nullptr) {
                std::vector<std::string> names;
                for (const auto& p : all) names.push_back(p.name);
                findings_.add(entry, "no parameter has this name; did you mean free." + sim::nearest_word(name, names) + "?");
                return;
            }
            if (const std::string reason = refusal_of(name); !reason.empty()) {
                findings_.add(entry, reason);
                return;
            }
            found->second.parameter = parameter;
            found->second.prior = parameter->prior.distribution;
            found->second.low = parameter->minimum;
            found->second.high = parameter->maximum;
        }
        auto& lines = found->second;
        if (lines.parameter == nullptr || key.empty()) return;
        const auto& p = *lines.parameter;
        const std::string range = "a number from " + number_text(p.minimum) + " to " + number_text(p.maximum);
        lines.own_prior = lines.own_prior || key == "prior" || key == "low" || key == "high";
        if (key == "prior")
            text(entry, lines.prior);
        else if (key == "low" || key == "high")
            real(entry, key == "low" ? lines.low : lines.high, range, p.minimum, p.maximum);
        else if (key == "identified_by")
            text(entry, lines.identified_by);
        else if (key == "source")
            text(entry, lines.source);
        else
            findings_.add(entry, "no key of a free parameter has this name; did you mean " + sim::nearest_word(key, free_keys) + "?");
    }

    void read_target(const TomlEntry& entry) {
        const std::string path = entry.key.substr(7);
        const auto dot = path.find('.');
        if (dot == std::string::npos) {
            findings_.add(entry, "is " + found_text(entry) + ", but a table that says what is observed is expected");
            return;
        }
        const std::string name = path.substr(0, dot), key = path.substr(dot + 1);
        auto found = std::find_if(targets_.targets.begin(), targets_.targets.end(), [&](const auto& t) { return t.name == name; });
        if (found == targets_.targets.end()) {
            Target target;
            target.name = name;
            target.line = entry.line;
            found = targets_.targets.insert(targets_.targets.end(), target);
        }
        auto& t = *found;
        given_.insert(path);
        constexpr double most = 1e15;
        if (read_moment_key(entry, key, known_regions_, t, findings_)) return;
        if (key == "status") {
            static const std::vector<std::string> words(models::status_words.begin(), models::status_words.end());
            std::size_t place = 0;
            if (read_word(entry, words, place, findings_)) t.status = words[place];
        } else if (key == "from" || key == "until") {
            Wanted wanted;
            wanted.expected = "a month from " + first_month.text() + " on, such as \"2022-01\",";
            wanted.month = key == "from" ? &t.from : &t.until;
            if (read_value(entry, wanted, findings_) && (*wanted.month < first_month || *wanted.month > latest_month))
                findings_.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected");
        } else if (key == "observed") {
            real(entry, t.observed, "a number", -most, most);
        } else if (key == "sampling_error" || key == "discrepancy") {
            real(entry, key == "discrepancy" ? t.discrepancy : t.sampling_error, "a number from 0 on", 0, most);
        } else if (key == "region_effect") {
            read_truth(entry, t.region_effect, findings_);
        } else if (key == "errors" || key == "source" || key == "known_from" || key == "note") {
            text(entry, key == "errors" ? t.error_basis : key == "source" ? t.source : key == "known_from" ? t.known_from : t.note);
        } else {
            findings_.add(entry, "no key of a target has this name; did you mean " + sim::nearest_word(key, target_keys) + "?");
        }
    }

    void close_targets() {
        for (auto& t : targets_.targets) {
            const std::string at = "target." + t.name;
            const auto need = [&](const std::string& key) {
                if (!given_.contains(t.name + "." + key)) findings_.add(t.line, at, "has no key " + key + ", which every target needs");
            };
            for (const char* key : {"kind", "top", "from", "until", "observed", "sampling_error", "discrepancy", "errors", "status", "source"}) need(key);
            if (t.from != sim::Month() && t.until != sim::Month() && t.until < t.from)
                findings_.add(t.line, at, "ends in " + t.until.text() + ", before it begins in " + t.from.text());
            if (t.sampling_error + t.discrepancy <= 0) findings_.add(t.line, at, "has neither a sampling error nor a discrepancy above 0: no model can hit it");
            check_moment(t, t.line, at, findings_);
            if (t.region_effect && t.regions.size() != 1) findings_.add(t.line, at, "has a region's effect, for which exactly one region is expected");
            if (t.source.empty() && t.status != "assumed" && given_.contains(t.name + ".source"))
                findings_.add(t.line, at, "has an empty source, but is not assumed");
        }
        if (targets_.targets.empty()) findings_.add(1, "target", "the file has no targets; [target.NAME] begins one");
        if (rank_line_ > 0 && !targets_.targets.empty() && static_cast<std::size_t>(targets_.cut_rank) > targets_.targets.size())
            findings_.add(rank_line_, "cut_rank",
                          "is " + std::to_string(targets_.cut_rank) + ", but there are only " + std::to_string(targets_.targets.size()) + " targets");
    }

    void close_free() {
        for (const auto& name : order_) {
            const auto& lines = free_.at(name);
            if (lines.parameter == nullptr) continue;
            const std::string at = "free." + name;
            if (lines.prior.empty()) {
                findings_.add(lines.line, at, "has no prior of its own; give one, such as prior = \"lognormal(1, 0.2)\"");
                continue;
            }
            if (lines.own_prior && lines.source.empty())
                findings_.add(lines.line, at, "has a prior of its own, but no key source that says where it comes from");
            std::vector<std::string> names;
            for (const auto& t : targets_.targets) names.push_back(t.name);
            if (lines.identified_by.empty())
                findings_.add(lines.line, at, "has no key identified_by: the name of the target that is to identify it");
            else if (std::find(names.begin(), names.end(), lines.identified_by) == names.end())
                findings_.add(
                    lines.line, at,
                    "is identified by '" + lines.identified_by + "', which is no target; did you mean " + sim::nearest_word(lines.identified_by, names) + "?");
            try {
                const double usual = lines.parameter->get(models::Parameters{});
                targets_.free.push_back({name, PriorLaw(lines.prior, lines.low, lines.high), usual, lines.identified_by, lines.source});
            } catch (const sim::InputError& error) {
                findings_.add(lines.line, at, error.what());
            }
        }
        if (order_.empty()) findings_.add(1, "free", "the file has no free parameters; [free.PROCESS.PARAMETER] begins one");
        if (order_.size() > most_free_parameters)
            findings_.add(free_.at(order_.back()).line, "free." + order_.back(),
                          "is parameter " + std::to_string(order_.size()) + ", but at most " + std::to_string(most_free_parameters) + " may be free");
    }

    Findings findings_;
    const std::vector<std::string>& known_regions_;
    Targets targets_;
    std::map<std::string, FreeLines> free_;
    std::vector<std::string> order_;
    std::set<std::string> given_;
    int rank_line_ = 0;
};

}  // namespace

std::string refusal_of(const std::string& parameter) {
    if (models::find_lever(parameter) != nullptr) return "is a lever that measures pull, and is never calibrated";
    const std::string process = parameter.substr(0, parameter.find('.'));
    const bool of_measures = std::find(processes_of_measures.begin(), processes_of_measures.end(), process) != processes_of_measures.end();
    if (of_measures || ends_with(parameter, "_effect") || ends_with(parameter, "_contact"))
        return "is an effect of measures, which is never calibrated: it keeps its prior (model description, section 4)";
    return "";
}

Targets targets_from_text(const std::string& text, const fs::path& file, const std::vector<std::string>& known_regions) {
    return Reader(file, known_regions).read(read_toml_text(text, file.string()));
}

Targets read_targets(const fs::path& file, const std::vector<std::string>& known_regions) { return Reader(file, known_regions).read(read_toml(file)); }

fs::path shipped_targets() { return regions::shipped_data() / "targets.toml"; }

}  // namespace experiments
