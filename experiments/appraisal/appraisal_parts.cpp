#include "experiments/appraisal/appraisal_parts.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

const std::string part_word = ".draw-";

std::vector<std::string> lines_of(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw sim::FileError(file.string() + ": cannot be read");
    std::vector<std::string> lines;
    // A last line without its end was cut short and does not count.
    for (std::string line; std::getline(stream, line) && !stream.eof();) lines.push_back(line);
    return lines;
}

}  // namespace

fs::path part_of(const fs::path& log, const std::vector<std::size_t>& draws) {
    return log.string() + part_word + std::to_string(*std::min_element(draws.begin(), draws.end()));
}

std::vector<std::size_t> drawn_points(const fs::path& points, std::size_t most) {
    const auto lines = lines_of(points);
    const auto cells_of = [](const std::string& line) {
        std::vector<std::string> cells;
        std::istringstream stream(line);
        for (std::string cell; std::getline(stream, cell, ',');) cells.push_back(cell);
        return cells;
    };
    const auto head = lines.empty() ? std::vector<std::string>{} : cells_of(lines[0]);
    const auto column = static_cast<std::size_t>(std::find(head.begin(), head.end(), "draw") - head.begin());
    if (column == head.size()) throw sim::InputError(points.string() + ": has no column draw, which is the factor of the sweep that is expected");
    std::vector<std::size_t> draws;
    for (std::size_t l = 1; l < lines.size(); ++l) {
        const auto cells = cells_of(lines[l]);
        double value = -1;
        if (column < cells.size()) {
            std::istringstream stream(cells[column]);
            if (!(stream >> value)) value = -1;
        }
        if (!(value >= 0 && value < static_cast<double>(most)) || value != std::floor(value))
            throw sim::InputError(fmt::format("{}:{}: draw is no whole number from 0 to {}, the last of --draws", points.string(), l + 1, most - 1));
        draws.push_back(static_cast<std::size_t>(value));
    }
    if (draws.empty()) throw sim::InputError(points.string() + ": holds no points");
    return draws;
}

void write_results(const fs::path& file, std::size_t points, std::size_t runs_a_point) {
    std::string text = "runs\n";
    for (std::size_t p = 0; p < points; ++p) text += std::to_string(runs_a_point) + "\n";
    sim::write_whole(file, text);
}

void gather_parts(const fs::path& log) {
    const fs::path folder = log.has_parent_path() ? log.parent_path() : fs::path(".");
    std::vector<fs::path> parts;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(folder, error))
        if (entry.path().filename().string().rfind(log.filename().string() + part_word, 0) == 0) parts.push_back(entry.path());
    if (parts.empty()) return;
    std::sort(parts.begin(), parts.end());
    std::vector<std::string> all = fs::exists(log, error) ? lines_of(log) : std::vector<std::string>{};
    std::set<std::string> there(all.begin(), all.end());
    for (const auto& part : parts) {
        const auto lines = lines_of(part);
        if (lines.size() < 2) continue;
        if (all.empty()) {
            all.assign(lines.begin(), lines.begin() + 2);
            there.insert(all.begin(), all.end());
        }
        if (all.size() < 2 || lines[0] != all[0] || lines[1] != all[1])
            throw sim::InputError(part.string() + " holds runs of another command than " + log.string() + " or the other parts; one of them is to go");
        for (std::size_t l = 2; l < lines.size(); ++l)
            if (there.insert(lines[l]).second) all.push_back(lines[l]);
    }
    std::string text;
    for (const auto& line : all) text += line + "\n";
    sim::write_whole(log, text);
}

}  // namespace experiments
