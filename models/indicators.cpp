#include "models/indicators.hpp"

#include <algorithm>
#include <limits>

#include "models/demand.hpp"
#include "models/parameters.hpp"
#include "models/tables.hpp"
#include "models/wages.hpp"
#include "models/world.hpp"
#include "sim/error.hpp"
#include "sim/math.hpp"

namespace models {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// First age of the last age group: older people need no month of birth.
constexpr int last_group_age = age_group_starts.back();

/// States of `retention_12m`: ten technical and ICT occupations, then any other state of a resident.
constexpr int work_states = first_other_occupation + 1;

/// Whether nothing that any series counts has changed: a contract with a new end, a note in the record.
bool counts_alike(const PersonState& before, const PersonState& after) {
    const Person& was = *before.record;
    const Person& is = *after.record;
    return before.region == after.region && before.post == after.post && was.status == is.status && was.occupation == is.occupation &&
           was.education == is.education && was.field == is.field && was.track == is.track && was.study_field == is.study_field &&
           was.study_start == is.study_start && was.diploma == is.diploma && was.hours == is.hours && was.wage == is.wage && kind_of(was) == kind_of(is);
}

double share_of(std::int64_t part, std::int64_t all) { return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : nan; }

}  // namespace

const ParameterTable<IndicatorParameters>& indicators_table() {
    static const ParameterTable<IndicatorParameters> table{
        {"digitally_skilled_ratio",
         &IndicatorParameters::digitally_skilled_ratio,
         "1",
         1,
         2,
         {"uniform(1.21, 1.29)", 1.214, 1.286},
         Status::derived,
         "707,000 ICT professionals by the wide definition in 2022 (Ministry of Economic Affairs, progress on the Action Plan, 2023) over 552,000 workers in "
         "BRC class 08 "
         "(Statistics Netherlands, labour-market dashboard, 2022); the later definition (673,000) gives 1.22",
         "ICT professionals by the wide definition per worker in ICT occupations (BRC 08)"},
    };
    return table;
}

double median_wage(const std::int32_t* by_sector_and_class, const std::array<double, sectors>& index) {
    std::array<std::array<std::int64_t, wage_classes + 1>, sectors> below;  // employees below each class
    std::array<double, sectors> shift;                                      // of a sector's classes, in classes
    const double width = sim::logarithm(wage_class_ratio);
    std::int64_t all = 0;
    int used = 0;
    for (int s = 0; s < sectors; ++s) {
        auto& sums = below[static_cast<std::size_t>(used)];
        sums[0] = 0;
        for (int c = 0; c < wage_classes; ++c)
            sums[static_cast<std::size_t>(c) + 1] = sums[static_cast<std::size_t>(c)] + by_sector_and_class[s * wage_classes + c];
        if (sums[wage_classes] == 0) continue;
        all += sums[wage_classes];
        shift[static_cast<std::size_t>(used++)] = sim::logarithm(index[static_cast<std::size_t>(s)]) / width;
    }
    if (all == 0) return nan;
    // Place of the median in classes of the lowest level, by halving: the number below is increasing in it.
    double low = -wage_classes;
    double high = 4.0 * wage_classes;
    for (int step = 0; step < 40; ++step) {
        const double middle = 0.5 * (low + high);
        double lower = 0;
        for (std::size_t s = 0; s < static_cast<std::size_t>(used); ++s) {
            const double place = std::clamp(middle - shift[s], 0.0, static_cast<double>(wage_classes));
            const auto c = std::min<std::size_t>(static_cast<std::size_t>(place), wage_classes - 1);
            lower += static_cast<double>(below[s][c]) + (place - static_cast<double>(c)) * static_cast<double>(below[s][c + 1] - below[s][c]);
        }
        (lower < 0.5 * static_cast<double>(all) ? low : high) = middle;
    }
    return lowest_wage_class * sim::power(wage_class_ratio, high);
}

Indicators::Indicators(sim::Trajectory& trajectory, const SeriesIds& series, std::size_t replicate)
    : trajectory_(trajectory),
      series_(series),
      replicate_(replicate),
      status_then_(survey_lag, lanes),
      work_then_(retention_lag, lanes),
      graduates_(graduate_months),
      lanes_(lanes) {}

