#include "experiments/scenarios/read_measures.hpp"

#include <algorithm>
#include <cctype>
#include <set>

#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/plan.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "regions/data_folder.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

/// Only letters, digits, - and _, so that a name can stand in a key without quotes.
bool plain(const std::string& name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
}

bool begins(const std::string& text, const std::string& prefix) { return text.rfind(prefix, 0) == 0; }
bool is_part(const std::string& word) { return std::find(quantity_keys().begin(), quantity_keys().end(), word) != quantity_keys().end(); }
bool empty_table(const TomlEntry& entry) { return entry.kind == TomlEntry::Kind::other && entry.text == "an empty table"; }

/// Puts an entry over those of earlier files: a plain number over a whole figure, a part of a figure over that part alone, places by region over places of all.
void put_over(std::vector<TomlEntry>& entries, const TomlEntry& entry) {
    const std::string places = ".offer.places.";
    const auto place_of = [&](const std::string& key) {
        const auto at = key.find(places);
        if (at == std::string::npos) return std::string();
        const std::string rest = key.substr(at + places.size());
        return rest.substr(0, rest.find('.'));
    };
    const std::string mine = place_of(entry.key);
    std::erase_if(entries, [&](TomlEntry& earlier) {
        if (earlier.key == entry.key || (begins(earlier.key, entry.key + ".") && !empty_table(entry))) return true;
        if (begins(entry.key, earlier.key + ".")) {
            const std::string rest = entry.key.substr(earlier.key.size() + 1);
            if (!is_part(rest) || rest == "value" || empty_table(earlier)) return true;
            earlier.key += ".value";
        } else if (const std::string other = place_of(earlier.key); !mine.empty() && !other.empty() && earlier.file != entry.file) {
            return is_part(mine) != is_part(other);
        }
        return false;
    });
    entries.push_back(entry);
}

/// Residents on 1 January 2021 (population.csv).
double residents_of(const std::string& region) {
    static const std::map<std::string, double> residents = [] {
        regions::DataFolder data(regions::shipped_data());
        std::map<std::string, double> found;
        for (const auto* row : data.rows("population", "population_1jan"))
            if (row->breakdown == "total" && row->period == "2021") found[row->region] = row->value;
        return found;
    }();
    const auto found = residents.find(region);
    return found == residents.end() ? 1.0 : found->second;
}

}  // namespace

std::string measure_name(const TomlEntry& entry) {
    const std::string path = entry.key.substr(std::string("measure.").size());
    return path.substr(0, path.find('.'));
}

bool MeasureReader::holds(const std::string& name) const {
    return std::any_of(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.name == name; });
}

std::vector<std::string> MeasureReader::names() const {
    std::vector<std::string> names;
    for (const auto& draft : drafts_) names.push_back(draft.name);
    return names;
}

void MeasureReader::remove(const std::string& name) {
    std::erase_if(drafts_, [&](const Draft& d) { return d.name == name; });
}

void MeasureReader::read(const TomlEntry& entry) {
    const std::string name = measure_name(entry);
    if (!plain(name)) {
        findings_.add(entry, "the name of a measure is made of letters, digits, - and _");
        return;
    }
    auto found = std::find_if(drafts_.begin(), drafts_.end(), [&](const Draft& d) { return d.name == name; });
    if (found == drafts_.end()) found = drafts_.insert(drafts_.end(), Draft{name, entry.line, entry.file, {}, {}, 0, {}});
    if (found->file != entry.file) {
        found->line = entry.line;
        found->file = entry.file;
    }
    if (entry.key.size() > std::string("measure.").size() + name.size())
        put_over(found->entries, entry);
    else if (!empty_table(entry))
        findings_.add(entry, "is " + found_text(entry) + ", but a table that says what the measure does is expected");
}

void MeasureReader::added_by(const std::string& name, const TomlEntry& entry) {
    for (auto& draft : drafts_) {
        if (draft.name != name) continue;
        draft.library_file = draft.file;
        draft.added_line = entry.line;
        draft.added_file = entry.file;
    }
}

void MeasureReader::note_start(const Draft& draft, Measure& measure) {
    const auto said = std::find_if(draft.entries.begin(), draft.entries.end(), [&](const TomlEntry& e) { return e.key == "measure." + draft.name + ".start"; });
    const bool here = said != draft.entries.end() && said->file != draft.library_file;
    measure.start_line = here ? said->line : draft.added_line > 0 ? draft.added_line : draft.line;
    measure.start_file = here ? said->file : draft.added_line > 0 ? draft.added_file : draft.file;
}

