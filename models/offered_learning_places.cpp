#include "models/offered_learning_places.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/adult_bbl.hpp"
#include "models/policy.hpp"
#include "models/policy_accounts.hpp"
#include "models/programmes.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace models {
namespace {

/// Index of the draw that says in which order applicants come.
constexpr std::uint32_t order_of_applicants = 1U << 21;

struct Gate {
    const Offer* offer;
    std::vector<std::int32_t> places;  ///< left, by region
};

std::vector<Gate> gates_of(const World& world, double season) {
    std::vector<Gate> gates;
    if (world.policy == nullptr) return gates;
    for (const Offer& offer : world.policy->offers) {
        if (offer.programme != OfferedProgramme::adult_bbl) continue;
        Gate gate{&offer, {}};
        bool any = false;
        for (std::size_t r = 0; r < static_cast<std::size_t>(world.regions); ++r) {
            const double mean = r < offer.places.size() ? offer.places[r] * world.tables->scale * season : 0.0;
            // Rounded up or down by a draw, so that the mean is exact.
            const double u = mean > 0 ? world.random.draw({lot_info.key, {sim::EntityKind::cell, r}, world.month, offer.lot}).uniform() : 0.0;
            gate.places.push_back(static_cast<std::int32_t>(std::floor(mean + u)));
            any |= mean > 0;
        }
        if (any) gates.push_back(std::move(gate));
    }
    return gates;
}

}  // namespace

bool offers_learning_places(const World& world) {
    return world.policy != nullptr && std::ranges::any_of(world.policy->offers, [](const Offer& offer) {
               return offer.programme == OfferedProgramme::adult_bbl && std::ranges::any_of(offer.places, [](double places) { return places > 0; });
           });
}

std::vector<OfferedLearningPlace> take_offered_learning_places(World& world, const std::vector<LearningSeeker>& unplaced, double season) {
    std::vector<OfferedLearningPlace> taken;
    auto gates = gates_of(world, season);
    if (gates.empty()) return taken;
    struct Applicant {
        LearningPlace place;
        std::uint32_t order;
    };
    std::vector<Applicant> applicants;
    for (const auto& place :
         find_learning_places(world, unplaced, world.tables->schooling, world.parameters->schooling, adult_place_info.key, world.month, true))
        applicants.push_back({place, world.random.draw({adult_place_info.key, sim::person(place.row), world.month, order_of_applicants}).words[0]});
    std::ranges::sort(applicants, [](const Applicant& a, const Applicant& b) { return a.order != b.order ? a.order < b.order : a.place.row < b.place.row; });
    for (const auto& [place, order] : applicants) {
        const std::size_t home = world.persons.region[place.row];
        const Occupation target = world.employers.post[place.post].occupation;
        Gate* open = nullptr;
        for (auto& gate : gates) {
            const Offer& offer = *gate.offer;
            if (target >= first_other_occupation || !(home < offer.places.size() && offer.places[home] > 0) || (offer.targets >> target & 1U) == 0 ||
                !offer.who.contains(world, place.row) || is_barred(world, place.row, offer.lot))
                continue;
            if (open == nullptr || gate.places[home] > open->places[home]) open = &gate;
        }
        if (open == nullptr) continue;
        const std::uint32_t lot = open->offer->lot;
        const auto count = [&](PolicyFlow what) { count_for_measure(world, lot, home, what); };
        count(PolicyFlow::applicants);
        if (open->places[home] <= 0) {
            count(PolicyFlow::refused_place);
        } else if (lot_refuses(world, place.row, lot)) {
            bar(world, place.row, lot);
            count(PolicyFlow::refused_lot);
            follow(world, lot, place.row, target, true);
        } else {
            --open->places[home];
            count(PolicyFlow::participants);
            follow(world, lot, place.row, target, false);
            taken.push_back({place, lot});
        }
    }
    return taken;
}

}  // namespace models
