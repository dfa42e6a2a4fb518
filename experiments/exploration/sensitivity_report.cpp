#include "experiments/exploration/sensitivity_report.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "experiments/scenarios/toml_values.hpp"
#include "sim/csv_field.hpp"
#include "sim/markup.hpp"

namespace experiments {
namespace {

double weight(const InputSensitivity& input, DesignKind design) { return design == DesignKind::morris ? input.mean_absolute : input.total; }

/// The strongest inputs, at most so many.
std::vector<InputSensitivity> strongest(std::vector<InputSensitivity> inputs, DesignKind design, std::size_t most) {
    std::stable_sort(inputs.begin(), inputs.end(), [&](const auto& a, const auto& b) { return weight(a, design) > weight(b, design); });
    if (inputs.size() > most) inputs.resize(most);
    return inputs;
}

std::string interval_text(const Interval& interval, const std::string& form) {
    return fmt::format(fmt::runtime(form + " to " + form), interval.low, interval.high);
}

// Measures of the picture, in pixels, and its colours: those of tools/svg.py.
constexpr double left = 330, wide = 420, margin = 90, bar = 9, row = 24, head = 58, panel_head = 30, panel_foot = 34;
constexpr const char *dark = "#1f5fa8", *light = "#c2571a";

std::string text_at(double x, double y, const std::string& words, int size, const char* anchor, const char* colour = "#222") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" text-anchor=\"{}\" fill=\"{}\">{}</text>\n", x, y, size, anchor, colour,
                       sim::escaped(words));
}

std::string bar_at(double y, double value, const Interval& interval, const char* colour, const std::function<double(double)>& place) {
    const double from = std::min(place(0), place(value)), to = std::max(place(0), place(value));
    std::string made = fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", from, y, to - from, bar, colour);
    if (std::isfinite(interval.low))
        made += fmt::format("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#222\" stroke-width=\"1\"/>\n", place(interval.low),
                            place(interval.high), y + bar / 2, y + bar / 2);
    return made;
}

/// A round number at or above, for the end of an axis.
double rounded_up(double value) {
    if (!(value > 0)) return 1;
    const double size = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 2.5, 5.0, 10.0})
        if (step * size >= value) return step * size;
    return 10 * size;
}

}  // namespace

std::string sensitivity_tables(const std::vector<OutcomeSensitivity>& outcomes, DesignKind design, std::size_t most) {
    const bool morris = design == DesignKind::morris;
    std::string text;
    for (const auto& outcome : outcomes) {
        text += fmt::format("{}{}: mean {:.6g}, standard deviation over the design {:.4g}{}\n", text.empty() ? "" : "\n", outcome.outcome, outcome.mean,
                            outcome.deviation, outcome.unit == "1" ? "" : " " + outcome.unit);
        if (!outcome.varies) {
            text += "  it does not vary: nothing is known of any factor\n";
            continue;
        }
        text += morris ? fmt::format("  {:<52}{:>10}{:>26}{:>12}{:>12}\n", "factor", "mu*", "95 %", "mu", "sigma")
                       : fmt::format("  {:<52}{:>8}{:>18}{:>8}{:>18}\n", "factor", "first", "95 %", "total", "95 %");
        for (const auto& input : strongest(outcome.inputs, design, most))
            text += morris ? fmt::format("  {:<52}{:>10.4g}{:>26}{:>12.4g}{:>12.4g}\n", input.input, input.mean_absolute,
                                         interval_text(input.mean_absolute_interval, "{:.4g}"), input.mean, input.spread)
                           : fmt::format("  {:<52}{:>8.3f}{:>18}{:>8.3f}{:>18}\n", input.input, input.first, interval_text(input.first_interval, "{:.3f}"),
                                         input.total, interval_text(input.total_interval, "{:.3f}"));
        if (outcome.inputs.size() > most) text += fmt::format("  ... and {} more\n", outcome.inputs.size() - most);
    }
    return text;
}

std::string sensitivity_csv(const std::vector<OutcomeSensitivity>& outcomes, DesignKind design, const std::string& head_line) {
    const bool morris = design == DesignKind::morris;
    std::string text = "# " + head_line + "\n";
    text += morris ? "outcome,unit,factor,mu_star,mu_star_low,mu_star_high,mu,sigma\n"
                   : "outcome,unit,factor,first,first_low,first_high,total,total_low,total_high\n";
    for (const auto& outcome : outcomes)
        for (const auto& input : outcome.inputs) {
            text += sim::csv_field(outcome.outcome) + "," + sim::csv_field(outcome.unit) + "," + sim::csv_field(input.input);
            const std::vector<double> numbers =
                morris ? std::vector<double>{input.mean_absolute, input.mean_absolute_interval.low, input.mean_absolute_interval.high, input.mean, input.spread}
                       : std::vector<double>{input.first, input.first_interval.low, input.first_interval.high,
                                             input.total, input.total_interval.low, input.total_interval.high};
            for (const double number : numbers) text += "," + number_text(number);
            text += "\n";
        }
    return text;
}

std::string sensitivity_picture(const std::vector<OutcomeSensitivity>& outcomes, DesignKind design, const std::string& title, std::size_t most) {
    const bool morris = design == DesignKind::morris;
    std::string body = text_at(16, 22, title, 15, "start") +
                       text_at(16, 42,
                               morris ? "blue: mean absolute effect of the whole range (mu*), with its 95 % interval; orange: spread of effects (sigma)"
                                      : "blue: first-order index, orange: total index; lines: 95 % intervals",
                               11, "start", "#666");
    double top = head;
    for (const auto& outcome : outcomes) {
        if (!outcome.varies) continue;
        const auto inputs = strongest(outcome.inputs, design, most);
        double lowest = 0, highest = 0;
        for (const auto& input : inputs)
            for (const double v : {input.first, input.total, input.first_interval.low, input.first_interval.high, input.total_interval.high,
                                   input.mean_absolute, input.spread, input.mean_absolute_interval.high})
                if (std::isfinite(v)) lowest = std::min(lowest, v), highest = std::max(highest, v);
        const double begin = lowest < 0 ? -rounded_up(-lowest) : 0, end = rounded_up(highest);
        const auto place = [=](double value) { return left + (std::clamp(value, begin, end) - begin) / (end - begin) * wide; };
        body += text_at(16, top + 18, outcome.outcome + (morris && outcome.unit != "1" ? " (" + outcome.unit + ")" : ""), 13, "start");
        double y = top + panel_head;
        for (const auto& input : inputs) {
            body += text_at(left - 8, y + bar + 3, input.input, 11, "end");
            body += bar_at(y, morris ? input.mean_absolute : input.first, morris ? input.mean_absolute_interval : input.first_interval, dark, place);
            body += bar_at(y + bar + 1, morris ? input.spread : input.total, morris ? Interval{} : input.total_interval, light, place);
            y += row;
        }
        body += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#999\" stroke-width=\"0.5\"/>\n", place(0),
                            top + panel_head - 4, y);
        for (const double tick : {begin, begin + (end - begin) / 2, end})
            body += text_at(place(tick), y + 12, fmt::format("{:.4g}", tick), 9, "middle", "#666");
        top = y + panel_foot;
    }
    const double width = left + wide + margin;
    return fmt::format(
               "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"sans-serif\">\n"
               "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"white\"/>\n",
               width, top) +
           body + "</svg>\n";
}

}  // namespace experiments
