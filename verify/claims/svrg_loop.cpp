#include "verify/claims/svrg_loop.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "touchstone/theory/unified_sgd/svrg.hpp"
#include "verify/claims/finite_sum_cases.hpp"

namespace touchstone::inline v0 {

namespace {

constexpr Index exact_steps = 6;

/// Every problem with the stepsizes part/L: from x^0 = w and, unless only that is asked for, with w elsewhere.
template <class Prox>
std::vector<SvrgLoop<Prox>> loops(Seeded& random, const std::vector<Rational>& parts, bool from_w = false) {
  std::vector<NamedQuadratic> problems = random_instances(random, {{1, 1, 1}, {1, 1, 3}, {2, 1, 2}});
  problems.push_back(lone_component(4));
  std::vector<SvrgLoop<Prox>> all;
  for (const NamedQuadratic& f : problems)
    for (const Rational& part : parts) {
      const auto [on, regularizer] = composite<Prox>(f);
      const Index d = on.f.dimension();
      const Svrg<Rational, Prox> svrg{Rational(part / on.f.constants().largest_L_ij()), regularizer};
      const Vector<Rational> x = random_vector(random, d) + Vector<Rational>::Constant(d, ratio<Rational>(1, 5));
      all.push_back({on, svrg, x, x});
      if (!from_w) all.push_back({on, svrg, x, random_vector(random, d)});
    }
  return all;
}

std::string where(const std::string& problem, const char* what, std::size_t k) {
  return fmt::format("{}: {}, k = {}", problem, what, k);
}

struct LoopIterates {
  Rational noise = 1;  ///< times sigma_0^2 in the bound
  Rational mu = 1;     ///< times mu
};

/// r_k <= q^k r_0 + floor (1 - q^k) for k >= first.
template <Field S>
void inspect_iterates(Inspection& found, const std::vector<S>& r, std::size_t first, const Rational& q,
                      const Rational& r_0, const Rational& floor, const std::string& problem) {
  const S factor = convert<S>(q);
  const S limit = convert<S>(floor);
  const S rest = convert<S>(Rational(r_0 - floor));
  S power(1);
  for (std::size_t k = 1; k < r.size() && !found.failed(); ++k) {
    power *= factor;
    if (k < first) continue;
    const S promised = S(limit + rest * power);
    found.follow(problem, "E|x^k - x*|^2", static_cast<Index>(k), r[k], promised);
    found.less_equal(r[k], promised, [&, at = k] { return where(problem, "E r_k", at); });
  }
}

template <class Prox>
std::size_t inspect_loops(Inspection& found, Seeded& random, const LoopIterates& variation) {
  const auto all = loops<Prox>(random, {ratio<Rational>(1, 2), ratio<Rational>(1, 10)});
  for (const SvrgLoop<Prox>& loop : all) {
    if (found.failed()) break;
    const SecondMoments moments = loop.moments(squared_distance, random);
    const std::vector<Rational> exact = moments.exact(loop.start(), exact_steps);
    const auto enclosed = moments.template enclosed<100>(loop.start(), 500);
    const Rational L = loop.on.f.constants().largest_L_ij();
    const Rational r_0 = exact.front();
    std::vector<Rational> sigmas{loop.sigma_squared()};
    if (loop.x == loop.w) sigmas.push_back(Rational(L * L * r_0));
    for (const Rational& s : sigmas) {
      const auto row = svrg_noise_constants(L, Rational(variation.noise * s));
      const Rational& gamma = loop.method.gamma;
      const Rational gap =
          contraction_gaps(row, gamma, Rational(variation.mu * loop.on.f.constants().mu), Rational(0))[0];
      const Rational floor = noise(row, gamma, Rational(0)) / gap;
      inspect_iterates(found, exact, 1, Rational(1 - gap), r_0, floor, loop.on.name);
      inspect_iterates(found, enclosed, exact_steps + 1, Rational(1 - gap), r_0, floor, loop.on.name);
    }
  }
  return all.size();
}

Finding iterates(const CheckContext& context, const LoopIterates& variation) {
  Seeded random = context.random("iterates");
  Inspection inspection;
  const std::size_t plain = inspect_loops<NoRegularizer>(inspection, random, variation);
  const std::size_t composite = inspect_loops<SquaredNorm<Rational>>(inspection, random, variation);
  return inspection.finding(
      fmt::format("{} loops, {} of them with R = |x|^2/2, every k <= 500 (exact to k = {}, then "
                  "enclosed); gamma = 1/(2L), 1/(10L)",
                  plain + composite, composite, exact_steps));
}

struct Sum {
  Rational weight = 1;  ///< times the weight of the sum
  Rational start = 1;   ///< times r_0
  Rational noise = 1;   ///< times sigma_0^2
};

/// E gap(x^k) for k < K and E gap(x^0 + ... + x^{K-1}); the gap is that of the sum of x^k - x*, which is quadratic.
struct Gaps {
  SecondMoments of_iterates, of_sum;
  Vector<Rational> start, start_of_sum;
};

Gaps gaps_of(const SvrgLoop<NoRegularizer>& loop, Seeded& random) {
  const QuadraticFunction gap = [&loop](const Vector<Rational>& z) { return loop.gap(z); };
  Vector<Rational> with_sum = Vector<Rational>::Zero(2 * loop.x.size());
  with_sum.head(loop.x.size()) = loop.start();
  return {loop.moments(gap, random), loop.moments_of_sum(gap, random), loop.start(), with_sum};
}

/// Calls compare(E gap of a random iterate, E gap of the average, K) for first <= K <= last.
template <Field S, class Compare>
void for_each_length(const std::vector<S>& gaps, const std::vector<S>& of_sum, std::size_t first,
                     const Compare& compare) {
  S sum(0);
  for (std::size_t K = 1; K < gaps.size(); ++K) {
    sum += gaps[K - 1];
    const S length = integer<S>(static_cast<Index>(K));
    if (K >= first) compare(S(sum / length), S(of_sum[K] / S(length * length)), K);
  }
}

/// The same, exactly at first, then enclosed.
template <class Compare>
void for_each_length(const Gaps& gaps, Index last, const Compare& compare) {
  for_each_length(gaps.of_iterates.exact(gaps.start, exact_steps),
                  gaps.of_sum.exact(gaps.start_of_sum, exact_steps), 1, compare);
  for_each_length(gaps.of_iterates.enclosed<100>(gaps.start, last),
                  gaps.of_sum.enclosed<100>(gaps.start_of_sum, last), exact_steps + 1, compare);
}

Finding sum(const CheckContext& context, const Sum& variation) {
  constexpr Index last = 200;
  Seeded random = context.random("sum");
  Inspection inspection;
  const auto all =
      loops<NoRegularizer>(random, {ratio<Rational>(1, 3), ratio<Rational>(1, 4), ratio<Rational>(1, 100)});
  for (const SvrgLoop<NoRegularizer>& loop : all) {
    if (inspection.failed()) break;
    const Rational& gamma = loop.method.gamma;
    const Rational weight = variation.weight * svrg_gap_weight(loop.on.f.constants().largest_L_ij(), gamma);
    const Rational r_0 = variation.start * squared_distance(loop.start());
    const Rational step_noise = variation.noise * 2 * gamma * gamma * loop.sigma_squared();
    for_each_length(gaps_of(loop, random), last, [&]<class S>(const S& iterate, const S& average, std::size_t K) {
      const Rational length(K);
      const S left = convert<S>(Rational(weight * length));
      const S bound = convert<S>(Rational(r_0 + length * step_noise));
      inspection.less_equal(S(left * iterate), bound, [&] { return where(loop.on.name, "sum of gaps", K); });
      inspection.less_equal(S(left * average), bound, [&] { return where(loop.on.name, "gap of the average", K); });
    });
  }
  return inspection.finding(
      fmt::format("{} loops, every K <= {} (exact to K = {}, then enclosed); gamma = 1/(3L), 1/(4L), "
                  "1/(100L)",
                  all.size(), last, exact_steps));
}

/// Of L, mu, gamma, K.
using EpochFactor = Rational (*)(const Rational&, const Rational&, const Rational&, const Rational&);

Finding epoch(const CheckContext& context, const EpochFactor& factor) {
  constexpr Index last = 300;
  Seeded random = context.random("epoch");
  Inspection inspection;
  double least = 1;
  const auto all = loops<NoRegularizer>(random, {ratio<Rational>(1, 10), ratio<Rational>(1, 4)}, true);
  for (const SvrgLoop<NoRegularizer>& loop : all) {
    if (inspection.failed()) break;
    const Rational L = loop.on.f.constants().largest_L_ij();
    const Rational& mu = loop.on.f.constants().mu;
    const Rational gap_of_w = loop.gap(loop.start());
    inspection.equal(svrg_epoch_factor(L, mu, Rational(1 / (10 * L)), Rational(50 * L / mu)), ratio<Rational>(1, 2),
                     [&] { return loop.on.name + ": the factor for gamma = 1/(10L), K = 50L/mu"; });
    for_each_length(gaps_of(loop, random), last, [&]<class S>(const S& iterate, const S& average, std::size_t K) {
      const Rational bound = gap_of_w * factor(L, mu, loop.method.gamma, Rational(K));
      inspection.less_equal(iterate, convert<S>(bound), [&] { return where(loop.on.name, "a random iterate", K); });
      inspection.less_equal(average, convert<S>(bound), [&] { return where(loop.on.name, "the average", K); });
    });
    least = std::min(least, static_cast<double>(factor(L, mu, loop.method.gamma, Rational(last))));
  }
  return inspection.finding(
      fmt::format("{} loops, every K <= {} (exact to K = {}, then enclosed); gamma = 1/(10L), "
                  "1/(4L); factors down to {:.3g}",
                  all.size(), last, exact_steps, least));
}

Rational first_term(const Rational& L, const Rational& mu, const Rational& gamma, const Rational& K) {
  return Rational(1 / (mu * gamma * (1 - 2 * L * gamma) * K));
}

Rational second_term(const Rational& L, const Rational& mu, const Rational& gamma, const Rational& K) {
  return Rational(svrg_epoch_factor(L, mu, gamma, K) - first_term(L, mu, gamma, K));
}

}  // namespace

Check svrg_iterates_check() {
  return make_check<LoopIterates>(Layer::moments, Level::certified, iterates, {},
                                  {{"no noise", {.noise = 0}}, {"rate 1 - 3 gamma mu", {.mu = 3}}});
}

Check svrg_sum_check() {
  return make_check<Sum>(
      Layer::moments, Level::certified, sum, {},
      {{"three times the weight", {.weight = 3}}, {"no noise", {.noise = 0}}, {"r_0 missing", {.start = 0}}});
}

Check svrg_epoch_check() {
  return make_check<EpochFactor>(Layer::moments, Level::certified, epoch, svrg_epoch_factor<Rational>,
                                 {{"second term missing", first_term}, {"first term missing", second_term}});
}

}  // namespace touchstone::inline v0
