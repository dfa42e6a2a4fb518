#pragma once
/// The world of one run: persons, employers, vacancies, schools, and the record of what changed this month.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "models/awareness.hpp"
#include "models/block_births.hpp"
#include "models/employer.hpp"
#include "models/innovation.hpp"
#include "models/market.hpp"
#include "models/person.hpp"
#include "models/programmes.hpp"
#include "models/schools.hpp"
#include "models/teaching.hpp"
#include "models/unplaced_learners.hpp"
#include "models/vacancies.hpp"
#include "sim/month.hpp"
#include "sim/parallel.hpp"
#include "sim/random.hpp"
#include "sim/scratch.hpp"

namespace models {

struct Tables;         // models/tables.hpp
struct Parameters;     // models/parameters.hpp
struct Policy;         // models/policy.hpp
struct SearchScratch;  // models/search_scratch.hpp

/// A person as it was at the start of the month, kept at the first change in it. All flows of the output come from these.
struct BeforeImage {
    Person record;
    Row row;
    PostNumber post;
    std::uint8_t region;
};

/// A job that somebody left; step_employers of the next month decides whether it is opened again.
struct Departure {
    Row row;
    PostNumber post;
    Contract contract = Contract::none;  ///< that the job was held by: a learner's place is no vacancy, a student's job is seldom posted
    std::uint8_t spare[3] = {};
    bool operator==(const Departure&) const = default;
};

/// A job that somebody took this step.
struct Joined {
    Row row;
    PostNumber post;
    StoredMonth ends;
};

/// What one task may append to for its block of rows; joined in the order of blocks.
struct BlockLog {
    std::vector<BeforeImage> before;
    std::vector<Departure> departures;  ///< jobs left since the last `settle`
    std::vector<Joined> joined;         ///< jobs taken since the last `settle`
    std::vector<Joined> renewed;        ///< contracts with a new end since the last `settle`
};

/// Bits of Persons::mark.
inline constexpr std::uint8_t mark_kept = 1;         ///< a copy was kept this month
inline constexpr std::uint8_t mark_moved = 2;        ///< moved (labour status or job) this month
inline constexpr std::uint8_t mark_no_search = 8;    ///< in a programme that leaves no time to look for work this month
inline constexpr std::uint8_t mark_demographic = 4;  ///< born, arrived, moved home or left this month

/// Rows by the month in which their contract ends; entries may be stale, so readers compare with `ends` of the record.
class ContractDiary {
public:
    void note(StoredMonth ends, Row row);
    /// Rows noted for this month, sorted, each once; forgets them.
    [[nodiscard]] std::vector<Row> take(sim::Month month);
    void clear() { rows_.clear(); }

private:
    std::vector<std::vector<Row>> rows_;  ///< by month since January 1900
};

struct World {
    const Tables* tables = nullptr;          ///< the figures of the real world; outlives the run
    const Parameters* parameters = nullptr;  ///< the parameters of this run
    const Policy* policy = nullptr;          ///< what measures make of this month; null without any
    sim::Random random;                      ///< of this seed and replicate
    sim::Month month;                        ///< the month that is being simulated, or was last
    int regions = 0;                         ///< regions of the run; rest_nl = regions, abroad = regions + 1

    Persons persons;
    Employers employers;
    Vacancies vacancies;
    Schools schools;
    MarketState market;
    AwarenessState awareness;
    InnovationState innovation;
    TeachingState teaching;
    ProgrammeState programmes;
    std::vector<Departure> departures;  ///< settled departures that step_employers has not treated yet, in order of rows within a step
    std::vector<BlockLog> log;          ///< one a block of rows
    ContractDiary contract_ends;        ///< who has a contract that ends in which month; follows from the records, so it is not part of a checkpoint
    BlockBirths births;                 ///< ages by block, read through `update`; follow from the months of birth, so they are not part of a checkpoint
    bool keeps_copies = false;  ///< in spin-up: close_month leaves the copies, so that there is one of everybody as before the first change of all months
    UnplacedLearners unplaced_learners;          ///< kept by `refresh`; follow from the records, so they are not part of a checkpoint
    sim::Scratch<SearchScratch> search_scratch;  ///< memory of step_search; no state, not copied

    /// The parameters in a region: where a measure is aimed at it they differ from `parameters`, which stand for everywhere else.
    [[nodiscard]] const Parameters& parameters_in(std::size_t region) const;

