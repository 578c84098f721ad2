// The rows of the slides that compare QGD, DIANA and MARINA: what the numbers of steps with constants are to them, and they to each other.
// They are upper bounds; nothing is said of what a method needs at least.
#include "proofs/scalar/near_misses.hpp"
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::marina_comparisons {

namespace {

/// What a twin makes too good.
struct Change {
  Rational smaller_side = 1;  ///< multiplies the left side of a conclusion
  Rational other = 1;         ///< multiplies the left side of the second one, or another assumption
};

struct Symbols {
  Term gap, e2;
};

Symbols symbols(Statement& s) {
  return {s.nonnegative("gap", "f(x^0) - inf f"), s.positive("epsilon_squared", "epsilon^2")};
}

/// Both rows, in r = sqrt(omega) and sqrt(n), and without the steps that do not depend on omega.
struct Rows {
  Term r, marina, diana, of_gd;
  Term unit;
};

Rows rows(Statement& s) {
  const auto [gap, e2] = symbols(s);
  const Term r = s.nonnegative("r", "sqrt(omega)");
  const Term root_of_n = s.positive("root_of_n", "sqrt(n)");
  return {r, marina_row<Term>(r * r, root_of_n, gap, e2), diana_nonconvex_row<Term>(r * r, r / root_of_n, gap, e2),
          gap / e2, gap / (e2 * root_of_n)};
}

/// MARINA's row is at most DIANA's, what depends on omega at most half.
Statement below(const Change& change) {
  Statement s;
  const Rows of = rows(s);
  s.conclude(less_equal(Term(change.smaller_side) * of.marina, of.diana));
  s.conclude(less_equal(Term(change.other) * 2 * (of.marina - of.of_gd), of.diana - of.of_gd));
  s.redundant({"epsilon_squared-positive", "root_of_n-positive"});
  s.square(of.r - 1, of.r * of.unit);
  s.hint({}, of.r * of.r * of.unit);
  return s;
}

/// What depends on omega is sqrt(omega) to 2 sqrt(omega) times as much in DIANA's row, the latter for omega >= 1.
Statement ratio(const Change& change) {
  Statement s;
  const Rows of = rows(s);
  s.assume("omega-at-least-one", less_equal(Term(change.other), of.r), "omega >= 1");
  const Term diana = of.diana - of.of_gd, marina = of.marina - of.of_gd;
  s.conclude(less_equal(Term(change.smaller_side) * of.r * marina, diana));
  s.conclude(less_equal(diana, 2 * of.r * marina));
  s.redundant({"epsilon_squared-positive", "root_of_n-positive", "r-nonnegative"});
  s.hint({}, of.r * of.unit);
  s.hint({"omega-at-least-one"}, of.r * of.unit);
  s.hint({"omega-at-least-one"}, of.r * of.r * of.unit);
  return s;
}

/// 2 L row <= K <= 4 L row
Statement diana(const Change& change) {
  Statement s;
  const auto [gap, e2] = symbols(s);
  const Term L = s.positive("L", "smoothness");
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term root = s.nonnegative("root", "sqrt(omega/n)");
  const Term row = diana_nonconvex_row(omega, root, gap, e2);
  const Term K = stationary_complexity<Term>(L, 2 * (1 + omega) * root * L, gap, e2);
  s.conclude(less_equal(Term(change.smaller_side) * 2 * L * row, K));
  s.conclude(less_equal(Term(change.other) * K, 4 * L * row));
  s.redundant({"epsilon_squared-positive"});
  const Term unit = L * gap / e2;
  for (const Term& part : {Term(1), root, omega * root}) s.hint({}, part * unit);
  return s;
}

/// K = 2 L row
Statement marina(const Change& change) {
  Statement s;
  const auto [gap, e2] = symbols(s);
  const Term L = s.variable("L", "smoothness");
  const Term omega = s.variable("omega", "variance of the compressor");
  const Term root_of_n = s.positive("root_of_n", "sqrt(n)");
  s.conclude(equal(stationary_complexity<Term>(L, omega * L / root_of_n, gap, e2),
                   Term(change.smaller_side) * 2 * Term(change.other) * L * marina_row(omega, root_of_n, gap, e2)));
  s.redundant({"gap-nonnegative", "epsilon_squared-positive", "root_of_n-positive"});
  return s;
}

/// K <= 144 L max{1, L_max} row
Statement qgd(const Change& change) {
  Statement s;
  const auto [gap, e2] = symbols(s);
  const Term L = s.positive("L", "smoothness of f");
  const Term L_max = s.variable("L_max", "smoothness of every f_i");
  const Term largest = s.variable("largest", "max{1, L_max}");
  s.assume("at-least-one", less_equal(Term(change.other), largest), "a maximum");
  s.assume("at-least-L_max", less_equal(L_max, largest), "a maximum");
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term difference = s.nonnegative("difference", "inf f - (1/n) sum_i inf f_i");
  const Term bound = Term(qgd_row_factor) * L * largest * qgd_row(omega, n, difference, gap, e2);
  for (const Term& K : qgd_complexity(qgd_constants(L_max, omega, n, difference), L, gap, e2))
    s.conclude(less_equal(Term(change.smaller_side) * K, bound));
  const Term one = L * gap / e2, more = one / (e2 * n);
  s.hint({"at-least-one"}, one);
  s.hint({}, one);
  for (const Term& part : {gap, difference}) {
    s.hint({"at-least-L_max"}, more * omega * part);
    s.hint({"at-least-one"}, more * part);
    s.hint({"at-least-one"}, more * omega * part);
    s.hint({}, more * part);
    s.hint({}, more * omega * part);
  }
  return s;
}

/// p = zeta/d: d + K (p d + (1 - p) zeta) <= d + 2 K zeta
Statement scalars(const Change& change) {
  Statement s;
  const Term d = s.positive("d", "dimension");
  const Term density = s.variable("density", "zeta, nonzeros expected in a message");
  const Term K = s.nonnegative("K", "steps made");
  s.conclude(less_equal(
      Term(change.smaller_side) * marina_scalars(d, density, marina_probability_of_density(d, density), K),
      d + Term(change.other) * 2 * K * density));
  s.redundant({"d-positive"});
  s.square(density, K / d);
  return s;
}

/// p <= b'/(m + b'): p m + 2 (1 - p) b' <= 3 b'
Statement gradients(const Change& change) {
  Statement s;
  const Term m = s.positive("m", "components");
  const Term batch = s.positive("batch", "b', components drawn");
  const Term p = s.nonnegative("p", "probability of full gradients");
  s.assume("probability", less_equal(p, Term(change.other) * vr_marina_probabilities<Term>(1, 1, m, batch)[1]),
           "p <= b'/(m + b')");
  s.conclude(less_equal(Term(change.smaller_side) * vr_marina_gradients(m, batch, p), 3 * batch));
  s.redundant({"m-positive"});
  s.hint({"probability"}, m + batch);
  s.hint({"p-nonnegative"}, batch);
  s.hint({}, batch);
  return s;
}

Obligation obligation(const std::string& claim, const std::string& title, std::vector<std::string> formula) {
  return {.id = "marina/" + claim,
          .claim = "marina/" + claim,
          .title = title,
          .source = "slides; constants derived",
          .generated_from = "theory/marina/complexity.hpp and what it includes",
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  const AddWithNearMisses<Change> add{all};
  const Change first{.smaller_side = {1001, 1000}}, second{.other = {1001, 1000}};
  add(obligation("slide-rows/marina-below-diana", "MARINA's row is at most DIANA's",
                 {"gap (1 + omega/sqrt(n))/epsilon^2 <= gap (1 + (1 + omega) sqrt(omega/n))/epsilon^2",
                  "what depends on omega: 2 omega/sqrt(n) <= (1 + omega) sqrt(omega/n)"}),
      below, first, "1.001 times MARINA's row", second, "2.002 omega/sqrt(n)");
  add(obligation("slide-rows/ratio", "What DIANA's row has more than MARINA's grows as sqrt(omega)",
                 {"sqrt(omega) omega/sqrt(n) <= (1 + omega) sqrt(omega/n)",
                  "omega >= 1  =>  (1 + omega) sqrt(omega/n) <= 2 sqrt(omega) omega/sqrt(n)"}),
      ratio, {.smaller_side = {3, 2}}, "1.5 sqrt(omega)", {.other = {999, 1000}}, "sqrt(omega) >= 0.999");
  add(obligation("slide-rows/diana", "DIANA's steps are 2 L to 4 L times its row",
                 {"2 L row <= 2 (L + t) gap/epsilon^2 <= 4 L row, t = 2 (1 + omega) sqrt(omega/n) L"}),
      diana, first, "2.002 L row", second, "K <= 3.996 L row");
  add(obligation("slide-rows/marina", "MARINA's steps are 2 L times its row",
                 {"2 (L + t) gap/epsilon^2 = 2 L row, t = omega L/sqrt(n)"}),
      marina, {.smaller_side = {999, 1000}}, "1.998 L row", second, "2.002 L row");
  add(obligation("slide-rows/qgd", "QGD's steps are at most 144 L max{1, L_max} times its row",
                 {"(12 L gap/epsilon^2) max{1, 12 A gap/epsilon^2, 2 C/epsilon^2} <= 144 L max{1, L_max} row"}),
      qgd, {.smaller_side = {144, 143}}, "143 in place of 144", {.other = {1, 1000}}, "max{1/1000, L_max}");
  add(obligation("marina/communication", "With p = zeta/d MARINA sends at most twice what its messages are",
                 {"p = zeta/d", "=>  d + K (p d + (1 - p) zeta) <= d + 2 K zeta"}),
      scalars, first, "1.001 times what is sent", {.other = {1, 2}}, "d + K zeta");
  add(obligation("vr-marina/oracle-calls", "With p <= b'/(m + b') a step of VR-MARINA costs at most 3 b' gradients",
                 {"p <= b'/(m + b')", "=>  p m + 2 (1 - p) b' <= 3 b'"}),
      gradients, {.smaller_side = {3, 2}}, "1.5 times the cost", {.other = 2}, "twice the probability");
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_comparisons
