#pragma once
/// The project's CSV tables: figures with their source and status, looked up by name.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/parameter.hpp"
#include "models/region_tables.hpp"
#include "regions/table_cut.hpp"

namespace regions {

/// One row of a table: a figure and what is known of it. Columns: region, variable, breakdown, period, value, low, high, unit, status, source, url, note,
/// known_from.
struct Figure {
    std::string region, variable, breakdown, period;
    double value = 0;
    std::optional<double> low, high;
    std::string unit;
    models::Status status = models::Status::assumed;
    std::string source, url, note, known_from;
    int line = 0;  ///< in the file, for messages
};

/// A row, the table that it stands in, and the readers that have asked for it.
struct UsedFigure {
    std::string table;
    const Figure* figure = nullptr;
    std::vector<std::string> feeds;  ///< empty = nobody has asked
};

/// A folder of CSV tables. Files are read when first asked for, and digested (SHA-256) for /provenance.
class DataFolder {
public:
    /// A table that is not in `folder` is taken from the folder `beneath`, so that a few better tables may stand alone. Throws FileError where one is no
    /// folder.
    explicit DataFolder(std::filesystem::path folder, std::filesystem::path beneath = {});
    /// Tables that are read from now on hold no rows that the cut refuses: `rows` and `table` leave them out, `figure` gives the latest earlier period of the
    /// same region, variable and breakdown, and says so in `cut_report`.
    void cut_at(const TableCut& cut) { cut_ = cut; }
    [[nodiscard]] const TableCut& cut() const { return cut_; }
    [[nodiscard]] CutReport cut_report() const;
    /// For readers: what takes the place of rows that the cut refused.
    void assume(const std::string& what);
    /// Whom the figures that are asked for from now on feed ("demography"); for `figures`.
    void read_for(const std::string& reader);
    /// All rows of a table ("population" for population.csv). Throws InputError with file, line, column and what was expected; FileError where it cannot be
    /// read.
    const std::vector<Figure>& table(const std::string& name);
    /// The one row with these four words. Throws InputError that names the nearest row where there is none, or the lines where there are two.
    const Figure& figure(const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period);
    /// The same where it is there and was known at the cut; null otherwise.
    const Figure* find(const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period);
    double value(const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period);
    /// All rows of one variable (and region, where given), in the order of the file.
    std::vector<const Figure*> rows(const std::string& name, std::string_view variable, std::string_view region = {});
    /// Throws InputError where a folder over another holds a CSV file that nobody has read: under a wrong name a table would be left aside in silence.
    void refuse_unread_files() const;
    /// Every row of the tables that were read so far, in the order of names and lines.
    [[nodiscard]] std::vector<UsedFigure> figures() const;
    /// The file of a table, whether it is there or not.
    [[nodiscard]] std::filesystem::path file_of(const std::string& name) const;
    /// One row a file that was read so far, in the order of names.
    [[nodiscard]] std::vector<models::ProvenanceRow> provenance() const;
    [[nodiscard]] const std::filesystem::path& path() const { return folder_; }

private:
    struct Table {
        std::vector<Figure> rows;
        std::multimap<std::string, std::size_t> index;
        std::vector<std::uint32_t> fed;  ///< by row: bits of the readers that asked
        std::vector<Figure> refused;     ///< by the cut
        std::string sha256;
    };
    Table& open(const std::string& name);
    /// What a refused row falls back to; null where no row was refused, or none is earlier.
    const Figure* instead_of_refused(Table& table, const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown,
                                     std::string_view period);
    std::filesystem::path folder_, beneath_;
    std::vector<std::string> readers_;
    std::uint32_t reader_ = 0;  ///< bit of the present one
    std::map<std::string, Table> tables_;
    TableCut cut_;
    std::vector<std::string> assumptions_;
};

/// The rows of one file alone, with the messages of DataFolder.
[[nodiscard]] std::vector<Figure> read_figures(const std::filesystem::path& file);

/// The shipped tables, under those of the folder `own` where one is named.
[[nodiscard]] DataFolder tables_under(const std::filesystem::path& own);

/// A folder that is shipped with the program.
struct ShippedFolder {
    std::string variable;                     ///< of the environment, which may name another
    std::string name;                         ///< below <prefix>/share/instroom
    std::filesystem::path source, installed;  ///< in the source tree, and where it is installed
    std::string meaning;                      ///< for messages
};
/// The folder that the environment names, or the first there is of: beside the program, the source tree and the place of installation. Throws FileError that
/// lists the places.
[[nodiscard]] std::filesystem::path shipped_folder(const ShippedFolder& folder);

/// Where the shipped tables are: $INSTROOM_DATA, or the first there is of <prefix>/share/instroom/data beside the program, the source tree and the place of
/// installation. Throws FileError that lists the places.
[[nodiscard]] std::filesystem::path shipped_data();

}  // namespace regions
