#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/sgd_mb.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/row_samplings.hpp"

namespace touchstone::inline v0::registry::sgd_sr {

namespace {

template <class Prox>
using Of = SgdSr<Rational, AnySampling, Prox>;
using Method = Of<NoRegularizer>;
using L2 = Of<SquaredNorm<Rational>>;
using L1 = Of<L1Norm<Rational>>;
using Clip = Of<Box<Rational>>;

template <class Variant>
Configured<Variant> set_up(const NamedQuadratic& on, const AnySampling& sampling) {
  const Index m = on.f.components(0);
  const Rational E = expected_smoothness(sampling, on.f.constants());
  const Rational variance = sampled_square(weight_moments(sampling, m) - Matrix<Rational>::Ones(m, m),
                                           component_gradients<Rational>(on.f, on.x_star));
  return {{sampling, sgd_sr_stepsize(E), regularizer_of<decltype(Variant::regularizer)>()},
          sgd_sr_constants(E, variance),
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

/// (1/m^2) sum_jk E[v_j v_k] <grad f_j(x), grad f_k(x)> - 2<grad f(x), grad f(x*)> + |grad f(x*)|^2
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Vector<Rational> star = full_gradient<Rational>(at.f, at.x_star);
  return {Rational(sampled_square(weight_moments(at.method.sampling, at.f.components(0)),
                                  component_gradients<Rational>(at.f, at.state.x)) -
                   2 * full_gradient<Rational>(at.f, at.state.x).dot(star) + star.squaredNorm()),
          Rational(0)};
}

DrawLists draws(const RowCase<Method>& at) {
  return {sampling_questions("server", at.method.sampling, at.f.components(0))};
}

/// Without v_j.
template <class Variant>
struct Unweighted : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    WeightedComponents<Rational> drawn = this->sampling.draw(f.components(0), random);
    for (WeightedComponent<Rational>& one : drawn) one.v = 1;
    const Vector<Rational> g = sampled_gradient<Rational>(f, 0, drawn, s.x);
    proximal_step(s.x, this->gamma, g, this->regularizer);
    return s;
  }
};

template <class Variant>
Configured<Unweighted<Variant>> golden_unweighted(const NamedQuadratic& on) {
  return with_step_of<Unweighted<Variant>>(golden<Variant>(on));
}

/// `wrong` halves the other method's stepsize.
std::vector<Reduction> reductions(bool wrong) {
  const Rational factor(wrong ? 2 : 1);
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, {{1, 1, 1}, {2, 1, 2}, {2, 1, 3}});
  const auto with = [runs](std::size_t kind) -> RowCases<Method> {
    return [runs, kind](Seeded& random) {
      std::vector<RowCase<Method>> all = runs(random);
      std::erase_if(all, [kind](const RowCase<Method>& at) { return at.method.sampling.kind.index() != kind; });
      return all;
    };
  };
  const RowCases<Method> single = with(AnySampling{SingleElement<Rational>{}}.kind.index());
  const RowCases<Method> full = with(AnySampling{FullBatch<Rational>{}}.kind.index());
  const auto minibatch = [factor](const auto& at) {
    return SgdMb<Rational>{std::get<SingleElement<Rational>>(at.method.sampling.kind).p, 1,
                           Rational(at.method.gamma / factor)};
  };
  return {{"full batch: gradient descent", row_instances<Method>(full),
           gradient_descent_beside(full, Rational(1 / factor))},
          {"single element: SGD-MB", row_instances<Method>(single), with_method(single, minibatch)}};
}

/// 2E D - E|grad f_v(x) - grad f_v(x*)|^2 is the form of x - x* with the matrix E A - E[B'B], B = (1/m) sum_j v_j A_j.
Matrix<Rational> smoothness_slack(const Quadratic<Rational>& f, const AnySampling& sampling, const Rational& E) {
  const Index m = f.components(0);
  Matrix<Rational> slack = f.form().A * E;
  for_each_outcome<Rational>([&](auto& random) { return sampling.draw(m, random); },
                             [&](const Rational& p, const WeightedComponents<Rational>& drawn) {
                               Matrix<Rational> B = Matrix<Rational>::Zero(f.dimension(), f.dimension());
                               for (const auto& one : drawn) B += (one.v / m) * f.form(0, one.j).A;
                               slack -= p * B * B;
                             });
  return slack;
}

