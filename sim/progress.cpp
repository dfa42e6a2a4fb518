#include "sim/progress.hpp"

#include <chrono>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace sim {

namespace {

constexpr double silent_seconds = 2;
constexpr double seconds_between_lines = 10;  // a log stays short
constexpr double seconds_between_bars = 0.1;  // an eye sees no more
constexpr std::size_t bar_width = 24;

std::string duration(double seconds) {
    const auto s = static_cast<long>(seconds + 0.5);
    if (s < 60) return fmt::format("{} s", s);
    if (s < 3600) return fmt::format("{}:{:02} min", s / 60, s % 60);
    return fmt::format("{}:{:02} h", s / 3600, s / 60 % 60);
}

std::string speed(double persons_a_second) {
    if (persons_a_second <= 0) return "";
    if (persons_a_second >= 1e6) return fmt::format(", {:.0f} million persons/s", persons_a_second / 1e6);
    if (persons_a_second >= 1e3) return fmt::format(", {:.0f} thousand persons/s", persons_a_second / 1e3);
    return fmt::format(", {:.0f} persons/s", persons_a_second);
}

std::string left(const ProgressState& state) {
    if (state.done == 0) return "";
    return fmt::format(", {} left", duration(state.seconds / static_cast<double>(state.done) * static_cast<double>(state.total - state.done)));
}

double share_of(const ProgressState& state) { return state.total == 0 ? 1.0 : static_cast<double>(state.done) / static_cast<double>(state.total); }

}  // namespace

std::string progress_bar(const ProgressState& state) {
    const auto filled = static_cast<std::size_t>(share_of(state) * static_cast<double>(bar_width));
    return fmt::format("{}[{}{}] {}/{} {}{}{}", state.month ? state.month->text() + " " : "", std::string(filled, '#'), std::string(bar_width - filled, '.'),
                       state.done, state.total, state.counted, speed(state.persons_a_second), left(state));
}

std::string progress_line(const ProgressState& state) {
    const auto s = static_cast<long>(state.seconds);
    return fmt::format("{:02}:{:02}:{:02} {}{} of {} {} ({:.0f} %){}{}", s / 3600, s / 60 % 60, s % 60, state.month ? state.month->text() + " done, " : "",
                       state.done, state.total, state.counted, 100 * share_of(state), speed(state.persons_a_second), left(state));
}

Progress::Progress(std::size_t total, bool quiet, std::FILE* stream, Clock clock)
    : total_(total), quiet_(quiet), stream_(stream), clock_(std::move(clock)), terminal_(::isatty(::fileno(stream)) != 0) {
    if (!clock_) clock_ = [] { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); };
    start_ = clock_();
}

Progress::Progress(std::size_t total, bool quiet, std::string counted, std::FILE* stream, Clock clock) : Progress(total, quiet, stream, std::move(clock)) {
    counted_ = std::move(counted);
}

Progress::~Progress() { clear(); }

void Progress::clear() {
    if (!shown_ || !terminal_) return;
    std::fputs("\r\033[K", stream_);
    std::fflush(stream_);
}

void Progress::say(const std::string& line) {
    if (quiet_) return;
    clear();
    fmt::print(stream_, "{}\n", line);
}

void Progress::skip(std::size_t months) {
    before_ += months;
    done_ += months;
}

void Progress::step(std::optional<Month> month, std::size_t persons) {
    ++done_;
    persons_ += static_cast<double>(persons);
    if (quiet_) return;
    const double now = clock_() - start_;
    if (now < silent_seconds) return;
    if (shown_ && now - last_ < (terminal_ ? seconds_between_bars : seconds_between_lines)) return;
    shown_ = true;
    last_ = now;
    // Speed and time left rest on the months of this process alone.
    ProgressState state{month, done_ - before_, total_ - before_, now, persons_ / now, counted_};
    if (terminal_)
        fmt::print(stream_, "\r{}\033[K", progress_bar(state));
    else
        fmt::print(stream_, "{}\n", progress_line(state));
    std::fflush(stream_);
}

}  // namespace sim
