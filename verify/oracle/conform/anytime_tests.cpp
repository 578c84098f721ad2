#include "verify/oracle/conform/anytime_tests.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// log of the mean of exp(x_i)
template <std::size_t count>
double log_mean_exp(const std::array<double, count>& x) {
  const double largest = *std::max_element(x.begin(), x.end());
  double sum = 0;
  for (const double value : x) sum += std::exp(value - largest);
  return largest + std::log(sum / static_cast<double>(count));
}

}  // namespace

LawTest::LawTest(std::vector<double> probabilities)
    : probabilities_(std::move(probabilities)), counts_(probabilities_.size(), 0) {}

void LawTest::add(std::size_t category) {
  const double predicted = (counts_[category] + 0.5) / (total_ + 0.5 * static_cast<double>(counts_.size()));
  evidence_ += std::log(predicted / probabilities_[category]);
  counts_[category] += 1;
  total_ += 1;
}

void BoundedMeanTest::add(double z) {
  for (std::size_t i = 0; i < lambdas.size(); ++i) logarithms_[i] += std::log1p(lambdas[i] * (z / bound_ - 1));
}

double BoundedMeanTest::evidence() const {
  return log_mean_exp(logarithms_);
}

CentredMeanTest::CentredMeanTest(double second_moment, double bias) {
  double lambda = 1 / std::sqrt(second_moment);
  for (std::size_t i = 0; i < scales; ++i, lambda /= 4) {
    lambdas_[2 * i] = lambda;
    lambdas_[2 * i + 1] = -lambda;
    costs_[2 * i] = costs_[2 * i + 1] = lambda * lambda * second_moment / 2 + lambda * bias;
  }
}

void CentredMeanTest::add(double z) {
  for (std::size_t i = 0; i < lambdas_.size(); ++i) {
    const double t = lambdas_[i] * z;
    const double size = std::abs(t);
    logarithms_[i] += std::copysign(std::log1p(size + size * size / 2), t) - costs_[i];
  }
}

double CentredMeanTest::evidence() const {
  return log_mean_exp(logarithms_);
}

void SwapTest::add(const std::string& first, const std::string& second) {
  if (first == second) return;
  double& this_way = counts_[{first, second}];
  const double other_way = counts_[{second, first}];
  evidence_ += std::log(2 * (this_way + 0.5) / (this_way + other_way + 1));
  this_way += 1;
}

double ErrorLedger::threshold() {
  tests_ += 1;
  return -std::log(probability_ * 6 / std::pow(std::numbers::pi * tests_, 2));
}

}  // namespace touchstone::inline v0::oracle::conformance
