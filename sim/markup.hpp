#pragma once
/// Text in HTML and SVG.

#include <string>
#include <string_view>

namespace sim {

/// The text with what would be markup between tags written as entities.
[[nodiscard]] inline std::string escaped(std::string_view text) {
    std::string made;
    for (const char c : text) switch (c) {
            case '&': made += "&amp;"; break;
            case '<': made += "&lt;"; break;
            case '>': made += "&gt;"; break;
            default: made += c;
        }
    return made;
}

}  // namespace sim
