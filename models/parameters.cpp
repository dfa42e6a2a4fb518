#include "models/parameters.hpp"

#include <algorithm>

namespace models {
namespace {

template <class Struct>
void add(std::vector<Parameter>& all, const std::string& process, Struct Parameters::*part, const ParameterTable<Struct>& table) {
    for (const auto& row : table)
        all.push_back({process + "." + row.name, row.meaning, row.unit, row.minimum, row.maximum, row.prior, row.status, row.source,
                       [part, get = row.get](const Parameters& p) { return get(p.*part); },
                       [part, set = row.set](Parameters& p, double v) { set(p.*part, v); }});
}

}  // namespace

const std::vector<Parameter>& all_parameters() {
    static const std::vector<Parameter> all = [] {
        std::vector<Parameter> list;
        add(list, "demography", &Parameters::demography, demography_table());
        add(list, "schooling", &Parameters::schooling, schooling_table());
        add(list, "demand", &Parameters::demand, demand_table());
        add(list, "separations", &Parameters::separations, separations_table());
        add(list, "search", &Parameters::search, search_table());
        add(list, "recovery", &Parameters::recovery, recovery_table());
        add(list, "wages", &Parameters::wages, wages_table());
        add(list, "programmes", &Parameters::programmes, programmes_table());
        add(list, "side_entry", &Parameters::side_entry, side_entry_table());
        add(list, "work_learning", &Parameters::work_learning, work_learning_table());
        add(list, "adult_bbl", &Parameters::adult_bbl, adult_bbl_table());
        add(list, "teaching", &Parameters::teaching, teaching_table());
        add(list, "innovation", &Parameters::innovation, innovation_table());
        add(list, "awareness", &Parameters::awareness, awareness_table());
        add(list, "indicators", &Parameters::indicators, indicators_table());
        return list;
    }();
    return all;
}

const Parameter* find_parameter(std::string_view name) {
    const auto& all = all_parameters();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Parameter& p) { return p.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace models
