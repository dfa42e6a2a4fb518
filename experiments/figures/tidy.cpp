#include "experiments/figures/tidy.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

#include "experiments/scenarios/toml_values.hpp"
#include "experiments/statistics/sample.hpp"
#include "sim/csv_field.hpp"
#include "sim/error.hpp"
#include "sim/month.hpp"
#include "sim/nearest_word.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;
using Series = sim::StoredTrajectory::Series;

/// Text that is written out at once.
constexpr std::size_t bytes_at_once = std::size_t{1} << 20;

bool has_months_and_regions(const Series& series) {
    return series.dimensions.size() >= 3 && series.dimensions[0] == "replicate" && series.dimensions[1] == "time" && series.dimensions[2] == "region";
}

/// The month that ends on a first of the month, given as days since 2020-01-01.
std::string month_before(const std::string& days) {
    int number = 0;
    std::from_chars(days.data(), days.data() + days.size(), number);
    auto month = sim::Month::of(2020, 1);
    while (month.days_since_2020() < number) ++month;
    return (month - 1).text();
}

/// A file that is whole or absent, written piece by piece.
class Output {
public:
    explicit Output(fs::path file) : file_(std::move(file)), partial_(sim::partial_name(file_)) {
        descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (descriptor_ < 0) fail(errno);
    }
    ~Output() {
        if (descriptor_ >= 0) ::close(descriptor_);
        if (!done_) ::unlink(partial_.c_str());
    }
    Output(const Output&) = delete;
    Output& operator=(const Output&) = delete;

    void add(const std::string& text) {
        waiting_ += text;
        if (waiting_.size() >= bytes_at_once) flush();
    }
    void commit(bool replace) {
        flush();
        const int error = sim::finish_file(std::exchange(descriptor_, -1), partial_, file_, replace);
        if (error != 0) fail(error);
        done_ = true;
    }

private:
    void flush() {
        if (const int error = sim::write_all(descriptor_, waiting_); error != 0) fail(error);
        waiting_.clear();
    }
    [[noreturn]] void fail(int error) const { throw sim::FileError("cannot write " + file_.string() + ": " + std::strerror(error)); }

    fs::path file_, partial_;
    int descriptor_ = -1;
    bool done_ = false;
    std::string waiting_;
};

std::string field(double value) { return std::isfinite(value) ? number_text(value) : std::string(); }

/// Mean and interval over replicates.
std::string summary(const std::vector<double>& values) {
    std::vector<double> known;
    for (const double v : values)
        if (std::isfinite(v)) known.push_back(v);
    if (known.empty()) return ",,";
    if (known.size() < 2) return field(known.front()) + ",,";
    return field(mean_of(known)) + "," + field(quantile_of(known, 0.025)) + "," + field(quantile_of(known, 0.975));
}

/// Labels of each dimension after time, as fields, and where each stands among the columns.
struct Axes {
    std::vector<std::vector<std::string>> labels;
    std::vector<std::size_t> column;
};

void write_series(const sim::StoredTrajectory& file, const Series& series, const std::vector<std::string>& columns, const std::vector<std::string>& months,
                  Output& output) {
    Axes axes;
    std::size_t cells = 1;
    for (std::size_t d = 2; d < series.dimensions.size(); ++d) {
        axes.labels.emplace_back();
        for (const auto& label : file.dimension(series.dimensions[d]).labels) axes.labels.back().push_back(sim::csv_field(label));
        axes.column.push_back(static_cast<std::size_t>(std::find(columns.begin(), columns.end(), series.dimensions[d]) - columns.begin()));
        cells *= axes.labels.back().size();
    }
    const auto values = file.values(series.name);
    const std::size_t replicates = series.shape[0], times = series.shape[1];
    const std::string name = "," + sim::csv_field(series.name) + "," + sim::csv_field(series.units) + ",";
    std::vector<std::string> fields(columns.size());
    for (std::size_t t = 0; t < times; ++t)
        for (std::size_t c = 0; c < cells; ++c) {
            std::size_t rest = c;
            for (std::size_t a = axes.labels.size(); a-- > 0; rest /= axes.labels[a].size())
                fields[axes.column[a]] = axes.labels[a][rest % axes.labels[a].size()];
            std::vector<double> over;
            for (std::size_t r = 0; r < replicates; ++r) over.push_back(values[(r * times + t) * cells + c]);
            std::string line = months[t];
            for (const auto& one : fields) line += "," + one;
            output.add(line + name + summary(over) + "\n");
        }
}

}  // namespace

std::vector<std::string> tidy_series(const sim::StoredTrajectory& file, const std::vector<std::string>& wanted) {
    std::vector<std::string> names, chosen;
    for (const auto& series : file.series())
        if (has_months_and_regions(series)) names.push_back(series.name);
    for (const auto& name : wanted)
        if (std::find(names.begin(), names.end(), name) == names.end())
            throw sim::InputError(file.path().string() + " has no series '" + name + "' with months and regions; did you mean " +
                                  sim::nearest_word(name, names) + "?");
    for (const auto& name : names)
        if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()) chosen.push_back(name);
    return chosen;
}

void write_tidy(const sim::StoredTrajectory& file, const std::vector<std::string>& wanted, const fs::path& path, bool replace,
                const std::function<void()>& written) {
    const auto names = tidy_series(file, wanted);
    std::vector<std::string> columns{"region"}, months;
    for (const auto& name : names)
        for (std::size_t d = 3; d < file.find(name).dimensions.size(); ++d)
            if (const auto& dimension = file.find(name).dimensions[d]; std::find(columns.begin(), columns.end(), dimension) == columns.end())
                columns.push_back(dimension);
    for (const auto& days : file.dimension("time").labels) months.push_back(month_before(days));
    Output output(path);
    std::string head = "month";
    for (const auto& column : columns) head += "," + column;
    output.add(head + ",series,unit,value,low,high\n");
    for (const auto& name : names) {
        write_series(file, file.find(name), columns, months, output);
        if (written) written();
    }
    output.commit(replace);
}

}  // namespace experiments