void Indicators::make_room() {
    map_ = StockCells(regions_, first_birth_, last_birth_);
    flow_map_ = FlowCells(regions_);
    const auto lead = static_cast<std::size_t>(regions_);
    survey_cells_ = {0, lead};
    retention_all_ = {survey_cells_.end(), lead};
    retention_stayed_ = {retention_all_.end(), lead};
    stocks_.fit(map_);
    flows_.assign(flow_map_.size, 0);
    followed_.assign(retention_stayed_.end(), 0);
    for (auto& lane : lanes_) {
        lane.change.fit(map_);
        lane.flows.assign(flows_.size(), 0);
        lane.followed.assign(followed_.size(), 0);
    }
    third_years_.assign(lead * 2, 0);
}

void Indicators::fit_places(const World& world) {
    const auto& posts = world.employers.post;
    const std::size_t first = places_.size();
    places_.resize(posts.size());
    for (std::size_t i = first; i < posts.size(); ++i) {
        const Employer& e = world.employers.employer[posts[i].employer];
        places_[i] = {posts[i].employer, e.region, e.sector};
    }
}

PersonState Indicators::state_now(const World& world, Row row) const {
    const PostNumber post = world.persons.post[row];
    return {&world.persons.record[row], post, place_of(post), world.persons.birth[row], world.persons.region[row]};
}

StateCode Indicators::status_code(std::uint8_t region, const Person& p) const {
    if (region >= regions_) return 0;
    return static_cast<StateCode>(1 + region * resident_statuses + static_cast<int>(p.status));
}

StateCode Indicators::work_code(std::uint8_t region, const Person& p) const {
    if (region >= regions_) return 0;
    const int state = at_work(p) && p.occupation < first_other_occupation ? p.occupation : work_states - 1;
    return static_cast<StateCode>(1 + region * work_states + state);
}

void Indicators::count_status_pair(std::vector<std::int32_t>& cells, StateCode then, StateCode now, int sign) const {
    if (then == 0 && now == 0) return;
    const int region_then = then == 0 ? -1 : (then - 1) / resident_statuses;
    const int region_now = now == 0 ? -1 : (now - 1) / resident_statuses;
    const int status_then = then == 0 ? 0 : (then - 1) % resident_statuses;
    const int status_now = now == 0 ? 0 : (now - 1) % resident_statuses;
    constexpr int outside = static_cast<int>(LabourStatus::outside);
    if (region_then == region_now) {
        cells[survey_cells_.at(static_cast<std::size_t>(region_now), status_then, status_now)] += sign;
        return;
    }
    if (region_then >= 0) cells[survey_cells_.at(static_cast<std::size_t>(region_then), status_then, outside)] += sign;
    if (region_now >= 0) cells[survey_cells_.at(static_cast<std::size_t>(region_now), outside, status_now)] += sign;
}

void Indicators::count_work_pair(std::vector<std::int32_t>& cells, StateCode then, StateCode now, int sign) const {
    if (then == 0 || now == 0) return;
    const int occupation_then = (then - 1) % work_states;
    if (occupation_then == work_states - 1) return;
    const auto region_then = static_cast<std::size_t>((then - 1) / work_states);
    cells[retention_all_.at(region_then, occupation_then)] += sign;
    if ((now - 1) % work_states != work_states - 1) cells[retention_stayed_.at(region_then, occupation_then)] += sign;
}

void Indicators::start(World& world) {
    regions_ = world.regions;
    first_birth_ = world.month.number() - 12 * last_group_age;
    last_birth_ = std::max(trajectory_.first().number() + static_cast<int>(trajectory_.points()), world.month.number() + 1);
    make_room();
    places_.clear();
    fit_places(world);
    stocks_ = recount(world);
    const auto& persons = world.persons;
    status_then_.start(persons.size(), [&](Row row) { return status_code(persons.region[row], persons.record[row]); });
    work_then_.start(persons.size(), [&](Row row) { return work_code(persons.region[row], persons.record[row]); });
    followed_ = recount_followed(world);
    for (auto& list : graduates_) list.clear();
    count_third_years(world);
    for (auto* flow : {&world.vacancies.flows.opened, &world.vacancies.flows.filled, &world.vacancies.flows.lapsed, &world.vacancies.flows.filled_half_months})
        std::fill(flow->begin(), flow->end(), 0);
    write(world, false);
}

