#pragma once
/// The finished runs of a calibration, kept in a file as they end, so that an interrupted one goes on from them.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace experiments {

/// A text file: a head that says what the runs belong to, names of columns, and one line a run, written whole at its end. Numbers are written so that they read
/// back as the same doubles.
class RunLog {
public:
    RunLog() = default;  ///< keeps runs in memory alone
    /// Opens or begins a file. `key` (one line) says what the runs belong to; `columns` are the names of parameters and moments. A line that an interruption
    /// cut short is left out. Throws InputError where the file belongs to something else, unless `afresh`, which then begins it anew, or is in use by another
    /// process; FileError for what the system refuses.
    RunLog(std::filesystem::path file, const std::string& key, const std::vector<std::string>& parameters, const std::vector<std::string>& moments,
           bool afresh);
    ~RunLog();
    RunLog(const RunLog&) = delete;
    RunLog& operator=(const RunLog&) = delete;

    /// The moments of a run; null where it has not been done. Stays valid.
    [[nodiscard]] const std::vector<double>* find(const std::vector<double>& values, std::uint32_t replicate) const;
    /// Keeps a run; by any thread.
    void add(const std::vector<double>& values, std::uint32_t replicate, const std::vector<double>& moments);
    [[nodiscard]] std::size_t size() const { return runs_.size(); }

private:
    void read(const std::string& head, std::size_t parameters, std::size_t moments, bool afresh);

    using Place = std::pair<std::uint32_t, std::vector<double>>;

    std::filesystem::path file_;
    int descriptor_ = -1;
    std::map<Place, std::vector<double>> runs_;
    mutable std::mutex mutex_;
};

}  // namespace experiments
