#include "touchstone/methods/error_feedback/ec_sgd.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0::registry::ec_sgd {

namespace {

using Uniform = EcSgd<Rational, Contracting>;
using Arbitrary = EcSgdSr<Rational, Contracting, SingleElement<Rational>>;

MethodOn<Uniform> uniform_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Uniform method{{C}, 0};
  const Rational L = on.f.constants().largest_L_ij();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {
      on, method,
      compensated_theorem(on, C, L, ec_sgd_constants<Rational>(L, on.f.workers(), variance, gradient_noise(on)))};
}

MethodOn<Arbitrary> arbitrary_on(const NamedQuadratic& on, const Contracting& C, Seeded& random) {
  const Arbitrary method{{C}, 0, {}, random_samplings(random, on.f)};
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C, L,
                              ec_sgdsr_constants<Rational>(L, expected_smoothness(method.gradient, on.f),
                                                           on.f.workers(), variance, gradient_noise(on)))};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<std::string> constants{"A", "D1", "A~", "D1~", "A'", "D1'"};
  const std::vector<QuadraticShape> shapes{{1, 1, 2}, {2, 1, 2}, {2, 2, 2}};
  std::vector<Claim> all;
  add_compensated<Arbitrary>(
      all, {"ec-sgdsr", "EC-SGDsr", "slide 50, row 1 (EC-SGDsr, Algorithm 19)"}, constants, arbitrary_on, shapes,
      scheme_mutants<Arbitrary>(row_cases<Arbitrary>(arbitrary_on, shapes), one_choice<Arbitrary>()));
  add_compensated<Uniform>(all, {"ec-sgd", "EC-SGD", "slide 50, row 2 (EC-SGD, Algorithm 20)"}, constants,
                           uniform_on, shapes,
                           scheme_mutants<Uniform>(row_cases<Uniform>(uniform_on, shapes), one_choice<Uniform>()));
  return all;
}

}  // namespace touchstone::inline v0::registry::ec_sgd
