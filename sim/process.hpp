#pragma once
/// What a process says of itself: its name, its number in random addresses and what it touches.

#include <span>
#include <string_view>
#include <vector>

#include "sim/address.hpp"

namespace sim {

/// A process of the model. The key is part of every random address: never change or reuse one.
struct ProcessInfo {
    std::string_view name;
    ProcessKey key;
    std::vector<std::string_view> reads{};
    std::vector<std::string_view> writes{};
};

}  // namespace sim
