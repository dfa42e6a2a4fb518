#include "experiments/exploration/sweep_merge.hpp"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "experiments/exploration/sweep_model.hpp"
#include "sim/error.hpp"
#include "sim/gridded_file.hpp"
#include "sim/version.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

/// Bytes of results that are held at once.
constexpr std::size_t bytes_at_once = std::size_t{8} << 20;
constexpr std::size_t most_rows_at_once = 1024;

/// HDF5 takes a slash for a folder.
std::string dataset_name(std::string name) {
    std::replace(name.begin(), name.end(), '/', '_');
    return name;
}

std::string units_of(const Factor& factor) { return factor.unit; }

template <class Number>
std::vector<Number> numbers_of(const std::string& bytes, std::size_t first, std::size_t count) {
    if (first + count * sizeof(Number) > bytes.size()) throw sim::Bug("a result is shorter than its layout");
    std::vector<Number> numbers(count);
    if (count > 0) std::memcpy(numbers.data(), bytes.data() + first, count * sizeof(Number));
    return numbers;
}

class Merge {
public:
    Merge(const fs::path& folder, const SweepPlan& plan, const SweepState& state, const SweepModel& model, const fs::path& output)
        : folder_(folder), plan_(plan), state_(state), layout_(model.layout()), file_(output) {
        const std::size_t rows = bytes_at_once / std::max<std::size_t>(layout_.bytes(), 1);
        rows_ = std::clamp<std::size_t>(rows, 1, most_rows_at_once);
        attributes();
        coordinates(model);
        variables();
    }

    void write(bool replace, const std::function<void()>& written) {
        for (std::size_t first = 0; first < plan_.points.size(); first += rows_) write_rows(first, std::min(plan_.points.size(), first + rows_), written);
        file_.commit(replace);
    }

private:
    void attributes() {
        const auto& sweep = plan_.sweep;
        const auto put = [&](const char* name, auto value) { file_.add_attribute({name, value}); };
        put("title", "Instroom sweep: " + sweep.name);
        put("source", "Instroom " + sim::version() + " (git " + sim::commit() + ")");
        put("references", std::string("experiments/README.md of the version named in source"));
        put("sweep_text", sweep.text);
        put("scenario_text", sweep.command.empty() ? scenario_text(sweep.base) : std::string());
        put("command", sweep.command);
        put("design", design_words()[static_cast<std::size_t>(sweep.design.kind)]);
        put("seed", sweep.seed);
        put("population_seed", sweep.population_seed);
        put("scale", sweep.scale);
        put("common_random_numbers", std::string(sweep.common_random_numbers ? "yes" : "no"));
        put("program_sha256", plan_.belongs.program);
        put("tables_sha256", plan_.belongs.data);
        put("c_library", plan_.belongs.c_library);
        put("fma", plan_.belongs.fma);
    }

    void coordinates(const SweepModel& model) {
        std::vector<std::int32_t> points(plan_.points.size()), replicates(layout_.replicates);
        std::iota(points.begin(), points.end(), 0);
        std::iota(replicates.begin(), replicates.end(), 0);
        file_.add_coordinate({"point", points, {{"long_name", "point of the design"}, {"units", "1"}}});
        file_.add_coordinate({"replicate", replicates, {{"long_name", "number of the replicate"}, {"units", "1"}}});
        for (const auto& coordinate : model.coordinates()) file_.add_coordinate(coordinate);
    }

    void variables() {
        for (std::size_t f = 0; f < plan_.sweep.factors.size(); ++f) {
            const auto& factor = plan_.sweep.factors[f];
            sim::GriddedVariable made{dataset_name(factor.name), {"point"}, sim::SeriesType::real, {}, plan_.points.size()};
            made.attributes = {{"long_name", factor.name + (factor.kind == FieldKind::month ? ", months after January 2021" : "")},
                               {"units", units_of(factor)}};
            const auto variable = file_.add_variable(made);
            std::vector<double> column;
            for (const auto& point : plan_.points) column.push_back(point[f]);
            file_.write(variable, 0, std::span<const double>(column));
            factor_names_ += (factor_names_.empty() ? "" : " ") + made.name;
        }
        sim::GriddedVariable status{"status", {"point"}, sim::SeriesType::count, {}, plan_.points.size()};
        status.attributes = {{"long_name", "0 done, 1 failed, 2 not run"}, {"units", "1"}, {"coordinates", factor_names_}};
        std::vector<std::int32_t> states;
        for (const auto s : state_.points) states.push_back(s == PointState::done ? 0 : s == PointState::failed ? 1 : 2);
        file_.write(file_.add_variable(status), 0, std::span<const std::int32_t>(states));
        for (const auto& outcome : plan_.sweep.outcomes) {
            sim::GriddedVariable made{dataset_name(outcome.name), {"point", "replicate"}, sim::SeriesType::real, {}, most_rows_at_once};
            made.attributes = {{"long_name", outcome.meaning}, {"units", outcome.unit}, {"coordinates", factor_names_}};
            outcomes_.push_back(file_.add_variable(made));
        }
        for (const auto& one : layout_.series) {
            sim::GriddedVariable made{one.info.name, {"point", "replicate", "time", "region"}, one.info.type, {}, rows_};
            made.dimensions.insert(made.dimensions.end(), one.info.dimensions.begin(), one.info.dimensions.end());
            made.attributes = {
                {"long_name", one.info.long_name.empty() ? one.info.name : one.info.long_name}, {"units", one.info.units}, {"coordinates", factor_names_}};
            series_.push_back(file_.add_variable(made));
        }
    }

