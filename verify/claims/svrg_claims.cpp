#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/svrg_cases.hpp"
#include "verify/claims/svrg_loop.hpp"

namespace touchstone::inline v0::registry::svrg {

namespace {

using Method = Svrg<Rational>;

std::vector<Mutant<RowVariation<Method>>> wrong_updates() {
  return {svrg_new_point<Method>(), svrg_without_mean<Method>()};
}

std::vector<Mutant<RowVariation<Method>>> smaller_constants(const Rational& part) {
  std::vector<Mutant<RowVariation<Method>>> all = smaller_row<Method>(part);
  all.resize(2);  // of A and B: the others are zero
  all.push_back({"rho = 1/100", {.change = [](auto& at) { at.row.rho = ratio<Rational>(1, 100); }}});
  return all;
}

/// f_1' = 2x - 1, f_2' = x + 1.
NamedQuadratic witness() {
  const auto line = [](const Rational& curvature, const Rational& b) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, curvature), Vector<Rational>::Constant(1, b)};
  };
  const auto mean = ratio<Rational>(3, 2);
  return {{std::vector<std::vector<QuadraticForm<Rational>>>{{line(2, 1), line(1, -1)}},
           {mean, mean, {mean}, {{Rational(2), Rational(1)}}}},
          Vector<Rational>::Zero(1),
          "f_1' = 2x - 1, f_2' = x + 1"};
}

RowInstances golden(const RowVariation<Method>& variation) {
  return row_instances<Method>(
      [](Seeded&) {
        const Vector<Rational> one = Vector<Rational>::Ones(1);
        return std::vector{svrg_case(witness(), Method{ratio<Rational>(1, 8)}, one, one, "golden")};
      },
      variation);
}

std::vector<GoldenCase> golden_cases(const RowVariation<Method>& variation) {
  return {{"svrg", "0", golden(variation), golden(variation)}};
}

/// ERR-U1: x^0 = 1, gamma = 1/8, the reference point stays at w. From w = x* they do converge.
Finding linear(const CheckContext& context, const Rational& w) {
  Seeded random = context.random("linear");
  const SvrgLoop<NoRegularizer> loop{
      witness(), {ratio<Rational>(1, 8)}, Vector<Rational>::Ones(1), Vector<Rational>::Constant(1, w)};
  const SecondMoments moments = loop.moments(squared_distance, random);
  const std::vector<Rational> r = moments.exact(loop.start(), 2);
  const Rational limit = moments.stationary();
  Inspection inspection;
  inspection.holds(limit > 0, [] { return std::string("lim E r_k > 0"); });
  inspection.equal(r[1], ratio<Rational>(169, 256), [] { return std::string("E r_1"); });
  inspection.equal(r[2], ratio<Rational>(14285, 32768), [] { return std::string("E r_2"); });
  inspection.equal(limit, ratio<Rational>(1, 86), [] { return std::string("lim E r_k"); });
  return inspection.finding(fmt::format(
      "f_1' = 2x - 1, f_2' = x + 1, w = x^0 = 1, gamma = 1/8: E r_1 = {}, E r_2 = {}, lim E r_k = {} > 0",
      r[1].str(), r[2].str(), limit.str()));
}

