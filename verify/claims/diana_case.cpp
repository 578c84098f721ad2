#include "verify/claims/diana_case.hpp"

namespace touchstone::inline v0 {

std::vector<Vector<Rational>> worker_gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  std::vector<Vector<Rational>> all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(f.gradient(i, x));
  return all;
}

}  // namespace touchstone::inline v0
