#include "models/search.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <vector>

#include <catch2/catch.hpp>

#include "models/applications.hpp"
#include "models/hiring.hpp"
#include "models/reach.hpp"
#include "models/search_scratch.hpp"
#include "models/seekers.hpp"
#include "models/vacancy_slots.hpp"
#include "models/wages.hpp"
#include "sim/error.hpp"
#include "tests/support/small_market.hpp"

using namespace models;
using tests::SmallMarket;

namespace {

/// Everything that search may change, as bytes.
std::vector<unsigned char> bytes_of(const World& world) {
    std::vector<unsigned char> bytes;
    const auto add = [&](const auto& list) {
        const auto* from = reinterpret_cast<const unsigned char*>(list.data());
        bytes.insert(bytes.end(), from, from + list.size() * sizeof(list[0]));
    };
    add(world.persons.record);
    add(world.persons.post);
    add(world.persons.risk);
    add(world.vacancies.slot);
    add(world.vacancies.open);
    add(world.vacancies.flows.filled);
    for (const auto& d : world.departures) {
        const std::vector<std::uint32_t> departure{d.row, d.post};
        add(departure);
    }
    for (const auto& post : world.employers.post) {
        const std::vector<std::int32_t> numbers{post.staff, post.posted, post.direct, post.latent};
        add(numbers);
    }
    return bytes;
}

std::size_t changed_people(const World& a, const World& b) {
    std::size_t changed = 0;
    for (Row row = 0; row < a.persons.size(); ++row)
        changed += a.persons.post[row] != b.persons.post[row] || std::memcmp(&a.persons.record[row], &b.persons.record[row], sizeof(Person)) != 0;
    return changed;
}

/// Staff and openings of every post equal the workers and slots that point to it, and totals by submarket equal their slots.
void check_consistent(const World& world) {
    std::vector<std::int32_t> staff(world.employers.post.size(), 0), posted(staff), direct(staff);
    for (const auto post : world.persons.post)
        if (post != no_post) ++staff[post];
    std::vector<std::int32_t> open(world.vacancies.open.size(), 0);
    std::size_t misplaced = 0;
    for (std::size_t s = 0; s + 1 < world.vacancies.first_slot.size(); ++s)
        for (auto slot = world.vacancies.first_slot[s]; slot < world.vacancies.first_slot[s + 1]; ++slot) {
            const auto& v = world.vacancies.slot[slot];
            if (v.empty()) continue;
            misplaced += submarket_of(world, v.post) != s;
            const auto table = slots_of(world, s, world.employer_of(v.post).gate);
            misplaced += slot < table.begin || slot >= table.end;
            ++(v.posted != 0 ? posted : direct)[v.post];
            open[s] += v.posted;
        }
    std::size_t wrong = 0;
    for (std::size_t p = 0; p < staff.size(); ++p) {
        const Post& post = world.employers.post[p];
        wrong += post.staff != staff[p] || post.posted != posted[p] || post.direct != direct[p];
    }
    CHECK(misplaced == 0);
    CHECK(wrong == 0);
    CHECK(open == world.vacancies.open);
}

}  // namespace

TEST_CASE("an employee searches more at short tenure, near the end of a contract and below the usual wage", "[models][unit]") {
    const SearchParameters p;
    const double usual = employed_search_probability({.age = 40, .tenure = 60}, p);
    CHECK(usual == Approx(p.employed_search));
    CHECK(employed_search_probability({.age = 40, .tenure = 23}, p) == Approx(usual * p.short_tenure_factor));
    CHECK(employed_search_probability({.age = 40, .tenure = 24}, p) == Approx(usual));
    CHECK(employed_search_probability({.age = 40, .tenure = 60, .months_to_end = 2}, p) == Approx(usual * p.contract_end_factor));
    CHECK(employed_search_probability({.age = 40, .tenure = 60, .months_to_end = 3}, p) == Approx(usual));
    CHECK(employed_search_probability({.age = 40, .tenure = 60, .wage_gap = 0.1}, p) == Approx(usual * std::exp(0.1 * p.wage_gap_slope)));
    CHECK(employed_search_probability({.age = 75, .tenure = 6}, p) == 0.0);
    // Never above the bound of the thinned stream.
    for (int age = 15; age < 75; ++age)
        CHECK(employed_search_probability({.age = age, .tenure = 1, .months_to_end = 0, .wage_gap = 3}, p) <=
              employed_search_bound * employed_age_factor(age) + 1e-12);
}