/// Against gradient descent; not so for `m` > 1.
std::vector<Reduction> to_gradient_descent(Index m) {
  const RowCases<Method> cases = [m](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& on : random_instances(random, {{1, 1, m}, {2, 1, m}})) {
      const Index d = on.f.dimension();
      all.push_back(
          svrg_case(on, svrg_on<Method>(on, {}, 0), random_vector(random, d), random_vector(random, d), "any w"));
    }
    return all;
  };
  return {{"m = 1: gradient descent", row_instances<Method>(cases), gradient_descent_beside(cases)}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{.id = "unified-sgd/svrg",
                     .name = "SVRG",
                     .row = "A = 2L, B = 2, rho = 0, C = D1 = D2 = 0",
                     .moments =
                         "E|g - grad f(x*)|^2 = U + W - 2X - |b|^2 + 2<a, b>,  sigma+^2 = W, as SAGA's with "
                         "b_j = grad f_j(w) - grad f_j(x*)",
                     .corollary = "",
                     .conditions = "",
                     .hypotheses = {"every f_j is convex and L-smooth"},
                     .source = "Table 2.1, Algorithm 9; constants of arXiv:1905.11261"};
  const RowCases<Method> states = svrg_states<Method>;
  const Expected<Method> expected{svrg_moments<Method>, svrg_draws<Method>};
  const std::vector<std::string> strongly_convex = {"every f_j is convex and L-smooth",
                                                    "f is mu-quasi-strongly convex"};
  return {
      with_kernel(row_assumption_claim(
                      page, {assumption_check<Method>(
                                 states, joined(smaller_constants(ratio<Rational>(19, 20)), wrong_updates())),
                             all_states_check<Method>(states, smaller_constants(ratio<Rational>(19, 20)))}),
                  kernel_cases<Method>(with_few_components(states))),
      row_moments_claim(page, {closed_form_check<Method>(states, svrg_moments<Method>, wrong_updates())}),
      row_golden_claim(page,
                       {golden_check(golden_cases({}),
                                     {{"w takes the new x", golden_cases(svrg_new_point<Method>().variation)}})}),
      {"unified-sgd/svrg/linear",
       "the iterates of SVRG's outer loop converge linearly",
       "E|x^k - x*|^2 -> 0, as for every method of Table 2.1 that is marked as variance reduced",
       strongly_convex,
       "Table 2.1, Algorithm 9; rho = 0 and B = 2: no M satisfies M > B/rho",
       {make_check<Rational>(Layer::exact, Level::refuted, linear, Rational(1), {{"w = x*", Rational(0)}})},
       "unified-sgd/svrg/iterates"},
      {"unified-sgd/svrg/iterates",
       "the iterates of SVRG's outer loop converge to a neighbourhood",
       "gamma <= 1/(2L), s = sigma_0^2: E r_k <= (1 - gamma mu)^k r_0 + 2 gamma s (1 - (1 - gamma mu)^k)/mu; "
       "from x^0 = w also with L^2 r_0 for s",
       strongly_convex,
       "derived: the main theorem with s counted as noise",
       {svrg_iterates_check(), proof_check()}},
      {"unified-sgd/svrg/sum",
       "the gaps of SVRG's outer loop have a bounded sum",
       "gamma < 1/(2L): 2 gamma (1 - 2L gamma) sum_{k<K} E gap(x^k) <= r_0 + 2K gamma^2 sigma_0^2, and the same "
       "for "
       "K E gap(xbar), xbar their average",
       {"every f_j is convex and L-smooth"},
       "derived",
       {svrg_sum_check(), proof_check()}},
      {"unified-sgd/svrg/epoch",
       "an outer loop of SVRG contracts the gap",
       "x^0 = w, xbar the average of x^0, ..., x^{K-1} or one of them at random: E gap(xbar) <= [1/(mu gamma (1 - "
       "2L "
       "gamma) K) + 2L gamma/(1 - 2L gamma)] gap(w); 1/2 for gamma = 1/(10L), K = 50L/mu",
       strongly_convex,
       "derived",
       {svrg_epoch_check(), proof_check()}},
      row_draws_claim(page, "the component, uniformly from m",
                      {draws_check(row_instances<Method>(states, {}, expected),
                                   {altered<DrawsOnceMore<Method>, Method>("a choice more", states, expected)})}),
      row_reductions_claim(page, "m = 1: gradient descent, whatever w",
                           {reduction_check(to_gradient_descent(1), {{"m = 2", to_gradient_descent(2)}})}),
  };
}

}  // namespace touchstone::inline v0::registry::svrg
