#include "models/demography.hpp"

#include <algorithm>
#include <limits>

#include "models/outsiders.hpp"
#include "models/parameters.hpp"
#include "models/rings.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

double factor_of(const std::array<double, five_year_groups>& profile, int age_in_months) {
    return profile[static_cast<std::size_t>(five_year_group(age_in_months))];
}

double highest(const std::vector<double>& by_region_and_year, const DemographyTables& t, int regions, sim::Month month) {
    double top = 0;
    for (int r = 0; r < regions; ++r) top = std::max(top, by_region_and_year[static_cast<std::size_t>(t.place(r, month))]);
    return top;
}

/// Number of arrivals: Poisson, as a sum of inversions of at most `part` each, so that one 32-bit word resolves every tail.
int poisson(const sim::Random& random, sim::Month month, int region, Arrival kind, double mean) {
    constexpr double part = 12;
    int total = 0;
    for (std::uint32_t chunk = 0; mean > 0; ++chunk, mean -= part) {
        const double lambda = std::min(mean, part);
        const double u =
            random.uniform({arrival_info.key, sim::region(static_cast<std::uint64_t>(region)), month, (static_cast<std::uint32_t>(kind) << 12) | chunk});
        double probability = sim::exponential(-lambda);
        double sum = probability;
        int count = 0;
        while (u >= sum && count < 200) {
            ++count;
            probability *= lambda / count;
            sum += probability;
        }
        total += count;
    }
    return total;
}

/// What the month's newcomers choose from, found once a month.
struct Choices {
    std::vector<std::vector<std::uint16_t>> schools;     ///< by region and track
    std::vector<std::vector<PostNumber>> outside_posts;  ///< by gate region, of employers in the rest of the country
    std::vector<std::vector<double>> inhabitants;        ///< by region: of its municipalities up to each
    std::vector<double> admission;                       ///< by region: probability that one of those who could come to work is let in

    [[nodiscard]] std::uint16_t municipality_of(const World& world, int region, double u) const {
        const auto& sums = inhabitants[static_cast<std::size_t>(region)];
        std::ptrdiff_t place = 0;
        if (!sums.empty()) place = std::min(std::upper_bound(sums.begin(), sums.end(), u * sums.back()) - sums.begin(), std::ssize(sums) - 1);
        const auto& first = world.tables->regions.first_municipality;
        return static_cast<std::uint16_t>(place + (first.empty() ? 0 : first[static_cast<std::size_t>(region)]));
    }

    explicit Choices(const World& world) {
        const auto regions = static_cast<std::size_t>(world.regions);
        schools.resize(regions * tracks);
        for (std::size_t s = 0; s < world.schools.school.size(); ++s) {
            const School& school = world.schools.school[s];
            if (school.region < world.regions && school.track != Track::none)
                schools[school.region * tracks + index_of(school.track)].push_back(static_cast<std::uint16_t>(s));
        }
        outside_posts.resize(regions);
        for (const Employer& e : world.employers.employer)
            if (e.region == world.rest_nl() && e.gate < world.regions && e.open())
                for (PostNumber post = e.first_post; post < e.first_post + e.posts; ++post)
                    if (world.employers.post[post].desired > 0) outside_posts[e.gate].push_back(post);
        inhabitants.resize(regions);
        for (const auto& m : world.tables->regions.municipalities) {
            auto& sums = inhabitants[static_cast<std::size_t>(m.region)];
            sums.push_back((sums.empty() ? 0.0 : sums.back()) + m.population);
        }
        for (int r = 0; r < world.regions; ++r)
            admission.push_back(
                labour_admission(mean_tightness(world.market, static_cast<std::size_t>(r)), world.parameters->demography.labour_immigration_elasticity));
    }
};

/// One newcomer: everything about it follows from its address.
class Newcomer {
public:
    Newcomer(const World& world, int region, Arrival kind, int number) : world_(world), region_(region), kind_(kind) {
        identity_ = (static_cast<std::uint64_t>(region) << 40) | (static_cast<std::uint64_t>(kind) << 36) | static_cast<std::uint64_t>(number);
        who_ = world.random.draw(address(0));
        skill_ = world.random.draw(address(1));
        place_ = world.random.draw(address(2));
    }
    /// Whether one of those who could come to work is let in.
    [[nodiscard]] bool admitted(const Choices& choices) const {
        return kind_ != Arrival::labour || place_.uniform(3) < choices.admission[static_cast<std::size_t>(region_)];
    }

