#pragma once
/// Values of a TOML file checked and put where they belong: one function reads every value, and everything wrong with a file is said at once.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/scenarios/toml.hpp"
#include "sim/month.hpp"

namespace experiments {

/// Everything wrong with one file and those that it builds on; each finding belongs to a line.
class Findings {
public:
    explicit Findings(std::string file) : files_{std::move(file)} {}
    void add(const TomlEntry& entry, const std::string& problem) { add(entry.line, entry.key, problem, entry.file); }
    /// `file`: empty for the one of the constructor.
    void add(int line, const std::string& key, const std::string& problem, const std::string& file = {});
    /// Throws InputError with one line a finding, sorted by line: file, line, key, problem. The file of the constructor comes first.
    void throw_if_any() const;

private:
    struct Finding {
        std::size_t file;
        int line;
        std::string text;
    };
    std::vector<std::string> files_;
    std::vector<Finding> list_;
};

/// What a value must be, and where it goes.
struct Wanted {
    std::string expected;  ///< in words, for messages
    std::string* text = nullptr;
    sim::Month* month = nullptr;
    std::vector<std::string>* texts = nullptr;
    std::optional<std::uint64_t>* whole = nullptr;
    double* real = nullptr;
};

/// Puts an entry where it belongs, or says what was expected and returns false. An integer serves where a real is wanted; nothing else is converted.
bool read_value(const TomlEntry& entry, const Wanted& wanted, Findings& findings);

/// Reads a word that must be one of a list, and gives its place; with a finding and false where it is none.
bool read_word(const TomlEntry& entry, const std::vector<std::string>& words, std::size_t& place, Findings& findings);

/// Reads a number within a range; `expected` in words.
bool read_real(const TomlEntry& entry, double& to, const std::string& expected, double lowest, double highest, Findings& findings);
/// Reads a text; a list of texts; true or false.
bool read_text(const TomlEntry& entry, std::string& to, Findings& findings);
bool read_texts(const TomlEntry& entry, std::vector<std::string>& to, const std::string& expected, Findings& findings);
bool read_truth(const TomlEntry& entry, bool& to, Findings& findings);

/// A value as a message shows it.
[[nodiscard]] std::string found_text(const TomlEntry& entry);

/// The shortest decimal number that reads back as the same double.
[[nodiscard]] std::string number_text(double value);

}  // namespace experiments
