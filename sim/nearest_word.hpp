#pragma once
/// The valid word that a person probably meant.

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sim {

/// Levenshtein's edit distance, in letters; case counts for nothing.
inline std::size_t edit_distance(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

/// The word of `words` that is nearest to `word` (the first of several); empty where `words` is.
template <class Words>
[[nodiscard]] std::string nearest_word(std::string_view word, const Words& words) {
    std::string best;
    std::size_t least = static_cast<std::size_t>(-1);
    for (const auto& candidate : words) {
        const std::size_t distance = edit_distance(word, candidate);
        if (distance < least) {
            least = distance;
            best = std::string(candidate);
        }
    }
    return best;
}

}  // namespace sim
