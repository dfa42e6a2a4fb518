#include "experiments/figures/stored_series.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "sim/error.hpp"

namespace experiments {
namespace {

template <class Number>
Number number_in(const std::string& text, const std::string& at) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) throw sim::InputError(at + " is '" + text + "', but a number is expected");
    return number;
}

}  // namespace

sim::Month month_of_point(const std::string& days) {
    const int wanted = number_in<int>(days, "a point of time");
    sim::Month month = sim::Month::of(2020, 1) + wanted / 31;
    while (month.days_since_2020() < wanted) ++month;
    return month;
}

double persons_per_agent(const sim::StoredTrajectory& file) {
    const auto scale = file.attribute("scale");
    return scale.empty() ? 1.0 : 1.0 / number_in<double>(scale, file.path().string() + ": the attribute scale");
}

sim::Trajectory trajectory_of(const sim::StoredTrajectory& file, const std::vector<std::string>& names) {
    const auto& times = file.dimension("time").labels;
    if (times.empty()) throw sim::InputError(file.path().string() + " holds no point in time");
    std::vector<std::int32_t> replicates;
    for (const auto& label : file.dimension("replicate").labels) replicates.push_back(number_in<std::int32_t>(label, "a replicate"));
    sim::Trajectory made(replicates, month_of_point(times.front()), static_cast<int>(times.size()));
    std::vector<std::string> there;
    const auto add_dimension = [&](const std::string& name) {
        if (std::find(there.begin(), there.end(), name) != there.end()) return;
        there.push_back(name);
        made.add_coordinate({name, file.dimension(name).labels});
    };
    add_dimension("region");
    for (const auto& name : names) {
        if (!file.has(name) || made.has(name)) continue;
        const auto& stored = file.find(name);
        if (stored.dimensions.size() < 3 || stored.dimensions[0] != "replicate" || stored.dimensions[1] != "time" || stored.dimensions[2] != "region") continue;
        sim::SeriesInfo info;
        info.name = name;
        info.type = sim::SeriesType::real;
        info.dimensions.assign(stored.dimensions.begin() + 3, stored.dimensions.end());
        for (const auto& dimension : info.dimensions) add_dimension(dimension);
        const auto id = made.add_series(info);
        const auto values = file.values(name);
        const std::size_t points = times.size(), cells = values.size() / (replicates.size() * points);
        for (std::size_t r = 0; r < replicates.size(); ++r)
            for (std::size_t t = 0; t < points; ++t) {
                const auto from = values.begin() + static_cast<std::ptrdiff_t>((r * points + t) * cells);
                std::copy(from, from + static_cast<std::ptrdiff_t>(cells), made.reals(id, r, t).begin());
            }
    }
    return made;
}

}  // namespace experiments
