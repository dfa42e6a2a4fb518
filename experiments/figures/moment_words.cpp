#include "experiments/figures/moment_words.hpp"

#include <algorithm>

#include "experiments/scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"

namespace experiments {
namespace {

const std::vector<std::string> kind_words{"ratio", "count", "mean", "growth"};
const std::vector<std::string> scaling_words{"none", "persons", "nation"};

}  // namespace

const std::vector<std::string>& moment_keys() {
    static const std::vector<std::string> keys{"kind", "top", "bottom", "regions", "times", "scaling"};
    return keys;
}

bool read_moment_key(const TomlEntry& entry, const std::string& key, const std::vector<std::string>& known_regions, MomentWords& moment, Findings& findings) {
    const std::string selections = R"(a list of selections, such as ["persons; labour_status = unemployed"],)";
    std::size_t place = 0;
    if (key == "kind") {
        if (read_word(entry, kind_words, place, findings)) moment.kind = static_cast<MomentKind>(place);
    } else if (key == "scaling") {
        if (read_word(entry, scaling_words, place, findings)) moment.scaling = static_cast<MomentScaling>(place);
    } else if (key == "top" || key == "bottom") {
        read_texts(entry, key == "top" ? moment.top : moment.bottom, selections, findings);
    } else if (key == "regions") {
        if (!read_texts(entry, moment.regions, R"(a list of names, such as ["Brainport"],)", findings)) return true;
        try {
            moment.regions = regions_in_order(moment.regions, known_regions);
        } catch (const sim::InputError& error) {
            findings.add(entry, error.what());
        }
    } else if (key == "times") {
        read_real(entry, moment.times, "a number above 0", 1e-12, 1e15, findings);
    } else {
        return false;
    }
    return true;
}

void check_moment(const MomentWords& moment, int line, const std::string& at, Findings& findings) {
    const bool wants_bottom = moment.kind == MomentKind::ratio || moment.kind == MomentKind::mean;
    if (wants_bottom && moment.bottom.empty()) findings.add(line, at, "has no key bottom, which a ratio and a mean need");
    if (!wants_bottom && !moment.bottom.empty()) findings.add(line, at, "has a key bottom, which belongs to a ratio or a mean");
    if (moment.kind == MomentKind::mean && (moment.top.size() != 1 || moment.bottom.size() != 1))
        findings.add(line, at, "is a mean, which takes one series in top and one with its weights in bottom");
    if (moment.kind != MomentKind::count && moment.scaling != MomentScaling::none) findings.add(line, at, "has a scaling, which belongs to a count");
}

}  // namespace experiments
