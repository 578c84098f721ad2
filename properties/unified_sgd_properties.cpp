// GD, SAGA, L-SVRG and DIANA at random exact instances and states: the lines of the key assumption, checked by the
// engine that the claims use; reductions; wrong constants, which must be refuted.

#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "properties/falsify.hpp"
#include "properties/generators.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "verify/engine/assumption.hpp"

namespace touchstone::properties {
namespace {

using Row = ParametricConstants<Rational>;

/// (K1), (K2) and (K3) for one step of the method from s.
template <class Method>
void assert_assumption(const Method& method, const Instance& on, const typename Method::State& s, const Row& row) {
  std::vector<std::pair<Rational, typename Method::State>> law;
  for_each_outcome<Rational>(
      [&](auto& random) { return method.step(on.f, s, random); },
      [&law](const Rational& p, auto&& next) { law.emplace_back(p, std::forward<decltype(next)>(next)); });
  const auto sigma_squared = [&](const auto& state) {
    if constexpr (requires { method.sigma_squared(on.f, state, on.x_star); })
      return method.sigma_squared(on.f, state, on.x_star);
    else
      return Rational(0);
  };
  const auto sides = assumption_sides(law, on.f, method.gamma, s, on.x_star, row, sigma_squared);
  RC_ASSERT(sides.mean_gradient == sides.full_gradient);
  RC_ASSERT(sides.second_moment <= sides.second_moment_bound);
  RC_ASSERT(sides.next_sigma_squared <= sides.next_sigma_bound);
}

RC_GTEST_PROP(Gd, MeetsItsRow, ()) {
  const Instance on = draw_instance({});
  const Gd<Rational> gd{*positive_rational().as("gamma")};
  assert_assumption(gd, on, gd.initial(on.f, draw_near("x", on.x_star)), gd_constants(on.f.constants().L));
}

void saga_meets(Row (*row)(const Rational& L, const Rational& m)) {
  const Instance on = draw_instance({.most_workers = 1, .most_components = 3});
  const Saga<Rational> saga{*positive_rational().as("gamma")};
  const auto x = draw_near("x", on.x_star);
  const auto s = saga.initial(on.f, x, draw_near_all("T", component_gradients_at_solution(on)));
  assert_assumption(saga, on, s, row(on.f.constants().largest_L_ij(), integer<Rational>(on.f.components(0))));
}

RC_GTEST_PROP(Saga, MeetsItsRowFromAnyTable, ()) {
  saga_meets(saga_constants<Rational>);
}

TEST(Saga, HalfOfAnyConstantOfItsRowIsRefuted) {
  EXPECT_TRUE(falsify([] {
    saga_meets([](const Rational& L, const Rational& m) {
      Row row = saga_constants(L, m);
      row.A /= 2;
      return row;
    });
  }));
  EXPECT_TRUE(falsify([] {
    saga_meets([](const Rational& L, const Rational& m) {
      Row row = saga_constants(L, m);
      row.B /= 4;
      return row;
    });
  }));
  EXPECT_TRUE(falsify([] {
    saga_meets([](const Rational& L, const Rational& m) {
      Row row = saga_constants(L, m);
      row.C /= 2;
      return row;
    });
  }));
}

void l_svrg_meets(Row (*row)(const Rational& L, const Rational& p)) {
  const Instance on = draw_instance({.most_workers = 1, .most_components = 3});
  const Rational p = ratio<Rational>(1, draw_count("1/p", 1, 5));
  const LSvrg<Rational> l_svrg{*positive_rational().as("gamma"), p};
  const auto x = draw_near("x", on.x_star);
  const auto s = l_svrg.initial(on.f, x, draw_near("w", on.x_star));
  assert_assumption(l_svrg, on, s, row(on.f.constants().largest_L_ij(), p));
}

RC_GTEST_PROP(LSvrg, MeetsItsRowFromAnyReferencePoint, ()) {
  l_svrg_meets(l_svrg_constants<Rational>);
}

TEST(LSvrg, AFasterRateIsRefuted) {
  EXPECT_TRUE(falsify([] {
    l_svrg_meets([](const Rational& L, const Rational& p) {
      Row row = l_svrg_constants(L, p);
      row.rho *= ratio<Rational>(11, 10);
      return row;
    });
  }));
}

/// DIANA with RandK, full gradients or sampled ones, from any shifts.
template <class Oracle>
void diana_meets(const Rational& factor_of_shift_stepsize, const Rational& factor_of_A) {
  const Instance on = draw_instance({.most_dimensions = 2});
  const Index d = on.f.dimension();
  const RandK compressor{draw_count("K", 1, d)};
  const auto omega = compressor.omega<Rational>(d);
  const Rational largest = diana_shift_stepsize(omega);
  const Rational alpha =
      largest * ratio<Rational>(1, draw_count("(1/(1+omega))/alpha", 1, 3)) * factor_of_shift_stepsize;
  const Diana<Rational, RandK, Oracle> diana{compressor, *positive_rational().as("gamma"), alpha};
  const auto x = draw_near("x", on.x_star);
  const auto s = diana.initial(on.f, x, draw_near_all("h", gradients_at_solution(on)));
  const auto n = integer<Rational>(on.f.workers());
  Row row = diana_constants(on.f.constants().largest_L_i(), omega, n, alpha);
  if constexpr (std::is_same_v<Oracle, SampledComponent>) {
    Rational variance = 0;
    for (Index i = 0; i < on.f.workers(); ++i)
      for (Index j = 0; j < on.f.components(i); ++j)
        variance += (on.f.component_gradient(i, j, on.x_star) - on.f.gradient(i, on.x_star)).squaredNorm() /
                    (on.f.workers() * on.f.components(i));
    const auto& L = on.f.constants();
    row = diana_sampling_constants(L.largest_L_i(), L.largest_L_ij(), omega, n, alpha, variance);
  }
  row.A *= factor_of_A;
  assert_assumption(diana, on, s, row);
}

RC_GTEST_PROP(Diana, MeetsItsRowFromAnyShifts, ()) {
  diana_meets<FullGradient>(1, 1);
}
RC_GTEST_PROP(Diana, MeetsItsRowWithSampledComponents, ()) {
  diana_meets<SampledComponent>(1, 1);
}

TEST(Diana, TooLargeAStepsizeOfTheShiftsOrTooSmallAConstantIsRefuted) {
  EXPECT_TRUE(falsify([] { diana_meets<FullGradient>(2, 1); }));
  EXPECT_TRUE(falsify([] { diana_meets<FullGradient>(1, ratio<Rational>(1, 2)); }));
}

/// Three steps of both methods under the same draws from states with the same x.
template <class A, class B>
void assert_same_iterates(const Instance& on, const A& a, typename A::State s, const B& b, typename B::State t) {
  Seeded for_a(3);
  Seeded for_b(3);
  for (Index k = 0; k < 3; ++k) {
    for_a.begin_iteration(k);
    for_b.begin_iteration(k);
    s = a.step(on.f, std::move(s), for_a);
    t = b.step(on.f, std::move(t), for_b);
    RC_ASSERT(s.x == t.x);
  }
}

RC_GTEST_PROP(Reductions, DianaWithoutCompressionIsGradientDescent, ()) {
  const Instance on = draw_instance({});
  const Rational gamma = *positive_rational().as("gamma");
  const Vector<Rational> x = draw_near("x", on.x_star);
  const Diana<Rational, Identity> diana{{}, gamma, *positive_rational().as("alpha")};
  const auto s = diana.initial(on.f, x, draw_near_all("h", gradients_at_solution(on)));
  const Gd<Rational> gd{gamma};
  assert_same_iterates(on, diana, s, gd, gd.initial(on.f, x));
}

RC_GTEST_PROP(Reductions, SagaAndLSvrgWithOneComponentAreGradientDescent, ()) {
  const Instance on = draw_instance({.most_workers = 1, .most_components = 1});
  const Rational gamma = *positive_rational().as("gamma");
  const Vector<Rational> x = draw_near("x", on.x_star);
  const Gd<Rational> gd{gamma};
  const Saga<Rational> saga{gamma};
  const auto table = draw_near_all("T", component_gradients_at_solution(on));
  assert_same_iterates(on, saga, saga.initial(on.f, x, table), gd, gd.initial(on.f, x));
  const LSvrg<Rational> l_svrg{gamma, ratio<Rational>(1, draw_count("1/p", 1, 5))};
  assert_same_iterates(on, l_svrg, l_svrg.initial(on.f, x, draw_near("w", on.x_star)), gd, gd.initial(on.f, x));
}

}  // namespace
}  // namespace touchstone::properties
