#include "experiments/scenarios/measure_keys.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "experiments/scenarios/measure_words.hpp"
#include "experiments/scenarios/scenario.hpp"
#include "models/levers.hpp"
#include "models/parameters.hpp"
#include "models/targeted_doses.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

using Reading = MeasureReading;

const std::string expected_month = "a month from " + first_month.text() + " to " + latest_month.text() + R"(, such as "2025-01",)";
const std::string expected_place_month = R"(a year or a month from 1990 to 2199 in quotes, such as "2022" or "2022-07",)";
const std::string expected_ramp = "a whole number of months from 1 to 600";
const std::string expected_ages = "two ages from 0 to 150, such as [18, 55],";
const std::string expected_places = "a number of persons a year, 0 or more,";
const std::string expected_euro = "an amount of 0 euro or more";
const std::string expected_share = "a share from 0 to 1";
constexpr double no_end = 1e15;

void refuse(const Reading& r, const TomlEntry& entry, const std::string& expected) {
    r.findings.add(entry, "is " + found_text(entry) + ", but " + expected + " is expected");
}

void read_month(const Reading& r, const TomlEntry& entry, sim::Month& to) {
    Wanted wanted;
    wanted.expected = expected_month;
    sim::Month month;
    wanted.month = &month;
    if (!read_value(entry, wanted, r.findings)) return;
    if (month < first_month || month > latest_month)
        refuse(r, entry, expected_month);
    else
        to = month;
}

/// A whole year is its January.
void read_in_place_from(const Reading& r, const TomlEntry& entry) {
    std::string text = entry.kind == TomlEntry::Kind::integer ? std::to_string(entry.integer) : entry.text;
    if (text.size() == 4) text += "-01";
    try {
        const auto month = sim::Month::parse(text);
        if (month >= sim::Month::of(1990, 1) && month <= latest_month) {
            r.measure.in_place_from = month;
            return;
        }
    } catch (const sim::InputError&) {
        // said below
    }
    refuse(r, entry, expected_place_month);
}

void read_ramp(const Reading& r, const TomlEntry& entry) {
    double months = 1;
    if (!read_real(entry, months, expected_ramp, 1, 600, r.findings)) return;
    if (months != std::floor(months)) refuse(r, entry, expected_ramp);
    r.measure.ramp = static_cast<int>(months);
}

void read_number(const Reading& r, const TomlEntry& entry) {
    const std::string expected = "a whole number from 1 to " + std::to_string((1 << 20) - 1);
    double number = 0;
    if (!read_real(entry, number, expected, 1, (1 << 20) - 1, r.findings)) return;
    if (number != std::floor(number)) return refuse(r, entry, expected);
    r.measure.number = static_cast<std::uint32_t>(number);
}

void read_regions(const Reading& r, const TomlEntry& entry) {
    if (!read_texts(entry, r.measure.regions, R"(a list of regions, such as ["Brainport"],)", r.findings)) return;
    if (r.measure.regions.empty()) r.findings.add(entry, "is empty; leave the key out for all regions");
    try {
        r.measure.regions = regions_in_order(r.measure.regions, r.known_regions);
    } catch (const sim::InputError& error) {
        r.findings.add(entry, error.what());
    }
}

MeasureOffer& offer_of(Measure& measure) {
    if (!measure.offer) measure.offer.emplace();
    return *measure.offer;
}

void read_programme(const Reading& r, const TomlEntry& entry) {
    std::size_t place = 0;
    auto& offer = offer_of(r.measure);
    if (read_word(entry, programme_words(), place, r.findings)) offer.programme = static_cast<models::OfferedProgramme>(place);
}

std::optional<std::uint32_t> read_set(const Reading& r, const TomlEntry& entry, const LabelWords& labels) {
    std::vector<std::string> wanted;
    if (!read_texts(entry, wanted, "a list of words, such as [" + toml_quoted(labels.words.front().text) + "],", r.findings)) return std::nullopt;
    if (wanted.empty()) {
        r.findings.add(entry, "is empty; leave the key out for all");
        return std::nullopt;
    }
    std::uint32_t set = 0;
    bool right = true;
    for (const auto& word : wanted) {
        const auto found = std::find_if(labels.words.begin(), labels.words.end(), [&](const auto& w) { return w.text == word; });
        if (found == labels.words.end()) {
            r.findings.add(entry, "'" + word + "' is unknown; did you mean '" + sim::nearest_word(word, labels.texts()) + "'?");
            right = false;
        } else {
            set |= found->bits;
        }
    }
    if (!right) return std::nullopt;
    return set == labels.all() ? models::PersonGroup::all : set;
}

