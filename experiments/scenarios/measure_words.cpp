#include "experiments/scenarios/measure_words.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace experiments {
namespace {

LabelWords words_of(std::span<const std::string_view> labels) {
    LabelWords words;
    for (const auto label : labels) words.words.push_back({std::string(label), 1U << words.words.size()});
    words.labels = labels.size();
    return words;
}

LabelWords occupations() {
    auto words = words_of(models::occupation_labels);
    for (std::size_t o = 0; o < models::occupation_codes.size(); ++o) words.words.push_back({std::string(models::occupation_codes[o]), 1U << o});
    std::uint32_t groups[3] = {};
    for (int o = 0; o < models::occupations; ++o) groups[models::index_of(models::group_of(static_cast<models::Occupation>(o)))] |= 1U << o;
    for (std::size_t f = 0; f < models::field_labels.size(); ++f) words.words.push_back({std::string(models::field_labels[f]), groups[f]});
    return words;
}

LabelWords sectors() {
    auto words = words_of(models::sector_labels);
    for (std::size_t s = 0; s < models::sector_codes.size(); ++s) words.words.push_back({std::string(models::sector_codes[s]), 1U << s});
    return words;
}

}  // namespace

const std::vector<std::string>& programme_words() {
    static const std::vector<std::string> words{"course", "work_learning", "adult_bbl"};
    return words;
}

std::vector<std::string> LabelWords::texts() const {
    std::vector<std::string> all;
    for (const auto& word : words) all.push_back(word.text);
    return all;
}

std::vector<std::string> LabelWords::of(std::uint32_t set) const {
    std::vector<std::string> found;
    for (std::size_t i = 0; i < labels; ++i)
        if ((set & words[i].bits) != 0) found.push_back(words[i].text);
    return found;
}

const LabelWords& sex_words() {
    static const LabelWords words = words_of(models::sex_labels);
    return words;
}
const LabelWords& education_words() {
    static const LabelWords words = words_of(models::education_labels);
    return words;
}
const LabelWords& field_words() {
    static const LabelWords words = words_of(models::field_labels);
    return words;
}
const LabelWords& labour_status_words() {
    static const LabelWords words = words_of(std::span(models::labour_status_labels).first(models::resident_statuses));
    return words;
}
const LabelWords& occupation_words() {
    static const LabelWords words = occupations();
    return words;
}
const LabelWords& sector_words() {
    static const LabelWords words = sectors();
    return words;
}
const LabelWords& size_words() {
    static const LabelWords words = words_of(models::size_class_labels);
    return words;
}

}  // namespace experiments
