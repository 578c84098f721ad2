#pragma once
/// \file
/// The definitions of run_experiment and iterates, to be instantiated once for each number type in a file of its own.

#include <cmath>

#include <fmt/format.h>

#include "verify/experiment/experiment.hpp"
#include "verify/experiment/iterates.hpp"
#include "verify/experiment/methods.hpp"
#include "verify/experiment/theorem.hpp"

namespace touchstone::inline v0 {

namespace experiment {

/// The largest S that is <= q.
template <class S>
[[nodiscard]] S rounded_down(const Rational& q) {
  S a = convert<S>(q);
  if (Rational(a) <= q) return a;
  if constexpr (std::floating_point<S>)
    return std::nextafter(a, S(0));
  else {
    mpfr_nextbelow(a.backend().data());
    return a;
  }
}

/// Decimals that S reads back to the same number.
template <class S>
[[nodiscard]] std::vector<std::string> decimals(const Vector<S>& x) {
  std::vector<std::string> texts;
  for (Index c = 0; c < x.size(); ++c)
    if constexpr (std::floating_point<S>)
      texts.push_back(fmt::format("{}", x[c]));
    else
      texts.push_back(x[c].str(std::numeric_limits<S>::max_digits10, std::ios::scientific));
  return texts;
}

[[nodiscard]] inline Real<50> coarse(const auto& a) {
  return Real<50>(a);
}

/// The solution in digits that a run in S can be measured by.
template <unsigned Digits>
class Measure {
 public:
  Measure(const SparseData& data, const Rational& lambda)
      : solution_(certified_solution<Digits>(data, lambda)), f_(data, 1, convert<Interval<Digits>>(lambda)) {}

  [[nodiscard]] const CertifiedSolution<Digits>& solution() const { return solution_; }

  /// Bounds of |x - x*|.
  template <class S>
  [[nodiscard]] std::pair<Real<50>, Real<50>> distance(const Vector<S>& x) const {
    Vector<Interval<Digits>> difference(x.size());
    for (Index c = 0; c < x.size(); ++c)
      difference[c] = convert<Interval<Digits>>(Rational(x[c])) - Interval<Digits>(solution_.x[c]);
    const Interval<Digits> norm = sqrt(detail::squared_norm(difference));
    return {coarse(lower_end(norm) - solution_.distance_bound), coarse(upper_end(norm) + solution_.distance_bound)};
  }

  template <class S>
  [[nodiscard]] Real<50> gap(const Vector<S>& x) const {
    return coarse(upper_end(certified_gap(f_, solution_, x)));
  }

 private:
  CertifiedSolution<Digits> solution_;
  LogisticRegression<Interval<Digits>> f_;
};

/// The stepsize as the run will use it. Throws usage_error where it is not allowed.
template <class S>
[[nodiscard]] S admitted_stepsize(const ExperimentSettings& settings, const std::optional<Rational>& largest) {
  const auto what = [&] {
    return fmt::format("{}{} with {}", settings.method, settings.loop ? " in several loops" : "",
                       to_string(settings.compressor));
  };
  if (!settings.stepsize && !largest)
    throw usage_error(
        fmt::format("--stepsize theory: no theorem gives a stepsize for {}{}; expected a number and "
                    "--beyond-theory",
                    what(), settings.sampled ? " and sampled gradients" : ""));
  S gamma = rounded_down<S>(settings.stepsize ? *settings.stepsize : *largest);
  if (!(gamma > S(0))) throw usage_error("--stepsize: the number type rounds it to 0");
  const bool allowed = largest && Rational(gamma) <= *largest;
  if (!allowed && !settings.beyond_theory)
    throw usage_error(
        largest ? fmt::format(
                      "--stepsize: found {:.6g}, but the theorem for {} allows at most {:.6g}; expected less, or "
                      "--beyond-theory",
                      static_cast<double>(Rational(gamma)), what(), static_cast<double>(*largest))
                : fmt::format("--stepsize: no theorem allows a stepsize for {}; expected --beyond-theory", what()));
  return gamma;
}

/// Rows are `gap`ped this often: about twenty times in a run.
[[nodiscard]] inline Index gap_every(Index iterations) {
  return std::max<Index>(1, iterations / 20);
}

/// From x^0 = 0. `f` must outlive it.
template <class S, class Method>
class IteratesOf final : public Iterates<S> {
 public:
  /// An outer loop of `loop` steps is followed by the next, from its last iterate.
  IteratesOf(const LogisticRegression<S>& f, Method method, std::optional<Index> loop)
      : f_(f),
        method_(std::move(method)),
        loop_(loop),
        state_(method_.initial(f, Vector<S>(Vector<S>::Zero(f.dimension())))) {}
  [[nodiscard]] const Vector<S>& x() const override { return state_.x; }
  void step(Seeded& random) override {
    if constexpr (requires { method_.new_loop(f_, state_.x); })
      if (loop_ && taken_ > 0 && taken_ % *loop_ == 0) state_ = method_.new_loop(f_, state_.x);
    state_ = method_.step(f_, std::move(state_), random);
    ++taken_;
  }
  [[nodiscard]] Index bits_per_iteration(Index scalar_bits) const override {
    return method_.bits_per_iteration(f_, scalar_bits);
  }

