#pragma once
/// One quantity that a sweep varies, and the values that it takes.

#include <optional>
#include <string>
#include <vector>

#include "experiments/scenarios/prior.hpp"
#include "experiments/scenarios/scenario_field.hpp"

namespace experiments {

/// A range from low to high, all of it alike or under a law, or a list of values.
struct Factor {
    std::string name;  ///< key of a scenario file; any name where a command of one's own is the model
    FieldKind kind = FieldKind::real;
    std::string unit = "1";
    std::string group;  ///< factors of one group move together; empty: by itself
    double low = 0, high = 0;
    std::optional<PriorLaw> law;  ///< none: uniform
    std::vector<double> values;   ///< not empty: these alone, each as likely
    int line = 0;                 ///< in the sweep file

    /// The value below which `share` of the factor's values lie; `share` in [0, 1]. Whole numbers and months are each as likely under a uniform range.
    [[nodiscard]] double at(double share) const;
};

/// Factors that move together: the places of each group, of factors by themselves each alone, in the order of the file.
[[nodiscard]] std::vector<std::vector<std::size_t>> inputs_of(const std::vector<Factor>& factors);
/// The name of such an input: that of its group or factor.
[[nodiscard]] std::string name_of(const std::vector<std::size_t>& input, const std::vector<Factor>& factors);

/// A value as files for people have it: months as "2026-01".
[[nodiscard]] std::string value_text(const Factor& factor, double value);

}  // namespace experiments
