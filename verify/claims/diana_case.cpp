#include "verify/claims/diana_case.hpp"

namespace touchstone::inline v0 {

std::vector<Vector<Rational>> worker_gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  std::vector<Vector<Rational>> all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(f.gradient(i, x));
  return all;
}

Rational sampling_variance(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Rational sum(0);
  for (Index i = 0; i < f.workers(); ++i)
    for (Index j = 0; j < f.components(i); ++j)
      sum += (f.component_gradient(i, j, x) - f.gradient(i, x)).squaredNorm() / f.components(i);
  return sum / f.workers();
}

}  // namespace touchstone::inline v0
