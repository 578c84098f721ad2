#include "touchstone/compressors/identity.hpp"
#include "verify/claims/certificate_check.hpp"
#include "verify/claims/diana_case.hpp"
#include "verify/claims/golden_values.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0::registry::diana {

namespace {

using None = NoRegularizer;
using L2 = SquaredNorm<Rational>;
template <class Prox>
using Exact = Diana<Rational, RandK, FullGradient, Prox>;
template <class Prox>
using Noisy = Diana<Rational, RandK, AdditiveNoise<Rational>, Prox>;
using Sampled = Diana<Rational, RandK, SampledComponent>;

std::vector<RowCase<Exact<None>>> exact_cases(Seeded& random) {
  std::vector<RowCase<Exact<None>>> all;
  for (const NamedQuadratic& on :
       with_and_without_regularizer(random_instances(random, {{1, 2, 1}, {2, 1, 1}, {2, 3, 1}, {3, 2, 1}})))
    for (Index K = 1; K <= on.f.dimension(); ++K)
      add_diana_states(all, random, on, with_theory<Exact<None>>({}, on, K));
  for (const Index n : {2, 3}) {
    const NamedQuadratic on = scalar_pair({2, n, 1});
    all.push_back(diana_opposite_shifts(on, with_theory<Exact<None>>({}, on, 1)));  // (K2) is attained for n = 2
  }
  return all;
}

/// f_ij = f_i + <e_ij, x> with noise e_ij = +-e_i: the variance does not depend on x.
NamedQuadratic with_additive_noise(Seeded& random, const NamedQuadratic& on) {
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  ProblemConstants<Rational> constants = on.f.constants();
  for (Index i = 0; i < on.f.workers(); ++i) {
    const QuadraticForm<Rational>& form = on.f.form(i);
    const Vector<Rational> e = random_vector(random, on.f.dimension());
    components.push_back({{form.A, Vector<Rational>(form.b - e)}, {form.A, Vector<Rational>(form.b + e)}});
    const Rational L_i = constants.L_i[static_cast<std::size_t>(i)];
    constants.L_ij[static_cast<std::size_t>(i)] = {L_i, L_i};
  }
  return {{components, constants}, on.x_star, on.name + " noisy"};
}

std::vector<RowCase<Sampled>> noisy_cases(Seeded& random) {
  std::vector<RowCase<Sampled>> all;
  for (const NamedQuadratic& on :
       with_and_without_regularizer(random_instances(random, {{1, 2, 1}, {2, 2, 1}, {3, 1, 1}})))
    for (Index K = 1; K <= on.f.dimension(); ++K)
      add_diana_states(all, random, with_additive_noise(random, on), with_theory<Sampled>({}, on, K));
  const NamedQuadratic on = scalar_pair({2, 3, 1});
  all.push_back(diana_opposite_shifts(with_additive_noise(random, on), with_theory<Sampled>({}, on, 1)));
  return all;
}

/// With the row for components drawn uniformly.
std::vector<RowCase<Sampled>> sampled_cases(Seeded& random) {
  std::vector<RowCase<Sampled>> all;
  for (const NamedQuadratic& on :
       with_and_without_regularizer(random_instances(random, {{1, 2, 2}, {2, 2, 2}, {2, 1, 3}, {3, 1, 2}})))
    for (Index K = 1; K <= on.f.dimension(); ++K)
      add_diana_states(all, random, on, with_theory<Sampled>({}, on, K));
  const NamedQuadratic on = scalar_pair({2, 3, 1});
  all.push_back(diana_opposite_shifts(on, with_theory<Sampled>({}, on, 1)));
  for (RowCase<Sampled>& at : all) {
    const ProblemConstants<Rational>& constants = at.f.constants();
    at.row = diana_sampling_constants(
        constants.largest_L_i(), constants.largest_L_ij(), at.method.compressor.omega<Rational>(at.f.dimension()),
        Rational(at.f.workers()), at.method.alpha, sampling_variance(at.f, at.x_star));
  }
  return all;
}

/// Twenty runs; K = d, where nothing is compressed, among them.
template <class Method>
std::vector<RowCase<Method>> runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (int repeat = 0; repeat < 3; ++repeat)
    for (const NamedQuadratic& plain : random_instances(random, {{1, 2, 1}, {2, 1, 1}, {2, 2, 1}})) {
      const NamedQuadratic on = regularized<decltype(Method::regularizer)>(plain);
      const Index d = on.f.dimension();
      const Index n = on.f.workers();
      for (Index K = 1; K <= (repeat == 0 ? d : 1); ++K) {
        Method diana{};
        if constexpr (requires { diana.oracle.laws; })
          for (Index i = 0; i < n; ++i) diana.oracle.laws.push_back(random_noise(random, d));
        all.push_back(diana_case(on, with_theory(diana, on, K), random_vector(random, d),
                                 random_vectors(random, n, d), "any shifts"));
      }
    }
  return all;
}

