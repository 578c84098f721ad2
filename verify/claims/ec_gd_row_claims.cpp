#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0::registry::ec_gd_row {

namespace {

using Plain = EcGd<Rational, Contracting>;
using Star = EcGdStar<Rational, Contracting>;

MethodOn<Plain> plain_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_i();
  return {on, Plain{{C}, 0}, compensated_theorem(on, C, L, ec_gd_constants<Rational>(L, gradient_noise(on)))};
}

MethodOn<Star> star_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Rational L = on.f.constants().largest_L_i();
  return {on, Star{{C}, 0, StarShift<Rational>::of(on.f, on.x_star)},
          compensated_theorem(on, C, L, ec_gd_star_constants<Rational>(L))};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<QuadraticShape> shapes{{1, 2, 1}, {2, 2, 1}, {2, 3, 1}};
  const SchemeMutants wrong_memory =
      scheme_mutants<Plain>(row_cases<Plain>(plain_on, shapes), memory_mutants<Plain>());
  const VariationList<Star> no_shift{{"the star gradients are forgotten", {.change = [](auto& at) {
                                        for (Vector<Rational>& s : at.method.shift.gradients_at_solution)
                                          s.setZero();
                                      }}}};
  std::vector<Claim> all;
  add_compensated_row<Plain>(all, {"ec-gd", "EC-GD", "slide 50, row 2 (EC-SGD) with full gradients"},
                             {"A", "D1", "A'"}, plain_on, shapes, wrong_memory);
  add_compensated_row<Star>(all, {"ec-gd-star", "EC-GDstar", "slide 50, row 3 (EC-GDstar, Algorithm 21)"},
                            {"A", "A'"}, star_on, shapes,
                            scheme_mutants<Star>(row_cases<Star>(star_on, shapes), no_shift));
  const SchemeCases<Star> runs = averaged_runs<Star>([](Seeded& random) {
    return with_one_kept<TopK, Star>(star_on, steep_and_flat(random, {2, 3, 1}), random);
  });
  all.push_back(average_claim({"ec-gd-star", "EC-GDstar", "slide 50, row 3 (EC-GDstar, Algorithm 21)"},
                              averaged_checks<Star>(averaged_run_check, runs, uphill<Star>(), 80)));
  return all;
}

}  // namespace touchstone::inline v0::registry::ec_gd_row
