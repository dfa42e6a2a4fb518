#include "experiments/figures/selection.hpp"

#include <cstddef>

namespace experiments {
namespace {

std::string trimmed(const std::string& text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string::npos) return "";
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> parts_of(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (true) {
        const auto end = text.find(separator, begin);
        parts.push_back(trimmed(text.substr(begin, end == std::string::npos ? end : end - begin)));
        if (end == std::string::npos) return parts;
        begin = end + 1;
    }
}

}  // namespace

Selection selection_of(const std::string& given) {
    Selection selection;
    std::string words = trimmed(given);
    if (!words.empty() && words[0] == '-') {
        selection.sign = -1;
        words = trimmed(words.substr(1));
    }
    const auto parts = parts_of(words, ';');
    selection.series = parts[0];
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const auto equals = parts[i].find('=');
        if (equals == std::string::npos) {
            if (selection.unread.empty()) selection.unread = parts[i];
            continue;
        }
        selection.where.emplace_back(trimmed(parts[i].substr(0, equals)), parts_of(parts[i].substr(equals + 1), '|'));
    }
    return selection;
}

}  // namespace experiments
