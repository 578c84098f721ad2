#include "verify/oracle/catalog/law.hpp"

#include <map>

#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using NumberList = std::vector<Rational>;

NumberList numbers_in(const Vector<Rational>& x) {
  return {x.begin(), x.end()};
}

NumberList numbers_in(const NamedState<Rational>& state) {
  NumberList all;
  for (const StatePart<Rational>& part : state)
    for (const Vector<Rational>& v : part.vectors) all.insert(all.end(), v.begin(), v.end());
  return all;
}

/// Outcomes of one law have the same shape, so that their numbers tell them apart.
template <class Outcome, class Run>
ExactLaw<Outcome> merged_law(const Run& run, std::size_t limit) {
  ExactLaw<Outcome> law;
  std::map<NumberList, std::size_t> known;
  for_each_outcome<Rational>(
      [&](Exhaustive<Rational>& choices) {
        Erased<Rational, Exhaustive<Rational>> random(choices);
        return run(random);
      },
      [&](const Rational& probability, Outcome&& outcome) {
        const auto [place, is_new] = known.emplace(numbers_in(outcome), law.size());
        if (is_new)
          law.emplace_back(probability, std::move(outcome));
        else
          law[place->second].first += probability;
      },
      limit);
  return law;
}

}  // namespace

ExactLaw<Vector<Rational>> exact_law(const AnyCompressor<Rational>& compressor, const Vector<Rational>& x,
                                     std::size_t limit) {
  return merged_law<Vector<Rational>>(
      [&](AnyRandomness<Rational>& random) { return compressor.compress(x, random); }, limit);
}

ExactLaw<NamedState<Rational>> exact_law(const AnyMethod<Rational>& method, const NamedState<Rational>& state,
                                         std::size_t limit) {
  return merged_law<NamedState<Rational>>(
      [&](AnyRandomness<Rational>& random) { return method.step(state, random); }, limit);
}

}  // namespace touchstone::inline v0::oracle
