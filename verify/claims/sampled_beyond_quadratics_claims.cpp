#include <string>
#include <vector>

#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/methods/unified_sgd/diana_single.hpp"
#include "touchstone/methods/unified_sgd/n_saga.hpp"
#include "touchstone/methods/unified_sgd/n_sega.hpp"
#include "touchstone/methods/unified_sgd/sgd.hpp"
#include "touchstone/methods/unified_sgd/sgd_mb.hpp"
#include "touchstone/theory/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/jacsketch.hpp"
#include "touchstone/theory/unified_sgd/n_saga.hpp"
#include "touchstone/theory/unified_sgd/n_sega.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd_mb.hpp"
#include "verify/claims/huber_study.hpp"
#include "verify/claims/jacsketch_cases.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_samplings.hpp"

namespace touchstone::inline v0::registry::sampled_beyond_quadratics {

namespace {

std::vector<Rational> uniform_probabilities(const NamedHuberSum& on) {
  const Index m = on.f.components(0);
  return std::vector<Rational>(static_cast<std::size_t>(m), ratio<Rational>(1, m));
}

/// E|grad f_j(x*)/(m p_j) - grad f(x*)|^2, j drawn by p.
Rational variance_at_solution(const NamedHuberSum& on, const std::vector<Rational>& p) {
  const Index m = on.f.components(0);
  return sampled_square(weight_moments({SingleElement<Rational>{p}}, m) - Matrix<Rational>::Ones(m, m),
                        component_gradients<Rational>(on.f, on.x_star));
}

/// Two values of unequal probability, mean zero; small, lest its floor hide a wrong stepsize.
NoiseLaw<Rational> two_valued_noise(Index d) {
  const Vector<Rational> e = Vector<Rational>::Constant(d, ratio<Rational>(1, 1000));
  return {{ratio<Rational>(1, 3), ratio<Rational>(2, 3)}, {Rational(2) * e, Rational(-1) * e}};
}

using SgdHere = OnHuber<Sgd<Rational>>;
HuberSetUp<SgdHere> set_up_sgd(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_ij();
  const SgdHere sgd{{sgd_stepsize(L)}};
  return {sgd, [=](const Vector<Rational>& x) { return sgd.initial(on.f, x); },
          sgd_constants(L, variance_at_solution(on, uniform_probabilities(on)))};
}

using SgdMbHere = OnHuber<SgdMb<Rational>>;
HuberSetUp<SgdMbHere> set_up_sgd_mb(const NamedHuberSum& on) {
  const std::vector<Rational> p = uniform_probabilities(on);
  const Rational L = on.f.constants().L;
  const Rational draw_A = largest_of(sgd_mb_draw_A(on.f.constants().L_ij.front(), p));
  const Index tau = 2;
  const SgdMbHere sgd{{p, tau, sgd_mb_stepsize(draw_A, L, Rational(tau))}};
  return {sgd, [=](const Vector<Rational>& x) { return sgd.initial(on.f, x); },
          sgd_mb_constants(draw_A, L, Rational(tau), Rational(2 * variance_at_solution(on, p)))};
}

using NSagaHere = OnHuber<NSaga<Rational>>;
HuberSetUp<NSagaHere> set_up_n_saga(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_ij();
  const Index m = on.f.components(0);
  const std::vector<NoiseLaw<Rational>> laws(static_cast<std::size_t>(m), two_valued_noise(on.f.dimension()));
  const NSagaHere saga{{saga_stepsize(L), {laws}}};
  return {saga, [=](const Vector<Rational>& x) { return saga.initial(on.f, x); },
          n_saga_constants(L, Rational(m), laws.front().second_moment()), saga_lyapunov_weight(Rational(m))};
}

using NSegaHere = OnHuber<NSega<Rational>>;
HuberSetUp<NSegaHere> set_up_n_sega(const NamedHuberSum& on) {
  const Rational& L = on.f.constants().L;
  const Rational d(on.f.dimension());
  const std::vector<NoiseLaw<Rational>> laws(static_cast<std::size_t>(on.f.dimension()), two_valued_noise(1));
  const NSegaHere sega{{sega_stepsize(L, d), {laws}}};
  return {sega, [=](const Vector<Rational>& x) { return sega.initial(on.f, x, full_gradient<Rational>(on.f, x)); },
          n_sega_constants(L, d, sega.oracle.total_second_moment()), sega_lyapunov_weight(d)};
}

using SingleHere = OnHuber<DianaSingle<Rational, Bernoulli>>;
HuberSetUp<SingleHere> set_up_diana_single(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_i();
  const Bernoulli lazy{{1, 2}};
  const auto omega = lazy.omega<Rational>(on.f.dimension());
  const Rational alpha = diana_shift_stepsize(omega);
  const SingleHere diana{{lazy, diana_single_stepsize(L, omega), alpha}};
  return {diana, [=](const Vector<Rational>& x) { return diana.initial(on.f, x, {on.f.gradient(0, x)}); },
          diana_single_constants(L, omega, alpha), diana_single_lyapunov_weight(omega, alpha)};
}

/// Coordinates of the Jacobian, each with probability 1/m: SAGA with a table that is a matrix.
using SketchHere = OnHuber<JacSketch<Rational>>;
HuberSetUp<SketchHere> set_up_jacsketch(const NamedHuberSum& on) {
  const Rational m(on.f.components(0));
  const NamedSketch sketch = coordinate_sketch(on.f.constants().L_ij.front(), uniform_probabilities(on));
  const SketchHere method{{sketch.law, jacsketch_stepsize(sketch.constants, m)}};
  return {method, [=](const Vector<Rational>& x) { return method.initial(on.f, x); },
          jacsketch_constants(sketch.constants, m), jacsketch_lyapunov_weight(sketch.constants, m)};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<QuadraticShape> node = {{1, 1, 2}, {2, 1, 2}};
  const std::string floor = "E|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2 + gamma D1/mu";
  return {
      huber_claim<SgdHere>({"sgd", "SGD", "A = 2L, D1 = 2 variance", floor}, set_up_sgd, node, 5,
                           theorem_without_noise<SgdHere>()),
      huber_claim<SgdMbHere>({"sgd-mb", "SGD-MB", "A = (A' + L(tau - 1))/tau, D1 = D'/tau, tau = 2", floor},
                             set_up_sgd_mb, node, 3, theorem_without_noise<SgdMbHere>()),
      huber_claim<NSagaHere>(
          {"n-saga", "N-SAGA", "A = 2L, B = 2, rho = 1/m, C = L/m, D1 = variance, D2 = variance/m",
           "E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0 + the noise of the row"},
          set_up_n_saga, node, 3, theorem_without_noise<NSagaHere>()),
      huber_claim<NSegaHere>(
          {"n-sega", "N-SEGA", "A = 2dL, B = 2d, rho = 1/d, C = L/d, D1 = d variance, D2 = variance/d",
           "E V^k <= (1 - gamma mu)^k V^0 + the noise of the row"},
          set_up_n_sega, {{1, 1, 1}, {2, 2, 1}}, 4, theorem_without_noise<NSegaHere>()),
      huber_claim<SingleHere>({"diana-single", "DIANA with one node", "DIANA's with n = 1",
                               "E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0"},
                              set_up_diana_single, {{1, 1, 1}, {2, 1, 2}}, 5, wrong_memories<SingleHere>()),
      huber_claim<SketchHere>({"jacsketch", "JacSketch with coordinates", "of theory/unified_sgd/jacsketch.hpp",
                               "E V^k <= max{1 - gamma mu, 1 - lambda_min/2}^k V^0"},
                              set_up_jacsketch, node, 5, wrong_memories<SketchHere>()),
  };
}

}  // namespace touchstone::inline v0::registry::sampled_beyond_quadratics