Stocks Indicators::recount(const World& world) const {
    Stocks empty;
    empty.fit(map_);
    // As many parts as lanes, so that the cells are not made for every block of rows.
    const std::size_t rows = world.persons.size();
    return sim::reduce(
        lanes, empty,
        [&](std::size_t part) {
            Stocks counted;
            counted.fit(map_);
            const auto begin = static_cast<Row>(rows * part / lanes);
            const auto end = static_cast<Row>(rows * (part + 1) / lanes);
            for (Row row = begin; row < end; ++row)
                if (world.persons.region[row] != gone) count_person(map_, counted, state_now(world, row), 1);
            return counted;
        },
        [](Stocks& total, const Stocks& part) {
            for (std::size_t c = 0; c < total.cells.size(); ++c) total.cells[c] += part.cells[c];
            for (std::size_t c = 0; c < total.wage_sums.size(); ++c) total.wage_sums[c] += part.wage_sums[c];
        });
}

std::vector<std::int32_t> Indicators::recount_followed(const World& world) const {
    std::vector<std::int32_t> cells(followed_.size(), 0);
    for (Row row = 0; row < world.persons.size(); ++row) {
        const Person& p = world.persons.record[row];
        const std::uint8_t region = world.persons.region[row];
        count_status_pair(cells, status_then_.then(row), status_code(region, p), 1);
        count_work_pair(cells, work_then_.then(row), work_code(region, p), 1);
    }
    return cells;
}

void Indicators::count_third_years(const World& world) {
    // A school year has the number of its August, less 1990; third-years began two years before.
    const int school_year = world.month.year() - (world.month.month_of_year() >= 9 ? 0 : 1);
    const auto start_year = static_cast<std::uint8_t>(school_year - 2 - 1990);
    // Vmbo pupils are 11 to 19 years old; the column of births spares a look at other records.
    const int youngest = world.month.number() - 11 * 12;
    const int oldest = world.month.number() - 20 * 12;
    const auto& persons = world.persons;
    third_years_ = sim::reduce(
        sim::blocks_of(persons.size()), std::vector<std::int32_t>(static_cast<std::size_t>(regions_) * 2, 0),
        [&](std::size_t block) {
            std::vector<std::int32_t> counts(static_cast<std::size_t>(regions_) * 2, 0);
            const std::size_t end = std::min(persons.size(), (block + 1) * sim::block_rows);
            for (std::size_t row = block * sim::block_rows; row < end; ++row) {
                if (persons.birth[row] > youngest || persons.birth[row] < oldest || persons.region[row] >= regions_) continue;
                const Person& p = persons.record[row];
                if (p.track != Track::vmbo || p.study_start != start_year) continue;
                const std::size_t region = persons.region[row];
                ++counts[region * 2];
                // The profile for media, design and ICT belongs to the technical sector of the exam files.
                if (p.study_field != Field::other) ++counts[region * 2 + 1];
            }
            return counts;
        },
        [](std::vector<std::int32_t>& total, const std::vector<std::int32_t>& part) {
            for (std::size_t i = 0; i < total.size(); ++i) total[i] += part[i];
        });
}

void Indicators::follow_lane(World& world, std::size_t lane) {
    Lane& own = lanes_[lane];
    own.graduates.clear();
    const auto& persons = world.persons;
    const auto count_status = [&](StateCode then, StateCode now, int sign) { count_status_pair(own.followed, then, now, sign); };
    const auto count_work = [&](StateCode then, StateCode now, int sign) { count_work_pair(own.followed, then, now, sign); };
    for (std::size_t block = lane; block < world.log.size(); block += lanes) {
        const auto& images = world.log[block].before;
        for (std::size_t i = 0; i < images.size(); ++i) {
            // What the next persons need is on its way from memory: first their columns, then what these point to.
            constexpr std::size_t ahead = 16;
            if (i + 2 * ahead < images.size()) {
                const BeforeImage& next = images[i + 2 * ahead];
                __builtin_prefetch(&persons.record[next.row]);
                __builtin_prefetch(&persons.post[next.row]);
                __builtin_prefetch(&persons.birth[next.row]);
                status_then_.fetch(next.row);
                work_then_.fetch(next.row);
            }
            if (i + ahead < images.size()) {
                const BeforeImage& next = images[i + ahead];
                if (next.post != no_post) __builtin_prefetch(&places_[next.post]);
                if (persons.post[next.row] != no_post) __builtin_prefetch(&places_[persons.post[next.row]]);
            }
            const BeforeImage& image = images[i];
            const PersonState before{&image.record, image.post, place_of(image.post), persons.birth[image.row], image.region};
            const PersonState after = state_now(world, image.row);
            if (counts_alike(before, after)) continue;
            if (before.region != gone && after.region != gone) {
                count_change(map_, own.change, before, after);
            } else {
                if (before.region != gone) count_person(map_, own.change, before, -1);
                if (after.region != gone) count_person(map_, own.change, after, 1);
            }
            const bool same_employer = before.has_job() && after.has_job() && before.place.employer == after.place.employer;
            count_flows(flow_map_, own.flows, regions_, before, after, same_employer, world.month);
            status_then_.change(lane, image.row, status_code(before.region, *before.record), status_code(after.region, *after.record), count_status);
            work_then_.change(lane, image.row, work_code(before.region, *before.record), work_code(after.region, *after.record), count_work);
            if (after.region < regions_ && after.record->diploma == stored(world.month) && school_steps(*before.record, *after.record, world.month).diploma)
                own.graduates.push_back({image.row, after.region, before.record->track, before.record->study_field});
        }
    }
    status_then_.advance(lane, count_status);
    work_then_.advance(lane, count_work);
}

