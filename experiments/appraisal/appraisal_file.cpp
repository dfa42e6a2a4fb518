#include "experiments/appraisal/appraisal_file.hpp"

#include <limits>
#include <utility>
#include <vector>

#include "experiments/appraisal/appraisal_figures.hpp"
#include "experiments/comparison/file_parts.hpp"
#include "sim/trajectory.hpp"

namespace experiments {
namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

class File {
public:
    File(const Appraisal& appraisal, const AppraisalOptions& options, const std::string& command)
        : a_(appraisal), options_(options), file_(appraisal.draws, first_month, options.base.end - first_month + 2) {
        file_.add_coordinate({"region", a_.regions, {{"long_name", "region"}}});
        std::vector<std::int32_t> after(counted_after.begin(), counted_after.end());
        file_.add_coordinate({"years_after", after, {{"long_name", "years after the first month with money"}, {"units", "1"}}});
        file_.add_coordinate({"target_group", std::vector<std::string>{"young", "adults"}, {{"long_name", "target group: 12 to 24 years, and from 25 on"}}});
        std::vector<std::string> thresholds;
        for (const double t : a_.thresholds) thresholds.push_back(number_text(t));
        file_.add_coordinate({"threshold", thresholds, {{"long_name", "euro that a technician-year is worth"}}});
        reals("threshold_value", {"threshold"}, a_.thresholds, "euro that a technician-year is worth", "euro");
        options_part();
        curves();
        information();
        pilots();
        elsewhere();
        split();
        add_drawn(file_, a_.drawn);
        add_provenance(file_, a_.tables);
        attributes(command);
    }
    void write(const std::filesystem::path& file, bool replace) const { file_.write(file, replace); }

private:
    void reals(const std::string& name, const std::vector<std::string>& dimensions, std::vector<double> values, const std::string& long_name,
               const std::string& units) {
        file_.add_table({"", name, dimensions, std::move(values), {{"long_name", long_name}, {"units", units}}, true});
    }
    void texts(const std::string& name, const std::vector<std::string>& dimensions, std::vector<std::string> values, const std::string& long_name) {
        file_.add_table({"", name, dimensions, std::move(values), {{"long_name", long_name}}});
    }
    /// A figure with its interval and standard error.
    void expected(const std::string& name, const std::vector<std::string>& dimensions, const std::vector<Expected>& cells, const std::string& long_name,
                  const std::string& units) {
        std::vector<double> mean, low, high, error;
        for (const auto& cell : cells) {
            mean.push_back(cell.mean);
            low.push_back(cell.interval.low);
            high.push_back(cell.interval.high);
            error.push_back(cell.error);
        }
        reals(name, dimensions, std::move(mean), long_name + ", expected", units);
        reals(name + "_low", dimensions, std::move(low), long_name + ": lower end of 95 % of what is not known", units);
        reals(name + "_high", dimensions, std::move(high), long_name + ": upper end of 95 % of what is not known", units);
        reals(name + "_error", dimensions, std::move(error), long_name + ": standard error of the expectation, by the chance of the runs", units);
    }
    void pairs(const std::string& name, const std::vector<std::string>& dimensions, const std::vector<OfPairs>& cells, const std::string& long_name,
               const std::string& units) {
        std::vector<double> mean, error;
        for (const auto& cell : cells) {
            mean.push_back(cell.mean);
            error.push_back(cell.error);
        }
        reals(name, dimensions, std::move(mean), long_name + ", mean of pairs of runs", units);
        reals(name + "_error", dimensions, std::move(error), long_name + ": standard error of that mean", units);
    }
    template <class Of, class Take>
    static auto of(const std::vector<Of>& all, const Take& take) {
        std::vector<decltype(take(all.front()))> found;
        for (const auto& one : all) found.push_back(take(one));
        return found;
    }

