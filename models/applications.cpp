#include "models/applications.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "models/aims.hpp"
#include "models/parameters.hpp"
#include "models/progress.hpp"
#include "models/recovery.hpp"
#include "models/side_entry.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/slots.hpp"

namespace models {
namespace {

/// The slot that an application found, and the words that say what both sides think of it.
struct Found {
    static constexpr std::uint32_t none = 0xFFFFFFFFU;
    std::uint32_t slot = none;
    std::uint32_t submarket;
    std::uint32_t taste;
    std::uint32_t luck;
};

/// An application that meets the employer's standards.
struct Suitable {
    std::uint32_t seeker;  ///< place in the list of the block
    std::uint32_t slot;
    std::uint32_t submarket;
    std::uint32_t luck;
    double suits;
};

double log_odds(double u) { return sim::logarithm(u / (1 - u)); }

/// Without a branch: where an application goes has no pattern.
double experience_in(const Person& person, Occupation o) {
    const int last = static_cast<int>(person.occupation == o) | static_cast<int>(person.previous == o);
    const int before = static_cast<int>(person.earlier == o) & ~last;
    return last + 0.5 * before;
}

/// A person as employers and the person see it: who is about to graduate applies with the diploma of July, and a course of the last
/// year counts as the field.
Person as_applicant(const Person& person, SeekerKind kind, sim::Month month) {
    Person applicant = person;
    if (const Occupation learned = learned_in_course(person, month); learned != no_occupation) applicant.field = group_of(learned);
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

double taste_of(double u, const SearchParameters& p) { return p.taste * log_odds(u); }

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
    for (std::size_t sector = 0; sector < sectors; ++sector) sector_[sector] = p.sector_spread * sim::logarithm(tables.sector_factor[sector]);
    std::array<double, ages> of_age{};
    for (int age = 0; age < ages; ++age) {
        of_age[static_cast<std::size_t>(age)] = sim::logarithm(age_factor(age, p));
        minimum_[static_cast<std::size_t>(age)] = sim::logarithm(100 * std::max(0.01, minimum_wage(tables, age)));
    }
    for (std::size_t o = 0; o < occupations; ++o) {
        // The standard logistic law has its quartiles at plus and minus log 3.
        spread_[o] =
            tables.lower_quartile[o] > 0 ? p.luck * (sim::logarithm(tables.upper_quartile[o] / tables.lower_quartile[o]) / (2 * sim::logarithm(3.0))) : 0;
        for (std::size_t e = 0; e < 5; ++e) {
            const double of_education = education_factor(tables, static_cast<Education>(e), static_cast<Occupation>(o), p);
            const double at_40 = sim::logarithm(100 * tables.median[o] * of_education * p.offers * p.wage_level);
            for (std::size_t age = 0; age < ages; ++age) expected_[(o * 5 + e) * ages + age] = at_40 + of_age[age];
        }
    }
}

double WageOffers::log_offer(Occupation occupation, Sector sector, Education education, int age, double factor, double luck) const {
    const auto a = static_cast<std::size_t>(std::clamp(age, 0, ages - 1));
    const double u = std::clamp(luck, least_luck, 1 - least_luck);
    const double offer = expected_[(occupation * std::size_t{5} + index_of(education)) * ages + a] + sector_[index_of(sector)] + sim::logarithm(factor) +
                         spread_[occupation] * log_odds(u);
    return std::max(offer, minimum_[a]);
}

std::uint16_t cents_of(double log_wage) { return static_cast<std::uint16_t>(std::clamp(sim::exponential(log_wage) + 0.5, 1.0, 65535.0)); }

void SearchConditions::update(const World& world) {
    const auto& slots = world.vacancies.slot;
    constexpr std::size_t words = 256;
    filled.resize(slots.size() / 64 + 1);
    posted.resize(filled.size());
    sim::for_each_task((filled.size() + words - 1) / words, [&](std::size_t task) {
        for (std::size_t w = task * words; w < std::min(filled.size(), (task + 1) * words); ++w) {
            std::uint64_t any = 0, by_vacancy = 0;
            const std::size_t end = std::min(slots.size(), (w + 1) * 64);
            for (std::size_t s = w * 64; s < end; ++s) {
                any |= static_cast<std::uint64_t>(!slots[s].empty()) << (s % 64);
                by_vacancy |= static_cast<std::uint64_t>(!slots[s].empty() && slots[s].posted != 0) << (s % 64);
            }
            filled[w] = any;
            posted[w] = by_vacancy;
        }
    });
    offers.build(world);
    const SearchParameters p = search_in(*world.parameters, world.month);
    const std::size_t submarkets = world.vacancies.open.size();
    standard.resize(2 * submarkets);
    for (std::size_t s = 0; s < submarkets; ++s) {
        const double tightness = s < world.market.tightness.size() ? world.market.tightness[s] : 1.0;
        const double own = world.tables->search.standard_in(s / occupations, static_cast<Occupation>(s % occupations));
        standard[2 * s] = standard_of(true, tightness, p) + own;
        standard[2 * s + 1] = standard_of(false, tightness, p) + own;
    }
    for (std::size_t byte = 0; byte < most_taste.size(); ++byte)
        most_taste[byte] = taste_of(sim::Draw::uniform_of(static_cast<std::uint32_t>(byte << 24) | 0xFFFFFFU), p) + 1e-9;
    fit.resize(static_cast<std::size_t>(occupations) * 5 * 3);
    for (std::size_t o = 0; o < occupations; ++o)
        for (std::size_t e = 0; e < 5; ++e)
            for (std::size_t f = 0; f < 3; ++f) {
                const auto occupation = static_cast<Occupation>(o);
                const auto education = static_cast<Education>(e);
                const auto field = static_cast<Field>(f);
                fit[fit_place(o, education, field)] = suitability({.rank = education_rank(education),
                                                                   .required = world.tables->search.required_education[o],
                                                                   .field_matters = is_technical_or_ict(occupation),
                                                                   .field_fits = field == group_of(occupation)},
                                                                  p);
            }
}

namespace {

/// Finds the slots of one block's applications.
class SlotSearch {
public:
    SlotSearch(const World& world, sim::Month month, const Reach& reach, const SearchConditions& conditions, const std::vector<Seeker>& seekers,
               std::vector<Found>& found)
        : world_(world), month_(month), reach_(reach), conditions_(conditions), seekers_(seekers), found_(found) {}

