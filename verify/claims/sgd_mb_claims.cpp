#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/sgd_mb.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_mb.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0::registry::sgd_mb {

namespace {

template <class Prox>
using Of = SgdMb<Rational, Prox>;
using Method = Of<NoRegularizer>;
using L2 = Of<SquaredNorm<Rational>>;
using L1 = Of<L1Norm<Rational>>;
using Clip = Of<Box<Rational>>;

/// sum_j p_j |grad f_j(y)/(m p_j) - grad f(x*)|^2: of a single draw.
Rational draw_square(const Quadratic<Rational>& f, const std::vector<Rational>& p, const Vector<Rational>& y,
                     const Vector<Rational>& x_star) {
  const Vector<Rational> star = full_gradient<Rational>(f, x_star);
  const std::vector<Vector<Rational>> gradients = component_gradients<Rational>(f, y);
  Rational sum(0);
  for (std::size_t j = 0; j < p.size(); ++j)
    sum += p[j] * (gradients[j] / Rational(Rational(p.size()) * p[j]) - star).squaredNorm();
  return sum;
}

template <class Variant>
Configured<Variant> set_up(const NamedQuadratic& on, const std::vector<Rational>& p, Index tau) {
  const Rational L = on.f.constants().L;
  const Rational draw_A = largest_of(sgd_mb_draw_A(on.f.constants().L_ij.front(), p));
  const Rational draw_D = 2 * draw_square(on.f, p, on.x_star, on.x_star);
  const Rational count(tau);
  return {{p, tau, sgd_mb_stepsize(draw_A, L, count), regularizer_of<decltype(Variant::regularizer)>()},
          sgd_mb_constants(draw_A, L, count, draw_D),
          fmt::format("tau={}", tau)};
}

std::vector<Rational> uniform(Index m) {
  return std::vector<Rational>(static_cast<std::size_t>(m), ratio<Rational>(1, m));
}

/// tau = 1, 2, 3, with probabilities of every kind; m^tau outcomes.
template <class Variant>
std::vector<Configured<Variant>> set_ups(const NamedQuadratic& on, Seeded& random) {
  const Index m = on.f.components(0);
  std::vector<Configured<Variant>> all{set_up<Variant>(on, uniform(m), 1)};
  for (Index tau = 1; tau <= 3 && m <= 3; ++tau)
    all.push_back(set_up<Variant>(on, random_probabilities(random, m), tau));
  if (m > 3) all.push_back(set_up<Variant>(on, uniform(m), 2));
  return all;
}

template <class Variant>
Configured<Variant> golden(const NamedQuadratic& on) {
  return set_up<Variant>(on, {ratio<Rational>(1, 3), ratio<Rational>(2, 3)}, 2);
}

/// E|psi - grad f(x*)|^2/tau + (1 - 1/tau)|grad f(x) - grad f(x*)|^2: the draws are independent.
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Rational tau(at.method.tau);
  const Vector<Rational> change =
      full_gradient<Rational>(at.f, at.state.x) - full_gradient<Rational>(at.f, at.x_star);
  return {
      Rational(draw_square(at.f, at.method.p, at.state.x, at.x_star) / tau + (1 - 1 / tau) * change.squaredNorm()),
      Rational(0)};
}

DrawLists draws(const RowCase<Method>& at) {
  if (at.method.p.size() == 1) return {{}};
  return {
      std::vector<std::string>(static_cast<std::size_t>(at.method.tau), "server: " + pick_question(at.method.p))};
}

/// Without 1/(m p_j).
template <class Variant>
struct Unweighted : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    Vector<Rational> g = Vector<Rational>::Zero(f.dimension());
    for (Index t = 0; t < this->tau; ++t)
      g += f.component_gradient(0, random.pick(this->p), s.x) / Rational(this->tau);
    proximal_step(s.x, this->gamma, g, this->regularizer);
    return s;
  }
};

/// One index tau times.
template <class Variant>
struct OneIndex : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    const Index j = random.pick(this->p);
    const Rational weight = Rational(f.components(0)) * this->p[static_cast<std::size_t>(j)];
    proximal_step(s.x, this->gamma, f.component_gradient(0, j, s.x) / weight, this->regularizer);
    return s;
  }
};

template <class Variant>
Configured<OneIndex<Variant>> golden_one_index(const NamedQuadratic& on) {
  return with_step_of<OneIndex<Variant>>(golden<Variant>(on));
}

