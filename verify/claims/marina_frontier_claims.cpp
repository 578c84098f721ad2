// MARINA on f_i = x^2/2, d = 1, in mean square: for which stepsizes it converges, exactly.
#include <cmath>

#include <fmt/format.h>
#include <Eigen/LU>

#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/claims/registry.hpp"
#include "verify/engine/studied_choices.hpp"

namespace touchstone::inline v0::registry::marina_frontier {

namespace {

/// n workers with f_i = x^2/2 and dropout that keeps with probability 1/(1 + omega), so that v = omega/n; s = gamma L.
struct Setting {
  Index n, omega;
  Rational p;

  [[nodiscard]] Rational v() const { return ratio<Rational>(omega, n); }
  /// The roots of what must be positive for stability, A + B s - C s^2 with A = 2p, B = 2 - 3p, C = (1 - p)(1 + 2v): the largest
  /// stable s, from below or above. p < 1.
  [[nodiscard]] Rational frontier(bool above) const {
    const Rational B = 2 - 3 * p;
    const Rational C = (1 - p) * (1 + 2 * v());
    const Rational discriminant = B * B + 8 * p * C;
    const Rational upper = square_root_upper_bound(discriminant, 40);
    const Rational root = above ? upper : Rational(discriminant / upper);
    return (B + root) / (2 * C);
  }
};

struct Variation {
  bool inverted = false;  ///< the coin
  bool shared = false;    ///< all workers drop together
};

/// The map of (E x^2, E x g, E g^2) in a step of the method, read off at three states.
Matrix<Rational> moment_map(const Setting& at, const Rational& s, const Variation& variation) {
  const Matrix<Rational> one = Matrix<Rational>::Identity(1, 1);
  const Vector<Rational> zero = Vector<Rational>::Zero(1);
  const std::vector<QuadraticForm<Rational>> forms(static_cast<std::size_t>(at.n), {one, zero});
  const Quadratic<Rational> f(forms, {1, 1, {}, {}});
  const Rational p = variation.inverted ? Rational(1 - at.p) : at.p;
  const Marina<Rational, Bernoulli> method{{{1, 1 + at.omega}}, s, p};
  const auto moments_after = [&](const Rational& x, const Rational& g) {
    Vector<Rational> sum = Vector<Rational>::Zero(3);
    const auto start = method.initial(f, Vector<Rational>::Constant(1, x), Vector<Rational>::Constant(1, g));
    for_each_outcome<Rational>(
        [&](Exhaustive<Rational>& source) {
          StudiedChoices random(source, variation.shared, nullptr);
          return method.step(f, start, random);
        },
        [&](const Rational& probability, const auto& next) {
          sum[0] += probability * next.x[0] * next.x[0];
          sum[1] += probability * next.x[0] * next.g[0];
          sum[2] += probability * next.g[0] * next.g[0];
        });
    return sum;
  };
  Matrix<Rational> M(3, 3);
  M.col(0) = moments_after(1, 0);
  M.col(2) = moments_after(0, 1);
  M.col(1) = (moments_after(1, 1) - M.col(0) - M.col(2));
  return M;
}

/// Whether E x^2 and E g^2 go to 0 from every start: there is a quadratic form W > 0 that falls by x^2 + g^2 in a step, which is
/// the solution of a linear equation. W = w_0 x^2 + w_1 x g + w_2 g^2.
bool is_stable(const Matrix<Rational>& M) {
  Vector<Rational> fall(3);
  fall << 1, 0, 1;
  const Matrix<Rational> difference = (Matrix<Rational>::Identity(3, 3) - M).transpose();
  const Eigen::FullPivLU<Matrix<Rational>> solver(difference);
  if (!solver.isInvertible()) return false;
  const Vector<Rational> w = solver.solve(fall);
  return w[0] > 0 && 4 * w[0] * w[2] > w[1] * w[1];
}

const std::vector<Setting>& settings() {
  static const std::vector<Setting> all{{1, 1, Rational(1, 2)},  {2, 1, Rational(1, 2)},  {1, 1, Rational(1, 10)},
                                        {3, 2, Rational(1, 3)},  {2, 3, Rational(1, 4)},  {1, 4, Rational(1, 5)},
                                        {4, 1, Rational(9, 10)}, {1, 9, Rational(1, 100)}};
  return all;
}

Finding frontier(const CheckContext& /*context*/, const Variation& variation) {
  Inspection inspection;
  const Rational close = ratio<Rational>(1, 1'000'000);
  for (const Setting& at : settings()) {
    const auto where = [&](const char* what) {
      return [=] { return fmt::format("n={} omega={} p={}: {}", at.n, at.omega, at.p.str(), what); };
    };
    const Rational below = at.frontier(false) * (1 - close);
    const Rational above = at.frontier(true) * (1 + close);
    for (const Rational& s : {Rational(below / 2), below})
      inspection.holds(is_stable(moment_map(at, s, variation)), where("stable below the frontier"));
    for (const Rational& s : {above, Rational(above * 2)})
      inspection.holds(!is_stable(moment_map(at, s, variation)), where("not stable above the frontier"));
    const Rational s = below / 3;
    const Matrix<Rational> difference = Matrix<Rational>::Identity(3, 3) - moment_map(at, s, variation);
    inspection.equal(difference.determinant(),
                     Rational(at.p * s * (2 * at.p + (2 - 3 * at.p) * s - (1 - at.p) * (1 + 2 * at.v()) * s * s)),
                     where("det(I - M)"));
  }
  return inspection.finding(
      fmt::format("{} pairs of p and omega/n, stable at s (1 - 1e-6), not at s (1 + 1e-6); the theorem allows half "
                  "of s or less for "
                  "p = 1/2, omega = n = 1",
                  settings().size()));
}

}  // namespace

std::vector<Claim> claims() {
  return {
      {"marina/marina/frontier",
       "MARINA on the line converges in mean square up to a stepsize that is known exactly",
       "E|x^k|^2 -> 0 if and only if s < ((2 - 3p) + sqrt((2 - 3p)^2 + 8 p (1 - p)(1 + 2v)))/(2 (1 - p)(1 + 2v)); "
       "det(I - M) = p s (2p + (2 - 3p) s - (1 - p)(1 + 2v) s^2)",
       {"f_i = L x^2/2, d = 1, s = gamma L, v = omega/n, p < 1; E|Q(y) - y|^2 = omega |y|^2, Q linear"},
       "derived; p = 1/2, omega = n = 1 is in public notes",
       {make_check<Variation>(
           Layer::exact, Level::exact, frontier, {},
           {{"p in place of 1 - p", {.inverted = true}}, {"all workers share their choices", {.shared = true}}})}}};
}

}  // namespace touchstone::inline v0::registry::marina_frontier
