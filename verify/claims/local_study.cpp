#include "verify/claims/local_study.hpp"

#include <fmt/format.h>

#include "touchstone/numbers/definiteness.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/study_parts.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0 {

namespace {

Rational variance_bound(const LocalVariance<Rational>& sequence, const Rational& s, const LocalQuantities& now) {
  return (1 - sequence.rho) * s + 2 * sequence.C * now.gap + sequence.G * now.V + sequence.D;
}

}  // namespace

std::vector<LocalLine> local_lines(const LocalTheorem& theorem, const LocalSides& sides) {
  const LocalQuantities& now = sides.now;
  const auto bounded_by = [&](const LocalMomentBound<Rational>& bound) {
    return Rational(2 * bound.A * now.gap + bound.B1 * now.s1 + bound.B2 * now.s2 + bound.F * now.V + bound.D);
  };
  const LocalConstants<Rational>& row = theorem.row;
  std::vector<LocalLine> all{
      {"(M) means of the workers", sides.workers.worker_mean, bounded_by(row.worker_mean)},
      {"(N) variances of the workers", sides.workers.worker_variance, bounded_by(row.worker_variance)},
      {"(A) second moment", sides.mean_square, bounded_by(row.mean)}};
  if (row.shift) all.push_back({"(S1) next s1", sides.next_s1, variance_bound(*row.shift, now.s1, now)});
  if (row.sampling) all.push_back({"(S2) next s2", sides.next_s2, variance_bound(*row.sampling, now.s2, now)});
  const Rational T = theorem.lyapunov(now.squared_distance, now.s1, now.s2);
  all.push_back({"(T) one step", sides.next_T, theorem.one_step_bound(T, now.gap, now.V)});
  return all;
}

namespace {

Finding lines_of_local(const CheckContext& context, const LocalInstances& instances) {
  Seeded random = context.random("lines");
  Inspection inspection;
  LineTightness tightness;
  std::size_t outcomes = 0;
  const std::size_t states =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const LocalInstance& one) {
        const LocalSides sides = one.sides(one.start);
        outcomes += sides.outcomes;
        const EstimateMoments<Rational>& g = sides.workers;
        seen.equal(g.mean, sides.gradient,
                   [&] { return one.where + " E (1/n) sum_i g_i == (1/n) sum_i grad f_i(x_i)"; });
        seen.equal(sides.mean_step, sides.gradient,
                   [&] { return one.where + " E (x - x+)/gamma == (1/n) sum_i grad f_i(x_i)"; });
        seen.equal(sides.mean_square, Rational(g.mean.squaredNorm() + g.worker_variance / one.workers),
                   [&] { return one.where + " E|g|^2 == |E g|^2 + (1/n^2) sum_i Var g_i"; });
        for (const LocalLine& line : local_lines(one.theorem, sides)) {
          seen.less_equal(line.left, line.right, [&] { return one.where + " " + line.name; });
          tightness.add(line.name, line.left, line.right);
        }
      });
  return inspection.finding(
      fmt::format("{} states, {} outcomes; largest left/right: {}", states, outcomes, tightness.text()));
}

Finding all_states_of_local(const CheckContext& context, const LocalInstances& instances) {
  Seeded random = context.random("all states");
  Inspection inspection;
  Index largest = 0;
  const std::size_t seen =
      inspect_each(random, instances, inspection, [&](Inspection& found, const LocalInstance& one) {
        const Index size = one.start.size();
        largest = std::max(largest, size);
        const auto lines = [&one](const Vector<Rational>& z) { return local_lines(one.theorem, one.sides(z)); };
        const QuadraticFunctions slack = [&lines](const Vector<Rational>& z) {
          std::vector<Rational> all;
          for (const LocalLine& line : lines(z)) all.push_back(line.right - line.left);
          return all;
        };
        const Vector<Rational> first = random_vector(random, size);
        const Vector<Rational> second = random_vector(random, size);
        const auto forms = quadratic_forms(slack, size, {first, second});
        const std::vector<LocalLine> names = lines(one.start);
        for (std::size_t line = 0; line < names.size(); ++line)
          found.holds(is_positive_semidefinite(forms[line]),
                      [&] { return one.where + " " + names[line].name + " at every state"; });
      });
  return inspection.finding(fmt::format(
      "all states of {} instances, up to {} coordinates: the slack of every line is positive semidefinite", seen,
      largest));
}

