#include "verify/oracle/vectors/law_cases.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

namespace touchstone::inline v0::oracle::vectors {

namespace {

Vector<Rational> coordinates(std::initializer_list<Rational> values) {
  Vector<Rational> x(static_cast<Index>(values.size()));
  std::copy(values.begin(), values.end(), x.begin());
  return x;
}

Rational power_of_two(int exponent) {
  return Rational(std::ldexp(1.0, exponent));
}

std::vector<LawInput> all_inputs() {
  using Limits = std::numeric_limits<double>;
  const Rational least(Limits::denorm_min());
  const Rational unit(Limits::epsilon());
  return {
      {"zero", "the zero vector", {"Zero", "Ties"}, coordinates({0, 0, 0})},
      {"one-nonzero", "a single nonzero coordinate", {"OneNonzero"}, coordinates({0, Rational(-3, 2), 0})},
      {"mixed", "coordinates of both signs, all different", {"MixedSigns"}, coordinates({1, -2, 3})},
      {"thirds",
       "coordinates that are no doubles",
       {"MixedSigns"},
       coordinates({Rational(1, 3), Rational(-2, 7), 1})},
      {"ties", "two coordinates of the largest magnitude", {"Ties", "MixedSigns"}, coordinates({2, -2, 1})},
      {"equal", "all coordinates equal", {"Equal", "Ties"}, coordinates({1, 1, 1})},
      {"zero-between", "a zero between nonzero coordinates", {"MixedSigns"}, coordinates({-1, 0, 2})},
      {"scalar", "a single coordinate", {"OneDimension"}, coordinates({Rational(-5, 3)})},
      {"scalar-zero", "a single coordinate, zero", {"OneDimension", "Zero"}, coordinates({0})},
      {"pythagorean-2", "norm 5", {"RationalNorm", "MixedSigns"}, coordinates({3, -4})},
      {"pythagorean-3", "norm 3", {"RationalNorm", "MixedSigns", "Ties"}, coordinates({1, -2, 2})},
      {"pythagorean-4", "norm 5, a zero between", {"RationalNorm"}, coordinates({4, 0, 3})},
      {"equal-4", "norm 2, all coordinates equal", {"RationalNorm", "Equal", "Ties"}, coordinates({1, 1, 1, 1})},
      {"on-levels", "every coordinate on a level of two per norm", {"RationalNorm"}, coordinates({2, -2, 2, 2})},
      {"powers", "powers of two and zero", {"PowerOfTwo", "MixedSigns"}, coordinates({1, -2, Rational(1, 4), 0})},
      {"next-to-powers",
       "a last digit above 1, below 2, below 1",
       {"NextToPowerOfTwo", "MixedSigns"},
       coordinates({1 + unit, -(2 - unit), 1 - unit / 2})},
      {"subnormal",
       "the least double, three of it, the least normal double",
       {"Subnormal", "MixedSigns"},
       coordinates({least, -3 * least, Rational(Limits::min())})},
      {"largest",
       "the largest double and half of it",
       {"LargestDouble", "MixedSigns"},
       coordinates({Rational(Limits::max()), -Rational(Limits::max()) / 2})},
      {"largest-power",
       "the largest power of two among doubles, and three eighths of it",
       {"LargestDouble", "MixedSigns"},
       coordinates({power_of_two(1023), -3 * power_of_two(1020)})},
      {"wide",
       "magnitudes 2^-40, 1, 2^40",
       {"WideRange", "PowerOfTwo"},
       coordinates({power_of_two(-40), -1, power_of_two(40)})},
      {"wide-single",
       "one coordinate of magnitude 2^600",
       {"WideRange", "OneNonzero", "PowerOfTwo"},
       coordinates({0, power_of_two(600), 0})},
      {"matrix-diagonal", "singular values 3 and 1", {"Matrix"}, coordinates({3, 0, 0, 1})},
      {"matrix-rotated",
       "singular values 10 and 5, rotated by Pythagorean rotations",
       {"Matrix"},
       coordinates({Rational(36, 5), Rational(23, 5), Rational(2, 5), Rational(36, 5)})},
      {"matrix-rank-one", "of rank one", {"Matrix"}, coordinates({3, 4, 6, 8})},
      {"matrix-zero", "the zero matrix", {"Matrix", "Zero"}, coordinates({0, 0, 0, 0})},
      {"matrix-mixed", "two columns of different norms", {"Matrix", "MixedSigns"}, coordinates({1, -2, 3, 0})}};
}

}  // namespace

const LawInput& law_input(const std::string& name) {
  static const std::vector<LawInput> inputs = all_inputs();
  const auto found =
      std::find_if(inputs.begin(), inputs.end(), [&](const LawInput& one) { return one.name == name; });
  if (found == inputs.end()) throw std::logic_error("an input that is not there: " + name);
  return *found;
}

const std::vector<LawCase>& law_cases() {
  using Names = std::vector<std::string>;
  static const Names linear = {"mixed", "zero", "one-nonzero", "ties", "thirds", "subnormal"};
  static const Names comparing = {"mixed", "zero",         "one-nonzero", "ties",
                                  "equal", "zero-between", "thirds",      "wide"};
  static const Names single = {"scalar", "scalar-zero"};
  static const Names euclidean = {"pythagorean-2", "pythagorean-3", "pythagorean-4", "equal-4",     "on-levels",
                                  "zero",          "one-nonzero",   "scalar",        "scalar-zero", "wide-single"};
  static const Names binary = {"powers",      "mixed",          "zero",         "one-nonzero",
                               "thirds",      "next-to-powers", "zero-between", "subnormal",
                               "scalar-zero", "scalar",         "largest-power"};
  static const Names matrix = {"matrix-diagonal", "matrix-rotated", "matrix-rank-one", "matrix-zero"};
  static const std::vector<LawCase> cases = {
      {"identity", {"mixed", "zero", "scalar", "subnormal", "largest"}, "compressor/identity/contract", true},
      {"rand-k:1", linear, "compressor/rand-k/unbiased", false},
      {"rand-k:2", linear, "compressor/rand-k/unbiased", true},
      {"rand-k:3", {"mixed", "zero"}, "compressor/rand-k/unbiased", false},
      {"rand-k:1", single, "compressor/rand-k/unbiased", false},
      {"rand-k-unscaled:1", linear, "compressor/rand-k-unscaled/delta", true},
      {"rand-k-unscaled:2", linear, "compressor/rand-k-unscaled/delta", false},
      {"rand-k-unscaled:1", single, "compressor/rand-k-unscaled/delta", false},
      {"bernoulli:1/3",
       {"mixed", "zero", "one-nonzero", "scalar", "subnormal"},
       "compressor/bernoulli/unbiased",
       true},
      {"bernoulli:1", {"mixed"}, "compressor/bernoulli/unbiased", false},
      {"bernoulli-unscaled:1/3", {"mixed", "zero", "scalar"}, "compressor/bernoulli-unscaled/delta", true},
      {"bernoulli-unscaled:1", {"mixed"}, "compressor/bernoulli-unscaled/delta", false},
      {"independent-sparsification:1/2,1/3,1", linear, "compressor/independent-sparsification/unbiased", true},
      {"independent-sparsification:1/4", single, "compressor/independent-sparsification/unbiased", false},
      {"adaptive-sparsification:2", comparing, "compressor/adaptive-sparsification/unbiased", true},
      {"adaptive-sparsification:1", single, "compressor/adaptive-sparsification/unbiased", false},
      {"l1-sampling", comparing, "compressor/l1-sampling/unbiased", true},
      {"l1-sampling", single, "compressor/l1-sampling/unbiased", false},
      {"dithering:1", euclidean, "compressor/dithering-2/unbiased", true},
      {"dithering:2", euclidean, "compressor/dithering-2/unbiased", false},
      {"dithering:3", euclidean, "compressor/dithering-2/unbiased", false},
      {"dithering-1:1", comparing, "compressor/dithering-1/unbiased", true},
      {"dithering-1:2", comparing, "compressor/dithering-1/unbiased", false},
      {"dithering-1:2", single, "compressor/dithering-1/unbiased", false},
      {"dithering-inf:1", comparing, "compressor/dithering-inf/unbiased", true},
      {"dithering-inf:2", comparing, "compressor/dithering-inf/unbiased", false},
      {"dithering-inf:3", single, "compressor/dithering-inf/unbiased", false},
      {"natural-dithering:1", euclidean, "compressor/natural-dithering/unbiased", true},
      {"natural-dithering:3", euclidean, "compressor/natural-dithering/unbiased", false},
      {"natural-dithering-1:2", comparing, "compressor/natural-dithering/unbiased", true},
      {"natural-dithering-inf:2", comparing, "compressor/natural-dithering/unbiased", true},
      {"tern-grad", comparing, "compressor/terngrad/unbiased", true},
      {"tern-grad", single, "compressor/terngrad/unbiased", false},
      {"natural", binary, "compressor/natural/unbiased", true},
      {"exp-stochastic:2",
       {"powers", "mixed", "zero", "next-to-powers"},
       "compressor/exp-stochastic/unbiased",
       true},
      {"exp-stochastic:3",
       {"mixed", "powers", "zero", "thirds", "scalar"},
       "compressor/exp-stochastic/unbiased",
       false},
      {"exp-round:2", binary, "compressor/exp-round/delta", true},
      {"exp-round:3", {"mixed", "powers", "zero", "thirds", "scalar"}, "compressor/exp-round/delta", false},
      {"top-k:1", comparing, "compressor/top-k/delta", true},
      {"top-k:2", comparing, "compressor/top-k/delta", false},
      {"top-k:3", {"mixed", "ties"}, "compressor/top-k/delta", false},
      {"top-k:1", single, "compressor/top-k/delta", false},
      {"scaled-sign", comparing, "compressor/scaled-sign/delta", true},
      {"scaled-sign", single, "compressor/scaled-sign/delta", false},
      {"scaled-sign-plus", comparing, "compressor/scaled-sign/delta", true},
      {"scaled-sign-plus", single, "compressor/scaled-sign/delta", false},
      {"svd-rank-r:2x2:1", matrix, "compressor/svd-rank-r/delta", true},
      {"svd-rank-r:2x2:2", matrix, "compressor/svd-rank-r/delta", false},
      {"random-column:2x2:1", {"matrix-mixed", "matrix-zero"}, "compressor/random-column/delta", true},
      {"random-column:1x3:2", {"mixed"}, "compressor/random-column/delta", false}};
  return cases;
}

}  // namespace touchstone::inline v0::oracle::vectors