TEST_CASE("the inactive search less at a distance and with age, outsiders answer to tightness", "[models][unit]") {
    const SearchParameters p;
    CHECK(inactive_search_probability(40, 0, p) == Approx(p.inactive_search));
    CHECK(inactive_search_probability(40, 2, p) < inactive_search_probability(40, 1, p));
    CHECK(inactive_search_probability(60, 0, p) < inactive_search_probability(40, 0, p));
    CHECK(inactive_search_probability(75, 0, p) == 0.0);
    CHECK(outsider_search_probability(1, p) == Approx(p.outsider_search));
    CHECK(outsider_search_probability(2, p) == Approx(p.outsider_search * std::pow(2, p.outsider_elasticity)));
    CHECK(applications_of(1.5, 0.49) == 1);
    CHECK(applications_of(1.5, 0.51) == 2);
    CHECK(applications_of(0.8, 0.19) == 0);
}

TEST_CASE("an employer prefers the right level, field and experience, and asks for less when labour is scarce", "[models][unit]") {
    const SearchParameters p;
    CHECK(suitability({.rank = 1, .required = 1}, p) == Approx(0.0));
    CHECK(suitability({.rank = 0, .required = 1}, p) == Approx(-p.under_education));
    CHECK(suitability({.rank = 2, .required = 1}, p) == Approx(-p.over_education));
    CHECK(suitability({.field_matters = true, .field_fits = true}, p) == Approx(p.field_fit));
    CHECK(suitability({.field_matters = true, .field_fits = false}, p) == Approx(-p.field_fit));
    CHECK(suitability({.experience = 0.5, .further_minutes = 20}, p) == Approx(0.5 * p.experience_fit - 20 * p.proximity));
    CHECK(standard_of(true, 1, p) == Approx(p.standard_posted));
    CHECK(standard_of(false, 1, p) == Approx(p.standard_direct));
    CHECK(standard_of(true, 2, p) == Approx(p.standard_posted - p.standard_tightness * std::log(2)));
    CHECK(taste_of(0.5, p) == Approx(0.0));
    CHECK(reservation_of(0, p) == Approx(std::log(p.reservation_start)));
    CHECK(reservation_of(5, p) == Approx(std::log(p.reservation_start - 5 * p.reservation_monthly)));
    CHECK(reservation_of(120, p) == Approx(std::log(p.reservation_floor)));
    CHECK(value_of(3, 10, p) == Approx(3 - 10 * p.travel_cost));
}

TEST_CASE("a hire gets contract, length and hours from its draw", "[models][unit]") {
    SearchTables tables;
    tables.temporary.fill(0.5);
    for (auto& sex : tables.hours) sex.fill({0.25, 0.25, 0.25, 0.25});
    const sim::Draw low{{0x10000000U, 0x10000000U, 0x10000000U, 0}};
    const sim::Draw high{{0xF0000000U, 0xF0000000U, 0xF0000000U, 0}};
    const auto temporary = terms_of(SeekerKind::unemployed, Sex::men, 30, Sector::industry, tables, low);
    CHECK(temporary.contract == Contract::temporary);
    CHECK(temporary.months == 7);
    CHECK(temporary.hours == 14);
    const auto permanent = terms_of(SeekerKind::unemployed, Sex::men, 30, Sector::industry, tables, high);
    CHECK(permanent.contract == Contract::permanent);
    CHECK(permanent.months == 0);
    CHECK(permanent.hours == 38);
    CHECK(terms_of(SeekerKind::unemployed, Sex::men, 30, Sector::agency_work, tables, high).contract == Contract::temporary);
    CHECK(terms_of(SeekerKind::student, Sex::women, 18, Sector::trade, tables, low).contract == Contract::side_job);
}

