#pragma once
/// What an event reads of a person, in one aligned record of 32 bytes, and the columns that passes scan.

#include <cstdint>
#include <vector>

#include "models/labels.hpp"
#include "sim/month.hpp"
#include "sim/parallel.hpp"

namespace models {

using sim::Row;

/// A calendar month in two bytes (months since January 1900); 0 means none.
using StoredMonth = std::uint16_t;
inline constexpr StoredMonth stored(sim::Month m) { return static_cast<StoredMonth>(m.number()); }

/// Number of a post (one employer's jobs of one occupation) in the table of posts.
using PostNumber = std::uint32_t;
inline constexpr PostNumber no_post = 0xFFFFFFFFU;

/// Slow ageing (tenure, duration) is stored as a start month and derived when read, never incremented.
struct alignas(32) Person {
    StoredMonth since = 0;           ///< first month of the present job, or of the present status without one
    StoredMonth ends = 0;            ///< last month of a temporary or BBL contract; 0 = none
    StoredMonth diploma = 0;         ///< month of the last diploma; 0 = before the run's memory
    StoredMonth programme_end = 0;   ///< last month in a programme
    std::uint16_t wage = 0;          ///< hourly wage in cents at the contract-wage level of January 2021 (see wages.hpp); 0 without work
    std::uint16_t experience = 0;    ///< months of technical or ICT work before `since`
    std::uint16_t municipality = 0;  ///< number in RegionTables::municipalities
    std::uint16_t school = 0xFFFF;   ///< number in the table of schools; 0xFFFF = none
    LabourStatus status = LabourStatus::outside;
    Sex sex = Sex::men;
    Education education = Education::low;   ///< highest level completed
    Field field = Field::other;             ///< field of the highest level completed
    Occupation occupation = no_occupation;  ///< of the present job or business
    Occupation previous = no_occupation;    ///< occupation before the present job
    Occupation earlier = no_occupation;     ///< the one before that
    Contract contract = Contract::none;
    std::uint8_t hours = 0;     ///< a week
    Track track = Track::none;  ///< of a person in education (also under 15 and with a BBL contract)
    Field study_field = Field::other;
    std::uint8_t study_start = 0;  ///< school year (that of its August, less 1990) in which the present track began; 0 = none
    Cause cause = Cause::quit;     ///< why the last job ended; for a person who left the regions: outside or death
    Event event = Event::birth;    ///< last demographic event (birth for all at the start)
    std::uint8_t distance = 0;     ///< to the labour market: 0 none, 1 some, 2 far
    Programme programme = Programme::none;
};
static_assert(sizeof(Person) == 32);

/// Occupation of the present job or business, else of the last one; a student's side job is none. `no_occupation` for who has never worked.
[[nodiscard]] inline constexpr Occupation last_occupation(const Person& p) {
    return p.occupation != no_occupation && p.contract != Contract::side_job ? p.occupation : p.previous;
}

/// Months of a two-byte month until `now`.
inline constexpr int months_since(StoredMonth then, sim::Month now) { return now.number() - then; }

/// Bits of the one-byte column that thinned processes scan.
namespace risk {
inline constexpr std::uint8_t resident = 1;  ///< lives in a region of the run
inline constexpr std::uint8_t employee = 2;  ///< has a main job at an employer as employee or BBL learner (residents and in-commuters)
inline constexpr std::uint8_t self_employed = 4;
inline constexpr std::uint8_t unemployed = 8;
inline constexpr std::uint8_t inactive = 16;
inline constexpr std::uint8_t student = 32;    ///< status student (15 and over), with or without a side job
inline constexpr std::uint8_t technical = 64;  ///< resident at work in a technical or ICT occupation
inline constexpr std::uint8_t outsider = 128;  ///< home outside, may take jobs here; with or without one
}  // namespace risk

/// Numbers in the column `region`: regions of the run count from 0; then these.
inline constexpr std::uint8_t gone = 255;  ///< dead or departed

/// The table of persons: rows are identities, appended, never reused, never re-sorted.
struct Persons {
    std::vector<Person> record;
    std::vector<PostNumber> post;      ///< of a main job or side job at an employer; no_post else
    std::vector<std::uint16_t> birth;  ///< month of birth since January 1900
    std::vector<std::uint8_t> region;  ///< home: region of the run, rest_nl, abroad, or gone
    std::vector<std::uint8_t> risk;
    std::vector<std::uint8_t> mark;  ///< what has happened to the row this month (world.hpp, mark_...)

    [[nodiscard]] std::size_t size() const { return record.size(); }
    void resize(std::size_t rows) {
        record.resize(rows);
        post.resize(rows, no_post);
        birth.resize(rows);
        region.resize(rows, gone);
        risk.resize(rows);
        mark.resize(rows);
    }
    template <class Archive>
    void archive(Archive& a) {
        a("record", record);
        a("post", post);
        a("birth", birth);
        a("region", region);
        a("risk", risk);
        a("mark", mark);
    }
};

}  // namespace models
