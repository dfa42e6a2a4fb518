/// What employers and persons of the twin do in a month.

#include <algorithm>
#include <cmath>

#include "tests/naive/arithmetic.hpp"
#include "tests/naive/twin.hpp"

namespace naive {

using models::Education;
using models::Field;
using models::LabourStatus;
using models::no_occupation;

namespace {

int search_age(int age) { return age < 20 ? 0 : age < 25 ? 1 : age < 35 ? 2 : age < 45 ? 3 : age < 55 ? 4 : 5; }

}  // namespace

// Process 4, employers.

void Employer::step(Market& market, Engine& engine) {
    const auto& p = market.parameters.demand;
    const auto& separations = market.parameters.separations;
    for (Post& post : posts) {
        const double direct = std::min(1.0, market.tables.demand.direct_share[post.occupation] * p.direct_factor);
        const double tight = market.tightness(region, post.occupation);
        const double wage_factor = std::pow(std::clamp(tight, 0.1, 10.0), market.parameters.wages.new_hire_elasticity);
        const auto open = [&](bool posted) { market.open({&post, market.month, posted, wage_level * wage_factor}); };
        int opened = 0;
        for (; post.left > 0; --post.left) {
            const double before = post.staff + post.posted + post.direct + opened + post.left;
            if (!chance(std::min(1.0, post.target / before), engine)) continue;
            open(!chance(direct, engine));
            ++opened;
        }
        const int shortfall = post.target - post.staff - post.posted - post.direct - opened;
        post.surplus = std::max(0, -shortfall);
        post.latent = std::min(post.latent, std::max(0, shortfall));
        if (shortfall > 0) {
            const double again = std::min(1.0, p.repost * std::pow(std::max(tight, 0.05), -p.repost_elasticity));
            const int reposted = rounded(post.latent * again, engine);
            for (int n = 0; n < reposted; ++n) open(true);
            post.latent -= reposted;
            const int more = rounded(p.adjustment * std::max(0, shortfall - reposted - post.latent), engine);
            const int by_vacancy = rounded(more * (1 - direct), engine);
            for (int n = 0; n < more; ++n) open(n < by_vacancy);
        }
        const double excess = post.staff - post.desired - std::max(1.0, separations.excess_tolerance * post.staff);
        post.lay_off = post.staff > 1 && excess > 0 ? separations.excess_speed * excess / post.staff : 0;
    }
}

// Process 5, separations; process 6, search.

int Person::age(const Market& market) const { return (market.month - birth) / 12; }

void Person::step(Market& market, Engine& engine) {
    const bool moved = status == LabourStatus::employed ? may_lose_job(market, engine) : may_change_status(market, engine);
    if (!moved) search(market, engine);
}

bool Person::may_lose_job(Market& market, Engine& engine) {
    const auto& t = market.tables.separations;
    const auto& p = market.parameters.separations;
    const int years = age(market);
    const double short_tenure = market.month - since < 24 ? p.short_tenure : (1 - 0.25 * p.short_tenure) / 0.75;
    const double young = years < 25 ? 1.5 : years < 55 ? 1.0 : 0.6;
    const double frail = years < 35 ? 0.3 : years < 50 ? 0.8 : years < 60 ? 1.6 : 2.2;
    struct Cause {
        double probability, to_unemployment;
        bool far;
    };
    const Cause causes[] = {
        {(temporary ? t.leave_flexible * 0.18 : t.leave_permanent * p.quit_share * short_tenure) * young * p.quit, p.quit_to_unemployment, false},
        {(temporary ? t.leave_flexible * 0.12 : t.leave_permanent * p.layoff_share) * p.layoff, p.layoff_to_unemployment, false},
        {post->lay_off, p.layoff_to_unemployment, false},
        {t.leave_permanent * (1 - p.quit_share - p.layoff_share) * frail, 0, true},
    };
    // Each cause is a clock; the one that rings first within the month counts.
    const Cause* first = nullptr;
    double earliest = 1;
    for (const Cause& cause : causes) {
        if (cause.probability <= 0) continue;
        const double rings = std::log(1 - uniform(engine)) / std::log(1 - cause.probability);
        if (rings < earliest) {
            earliest = rings;
            first = &cause;
        }
    }
    if (first != nullptr) {
        leave(market, first->to_unemployment, first->far, engine);
        return true;
    }
    if (ends != market.month) return false;
    const double u = uniform(engine);
    if (u < p.contract_renewal) {
        ends = market.month + 6 + static_cast<int>(uniform(engine) * 7);
    } else if (u < p.contract_renewal + p.contract_permanent) {
        temporary = false;
        ends = 0;
    } else {
        leave(market, p.contract_end_to_unemployment, false, engine);
        return true;
    }
    return false;
}

void Person::leave(Market& market, double to_unemployment, bool far, Engine& engine) {
    ++market.seen.jobs_ended;
    if (previous != occupation) earlier = previous;
    previous = occupation;
    occupation = no_occupation;
    --post->staff;
    ++post->left;
    post = nullptr;
    ends = 0;
    wage = 0;
    since = market.month;
    status = chance(to_unemployment, engine) ? LabourStatus::unemployed : LabourStatus::inactive;
    const double u = uniform(engine);
    if (status == LabourStatus::inactive) distance = far || u >= 0.7 ? 2 : u >= 0.3 ? 1 : 0;
}

bool Person::may_change_status(Market& market, Engine& engine) {
    const auto& t = market.tables.separations;
    const auto& p = market.parameters.separations;
    const int years = age(market);
    if (status == LabourStatus::unemployed) {
        if (!chance(t.give_up * (market.month - since < 3 ? p.give_up_early : 1.1) * (years >= 60 ? 1.4 : 1.0) * p.give_up, engine)) return false;
        market.seen.spells_ended_after.push_back(market.month - since);
        status = LabourStatus::inactive;
        const double u = uniform(engine);
        distance = u >= 0.7 ? 2 : u >= 0.3 ? 1 : 0;
    } else {
        const double near[] = {3.6, 1.6, 0.25};
        const double pull = std::min(1.5, std::pow(std::max(market.mean_tightness(region), 0.01), p.looking_tightness));
        if (!chance(std::min(0.95, t.start_looking * near[distance] * t.looking_age[search_age(years)] * pull * p.start_looking), engine)) return false;
        status = LabourStatus::unemployed;
    }
    since = market.month;
    return true;
}

double Person::experience(std::size_t in) const { return occupation == in || previous == in ? 1 : earlier == in ? 0.5 : 0; }

/// Log wage, net of travel, below which no offer is taken.
double Person::lowest_value(const Market& market) const {
    const auto& p = market.parameters.search;
    if (status == LabourStatus::employed) {
        const bool ending = ends != 0 && ends - market.month < 3;
        return std::log(wage) - p.travel_cost * market.minutes(region, post->employer->region) + (ending ? std::log(p.reservation_start) : p.move_margin);
    }
    if (status != LabourStatus::unemployed || previous == no_occupation) return -1e9;
    const double share = std::max(p.reservation_floor, p.reservation_start - p.reservation_monthly * (market.month - since));
    return std::log(100 * market.usual_wage(previous, education, age(market)) * share) - p.travel_cost * market.minutes(region, region);
}

void Person::search(Market& market, Engine& engine) {
    const auto& p = market.parameters.search;
    const int years = age(market);
    const auto& seeking = market.tables.search;
    double mean = p.applications_unemployed * seeking.unemployed_age[search_age(years)] * seeking.unemployed_region[region];
    if (status == LabourStatus::employed) {
        const double by_age[] = {1.3, 1.6, 1.3, 1.0, 0.7, 0.35};
        const double gap = std::log(100 * market.usual_wage(occupation, education, years) / wage);
        double factor = std::exp(p.wage_gap_slope * std::clamp(gap, -0.7, 0.7));
        if (market.month - since < 24) factor *= p.short_tenure_factor;
        if (ends != 0 && ends - market.month < 3) factor *= p.contract_end_factor;
        mean = chance(p.employed_search * by_age[search_age(years)] * std::min(factor, 4.0), engine) ? p.applications_employed : 0;
    } else if (status == LabourStatus::inactive) {
        const double by_age[] = {1.6, 1.6, 1.2, 1.0, 0.7, 0.3};
        const double near[] = {1.0, 0.5, 0.15};
        mean = chance(p.inactive_search * (years >= 65 ? 0.05 : by_age[search_age(years)]) * near[distance], engine) ? p.applications_inactive : 0;
    }
    if (mean == 0) return;
    std::vector<Slot*> found;
    for (int n = rounded(mean * p.search_intensity, engine); n > 0; --n) {
        Slot* slot = market.look(*this, found, engine);
        if (slot == nullptr) continue;
        found.push_back(slot);
        const Employer& employer = *slot->post->employer;
        const std::size_t job = slot->post->occupation;

        // What the employer thinks of the applicant.
        const double missing = market.tables.search.required_education[job] - rank(education);
        double suits = missing > 0 ? -p.under_education * missing : p.over_education * missing;
        if (group(job) != Field::other) suits += field == group(job) ? p.field_fit : -p.field_fit;
        suits += p.experience_fit * experience(job) - p.proximity * (market.minutes(region, employer.region) - market.minutes(region, region));
        const double u = uniform(engine);
        suits += p.taste * std::log(u / (1 - u));
        const double tight = std::clamp(market.tightness(employer.region, job), 0.1, 10.0);
        const double standard = (slot->posted ? p.standard_posted : p.standard_direct) + p.standards +
                                market.tables.search.standard_in(employer.region, static_cast<models::Occupation>(job));
        if (suits < standard - p.standard_tightness * std::log(tight)) continue;
        if (slot->post == post) continue;

        // What the applicant thinks of the offer.
        const auto& wages = market.tables.wages;
        const auto& w = market.parameters.wages;
        const double luck = std::clamp(uniform(engine), 0.005, 0.995);
        const double spread = std::log(wages.upper_quartile[job] / wages.lower_quartile[job]) / (2 * std::log(3.0));
        const double offer = market.usual_wage(job, education, years) * std::pow(wages.sector_factor[employer.sector], w.sector_spread) * slot->wage_factor *
                             std::exp(w.luck * spread * std::log(luck / (1 - luck)));
        const double cents = 100 * std::max(offer, market.minimum_wage(years));
        const double value = std::log(cents) - p.travel_cost * market.minutes(region, employer.region);
        if (value >= lowest_value(market)) market.apply({this, slot, suits, value, static_cast<int>(cents + 0.5)});
    }
}

void Person::hire(Market& market, const Application& application, Engine& engine) {
    if (status == LabourStatus::unemployed) market.seen.spells_ended_after.push_back(market.month - since);
    ++market.seen.hires;
    if (post != nullptr) {
        ++market.seen.moves;
        --post->staff;
        ++post->left;
        if (previous != occupation) earlier = previous;
        previous = occupation;
    }
    Slot& slot = *application.slot;
    if (slot.posted) market.seen.vacancies_filled_after.push_back(market.month - slot.opened);
    --(slot.posted ? slot.post->posted : slot.post->direct);
    post = slot.post;
    slot = Slot{};
    ++post->staff;
    occupation = post->occupation;
    status = LabourStatus::employed;
    since = market.month;
    wage = application.wage;
    const double share = market.tables.search.temporary[static_cast<std::size_t>(search_age(age(market)))];
    temporary = post->employer->sector == models::index_of(models::Sector::agency_work) || chance(share, engine);
    const double u = uniform(engine);
    ends = temporary ? market.month - 1 + (u < 0.3 ? 7 : u < 0.8 ? 12 : 24) : 0;
}

}  // namespace naive
