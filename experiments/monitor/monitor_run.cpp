#include "experiments/monitor/monitor_run.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include <nlohmann/json.hpp>

#include "experiments/figures/moments.hpp"
#include "experiments/figures/selection.hpp"
#include "experiments/figures/stored_series.hpp"
#include "experiments/statistics/sample.hpp"

namespace experiments {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t months_of_a_year = 12;
/// Digits of a value on the page: more than any picture or table of it shows, and half the size of all.
constexpr double kept_digits = 1e7;

/// Replicates whose own values go to the page: beyond, pairs of runs tell no more, and the page grows.
constexpr std::size_t most_pairs = 64;

/// With so many digits as the page needs; null where there is no number.
Json number(double value) {
    if (!std::isfinite(value)) return nullptr;
    if (value == 0) return 0;
    const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value)))) / (kept_digits / 10);
    const double rounded = unit >= 1 ? std::round(value / unit) * unit : std::round(value * std::round(1 / unit)) / std::round(1 / unit);
    return rounded == std::floor(rounded) && std::abs(rounded) < 1e15 ? Json(static_cast<std::int64_t>(rounded)) : Json(rounded);
}

/// Mean, low and high over replicates, cell by cell.
class Cells {
public:
    void add(const std::vector<double>& by_replicate) {
        bool known = true;
        for (const double v : by_replicate) known = known && std::isfinite(v);
        mean_.push_back(known ? number(mean_of(by_replicate)) : Json(nullptr));
        if (by_replicate.size() < 2) return;
        low_.push_back(known ? number(quantile_of(by_replicate, 0.025)) : Json(nullptr));
        high_.push_back(known ? number(quantile_of(by_replicate, 0.975)) : Json(nullptr));
    }
    /// The same, and every replicate's own value beside it, so that runs can be compared pair by pair.
    void add_each(const std::vector<double>& by_replicate) {
        add(by_replicate);
        for (const double v : by_replicate) each_.push_back(number(v));
    }
    [[nodiscard]] Json json() {
        Json made{{"mean", std::move(mean_)}};
        if (!low_.empty()) made["low"] = std::move(low_), made["high"] = std::move(high_);
        if (!each_.empty()) made["each"] = std::move(each_);
        return made;
    }

private:
    Json mean_ = Json::array(), low_ = Json::array(), high_ = Json::array(), each_ = Json::array();
};

std::vector<std::string> series_of(const MomentWords& words) {
    std::vector<std::string> names;
    for (const auto* list : {&words.top, &words.bottom})
        for (const auto& selection : *list) names.push_back(selection_of(selection).series);
    return names;
}

class Page {
public:
    Page(const sim::StoredTrajectory& file, const MonitorSpecification& specification)
        : file_(file), specification_(specification), regions_(file.dimension("region").labels), run_(trajectory_of(file, names())) {
        scales_.persons_per_agent = persons_per_agent(file);
        scales_.nation_per_region_person = specification.nation_over(regions_);
    }

