#include "regions/data_folder.hpp"

#include <csv.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <iterator>
#include <limits>
#include <memory>
#include <numeric>
#include <set>

#include "regions/digest.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/whole_file.hpp"

namespace regions {
namespace {

constexpr std::array<std::string_view, 13> columns{"region", "variable", "breakdown", "period", "value", "low",       "high",
                                                   "unit",   "status",   "source",    "url",    "note",  "known_from"};

std::string key_of(std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period) {
    std::string key;
    for (const auto part : {region, variable, breakdown, period}) key.append(part).push_back('\n');
    return key;
}

std::string words_of(std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period) {
    std::string words;
    words.append("region '").append(region).append("', variable '").append(variable);
    words.append("', breakdown '").append(breakdown).append("', period '").append(period).append("'");
    return words;
}

/// Turns the bytes of one file into figures. libcsv calls back for each field and each end of a row.
class Parser {
public:
    Parser(const std::filesystem::path& path, std::vector<Figure>& rows) : file_(path.string()), rows_(rows) {}

    void run(const std::string& bytes) {
        csv_parser parser{};
        if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) throw sim::Bug("libcsv cannot start");
        const std::unique_ptr<csv_parser, void (*)(csv_parser*)> guard(&parser, csv_free);
        // One line of the file at a time, so that a message can name the line on which its row begins.
        int line = 0;
        for (std::size_t begin = 0; begin < bytes.size();) {
            const std::size_t newline = bytes.find('\n', begin);
            const std::size_t end = newline == std::string::npos ? bytes.size() : newline + 1;
            ++line;
            if (!in_row_) line_ = line;
            in_row_ = true;
            if (csv_parse(&parser, bytes.data() + begin, end - begin, on_field, on_row, this) != end - begin) fail_syntax(line);
            begin = end;
        }
        if (csv_fini(&parser, on_field, on_row, this) != 0) fail_syntax(line_);
        if (place_.empty()) throw sim::InputError(file_ + ":1: the file is empty (the header " + header_words() + " is expected)");
    }

private:
    static void on_field(void* text, std::size_t size, void* self) { static_cast<Parser*>(self)->fields_.emplace_back(static_cast<const char*>(text), size); }
    static void on_row(int, void* self) { static_cast<Parser*>(self)->end_row(); }

    static std::string header_words() {
        std::string words;
        for (const auto column : columns) words.append(words.empty() ? "" : ",").append(column);
        return words;
    }
    [[noreturn]] void fail_syntax(int line) const {
        throw sim::InputError(file_ + ":" + std::to_string(line) + ": a quotation mark is out of place or not closed");
    }
    [[noreturn]] void fail(std::string_view column, const std::string& what) const {
        throw sim::InputError(file_ + ":" + std::to_string(line_) + ": " + std::string(column) + " " + what);
    }

    void end_row() {
        in_row_ = false;
        if (place_.empty())
            read_header();
        else
            read_row();
        fields_.clear();
    }

    void read_header() {
        std::vector<std::size_t> place(columns.size(), fields_.size());
        for (std::size_t f = 0; f < fields_.size(); ++f) {
            const auto found = std::find(columns.begin(), columns.end(), fields_[f]);
            if (found == columns.end()) {
                const auto nearest = *std::min_element(columns.begin(), columns.end(),
                                                       [&](auto a, auto b) { return sim::edit_distance(fields_[f], a) < sim::edit_distance(fields_[f], b); });
                fail("column", "'" + fields_[f] + "' is unknown; did you mean '" + std::string(nearest) + "'? (expected: " + header_words() + ")");
            }
            place[static_cast<std::size_t>(found - columns.begin())] = f;
        }
        for (std::size_t c = 0; c < columns.size(); ++c)
            if (place[c] == fields_.size()) fail("column", "'" + std::string(columns[c]) + "' is missing (expected: " + header_words() + ")");
        place_ = std::move(place);
    }

