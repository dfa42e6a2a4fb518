#pragma once
/// What a month does to the staff of few among many posts, in memory that is small enough to stay near the processor while everybody at work is asked.

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "models/person.hpp"

namespace models {

/// A number for each of some posts; the others have none.
class PostFates {
public:
    struct Fate {
        PostNumber post;
        float value;
    };
    PostFates() = default;
    /// `fates`: at most one a post, in any order, in parts.
    PostFates(std::size_t posts, const std::vector<std::vector<Fate>>& fates)
        : posts_(static_cast<PostNumber>((posts + near - 1) / near * near)), words_(posts_ / 64 + 1), some_near_(posts_ / near + 1) {
        for (const auto& part : fates)
            for (const Fate& fate : part) {
                words_[fate.post / 64].bits |= bit(fate.post);
                some_near_[fate.post / near] = 1;
            }
        std::uint32_t count = 0;
        for (auto& word : words_) {
            word.before = count;
            count += static_cast<std::uint32_t>(std::popcount(word.bits));
        }
        values_.resize(count);
        for (const auto& part : fates)
            for (const Fate& fate : part) values_[place(fate.post)] = fate.value;
    }
    [[nodiscard]] bool empty() const { return values_.empty(); }
    /// 0 where the post has no number, 1 where it may have one: answered from little memory, without a branch.
    [[nodiscard]] std::size_t may_have(PostNumber post) const { return some_near_[std::min(post, posts_) / near]; }
    /// 1 where the post has a number, else 0, also for no_post.
    [[nodiscard]] std::size_t has(PostNumber post) const {
        post = std::min(post, posts_);  // the bit after the last post is never set
        return static_cast<std::size_t>(words_[post / 64].bits >> (post % 64) & 1);
    }
    /// The number of a post that has one.
    [[nodiscard]] float of(PostNumber post) const { return values_[place(post)]; }

private:
    struct Word {
        std::uint64_t bits = 0;
        std::uint64_t before = 0;  ///< numbers of posts in earlier words
    };
    [[nodiscard]] static std::uint64_t bit(PostNumber post) { return std::uint64_t{1} << (post % 64); }
    [[nodiscard]] std::size_t place(PostNumber post) const {
        const Word& word = words_[post / 64];
        return word.before + static_cast<std::size_t>(std::popcount(word.bits & (bit(post) - 1)));
    }

    static constexpr PostNumber near = 16;  // posts that share an answer: those of one employer stand together

    PostNumber posts_ = 0;  ///< rounded up, so that no_post shares its answer with no post
    std::vector<Word> words_{Word{}};
    std::vector<std::uint8_t> some_near_{0};
    std::vector<float> values_;
};

}  // namespace models
