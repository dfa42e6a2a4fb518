#include "models/world.hpp"

#include <algorithm>
#include <utility>

#include "models/flows.hpp"
#include "models/policy.hpp"
#include "sim/error.hpp"

namespace models {
namespace {

bool works(const Person& p) { return p.occupation != no_occupation; }

/// Takes the present occupation into the person's history.
void remember_occupation(Person& p, sim::Month now) {
    if (!works(p)) return;
    if (is_technical_or_ict(p.occupation)) {
        const int more = p.experience + std::max(0, months_since(p.since, now));
        p.experience = static_cast<std::uint16_t>(std::min(more, 0xFFFF));
    }
    // A student's side job is no past in an occupation: whoever leaves school looks in the field of the diploma.
    if (p.contract != Contract::side_job && p.previous != p.occupation) {
        p.earlier = p.previous;
        p.previous = p.occupation;
    }
    p.occupation = no_occupation;
}

/// Sorts rows: first into runs of 1024 rows by counting, then within these, which are short.
void sort_rows(std::vector<Row>& rows) {
    if (rows.empty()) return;
    constexpr int run_bits = 10;
    const Row last = *std::max_element(rows.begin(), rows.end());
    std::vector<std::uint32_t> first((last >> run_bits) + 2, 0);
    for (const Row row : rows) ++first[(row >> run_bits) + 1];
    for (std::size_t run = 1; run < first.size(); ++run) first[run] += first[run - 1];
    std::vector<Row> sorted(rows.size());
    std::vector<std::uint32_t> next(first.begin(), first.end() - 1);
    for (const Row row : rows) sorted[next[row >> run_bits]++] = row;
    for (std::size_t run = 0; run + 1 < first.size(); ++run) std::sort(sorted.begin() + first[run], sorted.begin() + first[run + 1]);
    rows = std::move(sorted);
}

}  // namespace

const Parameters& World::parameters_in(std::size_t region) const {
    return policy != nullptr && region < policy->by_region.size() ? policy->by_region[region] : *parameters;
}

std::uint8_t risk_of(const Person& person, std::uint8_t region, PostNumber post, int regions) {
    if (region == gone) return 0;
    // Without branches: who is what has no pattern.
    static constexpr std::array<std::uint8_t, labour_status_labels.size()> of_status{0,  // child
                                                                                     risk::student,
                                                                                     risk::technical,
                                                                                     risk::self_employed | risk::technical,
                                                                                     risk::unemployed,
                                                                                     risk::inactive,
                                                                                     0,
                                                                                     0};
    const bool technical = is_technical_or_ict(person.occupation);
    const unsigned in_region = risk::resident | (of_status[index_of(person.status)] & (0xFFU ^ (risk::technical * static_cast<unsigned>(!technical))));
    const unsigned main_job = static_cast<unsigned>(post != no_post) & static_cast<unsigned>(person.contract != Contract::side_job);
    return static_cast<std::uint8_t>((region < regions ? in_region : risk::outsider) | risk::employee * main_job);
}

Person& World::touch(Row row) {
    auto& mark = persons.mark[row];
    if ((mark & mark_kept) == 0) {
        mark |= mark_kept;
        log[sim::block_of(row)].before.push_back({persons.record[row], row, persons.post[row], persons.region[row]});
    }
    return persons.record[row];
}

void World::keep_from_search(Row row) {
    touch(row);  // marks are cleared where there is a copy
    persons.mark[row] |= mark_no_search;
}

void World::refresh(Row row) {
    persons.risk[row] = risk_of(persons.record[row], persons.region[row], persons.post[row], regions);
    unplaced_learners.note(row, persons.record[row]);
}

Row World::append_persons(std::size_t count) {
    const auto first = static_cast<Row>(persons.size());
    persons.resize(persons.size() + count);
    fit_log();
    return first;
}

void World::leave_work(Row row, Cause cause, LabourStatus next) {
    Person& p = touch(row);
    remember_occupation(p, month);
    if (persons.post[row] != no_post) {
        log[sim::block_of(row)].departures.push_back({row, persons.post[row], p.contract});
        persons.post[row] = no_post;
    }
    p.cause = cause;
    p.status = next;
    p.contract = Contract::none;
    p.since = stored(month);
    p.ends = 0;
    p.wage = 0;
    p.hours = 0;
    persons.mark[row] |= mark_moved;
    refresh(row);
}

void World::take_job(Row row, PostNumber post, Contract contract, LabourStatus status, std::uint16_t wage, std::uint8_t hours, StoredMonth ends) {
    Person& p = touch(row);
    auto& block = log[sim::block_of(row)];
    const PostNumber old = persons.post[row];
    if (old != no_post) {
        p.cause = employers.post[old].employer == employers.post[post].employer ? Cause::internal : Cause::quit_to_job;
        block.departures.push_back({row, old, p.contract});
    }
    remember_occupation(p, month);
    block.joined.push_back({row, post, ends});
    persons.post[row] = post;
    p.occupation = employers.post[post].occupation;
    p.contract = contract;
    p.status = status;
    p.since = stored(month);
    p.ends = ends;
    p.wage = wage;
    p.hours = hours;
    persons.mark[row] |= mark_moved;
    refresh(row);
}

void World::change_status(Row row, LabourStatus next) {
    Person& p = touch(row);
    if (works(p)) throw sim::Bug("change_status on a person at work");
    p.status = next;
    p.since = stored(month);
    persons.mark[row] |= mark_moved;
    refresh(row);
}

void World::depart(Row row, Event event) {
    leave_work(row, event == Event::death ? Cause::death : Cause::outside, LabourStatus::outside);
    Person& p = touch(row);
    p.event = event;
    p.track = Track::none;
    persons.region[row] = gone;
    persons.mark[row] |= mark_demographic;
    refresh(row);
}

void World::move_home(Row row, std::uint8_t region, std::uint16_t municipality) {
    Person& p = touch(row);
    p.event = Event::move_in_region;
    p.municipality = municipality;
    persons.region[row] = region;
    persons.mark[row] |= mark_demographic;
    refresh(row);
}

void World::arrive(Row row, Event event, std::uint8_t region, std::uint16_t municipality) {
    auto& mark = persons.mark[row];
    if ((mark & mark_kept) == 0) {
        // The copy of a newcomer is a person outside, whatever the record already says.
        Person before = persons.record[row];
        before.status = LabourStatus::outside;
        before.occupation = no_occupation;
        mark |= mark_kept;
        log[sim::block_of(row)].before.push_back({before, row, no_post, gone});
    }
    Person& p = persons.record[row];
    p.event = event;
    p.municipality = municipality;
    persons.region[row] = region;
    mark |= mark_demographic | mark_moved;
    refresh(row);
}

void World::settle() {
    constexpr std::size_t ahead = 12;  // posts stand far apart: the next ones are on their way from memory
    for (auto& block : log) {
        for (std::size_t i = 0; i < block.departures.size(); ++i) {
            if (i + ahead < block.departures.size()) __builtin_prefetch(&employers.post[block.departures[i + ahead].post], 1);
            const Departure& d = block.departures[i];
            --employers.post[d.post].staff;
            // A learner who goes, for whatever cause, frees the place.
            if (auto& employer = employers.employer[employers.post[d.post].employer]; d.contract == Contract::bbl && employer.bbl_taken > 0)
                --employer.bbl_taken;
        }
        for (std::size_t i = 0; i < block.joined.size(); ++i) {
            if (i + ahead < block.joined.size()) __builtin_prefetch(&employers.post[block.joined[i + ahead].post], 1);
            const Joined& j = block.joined[i];
            ++employers.post[j.post].staff;
            if (j.ends != 0) contract_ends.note(j.ends, j.row);
        }
        for (const auto& j : block.renewed)
            if (j.ends != 0) contract_ends.note(j.ends, j.row);
        departures.insert(departures.end(), block.departures.begin(), block.departures.end());
        block.departures.clear();
        block.joined.clear();
        block.renewed.clear();
    }
}

void World::close_month() {
    if (keeps_copies) {
        sim::for_each_block(persons.size(), [&](sim::Block b) {
            std::uint8_t* const mark = persons.mark.data();  // a byte may lie anywhere, so that compilers would look for the column anew at each row
            for (Row row = b.begin; row < b.end; ++row) mark[row] &= mark_kept;
        });
        return;
    }
    sim::for_each_task(log.size(), [&](std::size_t b) {
        if (log[b].before.empty()) return;
        // Every mark has its copy in the block. The whole block is cleared: cheaper than to look up each.
        const std::size_t begin = b * sim::block_rows;
        std::fill_n(persons.mark.begin() + static_cast<std::ptrdiff_t>(begin), std::min<std::size_t>(sim::block_rows, persons.size() - begin), std::uint8_t{0});
        log[b].before.clear();
    });
}

void World::renew_contract(Row row, Contract contract, StoredMonth ends) {
    Person& p = touch(row);
    p.contract = contract;
    p.ends = ends;
    log[sim::block_of(row)].renewed.push_back({row, persons.post[row], ends});
    refresh(row);
}

void World::rebuild_diary() {
    contract_ends.clear();
    for (const Row row : sim::rows_where(persons.size(), [&](Row r) { return persons.record[r].ends != 0; })) contract_ends.note(persons.record[row].ends, row);
}

std::vector<Row> World::born_in(int birth_month) const {
    const std::size_t blocks = sim::blocks_of(persons.size());
    std::vector<std::vector<Row>> found(blocks);
    const bool ages_known = births.covers(persons);
    sim::for_each_block(persons.size(), [&](sim::Block b) {
        if (ages_known && !births.spans(b.number, birth_month)) return;
        // First only whether anybody is: most blocks have none, and a loop without exits takes many rows at once.
        const std::uint16_t* birth = persons.birth.data();
        const auto wanted = static_cast<std::uint16_t>(birth_month);
        int any = 0;
        for (Row row = b.begin; row < b.end; ++row) any |= static_cast<int>(birth[row] == wanted);
        if (any == 0) return;
        for (Row row = b.begin; row < b.end; ++row)
            if (birth[row] == wanted) found[b.number].push_back(row);
    });
    std::vector<Row> all;
    for (const auto& part : found) all.insert(all.end(), part.begin(), part.end());
    return all;
}

void ContractDiary::note(StoredMonth ends, Row row) {
    if (rows_.size() <= ends) rows_.resize(static_cast<std::size_t>(ends) + 1);
    rows_[ends].push_back(row);
}

std::vector<Row> ContractDiary::take(sim::Month month) {
    const auto number = static_cast<std::size_t>(month.number());
    if (number >= rows_.size()) return {};
    std::vector<Row> rows = std::move(rows_[number]);
    rows_[number] = {};
    sort_rows(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

void World::fit_log() {
    if (log.size() < sim::blocks_of(persons.size())) log.resize(sim::blocks_of(persons.size()));
    unplaced_learners.fit(persons.size());
}

}  // namespace models
