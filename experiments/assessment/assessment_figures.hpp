#pragma once
/// What is counted of each run of the reckoning of the plan.

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "experiments/figures/targets.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Figures by name, means of the last twelve months.
class AssessmentFigures {
public:
    AssessmentFigures(const std::vector<std::string>& regions, sim::Month end);
    [[nodiscard]] const std::vector<Target>& figures() const { return figures_; }
    [[nodiscard]] std::size_t place(const std::string& name) const { return places_.at(name); }
    /// Of what a gap is counted, and its label: "occupation" or "region". Its figures are "OF LABEL required_fte" and "OF LABEL fte".
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& gaps() const { return gaps_; }

private:
    void add(Target made);
    void gap(const std::string& of, const std::string& label, const std::string& selection, const std::string& region, sim::Month end);

    std::vector<Target> figures_;
    std::map<std::string, std::size_t> places_;
    std::vector<std::pair<std::string, std::string>> gaps_;
};

}  // namespace experiments
