#include "verify/experiment/theorem.hpp"

#include "verify/experiment/methods.hpp"

namespace touchstone::inline v0 {

namespace {

std::optional<Rational> largest_stepsize(const std::optional<WeightedRow>& row, const Rational& mu) {
  return row ? std::optional(unified_stepsize(*row, mu)) : std::nullopt;
}
std::optional<Rational> largest_stepsize(const CompensatedRow& row, const Rational& /*mu*/) {
  return compensated_stepsize(row);
}

Guarantee guarantee(const std::optional<WeightedRow>& row, const Rational& gamma, const Rational& mu) {
  return unified_guarantee(row.value(), gamma, mu);
}
Guarantee guarantee(const CompensatedRow& row, const Rational& gamma, const Rational& mu) {
  return compensated_guarantee(row, gamma, mu);
}

template <class Entry>
Rational initial_lyapunov(const Entry& entry, const Guarantee& promise, const LogisticRegression<Interval<50>>& f,
                          const Vector<Interval<50>>& box, const Rational& gamma) {
  using I = Interval<50>;
  I value = detail::squared_norm(box) + convert<I>(promise.start);  // x^0 = 0
  const auto method = entry.template method<I>({f, box, convert<I>(gamma)});
  const auto state = method.initial(f, Vector<I>(Vector<I>::Zero(f.dimension())));  // refuses what does not fit
  if constexpr (requires { method.sigma_squared(f, state, box); })
    if (promise.sigma_weight != 0) value += convert<I>(promise.sigma_weight) * method.sigma_squared(f, state, box);
  return Rational(upper_end(value));
}

template <class Entry>
WantedFacts wanted_facts() {
  if constexpr (requires { Entry::wanted; })
    return Entry::wanted;
  else
    return {};
}

}  // namespace

Theorem theorem_of(const ExperimentSettings& settings) {
  return with_entry(settings, [](const auto& entry) {
    using Entry = std::decay_t<decltype(entry)>;
    return Theorem{std::string(Entry::claim),
                   Entry::deterministic,
                   wanted_facts<Entry>(),
                   [entry](const ProblemFacts& facts) { return largest_stepsize(entry.row(facts), facts.mu); },
                   [entry](const ProblemFacts& facts, const Rational& gamma) {
                     return guarantee(entry.row(facts), gamma, facts.mu);
                   },
                   [entry](const auto&... arguments) { return initial_lyapunov(entry, arguments...); }};
  });
}

}  // namespace touchstone::inline v0
