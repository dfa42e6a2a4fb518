#include "tools/series_picture.hpp"

#include <cmath>
#include <limits>

#include <catch2/catch.hpp>

using Catch::Matchers::Contains;

namespace {

experiments::PlottedSeries two_lines() {
    experiments::PlottedSeries series{"persons", "Residents <all>", "persons", false, {}, {}, {}};
    for (int m = 0; m < 25; ++m) series.points.push_back(sim::Month::of(2021, 1) + m);
    const std::vector<double> flat(25, 100.0), steep(25, 100.5);
    series.lines = {{"IJmond", flat, flat, flat}, {"Brainport", steep, steep, steep}};
    return series;
}

std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (auto place = text.find(part); place != std::string::npos; place = text.find(part, place + 1)) ++count;
    return count;
}

double y_of_text(const std::string& svg, const std::string& words) {
    const auto end = svg.find(">" + words + "<");
    const auto begin = svg.rfind("y=\"", end);
    return std::stod(svg.substr(begin + 3));
}

}  // namespace

TEST_CASE("a picture names its lines at their ends, apart even where the lines are not", "[tools][unit]") {
    const std::string svg = tools::series_picture(two_lines(), "source", false);
    CHECK_THAT(svg, Contains("<title>Residents &lt;all&gt;</title>") && Contains("band: 95 % of the replicates"));
    CHECK(count_of(svg, "fill-opacity=\"0.18\"") == 2);
    CHECK(std::abs(y_of_text(svg, "IJmond") - y_of_text(svg, "Brainport")) >= 9.99);
    CHECK(svg == tools::series_picture(two_lines(), "source", false));
}

TEST_CASE("what is missing leaves a gap in the line, and no band without replicates", "[tools][unit]") {
    auto series = two_lines();
    series.lines.resize(1);
    series.lines[0].low.clear();
    series.lines[0].high.clear();
    series.lines[0].mean[10] = std::numeric_limits<double>::quiet_NaN();
    const std::string svg = tools::series_picture(series, "", false);
    CHECK(count_of(svg, "fill-opacity") == 0);
    CHECK(svg.find("nan") == std::string::npos);
    const auto line = svg.find("stroke-width=\"1.4\"");
    const auto path = svg.rfind("<path", line);
    CHECK(count_of(svg.substr(path, line - path), "M") == 2);
}

TEST_CASE("observed figures are dots, and rings where the definition differs", "[tools][unit]") {
    auto series = two_lines();
    const auto year = sim::Month::of(2021, 1);
    series.observed = {{year, year + 11, 99, true}, {year + 12, year + 23, 101, false}};
    const std::string svg = tools::series_picture(series, "", true);
    CHECK(count_of(svg, "class=\"observed\"") == 2);
    CHECK(count_of(svg, "r=\"2.4\" fill=\"#ffffff\"") == 1);
    CHECK_THAT(svg, Contains("stippen: waargenomen"));
}