    /// `found` holds the first application of each seeker, then the second of each, and so on. Returns the number of tries.
    std::int64_t run() {
        const std::size_t count = seekers_.size();
        std::uint32_t most = 0;
        from_.resize(count);
        pending_.resize(count);
        rows_.resize(count);
        draws_.resize(count);
        constexpr std::size_t ahead = 12;  // seekers stand far apart: the records of the next ones are on their way from memory
        AimsOfBlock aims(world_, month_, count > 0 ? seekers_.front().row : 0);
        for (std::size_t i = 0; i < count; ++i) {
            if (i + ahead < count) __builtin_prefetch(&world_.persons.record[seekers_[i + ahead].row]);
            const Row row = seekers_[i].row;
            const Person person = as_applicant(world_.persons.record[row], seekers_[i].kind, month_);
            from_[i] = {static_cast<std::uint16_t>(Reach::home_of(static_cast<std::size_t>(world_.regions), world_.persons.region[row], person)),
                        static_cast<std::uint16_t>(seekers_[i].kind == SeekerKind::student ? student_profile : profile_of(person, sought(aims, person, row)))};
            most = std::max<std::uint32_t>(most, seekers_[i].applications);
        }
        found_.assign(most * count, Found{});
        for (std::uint32_t j = 0; j < most; ++j) {
            still_ = 0;
            for (std::uint32_t i = 0; i < count; ++i) {
                pending_[still_] = i;
                still_ += static_cast<std::size_t>(seekers_[i].applications > j);
            }
            find(j);
        }
        return tries_;
    }

private:
    struct From {
        std::uint16_t home;
        std::uint16_t profile;
    };

    /// The occupation that a person looks in as if it were the last one: that of a course, or an aim; `no_occupation` without either.
    [[nodiscard]] Occupation sought(AimsOfBlock& aims, const Person& person, Row row) const {
        const Occupation learned = learned_in_course(person, month_);
        return learned != no_occupation ? learned : aims.followed_by(row);
    }

