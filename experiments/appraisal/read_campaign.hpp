#pragma once
/// Reads campaign files (TOML), shipped ones by name.

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/appraisal/campaign.hpp"

namespace experiments {

/// Reads a campaign file. `known_regions`: the names that `regions` may hold. Throws FileError where it cannot be read; InputError with every finding, sorted
/// by line, one line each: file, line, key, what was expected and the nearest valid word. A second campaign of the same name is not looked for.
[[nodiscard]] Campaign read_campaign(const std::filesystem::path& file, const std::vector<std::string>& known_regions);
/// The same from a text; `file` stands in messages.
[[nodiscard]] Campaign campaign_from_text(const std::string& text, const std::filesystem::path& file, const std::vector<std::string>& known_regions);

/// Where the shipped campaigns are: $INSTROOM_CAMPAIGNS, or the first there is of <prefix>/share/instroom/campaigns beside the program, the source tree and the
/// place of installation. Throws FileError that lists the places.
[[nodiscard]] std::filesystem::path shipped_campaigns();
/// Names of the shipped campaigns, in the order of their letters.
[[nodiscard]] std::vector<std::string> shipped_campaign_names();
/// The file of a word: a shipped campaign's name, or a path. Throws InputError with the nearest name where it is neither.
[[nodiscard]] std::filesystem::path campaign_file(const std::string& word);

}  // namespace experiments
