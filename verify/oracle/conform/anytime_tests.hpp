#pragma once
/// \file
/// Tests of a statement about a law from a stream of samples, which may be looked at after every sample and stopped at any time.
///
/// Each test keeps a nonnegative process E_0 = 1, E_1, E_2, ... that is a supermartingale if the statement is true; by Ville's inequality the
/// probability that it ever reaches 1/a is at most a. No sample size is fixed beforehand and nothing is asymptotic.
///
/// Sources    V. Vovk, R. Wang, E-values (2021); H. Wang, A. Ramdas, Catoni-style confidence sequences (2023); the mixture of
///            Krichevsky and Trofimov (1981)

#include <array>
#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace touchstone::inline v0::oracle::conformance {

/// The samples are independent and fall into category j with probability p_j. E is the likelihood of the categories seen, mixed
/// over all laws with the weights of Krichevsky and Trofimov, over their likelihood under p.
class LawTest {
 public:
  /// Probabilities > 0 with sum 1, up to rounding.
  explicit LawTest(std::vector<double> probabilities);
  void add(std::size_t category);
  /// log E
  [[nodiscard]] double evidence() const { return evidence_; }
  [[nodiscard]] const std::vector<double>& counts() const { return counts_; }
  [[nodiscard]] double total() const { return total_; }

 private:
  std::vector<double> probabilities_;
  std::vector<double> counts_;
  double total_ = 0;
  double evidence_ = 0;
};

/// Z >= 0 has a mean of at most `bound` > 0. E is the mean over lambda in a grid of the product of 1 + lambda (Z/bound - 1).
class BoundedMeanTest {
 public:
  explicit BoundedMeanTest(double bound) : bound_(bound) {}
  void add(double z);
  [[nodiscard]] double evidence() const;

 private:
  static constexpr std::array<double, 6> lambdas{0.5, 0.25, 0.125, 0.0625, 0.015625, 0.00390625};
  double bound_;
  std::array<double, lambdas.size()> logarithms_{};
};

/// |E Z| <= bias and E Z^2 <= second_moment. E is the mean over lambda in a grid, of both signs, of the product of
/// exp(phi(lambda Z) - lambda^2 second_moment / 2 - |lambda| bias) with phi(t) = log(1 + t + t^2/2) for t >= 0, odd.
class CentredMeanTest {
 public:
  CentredMeanTest(double second_moment, double bias);
  void add(double z);
  [[nodiscard]] double evidence() const;

 private:
  static constexpr std::size_t scales = 6;
  std::array<double, 2 * scales> lambdas_{};
  std::array<double, 2 * scales> costs_{};
  std::array<double, 2 * scales> logarithms_{};
};

/// Two streams have the same law. E bets on which of two categories, one from each stream, came from the first; if the laws are the
/// same either order is as likely.
class SwapTest {
 public:
  void add(const std::string& first, const std::string& second);
  /// log E
  [[nodiscard]] double evidence() const { return evidence_; }

 private:
  std::map<std::pair<std::string, std::string>, double> counts_;
  double evidence_ = 0;
};

/// Shares an error probability among tests whose number is not known beforehand: the k-th gets 6 / (pi k)^2 of it.
class ErrorLedger {
 public:
  explicit ErrorLedger(double probability) : probability_(probability) {}
  /// log(1/a) of a new test: what its evidence has to reach.
  [[nodiscard]] double threshold();
  [[nodiscard]] double probability() const { return probability_; }

 private:
  double probability_;
  double tests_ = 0;
};

}  // namespace touchstone::inline v0::oracle::conformance