    /// Age in months on arrival.
    [[nodiscard]] int age() const {
        if (kind_ == Arrival::birth) return 0;
        const int group = pick_share(world_.tables->demography.profile[index_of(kind_)].age.data(), five_year_groups, who_.uniform(0));
        return group * 60 + static_cast<int>(who_.uniform(1) * 60);
    }

    void settle_in(World& world, Row row, const Choices& choices) const {
        const auto& profile = world.tables->demography.profile[index_of(kind_)];
        const int age = world.age_in_months(row);
        Person& p = world.persons.record[row];
        p = Person{};
        p.since = stored(world.month);
        const double women = kind_ == Arrival::birth ? world.parameters->demography.women_at_birth : profile.women;
        p.sex = who_.uniform(2) < women ? Sex::women : Sex::men;
        const bool at_school = age >= 12 * 12 && age < 18 * 12;
        const bool studies = at_school || (age >= 18 * 12 && age < 27 * 12 && skill_.uniform(0) < profile.student);
        give_education(p, age, profile, studies);
        if (studies) give_track(p, age, choices);
        const bool keeps_job = give_status(p, age, profile, studies);
        const Event event = kind_ == Arrival::birth ? Event::birth : kind_ == Arrival::within_nl ? Event::move_in_nl : Event::immigration;
        world.arrive(row, event, static_cast<std::uint8_t>(region_), choices.municipality_of(world, region_, place_.uniform(0)));
        if (keeps_job) keep_job(world, row, choices);
    }

private:
    [[nodiscard]] sim::Address address(std::uint32_t index) const { return {arrival_info.key, {sim::EntityKind::arrival, identity_}, world_.month, index}; }

    void give_education(Person& p, int age, const ArrivalProfile& profile, bool studies) const {
        if (age < 18 * 12) return;  // low by convention
        if (studies) {
            // In higher education with a general diploma, or in vocational training with none yet.
            p.education = skill_.uniform(1) < 0.85 ? Education::havo_vwo : Education::low;
            return;
        }
        p.education = static_cast<Education>(pick_share(profile.education.data(), 5, skill_.uniform(1)));
        if (p.education == Education::low || p.education == Education::havo_vwo) return;
        p.field = field_of_newcomer(p.sex, profile, skill_.uniform(2));
    }

    void give_track(Person& p, int age, const Choices& choices) const {
        const int school_year = world_.month.year() - (world_.month.month_of_year() < 8 ? 1 : 0) - 1990;
        int years = 0;  // in the track so far
        if (age < 18 * 12) {
            p.track = skill_.uniform(3) < 0.5 ? Track::vmbo : Track::havo_vwo;
            years = std::max(0, age / 12 - 12);
            if (p.track == Track::vmbo && age >= 16 * 12) {
                p.track = Track::mbo_bol;
                years = age / 12 - 16;
            }
        } else {
            p.track = p.education == Education::low ? Track::mbo_bol : kind_ == Arrival::study && skill_.uniform(3) < 0.7 ? Track::wo : Track::hbo;
            years = static_cast<int>(who_.uniform(3) * 3);
        }
        if (p.track == Track::mbo_bol || p.track == Track::hbo || p.track == Track::wo)
            p.study_field = field_of_newcomer(p.sex, world_.tables->demography.profile[index_of(kind_)], skill_.uniform(2));
        p.study_start = static_cast<std::uint8_t>(std::max(1, school_year - years));
        const auto& schools = choices.schools[static_cast<std::size_t>(region_) * tracks + index_of(p.track)];
        if (!schools.empty()) p.school = schools[static_cast<std::size_t>(place_.uniform(2) * static_cast<double>(schools.size()))];
    }

    /// Returns whether the newcomer keeps a job elsewhere.
    bool give_status(Person& p, int age, const ArrivalProfile& profile, bool studies) const {
        if (age < 15 * 12) {
            p.status = LabourStatus::child;
        } else if (studies) {
            p.status = LabourStatus::student;
        } else if (age >= pension_age_months(world_.tables->demography, world_.month)) {
            p.status = LabourStatus::retired;
        } else if (place_.uniform(1) < profile.working) {
            p.status = LabourStatus::unemployed;
            // The same word, stretched, decides who of them brings a job along.
            return kind_ == Arrival::within_nl && place_.uniform(1) < profile.working * world_.parameters->demography.keeps_job;
        } else {
            p.status = LabourStatus::inactive;
            p.distance = kind_ == Arrival::other ? 2 : 1;
        }
        return false;
    }

