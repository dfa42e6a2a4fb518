#include "regions/participation_by_age.hpp"

namespace regions::synthesis {
namespace {

/// Of those at work at `last_assumed`, the share that retirement leaves: the mean over each slot; 1 up to that age.
std::array<double, slots> left_at_work(const models::Tables& tables, const models::SeparationParameters& p, bool self_employed) {
    std::array<double, slots> left{};
    for (std::size_t slot = 0; slot < slots && age_of(slot) <= last_assumed; ++slot) left[slot] = 1;
    double share = 1;
    for (int months = (last_assumed + 1) * 12; months < (last_working_age + 1) * 12; ++months) {
        if (months == state_pension_months) share *= self_employed ? p.work_on_self_employed : p.work_on;
        const std::size_t slot = slot_of(months);
        const std::size_t late_part = late_months(age_of(slot));
        left[slot] += share / static_cast<double>(slot % 2 == 1 ? late_part : 12 - late_part);
        share *= 1 - models::retirement_probability(tables.separations, p, months, state_pension_months, self_employed).value();
    }
    return left;
}

}  // namespace

Participation participation_by_age(const models::Tables& tables, const models::SeparationParameters& p, double self_employed) {
    constexpr std::array<std::array<double, 2>, 11> knots{
        {{15, .60}, {16, .67}, {17, .73}, {18, .77}, {20, .82}, {24, .86}, {30, .885}, {40, .87}, {50, .87}, {55, .84}, {58, .79}}};
    Participation result{{}, left_at_work(tables, p, false), left_at_work(tables, p, true)};
    double assumed = 0;
    for (std::size_t slot = 0; slot < slots; ++slot) {
        const int age = age_of(slot);
        if (age <= last_assumed) {
            std::size_t k = 1;
            while (age > knots[k][0]) ++k;
            assumed = knots[k - 1][1] + (age - knots[k - 1][0]) / (knots[k][0] - knots[k - 1][0]) * (knots[k][1] - knots[k - 1][1]);
        }
        result.at_work[slot] = assumed * ((1 - self_employed) * result.employees[slot] + self_employed * result.self_employed[slot]);
    }
    return result;
}

}  // namespace regions::synthesis