void Indicators::join_lanes() {
    constexpr std::size_t chunk = 16384;
    const auto join = [&](std::vector<std::int32_t>& total, auto part_of, std::size_t begin, bool fresh) {
        const std::size_t end = std::min(total.size(), begin + chunk);
        if (fresh) std::fill(total.begin() + static_cast<std::ptrdiff_t>(begin), total.begin() + static_cast<std::ptrdiff_t>(end), 0);
        for (auto& lane : lanes_) {
            std::vector<std::int32_t>& part = part_of(lane);
            for (std::size_t c = begin; c < end; ++c) {
                total[c] += part[c];
                part[c] = 0;
            }
        }
    };
    sim::for_each_task((stocks_.cells.size() + chunk - 1) / chunk, [&](std::size_t task) {
        join(
            stocks_.cells, [](Lane& lane) -> std::vector<std::int32_t>& { return lane.change.cells; }, task* chunk, false);
    });
    for (std::size_t begin = 0; begin < flows_.size(); begin += chunk)
        join(
            flows_, [](Lane& lane) -> std::vector<std::int32_t>& { return lane.flows; }, begin, true);
    for (std::size_t begin = 0; begin < followed_.size(); begin += chunk)
        join(
            followed_, [](Lane& lane) -> std::vector<std::int32_t>& { return lane.followed; }, begin, false);
    for (auto& lane : lanes_) {
        for (std::size_t c = 0; c < stocks_.wage_sums.size(); ++c) stocks_.wage_sums[c] += lane.change.wage_sums[c];
        std::fill(lane.change.wage_sums.begin(), lane.change.wage_sums.end(), 0);
    }
}

void Indicators::record(World& world) {
    if (map_.size == 0) throw sim::Bug("indicators record a month before they were started");
    fit_places(world);
    status_then_.begin_month(world.persons.size());
    work_then_.begin_month(world.persons.size());
    sim::for_each_task(lanes, [&](std::size_t lane) { follow_lane(world, lane); });
    join_lanes();
    auto& graduates = graduates_[static_cast<std::size_t>(world.month.number()) % graduate_months];
    graduates.clear();
    for (const auto& lane : lanes_) graduates.insert(graduates.end(), lane.graduates.begin(), lane.graduates.end());
    if (world.month.month_of_year() == 9) count_third_years(world);
    write(world, true);
    auto& flows = world.vacancies.flows;
    for (auto* flow : {&flows.opened, &flows.filled, &flows.lapsed, &flows.filled_half_months}) std::fill(flow->begin(), flow->end(), 0);
}

