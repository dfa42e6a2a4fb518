#include "experiments/figures/moments.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "experiments/figures/selection.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

using sim::Trajectory;

std::vector<std::string> series_names(const Trajectory& t) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < t.size(); ++i)
        if (const auto& info = t.info(static_cast<sim::SeriesId>(i)); info.group.empty()) names.push_back(info.name);
    return names;
}

/// A selection in words, understood: which labels of each dimension count.
struct Chosen {
    sim::SeriesId series{};
    double sign = 1;
    std::vector<std::string> dimensions;    ///< region first
    std::vector<std::vector<bool>> labels;  ///< by dimension
};

/// Throws InputError without the place in the file.
Chosen chosen_of(const std::string& words, const std::vector<std::string>& regions, const Trajectory& t) {
    Chosen chosen;
    const auto selection = selection_of(words);
    chosen.sign = selection.sign;
    const auto names = series_names(t);
    if (std::find(names.begin(), names.end(), selection.series) == names.end())
        throw sim::InputError("no series is named '" + selection.series + "'; did you mean " + sim::nearest_word(selection.series, names) + "?");
    chosen.series = t.find(selection.series);
    chosen.dimensions = {"region"};
    for (const auto& dimension : t.info(chosen.series).dimensions) chosen.dimensions.push_back(dimension);
    for (const auto& dimension : chosen.dimensions) chosen.labels.emplace_back(t.length(dimension), true);
    const auto choose = [&](std::size_t d, const std::vector<std::string>& wanted) {
        const auto& labels = t.labels(chosen.dimensions[d]);
        chosen.labels[d].assign(labels.size(), false);
        for (const auto& label : wanted) {
            const auto found = std::find(labels.begin(), labels.end(), label);
            if (found == labels.end())
                throw sim::InputError("'" + label + "' is no " + chosen.dimensions[d] + " of " + selection.series + "; did you mean " +
                                      sim::nearest_word(label, labels) + "?");
            chosen.labels[d][static_cast<std::size_t>(found - labels.begin())] = true;
        }
    };
    const auto refuse = [&](const std::string& part, const std::string& dimension) {
        const std::vector<std::string> own(chosen.dimensions.begin() + 1, chosen.dimensions.end());
        throw sim::InputError("'" + part + "' does not choose labels of a dimension of " + selection.series + ", as \"dimension = label | label\" does" +
                              (own.empty() ? "; this series has none" : "; did you mean " + sim::nearest_word(dimension, own) + "?"));
    };
    if (!regions.empty()) choose(0, regions);
    if (!selection.unread.empty()) refuse(selection.unread, selection.unread);
    for (const auto& [dimension, labels] : selection.where) {
        const auto found = std::find(chosen.dimensions.begin() + 1, chosen.dimensions.end(), dimension);
        if (found == chosen.dimensions.end()) refuse(dimension + " = " + labels.front(), dimension);
        choose(static_cast<std::size_t>(found - chosen.dimensions.begin()), labels);
    }
    return chosen;
}

/// Calls visit(place, labels by dimension) for every chosen cell of a series, row-major.
template <class Visit>
void for_each_cell(const Chosen& chosen, Visit&& visit) {
    std::vector<std::size_t> label(chosen.labels.size(), 0);
    std::size_t place = 0;
    while (true) {
        bool in = true;
        for (std::size_t d = 0; d < label.size(); ++d) in = in && chosen.labels[d][label[d]];
        if (in) visit(place, label);
        ++place;
        std::size_t d = label.size();
        while (d > 0 && ++label[d - 1] == chosen.labels[d - 1].size()) label[--d] = 0;
        if (d == 0) return;
    }
}

double value_at(const Trajectory& t, sim::SeriesId series, std::size_t replicate, std::size_t time, std::size_t place) {
    if (t.info(series).type == sim::SeriesType::count) return t.counts(series, replicate, time)[place];
    return t.reals(series, replicate, time)[place];
}

}  // namespace