    /// A mover within the country who goes on working where it worked: a job over the boundary of the new region.
    void keep_job(World& world, Row row, const Choices& choices) const {
        const auto& posts = choices.outside_posts[static_cast<std::size_t>(region_)];
        if (posts.empty()) return;
        const sim::Draw draw = world.random.draw(address(3));
        const Person& p = world.persons.record[row];
        PostNumber post = posts[static_cast<std::size_t>(draw.uniform(0) * static_cast<double>(posts.size()))];
        if (group_of(world.employers.post[post].occupation) != p.field)  // one more try for a job in one's field
            post = posts[static_cast<std::size_t>(draw.uniform(1) * static_cast<double>(posts.size()))];
        const std::uint16_t wage = wage_offer(world, post, p, world.age(row), 1.0, draw.uniform(2));
        const auto hours = static_cast<std::uint8_t>(p.sex == Sex::women ? 28 : 37);
        world.take_job(row, post, Contract::permanent, LabourStatus::employed, wage, hours, 0);
    }

    const World& world_;
    int region_;
    Arrival kind_;
    std::uint64_t identity_ = 0;
    sim::Draw who_{}, skill_{}, place_{};
};

/// All newcomers of the month: appended first, region by region, kind by kind. Those who could come to work and are not let in keep a row outside.
void welcome(World& world, sim::Month month, const Choices& choices) {
    const auto& tables = world.tables->demography;
    struct Group {
        int region;
        Arrival kind;
        Row first, end;  ///< rows
    };
    std::vector<Group> groups;
    const auto before = static_cast<Row>(world.persons.size());
    Row end = before;
    for (int region = 0; region < world.regions; ++region)
        for (int kind = 0; kind < arrivals; ++kind) {
            const auto k = static_cast<Arrival>(kind);
            const int count =
                poisson(world.random, month, region, k, expected_arrivals(tables, world.parameters->demography, world.tables->scale, k, region, month));
            groups.push_back({region, k, end, end + static_cast<Row>(count)});
            end = groups.back().end;
        }
    if (end == before) return;
    world.append_persons(end - before);
    const std::size_t first_block = sim::block_of(before);
    sim::for_each_task(sim::block_of(end - 1) + 1 - first_block, [&](std::size_t task) {
        const auto block = static_cast<Row>((first_block + task) * sim::block_rows);
        for (const Group& group : groups)
            for (Row row = std::max(group.first, block); row < std::min(group.end, block + sim::block_rows); ++row) {
                const Newcomer newcomer(world, group.region, group.kind, static_cast<int>(row - group.first));
                // Also of those who stay outside, so that ages of blocks mean something.
                world.persons.birth[row] = static_cast<std::uint16_t>(std::max(0, month.number() - newcomer.age()));
                if (newcomer.admitted(choices)) newcomer.settle_in(world, row, choices);
            }
    });
    world.settle();
}

}  // namespace

const ParameterTable<DemographyParameters>& demography_table() {
    using P = DemographyParameters;
    static const ParameterTable<P> table{
        {"mortality", &P::mortality, "1", 0, 3, {"normal(1, 0.02)", 0.967, 1.033}, Status::assumed, "", "factor on the death rates of the tables"},
        {"births", &P::births, "1", 0, 3, {"normal(1, 0.05)", 0.918, 1.082}, Status::assumed, "", "factor on the births of the tables"},
        {"immigration", &P::immigration, "1", 0, 5, {"normal(1, 0.15)", 0.753, 1.247}, Status::assumed, "", "factor on the immigration of the tables"},
        {"departures", &P::departures, "1", 0, 5, {"normal(1, 0.05)", 0.918, 1.082}, Status::assumed, "", "factor on the rates of moving out and emigration"},
        {"labour_immigration_elasticity",
         &P::labour_immigration_elasticity,
         "1",
         0,
         2,
         {"uniform(0, 0.5)", 0.025, 0.475},
         Status::assumed,
         "",
         "elasticity of labour immigration to the tightness of the region's market; the tables give the most that could come"},
        {"keeps_job",
         &P::keeps_job,
         "1",
         0,
         1,
         {"beta(2, 15)", 0.022, 0.264},
         Status::assumed,
         "",
         "share of movers from the rest of the country who go on working there at first, of those who work or look for work; as many jobs over the boundary "
         "come as go with those who leave, so that commuting to the rest of the country stays while demand stands still (tests/steady_program)"},
        {"women_at_birth",
         &P::women_at_birth,
         "1",
         0,
         1,
         {"", 0.488, 0.488},
         Status::recalled,
         "CBS, live births by sex (105 boys to 100 girls)",
         "share of girls among newborns"},
    };
    return table;
}

