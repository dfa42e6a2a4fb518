#include "experiments/calibration/backtest_series.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>

#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/period.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> measured_words{"mean", "end"};

std::vector<std::string> series_keys() {
    std::vector<std::string> keys = moment_keys();
    keys.insert(keys.end(),
                {"family", "region", "measured", "adjusted", "level", "given", "total", "calibrate", "standard_error", "discrepancy", "errors", "note"});
    return keys;
}

class Reader {
public:
    Reader(const std::string& file, const std::vector<std::string>& known_regions) : findings_(file), known_regions_(known_regions) {}

    std::vector<BacktestSeries> read(const std::vector<TomlEntry>& entries) {
        for (const auto& entry : entries) read_entry(entry);
        if (series_.empty()) findings_.add(1, "series", "the file has no series; [series.NAME] begins one");
        std::vector<std::string> given;
        for (const auto& s : series_)
            if (s.given) given.push_back(s.name);
        for (const auto& s : series_) check(s, given);
        findings_.throw_if_any();
        return std::move(series_);
    }

private:
    void read_entry(const TomlEntry& entry) {
        const std::string start = "series.";
        const auto dot = entry.key.rfind('.');
        if (entry.key.rfind(start, 0) != 0 || dot < start.size()) {
            findings_.add(entry, "no key of a file of series has this name; did you mean series.NAME?");
            return;
        }
        const std::string name = entry.key.substr(start.size(), dot - start.size()), key = entry.key.substr(dot + 1);
        auto found = std::find_if(series_.begin(), series_.end(), [&](const auto& s) { return s.name == name; });
        if (found == series_.end()) {
            BacktestSeries s;
            s.name = name;
            s.line = entry.line;
            found = series_.insert(series_.end(), s);
        }
        BacktestSeries& s = *found;
        keys_given_.insert(name + "." + key);
        std::size_t place = 0;
        if (read_moment_key(entry, key, known_regions_, s, findings_)) return;
        if (key == "family") {
            if (read_word(entry, backtest_families(), place, findings_)) s.family = place;
        } else if (key == "measured") {
            if (read_word(entry, measured_words, place, findings_)) s.at_end = place == 1;
        } else if (key == "adjusted" || key == "level" || key == "given" || key == "calibrate") {
            read_truth(entry, key == "adjusted" ? s.adjusted : key == "level" ? s.level : key == "given" ? s.given : s.calibrate, findings_);
        } else if (key == "standard_error" || key == "discrepancy") {
            read_real(entry, key == "discrepancy" ? s.discrepancy : s.standard_error, "a share of the figure from 0 to 1", 0, 1, findings_);
        } else if (key == "region" || key == "total" || key == "errors" || key == "note") {
            read_text(entry, key == "region" ? s.region : key == "total" ? s.total : key == "errors" ? s.error_basis : s.note, findings_);
        } else {
            findings_.add(entry, "no key of a series has this name; did you mean " + sim::nearest_word(key, series_keys()) + "?");
        }
    }

    void check(const BacktestSeries& s, const std::vector<std::string>& given) {
        const std::string at = "series." + s.name;
        for (const char* key : {"family", "kind", "top", "standard_error", "errors"})
            if (!keys_given_.contains(s.name + "." + key)) findings_.add(s.line, at, std::string("has no key ") + key + ", which every series needs");
        check_moment(s, s.line, at, findings_);
        if (s.kind == MomentKind::growth) findings_.add(s.line, at, "is a growth, but forecasts are of levels: ratio, count or mean is expected");
        if (!s.total.empty() && std::find(given.begin(), given.end(), s.total) == given.end())
            findings_.add(s.line, at,
                          "belongs to the total '" + s.total + "', which is no series with given = true" +
                              (given.empty() ? "" : "; did you mean " + sim::nearest_word(s.total, given) + "?"));
        if (s.calibrate && (!s.level || s.standard_error + s.discrepancy <= 0))
            findings_.add(s.line, at, "is to be calibrated on, which needs a level and an error above 0");
    }

    Findings findings_;
    const std::vector<std::string>& known_regions_;
    std::vector<BacktestSeries> series_;
    std::set<std::string> keys_given_;
};

}  // namespace

const std::vector<std::string>& backtest_families() {
    static const std::vector<std::string> families{"employment", "unemployment", "vacancies", "wages", "education", "technical and ICT"};
    return families;
}

std::vector<BacktestSeries> backtest_series_from_text(const std::string& text, const std::string& file, const std::vector<std::string>& known_regions) {
    return Reader(file, known_regions).read(read_toml_text(text, file));
}

std::vector<BacktestSeries> read_backtest_series(const fs::path& file, const std::vector<std::string>& known_regions) {
    return Reader(file.string(), known_regions).read(read_toml(file));
}

void add_figures(BacktestData& data, const std::vector<regions::Figure>& figures, const std::string& file) {
    data.figures.resize(data.series.size());
    std::vector<std::string> names;
    for (const auto& s : data.series) names.push_back(s.name);
    std::vector<std::string> units(names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
        if (!data.figures[i].empty()) units[i] = data.figures[i].front().unit;
    for (const auto& f : figures) {
        const std::string at = file + ":" + std::to_string(f.line);
        const auto found = std::find(names.begin(), names.end(), f.variable);
        if (found == names.end())
            throw sim::InputError(at + ": variable '" + f.variable + "' is no series of a backtest; did you mean '" + sim::nearest_word(f.variable, names) +
                                  "'?");
        const auto place = static_cast<std::size_t>(found - names.begin());
        const auto period = sim::period_of(f.period);
        if (!period) throw sim::InputError(at + ": period is '" + f.period + "' (a year, a quarter such as 2021Q3 or a month such as 2021-10 is expected)");
        if (f.value <= 0) throw sim::InputError(at + ": value is " + number_text(f.value) + " (a number above 0 is expected)");
        if (units[place].empty()) units[place] = f.unit;
        if (f.unit != units[place]) throw sim::InputError(at + ": unit is '" + f.unit + "', but " + f.variable + " is in '" + units[place] + "' elsewhere");
        auto& of_series = data.figures[place];
        for (const auto& other : of_series) {
            if (other.period == f.period)
                throw sim::InputError(at + ": " + f.variable + " of " + f.period + " stands on " + other.at + " already (one row is expected)");
            if (other.period.size() != f.period.size())
                throw sim::InputError(at + ": period is '" + f.period + "', but those of " + f.variable + " are like '" + other.period + "'");
        }
        // A range is read as an interval of 90 %.
        constexpr double deviations_of_a_range = 2 * 1.6448536269514722;
        const double error = f.low && f.high ? (*f.high - *f.low) / deviations_of_a_range : data.series[place].standard_error * f.value;
        of_series.push_back({f.period, period->from, period->until, f.value, error, f.status, f.unit, f.known_from, at});
    }
    for (auto& of_series : data.figures) std::sort(of_series.begin(), of_series.end(), [](const auto& a, const auto& b) { return a.until < b.until; });
}

int figures_a_year(const std::vector<ObservedFigure>& figures) {
    constexpr std::size_t size_of_a_quarter = 6;
    return !figures.empty() && figures.front().period.size() == size_of_a_quarter ? 4 : 1;
}

fs::path shipped_backtest_series() { return regions::shipped_data() / "backtest.toml"; }

}  // namespace experiments
