#pragma once
/// Who has a temporary contract at the start, and until when. Not for other rooms.

#include <algorithm>
#include <array>

#include "models/search.hpp"
#include "models/separations.hpp"
#include "regions/durations.hpp"

namespace regions::synthesis {

/// The law of contracts by age and tenure. What is left of temporary contracts is solved: after spin-up as many of each tenure are temporary as the model's
/// renewals (models::contract_end) keep in two years of demand that stands still.
class StartContracts {
public:
    StartContracts(const models::SearchTables& search, const models::SeparationParameters& p)
        : first_(search.temporary), remaining_(remaining_of_contracts(p.contract_renewal, left_before_end)) {}
    /// Chance that a job of that many months is on a temporary contract. Agencies hire on temporary contracts only.
    [[nodiscard]] double temporary(int age, int months, bool agency) const {
        const double still = months < 7 ? 1.0 : months < 12 ? 0.85 : months < 24 ? 0.3 : months < 36 ? 0.12 : months < 48 ? 0.05 : 0.01;
        return agency ? std::min(1.0, 2 * still) : first_[static_cast<std::size_t>(models::search_age_of(age))] * still;
    }
    /// Months that the contract has yet to run, this one counted, for a draw u in (0, 1).
    [[nodiscard]] int remaining(double u) const { return 1 + static_cast<int>(remaining_.place(u * remaining_.top(), remaining_.size() - 1)); }

private:
    /// Left before its end in a month: jobs of the first two years, less those that end with the contract (solved: as many contracts end in the first year as
    /// in the second).
    static constexpr double left_before_end = 0.035;
    decltype(models::SearchTables::temporary) first_;  ///< of jobs that begin, by age
    Ladder remaining_;
};

}  // namespace regions::synthesis
