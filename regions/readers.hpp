#pragma once
/// One reader a process: it fills its part of the tables from the CSV files. `regions` are the names of the run, in the order of the output.

#include <string>
#include <vector>

#include "models/occupation_graph.hpp"
#include "models/tables.hpp"
#include "regions/data_folder.hpp"

namespace regions {

/// The seven regions, in the order of the output.
[[nodiscard]] const std::vector<std::string>& all_regions();

/// Names, codes, municipalities and travel times (regions.csv, travel.csv). Comes first: the others need the number of regions.
void read_regions(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Steps between occupations (occupations.csv); `routes()` gives the shortest retraining between each two.
[[nodiscard]] models::OccupationGraph read_occupations(DataFolder& data);

void read_demography(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
void read_schooling(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
void read_separations(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Occupations in reach, standards of education, contracts and hours of new jobs (search.csv, occupations.csv).
void read_search(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
void read_demand(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Courses of side entry, and the routes between occupations (programmes.csv, occupations.csv, search.csv).
void read_programmes(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Intake of adults in BBL by field, age and sex (adult_bbl.csv, search.csv).
void read_adult_bbl(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
void read_wages(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Teachers, open posts, and hybrid teachers at the start (teaching.csv).
void read_teaching(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Process innovation by sector and size, barriers, reach of tracks (innovation.csv).
void read_innovation(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);
/// Pressure of background campaigns (awareness.csv) and the shortest way of each occupation to technical or ICT work (occupations.csv).
void read_awareness(DataFolder& data, const std::vector<std::string>& regions, models::Tables& tables);

}  // namespace regions
