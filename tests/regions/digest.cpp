#include "regions/digest.hpp"

#include <catch2/catch.hpp>

#include "sim/version.hpp"

TEST_CASE("SHA-256 is that of the standard's example", "[regions][unit]") {
    CHECK(regions::sha256_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("a program is known by its commit, or by its own bytes where the tree had changes", "[regions][unit]") {
    const std::string identity = regions::program_identity(), commit = sim::commit();
    CHECK(identity.find("(git " + commit) != std::string::npos);
    const bool bytes = identity.find(regions::sha256_of_program()) != std::string::npos;
    CHECK(bytes == (commit == "unknown" || commit.ends_with("-dirty")));
    CHECK(regions::sha256_of_program() == regions::sha256_of_file("/proc/self/exe"));
}
