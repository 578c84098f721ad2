#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0::registry::sgd {

namespace {

template <class Prox>
using Of = Sgd<Rational, Prox>;
using Method = Of<NoRegularizer>;
using L2 = Of<SquaredNorm<Rational>>;
using L1 = Of<L1Norm<Rational>>;
using Clip = Of<Box<Rational>>;

template <class Variant>
Configured<Variant> set_up(const NamedQuadratic& on) {
  const Rational L = on.f.constants().largest_L_ij();
  return {{sgd_stepsize(L), regularizer_of<decltype(Variant::regularizer)>()},
          sgd_constants(L, sampling_variance(on.f, on.x_star))};
}

template <class Variant>
std::vector<Configured<Variant>> set_ups(const NamedQuadratic& on, Seeded& /*random*/) {
  return {set_up<Variant>(on)};
}

/// (1/m) sum_j |a_j + b_j|^2 with a_j = grad f_j(x) - grad f_j(x*), b_j = grad f_j(x*) - grad f(x*), multiplied out.
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const std::vector<Vector<Rational>> now = component_gradients<Rational>(at.f, at.state.x);
  const std::vector<Vector<Rational>> star = component_gradients<Rational>(at.f, at.x_star);
  const Vector<Rational> star_mean = full_gradient<Rational>(at.f, at.x_star);
  Rational sum(0);
  for (std::size_t j = 0; j < now.size(); ++j) {
    const Vector<Rational> a = now[j] - star[j];
    const Vector<Rational> b = star[j] - star_mean;
    sum += a.squaredNorm() + 2 * a.dot(b) + b.squaredNorm();
  }
  return {Rational(sum / Rational(now.size())), Rational(0)};
}

DrawLists draws(const RowCase<Method>& at) {
  const Index m = at.f.components(0);
  if (m == 1) return {{}};
  return {{fmt::format("server: choose({})", m)}};
}

/// The mean of two components' gradients.
template <class Variant>
struct TwoComponents : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    const Vector<Rational> first = f.component_gradient(0, random.choose(f.components(0)), s.x);
    const Vector<Rational> second = f.component_gradient(0, random.choose(f.components(0)), s.x);
    proximal_step(s.x, this->gamma, (first + second) / Rational(2), this->regularizer);
    return s;
  }
};

template <class Variant>
Configured<TwoComponents<Variant>> two_components(const NamedQuadratic& on) {
  return with_step_of<TwoComponents<Variant>>(set_up<Variant>(on));
}

/// With a single component; `wrong` halves gradient descent's stepsize.
std::vector<Reduction> reductions(bool wrong) {
  const RowCases<Method> one = model_runs<Method>(set_ups<Method>, {{1, 1, 1}, {2, 1, 1}, {3, 1, 1}});
  return {{"m = 1: gradient descent", row_instances<Method>(one),
           gradient_descent_beside(one, ratio<Rational>(1, wrong ? 2 : 1))}};
}

/// f_1 = 3x^2/2 and f_2 = second x^2/2.
NamedQuadratic two_parabolas(const Rational& second) {
  const auto parabola = [](const Rational& h) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, h), Vector<Rational>::Zero(1)};
  };
  const Rational mean = (3 + second) / 2;
  return {{std::vector<std::vector<QuadraticForm<Rational>>>{{parabola(3), parabola(second)}},
           {mean, mean, {mean}, {{Rational(3), abs(second)}}}},
          Vector<Rational>::Zero(1),
          "f_1 = 3x^2/2, f_2 = (" + Rational(second / 2).str() + ")x^2"};
}

