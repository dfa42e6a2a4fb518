#pragma once
/// What every command of many runs is asked beside its question.

#include <cstdint>
#include <filesystem>

namespace experiments {

struct RunsOptions {
    double scale = 0.1;  ///< agents per person
    std::uint64_t seed = 1;
    std::uint64_t population_seed = 1;
    int threads = 1;             ///< of the arena in which it runs
    std::filesystem::path data;  ///< folder with tables in the place of shipped ones; empty: none
};

}  // namespace experiments
