#include "regions/start_wages.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/world.hpp"
#include "tests/support/start_world.hpp"

TEST_CASE("wages of the start are those that the model offers", "[regions][law]") {
    const tests::StartWorld start({"IJmond"});
    const auto w = start.world();
    const regions::StartWages wages(w.tables->wages, w.parameters->wages);
    double worst = 0;
    std::array<int, models::occupations> compared{};
    for (models::PostNumber post = 0; post < w.employers.post.size(); post += 7) {
        const auto occupation = w.employers.post[post].occupation;
        models::Person person;
        person.education = static_cast<models::Education>(post % 5);
        const int age = 15 + static_cast<int>(post % 60);
        for (const double luck : {1e-9, 0.003, 0.005, 0.00555, 0.01234, 0.2, 0.5, 0.7777, 0.98765, 0.99449, 0.995, 0.999, 1 - 1e-9}) {
            const double offer = models::wage_offer(w, post, person, age, 1.0, luck);
            const double start = wages.offer(occupation, w.employer_of(post), person.education, age, luck);
            worst = std::max(worst, std::abs(start - offer) - 0.002 * offer);
        }
        ++compared[occupation];
    }
    CHECK(worst <= 1.0);
    CHECK(std::count(compared.begin(), compared.end(), 0) == 0);
}
