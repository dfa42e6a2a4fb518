#include "experiments/exploration/sweep_design.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <set>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/sobol.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/uniform_int_distribution.hpp>

#include "experiments/scenarios/toml_values.hpp"
#include "experiments/statistics/strata.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

constexpr std::size_t most_points = std::size_t{1} << 20;
constexpr int usual_levels = 4;

/// A well-mixed number of a few others: the finaliser of SplitMix64 (Steele, Lea and Flood 2014).
std::uint64_t mixed(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15ULL;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
    return value ^ (value >> 31);
}

/// Owen's nested uniform scrambling in base 2: each bit is flipped or not by chance that depends on all bits above it.
std::uint64_t scrambled(std::uint64_t bits, std::uint64_t key) {
    std::uint64_t result = 0;
    constexpr int digits = 53;  // what a double holds
    for (int d = 0; d < digits; ++d) {
        const int place = 63 - d;
        // The bits above, with a one in front so that 0 and 00 differ.
        const std::uint64_t above = d == 0 ? 1 : (bits >> (place + 1)) | (std::uint64_t{1} << d);
        const std::uint64_t flip = mixed(key ^ mixed(above)) >> 63;
        result |= (((bits >> place) & 1) ^ flip) << place;
    }
    return result;
}

Shares saltelli(const SweepDesign& design, const std::vector<std::vector<std::size_t>>& inputs, std::size_t factors) {
    const Shares base = scrambled_sobol(design.points, 2 * factors, design.seed);
    Shares points;
    for (const auto& row : base) {
        const std::vector<double> a(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(factors)),
            b(row.begin() + static_cast<std::ptrdiff_t>(factors), row.end());
        points.push_back(a);
        for (const auto& input : inputs) {
            points.push_back(a);
            for (const auto f : input) points.back()[f] = b[f];
        }
        points.push_back(b);
    }
    return points;
}

int levels_of(const SweepDesign& design) { return design.levels == 0 ? usual_levels : design.levels; }

struct Trajectories {
    Shares points;
    std::vector<MorrisStep> steps;
};

Trajectories morris(const SweepDesign& design, const std::vector<std::vector<std::size_t>>& inputs, std::size_t factors) {
    const int levels = levels_of(design), jump = levels / 2;
    boost::random::mt19937_64 engine(design.seed);
    Trajectories made;
    for (std::size_t t = 0; t < design.points; ++t) {
        // Every factor starts at a level from which it can jump up or down by half of the levels.
        std::vector<int> level(factors);
        for (auto& l : level) l = boost::random::uniform_int_distribution<int>(0, levels - 1)(engine);
        const auto add = [&] {
            std::vector<double> shares;
            for (const int l : level) shares.push_back(static_cast<double>(l) / (levels - 1));
            made.points.push_back(std::move(shares));
        };
        // Factors of a group go the same way, so that they start on the same side.
        std::vector<int> way;
        for (const auto& input : inputs) {
            way.push_back(level[input.front()] < jump ? 1 : -1);
            for (const auto f : input) level[f] = level[f] % jump + (way.back() > 0 ? 0 : jump);
        }
        add();
        for (const auto i : shuffled(inputs.size(), engine)) {
            made.steps.push_back({made.points.size() - 1, i, static_cast<double>(way[i] * jump) / (levels - 1)});
            for (const auto f : inputs[i]) level[f] += way[i] * jump;
            add();
        }
    }
    return made;
}

