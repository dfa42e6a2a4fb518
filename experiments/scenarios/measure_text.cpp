// Measures as a scenario file writes them.
#include <algorithm>
#include <cctype>

#include "experiments/scenarios/measure.hpp"
#include "experiments/scenarios/measure_keys.hpp"
#include "experiments/scenarios/measure_words.hpp"

namespace experiments {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string list_text(const std::vector<std::string>& words) {
    std::string text = "[";
    for (const auto& word : words) text += (text.size() == 1 ? "" : ", ") + toml_quoted(word);
    return text + "]";
}

/// A name as a key: in quotes where it is more than letters, digits, - and _.
std::string key_text(const std::string& name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '-' || c == '_'; });
    return plain ? name : toml_quoted(name);
}

void add_text(Lines& lines, const std::string& key, const std::string& text) {
    if (!text.empty()) lines.emplace_back(key, toml_quoted(text));
}

void add_set(Lines& lines, const std::string& key, const LabelWords& words, std::uint32_t set) {
    if (set != models::PersonGroup::all) lines.emplace_back(key, list_text(words.of(set)));
}

void add_quantity(Lines& lines, const std::string& key, const Quantity& quantity) {
    if (quantity != Quantity{}) lines.emplace_back(key, quantity_text(quantity.value, quantity.evidence));
}

void add_offer(Lines& lines, const MeasureOffer& offer) {
    lines.emplace_back("offer.programme", toml_quoted(programme_words()[models::index_of(offer.programme)]));
    if (offer.by_region.empty()) {
        lines.emplace_back("offer.places", quantity_text(offer.places.value, offer.places.evidence));
    } else {
        std::string text = "{";
        for (const auto& [region, places] : offer.by_region)
            text += (text.size() == 1 ? "" : ", ") + key_text(region) + " = " + quantity_text(places.value, places.evidence);
        lines.emplace_back("offer.places", text + "}");
    }
    add_set(lines, "offer.occupations", occupation_words(), offer.targets);
}

void add_target(Lines& lines, const models::PersonGroup& who) {
    const models::PersonGroup everybody;
    if (who.youngest != everybody.youngest || who.oldest != everybody.oldest)
        lines.emplace_back("target.age", "[" + std::to_string(who.youngest) + ", " + std::to_string(who.oldest) + "]");
    add_set(lines, "target.sex", sex_words(), who.sexes);
    add_set(lines, "target.education", education_words(), who.education);
    add_set(lines, "target.field", field_words(), who.fields);
    add_set(lines, "target.status", labour_status_words(), who.statuses);
    add_set(lines, "target.occupation", occupation_words(), who.occupations);
    add_set(lines, "target.sector", sector_words(), who.sectors);
    add_set(lines, "target.size", size_words(), who.sizes);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> toml_lines(const Measure& m) {
    Lines lines;
    if (m.number != 0) lines.emplace_back("number", std::to_string(m.number));
    add_text(lines, "title", m.title);
    add_text(lines, "description", m.description);
    add_text(lines, "source", m.source);
    if (m.in_place_from) add_text(lines, "in_place_from", m.in_place_from->text());
    if (!m.regions.empty()) lines.emplace_back("regions", list_text(m.regions));
    if (!m.in_place_from || m.start != *m.in_place_from) add_text(lines, "start", m.start.text());
    if (m.ramp > 1) lines.emplace_back("ramp", std::to_string(m.ramp));
    if (m.end != Measure::last_month) add_text(lines, "end", m.end.text());
    add_text(lines, "overlap", m.overlap);
    if (m.overlap_share != Measure::usual_overlap()) lines.emplace_back("overlap_share", quantity_text(m.overlap_share.value, m.overlap_share.evidence));
    for (const auto& dose : m.doses) lines.emplace_back("dose." + dose.lever, quantity_text(dose.value, dose.evidence));
    if (m.offer) add_offer(lines, *m.offer);
    add_target(lines, m.offer ? m.offer->who : m.dosed);
    add_quantity(lines, "coordination.reduction", m.coordination);
    add_quantity(lines, "cost.fixed", m.cost.fixed);
    add_quantity(lines, "cost.per_participant", m.cost.per_participant);
    add_quantity(lines, "cost.per_month", m.cost.per_month);
    return lines;
}

std::string measures_text(const std::vector<Measure>& measures) {
    std::string text;
    for (const auto& measure : measures) {
        text += "\n[measure." + measure.name + "]\n";
        for (const auto& [key, value] : toml_lines(measure)) text += key + " = " + value + "\n";
    }
    return text;
}

}  // namespace experiments
