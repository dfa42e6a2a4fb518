#pragma once
/// Scenarios from texts, and what is wrong with them.

#include <string>
#include <vector>

#include "experiments/scenarios/scenario.hpp"
#include "sim/error.hpp"

namespace tests {

/// Regions that the scenarios of these texts may name.
inline const std::vector<std::string> known_regions{"Groningen/Emmen", "IJmond", "Brainport"};

inline experiments::Scenario read(const std::string& text) { return experiments::scenario_from_text(text, "s.toml", known_regions); }

/// What a text is refused with; empty where it is not.
inline std::string message(const std::string& text) {
    try {
        read(text);
    } catch (const sim::InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace tests