std::vector<double> grid_values(const Factor& factor, int levels) {
    if (!factor.values.empty()) return factor.values;
    std::vector<double> values;
    for (int l = 0; l < levels; ++l) {
        const double share = static_cast<double>(l) / (levels - 1);
        const double value = factor.law ? factor.at(share) : factor.low + share * (factor.high - factor.low);
        values.push_back(factor.kind == FieldKind::real ? value : std::round(value));
    }
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

std::size_t grid_size(const SweepDesign& design, const std::vector<Factor>& factors) {
    std::size_t size = 1;
    for (const auto& factor : factors) {
        size *= grid_values(factor, design.levels).size();
        if (size > most_points) return size;
    }
    return size;
}

std::vector<std::vector<double>> grid(const SweepDesign& design, const std::vector<Factor>& factors) {
    std::vector<std::vector<double>> points{{}};
    for (const auto& factor : factors) {
        std::vector<std::vector<double>> longer;
        for (const auto& point : points)
            for (const double value : grid_values(factor, design.levels)) {
                longer.push_back(point);
                longer.back().push_back(value);
            }
        points = std::move(longer);
    }
    return points;
}

std::string list_of_points(const std::string& file) {
    if (std::error_code error; !std::filesystem::exists(file, error) && !error)
        throw sim::InputError(file + ": No such file (a list of points in CSV is expected)");
    return sim::text_of_file(file);
}

/// The fields of a line of CSV; a field in quotes loses them.
std::vector<std::string> fields_of(const std::string& line) {
    std::vector<std::string> fields{""};
    bool quoted = false;
    for (const char c : line) {
        if (c == '"')
            quoted = !quoted;
        else if (c == ',' && !quoted)
            fields.emplace_back();
        else if (c != '\r')
            fields.back() += c;
    }
    return fields;
}

std::optional<double> number_of_text(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    return value;
}

double value_of(const std::string& text, const Factor& factor, const std::string& at) {
    auto value = number_of_text(text);
    if (!value && factor.kind == FieldKind::month) try {
            value = number_of(sim::Month::parse(text));
        } catch (const sim::InputError&) {
            // said below
        }
    const std::string expected = factor.kind == FieldKind::month   ? "a month such as 2026-01, or a whole number of months after January 2021,"
                                 : factor.kind == FieldKind::whole ? "a whole number"
                                                                   : "a number";
    if (!value || (factor.kind != FieldKind::real && *value != std::floor(*value)))
        throw sim::InputError(at + factor.name + ": is '" + text + "', but " + expected + " is expected");
    const bool within = factor.values.empty() ? *value >= factor.low && *value <= factor.high
                                              : std::find(factor.values.begin(), factor.values.end(), *value) != factor.values.end();
    if (!within)
        throw sim::InputError(at + factor.name + ": is " + text + ", but " +
                              (factor.values.empty() ? "a value from " + value_text(factor, factor.low) + " to " + value_text(factor, factor.high)
                                                     : "one of the factor's values") +
                              " is expected");
    return *value;
}

}  // namespace

const std::vector<std::string>& design_words() {
    static const std::vector<std::string> words{"grid", "list", "latin_hypercube", "sobol", "saltelli", "morris"};
    return words;
}

Shares latin_hypercube(std::size_t points, std::size_t dimensions, std::uint64_t seed) {
    boost::random::mt19937_64 engine(seed);
    Shares shares(points, std::vector<double>(dimensions));
    for (std::size_t d = 0; d < dimensions; ++d) {
        const auto strata = shuffled(points, engine);
        for (std::size_t p = 0; p < points; ++p)
            shares[p][d] = (static_cast<double>(strata[p]) + boost::random::uniform_01<double>()(engine)) / static_cast<double>(points);
    }
    return shares;
}

Shares scrambled_sobol(std::size_t points, std::size_t dimensions, std::uint64_t seed) {
    boost::random::sobol sequence(dimensions);
    static_assert(boost::random::sobol::max() == ~std::uint64_t{0});
    Shares shares(points, std::vector<double>(dimensions));
    for (std::size_t p = 0; p < points; ++p)
        for (std::size_t d = 0; d < dimensions; ++d) {
            // Boost's sequence begins after its first point, which is 0 and belongs to it: without it the others are out of balance.
            const std::uint64_t bits = p == 0 ? 0 : sequence();
            const std::uint64_t key = mixed(seed) + mixed(d + 1);
            shares[p][d] = (static_cast<double>(scrambled(bits, key) >> 11) + 0.5) * 0x1p-53;
        }
    return shares;
}

