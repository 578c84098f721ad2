// What the rows and the theorem of chapter 4 start from: a function h = f_i minus its linear part at x*, and f_i itself.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_primitives {

namespace {

/// What a twin makes too good.
struct Change {
  Rational L = 1;      ///< multiplies L in the conclusion
  Rational other = 1;  ///< multiplies the other constant in it
};

/// |grad h(x)|^2 <= 2 L h(x) where h >= 0: h(y) >= 0 at y = x - grad h(x)/L.
Statement self_bounding(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of h");
  const Term gg = s.variable("gg", "|grad h(x)|^2");
  const Term h = s.variable("h", "h(x)");
  const Term at = s.nonnegative("h_y", "h(y), y = x - grad h(x)/L");
  s.assume("smoothness", less_equal(at, h - gg / L + L / 2 * (gg / (L * L))), "h is L-smooth");
  s.conclude(less_equal(Term(change.other) * gg, 2 * Term(change.L) * L * h));
  s.hint({"smoothness"}, 2 * L);
  s.hint({"h_y-nonnegative"}, 2 * L);
  return s;
}

/// h(x_i) <= 2 h(x) + L |x_i - x|^2
Statement transfer(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of h");
  const Term h = s.variable("h", "h(x)");
  const Term at = s.variable("h_xi", "h(x_i)");
  const Term gg = s.variable("gg", "|grad h(x)|^2");
  const Term inner = s.variable("inner", "<grad h(x), x_i - x>");
  const Term v = s.variable("v", "|x_i - x|^2");
  s.assume("smoothness", less_equal(at, h + inner + L / 2 * v), "h is L-smooth");
  s.assume("square", less_equal(0, gg - 2 * L * inner + L * L * v), "0 <= |grad h(x) - L (x_i - x)|^2");
  s.assume("self-bounding", less_equal(gg, 2 * L * h), "local/theorem/self-bounding");
  s.conclude(less_equal(at, 2 * Term(change.other) * h + Term(change.L) * L * v));
  s.hint({"smoothness"});
  s.hint({"square"}, 1 / L);
  s.hint({"self-bounding"}, 1 / L);
  return s;
}

/// -2 <E g, x - x*> of one worker, whose mean is that of grad f_i(x_i): quasi-strong convexity at x_i, smoothness from there
/// to x. The mean of f_i(x) - f_i(x*) is the gap, that of |x_i - x*|^2 is R + V.
Statement inner_product(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of f_i");
  const Term mu = s.variable("mu", "quasi-strong convexity of f_i");
  const Term at = s.variable("f_xi", "f_i(x_i) - f_i(x*)");
  const Term mean = s.variable("f_x", "f_i(x) - f_i(x*)");
  const Term v = s.nonnegative("v", "|x_i - x|^2");
  const Term r = s.nonnegative("r", "|x_i - x*|^2");
  const Term to_solution = s.variable("q_xi", "<grad f_i(x_i), x_i - x*>");
  const Term to_mean = s.variable("q_x", "<grad f_i(x_i), x - x_i>");
  s.assume("quasi-strong-convexity", less_equal(at + mu / 2 * r, to_solution), "f_i is mu-quasi-strongly convex");
  s.assume("smoothness", less_equal(mean, at + to_mean + L / 2 * v), "f_i is L-smooth");
  s.redundant({"v-nonnegative", "r-nonnegative"});
  s.conclude(
      less_equal(2 * mean + Term(change.other) * mu * r, 2 * (to_solution + to_mean) + Term(change.L) * L * v));
  s.hint({"quasi-strong-convexity"}, 2);
  s.hint({"smoothness"}, 2);
  return s;
}

void add(std::vector<Obligation>& all, const std::string& name, const std::string& title,
         std::vector<std::string> formula, Statement (*make)(const Change&), const std::string& other,
         const Rational& by) {
  Obligation o = local_obligation("theorem/" + name, "", title,
                                  "nothing: it is what the proofs of theory/local start from", std::move(formula));
  o.source = "derived";
  state(o, make({}));
  add_twin(o, "smaller-L", "0.999 L in place of L", make({.L = {999, 1000}}));
  add_twin(o, "too-good", other, make({.other = by}));
  all.push_back(std::move(o));
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational less(999, 1000);
  const Rational more(1001, 1000);
  std::vector<Obligation> all;
  add(all, "self-bounding", "A smooth function that is not negative bounds its gradient",
      {"h >= 0 is L-smooth  =>  |grad h(x)|^2 <= 2 L h(x)"}, self_bounding, "1.001 |grad h(x)|^2", more);
  add(all, "transfer", "Bregman distances at x_i and at x",
      {"h >= 0 is L-smooth  =>  h(x_i) <= 2 h(x) + L |x_i - x|^2"}, transfer, "0.999 of 2 h(x)", less);
  add(all, "inner-product", "Theorem of chapter 4: the inner product of one worker",
      {"f_i is L-smooth and mu-quasi-strongly convex",
       "=>  2 (f_i(x) - f_i(x*)) + mu |x_i - x*|^2 <= 2 <grad f_i(x_i), x - x*> + L |x_i - x|^2"},
      inner_product, "1.001 mu in place of mu", more);
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_primitives
