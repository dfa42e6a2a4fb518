#include "experiments/runs/run.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include "experiments/runs/panel.hpp"
#include "experiments/scenarios/plan_in_force.hpp"
#include "models/indicators.hpp"
#include "models/month.hpp"
#include "models/series.hpp"
#include "models/tables.hpp"
#include "regions/data_folder.hpp"
#include "regions/digest.hpp"
#include "regions/readers.hpp"
#include "regions/start_tables.hpp"
#include "regions/synthesis.hpp"
#include "regions/tables.hpp"
#include "sim/checkpoint.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/parallel.hpp"
#include "sim/short_digest.hpp"
#include "sim/version.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Number of the layout of checkpoints.
constexpr int checkpoint_schema = 3;

/// Bytes a person that a run takes at its peak, start population included: measured by tools/bench, rounded up.
constexpr double bytes_a_person = 200;
/// A second copy of the world, where a start world is kept for further replicates.
constexpr double bytes_a_copy = 60;
/// Libraries, tables and buffers.
constexpr double bytes_fixed = 120e6;

void check_options(const RunOptions& o) {
    if (!(o.scale > 0 && o.scale <= 1))
        throw sim::InputError("the scale is " + number_text(o.scale) + ", but agents per person above 0 and at most 1 are expected");
    if (o.scenario.end < o.scenario.start)
        throw sim::InputError("the run ends in " + o.scenario.end.text() + ", before its first month " + o.scenario.start.text());
    if (o.scenario.start < first_month)
        throw sim::InputError("the first month is " + o.scenario.start.text() + ", but no run starts before " + first_month.text());
    if (o.replicates < 1) throw sim::InputError("at least one replicate is expected");
    if (o.replicate_from < 0 || static_cast<std::int64_t>(o.replicate_from) + o.replicates > static_cast<std::int64_t>(sim::replicate_limit))
        throw sim::InputError(fmt::format("replicates {} to {} are asked for, but their numbers lie between 0 and {}", o.replicate_from,
                                          static_cast<std::int64_t>(o.replicate_from) + o.replicates - 1, sim::replicate_limit - 1));
    if (o.panel < 0 || o.checkpoint_every < 0 || o.threads < 0) throw sim::InputError("panel, checkpoint and threads are whole numbers from 0 on");
}

std::string utc_now() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return text;
}

/// The options that a checkpoint holds beside scenario and output: one list for writing and reading.
template <class Archive>
void archive_options(Archive& a, RunOptions& options) {
    a("scale", options.scale);
    a("seed", options.seed);
    a("population_seed", options.population_seed);
    a("replicates", options.replicates);
    a("replicate_from", options.replicate_from);
    a("checkpoint_every", options.checkpoint_every);
    a("panel_persons", options.panel);
}

/// Everything that a run holds. Made from options, then either started or loaded.
class Run {
public:
    Run(RunOptions options, const RunWatch& watch) : options_(std::move(options)), watch_(watch), began_(Clock::now()) {
        check_options(options_);
        options_.scenario.seed = options_.seed;
        if (!options_.output.empty()) sim::check_output(options_.output, options_.force);
        read_inputs();
        check_memory();
        make_trajectory();
    }

    RunReport start() {
        for (const auto& measure : options_.scenario.measures) say(text_of(measure));
        say_memory();
        make_start();
        report_.persons = start_->persons.size();
        report_.employers = start_->employers.size();
        if (options_.panel > 0) {
            panel_ = Panel(*start_, options_.population_seed, static_cast<std::size_t>(options_.panel), static_cast<std::size_t>(options_.replicates),
                           trajectory_.points());
        }
        report_.start_seconds = since(began_);
        say(fmt::format("Start population: {} persons, {} employers, {:.1f} s", report_.persons, report_.employers, report_.start_seconds));
        for (std::size_t r = 0; r < replicates(); ++r) {
            begin_replicate(r);
            if (!step_to_end()) return stopped();
        }
        return finish();
    }

    template <class Archive>
    void archive_state(Archive& a) {
        a("replicate", replicate_);
        a("world", *world_);
        a("indicators", *indicators_);
        a("trajectory", trajectory_);
        a("panel", panel_);
    }

