#include "experiments/scenarios/toml.hpp"

#include <algorithm>
#include <cstdio>
#include <regex>
#include <sstream>

#include <toml.hpp>

#include "sim/error.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

TomlEntry entry_of(const std::string& key, const toml::value& value) {
    TomlEntry entry;
    entry.key = key;
    entry.line = static_cast<int>(value.location().line());
    using Kind = TomlEntry::Kind;
    switch (value.type()) {
        case toml::value_t::string:
            entry.kind = Kind::text;
            entry.text = value.as_string().str;
            break;
        case toml::value_t::integer:
            entry.kind = Kind::integer;
            entry.integer = value.as_integer();
            entry.real = static_cast<double>(entry.integer);
            break;
        case toml::value_t::floating:
            entry.kind = Kind::real;
            entry.real = value.as_floating();
            break;
        case toml::value_t::boolean:
            entry.kind = Kind::boolean;
            entry.text = value.as_boolean() ? "true" : "false";
            break;
        case toml::value_t::array: {
            const auto& elements = value.as_array();
            if (std::all_of(elements.begin(), elements.end(), [](const auto& e) { return e.is_string(); })) {
                entry.kind = Kind::text_list;
                for (const auto& element : elements) entry.texts.push_back(element.as_string().str);
            } else {
                entry.text = "a list with values that are not texts";
                if (std::all_of(elements.begin(), elements.end(), [](const auto& e) { return e.is_integer() || e.is_floating(); }))
                    for (const auto& e : elements) entry.reals.push_back(e.is_integer() ? static_cast<double>(e.as_integer()) : e.as_floating());
            }
            break;
        }
        default: entry.text = "a date or time";
    }
    return entry;
}

void flatten(const std::string& prefix, const toml::value& table, std::vector<TomlEntry>& entries) {
    for (const auto& [name, value] : table.as_table()) {
        const std::string key = prefix.empty() ? name : prefix + "." + name;
        if (value.is_table() && !value.as_table().empty())
            flatten(key, value, entries);
        else if (value.is_table()) {
            TomlEntry entry;
            entry.key = key;
            entry.line = static_cast<int>(value.location().line());
            entry.text = "an empty table";
            entries.push_back(entry);
        } else
            entries.push_back(entry_of(key, value));
    }
}

/// The first line of the library's message, without its prefixes.
std::string first_sentence(std::string what) {
    what = what.substr(0, what.find('\n'));
    what = std::regex_replace(what, std::regex(R"(^(\[error\]|toml::[a-z_:]+|[:\s])+)"), "");
    return what.empty() ? "this is not TOML" : what;
}

}  // namespace

std::vector<TomlEntry> read_toml(const std::filesystem::path& file) { return read_toml_text(sim::text_of_file(file), file.string()); }

std::vector<TomlEntry> read_toml_text(const std::string& text, const std::string& file) {
    std::istringstream stream(text);
    std::vector<TomlEntry> entries;
    try {
        flatten("", toml::parse(stream, file), entries);
    } catch (const toml::exception& e) {
        const auto line = e.location().line();
        const std::string message = file + ":" + std::to_string(line) + ": ";
        static const std::regex bare_month(R"(^\s*([A-Za-z0-9_.-]+)\s*=\s*(\d{4}-\d{2})\s*(#.*)?$)");
        std::istringstream lines(text);
        std::string here;
        for (std::uint_least32_t l = 0; l < line; ++l) std::getline(lines, here);
        if (std::smatch found; std::regex_match(here, found, bare_month))
            throw sim::InputError(message + found[1].str() + ": a month is written in quotes: " + found[1].str() + " = \"" + found[2].str() + "\"");
        throw sim::InputError(message + first_sentence(e.what()));
    }
    for (auto& entry : entries) entry.file = file;
    std::stable_sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) { return a.line != b.line ? a.line < b.line : a.key < b.key; });
    return entries;
}

std::string toml_quoted(const std::string& text) {
    std::string quoted = "\"";
    for (const char c : text) switch (c) {
            case '"': quoted += "\\\""; break;
            case '\\': quoted += "\\\\"; break;
            case '\n': quoted += "\\n"; break;
            case '\t': quoted += "\\t"; break;
            default:
                if (static_cast<unsigned char>(c) < 0x20) {
                    char code[8];
                    std::snprintf(code, sizeof code, "\\u%04x", static_cast<unsigned>(static_cast<unsigned char>(c)));
                    quoted += code;
                } else {
                    quoted += c;
                }
        }
    return quoted + "\"";
}

}  // namespace experiments
