#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/saga_cases.hpp"

namespace touchstone::inline v0::registry::n_saga {

namespace {

using Method = NoisySaga<NoRegularizer>;
using L2 = NoisySaga<SquaredNorm<Rational>>;
using L1 = NoisySaga<L1Norm<Rational>>;
using Clip = NoisySaga<Box<Rational>>;

/// The table's noise is drawn anew: the estimate's and the table's are then independent.
struct IndependentNoise : Method {
  template <class P, class R>
  auto step(const P& f, State s, R& random) const {
    State next = Method::step(f, s, random);
    for (std::size_t j = 0; j < s.table.size(); ++j)
      if (next.table[j] != s.table[j])
        next.table[j] = oracle.component_gradient(f, 0, static_cast<Index>(j), s.x, random);
    return this->initial(f, next.x, next.table);
  }
};

/// Against SAGA, the whole state, where all noise is zero; `noise` leaves it.
std::vector<Reduction> to_saga(bool noise) {
  const RowCases<Method> noisy = [noise](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (RowCase<Method>& at : saga_runs<Method>(random)) {
      if (!noise)
        for (NoiseLaw<Rational>& law : at.method.oracle.laws)
          for (Vector<Rational>& e : law.values) e.setZero();
      all.push_back(std::move(at));
    }
    return all;
  };
  const RowCases<PlainSaga<NoRegularizer>> plain = [noisy](Seeded& random) {
    std::vector<RowCase<PlainSaga<NoRegularizer>>> all;
    for (const RowCase<Method>& at : noisy(random))
      all.push_back({at.f, at.x_star, {at.method.gamma}, at.state, at.solution, at.row, at.M, at.where});
    return all;
  };
  return {{"no noise: SAGA", row_instances<Method>(noisy), row_instances<PlainSaga<NoRegularizer>>(plain), true}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/n-saga",
      .name = "N-SAGA",
      .row = "A = 2L, B = 2, rho = 1/m, C = L/m, D1 = variance, D2 = variance/m",
      .moments = "SAGA's plus variance and variance/m, where variance = (1/m) sum_j E|e_j|^2",
      .corollary =
          "M = 4m, gamma = 1/(6L): E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0 + 5 variance gamma^2/min{gamma "
          "mu, 1/(2m)}",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = 1/(2m), noise = 5 variance gamma^2",
      .hypotheses = {"every f_j is convex and L-smooth", "any table",
                     "noise of mean zero, variance >= (1/m) sum_j E|e_j|^2"},
      .source = "Table 2.1, Algorithm 6; D1 derived, half of arXiv:1905.11261's"};
  const RowCases<Method> states = saga_states<Method>;
  const Expected<Method> expected{saga_moments<Method>, saga_draws<Method>};
  const Mutant<RowVariation<Method>> frozen = saga_table_never_written<Method>();
  const auto frozen_too = saga_table_never_written<L2>();
  const std::vector<Mutant<RowVariation<Method>>> less_noise = {
      {"D1 = 99/100 of the row's", {.change = [](auto& at) { at.row.D1 *= ratio<Rational>(99, 100); }}},
      {"D2 = 99/100 of the row's", {.change = [](auto& at) { at.row.D2 *= ratio<Rational>(99, 100); }}}};
  const std::vector<Mutant<RowVariation<Method>>> noiseless = theorem_without_noise<Method>();
  return {
      with_kernel(
          row_assumption_claim(
              page, {assumption_check<Method>(
                         states, joined(joined(smaller_row<Method>(ratio<Rational>(99, 100)), less_noise),
                                        saga_wrong_updates<Method>())),
                     all_states_check<Method>(saga_instances<Method>,
                                              joined(smaller_row<Method>(ratio<Rational>(19, 20)), less_noise))}),
          kernel_cases<Method>(with_few_components(states))),
      row_moments_claim(
          page, {closed_form_check<Method>(states, saga_moments<Method>,
                                           joined(saga_wrong_updates<Method>(), {saga_new_point<Method>()}))}),
      row_golden_claim(page, {golden_check(saga_golden_cases<NoisySaga>("n-saga"),
                                           {{frozen.name, saga_golden_cases<NoisySaga>("n-saga", frozen.variation,
                                                                                       frozen_too.variation)}})}),
      row_rate_claim(
          page, {rate_check<Method>(saga_runs<Method>, joined(noiseless, {frozen})),
                 rate_check<L2>(saga_runs<L2>, {frozen_too}),
                 tree_check<L1>(and_from_solution<L1>(saga_runs<L1>), theorem_without_noise<L1>(), 4),
                 tree_check<Clip>(and_from_solution<Clip>(saga_runs<Clip>), theorem_without_noise<Clip>(), 4)}),
      row_neighbourhood_claim(page, {neighbourhood_check<Method>(saga_runs<Method>, noiseless)}),
      row_draws_claim(
          page, "the component, uniformly from m, then its noise",
          {draws_check(row_instances<Method>(states, {}, expected),
                       {altered<IndependentNoise, Method>("noise of its own for the table", states, expected)})}),
      row_reductions_claim(page, "no noise: SAGA, the same states",
                           {reduction_check(to_saga(false), {{"the noise left", to_saga(true)}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::n_saga
