#include "experiments/runs/divergence.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "experiments/scenarios/scenario.hpp"
#include "sim/error.hpp"

namespace experiments {
namespace {

using sim::StoredTrajectory;

/// Processes in the order of a month (models/month.cpp), with the series that each makes alone. Wages make none: the mean of a month moves with who is hired.
struct Owner {
    std::string_view process;
    std::vector<std::string_view> series;
};
const std::vector<Owner>& owners() {
    static const std::vector<Owner> all{
        {"demography", {"demography"}},
        {"schooling", {"intake", "dropouts", "diplomas", "vmbo_technical_share"}},
        {"programmes", {"side_entries", "side_entry_places"}},
        {"employers", {"vacancies_opened", "vacancies_lapsed"}},
        {"separations", {}},
        {"search", {"hires", "vacancies_filled", "time_to_fill"}},
        {"teaching", {"teacher_vacancies", "hybrid_teachers", "hybrid_teacher_employers", "hybrid_teacher_hours", "hybrid_teacher_starts"}},
        {"innovation", {"adopters", "output_per_worker", "labour_saved"}},
        {"awareness", {"awareness", "campaign_needed", "campaign_reachable", "campaign_reached"}},
    };
    return all;
}

/// Place of a process in the month; after all where there is none.
std::size_t place_of(const std::string& process) {
    const auto& all = owners();
    return static_cast<std::size_t>(std::find_if(all.begin(), all.end(), [&](const auto& owner) { return owner.process == process; }) - all.begin());
}

/// What the two files have in common along a dimension: places in both, in the order of the first.
using Common = std::vector<std::pair<std::size_t, std::size_t>>;

Common common_of(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    std::map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < b.size(); ++i) places.emplace(b[i], i);
    Common common;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (const auto found = places.find(a[i]); found != places.end()) common.emplace_back(i, found->second);
    return common;
}

/// The same number, or missing in both.
bool alike(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b)); }

class Comparer {
public:
    Comparer(const StoredTrajectory& a, const StoredTrajectory& b) : a_(a), b_(b) {
        for (const auto& dimension : a.dimensions()) {
            if (dimension.name == "time" || dimension.name == "replicate") continue;
            const auto& there = b.dimensions();
            const auto found = std::find_if(there.begin(), there.end(), [&](const auto& other) { return other.name == dimension.name; });
            if (found != there.end() && found->labels != dimension.labels)
                throw sim::InputError(fmt::format("{} and {} have other labels of {}; two runs of the same regions are expected", a.path().string(),
                                                  b.path().string(), dimension.name));
        }
        times_ = common("time", "month");
        replicates_ = common("replicate", "replicate");
    }

    std::optional<Divergence> find() {
        std::size_t compared = 0;
        for (const auto& series : a_.series()) {
            if (!b_.has(series.name) || b_.find(series.name).dimensions != series.dimensions) continue;
            ++compared;
            compare(series.name, series.dimensions, series.shape, b_.find(series.name).shape, a_.values(series.name), b_.values(series.name));
        }
        compare_policy();
        if (compared == 0) throw sim::InputError(fmt::format("{} and {} have no series in common", a_.path().string(), b_.path().string()));
        Divergence found;
        compare_panels(found);
        if (parted_.empty() && found.persons.empty()) return std::nullopt;
        found.same_points = first_;
        if (!parted_.empty()) found.month = month_at(first_);
        std::stable_sort(parted_.begin(), parted_.end(), [](const auto& x, const auto& y) { return place_of(x.process) < place_of(y.process); });
        found.series = std::move(parted_);
        return found;
    }

private:
    Common common(const std::string& dimension, const std::string& what) const {
        auto found = common_of(a_.dimension(dimension).labels, b_.dimension(dimension).labels);
        if (found.empty()) throw sim::InputError(fmt::format("{} and {} have no {} in common", a_.path().string(), b_.path().string(), what));
        return found;
    }

    /// The month that ends at a point of time in common; none for the start.
    [[nodiscard]] std::optional<sim::Month> month_at(std::size_t point) const {
        const int days = std::stoi(a_.dimension("time").labels[times_[point].first]);
        sim::Month month = first_month;
        while (month.days_since_2020() < days) ++month;
        if (month == first_month) return std::nullopt;
        return month - 1;
    }

    /// Cells of a series after (replicate, time).
    static std::size_t cells_of(const std::vector<std::size_t>& shape) {
        std::size_t cells = 1;
        for (std::size_t axis = 2; axis < shape.size(); ++axis) cells *= shape[axis];
        return cells;
    }

