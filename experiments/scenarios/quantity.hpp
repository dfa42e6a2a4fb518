#pragma once
/// A figure of a measure and what is known of it.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/scenarios/toml_values.hpp"
#include "models/parameter.hpp"

namespace experiments {

/// What is known of a figure.
struct Evidence {
    std::optional<double> low = {}, high = {};  ///< what is thought possible; the prior is cut off there
    std::string distribution = {};  ///< prior in the words of PriorLaw; empty: uniform from low to high, or the value as it is where these are not given
    std::optional<models::Status> status = {};  ///< none: not said, so assumed
    std::string source = {};
    std::string unit = {};
    bool operator==(const Evidence&) const = default;
    [[nodiscard]] bool plain() const { return *this == Evidence{}; }
};

struct Quantity {
    double value = 0;
    Evidence evidence = {};
    bool operator==(const Quantity&) const = default;
};

/// What a figure may be.
struct QuantityRange {
    std::string expected;  ///< in words, for messages
    double minimum = 0;
    double maximum = 0;
    std::string unit;  ///< the one that `unit` may name
};

/// The keys of a figure that is written as a table: value, low, high, distribution, status, source, unit.
[[nodiscard]] const std::vector<std::string>& quantity_keys();

/// Reads a figure from its entries: a plain number, or one entry for each key of its table, whose last word `parts` holds (empty for a plain number). Returns
/// false where something was wrong with it, which is in the findings.
bool read_quantity(const std::vector<const TomlEntry*>& entries, const std::vector<std::string>& parts, const QuantityRange& range, Quantity& to,
                   Findings& findings);

/// A figure as TOML writes it: a number, or an inline table where something is known of it.
[[nodiscard]] std::string quantity_text(double value, const Evidence& evidence);

}  // namespace experiments
