#include "verify/claims/descent_theorem.hpp"

namespace touchstone::inline v0 {

Rational DescentTheorem::growth() const {
  switch (promise) {
    case Promise::average:
      return 1;
    case Promise::last:
      return 1 - gamma * mu;
    case Promise::best:
      return qgd_growth<Rational>(moment, L, gamma);
  }
  throw std::logic_error("a promise without a growth");
}

Rational DescentTheorem::kept() const {
  return promise == Promise::last ? Rational(0) : Rational(gamma / 2);
}

Rational DescentTheorem::noise() const {
  if (promise == Promise::best) return qgd_step_noise<Rational>(moment, L, gamma);
  return promise == Promise::last ? Rational(gamma * nu) : Rational(gamma * nu / 2);
}

}  // namespace touchstone::inline v0
