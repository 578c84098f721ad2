#include "verify/claims/local_golden.hpp"

namespace touchstone::inline v0 {

NamedQuadratic two_on_the_line() {
  const auto form = [](int A, int b) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, Rational(A)),
                                   Vector<Rational>::Constant(1, Rational(b))};
  };
  Quadratic<Rational> f({{form(1, 1), form(3, -1)}, {form(2, 3), form(6, 5)}}, {3, 3, {2, 4}, {{1, 3}, {2, 6}}});
  return {std::move(f), Vector<Rational>::Constant(1, ratio<Rational>(2, 3)), "two workers on the line"};
}

}  // namespace touchstone::inline v0
