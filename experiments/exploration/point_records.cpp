#include "experiments/exploration/point_records.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <sstream>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/error.hpp"
#include "sim/short_digest.hpp"
#include "sim/whole_file.hpp"

namespace experiments {
namespace {

namespace fs = std::filesystem;

constexpr std::array<char, 8> mark{'i', 'n', 's', 't', 'r', 'e', 'c', '1'};

/// What stands before each content, in the byte order of x86-64.
struct Front {
    std::array<char, 8> begin = mark;
    std::uint64_t kind = 0;
    std::uint64_t point = 0;
    double seconds = 0, finished = 0;
    std::uint64_t size = 0;      ///< of the content
    std::uint64_t checksum = 0;  ///< of the content
    std::uint64_t own = 0;       ///< of the fields above
};
static_assert(sizeof(Front) == 64);

enum : std::uint64_t { head_kind = 1, good_kind = 2, failed_kind = 3 };

/// 64 bits: a torn record passes for a whole one with a chance of 2^-64.
std::uint64_t checksum_of(const Front& front) { return sim::short_digest(std::string_view(reinterpret_cast<const char*>(&front), offsetof(Front, own))); }

std::string bytes_of(std::uint64_t kind, const PointRecord& record) {
    Front front;
    front.kind = kind;
    front.point = record.point;
    front.seconds = record.seconds;
    front.finished = record.finished;
    front.size = record.content.size();
    front.checksum = sim::short_digest(record.content);
    front.own = checksum_of(front);
    std::string bytes(reinterpret_cast<const char*>(&front), sizeof front);
    return bytes + record.content;
}

[[noreturn]] void cannot(const char* what, const fs::path& file, int error) {
    throw sim::FileError(fmt::format("cannot {} {}: {}", what, file.string(), std::strerror(error)));
}

/// A descriptor that is closed with the scope.
struct Descriptor {
    explicit Descriptor(int opened) : number(opened) {}
    ~Descriptor() {
        if (number >= 0) ::close(number);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    int number;
};

/// Reads exactly so many bytes; false at the end of the file.
bool read_at(int descriptor, std::uint64_t offset, char* to, std::size_t size, const fs::path& file) {
    for (std::size_t done = 0; done < size;) {
        const auto got = ::pread(descriptor, to + done, size - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) cannot("read", file, errno);
        if (got == 0) return false;
        done += static_cast<std::size_t>(got);
    }
    return true;
}

/// Whether the front of a record whose content fits into the file begins at an offset.
bool front_at(int descriptor, std::uint64_t offset, std::uint64_t length, Front& front, const fs::path& file) {
    if (offset + sizeof front > length || !read_at(descriptor, offset, reinterpret_cast<char*>(&front), sizeof front, file)) return false;
    return front.begin == mark && front.own == checksum_of(front) && front.size <= length - offset - sizeof front;
}

/// Whether a whole record begins at an offset. Its content is read where `contents` are, and of a head or of what no other record follows.
bool record_at(int descriptor, std::uint64_t offset, std::uint64_t length, bool contents, Front& front, std::string& content, const fs::path& file) {
    if (!front_at(descriptor, offset, length, front, file)) return false;
    Front next;
    if (!contents && front.kind != head_kind && front_at(descriptor, offset + sizeof front + front.size, length, next, file)) return true;
    content.resize(front.size);
    return read_at(descriptor, offset + sizeof front, content.data(), content.size(), file) && sim::short_digest(content) == front.checksum;
}

/// Where the next mark stands from an offset on; the length where there is none.
std::uint64_t next_mark(int descriptor, std::uint64_t offset, std::uint64_t length, const fs::path& file) {
    constexpr std::uint64_t window = std::uint64_t{1} << 20;
    for (std::uint64_t begin = offset; begin + mark.size() <= length; begin += window) {
        // Windows overlap by a mark, so that none is cut in two.
        std::string bytes(std::min(window + mark.size() - 1, length - begin), '\0');
        if (!read_at(descriptor, begin, bytes.data(), bytes.size(), file)) return length;
        if (const auto found = bytes.find(std::string_view(mark.data(), mark.size())); found != std::string::npos) return begin + found;
    }
    return length;
}

RecordScan scan(int descriptor, const fs::path& file, bool contents) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) cannot("read", file, errno);
    const auto length = static_cast<std::uint64_t>(status.st_size);
    RecordScan found;
    found.exists = true;
    std::string content;
    for (std::uint64_t at = 0; at < length;) {
        Front front;
        if (!record_at(descriptor, at, length, contents, front, content, file)) {
            at = next_mark(descriptor, at + 1, length, file);
            continue;
        }
        const std::uint64_t begin = at + sizeof front;
        at = begin + front.size;
        found.end = at;
        if (front.kind == head_kind)
            found.head = content;
        else
            found.records.push_back({front.point, front.kind == good_kind, front.seconds, front.finished, begin, front.size, front.checksum});
    }
    std::uint64_t whole = found.head.empty() ? 0 : sizeof(Front) + found.head.size();
    for (const auto& record : found.records) whole += sizeof(Front) + record.size;
    found.broken = length - whole;
    return found;
}

struct flock whole_file_lock() {
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    return lock;
}

}  // namespace

