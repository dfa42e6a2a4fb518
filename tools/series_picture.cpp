#include "tools/series_picture.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/markup.hpp"
#include "tools/nice_ticks.hpp"

namespace tools {
namespace {

// One unit is a point where the picture is 17 cm wide.
constexpr double width = 482, height = 290, left = 46, top = 44, bottom = 40, letter = 8, line_of_text = 10;
constexpr double names_room = 104, plain_room = 10;
constexpr int most_marks = 6;

/// Okabe and Ito (2008), darkened to a contrast of 4.5 on white; the page of the monitor has the same (tools/monitor/src/parts/palette.ts).
constexpr std::array<const char*, 8> colours{"#0b5c92", "#b34a00", "#00785a", "#8f4a7b", "#7a5c00", "#2f86c1", "#5b6770", "#000000"};
constexpr const char* observed_colour = "#b34a00";

/// A number beside an axis: thousands apart, no more decimals than the step between marks needs.
std::string mark_text(double value, double step, bool share, bool dutch) {
    if (share) value *= 100, step *= 100;
    const int decimals = std::max(0, static_cast<int>(std::ceil(-std::log10(step) - 1e-9)));
    std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const auto point = digits.find('.');
    for (int place = static_cast<int>(point == std::string::npos ? digits.size() : point) - 3; place > 0; place -= 3)
        digits.insert(static_cast<std::size_t>(place), dutch ? "." : ",");
    if (dutch && decimals > 0) digits[digits.rfind('.')] = ',';
    return (value < 0 ? "\u2212" : "") + digits + (share ? "%" : "");
}

/// Places of names at the ends of lines, moved apart where they would cover each other, in the order given.
std::vector<double> apart(const std::vector<double>& wanted) {
    std::vector<std::size_t> order(wanted.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return wanted[a] < wanted[b]; });
    std::vector<double> places = wanted;
    for (std::size_t i = 1; i < order.size(); ++i) places[order[i]] = std::max(places[order[i]], places[order[i - 1]] + line_of_text);
    if (!order.empty()) {
        const double beyond = places[order.back()] - (height - bottom);
        if (beyond > 0)
            for (auto& place : places) place -= beyond;
    }
    return places;
}

class Picture {
public:
    Picture(const experiments::PlottedSeries& series, bool dutch)
        : series_(series), dutch_(dutch), right_(width - (series.lines.size() > 1 ? names_room : plain_room)) {
        low_ = std::numeric_limits<double>::infinity();
        high_ = -low_;
        const auto see = [&](double value) {
            if (!std::isfinite(value)) return;
            low_ = std::min(low_, value);
            high_ = std::max(high_, value);
        };
        for (const auto& line : series.lines)
            for (const auto* values : {&line.mean, &line.low, &line.high})
                for (const double value : *values) see(value);
        for (const auto& figure : series.observed) see(figure.value);
        if (low_ > high_) low_ = 0, high_ = 1;
        const double room = 0.06 * (high_ > low_ ? high_ - low_ : std::max(std::abs(high_), 1.0));
        // Zero belongs in the picture where it is near.
        low_ = low_ >= 0 && low_ < 0.5 * high_ ? 0 : low_ - room;
        high_ += room;
    }

    std::string svg(const std::string& source) {
        text_ = fmt::format(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"170mm\" height=\"{:.1f}mm\" viewBox=\"0 0 {} {}\" font-family=\"Helvetica, Arial, 'DejaVu "
            "Sans', sans-serif\" "
            "font-size=\"{}\" fill=\"#1b2733\">\n<title>{}</title>\n<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n",
            170 * height / width, width, height, letter, sim::escaped(series_.title), width, height);
        text_ += fmt::format("<text x=\"4\" y=\"14\" font-size=\"10\" font-weight=\"bold\">{}</text>\n", sim::escaped(shortened(series_.title)));
        text_ += fmt::format("<text x=\"4\" y=\"27\" fill=\"#56626e\">{}</text>\n", sim::escaped(under_title()));
        axes();
        for (std::size_t i = 0; i < series_.lines.size(); ++i) band(series_.lines[i], colours[i % colours.size()]);
        for (std::size_t i = 0; i < series_.lines.size(); ++i) line(series_.lines[i], colours[i % colours.size()]);
        names();
        figures();
        text_ += fmt::format("<text x=\"4\" y=\"{}\" font-size=\"6.5\" fill=\"#56626e\">{}</text>\n</svg>\n", height - 6, sim::escaped(source));
        return std::move(text_);
    }

private:
    /// A title longer than the picture ends in dots; the element <title> has it whole.
    static std::string shortened(const std::string& title) {
        constexpr std::size_t letters = 78;
        return title.size() <= letters ? title : title.substr(0, title.rfind(' ', letters)) + " ...";
    }

    [[nodiscard]] std::string under_title() const {
        std::string words = series_.unit;
        const auto add = [&](const std::string& more) { words += (words.empty() ? "" : "; ") + more; };
        if (!series_.lines.front().low.empty()) add(dutch_ ? "band: 95% van de herhalingen" : "band: 95 % of the replicates");
        if (!series_.observed.empty()) {
            const bool level = series_.observed.front().level;
            add(dutch_ ? (level ? "stippen: waargenomen" : "ringen: waargenomen, andere definitie")
                       : (level ? "dots: observed" : "rings: observed, another definition"));
        }
        return words;
    }

