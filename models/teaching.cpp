#include "models/teaching.hpp"

#include <algorithm>
#include <cmath>

#include "models/hybrid_teachers.hpp"
#include "models/parameters.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "models/world.hpp"
#include "sim/math.hpp"
#include "sim/trajectory.hpp"

namespace models {
namespace {

/// Fewer pupils (agents) than this say nothing about how many there are: a cell below keeps its posts.
constexpr double pupils_least = 50;
/// Share of open posts filled a month where none was open at the start: a vacancy lasts half a year on average.
constexpr double usually_filled = 1.0 / 6;

constexpr std::array<Field, taught_fields> fields_taught{Field::technical, Field::ict};
constexpr std::array<Track, 4> tracks_taught{Track::vmbo, Track::mbo_bol, Track::hbo, Track::wo};

class Teaching {
public:
    Teaching(World& world, sim::Month month)
        : world_(world), state_(world.teaching), p_(world.parameters->teaching), month_(month), regions_(static_cast<std::size_t>(world.regions)) {}

    void begin() {
        const auto& t = world_.tables->teaching;
        const TeachingParameters usual;  // the start does not depend on the scenario
        state_.knowledge = t.knowledge;
        state_.pupils = state_.pupils_start = count_pupils();
        count_able_employers(world_, usual);
        place_first_hybrid_teachers(world_);
        count_lent_hours(world_);
        state_.starts.assign(regions_, 0);
        state_.match.assign(regions_ * taught_fields, 0.0);
        state_.open_start.assign(regions_ * taught_fields, 0.0);
        hire_first_teachers();
        measure();
        state_.staffing_start = state_.staffing;
        state_.hours_start = state_.hours;
        respond();
    }

    void step() {
        if (month_.month_of_year() == 10) {
            follow_pupils();
            count_able_employers(world_, p_);
        }
        move_teachers();
        step_hybrid_teachers(world_, month_);
        post_vacancies();
        measure();
        respond();
        if (month_.month_of_year() == 4) renew_match();
    }

private:
    World& world_;
    TeachingState& state_;
    const TeachingParameters& p_;
    sim::Month month_;
    std::size_t regions_;

    /// By cell: residents in a track and field (agents).
    [[nodiscard]] std::vector<double> count_pupils() const {
        using Counts = std::vector<std::int64_t>;
        const std::size_t cells = regions_ * tracks * 3;
        const auto& persons = world_.persons;
        const Counts counts = sim::reduce(
            sim::blocks_of(persons.size()), Counts(cells),
            [&](std::size_t b) {
                Counts part(cells);
                const auto begin = static_cast<Row>(b * sim::block_rows);
                const auto end = static_cast<Row>(std::min<std::size_t>(persons.size(), (b + 1) * sim::block_rows));
                for (Row row = begin; row < end; ++row) {
                    const Person& p = persons.record[row];
                    if (p.track != Track::none && world_.resident(row)) ++part[teaching_cell(persons.region[row], p.track, p.study_field)];
                }
                return part;
            },
            [](Counts& total, const Counts& part) {
                for (std::size_t c = 0; c < part.size(); ++c) total[c] += part[c];
            });
        return {counts.begin(), counts.end()};
    }

    /// Posts of a school follow the pupils of its region, track and field.
    void follow_pupils() {
        const std::vector<double> now = count_pupils();
        for (School& school : world_.schools.school)
            for (const Field f : fields_taught) {
                const std::size_t cell = teaching_cell(school.region, school.track, f);
                if (state_.pupils[cell] >= pupils_least && now[cell] >= pupils_least)
                    school.posts[index_of(f)] = static_cast<float>(static_cast<double>(school.posts[index_of(f)]) * now[cell] / state_.pupils[cell]);
            }
        for (std::size_t cell = 0; cell < now.size(); ++cell)
            if (state_.pupils[cell] >= pupils_least && now[cell] >= pupils_least) state_.pupils[cell] = now[cell];
    }

    void hire_first_teachers() {
        const auto& t = world_.tables->teaching;
        const std::vector<double> hours = hybrid_hours_by_school(world_);
        for (std::size_t s = 0; s < world_.schools.school.size(); ++s) {
            School& school = world_.schools.school[s];
            for (const Field f : fields_taught) {
                const std::size_t k = index_of(f);
                const double here = static_cast<double>(school.posts[k]);
                if (here <= 0) continue;
                const double open = t.open_share[school.region][index_of(school.track)][k] * here;
                const double teachers = std::max(0.0, here - open - hours[s * taught_fields + k] / teacher_week);
                school.teachers[k] = static_cast<float>(teachers);
                school.teacher_vacancies[k] = static_cast<float>(open);
                school.filled_at_rest[k] = static_cast<float>(filled_at_rest(teachers, open, t.outflow));
                state_.open_start[school.region * taught_fields + k] += static_cast<double>(school.teacher_vacancies[k]);
            }
        }
    }

