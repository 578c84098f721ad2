#pragma once
/// \file
/// Golden values of chapter 3: the first steps of deterministic runs as fractions, from a program of its own in another
/// language.

#include <functional>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/claim.hpp"
#include "verify/claims/scheme_claims.hpp"

namespace touchstone::inline v0 {

/// A vector or, of length 1, a number.
struct GoldenValue {
  std::string what;
  Vector<Rational> found, expected;
};
using GoldenValues = std::function<std::vector<GoldenValue>()>;

/// A coordinate is p or {p, q}, which is p/q.
[[nodiscard]] Vector<Rational> point(std::initializer_list<Rational> coordinates);
[[nodiscard]] Vector<Rational> scalar(const Rational& value);

/// H_1 = diag(2, 1), H_2 = diag(1, 3), b_1 = (1, 0), b_2 = (2, -4): Top1 meets no tie. L = 3 for both, mu = 3/2, x* = (1, -1).
[[nodiscard]] Quadratic<Rational> diagonal_workers();

/// From x or from a state, of a method that draws nothing.
template <class Method>
[[nodiscard]] typename Method::State state_after(Index steps, const Method& method, const Quadratic<Rational>& f,
                                                 typename Method::State s) {
  Exhaustive<Rational> none;
  for (Index k = 0; k < steps; ++k) {
    none.begin_iteration(k);
    s = method.step(f, std::move(s), none);
  }
  require(none.place().draw == 0, "a golden run draws nothing");
  return s;
}
template <class Method>
[[nodiscard]] typename Method::State state_after(Index steps, const Method& method, const Quadratic<Rational>& f,
                                                 const Vector<Rational>& x) {
  return state_after(steps, method, f, method.initial(f, x));
}

/// x^1, x^2, ... of a run from a state or from x.
template <class Method, class Start>
void add_iterates(std::vector<GoldenValue>& all, const std::string& where, const Method& method,
                  const Quadratic<Rational>& f, const Start& start, const std::vector<Vector<Rational>>& expected) {
  for (std::size_t k = 0; k < expected.size(); ++k)
    all.push_back({fmt::format("{}: x^{}", where, k + 1),
                   state_after(static_cast<Index>(k) + 1, method, f, start).x, expected[k]});
}

[[nodiscard]] Claim golden_claim(const MethodNames& names, const GoldenValues& stated,
                                 const std::vector<Mutant<GoldenValues>>& mutants);

}  // namespace touchstone::inline v0
