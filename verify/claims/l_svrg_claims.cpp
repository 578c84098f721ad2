#include "verify/claims/certificate_check.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/svrg_cases.hpp"

namespace touchstone::inline v0::registry::l_svrg {

namespace {

template <class Prox>
using Loopless = LSvrg<Rational, Prox>;
using Method = Loopless<NoRegularizer>;
using L2 = Loopless<SquaredNorm<Rational>>;
using L1 = Loopless<L1Norm<Rational>>;
using Clip = Loopless<Box<Rational>>;
using Loop = Svrg<Rational>;

/// p = 1, 1/7 and 1/m in turn.
template <class M>
std::vector<RowCase<M>> runs(Seeded& random) {
  std::vector<RowCase<M>> all;
  for (const auto& [on, regularizer] : composites<RegularizerOf<M>>(random)) {
    const Index d = on.f.dimension();
    const std::vector<Rational> probabilities{Rational(1), ratio<Rational>(1, 7),
                                              ratio<Rational>(1, on.f.components(0))};
    const M l_svrg = svrg_on<M>(on, regularizer, probabilities[all.size() % probabilities.size()]);
    all.push_back(svrg_case(on, l_svrg, random_vector(random, d), random_vector(random, d), "run"));
  }
  return all;
}

template <class M>
Mutant<RowVariation<M>> never_refreshed() {
  return {"w never refreshed", {.alter = [](const auto&, const auto& s, auto& next) {
            next.w = s.w;
            next.reference_gradient = s.reference_gradient;
          }}};
}

template <class M>
Mutant<RowVariation<M>> inverted_coin() {
  return {"coin inverted", {.change = [](auto& at) { at.method.p = 1 - at.method.p; }}};
}

std::vector<Mutant<RowVariation<Method>>> wrong_updates() {
  return {never_refreshed<Method>(), svrg_new_point<Method>(), svrg_without_mean<Method>(),
          inverted_coin<Method>()};
}

/// The coin is tossed before the component is drawn.
struct CoinFirst : Method {
  template <class P, class R>
  auto step(const P& f, State s, R& random) const {
    const bool refresh = random.bernoulli(p);
    State next = Method{gamma, Rational(0)}.step(f, s, random);
    return refresh ? this->initial(f, next.x, s.x) : next;
  }
};

/// p = 1: the reference point is x from before the step, in every outcome.
Finding previous_point(const CheckContext& context, const Rational& p) {
  Seeded random = context.random("previous point");
  Inspection inspection;
  for (const NamedQuadratic& on : finite_sums(random)) {
    const Index d = on.f.dimension();
    const Method l_svrg = svrg_on<Method>(on, {}, p);
    const Method::State s = l_svrg.initial(on.f, random_vector(random, d), random_vector(random, d));
    for_each_outcome<Rational>([&](auto& source) { return l_svrg.step(on.f, s, source); },
                               [&](const Rational& /*probability*/, const Method::State& next) {
                                 inspection.equal(next.w, s.x, [&] { return on.name + " w+ = x"; });
                               });
  }
  return inspection.finding(fmt::format("w+ = x in {} outcomes", inspection.comparisons()));
}

/// Against SVRG, the whole state, where the coin never falls; not so for `p` > 0.
std::vector<Reduction> to_svrg(const Rational& p) {
  const RowCases<Method> from = [p](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (RowCase<Method>& at : runs<Method>(random)) {
      at.method.p = p;
      all.push_back(std::move(at));
    }
    return all;
  };
  const RowCases<Loop> to = [from](Seeded& random) {
    std::vector<RowCase<Loop>> all;
    for (const RowCase<Method>& at : from(random)) {
      const Loop svrg{at.method.gamma};
      all.push_back(svrg_case({at.f, at.x_star, at.where}, svrg, at.state.x, at.state.w, "run"));
    }
    return all;
  };
  return {{"p = 0: SVRG", row_instances<Method>(from), row_instances<Loop>(to), true}};
}

template <class M>
RowInstances golden(bool regularized, const RegularizerOf<M>& regularizer, const RowVariation<M>& variation) {
  return row_instances<M>(
      [=](Seeded&) {
        const NamedQuadratic on = golden_problem({2, 1, 2}, regularized);
        return std::vector{svrg_case(on, svrg_on<M>(on, regularizer, ratio<Rational>(1, 2)), golden_start(),
                                     golden_shifts()[0], "golden")};
      },
      variation);
}

std::vector<GoldenCase> golden_cases(const RowVariation<Method>& variation,
                                     const RowVariation<L2>& with_regularizer) {
  return {
      {"l-svrg", "0", golden<Method>(false, {}, variation), golden<Method>(false, {}, variation)},
      {"l-svrg", "l2sq", golden<Method>(true, {}, variation), golden<L2>(true, {Rational(1)}, with_regularizer)}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/l-svrg",
      .name = "L-SVRG",
      .row = "A = 2L, B = 2, rho = p, C = pL, D1 = D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = U + W - 2X - |b|^2 + 2<a, b>,  E sigma+^2 = (1 - p) W + pU, as SAGA's "
          "with b_j = grad f_j(w) - grad f_j(x*)",
      .corollary = "M = 4/p, gamma = 1/(6L): E V^k <= max{1 - gamma mu, 1 - p/2}^k V^0",
      .conditions = "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = p/2",
      .hypotheses = {"every f_j is convex and L-smooth", "0 < p <= 1"},
      .source = "Table 2.1, Algorithm 10, Corollary 2.6.25; constants of arXiv:1905.11261"};
  const RowCases<Method> states = svrg_states<Method>;
  const Expected<Method> expected{svrg_moments<Method>, svrg_draws<Method>};
  Claim stepsize = row_stepsize_claim(page);
  stepsize.hypotheses.emplace_back("0 < p <= 1");
  return {
      with_kernel(row_assumption_claim(
                      page, {assumption_check<Method>(
                                 states, joined(smaller_row<Method>(ratio<Rational>(19, 20)), wrong_updates())),
                             all_states_check<Method>(states, smaller_row<Method>(ratio<Rational>(19, 20)))}),
                  kernel_cases<Method>(with_few_components(states))),
      row_moments_claim(page, {closed_form_check<Method>(states, svrg_moments<Method>, wrong_updates())}),
      row_golden_claim(page,
                       {golden_check(golden_cases({}, {}),
                                     {{"w never refreshed", golden_cases(never_refreshed<Method>().variation,
                                                                         never_refreshed<L2>().variation)}})}),
      row_rate_claim(page, {rate_check<Method>(runs<Method>, joined(faster<Method>(), {never_refreshed<Method>(),
                                                                                       inverted_coin<Method>()})),
                            rate_check<L2>(runs<L2>, joined(faster<L2>(), {never_refreshed<L2>()})),
                            tree_check<L1>(runs<L1>, faster<L1>(6), 4),
                            tree_check<Clip>(runs<Clip>, faster<Clip>(6), 4), certificate_check()}),
      row_draws_claim(page, "the component, uniformly from m, then the coin",
                      {draws_check(row_instances<Method>(states, {}, expected),
                                   {altered<CoinFirst, Method>("the coin first", states, expected)})}),
      row_reductions_claim(page, "p = 0: SVRG, the same states; p = 1: w^{k+1} = x^k",
                           {reduction_check(to_svrg(0), {{"p = 1/2", to_svrg(ratio<Rational>(1, 2))}}),
                            make_check<Rational>(Layer::exact, Level::exact, previous_point, Rational(1),
                                                 {{"p = 1/2", ratio<Rational>(1, 2)}})}),
      std::move(stepsize),
  };
}

}  // namespace touchstone::inline v0::registry::l_svrg