    void options_part() {
        file_.add_coordinate(
            {"option", of(a_.options, [](const auto& o) { return o.name; }), {{"long_name", "decision beside nothing: a campaign at a budget"}}});
        reals("euro_a_year", {"option"}, of(a_.options, [](const auto& o) { return o.euro_a_year; }), "money a year", "euro");
        reals("cost", {"option"}, of(a_.options, [](const auto& o) { return o.cost; }), "money in all, discounted to the entry", "euro");
        reals("scale_up", {"option"}, of(a_.options, [](const auto& o) { return o.scale_up; }), "factor from the regions to what the campaign covers", "1");
        expected("technician_years", {"option"}, of(a_.options, [](const auto& o) { return o.years; }),
                 "discounted extra technician-years (technicians and ICT workers) until the horizon, national", "1");
        pairs("technician_years_of_pairs", {"option"}, of(a_.options, [](const auto& o) { return o.years_of_pairs; }), "the same", "1");
        expected("net_benefit", {"option"}, of(a_.options, [](const auto& o) { return o.benefit; }), "net benefit at the threshold of the appraisal", "euro");
        const auto after = [&](const std::string& name, auto member, const std::string& who) {
            std::vector<Expected> cells;
            for (const auto& o : a_.options)
                for (const auto& cell : o.*member) cells.push_back(cell);
            expected(name, {"option", "years_after"}, cells, "extra " + who + " at work, national, mean of a year", "1");
        };
        after("technicians", &OptionResult::technicians, "technicians");
        after("ict_workers", &OptionResult::ict_workers, "ICT workers");
        after("workers", &OptionResult::both, "technicians and ICT workers");
        std::vector<OfPairs> raw;
        for (const auto& o : a_.options) raw.insert(raw.end(), o.both_of_pairs.begin(), o.both_of_pairs.end());
        pairs("workers_of_pairs", {"option", "years_after"}, raw, "extra technicians and ICT workers at work, national", "1");
        std::vector<double> probability, best, by_draw;
        for (const auto& o : a_.options) {
            probability.insert(probability.end(), o.probability.begin(), o.probability.end());
            best.insert(best.end(), o.best.begin(), o.best.end());
        }
        reals("probability_cost_effective", {"option", "threshold"}, std::move(probability), "probability of a net benefit above 0", "1");
        reals("probability_best", {"option", "threshold"}, std::move(best), "probability of being the best of nothing and all options", "1");
        for (std::size_t d = 0; d < a_.draws.size(); ++d)
            for (const auto& option : a_.years_by_draw) by_draw.push_back(option[d]);
        reals("technician_years_of_draw", {"replicate", "option"}, std::move(by_draw), "discounted extra technician-years in the regions, one pair of runs",
              "1");
        chain();
    }

    void chain() {
        const auto group = [&](const std::string& name, auto member, const std::string& long_name, const std::string& units) {
            std::vector<double> values;
            for (const auto& o : a_.options) values.insert(values.end(), (o.chain.*member).begin(), (o.chain.*member).end());
            reals(name, {"option", "target_group"}, std::move(values), long_name, units);
        };
        group("rating_points", &Chain::contacts, "gross rating points a month with money, at default figures", "month-1");
        group("reach", &Chain::reach, "share of the target group that at least one channel reaches in a month with money", "1");
        group("frequency", &Chain::frequency, "contacts a month of each who is reached", "1");
        group("fresh", &Chain::fresh, "share of the target group that the campaign reaches and background campaigns do not", "1");
        group("awareness", &Chain::awareness, "mean awareness that the campaign adds, in its best month", "1");
        file_.add_coordinate(
            {"link_figure", std::vector<std::string>(chain_figures.begin(), chain_figures.end()), {{"long_name", "figure of the chain behind awareness"}}});
        std::vector<OfPairs> change;
        std::vector<double> base;
        for (const auto& o : a_.options) {
            change.insert(change.end(), o.chain.change.begin(), o.chain.change.end());
            base.insert(base.end(), o.chain.base.begin(), o.chain.base.end());
        }
        pairs("chain_change", {"option", "link_figure"}, change, "change of a figure of the chain, national", "1");
        reals("chain_base", {"option", "link_figure"}, std::move(base), "the figure without the campaign, national", "1");
    }

