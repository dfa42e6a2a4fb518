#include "experiments/appraisal/appraisal_conclusion.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace experiments {
namespace {

/// Further than chance of the runs alone would bring it.
constexpr double clearly = 2;

std::string million(double euro) { return fmt::format("{:.2f} million euro", euro / 1e6); }

/// Probability of the options being best at the threshold of the grid next to the appraisal's.
std::size_t place_of_threshold(const Appraisal& a) {
    std::size_t place = 0;
    for (std::size_t t = 0; t < a.thresholds.size(); ++t)
        if (std::abs(a.thresholds[t] - a.threshold) < std::abs(a.thresholds[place] - a.threshold)) place = t;
    return place;
}

}  // namespace

Conclusion conclude(const Appraisal& a) {
    Conclusion made;
    const OptionResult* best = nullptr;
    for (const auto& option : a.options)
        if (best == nullptr || option.benefit.mean > best->benefit.mean) best = &option;
    if (best == nullptr) return made;
    const std::size_t t = place_of_threshold(a);
    double none_best = 1;
    for (const auto& option : a.options) none_best -= option.best[t];
    const bool fund = best->benefit.mean > 0;
    made.decision = fund ? best->name : "nothing";
    made.benefit = fund ? best->benefit.mean : 0;
    made.error = best->benefit.error;
    made.probability = fund ? best->best[t] : std::clamp(none_best, 0.0, 1.0);
    made.clear = std::abs(best->benefit.mean) > clearly * best->benefit.error;
    const PilotResult* pilot = nullptr;
    for (const auto& one : a.pilots)
        if (pilot == nullptr || one.net > pilot->net) pilot = &one;
    const bool first = pilot != nullptr && pilot->net > 0;
    const std::string at = fmt::format("At {:.0f} euro a technician-year ", a.threshold);
    const std::string chance = fmt::format("expected net benefit {} (standard error {}), probability of paying for itself {:.0f} %",
                                           million(best->benefit.mean), million(best->benefit.error), 100 * best->probability[t]);
    if (first) {
        made.pilot = true;
        made.decision = "pilot: " + pilot->design.text();
        made.benefit = std::max(0.0, best->benefit.mean) + pilot->net;
        made.error = pilot->net_error;
        made.clear = pilot->net > clearly * pilot->net_error;
        made.words = fmt::format(
            "{}do not fund yet: run a pilot ({}) and decide then. It is worth {} (standard error {}) beyond its cost of {} and what waiting loses ({}). "
            "Without it "
            "the best decision would be {}: of the campaigns {} comes out best, {}.",
            at, pilot->design.text(), million(pilot->net), million(pilot->net_error), million(pilot->cost), million(pilot->waiting),
            fund ? "to fund " + best->name : "to fund nothing", best->name, chance);
    } else {
        made.words =
            fund ? fmt::format("{}fund {}: {}. It is the best decision with a probability of {:.0f} %.", at, best->name, chance, 100 * made.probability)
                 : fmt::format("{}fund nothing: even {}, the best of the campaigns, has {}. Nothing is the best decision with a probability of {:.0f} %.", at,
                               best->name, chance, 100 * made.probability);
        if (pilot == nullptr)
            made.words += " No pilot was weighed: no campaign of the whole nation with money for one is among them.";
        else
            made.words +=
                fmt::format(" No pilot can pay for itself: the best ({}) loses {} (standard error {}); knowing all that one could measure would be worth {}.",
                            pilot->design.text(), million(-pilot->net), million(pilot->net_error), million(a.campaign_value));
    }
    made.words += made.clear ? " That is further from the turn than twice what the chance of the runs can do."
                             : " The runs cannot tell that from the turn: within twice their standard error it could be otherwise.";
    made.words += fmt::format(" Of the spread of the net benefit of {}, {:.0f} % rests on figures of the campaign that are only assumed.", best->name,
                              100 * a.assumed_share);
    return made;
}

}  // namespace experiments
