#pragma once
/// Priors of parameters as laws: from the words of a table to quantiles.

#include <string>

namespace experiments {

/// A prior: one of "uniform(a, b)", "beta(a, b)", "normal(mean, sd)", "lognormal(median, sigma)", "half_normal(sd)", cut off outside a range.
class PriorLaw {
public:
    /// Throws InputError that says what is wrong with the words: an unknown law, a missing number, low above high, a spread that is not above 0, or a range
    /// [minimum, maximum] that holds none of the law.
    PriorLaw(const std::string& words, double minimum, double maximum);

    [[nodiscard]] double quantile(double share) const;  ///< of the law within its range; `share` in [0, 1]
    [[nodiscard]] double share_below(double value) const;
    /// The value whose share is that of `score` under a standard normal, and back. Scores beyond 6 are taken as 6.
    [[nodiscard]] double value_at(double score) const;
    [[nodiscard]] double score_of(double value) const;
    [[nodiscard]] const std::string& words() const { return words_; }

private:
    enum class Law { uniform, beta, normal, lognormal, half_normal };
    [[nodiscard]] double whole_quantile(double share) const;
    [[nodiscard]] double whole_share(double value) const;

    std::string words_;
    Law law_ = Law::uniform;
    double a_ = 0, b_ = 1;                   ///< the two numbers
    double minimum_, maximum_;               ///< range
    double share_low_ = 0, share_high_ = 1;  ///< of the whole law, at the ends of the range
};

/// Distribution function and quantile of the standard normal.
[[nodiscard]] double normal_share(double score);
[[nodiscard]] double normal_score(double share);

}  // namespace experiments