    void curves() {
        if (a_.curves.empty()) return;
        file_.add_coordinate({"campaign", of(a_.curves, [](const auto& c) { return c.campaign; }), {{"long_name", "campaign file"}}});
        std::vector<std::string> labels;
        for (const double budget : a_.curves[0].euro_a_year) labels.push_back(number_text(budget));
        file_.add_coordinate({"budget", labels, {{"long_name", "euro a year"}}});
        reals("budget_value", {"budget"}, a_.curves[0].euro_a_year, "euro a year", "euro");
        std::vector<Expected> years, workers;
        std::vector<double> cost, marginal;
        for (const auto& c : a_.curves) {
            years.insert(years.end(), c.years.begin(), c.years.end());
            cost.insert(cost.end(), c.cost.begin(), c.cost.end());
            marginal.insert(marginal.end(), c.marginal_cost.begin(), c.marginal_cost.end());
            for (std::size_t b = 0; b < c.euro_a_year.size(); ++b)
                for (const auto& of_year : c.workers) workers.push_back(of_year[b]);
        }
        reals("curve_cost", {"campaign", "budget"}, std::move(cost), "money in all, discounted", "euro");
        expected("curve_technician_years", {"campaign", "budget"}, years, "discounted extra technician-years, national", "1");
        expected("curve_workers", {"campaign", "budget", "years_after"}, workers, "extra technicians and ICT workers at work, national", "1");
        reals("marginal_cost", {"campaign", "budget"}, std::move(marginal),
              "euro for one more technician-year, from the budget before (from nothing: the first)", "euro");
        reals("turns_at", {"campaign"}, of(a_.curves, [](const auto& c) { return c.turns_at; }),
              "highest of these budgets up to which one more technician-year costs no more than the threshold; 0: none", "euro");
    }

    void information() {
        reals("value_of_perfect_information", {"threshold"}, a_.perfect, "value of perfect information", "euro");
        reals("value_of_perfect_information_error", {"threshold"}, a_.perfect_error, "its standard error", "euro");
        if (a_.links.empty()) return;
        file_.add_coordinate({"link", of(a_.links, [](const auto& l) { return l.name; }), {{"long_name", "link from euro to worker"}}});
        reals("value_of_link", {"link"}, of(a_.links, [](const auto& l) { return l.value; }), "value of perfect information on the link, at the threshold",
              "euro");
        reals("value_of_link_error", {"link"}, of(a_.links, [](const auto& l) { return l.error; }), "its standard error", "euro");
        reals("share_of_link", {"link"}, of(a_.links, [](const auto& l) { return l.share; }), "share of the variance of the best campaign's net benefit", "1");
        reals("relief_of_link", {"link"}, of(a_.links, [](const auto& l) { return l.relief; }),
              "relative gain of the effect where the link is half as strong again", "1");
        file_.add_coordinate(
            {"mechanism", std::vector<std::string>(mechanism_words.begin(), mechanism_words.end()), {{"long_name", "way in which awareness acts"}}});
        const auto column = [](const Eigen::MatrixXd& m) { return std::vector<double>(m.data(), m.data() + m.rows()); };
        reals("response", {"mechanism"}, column(a_.coefficients), "discounted technician-years in the regions for one unit of pull", "1");
        reals("response_error", {"mechanism"}, column(a_.coefficient_errors), "standard error of the response", "1");
    }

    void pilots() {
        if (a_.pilots.empty()) return;
        file_.add_coordinate({"pilot",
                              of(a_.pilots, [](const auto& p) { return p.design.text(); }),
                              {{"long_name", "pilot: places that get the campaign first, drawn by lot"}}});
        const auto add = [&](const std::string& name, const auto& take, const std::string& long_name, const std::string& units) {
            reals(name, {"pilot"}, of(a_.pilots, take), long_name, units);
        };
        add(
            "pilot_cost", [](const PilotResult& p) { return p.cost; }, "cost of the pilot", "euro");
        add(
            "pilot_spread", [](const PilotResult& p) { return p.power.spread; }, "standard deviation of a place's log starters by chance", "1");
        add(
            "pilot_attenuation", [](const PilotResult& p) { return p.power.attenuation; },
            "difference of treated and control places over the effect, by commuting", "1");
        add(
            "pilot_least_p", [](const PilotResult& p) { return p.power.least_p; }, "smallest p that the test of all lots can give", "1");
        add(
            "pilot_size", [](const PilotResult& p) { return p.power.size; }, "share of placebo outcomes that the test rejects", "1");
        add(
            "pilot_power", [](const PilotResult& p) { return p.power.power; }, "share rejected at the expected effect", "1");
        add(
            "pilot_detectable", [](const PilotResult& p) { return p.power.detectable; }, "log effect that is found with a chance of 80 %", "1");
        add(
            "value_of_sample", [](const PilotResult& p) { return p.sample; }, "expected value of the pilot's sample", "euro");
        add(
            "value_of_sample_error", [](const PilotResult& p) { return p.sample_error; }, "its standard error", "euro");
        add(
            "loss_by_waiting", [](const PilotResult& p) { return p.waiting; }, "best decision now less the same after the pilot", "euro");
        add(
            "net_value_of_pilot", [](const PilotResult& p) { return p.net; }, "expected net benefit of sampling", "euro");
        add(
            "net_value_of_pilot_error", [](const PilotResult& p) { return p.net_error; }, "its standard error", "euro");
    }

