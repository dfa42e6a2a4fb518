#include "models/study_choice.hpp"

#include <algorithm>

namespace models {

FieldShares field_shifts(const ChoiceSignals& s, Sex sex, const SchoolingParameters& p) {
    FieldShares shifts{};
    const double reached = p.awareness_effect * (p.awareness + s.awareness);
    const double women = sex == Sex::women ? p.women_interest : 0.0;
    const std::array<double, 3> interest{p.technical_interest + reached + women, p.ict_interest + reached + women, 0.0};
    for (std::size_t f = 0; f < 3; ++f) shifts[f] = interest[f] + p.wage_effect * s.wage[f] + p.chance_effect * s.chance[f] + p.travel_effect * s.travel[f];
    shifts[index_of(Field::technical)] += p.peers_effect * s.peers;
    for (std::size_t f = 0; f < 3; ++f) shifts[f] += s.teaching[f];
    return shifts;
}

double technical_profile_probability(double observed, const ChoiceSignals& s, Sex sex, bool vmbo, const SchoolingParameters& p) {
    const FieldShares fields = field_shifts(s, sex, p);
    // Two alternatives: technical (with media, design and ICT) and other.
    Shares<2> shifts{fields[index_of(Field::technical)], fields[index_of(Field::other)]};
    if (vmbo) shifts[0] += p.sto_effect * (p.sto_exposure - 1.0);
    return logit_shares(Shares<2>{observed, 1.0 - observed}, shifts)[0];
}

double observed_vmbo_technical(const SchoolingTables& t, int region, Sex sex, int year) {
    const double reference = t.vmbo_technical[static_cast<std::size_t>(region)][index_of(sex)];
    if (t.vmbo_technical_national.empty()) return reference;
    const int last = static_cast<int>(t.vmbo_technical_national.size()) - 1;
    const int at = std::clamp(year - t.vmbo_technical_from, 0, last);
    const double ratio = t.vmbo_technical_national[static_cast<std::size_t>(at)] / t.vmbo_technical_national[0];
    return std::min(0.95, reference * ratio);
}

Shares<nexts> next_probabilities(Stage stage, const SchoolingTables& t, const SchoolingParameters& p) {
    return logit_shares(t.next[index_of(stage)], Shares<nexts>{p.mbo_interest, p.hbo_interest, p.wo_interest, 0.0, 0.0});
}

bool leaves_after_diploma(Stage stage, double u, const SchoolingTables& t, const SchoolingParameters& p) {
    return u < next_probabilities(stage, t, p)[index_of(Next::leave)];
}

Next next_stage(Stage stage, double u, const SchoolingTables& t, const SchoolingParameters& p) {
    Shares<nexts> probabilities = next_probabilities(stage, t, p);
    const double stay = 1.0 - probabilities[index_of(Next::leave)];
    probabilities[index_of(Next::leave)] = 0;
    if (stay <= 0) return Next::leave;
    for (double& q : probabilities) q /= stay;
    return static_cast<Next>(chosen(probabilities, u));
}

Next next_on_return(Education education, double u) {
    switch (education) {
        case Education::low: return Next::mbo;
        case Education::mbo2_4: return u < 0.5 ? Next::mbo : Next::hbo;
        case Education::havo_vwo: return u < 0.75 ? Next::hbo : Next::wo;
        case Education::hbo: return Next::wo;
        case Education::wo: break;
    }
    return Next::leave;
}

Passage passage_of(bool from_mbo, Next to) {
    if (to == Next::mbo) return Passage::to_mbo;
    if (to == Next::wo) return Passage::to_wo;
    return from_mbo ? Passage::to_hbo_from_mbo : Passage::to_hbo_from_general;
}

FieldShares field_probabilities(Passage passage, Sex sex, Field before, const ChoiceSignals& s, const SchoolingTables& t, const SchoolingParameters& p) {
    return logit_shares(t.fields[index_of(passage)][index_of(sex)][index_of(before)], field_shifts(s, sex, p));
}

}  // namespace models
