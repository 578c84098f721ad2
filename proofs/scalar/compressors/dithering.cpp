// The constants of random dithering. A magnitude u = s |x_i|/|x|_q is rounded without bias to one of the levels m and
// m + 1 that it lies between; phi(u) = (u - m)(m + 1 - u) is the variance. A bound on every cell, then their sum: with
// U = sum u_i^2 and Phi = sum phi(u_i), E|Q(x) - x|^2 <= omega |x|^2 is Phi <= omega U.
#include "proofs/scalar/compressors/rounding.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::dithering_constants {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;      ///< multiplies the bound
  Rational condition = 1;  ///< multiplies what the condition on the levels allows
};

/// u in the cell of m, and Phi as what is concluded of it.
struct Cell {
  Term u, m;
  Rounding rounded;
};

Cell cell(Statement& s, const Term& m) {
  const Term u = s.variable("u", "s |x_i|/|x|_q");
  s.assume("lower", less_equal(m, u), "m <= u");
  s.assume("upper", less_equal(u, m + 1), "u <= m + 1");
  const Cell c{u, m, rounding(u, m, m + 1, u - m)};
  conclude_unbiased(s, c.rounded, u);
  s.hint({"lower"});
  s.hint({"upper"});
  return c;
}

Cell cell_of_any_level(Statement& s) {
  return cell(s, s.nonnegative("m", "the level below u"));
}

/// phi <= omega u^2 + 1/(4(1 + omega)): (1 + omega)(right - left) = ((1 + omega) u - (2m + 1)/2)^2 + m (m + 1) omega
Statement infinity_cell(const Change& change = {}) {
  Statement s;
  const Term omega = s.nonnegative("omega", "of the compressor");
  const auto [u, m, rounded] = cell_of_any_level(s);
  s.conclude(less_equal(rounded.variance, omega * u * u + Term(change.bound) / (4 * (1 + omega))));
  s.square((1 + omega) * u - (2 * m + 1) / 2);
  s.hint({}, m * (m + 1) * omega);
  return s;
}

/// The largest magnitude is a level and has phi = 0; the cells of the other d - 1 add up. omega is defined by d.
Statement infinity_sum(const Change& change = {}) {
  Statement s;
  const Term levels = s.positive("s", "levels");
  const Term omega = s.nonnegative("omega", "of the compressor");
  const Term others = 4 * levels * levels * omega * (1 + omega);
  const Term U = s.variable("U", "sum of the u_i^2");
  const Term Phi = s.variable("Phi", "sum of the phi(u_i)");
  s.assume("cells", less_equal(Phi, omega * (U - levels * levels) + others / (4 * (1 + omega))),
           "compressor/dithering-inf/omega-cell for the d - 1 others");
  s.redundant({"s-positive"});
  s.conclude(equal((1 + 2 * omega) * (1 + 2 * omega), 1 + others / (levels * levels)));
  s.conclude(less_equal(Phi, Term(change.bound) * omega * U));
  s.hint({"cells"});
  return s;
}

/// phi <= u0/2 + (1/(2 u0) - 1) u^2: 2 u0 (right - left) = (u - (2m + 1) u0)^2 + 2 u0 m (m + 1)(1 - 2 u0)
Statement two_cell(const Change& change = {}) {
  Statement s;
  const Term u0 = s.positive("u0", "s/sqrt(d)");
  s.redundant({"u0-positive"});
  s.assume("few-levels", less_equal(2 * u0, Term(change.condition)), "2s <= sqrt(d)");
  const auto [u, m, rounded] = cell_of_any_level(s);
  s.conclude(less_equal(rounded.variance, Term(change.bound) * u0 / 2 + (1 / (2 * u0) - 1) * u * u));
  s.square(u - (2 * m + 1) * u0, 1 / u0);
  s.hint({"few-levels"}, m * (m + 1));
  return s;
}

/// The same with one level, for every d.
Statement two_cell_of_one_level(const Change& change = {}) {
  Statement s;
  const Term u0 = s.positive("u0", "s/sqrt(d)");
  s.redundant({"u0-positive"});
  const auto [u, m, rounded] = cell(s, 0);
  s.conclude(less_equal(rounded.variance, Term(change.bound) * u0 / 2 + (1 / (2 * u0) - 1) * u * u));
  s.square(u - u0, 1 / u0);
  return s;
}