    RunReport go_on(const fs::path& checkpoint) {
        {
            sim::CheckpointReader reader(checkpoint, checkpoint_schema);
            std::string digest;
            reader("tables", digest);
            if (digest != tables_digest())
                reader.refuse("it belongs to other tables" + (options_.data.empty() ? std::string() : " than those in " + options_.data.string()));
            world_.emplace();
            world_->tables = &inputs_.tables;
            world_->parameters = &options_.scenario.parameters;
            world_->regions = inputs_.tables.regions.count();
            make_indicators(0);
            reader("replicate", replicate_);
            if (replicate_ >= replicates()) reader.refuse("there is no such replicate");
            make_indicators(static_cast<std::size_t>(replicate_));
            archive_state(reader);
        }
        world_->random = sim::Random(options_.seed, static_cast<std::uint32_t>(options_.replicate_from) + static_cast<std::uint32_t>(replicate_));
        world_->fit_log();
        world_->rebuild_diary();
        report_.persons = world_->persons.size();
        report_.employers = world_->employers.size();
        report_.start_seconds = since(began_);
        say(fmt::format("Going on from {} after {} of replicate {}", checkpoint.string(), world_->month.text(),
                        trajectory_.replicates()[static_cast<std::size_t>(replicate_)]));
        if (!step_to_end()) return stopped();
        for (auto r = static_cast<std::size_t>(replicate_) + 1; r < replicates(); ++r) {
            if (!start_) make_start();
            begin_replicate(r);
            if (!step_to_end()) return stopped();
        }
        return finish();
    }

private:
    [[nodiscard]] std::size_t replicates() const { return static_cast<std::size_t>(options_.replicates); }
    [[nodiscard]] std::size_t months() const { return static_cast<std::size_t>(options_.scenario.end - first_month + 1); }
    void say(const std::string& line) const {
        if (watch_.say) watch_.say(line);
    }

    void read_inputs() {
        options_.scenario.regions =
            options_.scenario.regions.empty() ? regions::all_regions() : regions_in_order(options_.scenario.regions, regions::all_regions());
        inputs_ = experiments::read_inputs(options_.data, options_.scenario.regions, options_.scale);
    }

    [[nodiscard]] std::string tables_digest() const {
        std::string digest;
        for (const auto& row : inputs_.tables.provenance) digest += row.file + " " + row.sha256 + "\n";
        return digest;
    }

    void check_memory() {
        const double persons = inhabitants_of(inputs_.tables);
        const auto points = static_cast<std::size_t>(options_.scenario.end - options_.scenario.start + 2);
        const double series = static_cast<double>(points * replicates() * inputs_.tables.regions.names.size()) * 2300.0 * 4.0 * 1.5;
        const double people = persons * options_.scale * (bytes_a_person + (options_.replicates > 1 ? bytes_a_copy : 0.0));
        const double panel = static_cast<double>(Panel::memory(static_cast<std::size_t>(options_.panel), replicates(), points));
        report_.memory_estimate = static_cast<std::uint64_t>(people + series + panel + bytes_fixed);
        const std::uint64_t there = sim::available_memory();
        if (report_.memory_estimate > there)
            throw sim::InputError(
                fmt::format("the run takes about {} of memory and {} are free; a smaller --scale, fewer --regions, --replicates or --panel take less",
                            sim::text_of_bytes(report_.memory_estimate), sim::text_of_bytes(there)));
    }

    void say_memory() const {
        say(fmt::format("Memory: about {} of {} free", sim::text_of_bytes(report_.memory_estimate), sim::text_of_bytes(sim::available_memory())));
    }

    void make_trajectory() {
        std::vector<std::int32_t> numbers;
        for (int r = 0; r < options_.replicates; ++r) numbers.push_back(options_.replicate_from + r);
        trajectory_ = sim::Trajectory(numbers, options_.scenario.start, options_.scenario.end - options_.scenario.start + 2);
        ids_ = models::add_series(trajectory_, inputs_.tables);
        plan_ = Plan(options_.scenario.parameters, options_.scenario.measures, inputs_.tables.regions.names);
        std::vector<std::string> measures;
        for (const auto& measure : plan_.measures()) measures.push_back(measure.name);
        models::add_groups(trajectory_, ids_, options_.scenario.parameters, inputs_.tables, measures);
    }

