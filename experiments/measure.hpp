#pragma once
/// Measures: doses on levers that begin, grow and end in their own months.

#include <string>
#include <vector>

#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "sim/month.hpp"

namespace experiments {

/// What a measure does to one lever.
struct Dose {
    std::string lever;  ///< name of its parameter, as in `instroom describe levers`
    double value = 0;   ///< at full strength, by the lever's rule: a share, a factor, a shift, a setting
};

struct Measure {
    std::string name;
    std::string description;
    std::string source;           ///< of its figures; empty: assumed
    sim::Month start;             ///< first month with a dose
    int ramp = 1;                 ///< months until full strength, in equal steps; 1: at once
    sim::Month end = last_month;  ///< last month with a dose; whoever was trained stays trained
    std::vector<Dose> doses;      ///< at most one a lever
    int line = 0;                 ///< in the scenario file
    /// Part of full strength in a month: 0 before the start and after the end.
    [[nodiscard]] double strength(sim::Month month) const;

    static constexpr sim::Month last_month = sim::Month::of(9999, 12);  ///< no end
};

/// One line for people: months, strength and doses.
[[nodiscard]] std::string text_of(const Measure& measure);

/// The parameters of each month: those of the scenario, with the doses of its measures. Where no measure has a dose they are the scenario's, bit for bit.
/// The order of measures does not matter.
class Plan {
public:
    Plan() = default;
    Plan(const models::Parameters& base, std::vector<Measure> measures);
    [[nodiscard]] models::Parameters parameters_at(sim::Month month) const;
    [[nodiscard]] bool empty() const { return measures_.empty(); }

    /// A lever in one month.
    struct Setting {
        const models::Lever* lever;
        const models::Parameter* parameter;
        double value;
    };
    /// The levers with a dose in a month, in the order of levers, and what the doses make of them.
    [[nodiscard]] std::vector<Setting> settings(sim::Month month) const;

private:
    models::Parameters base_;
    std::vector<Measure> measures_;  ///< by name
    std::vector<Setting> dosed_;     ///< levers with a dose in some month, with their values without any
};

}  // namespace experiments
