#pragma once
/// \file
/// Evidence that seeded draws follow the enumerated law.
///
/// Among N independent draws an outcome of probability p has the frequency f with N KL(f, p) > t, on one of the two sides,
/// with probability at most exp(-t) (Chernoff): all m frequencies lie within N KL(f, p) <= log(2m/error) but for that
/// error probability, without any approximation. An outcome that the law does not have refutes at once.

#include "touchstone/compressors/compressor.hpp"
#include "verify/claims/compressors/law_checks.hpp"

namespace touchstone::inline v0 {

struct DrawsCase {
  Law<Rational> law;                              ///< distinct outcomes
  std::function<Vector<Rational>(Seeded&)> draw;  ///< one outcome
  bool one_iteration = false;                     ///< mistake: every draw is iteration 0's
};

/// The check of `stated` with mutants, at level measured.
[[nodiscard]] Check draws_check(const DrawsCase& stated, const std::vector<Mutant<DrawsCase>>& mutants);

/// One outcome of run(random), which a mutant takes from elsewhere.
template <class Run>
[[nodiscard]] DrawsCase draws_case(const Run& run) {
  return {distribution<Rational>(run), [run](Seeded& random) { return Vector<Rational>(run(random)); }};
}

/// "compressor/NAME/seeded-law" at x, with every further compressor a mutant, drawn instead.
template <class C, class... Wrong>
[[nodiscard]] Claim draws_claim(const std::string& name, const std::string& at, const C& c,
                                const Vector<Rational>& x, const std::pair<std::string, Wrong>&... wrong) {
  const DrawsCase stated = draws_case([c, x](auto& random) { return c.compress(x, random); });
  std::vector<Mutant<DrawsCase>> mutants{{"the same draws in every iteration", {stated.law, stated.draw, true}}};
  (mutants.push_back(
       {wrong.first, {stated.law, [w = wrong.second, x](Seeded& random) { return w.compress(x, random); }}}),
   ...);
  return {"compressor/" + name + "/seeded-law",
          "seeded draws of " + name + " follow its law",
          "every outcome has its enumerated probability",
          {at},
          "derived",
          {draws_check(stated, mutants)}};
}

}  // namespace touchstone::inline v0