/// With a^K = sum_k (w_k/w_K) (x^k - x*): sequences over k = 0, 1, ....
template <class S>
struct LocalCourse {
  std::vector<S> squared_distance, gap, V, s1, s2, accumulated;
};

/// The outcomes of (z, a) in every phase.
std::vector<OutcomesOf> with_local_average(const LocalInstance& one) {
  const Index d = one.hessian.rows();
  const Index n = one.workers;
  const Rational keep = 1 - one.theorem.eta();
  std::vector<OutcomesOf> all;
  for (const OutcomesOf& outcomes : one.phases)
    all.push_back([outcomes, d, n, keep](const Vector<Rational>& both) {
      const Vector<Rational> z = both.head(both.size() - d);
      const Vector<Rational> a = both.tail(d);
      std::vector<std::pair<Rational, Vector<Rational>>> law;
      for (const auto& [p, next] : outcomes(z)) {
        Vector<Rational> sum = next.head(d);
        for (Index i = 1; i < n; ++i) sum += next.segment(i * d, d);
        Vector<Rational> next_both(both.size());
        next_both << next, Vector<Rational>(keep * a + sum / Rational(n));
        law.emplace_back(p, std::move(next_both));
      }
      return law;
    });
  return all;
}

template <class S>
void inspect_course(Inspection& seen, const LocalInstance& one, const LocalCourse<S>& of, Index from) {
  const LocalTheorem& theorem = one.theorem;
  const DiscrepancyBound<Rational> bound = theorem.discrepancy();
  const LocalQuantities start = one.quantities(one.start);
  const OfVariances<Rational> M = local_lyapunov_weights<Rational>(theorem.row);
  const Rational& gamma = theorem.gamma;
  const auto in = [](const Rational& value) { return convert<S>(value); };
  const S keep = in(1 - theorem.eta());
  const S weight1 = in(gamma * gamma * M.shift);
  const S weight2 = in(gamma * gamma * M.sampling);
  const S noise = in(local_noise<Rational>(theorem.row, gamma));
  const S two_L = in(2 * theorem.L);
  const S step = in(gamma);
  const S remembered = in(2 * theorem.L * (bound.H.shift * start.s1 + bound.H.sampling * start.s2));
  const S drift = in(2 * theorem.L * gamma * gamma * bound.D3);
  const S first = in(local_initial_term<Rational>(theorem.row, bound, theorem.L, gamma, start.squared_distance,
                                                  {start.s1, start.s2}) /
                     gamma);
  const S last = in(local_neighbourhood<Rational>(theorem.row, bound, theorem.L, gamma));
  const auto T = [&](std::size_t k) { return S(of.squared_distance[k] + weight1 * of.s1[k] + weight2 * of.s2[k]); };
  S weights(0);  // W/w_K
  S power(1);    // 1/w_K
  S gaps(0);     // sum_k (w_k/w_K) gap_k
  S V(0);        // sum_k (w_k/w_K) V_k
  for (std::size_t K = 0; K < of.gap.size() && !seen.failed(); ++K) {
    weights = S(keep * weights + S(1));
    power *= keep;
    gaps = S(keep * gaps + of.gap[K]);
    V = S(keep * V + of.V[K]);
    if (static_cast<Index>(K) < from) continue;
    const auto where = [&](const char* what) { return fmt::format("{}: {} at K={}", one.where, what, K); };
    if (K + 1 < of.gap.size())
      seen.less_equal(T(K + 1), S(keep * T(K) - step * of.gap[K] + two_L * step * of.V[K] + noise),
                      [&] { return where("one step"); });
    seen.less_equal(S(two_L * V), S(gaps / S(2) + remembered * power + drift * weights),
                    [&] { return where("discrepancy"); });
    const S mean = S(gaps / weights);
    seen.less_equal(S(of.accumulated[K] / S(weights * weights)), mean, [&] { return where("convexity"); });
    const S promised = S(first * power / weights + last);
    seen.follow(one.where, "sum_k w_k E (f(x^k) - f(x*))/W", static_cast<Index>(K), mean, promised);
    seen.less_equal(mean, promised, [&] { return where("average"); });
  }
}