/// One of every kind whose constant is attained on three orthogonal components.
std::vector<AnySampling> attained_samplings() {
  const auto third = ratio<Rational>(1, 3);
  Vector<Rational> first(3);
  first << 3, 0, 0;
  Vector<Rational> others(3);
  others << 0, ratio<Rational>(3, 2), ratio<Rational>(3, 2);
  return {{SingleElement<Rational>{{ratio<Rational>(1, 2), third, ratio<Rational>(1, 6)}}},
          {TauNice<Rational>{2}},
          {IndependentSampling<Rational>{{ratio<Rational>(1, 2), third, Rational(1)}}},
          {FullBatch<Rational>{}},
          {SetSampling<Rational>{{{0}, {1}, {2}}, {third, third, third}}},
          {WeightSampling<Rational>{{first, others}, {third, 2 * third}}}};
}

using Smoothness = std::function<Rational(const AnySampling&, const ProblemConstants<Rational>&)>;

Finding smoothness(const CheckContext& context, const Smoothness& E) {
  Seeded random = context.random("expected smoothness");
  Inspection inspection;
  std::vector<NamedQuadratic> instances{scalar_pair({2, 1, 2}), orthogonal_components(3), orthogonal_components(5)};
  for (const NamedQuadratic& on :
       joined(instances, random_instances(random, {{1, 1, 1}, {1, 1, 3}, {2, 1, 2}, {3, 1, 2}, {3, 1, 3}})))
    for (const AnySampling& sampling : samplings(random, on.f.components(0)))
      inspection.holds(is_positive_semidefinite(smoothness_slack(on.f, sampling, E(sampling, on.f.constants()))),
                       [&] { return on.name + " " + sampling_name(sampling); });
  const Quadratic<Rational> f = orthogonal_components(3).f;
  for (const AnySampling& sampling : attained_samplings()) {
    const Matrix<Rational> slack = smoothness_slack(f, sampling, E(sampling, f.constants()));
    inspection.holds(is_positive_semidefinite(slack), [&] { return sampling_name(sampling); });
    inspection.attained(Rational(slack.determinant()), Rational(0),
                        [&] { return sampling_name(sampling) + ", attained"; });
  }
  return inspection.finding(
      fmt::format("{} samplings at all states: the slack is positive semidefinite; attained for one of every kind",
                  inspection.comparisons() - attained_samplings().size()));
}

std::vector<Mutant<Smoothness>> smaller_smoothness() {
  std::vector<Mutant<Smoothness>> all;
  for (const AnySampling& kind : attained_samplings())
    all.push_back(
        {"99/100 for " + sampling_name(kind), [index = kind.kind.index()](const auto& sampling, const auto& c) {
           const Rational E = expected_smoothness(sampling, c);
           return sampling.kind.index() == index ? Rational(E * ratio<Rational>(99, 100)) : E;
         }});
  all.push_back({"E = L", [](const auto&, const auto& c) { return c.L; }});
  all.push_back({"E = max_j L_j", [](const auto&, const auto& c) { return c.largest_L_ij(); }});
  return all;
}