/// `wrong` halves the other method's stepsize.
std::vector<Reduction> reductions(bool wrong) {
  const Rational factor(wrong ? 2 : 1);
  const RowCases<Method> one = model_runs<Method>(set_ups<Method>, {{1, 1, 1}, {2, 1, 1}});
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, {{2, 1, 2}, {2, 1, 3}});
  const RowCases<Method> single = [runs](Seeded& random) {
    std::vector<RowCase<Method>> all = runs(random);
    std::erase_if(all, [](const RowCase<Method>& at) { return at.method.tau != 1; });
    return all;
  };
  using Single = SgdSr<Rational, SingleElement<Rational>>;
  return {
      {"m = 1: gradient descent", row_instances<Method>(one), gradient_descent_beside(one, Rational(1 / factor))},
      {"tau = 1: SGD-SR", row_instances<Method>(single), with_method(single, [factor](const auto& at) {
         return Single{{at.method.p}, Rational(at.method.gamma / factor)};
       })}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/sgd-mb",
      .name = "SGD-MB",
      .row =
          "A = (A' + L (tau - 1))/tau, B = 0, rho = 1, C = 0, D1 = D'/tau, D2 = 0, with "
          "A' = 2 max_j L_j/(m p_j), D' = 2 sum_j p_j |grad f_j(x*)/(m p_j) - grad f(x*)|^2",
      .moments =
          "E|g - grad f(x*)|^2 = (1/tau) sum_j p_j |grad f_j(x)/(m p_j) - grad f(x*)|^2 + "
          "(1 - 1/tau) |grad f(x) - grad f(x*)|^2",
      .corollary = "M = 0, gamma = tau/(A' + L (tau - 1)): E V^k <= (1 - gamma mu)^k V^0 + gamma D'/(mu tau)",
      .conditions = "A' >= mu: gamma mu <= 1, gamma A <= 1, noise/(gamma mu) = gamma D'/(mu tau)",
      .hypotheses = {"every f_j is convex and L_j-smooth", "f is L-smooth", "the tau draws are independent"},
      .source = "Table 2.1, Algorithm 3; constants of arXiv:1905.11261"};
  const std::vector<QuadraticShape> shapes = {{1, 1, 1}, {2, 1, 2}, {2, 1, 3}};
  const RowCases<Method> at_states = model_states<Method>(set_ups<Method>, shapes);
  const RowCases<Method> anywhere = model_anywhere<Method>(set_ups<Method>, shapes);
  const std::vector<QuadraticShape> of_runs = {{1, 1, 1}, {1, 1, 2}, {2, 1, 2}, {2, 1, 3}};
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, of_runs);
  const RowCases<L2> l2_runs = model_runs<L2>(set_ups<L2>, of_runs);
  const RowCases<L1> l1_runs = model_runs<L1>(set_ups<L1>, {{2, 1, 2}});
  const RowCases<Clip> box_runs = model_runs<Clip>(set_ups<Clip>, {{2, 1, 2}});
  const Expected<Method> expected{closed_forms, draws};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const RowInstances for_draws = row_instances<Method>(anywhere, {}, expected);
  const std::vector<Mutant<RowVariation<Method>>> constants = {
      {"A' = (9/5) max L_j/(m p_j)",
       {.change =
            [](auto& at) {
              at.row.A -= largest_of(sgd_mb_draw_A(at.f.constants().L_ij.front(), at.method.p)) /
                          (10 * Rational(at.method.tau));
            }}},
      scaled_D1<Method>("D' with 9/5", ratio<Rational>(9, 10)),
      {"A = A'/tau",
       {.change = [](auto& at) { at.row.A -= at.f.constants().L * (1 - 1 / Rational(at.method.tau)); }}}};
  const Mutant<RowInstances> unweighted =
      altered<Unweighted<Method>, Method>("without 1/(m p_j)", at_states, expected);
  const Mutant<RowInstances> one_index =
      altered<OneIndex<Method>, Method>("one index tau times", at_states, expected);
  const RowInstances with_noise = row_instances<Method>(noisy(runs));
  return {
      with_kernel(row_assumption_claim(page, {assumption_check(row_instances<Method>(at_states),
                                                               joined(row_mutants<Method>(at_states, constants),
                                                                      {unweighted, one_index})),
                                              all_states_check<Method>(anywhere, constants)}),
                  kernel_cases<Method>(at_states)),
      row_moments_claim(page, {closed_form_check(as_stated, {unweighted, one_index})}),
      row_golden_claim(page, {golden_check(golden_rows("sgd-mb", golden<Method>, golden<L2>),
                                           {{"one index tau times", golden_rows("sgd-mb", golden_one_index<Method>,
                                                                                golden_one_index<L2>)}})}),
      row_rate_claim(page, {rate_check<Method>(
                                runs, {faster<Method>(4).front(), theorem_without_noise<Method>().front(),
                                       scaled_stepsize<Method>("42/10 of the stepsize", ratio<Rational>(21, 5))}),
                            rate_check<L2>(l2_runs, faster<L2>(4)), tree_check<L1>(l1_runs, faster<L1>(4), 3),
                            tree_check<Clip>(box_runs, faster<Clip>(4), 3)}),
      row_neighbourhood_claim(
          page,
          {neighbourhood_check(with_noise, row_mutants<Method>(noisy(runs), theorem_without_noise<Method>()))}),
      row_draws_claim(page, "j_1; ...; j_tau, each by p", {draws_check(for_draws, {one_index})}),
      row_reductions_claim(page, "m = 1: gradient descent; tau = 1: SGD-SR with a single element",
                           {reduction_check(reductions(false), {{"half the stepsize", reductions(true)}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::sgd_mb
