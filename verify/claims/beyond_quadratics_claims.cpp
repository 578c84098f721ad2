#include <algorithm>
#include <string>
#include <vector>

#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/methods/unified_sgd/sega.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/sgd_star.hpp"
#include "touchstone/methods/unified_sgd/vr_diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/sega.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"
#include "verify/claims/huber_study.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_samplings.hpp"

namespace touchstone::inline v0::registry::beyond_quadratics {

namespace {

using GdHere = OnHuber<Gd<Rational>>;
HuberSetUp<GdHere> set_up_gd(const NamedHuberSum& on) {
  const Rational& L = on.f.constants().L;
  const GdHere gd{{gd_stepsize(L)}};
  return {gd, [=](const Vector<Rational>& x) { return gd.initial(on.f, x); }, gd_constants(L)};
}

/// A component drawn with probability L_j/(L_1 + ... + L_m), and what the theory asks of it.
struct ComponentSampling {
  SingleElement<Rational> sampling;
  Rational smoothness, variance;
};
ComponentSampling component_sampling(const NamedHuberSum& on) {
  const std::vector<Rational>& L = on.f.constants().L_ij.front();
  const Index m = on.f.components(0);
  Rational sum(0);
  for (const Rational& L_j : L) sum += L_j;
  SingleElement<Rational> sampling;
  for (const Rational& L_j : L) sampling.p.push_back(Rational(L_j / sum));
  return {sampling, largest_of(single_element_smoothness(L, sampling.p)),
          sampled_square(weight_moments({sampling}, m) - Matrix<Rational>::Ones(m, m),
                         component_gradients<Rational>(on.f, on.x_star))};
}

using SgdSrHere = OnHuber<SgdSr<Rational, SingleElement<Rational>>>;
HuberSetUp<SgdSrHere> set_up_sgd_sr(const NamedHuberSum& on) {
  const auto [sampling, E, variance] = component_sampling(on);
  const SgdSrHere sgd{{sampling, sgd_sr_stepsize(E)}};
  return {sgd, [=](const Vector<Rational>& x) { return sgd.initial(on.f, x); }, sgd_sr_constants(E, variance)};
}

using SgdStarHere = OnHuber<SgdStar<Rational, SingleElement<Rational>>>;
HuberSetUp<SgdStarHere> set_up_sgd_star(const NamedHuberSum& on) {
  const auto [sampling, E, variance] = component_sampling(on);
  const SgdStarHere sgd{{sampling, component_gradients<Rational>(on.f, on.x_star), sgd_star_stepsize(E)}};
  return {sgd, [=](const Vector<Rational>& x) { return sgd.initial(on.f, x); }, sgd_star_constants(E)};
}

using QSgdSrHere = OnHuber<QSgdSr<Rational, Natural, SingleElement<Rational>>>;
HuberSetUp<QSgdSrHere> set_up_q_sgd_sr(const NamedHuberSum& on) {
  const auto [sampling, E, variance] = component_sampling(on);
  const Natural natural;
  const auto omega = natural.omega<Rational>(on.f.dimension());
  const QSgdSrHere sgd{{natural, sampling, q_sgd_sr_stepsize(E, omega)}};
  return {sgd, [=](const Vector<Rational>& x) { return sgd.initial(on.f, x); },
          q_sgd_sr_constants(E, omega, variance, variance)};
}

using SagaHere = OnHuber<Saga<Rational>>;
HuberSetUp<SagaHere> set_up_saga(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_ij();
  const Rational m(on.f.components(0));
  const SagaHere saga{{saga_stepsize(L)}};
  return {saga, [=](const Vector<Rational>& x) { return saga.initial(on.f, x); }, saga_constants(L, m),
          saga_lyapunov_weight(m)};
}

using LSvrgHere = OnHuber<LSvrg<Rational>>;
HuberSetUp<LSvrgHere> set_up_l_svrg(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_ij();
  const auto p = ratio<Rational>(1, 3);
  const LSvrgHere svrg{{l_svrg_stepsize(L), p}};
  return {svrg, [=](const Vector<Rational>& x) { return svrg.initial(on.f, x); }, l_svrg_constants(L, p),
          l_svrg_lyapunov_weight(p)};
}

using SegaHere = OnHuber<Sega<Rational>>;
HuberSetUp<SegaHere> set_up_sega(const NamedHuberSum& on) {
  const Rational& L = on.f.constants().L;
  const Rational d(on.f.dimension());
  const SegaHere sega{{sega_stepsize(L, d)}};
  return {sega, [=](const Vector<Rational>& x) { return sega.initial(on.f, x, full_gradient<Rational>(on.f, x)); },
          sega_constants(L, d), sega_lyapunov_weight(d)};
}

std::vector<Vector<Rational>> gradients_of_workers(const HuberSum<Rational>& f, const Vector<Rational>& x) {
  std::vector<Vector<Rational>> all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(f.gradient(i, x));
  return all;
}

constexpr Fraction laziness{1, 2};

using DianaHere = OnHuber<Diana<Rational, Bernoulli>>;
HuberSetUp<DianaHere> set_up_diana(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_i();
  const Rational n(on.f.workers());
  const Bernoulli lazy{laziness};
  const auto omega = lazy.omega<Rational>(on.f.dimension());
  const Rational alpha = diana_shift_stepsize(omega);
  const DianaHere diana{{lazy, diana_stepsize(L, omega, n), alpha}};
  return {diana, [=](const Vector<Rational>& x) { return diana.initial(on.f, x, gradients_of_workers(on.f, x)); },
          diana_constants(L, omega, n, alpha), diana_lyapunov_weight(omega, n, alpha)};
}

template <VrDianaVariant variant>
using VrDianaHere = OnHuber<VrDiana<Rational, Bernoulli, variant>>;
template <VrDianaVariant variant>
HuberSetUp<VrDianaHere<variant>> set_up_vr_diana(const NamedHuberSum& on) {
  const Rational L = on.f.constants().largest_L_ij();
  const Rational n(on.f.workers());
  const Rational m(on.f.components(0));
  const Bernoulli lazy{laziness};
  const auto omega = lazy.omega<Rational>(on.f.dimension());
  const std::vector<Rational> bounds = vr_diana_shift_stepsize_bounds(omega, m);
  const Rational alpha = *std::min_element(bounds.begin(), bounds.end());
  const VrDianaHere<variant> diana{{lazy, vr_diana_stepsize(L, omega, n, m, alpha), alpha}};
  const auto learnt = [=](const Vector<Rational>& x) {
    return diana.initial(on.f, x, gradients_of_workers(on.f, x), diana.initial(on.f, x).table);
  };
  return {diana, learnt, vr_diana_constants(L, omega, n, m, alpha), vr_diana_lyapunov_weight(omega, n, alpha)};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<QuadraticShape> node = {{1, 1, 2}, {2, 1, 2}};
  const std::vector<QuadraticShape> network = {{1, 2, 1}, {2, 2, 1}};
  const std::vector<QuadraticShape> components = {{1, 2, 1}, {2, 1, 2}};
  const std::string two_factors = "E V^k <= max{1 - gamma mu, 1 - ";
  const std::string vr_row = "A = (1 + (4 omega + 2)/n)L, B = 2(omega + 1)/n, rho = alpha, C = (1/m + 2 alpha)L";
  return {
      huber_claim<GdHere>({"gd", "gradient descent", "A = L", "|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2"},
                          set_up_gd, {{1, 1, 1}, {2, 2, 2}}, 8),
      huber_claim<SgdSrHere>({"sgd-sr", "SGD-SR", "A = 2E, D1 = 2 variance",
                              "E|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2 + 2 gamma variance/mu"},
                             set_up_sgd_sr, node, 5),
      huber_claim<SgdStarHere>({"sgd-star", "SGD-star", "A = E", "E|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2"},
                               set_up_sgd_star, node, 5),
      huber_claim<QSgdSrHere>(
          {"q-sgd-sr", "Q-SGD-SR with natural compression", "A = 2(1 + omega)E, D1 = 2(1 + omega) variance",
           "E|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2 + gamma D1/mu"},
          set_up_q_sgd_sr, node, 3),
      huber_claim<SagaHere>({"saga", "SAGA", "A = 2L, B = 2, rho = 1/m, C = L/m", two_factors + "1/(2m)}^k V^0"},
                            set_up_saga, node, 5, wrong_memories<SagaHere>()),
      huber_claim<SegaHere>(
          {"sega", "SEGA", "A = 2dL, B = 2d, rho = 1/d, C = L/d", "E V^k <= (1 - gamma mu)^k V^0"}, set_up_sega,
          {{1, 1, 1}, {2, 2, 1}, {3, 1, 1}}, 5, wrong_memories<SegaHere>()),
      huber_claim<LSvrgHere>({"l-svrg", "L-SVRG", "A = 2L, B = 2, rho = p, C = pL", two_factors + "p/2}^k V^0"},
                             set_up_l_svrg, node, 4, wrong_memories<LSvrgHere>()),
      huber_claim<DianaHere>({"diana", "DIANA", "A = (1 + 2 omega/n)L, B = 2 omega/n, rho = alpha, C = alpha L",
                              two_factors + "alpha/2}^k V^0"},
                             set_up_diana, network, 4, wrong_networks<DianaHere>()),
      huber_claim<VrDianaHere<VrDianaVariant::saga>>(
          {"vr-diana-saga", "VR-DIANA with tables", vr_row, two_factors + "alpha/2}^k V^0"},
          set_up_vr_diana<VrDianaVariant::saga>, components, 3,
          wrong_memories<VrDianaHere<VrDianaVariant::saga>>()),
      huber_claim<VrDianaHere<VrDianaVariant::loopless>>(
          {"vr-diana-loopless", "VR-DIANA with reference points", vr_row, two_factors + "alpha/2}^k V^0"},
          set_up_vr_diana<VrDianaVariant::loopless>, components, 3,
          wrong_memories<VrDianaHere<VrDianaVariant::loopless>>()),
  };
}

}  // namespace touchstone::inline v0::registry::beyond_quadratics
