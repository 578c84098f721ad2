#include "verify/experiment/theorem.hpp"

#include "verify/experiment/methods.hpp"

namespace touchstone::inline v0 {

namespace {

template <class Entry>
std::optional<Rational> largest_stepsize(const Entry& entry, const ProblemFacts& facts) {
  if constexpr (requires { entry.row(facts); }) {
    const std::optional<WeightedRow> row = entry.row(facts);
    return row ? std::optional(unified_stepsize(*row, facts.mu)) : std::nullopt;
  } else {
    return entry.largest_stepsize(facts);
  }
}

template <class Entry>
Guarantee guarantee(const Entry& entry, const ProblemFacts& facts, const Rational& gamma) {
  if constexpr (requires { entry.row(facts); })
    return unified_guarantee(std::optional<WeightedRow>(entry.row(facts)).value(), gamma, facts.mu);
  else
    return entry.guarantee(facts, gamma);
}

template <class Entry>
Rational initial_lyapunov(const Entry& entry, const Guarantee& promise, const LogisticRegression<Interval<50>>& f,
                          const Vector<Interval<50>>& box, const Rational& gamma) {
  using I = Interval<50>;
  I value = detail::squared_norm(box);  // x^0 = 0
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
    return Theorem{
        std::string(Entry::claim),
        Entry::deterministic,
        wanted_facts<Entry>(),
        [entry](const ProblemFacts& facts) { return largest_stepsize(entry, facts); },
        [entry](const ProblemFacts& facts, const Rational& gamma) { return guarantee(entry, facts, gamma); },
        [entry](const auto&... arguments) { return initial_lyapunov(entry, arguments...); }};
  });
}

}  // namespace touchstone::inline v0
