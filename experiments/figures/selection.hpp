#pragma once
/// A selection in words: "series; dimension = label | label; ...", taken off where it begins with "-".

#include <string>
#include <utility>
#include <vector>

namespace experiments {

struct Selection {
    std::string series;
    double sign = 1;
    std::vector<std::pair<std::string, std::vector<std::string>>> where;  ///< dimension and the labels that count; of others all
    std::string unread;                                                   ///< the first part that chooses no labels; empty where all do
};

/// Takes the words apart. Whether series, dimensions and labels are there is for whoever holds the series. Throws nothing.
[[nodiscard]] Selection selection_of(const std::string& words);

}  // namespace experiments