    void compare(const std::string& name, const std::vector<std::string>& dimensions, const std::vector<std::size_t>& shape_a,
                 const std::vector<std::size_t>& shape_b, const std::vector<double>& a, const std::vector<double>& b) {
        const std::size_t cells = cells_of(shape_a);
        for (std::size_t point = 0; point < times_.size() && (parted_.empty() || point <= first_); ++point) {
            PartedSeries parted;
            for (const auto& [replicate_a, replicate_b] : replicates_) {
                const std::size_t at_a = (replicate_a * shape_a[1] + times_[point].first) * cells,
                                  at_b = (replicate_b * shape_b[1] + times_[point].second) * cells;
                for (std::size_t cell = 0; cell < cells; ++cell) {
                    if (alike(a[at_a + cell], b[at_b + cell])) continue;
                    if (parted.cells++ > 0) continue;
                    parted.a = a[at_a + cell];
                    parted.b = b[at_b + cell];
                    parted.cell = words_of(dimensions, shape_a, replicate_a, cell);
                }
            }
            if (parted.cells == 0) continue;
            if (parted_.empty() || point < first_) {
                parted_.clear();
                first_ = point;
            }
            parted.series = name;
            parted.process = process_of(name, parted.cell);
            parted_.push_back(std::move(parted));
            return;
        }
    }

    [[nodiscard]] std::string words_of(const std::vector<std::string>& dimensions, const std::vector<std::size_t>& shape, std::size_t replicate,
                                       std::size_t cell) const {
        std::vector<std::string> words;
        for (std::size_t axis = shape.size(); axis-- > 2;) {
            words.push_back((dimensions[axis] == "measure" ? measures_ : a_.dimension(dimensions[axis]).labels)[cell % shape[axis]]);
            if (dimensions[axis] != "region") words.back() = dimensions[axis] + " = " + words.back();
            cell /= shape[axis];
        }
        std::string text = "replicate " + a_.dimension("replicate").labels[replicate];
        for (auto word = words.rbegin(); word != words.rend(); ++word) text += ", " + *word;
        return text;
    }

    /// Accounts of measures, where both files have the same.
    void compare_policy() {
        const auto policy_a = a_.in_group("policy"), policy_b = b_.in_group("policy");
        if (policy_a.empty() || policy_b.empty()) return;
        measures_ = a_.labels_at("policy/measure");
        if (measures_ != b_.labels_at("policy/measure")) return;
        for (const auto& series : policy_a)
            for (const auto& other : policy_b)
                if (other.name == series.name && other.dimensions == series.dimensions)
                    compare(series.name, series.dimensions, series.shape, other.shape, a_.values_at(series), b_.values_at(other));
    }

    /// The first person of both panels whose states differ, in the first month in which one does.
    void compare_panels(Divergence& found) {
        const auto panel_a = a_.in_group("panel"), panel_b = b_.in_group("panel");
        if (panel_a.empty() || panel_b.empty()) return;
        const auto names_a = a_.labels_at("panel/person"), names_b = b_.labels_at("panel/person");
        const auto persons = common_of(names_a, names_b);
        std::pair<std::size_t, std::size_t> first{times_.size(), 0};  // point of time, place of the person
        for (const auto& state : panel_a) {
            const auto other = std::find_if(panel_b.begin(), panel_b.end(), [&](const auto& s) { return s.name == state.name; });
            if (other == panel_b.end() || state.shape.size() != 3 || other->shape.size() != 3) continue;
            const auto a = a_.values_at(state), b = b_.values_at(*other);
            for (const auto& [replicate_a, replicate_b] : replicates_)
                for (std::size_t p = 0; p < persons.size(); ++p)
                    for (std::size_t point = 0; point <= std::min(first.first, times_.size() - 1); ++point) {
                        const double was = a[(replicate_a * state.shape[1] + persons[p].first) * state.shape[2] + times_[point].first];
                        const double is = b[(replicate_b * other->shape[1] + persons[p].second) * other->shape[2] + times_[point].second];
                        if (alike(was, is)) continue;
                        if (std::pair(point, p) > first) break;
                        if (std::pair(point, p) < first) found.persons.clear();
                        first = {point, p};
                        found.persons.push_back(
                            {state.name.substr(state.name.find('/') + 1), "",
                             fmt::format("person {}, replicate {}", names_a[persons[p].first], a_.dimension("replicate").labels[replicate_a]), was, is, 1});
                        break;
                    }
        }
        if (!found.persons.empty()) found.person_month = month_at(first.first);
    }

    const StoredTrajectory& a_;
    const StoredTrajectory& b_;
    Common times_, replicates_;
    std::vector<std::string> measures_;  ///< labels of the dimension that the group of policy alone has
    std::size_t first_ = 0;              ///< point of time in common in which `parted_` differ
    std::vector<PartedSeries> parted_;
};

}  // namespace

std::string process_of(const std::string& series, const std::string& cell) {
    for (const auto& owner : owners())
        if (std::find(owner.series.begin(), owner.series.end(), series) != owner.series.end()) return std::string(owner.process);
    if (series.starts_with("policy/")) return "programmes";
    if (series == "separations") {
        // Other processes too end jobs; the cause says which.
        static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> causes{
            {{"quit_to_job", "search"}, {"internal", "search"}, {"closure", "employers"}, {"outside", "demography"}, {"death", "demography"}}};
        for (const auto& [cause, process] : causes)
            if (cell.ends_with(fmt::format("cause = {}", cause))) return std::string(process);
        return "separations";
    }
    return {};
}

std::optional<Divergence> first_divergence(const StoredTrajectory& a, const StoredTrajectory& b) { return Comparer(a, b).find(); }

}  // namespace experiments
