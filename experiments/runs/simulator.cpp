#include "experiments/runs/simulator.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "experiments/scenarios/library.hpp"
#include "experiments/scenarios/plan_in_force.hpp"
#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "models/world.hpp"
#include "regions/data_folder.hpp"
#include "regions/digest.hpp"
#include "regions/readers.hpp"
#include "regions/synthesis.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/short_digest.hpp"

namespace experiments {

Simulator::Simulator(const std::filesystem::path& data, double scale, std::uint64_t seed, const Targets& targets, const std::string& file,
                     const regions::TableCut& cut)
    : scale_(scale), seed_(seed) {
    regions::DataFolder folder = regions::tables_under(data);
    folder.cut_at(cut);
    inputs_ = read_inputs(folder, regions::all_regions(), scale);
    for (const auto& p : targets.free) {
        const auto* found = models::find_parameter(p.name);
        if (found == nullptr) throw sim::Bug("no parameter is named " + p.name);
        set_.push_back(found->set);
    }
    last_ = first_month;
    for (const auto& t : targets.targets) last_ = std::max(last_, t.until);
    constexpr int most_months = 120;
    if (last_ - first_month >= most_months)
        throw sim::InputError(file + ": targets reach to " + last_.text() + ", but a calibration simulates ten years at most");

    Scales scales;
    scales.persons_per_agent = 1 / scale;
    scales.nation_per_region_person = nation_per_inhabitant(folder, inputs_.tables);
    models::SeriesIds ids{};
    moments_.emplace(targets.targets, empty_trajectory(ids, 0), scales, file);
    cut_report_ = folder.cut_report();
    key_ = key_of(targets, cut);
}

std::string Simulator::key_of(const Targets& targets, const regions::TableCut& cut) const {
    std::string moments, tables;
    for (const auto& t : targets.targets) {
        moments += fmt::format("{} {} {} {} {} {}", t.name, static_cast<int>(t.kind), t.from.text(), t.until.text(), t.times, static_cast<int>(t.scaling));
        for (const auto* list : {&t.top, &t.bottom, &t.regions}) {
            for (const auto& words : *list) moments += "\n" + words;
            moments += "\n/";
        }
    }
    for (const auto& row : provenance()) tables += row.file + " " + row.sha256 + "\n";
    std::string key =
        fmt::format("{}, scale {}, seed {}, moments {:016x}, tables {:016x}, measures {:016x}, until {}", regions::program_identity(), scale_, seed_,
                    sim::short_digest(moments), sim::short_digest(tables), sim::short_digest(measures_text(policy_in_place())), last_.text());
    if (!cut.known_until.empty()) key += fmt::format(", known until {}{}", cut.known_until, cut.national_totals ? " and national totals" : "");
    return key;
}

bool fit_side_by_side(double bytes_a_run, int threads) {
    const auto there = static_cast<double>(sim::available_memory());
    if (bytes_a_run > there)
        throw sim::InputError(fmt::format("a run takes about {} of memory and {} are free; a smaller --scale takes less",
                                          sim::text_of_bytes(static_cast<std::uint64_t>(bytes_a_run)), sim::text_of_bytes(static_cast<std::uint64_t>(there))));
    return bytes_a_run * threads <= there;
}

bool Simulator::side_by_side(int threads) const {
    // Bytes a person that one of several runs side by side takes, and those of its series and buffers.
    constexpr double bytes_a_person = 200, bytes_a_run = 60e6;
    return fit_side_by_side(inhabitants() * scale_ * bytes_a_person + bytes_a_run, threads);
}

double Simulator::inhabitants() const { return inhabitants_of(inputs_.tables); }

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
    const Plan plan(parameters, policy_in_place(), inputs_.tables.regions.names);
    PlanInForce in_force(parameters, plan);
    in_force.apply(world, world.month + 1);
    indicators.start(world);
    while (world.month < last_) {
        in_force.apply(world, world.month + 1);
        schedule.run(world, world.month + 1);
    }
    return moments_->of(trajectory);
}

}  // namespace experiments