/// At the kink of R, or at its bound.
template <class Prox>
std::vector<RowCase<Exact<Prox>>> kinked_runs(Seeded& random) {
  std::vector<RowCase<Exact<Prox>>> all;
  for (const NamedQuadratic& plain : random_instances(random, {{2, 2, 1}})) {
    const NamedQuadratic on = regularized<Prox>(plain);
    all.push_back(diana_case(on, with_theory<Exact<Prox>>({}, on, 1), random_vector(random, 2),
                             random_vectors(random, 2, 2), "run"));
  }
  return all;
}

template <class Method>
RowInstances golden_instance(bool regularized) {
  return row_instances<Method>([regularized](Seeded&) {
    const NamedQuadratic on = golden_problem({2, 2, 1}, regularized);
    Method diana{};
    diana.oracle = {golden_noise()};
    return std::vector{diana_case(on, with_theory(diana, on, 1), golden_start(), golden_shifts(), "golden")};
  });
}

template <template <class> class Of>
std::vector<GoldenCase> golden_cases() {
  return {{"diana", "0", golden_instance<Of<None>>(false), golden_instance<Of<None>>(false)},
          {"diana", "l2sq", golden_instance<Of<None>>(true), golden_instance<Of<L2>>(true)}};
}

template <class Prox>
using CompressesNoisyGradients = CompressesGradients<Noisy<Prox>>;

template <class Method>
std::vector<Mutant<RowVariation<Method>>> all_mutants() {
  auto mutants = joined(diana_update_mutants<Method>(), diana_row_mutants<Method>());
  mutants.push_back({"all workers share their choices", {.shared_choices = true}});
  return mutants;
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> without_noise() {
  return {{"D1 = 0", {.change = [](auto& at) { at.row.D1 = 0; }}},
          {"D2 = 0", {.change = [](auto& at) { at.row.D2 = 0; }}}};
}

/// Both workers send the same coordinate, of differences that are as large as can be. `independent`: as the row asks.
Finding shared_choices(const CheckContext& /*context*/, const bool& independent) {
  const NamedQuadratic on = scalar_pair({2, 2, 1});
  const RowCase<Exact<None>> at = diana_opposite_shifts(on, with_theory<Exact<None>>({}, on, 1));
  const AssumptionSides<Rational> sides = sides_at(at, {.shared_choices = !independent});
  Inspection inspection;
  inspection.holds(sides.second_moment > sides.second_moment_bound,
                   [] { return std::string("the witness violates the statement"); });
  return inspection.finding(
      fmt::format("d = 2, n = 2, f_i = |x|^2 -+ <(1,1), x>, Rand1, h - h* = h* - grad f: {} > {} = right side "
                  "where both workers "
                  "send the same coordinate",
                  sides.second_moment.str(), sides.second_moment_bound.str()));
}

}  // namespace

