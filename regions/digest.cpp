#include "regions/digest.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <string_view>

#include "sim/error.hpp"
#include "sim/version.hpp"
#include "sim/whole_file.hpp"

namespace regions {

std::string sha256_of(const std::string& bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) throw sim::Bug("SHA-256 is not available in libcrypto");
    static constexpr std::string_view hex = "0123456789abcdef";
    std::string text;
    for (unsigned i = 0; i < size; ++i) text.append({hex[digest[i] >> 4], hex[digest[i] & 15]});
    return text;
}

std::string sha256_of_file(const std::filesystem::path& file) { return sha256_of(sim::text_of_file(file)); }

const std::string& sha256_of_program() {
    static const std::string program = sha256_of_file("/proc/self/exe");
    return program;
}

std::string program_identity() {
    const std::string commit = sim::commit();
    const bool changed = commit.ends_with("-dirty") || commit == "unknown";
    return fmt::format("Instroom {} (git {}{}{}), {}", sim::version(), commit, changed ? ", program " : "", changed ? sha256_of_program() : "",
                       sim::c_library());
}

}  // namespace regions
