#include "verify/claims/jacsketch_cases.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/saga_cases.hpp"

namespace touchstone::inline v0::registry::jacsketch {

namespace {

using Method = JacSketch<Rational>;
using L2 = JacSketch<Rational, SquaredNorm<Rational>>;
using L1 = JacSketch<Rational, L1Norm<Rational>>;
using Clip = JacSketch<Rational, Box<Rational>>;

std::vector<RowCase<Method>> states(Seeded& random) {
  std::vector<RowCase<Method>> all;
  // (K2) is all but attained where a component is alone: b_j = a - a_j.
  const NamedQuadratic lone = lone_component(8);
  const Vector<Rational> one = Vector<Rational>::Ones(1);
  Matrix<Rational> opposite(1, lone.f.components(0));
  const std::vector<Vector<Rational>> table = opposite_table(lone, one);
  for (Index j = 0; j < opposite.cols(); ++j) opposite.col(j) = table[static_cast<std::size_t>(j)];
  all.push_back(jacsketch_case(
      lone, coordinate_sketch(lone.f.constants().L_ij.front(), std::vector<Rational>(8, ratio<Rational>(1, 8))),
      NoRegularizer{}, one, opposite, "b_j = a - a_j"));
  for (const NamedQuadratic& on : finite_sums(random))
    for (const NamedSketch& sketch : sketches_on(random, on.f)) {
      const Index d = on.f.dimension();
      const Matrix<Rational> star = jacobian(on.f, on.x_star);
      const auto add = [&](const Vector<Rational>& x, const Matrix<Rational>& J, const char* state) {
        all.push_back(jacsketch_case(on, sketch, NoRegularizer{}, x, J, state));
      };
      add(random_vector(random, d), random_jacobian(random, on.f), "random state");
      add(on.x_star, random_jacobian(random, on.f), "x = x*");
      add(random_vector(random, d), star, "J = grad F(x*)");
      add(on.x_star, star, "solution");
    }
  return all;
}

/// Every problem with one of its sketches, in turn.
template <class M>
std::vector<RowCase<M>> runs(Seeded& random) {
  std::vector<RowCase<M>> all;
  for (const auto& [on, regularizer] : composites<RegularizerOf<M>>(random)) {
    const std::vector<NamedSketch> sketches = sketches_on(random, on.f);
    all.push_back(jacsketch_case(on, sketches[all.size() % sketches.size()], regularizer,
                                 random_vector(random, on.f.dimension()), random_jacobian(random, on.f), "run"));
  }
  return all;
}

/// A = grad F(x) - grad F(x*), B = J - grad F(x*): m (g - grad f(x*)) = B e + theta (A - B) Pi e, and
/// J+ - grad F(x*) = B (I - Pi) + A Pi.
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Rational m(at.f.components(0));
  const SketchMeans means = sketch_means(at.method.sketches);
  const Matrix<Rational> star = jacobian(at.f, at.x_star);
  const Matrix<Rational> A = jacobian(at.f, at.state.x) - star;
  const Matrix<Rational> B = at.state.J - star;
  const Matrix<Rational> change = A - B;
  const Vector<Rational> sum = B.rowwise().sum();
  const Vector<Rational> mean_change = change.rowwise().sum();  // E theta Pi e = e
  const Rational second = sum.squaredNorm() + 2 * sum.dot(mean_change) +
                          Matrix<Rational>(change * means.estimate * change.transpose()).trace();
  const Matrix<Rational> replaced = A * means.projector * A.transpose() - B * means.projector * B.transpose();
  return {Rational(second / (m * m)), Rational((B.squaredNorm() + replaced.trace()) / m)};
}

DrawLists draws(const RowCase<Method>& at) {
  if (at.method.sketches.size() == 1) return {{}};
  std::vector<Rational> probabilities;
  for (const Sketch<Rational>& sketch : at.method.sketches) probabilities.push_back(sketch.probability);
  return {{"server: " + pick_question(probabilities)}};
}

/// J - (grad F(x) - J) Pi
template <class M>
Mutant<RowVariation<M>> wrong_sign() {
  return {"J moves away", {.alter = [](const auto&, const auto& s, auto& next) { next.J = 2 * s.J - next.J; }}};
}

template <class M>
Mutant<RowVariation<M>> frozen() {
  return {"J never written", {.alter = [](const auto&, const auto& s, auto& next) { next.J = s.J; }}};
}

std::vector<Mutant<RowVariation<Method>>> wrong_updates() {
  return {wrong_sign<Method>(),
          frozen<Method>(),
          {"theta forgotten", {.alter = [](const auto& at, const auto& s, auto& next) {
             const Rational m(at.f.components(0));
             next.x = s.x - at.method.gamma * next.J.rowwise().sum() / m;
           }}}};
}

/// Coordinates drawn uniformly with theta = m against SAGA, the whole state; Pi = I against gradient descent. Not so for
/// coordinates drawn with unequal probabilities, nor for coordinates in place of Pi = I.
std::vector<Reduction> reductions(bool unequal_coordinates, bool coordinates_for_full) {
  const auto cases = [](bool full, bool unequal) -> RowCases<Method> {
    return [full, unequal](Seeded& random) {
      std::vector<RowCase<Method>> all;
      for (const NamedQuadratic& on : random_instances(random, {{1, 1, 2}, {2, 1, 2}, {1, 1, 3}})) {
        const Index m = on.f.components(0);
        std::vector<Rational> p(static_cast<std::size_t>(m), ratio<Rational>(1, m));
        if (unequal) {
          p.front() /= 2;
          p.back() += p.front();
        }
        const NamedSketch sketch = full ? full_sketch(on.f) : coordinate_sketch(on.f.constants().L_ij.front(), p);
        all.push_back(jacsketch_case(on, sketch, NoRegularizer{}, random_vector(random, on.f.dimension()),
                                     random_jacobian(random, on.f), "any J"));
      }
      return all;
    };
  };
  const RowCases<Method> coordinates = cases(false, unequal_coordinates);
  const RowCases<PlainSaga<NoRegularizer>> saga = [coordinates](Seeded& random) {
    std::vector<RowCase<PlainSaga<NoRegularizer>>> all;
    for (const RowCase<Method>& at : coordinates(random)) {
      std::vector<Vector<Rational>> table;
      for (Index j = 0; j < at.state.J.cols(); ++j) table.emplace_back(at.state.J.col(j));
      all.push_back(saga_case({at.f, at.x_star, at.where}, PlainSaga<NoRegularizer>{at.method.gamma}, at.state.x,
                              table, "run"));
    }
    return all;
  };
  const RowCases<Method> full = cases(!coordinates_for_full, false);
  return {{"coordinates, theta = m: SAGA", row_instances<Method>(coordinates),
           row_instances<PlainSaga<NoRegularizer>>(saga), true},
          {"Pi = I: gradient descent", row_instances<Method>(full), gradient_descent_beside(full)}};
}

template <class Prox>
RowInstances golden(bool regularized, const Prox& regularizer,
                    const RowVariation<JacSketch<Rational, Prox>>& variation) {
  return row_instances<JacSketch<Rational, Prox>>(
      [=](Seeded&) {
        const NamedQuadratic on = golden_problem({2, 1, 2}, regularized);
        Matrix<Rational> J(2, 2);
        J << golden_shifts()[0], golden_shifts()[1];
        return std::vector{jacsketch_case(on, basis_sketch(on.f, ratio<Rational>(1, 2)), regularizer,
                                          golden_start(), J, "golden")};
      },
      variation);
}

std::vector<GoldenCase> golden_cases(const RowVariation<Method>& variation,
                                     const RowVariation<L2>& with_regularizer) {
  const SquaredNorm<Rational> squared_norm{Rational(1)};
  return {{"jacsketch", "0", golden(false, NoRegularizer{}, variation), golden(false, NoRegularizer{}, variation)},
          {"jacsketch", "l2sq", golden(true, NoRegularizer{}, variation),
           golden(true, squared_norm, with_regularizer)}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/jacsketch",
      .name = "JacSketch",
      .row = "A = 2 E1, B = 2 lambda_max/m, rho = lambda_min, C = E2/m, D1 = D2 = 0",
      .moments =
          "m^2 E|g - grad f(x*)|^2 = |Be|^2 + 2<Be, (A - B)e> + tr (A - B) E[theta^2 Pi e e' Pi] (A - B)',  "
          "m E sigma+^2 = |B|_F^2 + tr A E[Pi] A' - tr B E[Pi] B', with A = grad F(x) - grad F(x*), "
          "B = J - grad F(x*)",
      .corollary =
          "M = 4 lambda_max/(m lambda_min), gamma = 1/(2 E1 + 4 lambda_max E2/(m^2 lambda_min)): E V^k <= "
          "max{1 - gamma mu, 1 - lambda_min/2}^k V^0; M = 0 for lambda_max = 0",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = lambda_min/2",
      .hypotheses = {"every f_j is convex and smooth", "Pi is an orthogonal projector, E[theta Pi e] = e",
                     "lambda_max, lambda_min, E1, E2 as in claim unified-sgd/jacsketch/sketch-constants"},
      .source = "Table 2.1, Algorithm 15, with weights W = I; constants of arXiv:1905.11261"};
  const Expected<Method> expected{closed_forms, draws};
  const auto part = ratio<Rational>(9, 10);
  return {
      with_kernel(row_assumption_claim(
                      page, {assumption_check<Method>(states, joined(smaller_row<Method>(part), wrong_updates())),
                             all_states_check<Method>(states, smaller_row<Method>(part))}),
                  kernel_cases<Method>(with_few_components<Method>(states))),
      {"unified-sgd/jacsketch/sketch-constants",
       "four laws of the sketch have the constants that JacSketch's row asks for",
       "E[theta^2 Pi e e' Pi] - e e' <= lambda_max I, lambda_min I <= E Pi, E|theta A Pi e|^2/m^2 <= 2 E1 D(x), "
       "E|A Pi|_F^2 <= 2 E2 D(x), A = grad F(x) - grad F(x*)",
       {"every f_j is convex and smooth", "coordinate, tau-nice, basis and full sketches"},
       "derived",
       {sketch_constants_check()}},
      row_moments_claim(page, {closed_form_check<Method>(states, closed_forms, wrong_updates())}),
      row_golden_claim(
          page, {golden_check(golden_cases({}, {}), {{"J moves away", golden_cases(wrong_sign<Method>().variation,
                                                                                   wrong_sign<L2>().variation)}})}),
      row_rate_claim(
          page, {rate_check<Method>(runs<Method>, joined(faster<Method>(), {frozen<Method>()})),
                 rate_check<L2>(runs<L2>, joined(faster<L2>(), {frozen<L2>()})),
                 tree_check<L1>(runs<L1>, faster<L1>(6), 5), tree_check<Clip>(runs<Clip>, faster<Clip>(6), 5)}),
      row_draws_claim(page, "the sketch",
                      {draws_check(row_instances<Method>(states, {}, expected),
                                   {altered<DrawsOnceMore<Method>, Method>("a choice more", states, expected)})}),
      row_reductions_claim(
          page, "coordinates drawn uniformly, theta = m: SAGA, the same states; Pi = I: gradient descent",
          {reduction_check(reductions(false, false),
                           {{"unequal probabilities", reductions(true, false)},
                            {"coordinates in place of Pi = I", reductions(false, true)}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::jacsketch