void check_starts(const std::vector<Measure>& measures, sim::Month end, Findings& findings) {
    for (const auto& measure : measures)
        if (measure.start > end && measure.start != measure.in_place_from)
            findings.add(measure.start_line, "measure." + measure.name + ".start",
                         "is " + measure.start.text() + ", after the last month of the run; a month until " + end.text() + " is expected", measure.start_file);
}

Measure MeasureReader::measure_of(const Draft& draft) {
    Measure measure;
    measure.name = draft.name;
    measure.line = draft.line;
    measure.file = draft.file;
    read_keys(draft.entries, {measure, known_regions_, findings_});
    if (measure.start == sim::Month() && measure.in_place_from) measure.start = *measure.in_place_from;
    note_start(draft, measure);
    check(measure, draft);
    const std::string prefix = "measure." + draft.name + ".";
    const auto has = [&](const std::string& key) {
        return std::any_of(draft.entries.begin(), draft.entries.end(), [&](const TomlEntry& e) { return begins(e.key, prefix + key) && !empty_table(e); });
    };
    if (!has("offer.") && measure.offer) {
        measure.dosed = measure.offer->who;
        measure.offer.reset();
    }
    share_out(measure);
    return measure;
}

void MeasureReader::check(const Measure& measure, const Draft& draft) {
    const std::string at = "measure." + measure.name;
    const auto wrong = [&](const std::string& what) { findings_.add(draft.line, at, what, draft.file); };
    const auto entry_of = [&](const std::string& key) {
        const auto found =
            std::find_if(draft.entries.begin(), draft.entries.end(), [&](const TomlEntry& e) { return begins(e.key, at + "." + key) && !empty_table(e); });
        return found == draft.entries.end() ? nullptr : &*found;
    };
    if (measure.start == sim::Month() && entry_of("start") == nullptr && entry_of("in_place_from") == nullptr)
        wrong(R"(has no start; the month of its first dose is expected, such as start = "2025-01")");
    if (measure.start != sim::Month() && measure.end < measure.start) wrong("ends in " + measure.end.text() + ", before it starts in " + measure.start.text());
    const bool offers = entry_of("offer.") != nullptr, places = entry_of("offer.places") != nullptr, programme = entry_of("offer.programme") != nullptr;
    if (measure.doses.empty() && !offers && entry_of("coordination.") == nullptr)
        wrong("has no dose; a table [" + at + ".dose] with a lever of `instroom describe levers` is expected, or an offer, or coordination");
    if (places && !programme) findings_.add(*entry_of("offer.places"), "are places of no programme; offer.programme is expected, such as \"course\"");
    if (offers && !places) findings_.add(*entry_of("offer."), "is an offer without places; offer.places is expected: persons a year");
    if (places && !measure.offer->by_region.empty() && measure.offer->places.value != 0)
        wrong("has places of all regions together and by region; one of them is expected");
    const TomlEntry* target = entry_of("target.");
    if (target != nullptr && !offers) check_doses_of_target(measure, *target);
    if (const auto* cost = entry_of("cost.per_participant"); cost != nullptr && !offers)
        findings_.add(*cost, "is a cost of participants, but the measure has no offer in which anybody takes part");
    if (const auto* share = entry_of("overlap_share"); share != nullptr && measure.overlap.empty())
        findings_.add(*share, "says how much measures of a group overlap, but the measure names no group; overlap is expected");
    if (const auto* number = entry_of("number"); number != nullptr && library_ != nullptr) {
        const auto known = library_->find(measure.name);
        if (known == library_->end())
            findings_.add(*number, "only measures of the library have a number; leave it out, and a digest of the name stands for it");
        else if (measure.number != 0 && measure.number != known->second)
            findings_.add(*number, "is " + std::to_string(measure.number) + ", but " + measure.name + " of the library has " + std::to_string(known->second));
    }
    for (const auto& dose : measure.doses)
        if (const auto* lever = models::find_lever(dose.lever); lever != nullptr && !lever->by_region && !measure.regions.empty())
            findings_.add(*entry_of("dose." + dose.lever),
                          "acts in all regions alike, but the measure names regions; a measure of its own without any is expected");
    if (measure.offer)
        for (const auto& [region, here] : measure.offer->by_region)
            if (!measure.in_force_in(region) && std::find(known_regions_.begin(), known_regions_.end(), region) != known_regions_.end())
                findings_.add(*entry_of("offer.places." + region), "region '" + region + "' is none of the measure's regions");
}

