#pragma once
/// The figures of the real world as the model reads them, filled by regions/ from CSV. Constant during a run.

#include <vector>

#include "models/awareness.hpp"
#include "models/demand.hpp"
#include "models/demography.hpp"
#include "models/innovation.hpp"
#include "models/programmes.hpp"
#include "models/region_tables.hpp"
#include "models/schooling.hpp"
#include "models/search.hpp"
#include "models/separations.hpp"
#include "models/teaching.hpp"
#include "models/wages.hpp"

namespace models {

struct Tables {
    RegionTables regions;
    DemographyTables demography;
    SchoolingTables schooling;
    DemandTables demand;
    SeparationTables separations;
    SearchTables search;
    WageTables wages;
    ProgrammeTables programmes;
    SideEntryTables side_entry;
    AdultBblTables adult_bbl;
    TeachingTables teaching;
    InnovationTables innovation;
    AwarenessTables awareness;
    std::vector<ProvenanceRow> provenance;
    double scale = 1.0;  ///< agents per person of this run; flows that tables give in persons are multiplied by it
};

}  // namespace models
