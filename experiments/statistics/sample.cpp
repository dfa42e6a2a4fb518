#include "experiments/statistics/sample.hpp"

#include <algorithm>
#include <cstddef>

#include <boost/math/distributions/students_t.hpp>

namespace experiments {

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    return sum / static_cast<double>(values.size());
}

double variance_of(const std::vector<double>& values) {
    const double mean = mean_of(values);
    double sum = 0;
    for (const double v : values) sum += (v - mean) * (v - mean);
    return sum / static_cast<double>(values.size() - 1);
}

double quantile_of(std::vector<double> values, double share) {
    std::sort(values.begin(), values.end());
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto above = std::min(below + 1, values.size() - 1);
    return values[below] + (place - static_cast<double>(below)) * (values[above] - values[below]);
}

double student_t(std::size_t values) { return boost::math::quantile(boost::math::students_t(static_cast<double>(values) - 1), 0.975); }

}  // namespace experiments
