/// The market of the twin: what it begins with, tightness, slots, and matching.

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/naive/arithmetic.hpp"
#include "tests/naive/twin.hpp"

namespace naive {

using models::Education;
using models::LabourStatus;
using models::no_occupation;
using models::occupations;

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
    beside_ = start.vacancies.beside;
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
    return std::max(euro * p.offers * p.wage_level, minimum_wage(age));
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
        for (int r = 0; r < regions_ && beside_[o] > 0; ++r) {
            const double further = minutes(person.region, r) - minutes(person.region, person.region);
            const double journey = further <= 0 ? 1 : std::pow(p.boundary_weight, 1 / p.mobility) * std::exp(-p.travel_decay / p.mobility * further);
            weight[submarket(r, o)] = share[o] * journey * static_cast<double>(slots_[submarket(r, o)].size()) / beside_[o];
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
    // Looked up by address and walked in the order of applications, so that a seed gives one outcome.
    std::map<Slot*, std::vector<Application*>> of_slot;
    std::map<Person*, Application*> held;
    std::vector<Slot*> proposing;
    for (auto& application : applications_) {
        auto& list = of_slot[application.slot];
        if (list.empty()) proposing.push_back(application.slot);
        list.push_back(&application);
    }
    for (auto& [slot, list] : of_slot)  // the best applicant stands last
        std::sort(list.begin(), list.end(), [](const Application* a, const Application* b) { return a->suitability < b->suitability; });
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
        if (person->status == LabourStatus::employed) seen.log_wages += std::log(person->wage);
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