void read_offer_occupations(const Reading& r, const TomlEntry& entry) {
    auto& offer = offer_of(r.measure);
    const auto set = read_set(r, entry, occupation_words());
    if (!set) return;
    if (*set == models::PersonGroup::all || (*set >> models::first_other_occupation) != 0)
        r.findings.add(entry, "holds occupations that are neither technical nor ict, but programmes lead to these alone");
    else
        offer.targets = *set;
}

void read_age(const Reading& r, const TomlEntry& entry) {
    auto& who = offer_of(r.measure).who;
    const auto whole = [](double age) { return age >= 0 && age <= 150 && age == std::floor(age); };
    if (entry.reals.size() != 2 || !std::all_of(entry.reals.begin(), entry.reals.end(), whole)) return refuse(r, entry, expected_ages);
    if (entry.reals[0] > entry.reals[1]) {
        r.findings.add(entry, "has its first age " + number_text(entry.reals[0]) + " above its last age " + number_text(entry.reals[1]));
        return;
    }
    who.youngest = static_cast<int>(entry.reals[0]);
    who.oldest = static_cast<int>(entry.reals[1]);
}

MeasureKey text_key(const std::string& key, std::string Measure::*member, const std::string& meaning) {
    return {key,
            KeyKind::text,
            "",
            "a text in quotes",
            meaning,
            {},
            [member](const Reading& r, const TomlEntry& e) { read_text(e, r.measure.*member, r.findings); },
            {},
            {}};
}

MeasureKey set_key(const std::string& key, const LabelWords& labels, std::uint32_t models::PersonGroup::*member, const std::string& meaning) {
    const auto read = [&labels, member](const Reading& r, const TomlEntry& e) {
        auto& who = offer_of(r.measure).who;
        if (const auto set = read_set(r, e, labels)) who.*member = *set;
    };
    return {key, KeyKind::texts, "", "a list of words", meaning, labels.texts(), read, {}, {}};
}

MeasureKey figure_key(const std::string& key, const std::string& unit, const std::string& expected, double maximum, const std::string& meaning,
                      std::function<Quantity&(Measure&)> figure) {
    return {key, KeyKind::figure, unit, expected, meaning, {}, {}, std::move(figure), [maximum] { return maximum; }};
}

std::vector<std::string> lever_names() {
    std::vector<std::string> names;
    for (const auto& lever : models::all_levers()) names.emplace_back(lever.parameter);
    return names;
}

/// The levers whose dose can be for a target group, in words.
std::string personal_words() {
    std::string words;
    for (std::size_t l = 0; l < models::personal_levers.size(); ++l)
        words += (l == 0 ? "" : l + 1 == models::personal_levers.size() ? " and " : ", ") + std::string(models::personal_levers[l]);
    return words;
}

std::vector<std::string> without_prefix(std::vector<std::string> words, std::size_t from, std::size_t to) {
    return {words.begin() + static_cast<std::ptrdiff_t>(from), words.begin() + static_cast<std::ptrdiff_t>(to)};
}

