#include "experiments/appraisal/best_split.hpp"

#include <catch2/catch.hpp>

#include "experiments/appraisal/appraisal.hpp"
#include "experiments/appraisal/read_campaign.hpp"
#include "regions/data_folder.hpp"
#include "regions/readers.hpp"
#include "regions/tables.hpp"

using namespace experiments;
using Eigen::MatrixXd;

TEST_CASE("the best split gives at least what the campaign's own does, and nothing where nothing answers", "[experiments]") {
    const std::vector<std::string> regions{"IJmond", "Zeeuws-Vlaanderen"};
    const auto tables = regions::read_tables(regions::shipped_data(), regions, 1.0);
    regions::DataFolder data(regions::shipped_data());
    const auto sizes = group_sizes(data, regions);
    const Campaign campaign = read_campaign(campaign_file("middle"), regions::all_regions());
    const auto until = sim::Month::of(2035, 12);
    const auto draws = parameter_draws(read_posterior_draws(regions::shipped_data() / "calibrated.toml"), 12, 1, until);
    const AppraisalSamples samples({{campaign.name, campaign}}, draws, 12, 1, models::Parameters{});
    // A response that is known: one technician-year for a unit of study choice, and for one of side entry.
    MatrixXd x = MatrixXd::Zero(12, static_cast<Eigen::Index>(mechanism_words.size()));
    std::vector<std::size_t> group;
    for (Eigen::Index i = 0; i < x.rows(); ++i) {
        x(i, i % 2 == 0 ? 0 : 2) = 1 + static_cast<double>(i);
        group.push_back(static_cast<std::size_t>(i));
    }
    const MatrixXd y = x.rowwise().sum();
    const ExpectedEffect response(x, MatrixXd::Identity(x.cols(), x.cols()), MatrixXd(12, 0), y, group, 2, 1);
    const std::vector<double> alike{1, 1}, one_alone{1, 0};
    const auto even = best_split({campaign, samples, response, alike, sizes, regions, tables, until});
    CHECK(even.best.expected >= even.own.expected);
    const auto alone = best_split({campaign, samples, response, one_alone, sizes, regions, tables, until});
    CHECK(alone.best.expected > 1.02 * alone.own.expected);
    double in_one = 0, all = 0;
    for (std::size_t r = 0; r < regions.size(); ++r)
        for (const double share : alone.best.share[r]) {
            all += share;
            if (r == 0) in_one += share;
        }
    CHECK(all == Approx(1));
    CHECK(in_one > 0.8);
    // The same money: intensities are shares over the campaign's own.
    double money = 0;
    for (std::size_t r = 0; r < regions.size(); ++r)
        for (std::size_t g = 0; g < models::target_groups; ++g) money += alone.best.intensity[r][g] * alone.own.share[r][g];
    CHECK(money == Approx(1));
}

TEST_CASE("every unknown of a campaign belongs to a link, and samples hold its prior", "[experiments]") {
    const Campaign campaign = read_campaign(campaign_file("middle"), regions::all_regions());
    const auto draws = parameter_draws(read_posterior_draws(regions::shipped_data() / "calibrated.toml"), 400, 1, sim::Month::of(2035, 12));
    const AppraisalSamples samples({{campaign.name, campaign}}, draws, 400, 1, models::Parameters{});
    std::size_t of_links = 0;
    for (std::size_t k = 0; k < samples.unknowns().size(); ++k) {
        const auto& unknown = samples.unknowns()[k];
        of_links += of_campaign(unknown.link) ? 1 : 0;
        if (unknown.name != "channel.online_video.cost_per_contact") continue;
        const auto values = samples.values().col(static_cast<Eigen::Index>(k));
        CHECK(values.minCoeff() >= 0.008);
        CHECK(values.maxCoeff() <= 0.015);
        CHECK(values.mean() == Approx(0.0115).epsilon(0.01));
    }
    CHECK(of_links >= 20);
    for (const auto* name : {"awareness.recall", "awareness.overlap", "awareness.word_of_mouth", "schooling.awareness_effect", "side_entry.knowledge"})
        CHECK(of_campaign(link_of(name)));
    CHECK_FALSE(of_campaign(link_of("demand.adjustment")));
    // A scenario that sets a parameter keeps it: it is no unknown then.
    models::Parameters set;
    set.awareness.recall = 0.2;
    const AppraisalSamples known({{campaign.name, campaign}}, draws, 400, 1, set);
    CHECK(known.unknowns().size() + 1 == samples.unknowns().size());
    CHECK(known.parameters(7).awareness.recall == 0.2);
}
