// The rate corollaries of SAGA, L-SVRG and DIANA with full gradients, at their largest stepsizes.

#include <algorithm>

#include <fmt/format.h>

#include "proofs/certificate/problems.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"

namespace touchstone::inline v0::proofs {

namespace {

const Rational L = 1;

/// What the theory of a method declares.
struct CertifiedRate {
  ParametricConstants<Rational> row;
  Rational gamma, M;
};

Rational stated_rate(const CertifiedRate& c, const Rational& mu) {
  return std::ranges::max(contraction_factors(c.row, c.gamma, mu, c.M));
}

/// |x|^2 + M gamma^2 sigma_squared
LinearForm lyapunov(const CertifiedRate& c, const LinearForm& distance, const LinearForm& sigma_squared) {
  return distance + c.M * c.gamma * c.gamma * sigma_squared;
}

/// SAGA and L-SVRG: b_j is the stored gradient of component j, relative to the solution, and
/// g = a_j - b_j + mean b. It is replaced by a_j with probability rho, which is 1/m or p.
CertificateProblem variance_reduction(const CertifiedRate& c, const Rational& mu) {
  const Families f({"x"}, {"a", "b"});
  const LinearForm second_moment = f.mean("a") + f.spread(LinearForm("a") - "b");
  const LinearForm next_distance = f.mean("x") - 2 * c.gamma * f.mean("a", "x") + c.gamma * c.gamma * second_moment;
  const LinearForm next_sigma = c.row.rho * f.average("a") + (1 - c.row.rho) * f.average("b");
  return {.scalars = {"gap"},
          .blocks = {f.mean, f.spread},
          .hypotheses = f.function_class(L, mu),
          .V = lyapunov(c, f.mean("x"), f.average("b")),
          .next_V = lyapunov(c, next_distance, next_sigma),
          .stated_rate = stated_rate(c, mu)};
}

CertificateProblem saga(int number, const Rational& mu, int m) {
  const CertifiedRate c{saga_constants(L, Rational(m)), saga_stepsize(L), saga_lyapunov_weight(Rational(m))};
  CertificateProblem problem = variance_reduction(c, mu);
  problem.id = fmt::format("saga-{}", number);
  problem.claim = "unified-sgd/saga/rate";
  problem.title = fmt::format("one step of SAGA, L = 1, mu = {}, m = {}", mu.str(), m);
  problem.source = "Table 2.1, Corollary 2.6.15";
  problem.parameters = {{"L", L}, {"mu", mu}, {"m", m}, {"gamma", c.gamma}, {"M", c.M}};
  return problem;
}

CertificateProblem l_svrg(int number, const Rational& mu, const Rational& p) {
  const CertifiedRate c{l_svrg_constants(L, p), l_svrg_stepsize(L), l_svrg_lyapunov_weight(p)};
  CertificateProblem problem = variance_reduction(c, mu);
  problem.id = fmt::format("l-svrg-{}", number);
  problem.claim = "unified-sgd/l-svrg/rate";
  problem.title = fmt::format("one step of L-SVRG, L = 1, mu = {}, p = {}", mu.str(), p.str());
  problem.source = "Table 2.1, Corollary 2.6.25";
  problem.parameters = {{"L", L}, {"mu", mu}, {"p", p}, {"gamma", c.gamma}, {"M", c.M}};
  return problem;
}

/// Worker i compresses a_i - h_i, where h_i is its shift relative to the solution; variance is the average of
/// E|Q(a_i - h_i) - (a_i - h_i)|^2.
CertificateProblem diana(int number, const Rational& mu, const Rational& omega, int n, const Rational& alpha) {
  const Rational workers(n);
  const CertifiedRate c{diana_constants(L, omega, workers, alpha), diana_stepsize(L, omega, workers),
                        diana_lyapunov_weight(omega, workers, alpha)};
  const Families f({"x"}, {"a", "h"});
  const LinearForm variance("variance");
  const LinearForm change = LinearForm("a") - "h";
  const LinearForm second_moment = f.mean("a") + 1 / workers * variance;
  const LinearForm next_distance = f.mean("x") - 2 * c.gamma * f.mean("a", "x") + c.gamma * c.gamma * second_moment;
  const LinearForm next_sigma = f.average("h" + alpha * change) + alpha * alpha * variance;
  CertificateProblem problem{
      .id = fmt::format("diana-{}", number),
      .claim = "unified-sgd/diana/rate",
      .title = fmt::format("one step of DIANA, L = 1, mu = {}, omega = {}, n = {}, alpha = {}", mu.str(),
                           omega.str(), n, alpha.str()),
      .source = "Table 2.1, Corollary 2.6.28",
      .parameters =
          {{"L", L}, {"mu", mu}, {"omega", omega}, {"n", n}, {"alpha", alpha}, {"gamma", c.gamma}, {"M", c.M}},
      .scalars = {"gap", "variance"},
      .blocks = {f.mean, f.spread},
      .hypotheses = f.function_class(L, mu),
      .V = lyapunov(c, f.mean("x"), f.average("h")),
      .next_V = lyapunov(c, next_distance, next_sigma),
      .stated_rate = stated_rate(c, mu)};
  problem.hypotheses.push_back(
      {"compressor", "variance <= omega mean |a_i - h_i|^2", omega * f.average(change) - variance});
  problem.hypotheses.push_back({"variance", "variance >= 0", variance});
  return problem;
}

}  // namespace

std::vector<CertificateProblem> unified_sgd_problems() {
  const auto q = ratio<Rational>;
  return {saga(1, q(1, 10), 4),
          saga(2, q(1, 2), 10),
          l_svrg(1, q(1, 10), q(1, 2)),
          l_svrg(2, q(1, 2), q(1, 20)),
          diana(1, q(1, 10), 3, 2, diana_shift_stepsize<Rational>(3)),
          diana(2, q(1, 100), 1, 10, diana_shift_stepsize<Rational>(1)),
          diana(3, q(1, 2), 1, 10, q(1, 20))};
}

}  // namespace touchstone::inline v0::proofs
