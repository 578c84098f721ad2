#pragma once
/// \file
/// A method of the MARINA family as statements: its row and stepsize meet the conditions of the theorem of biased estimators, and a
/// step of it, put together from what is assumed, decreases the Lyapunov value. For all values of the parameters.
///
/// What the estimator does in a step is taken from the kernel's rows; |x+ - x|^2 is `moved`.

#include <string>
#include <utility>
#include <vector>

#include "proofs/statement.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0::proofs {

/// What a twin makes too good.
struct EstimatorChange {
  Rational stepsize = 1;  ///< multiplies the bounds on gamma
  Rational root = 1;      ///< multiplies what t^2 must reach
  Rational lambda = 1;    ///< multiplies Lambda^2 in the row
  Rational gain = 1;      ///< multiplies the promised descent, or contraction
};

enum class Descent { nonconvex, pl };

/// t^2 >= this times Lambda^2.
[[nodiscard]] inline int multiple_of_lambda_squared(Descent of) {
  return of == Descent::nonconvex ? 1 : 2;
}

/// What a method's row is written in.
class EstimatorSymbols {
 public:
  EstimatorSymbols(Statement& s, Term error, Term movement)
      : G(std::move(error)),
        moved(std::move(movement)),
        p(s.positive("p", "probability that the gradients are sent in full")),
        s_(s) {
    s_.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
  }

  Term G, moved, p;

  [[nodiscard]] Term omega() const { return nonnegative("omega", "variance of the compressor"); }
  [[nodiscard]] Term positive(const std::string& name, const std::string& meaning) const {
    return s_.positive(name, meaning);
  }
  [[nodiscard]] Term nonnegative(const std::string& name, const std::string& meaning) const {
    return s_.nonnegative(name, meaning);
  }
  [[nodiscard]] Term variable(const std::string& name, const std::string& meaning) const {
    return s_.variable(name, meaning);
  }
  void assume(const std::string& name, const Formula& f, const std::string& comment) const {
    s_.assume(name, f, comment);
  }
  /// A change of gradients, which is at most `bound` times what was moved: the hypothesis NAME-smooth.
  [[nodiscard]] Term change(const std::string& name, const Term& bound, const std::string& meaning) const {
    Term Y = s_.variable(name, meaning);
    s_.assume(name + "-smooth", less_equal(Y, bound * moved), "smoothness");
    return Y;
  }

 private:
  Statement& s_;
};

/// 0 <= factor * (the slacks of these hypotheses)
struct EstimatorHint {
  std::vector<std::string> hypotheses;
  Term factor;
};

/// E G+ <= next_G implies (R) by the hints.
struct EstimatorRow {
  Term next_G;
  Term lambda_squared;
  Term nu = 0;
  std::vector<EstimatorHint> hints;
};

using MakeEstimatorRow = EstimatorRow (*)(const EstimatorSymbols&);

/// gamma <= what is declared, t^2 >= (2) Lambda^2; the hypotheses stepsize-1, stepsize-2, root.
class EstimatorStepsize {
 public:
  EstimatorStepsize(Statement& s, Descent of, const EstimatorChange& change, Term smoothness, Term stepsize)
      : s_(s),
        L(std::move(smoothness)),
        gamma(std::move(stepsize)),
        t_(s.nonnegative("t", "at least the root")),
        of_(of),
        change_(change) {}

  /// mu is only used under the PL condition.
  void assume(const EstimatorRow& row, const Term& p, const Term& mu) const {
    s_.assume("root", less_equal(Term(change_.root) * radicand(row), t_ * t_),
              of_ == Descent::nonconvex ? "t^2 >= Lambda^2" : "t^2 >= 2 Lambda^2");
    const std::vector<Term> bounds = of_ == Descent::nonconvex ? std::vector<Term>{biased_estimator_stepsize(L, t_)}
                                                               : biased_estimator_pl_stepsizes(L, t_, p, mu);
    for (std::size_t i = 0; i < bounds.size(); ++i)
      s_.assume("stepsize-" + std::to_string(i + 1), less_equal(gamma, Term(change_.stepsize) * bounds[i]),
                "gamma is at most the declared stepsize");
  }
  [[nodiscard]] Term descent(const EstimatorRow& row) const {
    return biased_estimator_descent(L, gamma, radicand(row));
  }
  /// 0 <= factor * descent, where another hypothesis says that a further factor is not negative.
  void hint(std::vector<std::string> also, const Term& factor) const {
    const auto add = [&](const std::string& name, const Term& by) {
      std::vector<std::string> all = also;
      all.push_back(name);
      s_.hint(all, factor * by);
    };
    add("stepsize-1", L + t_);
    add("stepsize-1", gamma * t_ * (L + t_));
    add("root", gamma * gamma);
    add("t-nonnegative", gamma * gamma * L);
  }

