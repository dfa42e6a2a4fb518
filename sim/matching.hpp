#pragma once
/// Matching two sides by deferred acceptance in synchronous rounds (Gale and Shapley 1962), the slots proposing.
///
/// Every application is acceptable to both sides. A slot ranks its applicants by suitability (ties: lower seeker); a
/// seeker ranks offers by value (ties: lower slot). In each round every slot whose offer is not held makes its next one, and
/// every seeker holds the best so far, until nobody is refused or the rounds are spent. The outcome does not
/// depend on the order of the applications nor on the number of threads, so both sides of a round run in parallel.

#include <cstdint>
#include <span>
#include <vector>

namespace sim {

/// One seeker's application to one slot.
struct Application {
    std::uint32_t seeker;  ///< number below `seekers`
    std::uint32_t slot;    ///< number below `slots`
    float suitability;     ///< by which the slot ranks its applicants; finite
    float value;           ///< by which the seeker ranks its offers; finite
};

/// A seeker and the slot that it takes.
struct Match {
    std::uint32_t seeker;
    std::uint32_t slot;
    bool operator==(const Match&) const = default;
};

struct Matching {
    std::vector<Match> matches;  ///< in the order of seekers; no seeker and no slot twice
    int rounds = 0;              ///< that were needed
    bool settled = true;         ///< false: the rounds were spent while some offers were still being refused
};

inline constexpr int most_rounds = 8;

/// Memory that a matching uses again.
class MatchingScratch {
public:
    MatchingScratch() = default;

private:
    friend Matching match(std::span<const Application>, std::uint32_t, std::uint32_t, MatchingScratch&, int);
    struct Wish {
        std::uint32_t slot;
        std::uint32_t seeker;
        float suitability;
        float value;
    };
    struct Proposer {
        std::uint32_t slot;
        std::uint32_t next;  ///< wish that was proposed last
        std::uint32_t end;
        std::uint32_t spare;
    };
    std::vector<Wish> wishes_;  ///< by group of slots
    std::vector<Wish> ranked_;  ///< by slot and rank
    std::vector<std::uint32_t> counts_;
    std::vector<std::vector<Proposer>> proposers_;
    std::vector<std::uint64_t> held_;
};

/// Matches. Throws Bug where a seeker or slot is out of range.
[[nodiscard]] Matching match(std::span<const Application> applications, std::uint32_t seekers, std::uint32_t slots, MatchingScratch& scratch,
                             int rounds = most_rounds);

}  // namespace sim