    void elsewhere() {
        if (a_.same_money.empty()) return;
        file_.add_coordinate(
            {"measure", of(a_.same_money, [](const auto& m) { return m.name; }), {{"long_name", "measure of the library, for the same money"}}});
        texts("not_scalable", {"measure"}, of(a_.same_money, [](const auto& m) { return m.problem; }),
              "why the measure cannot take the money; empty where it can");
        const auto add = [&](const std::string& name, double SameMoneyResult::*member, const std::string& long_name, const std::string& units) {
            reals(name, {"measure"}, of(a_.same_money, [&](const auto& m) { return m.problem.empty() ? m.*member : missing; }), long_name, units);
        };
        add("measure_factor", &SameMoneyResult::factor, "times its own doses and places", "1");
        add("measure_spent", &SameMoneyResult::spent, "spent, discounted, regions", "euro");
        add("measure_technician_years", &SameMoneyResult::years, "discounted extra technician-years, regions", "1");
        add("measure_technician_years_error", &SameMoneyResult::error, "standard error", "1");
        add("measure_net_benefit", &SameMoneyResult::benefit, "net benefit at the threshold, regions", "euro");
        add("measure_net_benefit_error", &SameMoneyResult::benefit_error, "standard error", "euro");
    }

    void split() {
        if (!a_.split) return;
        const auto add = [&](const std::string& name, const Split& split, const std::string& long_name) {
            std::vector<double> values;
            for (const auto& here : split.share) values.insert(values.end(), here.begin(), here.end());
            reals(name, {"region", "target_group"}, std::move(values), long_name, "1");
        };
        add("split_own", a_.split->own, "share of the money in the regions, as the campaign spends it");
        add("split_best", a_.split->best, "the same, best split on the fitted response");
    }

    void attributes(const std::string& command) {
        const auto set = [&](const char* name, auto value) { file_.set_file_attribute({name, value}); };
        set("title", std::string("Instroom: appraisal of campaigns"));
        add_runs(file_, options_);
        set("draws", static_cast<std::int64_t>(a_.draws.size()));
        set("draws_planned", static_cast<std::int64_t>(options_.draws));
        set("samples", static_cast<std::int64_t>(options_.samples));
        set("runs", static_cast<std::int64_t>(a_.runs));
        set("entry", a_.entry.text());
        set("end", a_.end.text());
        set("discount_rate", options_.discount_rate);
        set("threshold", a_.threshold);
        set("nation_per_region", a_.nation_per_region);
        set("explained", a_.explained);
        set("assumed_share", a_.assumed_share);
        set("value_of_perfect_information_at_threshold", a_.perfect_at);
        set("value_of_campaign_links", a_.campaign_value);
        set("decision", a_.conclusion.decision);
        set("decision_net_benefit", a_.conclusion.benefit);
        set("decision_probability", a_.conclusion.probability);
        set("decision_clear", static_cast<std::int64_t>(a_.conclusion.clear ? 1 : 0));
        set("conclusion", a_.conclusion.words);
        if (a_.split) {
            set("split_option", a_.split->option);
            set("split_gain", a_.split->gain);
            set("split_gain_error", a_.split->error);
        }
        if (a_.relaxed) {
            set("relaxed_option", a_.relaxed->option);
            set("relaxed_gain", a_.relaxed->gain.mean);
            set("relaxed_gain_error", a_.relaxed->gain.error);
        }
        set("scenario_text", scenario_text(options_.base));
        std::string campaigns;
        for (const auto& campaign : options_.campaigns) campaigns += (campaigns.empty() ? "" : "\n") + campaign.text;
        set("campaign_texts", campaigns);
        set("appraisal_schema_version", static_cast<std::int64_t>(appraisal_schema_version));
        add_origin(file_, command);
    }

    const Appraisal& a_;
    const AppraisalOptions& options_;
    sim::Trajectory file_;
};

}  // namespace

void write_appraisal(const Appraisal& appraisal, const AppraisalOptions& options, const std::filesystem::path& file, const std::string& command, bool replace) {
    File(appraisal, options, command).write(file, replace);
}

}  // namespace experiments
