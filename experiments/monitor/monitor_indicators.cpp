#include "experiments/monitor/monitor_indicators.hpp"

#include <algorithm>
#include <set>

#include "experiments/scenarios/toml_values.hpp"
#include "regions/data_folder.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

constexpr double longest_window = 120;

std::vector<std::string> indicator_keys() {
    std::vector<std::string> keys = moment_keys();
    keys.insert(keys.end(), {"pillar", "window", "show", "core", "en", "nl", "unit_en", "unit_nl", "outside", "observed", "goal_nation"});
    return keys;
}

class Reader {
public:
    explicit Reader(const std::string& file) : findings_(file) {}

    std::vector<MonitorIndicator> read(const std::vector<TomlEntry>& entries) {
        for (const auto& entry : entries) read_entry(entry);
        if (indicators_.empty()) findings_.add(1, "indicator", "the file has no indicator; [indicator.NAME] begins one");
        for (const auto& one : indicators_) {
            const std::string at = "indicator." + one.name;
            for (const char* key : {"pillar", "kind", "top", "en", "nl", "unit_en", "unit_nl", "outside"})
                if (!given_.contains(one.name + "." + key)) findings_.add(one.line, at, std::string("has no key ") + key + ", which every indicator needs");
            check_moment(one, one.line, at, findings_);
        }
        findings_.throw_if_any();
        return std::move(indicators_);
    }

private:
    void read_entry(const TomlEntry& entry) {
        const std::string start = "indicator.";
        const auto dot = entry.key.rfind('.');
        if (entry.key.rfind(start, 0) != 0 || dot < start.size()) {
            findings_.add(entry, "no key of a file of indicators has this name; did you mean indicator.NAME?");
            return;
        }
        const std::string name = entry.key.substr(start.size(), dot - start.size()), key = entry.key.substr(dot + 1);
        auto found = std::find_if(indicators_.begin(), indicators_.end(), [&](const auto& one) { return one.name == name; });
        if (found == indicators_.end()) {
            MonitorIndicator one;
            one.name = name;
            one.line = entry.line;
            found = indicators_.insert(indicators_.end(), one);
        }
        MonitorIndicator& one = *found;
        given_.insert(name + "." + key);
        double number = 0;
        if (key != "regions" && read_moment_key(entry, key, {}, one, findings_)) return;
        if (key == "pillar") {
            read_word(entry, monitor_pillars(), one.pillar, findings_);
        } else if (key == "show") {
            read_word(entry, monitor_shows(), one.show, findings_);
        } else if (key == "window") {
            if (read_real(entry, number, "a number of months from 1 to 120", 1, longest_window, findings_)) one.window = static_cast<int>(number);
        } else if (key == "goal_nation") {
            read_real(entry, one.goal_nation, "a number above 0", 1e-12, 1e15, findings_);
        } else if (key == "core") {
            read_truth(entry, one.core, findings_);
        } else if (key == "observed") {
            read_texts(entry, one.observed, R"(a list of series of backtest.toml, such as ["unemployed"],)", findings_);
        } else if (key == "en" || key == "nl" || key == "unit_en" || key == "unit_nl" || key == "outside") {
            read_text(entry,
                      key == "en"        ? one.english
                      : key == "nl"      ? one.dutch
                      : key == "unit_en" ? one.english_unit
                      : key == "unit_nl" ? one.dutch_unit
                                         : one.outside,
                      findings_);
        } else {
            findings_.add(entry, "no key of an indicator has this name; did you mean " + sim::nearest_word(key, indicator_keys()) + "?");
        }
    }

    Findings findings_;
    std::vector<MonitorIndicator> indicators_;
    std::set<std::string> given_;
};

}  // namespace

const std::vector<std::string>& monitor_pillars() {
    static const std::vector<std::string> pillars{"education", "labour_market", "innovation"};
    return pillars;
}

const std::vector<std::string>& monitor_shows() {
    static const std::vector<std::string> shows{"count", "share", "ratio", "index"};
    return shows;
}

std::vector<MonitorIndicator> monitor_indicators_from_text(const std::string& text, const std::string& file) {
    return Reader(file).read(read_toml_text(text, file));
}

std::vector<MonitorIndicator> read_monitor_indicators(const std::filesystem::path& file) { return Reader(file.string()).read(read_toml(file)); }

std::filesystem::path shipped_monitor_indicators() { return regions::shipped_data() / "monitor.toml"; }

}  // namespace experiments