std::vector<Claim> claims() {
  using Method = Exact<None>;
  const RowPage page{
      .id = "unified-sgd/diana",
      .name = "DIANA",
      .row = "A = (1 + 2 omega/n) L, B = 2 omega/n, rho = alpha, C = alpha L, D1 = D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = |mean u|^2 + (omega Y + s)/n,  E sigma+^2 = W + 2 alpha (X - W) + alpha^2 (1 + "
          "omega) Y",
      .corollary =
          "M = 4 omega/(n alpha), gamma = 1/((1 + 6 omega/n) L): E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0 + "
          "noise/min{gamma mu, alpha/2}",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = alpha/2",
      .hypotheses = {"every f_i is convex and L-smooth", "0 < alpha <= 1/(1 + omega)",
                     "compressors unbiased and independent across workers"},
      .source = "Table 2.1, Algorithm 11; constants of arXiv:1905.11261"};
  const RowCases<Method> at_states = exact_cases;
  const RowCases<Sampled> at_noisy = noisy_cases;
  const RowCases<Sampled> at_sampled = sampled_cases;
  const Expected<Method> expected{diana_closed_forms<Method>, diana_draws<Method>};
  const Expected<Sampled> expected_sampled{diana_closed_forms<Sampled>, diana_draws<Sampled>};
  const auto sampled_mutants = joined(joined(diana_update_mutants<Sampled>(), without_noise<Sampled>()),
                                      {{"A half of the row's", {.change = [](auto& at) { at.row.A /= 2; }}},
                                       {"C = 0", {.change = [](auto& at) { at.row.C = 0; }}},
                                       {"all workers share their choices", {.shared_choices = true}}});

  Claim noisy = row_assumption_claim(page, {assumption_check<Sampled>(at_noisy, sampled_mutants),
                                            all_states_check<Sampled>(at_noisy, without_noise<Sampled>())});
  noisy.id += "-noisy";
  noisy.title = "DIANA with gradients of bounded variance satisfies the key assumption";
  noisy.statement = "the same, with D1 = (1 + omega) variance/n and D2 = alpha variance";
  Claim sampled = row_assumption_claim(page, {assumption_check<Sampled>(at_sampled, sampled_mutants),
                                              all_states_check<Sampled>(at_sampled, without_noise<Sampled>())});
  sampled.id += "-sampled";
  sampled.title = "DIANA with sampled components satisfies the key assumption";
  sampled.statement =
      "A = L + (2 omega L + 2 (1 + omega) Ls)/n, C = alpha L + 2 alpha^2 (1 + omega) Ls, D1 = 2 (1 + omega) s/n, "
      "D2 = 2 "
      "alpha^2 (1 + omega) s with s the sampling variance at x*";
  sampled.hypotheses = {"every f_ij is convex and Ls-smooth", "0 < alpha <= 1/(1 + omega)"};
  sampled.source = "derived (row of DIANAsr, chapter 3)";
  Claim shared{
      "unified-sgd/diana/shared-choices",
      "DIANA's row for workers that share their choices",
      "E|g - grad f(x*)|^2 <= 2 (1 + 2 omega/n) L D + (2 omega/n) sigma^2",
      {"every f_i is convex and L-smooth", "compressors unbiased"},
      "Table 2.1 without the independence of the compressors",
      {make_check<bool>(Layer::exact, Level::refuted, shared_choices, false, {{"independent choices", true}})},
      "unified-sgd/diana/assumption"};

  const auto beside_gradient_descent = [](const Rational& share) {
    return diana_without_compression<Diana<Rational, Identity>>(RowCases<Method>(runs<Method>), share);
  };
  const std::string compresses = "gradients compressed, not differences";
  const RowCases<Noisy<None>> noisy_runs = runs<Noisy<None>>;
  const std::vector<Mutant<RowVariation<Noisy<None>>>> noiseless = {
      {"no noise in the theorem", {.change = [](auto& at) { at.row.D1 = at.row.D2 = 0; }}}};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const RowInstances sampled_as_stated = row_instances<Sampled>(at_sampled, {}, expected_sampled);
  RowMutants of_moments = row_mutants<Method>(at_states, diana_update_mutants<Method>(), expected);
  of_moments.push_back(altered<CompressesGradients<Method>, Method>(compresses, at_states, expected));
  return {
      with_kernel(row_assumption_claim(page, {assumption_check<Method>(at_states, all_mutants<Method>()),
                                              all_states_check<Method>(at_states, diana_row_mutants<Method>())}),
                  kernel_cases<Method>(at_states)),
      with_kernel(std::move(noisy), kernel_cases<Sampled>(at_noisy)),
      with_kernel(std::move(sampled), kernel_cases<Sampled>(at_sampled)),
      std::move(shared),
      row_moments_claim(page, {closed_form_check(as_stated, of_moments),
                               closed_form_check(sampled_as_stated,
                                                 row_mutants<Sampled>(at_sampled, diana_update_mutants<Sampled>(),
                                                                      expected_sampled))}),
      row_golden_claim(
          page, {golden_check(golden_cases<Noisy>(), {{compresses, golden_cases<CompressesNoisyGradients>()}})}),
      row_rate_claim(
          page,
          {rate_check<Method>(runs<Method>, joined(faster<Method>(), {shifts_never_learn<Method>()})),
           rate_check<Exact<L2>>(runs<Exact<L2>>, faster<Exact<L2>>()),
           rate_check<Noisy<None>>(noisy_runs, noiseless),
           tree_check<Exact<L1Norm<Rational>>>(kinked_runs<L1Norm<Rational>>, faster<Exact<L1Norm<Rational>>>(), 4),
           tree_check<Exact<Box<Rational>>>(kinked_runs<Box<Rational>>, faster<Exact<Box<Rational>>>(), 4),
           certificate_check()}),
      row_neighbourhood_claim(page, {neighbourhood_check<Noisy<None>>(noisy_runs, noiseless)}),
      row_draws_claim(
          page, "for every worker its gradient's choices, then its K-subset",
          {draws_check(as_stated, {altered<DrawsOnceMore<Method>, Method>("a choice more", at_states, expected)}),
           draws_check(sampled_as_stated,
                       {altered<DrawsOnceMore<Sampled>, Sampled>("a choice more", at_sampled, expected_sampled)})}),
      row_reductions_claim(
          page, "Q = Identity: gradient descent, whatever alpha and h",
          {reduction_check(beside_gradient_descent(1),
                           {{"half of the stepsize", beside_gradient_descent(ratio<Rational>(1, 2))}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::diana
