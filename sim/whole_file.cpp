#include "sim/whole_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "sim/error.hpp"

namespace sim {

namespace fs = std::filesystem;

namespace {

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

}  // namespace

void check_output(const fs::path& output, bool force) {
    std::error_code error;
    if (fs::is_directory(output, error)) throw InputError(output.string() + " is a folder, but a file to write is expected");
    if (!force && fs::exists(output, error)) throw InputError(output.string() + " exists and is kept; --force replaces it, -o names another file");
    const fs::path folder = folder_of(output);
    if (!fs::is_directory(folder, error)) throw FileError("cannot write " + output.string() + ": the folder " + folder.string() + " does not exist");
    // Only trying tells: permissions, read-only disks and odd file systems all show here, before an hour of work.
    const fs::path trial = folder / fmt::format(".{}.{}.trial", output.filename().string(), ::getpid());
    const int descriptor = ::open(trial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) throw FileError("cannot write " + output.string() + ": " + std::strerror(errno));
    ::close(descriptor);
    ::unlink(trial.c_str());
}

std::string text_of_file(const fs::path& file) {
    std::error_code error;
    if (fs::is_directory(file, error)) throw FileError(file.string() + ": cannot be read: it is a folder");
    errno = 0;
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream content;
    if (stream) content << stream.rdbuf();
    if (!stream) throw FileError(file.string() + ": cannot be read: " + std::strerror(errno != 0 ? errno : EIO));
    return content.str();
}

fs::path partial_name(const fs::path& file) { return file.parent_path() / fmt::format(".{}.{}.partial", file.filename().string(), ::getpid()); }

int finish_file(int descriptor, const fs::path& partial, const fs::path& file, bool replace) {
    const int flushed = ::fsync(descriptor) == 0 ? 0 : errno;
    const int closed = ::close(descriptor) == 0 ? 0 : errno;
    if (flushed != 0 || closed != 0) return flushed != 0 ? flushed : closed;
    if ((replace ? ::rename(partial.c_str(), file.c_str()) : ::renameat2(AT_FDCWD, partial.c_str(), AT_FDCWD, file.c_str(), RENAME_NOREPLACE)) != 0)
        return errno;
    // The new name itself must last, too; a folder that cannot be synchronised (some network file systems) is no failure of the file.
    const int directory = ::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory >= 0) {
        ::fsync(directory);
        ::close(directory);
    }
    return 0;
}

int write_all(int descriptor, const std::string& text) {
    for (std::size_t done = 0; done < text.size();) {
        const auto written = ::write(descriptor, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) return errno;
        done += static_cast<std::size_t>(written);
    }
    return 0;
}

void write_whole(const fs::path& file, const std::string& text) {
    const fs::path partial = partial_name(file);
    const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    int error = descriptor < 0 ? errno : write_all(descriptor, text);
    if (error == 0)
        error = finish_file(descriptor, partial, file, true);
    else if (descriptor >= 0)
        ::close(descriptor);
    if (error == 0) return;
    if (descriptor >= 0) ::unlink(partial.c_str());
    throw FileError("cannot write " + file.string() + ": " + std::strerror(error));
}

}  // namespace sim
