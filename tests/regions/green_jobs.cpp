#include <catch2/catch.hpp>

#include "models/demand.hpp"
#include "tests/support/start_world.hpp"

using namespace models;

TEST_CASE("climate demand adds its full-time equivalents to the occupations that it asks for", "[regions]") {
    tests::StartWorld start({"IJmond"}, 0.05);
    World world = start.world();
    const auto& tables = start.tables.demand;
    const sim::Month end = sim::Month::of(2030, 12), begin = sim::Month::of(2020, 12);
    const auto desired = [&](int scenario, double neutral, sim::Month month) {
        Parameters p = start.parameters;
        p.demand.green_jobs = scenario;
        p.demand.green_neutral = neutral;
        world.parameters = &p;
        std::array<double, occupations> sum{};
        const DesiredStaff staff(world, month);
        for (const auto& post : world.employers.post) {
            const auto& employer = world.employers.employer[post.employer];
            if (employer.region < world.regions) sum[post.occupation] += staff.of(employer, post);
        }
        return sum;
    };
    std::array<double, occupations> at_start{};
    for (const auto& post : world.employers.post)
        if (world.employers.employer[post.employer].region < world.regions) at_start[post.occupation] += static_cast<double>(post.desired);

    const auto none = desired(0, 0, end), high = desired(2, 0, end), low = desired(1, 0, end), neutral = desired(2, 1, end);
    CHECK(tables.green_jobs[1] == 42'000);
    CHECK(tables.green_jobs[2] == 78'000);
    // Additional national full-time equivalents in all: the shares times the national jobs of each occupation.
    double national = 0, all_none = 0, all_neutral = 0;
    for (std::size_t o = 0; o < occupations; ++o) {
        const double added = at_start[o] * tables.green_share[o] * 78'000 * (1 - start.parameters.demand.green_overlap);
        CHECK(high[o] - none[o] == Approx(added).margin(1e-6));
        CHECK((low[o] - none[o]) * 78 == Approx((high[o] - none[o]) * 42).margin(1e-6));
        if (!is_technical_or_ict(static_cast<Occupation>(o))) CHECK(high[o] == none[o]);
        if (tables.green_share[o] > 0) national += 1;
        all_none += none[o];
        all_neutral += neutral[o] - (high[o] - none[o]);
    }
    CHECK(national == 6);
    CHECK(all_neutral / all_none == Approx(1 - 78'000 * (1 - start.parameters.demand.green_overlap) / tables.national_fte));
    CHECK(desired(2, 0, begin) == desired(0, 0, begin));
}