int pension_age_months(const DemographyTables& tables, sim::Month month) {
    if (tables.pension_age.empty()) return 67 * 12;
    return tables.pension_age[static_cast<std::size_t>(std::min<int>(tables.year_index(month), static_cast<int>(tables.pension_age.size()) - 1))];
}

BirthMonths births_that_reach_pension(const DemographyTables& tables, sim::Month month) {
    // Who has reached it keeps the pension when the age rises; it never rises by a year at once.
    int reached = 0;
    for (int back = 1; back <= 12; ++back) reached = std::max(reached, (month - back).number() - pension_age_months(tables, month - back));
    return {reached + 1, month.number() - pension_age_months(tables, month)};
}

sim::MonthlyProbability monthly_of_rate(double rate_per_year) { return sim::MonthlyProbability(1.0 - sim::exponential(-rate_per_year / 12.0)); }

sim::MonthlyProbability death_probability(const DemographyTables& tables, const DemographyParameters& p, Sex sex, int age_in_months, int region,
                                          sim::Month month) {
    return monthly_of_rate(factor_of(tables.death_rate[index_of(sex)], age_in_months) *
                           tables.mortality[static_cast<std::size_t>(tables.place(region, month))] * p.mortality);
}

sim::MonthlyProbability move_probability(const DemographyTables& tables, const DemographyParameters& p, int age_in_months, int region, sim::Month month) {
    return monthly_of_rate(tables.move_rate[static_cast<std::size_t>(tables.place(region, month))] *
                           factor_of(tables.move_profile[static_cast<std::size_t>(region)], age_in_months) * p.departures);
}

sim::MonthlyProbability emigration_probability(const DemographyTables& tables, const DemographyParameters& p, int age_in_months, int region, sim::Month month) {
    return monthly_of_rate(tables.emigration_rate[static_cast<std::size_t>(tables.place(region, month))] *
                           factor_of(tables.emigration_profile[static_cast<std::size_t>(region)], age_in_months) * p.departures);
}

Field field_of_newcomer(Sex sex, const ArrivalProfile& profile, double u) {
    const double lean = sex == Sex::men ? 1.7 : 0.3;
    const double technical = std::min(0.6, profile.technical * lean);
    const double ict = std::min(0.35, profile.ict * lean);
    return u < technical ? Field::technical : u < technical + ict ? Field::ict : Field::other;
}

int move_destination(const DemographyTables& tables, int regions, int from, double u) {
    double sum = 0;
    for (int to = 0; to < regions; ++to) {
        sum += tables.destination[static_cast<std::size_t>(from * regions + to)];
        if (u < sum) return to;
    }
    return -1;
}

double labour_admission(double tightness, double elasticity) { return std::min(1.0, sim::power(std::max(tightness, 0.01), elasticity) / labour_headroom); }

int pick_share(const double* shares, int count, double u) {
    double total = 0;
    for (int i = 0; i < count; ++i) total += shares[i];
    double sum = 0;
    int last = 0;
    for (int i = 0; i < count; ++i) {
        if (shares[i] <= 0) continue;
        last = i;
        sum += shares[i];
        if (u * total < sum) return i;
    }
    return last;
}

double expected_arrivals(const DemographyTables& tables, const DemographyParameters& p, double scale, Arrival kind, int region, sim::Month month) {
    const auto place = static_cast<std::size_t>(tables.place(region, month));
    if (kind == Arrival::birth) return tables.births[place] / 12 * p.births * scale;
    if (kind == Arrival::within_nl) return tables.moves_in[place] / 12 * scale;
    const double share = tables.kind[static_cast<std::size_t>(tables.year_index(month))][index_of(kind) - index_of(Arrival::labour)];
    return tables.immigration[place] * share / 12 * p.immigration * scale * (kind == Arrival::labour ? labour_headroom : 1.0);
}

