#include "experiments/simulator.hpp"

#include <algorithm>

#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "models/world.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"

namespace experiments {

Simulator::Simulator(const std::filesystem::path& data, double scale, std::uint64_t seed, const Targets& targets, const std::string& file)
    : scale_(scale), seed_(seed) {
    regions::DataFolder folder = regions::tables_under(data);
    inputs_ = read_inputs(folder, regions::all_regions(), scale);
    const auto& all = models::all_parameters();
    for (const auto& p : targets.free) {
        const auto found = std::find_if(all.begin(), all.end(), [&](const auto& q) { return q.name == p.name; });
        if (found == all.end()) throw sim::Bug("no parameter is named " + p.name);
        set_.push_back(found->set);
    }
    last_ = first_month;
    for (const auto& t : targets.targets) last_ = std::max(last_, t.until);
    constexpr int most_months = 120;
    if (last_ - first_month >= most_months)
        throw sim::InputError(file + ": targets reach to " + last_.text() + ", but a calibration simulates ten years at most");

    Scales scales;
    scales.persons_per_agent = 1 / scale;
    scales.nation_per_region_person = folder.value("population", "NL", "population_1jan", "total", "2021") / inhabitants();
    models::SeriesIds ids{};
    moments_.emplace(targets.targets, empty_trajectory(ids, 0), scales, file);
}

double Simulator::inhabitants() const {
    double persons = 0;
    for (const auto& municipality : inputs_.tables.regions.municipalities) persons += municipality.population;
    return persons;
}

sim::Trajectory Simulator::empty_trajectory(models::SeriesIds& ids, std::uint32_t replicate) const {
    sim::Trajectory trajectory({static_cast<std::int32_t>(replicate)}, first_month, last_ - first_month + 2);
    ids = models::add_series(trajectory, inputs_.tables);
    return trajectory;
}

std::vector<double> Simulator::operator()(const std::vector<double>& values, std::uint32_t replicate) const {
    models::Parameters parameters;
    for (std::size_t k = 0; k < set_.size(); ++k) set_[k](parameters, values[k]);
    models::World world = regions::synthesise(inputs_.tables, inputs_.start, parameters, {seed_ + replicate, scale_, true});
    world.random = sim::Random(seed_, replicate);
    models::SeriesIds ids{};
    sim::Trajectory trajectory = empty_trajectory(ids, replicate);
    models::Indicators indicators(trajectory, ids, 0);
    auto schedule = models::month_schedule(&indicators);
    indicators.start(world);
    while (world.month < last_) schedule.run(world, world.month + 1);
    return moments_->of(trajectory);
}

}  // namespace experiments