    void read_row() {
        if (fields_.size() != columns.size())
            fail("row", "has " + std::to_string(fields_.size()) + " fields (" + std::to_string(columns.size()) + " are expected)");
        const auto field = [&](std::size_t column) -> std::string& { return fields_[place_[column]]; };
        Figure f;
        f.line = line_;
        f.value = number(4).value_or(std::numeric_limits<double>::quiet_NaN());
        if (!(f.value == f.value)) fail("value", "is empty (a number is expected)");
        f.low = number(5);
        f.high = number(6);
        if (f.low && f.high && *f.low > *f.high) fail("low", "is above high (" + field(5) + " > " + field(6) + ")");
        f.status = status_of(field(8));
        f.known_from = field(12);
        if (!is_date(f.known_from)) fail("known_from", "is '" + f.known_from + "' (a date such as 2021-04-01 is expected)");
        if (field(1).empty()) fail("variable", "is empty (the name of a variable is expected)");
        if ((f.status == models::Status::observed || f.status == models::Status::derived) && field(9).empty())
            fail("source", "is empty (only a recalled or assumed figure may have none)");
        f.region = std::move(field(0));
        f.variable = std::move(field(1));
        f.breakdown = std::move(field(2));
        f.period = std::move(field(3));
        f.unit = std::move(field(7));
        f.source = std::move(field(9));
        f.url = std::move(field(10));
        f.note = std::move(field(11));
        rows_.push_back(std::move(f));
    }

    std::optional<double> number(std::size_t column) const {
        const std::string& text = fields_[place_[column]];
        if (text.empty()) return std::nullopt;
        double value = 0;
        const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
        if (result.ec != std::errc() || result.ptr != text.data() + text.size() || !(value - value == 0))
            fail(columns[column], "is '" + text + "' (a number such as 1250.5 is expected)");
        return value;
    }

    models::Status status_of(const std::string& text) const {
        for (std::size_t s = 0; s < models::status_words.size(); ++s)
            if (models::status_words[s] == text) return static_cast<models::Status>(s);
        fail("status", "is '" + text + "' (observed, derived, recalled or assumed is expected)");
    }

    static bool is_date(const std::string& text) {
        if (text.size() != 10) return false;
        for (std::size_t i = 0; i < 10; ++i)
            if ((i == 4 || i == 7) ? text[i] != '-' : (text[i] < '0' || text[i] > '9')) return false;
        return true;
    }

    std::string file_;
    std::vector<Figure>& rows_;
    std::vector<std::string> fields_;
    std::vector<std::size_t> place_;  ///< of each column among the fields of a row
    int line_ = 0;                    ///< on which the present row begins
    bool in_row_ = false;
};

}  // namespace

DataFolder::DataFolder(std::filesystem::path folder, std::filesystem::path beneath) : folder_(std::move(folder)), beneath_(std::move(beneath)) {
    std::error_code error;
    for (const auto& path : {folder_, beneath_})
        if (!path.empty() && !std::filesystem::is_directory(path, error)) throw sim::FileError(path.string() + ": is no folder of tables that can be read");
}

void DataFolder::read_for(const std::string& reader) {
    auto place = std::find(readers_.begin(), readers_.end(), reader);
    if (place == readers_.end()) {
        if (readers_.size() == 32) throw sim::Bug("more than 32 readers of tables");
        place = readers_.insert(place, reader);
    }
    reader_ = std::uint32_t{1} << (place - readers_.begin());
}

std::filesystem::path DataFolder::file_of(const std::string& name) const {
    const auto file = name + ".csv";
    std::error_code error;
    return beneath_.empty() || std::filesystem::exists(folder_ / file, error) ? folder_ / file : beneath_ / file;
}

