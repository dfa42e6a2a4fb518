#pragma once
/// All that a page of the monitor shows, as one JSON document: the specification, and of every file what the page draws.

#include <filesystem>
#include <string>
#include <vector>

namespace experiments {

/// The document of some files; `data` as in `monitor_specification`. A run is given as `json_of_run` has it; of every other file (comparison, assessment,
/// sweep, appraisal, ...) all datasets up to a size, with their dimensions. No "<" stands in it, so that it can stand in a page. Throws InputError where a file
/// was not written by Instroom or is damaged, FileError.
[[nodiscard]] std::string monitor_page_data(const std::vector<std::filesystem::path>& files, const std::filesystem::path& data);

/// The document without a file: what a page needs that reads files itself.
[[nodiscard]] std::string monitor_specification_text(const std::filesystem::path& data);

}  // namespace experiments