    Json json() {
        Json made;
        made["months"] = months();
        made["years"] = years();
        made["regions"] = regions_;
        made["replicates"] = run_.replicates().size();
        made["persons_per_agent"] = scales_.persons_per_agent;
        made["nation_per_region_person"] = number(scales_.nation_per_region_person);
        Json indicators = Json::object();
        for (const auto& one : specification_.indicators)
            if (holds(one)) indicators[one.name] = indicator(one);
        made["indicators"] = std::move(indicators);
        Json observed = Json::object();
        for (std::size_t s = 0; s < specification_.series.size(); ++s)
            if (auto values = counterpart(specification_.series[s], specification_.figures[s]); !values.is_null())
                observed[specification_.series[s].name] = std::move(values);
        made["observed"] = std::move(observed);
        if (auto all = by_year(file_.has("technical_flow") ? std::optional(file_.find("technical_flow")) : std::nullopt, scales_.persons_per_agent);
            !all.is_null())
            made["flows"] = std::move(all);
        Json policy = Json::object();
        for (const auto& series : file_.in_group("policy")) {
            const std::string name = series.name.substr(series.name.rfind('/') + 1);
            if (name != "spending" && name != "participants" && name != "placements") continue;
            if (auto values = by_year(series, name == "spending" ? 1 : scales_.persons_per_agent); !values.is_null()) policy[name] = std::move(values);
        }
        made["policy"] = std::move(policy);
        return made;
    }

private:
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        const auto take = [&](const MomentWords& words) {
            for (auto& name : series_of(words)) names.push_back(std::move(name));
        };
        for (const auto& one : specification_.indicators) take(one);
        for (const auto& one : specification_.series) take(one);
        return names;
    }

    [[nodiscard]] bool holds(const MomentWords& words) const {
        for (const auto* list : {&words.top, &words.bottom})
            for (const auto& one : *list)
                if (!holds(selection_of(one))) return false;
        return true;
    }

    /// The series, and every dimension and label that is chosen: files of other versions may lack some.
    [[nodiscard]] bool holds(const Selection& selection) const {
        if (!run_.has(selection.series)) return false;
        const auto& own = run_.info(run_.find(selection.series)).dimensions;
        return std::all_of(selection.where.begin(), selection.where.end(), [&](const auto& part) {
            if (std::find(own.begin(), own.end(), part.first) == own.end()) return false;
            const auto& known = run_.labels(part.first);
            return std::all_of(part.second.begin(), part.second.end(),
                               [&](const auto& label) { return std::find(known.begin(), known.end(), label) != known.end(); });
        });
    }

    /// The points of time by the month that begins there.
    [[nodiscard]] Json months() const {
        Json list = Json::array();
        for (std::size_t t = 0; t < run_.points(); ++t) list.push_back(run_.month_of(t).text());
        return list;
    }

    /// Points that end a year of the run, counted back from its last one.
    [[nodiscard]] std::vector<std::size_t> ends() const {
        std::vector<std::size_t> points;
        for (std::size_t t = (run_.points() - 1) % months_of_a_year; t < run_.points(); t += months_of_a_year)
            if (t >= months_of_a_year) points.push_back(t);
        return points;
    }

    /// The last month of each year.
    [[nodiscard]] Json years() const {
        Json list = Json::array();
        for (const std::size_t t : ends()) list.push_back((run_.month_of(t) - 1).text());
        return list;
    }

    Moments moment_of(const MomentWords& words, const std::string& name, const std::vector<std::string>& regions) const {
        Target target;
        static_cast<MomentWords&>(target) = words;
        target.name = name;
        target.regions = regions;
        target.from = target.until = run_.first() - 1;  // the first point; which months count is said at each call
        return Moments({target}, run_, scales_, file_.path().string());
    }

    std::vector<double> by_replicate(const Moments& moment, std::size_t first, std::size_t last) const {
        std::vector<double> values;
        for (std::size_t r = 0; r < run_.replicates().size(); ++r) values.push_back(moment.at(0, run_, r, first, last));
        return values;
    }

    Json indicator(const MonitorIndicator& one) const {
        Cells monthly, yearly;
        const std::vector<double> missing(run_.replicates().size(), std::numeric_limits<double>::quiet_NaN());
        for (std::size_t r = 0; r <= regions_.size(); ++r) {
            const auto moment = moment_of(one, one.name, r < regions_.size() ? std::vector{regions_[r]} : regions_);
            const auto window = static_cast<std::size_t>(one.window);
            for (std::size_t t = 0; t < run_.points(); ++t) monthly.add(t + 1 < window ? missing : by_replicate(moment, t + 1 - window, t));
            for (const std::size_t t : ends()) {
                const auto values = by_replicate(moment, t + 1 - months_of_a_year, t);
                run_.replicates().size() > most_pairs ? yearly.add(values) : yearly.add_each(values);
            }
        }
        return {{"months", monthly.json()}, {"years", yearly.json()}};
    }

    /// What the run says of each figure; null where it says nothing of any.
    Json counterpart(const BacktestSeries& series, const std::vector<SourcedFigure>& figures) const {
        const bool there = holds(series) && std::all_of(series.regions.begin(), series.regions.end(), [&](const auto& region) {
                               return std::find(regions_.begin(), regions_.end(), region) != regions_.end();
                           });
        if (!there) return nullptr;
        const auto moment = moment_of(series, series.name, series.regions);
        Cells cells;
        Json periods = Json::array();
        for (const auto& figure : figures) {
            // A figure of a month stands at the point of time that ends it.
            const int first = (series.at_end ? figure.until : figure.from) + 1 - run_.first(), last = figure.until + 1 - run_.first();
            if (first < 1 || last >= static_cast<int>(run_.points())) continue;
            periods.push_back(figure.period);
            cells.add(by_replicate(moment, static_cast<std::size_t>(first), static_cast<std::size_t>(last)));
        }
        if (periods.empty()) return nullptr;
        Json made{{"periods", std::move(periods)}};
        made.update(cells.json());
        return made;
    }

    /// A flow summed over the months of each year, mean over replicates: [year][region][further dimensions], row-major.
    Json by_year(const std::optional<sim::StoredTrajectory::Series>& series, double factor) const {
        if (!series || series->shape.size() < 3 || series->dimensions[1] != "time" || series->dimensions[2] != "region") return nullptr;
        const auto values = file_.values_at(*series);
        const std::size_t replicates = series->shape[0], points = series->shape[1],
                          cells = replicates * points == 0 ? 0 : values.size() / (replicates * points);
        if (cells == 0 || points != run_.points()) return nullptr;
        Json sums = Json::array();
        for (const std::size_t end : ends())
            for (std::size_t c = 0; c < cells; ++c) {
                double sum = 0;
                for (std::size_t r = 0; r < replicates; ++r)
                    for (std::size_t t = end + 1 - months_of_a_year; t <= end; ++t) {
                        const double value = values[(r * points + t) * cells + c];
                        if (std::isfinite(value)) sum += value;
                    }
                sums.push_back(number(factor * sum / static_cast<double>(replicates)));
            }
        Json labels = Json::array();
        const std::string group = series->name.find('/') == std::string::npos ? "" : series->name.substr(0, series->name.rfind('/') + 1);
        for (std::size_t d = 3; d < series->dimensions.size(); ++d) {
            const auto& name = series->dimensions[d];
            const bool at_root = std::any_of(file_.dimensions().begin(), file_.dimensions().end(), [&](const auto& one) { return one.name == name; });
            labels.push_back(at_root ? file_.dimension(name).labels : file_.labels_at(group + name));
        }
        return {{"labels", std::move(labels)}, {"values", std::move(sums)}};
    }

    const sim::StoredTrajectory& file_;
    const MonitorSpecification& specification_;
    std::vector<std::string> regions_;
    sim::Trajectory run_;
    Scales scales_;
};

}  // namespace

Json json_of_run(const sim::StoredTrajectory& file, const MonitorSpecification& specification) { return Page(file, specification).json(); }

}  // namespace experiments
