#pragma once
/// Choice of profile, next stage and field: multinomial logit around the observed shares (logit.hpp).

#include "models/logit.hpp"
#include "models/progress.hpp"

namespace models {

/// What moves a choice of field at one place and time, each as a difference from the reference state in which the shares were observed (all zero there).
struct ChoiceSignals {
    std::array<double, 3> wage{};    ///< log of the field's hourly wage over the mean, about five years' mean
    std::array<double, 3> chance{};  ///< log tightness of the field's occupations over all
    double peers = 0;                ///< share of the cohort before with a technical profile
    std::array<double, 3> travel{};  ///< hours further to a school with a free place
    FieldShares teaching{};          ///< log odds by what pupils of the track meet of hybrid teachers, beside the start (teaching.hpp)
    double awareness = 0;            ///< of the person, by campaigns beyond the background (awareness.hpp)
};

/// Utility shifts of technical, ict and other.
[[nodiscard]] FieldShares field_shifts(const ChoiceSignals& s, Sex sex, const SchoolingParameters& p);

/// Probability of a technical profile in vmbo (Sterk Techniekonderwijs works here) or in havo and vwo. ICT at vmbo (media, design and ICT) counts as technical.
[[nodiscard]] double technical_profile_probability(double observed, const ChoiceSignals& s, Sex sex, bool vmbo, const SchoolingParameters& p);

/// The observed share of technical profiles for region, sex and school year.
[[nodiscard]] double observed_vmbo_technical(const SchoolingTables& t, int region, Sex sex, int year);

/// What follows a completed stage.
[[nodiscard]] Shares<nexts> next_probabilities(Stage stage, const SchoolingTables& t, const SchoolingParameters& p);

/// Whether a graduate leaves education in July; `u` is the draw of that decision. Who does not leave chooses among the other alternatives in August.
[[nodiscard]] bool leaves_after_diploma(Stage stage, double u, const SchoolingTables& t, const SchoolingParameters& p);
/// The stage of those who go on, at draw u.
[[nodiscard]] Next next_stage(Stage stage, double u, const SchoolingTables& t, const SchoolingParameters& p);

/// What somebody who returns to education begins, by highest level completed, at draw u.
[[nodiscard]] Next next_on_return(Education education, double u);

/// The passage from a stage into mbo, hbo or wo.
[[nodiscard]] Passage passage_of(bool from_mbo, Next to);
[[nodiscard]] constexpr bool is_mbo(Stage s) { return s == Stage::mbo_two_years || s == Stage::mbo_three_years || s == Stage::mbo_four_years; }

/// Fields of those who go on.
[[nodiscard]] FieldShares field_probabilities(Passage passage, Sex sex, Field before, const ChoiceSignals& s, const SchoolingTables& t,
                                              const SchoolingParameters& p);

}  // namespace models
