#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "experiments/monitor/monitor_page.hpp"
#include "sim/error.hpp"
#include "sim/memory.hpp"
#include "sim/whole_file.hpp"
#include "tools/monitor_template.hpp"
#include "tools/program.hpp"

namespace tools {

namespace fs = std::filesystem;

int report_command(const ReportCommand& command) {
    if (command.specification) {
        fmt::print("{}", experiments::monitor_specification_text(command.data));
        return 0;
    }
    if (command.files.empty()) throw sim::InputError("report needs a file that Instroom wrote; see instroom report --help");
    std::vector<fs::path> files;
    for (const auto& file : command.files) {
        require_named_file(file, "a file of a run, comparison, assessment or sweep");
        files.emplace_back(file);
    }
    require_tables(command.data);
    const fs::path output = command.output.empty() ? fs::path(files.front().stem().string() + ".html") : fs::path(command.output);
    sim::check_output(output, command.force);
    std::string page(monitor_template());
    const auto place = page.find(monitor_data_mark);
    if (place == std::string::npos) throw sim::Bug("the page of the monitor has no place for data");
    page.replace(place, monitor_data_mark.size(), experiments::monitor_page_data(files, command.data));
    sim::write_whole(output, page);
    if (!command.quiet) fmt::print("Written: {} ({}); any browser opens it, without a network\n", output.string(), sim::text_of_bytes(page.size()));
    return 0;
}

}  // namespace tools
