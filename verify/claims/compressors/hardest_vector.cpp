#include "verify/claims/compressors/hardest_vector.hpp"

#include "touchstone/numbers/convert.hpp"

namespace touchstone::inline v0 {

namespace {

constexpr int largest_entry = 7;

/// The next of the vectors with 7 >= x_0 >= x_1 >= ... >= 0, entries whole; false after the last.
bool next_descending(Vector<double>& x) {
  for (Index i = x.size() - 1; i >= 0; --i) {
    if (x[i] >= (i == 0 ? largest_entry : x[i - 1])) continue;
    x[i] += 1;
    for (Index j = i + 1; j < x.size(); ++j) x[j] = 0;
    return true;
  }
  return false;
}

}  // namespace

Vector<Rational> hardest_vector(Index d, const std::function<double(const Vector<double>&)>& f) {
  Vector<double> x = Vector<double>::Zero(d);
  Vector<double> best = Vector<double>::Ones(d);
  double largest = f(best);
  const auto keep_if_larger = [&](const Vector<double>& y) {
    if (y.squaredNorm() == 0) return;
    const double value = f(y);
    if (!(value > largest)) return;
    largest = value;
    best = y;
  };
  while (next_descending(x)) keep_if_larger(x);
  for (double step = 0.5; step >= 1.0 / 256; step /= 2)
    for (int sweep = 0; sweep < 4; ++sweep)
      for (Index i = 0; i < d; ++i)
        for (const double by : {-step, step}) {
          Vector<double> y = best;
          y[i] = std::max(0.0, y[i] + by);
          keep_if_larger(y);
        }
  return convert<Rational>(best);
}

}  // namespace touchstone::inline v0