    [[nodiscard]] std::uint8_t rest_nl() const { return static_cast<std::uint8_t>(regions); }
    [[nodiscard]] std::uint8_t abroad() const { return static_cast<std::uint8_t>(regions + 1); }
    [[nodiscard]] int work_regions() const { return regions + 2; }

    [[nodiscard]] bool resident(Row row) const { return persons.region[row] < regions; }
    [[nodiscard]] int age_in_months(Row row) const { return month.number() - persons.birth[row]; }
    [[nodiscard]] int age(Row row) const { return age_in_months(row) / 12; }
    /// Whether the person has already made its one move of labour status or job this month.
    [[nodiscard]] bool moved(Row row) const { return (persons.mark[row] & mark_moved) != 0; }
    /// Whether the person looks for no work this month whatever the draws: after a move, or in a programme.
    [[nodiscard]] bool no_search(Row row) const { return (persons.mark[row] & (mark_moved | mark_no_search)) != 0; }
    /// Whether a demographic event (birth, arrival, move, departure) has happened to the person this month: at most one.
    [[nodiscard]] bool demographic(Row row) const { return (persons.mark[row] & mark_demographic) != 0; }
    [[nodiscard]] const Employer& employer_of(PostNumber post) const { return employers.employer[employers.post[post].employer]; }

    /// The record of a person, to be changed: the first call in a month keeps a copy. Only the task that owns the row's block may call it.
    /// After the change call `refresh(row)`.
    Person& touch(Row row);
    /// Lets a person look for no work this month.
    void keep_from_search(Row row);
    /// Brings the at-risk byte of a row up to date.
    void refresh(Row row);
    /// Appends rows for newcomers (not yet resident: status outside, region gone) and returns the first. On one thread.
    Row append_persons(std::size_t count);

    /// Ends the present job (or business) of a person who becomes `next`; keeps the occupation and experience; marks the move.
    /// Status, contract, hours and wage are set; region and track are not. Settle before staff numbers are read again.
    void leave_work(Row row, Cause cause, LabourStatus next);
    /// Puts a person into a post. A person who holds another job leaves it with cause quit_to_job, or internal at the same employer.
    /// `status` is employed, student for a side job, or outside for an in-commuter.
    void take_job(Row row, PostNumber post, Contract contract, LabourStatus status, std::uint16_t wage, std::uint8_t hours, StoredMonth ends);
    /// Changes a status without a job on either side (unemployed to inactive, child to student, ...); marks the move.
    void change_status(Row row, LabourStatus next);
    /// A resident dies, emigrates or moves out of all regions (death, emigration, move_out_nl): leaves work (cause death or outside), gone.
    void depart(Row row, Event event);
    /// A resident moves to another region of the run; job and status stay.
    void move_home(Row row, std::uint8_t region, std::uint16_t municipality);
    /// A row that stands outside becomes a resident (birth, move_in_nl, immigration) with the status already set in its record.
    void arrive(Row row, Event event, std::uint8_t region, std::uint16_t municipality);

    /// Applies the block logs to the staff of posts and moves departures to `departures`, in the order of blocks.
    void settle();
    /// Forgets the month's copies and marks, once indicators have read them; with `keeps_copies` the marks of what happened alone.
    void close_month();
    /// Gives a contract a new last month (0 = none: permanent). Not a move.
    void renew_contract(Row row, Contract contract, StoredMonth ends);
    /// Fills `contract_ends` from the records: after synthesis and after a restart.
    void rebuild_diary();
    /// All rows whose birth month is the given one, in order of rows; costs a look at few blocks, because rows are sorted by region and birth month at the
    /// start.
    [[nodiscard]] std::vector<Row> born_in(int birth_month) const;
    /// Makes the block logs match the number of rows.
    void fit_log();

    template <class Archive>
    void archive(Archive& a);
};

/// What the at-risk byte of a person must be. Pure.
[[nodiscard]] std::uint8_t risk_of(const Person& person, std::uint8_t region, PostNumber post, int regions);

template <class Archive>
void World::archive(Archive& a) {
    int number = month.number();
    a("month", number);
    month = sim::Month(number);
    a("persons", persons);
    a("employers", employers);
    a("vacancies", vacancies);
    a("schools", schools);
    a("market", market);
    a("departures", departures);
    a("awareness", awareness);
    a("innovation", innovation);
    a("teaching", teaching);
    a("programmes", programmes);
}

}  // namespace models
