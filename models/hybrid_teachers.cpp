#include "models/hybrid_teachers.hpp"

#include <algorithm>
#include <cmath>

#include "models/parameters.hpp"
#include "models/sorted_list.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/rows_with.hpp"
#include "sim/thinning.hpp"

namespace models {
namespace {

constexpr int years_of_work = 5;  ///< after which an mbo diploma is enough to teach
/// Those who lend at the start are among the employers that knew first: this share of those that know.
constexpr double first_lenders = 0.25;

/// Somebody who would start: a worker who is willing, at an employer that knows.
struct Starter {
    Row row;
    std::uint32_t employer;
    std::uint8_t field;
    sim::Draw draw;
};

class HybridTeachers {
public:
    HybridTeachers(World& world, sim::Month month) : world_(world), state_(world.teaching), p_(world.parameters->teaching), month_(month) {
        const auto& schools = world.schools.school;
        open_.resize(schools.size() * taught_fields);
        for (std::size_t s = 0; s < schools.size(); ++s)
            for (std::size_t f = 0; f < taught_fields; ++f) open_[s * taught_fields + f] = static_cast<double>(schools[s].teacher_vacancies[f]);
    }

    void step() {
        state_.starts.assign(static_cast<std::size_t>(world_.regions), 0);
        end_and_renew();
        start();
        spread();
    }

    /// Adds a contract; counts a first start. `open_` falls by its hours.
    void add(const Starter& starter, std::size_t school, int months) {
        HybridContract contract;
        contract.row = starter.row;
        contract.employer = starter.employer;
        contract.school = static_cast<std::uint16_t>(school);
        contract.begin = stored(month_);
        contract.ends = stored(month_ + (months - 1));
        const double span = std::max(0.0, p_.hours_most - p_.hours_least) + 1;
        contract.hours = static_cast<std::uint8_t>(std::clamp(p_.hours_least + std::floor(starter.draw.uniform(2) * span), 1.0, teacher_week));
        contract.field = starter.field;
        put(state_.contracts, contract);
        open_[school * taught_fields + starter.field] -= contract.hours / teacher_week / world_.tables->scale;
        insert(state_.lenders, starter.employer);
    }

    /// A school of the region for a draw, by open posts (or by posts, at the start); `schools` where none asks.
    [[nodiscard]] std::size_t school_for(std::uint8_t region, std::size_t field, double u, bool by_posts) const {
        const auto& schools = world_.schools.school;
        const auto weight = [&](std::size_t s) {
            if (schools[s].region != region) return 0.0;
            return by_posts ? static_cast<double>(schools[s].posts[field]) : std::max(0.0, open_[s * taught_fields + field]);
        };
        double total = 0;
        for (std::size_t s = 0; s < schools.size(); ++s) total += weight(s);
        if (total <= 0) return schools.size();
        double rest = u * total;
        std::size_t last = schools.size();
        for (std::size_t s = 0; s < schools.size(); ++s) {
            if (weight(s) <= 0) continue;
            last = s;
            rest -= weight(s);
            if (rest < 0) break;
        }
        return last;
    }

private:
    World& world_;
    TeachingState& state_;
    const TeachingParameters& p_;
    sim::Month month_;
    std::vector<double> open_;  ///< open posts by school and field, as contracts of this month leave them

    [[nodiscard]] const TeachingParameters& in_region(std::size_t region) const { return world_.parameters_in(region).teaching; }

    [[nodiscard]] bool holds_job(const HybridContract& c) const {
        const PostNumber post = world_.persons.post[c.row];
        return world_.resident(c.row) && world_.persons.record[c.row].status == LabourStatus::employed && post != no_post &&
               world_.employers.post[post].employer == c.employer && world_.employers.employer[c.employer].open();
    }

