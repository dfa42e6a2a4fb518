#pragma once
/// A parameter is written down once: the struct has the default, one table row beside it has everything else.
/// Scenario reader, `/parameters`, documentation and `instroom describe` all print that row.

#include <array>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/probability.hpp"

namespace models {

struct Parameters;

/// How well a figure is known.
enum class Status { observed, derived, recalled, assumed };
/// The words of all, in their order.
inline constexpr std::array<std::string_view, 4> status_words{"observed", "derived", "recalled", "assumed"};
[[nodiscard]] constexpr std::string_view text(Status status) { return status_words[static_cast<std::size_t>(status)]; }

/// Prior of a parameter: a named distribution with one or two numbers (none: the value is taken as it is).
struct Prior {
    std::string distribution;  ///< "", "uniform(a, b)", "beta(a, b)", "normal(mean, sd)", "lognormal(median, sigma)", "half_normal(sd)"
    double low = 0;            ///< 5th percentile
    double high = 0;           ///< 95th percentile
};

/// One parameter of the run, as every reader of parameters sees it.
struct Parameter {
    std::string name;     ///< "process.parameter", as in scenario files
    std::string meaning;  ///< one line
    std::string unit;     ///< UDUNITS; "1" for shares and factors
    double minimum;
    double maximum;
    Prior prior;
    Status status;
    std::string source;  ///< empty only where the status is `assumed`
    std::function<double(const Parameters&)> get;
    std::function<void(Parameters&, double)> set;
};

namespace detail {
inline double number_of(double v) { return v; }
inline double number_of(int v) { return v; }
inline double number_of(sim::MonthlyProbability v) { return v.value(); }
inline double number_of(sim::YearlyProbability v) { return v.value(); }
inline void assign(double& to, double v) { to = v; }
inline void assign(int& to, double v) { to = static_cast<int>(v); }
inline void assign(sim::MonthlyProbability& to, double v) { to = sim::MonthlyProbability(v); }
inline void assign(sim::YearlyProbability& to, double v) { to = sim::YearlyProbability(v); }
}  // namespace detail

/// One row of a table of parameters: a member of a process's struct and what is known of it.
template <class Struct>
struct Row_ {
    std::string name;
    std::function<double(const Struct&)> get;
    std::function<void(Struct&, double)> set;
    std::string unit;
    double minimum;
    double maximum;
    Prior prior;
    Status status;
    std::string source;
    std::string meaning;

    template <class Member>
    Row_(std::string name_, Member Struct::*member, std::string unit_, double minimum_, double maximum_, Prior prior_, Status status_, std::string source_,
         std::string meaning_)
        : name(std::move(name_)),
          get([member](const Struct& s) { return detail::number_of(s.*member); }),
          set([member](Struct& s, double v) { detail::assign(s.*member, v); }),
          unit(std::move(unit_)),
          minimum(minimum_),
          maximum(maximum_),
          prior(std::move(prior_)),
          status(status_),
          source(std::move(source_)),
          meaning(std::move(meaning_)) {}
};

template <class Struct>
using ParameterTable = std::vector<Row_<Struct>>;

}  // namespace models
