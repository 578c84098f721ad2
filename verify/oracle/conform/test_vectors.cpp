#include "verify/oracle/conform/test_vectors.hpp"

#include <cmath>

#include "touchstone/randomness/seeded.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

Vector<double> vector(std::initializer_list<double> values) {
  Vector<double> x(static_cast<Index>(values.size()));
  std::copy(values.begin(), values.end(), x.begin());
  return x;
}

}  // namespace

std::vector<Vector<double>> law_vectors(Index d) {
  switch (d) {
    case 1:
      return {vector({1}), vector({-3}), vector({5})};
    case 2:
      return {vector({0, 1}), vector({3, -4}), vector({12, 5})};
    case 3:
      return {vector({0, -1, 0}), vector({2, -1, 2}), vector({2, 3, -6})};
    case 4:
      return {vector({0, 0, 1, 0}), vector({1, -1, 1, 1}), vector({1, -3, 5, 1}), vector({2, 4, 5, -6})};
    case 5:
      return {vector({0, 3, 0, -4, 0}), vector({1, 1, 1, 2, -3}), vector({1, 2, -3, 5, 5})};
    default:
      return {};
  }
}

std::vector<Vector<double>> contract_vectors(Index d) {
  std::vector<Vector<double>> vectors{Vector<double>(Vector<double>::Ones(d)),
                                      Vector<double>(Vector<double>::Unit(d, 0))};
  Vector<double> mixed(d);
  for (Index i = 0; i < d; ++i) mixed[i] = (i % 2 == 0 ? 1.0 : -1.0) * static_cast<double>(i + 1);
  vectors.push_back(mixed);
  vectors.push_back(Vector<double>(Vector<double>::Constant(d, 1.375)));
  Vector<double> one_large = Vector<double>::Constant(d, 0.25);
  one_large[d - 1] = -1;
  vectors.push_back(one_large);
  vectors.emplace_back(mixed / 1024);  // what has a scale of its own shows it
  vectors.emplace_back(mixed * 512);
  return vectors;
}

Vector<double> distinct_vector(Index d) {
  Vector<double> x(d);
  for (Index i = 0; i < d; ++i) x[i] = (i % 3 == 1 ? -1.0 : 1.0) * (1.0 + static_cast<double>(i) / 128.0);
  return x;
}

Vector<double> random_vector(Index d, int digits, std::uint64_t seed) {
  constexpr Index half = Index{1} << 26;
  Seeded draws(seed);
  Vector<double> x(d);
  for (Index i = 0; i < d; ++i) {
    const auto high = static_cast<double>(draws.choose(half));
    const auto low = static_cast<double>(draws.choose(half));
    const double fraction = std::floor(std::ldexp(high + std::ldexp(low, -26), digits - 1 - 26));
    const double size = 1 + std::ldexp(fraction, 1 - digits);
    x[i] = draws.choose(2) == 0 ? size : -size;
  }
  return x;
}

std::string key_of(const Vector<double>& y) {
  return {reinterpret_cast<const char*>(y.data()), static_cast<std::size_t>(y.size()) * sizeof(double)};  // NOLINT
}

}  // namespace touchstone::inline v0::oracle::conformance
