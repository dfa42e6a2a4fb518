#include "experiments/runs/run_log.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "experiments/scenarios/toml_values.hpp"
#include "sim/error.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

std::string line_of(std::uint32_t replicate, const std::vector<double>& values, const std::vector<double>& moments) {
    std::string line = std::to_string(replicate);
    for (const auto* numbers : {&values, &moments})
        for (const double number : *numbers) line += "," + number_text(number);
    return line + "\n";
}

/// The numbers of a line; empty where it holds anything else.
std::vector<double> numbers_of(const std::string& line) {
    std::vector<double> numbers;
    const char* at = line.data();
    const char* const end = at + line.size();
    while (true) {
        double number = 0;
        const auto [next, error] = std::from_chars(at, end, number);
        if (error != std::errc{}) return {};
        numbers.push_back(number);
        if (next == end) return numbers;
        if (*next != ',') return {};
        at = next + 1;
    }
}

void append(int descriptor, const std::string& text, const fs::path& file) {
    if (const int error = sim::write_all(descriptor, text); error != 0) throw sim::FileError("cannot write " + file.string() + ": " + std::strerror(error));
}

}  // namespace

RunLog::RunLog(fs::path file, const std::string& key, const std::vector<std::string>& parameters, const std::vector<std::string>& moments, bool afresh)
    : file_(std::move(file)) {
    std::string head = "# " + key + "\nreplicate";
    for (const auto* names : {&parameters, &moments})
        for (const auto& name : *names) head += "," + name;
    head += "\n";
    // Opened and locked first: what is read then stays as it is.
    descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw sim::FileError("cannot write " + file_.string() + ": " + std::strerror(errno));
    try {
        if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) throw sim::InputError(file_.string() + " is in use by another command; -o names another file");
        read(head, parameters.size(), moments.size(), afresh);
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

void RunLog::read(const std::string& head, std::size_t parameters, std::size_t moments, bool afresh) {
    std::string content;
    if (std::error_code error; fs::exists(file_, error)) content = sim::text_of_file(file_);
    const bool same = content.compare(0, head.size(), head) == 0;
    if (!content.empty() && !same && !afresh)
        throw sim::InputError(
            file_.string() +
            " holds runs of another command (other targets, parameters, tables, scale, seed or version); -o names another file, --force begins anew");
    std::size_t good = head.size();
    if (same) {
        std::size_t begin = head.size();
        for (auto end = content.find('\n', begin); end != std::string::npos; begin = end + 1, end = content.find('\n', begin)) {
            const auto numbers = numbers_of(content.substr(begin, end - begin));
            if (numbers.size() != 1 + parameters + moments) break;
            const auto values = numbers.begin() + 1, first_moment = values + static_cast<std::ptrdiff_t>(parameters);
            runs_[{static_cast<std::uint32_t>(numbers[0]), {values, first_moment}}] = {first_moment, numbers.end()};
            good = end + 1;
        }
    }
    const bool cut = !same || good < content.size();
    if (cut && ::ftruncate(descriptor_, same ? static_cast<off_t>(good) : 0) != 0)
        throw sim::FileError("cannot write " + file_.string() + ": " + std::strerror(errno));
    if (!same) append(descriptor_, head, file_);
}

RunLog::~RunLog() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

const std::vector<double>* RunLog::find(const std::vector<double>& values, std::uint32_t replicate) const {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find({replicate, values});
    return found == runs_.end() ? nullptr : &found->second;
}

void RunLog::add(const std::vector<double>& values, std::uint32_t replicate, const std::vector<double>& moments) {
    const std::lock_guard lock(mutex_);
    // One call writes the whole line: a killed process leaves whole lines but for the last.
    if (descriptor_ >= 0) append(descriptor_, line_of(replicate, values, moments), file_);
    runs_[{replicate, values}] = moments;
}

}  // namespace experiments
