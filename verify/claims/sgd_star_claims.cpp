#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/sgd_star.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/row_samplings.hpp"

namespace touchstone::inline v0::registry::sgd_star {

namespace {

template <class Prox>
using Of = SgdStar<Rational, AnySampling, Prox>;
using Method = Of<NoRegularizer>;
using L2 = Of<SquaredNorm<Rational>>;
using L1 = Of<L1Norm<Rational>>;
using Clip = Of<Box<Rational>>;

template <class Variant>
Configured<Variant> set_up(const NamedQuadratic& on, const AnySampling& sampling) {
  const Rational E = expected_smoothness(sampling, on.f.constants());
  return {{sampling, component_gradients<Rational>(on.f, on.x_star), sgd_star_stepsize(E),
           regularizer_of<decltype(Variant::regularizer)>()},
          sgd_star_constants(E),
          sampling_name(sampling)};
}

template <class Variant>
std::vector<Configured<Variant>> set_ups(const NamedQuadratic& on, Seeded& random) {
  std::vector<Configured<Variant>> all;
  for (const AnySampling& sampling : samplings(random, on.f.components(0)))
    all.push_back(set_up<Variant>(on, sampling));
  return all;
}

template <class Variant>
Configured<Variant> golden(const NamedQuadratic& on) {
  return set_up<Variant>(on, {SingleElement<Rational>{{ratio<Rational>(1, 3), ratio<Rational>(2, 3)}}});
}

/// (1/m^2) sum_jk E[v_j v_k] <a_j, a_k>, a_j = grad f_j(x) - grad f_j(x*)
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  std::vector<Vector<Rational>> a = component_gradients<Rational>(at.f, at.state.x);
  for (std::size_t j = 0; j < a.size(); ++j) a[j] -= at.f.component_gradient(0, static_cast<Index>(j), at.x_star);
  return {sampled_square(weight_moments(at.method.sampling, at.f.components(0)), a), Rational(0)};
}

DrawLists draws(const RowCase<Method>& at) {
  return {sampling_questions("server", at.method.sampling, at.f.components(0))};
}

/// Without + grad f(x*).
template <class Variant>
struct NotAddedBack : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    Vector<Rational> g = Vector<Rational>::Zero(f.dimension());
    for (const auto& one : this->sampling.draw(f.components(0), random))
      g += (one.v / f.components(0)) *
           (f.component_gradient(0, one.j, s.x) - this->star_gradients[static_cast<std::size_t>(one.j)]);
    proximal_step(s.x, this->gamma, g, this->regularizer);
    return s;
  }
};

/// The shifts of all components in place of those drawn: no shift is left.
template <class Variant>
struct ShiftsOfAll : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    const Vector<Rational> g = sampled_gradient<Rational>(f, 0, this->sampling.draw(f.components(0), random), s.x);
    proximal_step(s.x, this->gamma, g, this->regularizer);
    return s;
  }
};

template <class Variant>
Configured<NotAddedBack<Variant>> golden_not_added_back(const NamedQuadratic& on) {
  return with_step_of<NotAddedBack<Variant>>(golden<Variant>(on));
}

/// Where all grad f_j(x*) = 0, and `otherwise` where they are not.
std::vector<Reduction> reductions(bool otherwise) {
  const RowCases<Method> runs = [otherwise](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& given : random_instances(random, {{1, 1, 1}, {2, 1, 2}, {2, 1, 3}})) {
      const NamedQuadratic on = otherwise ? given : with_common_minimizer(given);
      for (const Configured<Method>& as : set_ups<Method>(on, random))
        all.push_back(model_case(on, as, random_vector(random, on.f.dimension()), "run"));
    }
    return all;
  };
  using Unshifted = SgdSr<Rational, AnySampling>;
  const auto unshifted = with_method(
      runs,
      [](const auto& at) {
        return Unshifted{at.method.sampling, at.method.gamma};
      },
      [](const Unshifted& method, const auto& f, const auto& state) { return method.initial(f, state.x); });
  return {{"grad f_j(x*) = 0: SGD-SR", row_instances<Method>(runs), unshifted}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/sgd-star",
      .name = "SGD-star",
      .row = "A = E, B = 0, rho = 1, C = 0, D1 = 0, D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = (1/m^2) sum_{j,k} E[v_j v_k] <a_j, a_k>, with a_j = grad f_j(x) - grad f_j(x*)",
      .corollary = "M = 0, gamma = 1/E: E V^k <= (1 - gamma mu)^k V^0",
      .conditions = "gamma mu <= 1, gamma A <= 1",
      .hypotheses = {"every f_j is convex and smooth", "expected smoothness E"},
      .source = "Table 2.1, Algorithm 4; A derived, half of arXiv:1905.11261's"};
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
      scaled_A<Method>("A = 99E/100", ratio<Rational>(99, 100))};
  const Mutant<RowInstances> not_added =
      altered<NotAddedBack<Method>, Method>("shift not added back", at_states, expected);
  const Mutant<RowInstances> of_all = altered<ShiftsOfAll<Method>, Method>("shifts of all", at_states, expected);
  const Mutant<RowInstances> one_more = altered<DrawsOnceMore<Method>, Method>("a choice more", anywhere, expected);
  return {
      with_kernel(row_assumption_claim(page, {assumption_check(row_instances<Method>(at_states),
                                                               joined(row_mutants<Method>(at_states, constants),
                                                                      {not_added, of_all})),
                                              all_states_check<Method>(anywhere, constants)}),
                  kernel_cases<Method>(at_states)),
      row_moments_claim(page, {closed_form_check(as_stated, {not_added, of_all})}),
      row_golden_claim(
          page, {golden_check(golden_rows("sgd-star", golden<Method>, golden<L2>),
                              {{"shift not added back", golden_rows("sgd-star", golden_not_added_back<Method>,
                                                                    golden_not_added_back<L2>)}})}),
      row_rate_claim(
          page, {rate_check<Method>(runs, {faster<Method>(4).front(),
                                           scaled_stepsize<Method>("gamma = 21/(10E)", ratio<Rational>(21, 10))}),
                 rate_check<L2>(l2_runs, faster<L2>(4)), tree_check<L1>(l1_runs, faster<L1>(4), 3),
                 tree_check<Clip>(box_runs, faster<Clip>(4), 3)}),
      row_draws_claim(page, "those of the sampling", {draws_check(for_draws, {one_more})}),
      row_reductions_claim(page, "all grad f_j(x*) = 0: SGD-SR",
                           {reduction_check(reductions(false), {{"gradients at x* not zero", reductions(true)}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::sgd_star
