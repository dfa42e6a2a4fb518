#include "models/gates.hpp"

#include <cmath>
#include <utility>

#include "models/policy_accounts.hpp"
#include "models/programmes.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"

namespace models {
namespace {

/// Index of the draw, among those of the lot, that says which of several gates with free places somebody takes.
constexpr std::uint32_t choice_of_gate = 1U << 21;

bool leads_to(const Offer& offer, Occupation target) { return target < 32 && (offer.targets >> target & 1U) != 0; }

}  // namespace

std::array<double, occupations> offered_by_target(const Offer& offer, std::size_t region, std::span<const double> share, double scale) {
    std::array<double, occupations> mean{};
    const double here = region < offer.places.size() ? offer.places[region] * scale / 12 : 0.0;
    double all = 0;
    for (Occupation o = 0; o < occupations; ++o)
        if (leads_to(offer, o)) all += share[o];
    if (!(here > 0) || !(all > 0)) return mean;
    for (Occupation o = 0; o < occupations; ++o)
        if (leads_to(offer, o)) mean[o] = here * share[o] / all;
    return mean;
}

double offered_places(const World& world, OfferedProgramme programme, std::size_t region) {
    double places = 0;
    if (world.policy != nullptr)
        for (const Offer& offer : world.policy->offers)
            if (offer.programme == programme && region < offer.places.size()) places += offer.places[region];
    return places * world.tables->scale / 12;
}

Gates::Gates(World& world, OfferedProgramme programme, std::vector<std::int32_t> own, std::span<const double> share) : world_(world) {
    const auto regions = static_cast<std::size_t>(world.regions);
    gates_.push_back({nullptr, std::move(own), {}});
    if (world.policy == nullptr) return;
    for (const Offer& offer : world.policy->offers) {
        if (offer.programme != programme) continue;
        Gate gate{&offer, std::vector<std::int32_t>(regions * occupations, 0), std::vector<double>(regions * occupations, 0.0)};
        bool any = false;
        for (std::size_t r = 0; r < regions; ++r) {
            const auto mean = offered_by_target(offer, r, share.subspan(r * occupations, occupations), world.tables->scale);
            for (Occupation o = 0; o < occupations; ++o) {
                if (!(mean[o] > 0)) continue;
                any = true;
                const std::size_t cell = r * occupations + o;
                gate.mean[cell] = mean[o];
                const double u = world.random.draw({lot_info.key, {sim::EntityKind::cell, cell}, world.month, offer.lot}).uniform();
                gate.places[cell] = static_cast<std::int32_t>(std::floor(gate.mean[cell] + u));
            }
        }
        if (any) gates_.push_back(std::move(gate));
    }
}

std::uint32_t Gates::number(const Gate& gate, ProgrammeKind kind) const { return gate.offer != nullptr ? gate.offer->lot : gate_number(kind); }

bool Gates::open_to(const Gate& gate, const GateApplicant& applicant) const {
    if (gate.offer != nullptr && (!leads_to(*gate.offer, applicant.target) || !gate.offer->who.contains(world_, applicant.row))) return false;
    return !is_barred(world_, applicant.row, number(gate, applicant.kind));
}

Gates::Verdict Gates::admit(const GateApplicant& applicant, std::span<const std::uint8_t> regions) {
    const auto count = [&](ProgrammeFlow what) { ++world_.programmes.flow_of(applicant.home, applicant.kind, what); };
    std::vector<Gate*> open;
    for (Gate& gate : gates_)
        if (open_to(gate, applicant)) open.push_back(&gate);
    if (open.empty()) return {Admission::not_allowed, 0};
    count(ProgrammeFlow::applicants);
    for (const std::uint8_t region : regions) {
        const std::size_t cell = static_cast<std::size_t>(region) * occupations + applicant.target;
        std::int64_t all = 0;
        Gate* taken = nullptr;
        for (Gate* gate : open)
            if (gate->places[cell] > 0) {
                all += gate->places[cell];
                taken = gate;
            }
        if (taken == nullptr) continue;
        if (all > taken->places[cell]) {
            double u = world_.random.draw({lot_info.key, sim::person(applicant.row), world_.month, choice_of_gate}).uniform() * static_cast<double>(all);
            for (Gate* gate : open) {
                if (gate->places[cell] <= 0) continue;
                taken = gate;
                u -= gate->places[cell];
                if (u < 0) break;
            }
        }
        const std::uint32_t lot = taken->offer != nullptr ? taken->offer->lot : 0;
        count_for_measure(world_, lot, applicant.home, PolicyFlow::applicants);
        if (lot_refuses(world_, applicant.row, number(*taken, applicant.kind))) {
            bar(world_, applicant.row, number(*taken, applicant.kind));
            count(ProgrammeFlow::refused_lot);
            count_for_measure(world_, lot, applicant.home, PolicyFlow::refused_lot);
            follow(world_, lot, applicant.row, applicant.target, true);
            return {Admission::refused_lot, lot};
        }
        --taken->places[cell];
        count_for_measure(world_, lot, applicant.home, PolicyFlow::participants);
        follow(world_, lot, applicant.row, applicant.target, false);
        return {Admission::admitted, lot};
    }
    count(ProgrammeFlow::refused_place);
    // For want of a place at the gate that offers most of them.
    const Offer* most = nullptr;
    double mean = 0;
    for (const Gate* gate : open)
        for (const std::uint8_t region : regions)
            if (const std::size_t cell = static_cast<std::size_t>(region) * occupations + applicant.target; !gate->mean.empty() && gate->mean[cell] > mean) {
                mean = gate->mean[cell];
                most = gate->offer;
            }
    const std::uint32_t lot = most != nullptr ? most->lot : 0;
    count_for_measure(world_, lot, applicant.home, PolicyFlow::applicants);
    count_for_measure(world_, lot, applicant.home, PolicyFlow::refused_place);
    return {Admission::refused_place, lot};
}

std::vector<std::int32_t> Gates::left() const {
    std::vector<std::int32_t> left = gates_.front().places;
    for (std::size_t g = 1; g < gates_.size(); ++g)
        for (std::size_t cell = 0; cell < left.size(); ++cell) left[cell] += gates_[g].places[cell];
    return left;
}

}  // namespace models
