#include "models/progress.hpp"

#include <algorithm>

#include "models/parameters.hpp"
#include "models/study_choice.hpp"
#include "models/tables.hpp"

namespace models {

Stage stage_of(Track track, int years) {
    switch (track) {
        case Track::vmbo: return Stage::vmbo;
        case Track::havo_vwo: return years <= 5 ? Stage::havo : Stage::vwo;
        case Track::mbo_bol:
        case Track::mbo_bbl: return years <= 2 ? Stage::mbo_two_years : years == 3 ? Stage::mbo_three_years : Stage::mbo_four_years;
        case Track::hbo: return Stage::hbo;
        case Track::wo:
        case Track::none: return Stage::wo;
    }
    return Stage::wo;
}

double diploma_probability(Track track, int years, const SchoolingTables& t, const SchoolingParameters& p) {
    if (track == Track::none) return 0;
    return std::clamp(t.diploma[index_of(track)][year_index(years)] * p.diploma_factor, 0.0, 1.0);
}

sim::MonthlyProbability dropout_probability(Track track, int years, Field field, Sex sex, const SchoolingTables& t, const SchoolingParameters& p) {
    if (track == Track::none) return sim::MonthlyProbability(0);
    double yearly = t.dropout[index_of(track)][years == 0 ? 0 : 1] * t.dropout_sex[index_of(sex)] * t.dropout_field[index_of(field)];
    yearly *= p.dropout_factor / p.teaching_quality;
    if (track == Track::hbo && field != Field::other) yearly *= p.technical_hbo_dropout;
    return sim::monthly(sim::YearlyProbability(std::clamp(yearly, 0.0, 0.99)));
}

Attainment after_diploma(Attainment before, Track track, Field study_field) {
    // Ranks: low, general secondary, mbo 2-4, hbo, wo. An mbo diploma after havo or vwo counts, for it qualifies for work.
    const auto rank = [](Education e) {
        return e == Education::low ? 0 : e == Education::havo_vwo ? 1 : e == Education::mbo2_4 ? 2 : e == Education::hbo ? 3 : 4;
    };
    Education reached = Education::low;
    switch (track) {
        case Track::vmbo:
        case Track::none: reached = Education::low; break;
        case Track::havo_vwo: reached = Education::havo_vwo; break;
        case Track::mbo_bol:
        case Track::mbo_bbl: reached = Education::mbo2_4; break;
        case Track::hbo: reached = Education::hbo; break;
        case Track::wo: reached = Education::wo; break;
    }
    return rank(reached) >= rank(before.education) ? Attainment{reached, study_field} : before;
}

bool graduates_soon(const World& world, Row row) {
    const int calendar = world.month.month_of_year();
    if (calendar != 5 && calendar != 6) return false;
    const Person& person = world.persons.record[row];
    if (person.track == Track::none || person.track == Track::mbo_bbl) return false;
    const auto& t = world.tables->schooling;
    const auto& p = world.parameters_in(world.persons.region[row]).schooling;
    const sim::Month july = world.month + (7 - calendar);
    const int completed = years_in_track(person, july) + 1;
    const double diploma = diploma_probability(person.track, completed, t, p);
    if (diploma <= 0) return false;
    const sim::Draw draw = world.random.draw({key_diploma, sim::person(row), july, 0});
    if (draw.uniform(0) >= diploma) return false;
    return leaves_after_diploma(stage_of(person.track, completed), draw.uniform(1), t, p);
}

}  // namespace models