DataFolder::Table& DataFolder::open(const std::string& name) {
    const auto known = tables_.find(name);
    if (known != tables_.end()) return known->second;
    const auto path = file_of(name);
    const std::string bytes = sim::text_of_file(path);
    Table table;
    Parser(path, table.rows).run(bytes);
    table.sha256 = sha256_of(bytes);
    const auto later = std::stable_partition(table.rows.begin(), table.rows.end(), [&](const Figure& f) { return !refused_by(cut_, name, f); });
    table.refused.assign(std::make_move_iterator(later), std::make_move_iterator(table.rows.end()));
    table.rows.erase(later, table.rows.end());
    table.fed.assign(table.rows.size(), 0);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const auto& f = table.rows[i];
        table.index.emplace(key_of(f.region, f.variable, f.breakdown, f.period), i);
    }
    return tables_.emplace(name, std::move(table)).first->second;
}

const std::vector<Figure>& DataFolder::table(const std::string& name) {
    Table& table = open(name);
    for (auto& fed : table.fed) fed |= reader_;
    return table.rows;
}

const Figure& DataFolder::figure(const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown,
                                 std::string_view period) {
    Table& table = open(name);
    const std::string key = key_of(region, variable, breakdown, period);
    const auto [first, last] = table.index.equal_range(key);
    if (first != last && std::next(first) == last) {
        table.fed[first->second] |= reader_;
        return table.rows[first->second];
    }
    if (first == last)
        if (const Figure* earlier = instead_of_refused(table, name, region, variable, breakdown, period)) return *earlier;
    const std::string file = file_of(name).string();
    if (first != last) {
        std::string lines;
        for (auto it = first; it != last; ++it) lines += (lines.empty() ? "" : ", ") + std::to_string(table.rows[it->second].line);
        throw sim::InputError(file + ": " + words_of(region, variable, breakdown, period) + " stands on lines " + lines + " (one row is expected)");
    }
    std::string message = file + ": no row has " + words_of(region, variable, breakdown, period);
    if (!table.rows.empty()) {
        const auto nearest = std::min_element(table.index.begin(), table.index.end(), [&](const auto& a, const auto& b) {
            return sim::edit_distance(key, a.first) < sim::edit_distance(key, b.first);
        });
        const Figure& f = table.rows[nearest->second];
        message += "; the nearest is line " + std::to_string(f.line) + " with " + words_of(f.region, f.variable, f.breakdown, f.period);
    }
    throw sim::InputError(message);
}

const Figure* DataFolder::find(const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown,
                               std::string_view period) {
    Table& table = open(name);
    const auto [first, last] = table.index.equal_range(key_of(region, variable, breakdown, period));
    if (first == last) return nullptr;
    return &figure(name, region, variable, breakdown, period);
}

const Figure* DataFolder::instead_of_refused(Table& table, const std::string& name, std::string_view region, std::string_view variable,
                                             std::string_view breakdown, std::string_view period) {
    const auto same = [&](const Figure& f) { return f.region == region && f.variable == variable && f.breakdown == breakdown; };
    if (std::none_of(table.refused.begin(), table.refused.end(), [&](const Figure& f) { return same(f) && f.period == period; })) return nullptr;
    std::size_t best = table.rows.size();
    for (std::size_t i = 0; i < table.rows.size(); ++i)
        if (same(table.rows[i]) && table.rows[i].period < period && (best == table.rows.size() || table.rows[i].period > table.rows[best].period)) best = i;
    if (best == table.rows.size()) return nullptr;
    table.fed[best] |= reader_;
    const Figure& f = table.rows[best];
    assume(name + ": " + f.variable + " of " + std::string(period) + " is that of " + f.period);
    return &f;
}

void DataFolder::assume(const std::string& what) {
    if (std::find(assumptions_.begin(), assumptions_.end(), what) == assumptions_.end()) assumptions_.push_back(what);
}

CutReport DataFolder::cut_report() const {
    CutReport report;
    report.assumptions = assumptions_;
    for (const auto& [name, table] : tables_) {
        CutReport::Count count{table.refused.size(), 0};
        for (const auto& f : table.rows) count.known_later += !cut_.known_until.empty() && f.known_from > cut_.known_until;
        if (count.refused + count.known_later > 0) report.tables[name] = count;
    }
    return report;
}

