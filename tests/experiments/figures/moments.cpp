#include "experiments/figures/moments.hpp"

#include <cmath>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "sim/error.hpp"

namespace {

using experiments::MomentKind;
using experiments::Moments;
using experiments::MomentScaling;
using experiments::Target;

constexpr sim::Month first = sim::Month::of(2021, 1);

/// Two regions, three statuses, four points of time. Cell (region r, status s) of `stock` at time t holds 100 r + 10 s + t; `flow` twice that.
struct HandMade {
    sim::Trajectory trajectory{{0}, first, 4};
    sim::SeriesId stock, flow, wage;

    HandMade() {
        trajectory.add_coordinate({"region", std::vector<std::string>{"A", "B"}});
        trajectory.add_coordinate({"status", std::vector<std::string>{"in", "out", "no work"}});
        stock = trajectory.add_series({.name = "stock", .dimensions = {"status"}});
        flow = trajectory.add_series({.name = "flow", .dimensions = {"status"}, .kind = sim::Kind::flow});
        wage = trajectory.add_series({.name = "wage", .type = sim::SeriesType::real, .kind = sim::Kind::mean});
        for (std::size_t t = 0; t < 4; ++t) {
            for (std::size_t r = 0; r < 2; ++r)
                for (std::size_t s = 0; s < 3; ++s) {
                    const auto value = static_cast<std::int32_t>(100 * r + 10 * s + t);
                    trajectory.counts(stock, 0, t)[3 * r + s] = value;
                    trajectory.counts(flow, 0, t)[3 * r + s] = 2 * value;
                }
            trajectory.reals(wage, 0, t)[0] = 10;
            trajectory.reals(wage, 0, t)[1] = t == 3 ? std::nan("") : 20;
        }
    }
};

Target target(MomentKind kind, std::vector<std::string> top, std::vector<std::string> bottom, int from, int until) {
    Target t;
    t.name = "t";
    t.kind = kind;
    t.top = std::move(top);
    t.bottom = std::move(bottom);
    t.from = first + from;
    t.until = first + until;
    t.line = 7;
    return t;
}

double moment(const HandMade& made, const Target& t, const experiments::Scales& scales = {}) {
    return Moments({t}, made.trajectory, scales, "file.toml").of(made.trajectory)[0];
}

}  // namespace

TEST_CASE("moments of a hand-made trajectory", "[experiments][unit]") {
    const HandMade made;
    // A month's figure stands at the point that ends it: January at point 1.
    CHECK(moment(made, target(MomentKind::count, {"stock"}, {}, 0, 0)) == 3 + 30 + 303 + 30);
    CHECK(moment(made, target(MomentKind::count, {"stock; status = out"}, {}, 0, 2)) == (10 + 110) + 2 * 2);
    CHECK(moment(made, target(MomentKind::count, {"stock; status = in | no work", "- stock; status = in"}, {}, 1, 1)) == 22 + 122);
    CHECK(moment(made, target(MomentKind::ratio, {"flow; status = out"}, {"stock"}, 0, 0)) == Approx(2.0 * (11 + 111) / 366));
    CHECK(moment(made, target(MomentKind::growth, {"stock; status = in"}, {}, 0, 2)) == Approx((3.0 + 103) / (1 + 101) - 1));

    auto regional = target(MomentKind::count, {"stock; status = in"}, {}, 0, 0);
    regional.regions = {"B"};
    CHECK(moment(made, regional) == 101);

    auto scaled = target(MomentKind::count, {"flow; status = in"}, {}, 0, 0);
    scaled.times = 3;
    CHECK(moment(made, scaled, {50, 4}) == 3 * 2 * 102);
    scaled.scaling = MomentScaling::persons;
    CHECK(moment(made, scaled, {50, 4}) == 50 * 3 * 2 * 102);
    scaled.scaling = MomentScaling::nation;
    CHECK(moment(made, scaled, {50, 4}) == 4 * 50 * 3 * 2 * 102);
}

TEST_CASE("a weighted mean leaves out what has no value", "[experiments][unit]") {
    const HandMade made;
    const auto mean = target(MomentKind::mean, {"wage"}, {"stock; status = in"}, 1, 1);
    CHECK(moment(made, mean) == Approx((10 * 2 + 20 * 102.0) / 104));
    CHECK(moment(made, target(MomentKind::mean, {"wage"}, {"stock; status = in"}, 2, 2)) == 10);
    CHECK(std::isnan(
        moment(made, target(MomentKind::ratio, {"stock; status = in", "- stock; status = in"}, {"stock; status = in", "- stock; status = in"}, 0, 0))));
}

TEST_CASE("a target that names no series, dimension, label or month is refused with the nearest word", "[experiments][unit]") {
    const HandMade made;
    const auto refused = [&](const Target& t, const std::string& finding) {
        INFO(finding);
        CHECK_THROWS_WITH(moment(made, t), Catch::Contains("file.toml:7: target.t: ") && Catch::Contains(finding));
        CHECK_THROWS_AS(moment(made, t), sim::InputError);
    };
    refused(target(MomentKind::count, {"stocks"}, {}, 0, 0), "no series is named 'stocks'; did you mean stock?");
    refused(target(MomentKind::count, {"stock; state = in"}, {}, 0, 0), "did you mean status?");
    refused(target(MomentKind::count, {"stock; status = inn"}, {}, 0, 0), "'inn' is no status of stock; did you mean in?");
    refused(target(MomentKind::count, {"wage; status = in"}, {}, 0, 0), "this series has none");
    refused(target(MomentKind::count, {"stock"}, {}, 0, 3), "outside of the simulated months");
    refused(target(MomentKind::mean, {"stock"}, {"wage"}, 0, 0), "weights lack a dimension");
}