    /// Application j of all seekers who send so many: one draw for each that still looks, then again for those who met empty slots.
    void find(std::uint32_t j) {
        for (std::uint32_t a = 0; a <= (application_tries - 1) / 2 && still_ > 0; ++a) {
            draw(16 * j + a);
            if (a == 0)
                try_slots(j, [&](std::uint32_t i, const sim::Draw& draw, Found& found) {
                    found.taste = draw.words[2];
                    found.luck = draw.words[3];
                    return try_slot(j, i, draw.words[0], draw.words[1], found);
                });
            else
                try_slots(j, [&](std::uint32_t i, const sim::Draw& draw, Found& found) {
                    return try_slot(j, i, draw.words[0], draw.words[1], found) || try_slot(j, i, draw.words[2], draw.words[3], found);
                });
        }
    }

    /// Keeps those pending whose try fails. Without a branch: who meets a filled slot has no pattern.
    template <class Try>
    void try_slots(std::uint32_t j, Try&& success) {
        Found* found = &found_[j * seekers_.size()];
        std::size_t still = 0;
        for (std::size_t n = 0; n < still_; ++n) {
            const std::uint32_t i = pending_[n];
            pending_[still] = i;
            still += static_cast<std::size_t>(!success(i, draws_[n], found[i]));
        }
        still_ = still;
    }

    bool try_slot(std::uint32_t j, std::uint32_t i, std::uint32_t word, std::uint32_t second, Found& found) {
        ++tries_;
        const auto from = from_[i];
        const auto place = reach_.place(from.home, reach_.occupation(from.home, from.profile, word), second);
        bool filled = conditions_.has_vacancy(place.slot);
        // A slot that this person has applied to already counts as empty.
        for (std::uint32_t before = 0; before < j; ++before) filled &= found_[before * seekers_.size() + i].slot != place.slot;
        found.slot = filled ? place.slot : Found::none;
        found.submarket = place.submarket;
        return filled;
    }

    /// The draws of all pending seekers at one index; seekers of the sham arm have others.
    void draw(std::uint32_t index) {
        for (std::size_t n = 0; n < still_; ++n) rows_[n] = seekers_[pending_[n]].row;
        const auto rows = std::span<const Row>(rows_).first(still_);
        world_.random.draws(search_info.key, rows, month_, index, std::span(draws_).first(still_));
        const auto& p = world_.parameters->search;
        if (p.sham_month != month_.number()) return;
        for (const Row seeker : p.sham_seekers)
            if (const auto sham = std::lower_bound(rows.begin(), rows.end(), seeker); sham != rows.end() && *sham == seeker)
                draws_[static_cast<std::size_t>(sham - rows.begin())] = world_.random.draw({search_info.key, sim::person(seeker), month_, index + sham_shift});
    }

