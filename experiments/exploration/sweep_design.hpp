#pragma once
/// Which points a sweep runs at: designs over its factors.
///
/// Methods: Latin hypercube, McKay, Beckman and Conover 1979; the Sobol' sequence of Boost.Random (directions of Joe and Kuo 2008) under Owen's nested
/// scrambling (1995), its first point kept (Owen 2020); Saltelli et al. 2010, in the order of SALib; Morris 1991, trajectories over a grid of levels.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "experiments/exploration/factor.hpp"

namespace experiments {

enum class DesignKind { grid, list, latin_hypercube, sobol, saltelli, morris };
[[nodiscard]] const std::vector<std::string>& design_words();

struct SweepDesign {
    DesignKind kind = DesignKind::sobol;
    /// Of a Latin hypercube and of Sobol' the points themselves; of Saltelli those of each of its two base samples; of Morris trajectories. 0: not given.
    std::size_t points = 0;
    std::uint64_t seed = 1;
    int levels = 0;    ///< of Morris, even (4 where 0); of a grid, for factors with a range
    std::string file;  ///< of a list: CSV with one column a factor
};

/// A Latin hypercube, a Sobol' sequence and so on as shares in [0, 1]: one row a point, one column a dimension.
using Shares = std::vector<std::vector<double>>;
[[nodiscard]] Shares latin_hypercube(std::size_t points, std::size_t dimensions, std::uint64_t seed);
[[nodiscard]] Shares scrambled_sobol(std::size_t points, std::size_t dimensions, std::uint64_t seed);

/// The most factors of a design on the Sobol' sequence (twice as many dimensions of a Saltelli design).
inline constexpr std::size_t most_sobol_dimensions = 3667;

/// What is wrong with a design over these factors, in words; empty where nothing is.
[[nodiscard]] std::string problem_of(const SweepDesign& design, const std::vector<Factor>& factors);

/// The points of a design: one row a point, one column a factor. A list is read from `design.file`. Throws InputError for a design that does not fit the
/// factors, and for a list with another column, a value that is none, or one outside of its factor's range.
[[nodiscard]] std::vector<std::vector<double>> points_of(const SweepDesign& design, const std::vector<Factor>& factors);

/// The points of a list as a spreadsheet, SALib or R writes it: a head with the names of the factors in any order (without one, in the order of the sweep
/// file), then one line a point. `file` stands in messages.
[[nodiscard]] std::vector<std::vector<double>> points_from_csv(const std::string& text, const std::string& file, const std::vector<Factor>& factors);

/// One step of a Morris trajectory: from point `from` of the design to the one after it, one input is moved by `delta` of its share.
struct MorrisStep {
    std::size_t from = 0;
    std::size_t input = 0;  ///< of inputs_of
    double delta = 0;
};
/// Trajectory by trajectory, those of the points that `points_of` gives.
[[nodiscard]] std::vector<MorrisStep> morris_steps(const SweepDesign& design, const std::vector<Factor>& factors);

}  // namespace experiments
