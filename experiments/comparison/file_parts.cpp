#include "experiments/comparison/file_parts.hpp"

#include <vector>

#include "sim/version.hpp"

namespace experiments {

void add_drawn(sim::Trajectory& file, const ParameterDraws& draws) {
    if (draws.values.empty()) return;
    std::vector<std::string> names;
    for (const auto* parameter : draws.parameters) names.push_back(parameter->name);
    file.add_coordinate({"drawn_parameter", names, {{"long_name", "parameter whose values are drawn, where no scenario sets it"}}, "parameters"});
    std::vector<double> values;
    for (const auto& draw : draws.values) values.insert(values.end(), draw.begin(), draw.end());
    file.add_table({"parameters", "drawn", {"replicate", "drawn_parameter"}, std::move(values), {{"long_name", "value of the parameter in a draw"}}, true});
}

void add_provenance(sim::Trajectory& file, const models::Tables& tables) {
    std::vector<std::string> numbers, files, digests, sources;
    for (const auto& row : tables.provenance) {
        numbers.push_back(std::to_string(numbers.size()));
        files.push_back(row.file);
        digests.push_back(row.sha256);
        sources.push_back(row.source);
    }
    file.add_coordinate({"table", numbers, {{"long_name", "input table"}}, "provenance"});
    file.add_table({"provenance", "file", {"table"}, files, {{"long_name", "file of the input table"}}});
    file.add_table({"provenance", "sha256", {"table"}, digests, {{"long_name", "SHA-256 digest of the file"}}});
    file.add_table({"provenance", "source", {"table"}, sources, {{"long_name", "source"}}});
}

void add_runs(sim::Trajectory& file, const RunsOptions& options) {
    file.set_file_attribute({"seed", options.seed});
    file.set_file_attribute({"population_seed", options.population_seed});
    file.set_file_attribute({"scale", options.scale});
    file.set_file_attribute({"persons_per_agent", 1 / options.scale});
}

void add_origin(sim::Trajectory& file, const std::string& command) {
    file.set_file_attribute({"source", "Instroom " + sim::version() + " (git " + sim::commit() + ")"});
    file.set_file_attribute({"references", std::string("README.md, models/README.md and experiments/README.md of the version named in source")});
    file.set_file_attribute({"c_library", sim::c_library()});
    file.set_file_attribute({"fma", std::string(sim::has_fma() ? "yes" : "no")});
    file.set_file_attribute({"command_line", command});
}

}  // namespace experiments