 private:
  const LogisticRegression<S>& f_;
  Method method_;
  std::optional<Index> loop_;
  typename Method::State state_;
  Index taken_ = 0;
};

}  // namespace experiment

template <FieldWithSqrt S>
std::unique_ptr<Iterates<S>> iterates(const ExperimentSettings& settings, const Ingredients<S>& from) {
  return with_entry(settings, [&](const auto& entry) -> std::unique_ptr<Iterates<S>> {
    using Method = decltype(entry.template method<S>(from));
    std::optional<Index> loop;
    if constexpr (requires { entry.loop(); }) loop = entry.loop();
    return std::make_unique<experiment::IteratesOf<S, Method>>(from.f, entry.template method<S>(from), loop);
  });
}

template <FieldWithSqrt S>
ExperimentVerdict run_experiment(const ExperimentSettings& settings, const SparseData& data,
                                 const HeaderSink& header, const RowSink& row) {
  using namespace experiment;  // NOLINT(google-build-using-namespace): the pieces above
  constexpr unsigned digits = solution_digits<S>;
  const Theorem theorem = theorem_of(settings);
  const double lambda = regularization(settings.regularization, data);
  const LogisticRegression<S> f(data, settings.workers, S(lambda));
  const Measure<digits> measure(data, Rational(lambda));
  const auto [enclosing, box, facts] = enclosed_problem(data, settings.workers, lambda, theorem.wanted);
  const std::optional<Rational> largest = theorem.largest_stepsize(facts);
  const S gamma = admitted_stepsize<S>(settings, largest);
  const Rational exact_gamma(gamma);

  std::optional<Guarantee> promise;
  std::optional<BoundSequence> bound;
  if (largest && exact_gamma <= *largest) {
    promise = theorem.guarantee(facts, exact_gamma);
    bound.emplace(*promise, theorem.initial_lyapunov(*promise, enclosing, box, exact_gamma));
  }

  const Vector<S> x_star = measure.solution().x.unaryExpr([](const auto& a) { return static_cast<S>(a); });
  const std::unique_ptr<Iterates<S>> run = iterates<S>(settings, {f, x_star, gamma});
  constexpr Index scalar_bits = 64;
  header({facts, f.rows(), exact_gamma, largest, promise, theorem.deterministic, theorem.claim,
          run->bits_per_iteration(scalar_bits),
          coarse(measure.solution().distance_bound).str(1, std::ios::scientific)});

  const Real<50> norm = coarse(sqrt(measure.solution().x.squaredNorm()));
  const Real<50> unresolved = unresolved_distance_squared<S>(norm, Rational(exact_gamma * facts.mu));

  ExperimentVerdict verdict;
  Seeded random(settings.seed);
  for (Index k = 0;; ++k) {
    const auto [at_least, at_most] = measure.distance(run->x());
    ExperimentRow at{k, at_most * at_most, std::nullopt, std::nullopt, {}};
    const bool last = k == settings.iterations;
    if (bound) {
      at.bound = bound->current();
      if (*at.bound >= unresolved) {
        verdict.last_compared = k;
        const bool above = theorem.deterministic ? at_least > 0 && at_least * at_least > *at.bound
                                                 : last && at_least > 1000 * sqrt(*at.bound);
        if (above && !verdict.first_above) verdict.first_above = k;
      }
    }
    if (last || k % gap_every(settings.iterations) == 0) at.gap = measure.gap(run->x());
    if (settings.states_wanted) at.x = decimals(run->x());
    row(at);
    if (last) return verdict;

    verdict.finite = advance(*run, random, k);
    if (!verdict.finite) return verdict;
    if (bound) bound->advance();
  }
}

}  // namespace touchstone::inline v0