    const World& world_;
    sim::Month month_;
    const Reach& reach_;
    const SearchConditions& conditions_;
    const std::vector<Seeker>& seekers_;
    std::vector<Found>& found_;
    std::vector<From> from_;
    std::vector<std::uint32_t> pending_;  ///< the first `still_` still look for a filled slot
    std::size_t still_ = 0;
    std::vector<Row> rows_;
    std::vector<sim::Draw> draws_;
    std::int64_t tries_ = 0;
};

/// The applications that meet the standards of employers, in the order of seekers. `sent` counts all that found a slot.
std::vector<Suitable> suitable_of(const World& world, sim::Month month, const SearchConditions& conditions, const std::vector<Seeker>& seekers,
                                  const std::vector<Found>& found, std::int32_t& sent) {
    const auto& p = world.parameters->search;
    const auto& places = world.tables->regions;
    std::vector<Suitable> suitable;
    suitable.reserve(found.size());
    for (std::uint32_t i = 0; i < seekers.size(); ++i) {
        const Person person = as_applicant(world.persons.record[seekers[i].row], seekers[i].kind, month);
        const int home = world.persons.region[seekers[i].row];
        const double within = places.travel_minutes(home, home);
        for (std::uint32_t j = 0; j < seekers[i].applications; ++j) {
            const Found& f = found[j * seekers.size() + i];
            if (f.slot == Found::none) continue;
            ++sent;
            const auto occupation = static_cast<Occupation>(f.submarket % occupations);
            const double further = places.travel_minutes(home, static_cast<int>(f.submarket / occupations)) - within;
            const double without_taste = conditions.fit[SearchConditions::fit_place(occupation, person.education, person.field)] +
                                         p.experience_fit * experience_in(person, occupation) - p.proximity * further;
            const double standard = conditions.standard[2 * f.submarket + (conditions.has_posted(f.slot) ? 0 : 1)];
            // Most are refused whatever the rest of the word says, which spares a logarithm.
            if (without_taste + conditions.most_taste[f.taste >> 24] < standard) continue;
            const double suits = without_taste + taste_of(sim::Draw::uniform_of(f.taste), p);
            if (suits < standard) continue;
            __builtin_prefetch(&world.vacancies.slot[f.slot]);
            __builtin_prefetch(&world.persons.post[seekers[i].row]);
            suitable.push_back({i, f.slot, f.submarket, f.luck, suits});
        }
    }
    return suitable;
}

/// The least that a seeker takes, as log wage net of travel.
double lowest_of(const World& world, sim::Month month, const UsualWages& usual, const Seeker& seeker, const Person& person) {
    const auto& p = world.parameters->search;
    const auto& places = world.tables->regions;
    const int home = world.persons.region[seeker.row];
    if (seeker.kind == SeekerKind::employed && person.wage > 0) {
        const bool ending = person.ends != 0 && person.ends - month.number() < 3;
        const double there = places.travel_minutes(home, world.employer_of(world.persons.post[seeker.row]).region);
        const Occupation learned = learned_in_course(person, month);
        const bool entering = learned != no_occupation && learned != person.occupation;
        return value_of(sim::logarithm(person.wage), there, p) + (ending     ? sim::logarithm(p.reservation_start)
                                                                  : entering ? accepted_dip(world)
                                                                             : p.move_margin);
    }
    if (seeker.kind == SeekerKind::unemployed && person.previous != no_occupation)
        return value_of(static_cast<double>(usual.log_wage(person.previous, person.education, world.age(seeker.row))), places.travel_minutes(home, home), p) +
               reservation_of(std::max(0, months_since(person.since, month)), p);
    return -1e9;
}

}  // namespace

void write_applications(const World& world, sim::Month month, const Reach& reach, const UsualWages& usual, const SearchConditions& conditions,
                        const std::vector<Seeker>& seekers, BlockApplications& out) {
    const auto& p = world.parameters->search;
    const auto& persons = world.persons;
    const auto& employers = world.employers;
    const auto& slots = world.vacancies.slot;
    out.applicant.clear();
    out.application.clear();
    out.log_wage.clear();
    out.sent = 0;

    // Each stage does one thing for all, so that memory is fetched while others are being treated.
    std::vector<Found> found;
    out.tries = static_cast<std::int32_t>(SlotSearch(world, month, reach, conditions, seekers, found).run());
    const auto suitable = suitable_of(world, month, conditions, seekers, found, out.sent);
    const auto own_post = [&](const Suitable& a) { return persons.post[seekers[a.seeker].row]; };
    for (const auto& a : suitable)
        if (own_post(a) != no_post) __builtin_prefetch(&employers.post[own_post(a)]);
    for (const auto& a : suitable)
        if (own_post(a) != no_post) __builtin_prefetch(&employers.employer[employers.post[own_post(a)].employer]);

    // What the seekers think of them.
    std::uint32_t last = 0xFFFFFFFFU;
    double lowest = 0;
    for (const auto& s : suitable) {
        const Seeker& seeker = seekers[s.seeker];
        const Person person = as_applicant(persons.record[seeker.row], seeker.kind, month);
        const Vacancy& vacancy = slots[s.slot];
        if (vacancy.post == own_post(s)) continue;  // one's own job is no other job
        if (s.seeker != last) {
            last = s.seeker;
            lowest = lowest_of(world, month, usual, seeker, person);
        }
        const auto occupation = static_cast<Occupation>(s.submarket % occupations);
        const double log_wage = conditions.offers.log_offer(occupation, vacancy.sector, person.education, world.age(seeker.row),
                                                            static_cast<double>(vacancy.wage_factor) * side_entry_wage(world, month, person, occupation),
                                                            sim::Draw::uniform_of(s.luck));
        const double minutes = world.tables->regions.travel_minutes(persons.region[seeker.row], static_cast<int>(s.submarket / occupations));
        const double value = value_of(log_wage, minutes, p);
        if (value < lowest) continue;
        if (out.applicant.empty() || out.applicant.back().row != seeker.row)
            out.applicant.push_back({seeker.row, seeker.kind, static_cast<std::uint32_t>(out.application.size()), 0});
        ++out.applicant.back().count;
        out.application.push_back({static_cast<std::uint32_t>(out.applicant.size() - 1), s.slot, static_cast<float>(s.suits), static_cast<float>(value)});
        out.log_wage.push_back(static_cast<float>(log_wage));
    }
}

}  // namespace models
