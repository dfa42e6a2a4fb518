#pragma once
/// Files that are whole or absent: written under a hidden temporary name in the folder of the final one, flushed, then renamed. And read whole.

#include <filesystem>
#include <string>

namespace sim {

/// Refuses an output that exists or cannot be written before any work is done. Throws InputError for a folder, and for a file that exists where `force` is
/// not given; FileError where the folder is missing or the system does not let a file be made in it.
void check_output(const std::filesystem::path& output, bool force);

/// ".NAME.PID.partial" beside the file.
[[nodiscard]] std::filesystem::path partial_name(const std::filesystem::path& file);
/// Flushes and closes `descriptor`, which holds the content under the name `partial`, and renames it to `file`. With replace = false an existing file stays.
/// Returns 0, or the system's error; then nothing stands under the final name that was not there before, and `partial` is left to the caller.
[[nodiscard]] int finish_file(int descriptor, const std::filesystem::path& partial, const std::filesystem::path& file, bool replace);

/// All bytes of a file. Throws FileError with the system's cause.
[[nodiscard]] std::string text_of_file(const std::filesystem::path& file);

/// Writes a text, in place of an older file. Throws FileError with the system's cause; then an older file is untouched and nothing else left.
void write_whole(const std::filesystem::path& file, const std::string& text);

/// Writes a text to an open descriptor. Returns 0 or the system's error.
[[nodiscard]] int write_all(int descriptor, const std::string& text);

}  // namespace sim