/// ERR-U2: f_1 = 3x^2/2, f_2 = -x^2, f = x^2/4, all gradients Lipschitz with L = 3. At x = 1 the row is violated, and with
/// gamma = 1/(2L) the square of x grows.
Finding strong_convexity_alone(const CheckContext& /*context*/, const Rational& second) {
  const NamedQuadratic on = two_parabolas(second);
  const RowCase<Method> at =
      model_case(on, set_up<Method>(on), Vector<Rational>(Vector<Rational>::Ones(1)), "x = 1");
  const AssumptionSides<Rational> sides = sides_at(at, {});
  const RowInstance one = detail::row_instance<Method>(at, {}, {});
  Rational next(0);
  for (const auto& [p, z] : one.outcomes(one.start)) next += p * z.squaredNorm();
  Inspection inspection;
  inspection.holds(sides.second_moment > sides.second_moment_bound, [] { return "the witness violates the row"; });
  inspection.holds(next > 1, [] { return "the witness diverges"; });
  return inspection.finding(fmt::format("{}, x = 1: E g^2 = {} > {} = 4L (f - f*); gamma = {}: E (x+)^2 = {} x^2",
                                        on.name, sides.second_moment.str(), sides.second_moment_bound.str(),
                                        at.method.gamma.str(), next.str()));
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/sgd",
      .name = "SGD",
      .row = "A = 2L, B = 0, rho = 1, C = 0, D1 = 2 variance, D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = E|a|^2 + 2 E<a, b> + E|b|^2, with a = grad f_xi(x) - grad f_xi(x*), "
          "b = grad f_xi(x*) - grad f(x*)",
      .corollary = "M = 0, gamma = 1/(2L): E V^k <= (1 - gamma mu)^k V^0 + 2 gamma variance/mu",
      .conditions = "gamma mu <= 1, gamma A <= 1, noise/(gamma mu) = 2 gamma variance/mu",
      .hypotheses = {"every f_xi is convex and L-smooth", "variance >= E|grad f_xi(x*) - grad f(x*)|^2"},
      .source = "Table 2.1, Algorithm 1; constants of arXiv:1905.11261"};
  const std::vector<QuadraticShape> shapes = {{1, 1, 1}, {1, 1, 3}, {2, 1, 2}, {3, 1, 3}};
  const RowCases<Method> at_states = model_states<Method>(set_ups<Method>, shapes);
  const RowCases<Method> anywhere = model_anywhere<Method>(set_ups<Method>, shapes);
  const std::vector<QuadraticShape> of_runs = {{1, 1, 1}, {1, 1, 2}, {2, 1, 1}, {2, 1, 2}, {2, 1, 3},
                                               {2, 1, 4}, {3, 1, 1}, {3, 1, 2}, {3, 1, 3}, {3, 1, 5}};
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, of_runs);
  const RowCases<L2> l2_runs = model_runs<L2>(set_ups<L2>, of_runs);
  const RowCases<L1> l1_runs = model_runs<L1>(set_ups<L1>, {{2, 1, 1}, {2, 1, 2}, {2, 1, 3}});
  const RowCases<Clip> box_runs = model_runs<Clip>(set_ups<Clip>, {{2, 1, 1}, {2, 1, 2}, {2, 1, 3}});
  const Expected<Method> expected{closed_forms, draws};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const RowInstances for_draws = row_instances<Method>(anywhere, {}, expected);
  const std::vector<Mutant<RowVariation<Method>>> constants = {
      scaled_A<Method>("A = 9L/5", ratio<Rational>(9, 10)),
      scaled_D1<Method>("D1 = (9/5) variance", ratio<Rational>(9, 10))};
  const Mutant<RowVariation<Method>> summed =
      scaled_estimator<Method>("gradients summed, not averaged", [](const auto& at) { return at.f.components(0); });
  const Mutant<RowInstances> averaged =
      altered<TwoComponents<Method>, Method>("two components", at_states, expected);
  return {
      with_kernel(row_assumption_claim(page, {assumption_check<Method>(at_states, joined(constants, {summed})),
                                              all_states_check<Method>(anywhere, constants)}),
                  kernel_cases<Method>(at_states)),
      row_moments_claim(
          page,
          {closed_form_check(as_stated, joined(row_mutants<Method>(at_states, {summed}, expected), {averaged}))}),
      row_golden_claim(
          page,
          {golden_check(golden_rows("sgd", set_up<Method>, set_up<L2>),
                        {{"two components", golden_rows("sgd", two_components<Method>, two_components<L2>)}})}),
      row_rate_claim(
          page, {rate_check<Method>(runs, {faster<Method>(4).front(), theorem_without_noise<Method>().front(),
                                           scaled_stepsize<Method>("gamma = 21/(10L)", ratio<Rational>(21, 5))}),
                 rate_check<L2>(l2_runs, faster<L2>(4)), tree_check<L1>(l1_runs, faster<L1>(4), 5),
                 tree_check<Clip>(box_runs, faster<Clip>(4), 5)}),
      row_neighbourhood_claim(page, {neighbourhood_check<Method>(noisy(runs), theorem_without_noise<Method>())}),
      row_draws_claim(page, "xi, uniformly from m", {draws_check(for_draws, {averaged})}),
      row_reductions_claim(page, "m = 1: gradient descent",
                           {reduction_check(reductions(false), {{"half the stepsize", reductions(true)}})}),
      row_stepsize_claim(page),
      {"unified-sgd/sgd/quasi-strong-convexity-alone",
       "the key assumption holds where f is quasi-strongly convex, whatever its components",
       "E|g|^2 <= 4L (f(x) - f(x*)) + 2 variance",
       {"f is mu-quasi-strongly convex", "every grad f_xi is L-Lipschitz"},
       "slides \"Key Parametric Assumption\", which name no other assumption; the row needs convex components",
       {make_check<Rational>(Layer::exact, Level::refuted, strong_convexity_alone, Rational(-2),
                             {{"f_2 = x^2, convex", Rational(2)}})},
       "unified-sgd/sgd/assumption"},
  };
}

}  // namespace touchstone::inline v0::registry::sgd
