#pragma once
/// The words in which a measure names programmes and groups of persons.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "models/labels.hpp"

namespace experiments {

/// Programmes of an offer, by OfferedProgramme.
[[nodiscard]] const std::vector<std::string>& programme_words();

/// Words for a set of labels: each stands for one bit or a few.
struct LabelWords {
    struct Word {
        std::string text;
        std::uint32_t bits;
    };
    std::vector<Word> words;  ///< labels first, in their order, then codes and names of groups
    std::size_t labels = 0;   ///< how many are labels
    [[nodiscard]] std::vector<std::string> texts() const;
    /// The labels of a set.
    [[nodiscard]] std::vector<std::string> of(std::uint32_t set) const;
    /// Every label.
    [[nodiscard]] std::uint32_t all() const { return labels >= 32 ? 0xFFFFFFFFU : (1U << labels) - 1; }
};

[[nodiscard]] const LabelWords& sex_words();
[[nodiscard]] const LabelWords& education_words();
[[nodiscard]] const LabelWords& field_words();
[[nodiscard]] const LabelWords& labour_status_words();
/// Occupations by label, by code, and as "technical", "ict" and "other".
[[nodiscard]] const LabelWords& occupation_words();
[[nodiscard]] const LabelWords& sector_words();
[[nodiscard]] const LabelWords& size_words();

}  // namespace experiments