Indicators::EmployerCounts Indicators::count_employers(const World& world) const {
    const auto lead = static_cast<std::size_t>(regions_);
    const EmployerCounts empty{std::vector<std::int32_t>(lead * sectors * 4),     std::vector<std::int32_t>(lead * sectors),
                               std::vector<std::int32_t>(lead * sectors),         std::vector<std::int32_t>(lead * sectors),
                               std::vector<double>(lead * sectors * occupations), InnovationCounts(lead)};
    const DesiredStaff desired(world, world.month);
    const OutputPerWorker output(world.parameters->innovation, world.parameters->demand.returned_output, world.month);
    const auto& adoption = world.innovation.adoption;
    // Parts of a fixed number of employers: sums of reals do not depend on the number of threads.
    constexpr std::size_t part_size = 8192;
    const std::size_t parts = (world.employers.size() + part_size - 1) / part_size;
    return sim::reduce(
        parts, empty,
        [&](std::size_t part) {
            EmployerCounts counts = empty;
            const std::size_t end = std::min(world.employers.size(), (part + 1) * part_size);
            for (std::size_t number = part * part_size; number < end; ++number) {
                const Employer& e = world.employers.employer[number];
                if (!e.open() || e.region >= regions_) continue;
                const std::size_t cell = e.region * static_cast<std::size_t>(sectors) + index_of(e.sector);
                std::int64_t staff = 0;
                const double factor = desired.factor(e);
                const Adoption adopted = number < adoption.size() ? adoption[number] : Adoption{};
                const double saved = output.saved(adopted);
                for (std::uint32_t post = e.first_post; post < e.first_post + e.posts; ++post) {
                    const Post& p = world.employers.post[post];
                    staff += p.staff;
                    const double wanted = desired.of(factor, e, p);
                    counts.desired[cell * occupations + p.occupation] += wanted;
                    if (saved > 0) counts.innovation.saved[cell * occupations + p.occupation] += wanted * saved;
                }
                ++counts.employers[cell * 4 + index_of(size_class_of(staff))];
                counts.innovation.adopters[e.region * size_classes + index_of(size_class_of(staff))] += e.innovation;
                counts.innovation.staff[cell] += static_cast<double>(staff);
                counts.innovation.output[cell] += static_cast<double>(staff) * output.index(adopted);
                counts.learning[cell] += e.learning_company;
                counts.places[cell] += e.bbl_places;
                counts.taken[cell] += e.bbl_taken;
            }
            return counts;
        },
        [](EmployerCounts& total, const EmployerCounts& part) {
            const auto add = [](auto& sum, const auto& more) {
                for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += more[i];
            };
            add(total.employers, part.employers);
            add(total.learning, part.learning);
            add(total.places, part.places);
            add(total.taken, part.taken);
            add(total.desired, part.desired);
            total.innovation.add(part.innovation);
        });
}

void Indicators::write(const World& world, bool with_flows) {
    const int time = world.month + 1 - trajectory_.first();
    if (time < 0 || time >= static_cast<int>(trajectory_.points())) return;
    const auto point = static_cast<std::size_t>(time);
    const EmployerCounts employers = count_employers(world);
    // The first point of a file is its start state, whatever came before: it has no flows.
    const bool flows = with_flows && time > 0;
    sim::for_each_task(static_cast<std::size_t>(regions_), [&](std::size_t region) { write_region(world, region, point, flows, employers); });
    if (with_flows) write_matches(world, point);
    write_awareness(world, trajectory_, series_, replicate_, point, flows);
    write_policy(world, trajectory_, series_, replicate_, point, flows);
    write_innovation(employers.innovation, trajectory_, series_, replicate_, point);
    write_teaching(world, trajectory_, series_, replicate_, point, flows);
    write_programmes(world, trajectory_, series_, replicate_, point, flows);
}

