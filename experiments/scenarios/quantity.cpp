#include "experiments/scenarios/quantity.hpp"

#include <algorithm>

#include "experiments/scenarios/prior.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

/// One entry of a figure's table.
bool read_part(const TomlEntry& entry, const std::string& part, const QuantityRange& range, Quantity& to, Findings& findings) {
    if (part.empty() || part == "value") return read_real(entry, to.value, range.expected, range.minimum, range.maximum, findings);
    if (part == "low" || part == "high") {
        double end = 0;
        if (!read_real(entry, end, range.expected, range.minimum, range.maximum, findings)) return false;
        (part == "low" ? to.evidence.low : to.evidence.high) = end;
        return true;
    }
    if (part == "status") {
        static const std::vector<std::string> words(models::status_words.begin(), models::status_words.end());
        std::size_t place = 0;
        if (!read_word(entry, words, place, findings)) return false;
        to.evidence.status = static_cast<models::Status>(place);
        return true;
    }
    if (part == "unit") {
        if (!read_text(entry, to.evidence.unit, findings)) return false;
        if (to.evidence.unit == range.unit) return true;
        findings.add(entry, "is " + found_text(entry) + ", but the unit " + toml_quoted(range.unit) + " is expected");
        return false;
    }
    if (part == "distribution" || part == "source") return read_text(entry, part == "source" ? to.evidence.source : to.evidence.distribution, findings);
    findings.add(entry, "no key of a figure has this name; did you mean " + sim::nearest_word(part, quantity_keys()) + "?");
    return false;
}

/// What is wrong with a figure whose parts are right; empty where nothing is.
std::string problem(const Quantity& quantity, const QuantityRange& range) {
    const auto& [low, high, distribution, status, source, unit] = quantity.evidence;
    if (low.has_value() != high.has_value()) return low ? "has a low end without a high one" : "has a high end without a low one";
    if (low && *low > *high) return "has its low end " + number_text(*low) + " above its high end " + number_text(*high);
    if (low && (quantity.value < *low || quantity.value > *high))
        return "is " + number_text(quantity.value) + ", outside its own range from " + number_text(*low) + " to " + number_text(*high);
    if (status && *status != models::Status::assumed && source.empty())
        return "is called " + std::string(text(*status)) + ", but has no source; only what is assumed needs none";
    if (distribution.empty()) return "";
    try {
        static_cast<void>(PriorLaw(distribution, low.value_or(range.minimum), high.value_or(range.maximum)));
    } catch (const sim::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

const std::vector<std::string>& quantity_keys() {
    static const std::vector<std::string> keys{"value", "low", "high", "distribution", "status", "source", "unit"};
    return keys;
}

bool read_quantity(const std::vector<const TomlEntry*>& entries, const std::vector<std::string>& parts, const QuantityRange& range, Quantity& to,
                   Findings& findings) {
    bool right = true, valued = false;
    for (std::size_t i = 0; i < entries.size(); ++i) {
        right &= read_part(*entries[i], parts[i], range, to, findings);
        valued |= parts[i].empty() || parts[i] == "value";
    }
    if (entries.empty()) return false;
    const TomlEntry& first = *entries.front();
    const std::string& part = parts.front();
    const std::string key = part.empty() ? first.key : first.key.substr(0, first.key.size() - part.size() - 1);
    const auto wrong = [&](const std::string& what) {
        findings.add(first.line, key, what, first.file);
        return false;
    };
    if (!valued) return wrong("has no value");
    if (!right) return false;
    const std::string what = problem(to, range);
    return what.empty() ? true : wrong(what);
}

std::string quantity_text(double value, const Evidence& evidence) {
    if (evidence.plain()) return number_text(value);
    std::string written = "{value = " + number_text(value);
    if (evidence.low) written += ", low = " + number_text(*evidence.low);
    if (evidence.high) written += ", high = " + number_text(*evidence.high);
    const auto word = [&](const std::string& key, const std::string& said) {
        if (!said.empty()) written += ", " + key + " = " + toml_quoted(said);
    };
    word("distribution", evidence.distribution);
    word("status", evidence.status ? std::string(text(*evidence.status)) : "");
    word("unit", evidence.unit);
    word("source", evidence.source);
    return written + "}";
}

}  // namespace experiments