    [[nodiscard]] double x_of(double month) const {
        const double first = series_.points.front().number(), last = series_.points.back().number();
        return left + (last > first ? (month - first) / (last - first) : 0.0) * (right_ - left);
    }
    [[nodiscard]] double y_of(double value) const { return height - bottom - (value - low_) / (high_ - low_) * (height - bottom - top); }

    void axes() {
        const auto marks = nice_ticks(low_, high_, most_marks);
        const double step = marks.size() > 1 ? marks[1] - marks[0] : 1;
        for (const double mark : marks) {
            text_ += fmt::format("<path d=\"M{:.2f} {:.2f}H{:.2f}\" stroke=\"#d9dee3\" stroke-width=\"0.6\"/>\n", left, y_of(mark), right_);
            text_ += fmt::format("<text x=\"{:.2f}\" y=\"{:.2f}\" text-anchor=\"end\">{}</text>\n", left - 5, y_of(mark) + 2.8,
                                 mark_text(mark, step, series_.is_share, dutch_));
        }
        const int first = series_.points.front().year(), last = series_.points.back().year();
        const int every = std::max(1, (last - first) / 10 + ((last - first) % 10 > 2 ? 1 : 0));
        for (int year = first; year <= last; year += every) {
            const auto january = sim::Month::of(year, 1);
            if (january < series_.points.front() || january > series_.points.back()) continue;
            const double x = x_of(january.number());
            text_ += fmt::format("<path d=\"M{:.2f} {:.2f}v3\" stroke=\"#56626e\" stroke-width=\"0.6\"/>\n", x, height - bottom);
            text_ += fmt::format("<text x=\"{:.2f}\" y=\"{:.2f}\" text-anchor=\"middle\">{}</text>\n", x, height - bottom + 12, year);
        }
        text_ += fmt::format("<path d=\"M{:.2f} {:.2f}H{:.2f}\" stroke=\"#56626e\" stroke-width=\"0.6\"/>\n", left, height - bottom, right_);
    }

    void band(const experiments::PlottedLine& line, const char* colour) {
        std::string there, back;
        for (std::size_t t = 0; t < line.low.size(); ++t) {
            if (!std::isfinite(line.low[t])) continue;
            const double x = x_of(series_.points[t].number());
            there += fmt::format("{}{:.2f} {:.2f}", there.empty() ? "M" : "L", x, y_of(line.high[t]));
            back.insert(0, fmt::format("L{:.2f} {:.2f}", x, y_of(line.low[t])));
        }
        if (!there.empty()) text_ += fmt::format("<path d=\"{}{}Z\" fill=\"{}\" fill-opacity=\"0.18\"/>\n", there, back, colour);
    }

    void line(const experiments::PlottedLine& line, const char* colour) {
        std::string path;
        bool down = false;
        for (std::size_t t = 0; t < line.mean.size(); ++t) {
            if (!std::isfinite(line.mean[t])) {
                down = false;
                continue;
            }
            path += fmt::format("{}{:.2f} {:.2f}", down ? "L" : "M", x_of(series_.points[t].number()), y_of(line.mean[t]));
            down = true;
        }
        if (!path.empty()) text_ += fmt::format("<path d=\"{}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\" stroke-linejoin=\"round\"/>\n", path, colour);
    }

    void names() {
        if (series_.lines.size() < 2) return;
        std::vector<double> wanted;
        for (const auto& line : series_.lines) {
            double last = std::numeric_limits<double>::quiet_NaN();
            for (const double value : line.mean)
                if (std::isfinite(value)) last = value;
            wanted.push_back(std::isfinite(last) ? y_of(last) + 2.8 : height - bottom);
        }
        const auto places = apart(wanted);
        for (std::size_t i = 0; i < places.size(); ++i)
            text_ += fmt::format("<text x=\"{:.2f}\" y=\"{:.2f}\" fill=\"{}\">{}</text>\n", right_ + 5, places[i], colours[i % colours.size()],
                                 sim::escaped(series_.lines[i].name));
    }

    void figures() {
        for (const auto& figure : series_.observed) {
            const double from = x_of(figure.from.number()), until = x_of(figure.until.number() + 1), y = y_of(figure.value);
            text_ += fmt::format("<path d=\"M{:.2f} {:.2f}H{:.2f}\" stroke=\"{}\" stroke-width=\"1.2\" stroke-opacity=\"0.55\"/>\n", from, y, until,
                                 observed_colour);
            text_ += fmt::format("<circle class=\"observed\" cx=\"{:.2f}\" cy=\"{:.2f}\" r=\"2.4\" fill=\"{}\" stroke=\"{}\"/>\n", (from + until) / 2, y,
                                 figure.level ? observed_colour : "#ffffff", observed_colour);
        }
    }

    const experiments::PlottedSeries& series_;
    bool dutch_;
    double right_, low_, high_;
    std::string text_;
};

}  // namespace

std::string series_picture(const experiments::PlottedSeries& series, const std::string& source, bool dutch) { return Picture(series, dutch).svg(source); }

}  // namespace tools
