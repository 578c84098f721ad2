// Error-compensated gradient descent at random exact instances and states: the virtual iterate, the one-step
// theorem, checked with the engine that the claims use, and reductions; wrong variants, which must be refuted.

#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "properties/falsify.hpp"
#include "properties/generators.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "verify/engine/error_compensation.hpp"

namespace touchstone::properties {
namespace {

template <class Method>
typename Method::State step_of(const Method& method, const Instance& on, const typename Method::State& s) {
  Exhaustive<Rational> random;
  return method.step(on.f, s, random);
}

/// x, e_1, ..., e_n anywhere; all errors zero in one case of four.
template <class Method>
typename Method::State draw_state(const Method& method, const Instance& on) {
  const std::vector<Vector<Rational>> zero(static_cast<std::size_t>(on.f.workers()),
                                           Vector<Rational>::Zero(on.f.dimension()));
  const Vector<Rational> x = draw_near("x", on.x_star);
  return method.initial(on.f, x, draw_near_all("e", zero));
}

template <class Shift>
Shift shift_for(const Instance& on) {
  if constexpr (std::is_same_v<Shift, NoShift<Rational>>)
    return {};
  else
    return Shift::of(on.f, on.x_star);
}

template <class Shift>
void virtual_iterate_descends(bool forget_errors) {
  const Instance on = draw_instance({.most_workers = 3});
  const Rational gamma = *positive_rational().as("gamma");
  const EcGd<Rational, TopK, Shift> method{{{draw_count("K", 1, on.f.dimension())}}, gamma, shift_for<Shift>(on)};
  const auto s = draw_state(method, on);
  auto next = step_of(method, on, s);
  if (forget_errors) next.e = s.e;
  // The gradients at the solution have mean zero.
  const Vector<Rational> gradient = full_gradient<Rational>(on.f, s.x);
  RC_ASSERT(virtual_iterate(next, gamma) == Vector<Rational>(virtual_iterate(s, gamma) - gamma * gradient));
}

RC_GTEST_PROP(EcGd, TheVirtualIterateFollowsTheGradient, ()) {
  virtual_iterate_descends<NoShift<Rational>>(false);
}
RC_GTEST_PROP(EcGdStar, TheVirtualIterateFollowsTheGradient, ()) {
  virtual_iterate_descends<StarShift<Rational>>(false);
}
TEST(EcGd, ForgottenErrorsAreRefuted) {
  EXPECT_TRUE(falsify([] { virtual_iterate_descends<NoShift<Rational>>(true); }));
}

/// The one-step inequality, for every stepsize; `factor` is a mutant's, of the contraction factor.
template <class Shift>
void one_step_theorem(const Rational& factor) {
  const Instance on = draw_instance({.most_workers = 3});
  const auto& constants = on.f.constants();
  const Rational L = constants.largest_L_i();
  const Rational gamma = *positive_rational().as("gamma * L") / L;
  const TopK compressor{draw_count("K", 1, on.f.dimension())};
  const EcGd<Rational, TopK, Shift> method{{compressor}, gamma, shift_for<Shift>(on)};
  Rational zeta = 0;
  for (const Vector<Rational>& g : gradients_at_solution(on)) zeta += g.squaredNorm() / on.f.workers();
  const bool star = std::is_same_v<Shift, StarShift<Rational>>;
  const ErrorCompensationSetting<Rational> setting{star ? ec_gd_star_constants(L) : ec_gd_constants(L, zeta), L,
                                                   constants.mu, gamma,
                                                   compressor.delta<Rational>(on.f.dimension())};
  const auto s = draw_state(method, on);
  const Rational next = error_compensation_lyapunov(setting, step_of(method, on, s), on.x_star);
  const Rational bound = error_compensation_bound(setting, on.f, s, on.x_star);
  const Rational wrong = (factor - 1) * setting.contraction() * error_compensation_lyapunov(setting, s, on.x_star);
  RC_ASSERT(next <= bound + wrong);
}

RC_GTEST_PROP(EcGd, MeetsTheOneStepTheorem, ()) {
  one_step_theorem<NoShift<Rational>>(1);
}
RC_GTEST_PROP(EcGdStar, MeetsTheOneStepTheorem, ()) {
  one_step_theorem<StarShift<Rational>>(1);
}
TEST(EcGdStar, HalfTheContractionFactorIsRefuted) {
  EXPECT_TRUE(falsify([] { one_step_theorem<StarShift<Rational>>(ratio<Rational>(1, 2)); }));
}

RC_GTEST_PROP(Reductions, WithoutCompressionErrorsStayZeroAndTheIterateIsThatOfGradientDescent, ()) {
  const Instance on = draw_instance({.most_workers = 3});
  const Rational gamma = *positive_rational().as("gamma");
  const Vector<Rational> x = draw_near("x", on.x_star);
  const Gd<Rational> gd{gamma};
  const EcGd<Rational, Identity> ec{{}, gamma};
  const ParallelSgd<Rational, Identity> parallel{{}, gamma};
  const auto s = step_of(ec, on, ec.initial(on.f, x));
  const Vector<Rational> expected = step_of(gd, on, gd.initial(on.f, x)).x;
  RC_ASSERT(s.x == expected);
  for (const Vector<Rational>& e_i : s.e) RC_ASSERT(e_i == Vector<Rational>::Zero(e_i.size()));
  RC_ASSERT(step_of(parallel, on, parallel.initial(on.f, x)).x == expected);
}

RC_GTEST_PROP(Reductions, AtTheSolutionWithoutErrorsTheStarDoesNotMove, ()) {
  const Instance on = draw_instance({.most_workers = 3});
  const EcGd<Rational, TopK, StarShift<Rational>> star{{{draw_count("K", 1, on.f.dimension())}},
                                                       *positive_rational().as("gamma"),
                                                       shift_for<StarShift<Rational>>(on)};
  const auto s = star.initial(on.f, on.x_star);
  RC_ASSERT(step_of(star, on, s) == s);
}

}  // namespace
}  // namespace touchstone::properties