    void write_rows(std::size_t first, std::size_t end, const std::function<void()>& written) {
        const std::size_t reals = layout_.replicates * layout_.outcomes;
        std::vector<std::vector<double>> outcomes(layout_.outcomes);
        std::vector<std::vector<double>> of_reals(layout_.series.size());
        std::vector<std::vector<std::int32_t>> of_counts(layout_.series.size());
        for (std::size_t p = first; p < end; ++p) {
            const bool done = state_.points[p] == PointState::done;
            const std::string bytes = done ? reader_.content(records_of(folder_, state_.file[p]), state_.record[p]) : std::string();
            if (done && bytes.size() != layout_.bytes())
                throw sim::InputError(fmt::format("{}: the result of point {} has {} bytes, but {} are expected", records_of(folder_, state_.file[p]).string(),
                                                  p, bytes.size(), layout_.bytes()));
            const auto values = done ? numbers_of<double>(bytes, 0, reals) : std::vector<double>(reals, std::numeric_limits<double>::quiet_NaN());
            for (std::size_t r = 0; r < layout_.replicates; ++r)
                for (std::size_t o = 0; o < layout_.outcomes; ++o) outcomes[o].push_back(values[r * layout_.outcomes + o]);
            std::size_t at = reals * sizeof(double);
            for (std::size_t s = 0; s < layout_.series.size(); ++s) {
                const auto& one = layout_.series[s];
                const std::size_t count = layout_.replicates * one.values;
                const auto take = [&]<class Number>(std::vector<Number>& to, Number missing) {
                    const auto numbers = done ? numbers_of<Number>(bytes, at, count) : std::vector<Number>(count, missing);
                    to.insert(to.end(), numbers.begin(), numbers.end());
                };
                if (one.info.type == sim::SeriesType::count)
                    take(of_counts[s], sim::missing_count);
                else
                    take(of_reals[s], std::numeric_limits<double>::quiet_NaN());
                at += layout_.replicates * one.bytes();
            }
            if (written) written();
        }
        for (std::size_t o = 0; o < layout_.outcomes; ++o) file_.write(outcomes_[o], first, std::span<const double>(outcomes[o]));
        for (std::size_t s = 0; s < layout_.series.size(); ++s) {
            if (layout_.series[s].info.type == sim::SeriesType::count)
                file_.write(series_[s], first, std::span<const std::int32_t>(of_counts[s]));
            else
                file_.write(series_[s], first, std::span<const double>(of_reals[s]));
        }
    }

    const fs::path& folder_;
    const SweepPlan& plan_;
    const SweepState& state_;
    const ResultLayout& layout_;
    sim::GriddedFile file_;
    RecordReader reader_;
    std::size_t rows_ = 1;
    std::string factor_names_;
    std::vector<std::size_t> outcomes_, series_;  ///< numbers of variables
};

}  // namespace

void merge_sweep(const fs::path& folder, const SweepPlan& plan, const SweepState& state, const fs::path& output, bool with_gaps, bool replace,
                 const std::function<void()>& written) {
    if (!with_gaps && state.done < plan.points.size())
        throw sim::InputError(
            fmt::format("{}: {} of {} points are missing ({} failed, {} not run); instroom sweep resume runs them, --with-gaps leaves their values missing",
                        folder.string(), plan.points.size() - state.done, plan.points.size(), state.failed, state.left()));
    const auto model = model_of(plan, 1);
    require_same(plan.belongs, belonging_of(plan.sweep, plan.points, model->inputs()));
    Merge(folder, plan, state, *model, output).write(replace, written);
}

}  // namespace experiments
