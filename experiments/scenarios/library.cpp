#include "experiments/scenarios/library.hpp"

#include <algorithm>

#include "experiments/scenarios/read_measures.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

constexpr std::string_view plan_file = "plan.toml";

std::vector<std::filesystem::path> files_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".toml" && entry.path().filename() != plan_file) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

void read_plan(const std::filesystem::path& file, Library& to) {
    Findings findings(file.string());
    std::vector<std::string> names;
    for (const auto& entry : read_toml(file)) {
        if (entry.key != "plan") {
            findings.add(entry, "no key of the plan's file has this name; did you mean plan?");
            continue;
        }
        read_texts(entry, names, "a list of measures", findings);
        for (const auto& name : names)
            if (to.find(name) == nullptr)
                findings.add(entry, "no measure of the library is called '" + name + "'; did you mean '" + sim::nearest_word(name, to.names()) + "'?");
    }
    findings.throw_if_any();
    for (const auto& measure : to.measures)
        if (std::find(names.begin(), names.end(), measure.measure.name) != names.end()) to.plan.push_back(measure.measure.name);
}

}  // namespace

const LibraryMeasure* Library::find(const std::string& name) const {
    const auto found = std::find_if(measures.begin(), measures.end(), [&](const auto& m) { return m.measure.name == name; });
    return found == measures.end() ? nullptr : &*found;
}

std::vector<std::string> Library::names() const {
    std::vector<std::string> names;
    for (const auto& measure : measures) names.push_back(measure.measure.name);
    return names;
}

Library read_library(const std::filesystem::path& folder) {
    Library read;
    Findings findings(folder.string());
    MeasureReader reader(findings, regions::all_regions(), nullptr);
    for (const auto& file : files_of(folder)) {
        LibraryMeasure one;
        one.file = file;
        one.entries = read_toml(file);
        const std::string name = file.stem().string();
        for (const auto& entry : one.entries) {
            if (entry.key.rfind("measure.", 0) != 0)
                findings.add(entry, "a file of the library holds a table [measure." + name + "] and nothing else");
            else if (measure_name(entry) != name)
                findings.add(entry, "stands in the file of measure." + name + "; each measure of the library has a file of its name");
            else
                reader.read(entry);
        }
        read.measures.push_back(std::move(one));
    }
    const auto measures = reader.close(models::Parameters{}, sim::Month::of(2050, 12));
    for (const auto& measure : measures)
        if (measure.number == 0)
            findings.add(measure.line, "measure." + measure.name, "has no number; a measure of the library has one of its own", measure.file);
    findings.throw_if_any();
    for (auto& one : read.measures) {
        const auto found = std::find_if(measures.begin(), measures.end(), [&](const Measure& m) { return m.name == one.file.stem().string(); });
        if (found == measures.end()) throw sim::InputError(one.file.string() + ": holds no measure");
        one.measure = *found;
        read.numbers[found->name] = found->number;
    }
    std::sort(read.measures.begin(), read.measures.end(), [](const auto& a, const auto& b) { return a.measure.number < b.measure.number; });
    read_plan(folder / plan_file, read);
    return read;
}

const Library& library() {
    static const Library shipped = read_library(shipped_library());
    return shipped;
}

std::filesystem::path shipped_library() {
    return regions::shipped_folder({"INSTROOM_LIBRARY", "library", INSTROOM_SOURCE_LIBRARY, INSTROOM_INSTALLED_LIBRARY, "library of measures"});
}

const std::vector<Measure>& policy_in_place() {
    static const std::vector<Measure> in_place = [] {
        std::vector<Measure> measures;
        for (const auto& one : library().measures)
            if (one.measure.in_place_from) measures.push_back(one.measure);
        return measures;
    }();
    return in_place;
}

}  // namespace experiments