TEST_CASE("two words choose a submarket and a slot with the probability of their weight", "[models][law]") {
    SmallMarket market(2'000, 100);
    Reach reach;
    reach.build(market.world);
    const std::size_t home = 0;
    const std::size_t profile = 3 * 4 + 1;  // last occupation 4, field ICT
    const auto shares = occupation_shares(market.world, profile);
    double total = 0;
    for (const double s : shares) total += s;
    CHECK(total == Approx(1.0));
    double weights = 0;
    std::vector<double> weight(reach.submarkets(), 0.0);
    for (std::size_t s = 0; s < reach.submarkets(); ++s) {
        const std::size_t to = s / occupations;
        double inside = 0;
        for (std::size_t r = 0; r < 2; ++r) inside += slots_of(market.world, submarket(r, static_cast<Occupation>(s % occupations)), 0).size();
        const double journey = to == 1 ? travel_weight(50, 28, market.parameters.search) : 1.0;
        weight[s] = shares[s % occupations] * journey * slots_of(market.world, s, home).size() / inside;
        weights += weight[s];
    }
    for (std::size_t s = 0; s < reach.submarkets(); ++s) CHECK(reach.probability(home, profile, s) == Approx(weight[s] / weights).margin(1e-7));
    // In-commuters reach the region of their gate only.
    double own = 0;
    for (std::size_t o = 0; o < occupations; ++o) own += reach.probability(2 + 1, profile, submarket(1, static_cast<Occupation>(o)));
    CHECK(own == Approx(1.0));
    // The words run through the tables as the probabilities say: occupations by the first, places by the second.
    std::vector<int> counted(occupations, 0);
    for (std::uint32_t i = 0; i < 100'000; ++i) ++counted[reach.occupation(home, profile, i * 42'949U)];
    for (std::size_t o = 0; o < occupations; ++o) {
        double probability = 0;
        for (std::size_t to = 0; to < 4; ++to) probability += reach.probability(home, profile, submarket(to, static_cast<Occupation>(o)));
        CHECK(counted[o] == Approx(1e5 * probability).margin(30));
    }
    const std::size_t o = 4;
    std::vector<int> found(market.world.vacancies.slot.size() + 1, 0);
    for (std::uint32_t i = 0; i < 100'000; ++i) {
        const auto place = reach.place(home, o, i * 42'949U);
        ++found[place.slot];
        const auto table = slots_of(market.world, place.submarket, home);
        CHECK((place.submarket % occupations == o && place.slot >= table.begin && place.slot < table.end));
    }
    double of_occupation = 0;
    for (std::size_t to = 0; to < 4; ++to) of_occupation += weight[submarket(to, static_cast<Occupation>(o))];
    for (std::size_t to = 0; to < 4; ++to) {
        const std::size_t s = submarket(to, static_cast<Occupation>(o));
        const auto table = slots_of(market.world, s, home);
        for (auto slot = table.begin; slot < table.end; ++slot) CHECK(found[slot] == Approx(1e5 * weight[s] / of_occupation / table.size()).margin(2));
    }
    // The first and the last word.
    for (const std::uint32_t word : {0U, 0xFFFFFFFFU}) {
        const auto place = reach.place(home, o, word);
        const auto table = slots_of(market.world, place.submarket, home);
        CHECK((place.slot >= table.begin && place.slot < table.end));
    }
}

TEST_CASE("who has nothing in reach finds the slot that is always empty", "[models][unit]") {
    SmallMarket market(1'000, 50);
    auto sizes = std::vector<std::uint32_t>(4 * occupations, 10);
    for (std::size_t o = 0; o < occupations; ++o) sizes[submarket(1, static_cast<Occupation>(o))] = 0;
    make_slot_tables(market.world, sizes);
    Reach reach;
    reach.build(market.world);
    SearchConditions conditions;
    conditions.update(market.world);
    const std::size_t in_commuter = 2 + 1;  // of the gate whose region has no slot
    for (const std::uint32_t word : {0U, 1U << 31, 0xFFFFFFFFU}) {
        const auto place = reach.place(in_commuter, reach.occupation(in_commuter, student_profile, word), word);
        CHECK(place.slot == market.world.vacancies.slot.size());
        CHECK_FALSE(conditions.has_vacancy(place.slot));
    }
}

TEST_CASE("an opening keeps its slot, whatever else opens, and a full table is counted", "[models][property]") {
    SmallMarket market(2'000, 100);
    market.make_slots(0.5);
    World one = market.world;
    auto openings = SmallMarket::openings(one, 200);
    World other = market.world;
    auto more = openings;
    const auto last = more.back();
    more.pop_back();
    std::reverse(more.begin(), more.end());
    place_openings(one, openings);
    place_openings(other, more);
    std::size_t differ = 0;
    for (std::size_t s = 0; s < one.vacancies.slot.size(); ++s) differ += std::memcmp(&one.vacancies.slot[s], &other.vacancies.slot[s], sizeof(Vacancy)) != 0;
    CHECK(differ >= 1);
    CHECK(differ <= 5);  // the one missing, and who would have met its slot
    CHECK(last.post != no_post);
    check_consistent(one);
    CHECK(one.vacancies.flows.without_slot == 0);

    World full = market.world;
    place_openings(full, SmallMarket::openings(full, full.vacancies.slot.size() * 3));
    check_consistent(full);
    CHECK(full.vacancies.flows.without_slot > 0);
    std::size_t filled = 0;
    for (const auto& v : full.vacancies.slot) filled += !v.empty();
    CHECK(filled + static_cast<std::size_t>(full.vacancies.flows.without_slot) == full.vacancies.slot.size() * 3);
}

TEST_CASE("a slot is closed as filled, lapsed or withdrawn", "[models][unit]") {
    SmallMarket market(1'000, 50);
    auto& world = market.world;
    place_openings(world, SmallMarket::openings(world, 60));
    std::vector<std::uint32_t> posted;
    for (std::uint32_t s = 0; s < world.vacancies.slot.size(); ++s)
        if (!world.vacancies.slot[s].empty() && world.vacancies.slot[s].posted != 0) posted.push_back(s);
    REQUIRE(posted.size() > 3);
    world.month = world.month + 2;
    const auto post_of = [&](std::size_t i) { return world.vacancies.slot[posted[i]].post; };
    const auto total = [](const std::vector<std::int32_t>& list) {
        std::int32_t sum = 0;
        for (const auto n : list) sum += n;
        return sum;
    };
    const PostNumber lapsing = post_of(1);
    const auto latent = world.employers.post[lapsing].latent;
    close_slot(world, posted[0], SlotEnd::filled);
    CHECK(total(world.vacancies.flows.filled) == 1);
    CHECK(total(world.vacancies.flows.filled_half_months) == 5);  // two months and a half
    close_slot(world, posted[1], SlotEnd::lapsed);
    CHECK(world.employers.post[lapsing].latent == latent + 1);
    const PostNumber withdrawn = post_of(2);
    const auto still = world.employers.post[withdrawn].latent;
    close_slot(world, posted[2], SlotEnd::withdrawn);
    CHECK(world.employers.post[withdrawn].latent == still);
    CHECK(total(world.vacancies.flows.lapsed) == 2);
    CHECK_THROWS_AS(close_slot(world, posted[2], SlotEnd::filled), sim::Bug);
    check_consistent(world);
}

TEST_CASE("search keeps staff, openings and persons consistent", "[models][property][sanitize]") {
    SmallMarket market;
    for (int month = 0; month < 12; ++month) {
        SmallMarket::live_a_month(market.world, 0.02, month == 0 ? 800 : 0);
        check_consistent(market.world);
    }
    const auto& persons = market.world.persons;
    std::size_t wrong = 0;
    for (Row row = 0; row < persons.size(); ++row) {
        const Person& p = persons.record[row];
        const bool works = persons.post[row] != no_post;
        if (works) wrong += p.occupation != market.world.employers.post[persons.post[row]].occupation;
        if (p.status == LabourStatus::employed) wrong += !works;
        if (p.status == LabourStatus::unemployed || p.status == LabourStatus::inactive) wrong += works;
        if (works && persons.region[row] >= 2)
            wrong += market.world.employer_of(persons.post[row]).region != p.municipality;  // in-commuters stay at their gate
        if (works && persons.region[row] < 2 && p.since > 1452 && market.world.employer_of(persons.post[row]).region >= 2)
            wrong += market.world.employer_of(persons.post[row]).gate != persons.region[row];  // residents take outside jobs of their gate
        wrong += persons.risk[row] != risk_of(p, persons.region[row], persons.post[row], 2);
    }
    CHECK(wrong == 0);
    CHECK(market.world.search_scratch.get().counts.hires > 100);
}

TEST_CASE("search gives the same bytes for any number of threads", "[models][property]") {
    const SmallMarket market;
    std::vector<unsigned char> first;
    for (const int threads : {1, 2, 3, 7}) {
        World world = market.world;
        sim::Threads arena(threads);
        arena.run([&] {
            for (int month = 0; month < 4; ++month) SmallMarket::live_a_month(world, 0.02, 300);
        });
        if (first.empty()) first = bytes_of(world);
        CHECK(bytes_of(world) == first);
    }
}

TEST_CASE("one seeker's other luck does not reshuffle the market", "[models][property]") {
    // After one month few others differ. After two years the difference in employment stays far below the one of two seeds.
    SmallMarket market;
    std::size_t most = 0;
    std::size_t sum = 0;
    int tried = 0;
    World before = market.world;
    for (int month = 0; month < 3; ++month) SmallMarket::live_a_month(before, 0.02, 300);
    World plain = before;
    SmallMarket::live_a_month(plain, 0.02, 300);
    for (Row row = 0; row < before.persons.size() && tried < 40; ++row) {
        if (before.persons.record[row].status != LabourStatus::unemployed) continue;
        ++tried;
        World sham = before;
        Parameters parameters = market.parameters;
        parameters.search.sham_seekers = {row};
        parameters.search.sham_month = before.month.number() + 1;
        sham.parameters = &parameters;
        SmallMarket::live_a_month(sham, 0.02, 300);
        const auto changed = changed_people(plain, sham);
        most = std::max(most, changed);
        sum += changed;
    }
    REQUIRE(tried == 40);
    CHECK(sum > 0);
    CHECK(most < 20);
    World unpaired = before;
    unpaired.random = sim::Random(2, 0);
    SmallMarket::live_a_month(unpaired, 0.02, 300);
    CHECK(changed_people(plain, unpaired) > 300);
}

TEST_CASE("wage offers that are looked up are those that the wage process makes", "[models][property]") {
    SmallMarket market(2'000, 100);
    market.parameters.wages.luck = 0.8;
    market.tables.wages.youth_minimum.fill(15);
    WageOffers offers;
    offers.build(market.world);
    std::size_t differ = 0;
    for (std::uint32_t i = 0; i < 5'000; ++i) {
        const auto draw = market.world.random.draw({995, sim::region(i), sim::Month(0), 0});
        Person person;
        person.education = static_cast<Education>(i % 5);
        const auto post = sim::place_of(draw.words[0], static_cast<std::uint32_t>(market.world.employers.post.size()));
        const int age = 15 + static_cast<int>(i % 60);
        const Employer& employer = market.world.employer_of(post);
        const double factor = static_cast<double>(employer.wage_level) * (0.9 + 0.2 * draw.uniform(1));
        const Occupation occupation = market.world.employers.post[post].occupation;
        const int looked_up = cents_of(offers.log_offer(occupation, employer.sector, person.education, age, factor, draw.uniform(2)));
        differ += std::abs(looked_up - static_cast<int>(wage_offer(market.world, post, person, age, 0.9 + 0.2 * draw.uniform(1), draw.uniform(2)))) > 1;
    }
    CHECK(differ == 0);
}

TEST_CASE("more vacancies mean more hires, and standards and intensity are levers", "[models][property]") {
    const auto hires = [](double extra, auto&& change) {
        SmallMarket market;
        change(market.parameters.search);
        std::int64_t sum = 0;
        for (int month = 0; month < 6; ++month) {
            SmallMarket::live_a_month(market.world, 0.02, static_cast<std::size_t>(extra));
            sum += market.world.search_scratch.get().counts.hires;
        }
        return sum;
    };
    const auto nothing = [](SearchParameters&) {};
    const auto usual = hires(200, nothing);
    CHECK(hires(400, nothing) > usual);
    CHECK(hires(200, [](SearchParameters& p) { p.standards = 1; }) < usual);
    CHECK(hires(200, [](SearchParameters& p) { p.search_intensity = 2; }) > usual);
    CHECK(hires(200, nothing) == usual);
}
