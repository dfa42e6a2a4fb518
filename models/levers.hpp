#pragma once
/// The levers that measures pull. Each is a parameter of the process that it acts on, whose default leaves the process as the tables have it; here stand the
/// rule by which the doses of several measures on one lever combine, and the measures of the action plan that need it.

#include <span>
#include <string_view>
#include <vector>

namespace models {

/// How doses of several measures on one lever become its value.
enum class Combination {
    joint,     ///< shares and relative changes e between 0 and 1: 1 - prod(1 - e), so that no two together do more than their sum
    product,   ///< factors: the default times the product
    sum,       ///< shifts of log odds, places, money: the default plus the sum
    strongest  ///< settings that cannot be in force twice: the value furthest from the default
};
[[nodiscard]] std::string_view text(Combination rule);

/// The value of a lever under the doses of several measures; without doses, and with null doses alone, the default itself, bit for bit. Pure.
[[nodiscard]] double combine(Combination rule, double default_value, std::span<const double> doses);

/// A dose at part of its strength: 0 gives the null dose, 1 the dose itself, bit for bit; in between straight from one to the other. `strongest` goes from the
/// default to the setting. Pure.
[[nodiscard]] double partial_dose(Combination rule, double default_value, double dose, double strength);

struct Lever {
    std::string_view parameter;  ///< "process.parameter", as in scenario files
    Combination rule;
    std::string_view measures;  ///< of the action plan, by their numbers; empty: for what-ifs of other kinds
    bool by_region = true;      ///< a measure of some regions alone may pull it; otherwise it acts everywhere
};

/// Every lever, in the order of processes. Its unit and range are those of its parameter.
[[nodiscard]] const std::vector<Lever>& all_levers();

/// The lever of this parameter; null where it is none.
[[nodiscard]] const Lever* find_lever(std::string_view parameter);

}  // namespace models
