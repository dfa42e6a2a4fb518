#include "experiments/comparison/comparison_table.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/csv_field.hpp"

namespace experiments {
namespace {

std::string number(double value) {
    if (std::isnan(value)) return "-";
    const double size = std::abs(value);
    return size >= 100 ? fmt::format("{:.0f}", value) : size >= 1 ? fmt::format("{:.2f}", value) : value == 0 ? "0" : fmt::format("{:.5f}", value);
}

std::string range(const Interval& interval) { return std::isnan(interval.low) ? "-" : number(interval.low) + " to " + number(interval.high); }

std::string percent(double share) { return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100 * share); }

std::string marks(const Effect& e) {
    return (e.distinguishable ? "" : "  not distinguishable from noise") + std::string(is_few(e) ? "  fewer than ten agents" : "");
}

/// Of a row: where, when, or what.
std::string name_of(const Outcome& outcome) { return outcome.region.empty() ? outcome.meaning : outcome.meaning + ", " + outcome.region; }

class Tables {
public:
    Tables(const Comparison& comparison, std::size_t arm) : c_(comparison), arm_(arm) {}

    std::string text() {
        const auto& arm = c_.arms[arm_];
        text_ = fmt::format("{} (compared from {} on)\n", arm.name, arm.entry.text());
        title("Core indicators, mean of the last twelve months",
              fmt::format("{:>10} {:>10} {:>21} {:>21} {:>8} {:>7}", "base", "difference", "expected, 95 %", "outcome, 95 %", "noise", "factor"));
        rows(Subject::indicator, [&](std::size_t o) { indicator(o); });
        const auto both = fmt::format("{:>10} {:>10} {:>21} {:>10} {:>21} {:>6}", "base", "inside", "expected, 95 %", "national", "expected, 95 %", "leaks");
        title("Technicians and ICT workers at work: inside the regions, and national", both);
        rows(Subject::indicator, [&](std::size_t o) { inside_and_national(o); });
        told_from_noise(Subject::work, [&](std::size_t o) { inside_and_national(o); });
        title("By region", both);
        told_from_noise(Subject::region, [&](std::size_t o) { inside_and_national(o); });
        const auto plain = fmt::format("{:>10} {:>10} {:>21} {:>21}", "base", "difference", "expected, 95 %", "outcome, 95 %");
        title("By education, inside", plain);
        told_from_noise(Subject::education, [&](std::size_t o) { difference(o); });
        title(fmt::format("Who they were before, and what became of those who left: moves from {} on", arm.entry.text()), plain);
        told_from_noise(Subject::pathway, [&](std::size_t o) { difference(o); });
        gates();
        money();
        elasticity();
        return text_;
    }

private:
    static std::string text_of(Elasticity elasticity) { return fmt::format("{} {}", experiments::text(elasticity), value_of(elasticity)); }

    void title(const std::string& words, const std::string& columns) { text_ += fmt::format("\n{}\n{:52} {}\n", words, "", columns); }

    template <class Row>
    void rows(Subject subject, Row&& row) {
        for (std::size_t o = 0; o < c_.outcomes.size(); ++o)
            if (c_.outcomes[o].subject == subject) row(o);
    }

    [[nodiscard]] const Effect& at(std::size_t outcome, Elasticity elasticity = Elasticity::central) const {
        return c_.arms[arm_].effects[static_cast<std::size_t>(elasticity)][outcome];
    }

    void indicator(std::size_t o) {
        const auto& e = at(o);
        text_ +=
            fmt::format("{:52} {:>10} {:>10} {:>21} {:>21} {:>8} {:>7}{}\n", name_of(c_.outcomes[o]), number(e.base), number(e.difference), range(e.expected),
                        range(e.outcome), number(e.noise), std::isfinite(e.variance_factor) ? fmt::format("{:.1f}", e.variance_factor) : "-", marks(e));
    }

    /// Rows of effects that can be told from noise, and how many cannot. Those of the last year always stand.
    template <class Row>
    void told_from_noise(Subject subject, Row&& row) {
        std::size_t hidden = 0;
        rows(subject, [&](std::size_t o) {
            const auto& e = at(o);
            if (c_.outcomes[o].is_national || std::isnan(e.difference)) return;  // beside the one inside; or runs end before
            if (e.distinguishable || (subject == Subject::work && c_.outcomes[o].window == Window::last_year))
                row(o);
            else
                ++hidden;
        });
        if (hidden > 0) text_ += fmt::format("{} not distinguishable from noise (-o and --csv have all)\n", hidden);
    }

