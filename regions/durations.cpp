#include "regions/durations.hpp"

#include <cmath>

#include "models/hiring.hpp"

namespace regions {

Ladder remaining_of_contracts(double renewed, double left) {
    const auto stays = [&](int months) { return std::pow(1 - left, months); };
    constexpr double renewals = models::longest_renewal - models::shortest_renewal + 1;
    // Contracts that come to their end, of those that begin: from these, renewals for each first contract.
    double first_ends = 0, renewals_end = 0;
    for (const auto& contract : models::first_contracts) first_ends += contract.share * stays(contract.months);
    for (int months = models::shortest_renewal; months <= models::longest_renewal; ++months) renewals_end += stays(months) / renewals;
    const double again = renewed * first_ends / (1 - renewed * renewals_end);

    std::vector<double> cumulative;
    double sum = 0;
    for (int remaining = 1; remaining <= models::first_contracts.back().months; ++remaining) {
        for (const auto& contract : models::first_contracts)
            if (contract.months >= remaining) sum += contract.share * stays(contract.months - remaining);
        for (int months = std::max(remaining, models::shortest_renewal); months <= models::longest_renewal; ++months)
            sum += again * stays(months - remaining) / renewals;
        cumulative.push_back(sum);
    }
    return Ladder(std::move(cumulative));
}

}  // namespace regions
