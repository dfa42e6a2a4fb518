#pragma once
/// The recovery of 2021: how far the rates of January 2021 lie from those of the years after, and how they come to them.
///
/// In January 2021 stocks stood where the lockdowns had left them. At the rates that fit 2022 and 2023 they would move whatever demand does: the unemployed
/// would fall by a third and the self-employed grow by a seventh in two years. So some rates begin where these stocks stay while demand stands still, and come
/// to their own in `months`. In spin-up they are those of the start.

#include "models/parameter.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "sim/month.hpp"

namespace models {

struct Parameters;

struct RecoveryParameters {
    double months = 12;
    double moves = 0.86;
    double self_employment = 0.861;
    double looking = 1.388;
    double applications = 0.6562;
    double standard = -0.4111;
};
[[nodiscard]] const ParameterTable<RecoveryParameters>& recovery_table();

/// What of the distance from the later rates is left in a month: 1 until January 2021, 0 from `months` later on, and as much less every month between.
[[nodiscard]] double unrecovered(const RecoveryParameters& p, sim::Month month);

/// The separations of a month: entries into self-employment and looking by the inactive as far as they have recovered, in equal relative steps.
[[nodiscard]] SeparationParameters separations_in(const Parameters& p, sim::Month month);
/// The same of search: how many employees look, applications of the unemployed, and the standards of posted vacancies (which go in equal steps).
[[nodiscard]] SearchParameters search_in(const Parameters& p, sim::Month month);

}  // namespace models
