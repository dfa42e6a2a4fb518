#include "experiments/figures/selection.hpp"

#include <catch2/catch.hpp>

TEST_CASE("the words of a selection come apart", "[experiments][unit]") {
    const auto all = experiments::selection_of("- employed ; occupation = software and data|ICT support; sex=women ");
    CHECK(all.series == "employed");
    CHECK(all.sign == -1);
    CHECK(all.unread.empty());
    REQUIRE(all.where.size() == 2);
    CHECK(all.where[0] == std::pair<std::string, std::vector<std::string>>{"occupation", {"software and data", "ICT support"}});
    CHECK(all.where[1] == std::pair<std::string, std::vector<std::string>>{"sex", {"women"}});
    CHECK(experiments::selection_of("vacancies").sign == 1);
    CHECK(experiments::selection_of("vacancies; women; x = y").unread == "women");
}
