#pragma once
/// The page of the monitor without any data, as tools/monitor builds it.

#include <string_view>

namespace tools {

/// tools/monitor/built/report.html as it was when the program was built.
[[nodiscard]] std::string_view monitor_template();

/// The place in it that a page's data take.
inline constexpr std::string_view monitor_data_mark = "\"INSTROOM_PAGE_DATA\"";

}  // namespace tools
