#include "touchstone/compressors/identity.hpp"
#include "touchstone/methods/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/diana_single.hpp"
#include "verify/claims/diana_case.hpp"
#include "verify/claims/golden_values.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0::registry::diana_single {

namespace {

using None = NoRegularizer;
using L2 = SquaredNorm<Rational>;
template <class Prox>
using Single = DianaSingle<Rational, RandK, Prox>;

/// DIANA's case with the constants of DIANA with one node.
template <class Method>
RowCase<Method> single_case(const NamedQuadratic& on, const Method& diana, const Vector<Rational>& x,
                            const Vector<Rational>& h, const std::string& state) {
  RowCase<Method> at = diana_case(on, diana, x, {h}, state);
  const Rational L = on.f.constants().largest_L_i();
  const auto omega = diana.compressor.template omega<Rational>(on.f.dimension());
  at.method.gamma = diana_single_stepsize(L, omega);
  at.row = diana_single_constants(L, omega, at.method.alpha);
  at.M = diana_single_lyapunov_weight(omega, at.method.alpha);
  return at;
}

std::vector<RowCase<Single<None>>> single_states(Seeded& random) {
  std::vector<NamedQuadratic> instances = random_instances(random, {{1, 1, 1}, {2, 1, 2}, {3, 1, 1}});
  instances.push_back(scalar_pair({2, 1, 2}));
  std::vector<RowCase<Single<None>>> all;
  for (const NamedQuadratic& on : with_and_without_regularizer(instances)) {
    const Index d = on.f.dimension();
    const Vector<Rational> star = full_gradient<Rational>(on.f, on.x_star);
    for (Index K = 1; K <= d; ++K) {
      const auto diana = with_theory<Single<None>>({}, on, K);
      const auto add = [&](const Vector<Rational>& x, const Vector<Rational>& h, const char* state) {
        all.push_back(single_case(on, diana, x, h, state));
      };
      add(random_vector(random, d), random_vector(random, d), "random state");
      add(on.x_star, random_vector(random, d), "x = x*");
      add(random_vector(random, d), star, "h = h*");
      add(on.x_star, star, "solution");
      const Vector<Rational> x = random_vector(random, d);
      add(x, Vector<Rational>(2 * star - full_gradient<Rational>(on.f, x)),
          "h - h* = h* - grad");  // (K2) is attained
    }
  }
  return all;
}

/// Twenty runs; K = d, where nothing is compressed, among them.
template <class Method>
std::vector<RowCase<Method>> single_runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (int repeat = 0; repeat < 4; ++repeat)
    for (const NamedQuadratic& plain : random_instances(random, {{1, 1, 2}, {2, 1, 1}, {3, 1, 1}})) {
      const NamedQuadratic on = regularized<decltype(Method::regularizer)>(plain);
      const Index d = on.f.dimension();
      all.push_back(single_case(on, with_theory<Method>({}, on, repeat == 0 ? d : 1), random_vector(random, d),
                                random_vector(random, d), "any shift"));
    }
  return all;
}

/// At the kink of R, or at its bound.
template <class Prox>
std::vector<RowCase<Single<Prox>>> kinked_runs(Seeded& random) {
  std::vector<RowCase<Single<Prox>>> all;
  for (const NamedQuadratic& plain : random_instances(random, {{2, 1, 2}})) {
    const NamedQuadratic on = regularized<Prox>(plain);
    all.push_back(single_case(on, with_theory<Single<Prox>>({}, on, 1), random_vector(random, 2),
                              random_vector(random, 2), "run"));
  }
  return all;
}

template <class Method>
RowInstances golden_instance(bool regularized) {
  return row_instances<Method>([regularized](Seeded&) {
    const NamedQuadratic on = golden_problem({2, 1, 2}, regularized);
    return std::vector{
        single_case(on, with_theory<Method>({}, on, 1), golden_start(), golden_shifts()[0], "golden")};
  });
}

template <template <class> class Of>
std::vector<GoldenCase> golden_cases() {
  return {{"diana-single", "0", golden_instance<Of<None>>(false), golden_instance<Of<None>>(false)},
          {"diana-single", "l2sq", golden_instance<Of<None>>(true), golden_instance<Of<L2>>(true)}};
}

template <class Prox>
using CompressesSingle = CompressesGradients<Single<Prox>>;

}  // namespace

std::vector<Claim> claims() {
  using Method = Single<None>;
  const RowPage page{
      .id = "unified-sgd/diana-single",
      .name = "DIANA with one node",
      .row = "A = (1 + 2 omega) L, B = 2 omega, rho = alpha, C = alpha L, D1 = D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = |u|^2 + omega |u - w|^2,  E sigma+^2 = |w|^2 + 2 alpha <u - w, w> + alpha^2 (1 + "
          "omega) |u - w|^2, with u = grad f(x) - grad f(x*), w = h - grad f(x*)",
      .corollary = "M = 4 omega/alpha, gamma = 1/((1 + 6 omega) L): E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = alpha/2",
      .hypotheses = {"f is convex and L-smooth", "0 < alpha <= 1/(1 + omega)", "the compressor is unbiased"},
      .source = "Table 2.1, Algorithm 12; constants of arXiv:1905.11261"};
  const RowCases<Method> at_states = single_states;
  const Expected<Method> expected{diana_closed_forms<Method>, diana_draws<Method>};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const std::string compresses = "the gradient compressed, not the difference";
  RowMutants of_moments = row_mutants<Method>(at_states, diana_update_mutants<Method>(), expected);
  of_moments.push_back(altered<CompressesGradients<Method>, Method>(compresses, at_states, expected));
  const auto beside_gradient_descent = [](const Rational& share) {
    return diana_without_compression<DianaSingle<Rational, Identity>>(RowCases<Method>(single_runs<Method>), share);
  };
  return {
      with_kernel(
          row_assumption_claim(page, {assumption_check<Method>(at_states, joined(diana_update_mutants<Method>(),
                                                                                 diana_row_mutants<Method>())),
                                      all_states_check<Method>(at_states, diana_row_mutants<Method>())}),
          kernel_cases<Method>(at_states)),
      row_moments_claim(page, {closed_form_check(as_stated, of_moments)}),
      row_golden_claim(page,
                       {golden_check(golden_cases<Single>(), {{compresses, golden_cases<CompressesSingle>()}})}),
      row_rate_claim(
          page,
          {rate_check<Method>(single_runs<Method>, joined(faster<Method>(), {shifts_never_learn<Method>()})),
           rate_check<Single<L2>>(single_runs<Single<L2>>, faster<Single<L2>>()),
           tree_check<Single<L1Norm<Rational>>>(kinked_runs<L1Norm<Rational>>, faster<Single<L1Norm<Rational>>>(),
                                                6),
           tree_check<Single<Box<Rational>>>(kinked_runs<Box<Rational>>, faster<Single<Box<Rational>>>(), 6)}),
      row_draws_claim(
          page, "the K-subset",
          {draws_check(as_stated, {altered<DrawsOnceMore<Method>, Method>("a choice more", at_states, expected)})}),
      row_reductions_claim(
          page, "Q = Identity: gradient descent, whatever alpha and h",
          {reduction_check(beside_gradient_descent(1),
                           {{"half of the stepsize", beside_gradient_descent(ratio<Rational>(1, 2))}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::diana_single
