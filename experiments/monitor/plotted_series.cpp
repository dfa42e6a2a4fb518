#include "experiments/monitor/plotted_series.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "experiments/figures/moments.hpp"
#include "experiments/figures/selection.hpp"
#include "experiments/figures/stored_series.hpp"
#include "experiments/statistics/sample.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

/// What is asked for, as a moment.
struct Meant {
    MomentWords words;
    std::string title, unit;
    int window = 1;
    bool is_share = false;
    std::optional<std::size_t> observed;  ///< place among the observed series
};

class Picture {
public:
    Picture(const sim::StoredTrajectory& file, const MonitorSpecification& specification, const PlotWish& wish)
        : file_(file), specification_(specification), wish_(wish), regions_(regions_of_wish()) {}

    PlottedSeries made() {
        Meant meant = meaning();
        const auto lines = lines_of(meant);
        std::vector<std::string> names;
        for (const auto* list : {&meant.words.top, &meant.words.bottom})
            for (const auto& words : *list) names.push_back(selection_of(words).series);
        const auto run = trajectory_of(file_, names);
        Scales scales;
        scales.persons_per_agent = persons_per_agent(file_);
        scales.nation_per_region_person = specification_.nation_over(file_.dimension("region").labels);
        PlottedSeries picture;
        picture.name = selection_of(wish_.what).series;
        picture.title = meant.title;
        picture.unit = meant.unit;
        picture.is_share = meant.is_share;
        for (std::size_t t = 0; t < run.points(); ++t) picture.points.push_back(run.month_of(t));
        for (const auto& [name, words] : lines) picture.lines.push_back(line_of(name, words, meant.window, run, scales));
        add_observed(picture, meant, scales);
        return picture;
    }

private:
    using Lines = std::vector<std::pair<std::string, MomentWords>>;

    std::vector<std::string> regions_of_wish() const {
        const auto& known = file_.dimension("region").labels;
        for (const auto& region : wish_.regions)
            if (std::find(known.begin(), known.end(), region) == known.end())
                throw sim::InputError("--regions: " + file_.path().string() + " has no region '" + region + "'; did you mean '" +
                                      sim::nearest_word(region, known) + "'?");
        return wish_.regions;
    }

    Meant meaning() const {
        const auto selection = selection_of(wish_.what);
        if (selection.where.empty() && selection.unread.empty()) {
            for (const auto& one : specification_.indicators)
                if (one.name == selection.series) {
                    Meant meant{one,         wish_.dutch ? one.dutch : one.english, wish_.dutch ? one.dutch_unit : one.english_unit, one.window, one.show == 1,
                                std::nullopt};
                    if (!one.observed.empty()) meant.observed = place_of(one.observed.front());
                    return meant;
                }
            // A series of the file goes before an observed one of its name: it can be taken apart by every dimension.
            if (!file_.has(selection.series))
                if (const auto place = place_of(selection.series)) {
                    const auto& series = specification_.series[*place];
                    const auto& figures = specification_.figures[*place];
                    return {series, series.name + ", " + series.region, figures.empty() ? "" : figures.front().unit, 1, false, place};
                }
        }
        if (!file_.has(selection.series)) refuse_series(selection.series);
        const auto& series = file_.find(selection.series);
        Meant meant;
        meant.words.kind = MomentKind::count;
        meant.words.top = {wish_.what};
        const bool adds_up = series.kind == "stock" || series.kind == "flow";
        meant.words.scaling = adds_up ? MomentScaling::persons : MomentScaling::none;
        meant.title = series.long_name.empty() ? series.name : series.long_name;
        meant.unit = adds_up && series.units == "1" ? (series.kind == "flow" ? "a month" : "") : series.units == "1" ? series.kind : series.units;
        for (const auto& [dimension, labels] : selection.where) {
            std::string list;
            for (const auto& label : labels) list += (list.empty() ? "" : ", ") + label;
            meant.title += (meant.title.empty() ? "" : "; ") + list;
        }
        meant.is_share = series.kind == "share";
        return meant;
    }

    [[nodiscard]] std::optional<std::size_t> place_of(const std::string& name) const {
        for (std::size_t s = 0; s < specification_.series.size(); ++s)
            if (specification_.series[s].name == name) return s;
        return std::nullopt;
    }

    [[noreturn]] void refuse_series(const std::string& name) const {
        std::vector<std::string> known;
        for (const auto& one : specification_.indicators) known.push_back(one.name);
        for (const auto& one : file_.series()) known.push_back(one.name);
        for (const auto& one : specification_.series) known.push_back(one.name);
        throw sim::InputError("--what: " + file_.path().string() + " has no series '" + name +
                              "', and no indicator or observed series has this name; did you mean " + sim::nearest_word(name, known) + "?");
    }

    [[nodiscard]] std::vector<std::string> dimensions_of(const std::string& series) const {
        if (!file_.has(series)) throw sim::InputError(file_.path().string() + " has no series " + series + ", which " + wish_.what + " is made of");
        const auto& all = file_.find(series).dimensions;
        if (all.size() < 3) throw sim::InputError("--what: " + series + " has no months and regions");
        return {all.begin() + 3, all.end()};
    }

