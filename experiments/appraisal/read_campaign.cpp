#include "experiments/appraisal/read_campaign.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "experiments/scenarios/prior.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "experiments/scenarios/toml_values.hpp"
#include "models/labels.hpp"
#include "regions/data_folder.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

constexpr double most_euro = 1e12;
constexpr std::size_t most_months = 240;

const std::vector<std::string>& group_words() {
    static const std::vector<std::string> words{"young", "adults"};
    return words;
}

const QuantityRange share{"a share from 0 to 1", 0, 1, "1"};
const QuantityRange reach{"a share from 0 to 1 (no medium reaches more than everybody)", 0, 1, "1"};
const QuantityRange price{"euro for one contact, above 0", 1e-6, 1e4, "euro"};
const QuantityRange points{"gross rating points a month, not below 0", 0, 1e5, "month-1"};
const QuantityRange scale{"gross rating points a month, above 0", 1e-3, 1e5, "month-1"};
const QuantityRange weeks{"weeks above 0 in which awareness halves (it never grows by itself)", 1e-3, 520, "week"};

class Reader {
public:
    Reader(const std::string& text, const fs::path& file, const std::vector<std::string>& known_regions)
        : findings_(file.string()), known_regions_(known_regions), entries_(read_toml_text(text, file.string())) {
        made_.text = text;
        made_.name = file.stem().string();
    }

    Campaign read() {
        for (const auto& entry : entries_) read(entry);
        read_figures();
        finish();
        findings_.throw_if_any();
        return made_;
    }

private:
    /// A figure's entries, gathered until all are there.
    struct Figure {
        Quantity* to;
        QuantityRange range;
        std::vector<const TomlEntry*> entries;
        std::vector<std::string> parts;
    };

    void read(const TomlEntry& entry) {
        const auto words = words_of(entry.key);
        const std::string& head = words.front();
        if (head == "channel" || head == "background") {
            if (words.size() < 3) return findings_.add(entry, fmt::format("is {}, but a table [{}.NAME] is expected", found_text(entry), head));
            return head == "channel" ? read_channel(entry, words) : read_background(entry, words);
        }
        if (head == "response" && words.size() >= 2) {
            if (words[1] == "half_life") return figure(entry, made_.half_life, weeks, words, 2);
            if (words[1] == "retention") return figure(entry, made_.retention, share, words, 2);
            return unknown(entry, words[1], {"half_life", "retention"});
        }
        if (head == "media_share") return figure(entry, made_.media_share, share, words, 1);
        if (words.size() > 1) return unknown(entry, head, keys());
        if (head == "name") return name(entry);
        if (head == "title") return void(read_text(entry, made_.title, findings_));
        if (head == "description") return void(read_text(entry, made_.description, findings_));
        if (head == "source") return void(read_text(entry, made_.source, findings_));
        if (head == "start") return start(entry);
        if (head == "months") return months(entry);
        if (head == "euro_a_year") {
            double euro = 0;
            if (read_real(entry, euro, "euro a year, from 0 on", 0, most_euro, findings_)) euro_a_year_ = euro;
            return;
        }
        if (head == "budget") return budget(entry);
        if (head == "regions") return regions(entry);
        if (head == "aims") return aims(entry);
        unknown(entry, head, keys());
    }

    static std::vector<std::string> keys() {
        return {"name",   "title",   "description", "source", "start",    "months",     "euro_a_year",
                "budget", "regions", "media_share", "aims",   "response", "background", "channel"};
    }

    static std::vector<std::string> words_of(const std::string& key) {
        std::vector<std::string> words;
        for (std::size_t begin = 0; begin <= key.size();) {
            const std::size_t end = std::min(key.find('.', begin), key.size());
            words.push_back(key.substr(begin, end - begin));
            begin = end + 1;
        }
        return words;
    }

    void unknown(const TomlEntry& entry, const std::string& word, const std::vector<std::string>& known) {
        findings_.add(entry, "no key of a campaign has this name; did you mean " + sim::nearest_word(word, known) + "?");
    }

    /// `depth`: words of the key up to the figure; what follows is a part of its table.
    void figure(const TomlEntry& entry, Quantity& to, const QuantityRange& range, const std::vector<std::string>& words, std::size_t depth) {
        std::string base = words[0];
        for (std::size_t w = 1; w < depth; ++w) base += "." + words[w];
        auto& found = figures_.try_emplace(base, Figure{&to, range, {}, {}}).first->second;
        found.entries.push_back(&entry);
        found.parts.push_back(words.size() > depth ? words[depth] : "");
    }

    void read_figures() {
        // Channels and backgrounds stand where they will stay by now.
        for (auto& [base, of] : figures_) figures_right_ = read_quantity(of.entries, of.parts, of.range, *of.to, findings_) && figures_right_;
    }