void Indicators::write_region(const World& world, std::size_t region, std::size_t time, bool with_flows, const EmployerCounts& employers) {
    const auto lead = static_cast<std::size_t>(regions_);
    const auto counts = [&](sim::SeriesId id) {
        const auto all = trajectory_.counts(id, replicate_, time);
        return all.subspan(region * (all.size() / lead), all.size() / lead);
    };
    const auto reals = [&](sim::SeriesId id) {
        const auto all = trajectory_.reals(id, replicate_, time);
        return all.subspan(region * (all.size() / lead), all.size() / lead);
    };
    const auto& cells = stocks_.cells;
    /// Copies a table of cells of which a series has the same inner dimensions.
    const auto copy = [&](sim::SeriesId id, const auto& table, const std::vector<std::int32_t>& from) {
        const auto to = counts(id);
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(table.begin + region * table.width), table.width, to.begin());
    };

    // Persons by age: months of birth run from the oldest group to the youngest.
    const auto persons = counts(series_.persons);
    constexpr std::size_t groups = age_group_starts.size();
    for (int status = 0; status < resident_statuses; ++status)
        for (int sex = 0; sex < 2; ++sex) {
            const std::size_t row = map_.person(region, static_cast<LabourStatus>(status), static_cast<Sex>(sex), first_birth_);
            std::size_t begin = 0;
            for (std::size_t group = groups; group-- > 0;) {
                // Youngest month of birth of this group at the end of the month.
                const int last = world.month.number() - 12 * age_group_starts[group];
                const std::size_t end = static_cast<std::size_t>(std::clamp(last - first_birth_ + 1, 0, static_cast<int>(map_.births)));
                std::int32_t sum = 0;
                for (std::size_t b = begin; b < end; ++b) sum += cells[row + b];
                persons[(static_cast<std::size_t>(status) * 2 + static_cast<std::size_t>(sex)) * groups + group] = sum;
                begin = std::max(begin, end);
            }
        }
    copy(series_.persons_by_education, map_.education, cells);

    // At work: one table of joint cells, four margins.
    const auto employed = counts(series_.employed);
    const auto by_kind = counts(series_.employed_by_kind);
    const auto by_education = counts(series_.employed_by_education);
    for (const auto& margin : {employed, by_kind, by_education}) std::fill(margin.begin(), margin.end(), 0);
    std::int64_t ict_workers = 0;
    for (std::size_t o = 0; o < occupations; ++o) {
        const auto group = index_of(group_of(static_cast<Occupation>(o)));
        for (std::size_t sex = 0; sex < 2; ++sex)
            for (std::size_t kind = 0; kind < 3; ++kind)
                for (std::size_t education = 0; education < 5; ++education)
                    for (std::size_t field = 0; field < 3; ++field) {
                        const std::int32_t n = cells[map_.employed.at(region, o, sex, kind, education, field)];
                        employed[o * 2 + sex] += n;
                        by_kind[o * 3 + kind] += n;
                        by_education[(group * 5 + education) * 3 + field] += n;
                        if (group == index_of(Field::ict)) ict_workers += n;
                    }
    }
    counts(series_.digitally_skilled)[0] =
        static_cast<std::int32_t>(static_cast<double>(ict_workers) * world.parameters->indicators.digitally_skilled_ratio + 0.5);
    copy(series_.working_students, map_.working_students, cells);
    for (std::size_t work = 0; work < lead + 2; ++work) counts(series_.commuting)[work] = cells[map_.journey(region, work)];
    for (std::size_t home = 0; home < 2; ++home) counts(series_.in_commuters)[home] = cells[map_.journey(lead + home, region)];

    // Jobs, full-time equivalents and what employers desire.
    const auto jobs = counts(series_.jobs);
    const auto jobs_by_occupation = counts(series_.jobs_by_occupation);
    const auto fte = reals(series_.fte);
    const auto required = reals(series_.required_fte);
    const auto saved = reals(series_.labour_saved);
    std::fill(jobs.begin(), jobs.end(), 0);
    std::fill(saved.begin(), saved.end(), 0);
    for (std::size_t o = 0; o < occupations; ++o) {
        std::int32_t jobs_of_occupation = 0;
        std::int64_t hours_of_occupation = 0;
        for (std::size_t sector = 0; sector < sectors; ++sector) {
            const std::int32_t n = cells[map_.jobs.at(region, sector, o)];
            jobs[sector] += n;
            jobs_of_occupation += n;
            hours_of_occupation += cells[map_.hours.at(region, sector, o)];
        }
        jobs_by_occupation[o] = jobs_of_occupation;
        fte[o] = static_cast<double>(hours_of_occupation) / full_week_hours;
        // Desired staff becomes full-time equivalents at the mean week of the filled jobs of its sector, else of its occupation.
        const double usual = jobs_of_occupation > 0 ? fte[o] / jobs_of_occupation : 1.0;
        required[o] = 0;
        for (std::size_t sector = 0; sector < sectors; ++sector) {
            const std::int32_t n = cells[map_.jobs.at(region, sector, o)];
            const double mean = n > 0 ? cells[map_.hours.at(region, sector, o)] / static_cast<double>(full_week_hours) / n : usual;
            required[o] += employers.desired[(region * sectors + sector) * occupations + o] * mean;
            saved[sector] += employers.innovation.saved[(region * sectors + sector) * occupations + o] * mean;
        }
        // Hours that hybrid teachers are lent to schools leave the employer, and nobody takes them over.
        fte[o] -= world.teaching.hours_lent(region, o) / static_cast<double>(full_week_hours);
        reals(series_.green_demand_gap)[o] = required[o] - fte[o];
    }

    // Employers and learning places.
    const auto part = [&](sim::SeriesId id, const std::vector<std::int32_t>& from) {
        const auto to = counts(id);
        std::copy_n(from.begin() + static_cast<std::ptrdiff_t>(region * to.size()), to.size(), to.begin());
    };
    part(series_.employers, employers.employers);
    part(series_.learning_companies, employers.learning);
    part(series_.bbl_places, employers.places);
    part(series_.bbl_places_taken, employers.taken);
    part(series_.vacancies, world.vacancies.open);

    // Education.
    copy(series_.students, map_.students, cells);
    counts(series_.pupils_under_15)[0] = cells[map_.pupils_under_15.at(region)];
    counts(series_.students_at_work)[0] = cells[map_.students_at_work.at(region)];
    reals(series_.vmbo_technical_share)[0] = share_of(third_years_[region * 2 + 1], third_years_[region * 2]);

    // Money: wages are kept at the contract-wage level of January 2021; the index of the sector makes them euro of the month.
    const auto& index = world.market.contract_wage;
    const double prices = price_index(world.tables->wages, world.month);
    for (std::size_t o = 0; o < occupations; ++o) {
        double cents = 0;
        std::int64_t employees = 0;
        for (std::size_t sector = 0; sector < sectors; ++sector) {
            cents += static_cast<double>(stocks_.wage_sums[map_.wage_sums.at(region, o, sector)]) * index[sector];
            for (std::size_t c = 0; c < wage_classes; ++c) employees += cells[map_.wages.at(region, o, sector, c)];
        }
        const double mean = employees > 0 ? cents / 100.0 / static_cast<double>(employees) : nan;
        reals(series_.wage)[o] = mean;
        reals(series_.wage_real)[o] = mean / prices;
        reals(series_.wage_median)[o] = median_wage(&cells[map_.wages.at(region, o, 0, 0)], index) / 100.0;
    }

    if (work_then_.ready()) {
        const auto retention = reals(series_.retention_12m);
        for (std::size_t o = 0; o < static_cast<std::size_t>(first_other_occupation); ++o)
            retention[o] = share_of(followed_[retention_stayed_.at(region, o)], followed_[retention_all_.at(region, o)]);
    }
    if (!with_flows) return;

    copy(series_.status_flow, flow_map_.status, flows_);
    copy(series_.demography, flow_map_.demography, flows_);
    copy(series_.hires, flow_map_.hires, flows_);
    copy(series_.separations, flow_map_.separations, flows_);
    copy(series_.technical_flow, flow_map_.technical, flows_);
    copy(series_.intake, flow_map_.intake, flows_);
    copy(series_.dropouts, flow_map_.dropouts, flows_);
    copy(series_.diplomas, flow_map_.diplomas, flows_);
    if (status_then_.ready()) copy(series_.status_3m, survey_cells_, followed_);
    const VacancyFlows& vacancies = world.vacancies.flows;
    part(series_.vacancies_opened, vacancies.opened);
    part(series_.vacancies_filled, vacancies.filled);
    part(series_.vacancies_lapsed, vacancies.lapsed);
    for (std::size_t o = 0; o < occupations; ++o) {
        const std::size_t market = submarket(region, static_cast<Occupation>(o));
        const std::int32_t filled = vacancies.filled[market];
        reals(series_.time_to_fill)[o] = filled > 0 ? 0.5 * vacancies.filled_half_months[market] / filled : nan;
    }
}

void Indicators::write_matches(const World& world, std::size_t time) {
    const std::size_t cohort = static_cast<std::size_t>(world.month.number() - match_lag) % graduate_months;
    const auto lead = static_cast<std::size_t>(regions_);
    const CellTable<tracks, 3, 2> table{0, lead};  // track, field, (all, at work in their field)
    std::vector<std::int32_t> counted(table.cells(), 0);
    for (const Graduate& g : graduates_[cohort]) {
        const Person& p = world.persons.record[g.row];
        if (world.persons.region[g.row] >= regions_ || p.status == LabourStatus::student || p.status == LabourStatus::child) continue;
        ++counted[table.at(g.region, g.track, g.field, 0)];
        if (at_work(p) && group_of(p.occupation) == g.field) ++counted[table.at(g.region, g.track, g.field, 1)];
    }
    const auto match = trajectory_.reals(series_.graduate_match_12m, replicate_, time);
    for (std::size_t cell = 0; cell < match.size(); ++cell) match[cell] = share_of(counted[cell * 2 + 1], counted[cell * 2]);
}

}  // namespace models
