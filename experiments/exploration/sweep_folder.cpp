#include "experiments/exploration/sweep_folder.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "experiments/scenarios/toml_values.hpp"
#include "regions/digest.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/version.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr const char* format_word = "instroom sweep 1";

/// The parts of what results belong to, with their names for people.
constexpr std::pair<const char*, std::string Belonging::*> parts[] = {{"program", &Belonging::program},     {"input tables", &Belonging::data},
                                                                      {"scenario", &Belonging::scenario},   {"sweep", &Belonging::sweep},
                                                                      {"C library", &Belonging::c_library}, {"processor (FMA)", &Belonging::fma}};

std::string sweep_digest(const std::string& text, const std::vector<std::vector<double>>& points) {
    std::string bytes = text;
    for (const auto& point : points) {
        bytes += '\n';
        bytes.append(reinterpret_cast<const char*>(point.data()), point.size() * sizeof(double));
    }
    return regions::sha256_of(bytes);
}

std::string text(FieldKind kind) { return kind == FieldKind::month ? "month" : kind == FieldKind::whole ? "whole" : "real"; }

/// Scenarios carry no seed of their own here: it is the sweep's.
std::string base_text(const Sweep& sweep) { return sweep.command.empty() ? scenario_text(sweep.base) : sweep.command; }

}  // namespace

std::string Belonging::text() const {
    std::string lines;
    for (const auto& [name, member] : parts) lines += std::string(name) + ": " + this->*member + "\n";
    return lines;
}

fs::path manifest_of(const fs::path& folder) { return folder / "manifest.json"; }
fs::path records_of(const fs::path& folder, std::size_t task) { return folder / "results" / fmt::format("{:06}.records", task); }
fs::path merged_of(const fs::path& folder) { return folder / "merged.h5"; }

Belonging belonging_of(const Sweep& sweep, const std::vector<std::vector<double>>& points, const std::string& tables) {
    Belonging made;
    made.program = regions::sha256_of_program();
    made.data = regions::sha256_of(tables);
    made.scenario = regions::sha256_of(base_text(sweep));
    made.sweep = sweep_digest(sweep.text, points);
    made.c_library = sim::c_library();
    made.fma = sim::has_fma() ? "yes" : "no";
    return made;
}

void require_same(const Belonging& planned, const Belonging& here) {
    std::string differences;
    for (const auto& [name, member] : parts) {
        if (planned.*member == here.*member) continue;
        const bool digest = (planned.*member).size() == 64;
        differences += fmt::format("{}{} ({} in the plan, {} here)", differences.empty() ? "" : ", ", name,
                                   digest ? (planned.*member).substr(0, 12) : planned.*member, digest ? (here.*member).substr(0, 12) : here.*member);
    }
    if (!differences.empty()) throw sim::InputError("the sweep was planned with another " + differences + "; results of both are never mixed: plan it anew");
}

void require_free(const fs::path& folder) {
    std::error_code error;
    if (fs::exists(folder, error) && !(fs::is_directory(folder, error) && fs::is_empty(folder, error)))
        throw sim::InputError(folder.string() + " exists and is kept; -o names another folder");
}

void write_manifest(const fs::path& folder, const SweepPlan& plan) {
    require_free(folder);
    std::error_code error;
    if (fs::create_directories(folder / "results", error); error) throw sim::FileError("cannot write " + folder.string() + ": " + error.message());
    const auto& sweep = plan.sweep;
    Json factors = Json::array();
    for (const auto& f : sweep.factors)
        factors.push_back({{"name", f.name},
                           {"kind", text(f.kind)},
                           {"unit", f.unit},
                           {"low", f.low},
                           {"high", f.high},
                           {"group", f.group},
                           {"distribution", f.law ? f.law->words() : ""},
                           {"values", f.values}});
    std::vector<std::string> outcomes;
    for (const auto& outcome : sweep.outcomes) outcomes.push_back(outcome.name);
    Json belongs;
    for (const auto& [name, member] : parts) belongs[name] = plan.belongs.*member;
    const Json manifest{{"format", format_word},
                        {"name", sweep.name},
                        {"written_by", "Instroom " + sim::version() + " (git " + sim::commit() + ")"},
                        {"belongs", belongs},
                        {"design", design_words()[static_cast<std::size_t>(sweep.design.kind)]},
                        {"factors", factors},
                        {"outcomes", outcomes},
                        {"points_a_task", plan.points_a_task},
                        {"processors_a_task", plan.processors_a_task},
                        {"data", plan.data.string()},
                        {"measured", {{"seconds", plan.cost.seconds}, {"memory", plan.cost.memory}, {"further", plan.cost.further}, {"disk", plan.cost.disk}}},
                        {"sweep_file", sweep.file.string()},
                        {"sweep_text", sweep.text},
                        {"scenario_text", sweep.command.empty() ? scenario_text(sweep.base) : ""},
                        {"points", plan.points}};
    // One line a point, for people and for tools that read by lines.
    std::string text = manifest.dump();
    for (std::size_t at = text.rfind("\"points\":"); (at = text.find("],[", at)) != std::string::npos; at += 3) text.insert(at + 2, "\n");
    sim::write_whole(manifest_of(folder), text + "\n");
}

SweepPlan read_manifest(const fs::path& folder) {
    const fs::path file = manifest_of(folder);
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    if (!stream) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw sim::InputError(folder.string() + " is no planned sweep: it holds no manifest.json (instroom sweep plan makes it)");
        throw sim::FileError(file.string() + ": cannot be read: " + std::strerror(errno));
    }
    SweepPlan plan;
    try {
        const Json manifest = Json::parse(stream);
        if (manifest.at("format") != format_word) throw sim::InputError(file.string() + ": is of another format than '" + format_word + "'");
        Scenario base;
        if (const std::string text = manifest.at("scenario_text"); !text.empty())
            base = scenario_from_text(text, "scenario in " + file.string(), regions::all_regions());
        plan.sweep = sweep_from_text(manifest.at("sweep_text"), manifest.at("sweep_file").get<std::string>(), base, regions::all_regions());
        plan.points = manifest.at("points").get<std::vector<std::vector<double>>>();
        plan.points_a_task = manifest.at("points_a_task");
        plan.processors_a_task = manifest.at("processors_a_task");
        plan.data = manifest.at("data").get<std::string>();
        for (const auto& [name, member] : parts) plan.belongs.*member = manifest.at("belongs").at(name);
        const auto& measured = manifest.at("measured");
        plan.cost = {measured.at("seconds"), measured.at("memory"), measured.at("further"), measured.at("disk")};
    } catch (const Json::exception& error) {
        throw sim::InputError(fmt::format("{}: is damaged: {}", file.string(), error.what()));
    }
    const bool right = plan.points_a_task > 0 && !plan.points.empty() &&
                       std::all_of(plan.points.begin(), plan.points.end(), [&](const auto& p) { return p.size() == plan.sweep.factors.size(); }) &&
                       sweep_digest(plan.sweep.text, plan.points) == plan.belongs.sweep && regions::sha256_of(base_text(plan.sweep)) == plan.belongs.scenario;
    if (!right) throw sim::InputError(file.string() + ": was changed since the sweep was planned; plan it anew");
    return plan;
}

}  // namespace experiments
