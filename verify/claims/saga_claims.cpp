#include "verify/claims/certificate_check.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/saga_cases.hpp"

namespace touchstone::inline v0::registry::saga {

namespace {

using Method = PlainSaga<NoRegularizer>;
using L2 = PlainSaga<SquaredNorm<Rational>>;
using L1 = PlainSaga<L1Norm<Rational>>;
using Clip = PlainSaga<Box<Rational>>;

/// The index of the table is drawn anew.
struct IndependentIndex : Method {
  template <class P, class R>
  auto step(const P& f, State s, R& random) const {
    State next = Method::step(f, s, random);
    std::vector<Vector<Rational>> table = s.table;
    const Index j = random.choose(f.components(0));
    table[static_cast<std::size_t>(j)] = f.component_gradient(0, j, s.x);
    return this->initial(f, next.x, std::move(table));
  }
};

/// ERR-U3: f_1 = f_2 = x^2/2, x = 0, table (0, 0) or (1, -1) with probability 1/2 each: E[g^2 | x] = 1/2, but on the
/// event (0, 0) the right side is 0. `whole_state`: condition on the table too.
Finding conditioned_on_x(const CheckContext& /*context*/, const bool& whole_state) {
  const QuadraticForm<Rational> form{Matrix<Rational>::Identity(1, 1), Vector<Rational>::Zero(1)};
  const Quadratic<Rational> f(std::vector<std::vector<QuadraticForm<Rational>>>{{form, form}},
                              {Rational(1), Rational(1), {Rational(1)}, {{Rational(1), Rational(1)}}});
  const NamedQuadratic on{f, Vector<Rational>::Zero(1), "d=1 m=2"};
  const auto with_table = [&](const Rational& t) {
    return saga_case(on, Method{saga_stepsize(Rational(1))}, Vector<Rational>::Zero(1),
                     {Vector<Rational>::Constant(1, t), Vector<Rational>::Constant(1, Rational(-t))}, "x = 0");
  };
  const AssumptionSides<Rational> zero = sides_at(with_table(Rational(0)), {});
  const AssumptionSides<Rational> one = sides_at(with_table(Rational(1)), {});
  const Rational given_x = (zero.second_moment + one.second_moment) / 2;
  const Rational left = whole_state ? zero.second_moment : given_x;
  Inspection inspection;
  inspection.holds(left > zero.second_moment_bound,
                   [] { return std::string("the witness violates the statement"); });
  return inspection.finding(
      fmt::format("f_1 = f_2 = x^2/2, x = 0, table (0,0) or (1,-1): E[g^2 | x] = {} > {} = right "
                  "side on (0,0)",
                  left.str(), zero.second_moment_bound.str()));
}

/// Against gradient descent, whatever the table; not so for `m` > 1.
std::vector<Reduction> to_gradient_descent(Index m) {
  const RowCases<Method> cases = [m](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& on : random_instances(random, {{1, 1, m}, {2, 1, m}})) {
      const Index d = on.f.dimension();
      all.push_back(saga_case(on, saga_on<Method>(on, {}, random), random_vector(random, d),
                              random_vectors(random, m, d), "any table"));
    }
    return all;
  };
  return {{"m = 1: gradient descent", row_instances<Method>(cases), gradient_descent_beside(cases)}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/saga",
      .name = "SAGA",
      .row = "A = 2L, B = 2, rho = 1/m, C = L/m, D1 = D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = U + W - 2X - |b|^2 + 2<a, b>,  E sigma+^2 = (1 - 1/m) W + U/m, with "
          "a_j = grad f_j(x) - grad f_j(x*), b_j = T_j - grad f_j(x*), their means a, b, and the "
          "means U, W, X of |a_j|^2, |b_j|^2, <a_j, b_j>",
      .corollary = "M = 4m, gamma = 1/(6L): E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = 1/(2m)",
      .hypotheses = {"every f_j is convex and L-smooth", "any table"},
      .source = "Table 2.1, Algorithm 5, Corollary 2.6.15; constants of arXiv:1905.11261"};
  const RowCases<Method> states = saga_states<Method>;
  const Expected<Method> expected{saga_moments<Method>, saga_draws<Method>};
  const Mutant<RowVariation<Method>> frozen = saga_table_never_written<Method>();
  const auto frozen_too = saga_table_never_written<L2>();
  Claim stepsize = row_stepsize_claim(page);
  stepsize.hypotheses.emplace_back("m >= 1");
  return {
      with_kernel(row_assumption_claim(
                      page, {assumption_check<Method>(
                                 states, joined(smaller_row<Method>(ratio<Rational>(99, 100)),
                                                joined(saga_wrong_updates<Method>(), {saga_new_point<Method>()}))),
                             all_states_check<Method>(saga_instances<Method>,
                                                      smaller_row<Method>(ratio<Rational>(19, 20)))}),
                  kernel_cases<Method>(with_few_components(states))),
      row_moments_claim(
          page, {closed_form_check<Method>(states, saga_moments<Method>,
                                           joined(saga_wrong_updates<Method>(), {saga_new_point<Method>()}))}),
      row_golden_claim(page, {golden_check(saga_golden_cases<PlainSaga>("saga"),
                                           {{frozen.name, saga_golden_cases<PlainSaga>("saga", frozen.variation,
                                                                                       frozen_too.variation)}})}),
      row_rate_claim(page, {rate_check<Method>(saga_runs<Method>, joined(faster<Method>(), {frozen})),
                            rate_check<L2>(saga_runs<L2>, joined(faster<L2>(), {frozen_too})),
                            tree_check<L1>(saga_runs<L1>, faster<L1>(6), 5),
                            tree_check<Clip>(saga_runs<Clip>, faster<Clip>(6), 5), certificate_check()}),
      row_draws_claim(page, "the component, uniformly from m",
                      {draws_check(row_instances<Method>(states, {}, expected),
                                   {altered<IndependentIndex, Method>("an index of its own for the table", states,
                                                                      expected)})}),
      row_reductions_claim(page, "m = 1: gradient descent, whatever the table",
                           {reduction_check(to_gradient_descent(1), {{"m = 2", to_gradient_descent(2)}})}),
      std::move(stepsize),
      {"unified-sgd/saga/stepsize-limit",
       "no split of SAGA's second moment certifies a stepsize of 1/(4L)",
       "A = (1 + beta) L, B = 1 + 1/beta, M > B/rho, gamma <= 1/(A + CM) imply gamma < 1/(4L), whatever beta > 0",
       {"m >= 1"},
       "derived; 1/(3L) of the literature asks for strongly convex components",
       {proof_check()}},
      {"unified-sgd/saga/conditioned-on-x",
       "the key assumption, conditioned on x^k alone",
       "E[|g^k|^2 | x^k] <= 2A (f(x^k) - f(x*)) + B sigma_k^2",
       page.hypotheses,
       "slides \"Key Parametric Assumption\"; sigma_k^2 is not a function of x^k",
       {make_check<bool>(Layer::exact, Level::refuted, conditioned_on_x, false,
                         {{"conditioned on the whole state", true}})},
       "unified-sgd/saga/assumption"},
  };
}

}  // namespace touchstone::inline v0::registry::saga