std::string problem_of(const SweepDesign& design, const std::vector<Factor>& factors) {
    const std::string word = design_words()[static_cast<std::size_t>(design.kind)];
    const auto inputs = inputs_of(factors).size();
    switch (design.kind) {
        case DesignKind::grid:
            if (design.points != 0) return "a grid has as many points as its values make; the key points belongs to other designs";
            for (const auto& factor : factors)
                if (factor.values.empty() && design.levels < 2)
                    return "a grid takes a list of values of each factor, or levels of its range, at least 2, but " + factor.name + " has neither";
            if (const auto size = grid_size(design, factors); size > most_points)
                return fmt::format("the grid has more than {} points; fewer values, or another design, take fewer", most_points);
            return "";
        case DesignKind::list:
            if (design.points != 0) return "a list has the points of its file; the key points belongs to other designs";
            return design.file.empty() ? "a list needs a file of points: file = \"points.csv\"" : "";
        case DesignKind::latin_hypercube:
            if (design.points < 2) return "points of a Latin hypercube are expected: a whole number from 2 on";
            break;
        case DesignKind::sobol:
        case DesignKind::saltelli:
            if (design.points < 2 || !std::has_single_bit(design.points)) {
                const auto above = std::bit_ceil(std::max<std::size_t>(design.points, 2));
                return fmt::format("points are {}, but a power of two is expected, such as {}{}: the Sobol' sequence is in balance there alone", design.points,
                                   above > 2 ? fmt::format("{} or ", above / 2) : "", above);
            }
            if (factors.size() * (design.kind == DesignKind::saltelli ? 2 : 1) > most_sobol_dimensions)
                return "has more factors than the Sobol' sequence has dimensions";
            break;
        case DesignKind::morris:
            if (design.points < 2) return "points of a Morris design are expected, its trajectories: a whole number from 2 on";
            if (levels_of(design) < 2 || levels_of(design) % 2 != 0)
                return fmt::format("levels of a Morris design are {}, but an even number is expected", design.levels);
            break;
    }
    if (design.kind == DesignKind::saltelli || design.kind == DesignKind::morris) {
        for (const auto& factor : factors)
            if (!factor.values.empty())
                return "a " + word + " design takes factors with a range, but " + factor.name + " is a list of values, which a grid takes";
    }
    const std::size_t size = design.points * (design.kind == DesignKind::saltelli ? inputs + 2 : design.kind == DesignKind::morris ? inputs + 1 : 1);
    if (size > most_points) return fmt::format("the design has {} points, but at most {} are expected", size, most_points);
    return "";
}

std::vector<std::vector<double>> points_of(const SweepDesign& design, const std::vector<Factor>& factors) {
    if (const auto problem = problem_of(design, factors); !problem.empty()) throw sim::InputError("design: " + problem);
    if (design.kind == DesignKind::grid) return grid(design, factors);
    if (design.kind == DesignKind::list) return points_from_csv(list_of_points(design.file), design.file, factors);
    Shares shares;
    if (design.kind == DesignKind::latin_hypercube) shares = latin_hypercube(design.points, factors.size(), design.seed);
    if (design.kind == DesignKind::sobol) shares = scrambled_sobol(design.points, factors.size(), design.seed);
    if (design.kind == DesignKind::saltelli) shares = saltelli(design, inputs_of(factors), factors.size());
    if (design.kind == DesignKind::morris) shares = morris(design, inputs_of(factors), factors.size()).points;
    for (auto& point : shares)
        for (std::size_t f = 0; f < factors.size(); ++f) point[f] = factors[f].at(point[f]);
    return shares;
}

std::vector<std::vector<double>> points_from_csv(const std::string& text, const std::string& file, const std::vector<Factor>& factors) {
    std::istringstream lines(text);
    std::vector<std::vector<double>> points;
    std::vector<std::size_t> factor_of;  // by column
    std::string line;
    for (std::size_t f = 0; f < factors.size(); ++f) factor_of.push_back(f);
    for (int number = 1; std::getline(lines, line); ++number) {
        const std::string at = fmt::format("{}:{}: ", file, number);
        const auto fields = fields_of(line);
        if (fields.size() == 1 && fields[0].empty()) continue;
        if (fields.size() != factors.size())
            throw sim::InputError(fmt::format("{}has {} columns, but {} are expected, one a factor", at, fields.size(), factors.size()));
        std::vector<std::string> names;
        for (const auto& factor : factors) names.push_back(factor.name);
        const bool first = points.empty() && number == 1;
        if (first && std::none_of(fields.begin(), fields.end(), [](const auto& f) { return number_of_text(f).has_value(); })) {
            std::set<std::size_t> taken;
            for (std::size_t c = 0; c < fields.size(); ++c) {
                const auto found = std::find(names.begin(), names.end(), fields[c]);
                if (found == names.end())
                    throw sim::InputError(at + "no factor is named '" + fields[c] + "'; did you mean " + sim::nearest_word(fields[c], names) + "?");
                factor_of[c] = static_cast<std::size_t>(found - names.begin());
                if (!taken.insert(factor_of[c]).second) throw sim::InputError(at + fields[c] + ": stands there twice");
            }
            continue;
        }
        std::vector<double> point(factors.size());
        for (std::size_t c = 0; c < fields.size(); ++c) point[factor_of[c]] = value_of(fields[c], factors[factor_of[c]], at);
        points.push_back(std::move(point));
        if (points.size() > most_points) throw sim::InputError(fmt::format("{}holds more than {} points", at, most_points));
    }
    if (points.empty()) throw sim::InputError(file + ": holds no points");
    return points;
}

std::vector<MorrisStep> morris_steps(const SweepDesign& design, const std::vector<Factor>& factors) {
    return morris(design, inputs_of(factors), factors.size()).steps;
}

}  // namespace experiments
