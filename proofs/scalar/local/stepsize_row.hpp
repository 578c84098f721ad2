#pragma once
/// \file
/// A row's stepsize as an obligation: what its page declares implies (S1) to (S4) and what the mode of communication asks of L gamma
/// and of eta = gamma mu, for all values of the parameters.

#include <string>
#include <utility>
#include <vector>

#include "proofs/scalar/local/parameters.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0::proofs {

/// What a twin makes too good.
struct StepsizeChange {
  Rational limit = 1;  ///< of what the page declares
  Rational S1 = 1;     ///< right side of (S1)
  Rational S4 = 1;     ///< and of (S4)
};

class StepsizeRow {
 public:
  StepsizeRow(Statement& s, StepsizeChange change)
      : s_(s),
        change_(std::move(change)),
        L_(s.positive("L", "smoothness of every f_i")),
        gamma_(s.positive("gamma", "stepsize")) {}

  [[nodiscard]] const Term& L() const { return L_; }
  [[nodiscard]] const Term& gamma() const { return gamma_; }

  /// What is only divided by.
  Term divisor(const std::string& name, const std::string& meaning) const { return s_.positive(name, meaning); }
  Term workers() const { return divisor("n", "workers"); }
  Term expected_smoothness() const { return s_.nonnegative("E", "expected smoothness"); }
  Term component_smoothness() const { return s_.nonnegative("Lc", "largest smoothness of an f_ij"); }
  /// Any tau >= 1 is one more.
  Term steps() const { return s_.nonnegative("steps", "tau - 1"); }
  Term probability() const {
    Term p = s_.positive("p", "probability of communication");
    s_.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
    return p;
  }
  Term convexity() const {
    Term mu = s_.variable("mu", "quasi-strong convexity of every f_i");
    s_.assume("mu-at-most-L", less_equal(mu, L_), "mu <= L");
    return mu;
  }

  /// gamma a <= 1 and gamma^2 b <= 1: the hypotheses stepsize-1, stepsize-2, ... and square-1.
  void declare(const LocalStepsize<Term>& stepsize) const {
    assume("stepsize-", gamma_, stepsize.inverse, change_.limit);
    assume("square-", gamma_ * gamma_, stepsize.inverse_square, change_.limit * change_.limit);
  }
  void conclude_step(const LocalConstants<Term>& c) const {
    const std::vector<Term> conditions = local_step_conditions(c, L_, gamma_);
    s_.conclude(less_equal(conditions[0], Term(change_.S1)));
    s_.conclude(less_equal(conditions[1], 1));
  }
  void conclude(const LocalConstants<Term>& c, const Communication<Term>& mode, const Term& mu) const {
    conclude_step(c);
    const std::vector<Term> conditions = discrepancy_conditions(c, mode, L_, gamma_);
    s_.conclude(less_equal(conditions[0], 1));
    s_.conclude(less_equal(conditions[1], Term(change_.S4)));
    if (!identical(mode.inverse_stepsize, 0)) s_.conclude(less_equal(conditions[2], 1));
    if (!identical(mode.inverse_gap, 0)) s_.conclude(less_equal(mode.inverse_gap * gamma_ * mu, 1));
  }

  /// 1 - b >= 0 and b >= 0, for the left side b of a bound and what it consists of.
  void hint_bound(const std::string& name, const std::vector<Term>& parts) const {
    s_.hint({name});
    for (const Term& part : parts) s_.hint({}, part);
  }
  /// The square of a, for the bound k a <= 1, which it is called by: a (1 - k a) and a^2.
  void hint_square(const std::string& name, const Term& a) const {
    s_.hint({name}, a);
    s_.hint({name});
  }
  /// 0 <= constant
  void hint_margin() const { s_.hint({}, 1); }

 private:
  void assume(const std::string& prefix, const Term& factor, const std::vector<Term>& bounds,
              const Rational& limit) const {
    for (std::size_t i = 0; i < bounds.size(); ++i)
      s_.assume(prefix + std::to_string(i + 1), less_equal(factor * bounds[i], Term(limit)),
                "what the page declares");
  }

  Statement& s_;
  StepsizeChange change_;
  Term L_, gamma_;
};

/// One row. In the twins (S4), or (S1), has a right side that is too small, and the limits of the stepsize are too large.
struct StepsizeObligation {
  std::string name, title, header;
  std::vector<std::string> formula;
  Statement (*make)(const StepsizeChange&);
  StepsizeChange smaller;
  Rational limit{1001, 1000};
};

[[nodiscard]] inline Obligation stepsize_obligation(const StepsizeObligation& of) {
  const std::string id = "local/stepsize/" + of.name;
  std::vector<std::string> formula = of.formula;
  formula.emplace_back("=>  (S1) to (S4), what the mode asks of L gamma, and of eta = gamma mu");
  Obligation o{
      .id = id,
      .claim = id,
      .title = of.title,
      .source = "derived",
      .generated_from = "theory/local/" + of.header + ", theory/local/theorem.hpp, theory/local/communication.hpp",
      .formula = std::move(formula)};
  state(o, of.make({}));
  add_twin(o, "smaller-condition", "a smaller right side of (S4), or of (S1) where that is all",
           of.make(of.smaller));
  add_twin(o, "larger-stepsize", "a larger stepsize", of.make({.limit = of.limit}));
  return o;
}

}  // namespace touchstone::inline v0::proofs
