#include "experiments/scenarios/toml_values.hpp"

#include <algorithm>
#include <charconv>

#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {

using Kind = TomlEntry::Kind;

void Findings::add(int line, const std::string& key, const std::string& problem, const std::string& file) {
    auto found = file.empty() ? files_.begin() : std::find(files_.begin(), files_.end(), file);
    if (found == files_.end()) found = files_.insert(files_.end(), file);
    list_.push_back({static_cast<std::size_t>(found - files_.begin()), line, *found + ":" + std::to_string(line) + ": " + key + ": " + problem});
}

void Findings::throw_if_any() const {
    if (list_.empty()) return;
    auto sorted = list_;
    std::stable_sort(sorted.begin(), sorted.end(), [](const Finding& a, const Finding& b) { return a.file != b.file ? a.file < b.file : a.line < b.line; });
    std::string message;
    for (const auto& finding : sorted) message += (message.empty() ? "" : "\n") + finding.text;
    throw sim::InputError(message);
}

std::string found_text(const TomlEntry& entry) {
    switch (entry.kind) {
        case Kind::text: return toml_quoted(entry.text);
        case Kind::integer: return std::to_string(entry.integer);
        case Kind::real: return number_text(entry.real);
        case Kind::boolean: return entry.text;
        case Kind::text_list: return "a list of texts";
        case Kind::other: return entry.text;
    }
    return entry.text;
}

bool read_value(const TomlEntry& entry, const Wanted& wanted, Findings& findings) {
    const auto refuse = [&](const std::string& hint = {}) {
        findings.add(entry, "is " + found_text(entry) + ", but " + wanted.expected + " is expected" + hint);
        return false;
    };
    if (wanted.text) {
        if (entry.kind != Kind::text) return refuse();
        *wanted.text = entry.text;
    } else if (wanted.month) {
        if (entry.kind != Kind::text) return refuse(" (a month is written in quotes)");
        try {
            *wanted.month = sim::Month::parse(entry.text);
        } catch (const sim::InputError&) {
            return refuse();
        }
    } else if (wanted.texts) {
        if (entry.kind != Kind::text_list) return refuse();
        *wanted.texts = entry.texts;
    } else if (wanted.whole) {
        if (entry.kind != Kind::integer || entry.integer < 0) return refuse();
        *wanted.whole = static_cast<std::uint64_t>(entry.integer);
    } else {
        if (entry.kind != Kind::integer && entry.kind != Kind::real) {
            if (entry.kind == Kind::text && entry.text.find_first_of("0123456789") != std::string::npos)
                return refuse(" (a number stands without quotes and without its unit)");
            return refuse();
        }
        *wanted.real = entry.real;
    }
    return true;
}

bool read_real(const TomlEntry& entry, double& to, const std::string& expected, double lowest, double highest, Findings& findings) {
    double value = 0;
    Wanted wanted;
    wanted.expected = expected;
    wanted.real = &value;
    if (!read_value(entry, wanted, findings)) return false;
    if (!(value >= lowest && value <= highest)) {
        findings.add(entry, "is " + found_text(entry) + ", but " + expected + " is expected");
        return false;
    }
    to = value;
    return true;
}

bool read_text(const TomlEntry& entry, std::string& to, Findings& findings) {
    Wanted wanted;
    wanted.expected = "a text in quotes";
    wanted.text = &to;
    return read_value(entry, wanted, findings);
}

bool read_texts(const TomlEntry& entry, std::vector<std::string>& to, const std::string& expected, Findings& findings) {
    Wanted wanted;
    wanted.expected = expected;
    wanted.texts = &to;
    return read_value(entry, wanted, findings);
}

bool read_truth(const TomlEntry& entry, bool& to, Findings& findings) {
    if (entry.kind != TomlEntry::Kind::boolean) {
        findings.add(entry, "is " + found_text(entry) + ", but true or false is expected");
        return false;
    }
    to = entry.text == "true";
    return true;
}

bool read_word(const TomlEntry& entry, const std::vector<std::string>& words, std::size_t& place, Findings& findings) {
    std::string word;
    if (!read_text(entry, word, findings)) return false;
    const auto found = std::find(words.begin(), words.end(), word);
    if (found == words.end()) {
        std::string list;
        for (const auto& w : words) list.append(list.empty() ? "" : ", ").append(w);
        findings.add(entry, "is " + found_text(entry) + ", but one of " + list + " is expected; did you mean " + sim::nearest_word(word, words) + "?");
        return false;
    }
    place = static_cast<std::size_t>(found - words.begin());
    return true;
}

std::string number_text(double value) {
    char digits[64];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    return std::string(digits, end.ptr);
}

}  // namespace experiments