    void make_start() {
        regions::StartOptions start;
        start.population_seed = options_.population_seed;
        start.scale = options_.scale;
        if (options_.population_cache.empty()) {
            start_ = regions::synthesise(inputs_.tables, inputs_.start, defaults_, start);
            return;
        }
        std::string key = fmt::format("{}\npopulation seed {}\nscale {}\n", regions::program_identity(), options_.population_seed, number_text(options_.scale));
        for (const auto& region : inputs_.tables.regions.names) key += region + "\n";
        key += tables_digest();
        std::error_code error;
        fs::create_directories(options_.population_cache, error);
        if (error) throw sim::FileError("cannot write " + options_.population_cache.string() + ": " + error.message());
        const fs::path file = options_.population_cache / fmt::format("start-{:016x}.population", sim::short_digest(key));
        if (load_start(file, key)) {
            say("Start population from " + file.string());
            return;
        }
        start_ = regions::synthesise(inputs_.tables, inputs_.start, defaults_, start);
        sim::CheckpointWriter writer(file, checkpoint_schema);
        writer("key", key);
        writer("world", *start_);
        writer.commit();
    }

    /// False where the cache does not hold this start population, or holds it damaged: then it is made anew.
    bool load_start(const fs::path& file, const std::string& key) {
        if (!fs::exists(file)) return false;
        try {
            sim::CheckpointReader reader(file, checkpoint_schema);
            std::string found;
            reader("key", found);
            if (found != key) return false;
            start_.emplace();
            start_->tables = &inputs_.tables;
            start_->parameters = &defaults_;
            start_->regions = inputs_.tables.regions.count();
            reader("world", *start_);
        } catch (const sim::Error& damage) {
            say(fmt::format("{}; the start population is made anew", damage.what()));
            start_.reset();
            return false;
        }
        start_->fit_log();
        start_->rebuild_diary();
        return true;
    }

    void make_indicators(std::size_t r) { indicators_.emplace(trajectory_, ids_, r); }

    void begin_replicate(std::size_t r) {
        replicate_ = r;
        if (r + 1 == replicates())
            world_ = std::move(start_), start_.reset();
        else
            world_ = *start_;
        world_->parameters = &options_.scenario.parameters;
        world_->random = sim::Random(options_.seed, static_cast<std::uint32_t>(options_.replicate_from) + static_cast<std::uint32_t>(r));
        make_indicators(r);
        in_force_.apply(*world_, world_->month + 1);
        indicators_->start(*world_);
        keep_panel();
    }

    void keep_panel() {
        const int point = world_->month + 1 - options_.scenario.start;
        if (!panel_.empty() && point >= 0) panel_.record(*world_, static_cast<std::size_t>(replicate_), static_cast<std::size_t>(point));
    }

    /// False when stopped before the end.
    bool step_to_end() {
        auto schedule = models::month_schedule(&*indicators_);
        const auto start = Clock::now();
        const std::size_t total = months() * replicates();
        bool whole = true;
        while (world_->month < options_.scenario.end) {
            const sim::Month month = world_->month + 1;
            in_force_.apply(*world_, month);
            schedule.run(*world_, month);
            keep_panel();
            const auto in_replicate = static_cast<std::size_t>(month - first_month + 1);
            const std::size_t done = static_cast<std::size_t>(replicate_) * months() + in_replicate;
            if (watch_.month_done) watch_.month_done(month, done, total, world_->persons.size());
            report_.last_month = month;
            const bool last = done == total;
            report_.stopped_by = watch_.stop && !last ? watch_.stop() : 0;
            if (report_.stopped_by != 0) {
                whole = false;
                break;
            }
            if (options_.checkpoint_every > 0 && in_replicate % static_cast<std::size_t>(options_.checkpoint_every) == 0 && !last) write_checkpoint();
        }
        report_.step_seconds += since(start);
        report_.without_slot += world_->vacancies.without_slot_so_far;
        for (const auto& entry : schedule.entries()) {
            auto& times = report_.processes;
            auto found = std::find_if(times.begin(), times.end(), [&](const auto& t) { return t.name == entry.name; });
            if (found == times.end()) found = times.insert(times.end(), {entry.number, entry.name, 0, {}});
            found->seconds += entry.seconds;
            found->each.insert(found->each.end(), entry.each.begin(), entry.each.end());
        }
        return whole;
    }

    void write_checkpoint() {
        const fs::path path = checkpoint_of(options_.output);
        sim::CheckpointWriter writer(path, checkpoint_schema);
        std::string text = scenario_text(options_.scenario), output = options_.output.string(), digest = tables_digest();
        writer("scenario", text);
        writer("output", output);
        writer("tables", digest);
        archive_options(writer, options_);
        archive_state(writer);
        writer.commit();
        report_.checkpoint = path;
    }

    RunReport stopped() {
        if (options_.checkpoint_every > 0) write_checkpoint();
        return close_report();
    }

