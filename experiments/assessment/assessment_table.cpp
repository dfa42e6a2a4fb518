#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "experiments/assessment/assessment.hpp"
#include "sim/csv_field.hpp"

namespace experiments {
namespace {

std::string number(double value) { return std::isnan(value) ? "-" : fmt::format("{:.0f}", value); }

/// Mean, and twice its standard error.
std::string text(const Estimate& e) { return std::isnan(e.error) ? number(e.mean) : fmt::format("{} ± {}", number(e.mean), number(2 * e.error)); }

std::string range(const Estimate& e) { return std::isnan(e.interval.low) ? "-" : number(e.interval.low) + " to " + number(e.interval.high); }

std::string csv_row(const std::string& table, const std::string& of, const std::string& figure, const Estimate& e, const std::string& demand) {
    const auto value = [](double v) { return std::isfinite(v) ? fmt::format("{:.9g}", v) : std::string(); };
    return fmt::format("{},{},{},{},{},{},{},{}\n", table, sim::csv_field(of), figure, value(e.mean), value(e.error), value(e.interval.low),
                       value(e.interval.high), demand);
}

/// Strengths of a mix beside those as planned.
std::string strengths_text(const Assessment& a, const Mix& mix) {
    std::string text_of_all;
    for (std::size_t p = 0; p < a.players.size(); ++p)
        text_of_all += fmt::format("{}{} {:.2f} ({:.2f})", p == 0 ? "" : ", ", a.players[p], mix.strengths[p], a.usual_strengths[p]);
    return text_of_all;
}

std::string mix_text(const Mix& mix) {
    return fmt::format("jobs required {}, filled {}, gap {}; technicians {}, ICT workers {}; {:.1f} million euro", text(mix.required), text(mix.filled),
                       text(mix.gap), text(mix.technicians), text(mix.ict_workers), mix.spending.mean / 1e6);
}

/// Whether any mix of doses closes the gap, and which does at least cost.
std::string mixes_text(const Assessment& a, const DemandReckoning& r) {
    if (!r.strongest) return {};
    std::string said = "\nAll measures at their strongest (each dose and all places at the end of their own range): " + mix_text(*r.strongest) + ".\n";
    const std::string goal = a.gap_goal > 0 ? fmt::format("down to {:.0f} full-time equivalents", a.gap_goal) : std::string();
    if (!r.best)
        return said + fmt::format("No mix of doses closes the gap{}: even then {:.0f} full-time equivalents stay open.\n", goal.empty() ? "" : " " + goal,
                                  r.strongest->gap.mean);
    if (r.mixes_run == 1) return said + "Without any measure of the plan no gap is left.\n";
    said += fmt::format("The least costly mix of {} that were run closes the gap{}: {}.\n", r.mixes_run, goal.empty() ? "" : " " + goal, mix_text(*r.best));
    return said + "Strengths, 1 the strongest (about as planned): " + strengths_text(a, *r.best) +
           fmt::format(". Its surface had said a gap of {:.0f}.\n", r.best_expected_gap);
}

std::string tables_of(const Assessment& all, const DemandReckoning& a) {
    std::string text_of_all = "Technicians and ICT workers at work (persons), and technical jobs (full-time equivalents), mean of the last twelve months\n";
    text_of_all += fmt::format("{:24} {:>20} {:>20} {:>20} {:>20} {:>20} {:>20}\n", "", "technicians", "ICT workers", "digitally skilled", "jobs required",
                               "jobs filled", "gap");
    for (const auto& s : a.supply)
        text_of_all += fmt::format("{:24} {:>20} {:>20} {:>20} {:>20} {:>20} {:>20}\n", s.name, text(s.technicians), text(s.ict_workers),
                                   text(s.digitally_skilled), text(s.required), text(s.filled), text(s.gap));
    text_of_all += fmt::format("The regions' part of a million digitally skilled people, by inhabitants: {:.0f}\n", all.digitally_skilled_goal);

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
    return text_of_all + mixes_text(all, a);
}

}  // namespace

std::string assessment_tables(const Assessment& a) {
    std::string text_of_all;
    for (const auto& r : a.demands) {
        if (a.demands.size() > 1) text_of_all += fmt::format("{}Demand for the climate: {}\n\n", text_of_all.empty() ? "" : "\n\n", r.demand);
        text_of_all += tables_of(a, r);
    }
    std::string noises;
    for (const auto& r : a.demands) noises += (noises.empty() ? "" : ", ") + number(r.noise);
    text_of_all += fmt::format(
        "\nMeans over {} draws of the parameters and of the measures' figures, ± twice the standard error; 95 %: of one draw, from 40 draws on. alone: beside "
        "none of the plan;\n"
        "last: beside all others; share: Shapley, from one random order and its reverse in each draw. Noise of one pair of runs: {}. Effects of measures are\n"
        "priors and not estimates: `instroom scenario show NAME` says which figures are assumed.\n",
        a.draws, noises);
    return text_of_all;
}

std::string assessment_csv(const Assessment& a, const std::string& command_line) {
    std::string text_of_all = "# " + command_line + "\ntable,of,figure,mean,standard_error,low,high,demand\n";
    for (const auto& r : a.demands) {
        const auto add = [&](const std::string& table, const std::string& of, const std::string& figure, const Estimate& e) {
            text_of_all += csv_row(table, of, figure, e, r.demand);
        };
        for (const auto& s : r.supply) {
            add("supply", s.name, "technicians", s.technicians);
            add("supply", s.name, "ict_workers", s.ict_workers);
            add("supply", s.name, "digitally_skilled", s.digitally_skilled);
            add("supply", s.name, "required_fte", s.required);
            add("supply", s.name, "filled_fte", s.filled);
            add("supply", s.name, "gap_fte", s.gap);
        }
        for (const auto& c : r.contributions) {
            add("measure", c.name, "alone", c.alone);
            add("measure", c.name, "last", c.last);
            add("measure", c.name, "share", c.shapley);
            add("measure", c.name, "spending_euro", c.spending);
            add("measure", c.name, "participants", c.participants);
            add("measure", c.name, "euro_each", {.mean = c.cost});
        }
        add("measure", "together", "last", r.together);
        for (const auto& g : r.gaps) {
            add(g.of, g.label, "required_fte", g.required);
            add(g.of, g.label, "gap_fte", g.gap);
        }
        for (const auto& [name, mix] : {std::pair("strongest", &r.strongest), std::pair("least_costly", &r.best)}) {
            if (!*mix) continue;
            const Mix& m = **mix;
            add("mix", name, "technicians", m.technicians);
            add("mix", name, "ict_workers", m.ict_workers);
            add("mix", name, "required_fte", m.required);
            add("mix", name, "filled_fte", m.filled);
            add("mix", name, "gap_fte", m.gap);
            add("mix", name, "spending_euro", m.spending);
            for (std::size_t p = 0; p < a.players.size(); ++p) add("mix", name, "strength " + a.players[p], {.mean = m.strengths[p]});
        }
    }
    return text_of_all;
}

}  // namespace experiments
