#pragma once
/// What is compared of a month of the labour market's core, whichever program made it.

#include <vector>

namespace naive {

/// Counts at the end of a month and what ended in it; durations in whole months.
struct MonthSeen {
    int employed = 0;
    double log_wages = 0;                 ///< sum over the employed, of cents an hour
    int hires = 0;                        ///< moves from job to job included
    int moves = 0;                        ///< from job to job
    int jobs_ended = 0;                   ///< by who is unemployed or inactive after it
    std::vector<int> unemployed_for;      ///< one for each unemployed person
    std::vector<int> vacancies_open_for;  ///< one for each posted vacancy that is open
    std::vector<int> spells_ended_after;  ///< unemployment that ended this month, for whatever
    std::vector<int> vacancies_filled_after;
};

using History = std::vector<MonthSeen>;

}  // namespace naive