    /// Mean tightness of the occupations of a field, 1 = normal.
    [[nodiscard]] double tightness(std::size_t region, Field field) const {
        return mean_tightness(world_.market, region, [field](Occupation o) { return group_of(o) == field; });
    }

    void move_teachers() {
        std::vector<double> tight(regions_ * taught_fields);
        for (std::size_t r = 0; r < regions_; ++r)
            for (const Field f : fields_taught) tight[r * taught_fields + index_of(f)] = tightness(r, f);
        const auto& t = world_.tables->teaching;
        for (School& school : world_.schools.school)
            for (std::size_t k = 0; k < taught_fields; ++k) {
                const double open_usually = t.open_share[school.region][index_of(school.track)][k] * static_cast<double>(school.posts[k]);
                school.teachers[k] =
                    static_cast<float>(teachers_after(static_cast<double>(school.teachers[k]), static_cast<double>(school.teacher_vacancies[k]), open_usually,
                                                      static_cast<double>(school.filled_at_rest[k]), tight[school.region * taught_fields + k], t.outflow,
                                                      world_.parameters_in(school.region).teaching));
            }
        post_vacancies();
    }

    void post_vacancies() {
        const std::vector<double> hours = hybrid_hours_by_school(world_);
        for (std::size_t s = 0; s < world_.schools.school.size(); ++s) {
            School& school = world_.schools.school[s];
            for (std::size_t k = 0; k < taught_fields; ++k)
                school.teacher_vacancies[k] = static_cast<float>(std::max(
                    0.0, static_cast<double>(school.posts[k]) - static_cast<double>(school.teachers[k]) - hours[s * taught_fields + k] / teacher_week));
        }
    }

    /// Staffing and hybrid hours by cell.
    void measure() {
        const std::size_t cells = regions_ * tracks * 3;
        std::vector<double> posts(cells, 0.0), teachers(cells, 0.0);
        state_.hours.assign(cells, 0.0);
        const std::vector<double> hours = hybrid_hours_by_school(world_);
        for (std::size_t s = 0; s < world_.schools.school.size(); ++s) {
            const School& school = world_.schools.school[s];
            for (const Field f : fields_taught) {
                const std::size_t cell = teaching_cell(school.region, school.track, f);
                posts[cell] += static_cast<double>(school.posts[index_of(f)]);
                teachers[cell] += static_cast<double>(school.teachers[index_of(f)]);
                state_.hours[cell] += hours[s * taught_fields + index_of(f)];
            }
        }
        state_.staffing.assign(cells, 1.0);
        for (std::size_t c = 0; c < cells; ++c)
            if (posts[c] > 0) state_.staffing[c] = (teachers[c] + state_.hours[c] / teacher_week) / posts[c];
    }

    void respond() {
        state_.dropout.assign(regions_ * tracks * 3, 1.0);
        for (std::size_t r = 0; r < regions_; ++r)
            for (const Track track : tracks_taught)
                for (const Field f : fields_taught) {
                    const std::size_t cell = teaching_cell(r, track, f);
                    if (state_.staffing_start[cell] <= 0) continue;
                    const double contact = contact_share(state_.hours[cell], persons(state_.pupils[cell]), p_) -
                                           contact_share(state_.hours_start[cell], persons(state_.pupils_start[cell]), p_);
                    state_.dropout[cell] = dropout_response(state_.staffing[cell] / state_.staffing_start[cell], contact, p_);
                }
    }

    /// First jobs of this year's graduates answer to what they met at school.
    void renew_match() {
        for (std::size_t r = 0; r < regions_; ++r)
            for (const Field f : fields_taught) {
                double hours = 0, hours_start = 0, pupils = 0, pupils_start = 0;
                for (const Track track : {Track::mbo_bol, Track::hbo, Track::wo}) {
                    const std::size_t cell = teaching_cell(r, track, f);
                    hours += state_.hours[cell];
                    hours_start += state_.hours_start[cell];
                    pupils += state_.pupils[cell];
                    pupils_start += state_.pupils_start[cell];
                }
                state_.match[r * taught_fields + index_of(f)] =
                    p_.match_contact * (contact_share(hours, persons(pupils), p_) - contact_share(hours_start, persons(pupils_start), p_));
            }
    }

