#include "experiments/scenarios/measure.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "experiments/scenarios/measure_words.hpp"
#include "sim/short_digest.hpp"

namespace experiments {

double MeasureOffer::places_in(const std::string& region, double share) const {
    if (by_region.empty()) return places.value * share;
    const auto found = by_region.find(region);
    return found == by_region.end() ? 0 : found->second.value;
}

double Measure::strength(sim::Month month) const {
    if (month < start || month > end) return 0;
    return ramp <= 1 ? 1.0 : std::min(1.0, (month - start + 1) / static_cast<double>(ramp));
}

bool Measure::in_force_in(const std::string& region) const { return regions.empty() || std::find(regions.begin(), regions.end(), region) != regions.end(); }

Quantity Measure::usual_overlap() {
    return {0.4,
            {0.2, 0.7, "beta(4, 6)", models::Status::assumed,
             "The letter names overlap of a campaign with those of sectors and fragmentation of schemes as a bottleneck, and gives no figure: share of a "
             "campaign's reach that others reach already, by judgement; that it holds for any measures of one group is assumed too.",
             "1"}};
}

std::uint32_t lot_number(const Measure& measure) {
    if (measure.number != 0) return measure.number;
    constexpr std::uint32_t bits = (1U << 20) - 1;
    const auto digest = static_cast<std::uint32_t>(sim::short_digest(measure.name) & bits);
    return digest == 0 ? bits : digest;
}

std::string effects_text(const Measure& measure) {
    std::vector<std::string> parts;
    for (const auto& dose : measure.doses) parts.push_back(fmt::format("{} {}", dose.lever, dose.value));
    if (!measure.dosed.everybody()) parts.emplace_back("for its target group");
    if (measure.offer) {
        double places = measure.offer->places.value;
        for (const auto& [region, here] : measure.offer->by_region) places += here.value;
        parts.push_back(fmt::format("{} {} places a year", places, programme_words()[models::index_of(measure.offer->programme)]));
    }
    if (measure.coordination.value != 0) parts.push_back(fmt::format("coordination {}", measure.coordination.value));
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string text_of(const Measure& measure) {
    std::string text = "Measure " + measure.name + " from " + measure.start.text();
    if (measure.end != Measure::last_month) text += " to " + measure.end.text();
    if (measure.ramp > 1) text += fmt::format(", at full strength after {} months", measure.ramp);
    if (!measure.regions.empty()) text += fmt::format(", in {}", fmt::join(measure.regions, " and "));
    const std::string effects = effects_text(measure);
    return effects.empty() ? text : text + ": " + effects;
}

}  // namespace experiments
