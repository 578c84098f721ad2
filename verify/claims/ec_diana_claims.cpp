#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr_diana.hpp"
#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0 {

namespace {

template <class C>
using Noisy = EcSgdDiana<Rational, C, RandK>;
template <class C>
using Sampled = EcSgdSrDiana<Rational, C, RandK, SingleElement<Rational>>;
template <class C>
using Full = EcGdDiana<Rational, C, RandK>;

/// Q = Rand1; option I for K = 1, option II beyond.
template <class C>
LearnedShift<Rational, RandK> learned_shift(const NamedQuadratic& on, const C& compressor) {
  const Index d = on.f.dimension();
  const auto omega = RandK{1}.omega<Rational>(d);
  const Rational careful = ec_diana_careful_shift_stepsize<Rational>(omega, compressor.template delta<Rational>(d));
  return {{1}, compressor.K == 1 ? diana_shift_stepsize(omega) : careful};
}

template <class C>
MethodOn<Noisy<C>> noisy_on(const NamedQuadratic& on, Index K, Seeded& random) {
  Noisy<C> method{{{K}}, 0, learned_shift(on, C{K}), {}};
  for (Index i = 0; i < on.f.workers(); ++i) method.gradient.laws.push_back(random_noise(random, on.f.dimension()));
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C{K}, L,
                              ec_sgd_diana_constants<Rational>(L, RandK{1}.omega<Rational>(on.f.dimension()),
                                                               on.f.workers(), method.shift.alpha, variance))};
}

template <class C>
MethodOn<Sampled<C>> sampled_on(const NamedQuadratic& on, Index K, Seeded& random) {
  const Sampled<C> method{{{K}}, 0, learned_shift(on, C{K}), random_samplings(random, on.f)};
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C{K}, L,
                              ec_sgd_sr_diana_constants<Rational>(L, expected_smoothness(method.gradient, on.f),
                                                                  RandK{1}.omega<Rational>(on.f.dimension()),
                                                                  on.f.workers(), method.shift.alpha, variance))};
}

template <class C>
MethodOn<Full<C>> full_on(const NamedQuadratic& on, Index K, Seeded& /*random*/) {
  const Full<C> method{{{K}}, 0, learned_shift(on, C{K})};
  const Rational L = on.f.constants().largest_L_i();
  return {on, method,
          compensated_theorem(
              on, C{K}, L,
              ec_gd_diana_constants<Rational>(L, RandK{1}.omega<Rational>(on.f.dimension()), method.shift.alpha))};
}

}  // namespace

std::vector<Claim> ec_diana_claims() {
  std::vector<Claim> all;
  add_compensated<Noisy>(all, {"ec-sgd-diana", "EC-SGD-DIANA", "slide 50, row 4 (EC-SGD-DIANA, Algorithm 22)"},
                         {"A", "B1", "D1~", "A'", "D1'", "rho1", "C1", "D2"}, noisy_on<RandKUnscaled>,
                         noisy_on<TopK>, {{1, 1, 1}, {2, 2, 1}});
  add_compensated<Sampled>(all,
                           {"ec-sgdsr-diana", "EC-SGDsr-DIANA", "slide 50, row 5 (EC-SGDsr-DIANA, Algorithm 23)"},
                           {"A", "B1", "A~", "D1~", "A'", "D1'", "rho1", "C1", "D2"}, sampled_on<RandKUnscaled>,
                           sampled_on<TopK>, {{1, 1, 2}, {2, 2, 2}});
  add_compensated<Full>(all, {"ec-gd-diana", "EC-GD-DIANA", "slide 50, row 6 (EC-GD-DIANA)"},
                        {"A", "B1", "A'", "rho1", "C1"}, full_on<RandKUnscaled>, full_on<TopK>,
                        {{1, 1, 1}, {2, 2, 1}, {3, 2, 1}});
  return all;
}

}  // namespace touchstone::inline v0
