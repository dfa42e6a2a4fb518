#pragma once
/// All parameters of a run: one struct a process, and the one list that every reader of parameters uses.

#include <string_view>
#include <vector>

#include "models/awareness.hpp"
#include "models/demand.hpp"
#include "models/demography.hpp"
#include "models/indicator_parameters.hpp"
#include "models/innovation.hpp"
#include "models/parameter.hpp"
#include "models/programmes.hpp"
#include "models/recovery.hpp"
#include "models/schooling.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "models/teaching.hpp"
#include "models/wages.hpp"

namespace models {

struct Parameters {
    DemographyParameters demography;
    SchoolingParameters schooling;
    DemandParameters demand;
    SeparationParameters separations;
    SearchParameters search;
    RecoveryParameters recovery;
    WageParameters wages;
    ProgrammeParameters programmes;
    SideEntryParameters side_entry;
    WorkLearningParameters work_learning;
    AdultBblParameters adult_bbl;
    TeachingParameters teaching;
    InnovationParameters innovation;
    AwarenessParameters awareness;
    IndicatorParameters indicators;
};

/// Every parameter with its row, in the order of processes and of their tables; built once.
[[nodiscard]] const std::vector<Parameter>& all_parameters();

/// The parameter of this name ("process.parameter"); null where there is none.
[[nodiscard]] const Parameter* find_parameter(std::string_view name);

}  // namespace models
