#pragma once
/// Finished points of a sweep in a file that only grows: one record a point, with a checksum, on the disk before it counts.
///
/// A process that is killed leaves whole records and at most one torn one, which is found by its checksum and dropped. One file belongs to one task and is
/// locked by the process that appends to it, over NFS too (open file description locks).

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace experiments {

/// A finished point: its result in bytes, or why it failed.
struct PointRecord {
    std::uint64_t point = 0;
    bool good = true;
    double seconds = 0;   ///< of its runs
    double finished = 0;  ///< when, in seconds since 1970
    std::string content;  ///< the result; of a failed one the error's text
};

/// Where a record stands in its file.
struct StoredRecord {
    std::uint64_t point = 0;
    bool good = true;
    double seconds = 0, finished = 0;
    std::uint64_t offset = 0, size = 0;  ///< of the content
    std::uint64_t checksum = 0;
};

/// What a file of records holds.
struct RecordScan {
    bool exists = false;
    std::string head;  ///< what its results belong to; empty where even that is torn
    std::vector<StoredRecord> records;
    std::uint64_t end = 0;     ///< behind the last whole record
    std::uint64_t broken = 0;  ///< bytes that are no record: one torn by a kill or a full disk, or damage
    bool in_use = false;       ///< another process appends to it now
};

/// Reads which records a file holds. One that is not there is no error. `contents`: holds every content to its checksum; else that of the last record alone,
/// which a kill may have torn, so that the cost does not grow with the results (RecordReader checks what it reads). Throws FileError where it cannot be read.
[[nodiscard]] RecordScan scan_records(const std::filesystem::path& file, bool contents = true);
/// Reads contents of records. The last file stays open: whoever reads points in their order opens each file once.
class RecordReader {
public:
    RecordReader() = default;
    ~RecordReader();
    RecordReader(const RecordReader&) = delete;
    RecordReader& operator=(const RecordReader&) = delete;
    /// Throws InputError where a record is damaged by now, FileError where it cannot be read.
    [[nodiscard]] std::string content(const std::filesystem::path& file, const StoredRecord& record);

private:
    std::filesystem::path file_;
    int descriptor_ = -1;
};

/// A file of records opened for appending, and locked.
class RecordFile {
public:
    /// Opens or begins a file for results that belong to `head`. Waits up to `patience` seconds for another process. Drops a torn last record. Throws
    /// InputError where the file is in use, or belongs to something else; FileError for what the system refuses.
    RecordFile(std::filesystem::path file, const std::string& head, double patience = 0);
    ~RecordFile();
    RecordFile(const RecordFile&) = delete;
    RecordFile& operator=(const RecordFile&) = delete;

    /// What stood there when it was opened.
    [[nodiscard]] const RecordScan& found() const { return found_; }
    /// Appends records and flushes them to the disk. By one thread at a time. Throws FileError (a full disk); then the file is as it was before.
    void append(std::span<const PointRecord> records);

private:
    void write(const std::string& bytes);

    std::filesystem::path file_;
    int descriptor_ = -1;
    std::uint64_t size_ = 0;
    RecordScan found_;
};

/// Throws InputError with a first line for people where a head of a file is not that of the results wanted: what differs.
void require_same_head(const std::filesystem::path& file, const std::string& found, const std::string& wanted);

}  // namespace experiments
