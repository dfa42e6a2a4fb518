#include "experiments/exploration/command_model.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include "experiments/scenarios/toml_values.hpp"
#include "sim/csv_field.hpp"
#include "sim/error.hpp"
#include "sim/nearest_word.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

/// Points of one call: an interruption loses no more.
constexpr std::size_t points_a_call = 4096;
constexpr std::size_t longest_words = 2000;  ///< of a command's complaint, from its end

double unix_time() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

std::string read_all(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    if (stream) text << stream.rdbuf();
    return text.str();
}

/// A folder that is removed with the scope.
struct Scratch {
    Scratch() {
        std::string name = (fs::temp_directory_path() / "instroom-points-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw sim::FileError("cannot make a folder in " + fs::temp_directory_path().string() + ": " + std::strerror(errno));
        folder = name;
    }
    ~Scratch() {
        std::error_code error;
        fs::remove_all(folder, error);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    fs::path folder;
};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> fields{""};
    for (const char c : line) {
        if (c == ',')
            fields.emplace_back();
        else if (c != '\r' && c != '"')
            fields.back() += c;
    }
    return fields;
}

std::string quoted_for_shell(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
    return quoted + "'";
}

/// While a command runs the system keeps SIGINT from us: where the command ended of it, or of SIGTERM, that was meant for all, and is no failure of its points.
void pass_on_interruption(int status) {
    for (const int signal : {SIGINT, SIGTERM})
        if ((WIFSIGNALED(status) && WTERMSIG(status) == signal) || (WIFEXITED(status) && WEXITSTATUS(status) == 128 + signal)) std::raise(signal);
}

class CommandModel final : public SweepModel {
public:
    explicit CommandModel(const SweepPlan& plan) : plan_(plan) {
        layout_.replicates = static_cast<std::size_t>(plan.sweep.replicates);
        layout_.outcomes = plan.sweep.outcomes.size();
    }

    const ResultLayout& layout() const override { return layout_; }
    std::string inputs() const override { return plan_.sweep.command; }

    void run(const std::vector<std::size_t>& points, const KeepPoints& keep, const std::function<bool()>& stop) override {
        for (std::size_t begin = 0; begin < points.size() && !stop(); begin += points_a_call) {
            const std::vector<std::size_t> some(points.begin() + static_cast<std::ptrdiff_t>(begin),
                                                points.begin() + static_cast<std::ptrdiff_t>(std::min(points.size(), begin + points_a_call)));
            if (const auto records = call(some); !stop()) keep(records);
        }
    }

    PointCost measure(const std::function<bool()>&) override {
        const auto record = call({0}).front();
        if (!record.good) throw sim::InputError("the command fails at the first point: " + record.content);
        PointCost cost;
        cost.seconds = record.seconds;
        cost.disk = layout_.bytes();
        return cost;
    }

private:
    [[nodiscard]] std::string points_csv(const std::vector<std::size_t>& points) const {
        const bool several = layout_.replicates > 1;
        std::string text = several ? "replicate" : "";
        for (const auto& factor : plan_.sweep.factors) text += (text.empty() ? "" : ",") + sim::csv_field(factor.name);
        text += "\n";
        for (const auto p : points)
            for (std::size_t r = 0; r < layout_.replicates; ++r) {
                std::string line = several ? std::to_string(r) : "";
                for (const double value : plan_.points[p]) line += (line.empty() ? "" : ",") + number_text(value);
                text += line + "\n";
            }
        return text;
    }

    std::vector<PointRecord> call(const std::vector<std::size_t>& points) const {
        const Scratch scratch;
        const fs::path in = scratch.folder / "points.csv", out = scratch.folder / "results.csv", words = scratch.folder / "words.txt";
        sim::write_whole(in, points_csv(points));
        const auto began = std::chrono::steady_clock::now();
        const std::string line =
            plan_.sweep.command + " " + quoted_for_shell(in.string()) + " " + quoted_for_shell(out.string()) + " 2> " + quoted_for_shell(words.string());
        const int status = std::system(line.c_str());
        pass_on_interruption(status);
        std::vector<PointRecord> records(points.size());
        std::string problem;
        if (status == -1)
            problem = std::string("the command cannot be started: ") + std::strerror(errno);
        else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            problem = fmt::format("the command ended with {} {}", WIFEXITED(status) ? "exit code" : "signal",
                                  WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
        else
            problem = take(read_all(out), points.size(), records);
        if (!problem.empty()) {
            std::string said = read_all(words);
            while (!said.empty() && said.back() == '\n') said.pop_back();
            if (said.size() > longest_words) said = "..." + said.substr(said.size() - longest_words);
            if (!said.empty()) problem += "; it said: " + said;
        }
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        for (std::size_t i = 0; i < points.size(); ++i) {
            auto& record = records[i];
            record.point = points[i];
            record.good = problem.empty();
            if (!record.good) record.content = problem;
            record.seconds = seconds / static_cast<double>(points.size());
            record.finished = unix_time();
        }
        return records;
    }

    /// Fills in what the command found; says what is wrong with its results.
    std::string take(const std::string& text, std::size_t points, std::vector<PointRecord>& records) const {
        std::istringstream lines(text);
        std::string line;
        if (!std::getline(lines, line)) return "the command wrote no results";
        const auto head = split(line);
        std::vector<std::size_t> columns;
        for (const auto& outcome : plan_.sweep.outcomes) {
            const auto found = std::find(head.begin(), head.end(), outcome.name);
            if (found == head.end()) return "the results have no column " + outcome.name + "; the nearest is " + sim::nearest_word(outcome.name, head);
            columns.push_back(static_cast<std::size_t>(found - head.begin()));
        }
        std::size_t rows = 0;
        while (std::getline(lines, line)) {
            if (line.empty()) continue;
            const auto fields = split(line);
            if (rows >= points * layout_.replicates) return fmt::format("the results have more than {} lines", points * layout_.replicates);
            if (fields.size() != head.size())
                return fmt::format("line {} of the results has {} columns, but {} are expected", rows + 2, fields.size(), head.size());
            std::vector<double> values;
            for (const auto c : columns) {
                double value = 0;
                const char* end = fields[c].data() + fields[c].size();
                const auto [at, error] = std::from_chars(fields[c].data(), end, value);
                if (error != std::errc{} || at != end) return fmt::format("line {} of the results holds '{}', but a number is expected", rows + 2, fields[c]);
                values.push_back(value);
            }
            records[rows / layout_.replicates].content += bytes_of(values);
            ++rows;
        }
        if (rows < points * layout_.replicates) return fmt::format("the results have {} lines, but {} are expected", rows, points * layout_.replicates);
        return {};
    }

    const SweepPlan& plan_;
    ResultLayout layout_;
};

}  // namespace

std::unique_ptr<SweepModel> command_model(const SweepPlan& plan) { return std::make_unique<CommandModel>(plan); }

}  // namespace experiments