    void end_and_renew() {
        const auto& schools = world_.schools.school;
        std::erase_if(state_.contracts, [&](HybridContract& c) {
            if (!holds_job(c)) return true;
            if (c.ends >= stored(month_)) return false;
            const sim::Draw d = world_.random.draw({hybrid_renewal_info.key, sim::person(c.row), month_, 0});
            const School& school = schools[c.school];
            const bool asked = school.posts[c.field] > school.teachers[c.field];  // the post would be open without this teacher
            if (!asked || d.uniform(0) >= p_.want_to_continue || d.uniform(1) >= p_.employer_continues) return true;
            c.ends = stored(month_ + (static_cast<int>(p_.contract_months) - 1));
            return false;
        });
    }

    void start() {
        const auto regions = static_cast<std::size_t>(world_.regions);
        std::vector<double> demand(regions * taught_fields, 0.0), known(regions);
        for (std::size_t s = 0; s < world_.schools.school.size(); ++s)
            for (std::size_t f = 0; f < taught_fields; ++f)
                demand[world_.schools.school[s].region * taught_fields + f] += std::max(0.0, open_[s * taught_fields + f]);
        for (std::size_t c = 0; c < demand.size(); ++c) demand[c] = demand_of_schools(demand[c], state_.open_start[c], p_);
        for (std::size_t r = 0; r < regions; ++r) known[r] = known_share(state_.knowledge[r], in_region(r));

        const auto& persons = world_.persons;
        std::vector<std::vector<Starter>> found(sim::blocks_of(persons.size()));
        double ceiling = hybrid_start_bound;
        for (std::size_t r = 0; r < regions; ++r) ceiling = std::max(ceiling, start_ceiling(in_region(r)));
        sim::thin(world_.random, hybrid_start_info.key, month_, persons.size(), persons.risk.data(), risk::technical, hybrid_start_bound, ceiling,
                  [&](const sim::Candidate& candidate) {
                      const Row row = candidate.row();
                      const PostNumber post = persons.post[row];
                      if (post == no_post) return;  // own business
                      const std::uint32_t e = world_.employers.post[post].employer;
                      const Employer& employer = world_.employers.employer[e];
                      if (employer.region >= regions) return;
                      const Person& person = persons.record[row];
                      const auto field = index_of(group_of(person.occupation));
                      const bool lends = holds(state_.lenders, e);
                      if (!candidate.accepts(start_hazard(demand[employer.region * taught_fields + field], lends, in_region(employer.region)))) return;
                      if (person.contract == Contract::bbl || !can_teach(person, month_)) return;
                      if (world_.random.uniform({hybrid_willing_info.key, sim::person(row), sim::Month(0), 0}) >= p_.willing) return;
                      if (!lends && world_.random.uniform({hybrid_known_info.key, sim::employer(e), sim::Month(0), 0}) >= known[employer.region]) return;
                      found[sim::block_of(row)].push_back({row, e, static_cast<std::uint8_t>(field), candidate.draw()});
                  });
        std::vector<Starter> starters;
        for (const auto& block : found) starters.insert(starters.end(), block.begin(), block.end());
        // Where posts or what an employer lends run out, the lot decides.
        std::sort(starters.begin(), starters.end(),
                  [](const Starter& a, const Starter& b) { return a.draw.words[3] != b.draw.words[3] ? a.draw.words[3] < b.draw.words[3] : a.row < b.row; });
        for (const Starter& starter : starters) accept(starter);
    }

    void accept(const Starter& starter) {
        std::int64_t lent = 0;
        for (const HybridContract& c : state_.contracts) {
            if (c.row == starter.row) return;
            lent += c.employer == starter.employer;
        }
        if (lent >= lent_at_most(technicians_of(world_, starter.employer), p_)) return;
        const std::uint8_t region = world_.employers.employer[starter.employer].region;
        const std::size_t school = school_for(region, starter.field, starter.draw.uniform(1), false);
        if (school == world_.schools.school.size()) return;
        add(starter, school, static_cast<int>(p_.contract_months));
        if (insert(state_.taught, starter.row)) ++state_.starts[region];
    }

