#include "experiments/appraisal/page.hpp"

#include <limits>

#include <catch2/catch.hpp>

#include "experiments/appraisal/line_chart.hpp"

using namespace experiments;

TEST_CASE("a page says the same as Markdown and as HTML, which needs no other file", "[experiments][unit]") {
    Page page("A & B");
    page.heading("What");
    page.paragraph("Less < more.");
    page.list({"one", "two"});
    page.table({{"a", "b"}, {"1|2", "<3>"}});
    LineChart chart;
    chart.title = "t";
    chart.lines = {{"l", {1, 10, 100}, {0, 5, 6}, {-1, 4, 5}, {1, 6, 7}, true}};
    chart.log_x = true;
    page.picture("curve", svg_of(chart), "A curve");
    const auto markdown = page.markdown(), html = page.html();
    for (const auto* part : {"# A & B", "## What", "Less < more.", "- two", "| a | b |", "| 1\\|2 | <3> |", "![A curve](curve.svg)"})
        CHECK(markdown.find(part) != std::string::npos);
    for (const auto* part : {"<h1>A &amp; B</h1>", "<h2>What</h2>", "Less &lt; more.", "<li>two</li>", "<td>1|2</td>", "<td>&lt;3&gt;</td>", "<svg", "A curve"})
        CHECK(html.find(part) != std::string::npos);
    for (const auto* outside : {"src=", "href=", "url(", "<script"}) CHECK(html.find(outside) == std::string::npos);
    REQUIRE(page.pictures().size() == 1);
    CHECK(page.pictures()[0].first == "curve.svg");
}

TEST_CASE("a chart leaves out what is not there", "[experiments][unit]") {
    LineChart chart;
    chart.lines = {{"l", {1, 2, 3}, {1, std::numeric_limits<double>::quiet_NaN(), 2}, {}, {}, false}};
    CHECK(svg_of(chart).find("nan") == std::string::npos);
    CHECK(svg_of(LineChart{}).find("nothing to draw") != std::string::npos);
}