    /// Gross placements through the gates and where they come from.
    void gates() {
        const auto& arm = c_.arms[arm_];
        if (arm.gates.empty()) return;
        std::string names;
        for (const auto& name : arm.gates) names += (names.empty() ? "" : ", ") + name;
        title("Through the gates of " + names + ": gross = deadweight + displacement + net, persons in technical and ICT work",
              fmt::format("{:>10} {:>21} {:>21} {:>21} {:>21}", "there", "gross, 95 %", "deadweight, 95 %", "displacement, 95 %", "net, 95 %"));
        const auto of = [](const MeanOfPairs& m) { return fmt::format("{} ({})", number(m.mean), range(m.interval)); };
        for (const auto& r : arm.reckonings)
            text_ += fmt::format("{:52} {:>10} {:>21} {:>21} {:>21} {:>21}{}\n", fmt::format("after {} months", r.months), number(r.participants.mean),
                                 of(r.gross), of(r.deadweight), of(r.displacement), of(r.net),
                                 r.refused < few_agents ? fmt::format("  deadweight rests on {:.0f} refused by lot", r.refused) : "");
        if (arm.reckonings.empty()) text_ += "nobody was refused by lot, so that deadweight is not known; a larger --scale or more --replicates give some\n";
    }

    /// What the arm spends beside the base, and for each extra worker where the effect can be told from noise.
    void money() {
        const auto& spending = c_.arms[arm_].spending;
        if (spending.mean == 0) return;
        text_ += fmt::format("\nSpending until the end beside the base: {:.2f} million euro\n", spending.mean / 1e6);
        for (std::size_t o = 0; o < c_.outcomes.size(); ++o) {
            const auto& outcome = c_.outcomes[o];
            if (!outcome.has_cost()) continue;
            const Cost cost = cost_of_one_more(c_, arm_, o);
            if (!std::isnan(cost.mean))
                text_ += fmt::format("{:52} {:>10} euro for each one more in the last year ({})\n", name_of(outcome), number(cost.mean), range(cost.interval));
            else if (outcome.region.empty() && !outcome.education)
                text_ +=
                    fmt::format("{:52} {:>10} cost of one more: the effect is not distinguishable from noise, or has the other sign\n", name_of(outcome), "-");
        }
    }

    void elasticity() {
        if (!c_.elasticity_matters) {
            text_ +=
                "\nWage elasticity of demand: low and high change nothing, as contract wages do not answer to tightness (wages.contract_elasticity is 0)\n";
            return;
        }
        title("Wage elasticity of demand: as it is, low (short run: jobs are given), high (long run: jobs follow workers)",
              fmt::format("{:>10} {:>21} {:>10} {:>21} {:>10} {:>21}", "central", "expected, 95 %", text_of(Elasticity::low), "expected, 95 %",
                          text_of(Elasticity::high), "expected, 95 %"));
        rows(Subject::indicator, [&](std::size_t o) { by_elasticity(o); });
        for (std::size_t o = 0; o < c_.outcomes.size(); ++o)
            if (c_.outcomes[o].is_national && c_.outcomes[o].window == Window::last_year && c_.outcomes[o].region.empty()) by_elasticity(o);
    }

    /// Nothing without a national counterpart.
    void inside_and_national(std::size_t o) {
        const auto& inside = at(o);
        if (!c_.outcomes[o].national) return;
        const auto& national = at(*c_.outcomes[o].national);
        text_ += fmt::format("{:52} {:>10} {:>10} {:>21} {:>10} {:>21} {:>6}{}\n", name_of(c_.outcomes[o]), number(inside.base), number(inside.difference),
                             range(inside.expected), number(national.difference), range(national.expected), percent(leak_of(c_, arm_, o)), marks(inside));
    }

    void difference(std::size_t o) {
        const auto& e = at(o);
        text_ += fmt::format("{:52} {:>10} {:>10} {:>21} {:>21}{}\n", name_of(c_.outcomes[o]), number(e.base), number(e.difference), range(e.expected),
                             range(e.outcome), marks(e));
    }

    void by_elasticity(std::size_t o) {
        text_ += fmt::format("{:52}", name_of(c_.outcomes[o]));
        for (const auto elasticity : elasticities)
            text_ += fmt::format(" {:>10} {:>21}", number(at(o, elasticity).difference), range(at(o, elasticity).expected));
        text_ += "\n";
    }

    const Comparison& c_;
    std::size_t arm_;
    std::string text_;
};

}  // namespace

std::string comparison_tables(const Comparison& comparison) {
    std::string text;
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) text += (arm == 0 ? "" : "\n") + Tables(comparison, arm).text();
    return text;
}

std::string comparison_notes(const Comparison& comparison) {
    const auto pairs = comparison.replicates.size();
    std::string text =
        comparison.draws.values.empty()
            ? fmt::format(
                  "Differences are means over {} pairs of runs with common random numbers, with the parameters as they are: expected: how exact so many pairs\n"
                  "make the mean (Student's t); outcome: the effect in one pair. Neither holds what is not known of the parameters; --draws does.\n",
                  pairs)
            : fmt::format(
                  "Differences are means over {} draws of the parameters, a pair of runs with common random numbers each. expected: 95 % of the expected\n"
                  "effect, what is not known of the parameters alone; outcome: 95 % of the effect in one pair of runs, chance included.\n",
                  pairs);
    text +=
        "noise: standard error of the same mean between runs that differ in the luck of thirty seekers in the first month; what lies within twice of it,\n"
        "or whose mean cannot be told from 0 with so many pairs, is not distinguishable from noise. factor: how many times as many unpaired runs would be\n"
        "needed.\n"
        "national: less outside jobs of residents, plus jobs here of people from outside; leaks: the part of the effect inside that others lose there.\n";
    return text;
}