/// ERR-U4: f = x^2/2, full batch, x = 1. `row_of_gd`: gradient descent's row in place of SGD-SR's.
Finding sharpest_rate(const CheckContext& /*context*/, const bool& row_of_gd) {
  const QuadraticForm<Rational> form{Matrix<Rational>::Identity(1, 1), Vector<Rational>::Zero(1)};
  const NamedQuadratic on{{std::vector<std::vector<QuadraticForm<Rational>>>{{form}}, {1, 1, {1}, {{1}}}},
                          Vector<Rational>::Zero(1),
                          "f = x^2/2"};
  const Configured<Method> full = set_up<Method>(on, {FullBatch<Rational>{}});
  const Rational gamma = row_of_gd ? gd_stepsize(Rational(1)) : full.method.gamma;
  const Rational factor = contraction_factors(full.row, gamma, Rational(1), Rational(0)).front();
  const Gd<Rational> gd{gd_stepsize(Rational(1))};
  Seeded unused(0);
  const Vector<Rational> next =
      gd.step(on.f, gd.initial(on.f, Vector<Rational>(Vector<Rational>::Ones(1))), unused).x;
  Inspection inspection;
  inspection.holds(factor > next.squaredNorm(), [] { return "the witness's rate is not the sharpest"; });
  return inspection.finding(
      fmt::format("f = x^2/2, full batch, x = 1: gamma <= {} and E|x^k|^2 <= ({})^k; gradient descent with "
                  "gamma = 1 has |x^1|^2 = {}",
                  gamma.str(), factor.str(), next.squaredNorm().str()));
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{.id = "unified-sgd/sgd-sr",
                     .name = "SGD-SR",
                     .row = "A = 2E, B = 0, rho = 1, C = 0, D1 = 2 variance, D2 = 0",
                     .moments =
                         "E|g - grad f(x*)|^2 = (1/m^2) sum_{j,k} E[v_j v_k] <grad f_j(x), grad f_k(x)> - "
                         "2<grad f(x), grad f(x*)> + |grad f(x*)|^2",
                     .corollary = "M = 0, gamma = 1/(2E): E V^k <= (1 - gamma mu)^k V^0 + 2 gamma variance/mu",
                     .conditions = "gamma mu <= 1, gamma A <= 1, noise/(gamma mu) = 2 gamma variance/mu",
                     .hypotheses = {"every f_j is convex and smooth", "expected smoothness E",
                                    "variance >= E|grad f_v(x*) - grad f(x*)|^2"},
                     .source = "Table 2.1, Algorithm 2; constants of arXiv:1905.11261"};
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
      scaled_A<Method>("A = 9E/5", ratio<Rational>(9, 10)),
      scaled_D1<Method>("D1 = (9/5) variance", ratio<Rational>(9, 10))};
  const Mutant<RowInstances> unweighted = altered<Unweighted<Method>, Method>("v_j forgotten", at_states, expected);
  const Mutant<RowInstances> one_more = altered<DrawsOnceMore<Method>, Method>("a choice more", anywhere, expected);
  return {
      with_kernel(row_assumption_claim(
                      page, {assumption_check(row_instances<Method>(at_states),
                                              joined(row_mutants<Method>(at_states, constants), {unweighted})),
                             all_states_check<Method>(anywhere, constants)}),
                  kernel_cases<Method>(at_states)),
      {"unified-sgd/sgd-sr/expected-smoothness",
       "samplings have the expected smoothness that their functions give",
       "E|grad f_v(x) - grad f_v(x*)|^2 <= 2E D_f(x, x*), E of theory/unified_sgd/expected_smoothness.hpp",
       {"every f_j is convex and L_j-smooth, f is L-smooth", "E v_j = 1"},
       "derived; arXiv:1901.09401",
       {make_check<Smoothness>(
           Layer::exact, Level::certificate, smoothness,
           [](const auto& sampling, const auto& c) { return expected_smoothness(sampling, c); },
           smaller_smoothness())}},
      row_moments_claim(page, {closed_form_check(as_stated, {unweighted})}),
      row_golden_claim(page, {golden_check(golden_rows("sgd-sr", golden<Method>, golden<L2>),
                                           {{"v_j forgotten", golden_rows("sgd-sr", golden_unweighted<Method>,
                                                                          golden_unweighted<L2>)}})}),
      row_rate_claim(
          page, {rate_check<Method>(runs, {faster<Method>(4).front(), theorem_without_noise<Method>().front(),
                                           scaled_stepsize<Method>("gamma = 21/(10E)", ratio<Rational>(21, 5))}),
                 rate_check<L2>(l2_runs, faster<L2>(4)), tree_check<L1>(l1_runs, faster<L1>(4), 3),
                 tree_check<Clip>(box_runs, faster<Clip>(4), 3)}),
      row_neighbourhood_claim(page, {neighbourhood_check<Method>(noisy(runs), theorem_without_noise<Method>())}),
      row_draws_claim(page, "those of the sampling", {draws_check(for_draws, {one_more})}),
      row_reductions_claim(page, "full batch: gradient descent; a single element: SGD-MB with tau = 1",
                           {reduction_check(reductions(false), {{"half the stepsize", reductions(true)}})}),
      row_stepsize_claim(page),
      {"unified-sgd/sgd-sr/sharpest-rate",
       "the main theorem recovers the sharpest rate of every special case",
       "SGD-SR with the full batch: gamma = 1/L and |x^k - x*|^2 <= (1 - mu/L)^k |x^0 - x*|^2",
       {"every f_j is convex and L-smooth", "f is mu-quasi-strongly convex"},
       "slides on chapter 2; true up to absolute constants: the row gives gamma <= 1/(2L)",
       {make_check<bool>(Layer::exact, Level::refuted, sharpest_rate, false, {{"gradient descent's row", true}})},
       "unified-sgd/gd/rate"},
  };
}

}  // namespace touchstone::inline v0::registry::sgd_sr