    /// One moment a line.
    Lines lines_of(Meant& meant) const {
        if (regions_.empty() && meant.words.regions.empty()) meant.words.regions = file_.dimension("region").labels;
        if (!regions_.empty()) meant.words.regions = regions_;
        Lines lines;
        std::vector<std::string> known{"region"};
        for (const auto& words : meant.words.top)
            for (const auto& dimension : dimensions_of(selection_of(words).series))
                if (std::find(known.begin(), known.end(), dimension) == known.end()) known.push_back(dimension);
        if (!wish_.by.empty() && std::find(known.begin(), known.end(), wish_.by) == known.end()) {
            std::string list;
            for (const auto& name : known) list += (list.empty() ? "" : ", ") + name;
            throw sim::InputError("--by is '" + wish_.by + "', but a dimension of " + wish_.what + " is expected (" + list + "); did you mean " +
                                  sim::nearest_word(wish_.by, known) + "?");
        }
        if (wish_.by.empty()) {
            lines.emplace_back("", meant.words);
        } else if (wish_.by == "region") {
            for (const auto& region : meant.words.regions) {
                lines.emplace_back(region, meant.words);
                lines.back().second.regions = {region};
            }
        } else {
            for (const auto& label : labels_of(meant.words)) {
                MomentWords words = meant.words;
                for (auto* list : {&words.top, &words.bottom})
                    for (auto& selection : *list) {
                        const auto own = dimensions_of(selection_of(selection).series);
                        if (std::find(own.begin(), own.end(), wish_.by) != own.end())
                            selection += "; " + wish_.by + " = " + label;  // of two choices of a dimension the later one holds
                        else if (list == &words.top)
                            throw sim::InputError("--by: " + selection_of(selection).series + " has no dimension " + wish_.by);
                    }
                lines.emplace_back(label, words);
            }
        }
        if (meant.words.kind == MomentKind::count && meant.words.scaling == MomentScaling::none) check_single(lines);
        return lines;
    }

    /// Labels of the dimension of --by that the selections leave.
    std::vector<std::string> labels_of(const MomentWords& words) const {
        const auto selection = selection_of(words.top.front());
        for (const auto& [dimension, labels] : selection.where)
            if (dimension == wish_.by) return labels;
        return file_.dimension(wish_.by).labels;
    }

    /// Shares and means do not add up: each line must be one cell.
    void check_single(const Lines& lines) const {
        for (const auto& [name, words] : lines) {
            const auto selection = selection_of(words.top.front());
            std::string open;
            if (words.regions.size() != 1) open = "region";
            for (const auto& dimension : dimensions_of(selection.series)) {
                std::size_t labels = file_.dimension(dimension).labels.size();
                for (const auto& [chosen, list] : selection.where)
                    if (chosen == dimension) labels = list.size();
                if (labels != 1 && open.empty()) open = dimension;
            }
            if (open == "region")
                throw sim::InputError("--what: " + selection.series + " is a " + file_.find(selection.series).kind +
                                      ", which does not add up over regions; --by region or one of --regions is expected");
            if (!open.empty())
                throw sim::InputError("--what: " + selection.series + " is a " + file_.find(selection.series).kind + ", which does not add up over " + open +
                                      "; one label is expected: \"" + selection.series + "; " + open + " = " + file_.dimension(open).labels.front() + "\"");
        }
    }

    PlottedLine line_of(const std::string& name, const MomentWords& words, int window_months, const sim::Trajectory& run, const Scales& scales) const {
        Target target;
        static_cast<MomentWords&>(target) = words;
        target.name = name;
        target.from = target.until = run.first() - 1;  // which months count is said at each call
        const auto moment = understood(target, run, scales);
        const auto window = static_cast<std::size_t>(window_months);
        const std::size_t replicates = run.replicates().size();
        PlottedLine line;
        line.name = name;
        for (std::size_t t = 0; t < run.points(); ++t) {
            std::vector<double> values;
            bool known = t + 1 >= window;
            for (std::size_t r = 0; known && r < replicates; ++r) {
                values.push_back(moment.at(0, run, r, t + 1 - window, t));
                known = std::isfinite(values.back());
            }
            const double none = std::numeric_limits<double>::quiet_NaN();
            line.mean.push_back(known ? mean_of(values) : none);
            if (replicates < 2) continue;
            line.low.push_back(known ? quantile_of(values, 0.025) : none);
            line.high.push_back(known ? quantile_of(values, 0.975) : none);
        }
        return line;
    }

    /// The moment, with findings in the words of the command line.
    static Moments understood(const Target& target, const sim::Trajectory& run, const Scales& scales) {
        try {
            return Moments({target}, run, scales, "--what");
        } catch (const sim::InputError& error) {
            const std::string text = error.what(), mark = "target." + target.name + ": ";
            const auto place = text.find(mark);
            throw sim::InputError("--what: " + (place == std::string::npos ? text : text.substr(place + mark.size())));
        }
    }

    /// Figures of the months of the run, in the unit of the picture: a count of the nation by the regions' share of its inhabitants.
    void add_observed(PlottedSeries& picture, const Meant& meant, const Scales& scales) const {
        if (!meant.observed || !wish_.by.empty() || !regions_.empty()) return;
        const auto& series = specification_.series[*meant.observed];
        const double nation = series.scaling == meant.words.scaling || series.scaling != MomentScaling::nation ? 1 : scales.nation_per_region_person;
        for (const auto& figure : specification_.figures[*meant.observed])
            if (figure.from >= picture.points.front() && figure.until < picture.points.back())
                picture.observed.push_back({figure.from, figure.until, figure.value * meant.words.times / series.times / nation, series.level});
    }

    const sim::StoredTrajectory& file_;
    const MonitorSpecification& specification_;
    const PlotWish& wish_;
    std::vector<std::string> regions_;
};

}  // namespace

PlottedSeries plotted_series(const sim::StoredTrajectory& file, const MonitorSpecification& specification, const PlotWish& wish) {
    return Picture(file, specification, wish).made();
}

}  // namespace experiments
