#pragma once
/// What a waiting person sees: a bar on a terminal, plain lines with the time where there is none.

#include <cstddef>
#include <cstdio>
#include <functional>
#include <optional>
#include <string>

#include "sim/month.hpp"

namespace sim {

/// State of a run, for the texts below.
struct ProgressState {
    std::optional<Month> month;      ///< the month that is done; none where whole runs are counted
    std::size_t done = 0;            ///< months done, over all replicates
    std::size_t total = 0;           ///< months of the run, over all replicates
    double seconds = 0;              ///< since the start
    double persons_a_second = 0;     ///< persons times months a second, so far; 0 = not shown
    std::string counted = "months";  ///< what `done` and `total` are
};

/// One line for a terminal: month, bar, persons a second, time left. Pure.
[[nodiscard]] std::string progress_bar(const ProgressState& state);
/// One line for a log: time since the start, month, share, persons a second, time left. Pure.
[[nodiscard]] std::string progress_line(const ProgressState& state);

/// Reports the months of a run, or whole runs. Says nothing in the first two seconds, nor when quiet.
class Progress {
public:
    using Clock = std::function<double()>;  ///< seconds from any start
    /// `total` months are to come. Without a clock the steady clock counts; without a stream, standard error.
    Progress(std::size_t total, bool quiet, std::FILE* stream = stderr, Clock clock = {});
    /// The same for `total` of something else ("runs").
    Progress(std::size_t total, bool quiet, std::string counted, std::FILE* stream = stderr, Clock clock = {});
    /// Clears the bar.
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    /// A month is done, with so many persons.
    void step(std::optional<Month> month, std::size_t persons);
    /// One of something else is done.
    void step() { step({}, 0); }
    /// A line of its own, above the bar where there is one; nothing when quiet.
    void say(const std::string& line);
    /// Months that were done before (a resumed run): they count as done, but not for the speed.
    void skip(std::size_t months);
    /// So many more are to come than was said at first.
    void expect(std::size_t more) { total_ += more; }

private:
    void clear();

    std::size_t total_;
    bool quiet_;
    std::string counted_ = "months";
    std::FILE* stream_;
    Clock clock_;
    bool terminal_;
    double start_;
    double last_ = 0;  ///< when something was last shown, from the start
    std::size_t done_ = 0;
    std::size_t before_ = 0;
    double persons_ = 0;  ///< persons times months
    bool shown_ = false;
};

}  // namespace sim