void step_demography(World& world, sim::Month month) {
    const auto& tables = world.tables->demography;
    const auto& p = world.parameters->demography;
    const Choices choices(world);
    welcome(world, month, choices);
    succeed_outsiders(world, month);

    auto& persons = world.persons;
    world.births.update(persons);
    const auto& births = world.births;
    const int regions = world.regions;
    // Highest rates by age group in any region: bounds by block follow from the ages in it.
    std::array<double, five_year_groups> dying{}, moving{}, emigrating{};
    for (std::size_t g = 0; g < five_year_groups; ++g) {
        dying[g] = std::max(tables.death_rate[0][g], tables.death_rate[1][g]) * highest(tables.mortality, tables, regions, month);
        for (std::size_t r = 0; r < static_cast<std::size_t>(regions); ++r) {
            const auto place = static_cast<std::size_t>(tables.place(static_cast<int>(r), month));
            moving[g] = std::max(moving[g], tables.move_rate[place] * tables.move_profile[r][g]);
            emigrating[g] = std::max(emigrating[g], tables.emigration_rate[place] * tables.emigration_profile[r][g]);
        }
    }
    // Probabilities of a month by region, sex and age group: each is an exponential, and far more candidates are looked at than there are cells.
    using ByAge = std::array<double, five_year_groups>;
    std::vector<std::array<ByAge, 2>> death(static_cast<std::size_t>(regions));
    std::vector<ByAge> move(static_cast<std::size_t>(regions)), emigration(static_cast<std::size_t>(regions));
    for (int r = 0; r < regions; ++r)
        for (int g = 0; g < five_year_groups; ++g) {
            const auto region = static_cast<std::size_t>(r), group = static_cast<std::size_t>(g);
            const int age = g * 60;
            for (const Sex sex : {Sex::men, Sex::women}) death[region][index_of(sex)][group] = death_probability(tables, p, sex, age, r, month).value();
            move[region][group] = move_probability(tables, p, age, r, month).value();
            emigration[region][group] = emigration_probability(tables, p, age, r, month).value();
        }
    const auto group_of_row = [&](Row row) { return static_cast<std::size_t>(five_year_group(world.age_in_months(row))); };
    Rings rings(persons.size());
    sim::for_each_block(persons.size(), [&](sim::Block block) {
        const int youngest = five_year_group(births.youngest(block.number, month)), oldest = five_year_group(births.oldest(block.number, month));
        const auto thin = [&](const sim::ProcessInfo& info, const std::array<double, five_year_groups>& rate, double lever, auto&& probability) {
            constexpr double room = 1.000001;  // for rounding between a bound and a probability that are the same in exact arithmetic
            const double top = room * *std::max_element(rate.begin() + youngest, rate.begin() + oldest + 1);
            sim::thin_block(
                world.random, info.key, month, block, persons.risk.data(), risk::resident, monthly_of_rate(top).value(),
                monthly_of_rate(top * std::max(1.0, lever)).value(),
                [&](const sim::Candidate& c) {
                    const Row row = c.row();
                    if (world.demographic(row)) return;
                    const double chance = probability(row);
                    if (c.accepts(chance)) rings.add(row, info.key, chance, c.draw());
                },
                [&](Row row) { __builtin_prefetch(&persons.record[row]); });
        };
        thin(death_info, dying, p.mortality, [&](Row row) { return death[persons.region[row]][index_of(persons.record[row].sex)][group_of_row(row)]; });
        thin(move_info, moving, p.departures, [&](Row row) { return move[persons.region[row]][group_of_row(row)]; });
        thin(emigration_info, emigrating, p.departures, [&](Row row) { return emigration[persons.region[row]][group_of_row(row)]; });
        rings.first_in_block(block.number, [&](const Rings::Ring& ring) {
            if (ring.key == death_info.key) return world.depart(ring.row, Event::death);
            if (ring.key == emigration_info.key) return world.depart(ring.row, Event::emigration);
            const int to = move_destination(tables, regions, persons.region[ring.row], ring.draw.uniform(2));
            if (to < 0) return world.depart(ring.row, Event::move_out_nl);
            world.move_home(ring.row, static_cast<std::uint8_t>(to), choices.municipality_of(world, to, ring.draw.uniform(3)));
        });
    });
    world.settle();
}

}  // namespace models