double DataFolder::value(const std::string& name, std::string_view region, std::string_view variable, std::string_view breakdown, std::string_view period) {
    return figure(name, region, variable, breakdown, period).value;
}

std::vector<const Figure*> DataFolder::rows(const std::string& name, std::string_view variable, std::string_view region) {
    std::vector<const Figure*> found;
    Table& table = open(name);
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const Figure& f = table.rows[i];
        if (f.variable != variable || !(region.empty() || f.region == region)) continue;
        table.fed[i] |= reader_;
        found.push_back(&f);
    }
    return found;
}

void DataFolder::refuse_unread_files() const {
    if (beneath_.empty()) return;
    std::vector<std::string> known;
    for (const auto& [name, table] : tables_) known.push_back(name + ".csv");
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
        const std::string name = entry.path().filename().string();
        // A shipped table that a run does not read (observed.csv) is under its right name all the same.
        if (entry.path().extension() == ".csv" && std::find(known.begin(), known.end(), name) == known.end() && !std::filesystem::exists(beneath_ / name))
            throw sim::InputError(entry.path().string() + ": no table has this name; did you mean '" + sim::nearest_word(name, known) + "'?");
    }
}

std::vector<UsedFigure> DataFolder::figures() const {
    std::vector<UsedFigure> all;
    for (const auto& [name, table] : tables_)
        for (std::size_t i = 0; i < table.rows.size(); ++i) {
            UsedFigure used{name, &table.rows[i], {}};
            for (std::size_t r = 0; r < readers_.size(); ++r)
                if ((table.fed[i] >> r & 1U) != 0) used.feeds.push_back(readers_[r]);
            all.push_back(std::move(used));
        }
    return all;
}

std::vector<models::ProvenanceRow> DataFolder::provenance() const {
    std::vector<models::ProvenanceRow> all;
    for (const auto& [name, table] : tables_) {
        std::set<std::string> sources;
        std::string first, last;
        for (const auto& f : table.rows) {
            if (!f.source.empty()) sources.insert(f.source);
            if (f.period.size() < 4 || f.period[0] < '0' || f.period[0] > '9') continue;
            const std::string year = f.period.substr(0, 4);
            if (first.empty() || year < first) first = year;
            if (last.empty() || year > last) last = year;
        }
        std::string joined;
        for (const auto& source : sources) joined += (joined.empty() ? "" : "; ") + source;
        all.push_back({name + ".csv", table.sha256, joined, first == last ? first : first + "-" + last});
    }
    return all;
}

std::vector<Figure> read_figures(const std::filesystem::path& file) {
    std::vector<Figure> rows;
    Parser(file, rows).run(sim::text_of_file(file));
    return rows;
}

DataFolder tables_under(const std::filesystem::path& own) { return own.empty() ? DataFolder(shipped_data()) : DataFolder(own, shipped_data()); }

std::filesystem::path shipped_folder(const ShippedFolder& folder) {
    std::vector<std::filesystem::path> places;
    if (const char* given = std::getenv(folder.variable.c_str()); given != nullptr && *given != '\0')
        places.emplace_back(given);  // who names a folder means that one and no other
    else {
        // An installed program uses the folder beside it, a built one that of its source tree, another program that links the library the installed one.
        std::error_code error;
        const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
        if (!error) places.push_back(program.parent_path().parent_path() / "share" / "instroom" / folder.name);
        places.push_back(folder.source);
        places.push_back(folder.installed);
    }
    std::string tried;
    for (const auto& place : places) {
        std::error_code error;
        if (std::filesystem::is_directory(place, error)) return place;
        tried += (tried.empty() ? "" : ", ") + place.string();
    }
    throw sim::FileError("no " + folder.meaning + " was found (looked at " + tried + "; " + folder.variable + " may name one)");
}

std::filesystem::path shipped_data() { return shipped_folder({"INSTROOM_DATA", "data", INSTROOM_SOURCE_DATA, INSTROOM_INSTALLED_DATA, "folder of tables"}); }

}  // namespace regions
