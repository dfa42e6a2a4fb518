#include "tests/naive/twin.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace naive {
namespace {

using models::Education;
using models::Field;
using models::LabourStatus;
using models::no_occupation;
using models::occupations;

double uniform(Engine& engine) { return std::uniform_real_distribution<double>()(engine); }
bool chance(double p, Engine& engine) { return uniform(engine) < p; }
/// A mean number as a whole one, rounded at random.
int rounded(double mean, Engine& engine) { return static_cast<int>(mean + uniform(engine)); }

Field group(std::size_t occupation) { return occupation < 8 ? Field::technical : occupation < 10 ? Field::ict : Field::other; }
int rank(Education e) { return e == Education::low ? 0 : e == Education::hbo ? 2 : e == Education::wo ? 3 : 1; }
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
        const auto open = [&](bool posted) { market.open({&post, market.month, posted, wage_factor}); };
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
        if (!chance(std::min(0.95, t.start_looking * near[distance] * (years >= 55 ? 0.45 : 1.35) * pull * p.start_looking), engine)) return false;
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
    double mean = p.applications_unemployed;
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
        if (suits < (slot->posted ? p.standard_posted : p.standard_direct) + p.standards - p.standard_tightness * std::log(tight)) continue;
        if (slot->post == post) continue;

        // What the applicant thinks of the offer.
        const auto& wages = market.tables.wages;
        const auto& w = market.parameters.wages;
        const double luck = std::clamp(uniform(engine), 0.005, 0.995);
        const double spread = std::log(wages.upper_quartile[job] / wages.lower_quartile[job]) / (2 * std::log(3.0));
        const double offer = market.usual_wage(job, education, years) * std::pow(wages.sector_factor[employer.sector], w.sector_spread) * employer.wage_level *
                             slot->wage_factor * std::exp(w.luck * spread * std::log(luck / (1 - luck)));
        const double cents = 100 * std::max(offer, market.minimum_wage(years));
        const double value = std::log(cents) - p.travel_cost * market.minutes(region, employer.region);
        if (value >= lowest_value(market)) market.apply({this, slot, suits, value, static_cast<int>(cents + 0.5)});
    }
}

