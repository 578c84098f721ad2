#pragma once
/// \file
/// A row of slide 76 as an obligation: max{1/(gamma mu), 4/rho_j} <= C times the row, for the stepsize of complexity.hpp and all values
/// of the parameters. Where the stepsize is a root, squares are compared.

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "proofs/scalar/local/parameters.hpp"
#include "touchstone/theory/local/complexity.hpp"

namespace touchstone::inline v0::proofs {

/// A near miss: less than the constant, where some of the parameters have these values; or the row without its first term.
struct SmallerLocalComplexity {
  int by = 0;
  std::map<std::string, Rational> at{};
  bool without_L = false;
};

class LocalComplexityRow {
  Statement& s_;
  SmallerLocalComplexity change_;

 public:
  LocalComplexityRow(Statement& s, SmallerLocalComplexity change)
      : s_(s),
        change_(std::move(change)),
        L(positive("L", "smoothness of every f_i")),
        mu(positive("mu", "quasi-strong convexity of every f_i")) {}

  Term L, mu, n = 1, epsilon = 1;

  Term positive(const std::string& name, const std::string& meaning) const {
    return at_witness(name, s_.positive(name, meaning));
  }
  Term nonnegative(const std::string& name, const std::string& meaning) const {
    return at_witness(name, s_.nonnegative(name, meaning));
  }
  void with_workers() { n = positive("n", "workers"); }
  void with_accuracy() { epsilon = positive("epsilon", "accuracy"); }
  /// Any tau >= 1 is one more.
  Term steps() const { return nonnegative("steps", "tau - 1"); }
  Term probability() const {
    Term p = positive("p", "probability of communication");
    s_.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
    return p;
  }
  /// A number >= 0 with this square.
  Term root(const std::string& name, const Term& square) const {
    Term t = nonnegative(name, "a square root");
    s_.assume(name + "-squared", equal(t * t, square), name + "^2 is what the page says");
    s_.hint({name + "-squared"}, 1 / (mu * mu));
    return t;
  }

  /// The square roots in the stepsize are at most C times the root in the row that goes with them, in the near miss C times the row;
  /// all else is at most C times the row. `parts` are products that are not negative and of which the row is a sum, `left_over` those
  /// that a root's square leaves over.
  void conclude(const LocalConstants<Term>& c, const LocalStepsize<Term>& stepsize,
                const LocalNeighbourhood<Term>& neighbourhood, LocalComplexityTerms<Term> terms, int constant,
                const std::vector<Term>& parts, const std::vector<Term>& left_over = {}) const {
    if (change_.without_L) terms.factor = 0;
    const Term C = constant - change_.by;
    const Term row = local_complexity(terms, L, mu, n, epsilon);
    const LocalStepsize<Term> limits = local_accuracy_stepsize(stepsize, neighbourhood, epsilon);
    for (const Term& inverse : limits.inverse)
      if (!identical(inverse, 0)) s_.conclude(less_equal(inverse / mu, C * row));
    const auto conclude_root = [&](const Term& square, const Term& root) {
      const Term bound = C * (change_.by == 0 ? root / mu : row);
      if (!identical(square, 0)) s_.conclude(less_equal(square / (mu * mu), bound * bound));
    };
    for (const Term& square : stepsize.inverse_square) conclude_root(square, terms.smoothness_root);
    conclude_root(limits.inverse_square.back(), terms.noise_root);
    for (const std::optional<LocalVariance<Term>>& sequence : {c.shift, c.sampling})
      if (sequence) s_.conclude(less_equal(4 / sequence->rho, C * row));
    for (const Term& part : parts) s_.hint({}, part);
    for (const Term& root : {terms.smoothness_root, terms.noise_root})
      if (!identical(root, 0)) s_.hint({}, root * root / (mu * mu));
    for (const Term& product : left_over) s_.hint({}, product);
  }

 private:
  Term at_witness(const std::string& name, const Term& v) const {
    const auto value = change_.at.find(name);
    if (value != change_.at.end())
      s_.assume(name + "-of-witness", equal(v, Term(value->second)), "where the constant is too small");
    return v;
  }
};

struct LocalComplexity {
  std::string name, title, header, row;
  int constant;
  Statement (*make)(const SmallerLocalComplexity&);
  std::map<std::string, Rational> witness;
};

[[nodiscard]] inline Obligation local_complexity_obligation(const LocalComplexity& of) {
  const std::string id = "local/complexity/" + of.name;
  Obligation o{
      .id = id,
      .claim = id,
      .title = of.title + ": the row of slide 76, with a constant",
      .source = "slide 76; constant derived",
      .generated_from = "theory/local/complexity.hpp, theory/local/" + of.header,
      .formula = {"gamma = min{1/a, 1/sqrt(b), epsilon/(3 c1), sqrt(epsilon/(3 c2))}",
                  "=>  max{1/(gamma mu), 4/rho_j} <= " + std::to_string(of.constant) + " (" + of.row + ")"}};
  state(o, of.make({}));
  add_twin(o, "smaller-constant", "the next smaller integer in place of the constant",
           of.make({.by = 1, .at = of.witness}));
  add_twin(o, "without-L", "the row without its term with L", of.make({.without_L = true}));
  return o;
}

}  // namespace touchstone::inline v0::proofs
