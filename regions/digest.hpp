#pragma once
/// SHA-256 (FIPS 180-4, libcrypto): what tells two inputs apart for certain.

#include <filesystem>
#include <string>

namespace regions {

/// Of a text, in hexadecimal digits.
[[nodiscard]] std::string sha256_of(const std::string& bytes);
/// Of a file. Throws FileError where it cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& file);
/// Of the program that runs, read once: it stays the same, whatever the file becomes. Throws FileError.
[[nodiscard]] const std::string& sha256_of_program();
/// Which program has made what it left behind: version, commit, C library, and where a tree with changes was built the digest of the program.
[[nodiscard]] std::string program_identity();

}  // namespace regions
