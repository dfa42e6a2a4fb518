#pragma once
/// Ctrl-C and SIGTERM: the run ends after the current month.

namespace sim {

/// While it lives, SIGINT and SIGTERM set a flag that the run reads between months; a second signal of the kind ends the process at
/// once. Its end restores the handlers from before and forgets the signal. One at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;
    /// The signal that came (SIGINT or SIGTERM), 0 where none did.
    [[nodiscard]] static int signal();
    /// Whether the run must end after the current month.
    [[nodiscard]] static bool requested() { return signal() != 0; }
    /// 130 after SIGINT, 143 after SIGTERM, 0 where no signal came.
    [[nodiscard]] static int exit_code() { return signal() == 0 ? 0 : 128 + signal(); }
};

}  // namespace sim
