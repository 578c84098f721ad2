// The rows of Moshpit SGD with constants: 1/(gamma mu'), or 3 R/(gamma epsilon) for mu' = 0, is at most C times the row.
#include "proofs/scalar/moshpit/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/moshpit/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::moshpit_sgd_complexities {

namespace {

/// A near miss: a smaller constant, or the row without its term with L.
struct Smaller {
  int by = 0;
  bool without_L = false;
};

/// Where the stepsize is a root squares are compared, with that of C times the root in the row.
Statement row(bool strongly_convex, const Smaller& change) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term epsilon = s.positive("epsilon", "accuracy");
  const Term X = s.nonnegative("X", "nu (delta_aq^2 + (tau - 1) sigma^2)");
  const Term Y = s.nonnegative("Y", "delta_pv2^2 + sigma^2/n_min");
  const Term root = s.nonnegative("r", "a square root");
  s.assume("r-squared", equal(root * root, L * X / epsilon), "r^2 = L X/epsilon");
  const LocalStepsize<Term> limits = moshpit_accuracy_stepsize(L, X, Y, epsilon);
  const Term L_of_row = change.without_L ? Term(0) : L;
  Term unit, all;
  int C = -change.by;
  if (strongly_convex) {
    const Term mu = s.positive("mu", "mu'");
    s.redundant({"mu-positive"});
    unit = 1 / mu;
    all = moshpit_complexity(L_of_row, mu, Y, root, epsilon);
    C += moshpit_sgd_complexity_factor;
  } else {
    const Term R = s.positive("R", "|x^0 - x*|^2");
    unit = 3 * R / epsilon;
    all = moshpit_convex_complexity(L_of_row, R, Y, root, epsilon);
    C += moshpit_sgd_convex_complexity_factor;
  }
  for (const Term& inverse : limits.inverse) s.conclude(less_equal(inverse * unit, C * all));
  const Term of_row = strongly_convex ? unit : unit / 3;
  const Term bound = C * of_row * root;
  for (const Term& square : limits.inverse_square) s.conclude(less_equal(square * unit * unit, bound * bound));
  for (const Term& part : {L, Y / epsilon, root}) s.hint({}, of_row * part);
  s.hint({"r-squared"}, unit * unit);
  s.hint({}, unit * unit * root * root);
  s.redundant({"X-nonnegative"});
  return s;
}

Obligation obligation(bool strongly_convex) {
  const std::string C =
      std::to_string(strongly_convex ? moshpit_sgd_complexity_factor : moshpit_sgd_convex_complexity_factor);
  Obligation o = moshpit_obligation(
      strongly_convex ? "sgd/complexity" : "sgd/complexity-convex", "",
      std::string("Moshpit SGD: the row of the slide, with a constant") + (strongly_convex ? "" : ", mu' = 0"),
      "theory/moshpit/complexity.hpp",
      {"gamma = min{1/(4L), epsilon/(3Y), sqrt(2 epsilon/(9 L X))}",
       strongly_convex
           ? "=>  1/(gamma mu') <= " + C + " (L/mu' + Y/(mu' epsilon) + sqrt(L X/epsilon)/mu')"
           : "=>  3 R/(gamma epsilon) <= " + C + " R (L/epsilon + Y/epsilon^2 + sqrt(L X/epsilon)/epsilon)"});
  state(o, row(strongly_convex, {}));
  add_twin(o, "smaller-constant", "the next smaller integer in place of the constant",
           row(strongly_convex, {.by = 1}));
  add_twin(o, "without-L", "the row without its term with L", row(strongly_convex, {.without_L = true}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const bool strongly_convex : {true, false}) all.push_back(obligation(strongly_convex));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::moshpit_sgd_complexities