/// sqrt(d)/s - 1
Statement two_sum(const Change& change = {}) {
  Statement s;
  const Term levels = s.positive("s", "levels");
  const Term root = s.positive("root", "sqrt(d)");
  const Term Phi = s.variable("Phi", "sum of the phi(u_i)");
  const Term u0 = levels / root;
  const Term U = levels * levels;
  s.assume("cells", less_equal(Phi, root * root * u0 / 2 + (1 / (2 * u0) - 1) * U),
           "compressor/dithering-2/omega-cell for every coordinate");
  s.redundant({"s-positive"});
  s.conclude(less_equal(Phi, Term(change.bound) * (root / levels - 1) * U));
  s.hint({"cells"});
  return s;
}

/// phi <= 1/4 and phi <= u
Statement rough_cell(const Change& change = {}) {
  Statement s;
  const auto [u, m, rounded] = cell_of_any_level(s);
  s.conclude(less_equal(rounded.variance, Term(change.bound) / 4));
  s.conclude(less_equal(rounded.variance, Term(change.bound) * u));
  s.square(2 * u - 2 * m - 1);
  s.square(u - m);
  s.hint({"m-nonnegative"});
  return s;
}

/// d/(4 s^2)
Statement two_rough_sum(const Change& change = {}) {
  Statement s;
  const Term levels = s.positive("s", "levels");
  const Term d = s.variable("d", "dimension");
  const Term Phi = s.variable("Phi", "sum of the phi(u_i)");
  s.assume("cells", less_equal(Phi, d / 4), "compressor/dithering-2/omega-rough-cell for every coordinate");
  s.redundant({"s-positive"});
  s.conclude(less_equal(Phi, Term(change.bound) * d / (4 * levels * levels) * (levels * levels)));
  s.hint({"cells"});
  return s;
}

/// phi <= 1/lambda - u + (lambda - 1) u^2: lambda (right - left) = (lambda u - (m + 1))^2 + lambda m (m + 1) - m (m + 2)
Statement one_cell(const Change& change = {}) {
  Statement s;
  const Term lambda = s.variable("lambda", "d/s");
  s.assume("few-levels", less_equal(Term(change.condition * ratio<Rational>(3, 2)), lambda), "3s <= 2d");
  const Term m = s.variable("m", "the level below u");
  s.assume("m-at-least-one", less_equal(1, m), "m >= 1");
  const auto [u, same, rounded] = cell(s, m);
  s.conclude(less_equal(rounded.variance, Term(change.bound) / lambda - u + (lambda - 1) * u * u));
  s.square(lambda * u - (m + 1), 1 / lambda);
  s.hint({"few-levels"}, m * (m + 1) / lambda);
  s.hint({"m-at-least-one"}, m / lambda);
  return s;
}

/// The same with m = 0, for every lambda.
Statement one_cell_at_zero(const Change& change = {}) {
  Statement s;
  const Term lambda = s.positive("lambda", "d/s");
  s.redundant({"lambda-positive"});
  const auto [u, m, rounded] = cell(s, 0);
  s.conclude(less_equal(rounded.variance, Term(change.bound) / lambda - u + (lambda - 1) * u * u));
  s.square(lambda * u - 1, 1 / lambda);
  return s;
}

struct Sums {
  Term levels, d, U, Phi;
};

Sums sums_of_one(Statement& s) {
  return {s.positive("s", "levels, the sum of the u_i"), s.positive("d", "dimension"),
          s.variable("U", "sum of the u_i^2"), s.variable("Phi", "sum of the phi(u_i)")};
}

/// d/s - 1
Statement one_sum(const Change& change = {}) {
  Statement s;
  const auto [levels, d, U, Phi] = sums_of_one(s);
  const Term lambda = d / levels;
  s.assume("cells", less_equal(Phi, d / lambda - levels + (lambda - 1) * U),
           "compressor/dithering-1/omega-cell for every coordinate");
  s.redundant({"s-positive"});
  s.conclude(less_equal(Phi, Term(change.bound) * (lambda - 1) * U));
  s.hint({"cells"});
  return s;
}

/// d^2/(4 s^2) and d/s
Statement one_rough_sum(const Change& change = {}) {
  Statement s;
  const auto [levels, d, U, Phi] = sums_of_one(s);
  s.assume("quarters", less_equal(Phi, d / 4), "compressor/dithering-1/omega-rough-cell for every coordinate");
  s.assume("magnitudes", less_equal(Phi, levels), "compressor/dithering-1/omega-rough-cell for every coordinate");
  s.assume("cauchy", less_equal(levels * levels, d * U), "(sum u_i)^2 <= d sum u_i^2");
  s.conclude(less_equal(Phi, Term(change.bound) * d * d / (4 * levels * levels) * U));
  s.conclude(less_equal(Phi, Term(change.bound) * d / levels * U));
  s.hint({"quarters"});
  s.hint({"magnitudes"});
  s.hint({"cauchy"}, d / (levels * levels));
  s.hint({"cauchy"}, 1 / levels);
  return s;
}

