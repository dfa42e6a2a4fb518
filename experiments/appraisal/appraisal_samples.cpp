#include "experiments/appraisal/appraisal_samples.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "sim/parallel.hpp"

namespace experiments {
namespace {

bool has_prior(const Quantity& quantity) { return !quantity.evidence.distribution.empty() || quantity.evidence.low.has_value(); }

}  // namespace

Link link_of(const std::string& parameter) {
    static const std::map<std::string, Link> links{{"awareness.reach_maximum", Link::exposure},
                                                   {"awareness.reach_scale", Link::exposure},
                                                   {"awareness.overlap", Link::overlap},
                                                   {"awareness.background_factor", Link::overlap},
                                                   {"awareness.recall", Link::memory},
                                                   {"awareness.half_life", Link::memory},
                                                   {"awareness.word_of_mouth", Link::talk},
                                                   {"schooling.awareness_effect", Link::study_choice},
                                                   {"awareness.bbl_effect", Link::work_based},
                                                   {"awareness.recognition_effect", Link::work_based},
                                                   {"adult_bbl.awareness_effect", Link::work_based},
                                                   {"side_entry.knowledge", Link::side_entry}};
    const auto found = links.find(parameter);
    return found == links.end() ? Link::labour_market : found->second;
}

std::vector<std::pair<Unknown, double>> unknown_figures(const Campaign& campaign) {
    std::vector<std::pair<Unknown, double>> found;
    const auto add = [&](const std::string& name, const Quantity& q, Link link) {
        if (has_prior(q)) found.push_back({{name, link, q.evidence.status.value_or(models::Status::assumed), q.evidence.source}, q.value});
    };
    for (const auto& channel : campaign.channels) {
        const std::string name = "channel." + channel.name + ".";
        add(name + "share", channel.share, Link::exposure);
        add(name + "cost_per_contact", channel.cost_per_contact, Link::exposure);
        add(name + "reach", channel.reach, Link::exposure);
        add(name + "scale", channel.scale, Link::exposure);
    }
    for (const auto& sector : campaign.background) {
        add("background." + sector.name + ".young", sector.pressure[0], Link::overlap);
        add("background." + sector.name + ".adults", sector.pressure[1], Link::overlap);
        add("background." + sector.name + ".overlap", sector.overlap, Link::overlap);
    }
    add("media_share", campaign.media_share, Link::exposure);
    add("response.half_life", campaign.half_life, Link::memory);
    add("response.retention", campaign.retention, Link::retention);
    return found;
}

AppraisalSamples::AppraisalSamples(const std::vector<CampaignOption>& options, const ParameterDraws& draws, std::size_t samples, std::uint64_t seed,
                                   const models::Parameters& base)
    : samples_(samples), seed_(seed), drawn_(draws), base_(base) {
    const models::Parameters defaults;
    std::vector<std::size_t> taken;  // parameters that are drawn: a scenario that sets one keeps it
    for (std::size_t k = 0; k < drawn_.parameters.size(); ++k) {
        const auto& p = *drawn_.parameters[k];
        if (p.get(base_) != p.get(defaults)) continue;
        taken.push_back(k);
        unknowns_.push_back({p.name, link_of(p.name), p.status, p.source});
    }
    std::map<std::string, std::size_t> places;
    for (const auto& option : options)
        for (const auto& [unknown, value] : unknown_figures(option.campaign))
            if (places.try_emplace(unknown.name, unknowns_.size()).second) unknowns_.push_back(unknown);
    values_ = Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(samples), static_cast<Eigen::Index>(unknowns_.size()));
    sim::for_each_task(samples, [&](std::size_t i) {
        const auto row = static_cast<Eigen::Index>(i);
        for (std::size_t k = 0; k < taken.size(); ++k) values_(row, static_cast<Eigen::Index>(k)) = drawn_.values[i][taken[k]];
        std::vector<const Campaign*> seen;
        for (const auto& option : options) {
            // The same file at another budget has the same figures.
            if (std::any_of(seen.begin(), seen.end(), [&](const Campaign* c) { return c->text == option.campaign.text; })) continue;
            seen.push_back(&option.campaign);
            for (const auto& [unknown, value] : unknown_figures(drawn(option.campaign, i)))
                values_(row, static_cast<Eigen::Index>(places.at(unknown.name))) = value;
        }
    });
}

models::Parameters AppraisalSamples::parameters(std::size_t sample) const {
    models::Parameters p = base_;
    drawn_.set(sample, p);
    return p;
}

Campaign AppraisalSamples::drawn(const Campaign& campaign, std::size_t sample) const {
    Campaign made = campaign;
    draw_campaign(made, sample, samples_, seed_);
    return made;
}

Eigen::MatrixXd AppraisalSamples::of_links(const std::vector<Link>& links) const {
    std::vector<Eigen::Index> columns;
    for (std::size_t k = 0; k < unknowns_.size(); ++k)
        if (std::find(links.begin(), links.end(), unknowns_[k].link) != links.end()) columns.push_back(static_cast<Eigen::Index>(k));
    return values_(Eigen::all, columns);
}

Eigen::MatrixXd AppraisalSamples::of_campaign_status(models::Status status) const {
    std::vector<Eigen::Index> columns;
    for (std::size_t k = 0; k < unknowns_.size(); ++k)
        if (of_campaign(unknowns_[k].link) && unknowns_[k].status == status) columns.push_back(static_cast<Eigen::Index>(k));
    return values_(Eigen::all, columns);
}

Eigen::MatrixXd AppraisalSamples::others(const AppraisalSamples& like) const {
    Eigen::MatrixXd mine = of_links({Link::labour_market});
    const Eigen::MatrixXd theirs = like.of_links({Link::labour_market});
    for (Eigen::Index k = 0; k < mine.cols(); ++k) {
        const double mean = theirs.col(k).mean();
        const double spread = std::sqrt((theirs.col(k).array() - mean).square().mean());
        mine.col(k) = spread > 0 ? Eigen::VectorXd((mine.col(k).array() - mean) / spread) : Eigen::VectorXd::Zero(mine.rows());
    }
    return mine;
}

}  // namespace experiments
