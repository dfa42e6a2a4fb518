#include "models/study_stock.hpp"

#include <algorithm>

#include "models/bbl.hpp"
#include "models/study_choice.hpp"

namespace models {
namespace {

/// Of those who want a contract, the share that finds one within three months at the start of the run.
constexpr double finds_contract = 0.9;
/// Cohorts in which drop-out is possible: from sixteen on.
constexpr int first_dropout_cohort = 4;
/// Cohorts aged 16 to 24 at the end of summer, who may return.
constexpr int last_return_cohort = 12;

}  // namespace

StudyShares::StudyShares(const SchoolingTables& t, const SchoolingParameters& parameters, int region, Sex sex) : stock_(study_cohorts), left_(study_cohorts) {
    SchoolingParameters p = parameters;
    p.sto_exposure = 1;  // those who are at school have chosen under it, and so have those whom the tables count
    Cell now{};
    std::array<std::array<double, 3>, 5> left{};
    const ChoiceSignals reference;
    const auto other = index_of(Field::other);
    const double vmbo = t.vmbo_share[static_cast<std::size_t>(region)];
    now[index_of(Track::vmbo)][other][0] = vmbo;
    now[index_of(Track::havo_vwo)][other][0] = 1 - vmbo;

    const auto enter = [&](Next next, bool from_mbo, std::size_t before, double share, Cell& to) {
        if (next == Next::general) {
            // From vmbo into the fourth year of havo: two more years.
            const double technical = t.general_technical[index_of(sex)];
            to[index_of(Track::havo_vwo)][index_of(Field::technical)][3] += share * technical;
            to[index_of(Track::havo_vwo)][other][3] += share * (1 - technical);
            return;
        }
        const auto fields = field_probabilities(passage_of(from_mbo, next), sex, static_cast<Field>(before), reference, t, p);
        for (std::size_t f = 0; f < 3; ++f) {
            if (next == Next::mbo) {
                const double bbl = finds_contract * bbl_wanted(static_cast<Field>(f), t, p);
                to[index_of(Track::mbo_bbl)][f][0] += share * fields[f] * bbl;
                to[index_of(Track::mbo_bol)][f][0] += share * fields[f] * (1 - bbl);
            } else {
                to[index_of(next == Next::hbo ? Track::hbo : Track::wo)][f][0] += share * fields[f];
            }
        }
    };

    for (int cohort = 0; cohort < study_cohorts; ++cohort) {
        // August: profiles of the new third-years of vmbo and fourth-years of havo and vwo.
        const double profile = technical_profile_probability(observed_vmbo_technical(t, region, sex, t.vmbo_technical_from), reference, sex, true, p);
        const auto choose = [&](Track track, std::size_t year, double technical) {
            auto& fields = now[index_of(track)];
            const double all = fields[0][year] + fields[1][year] + fields[other][year];
            fields[0][year] = all * technical;
            fields[1][year] = 0;
            fields[other][year] = all * (1 - technical);
        };
        choose(Track::vmbo, 2, profile);
        choose(Track::havo_vwo, 3, t.general_technical[index_of(sex)]);

        // January: half a year's drop-out has gone. July: the whole.
        Cell after{};
        auto& middle = stock_[static_cast<std::size_t>(cohort)];
        auto left_next = left;
        for (int k = 0; k < tracks; ++k) {
            const auto track = static_cast<Track>(k);
            for (std::size_t f = 0; f < 3; ++f)
                for (int y = 0; y < static_cast<int>(study_years); ++y) {
                    const double here = now[static_cast<std::size_t>(k)][f][static_cast<std::size_t>(y)];
                    if (here <= 0) continue;
                    double half = 1;
                    if (cohort >= first_dropout_cohort) {
                        const double monthly = dropout_probability(track, y, static_cast<Field>(f), sex, t, p).value();
                        half = sim::power(1 - monthly, 5.5);
                    }
                    middle[static_cast<std::size_t>(k)][f][static_cast<std::size_t>(y)] = here * half;
                    const double whole = half * half;
                    // The level of those who drop out: what usually comes before the track.
                    const auto before = track == Track::wo || track == Track::hbo ? Education::havo_vwo : Education::low;
                    left_next[index_of(before)][other] += here * (1 - whole);
                    const int completed = y + 1;
                    const double diploma = here * whole * diploma_probability(track, completed, t, p);
                    const double stays = here * whole - diploma;
                    after[static_cast<std::size_t>(k)][f][year_index(completed)] += stays;
                    if (diploma <= 0) continue;
                    const Stage stage = stage_of(track, completed);
                    auto next = next_probabilities(stage, t, p);
                    if (track == Track::mbo_bbl) {  // goes on with the same firm or leaves
                        const double on = next[index_of(Next::mbo)];
                        after[index_of(Track::mbo_bbl)][f][0] += diploma * on;
                        left_next[index_of(Education::mbo2_4)][f] += diploma * (1 - on);
                        continue;
                    }
                    for (std::size_t n = 0; n < index_of(Next::leave); ++n)
                        if (next[n] > 0) enter(static_cast<Next>(n), is_mbo(stage), f, diploma * next[n], after);
                    const auto reached = after_diploma({Education::low, Field::other}, track, static_cast<Field>(f));
                    left_next[index_of(reached.education)][index_of(reached.field)] += diploma * next[index_of(Next::leave)];
                }
        }
        left_[static_cast<std::size_t>(cohort)] = left;
        left = left_next;
        if (cohort >= first_dropout_cohort - 1 && cohort < last_return_cohort) {
            for (std::size_t e = 0; e < 5; ++e)
                for (std::size_t f = 0; f < 3; ++f) {
                    const double back = left[e][f] * std::min(1.0, t.returns[e] * p.return_factor);
                    if (back <= 0) continue;
                    left[e][f] -= back;
                    const auto education = static_cast<Education>(e);
                    const bool from_mbo = education == Education::mbo2_4;
                    // The two alternatives of next_on_return: seen at draws on both sides of its bounds.
                    constexpr int steps = 20;
                    for (int i = 0; i < steps; ++i) enter(next_on_return(education, (i + 0.5) / steps), from_mbo, f, back / steps, after);
                }
        }
        now = after;
    }
}

double StudyShares::share(int cohort, Track track, Field field, int years) const {
    if (cohort < 0 || cohort >= study_cohorts || track == Track::none || years < 0) return 0;
    return stock_[static_cast<std::size_t>(cohort)][index_of(track)][index_of(field)][year_index(years)];
}

double StudyShares::in_track(int cohort, Track track) const {
    double sum = 0;
    for (std::size_t f = 0; f < 3; ++f)
        for (int y = 0; y < static_cast<int>(study_years); ++y) sum += share(cohort, track, static_cast<Field>(f), y);
    return sum;
}

double StudyShares::in_education(int cohort) const {
    double sum = 0;
    for (int k = 0; k < tracks; ++k) sum += in_track(cohort, static_cast<Track>(k));
    return sum;
}

double StudyShares::left_with(int cohort, Education education, Field field) const {
    if (cohort < 0 || cohort >= study_cohorts) return 0;
    return left_[static_cast<std::size_t>(cohort)][index_of(education)][index_of(field)];
}

std::optional<Study> StudyShares::draw(int cohort, double u) const {
    if (cohort < 0 || cohort >= study_cohorts) return std::nullopt;
    double sum = 0;
    for (int k = 0; k < tracks; ++k)
        for (std::size_t f = 0; f < 3; ++f)
            for (int y = 0; y < static_cast<int>(study_years); ++y) {
                const Study study{static_cast<Track>(k), static_cast<Field>(f), y};
                const double here = share(cohort, study.track, study.field, y);
                sum += here;
                if (here > 0 && u < sum) return study;
            }
    return std::nullopt;
}

std::optional<Study> StudyShares::draw_in_education(int cohort, double u) const {
    const double all = in_education(cohort);
    if (all <= 0) return std::nullopt;
    // Never beyond the last place, whatever the rounding of the sums.
    return draw(cohort, std::min(u, 1.0 - 1e-9) * all);
}

}  // namespace models
