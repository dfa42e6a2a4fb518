#pragma once
/// Memory that a process keeps from month to month only to spare work: never state, never copied, never in a checkpoint.

#include <memory>

namespace sim {

/// Holds a T made at first use. A copy of the holder starts empty, so two worlds never share scratch memory. T may be incomplete where this is a member.
template <class T>
class Scratch {
public:
    Scratch() = default;
    Scratch(const Scratch&) {}
    Scratch(Scratch&&) noexcept = default;
    Scratch& operator=(const Scratch&) {
        held_.reset();
        return *this;
    }
    Scratch& operator=(Scratch&&) noexcept = default;
    ~Scratch() = default;
    /// The memory; made if there is none yet.
    [[nodiscard]] T& get() {
        if (!held_) held_ = std::make_shared<T>();
        return *held_;
    }

private:
    std::shared_ptr<T> held_;
};

}  // namespace sim
