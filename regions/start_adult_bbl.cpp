#include "regions/start_adult_bbl.hpp"

#include <algorithm>

#include "models/adult_bbl.hpp"

namespace regions {

using models::study_years;

AdultLearners::AdultLearners(const models::Tables& tables, const std::array<std::array<double, 20>, 2>& population) {
    const auto& t = tables.adult_bbl;
    constexpr int first = models::first_adult_age;
    constexpr int last = models::last_adult_age;
    // Residents of an age: a fifth of their five-year group.
    double weighted = 0;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (int age = first; age <= last; ++age) weighted += population[sex][static_cast<std::size_t>(age / 5)] / 5 * models::adult_age_weight(age, t);
    if (!(weighted > 0)) return;
    for (std::size_t sex = 0; sex < 2; ++sex)
        for (std::size_t f = 0; f < 3; ++f) {
            const auto field = static_cast<models::Field>(f);
            const double yearly = t.intake[f] / weighted * models::adult_sex_weight(static_cast<models::Sex>(sex), field, t);
            const auto stock = models::adult_learners_per_entrant(field, static_cast<models::Sex>(sex), t, tables.schooling, {});
            for (int begun = first; begun <= last; ++begun)
                for (std::size_t y = 0; y < study_years && begun + static_cast<int>(y) < ages; ++y)
                    below_[sex][static_cast<std::size_t>(begun) + y][f * study_years + y] += yearly * models::adult_age_weight(begun, t) * stock[y];
        }
    for (auto& by_age : below_)
        for (auto& here : by_age)
            for (std::size_t c = 1; c < cells; ++c) here[c] += here[c - 1];
}

double AdultLearners::share(int age, std::size_t sex) const { return age < 0 || age >= ages ? 0 : below_[sex][static_cast<std::size_t>(age)].back(); }

models::Study AdultLearners::pick(int age, std::size_t sex, double u) const {
    const auto& here = below_[sex][static_cast<std::size_t>(age)];
    const auto at = std::upper_bound(here.begin(), here.end(), u * here.back()) - here.begin();
    const auto c = std::min<std::size_t>(static_cast<std::size_t>(at), cells - 1);
    return {models::Track::mbo_bbl, static_cast<models::Field>(c / study_years), static_cast<int>(c % study_years)};
}

}  // namespace regions
