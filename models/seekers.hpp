#pragma once
/// Who looks for work this month. The unemployed, the inactive and students (small groups with a high hazard) are walked whole, each at a draw of its
/// own; of employees, the self-employed and outsiders thinned streams choose.

#include <array>
#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "models/person.hpp"
#include "models/search.hpp"
#include "sim/parallel.hpp"

namespace models {

enum class SeekerKind : std::uint8_t { unemployed, graduate, employed, inactive, self_employed, student, outsider };
inline constexpr std::size_t seeker_kinds = 7;

struct Seeker {
    Row row;
    SeekerKind kind;
    std::uint8_t applications;  ///< serious applications this month; at least 1
};

/// What the search of an employee depends on.
struct EmployedSearch {
    int age = 40;
    int tenure = 60;         ///< months
    int months_to_end = -1;  ///< of a temporary contract; -1 = permanent
    double wage_gap = 0;     ///< log of usual over own wage
};

/// Factor of an age and a region on the applications of the unemployed. Pure.
[[nodiscard]] double unemployed_search_factor(const SearchTables& t, int age, std::size_t region);
/// Factors of an age on the search of employees and of the inactive; 1 at 35 to 44. From 75 nobody searches.
[[nodiscard]] double employed_age_factor(int age);
[[nodiscard]] double inactive_age_factor(int age);

/// Tenure, contract end and wage gap together raise the search of an employee at most so much; keeps the hazard below its bound.
inline constexpr double most_employed_factor = 4;
/// Bounds of the thinned streams at age factor 1: the default of the parameter, the other factors at their highest.
inline constexpr double employed_search_bound = SearchParameters{}.employed_search * most_employed_factor;
inline constexpr double self_employed_search_bound = SearchParameters{}.self_employed_search;
inline constexpr double outsider_search_bound = 0.04;

/// Monthly probability that an employee looks for another job. Pure.
[[nodiscard]] double employed_search_probability(const EmployedSearch& state, const SearchParameters& p);
/// Monthly probability that an inactive person looks for a job; distance 0 none, 1 some, 2 far. Pure.
[[nodiscard]] double inactive_search_probability(int age, int distance, const SearchParameters& p);
/// Monthly probability that a person outside looks for a job here, at a tightness of the region relative to the nation's. Pure.
[[nodiscard]] double outsider_search_probability(double tightness, const SearchParameters& p);
/// Applications of a seeker: `mean` rounded at random. Pure.
[[nodiscard]] int applications_of(double mean, double u);
/// Mean applications a month of a kind, the lever of search intensity included. Pure.
[[nodiscard]] double mean_applications(SeekerKind kind, const SearchParameters& p);

/// Log of the usual wage in cents by occupation, education and age: what `usual_wage` says, looked up.
class UsualWages {
public:
    void build(const World& world);
    [[nodiscard]] float log_wage(Occupation o, Education e, int age) const {
        const int a = age < 15 ? 0 : age > 74 ? 59 : age - 15;
        return log_[(static_cast<std::size_t>(o) * 5 + index_of(e)) * 60 + static_cast<std::size_t>(a)];
    }

private:
    std::vector<float> log_;
};

/// Finds the seekers of a month, block by block.
class SeekerSearch {
public:
    /// `usual` and the world outlive it and do not change.
    SeekerSearch(const World& world, sim::Month month, const UsualWages& usual);
    /// The seekers of a block in the order of rows. `seekers` keeps its memory.
    void in_block(sim::Block block, std::vector<Seeker>& seekers) const;

private:
    class Chosen;
    /// Calls visit(row, draw) for everybody in the block with a bit of `mask` (one bit) for whom eligible(row), in the order of rows; the draw is that at
    /// (key, person, month, 0).
    template <class Eligible, class Visit>
    void walk(sim::Block block, std::uint8_t mask, sim::ProcessKey key, Eligible&& eligible, Visit&& visit) const;
    void walk_small_groups(sim::Block block, std::uint8_t present, Chosen& chosen) const;
    void thin_employed(sim::Block block, Chosen& chosen) const;
    void thin_others(sim::Block block, std::uint8_t present, Chosen& chosen) const;

    const World& world_;
    const UsualWages& usual_;
    sim::Month month_;
    SearchParameters search_;                  ///< of this month
    std::array<double, seeker_kinds> mean_{};  ///< applications a month
    std::vector<double> outsider_;             ///< monthly probability by gate
    double most_outsider_ = 0;
    int pension_ = 0;          ///< state pension age, months
    double steady_most_ = 1;   ///< what the wage gap alone may add to the search of an employee, at most
    double steady_least_ = 1;  ///< and at least
    bool graduates_ = false;   ///< whether it is the season of those who graduate soon
};

}  // namespace models
