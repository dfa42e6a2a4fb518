#include "models/levers.hpp"

#include <algorithm>
#include <cmath>

namespace models {

std::string_view text(Combination rule) {
    switch (rule) {
        case Combination::joint: return "1 - prod(1 - e)";
        case Combination::product: return "product";
        case Combination::sum: return "sum";
        case Combination::strongest: return "strongest";
    }
    return "sum";
}

double combine(Combination rule, double default_value, std::span<const double> doses) {
    if (doses.empty()) return default_value;
    double value = default_value;
    switch (rule) {
        case Combination::joint: {
            double left = 1;
            for (const double e : doses) left *= 1 - e;
            return left == 1 ? default_value : 1 - (1 - default_value) * left;  // 1 - (1 - x) need not be x
        }
        case Combination::product:
            for (const double factor : doses) value *= factor;
            return value;
        case Combination::sum:
            for (const double shift : doses) value += shift;
            return value;
        case Combination::strongest:
            for (const double setting : doses)
                if (std::abs(setting - default_value) > std::abs(value - default_value)) value = setting;
            return value;
    }
    return value;
}

double partial_dose(Combination rule, double default_value, double dose, double strength) {
    if (strength >= 1) return dose;
    const double null = rule == Combination::product ? 1.0 : rule == Combination::strongest ? default_value : 0.0;
    return null + strength * (dose - null);
}

const std::vector<Lever>& all_levers() {
    using enum Combination;
    static const std::vector<Lever> levers{
        {"schooling.sto_exposure", strongest, "M1"},
        {"schooling.awareness", joint, "M8"},
        {"schooling.technical_interest", sum, "M1 M3 M4 M5b"},
        {"schooling.ict_interest", sum, "M4 M7"},
        {"schooling.women_interest", sum, "M12"},
        {"schooling.mbo_interest", sum, "M3 M7"},
        {"schooling.hbo_interest", sum, "M2"},
        {"schooling.wo_interest", sum, ""},
        {"schooling.technical_places", strongest, "M3 M5b"},
        {"schooling.ict_places", strongest, "M3 M4"},
        {"schooling.diploma_factor", product, "M2 M3"},
        {"schooling.dropout_factor", product, "M3"},
        {"schooling.technical_hbo_dropout", product, "M2"},
        {"schooling.bbl_interest", sum, "M11"},
        {"schooling.bbl_interest_ict", sum, "M7"},
        {"schooling.recognition_factor", product, "M11"},
        {"schooling.recognition_ict", product, "M7"},
        {"schooling.places_factor", product, "M7 M11"},
        {"demand.demand_level", product, "", false},
        {"separations.retention_effect", joint, "M5 M5c M11 M13 M14"},
        {"separations.retention_women", joint, "M12"},
        {"search.search_intensity", product, "", false},
        {"search.mobility", product, "", false},
        {"search.first_job_mbo", sum, "M3 M10"},
        {"search.first_job_hbo", sum, "M2 M10"},
        {"search.standards", sum, "M11", false},
        {"wages.wage_level", product, "M11", false},
        {"adult_bbl.interest", sum, "M7 M8 M11"},
        {"work_learning.added_places", sum, "M5 M14"},
        {"work_learning.added_from", strongest, "M5 M14"},
        {"work_learning.distance_reach", strongest, "M5a"},
        {"side_entry.propensity", product, "M4b M5 M11"},
        {"side_entry.subsidy", sum, "M4 M5 M14"},
        {"side_entry.places_factor", product, "M4 M4b M5 M5b M11 M14"},
        {"side_entry.length_factor", product, "M4b"},
        {"side_entry.e_learning", joint, "M4b"},
        {"teaching.outflow_factor", product, ""},
        {"teaching.teacher_pay", sum, ""},
        {"teaching.matching_project", strongest, "M6"},
        {"teaching.information", joint, "M6"},
        {"teaching.cost", sum, "M6"},
        {"teaching.compensation", sum, "M6"},
        {"teaching.partnership", joint, "M4 M5b"},
        {"teaching.school_demand", product, "M6"},
        {"innovation.information", joint, "M9"},
        {"innovation.regional_support", joint, "M9"},
        {"innovation.research", joint, "M9"},
        {"innovation.tracks", joint, "M4a"},
        {"awareness.young_pressure", sum, "M8"},
        {"awareness.adult_pressure", sum, "M8"},
    };
    return levers;
}

const Lever* find_lever(std::string_view parameter) {
    const auto& all = all_levers();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Lever& l) { return l.parameter == parameter; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace models