Obligation obligation(const std::string& norm, const std::string& part, const std::string& title,
                      std::vector<std::string> formula, Statement (*make)(const Change&)) {
  const std::string claim = "compressor/dithering-" + norm + "/omega";
  Obligation o{.id = claim + "-" + part,
               .claim = claim,
               .title = "Dithering, q = " + norm + ": " + title,
               .source = "derived",
               .generated_from = "nothing: for every dimension and number of levels",
               .formula = std::move(formula)};
  state(o, make({}));
  add_twin(o, "smaller-bound", "0.999 of the bound", make({.bound = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string rounded = "m <= u <= m + 1, m >= 0, rounded up with probability u - m";
  const std::string rough = "=>  unbiased, phi(u) <= 1/4, phi(u) <= u";
  std::vector<Obligation> all{
      obligation("inf", "cell", "a coordinate",
                 {rounded, "=>  unbiased, phi(u) <= omega u^2 + 1/(4(1 + omega)) for every omega >= 0"},
                 infinity_cell),
      obligation("inf", "sum", "all coordinates",
                 {"4 s^2 omega (1 + omega) = d - 1, Phi <= omega (U - s^2) + (d - 1)/(4(1 + omega))",
                  "=>  Phi <= omega U, omega = (sqrt(1 + (d - 1)/s^2) - 1)/2"},
                 infinity_sum),
      obligation("2", "cell", "a coordinate",
                 {rounded, "u0 = s/sqrt(d) <= 1/2", "=>  unbiased, phi(u) <= u0/2 + (1/(2 u0) - 1) u^2"}, two_cell),
      obligation("2", "cell-of-one-level", "a coordinate with one level",
                 {"0 <= u <= 1, rounded up with probability u, u0 > 0",
                  "=>  unbiased, phi(u) <= u0/2 + (1/(2 u0) - 1) u^2"},
                 two_cell_of_one_level),
      obligation("2", "sum", "all coordinates, 2s <= sqrt(d) or s = 1",
                 {"U = s^2, u0 = s/sqrt(d), Phi <= d u0/2 + (1/(2 u0) - 1) U", "=>  Phi <= (sqrt(d)/s - 1) U"},
                 two_sum),
      obligation("2", "rough-cell", "a coordinate, whatever s", {rounded, rough}, rough_cell),
      obligation("2", "rough-sum", "all coordinates, whatever s", {"U = s^2, Phi <= d/4", "=>  Phi <= d/(4 s^2) U"},
                 two_rough_sum),
      obligation(
          "1", "cell", "a coordinate, m >= 1",
          {rounded, "lambda = d/s >= 3/2, m >= 1", "=>  unbiased, phi(u) <= 1/lambda - u + (lambda - 1) u^2"},
          one_cell),
      obligation("1", "cell-at-zero", "a coordinate, m = 0",
                 {"0 <= u <= 1, rounded up with probability u, lambda > 0",
                  "=>  unbiased, phi(u) <= 1/lambda - u + (lambda - 1) u^2"},
                 one_cell_at_zero),
      obligation("1", "sum", "all coordinates, 3s <= 2d",
                 {"sum u_i = s, lambda = d/s, Phi <= d/lambda - s + (lambda - 1) U", "=>  Phi <= (d/s - 1) U"},
                 one_sum),
      obligation("1", "rough-cell", "a coordinate, whatever s", {rounded, rough}, rough_cell),
      obligation("1", "rough-sum", "all coordinates, whatever s",
                 {"sum u_i = s, Phi <= d/4, Phi <= s", "=>  Phi <= d^2/(4 s^2) U, Phi <= d/s U"}, one_rough_sum)};
  for (Obligation& o : all) {
    if (o.id == "compressor/dithering-2/omega-cell")
      add_twin(o, "more-levels", "2s <= 1.001 sqrt(d)", two_cell({.condition = {1001, 1000}}));
    if (o.id == "compressor/dithering-1/omega-cell")
      add_twin(o, "more-levels", "3s <= 2.002 d", one_cell({.condition = {999, 1000}}));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::dithering_constants
