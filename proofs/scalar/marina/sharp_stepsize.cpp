// The largest stepsize that the theorem of biased estimators admits: 2/(L + r) with r^2 = L^2 + 4 Lambda^2 (PL: 8 Lambda^2). Up to it the
// descent coefficient is not negative, above it it is, and the theorem's 1/(L + Lambda) is not larger.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0::proofs::topics::marina_sharp_stepsize {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the bound on gamma, or the larger side of a comparison of bounds
  Rational root = 1;      ///< multiplies what r^2 is compared with
  bool at_bound = false;  ///< gamma may be equal to the bound that it is to exceed
};

struct Symbols {
  Term L, gamma, lambda_squared, r;
  /// L^2 + 4 Lambda^2, or with 8
  Term radicand;
};

Symbols symbols(Statement& s, int needed, const Change& change) {
  Symbols v{s.positive("L", "smoothness of f"),
            s.positive("gamma", "stepsize"),
            s.variable("lambda_squared", "Lambda^2 in (R)"),
            s.nonnegative("r", "the root"),
            {}};
  v.radicand = Term(change.root) * (v.L * v.L + Term(4 * needed) * v.lambda_squared);
  return v;
}

Term descent(const Symbols& v, int needed) {
  return biased_estimator_descent<Term>(v.L, v.gamma, Term(needed) * v.lambda_squared);
}

/// gamma <= 2/(L + r), r^2 >= L^2 + 4 Lambda^2
Statement admitted(int needed, const Change& change = {}) {
  Statement s;
  const Symbols v = symbols(s, needed, change);
  s.assume("root", less_equal(v.radicand, v.r * v.r), "r is at least the root");
  s.assume("stepsize", less_equal(v.gamma, Term(change.stepsize) * biased_estimator_sharp_stepsize(v.L, v.r)),
           "gamma <= biased_estimator_sharp_stepsize(L, r)");
  s.conclude(less_equal(0, descent(v, needed)));
  s.redundant({"L-positive"});
  const Term sum = v.L + v.r;
  s.square(2 - v.gamma * sum);
  s.hint({"stepsize"}, v.gamma * v.r * sum);
  s.hint({"root"}, v.gamma * v.gamma);
  return s;
}

/// gamma > 2/(L + r), L <= r, r^2 <= L^2 + 4 Lambda^2
Statement refused(int needed, const Change& change = {}) {
  Statement s;
  const Symbols v = symbols(s, needed, change);
  s.assume("root", less_equal(v.r * v.r, v.radicand), "r is at most the root");
  s.assume("r-at-least-L", less_equal(v.L, v.r), "as the root is");
  s.assume("stepsize",
           atom(Term(change.stepsize) * biased_estimator_sharp_stepsize(v.L, v.r),
                change.at_bound ? Relation::less_equal : Relation::less, v.gamma),
           "gamma > biased_estimator_sharp_stepsize(L, r)");
  s.conclude(less(descent(v, needed), 0));
  s.redundant({"L-positive", "gamma-positive", "r-nonnegative"});
  // -4 times it is w (2 + gamma (r - L)) + gamma^2 (L^2 + 4 Lambda^2 - r^2) for w = gamma (L + r) - 2
  const Term sum = v.L + v.r;
  s.hint({"stepsize"}, sum);
  s.hint({"stepsize", "r-at-least-L"}, v.gamma * sum);
  s.hint({"root"}, v.gamma * v.gamma);
  return s;
}

/// 1/(L + Lambda) <= 2/(L + r)
Statement dominates(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term lambda = s.nonnegative("Lambda", "Lambda in (R)");
  const Term r = s.nonnegative("r", "the root");
  s.assume("root", less_equal(r * r, Term(change.root) * (L * L + 4 * lambda * lambda)), "r is at most the root");
  // Of the reciprocals.
  s.conclude(less_equal(Term(change.stepsize) / biased_estimator_sharp_stepsize(L, r),
                        1 / biased_estimator_stepsize(L, lambda)));
  s.redundant({"r-nonnegative"});
  // (L + 2 Lambda - r)(L + 2 Lambda + r) = L^2 + 4 Lambda^2 - r^2 + 4 L Lambda
  s.hint({"negated-goal"}, (2 * lambda + r) / L);
  s.hint({"root"}, 1 / L);
  s.hint({}, lambda);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      const Statement& statement) {
  Obligation o{.id = "marina/marina/sharp-stepsize-" + name,
               .claim = "marina/marina/sharp-stepsize",
               .title = "Biased estimators: " + title,
               .source = "derived",
               .generated_from = "theory/marina/biased_estimator.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change longer{.stepsize = {1001, 1000}};
  std::vector<Obligation> all;
  for (const int needed : {1, 2}) {
    const std::string ending = needed == 1 ? "" : "-pl";
    const std::string root = needed == 1 ? "r^2 = L^2 + 4 Lambda^2" : "r^2 = L^2 + 8 Lambda^2";
    const std::string coefficient =
        needed == 1 ? "1 - gamma L - gamma^2 Lambda^2" : "1 - gamma L - 2 gamma^2 Lambda^2";
    Obligation yes = obligation("admitted" + ending, "the largest stepsize is admitted",
                                {"gamma <= 2/(L + r), " + root, "=>  " + coefficient + " >= 0"}, admitted(needed));
    add_twin(yes, "larger-stepsize", "1.001 of the largest stepsize", admitted(needed, longer));
    add_twin(yes, "smaller-root", "r^2 >= 0.999 of it", admitted(needed, {.root = {999, 1000}}));
    all.push_back(std::move(yes));

    Obligation no = obligation("refused" + ending, "no larger stepsize is admitted",
                               {"gamma > 2/(L + r), " + root, "=>  " + coefficient + " < 0"}, refused(needed));
    add_twin(no, "smaller-stepsize", "gamma > 0.999 of the largest", refused(needed, {.stepsize = {999, 1000}}));
    add_twin(no, "at-the-bound", "gamma may be the largest stepsize", refused(needed, {.at_bound = true}));
    add_twin(no, "larger-root", "r^2 <= 1.001 of it", refused(needed, {.root = {1001, 1000}}));
    all.push_back(std::move(no));
  }
  Obligation both =
      obligation("dominates", "the largest stepsize is not below the theorem's",
                 {"r^2 = L^2 + 4 Lambda^2, Lambda >= 0", "=>  1/(L + Lambda) <= 2/(L + r)"}, dominates());
  add_twin(both, "larger-stepsize", "1.001/(L + Lambda)", dominates(longer));
  add_twin(both, "larger-root", "r^2 <= 1.001 of it", dominates({.root = {1001, 1000}}));
  all.push_back(std::move(both));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_sharp_stepsize
