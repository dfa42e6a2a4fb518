#include "experiments/monitor/monitor_page.hpp"

#include <cmath>

#include <nlohmann/json.hpp>

#include "experiments/monitor/monitor_run.hpp"
#include "experiments/monitor/monitor_specification.hpp"
#include "sim/error.hpp"
#include "sim/stored_file.hpp"
#include "sim/version.hpp"

namespace experiments {
namespace {

using Json = nlohmann::ordered_json;
using sim::StoredFile;

constexpr int format_of_pages = 1;
/// Cells of the largest dataset that goes to the page; those of comparisons and assessments have some thousands, and nobody reads more as a table. Series of
/// sweeps are larger and stay in the file.
constexpr std::size_t most_cells = 20000;

std::string kind_of(const StoredFile& file) {
    if (!file.attribute("schema_version").empty()) return "run";
    if (!file.attribute("comparison_schema_version").empty()) return "comparison";
    if (!file.attribute("assessment_schema_version").empty()) return "assessment";
    if (!file.attribute("sweep_text").empty()) return "sweep";
    if (file.attribute("source").rfind("Instroom ", 0) == 0) return "other";
    throw sim::InputError(file.path().string() + " was not written by Instroom (its attribute source does not say so)");
}

/// Points of a sweep that go to the page: as many dots as a picture can show apart. Beyond, every second or third one does.
constexpr std::size_t most_points = 5000;

bool is_of_run(const std::string& name) { return name.rfind("parameters/", 0) == 0 || name.rfind("provenance/", 0) == 0; }

Json numbers_of(const StoredFile& file, const StoredFile::Dataset& dataset) {
    Json list = Json::array();
    for (const double value : file.numbers(dataset)) {
        if (!std::isfinite(value))
            list.push_back(nullptr);
        else if (value == std::floor(value) && std::abs(value) < 1e15)
            list.push_back(static_cast<std::int64_t>(value));
        else
            list.push_back(value);
    }
    return list;
}

Json table_of(const StoredFile& file, const StoredFile::Dataset& dataset) {
    Json made{{"dimensions", dataset.dimensions}, {"shape", dataset.shape}, {"units", dataset.units}, {"long_name", dataset.long_name}};
    made["values"] = dataset.is_text ? Json(file.texts(dataset)) : numbers_of(file, dataset);
    return made;
}

/// A factor or an outcome of a sweep: mean over replicates of as many points as a picture shows, [point] or [point][1].
Json points_of(const StoredFile& file, const StoredFile::Dataset& dataset) {
    const auto values = file.numbers(dataset);
    const std::size_t points = dataset.shape[0], replicates = points == 0 ? 0 : values.size() / points;
    const std::size_t step = (points + most_points - 1) / most_points;
    Json means = Json::array();
    for (std::size_t p = 0; p < points; p += step) {
        double sum = 0, known = 0;
        for (std::size_t r = 0; r < replicates; ++r)
            if (const double value = values[p * replicates + r]; std::isfinite(value)) sum += value, ++known;
        means.push_back(known > 0 ? Json(sum / known) : Json(nullptr));
    }
    Json shape = Json::array({means.size()});
    if (dataset.shape.size() > 1) shape.push_back(1);
    return {{"dimensions", dataset.dimensions}, {"shape", shape}, {"units", dataset.units}, {"long_name", dataset.long_name}, {"values", std::move(means)}};
}

Json json_of(const std::filesystem::path& path, const MonitorSpecification& specification) {
    const StoredFile file(path);
    const std::string kind = kind_of(file);
    Json made{{"name", path.filename().string()}, {"kind", kind}};
    Json attributes = Json::object(), coordinates = Json::object(), tables = Json::object();
    for (const auto& [name, value] : file.attributes()) attributes[name] = value;
    for (const auto& dataset : file.datasets()) {
        const bool of_points = kind == "sweep" && !dataset.is_text && !dataset.dimensions.empty() && dataset.dimensions[0] == "point";
        if (of_points) {
            if (!dataset.is_scale && (dataset.dimensions.size() == 1 || (dataset.dimensions.size() == 2 && dataset.dimensions[1] == "replicate")))
                tables[dataset.name] = points_of(file, dataset);
            continue;
        }
        if (dataset.cells() > most_cells || (kind == "run" && !is_of_run(dataset.name))) continue;
        if (dataset.is_scale)
            coordinates[dataset.name] = file.texts(dataset);
        else
            tables[dataset.name] = table_of(file, dataset);
    }
    made["attributes"] = std::move(attributes);
    made["coordinates"] = std::move(coordinates);
    made["tables"] = std::move(tables);
    if (kind == "run") made["run"] = json_of_run(sim::StoredTrajectory(path), specification);
    return made;
}

/// JSON may write "<" as an escape anywhere in a text, and has it nowhere else; so no text can end the script element that holds it.
std::string safe_in_a_page(const std::string& json) {
    std::string text;
    text.reserve(json.size());
    for (const char c : json) c == '<' ? text.append("\\u003c") : text.append(1, c);
    return text;
}

Json document(const MonitorSpecification& specification) {
    return {{"format", format_of_pages}, {"specification", experiments::json_of(specification)}, {"files", Json::array()}};
}

/// Texts of foreign origin (attributes) need not be UTF-8; what is not becomes a sign of its own.
std::string text_of(const Json& json, int indent) { return json.dump(indent, ' ', false, Json::error_handler_t::replace); }

}  // namespace

std::string monitor_page_data(const std::vector<std::filesystem::path>& files, const std::filesystem::path& data) {
    const auto specification = monitor_specification(data);
    Json made = document(specification);
    made["program"] = "Instroom " + sim::version() + " (git " + sim::commit() + ")";
    for (const auto& file : files) made["files"].push_back(json_of(file, specification));
    return safe_in_a_page(text_of(made, -1));
}

std::string monitor_specification_text(const std::filesystem::path& data) { return text_of(document(monitor_specification(data)), 1) + "\n"; }

}  // namespace experiments
