#include "sim/interrupt.hpp"

#include <atomic>
#include <csignal>

namespace sim {

namespace {

// A signal handler can reach nothing but such a flag.
std::atomic<int> received{0};
static_assert(std::atomic<int>::is_always_lock_free);

struct sigaction before_int {};
struct sigaction before_term {};

}  // namespace

Interrupt::Interrupt() {
    received = 0;
    struct sigaction action {};
    action.sa_handler = [](int number) { received = number; };
    sigemptyset(&action.sa_mask);
    action.sa_flags = static_cast<int>(SA_RESETHAND) | SA_RESTART;
    sigaction(SIGINT, &action, &before_int);
    sigaction(SIGTERM, &action, &before_term);
}

Interrupt::~Interrupt() {
    sigaction(SIGINT, &before_int, nullptr);
    sigaction(SIGTERM, &before_term, nullptr);
    received = 0;
}

int Interrupt::signal() { return received; }

}  // namespace sim
