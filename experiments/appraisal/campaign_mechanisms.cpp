#include "experiments/appraisal/campaign_mechanisms.hpp"

#include <algorithm>
#include <map>

namespace experiments {
namespace {

constexpr int month_of_choice = 8;

using Pulls = Eigen::Matrix<double, 1, mechanism_words.size()>;

Pulls pulls_of(const Campaign& drawn, const std::vector<CampaignMonth>& months, const models::Parameters& p, const models::Tables& tables, sim::Month until) {
    ByGroup sums{};  // of young people when they choose, by year; of adults, in years
    const sim::Month last = std::min(until, drawn.end() + models::exposure_months);
    const auto aware = campaign_awareness_by_month(months, drawn.start, last, p, tables);
    for (std::size_t m = 0; m < aware.size(); ++m) {
        if ((drawn.start + static_cast<int>(m)).month_of_year() == month_of_choice) sums[0] += aware[m][0];
        sums[1] += aware[m][1] / 12;
    }
    Pulls pulls;
    pulls << p.schooling.awareness_effect * sums[0], p.awareness.bbl_effect * sums[0], (1 - p.side_entry.knowledge) * sums[1],
        p.adult_bbl.awareness_effect * sums[1], p.awareness.recognition_effect * sums[1],
        (drawn.aims_at(CampaignAim::retention) ? drawn.retention.value : 0.0) * sums[1];
    return pulls;
}

}  // namespace

Eigen::MatrixXd mechanisms_by_region(const Campaign& drawn, const models::Parameters& with_priors, const GroupSizes& sizes,
                                     const std::vector<std::string>& regions, const models::Tables& tables, sim::Month until) {
    models::Parameters p = with_priors;
    set_response(drawn, p);
    Eigen::MatrixXd found = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(regions.size()), static_cast<Eigen::Index>(mechanism_words.size()));
    if (!(drawn.money() > 0)) return found;
    ByGroup all{};
    for (const auto& here : sizes.by_region)
        for (std::size_t g = 0; g < all.size(); ++g) all[g] += here[g];
    std::map<ByGroup, Pulls> known;  // by intensity
    for (std::size_t r = 0; r < regions.size(); ++r) {
        if (!drawn.regions.empty() && std::find(drawn.regions.begin(), drawn.regions.end(), regions[r]) == drawn.regions.end()) continue;
        const ByGroup intensity = drawn.intensity.empty() ? ByGroup{1, 1} : drawn.intensity.at(r);
        auto place = known.find(intensity);
        if (place == known.end())
            place = known.emplace(intensity, pulls_of(drawn, campaign_months(drawn, r, sizes, regions, p.awareness, tables.awareness), p, tables, until)).first;
        const double young = sizes.by_region[r][0] / all[0], adults = sizes.by_region[r][1] / all[1];
        for (Eigen::Index k = 0; k < found.cols(); ++k) found(static_cast<Eigen::Index>(r), k) = place->second[k] * (k < 2 ? young : adults);
    }
    return found;
}

}  // namespace experiments
