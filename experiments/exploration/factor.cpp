#include "experiments/exploration/factor.hpp"

#include <algorithm>
#include <cmath>

#include "experiments/scenarios/toml_values.hpp"

namespace experiments {

double Factor::at(double share) const {
    if (!values.empty()) {
        const auto count = static_cast<double>(values.size());
        return values[static_cast<std::size_t>(std::clamp(std::floor(share * count), 0.0, count - 1))];
    }
    if (law) {
        const double value = law->quantile(share);
        return kind == FieldKind::real ? value : std::clamp(std::round(value), low, high);
    }
    if (kind == FieldKind::real) return low + share * (high - low);
    return std::min(low + std::floor(share * (high - low + 1)), high);
}

std::vector<std::vector<std::size_t>> inputs_of(const std::vector<Factor>& factors) {
    std::vector<std::vector<std::size_t>> inputs;
    for (std::size_t f = 0; f < factors.size(); ++f) {
        const auto found = std::find_if(inputs.begin(), inputs.end(),
                                        [&](const auto& input) { return !factors[f].group.empty() && factors[input.front()].group == factors[f].group; });
        if (found == inputs.end())
            inputs.push_back({f});
        else
            found->push_back(f);
    }
    return inputs;
}

std::string name_of(const std::vector<std::size_t>& input, const std::vector<Factor>& factors) {
    const auto& first = factors[input.front()];
    return first.group.empty() ? first.name : first.group;
}

std::string value_text(const Factor& factor, double value) { return factor.kind == FieldKind::month ? month_of(value).text() : number_text(value); }

}  // namespace experiments
