#pragma once
/// Texts as CSV files hold them.

#include <string>

namespace sim {

/// A text as one field (RFC 4180): in quotes where it holds a comma, a quote or an end of line.
[[nodiscard]] inline std::string csv_field(const std::string& text) {
    if (text.find_first_of(",\"\n") == std::string::npos) return text;
    std::string quoted = "\"";
    for (const char c : text) quoted.append(c == '"' ? 2 : 1, c);
    return quoted + "\"";
}

}  // namespace sim
