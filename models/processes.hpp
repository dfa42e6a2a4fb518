#pragma once
/// The one list of processes: what each is called, which key its random addresses carry, what it reads and writes.

#include <string_view>
#include <vector>

#include "sim/process.hpp"

namespace models {

// The words of `reads` and `writes`. Each field of Person and its columns `post`, `birth` and `region` by their names; `learning_company` and `bbl_places` of
// Employer; and for wholes: `record` (all of a Person), `job` (a person's job or business with what the mutators of World keep of it: post, occupation,
// previous, earlier, contract, since, ends, cause, wage, hours, experience), `persons` (rows are appended), `employer` (all else of employers), `posts`,
// `vacancies`, `schools`, `market`, `departures`, `awareness`. What follows from a job (at-risk bytes, marks, logs, staff, taken places, departures) needs no
// word.

/// The processes of one step of the month. A key also takes key + 512, the second layer of `sim/thinning.hpp`.
struct ProcessGroup {
    std::string_view step;  ///< as in the schedule of models/month.cpp
    std::vector<sim::ProcessInfo> processes;
};

/// Every process of the month by step, in the order of the month; built once.
/// The keys of synthesis (200 to 211) and sampling (300) belong to `regions` and `experiments` and are not in it.
[[nodiscard]] const std::vector<ProcessGroup>& all_processes();

}  // namespace models
