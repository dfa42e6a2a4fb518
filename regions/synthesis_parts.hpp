#pragma once
/// The steps of the synthesis, in order. Not for other rooms.

#include <array>
#include <cstdint>
#include <vector>

#include "models/world.hpp"
#include "regions/durations.hpp"
#include "regions/participation_by_age.hpp"
#include "regions/start_tables.hpp"
#include "regions/synthesis.hpp"
#include "sim/random.hpp"

namespace regions::synthesis {

/// Numbers of the steps in addresses (month 0).
inline constexpr sim::ProcessKey key_traits = 200;       ///< who has which traits within a cell of region, age and sex
inline constexpr sim::ProcessKey key_outsiders = 201;    ///< traits of outsiders
inline constexpr sim::ProcessKey key_sizes = 202;        ///< sizes of employers
inline constexpr sim::ProcessKey key_mix = 203;          ///< occupations over the employers of a sector
inline constexpr sim::ProcessKey key_occupations = 204;  ///< occupations over workers of a type
inline constexpr sim::ProcessKey key_seats = 205;        ///< seats over workers of an occupation
inline constexpr sim::ProcessKey key_durations = 206;    ///< tenure, contracts, pasts
inline constexpr sim::ProcessKey key_vacancies = 207;
inline constexpr sim::ProcessKey key_employers = 208;  ///< place, recognition, wage level
inline constexpr sim::ProcessKey key_schools = 209;
inline constexpr sim::ProcessKey key_destinations = 210;  ///< who commutes where
inline constexpr sim::ProcessKey key_restore = 211;
inline constexpr sim::ProcessKey key_recent_jobs = 212;
inline constexpr sim::ProcessKey key_sampling = 300;  ///< who is kept at a scale below 1

/// What a resident of 15 to 74 does: students without and with a job by track (vmbo, havo_vwo, mbo_bol, hbo, wo), then the others.
enum Kind : std::uint8_t { student = 0, student_at_work = 5, bbl = 10, employee = 11, self_employed = 12, unemployed = 13, inactive = 14, retired = 15 };
inline constexpr int kinds = 16;
inline constexpr int codes = kinds * 5;  ///< kind x education
inline constexpr std::array<models::Track, 5> student_tracks{models::Track::vmbo, models::Track::havo_vwo, models::Track::mbo_bol, models::Track::hbo,
                                                             models::Track::wo};

/// Random words in order, for a shuffle: four a draw, at the addresses of one entity.
class Words {
public:
    Words(const sim::Random& random, sim::ProcessKey key, sim::Entity entity, std::uint32_t first = 0)
        : random_(random), key_(key), entity_(entity), index_(first) {}
    std::uint32_t next() {
        if (place_ == 4 * draws_.size()) {
            random_.draws_from({key_, entity_, sim::Month(0), index_}, draws_);
            index_ += static_cast<std::uint32_t>(draws_.size());
            place_ = 0;
        }
        const std::uint32_t word = draws_[place_ / 4].words[place_ % 4];
        ++place_;
        return word;
    }
    double uniform() { return sim::Draw::uniform_of(next()); }
    /// A number below n.
    std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>((static_cast<std::uint64_t>(next()) * n) >> 32); }

private:
    const sim::Random& random_;
    sim::ProcessKey key_;
    sim::Entity entity_;
    std::uint32_t index_;
    std::array<sim::Draw, 8> draws_{};
    std::size_t place_ = 4 * 8;
};

/// Fisher-Yates.
template <class T>
void shuffle(T* begin, std::size_t n, Words& words) {
    for (std::size_t i = n; i > 1; --i) std::swap(begin[i - 1], begin[words.below(static_cast<std::uint32_t>(i))]);
}

/// Points that fill (0, 1) evenly in any stretch: fractional parts of multiples of an irrational number (Weyl). Shares read off them
/// come out within rounding, which independent draws would not give.
class Even {
public:
    Even(double start, double step) : at_(start), step_(step) {}
    double next() {
        at_ += step_;
        return at_ -= static_cast<double>(at_ >= 1);  // without a branch, which could not be foreseen
    }

private:
    double at_;
    double step_;
};
// Steps of the three-dimensional R sequence (Roberts 2018): powers of the root of x^4 = x + 1, so that triples fill the cube evenly too.
inline constexpr double even_steps[3] = {0.8191725133961645, 0.6710436067037893, 0.5497004779019703};

/// Scratch that the steps hand on.
struct Build {
    const models::Tables& tables;
    const StartTables& start;
    const StartOptions& options;
    sim::Random random;
    sim::Month now;  ///< the month in which the population is built
    models::World world;
    std::vector<std::uint8_t> work_region;  ///< of each row with an employee's main job or side job; none else
    std::vector<std::size_t> first_row;     ///< of each region; one more at the end (the first outsider)
    std::size_t residents = 0;
    std::vector<sim::Row> learners;                 ///< with a BBL contract as built; nobody else gets one in the months of spin-up
    std::vector<std::vector<double>> in_commuters;  ///< expected agents by work region and home (rest_nl, abroad)
};
inline constexpr std::uint8_t no_work_region = 255;

/// Months for which a vacancy of the start has been open at most.
inline constexpr int longest_vacancy = 30;

/// Law of the months for which a posted vacancy of the start has been open, where `exit` of them are filled or withdrawn in a month; old ones lapse too.
[[nodiscard]] Elapsed age_of_vacancies(double exit, const models::DemandParameters& p);

/// Persons by month of age (0 = born in December 2020) of one region and sex; smooth, with the five-year groups of the table. Pure.
[[nodiscard]] std::vector<std::int64_t> persons_by_month(const std::array<double, age_groups_of_five>& groups);

/// How participation runs over age in these tables, with the regions' mean share of the self-employed.
[[nodiscard]] Participation participation_of(const Build& build);

/// More rows of persons and work regions. Memory is taken on all threads, with room for outsiders and for newcomers of later years.
void add_rows(Build& build, std::size_t rows);

void place_residents(Build& build);
void choose_work_regions(Build& build);
void place_outsiders(Build& build);
void place_employers_and_seats(Build& build);
void place_schools(Build& build);
/// Also the at-risk bytes and the diary of contracts, for which nothing is missing any more.
void draw_durations(Build& build);
void place_vacancies(Build& build);
/// Twelve months from `now`, then the margins as before.
void spin_up(Build& build);
/// Jobs of people under 35 that began within the year with what spin-up does not know.
void begin_recent_jobs(Build& build);
/// What follows from the posts: desired staff, start staff, learning places taken.
/// `to_come`: posts that employers want and have not opened yet, over jobs and openings.
void close_start(Build& build, double to_come = 0);

}  // namespace regions::synthesis
