#include <cmath>

#include <fmt/format.h>

#include "experiments/assessment.hpp"
#include "sim/csv_field.hpp"

namespace experiments {
namespace {

std::string number(double value) { return std::isnan(value) ? "-" : fmt::format("{:.0f}", value); }

/// Mean, and twice its standard error.
std::string text(const Estimate& e) { return std::isnan(e.error) ? number(e.mean) : fmt::format("{} ± {}", number(e.mean), number(2 * e.error)); }

std::string range(const Estimate& e) { return std::isnan(e.interval.low) ? "-" : number(e.interval.low) + " to " + number(e.interval.high); }

std::string csv_row(const std::string& table, const std::string& of, const std::string& figure, const Estimate& e) {
    const auto value = [](double v) { return std::isfinite(v) ? fmt::format("{:.9g}", v) : std::string(); };
    return fmt::format("{},{},{},{},{},{},{}\n", table, sim::csv_field(of), figure, value(e.mean), value(e.error), value(e.interval.low),
                       value(e.interval.high));
}

}  // namespace

std::string assessment_tables(const Assessment& a) {
    std::string text_of_all = "Technicians and ICT workers at work (persons), and technical jobs (full-time equivalents), mean of the last twelve months\n";
    text_of_all += fmt::format("{:24} {:>20} {:>20} {:>20} {:>20} {:>20} {:>20}\n", "", "technicians", "ICT workers", "digitally skilled", "jobs required",
                               "jobs filled", "gap");
    for (const auto& s : a.supply)
        text_of_all += fmt::format("{:24} {:>20} {:>20} {:>20} {:>20} {:>20} {:>20}\n", s.name, text(s.technicians), text(s.ict_workers),
                                   text(s.digitally_skilled), text(s.required), text(s.filled), text(s.gap));
    text_of_all += fmt::format("The regions' part of a million digitally skilled people, by inhabitants: {:.0f}\n", a.digitally_skilled_goal);

    text_of_all +=
        fmt::format("\nWhat each measure adds to technicians and ICT workers at work together\n{:10} {:>16} {:>16} {:>16} {:>20} {:>14} {:>14} {:>14}\n", "",
                    "alone", "added last", "share", "share, 95 %", "participants", "million euro", "euro each");
    double shares = 0;
    for (const auto& c : a.contributions) {
        shares += c.shapley.mean;
        text_of_all += fmt::format("{:10} {:>16} {:>16} {:>16} {:>20} {:>14} {:>14.1f} {:>14}{}\n", c.name, text(c.alone), text(c.last), text(c.shapley),
                                   range(c.shapley), number(c.participants.mean), c.spending.mean / 1e6, c.distinguishable ? number(c.cost) : "-",
                                   c.distinguishable ? "" : "  not distinguishable from noise");
    }
    text_of_all += fmt::format("{:10} {:>16} {:>16} {:>16.0f} {:>20}\n", "together", "", text(a.together), shares, range(a.together));

    text_of_all += "\nTechnical jobs with policy in place: where the gap is, full-time equivalents\n";
    for (const auto& g : a.gaps) text_of_all += fmt::format("{:11} {:52} {:>20} {:>20}\n", g.of, g.label, text(g.required), text(g.gap));

    const double left = a.supply[1].gap.mean;
    if (left <= 0)
        text_of_all += "\nWith policy in place no gap is left.\n";
    else if (a.cheapest.empty())
        text_of_all += fmt::format(
            "\nNo mix of these measures at their doses closes the gap: all together add {:.0f} workers, and {:.0f} full-time equivalents stay open.\n",
            a.together.mean, left);
    else {
        text_of_all += "\nThe gap without the plan would be closed at least cost by";
        for (const auto& name : a.cheapest) text_of_all += " " + name;
        text_of_all += ", by their shares.\n";
    }
    text_of_all += fmt::format(
        "\nMeans over {} draws of the parameters and of the measures' figures, ± twice the standard error; 95 %: of one draw, from 40 draws on. alone: beside "
        "none of the plan;\n"
        "last: beside all others; share: Shapley, from one random order and its reverse in each draw. Noise of one pair of runs: {:.0f}. Effects of measures "
        "are\n"
        "priors and not estimates: `instroom scenario show NAME` says which figures are assumed.\n",
        a.draws, a.noise);
    return text_of_all;
}

std::string assessment_csv(const Assessment& a, const std::string& command_line) {
    std::string text_of_all = "# " + command_line + "\ntable,of,figure,mean,standard_error,low,high\n";
    for (const auto& s : a.supply) {
        const std::pair<const char*, const Estimate*> figures[] = {
            {"technicians", &s.technicians}, {"ict_workers", &s.ict_workers}, {"digitally_skilled", &s.digitally_skilled},
            {"required_fte", &s.required},   {"filled_fte", &s.filled},       {"gap_fte", &s.gap}};
        for (const auto& [name, estimate] : figures) text_of_all += csv_row("supply", s.name, name, *estimate);
    }
    for (const auto& c : a.contributions) {
        text_of_all += csv_row("measure", c.name, "alone", c.alone) + csv_row("measure", c.name, "last", c.last) +
                       csv_row("measure", c.name, "share", c.shapley) + csv_row("measure", c.name, "spending_euro", c.spending);
        text_of_all += csv_row("measure", c.name, "participants", c.participants) + csv_row("measure", c.name, "euro_each", {.mean = c.cost});
    }
    text_of_all += csv_row("measure", "together", "last", a.together);
    for (const auto& g : a.gaps) text_of_all += csv_row(g.of, g.label, "required_fte", g.required) + csv_row(g.of, g.label, "gap_fte", g.gap);
    return text_of_all;
}

}  // namespace experiments
