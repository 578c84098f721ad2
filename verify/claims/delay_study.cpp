#include "verify/claims/delay_study.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

/// E of the parts at k = 0, 1, ... against the theorem.
template <class S>
class Along {
 public:
  Along(const DelayInstance& one, std::vector<std::vector<S>> parts)
      : one_(one), theorem_(one.theorem), parts_(std::move(parts)) {
    const ErrorModel<Rational> errors = theorem_.errors();
    const auto [shifts, references] = error_feedback_weights<Rational>(theorem_.row, errors, theorem_.gamma);
    const Rational square = theorem_.gamma * theorem_.gamma;
    square_ = convert<S>(square);
    M1_ = convert<S>(Rational(square * shifts));
    M2_ = convert<S>(Rational(square * references));
    late_ = convert<S>(Rational(theorem_.tau - 1));
    for (const Rational& weight : theorem_.window()) window_.push_back(convert<S>(weight));
  }

  /// From k = first on.
  void inspect(Inspection& seen, Index first) const {
    const auto keep = convert<S>(Rational(1 - theorem_.gap()));
    const auto descent = convert<S>(Rational(theorem_.gamma * theorem_.descent()));
    const auto noise = convert<S>(theorem_.noise());
    const auto limit = convert<S>(Rational(theorem_.noise() / theorem_.gap()));
    const bool contracts = theorem_.descent() >= 0;
    S V = lyapunov(0);
    const S start = V;
    S power(1);
    for (Index k = 0; k < static_cast<Index>(parts_[distance].size()) && !seen.failed(); ++k) {
      const auto where = [&](const char* what) { return fmt::format("{} {} k={}", one_.where, what, k); };
      if (k > 0) {
        const S bound = keep * V - descent * at(gap, k - 1) + noise;
        V = lyapunov(k);
        power *= keep;
        if (k >= first) seen.less_equal(V, bound, [&] { return where("E V"); });
        if (k >= first && contracts) {
          const S promised = S(power * start + limit * S(S(1) - power));
          seen.follow(one_.where, "E V^k", k, V, promised);
          seen.less_equal(V, promised, [&] { return where("closed form"); });
        }
      }
    }
  }

  void inspect_window(Inspection& seen) const {
    for (Index k = 0; k < static_cast<Index>(parts_[error].size()); ++k) {
      S sum(0);
      for (Index l = std::max<Index>(0, k - theorem_.tau); l < k; ++l) sum += R(l);
      seen.less_equal(at(error, k), S(square_ * sum), [&] { return fmt::format("{} E|e|^2 k={}", one_.where, k); });
    }
  }

 private:
  [[nodiscard]] const S& at(DelayPart part, Index k) const { return parts_[part][static_cast<std::size_t>(k)]; }
  /// E|g^l|^2 + (tau - 1) E|grad f(x^l)|^2
  [[nodiscard]] S R(Index l) const { return S(at(second_moment, l) + late_ * at(gradient, l)); }
  [[nodiscard]] S lyapunov(Index k) const {
    S V = S(at(distance, k) + M1_ * at(shift, k) + M2_ * at(reference, k));
    for (Index j = 1; j <= std::min(k, theorem_.tau); ++j) V += window_[static_cast<std::size_t>(j - 1)] * R(k - j);
    return V;
  }

  const DelayInstance& one_;
  const SchemeTheorem& theorem_;
  std::vector<std::vector<S>> parts_;
  S square_, M1_, M2_, late_;
  std::vector<S> window_;
};

Finding in_expectation(const CheckContext& context, const DelayInstances& instances, Index steps) {
  Seeded random = context.random("in expectation");
  Inspection inspection;
  using Enclosure = Interval<100>;
  std::size_t runs = 0;
  for (const DelayInstance& one : instances(random)) {
    const Index size = one.start.size();
    const Vector<Rational> first = random_vector(random, size);
    const Vector<Rational> second = random_vector(random, size);
    const std::vector<Vector<Rational>> check_states{first, second};
    const auto forms = quadratic_forms(one.parts, size, check_states);
    const SecondMoments moments(
        one.outcomes, [&one](const Vector<Rational>& z) { return one.parts(z)[distance]; }, size, check_states);
    const Index exact_steps = one.theorem.tau + 3;
    const Along<Rational> exact(one, moments.expectations<Rational>(forms, one.start, exact_steps));
    exact.inspect_window(inspection);
    exact.inspect(inspection, 0);
    if (!inspection.failed())
      Along<Enclosure>(one, moments.expectations<Enclosure>(forms, one.start, steps))
          .inspect(inspection, exact_steps + 1);
    ++runs;
    if (inspection.failed()) break;
  }
  return inspection.finding(
      fmt::format("{} runs, every k <= {} (exact to k = tau + 3, then enclosed)", runs, steps));
}

}  // namespace

Check delay_check(DelayInstances instances, std::vector<Mutant<DelayInstances>> mutants, Index steps) {
  const auto run = [steps](const CheckContext& context, const DelayInstances& of) {
    return in_expectation(context, of, steps);
  };
  return make_check<DelayInstances>(Layer::moments, Level::certified, run, std::move(instances),
                                    std::move(mutants));
}

}  // namespace touchstone::inline v0