 private:
  [[nodiscard]] Term radicand(const EstimatorRow& row) const {
    return Term(multiple_of_lambda_squared(of_)) * row.lambda_squared;
  }

  Statement& s_;
  Term L, gamma, t_;
  Descent of_;
  EstimatorChange change_;
};

/// The row implies (R), the stepsize that descent is possible.
[[nodiscard]] inline Statement estimator_conditions(MakeEstimatorRow make, Descent of,
                                                    const EstimatorChange& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term G = s.variable("G", "|g - grad f(x)|^2");
  const Term moved = s.variable("moved", "|x+ - x|^2");
  const EstimatorSymbols symbols(s, G, moved);
  const EstimatorRow row = make(symbols);
  const Term& p = symbols.p;
  const Term mu = of == Descent::pl ? s.positive("mu", "constant of the PL condition") : Term(1);
  const EstimatorStepsize stepsize(s, of, change, L, gamma);
  stepsize.assume(row, p, mu);

  s.conclude(
      less_equal(row.next_G, (1 - p) * G + p * (Term(change.lambda) * row.lambda_squared) * moved + p * row.nu));
  s.conclude(less_equal(0, stepsize.descent(row)));
  for (const EstimatorHint& hint : row.hints) s.hint(hint.hypotheses, hint.factor);
  stepsize.hint({}, 1);
  if (of == Descent::pl) {
    s.conclude(less_equal(gamma * mu, Term(Rational(1, 2))));
    s.redundant({"p-positive", "mu-positive"});
    s.hint({"stepsize-2"}, mu);
    s.hint({"p-at-most-one"});
  }
  return s;
}

/// A step decreases Phi or contracts Psi, from smoothness of f, the estimator's row and the stepsize.
[[nodiscard]] inline Statement estimator_step(MakeEstimatorRow make, Descent of,
                                              const EstimatorChange& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term gg = s.nonnegative("gg", "|g|^2");
  const Term qg = s.variable("qg", "<q, g>, q = grad f(x)");
  const Term qq = s.variable("qq", "|q|^2");
  const Term gap = s.variable("gap", "f(x) - inf f");
  const Term next_gap = s.variable("next_gap", "f(x+) - inf f");
  const Term next_G = s.variable("next_G", "E |g+ - grad f(x+)|^2");
  const Term G = gg - 2 * qg + qq;
  const EstimatorSymbols symbols(s, G, gamma * gamma * gg);
  const EstimatorRow row = make(symbols);
  const Term& p = symbols.p;
  const Term mu = of == Descent::pl ? s.positive("mu", "constant of the PL condition") : Term(1);
  s.assume("smoothness", less_equal(next_gap, gap - gamma * qg + L / 2 * (gamma * gamma * gg)),
           "f is L-smooth, x+ = x - gamma g");
  s.assume("estimator", less_equal(next_G, row.next_G), "the kernel's row");
  const EstimatorStepsize stepsize(s, of, change, L, gamma);
  stepsize.assume(row, p, mu);

  const Term weight =
      of == Descent::nonconvex ? biased_estimator_weight(gamma, p) : biased_estimator_pl_weight(gamma, p);
  s.hint({"smoothness"});
  s.hint({"estimator"}, weight);
  for (const EstimatorHint& hint : row.hints) s.hint(hint.hypotheses, hint.factor * weight);
  stepsize.hint({"gg-nonnegative"}, gamma / 2);
  const Term value = gap + weight * G;
  const Term next = next_gap + weight * next_G;
  if (of == Descent::nonconvex) {
    s.conclude(less_equal(next, value - Term(change.gain) * gamma / 2 * qq + gamma / 2 * row.nu));
    return s;
  }
  s.assume("G-nonnegative", less_equal(0, G), "0 <= |g - q|^2");
  s.assume("PL", less_equal(2 * mu * gap, qq), "|grad f(x)|^2 >= 2 mu (f(x) - inf f)");
  s.conclude(less_equal(next, (1 - Term(change.gain) * gamma * mu) * value + gamma * row.nu));
  s.redundant({"p-positive", "mu-positive"});
  s.hint({"PL"}, gamma / 2);
  s.hint({"stepsize-2", "G-nonnegative"}, gamma * mu / p);
  return s;
}

}  // namespace touchstone::inline v0::proofs
