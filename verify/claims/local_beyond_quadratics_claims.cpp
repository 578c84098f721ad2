// The rows of chapter 4 on functions that are not quadratic.
#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/s_star_local_sgd_star.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"
#include "verify/claims/huber_instances.hpp"
#include "verify/claims/local_claims.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_beyond_quadratics {

namespace {

using Coin = RandomSchedule<Rational>;

template <class Method>
struct HuberLocal {
  OnHuber<Method> method;
  LocalConstants<Rational> row;
};

/// What the theory asks of an instance.
struct HuberFacts {
  Rational L, component_L, mu, n, zeta, variance;
};

HuberFacts facts_of(const NamedHuberSum& on) {
  const auto& constants = on.f.constants();
  Rational zeta(0);
  Rational variance(0);
  for (Index i = 0; i < on.f.workers(); ++i) {
    const Vector<Rational> gradient = on.f.gradient(i, on.x_star);
    zeta += gradient.squaredNorm();
    for (Index j = 0; j < on.f.components(i); ++j)
      variance += (on.f.component_gradient(i, j, on.x_star) - gradient).squaredNorm() / on.f.components(i);
  }
  const Rational n(on.f.workers());
  return {constants.largest_L_i(),
          constants.largest_L_ij(),
          common_strong_convexity(on.f.quadratic()),
          n,
          zeta / n,
          variance / n};
}

const Rational half = ratio<Rational>(1, 2);
const Rational q = ratio<Rational>(1, 3);
const RefreshCoin<Rational> coin = RefreshCoin<Rational>::independent(q);

using Plain = LocalSgd<Rational, Coin>;
using Reduced = LocalSvrg<Rational, Coin>;
using Star = SStarLocalSgd<Rational, Coin>;
using Learned = SsLocalSgd<Rational, Coin>;
using BothStars = SStarLocalSgdStar<Rational, Coin>;
using Complete = SLocalSvrg<Rational, Coin>;

LocalMomentBound<Rational> sampled(const HuberFacts& of) {
  return sampled_local_variance<Rational>(of.L, of.component_L, of.variance);
}

HuberLocal<Plain> plain(const NamedHuberSum& /*on*/, const HuberFacts& of) {
  return {{{0, {half}}}, local_sgd_constants<Rational>(of.L, of.n, of.zeta, sampled(of))};
}
HuberLocal<Reduced> reduced(const NamedHuberSum& /*on*/, const HuberFacts& of) {
  return {{{0, {half}, {q}}}, local_svrg_constants<Rational>(of.L, of.component_L, of.n, q, of.zeta)};
}
HuberLocal<Star> star(const NamedHuberSum& on, const HuberFacts& of) {
  return {{{0, {half}, {}, StarShift<Rational>::of(on.f, on.x_star)}},
          s_star_local_sgd_constants<Rational>(of.L, of.n, sampled(of))};
}
HuberLocal<Learned> learned(const NamedHuberSum& /*on*/, const HuberFacts& of) {
  return {{{0, {half}, {}, {coin, 1, {}}}},
          ss_local_sgd_constants<Rational>(of.L, of.n, q, Rational(1), sampled(of))};
}
HuberLocal<BothStars> both_stars(const NamedHuberSum& on, const HuberFacts& of) {
  return {{{0, {half}, StarReference<Rational>::of(on.f, on.x_star), StarShift<Rational>::of(on.f, on.x_star)}},
          s_star_local_sgd_star_constants<Rational>(of.L, of.component_L, of.n)};
}
HuberLocal<Complete> complete(const NamedHuberSum& /*on*/, const HuberFacts& of) {
  return {{{0, {half}, {coin}}}, s_local_svrg_constants<Rational>(of.L, of.component_L, of.n, q)};
}

template <class Method>
using HuberLocalSetUp = HuberLocal<Method> (*)(const NamedHuberSum&, const HuberFacts&);

/// Random states, the corners, one far away and one at a kink.
template <class Method>
LocalCases<OnHuber<Method>> huber_local_states(HuberLocalSetUp<Method> set_up) {
  using Here = OnHuber<Method>;
  return [set_up](Seeded& random) {
    std::vector<LocalCase<Here>> all;
    for (const NamedHuberSum& on : huber_instances(random, {{1, 2, 2}, {2, 2, 2}})) {
      const HuberFacts facts = facts_of(on);
      const auto [method, row] = set_up(on, facts);
      LocalTheorem theorem{.row = row, .mode = LocalMode::random, .L = facts.L, .mu = facts.mu, .p = half};
      theorem.gamma = largest_local_stepsize(theorem);
      const auto solution = method.initial(on.f, on.x_star);
      const auto drawn = [&] {
        return with_coordinates(method, on.f, solution,
                                random_vector(random, coordinates<Rational>(solution).size()));
      };
      const auto add = [&](const typename Here::State& state, const char* where) {
        LocalCase<Here> at{on.f, on.x_star, method, state, solution, theorem, on.name + ", " + where};
        at.method.gamma = theorem.gamma;
        all.push_back(std::move(at));
      };
      add(drawn(), "random state");
      add(drawn(), "another state");
      auto far = drawn();
      for (Vector<Rational>& x_i : far.x) x_i += Vector<Rational>::Constant(on.f.dimension(), Rational(1000));
      add(far, "far away");
      auto kinked = drawn();
      kinked.x.front() = kink_beside(on.f, kinked.x.front());
      add(kinked, "at a kink");
      auto remembered = drawn();
      remembered.x = solution.x;
      add(remembered, "memories off alone");
      auto apart = solution;
      apart.x.front() += Vector<Rational>::Constant(on.f.dimension(), ratio<Rational>(1, 8));
      apart.x.back() -= Vector<Rational>::Constant(on.f.dimension(), ratio<Rational>(1, 8));
      add(apart, "x_i apart alone");
      add(solution, "solution");
    }
    return all;
  };
}

template <class Method>
Check huber_local_check(HuberLocalSetUp<Method> set_up) {
  LocalVariationList<OnHuber<Method>> wrong = a_hundredth<OnHuber<Method>>();
  wrong.push_back({"one choice for all workers", {.shared_choices = true}});
  return local_check<OnHuber<Method>>(local_lines_check, huber_local_states(set_up), wrong);
}

}  // namespace

std::vector<Claim> claims() {
  return {local_assumption_claim(
      {"beyond-quadratics", "Every method of chapter 4, on functions that are convex, smooth and not quadratic,",
       "slide 76"},
      {huber_local_check(plain), huber_local_check(reduced), huber_local_check(star), huber_local_check(learned),
       huber_local_check(both_stars), huber_local_check(complete)})};
}

}  // namespace touchstone::inline v0::registry::local_beyond_quadratics
