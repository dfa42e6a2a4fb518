#include "experiments/appraisal/appraisal_report.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "experiments/appraisal/appraisal_figures.hpp"
#include "experiments/appraisal/line_chart.hpp"

namespace experiments {
namespace {

using Rows = std::vector<std::vector<std::string>>;

std::string whole(double value) { return std::isfinite(value) ? fmt::format("{:.0f}", value) : "-"; }
std::string share(double value) { return std::isfinite(value) ? fmt::format("{:.1f} %", 100 * value) : "-"; }
std::string million(double euro) { return std::isfinite(euro) ? fmt::format("{:.2f}", euro / 1e6) : "-"; }
std::string with_error(double value, double error) { return std::isfinite(value) ? fmt::format("{:.0f} ± {:.0f}", value, 2 * error) : "-"; }
std::string with_error_million(double value, double error) { return fmt::format("{:.2f} ± {:.2f}", value / 1e6, 2 * error / 1e6); }
std::string range(const Expected& e) { return std::isfinite(e.mean) ? fmt::format("{:.0f} ({:.0f} to {:.0f})", e.mean, e.interval.low, e.interval.high) : "-"; }

Rows effects_table(const Appraisal& a) {
    Rows rows{{"decision", "million euro a year", "cost, million euro", "extra after 1 year", "after 3", "after 7", "technician-years",
               "in pairs of runs, ± 2 s.e.", "euro a technician-year", "net benefit, million euro, ± 2 s.e.", "pays for itself"}};
    for (const auto& o : a.options) {
        std::size_t t = 0;
        for (std::size_t i = 0; i < a.thresholds.size(); ++i)
            if (std::abs(a.thresholds[i] - a.threshold) < std::abs(a.thresholds[t] - a.threshold)) t = i;
        rows.push_back({o.name, million(o.euro_a_year), million(o.cost), range(o.both[0]), range(o.both[1]), range(o.both[2]), range(o.years),
                        with_error(o.years_of_pairs.mean, o.years_of_pairs.error), o.years.mean > 0 ? whole(o.cost / o.years.mean) : "-",
                        with_error_million(o.benefit.mean, o.benefit.error), share(o.probability[t])});
    }
    return rows;
}

/// A picture over money a year with a line a campaign; `draw` gives the line its values.
template <class Draw>
LineChart money_chart(const Appraisal& a, std::string title, std::string y_name, Draw&& draw) {
    LineChart chart;
    chart.title = std::move(title);
    chart.x_name = "euro a year";
    chart.y_name = std::move(y_name);
    chart.log_x = true;
    chart.with_level = true;
    for (const auto& curve : a.curves) {
        ChartLine line;
        line.name = curve.campaign;
        line.x = curve.euro_a_year;
        draw(line, curve);
        chart.lines.push_back(std::move(line));
    }
    return chart;
}

LineChart response_chart(const Appraisal& a, std::size_t k) {
    const auto title =
        fmt::format("Extra technicians and ICT workers {} after the start", counted_after[k] == 1 ? "1 year" : fmt::format("{} years", counted_after[k]));
    return money_chart(a, title, "persons, national", [&](ChartLine& line, const ResponseCurve& curve) {
        line.dots = true;
        for (const auto& e : curve.workers[k]) {
            line.y.push_back(e.mean);
            // Bands of more than two campaigns would hide one another.
            if (a.curves.size() <= 2) line.low.push_back(e.interval.low), line.high.push_back(e.interval.high);
        }
    });
}

LineChart probability_chart(const Appraisal& a) {
    LineChart chart;
    chart.title = "Probability that the campaign pays for itself";
    chart.x_name = "euro that a technician-year is worth";
    chart.y_name = "probability";
    for (const auto& o : a.options) chart.lines.push_back({o.name, a.thresholds, o.probability, {}, {}, false});
    return chart;
}

LineChart information_chart(const Appraisal& a) {
    LineChart chart;
    chart.title = "What it would be worth to know everything first";
    chart.x_name = "euro that a technician-year is worth";
    chart.y_name = "million euro";
    ChartLine line{"perfect information", a.thresholds, {}, {}, {}, false};
    for (std::size_t t = 0; t < a.thresholds.size(); ++t) {
        line.y.push_back(a.perfect[t] / 1e6);
        line.low.push_back(std::max(0.0, a.perfect[t] - 2 * a.perfect_error[t]) / 1e6);
        line.high.push_back((a.perfect[t] + 2 * a.perfect_error[t]) / 1e6);
    }
    chart.lines.push_back(std::move(line));
    return chart;
}

LineChart benefit_chart(const Appraisal& a) {
    return money_chart(a, fmt::format("Expected net benefit at {:.0f} euro a technician-year", a.threshold), "million euro, discounted",
                       [&](ChartLine& line, const ResponseCurve& curve) {
                           for (std::size_t b = 0; b < curve.years.size(); ++b) {
                               line.y.push_back((a.threshold * curve.years[b].mean - curve.cost[b]) / 1e6);
                               if (a.curves.size() > 2) continue;
                               line.low.push_back((a.threshold * (curve.years[b].mean - 2 * curve.years[b].error) - curve.cost[b]) / 1e6);
                               line.high.push_back((a.threshold * (curve.years[b].mean + 2 * curve.years[b].error) - curve.cost[b]) / 1e6);
                           }
                       });
}

Rows marginal_table(const ResponseCurve& curve) {
    Rows rows{{"million euro a year", "cost, million euro", "technician-years", "extra after 3 years", "after 7 years", "euro for one more technician-year"}};
    for (std::size_t b = 0; b < curve.euro_a_year.size(); ++b)
        rows.push_back({million(curve.euro_a_year[b]), million(curve.cost[b]), range(curve.years[b]), range(curve.workers[1][b]), range(curve.workers[2][b]),
                        std::isfinite(curve.marginal_cost[b]) ? whole(curve.marginal_cost[b]) : "no more"});
    return rows;
}

Rows chain_table(const Appraisal& a) {
    Rows rows{{"link"}};
    for (const auto& o : a.options) rows[0].push_back(o.name);
    const auto add = [&](const std::string& name, const auto& of) {
        std::vector<std::string> row{name};
        for (const auto& o : a.options) row.push_back(of(o));
        rows.push_back(std::move(row));
    };
    add("million euro in all, discounted", [](const OptionResult& o) { return million(o.cost); });
    const char* groups[] = {"young", "adults"};
    for (std::size_t g = 0; g < models::target_groups; ++g) {
        const std::string who = std::string(", ") + groups[g];
        add("rating points a month" + who, [g](const OptionResult& o) { return whole(o.chain.contacts[g]); });
        add("reached in a month" + who, [g](const OptionResult& o) { return share(o.chain.reach[g]); });
        add("contacts of each who is reached" + who, [g](const OptionResult& o) { return fmt::format("{:.1f}", o.chain.frequency[g]); });
        add("reached by the campaign alone" + who, [g](const OptionResult& o) { return share(o.chain.fresh[g]); });
        add("awareness in its best month" + who, [g](const OptionResult& o) { return share(o.chain.awareness[g]); });
    }
    for (std::size_t c = 0; c < chain_figures.size(); ++c)
        add(std::string(chain_figures[c]) + ", change ± 2 s.e. (of)",
            [c](const OptionResult& o) { return with_error(o.chain.change[c].mean, o.chain.change[c].error) + fmt::format(" ({:.0f})", o.chain.base[c]); });
    add("extra workers after 3 years", [](const OptionResult& o) { return range(o.both[1]); });
    add("extra workers after 7 years", [](const OptionResult& o) { return range(o.both[2]); });
    return rows;
}

Rows links_table(const Appraisal& a) {
    auto links = a.links;
    std::stable_sort(links.begin(), links.end(), [](const LinkValue& x, const LinkValue& y) { return x.share > y.share; });
    Rows rows{
        {"link", "share of the spread of the net benefit", "value of knowing it, million euro, ± 2 s.e.", "gain where it is half as strong again", "unknowns"}};
    for (const auto& l : links) {
        std::string names;
        for (std::size_t i = 0; i < l.unknowns.size() && i < 6; ++i) names += (i > 0 ? ", " : "") + l.unknowns[i];
        if (l.unknowns.size() > 6) names += fmt::format(" and {} more", l.unknowns.size() - 6);
        rows.push_back({l.name, share(l.share), with_error_million(l.value, l.error), share(l.relief), names});
    }
    return rows;
}

Rows pilots_table(const Appraisal& a) {
    Rows rows{{"pilot", "cost, million euro", "attenuation", "true size", "power", "detectable effect", "smallest p",
               "value of its sample, million euro, ± 2 s.e.", "loss by waiting", "net, million euro, ± 2 s.e."}};
    for (const auto& p : a.pilots)
        rows.push_back({p.design.text(), million(p.cost), fmt::format("{:.2f}", p.power.attenuation), share(p.power.size), share(p.power.power),
                        share(std::expm1(p.power.detectable)), fmt::format("{:.1g}", p.power.least_p), with_error_million(p.sample, p.sample_error),
                        million(p.waiting), with_error_million(p.net, p.net_error)});
    return rows;
}

Rows money_table(const Appraisal& a) {
    Rows rows{{"measure", "times its own size", "spent, million euro", "technician-years ± 2 s.e.", "net benefit, million euro, ± 2 s.e."}};
    auto measures = a.same_money;
    std::stable_sort(measures.begin(), measures.end(), [](const SameMoneyResult& x, const SameMoneyResult& y) {
        return x.problem.empty() != y.problem.empty() ? x.problem.empty() : x.problem.empty() && x.benefit > y.benefit;
    });
    for (const auto& m : measures) {
        if (!m.problem.empty()) {
            rows.push_back({m.name, "not scalable", m.problem, "-", "-"});
            continue;
        }
        rows.push_back(
            {m.name, fmt::format("{:.3g}", m.factor), million(m.spent), with_error(m.years, m.error), with_error_million(m.benefit, m.benefit_error)});
    }
    return rows;
}

Rows split_table(const Appraisal& a) {
    Rows rows{{"region", "young, own", "young, best", "adults, own", "adults, best"}};
    for (std::size_t r = 0; r < a.regions.size(); ++r)
        rows.push_back({a.regions[r], share(a.split->own.share[r][0]), share(a.split->best.share[r][0]), share(a.split->own.share[r][1]),
                        share(a.split->best.share[r][1])});
    return rows;
}

std::size_t draws_of(const Appraisal& a) {
    std::size_t most = 0;
    for (const auto& m : a.same_money) most = std::max(most, m.draws);
    return most;
}

/// The link whose strengthening would gain most, places among them.
std::string binding(const Appraisal& a) {
    const LinkValue* best = nullptr;
    for (const auto& l : a.links)
        if (std::isfinite(l.relief) && (best == nullptr || l.relief > best->relief)) best = &l;
    std::string words;
    if (best != nullptr)
        words = fmt::format("Of the campaign's own links {} binds most: half as strong again it would give {} more.", best->name, share(best->relief));
    if (!a.relaxed) return words + " Places were not looked at (--alternatives 0).";
    const auto& r = *a.relaxed;
    const double relative = r.as_is.mean != 0 ? r.gain.mean / std::abs(r.as_is.mean) : 0;
    words += fmt::format(" With half as many course and work-based places again {} gives {} technician-years instead of {} (regions, {} draws): a gain of {}",
                         r.option, with_error(r.relaxed.mean, r.relaxed.error), with_error(r.as_is.mean, r.as_is.error), r.draws,
                         with_error(r.gain.mean, r.gain.error));
    if (!(std::abs(r.gain.mean) > 2 * r.gain.error)) return words + ", which these runs cannot tell from nothing: they do not show that places bind.";
    return words + fmt::format(" ({}).{}", share(relative), r.gain.mean > 0 ? " Places bind." : " More places do not help the campaign.");
}

}  // namespace

Page appraisal_page(const Appraisal& a, const AppraisalOptions& options, const std::string& command_line) {
    std::string names;
    for (std::size_t i = 0; i < options.campaigns.size(); ++i) names += (i > 0 ? ", " : "") + options.campaigns[i].name;
    Page page("Appraisal of " + names);
    page.paragraph(a.conclusion.words);
    page.paragraph(
        fmt::format("Work counts from {} to {}, at {:.0f} euro a technician-year (technicians and ICT workers), discounted at {:.2f} % a year to the start. "
                    "Effects are national: "
                    "work done in the regions whoever does it, times {:.2f} for campaigns of the whole nation, as if the rest of it answered as the seven "
                    "regions do; a campaign "
                    "in named regions is counted there alone. {} draws of all parameters and of the campaigns' figures, at a scale of {:g}; {} runs.",
                    a.entry.text(), a.end.text(), a.threshold, 100 * options.discount_rate, a.nation_per_region, a.draws.size(), options.scale, a.runs));
    page.heading("What the money brings");
    page.paragraph(
        fmt::format("Expected effects are a regression of pairs of runs on how strongly each draw's campaign pulls (Strong, Oakley and Brennan 2014), which is "
                    "nothing where "
                    "nothing is spent; in brackets 95 % of what is not known, the chance of the runs included. Where a draw is left out the regression "
                    "explains {} of the pairs' "
                    "squares: the rest is the chance of single runs. The raw mean of the pairs stands beside it.",
                    share(a.explained)));
    page.table(effects_table(a));
    for (std::size_t k = 0; k < counted_after.size(); ++k) {
        const auto chart = response_chart(a, k);
        page.picture(fmt::format("workers_after_{}", counted_after[k]), svg_of(chart), chart.title + ", by money a year");
    }
    page.picture("net_benefit", svg_of(benefit_chart(a)), "Expected net benefit by money a year");
    page.heading("Marginal cost, and where it turns");
    for (const auto& curve : a.curves) {
        page.paragraph(curve.turns_at > 0
                           ? fmt::format("{}: up to {:.2f} million euro a year one more technician-year costs no more than {:.0f} euro.", curve.campaign,
                                         curve.turns_at / 1e6, a.threshold)
                           : fmt::format("{}: one more technician-year costs more than {:.0f} euro from the first euro on.", curve.campaign, a.threshold));
        page.table(marginal_table(curve));
    }
    page.picture("probability", svg_of(probability_chart(a)), "Probability of a net benefit above nothing, by what a technician-year is worth");
    page.heading("The chain from euro to worker");
    page.paragraph(binding(a));
    page.table(chain_table(a));
    page.heading("What matters most");
    page.paragraph(fmt::format(
        "{} of the spread of the best campaign's net benefit rests on figures whose priors are only assumed; knowing all would be worth {} million euro, "
        "knowing all links of the campaign {}.",
        share(a.assumed_share), with_error_million(a.perfect_at, a.perfect_at_error), with_error_million(a.campaign_value, a.campaign_value_error)));
    page.table(links_table(a));
    std::vector<std::string> assumed;
    for (const auto& u : a.unknowns)
        if (of_campaign(u.link) && u.status == models::Status::assumed) assumed.push_back(u.name + (u.source.empty() ? "" : " (" + u.source + ")"));
    page.paragraph("Figures of the campaign's links that are only assumed:");
    page.list(assumed);
    page.picture("information", svg_of(information_chart(a)), "Value of perfect information, by what a technician-year is worth");
    page.heading("Finding out first");
    if (a.pilots.empty()) {
        page.paragraph("No pilot was weighed: no campaign of the whole nation is among these.");
    } else {
        page.paragraph(fmt::format(
            "{} in some places first, drawn by lot; what is compared is the log of people who begin technical or ICT education or a side-entry course. Its "
            "expected "
            "effect on them in the first year is {} ± {}. The model has no people by COROP region or municipality: a place's outcome is a stated law around "
            "the "
            "simulated effect, its chance that of regions between runs without a campaign (dispersion {:.2f}) and a spread of places of {:g}; commuters carry "
            "the "
            "campaign to control places (attenuation). Size and power are of a two-sided randomisation test at {}, power at the expected effect.",
            a.piloted, share(a.starters_effect), share(2 * a.starters_error), a.placebo.dispersion, options.pilot.place_spread, share(options.pilot.level)));
        page.table(pilots_table(a));
    }
    page.heading("The same money elsewhere");
    if (a.same_money.empty()) {
        page.paragraph("Other measures were not run (--alternatives 0).");
    } else {
        page.paragraph(
            fmt::format("Measures of the library with doses and places scaled to the middle campaign's money, beside what is in place; figures of the regions, "
                        "not of the nation, raw means of "
                        "{} pairs of runs.",
                        draws_of(a)));
        page.table(money_table(a));
    }
    page.heading("The best split over groups and regions");
    if (!a.split) {
        page.paragraph("Not looked for (--alternatives 0).");
    } else {
        page.paragraph(
            fmt::format("Of the money of {} in the regions: on the fitted response the best split gives {:.0f} technician-years, its own {:.0f} (regions). "
                        "Full runs of {} draws say that the best gives {} "
                        "more than its own{}.",
                        a.split->option, a.split->best.expected, a.split->own.expected, a.split->draws, with_error(a.split->gain, a.split->error),
                        std::abs(a.split->gain) > 2 * a.split->error ? "" : ", which they cannot tell from nothing"));
        page.table(split_table(a));
    }
    page.heading("How it was made");
    page.paragraph("Command: " + command_line);
    return page;
}

std::string appraisal_summary(const Appraisal& a) {
    std::string made;
    for (const auto& o : a.options)
        made += fmt::format("{:<28} {:>7} million euro: {} technician-years; net {} million euro\n", o.name, million(o.cost), range(o.years),
                            with_error_million(o.benefit.mean, o.benefit.error));
    made += fmt::format("\nKnowing everything is worth {} million euro, all links of the campaign {}.\n", with_error_million(a.perfect_at, a.perfect_at_error),
                        with_error_million(a.campaign_value, a.campaign_value_error));
    return made + binding(a) + "\n\nDecision: " + a.conclusion.decision + "\n" + a.conclusion.words + "\n";
}

}  // namespace experiments
