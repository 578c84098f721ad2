#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/d_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/d_qlsvrg.hpp"
#include "touchstone/methods/error_feedback/d_qsgd.hpp"
#include "touchstone/methods/error_feedback/d_sgd.hpp"
#include "touchstone/methods/error_feedback/d_sgd_diana.hpp"
#include "touchstone/methods/error_feedback/d_sgd_sr.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/d_qsgd.hpp"
#include "touchstone/theory/error_feedback/d_sgd.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0::registry::delayed {

namespace {

using Uniform = DSgd<Rational>;
using Arbitrary = DSgdSr<Rational, SingleElement<Rational>>;
using Compressed = DQsgd<Rational, RandK>;
using Learned = DSgdDiana<Rational, RandK>;
using Loopless = DLsvrg<Rational>;
using CompressedLoopless = DQlsvrg<Rational, RandK>;
using LearnedLoopless = DLsvrgDiana<Rational, RandK>;

const Rational p = ratio<Rational>(1, 3);

/// Of Rand1.
Rational omega_on(const NamedQuadratic& on) {
  return RandK{1}.omega<Rational>(on.f.dimension());
}

MethodOn<Uniform> uniform_on(const NamedQuadratic& on, const Index& tau, Seeded& /*random*/) {
  const Uniform method{{tau}, 0};
  const Rational L = on.f.constants().largest_L_ij();
  return {on, method,
          delayed_theorem(on, tau, L,
                          d_sgd_constants<Rational>(L, on.f.workers(), variance_at_solution(method.gradient, on)))};
}

MethodOn<Arbitrary> arbitrary_on(const NamedQuadratic& on, const Index& tau, Seeded& random) {
  const Arbitrary method{{tau}, 0, {}, random_samplings(random, on.f)};
  const Rational L = on.f.constants().largest_L_i();
  return {on, method,
          delayed_theorem(on, tau, L,
                          d_sgd_sr_constants<Rational>(L, expected_smoothness(method.gradient, on.f),
                                                       on.f.workers(), variance_at_solution(method.gradient, on)))};
}

MethodOn<Compressed> compressed_on(const NamedQuadratic& on, const Index& tau, Seeded& /*random*/) {
  const Compressed method{{tau}, 0, {{1}}};
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          delayed_theorem(on, tau, L,
                          d_qsgd_sampling_constants<Rational>(L, on.f.constants().largest_L_ij(), omega_on(on),
                                                              on.f.workers(), gradient_noise(on), variance))};
}

MethodOn<Learned> learned_on(const NamedQuadratic& on, const Index& tau, Seeded& random) {
  const Rational alpha = diana_shift_stepsize(omega_on(on));
  Learned method{{tau}, 0, {{1}, alpha}, {}};
  for (Index i = 0; i < on.f.workers(); ++i) method.gradient.laws.push_back(random_noise(random, on.f.dimension()));
  const Rational L = on.f.constants().largest_L_i();
  return {on, method,
          delayed_theorem(on, tau, L,
                          d_sgd_diana_constants<Rational>(L, omega_on(on), on.f.workers(), alpha,
                                                          variance_at_solution(method.gradient, on)))};
}

MethodOn<Loopless> loopless_on(const NamedQuadratic& on, const Index& tau, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_ij();
  return {on, Loopless{{tau}, 0, {}, {p}},
          delayed_theorem(on, tau, L, d_lsvrg_constants<Rational>(L, on.f.workers(), p))};
}

MethodOn<CompressedLoopless> compressed_loopless_on(const NamedQuadratic& on, const Index& tau,
                                                    Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_ij();
  return {on, CompressedLoopless{{tau}, 0, {{1}}, {p}},
          delayed_theorem(on, tau, L,
                          d_qlsvrg_constants<Rational>(L, omega_on(on), on.f.workers(), p, gradient_noise(on)))};
}

MethodOn<LearnedLoopless> learned_loopless_on(const NamedQuadratic& on, const Index& tau, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_ij();
  const Rational alpha = diana_shift_stepsize(omega_on(on));
  return {
      on, LearnedLoopless{{tau}, 0, {{1}, alpha}, {p}},
      delayed_theorem(on, tau, L, d_lsvrg_diana_constants<Rational>(L, omega_on(on), on.f.workers(), alpha, p))};
}

MethodNames named(const std::string& subject, const std::string& title) {
  return {subject, title, "slides 55-57 (" + title + ")"};
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  add_delayed<Uniform>(all, named("d-sgd", "D-SGD"), {"A'", "D1'"}, uniform_on);
  add_delayed<Arbitrary>(all, named("d-sgd-sr", "D-SGD-SR"), {"A'", "D1'"}, arbitrary_on);
  add_delayed<Compressed>(all, named("d-qsgd", "D-QSGD"), {"A'", "D1'"}, compressed_on);
  add_delayed<Learned>(all, named("d-sgd-diana", "D-SGD-DIANA"), {"A'", "B1'", "D1'", "rho1", "C1", "D2"},
                       learned_on, {{1, 1, 1}, {2, 2, 1}});
  add_delayed<Loopless>(all, named("d-lsvrg", "D-LSVRG"), {"A'", "B2'", "rho2", "C2"}, loopless_on);
  add_delayed<CompressedLoopless>(all, named("d-qlsvrg", "D-QLSVRG"), {"A'", "B2'", "D1'", "rho2", "C2"},
                                  compressed_loopless_on, {{1, 1, 2}, {2, 1, 2}});
  add_delayed<LearnedLoopless>(all, named("d-lsvrg-diana", "D-LSVRG-DIANA"),
                               {"A'", "B1'", "B2'", "rho1", "C1", "G", "rho2", "C2"}, learned_loopless_on,
                               {{1, 1, 2}, {2, 1, 2}});
  add_delayed_average<Uniform>(all, named("d-sgd", "D-SGD"), uniform_on);
  add_delayed_average<Arbitrary>(all, named("d-sgd-sr", "D-SGD-SR"), arbitrary_on);
  add_delayed_average<Compressed>(all, named("d-qsgd", "D-QSGD"), compressed_on);
  add_delayed_average<Learned>(all, named("d-sgd-diana", "D-SGD-DIANA"), learned_on);
  add_delayed_average<Loopless>(all, named("d-lsvrg", "D-LSVRG"), loopless_on);
  add_delayed_average<CompressedLoopless>(all, named("d-qlsvrg", "D-QLSVRG"), compressed_loopless_on);
  add_delayed_average<LearnedLoopless>(all, named("d-lsvrg-diana", "D-LSVRG-DIANA"), learned_loopless_on);
  return all;
}

}  // namespace touchstone::inline v0::registry::delayed
