#include "models/applications.hpp"

#include <algorithm>
#include <array>

#include "models/parameters.hpp"
#include "models/progress.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/slots.hpp"

namespace models {
namespace {

/// A filled slot that somebody found, on its way through the stages below.
struct Found {
    std::uint32_t applicant;
    std::uint32_t slot;
    std::uint32_t submarket;
    std::uint32_t taste;
    std::uint32_t luck;
};

double experience_in(const Person& person, Occupation o) {
    if (person.occupation == o || person.previous == o) return 1;
    return person.earlier == o ? 0.5 : 0;
}

/// A person as employers and the person see it: who is about to graduate applies with the diploma of July.
Person as_applicant(const Person& person, SeekerKind kind) {
    Person applicant = person;
    if (kind == SeekerKind::graduate) {
        const auto reached = after_diploma({person.education, person.field}, person.track, person.study_field);
        applicant.education = reached.education;
        applicant.field = reached.field;
    }
    return applicant;
}

}  // namespace

double suitability(const Fit& fit, const SearchParameters& p) {
    const double short_of = fit.required - fit.rank;
    double s = short_of > 0 ? -p.under_education * short_of : p.over_education * short_of;
    if (fit.field_matters) s += fit.field_fits ? p.field_fit : -p.field_fit;
    return s + p.experience_fit * fit.experience - p.proximity * fit.further_minutes;
}

double taste_of(double u, const SearchParameters& p) { return p.taste * sim::logarithm(u / (1 - u)); }

double standard_of(bool posted, double tightness, const SearchParameters& p) {
    return (posted ? p.standard_posted : p.standard_direct) + p.standards - p.standard_tightness * sim::logarithm(std::clamp(tightness, 0.1, 10.0));
}

double reservation_of(int months, const SearchParameters& p) {
    return sim::logarithm(std::max(p.reservation_floor, p.reservation_start - p.reservation_monthly * months));
}

double value_of(double log_wage, double minutes, const SearchParameters& p) { return log_wage - p.travel_cost * minutes; }

void WageOffers::build(const World& world) {
    const auto& tables = world.tables->wages;
    const auto& p = world.parameters->wages;
    expected_.resize(static_cast<std::size_t>(occupations) * 5 * ages);
    minimum_.resize(ages);
    spread_.resize(occupations);
    for (std::size_t sector = 0; sector < sectors; ++sector) sector_[sector] = sim::power(tables.sector_factor[sector], p.sector_spread);
    std::array<double, ages> of_age{};
    for (int age = 0; age < ages; ++age) {
        of_age[static_cast<std::size_t>(age)] = age_factor(age, p);
        minimum_[static_cast<std::size_t>(age)] = minimum_wage(tables, age);
    }
    for (std::size_t o = 0; o < occupations; ++o) {
        // The standard logistic law has its quartiles at plus and minus log 3.
        spread_[o] =
            tables.lower_quartile[o] > 0 ? p.luck * (sim::logarithm(tables.upper_quartile[o] / tables.lower_quartile[o]) / (2 * sim::logarithm(3.0))) : 0;
        for (std::size_t e = 0; e < 5; ++e) {
            const double of_education = education_factor(tables, static_cast<Education>(e), static_cast<Occupation>(o), p);
            for (std::size_t age = 0; age < ages; ++age) expected_[(o * 5 + e) * ages + age] = tables.median[o] * of_age[age] * of_education * p.wage_level;
        }
    }
}

std::uint16_t WageOffers::offer(const World& world, PostNumber post, Education education, int age, double wage_factor, double luck) const {
    const auto& employer = world.employer_of(post);
    const Occupation o = world.employers.post[post].occupation;
    const auto a = static_cast<std::size_t>(std::clamp(age, 0, ages - 1));
    const double u = std::clamp(luck, 0.005, 0.995);
    const double euro = expected_[(o * std::size_t{5} + index_of(education)) * ages + a] * sector_[index_of(employer.sector)] *
                        static_cast<double>(employer.wage_level) * wage_factor * sim::exponential(spread_[o] * sim::logarithm(u / (1 - u)));
    return static_cast<std::uint16_t>(std::clamp(std::max(euro, minimum_[a]) * 100 + 0.5, 1.0, 65535.0));
}

void SearchConditions::update(const World& world) {
    const auto& slots = world.vacancies.slot;
    constexpr std::size_t words = 256;
    filled.resize((slots.size() + 63) / 64);
    sim::for_each_task((filled.size() + words - 1) / words, [&](std::size_t task) {
        for (std::size_t w = task * words; w < std::min(filled.size(), (task + 1) * words); ++w) {
            std::uint64_t bits = 0;
            const std::size_t end = std::min(slots.size(), (w + 1) * 64);
            for (std::size_t s = w * 64; s < end; ++s) bits |= static_cast<std::uint64_t>(!slots[s].empty()) << (s % 64);
            filled[w] = bits;
        }
    });
    offers.build(world);
    const auto& p = world.parameters->search;
    const std::size_t submarkets = world.vacancies.open.size();
    standard.resize(2 * submarkets);
    for (std::size_t s = 0; s < submarkets; ++s) {
        const double tightness = s < world.market.tightness.size() ? world.market.tightness[s] : 1.0;
        standard[2 * s] = static_cast<float>(standard_of(true, tightness, p));
        standard[2 * s + 1] = static_cast<float>(standard_of(false, tightness, p));
    }
}

void write_applications(const World& world, sim::Month month, const Reach& reach, const UsualWages& usual, const SearchConditions& conditions,
                        const std::vector<Seeker>& seekers, BlockApplications& out) {
    const auto& p = world.parameters->search;
    const auto& tables = world.tables->search;
    const auto& persons = world.persons;
    const auto& employers = world.employers;
    const auto& slots = world.vacancies.slot;
    out.applicant.clear();
    out.application.clear();
    out.wage.clear();
    out.sent = 0;
    out.tries = 0;
    std::vector<Found> found;
    found.reserve(seekers.size() * 2);

    // Find filled slots. The stages below do one thing each for all, so that memory is fetched while others are being treated.
    for (const auto& seeker : seekers) {
        __builtin_prefetch(&persons.record[seeker.row]);
        __builtin_prefetch(&persons.post[seeker.row]);
    }
    for (std::uint32_t i = 0; i < seekers.size(); ++i) {
        const Row row = seekers[i].row;
        const Person person = as_applicant(persons.record[row], seekers[i].kind);
        const std::size_t home = Reach::home_of(world, persons.region[row], person);
        const std::size_t profile = seekers[i].kind == SeekerKind::student ? student_profile : profile_of(person);
        const bool sham = row == p.sham_seeker && (p.sham_month == 0 || p.sham_month == month.number());
        const std::size_t first = found.size();
        for (std::uint32_t j = 0; j < seekers[i].applications; ++j)
            for (std::uint32_t a = 0; a < application_tries; ++a) {
                const auto draw = world.random.draw({search_info.key, sim::person(row), month, 16 * j + a + (sham ? sham_shift : 0)});
                ++out.tries;
                const auto submarket = reach.submarket(home, profile, draw.words[0]);
                const auto table = reach.slots(home, submarket);
                if (table.size() == 0) continue;
                const std::uint32_t slot = table.begin + sim::place_of(draw.words[1], table.size());
                if (!conditions.has_vacancy(slot)) continue;
                // A slot that this person has applied to already counts as empty.
                if (std::any_of(found.begin() + static_cast<std::ptrdiff_t>(first), found.end(), [&](const Found& f) { return f.slot == slot; })) continue;
                __builtin_prefetch(&slots[slot]);
                found.push_back({i, slot, submarket, draw.words[2], draw.words[3]});
                break;
            }
    }
    out.sent = static_cast<std::int32_t>(found.size());
    for (const auto& f : found) __builtin_prefetch(&employers.post[slots[f.slot].post]);
    for (const auto& f : found) __builtin_prefetch(&employers.employer[employers.post[slots[f.slot].post].employer]);

    // Judge them from both sides.
    const auto& places = world.tables->regions;
    std::uint32_t last = 0xFFFFFFFFU;
    double lowest = 0;
    double within = 0;
    for (const auto& f : found) {
        const Seeker& seeker = seekers[f.applicant];
        const Person person = as_applicant(persons.record[seeker.row], seeker.kind);
        const int age = world.age(seeker.row);
        const int home = persons.region[seeker.row];
        const PostNumber own = persons.post[seeker.row];
        if (f.applicant != last) {
            last = f.applicant;
            within = places.travel_minutes(home, home);
            // The least that the seeker takes, as log wage net of travel.
            lowest = -1e9;
            if (seeker.kind == SeekerKind::employed && person.wage > 0) {
                const bool ending = person.ends != 0 && person.ends - month.number() < 3;
                const double there = places.travel_minutes(home, world.employer_of(own).region);
                lowest = value_of(sim::logarithm(person.wage), there, p) + (ending ? sim::logarithm(p.reservation_start) : p.move_margin);
            } else if (seeker.kind == SeekerKind::unemployed && person.previous != no_occupation) {
                lowest = value_of(static_cast<double>(usual.log_wage(person.previous, person.education, age)), within, p) +
                         reservation_of(std::max(0, months_since(person.since, month)), p);
            }
        }
        const Vacancy& vacancy = slots[f.slot];
        if (vacancy.post == own) continue;  // one's own job is no other job
        const auto occupation = static_cast<Occupation>(f.submarket % occupations);
        const double minutes = places.travel_minutes(home, static_cast<int>(f.submarket / occupations));
        const Fit fit{.rank = education_rank(person.education),
                      .required = tables.required_education[occupation],
                      .field_matters = is_technical_or_ict(occupation),
                      .field_fits = person.field == group_of(occupation),
                      .experience = experience_in(person, occupation),
                      .further_minutes = minutes - within};
        const double suits = suitability(fit, p) + taste_of(sim::Draw::uniform_of(f.taste), p);
        if (suits < static_cast<double>(conditions.standard[2 * f.submarket + (vacancy.posted != 0 ? 0 : 1)])) continue;
        const std::uint16_t wage =
            conditions.offers.offer(world, vacancy.post, person.education, age, static_cast<double>(vacancy.wage_factor), sim::Draw::uniform_of(f.luck));
        const double value = value_of(sim::logarithm(wage), minutes, p);
        if (value < lowest) continue;
        if (out.applicant.empty() || out.applicant.back().row != seeker.row)
            out.applicant.push_back({seeker.row, seeker.kind, static_cast<std::uint32_t>(out.application.size()), 0});
        ++out.applicant.back().count;
        out.application.push_back({static_cast<std::uint32_t>(out.applicant.size() - 1), f.slot, static_cast<float>(suits), static_cast<float>(value)});
        out.wage.push_back(wage);
    }
}

}  // namespace models