/// One course of expectations, exact or enclosed.
template <class S>
LocalCourse<S> course_of(const SecondMoments& moments, const std::vector<Matrix<Rational>>& forms,
                         const Vector<Rational>& start, Index steps) {
  auto all = moments.expectations<S>(forms, start, steps);
  return {std::move(all[0]), std::move(all[1]), std::move(all[2]),
          std::move(all[3]), std::move(all[4]), std::move(all[5])};
}

Finding runs_of_local(const CheckContext& context, const LocalInstances& instances, Index steps) {
  Seeded random = context.random("run");
  Inspection inspection;
  using Enclosure = Interval<100>;
  constexpr Index exact_steps = 4;
  const std::size_t runs =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const LocalInstance& one) {
        for (const Rational& condition : one.theorem.conditions())
          seen.less_equal(condition, Rational(1), [&] { return one.where + ": a condition on the stepsize"; });
        const Index d = one.hessian.rows();
        const Index size = one.start.size() + d;
        const auto half_square = [&](const Vector<Rational>& a) { return Rational(a.dot(one.hessian * a) / 2); };
        const QuadraticFunctions functions = [&](const Vector<Rational>& both) {
          const LocalQuantities at = one.quantities(both.head(size - d));
          return std::vector<Rational>{at.squared_distance, at.gap, at.V, at.s1, at.s2, half_square(both.tail(d))};
        };
        const Vector<Rational> first = random_vector(random, size);
        const Vector<Rational> second = random_vector(random, size);
        const SecondMoments moments(with_local_average(one),
                                    [&](const Vector<Rational>& both) { return half_square(both.tail(d)); }, size,
                                    {first, second});
        const std::vector<Matrix<Rational>> forms = quadratic_forms(functions, size, {first, second});
        Vector<Rational> from(size);
        Vector<Rational> x = one.start.head(d);
        from << one.start, x;
        inspect_course<Rational>(seen, one, course_of<Rational>(moments, forms, from, exact_steps), 0);
        inspect_course<Enclosure>(seen, one, course_of<Enclosure>(moments, forms, from, steps), exact_steps);
      });
  return inspection.finding(
      fmt::format("{} runs, every K <= {} (exact to K = {}, then enclosed)", runs, steps, exact_steps));
}

}  // namespace

Check local_lines_check(LocalInstances instances, LocalMutants mutants) {
  return make_check<LocalInstances>(Layer::exact, Level::exact, lines_of_local, std::move(instances),
                                    std::move(mutants));
}

Check local_all_states_check(LocalInstances instances, LocalMutants mutants) {
  return make_check<LocalInstances>(Layer::exact, Level::certificate, all_states_of_local, std::move(instances),
                                    std::move(mutants));
}

Check local_run_check(LocalInstances instances, LocalMutants mutants, Index steps) {
  const auto run = [steps](const CheckContext& context, const LocalInstances& of) {
    return runs_of_local(context, of, steps);
  };
  return make_check<LocalInstances>(Layer::moments, Level::certified, run, std::move(instances),
                                    std::move(mutants));
}

}  // namespace touchstone::inline v0