std::vector<MeasureKey> all_keys() {
    using models::PersonGroup;
    std::vector<MeasureKey> keys;
    keys.push_back({"number",
                    KeyKind::whole,
                    "",
                    "a whole number from 1 to 1048575",
                    "number at the lot and in the order of /policy; measures of the library alone "
                    "have one",
                    {},
                    read_number,
                    {},
                    {}});
    keys.push_back(text_key("title", &Measure::title, "a few words"));
    keys.push_back(text_key("description", &Measure::description, "what it is, what it acts on and which figures are assumptions"));
    keys.push_back(text_key("source", &Measure::source, "of its figures; empty: assumed"));
    keys.push_back({"in_place_from",
                    KeyKind::months_or_year,
                    "",
                    expected_place_month,
                    "held by the baseline from then on; a year means its January",
                    {},
                    read_in_place_from,
                    {},
                    {}});
    keys.push_back({"regions", KeyKind::texts, "", "a list of regions", "in which it is in force; without it in all", {}, read_regions, {}, {}});
    keys.push_back({"start",
                    KeyKind::month,
                    "",
                    expected_month,
                    "first month with a dose; without it in_place_from",
                    {},
                    [](const Reading& r, const TomlEntry& e) { read_month(r, e, r.measure.start); },
                    {},
                    {}});
    keys.push_back({"ramp", KeyKind::whole, "month", expected_ramp, "months until full strength, in equal steps; 1: at once", {}, read_ramp, {}, {}});
    keys.push_back({"end",
                    KeyKind::month,
                    "",
                    expected_month,
                    "last month with a dose; without it it stays",
                    {},
                    [](const Reading& r, const TomlEntry& e) { read_month(r, e, r.measure.end); },
                    {},
                    {}});
    keys.push_back(text_key("overlap", &Measure::overlap, "name of the group of measures that reach for the same people"));
    keys.push_back(figure_key("overlap_share", "1", expected_share, 1,
                              "part of its strength that it loses where ever so many measures of its group are in force",
                              [](Measure& m) -> Quantity& { return m.overlap_share; }));
    keys.push_back({"dose.PROCESS.LEVER",
                    KeyKind::doses,
                    "that of the lever",
                    "a number",
                    "what it does to a lever at full strength, by the lever's rule; with a target group and no offer, of " + personal_words() + " alone",
                    lever_names(),
                    {},
                    {},
                    {}});
    keys.push_back({"offer.programme",
                    KeyKind::text,
                    "",
                    "one of course, work_learning, adult_bbl",
                    "programme whose places it offers",
                    programme_words(),
                    read_programme,
                    {},
                    {}});
    keys.push_back(figure_key("offer.places", "persons/year", expected_places, no_end, "places in all its regions together, shared out by residents",
                              [](Measure& m) -> Quantity& { return offer_of(m).places; }));
    keys.push_back({"offer.places.REGION", KeyKind::places, "persons/year", expected_places, "places in one region, instead", {}, {}, {}, {}});
    const auto& occupations = occupation_words();
    auto targets = without_prefix(occupations.texts(), 0, models::first_other_occupation);
    const auto codes = without_prefix(occupations.texts(), occupations.labels, occupations.labels + models::first_other_occupation);
    targets.insert(targets.end(), codes.begin(), codes.end());
    targets.insert(targets.end(), {"technical", "ict"});
    keys.push_back({"offer.occupations",
                    KeyKind::texts,
                    "",
                    "a list of words",
                    "occupations that its courses or learning places lead to; without it all technical and ICT ones",
                    targets,
                    read_offer_occupations,
                    {},
                    {}});
    keys.push_back({"target.age",
                    KeyKind::ages,
                    "year",
                    expected_ages,
                    "whom its places, or without an offer its doses, are for: first and last age",
                    {},
                    read_age,
                    {},
                    {}});
    keys.push_back(set_key("target.sex", sex_words(), &PersonGroup::sexes, "whom they are for: sexes"));
    keys.push_back(set_key("target.education", education_words(), &PersonGroup::education, "whom they are for: highest level completed"));
    keys.push_back(set_key("target.field", field_words(), &PersonGroup::fields, "whom they are for: field of education"));
    keys.push_back(set_key("target.status", labour_status_words(), &PersonGroup::statuses, "whom they are for: labour status"));
    keys.push_back(set_key("target.occupation", occupations, &PersonGroup::occupations, "whom they are for: present or last occupation"));
    keys.push_back(set_key("target.sector", sector_words(), &PersonGroup::sectors, "whom they are for: sector of the employer"));
    keys.push_back(set_key("target.size", size_words(), &PersonGroup::sizes, "whom they are for: size class of the employer"));
    keys.push_back(figure_key("coordination.reduction", "1", expected_share, 1,
                              "part of the loss by overlap that it takes away from all measures in its regions",
                              [](Measure& m) -> Quantity& { return m.coordination; }));
    keys.push_back(figure_key("cost.fixed", "euro", expected_euro, no_end, "once, at the start", [](Measure& m) -> Quantity& { return m.cost.fixed; }));
    keys.push_back(figure_key("cost.per_participant", "euro", expected_euro, no_end, "for each participant of its offer",
                              [](Measure& m) -> Quantity& { return m.cost.per_participant; }));
    keys.push_back(figure_key("cost.per_month", "euro", expected_euro, no_end, "for each month at full strength, in all its regions together",
                              [](Measure& m) -> Quantity& { return m.cost.per_month; }));
    return keys;
}

/// The entries of one figure.
struct Parts {
    std::vector<const TomlEntry*> entries;
    std::vector<std::string> names;
    void add(const TomlEntry& entry, const std::string& name) {
        entries.push_back(&entry);
        names.push_back(name);
    }
};

bool is_part(const std::string& word) { return std::find(quantity_keys().begin(), quantity_keys().end(), word) != quantity_keys().end(); }

/// Splits "a.b.c" after the first `words` words.
std::pair<std::string, std::string> split_after(const std::string& key, int words) {
    std::size_t at = 0;
    for (int w = 0; w < words && at != std::string::npos; ++w) at = key.find('.', w == 0 ? 0 : at + 1);
    return at == std::string::npos ? std::make_pair(key, std::string()) : std::make_pair(key.substr(0, at), key.substr(at + 1));
}

