#include "experiments/runs/panel.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sim/error.hpp"

namespace experiments {
namespace {

/// Key of all draws that choose samples; index 0 belongs to the choice of who is in a scaled run.
constexpr sim::ProcessKey sampling = 300;
constexpr std::uint32_t panel_index = 1;

template <class Label>
std::int8_t small(Label label) {
    return static_cast<std::int8_t>(label);
}

/// Words of a coded variable, as CF wants them: blanks become underscores.
template <class Labels>
std::string meanings(const Labels& labels) {
    std::string text;
    for (std::string label : std::vector<std::string>(labels.begin(), labels.end())) {
        std::replace(label.begin(), label.end(), ' ', '_');
        std::erase(label, ',');
        text += (text.empty() ? "" : " ") + label;
    }
    return text;
}

std::vector<std::int64_t> codes(std::size_t count) {
    std::vector<std::int64_t> list(count);
    for (std::size_t i = 0; i < count; ++i) list[i] = static_cast<std::int64_t>(i);
    return list;
}

}  // namespace

Panel::Panel(const models::World& start, std::uint64_t population_seed, std::size_t persons, std::size_t replicates, std::size_t points) : points_(points) {
    const sim::Random random(population_seed, 0);
    std::vector<std::pair<std::uint32_t, models::Row>> drawn;
    for (std::size_t row = 0; row < start.persons.size(); ++row) {
        const auto r = static_cast<models::Row>(row);
        if (start.resident(r)) drawn.emplace_back(random.draw({sampling, sim::person(r), sim::Month(0), panel_index}).words[0], r);
    }
    if (persons > drawn.size())
        throw sim::InputError("--panel asks for " + std::to_string(persons) + " persons, but the start population has " + std::to_string(drawn.size()));
    std::nth_element(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(persons), drawn.end());
    for (std::size_t i = 0; i < persons; ++i) rows_.push_back(drawn[i].second);
    std::sort(rows_.begin(), rows_.end());
    const std::size_t cells = persons * replicates * points;
    for (auto* column : {&region_, &status_, &occupation_, &education_, &track_, &contract_, &hours_}) column->assign(cells, -1);
    wage_.assign(cells, -1);
}

void Panel::record(const models::World& world, std::size_t replicate, std::size_t point) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const models::Row row = rows_[i];
        const std::size_t cell = (replicate * rows_.size() + i) * points_ + point;
        const models::Person& p = world.persons.record[row];
        if (!world.resident(row)) {
            status_[cell] = small(models::LabourStatus::outside);
            continue;
        }
        region_[cell] = small(world.persons.region[row]);
        status_[cell] = small(p.status);
        const bool works = p.contract != models::Contract::none;
        occupation_[cell] = works && p.occupation != models::no_occupation ? small(p.occupation) : std::int8_t{-1};
        education_[cell] = small(p.education);
        track_[cell] = p.track == models::Track::none ? std::int8_t{-1} : small(p.track);
        contract_[cell] = small(p.contract);
        hours_[cell] = works ? small(std::min<std::uint8_t>(p.hours, 127)) : std::int8_t{0};
        wage_[cell] = works ? static_cast<std::int16_t>(std::min<std::uint16_t>(p.wage, 32767)) : std::int16_t{0};
    }
}

void Panel::add_to(sim::Trajectory& t) const {
    if (empty()) return;
    std::vector<std::int32_t> numbers(rows_.begin(), rows_.end());
    t.add_coordinate({"person", numbers, {{"long_name", std::string("row of the person in the start population")}}, "panel"});
    const std::vector<std::string> dimensions{"replicate", "person", "time"};
    const auto coded = [&](const char* name, const char* long_name, const std::vector<std::int8_t>& values, std::size_t count, const std::string& words) {
        t.add_table({"panel",
                     name,
                     dimensions,
                     values,
                     {{"long_name", std::string(long_name)}, {"units", std::string("1")}, {"flag_values", codes(count)}, {"flag_meanings", words}},
                     true});
    };
    std::vector<std::string> regions;
    for (std::size_t r = 0; r < t.length("region"); ++r) regions.push_back("region_" + std::to_string(r));
    static constexpr std::array<std::string_view, 6> contracts{"none", "permanent", "temporary", "bbl", "self_employed", "side_job"};
    coded("region", "home, by its place in the coordinate region; missing when gone", region_, regions.size(), meanings(regions));
    coded("labour_status", "labour status", status_, models::labour_status_labels.size(), meanings(models::labour_status_labels));
    coded("occupation", "occupation, by its place in the coordinate occupation; missing without work", occupation_, models::occupation_labels.size(),
          meanings(models::occupation_labels));
    coded("education", "highest level completed", education_, models::education_labels.size(), meanings(models::education_labels));
    coded("track", "track of education; missing when in none", track_, models::track_labels.size(), meanings(models::track_labels));
    coded("contract", "how the person works", contract_, contracts.size(), meanings(contracts));
    t.add_table({"panel", "hours", dimensions, hours_, {{"long_name", std::string("contract hours")}, {"units", std::string("hour week-1")}}, true});
    t.add_table({"panel",
                 "wage",
                 dimensions,
                 wage_,
                 {{"long_name", std::string("hourly wage at the contract-wage level of January 2021")}, {"units", std::string("0.01 euro hour-1")}},
                 true});
}

std::size_t Panel::memory(std::size_t persons, std::size_t replicates, std::size_t points) { return persons * replicates * points * 2 * 9; }

}  // namespace experiments
