#include "experiments/appraisal/line_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>

#include <fmt/format.h>

#include "sim/markup.hpp"

namespace experiments {
namespace {

constexpr double width = 720, height = 380, left = 80, right = 200, top = 36, bottom = 48;
constexpr std::array<const char*, 7> colours{"#1f5fa8", "#c2571a", "#2f8f4e", "#8a4fa3", "#b58a00", "#c0396b", "#4a4a4a"};

std::string words(double x, double y, const std::string& text, int size, const char* anchor = "start", const char* colour = "#222") {
    return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{}\" text-anchor=\"{}\" fill=\"{}\">{}</text>\n", x, y, size, anchor, colour,
                       sim::escaped(text));
}

/// A number on an axis.
std::string number(double value) {
    const double size = std::abs(value);
    if (size >= 1e6) return fmt::format("{:g} million", value / 1e6);
    if (size >= 1e4) return fmt::format("{:g} 000", value / 1e3);
    return fmt::format("{:g}", std::abs(value) < 1e-12 ? 0.0 : value);
}

struct Span {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    void take(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

/// Round steps: 1, 2 or 5 times a power of ten.
std::vector<double> ticks(const Span& span) {
    const double rough = (span.high - span.low) / 6;
    const double power = std::pow(10, std::floor(std::log10(rough)));
    const double step = rough / power > 5 ? 10 * power : rough / power > 2 ? 5 * power : rough / power > 1 ? 2 * power : power;
    std::vector<double> found;
    for (double at = std::ceil(span.low / step - 1e-9) * step; at <= span.high + 1e-9 * step; at += step) found.push_back(at);
    return found;
}

std::vector<double> decades(const Span& span) {
    std::vector<double> found;
    for (double power = std::pow(10, std::floor(std::log10(span.low))); power <= span.high * 1.0001; power *= 10)
        for (const double times : {1.0, 3.0})
            if (times * power >= span.low * 0.999 && times * power <= span.high * 1.001) found.push_back(times * power);
    return found;
}

}  // namespace

std::string svg_of(const LineChart& chart) {
    Span x, y;
    for (const auto& line : chart.lines)
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            if (chart.log_x && !(line.x[i] > 0)) continue;
            x.take(line.x[i]);
            y.take(line.y[i]);
            if (!line.low.empty()) y.take(line.low[i]), y.take(line.high[i]);
        }
    if (chart.with_level) y.take(chart.level);
    std::string made = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" font-family=\"sans-serif\">\n"
        "<rect width=\"{0:.0f}\" height=\"{1:.0f}\" fill=\"white\"/>\n",
        width, height);
    made += words(left, 20, chart.title, 14);
    if (!(x.low < x.high) || !std::isfinite(y.low)) return made + words(left, height / 2, "nothing to draw", 12) + "</svg>\n";
    if (!(y.low < y.high)) y.high = y.low + 1;
    const double room = 0.04 * (y.high - y.low);
    y.low -= room;
    y.high += room;
    const auto place_x = [&](double value) {
        const double share = chart.log_x ? (std::log(value) - std::log(x.low)) / (std::log(x.high) - std::log(x.low)) : (value - x.low) / (x.high - x.low);
        return left + share * (width - left - right);
    };
    const auto place_y = [&](double value) { return height - bottom - (value - y.low) / (y.high - y.low) * (height - top - bottom); };
    for (const double at : ticks(y)) {
        made +=
            fmt::format("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#e4e4e4\"/>\n", left, width - right, place_y(at), place_y(at));
        made += words(left - 6, place_y(at) + 4, number(at), 11, "end");
    }
    for (const double at : chart.log_x ? decades(x) : ticks(x)) {
        made += fmt::format("<line x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\" stroke=\"#e4e4e4\"/>\n", place_x(at), top, height - bottom);
        made += words(place_x(at), height - bottom + 16, number(at), 11, "middle");
    }
    made += words((left + width - right) / 2, height - 10, chart.x_name, 12, "middle");
    made += fmt::format("<text x=\"16\" y=\"{:.1f}\" font-size=\"12\" text-anchor=\"middle\" transform=\"rotate(-90 16 {:.1f})\" fill=\"#222\">{}</text>\n",
                        (top + height - bottom) / 2, (top + height - bottom) / 2, sim::escaped(chart.y_name));
    if (chart.with_level)
        made += fmt::format("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#666\" stroke-dasharray=\"5 4\"/>\n", left, width - right,
                            place_y(chart.level), place_y(chart.level));
    for (std::size_t l = 0; l < chart.lines.size(); ++l) {
        const auto& line = chart.lines[l];
        const char* colour = colours[l % colours.size()];
        std::string path, forth, back;
        for (std::size_t i = 0; i < line.x.size(); ++i) {
            if ((chart.log_x && !(line.x[i] > 0)) || !std::isfinite(line.y[i])) continue;
            path += fmt::format("{:.1f},{:.1f} ", place_x(line.x[i]), place_y(line.y[i]));
            if (line.dots) made += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\" fill=\"{}\"/>\n", place_x(line.x[i]), place_y(line.y[i]), colour);
            if (line.low.empty() || !std::isfinite(line.low[i]) || !std::isfinite(line.high[i])) continue;
            forth += fmt::format("{:.1f},{:.1f} ", place_x(line.x[i]), place_y(line.high[i]));
            back = fmt::format("{:.1f},{:.1f} ", place_x(line.x[i]), place_y(line.low[i])) + back;
        }
        if (!forth.empty()) made += fmt::format("<polygon points=\"{}\" fill=\"{}\" fill-opacity=\"0.12\"/>\n", forth + back, colour);
        made += fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.8\"/>\n", path, colour);
        const double at = top + 14 + 18 * static_cast<double>(l);
        made += fmt::format("<line x1=\"{:.1f}\" x2=\"{:.1f}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"2\"/>\n", width - right + 12,
                            width - right + 32, at - 4, at - 4, colour);
        made += words(width - right + 38, at, line.name, 11);
    }
    return made + "</svg>\n";
}

}  // namespace experiments
