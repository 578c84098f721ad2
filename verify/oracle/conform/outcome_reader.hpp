#pragma once
/// \file
/// Outputs of a compressor as outcomes of a law.

#include "verify/oracle/conform/anytime_tests.hpp"
#include "verify/oracle/conform/law.hpp"

namespace touchstone::inline v0::oracle::conformance {

[[nodiscard]] inline std::vector<double> probabilities_of(const OutcomeLaw& law) {
  std::vector<double> probabilities;
  probabilities.reserve(law.size());
  for (const LawOutcome& outcome : law) probabilities.push_back(static_cast<double>(outcome.probability));
  return probabilities;
}

/// p_i p_j for all pairs; those of equal ones alone where the choice is shared.
[[nodiscard]] inline std::vector<double> pair_probabilities(const std::vector<double>& p, bool shared) {
  std::vector<double> pairs;
  for (std::size_t i = 0; i < p.size(); ++i)
    for (std::size_t j = 0; j < p.size(); ++j) pairs.push_back(shared ? (i == j ? p[i] : 0) : p[i] * p[j]);
  return pairs;
}

/// Which outcome of the law an output is. What is none may be one of two levels that rounding has confused, whose probability is of the
/// order of the rounding: more of these than that are told apart by a test.
class OutcomeReader {
 public:
  OutcomeReader(const OutcomeLaw& law, const Vector<double>& x, const RoundingAllowance& allowance,
                double threshold)
      : law_(law),
        allowance_(allowance),
        norm_(x.norm()),
        threshold_(threshold),
        others_(allowance.probability()) {}

  /// None for an output that is none and may be rounding. Throws TooMany where these are too many.
  [[nodiscard]] std::optional<std::size_t> read(const Vector<double>& y) {
    const std::optional<std::size_t> which = outcome_of(law_, y, allowance_, norm_);
    others_.add(which ? 0 : 1);
    if (!which && others_.evidence() >= threshold_) throw TooMany{};
    return which;
  }
  struct TooMany {};

 private:
  const OutcomeLaw& law_;
  const RoundingAllowance& allowance_;
  double norm_;
  double threshold_;
  BoundedMeanTest others_;
};

}  // namespace touchstone::inline v0::oracle::conformance
