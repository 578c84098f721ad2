// EC-GDstar, which for n = 1 is EC-GD: the stated rate, and the best one there is where every f_i is strongly convex.

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "proofs/certificate/problems.hpp"
#include "touchstone/core/require.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"

namespace touchstone::inline v0::proofs {

namespace {

Families families() {
  return {{"x"}, {"e", "a"}};
}

/// V = |xt - x*|^2 + N mean |e_i|^2 with xt = x - mean e, and what the compressor says; E_next is the average of
/// E|e_i+|^2.
CertificateProblem error_compensation(const Rational& mu, const Rational& delta, const Rational& gamma,
                                      const Rational& N) {
  const Rational L = 1;
  const Families f = families();
  const LinearForm e("e");
  const LinearForm a("a");
  const LinearForm E_next("E_next");
  const LinearForm iterate = "x" - e;
  return {.parameters = {{"L", L}, {"mu", mu}, {"delta", delta}, {"gamma", gamma}, {"N", N}},
          .scalars = {"E_next"},
          .blocks = {f.mean, f.spread},
          .hypotheses = {{"compressor", "E_next <= (1 - delta) mean |e_i + gamma a_i|^2",
                          (1 - delta) * f.average(e + gamma * a) - E_next},
                         {"error", "E_next >= 0", E_next}},
          .V = f.mean(iterate) + N * f.average(e),
          .next_V = f.mean(iterate - gamma * a) + N * E_next,
          .stated_rate = {}};
}

/// `root` is an upper bound of the square root in the stepsize.
CertificateProblem ec_gd_star(int number, const Rational& mu, const Rational& delta, const Rational& root) {
  const Rational L = 1;
  const ErrorCompensationConstants<Rational> row = ec_gd_star_constants(L);
  const Rational half = ratio<Rational>(1, 2);
  const ErrorModel<Rational> errors = compensated_errors(row, L, delta);
  const Rational radicand = stepsize_radicand(row, errors, half);
  require(root * root >= radicand, "an upper bound of a square root (its square, radicand)", root * root, radicand);
  const Rational gamma = error_feedback_stepsize(row, root, half);
  CertificateProblem problem = error_compensation(mu, delta, gamma, error_weight(errors, gamma));
  problem.id = fmt::format("ec-gd-star-{}", number);
  problem.claim = "error-feedback/ec-gd-star/rate";
  problem.title = fmt::format("one step of EC-GDstar, L = 1, mu = {}, delta = {}", mu.str(), delta.str());
  problem.source = "slide 50, row 3 (EC-GDstar, Algorithm 21)";
  problem.scalars.push_back("gap");
  std::ranges::move(families().function_class(L, mu), std::back_inserter(problem.hypotheses));
  problem.stated_rate = 1 - std::ranges::min(error_feedback_gaps(row, errors, gamma, mu));
  return problem;
}

/// The best Lyapunov function and stepsize of EC-GDstar where every f_i is mu-strongly convex and L-smooth:
///
///     s = sqrt(1 - delta)    kappa = (L - mu)/(L + mu)    gamma = 2/(L + mu) (1 - s)/(1 + s)
///     V = |xt - x*|^2 + (1/s) (1/n) sum_i |e_i|^2,    E V+ <= q^2 V where q > 0, q^2 = kappa (1 - s) q + s
///
/// The multipliers are 1/s for the compressor and 2 q gamma/(L - mu) for strong convexity. The rate is attained: the
/// iterates of f = L/2 |x|^2 with C(y) = (1 + s) y can shrink by exactly q. For no quadratic V and no gamma is it
/// smaller. s and q come as rationals.
CertificateProblem ec_gd_star_tight(int number, const Rational& mu, const Rational& s, const Rational& q) {
  const Rational L = 1;
  const Rational kappa = (L - mu) / (L + mu);
  require(q > 0 && q * q == kappa * (1 - s) * q + s, "q > 0 with q^2 = kappa (1 - s) q + s (q, right side)", q,
          kappa * (1 - s) * q + s);
  const Rational gamma = 2 / (L + mu) * (1 - s) / (1 + s);
  const Rational delta = 1 - s * s;
  CertificateProblem problem = error_compensation(mu, delta, gamma, 1 / s);
  const Families f = families();
  const LinearForm x("x");
  const LinearForm a("a");
  problem.id = fmt::format("ec-gd-star-tight-{}", number);
  problem.claim = "error-feedback/ec-gd-star/tight-rate";
  problem.title = fmt::format("the best rate of EC-GDstar, every f_i strongly convex, L = 1, mu = {}, delta = {}",
                              mu.str(), delta.str());
  problem.source = "derived; for n = 1 the setting of arXiv:2506.05271";
  problem.hypotheses.push_back(
      {"strong-convexity", "mean of <a_i - mu x, L x - a_i> is at least 0", f.average(a - mu * x, L * x - a)});
  problem.stated_rate = q * q;
  return problem;
}

}  // namespace

std::vector<CertificateProblem> error_feedback_problems() {
  const auto q = ratio<Rational>;
  return {ec_gd_star(1, q(1, 10), q(1, 2), 9), ec_gd_star(2, q(1, 100), q(3, 4), 4),
          ec_gd_star_tight(1, q(10, 81), q(1, 2), q(13, 14)), ec_gd_star_tight(2, q(3, 5), q(1, 3), q(2, 3))};
}

}  // namespace touchstone::inline v0::proofs