    [[nodiscard]] double persons(double agents) const { return agents / world_.tables->scale; }
};

}  // namespace

double TeachingState::dropout_factor(std::size_t region, Track track, Field field) const {
    return dropout.empty() ? 1.0 : dropout[teaching_cell(region, track, field)];
}

double TeachingState::highest_dropout_factor() const {
    double highest = 1;
    for (const double factor : dropout) highest = std::max(highest, factor);
    return highest;
}

double TeachingState::places_factor(std::size_t region, Field field) const {
    if (!begun()) return 1;
    const std::size_t cell = teaching_cell(region, Track::mbo_bol, field);
    return staffing_start[cell] > 0 ? staffing[cell] / staffing_start[cell] : 1;
}

double TeachingState::match_shift(std::size_t region, Field field) const {
    return match.empty() || field == Field::other ? 0.0 : match[region * taught_fields + index_of(field)];
}

double TeachingState::hours_lent(std::size_t region, std::size_t occupation) const {
    return lent_hours.empty() ? 0.0 : lent_hours[region * occupations + occupation];
}

double teachers_after(double teachers, double open, double open_usually, double filled_at_rest, double tightness, double yearly_outflow,
                      const TeachingParameters& p) {
    const double pay = sim::exponential(p.pay_effect * p.teacher_pay);
    const double left = teachers * sim::monthly(sim::YearlyProbability(std::clamp(yearly_outflow * p.outflow_factor / pay, 0.0, 0.99))).value();
    const double scarce = tightness > 0 ? sim::power(tightness, -p.tightness_effect) : 1.0;
    const double fewer = open > 0 && open_usually > 0 ? sim::power(open / open_usually, p.fill_elasticity - 1) : 1.0;
    return teachers - left + open * std::min(1.0, filled_at_rest * fewer * scarce * pay);
}

double filled_at_rest(double teachers, double open, double yearly_outflow) {
    if (open <= 0) return usually_filled;
    return std::min(1.0, teachers * sim::monthly(sim::YearlyProbability(yearly_outflow)).value() / open);
}

double contact_share(double hours, double pupils, const TeachingParameters& p) { return pupils > 0 ? std::min(1.0, p.pupils_per_hour * hours / pupils) : 0.0; }

double dropout_response(double staffing, double contact, const TeachingParameters& p) {
    const double staff = staffing > 0 ? sim::power(staffing, -p.dropout_staffing) : dropout_most;
    return std::clamp(staff * sim::exponential(-p.dropout_contact * contact), dropout_least, dropout_most);
}

std::array<double, 3> choice_by_teaching(const World& world, std::size_t region, Track track) {
    std::array<double, 3> shift{};
    const auto& state = world.teaching;
    if (!state.begun() || track == Track::none) return shift;
    const auto& p = world.parameters->teaching;
    double pupils = 0, pupils_start = 0;
    for (const Field f : {Field::technical, Field::ict, Field::other}) {
        pupils += state.pupils[teaching_cell(region, track, f)] / world.tables->scale;
        pupils_start += state.pupils_start[teaching_cell(region, track, f)] / world.tables->scale;
    }
    for (const Field f : fields_taught) {
        const std::size_t cell = teaching_cell(region, track, f);
        shift[index_of(f)] = p.choice_contact * (contact_share(state.hours[cell], pupils, p) - contact_share(state.hours_start[cell], pupils_start, p));
    }
    return shift;
}

void begin_teaching(World& world) {
    if (!world.schools.school.empty()) Teaching(world, world.month).begin();
}

void step_teaching(World& world, sim::Month month) {
    if (world.teaching.begun()) Teaching(world, month).step();
}

void write_teaching(const World& world, sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate, std::size_t time, bool with_flows) {
    const auto regions = static_cast<std::size_t>(world.regions);
    const auto& state = world.teaching;
    std::vector<double> open(regions, 0.0);
    for (const School& s : world.schools.school)
        for (const float vacancies : s.teacher_vacancies) open[s.region] += static_cast<double>(vacancies);
    const auto vacancies = trajectory.counts(series.teacher_vacancies, replicate, time);
    const auto teachers = trajectory.counts(series.hybrid_teachers, replicate, time);
    const auto employers = trajectory.counts(series.hybrid_teacher_employers, replicate, time);
    const auto hours = trajectory.reals(series.hybrid_teacher_hours, replicate, time);
    for (std::size_t r = 0; r < regions; ++r) {
        vacancies[r] = static_cast<std::int32_t>(std::llround(open[r] * world.tables->scale));
        teachers[r] = employers[r] = 0;
        hours[r] = 0;
    }
    std::vector<std::uint32_t> lenders;
    for (const HybridContract& c : state.contracts) {
        const std::uint8_t region = world.schools.school[c.school].region;
        ++teachers[region];
        hours[region] += c.hours;
        lenders.push_back(c.employer);
    }
    std::sort(lenders.begin(), lenders.end());
    lenders.erase(std::unique(lenders.begin(), lenders.end()), lenders.end());
    for (const std::uint32_t e : lenders) ++employers[world.employers.employer[e].region];
    if (!with_flows) return;
    const auto starts = trajectory.counts(series.hybrid_teacher_starts, replicate, time);
    for (std::size_t r = 0; r < regions; ++r) starts[r] = state.starts.empty() ? 0 : state.starts[r];
}

}  // namespace models
