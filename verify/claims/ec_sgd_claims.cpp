#include "touchstone/methods/error_feedback/ec_sgd.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0 {

namespace {

template <class C>
using Uniform = EcSgd<Rational, C>;
template <class C>
using Arbitrary = EcSgdSr<Rational, C, SingleElement<Rational>>;

template <class C>
MethodOn<Uniform<C>> uniform_on(const NamedQuadratic& on, Index K, Seeded& /*random*/) {
  const Uniform<C> method{{{K}}, 0};
  const Rational L = on.f.constants().largest_L_ij();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C{K}, L,
                              ec_sgd_constants<Rational>(L, on.f.workers(), variance, gradient_noise(on)))};
}

template <class C>
MethodOn<Arbitrary<C>> arbitrary_on(const NamedQuadratic& on, Index K, Seeded& random) {
  const Arbitrary<C> method{{{K}}, 0, {}, random_samplings(random, on.f)};
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C{K}, L,
                              ec_sgd_sr_constants<Rational>(L, expected_smoothness(method.gradient, on.f),
                                                            on.f.workers(), variance, gradient_noise(on)))};
}

}  // namespace

std::vector<Claim> ec_sgd_claims() {
  const std::vector<std::string> constants{"A", "D1", "A~", "D1~", "A'", "D1'"};
  std::vector<Claim> all;
  add_compensated<Arbitrary>(all, {"ec-sgdsr", "EC-SGDsr", "slide 50, row 1 (EC-SGDsr, Algorithm 19)"}, constants,
                             arbitrary_on<RandKUnscaled>, arbitrary_on<TopK>);
  add_compensated<Uniform>(all, {"ec-sgd", "EC-SGD", "slide 50, row 2 (EC-SGD, Algorithm 20)"}, constants,
                           uniform_on<RandKUnscaled>, uniform_on<TopK>);
  return all;
}

}  // namespace touchstone::inline v0