Moments::Moments(const std::vector<Target>& targets, const Trajectory& trajectory, const Scales& scales, const std::string& file) {
    Findings findings(file);
    for (const auto& target : targets) {
        Moment moment;
        moment.kind = target.kind;
        moment.times = target.times;
        if (target.scaling != MomentScaling::none) moment.times *= scales.persons_per_agent;
        if (target.scaling == MomentScaling::nation) moment.times *= scales.nation_per_region_person;
        const std::string at = "target." + target.name;
        // A figure of a month stands at the point of time that ends it.
        const int first = target.from + 1 - trajectory.first(), last = target.until + 1 - trajectory.first();
        if (first < 0 || last >= static_cast<int>(trajectory.points()))
            findings.add(target.line, at,
                         "lies outside of the simulated months " + trajectory.first().text() + " to " + trajectory.month_of(trajectory.points() - 2).text());
        moment.first = static_cast<std::size_t>(std::max(first, 0));
        moment.last = static_cast<std::size_t>(std::max(last, 0));
        const auto understood = [&](const std::vector<std::string>& words) {
            std::vector<Chosen> all;
            for (const auto& selection : words) {
                try {
                    all.push_back(chosen_of(selection, target.regions, trajectory));
                } catch (const sim::InputError& error) {
                    findings.add(target.line, at, error.what());
                }
            }
            return all;
        };
        const auto cells_of = [](const Chosen& chosen) {
            Cells cells{chosen.series, chosen.sign, {}};
            for_each_cell(chosen, [&](std::size_t place, const auto&) { cells.place.push_back(place); });
            return cells;
        };
        const auto top = understood(target.top), bottom = understood(target.bottom);
        for (const auto& chosen : top) moment.top.push_back(cells_of(chosen));
        for (const auto& chosen : bottom) moment.bottom.push_back(cells_of(chosen));
        if (target.kind == MomentKind::mean && top.size() == 1 && bottom.size() == 1) {
            // Weights of a cell: those of all cells that share its labels.
            std::vector<std::size_t> same(top[0].dimensions.size());
            bool fits = true;
            for (std::size_t d = 0; d < same.size(); ++d) {
                const auto found = std::find(bottom[0].dimensions.begin(), bottom[0].dimensions.end(), top[0].dimensions[d]);
                fits = fits && found != bottom[0].dimensions.end();
                same[d] = static_cast<std::size_t>(found - bottom[0].dimensions.begin());
            }
            if (!fits) {
                findings.add(target.line, at, "is a mean whose weights lack a dimension of the series in top");
            } else {
                std::map<std::vector<std::size_t>, std::vector<std::size_t>> weights;
                for_each_cell(bottom[0], [&](std::size_t place, const auto& label) {
                    std::vector<std::size_t> key;
                    for (const std::size_t d : same) key.push_back(label[d]);
                    weights[key].push_back(place);
                });
                for_each_cell(top[0], [&](std::size_t place, const auto& label) { moment.pairs.push_back({place, weights[label]}); });
            }
        }
        moments_.push_back(std::move(moment));
    }
    findings.throw_if_any();
}

double Moments::at(std::size_t moment, const Trajectory& t, std::size_t replicate, std::size_t first, std::size_t last) const {
    const Moment& m = moments_.at(moment);
    const auto sum_at = [&](const std::vector<Cells>& all, std::size_t time) {
        double sum = 0;
        for (const auto& cells : all)
            for (const std::size_t place : cells.place) sum += cells.sign * value_at(t, cells.series, replicate, time, place);
        return sum;
    };
    const auto mean_of = [&](const std::vector<Cells>& all) {
        double sum = 0;
        for (std::size_t time = first; time <= last; ++time) sum += sum_at(all, time);
        return sum / static_cast<double>(last - first + 1);
    };
    if (m.kind == MomentKind::ratio) return m.times * (mean_of(m.top) / mean_of(m.bottom));
    if (m.kind == MomentKind::count) return m.times * mean_of(m.top);
    if (m.kind == MomentKind::growth) return m.times * (sum_at(m.top, last) / sum_at(m.top, first) - 1);
    double weighted = 0, weight = 0;
    for (std::size_t time = first; time <= last; ++time)
        for (const auto& pair : m.pairs) {
            double here = 0;
            for (const std::size_t place : pair.weights) here += value_at(t, m.bottom[0].series, replicate, time, place);
            const double there = value_at(t, m.top[0].series, replicate, time, pair.value);
            if (here <= 0 || std::isnan(there)) continue;  // a mean of nobody is missing
            weighted += here * there;
            weight += here;
        }
    return m.times * (weighted / weight);
}

std::vector<double> Moments::of(const Trajectory& t, std::size_t replicate) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < moments_.size(); ++i) values.push_back(at(i, t, replicate, moments_[i].first, moments_[i].last));
    return values;
}

}  // namespace experiments
