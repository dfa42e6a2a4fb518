#pragma once
/// A TOML file as a plain list of its values with their lines: keeps the TOML library in one translation unit.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace experiments {

/// One value of a TOML file.
struct TomlEntry {
    enum class Kind { text, integer, real, boolean, text_list, other };
    std::string key;  ///< dotted path from the top of the file, such as "parameters.separations.quit"
    int line = 0;
    std::string file;  ///< that it stands in
    Kind kind = Kind::other;
    std::string text;  ///< of a text; for `other` what was found, such as "a date"
    std::int64_t integer = 0;
    double real = 0;                 ///< of an integer too
    std::vector<std::string> texts;  ///< of a list of texts
    std::vector<double> reals;       ///< of a list of numbers, which is of kind `other`
};

/// All values of a file in the order of their lines. Throws FileError where it cannot be read, InputError "file:line: what is wrong" where it is no TOML.
[[nodiscard]] std::vector<TomlEntry> read_toml(const std::filesystem::path& file);

/// The same from a text; `file` stands in messages.
[[nodiscard]] std::vector<TomlEntry> read_toml_text(const std::string& text, const std::string& file);

/// A text as TOML writes it, in double quotes.
[[nodiscard]] std::string toml_quoted(const std::string& text);

}  // namespace experiments