RecordScan scan_records(const fs::path& file, bool contents) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.number < 0) {
        if (errno == ENOENT) return {};
        cannot("read", file, errno);
    }
    auto found = scan(descriptor.number, file, contents);
    auto lock = whole_file_lock();
    found.in_use = ::fcntl(descriptor.number, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    return found;
}

RecordReader::~RecordReader() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

std::string RecordReader::content(const fs::path& file, const StoredRecord& record) {
    if (file != file_) {
        if (descriptor_ >= 0) ::close(descriptor_);
        file_ = file;
        descriptor_ = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    }
    if (descriptor_ < 0) cannot("read", file, errno);
    std::string content(record.size, '\0');
    if (!read_at(descriptor_, record.offset, content.data(), content.size(), file) || sim::short_digest(content) != record.checksum)
        throw sim::InputError(fmt::format("{}: the result of point {} is damaged; instroom sweep resume runs it again", file.string(), record.point));
    return content;
}

RecordFile::RecordFile(fs::path file, const std::string& head, double patience) : file_(std::move(file)) {
    std::error_code error;
    const bool fresh = !fs::exists(file_, error);
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) cannot("write", file_, errno);
    try {
        const auto began = std::chrono::steady_clock::now();
        for (;;) {
            auto lock = whole_file_lock();
            if (::fcntl(descriptor_, F_OFD_SETLK, &lock) == 0) break;
            if (errno != EAGAIN && errno != EACCES && errno != EINTR) cannot("lock", file_, errno);
            if (std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count() >= patience)
                throw sim::InputError(file_.string() + " is in use by another run of this sweep");
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
        }
        found_ = scan(descriptor_, file_, true);
        size_ = found_.end;
        if (!found_.head.empty()) require_same_head(file_, found_.head, head);
        // What is torn at the end goes; damage in the middle stays where it is and is passed over.
        if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) cannot("write", file_, errno);
        if (found_.head.empty()) write(bytes_of(head_kind, {0, true, 0, 0, head}));
        if (fresh) {
            // The name must last, too.
            const Descriptor folder(::open(file_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
            if (folder.number >= 0) ::fsync(folder.number);
        }
    } catch (...) {
        ::close(descriptor_);
        throw;
    }
}

RecordFile::~RecordFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void RecordFile::write(const std::string& bytes) {
    int error = ::lseek(descriptor_, static_cast<off_t>(size_), SEEK_SET) < 0 ? errno : sim::write_all(descriptor_, bytes);
    if (error == 0 && ::fdatasync(descriptor_) != 0) error = errno;
    if (error != 0) {
        // A torn record is found by its checksum anyway.
        static_cast<void>(::ftruncate(descriptor_, static_cast<off_t>(size_)) == 0);
        cannot("write", file_, error);
    }
    size_ += bytes.size();
}

void RecordFile::append(std::span<const PointRecord> records) {
    std::string bytes;
    for (const auto& record : records) bytes += bytes_of(record.good ? good_kind : failed_kind, record);
    write(bytes);
}

void require_same_head(const fs::path& file, const std::string& found, const std::string& wanted) {
    if (found == wanted) return;
    // Heads are lines "what: value"; the lines that differ are what a person wants to know.
    std::istringstream a(found), b(wanted);
    std::string line_found, line_wanted, differences;
    while (std::getline(b, line_wanted)) {
        if (!std::getline(a, line_found)) line_found = "nothing";
        if (line_found == line_wanted) continue;
        const auto colon = line_wanted.find(": ");
        differences += (differences.empty() ? "" : ", ") + line_wanted.substr(0, colon);
    }
    throw sim::InputError(file.string() + " holds results of another " + (differences.empty() ? "sweep" : differences) +
                          ", which are never mixed with those of this one");
}

}  // namespace experiments