    void name(const TomlEntry& entry) {
        std::string word;
        if (!read_text(entry, word, findings_)) return;
        if (word.empty() || !std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; }))
            return findings_.add(entry, "is " + found_text(entry) + ", but a name of letters, digits, - and _ is expected");
        made_.name = word;
    }

    void start(const TomlEntry& entry) {
        Wanted wanted;
        wanted.expected = "a month such as \"2026-01\"";
        wanted.month = &made_.start;
        if (!read_value(entry, wanted, findings_)) return;
        started_ = true;
        if (made_.start < first_month + 12 || made_.start > latest_month)
            findings_.add(entry, "is " + found_text(entry) + ", but a month from " + (first_month + 12).text() + " on is expected");
    }

    void months(const TomlEntry& entry) {
        double count = 0;
        const std::string expected = fmt::format("a whole number of months from 1 to {}", most_months);
        if (entry.kind != TomlEntry::Kind::integer) return findings_.add(entry, "is " + found_text(entry) + ", but " + expected + " is expected");
        if (read_real(entry, count, expected, 1, most_months, findings_)) months_ = static_cast<std::size_t>(count);
    }

    void budget(const TomlEntry& entry) {
        budget_ = &entry;
        const std::string expected = fmt::format("a list of up to {} numbers is expected: euro by month, none below 0", most_months);
        if (entry.reals.empty() || entry.reals.size() > most_months)
            return findings_.add(entry, "is " + (entry.kind == TomlEntry::Kind::other ? std::string("no such list") : found_text(entry)) + ", but " + expected);
        for (const double euro : entry.reals)
            if (!(euro >= 0 && euro <= most_euro)) return findings_.add(entry, "holds " + number_text(euro) + ", but " + expected);
        made_.budget = entry.reals;
    }

    void regions(const TomlEntry& entry) {
        std::vector<std::string> names;
        if (!read_texts(entry, names, "a list of regions", findings_)) return;
        try {
            made_.regions = regions_in_order(names, known_regions_);
        } catch (const sim::InputError& error) {
            findings_.add(entry, error.what());
        }
    }

    void aims(const TomlEntry& entry) {
        std::vector<std::string> words;
        const std::vector<std::string> known(campaign_aim_words.begin(), campaign_aim_words.end());
        if (!read_texts(entry, words, "a list of aims", findings_)) return;
        aimed_ = true;
        for (const auto& word : words) {
            const auto found = std::find(known.begin(), known.end(), word);
            if (found == known.end()) {
                findings_.add(entry, "no aim is called '" + word + "'; did you mean '" + sim::nearest_word(word, known) + "'?");
                continue;
            }
            made_.aims.push_back(static_cast<CampaignAim>(found - known.begin()));
        }
        aims_ = &entry;
    }

    CampaignChannel& channel_of(const std::string& named) {
        for (auto& one : channels_)
            if (one->name == named) return *one;
        channels_.push_back(std::make_unique<CampaignChannel>());
        channels_.back()->name = named;
        return *channels_.back();
    }

    void read_channel(const TomlEntry& entry, const std::vector<std::string>& words) {
        auto& channel = channel_of(words[1]);
        lines_.try_emplace(words[1], entry.line);
        if (words[2] == "group") {
            std::size_t place = 0;
            grouped_[words[1]] = true;
            if (read_word(entry, group_words(), place, findings_)) channel.group = static_cast<models::TargetGroup>(place);
            return;
        }
        if (words[2] == "share") return figure(entry, channel.share, share, words, 3);
        if (words[2] == "cost_per_contact") return figure(entry, channel.cost_per_contact, price, words, 3);
        if (words[2] == "reach") return figure(entry, channel.reach, reach, words, 3);
        if (words[2] == "scale") return figure(entry, channel.scale, scale, words, 3);
        unknown(entry, words[2], {"group", "share", "cost_per_contact", "reach", "scale"});
    }

    void read_background(const TomlEntry& entry, const std::vector<std::string>& words) {
        auto found = std::find_if(background_.begin(), background_.end(), [&](const auto& b) { return b->name == words[1]; });
        if (found == background_.end()) {
            background_.push_back(std::make_unique<BackgroundCampaign>());
            background_.back()->name = words[1];
            found = background_.end() - 1;
        }
        auto& sector = **found;
        if (words[2] == "young") return figure(entry, sector.pressure[0], points, words, 3);
        if (words[2] == "adults") return figure(entry, sector.pressure[1], points, words, 3);
        if (words[2] == "overlap") return figure(entry, sector.overlap, share, words, 3);
        findings_.add(entry, "no key of a background campaign has this name (target groups are young and adults); did you mean " +
                                 sim::nearest_word(words[2], std::vector<std::string>{"young", "adults", "overlap"}) + "?");
    }

    void wrong(int line, const std::string& key, const std::string& what) { findings_.add(std::max(line, 1), key, what); }

    void finish() {
        for (const auto& channel : channels_) made_.channels.push_back(*channel);
        for (const auto& sector : background_) made_.background.push_back(*sector);
        if (!started_) wrong(1, "start", R"(is missing; the month of the first money is expected, such as start = "2026-01")");
        if (budget_ != nullptr && (months_ || euro_a_year_))
            findings_.add(*budget_, "says the money month by month, and euro_a_year or months say it again; one of them is expected");
        if (budget_ == nullptr) {
            if (!euro_a_year_) wrong(1, "budget", "is missing; euro by month is expected, or euro_a_year and months");
            made_.budget.assign(months_.value_or(36), euro_a_year_.value_or(0) / 12);
        }
        if (made_.money() > 0 && made_.channels.empty())
            wrong(budget_ != nullptr ? budget_->line : line_of("euro_a_year"), budget_ != nullptr ? "budget" : "euro_a_year",
                  "is money without a channel on which it is spent; a table [channel.NAME] is expected");
        double shares = 0;
        bool adults = false;
        for (const auto& channel : made_.channels) {
            const int line = lines_[channel.name];
            if (!grouped_[channel.name]) wrong(line, "channel." + channel.name, "has no group; young (12 to 24 years) or adults (from 25 on) is expected");
            if (!figures_.contains("channel." + channel.name + ".cost_per_contact"))
                wrong(line, "channel." + channel.name, "has no cost_per_contact; euro for one contact is expected");
            shares += channel.share.value;
            adults = adults || channel.group == models::TargetGroup::adults;
        }
        if (figures_right_ && !made_.channels.empty() && std::abs(shares - 1) > 1e-6)
            wrong(lines_[made_.channels.front().name], "channel", fmt::format("shares of the money add up to {}, but 1 is expected", number_text(shares)));
        if (!aimed_) wrong(1, "aims", "is missing; a list of study_choice, pupils_bbl, learning_companies, side_entry and retention is expected");
        if (aims_ != nullptr && adults && !made_.aims_at(CampaignAim::side_entry))
            findings_.add(*aims_, "leaves side_entry out, but a channel speaks to adults, who then hear of courses in any case; add it");
        if (aims_ != nullptr && made_.aims_at(CampaignAim::retention) && !figures_.contains("response.retention"))
            findings_.add(*aims_, "holds retention, but response.retention says nothing of what awareness does to it; a share above 0 is expected");
    }

    [[nodiscard]] int line_of(const std::string& key) const {
        const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const TomlEntry& e) { return e.key == key; });
        return found == entries_.end() ? 1 : found->line;
    }

    Findings findings_;
    const std::vector<std::string>& known_regions_;
    std::vector<TomlEntry> entries_;
    Campaign made_;
    std::vector<std::unique_ptr<CampaignChannel>> channels_;  ///< that figures may point into them
    std::vector<std::unique_ptr<BackgroundCampaign>> background_;
    std::map<std::string, Figure> figures_;
    std::map<std::string, int> lines_;
    std::map<std::string, bool> grouped_;
    std::optional<std::size_t> months_;
    std::optional<double> euro_a_year_;
    const TomlEntry* budget_ = nullptr;
    const TomlEntry* aims_ = nullptr;
    bool started_ = false, aimed_ = false, figures_right_ = true;
};

}  // namespace

Campaign campaign_from_text(const std::string& text, const fs::path& file, const std::vector<std::string>& known_regions) {
    return Reader(text, file, known_regions).read();
}

Campaign read_campaign(const fs::path& file, const std::vector<std::string>& known_regions) {
    return campaign_from_text(sim::text_of_file(file), file, known_regions);
}

fs::path shipped_campaigns() {
    return regions::shipped_folder({"INSTROOM_CAMPAIGNS", "campaigns", INSTROOM_SOURCE_CAMPAIGNS, INSTROOM_INSTALLED_CAMPAIGNS, "campaigns"});
}

std::vector<std::string> shipped_campaign_names() {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(shipped_campaigns()))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::sort(names.begin(), names.end());
    return names;
}

fs::path campaign_file(const std::string& word) {
    std::error_code error;
    if (fs::exists(word, error)) return word;
    const auto names = shipped_campaign_names();
    if (std::find(names.begin(), names.end(), word) != names.end()) return shipped_campaigns() / (word + ".toml");
    throw sim::InputError("'" + word + "' is no campaign file and no shipped campaign; did you mean " + sim::nearest_word(word, names) + "?");
}

}  // namespace experiments
