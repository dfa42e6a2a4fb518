#pragma once
/// The series of a backtest: how each is simulated, and the observed figures of each. Read from a TOML file and from tables of figures.

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/figures/moment_words.hpp"
#include "models/parameter.hpp"
#include "regions/data_folder.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Families of series, in which scores are pooled.
[[nodiscard]] const std::vector<std::string>& backtest_families();

/// One series: its simulated counterpart in the words of a target, and how its figures are compared.
struct BacktestSeries : MomentWords {
    std::string name;
    std::size_t family = 0;
    std::string region = "the nation";  ///< what the figures describe, for people
    bool at_end = false;                ///< measured in the last month of a period; otherwise a mean over its months
    bool adjusted = false;              ///< the figures are seasonally adjusted: the simulated profile of quarters is removed
    bool level = true;                  ///< figures and simulation share one definition; otherwise only changes are compared
    bool given = false;                 ///< a national total that a conditional forecast knows
    std::string total;                  ///< the national total that it is part of, where that is given; empty = none
    bool calibrate = false;             ///< its known figures are moments of the calibration at a cut
    double standard_error = 0;          ///< of a figure, as a share of it, where the row has no range
    double discrepancy = 0;             ///< as in Target, as a share of the figure
    std::string error_basis, note;
    int line = 0;
};

/// One observed figure.
struct ObservedFigure {
    std::string period;
    sim::Month from, until;  ///< months that it is about
    double value = 0;
    double error = 0;  ///< standard error
    models::Status status = models::Status::observed;
    std::string unit, known_from;
    std::string at;  ///< "file:line"
};

/// Series and their figures, in the order of time.
struct BacktestData {
    std::vector<BacktestSeries> series;
    std::vector<std::vector<ObservedFigure>> figures;  ///< by series
};

/// Reads a file of series. Throws FileError where it cannot be read, InputError with every finding, one line each.
[[nodiscard]] std::vector<BacktestSeries> read_backtest_series(const std::filesystem::path& file, const std::vector<std::string>& known_regions);
/// The same from a text; `file` stands in messages.
[[nodiscard]] std::vector<BacktestSeries> backtest_series_from_text(const std::string& text, const std::string& file,
                                                                    const std::vector<std::string>& known_regions);

/// Adds the figures of a table: its variables are names of series. Throws InputError with file, line, column and what was expected for an unknown series (with
/// the nearest), a period that is no year, quarter or month, a value that is not positive, another unit than the series has, or a figure that is there already.
void add_figures(BacktestData& data, const std::vector<regions::Figure>& figures, const std::string& file);

/// Figures a year: 4 for a series of quarters, else 1.
[[nodiscard]] int figures_a_year(const std::vector<ObservedFigure>& figures);

/// The shipped file of series, beside the shipped tables.
[[nodiscard]] std::filesystem::path shipped_backtest_series();

}  // namespace experiments