void Person::hire(Market& market, const Application& application, Engine& engine) {
    if (status == LabourStatus::unemployed) market.seen.spells_ended_after.push_back(market.month - since);
    ++market.seen.hires;
    if (post != nullptr) {
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

// The market.

Market::Market(const models::World& start, const models::Tables& tables_of_start, const models::Parameters& parameters_of_run)
    : tables(tables_of_start), parameters(parameters_of_run), month(start.month.number()), regions_(start.regions) {
    std::vector<Post*> post_of(start.employers.post.size(), nullptr);
    for (const auto& e : start.employers.employer) {
        if (!e.open()) continue;
        auto employer = std::make_unique<Employer>();
        employer->region = e.region;
        employer->sector = models::index_of(e.sector);
        employer->wage_level = static_cast<double>(e.wage_level);
        employer->posts.resize(e.posts);
        for (std::size_t k = 0; k < e.posts; ++k) {
            const auto& from = start.employers.post[e.first_post + k];
            const double desired = static_cast<double>(from.desired);
            employer->posts[k] = {employer.get(), from.occupation, desired,     static_cast<int>(desired + (from.rounding + 0.5) / 65536),
                                  from.staff,     from.posted,     from.direct, from.latent};
            post_of[e.first_post + k] = &employer->posts[k];
        }
        employers_.push_back(std::move(employer));
    }
    for (std::size_t row = 0; row < start.persons.size(); ++row) {
        const auto& from = start.persons.record[row];
        auto person = std::make_unique<Person>();
        person->birth = start.persons.birth[row];
        person->since = from.since;
        person->ends = from.ends;
        person->region = start.persons.region[row];
        person->wage = from.wage;
        person->distance = from.distance;
        person->education = from.education;
        person->field = from.field;
        person->occupation = from.occupation;
        person->previous = from.previous;
        person->earlier = from.earlier;
        person->status = from.status;
        person->temporary = from.contract == models::Contract::temporary;
        if (start.persons.post[row] != models::no_post) person->post = post_of[start.persons.post[row]];
        persons_.push_back(std::move(person));
    }
    for (std::size_t s = 0; s < static_cast<std::size_t>(regions_) * occupations; ++s) {
        slots_.emplace_back();
        for (std::size_t at = start.vacancies.first_slot[s]; at < start.vacancies.first_slot[s + 1]; ++at) {
            const auto& v = start.vacancies.slot[at];
            slots_.back().push_back(v.empty() ? Slot{} : Slot{post_of[v.post], v.opened, v.posted != 0, static_cast<double>(v.wage_factor)});
        }
    }
    tightness_ = start.market.tightness;
    reference_ = start.market.reference;
    where_.resize(static_cast<std::size_t>(regions_) * (occupations + 1) * 15);
}

double Market::mean_tightness(int region) const {
    double sum = 0;
    for (std::size_t o = 0; o < occupations; ++o) sum += tightness(region, o);
    return sum / occupations;
}

double Market::minimum_wage(int age) const { return tables.wages.youth_minimum[static_cast<std::size_t>(std::clamp(age - 15, 0, 6))]; }

double Market::usual_wage(std::size_t occupation, Education education, int age) const {
    const auto& p = parameters.wages;
    const double step = education == Education::low        ? -1
                        : education == Education::havo_vwo ? -0.3
                        : education == Education::hbo      ? 1.2
                        : education == Education::wo       ? 2
                                                           : 0;
    const double top = p.age_peak - 25;
    const auto log_age = [&](double years) {
        const double x = std::min(years - 25, top);
        return p.age_growth * (x - x * x / (2 * top)) - p.youth_growth * std::max(0.0, 23 - years);
    };
    const double euro =
        tables.wages.median[occupation] * std::exp(log_age(age) - log_age(40) + p.education_premium * (step - tables.wages.education_step[occupation]));
    return std::max(euro * p.wage_level, minimum_wage(age));
}

std::discrete_distribution<std::size_t>& Market::where(const Person& person) {
    const std::size_t last = person.occupation != no_occupation ? person.occupation : person.previous;
    const bool past = last != no_occupation;
    const auto key = ((static_cast<std::size_t>(person.region) * (occupations + 1) + (past ? last : occupations)) * 3 + models::index_of(person.field)) * 5 +
                     (past ? 0 : models::index_of(person.education));
    auto& law = where_[key];
    if (law.max() > 0) return law;
    const auto& t = tables.search;
    const auto& p = parameters.search;
    std::vector<double> share(occupations), weight(slots_.size());
    double of_field = 0, of_all = 0;
    const auto workers = [&](std::size_t o) {
        const double above = rank(person.education) - t.required_education[o];
        return t.workers[o] * (past ? 1.0 : above < -0.5 ? 0.05 : above > 1.5 ? 0.3 : 1.0);
    };
    for (std::size_t o = 0; o < occupations; ++o) {
        of_all += workers(o);
        if (group(o) == person.field) of_field += workers(o);
    }
    for (std::size_t o = 0; o < occupations; ++o) {
        const double learned = group(o) == person.field ? workers(o) / of_field : 0;
        share[o] =
            past ? (o == last ? p.own_occupation : 0) + p.field_reach * learned + (1 - p.own_occupation - p.field_reach) * t.switches[last * occupations + o]
                 : p.first_job_field * learned + (1 - p.first_job_field) * workers(o) / of_all;
    }
    for (std::size_t o = 0; o < occupations; ++o) {
        double everywhere = 0;
        for (int r = 0; r < regions_; ++r) everywhere += static_cast<double>(slots_[submarket(r, o)].size());
        for (int r = 0; r < regions_ && everywhere > 0; ++r) {
            const double further = minutes(person.region, r) - minutes(person.region, person.region);
            const double journey = further <= 0 ? 1 : std::pow(p.boundary_weight, 1 / p.mobility) * std::exp(-p.travel_decay / p.mobility * further);
            weight[submarket(r, o)] = share[o] * journey * static_cast<double>(slots_[submarket(r, o)].size()) / everywhere;
        }
    }
    return law = std::discrete_distribution<std::size_t>(weight.begin(), weight.end());
}

Slot* Market::look(const Person& person, const std::vector<Slot*>& found, Engine& engine) {
    auto& law = where(person);
    for (int attempt = 0; attempt < 17; ++attempt) {
        auto& table = slots_[law(engine)];
        Slot* slot = &table[std::uniform_int_distribution<std::size_t>(0, table.size() - 1)(engine)];
        if (slot->post != nullptr && std::find(found.begin(), found.end(), slot) == found.end()) return slot;
    }
    return nullptr;
}

void Market::step(Engine& engine) {
    ++month;
    seen = {};
    renew_tightness();
    for (auto& employer : employers_) employer->step(*this, engine);
    end_old_openings(engine);
    place_openings(engine);
    for (auto& person : persons_) person->step(*this, engine);
    match(engine);
}

/// Vacancies per unemployed person who fits, beside what is normal, smoothed over months. Thin submarkets borrow from their region.
void Market::renew_tightness() {
    std::vector<double> vacancies(slots_.size(), 0), unemployed(slots_.size(), 0);
    for (std::size_t s = 0; s < slots_.size(); ++s)
        for (const Slot& slot : slots_[s]) vacancies[s] += slot.post != nullptr && slot.posted;
    double of_field[3] = {0, 0, 0};
    for (std::size_t o = 0; o < occupations; ++o) of_field[models::index_of(group(o))] += tables.search.workers[o];
    for (const auto& person : persons_) {
        if (person->status != LabourStatus::unemployed) continue;
        if (person->previous != no_occupation) {
            unemployed[submarket(person->region, person->previous)] += 1;
            continue;
        }
        for (std::size_t o = 0; o < occupations; ++o)
            if (group(o) == person->field) unemployed[submarket(person->region, o)] += tables.search.workers[o] / of_field[models::index_of(person->field)];
    }
    for (int r = 0; r < regions_; ++r) {
        double open = 0, looking = 0;
        for (std::size_t o = 0; o < occupations; ++o) {
            open += vacancies[submarket(r, o)];
            looking += unemployed[submarket(r, o)];
        }
        for (std::size_t o = 0; o < occupations; ++o) {
            const std::size_t s = submarket(r, o);
            const double ratio = (vacancies[s] + 20 * (open + 1) / (looking + 1)) / (unemployed[s] + 20);
            tightness_[s] += parameters.demand.smoothing * (ratio / reference_[s] - tightness_[s]);
        }
    }
}

void Market::end_old_openings(Engine& engine) {
    const auto& p = parameters.demand;
    std::vector<Slot*> given_up, lapsed;
    for (auto& table : slots_)
        for (Slot& slot : table) {
            if (slot.post == nullptr) continue;
            const Post& post = *slot.post;
            const int months = month - slot.opened;
            const double above = std::min(1.0, post.surplus / std::max(1.0, static_cast<double>(post.posted + post.direct)));
            if (chance(!slot.posted && months >= p.direct_lapse_after ? 1.0 : p.withdrawal * above, engine))
                given_up.push_back(&slot);
            else if (slot.posted && months >= p.lapse_after && chance(p.lapse, engine))
                lapsed.push_back(&slot);
        }
    for (Slot* slot : lapsed) ++slot->post->latent;
    for (auto* ended : {&given_up, &lapsed})
        for (Slot* slot : *ended) {
            --(slot->posted ? slot->post->posted : slot->post->direct);
            *slot = Slot{};
        }
}

void Market::place_openings(Engine& engine) {
    for (const Slot& opening : fresh_) {
        auto& table = slots_[submarket(opening.post->employer->region, opening.post->occupation)];
        std::vector<Slot*> free;
        for (Slot& slot : table)
            if (slot.post == nullptr) free.push_back(&slot);
        if (free.empty()) continue;
        *free[std::uniform_int_distribution<std::size_t>(0, free.size() - 1)(engine)] = opening;
        ++(opening.posted ? opening.post->posted : opening.post->direct);
    }
    fresh_.clear();
}

/// Deferred acceptance: openings propose to their applicants by falling suitability, persons hold the best offer.
void Market::match(Engine& engine) {
    std::map<Slot*, std::vector<Application*>> of_slot;
    for (auto& application : applications_) of_slot[application.slot].push_back(&application);
    std::map<Person*, Application*> held;
    std::vector<Slot*> proposing;
    for (auto& [slot, list] : of_slot) {  // the best applicant stands last
        std::sort(list.begin(), list.end(), [](const Application* a, const Application* b) { return a->suitability < b->suitability; });
        proposing.push_back(slot);
    }
    while (!proposing.empty()) {
        Slot* slot = proposing.back();
        auto& list = of_slot[slot];
        if (list.empty()) {
            proposing.pop_back();
            continue;
        }
        Application* offer = list.back();
        list.pop_back();
        Application*& best = held[offer->person];
        if (best != nullptr && best->value >= offer->value) continue;
        proposing.pop_back();
        if (best != nullptr) proposing.push_back(best->slot);
        best = offer;
    }
    for (auto& application : applications_)
        if (held[application.person] == &application) application.person->hire(*this, application, engine);
    applications_.clear();
}

void Market::count() {
    for (const auto& person : persons_) {
        seen.employed += person->status == LabourStatus::employed;
        if (person->status == LabourStatus::unemployed) seen.unemployed_for.push_back(month - person->since);
    }
    for (const auto& table : slots_)
        for (const Slot& slot : table)
            if (slot.post != nullptr && slot.posted) seen.vacancies_open_for.push_back(month - slot.opened);
}

History Market::run(std::uint64_t seed, int months) {
    Engine engine(seed);
    History history;
    for (int m = 0; m < months; ++m) {
        step(engine);
        count();
        history.push_back(seen);
    }
    return history;
}

}  // namespace naive
