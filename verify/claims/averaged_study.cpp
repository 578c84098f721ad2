#include "verify/claims/averaged_study.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/error_feedback/averaged.hpp"

namespace touchstone::inline v0 {

namespace {

/// The bound is first/W + last.
struct AveragedBound {
  Rational first, last;
};

AveragedBound one_step_bound(const AveragedInstance& one, const LyapunovParts& initial) {
  const SchemeTheorem& theorem = one.theorem;
  const ErrorModel<Rational> errors = theorem.errors();
  const auto [M1, M2] = error_feedback_weights<Rational>(theorem.row, errors, theorem.gamma);
  const Rational V = initial.distance + theorem.gamma * theorem.gamma * (M1 * initial.s1 + M2 * initial.s2);
  const Rational theta = theorem.descent();
  return {V / (theorem.gamma * theta), theorem.noise() / (theorem.gamma * theta)};
}

AveragedBound weighted_bound(const AveragedInstance& one, const LyapunovParts& initial) {
  const SchemeTheorem& theorem = one.theorem;
  const Rational& gamma = theorem.gamma;
  const Rational u = theorem.kind == ErrorKind::compensated
                         ? compensated_noise_factor<Rational>(theorem.L, theorem.delta)
                         : delayed_noise_factor<Rational>(theorem.L, Rational(theorem.tau));
  const ErrorModel<Rational> errors = theorem.errors_for_every_eta();
  const LyapunovWeights<Rational> M = lyapunov_weights<Rational>(theorem.row, theorem.row.mean);
  const LyapunovWeights<Rational> F = averaged_initial_factors<Rational>(theorem.row, errors, gamma);
  const auto& [distance, s1, s2, none, nothing] = initial;
  const Rational T = distance + gamma * gamma * (M.shift * s1 + M.sampling * s2);
  return {4 * (T + gamma * (F.shift * s1 + F.sampling * s2)) / gamma,
          4 * gamma * averaged_noise<Rational>(theorem.row, errors.moments, u, gamma)};
}

/// With a^K = sum_k (w_k/w_K) (x^k - x*): E a'Ha/2 for H the Hessian, and E f(x^k) - f(x*), k = 0, 1, ....
template <class S>
struct Averages {
  std::vector<S> accumulated, gaps;
};

template <class S>
void inspect_averages(Inspection& seen, const AveragedInstance& one, const AveragedStart& start,
                      const Averages<S>& of, Index from) {
  const AveragedBound bound =
      one.form == AverageForm::one_step ? one_step_bound(one, start.initial) : weighted_bound(one, start.initial);
  const auto first = convert<S>(Rational(one.claimed * bound.first));
  const auto last = convert<S>(Rational(one.claimed * bound.last));
  const auto keep = convert<S>(Rational(1 - one.theorem.gap()));
  S weights(0);  // W/w_K
  S power(1);    // 1/w_K
  S sum(0);      // of w_k/w_K times the gaps
  for (Index K = 0; K < static_cast<Index>(of.gaps.size()) && !seen.failed(); ++K) {
    weights = S(keep * weights + S(1));
    power *= keep;
    sum = S(keep * sum + of.gaps[static_cast<std::size_t>(K)]);
    if (K < from) continue;
    const S mean = S(sum / weights);
    const S at_mean = S(of.accumulated[static_cast<std::size_t>(K)] / S(weights * weights));
    const auto where = [&](const char* what) {
      return fmt::format("{}, {}: {} at K={}", one.where, start.name, what, K);
    };
    seen.less_equal(at_mean, mean, [&] { return where("convexity"); });
    const S promised = S(first * power / weights + last);
    seen.follow(one.where, "sum_k w_k E (f(x^k) - f(x*))/W", K, mean, promised);
    seen.less_equal(mean, promised, [&] { return where("average"); });
  }
}

/// The outcomes of (z, a).
OutcomesOf with_average(const AveragedInstance& one) {
  const Index d = one.hessian.rows();
  const Rational keep = 1 - one.theorem.gap();
  return [outcomes = one.outcomes, d, keep](const Vector<Rational>& both) {
    const Vector<Rational> z = both.head(both.size() - d);
    const Vector<Rational> a = both.tail(d);
    std::vector<std::pair<Rational, Vector<Rational>>> law;
    for (const auto& [p, next] : outcomes(z)) {
      Vector<Rational> next_both(both.size());
      next_both << next, Vector<Rational>(keep * a + next.head(d));
      law.emplace_back(p, std::move(next_both));
    }
    return law;
  };
}

Vector<Rational> with_average(const Vector<Rational>& start, Index d) {
  Vector<Rational> both(start.size() + d);
  both << start, Vector<Rational>(start.head(d));
  return both;
}

Rational half_square(const Matrix<Rational>& H, const Vector<Rational>& x) {
  return x.dot(H * x) / 2;
}

Finding averages_of_moments(const CheckContext& context, const AveragedInstances& instances, Index steps) {
  Seeded random = context.random("average");
  Inspection inspection;
  using Enclosure = Interval<100>;
  std::size_t runs = 0;
  for (const AveragedInstance& one : instances(random)) {
    const Index d = one.hessian.rows();
    const Index size = one.starts.front().z.size() + d;
    const Vector<Rational> first = random_vector(random, size);
    const Vector<Rational> second = random_vector(random, size);
    const SecondMoments moments(with_average(one),
                                [&](const Vector<Rational>& z) { return half_square(one.hessian, z.head(d)); },
                                size, {first, second});
    Matrix<Rational> accumulated = Matrix<Rational>::Zero(size + 1, size + 1);
    Matrix<Rational> gap = accumulated;
    accumulated.bottomRightCorner(d, d) = one.hessian / Rational(2);
    gap.block(1, 1, d, d) = one.hessian / Rational(2);
    const Index exact_steps = one.theorem.tau + 3;
    for (const AveragedStart& start : one.starts) {
      const Vector<Rational> from = with_average(start.z, d);
      const auto exact = moments.expectations<Rational>({accumulated, gap}, from, exact_steps);
      inspect_averages<Rational>(inspection, one, start, {exact[0], exact[1]}, 0);
      const auto enclosed = moments.expectations<Enclosure>({accumulated, gap}, from, steps);
      inspect_averages<Enclosure>(inspection, one, start, {enclosed[0], enclosed[1]}, exact_steps + 1);
      ++runs;
    }
    if (inspection.failed()) break;
  }
  return inspection.finding(
      fmt::format("{} runs, every K <= {} (exact to K = tau + 3, then enclosed)", runs, steps));
}

Finding averages_of_runs(const CheckContext& context, const AveragedInstances& instances, Index steps) {
  Seeded random = context.random("average");
  Inspection inspection;
  std::size_t runs = 0;
  for (const AveragedInstance& one : instances(random)) {
    const Index d = one.hessian.rows();
    const OutcomesOf next = with_average(one);
    for (const AveragedStart& start : one.starts) {
      Vector<Rational> both = with_average(start.z, d);
      Averages<Rational> along;
      for (Index K = 0; K <= steps; ++K) {
        along.accumulated.push_back(half_square(one.hessian, both.tail(d)));
        along.gaps.push_back(half_square(one.hessian, both.head(d)));
        const auto law = next(both);
        if (law.size() != 1) throw std::logic_error("a run without draws is asked for");
        both = law.front().second;
      }
      inspect_averages<Rational>(inspection, one, start, along, 0);
      ++runs;
    }
    if (inspection.failed()) break;
  }
  return inspection.finding(fmt::format("{} exact runs, every K <= {}", runs, steps));
}

Check averaged_check(Layer layer, Level level, Finding (*run)(const CheckContext&, const AveragedInstances&, Index),
                     AveragedInstances instances, std::vector<Mutant<AveragedInstances>> mutants, Index steps) {
  return make_check<AveragedInstances>(
      layer, level,
      [run, steps](const CheckContext& context, const AveragedInstances& of) { return run(context, of, steps); },
      std::move(instances), std::move(mutants));
}

}  // namespace

Rational averaged_stepsize_of(const SchemeTheorem& theorem, AverageForm form) {
  if (form == AverageForm::one_step) return largest_stepsize(theorem, ratio<Rational>(1, 4));
  const auto [inverse, inverse_square] = averaged_stepsize<Rational>(theorem.row, theorem.errors_for_every_eta());
  return 1 / std::max(inverse, square_root_upper_bound(inverse_square));
}

Check averaged_moments_check(AveragedInstances instances, std::vector<Mutant<AveragedInstances>> mutants,
                             Index steps) {
  return averaged_check(Layer::moments, Level::certified, averages_of_moments, std::move(instances),
                        std::move(mutants), steps);
}

Check averaged_run_check(AveragedInstances instances, std::vector<Mutant<AveragedInstances>> mutants, Index steps) {
  return averaged_check(Layer::run, Level::exact, averages_of_runs, std::move(instances), std::move(mutants),
                        steps);
}

NamedQuadratic flat_quadratic(Index n, Index m) {
  Vector<Rational> seen(2);
  seen << 1, 2;
  Vector<Rational> x_star(2);
  x_star << 1, -1;
  const Matrix<Rational> square = seen * seen.transpose();
  ProblemConstants<Rational> constants{0, 0, {}, {}};
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  for (Index i = 0; i < n; ++i) {
    components.emplace_back();
    constants.L_i.emplace_back(0);
    constants.L_ij.emplace_back();
    for (Index j = 0; j < m; ++j) {
      const Rational h = ratio<Rational>(i + 2 * j + 1, 2);
      const Rational gradient =
          Rational(2 * i - (n - 1)) + Rational(2 * (2 * j - (m - 1)));  // at x*, zero in the mean
      const Matrix<Rational> A = h * square;
      components.back().push_back({A, Vector<Rational>(A * x_star - gradient * seen)});
      const Rational L = h * seen.squaredNorm();
      constants.L_ij.back().push_back(L);
      constants.L_i.back() += L / m;
    }
    constants.L += constants.L_i.back() / n;
  }
  return {{std::move(components), std::move(constants)}, x_star, fmt::format("n={} m={} flat", n, m)};
}

}  // namespace touchstone::inline v0
