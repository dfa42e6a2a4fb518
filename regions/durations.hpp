#pragma once
/// How long a spell has lasted when it is looked at.

#include <algorithm>
#include <vector>

#include "sim/error.hpp"

namespace regions {

/// Law of the whole months that a spell has lasted in a stationary state: P(t) = S(t) / sum of S, S(t) = product of 1 - hazard over the months before
/// (residual-life law of renewal theory; Cox 1962). The geometric law for a constant hazard.
class Elapsed {
public:
    Elapsed() = default;
    /// hazard(t): monthly probability that a spell which has lasted t months ends; longer spells than `longest` are left out.
    template <class Hazard>
    Elapsed(int longest, Hazard&& hazard) {
        double survival = 1;
        double sum = 0;
        for (int t = 0; t <= longest; ++t) {
            cumulative_.push_back(sum += survival);
            survival *= 1 - hazard(t);
        }
    }
    /// Months for a draw u in (0, 1), given that the spell cannot have lasted longer than `most` months.
    [[nodiscard]] int months(double u, int most) const {
        const auto last = std::min<std::size_t>(cumulative_.size() - 1, static_cast<std::size_t>(std::max(0, most)));
        const double at = u * cumulative_[last];
        return static_cast<int>(std::lower_bound(cumulative_.begin(), cumulative_.begin() + static_cast<std::ptrdiff_t>(last), at) - cumulative_.begin());
    }
    /// Share of spells of exactly t months; for tests.
    [[nodiscard]] double share(int t) const {
        const auto i = static_cast<std::size_t>(t);
        return (cumulative_[i] - (i > 0 ? cumulative_[i - 1] : 0)) / cumulative_.back();
    }

private:
    std::vector<double> cumulative_;
};

}  // namespace regions
