#include "verify/experiment/theorem.hpp"

#include "verify/experiment/methods.hpp"

namespace touchstone::inline v0 {

namespace {

template <class Entry>
Rational initial_lyapunov(const Entry& entry, const Guarantee& promise, const LogisticRegression<Interval<50>>& f,
                          const Vector<Interval<50>>& box, const Rational& gamma) {
  using I = Interval<50>;
  I value = detail::squared_norm(box);  // x^0 = 0
  const auto method = entry.template method<I>({f, box, convert<I>(gamma)});
  if constexpr (requires(const typename decltype(method)::State& s) { method.sigma_squared(f, s, box); }) {
    const auto state = method.initial(f, Vector<I>(Vector<I>::Zero(f.dimension())));
    value += convert<I>(promise.sigma_weight) * method.sigma_squared(f, state, box);
  }
  return Rational(upper_end(value));
}

}  // namespace

Theorem theorem_of(const ExperimentSettings& settings) {
  return with_entry(settings, [](const auto& entry) {
    using Entry = std::decay_t<decltype(entry)>;
    return Theorem{
        std::string(Entry::claim), Entry::deterministic,
        [entry](const ProblemFacts& facts) { return entry.largest_stepsize(facts); },
        [entry](const ProblemFacts& facts, const Rational& gamma) { return entry.guarantee(facts, gamma); },
        [entry](const auto&... arguments) { return initial_lyapunov(entry, arguments...); }};
  });
}

}  // namespace touchstone::inline v0
