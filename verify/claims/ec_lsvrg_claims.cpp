#include <algorithm>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0::registry::ec_lsvrg {

namespace {

using Plain = EcLsvrg<Rational, Contracting>;
using Star = EcLsvrgStar<Rational, Contracting>;
using Learned = EcLsvrgDiana<Rational, Contracting, RandK>;

const Rational p = ratio<Rational>(1, 3);

MethodOn<Plain> plain_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_ij();
  return {on, Plain{{C}, 0, {}, {p}},
          compensated_theorem(on, C, L, ec_lsvrg_constants<Rational>(L, on.f.workers(), p, gradient_noise(on)))};
}

MethodOn<Star> star_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_ij();
  return {on, Star{{C}, 0, StarShift<Rational>::of(on.f, on.x_star), {p}},
          compensated_theorem(on, C, L, ec_lsvrg_star_constants<Rational>(L, on.f.workers(), p))};
}

MethodOn<Learned> learned_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_ij();
  const auto omega = RandK{1}.omega<Rational>(on.f.dimension());
  const Rational alpha = diana_shift_stepsize(omega);
  return {on, Learned{{C}, 0, {{1}, alpha}, {p}},
          compensated_theorem(on, C, L, ec_lsvrg_diana_constants<Rational>(L, omega, on.f.workers(), alpha, p))};
}

VariationList<Star> other_star() {
  return {{"the star gradient of another worker", {.change = [](auto& at) {
             auto& gradients = at.method.shift.gradients_at_solution;
             std::rotate(gradients.begin(), gradients.begin() + 1, gradients.end());
           }}}};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<QuadraticShape> shapes{{1, 1, 2}, {2, 2, 2}};
  const SchemeMutants wrong = scheme_mutants<Star>(row_cases<Star>(star_on, shapes), other_star());
  std::vector<Claim> all;
  add_compensated<Plain>(all, {"ec-lsvrg", "EC-LSVRG", "slide 50, row 7 (EC-LSVRG, Algorithm 24)"},
                         {"A", "D1", "A~", "B2~", "A'", "B2'", "rho2", "C2"}, plain_on, shapes);
  add_compensated<Star>(all, {"ec-lsvrg-star", "EC-LSVRGstar", "slide 50, row 8 (EC-LSVRGstar, Algorithm 25)"},
                        {"A", "A~", "B2~", "A'", "B2'", "rho2", "C2"}, star_on, shapes, wrong);
  add_compensated<Learned>(
      all, {"ec-lsvrg-diana", "EC-LSVRG-DIANA", "slide 50, row 9 (EC-LSVRG-DIANA, Algorithm 26)"},
      {"A", "B1", "A~", "B2~", "A'", "B2'", "rho1", "C1", "G", "rho2", "C2"}, learned_on, {{1, 1, 2}, {2, 1, 2}});
  return all;
}

}  // namespace touchstone::inline v0::registry::ec_lsvrg