    RunReport finish() {
        const auto start = Clock::now();
        if (!options_.output.empty()) {
            set_attributes();
            panel_.add_to(trajectory_);
            trajectory_.write(options_.output, options_.force);
            report_.output = options_.output;
        }
        report_.write_seconds = since(start);
        return close_report();
    }

    RunReport close_report() {
        report_.seconds = since(began_);
        rusage usage{};
        ::getrusage(RUSAGE_SELF, &usage);
        const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
        report_.cpu_seconds = seconds(usage.ru_utime) + seconds(usage.ru_stime);
        report_.peak_memory = sim::peak_memory();
        return report_;
    }

    void set_attributes() {
        const auto set = [&](const char* name, auto value) { trajectory_.set_file_attribute({name, value}); };
        const std::string now = utc_now();
        set("title", "Instroom: " + options_.scenario.name);
        set("source", "Instroom " + sim::version() + " (git " + sim::commit() + ")");
        set("references", std::string("README.md and models/README.md of the version named in source"));
        set("seed", options_.seed);
        set("population_seed", options_.population_seed);
        set("scale", options_.scale);
        set("scenario", options_.scenario.name);
        set("scenario_text", scenario_text(options_.scenario));
        set("schema_version", static_cast<std::int64_t>(models::schema_version));
        set("c_library", sim::c_library());
        set("fma", std::string(sim::has_fma() ? "yes" : "no"));
        set("created", now);
        set("history", now + ": " + (options_.command_line.empty() ? std::string("written by the library") : options_.command_line));
        set("command_line", options_.command_line);
        set("host_threads", static_cast<std::int64_t>(sim::threads_of(options_.threads)));
        set("wall_seconds", since(began_));
    }

    RunOptions options_;
    const RunWatch& watch_;
    Clock::time_point began_;
    models::Parameters defaults_;  ///< of the start population, whatever the scenario says
    Plan plan_;
    PlanInForce in_force_{options_.scenario.parameters, plan_};
    Inputs inputs_;
    sim::Trajectory trajectory_;
    models::SeriesIds ids_{};
    std::optional<models::World> start_;
    std::optional<models::World> world_;
    std::optional<models::Indicators> indicators_;
    Panel panel_;
    std::uint64_t replicate_ = 0;  ///< place of the replicate in the file
    RunReport report_;
};

/// Runs the work in an arena of its own and hands its result out.
RunReport in_arena(int threads, const std::function<RunReport()>& work) {
    sim::Threads arena(sim::threads_of(threads));
    RunReport report;
    arena.run([&] { report = work(); });
    return report;
}

}  // namespace

Inputs read_inputs(regions::DataFolder& data, const std::vector<std::string>& regions, double scale) {
    Inputs inputs;
    inputs.tables = regions::read_tables(data, regions, scale);
    data.read_for("start population");
    inputs.start = regions::read_start_tables(data, inputs.tables);
    inputs.tables.provenance = data.provenance();
    data.refuse_unread_files();
    return inputs;
}

Inputs read_inputs(const fs::path& data, const std::vector<std::string>& regions, double scale) {
    regions::DataFolder folder = regions::tables_under(data);
    return read_inputs(folder, regions, scale);
}

double inhabitants_of(const models::Tables& tables) {
    double persons = 0;
    for (const auto& municipality : tables.regions.municipalities) persons += municipality.population;
    return persons;
}

double nation_per_inhabitant(regions::DataFolder& data, const models::Tables& tables) {
    return data.value("population", "NL", "population_1jan", "total", "2021") / inhabitants_of(tables);
}

RunReport run(const RunOptions& options, const RunWatch& watch) {
    return in_arena(options.threads, [&] { return Run(options, watch).start(); });
}

RunReport resume(const fs::path& checkpoint, const ResumeOptions& given, const RunWatch& watch) {
    RunOptions options;
    {
        sim::CheckpointReader reader(checkpoint, checkpoint_schema);
        std::string text, output;
        reader("scenario", text);
        reader("output", output);
        archive_options(reader, options);
        options.scenario = scenario_from_text(text, checkpoint, regions::all_regions());
        options.output = given.output.empty() ? fs::path(output) : given.output;
    }
    options.data = given.data;
    options.threads = given.threads;
    options.force = given.force;
    options.command_line = given.command_line;
    if (given.checkpoint_every >= 0) options.checkpoint_every = given.checkpoint_every;
    return in_arena(options.threads, [&] { return Run(options, watch).go_on(checkpoint); });
}

fs::path checkpoint_of(const fs::path& output) { return fs::path(output).replace_extension(".checkpoint"); }

}  // namespace experiments
