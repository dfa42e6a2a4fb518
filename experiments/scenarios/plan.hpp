#pragma once
/// What a scenario's measures make of each month: parameters, in a region and where none is named, and offers of places.

#include <optional>
#include <string>
#include <vector>

#include "experiments/scenarios/measure.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "models/policy.hpp"
#include "sim/month.hpp"

namespace experiments {

/// The parameters of each month: those of the scenario, with the doses of its measures. Where no measure has a dose they are the scenario's, bit for bit.
/// The order of measures does not matter.
///
/// Overlap: where k measures of one group are in force in a region, each acts at 1 - overlap_share (1 - c) (1 - 1/k) of its strength; c = 1 - prod(1 -
/// reduction) over the measures in force there that coordinate. A measure alone in its group is untouched, bit for bit.
class Plan {
public:
    Plan() = default;
    /// `regions`: names of the run's regions, in their order. Without them the plan has national parameters only.
    explicit Plan(const models::Parameters& base, std::vector<Measure> measures, std::vector<std::string> regions = {});

    /// Parameters where no region is named: measures in force in all regions act, those of some regions and doses for a target group do not.
    [[nodiscard]] models::Parameters parameters_at(sim::Month month) const;
    /// What the measures make of a month in the run's regions. `by_region` is empty where all have the parameters of `parameters_at`. Every measure with an
    /// offer is named in every month, before its start and after its end without places. The cost of a month grows with the ramp, as what it pays for does; it
    /// does not fall where measures overlap, for schemes that reach for the same people cost what they cost. That of participants follows these.
    [[nodiscard]] models::Policy policy_at(sim::Month month) const;
    [[nodiscard]] bool empty() const { return measures_.empty(); }
    /// In the order of /policy: by number of the lot, then by name.
    [[nodiscard]] const std::vector<Measure>& measures() const { return measures_; }
    [[nodiscard]] const std::vector<std::string>& regions() const { return regions_; }

    /// A lever in one month.
    struct Setting {
        const models::Lever* lever;
        const models::Parameter* parameter;
        double value;
        bool operator==(const Setting&) const = default;
    };
    /// The levers with a dose for everybody in a month, in the order of levers, and what the doses make of them. `region`: place in the run's regions; none:
    /// national.
    [[nodiscard]] std::vector<Setting> settings(sim::Month month, std::optional<std::size_t> region = {}) const;
    /// Part of full strength at which each measure acts, overlap included; by `measures`.
    [[nodiscard]] std::vector<double> strengths(sim::Month month, std::optional<std::size_t> region = {}) const;

private:
    struct DoseOf {
        std::size_t measure;
        double value;
        bool for_group;  ///< the measure's target group; not in the settings of a region
    };
    struct Dosed {
        const models::Lever* lever;
        const models::Parameter* parameter;
        double usual;  ///< value without any dose
        std::vector<DoseOf> doses;
    };
    [[nodiscard]] std::vector<Setting> settings_under(const std::vector<double>& strengths) const;
    [[nodiscard]] models::TargetedDoses targeted_under(const std::vector<std::vector<double>>& strengths_of) const;
    [[nodiscard]] models::Parameters parameters_under(const std::vector<Setting>& settings) const;

    models::Parameters base_;
    std::vector<Measure> measures_;
    std::vector<std::string> regions_;
    std::vector<std::vector<char>> reaches_;          ///< by region of the run and measure; the last row is the nation
    std::vector<Dosed> dosed_;                        ///< levers with a dose in some month
    std::vector<std::vector<double>> shares_;         ///< by measure and region of the run
    std::vector<std::vector<std::size_t>> overlaps_;  ///< groups of more than one measure
    std::vector<std::size_t> coordinators_;
};

}  // namespace experiments
