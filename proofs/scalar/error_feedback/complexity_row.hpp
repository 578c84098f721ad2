#pragma once
/// \file
/// A row of slide 50 as an obligation: 1/eta <= C times the row, for the stepsize of complexity.hpp and all values of the
/// parameters. Where the stepsize is a root, squares are compared.

#include <string>
#include <vector>

#include "proofs/scalar/error_feedback/parameters.hpp"
#include "touchstone/theory/error_feedback/complexity.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"

namespace touchstone::inline v0::proofs {

/// A near miss takes something off the constant, and looks at one point only.
struct SmallerConstant {
  int by = 0;
};

/// Constants of two parts of a row; that of the memory is 4. The row's own is the largest.
struct RowConstants {
  int descent, noise;
};

/// A term of the row: a product of slacks that are not negative.
struct RowTerm {
  std::vector<std::string> hypotheses;
  Term factor;
};

class ComplexityRow {
 public:
  /// `delta` is where the near miss fails, in the limit or at once.
  ComplexityRow(Statement& s, const SmallerConstant& change, const Rational& delta)
      : s_(s),
        change_(change),
        p_{.L = s.positive("L", "smoothness of every f_i"),
           .mu = s.positive("mu", "quasi-strong convexity of f"),
           .delta = contraction_delta(s),
           .n = 1,
           .epsilon = 1} {
    at_witness("delta", p_.delta, delta);
    at_witness("L", p_.L, 1);
    at_witness("mu", p_.mu, {1, 1000});
  }

  [[nodiscard]] const ComplexityParameters<Term>& parameters() const { return p_; }

  Term number(const std::string& name, const std::string& meaning, const Rational& in_witness = 1) {
    return at_witness(name, s_.positive(name, meaning), in_witness);
  }
  Term at_least_one(const std::string& name, const std::string& meaning, const Rational& in_witness = 1) {
    const Term v = s_.variable(name, meaning);
    s_.assume(name + "-at-least-one", less_equal(1, v), name + " >= 1");
    return at_witness(name, v, in_witness);
  }
  Term workers() { return p_.n = at_least_one("n", "workers"); }
  /// Where it does not matter that n >= 1.
  Term any_workers() { return p_.n = number("n", "workers"); }
  void with_mu_at_most_L() { s_.assume("mu-at-most-L", less_equal(p_.mu, p_.L), "mu <= L"); }
  void with_accuracy() { p_.epsilon = number("epsilon", "accuracy"); }
  Term noise(const std::string& name, const std::string& meaning, const Rational& in_witness) {
    return at_witness(name, s_.nonnegative(name, meaning), in_witness);
  }
  /// A number with this square.
  Term root(const std::string& name, const Term& square, const Rational& in_witness) {
    Term t = s_.variable(name, "a square root");
    s_.assume(name + "-squared", equal(t * t, square), name + "^2 is what the page says");
    at_witness(name, t, in_witness);
    s_.hint({name + "-squared"}, 1 / (p_.mu * p_.mu));
    return t;
  }

  /// 2/(gamma mu) <= C row for the gammas that theta >= 1/2 asks for; the root's is at most C times that part of it.
  void conclude_descent(const ErrorCompensationConstants<Term>& c, const Term& row, const Term& root_part,
                        int constant) {
    const AccuracyStepsize<Term> bounds = stepsize(c);
    conclude(bounds.inverses.front(), bounds.inverse_squares.front(), row, root_part, constant);
  }
  void conclude_descent(const ErrorCompensationConstants<Term>& c, const Term& row, int constant) {
    conclude_descent(c, row, row, constant);
  }
  /// 4/rho1 and 4/rho2, of the sequences that there are, <= 4 row.
  void conclude_memory(const ErrorCompensationConstants<Term>& c, const Term& row) {
    for (const Term& gap : variance_gaps(c)) s_.conclude(less_equal(1 / gap, Term(4 - change_.by) * row));
  }
  /// 2/(gamma mu) <= C row for the gammas that the accuracy asks for; the part without errors, and the root's.
  void conclude_noise(const ErrorCompensationConstants<Term>& c, const Term& part, const Term& root_part,
                      int constant) {
    const AccuracyStepsize<Term> bounds = stepsize(c);
    conclude(bounds.inverses.back(), bounds.inverse_squares.back(), part, root_part, constant);
  }

  /// The terms and their products.
  void hint_terms(const std::vector<RowTerm>& terms) {
    for (std::size_t i = 0; i < terms.size(); ++i) {
      s_.hint(terms[i].hypotheses, terms[i].factor);
      for (std::size_t j = 0; j <= i; ++j) {
        std::vector<std::string> both = terms[i].hypotheses;
        both.insert(both.end(), terms[j].hypotheses.begin(), terms[j].hypotheses.end());
        s_.hint(both, terms[i].factor * terms[j].factor);
      }
    }
  }
  /// base delta^j (1 - delta)^i, base a product of the hypotheses and the factor
  void hint_powers(const Term& factor, const std::vector<std::string>& hypotheses = {}) {
    std::vector<std::string> smaller = hypotheses;
    for (int i = 0; i < 3; ++i) {
      for (const Term& power : {Term(1), p_.delta, p_.delta * p_.delta}) s_.hint(smaller, factor * power);
      smaller.emplace_back("delta-at-most-one");
    }
  }

 private:
  [[nodiscard]] AccuracyStepsize<Term> stepsize(const ErrorCompensationConstants<Term>& c) const {
    return accuracy_stepsize(c, compensated_errors(c, p_.L, p_.delta), p_.epsilon);
  }
  void conclude(const Term& inverse, const Term& inverse_square, const Term& row, const Term& root_row,
                int constant) {
    const Term C(constant - change_.by);
    if (!identical(inverse, 0)) s_.conclude(less_equal(2 * inverse / p_.mu, C * row));
    s_.conclude(less_equal(4 * inverse_square / (p_.mu * p_.mu), C * C * root_row * root_row));
  }
  Term at_witness(const std::string& name, const Term& v, const Rational& value) {
    if (change_.by != 0) s_.assume(name + "-of-witness", equal(v, Term(value)), "where the constant is too small");
    return v;
  }

  Statement& s_;
  SmallerConstant change_;
  ComplexityParameters<Term> p_;
};

/// A part of a row: "descent", "noise" or "memory", with a prefix where a method has two rows.
[[nodiscard]] inline Obligation complexity_obligation(const std::string& method, const std::string& part,
                                                      const std::string& title, const std::string& header,
                                                      const std::string& row,
                                                      Statement (*make)(const SmallerConstant&)) {
  std::string what = "gamma = min{1/(8P), 1/sqrt(8 w Z)}  =>  2/(gamma mu)";
  if (part.ends_with("noise")) what = "gamma = min{epsilon/(6 D), sqrt(epsilon/(6 E))}  =>  2/(gamma mu)";
  if (part.ends_with("memory")) what = "4/rho1, 4/rho2";
  Obligation o{.id = "error-feedback/" + method + "/complexity-" + part,
               .claim = "error-feedback/" + method + "/complexity",
               .title = title + ": the row of slide 50, " + part,
               .source = "slide 50; constant derived",
               .generated_from = "theory/error_feedback/complexity.hpp, theory/error_feedback/" + header,
               .formula = {what + " at most " + row}};
  state(o, make({}));
  add_twin(o, "smaller-constant", "the next smaller integer in place of the constant", make({.by = 1}));
  return o;
}

}  // namespace touchstone::inline v0::proofs
