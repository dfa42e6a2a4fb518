#pragma once
/// SHA-256 (FIPS 180-4, libcrypto): what tells two inputs apart for certain.

#include <filesystem>
#include <string>

namespace regions {

/// Of a text, in hexadecimal digits.
[[nodiscard]] std::string sha256_of(const std::string& bytes);
/// Of a file. Throws FileError where it cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::filesystem::path& file);

}  // namespace regions
