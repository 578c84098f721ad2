#pragma once
/// \file
/// The instances that are not quadratic: Huber sums whose solution is known.

#include <string>
#include <vector>

#include "touchstone/problems/huber_sum.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::inline v0 {

struct NamedHuberSum {
  HuberSum<Rational> f;
  Vector<Rational> x_star;
  std::string name;
};

/// For every shape three: random ones with a random solution and with a solution at the kink of a term; and
/// f_ij(x) = x^2/200 + h(x - c_ij), with L = 101 mu attained around x*, and far away little but mu.
[[nodiscard]] std::vector<NamedHuberSum> huber_instances(Seeded& random, const std::vector<QuadraticShape>& shapes);

/// The point next to x where the first term of f_00 passes from its parabola to its line.
[[nodiscard]] Vector<Rational> kink_beside(const HuberSum<Rational>& f, const Vector<Rational>& x);

}  // namespace touchstone::inline v0