void read_dose(const Reading& r, const std::string& lever, const Parts& parts) {
    const TomlEntry& first = *parts.entries.front();
    if (models::find_lever(lever) == nullptr) {
        const bool parameter = models::find_parameter(lever) != nullptr;
        r.findings.add(first, parameter ? "is a parameter, but no lever: measures act on the levers that `instroom describe levers` lists"
                                        : "no lever has this name; did you mean " + sim::nearest_word(lever, lever_names()) + "?");
        r.measure.doses.push_back({lever, 0});  // said; nothing else is to be said of it
        return;
    }
    Quantity dose;
    if (!read_quantity(parts.entries, parts.names, dose_range(lever), dose, r.findings)) dose.value = 0;
    r.measure.doses.push_back({lever, dose.value, dose.evidence});
}

void read_region_places(const Reading& r, const std::string& region, const Parts& parts) {
    auto& offer = offer_of(r.measure);
    if (std::find(r.known_regions.begin(), r.known_regions.end(), region) == r.known_regions.end()) {
        r.findings.add(*parts.entries.front(), "region '" + region + "' is unknown; did you mean '" + sim::nearest_word(region, r.known_regions) + "'?");
        offer.by_region[region];
        return;
    }
    const QuantityRange range{expected_places, 0, no_end, "persons/year"};
    read_quantity(parts.entries, parts.names, range, offer.by_region[region], r.findings);
}

}  // namespace

std::string_view text(KeyKind kind) {
    switch (kind) {
        case KeyKind::text: return "text";
        case KeyKind::month: return "month";
        case KeyKind::months_or_year: return "year or month";
        case KeyKind::whole: return "whole number";
        case KeyKind::texts: return "list of texts";
        case KeyKind::ages: return "list of two numbers";
        case KeyKind::figure:
        case KeyKind::doses:
        case KeyKind::places: return "figure";
    }
    return "text";
}

const std::vector<MeasureKey>& measure_keys() {
    static const std::vector<MeasureKey> keys = all_keys();
    return keys;
}

QuantityRange dose_range(const std::string& lever) {
    const auto* parameter = models::find_parameter(lever);
    return {"a number", -no_end, no_end, parameter == nullptr ? "1" : parameter->unit};
}

QuantityRange range_of(const MeasureKey& key) { return {key.expected, 0, key.maximum ? key.maximum() : no_end, key.unit}; }

void read_keys(const std::vector<TomlEntry>& entries, const MeasureReading& reading) {
    const auto& keys = measure_keys();
    const std::string prefix = "measure." + reading.measure.name + ".";
    std::map<std::string, Parts> figures;
    std::vector<std::pair<std::string, Parts>> doses, regions;  // in the order of the file
    const auto part_of = [](auto& list, const std::string& name) -> Parts& {
        const auto found = std::find_if(list.begin(), list.end(), [&](const auto& pair) { return pair.first == name; });
        return found == list.end() ? list.emplace_back(name, Parts{}).second : found->second;
    };
    for (const auto& entry : entries) {
        const std::string key = entry.key.substr(prefix.size());
        const auto [head, last] = [&] {
            const auto dot = key.rfind('.');
            return dot == std::string::npos ? std::make_pair(key, std::string()) : std::make_pair(key.substr(0, dot), key.substr(dot + 1));
        }();
        const auto exact = std::find_if(keys.begin(), keys.end(), [&](const auto& k) { return k.key == key; });
        if (exact != keys.end() && exact->read) {
            exact->read(reading, entry);
            continue;
        }
        const bool part = is_part(last);
        const auto figure = std::find_if(keys.begin(), keys.end(), [&](const auto& k) { return k.figure && (k.key == key || (part && k.key == head)); });
        const bool empty_table = entry.text == "an empty table" && entry.kind == TomlEntry::Kind::other;
        if (empty_table && (key == "dose" || key == "offer" || key == "target" || key == "cost" || key == "coordination")) continue;
        if (figure != keys.end()) {
            figures[figure->key].add(entry, figure->key == key ? "" : last);
        } else if (key.rfind("dose.", 0) == 0) {
            const auto [lever, name] = split_after(key.substr(5), 2);
            part_of(doses, lever).add(entry, name);
        } else if (key.rfind("offer.places.", 0) == 0) {
            const auto [region, name] = split_after(key.substr(13), 1);
            part_of(regions, region).add(entry, name);
        } else {
            std::vector<std::string> words;
            for (const auto& k : keys) words.push_back(k.key);
            reading.findings.add(entry, "no key of a measure has this name; did you mean " + sim::nearest_word(key, words) + "?");
        }
    }
    for (const auto& key : keys)
        if (const auto found = figures.find(key.key); found != figures.end())
            read_quantity(found->second.entries, found->second.names, range_of(key), key.figure(reading.measure), reading.findings);
    for (const auto& [lever, parts] : doses) read_dose(reading, lever, parts);
    for (const auto& [region, parts] : regions) read_region_places(reading, region, parts);
}

}  // namespace experiments
