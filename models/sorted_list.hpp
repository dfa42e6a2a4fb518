#pragma once
/// Small lists that are kept sorted and walked whole: of values, of entries by their person (`row`), and of those whom the streams of a month chose.

#include <algorithm>
#include <vector>

#include "models/person.hpp"

namespace models {

template <class Value>
[[nodiscard]] bool holds(const std::vector<Value>& sorted, Value value) {
    return std::binary_search(sorted.begin(), sorted.end(), value);
}
/// Adds a value that is not there yet; false where it is.
template <class Value>
bool insert(std::vector<Value>& sorted, Value value) {
    const auto at = std::lower_bound(sorted.begin(), sorted.end(), value);
    if (at != sorted.end() && *at == value) return false;
    sorted.insert(at, value);
    return true;
}

/// Where the entry of a person is in a list by row, or belongs.
template <class List>
[[nodiscard]] auto place_of(List& list, Row row) {
    return std::lower_bound(list.begin(), list.end(), row, [](const auto& entry, Row wanted) { return entry.row < wanted; });
}
template <class List>
[[nodiscard]] bool holds_row(const List& list, Row row) {
    const auto at = place_of(list, row);
    return at != list.end() && at->row == row;
}
/// Adds an entry, or puts it in place of the person's present one.
template <class Entry>
void put(std::vector<Entry>& list, const Entry& entry) {
    const auto at = place_of(list, entry.row);
    if (at != list.end() && at->row == entry.row)
        *at = entry;
    else
        list.insert(at, entry);
}

/// What tasks found block by block, in the order of rows and each person once, for both layers of a stream may choose the same: the one that `preferred` puts
/// first.
template <class Found, class Preferred>
[[nodiscard]] std::vector<Found> each_once(const std::vector<std::vector<Found>>& by_block, Preferred&& preferred) {
    std::vector<Found> all;
    for (const auto& block : by_block) all.insert(all.end(), block.begin(), block.end());
    std::sort(all.begin(), all.end(), [&](const Found& a, const Found& b) { return a.row != b.row ? a.row < b.row : preferred(a, b); });
    all.erase(std::unique(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.row == b.row; }), all.end());
    return all;
}
/// The same in the order of their lots (`order`; ties: lower row), of one person the lowest.
template <class Found>
[[nodiscard]] std::vector<Found> in_order_of_lots(const std::vector<std::vector<Found>>& by_block) {
    auto all = each_once(by_block, [](const Found& a, const Found& b) { return a.order < b.order; });
    std::sort(all.begin(), all.end(), [](const Found& a, const Found& b) { return a.order != b.order ? a.order < b.order : a.row < b.row; });
    return all;
}

}  // namespace models
