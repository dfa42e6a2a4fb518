#pragma once
/// Who hears of a command's runs while they go on, and may stop them.

#include <cstddef>
#include <functional>
#include <string>

namespace experiments {

/// Any of these may be empty. They are called by any thread, one at a time.
struct RunsWatch {
    std::function<int()> stop = {};                             ///< the number of the signal that asked to stop, 0 to go on
    std::function<void(const std::string& line)> say = {};      ///< what begins or was found
    std::function<void()> run_done = {};                        ///< once for each run that is done
    std::function<void(std::size_t runs)> runs_found = {};      ///< announced ones that an earlier call did or that are not needed after all
    std::function<void(std::size_t runs)> runs_announced = {};  ///< so many more than at first, at most
};

}  // namespace experiments
