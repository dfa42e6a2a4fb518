#pragma once
/// A plan at work on a world: parameters and measures of each month.

#include <utility>

#include "experiments/scenarios/plan.hpp"
#include "models/parameters.hpp"
#include "models/policy.hpp"
#include "models/world.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Holds what a world points to while a scenario's months are simulated. Outlives that world's months; one a world.
class PlanInForce {
public:
    PlanInForce(const models::Parameters& base, const Plan& plan) : base_(base), plan_(plan) {}
    PlanInForce(const PlanInForce&) = delete;
    PlanInForce& operator=(const PlanInForce&) = delete;

    /// Gives the world the parameters and measures of a month: before the month is simulated, and before indicators read its start.
    void apply(models::World& world, sim::Month month) {
        world.parameters = &base_;
        world.policy = nullptr;
        if (plan_.empty()) return;
        of_month_ = plan_.parameters_at(month);
        policy_ = plan_.policy_at(month);
        world.parameters = &of_month_;
        world.policy = &policy_;
    }

private:
    const models::Parameters& base_;
    const Plan& plan_;
    models::Parameters of_month_;
    models::Policy policy_;
};

}  // namespace experiments