    void spread() {
        std::vector<double> lending(state_.knowledge.size(), 0.0);
        for (const std::uint32_t e : state_.lenders)
            if (world_.employers.employer[e].open()) lending[world_.employers.employer[e].region] += 1;
        for (std::size_t r = 0; r < lending.size(); ++r)
            state_.knowledge[r] = knowledge_after(state_.knowledge[r], state_.able[r] > 0 ? std::min(1.0, lending[r] / state_.able[r]) : 0.0,
                                                  knowledge_at_rest(world_.tables->teaching, r, in_region(r)), p_);
    }
};

}  // namespace

bool can_teach(const Person& person, sim::Month now) {
    if (person.education == Education::hbo || person.education == Education::wo) return true;
    return person.education == Education::mbo2_4 && person.experience + months_since(person.since, now) >= 12 * years_of_work;
}

double knowledge_after(double knowledge, double lending_share, double at_start, const TeachingParameters& p) {
    const double learned = (1 - knowledge) * p.peers_weight * lending_share;
    const double forgotten = p.forgetting * std::max(0.0, knowledge - at_start);
    return std::clamp(knowledge + learned - forgotten, 0.0, 1.0);
}

double knowledge_at_rest(const TeachingTables& tables, std::size_t region, const TeachingParameters& p) {
    const double with = tables.knowledge[region], without = tables.knowledge_without[region];
    return p.matching_project >= 1 ? with : without + (with - without) * p.matching_project;
}

double known_share(double knowledge, const TeachingParameters& p) { return 1 - (1 - knowledge) * (1 - p.information); }

double demand_of_schools(double open, double open_at_start, const TeachingParameters& p) {
    if (open <= 0) return 0;
    if (open_at_start <= 0) return 1;
    return std::min(demand_most, sim::power(open / open_at_start, p.demand_effect));
}

double cost_factor(const TeachingParameters& p) {
    static const TeachingParameters usual;
    return sim::exponential(-p.cost_effect * (p.cost - p.compensation - usual.cost));
}

double start_hazard(double demand, bool lends, const TeachingParameters& p) {
    const double partners = 1 + p.partnership_effect * p.partnership;
    const double matched = 1 + p.matching_gain * p.matching_project;
    return std::min(start_most, p.start_rate * demand * p.school_demand * cost_factor(p) * partners * matched * (lends ? 1 + p.lender_boost : 1.0));
}

double start_ceiling(const TeachingParameters& p) { return start_hazard(demand_most, true, p); }

int lent_at_most(std::int64_t technicians, const TeachingParameters& p) {
    if (static_cast<double>(technicians) < p.technicians_least) return 0;
    return std::max(1, static_cast<int>(p.most_lent * static_cast<double>(technicians)));
}

std::int64_t technicians_of(const World& world, std::uint32_t employer) {
    const Employer& e = world.employers.employer[employer];
    std::int64_t staff = 0;
    for (std::uint32_t k = e.first_post; k < e.first_post + e.posts; ++k)
        if (is_technical_or_ict(world.employers.post[k].occupation)) staff += world.employers.post[k].staff;
    return staff;
}

std::int64_t starts_before(const TeachingTables& tables, std::size_t region, double scale) {
    return region < tables.hybrid_before.size() ? std::llround(tables.hybrid_before[region] * scale) : 0;
}

void place_first_hybrid_teachers(World& world) {
    const auto& tables = world.tables->teaching;
    const auto regions = static_cast<std::size_t>(world.regions);
    const TeachingParameters usual;  // the start does not depend on the scenario
    // Employers first, for they are few: the technical posts of those that know and have technicians enough.
    const auto& employers = world.employers;
    std::vector<std::uint8_t> lends(employers.post.size());
    sim::for_each_block(employers.size(), [&](sim::Block block) {
        for (std::uint32_t e = block.begin; e < block.end; ++e) {
            const Employer& employer = employers.employer[e];
            if (employer.region >= regions || lent_at_most(technicians_of(world, e), usual) == 0) continue;
            if (world.random.uniform({hybrid_known_info.key, sim::employer(e), sim::Month(0), 0}) >= first_lenders * tables.knowledge[employer.region])
                continue;
            for (PostNumber post = employer.first_post; post < employer.first_post + employer.posts; ++post)
                lends[post] = is_technical_or_ict(employers.post[post].occupation);
        }
    });
    // Everybody who could have begun, with a lot; the lowest lots of each region did.
    std::vector<std::vector<std::vector<Starter>>> parts(sim::blocks_of(world.persons.size()));
    sim::for_each_block(world.persons.size(), [&](sim::Block block) {
        auto& part = parts[block.number];
        part.resize(regions);
        sim::BlockRows technical;
        const std::size_t count = sim::rows_with(world.persons.risk.data(), block, risk::technical, risk::technical, technical);
        for (std::size_t i = 0; i < count; ++i) {
            const Row row = technical[i];
            const PostNumber post = world.persons.post[row];
            if (post == no_post || lends[post] == 0) continue;
            const Person& person = world.persons.record[row];
            if (person.contract == Contract::bbl || !can_teach(person, world.month)) continue;
            const std::uint32_t e = employers.post[post].employer;
            const sim::Draw d = world.random.draw({hybrid_before_info.key, sim::person(row), sim::Month(0), 0});
            part[employers.employer[e].region].push_back({row, e, static_cast<std::uint8_t>(index_of(group_of(person.occupation))), d});
        }
    });
    HybridTeachers hybrid(world, world.month);
    auto& state = world.teaching;
    for (std::size_t r = 0; r < regions; ++r) {
        std::vector<Starter> all;
        for (const auto& part : parts)
            if (!part.empty()) all.insert(all.end(), part[r].begin(), part[r].end());
        std::sort(all.begin(), all.end(),
                  [](const Starter& a, const Starter& b) { return a.draw.words[0] != b.draw.words[0] ? a.draw.words[0] < b.draw.words[0] : a.row < b.row; });
        const auto wanted = std::min<std::size_t>(static_cast<std::size_t>(starts_before(tables, r, world.tables->scale)), all.size());
        for (std::size_t k = 0; k < wanted; ++k) {
            const Starter& s = all[k];
            insert(state.taught, s.row);
            insert(state.lenders, s.employer);
            const sim::Draw term = world.random.draw({hybrid_before_info.key, sim::person(s.row), sim::Month(0), 1});
            if (term.uniform(0) >= tables.hybrid_stay[r]) continue;
            const std::size_t school = hybrid.school_for(static_cast<std::uint8_t>(r), s.field, s.draw.uniform(1), true);
            if (school == world.schools.school.size()) continue;
            // Their contracts end evenly over the months to come.
            hybrid.add(s, school, 2 + static_cast<int>(term.uniform(1) * usual.contract_months));
        }
    }
}

void step_hybrid_teachers(World& world, sim::Month month) {
    HybridTeachers(world, month).step();
    count_lent_hours(world);
}

std::vector<double> hybrid_hours_by_school(const World& world) {
    std::vector<double> hours(world.schools.school.size() * taught_fields, 0.0);
    for (const HybridContract& c : world.teaching.contracts) hours[c.school * taught_fields + c.field] += c.hours / world.tables->scale;
    return hours;
}

void count_lent_hours(World& world) {
    auto& lent = world.teaching.lent_hours;
    lent.assign(static_cast<std::size_t>(world.regions) * occupations, 0.0);
    for (const HybridContract& c : world.teaching.contracts)
        lent[world.employers.employer[c.employer].region * std::size_t{occupations} + world.persons.record[c.row].occupation] += c.hours;
}

void count_able_employers(World& world, const TeachingParameters& p) {
    auto& able = world.teaching.able;
    able.assign(static_cast<std::size_t>(world.regions), 0.0);
    for (std::uint32_t e = 0; e < world.employers.size(); ++e) {
        const Employer& employer = world.employers.employer[e];
        if (employer.region < world.regions && employer.open() && lent_at_most(technicians_of(world, e), p) > 0) able[employer.region] += 1;
    }
}

}  // namespace models