std::string comparison_csv(const Comparison& comparison, sim::Month end, const std::string& command) {
    std::string text = "# " + command +
                       "\narm,wage_elasticity,outcome,region,subject,unit,from,until,base,difference,mean_low,mean_high,expected_low,expected_high,outcome_low,"
                       "outcome_high,ignorance,chance,noise,distinguishable,variance_factor,agents,few_agents,national,leak\n";
    const auto value = [](double v) { return std::isfinite(v) ? fmt::format("{:.9g}", v) : std::string(); };
    for (std::size_t a = 0; a < comparison.arms.size(); ++a)
        for (const auto elasticity : elasticities)
            for (std::size_t o = 0; o < comparison.outcomes.size(); ++o) {
                const auto& arm = comparison.arms[a];
                const auto& outcome = comparison.outcomes[o];
                const auto& effects = arm.effects[static_cast<std::size_t>(elasticity)];
                const auto& e = effects[o];
                const auto figure = dated(outcome, arm.entry, end);
                if (!figure) continue;
                text += fmt::format("{},{},{},{},{},{},{},{},", sim::csv_field(arm.name), experiments::text(elasticity), outcome.figure.name,
                                    sim::csv_field(outcome.region), experiments::text(outcome.subject), sim::csv_field(outcome.unit), figure->from.text(),
                                    figure->until.text());
                for (const double v : {e.base, e.difference, e.mean.low, e.mean.high, e.expected.low, e.expected.high, e.outcome.low, e.outcome.high,
                                       e.ignorance, e.chance, e.noise})
                    text += value(v) + ",";
                text += fmt::format("{},{},{},{},{},{}\n", e.distinguishable ? "yes" : "no", value(e.variance_factor), value(e.agents),
                                    is_few(e) ? "yes" : "no", outcome.national ? value(effects[*outcome.national].difference) : "",
                                    elasticity == Elasticity::central ? value(leak_of(comparison, a, o)) : "");
            }
    return text;
}

std::string reckoning_csv(const Comparison& comparison, const std::string& command) {
    std::string text = "# " + command + "\narm,figure,measure,region,outcome,months_after,unit,mean,low,high,agents,few_agents,education\n";
    const auto value = [](double v) { return std::isfinite(v) ? fmt::format("{:.9g}", v) : std::string(); };
    for (std::size_t a = 0; a < comparison.arms.size(); ++a) {
        const auto& arm = comparison.arms[a];
        /// `of`: measure, region, outcome and months; `agents` behind the figure, below 0 where there is no such number.
        const auto row = [&](const std::string& figure, const std::string& of, const std::string& unit, const MeanOfPairs& m, double agents,
                             std::string_view education = "") {
            text += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", sim::csv_field(arm.name), figure, of, unit, value(m.mean), value(m.interval.low),
                                value(m.interval.high), agents < 0 ? "" : value(agents),
                                agents < 0            ? ""
                                : agents < few_agents ? "yes"
                                                      : "no",
                                education);
        };
        for (const auto& r : arm.reckonings) {
            const std::string of = fmt::format(",,,{}", r.months);
            const double passed = r.participants.mean / comparison.persons_per_agent;
            row("participants", of, "persons", r.participants, passed);
            row("gross", of, "persons", r.gross, passed);
            row("deadweight", of, "persons", r.deadweight, r.refused);
            row("displacement", of, "persons", r.displacement, r.refused);
            row("net", of, "persons", r.net, passed);
        }
        for (const auto& g : arm.by_gate) {
            const std::string of = fmt::format("{},,,{}", sim::csv_field(g.measure), g.months);
            const double passed = g.participants.mean / comparison.persons_per_agent;
            row("participants", of, "persons", g.participants, passed);
            row("gross", of, "persons", g.gross, passed);
            row("deadweight", of, "persons", g.deadweight, g.refused);
        }
        row("spending", ",,,", "euro", arm.spending, -1);
        for (const auto& [measure, spending] : arm.spending_on) row("spending", sim::csv_field(measure) + ",,,", "euro", spending, -1);
        for (std::size_t r = 0; r < arm.spending_in.size(); ++r)
            row("spending", "," + sim::csv_field(comparison.tables.regions.names[r]) + ",,", "euro", arm.spending_in[r], -1);
        for (std::size_t e = 0; e < arm.spending_by_education.size(); ++e)
            row("spending", ",,,", "euro", arm.spending_by_education[e], -1, models::education_labels[e]);
        for (std::size_t o = 0; o < comparison.outcomes.size(); ++o) {
            const auto& outcome = comparison.outcomes[o];
            const Cost cost = cost_of_one_more(comparison, a, o);
            if (!std::isnan(cost.mean))
                row("cost_of_one_more", fmt::format(",{},{},", sim::csv_field(outcome.region), outcome.figure.name), "euro", {cost.mean, cost.interval},
                    arm.effects[0][o].agents, outcome.education ? models::education_labels[*outcome.education] : "");
        }
    }
    return text;
}

}  // namespace experiments