void MeasureReader::check_doses_of_target(const Measure& measure, const TomlEntry& target) {
    if (measure.doses.empty()) return findings_.add(target, "is a target group, but nothing is offered to it and no dose acts on it");
    std::string levers;
    for (const auto lever : models::personal_levers) levers += (levers.empty() ? "" : ", ") + std::string(lever);
    for (const auto& dose : measure.doses)
        if (models::find_lever(dose.lever) != nullptr && !models::personal_lever(dose.lever))
            return findings_.add(target, "is a target group, but " + dose.lever + " acts on whole regions; levers whose dose can be for a group are " + levers);
}

void MeasureReader::share_out(Measure& measure) const {
    double together = 0;
    for (const auto& region : known_regions_)
        if (measure.in_force_in(region)) together += residents_of(region);
    for (const auto& region : known_regions_)
        if (measure.in_force_in(region)) measure.shares[region] = residents_of(region) / together;
}

void MeasureReader::check_numbers(const std::vector<Measure>& measures) {
    std::map<std::uint32_t, std::string> taken;
    if (library_ != nullptr)
        for (const auto& [name, number] : *library_) taken[number] = name;
    for (const auto& measure : measures) {
        const auto [found, fresh] = taken.emplace(lot_number(measure), measure.name);
        if (!fresh && found->second != measure.name)
            findings_.add(measure.line, "measure." + measure.name,
                          "has the number " + std::to_string(found->first) + " at the lot, as measure." + found->second + " has; another " +
                              (measure.number != 0 ? "number" : "name") + " is expected",
                          measure.file);
    }
}

void MeasureReader::check_settings(const std::vector<Measure>& measures, const models::Parameters& base, sim::Month end) {
    std::set<std::string> said;  // one finding a lever
    const auto hold_one = [&](const Plan& plan, const Plan::Setting& setting, sim::Month month, const std::string& region, const Measure* alone) {
        const auto& p = *setting.parameter;
        models::Parameters tried = base;
        const bool within = setting.value >= p.minimum && setting.value <= p.maximum;
        if (within) p.set(tried, setting.value);
        if (within && p.get(tried) == setting.value) return;
        if (!said.insert(p.name).second) return;
        const auto doses_it = [&](const Measure& m) { return std::any_of(m.doses.begin(), m.doses.end(), [&](const Dose& d) { return d.lever == p.name; }); };
        const auto& last = alone != nullptr ? *alone : *std::find_if(plan.measures().rbegin(), plan.measures().rend(), doses_it);
        findings_.add(
            last.line, "measure." + last.name,
            "brings " + p.name + " to " + number_text(setting.value) + " in " + month.text() + (region.empty() ? "" : " in " + region) +
                (alone != nullptr ? "" : " together with other measures") + ", but " +
                (within ? "a whole number in every month, so no ramp," : "a number from " + number_text(p.minimum) + " to " + number_text(p.maximum)) +
                " is expected",
            last.file);
    };
    const auto hold = [&](const std::vector<Measure>& together, const Measure* alone) {
        const Plan plan(base, together, known_regions_);
        std::vector<double> before;
        for (sim::Month month = first_month; month <= end; ++month) {
            std::vector<double> now;
            for (const auto& measure : plan.measures()) now.push_back(measure.strength(month));
            if (now == before) continue;
            before = now;
            for (const auto& setting : plan.settings(month)) hold_one(plan, setting, month, "", alone);
            for (std::size_t r = 0; r < known_regions_.size(); ++r)
                for (const auto& setting : plan.settings(month, r)) hold_one(plan, setting, month, known_regions_[r], alone);
        }
    };
    // Doses for groups stand in no setting of a region: as if everybody were a member they are held to the range too.
    const auto for_everybody = [](std::vector<Measure> of) {
        for (auto& measure : of) measure.dosed = {};
        return of;
    };
    for (const auto& measure : measures) hold(for_everybody({measure}), &measure);
    hold(measures, nullptr);
    if (std::any_of(measures.begin(), measures.end(), [](const Measure& m) { return !m.dosed.everybody(); })) hold(for_everybody(measures), nullptr);
}

std::vector<Measure> MeasureReader::close(const models::Parameters& base, sim::Month end) {
    std::vector<Measure> measures;
    for (const auto& draft : drafts_) {
        measures.push_back(measure_of(draft));
        if (library_ == nullptr) continue;
        if (const auto known = library_->find(draft.name); known != library_->end()) measures.back().number = known->second;
    }
    check_numbers(measures);
    std::erase_if(measures, [](const Measure& m) { return m.start == sim::Month(); });  // said already
    for (auto& measure : measures) std::erase_if(measure.doses, [](const Dose& d) { return models::find_lever(d.lever) == nullptr; });
    check_settings(measures, base, end);
    return measures;
}

}  // namespace experiments
