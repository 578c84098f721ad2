// Rounding a magnitude t to a power of b > 1 next to it, c <= t <= bc for c = b^a: at random without bias (natural
// compression for b = 2), or to the nearest. What holds of every coordinate holds of the vector.
#include "proofs/scalar/compressors/rounding.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/natural.hpp"

namespace touchstone::inline v0::proofs::topics::rounding_to_powers {

namespace {

/// What a twin makes too good.
struct Change {
  Rational constant = 1;  ///< multiplies omega, or 1 - delta
  Rational midpoint = 1;  ///< multiplies where rounding to the nearest changes sides
  bool beyond = false;    ///< t may be larger than bc
};

struct Magnitude {
  Term c, t;
};

Magnitude magnitude_and_power(Statement& s) {
  const Magnitude m{s.positive("c", "the power b^a"), s.variable("t", "a magnitude")};
  s.redundant({"c-positive"});
  return m;
}

void assume_at_least_lower(Statement& s, const Magnitude& m) {
  s.assume("lower", less_equal(m.c, m.t), "b^a <= t");
}

void assume_at_most_upper(Statement& s, const Magnitude& m, const Term& b, const Change& change = {}) {
  s.assume("upper", less_equal(m.t, Term(change.beyond ? 2 : 1) * b * m.c), "t <= b^{a+1}");
}

void at_random(Statement& s, const Term& b, const Term& omega, const Change& change) {
  const Magnitude m = magnitude_and_power(s);
  assume_at_least_lower(s, m);
  assume_at_most_upper(s, m, b, change);
  const Rounding r = rounding(m.t, m.c, b * m.c, (m.t / m.c - 1) / (b - 1));
  conclude_unbiased(s, r, m.t);
  s.conclude(less_equal(b * r.variance, Term(change.constant) * b * omega * m.t * m.t));
  s.hint({"lower"}, 1 / m.c);
  s.hint({"upper"}, 1 / m.c);
  s.square((b + 1) * m.t - 2 * b * m.c, b - 1);
}

Statement natural(const Change& change = {}) {
  Statement s;
  at_random(s, Natural::two.value<Term>(), Natural{}.omega<Term>(1), change);
  return s;
}

Term base(Statement& s) {
  const Term b = s.positive("b", "the base");
  s.assume("b-above-one", less(0, b - 1), "b > 1");
  s.redundant({"b-positive", "b-above-one"});
  return b;
}

Statement exp_stochastic(const Change& change = {}) {
  Statement s;
  const Term b = base(s);
  at_random(s, b, (b - 1) * (b - 1) / (4 * b), change);
  return s;
}

void conclude_nearest(Statement& s, const Term& b, const Term& t, const Term& error, const Change& change) {
  const Term delta = 4 * b / ((b + 1) * (b + 1));
  s.conclude(less_equal(error * error, Term(change.constant) * (1 - delta) * t * t));
}

/// (b-1)^2 t^2 - (b+1)^2 (t-c)^2 = [(b-1) t + (b+1)(t-c)] [(b+1) c - 2t]
Statement nearest_below(const Change& change = {}) {
  Statement s;
  const Term b = base(s);
  const Magnitude m = magnitude_and_power(s);
  assume_at_least_lower(s, m);
  s.assume("midpoint", less_equal(2 * m.t, Term(change.midpoint) * (b + 1) * m.c), "t is no nearer to b^{a+1}");
  conclude_nearest(s, b, m.t, m.t - m.c, change);
  s.hint({"b-above-one", "lower", "midpoint"});
  s.hint({"b-above-one", "midpoint"}, m.c);
  s.hint({"lower", "midpoint"}, b + 1);
  return s;
}

/// (b-1)^2 t^2 - (b+1)^2 (bc-t)^2 = [(b-1) t + (b+1)(bc-t)] b [2t - (b+1) c]
Statement nearest_above(const Change& change = {}) {
  Statement s;
  const Term b = base(s);
  const Magnitude m = magnitude_and_power(s);
  s.assume("midpoint", less_equal((b + 1) * m.c, Term(change.midpoint) * 2 * m.t), "t is no nearer to b^a");
  assume_at_most_upper(s, m, b);
  conclude_nearest(s, b, m.t, b * m.c - m.t, change);
  s.hint({"b-above-one", "midpoint", "midpoint"}, b);
  s.hint({"b-above-one", "midpoint"}, b * (b + 1) * m.c);
  s.hint({"midpoint", "upper"}, b * (b + 1));
  return s;
}

Obligation obligation(const std::string& claim, const std::string& part, const std::string& title,
                      std::vector<std::string> formula, Statement (*make)(const Change&)) {
  Obligation o{.id = "compressor/" + claim + part,
               .claim = "compressor/" + claim,
               .title = title,
               .source = "derived; natural compression is of arXiv:1905.10988",
               .generated_from = "nothing: one coordinate, for every base",
               .formula = std::move(formula)};
  state(o, make({}));
  add_twin(o, "smaller-error", "0.999 of the bound", make({.constant = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation of_natural = obligation(
      "natural/omega", "", "Natural compression of a coordinate",
      {"2^a <= t <= 2^{a+1}, rounded up with probability t/2^a - 1", "=>  unbiased, E(Q(t) - t)^2 <= t^2/8"},
      natural);
  of_natural.generated_from = "compressors/natural.hpp for omega";
  add_twin(of_natural, "beyond", "t <= 2 2^{a+1}", natural({.beyond = true}));
  Obligation of_exp =
      obligation("exp-stochastic/omega", "", "Unbiased rounding of a coordinate to powers of b",
                 {"b > 1, b^a <= t <= b^{a+1}, rounded up with probability (t - b^a)/(b^{a+1} - b^a)",
                  "=>  unbiased, E(Q(t) - t)^2 <= (b-1)^2/(4b) t^2"},
                 exp_stochastic);
  add_twin(of_exp, "beyond", "t <= 2 b^{a+1}", exp_stochastic({.beyond = true}));
  const std::string bound = "=>  (C(t) - t)^2 <= (1 - delta) t^2,    delta = 4b/(b+1)^2";
  Obligation below =
      obligation("exp-round/delta", "-below", "Rounding of a coordinate down to the nearest power of b",
                 {"b > 1, b^a <= t, 2t <= (b+1) b^a, C(t) = b^a", bound}, nearest_below);
  add_twin(below, "beyond-midpoint", "2t <= 1.001 (b+1) b^a", nearest_below({.midpoint = {1001, 1000}}));
  Obligation above =
      obligation("exp-round/delta", "-above", "Rounding of a coordinate up to the nearest power of b",
                 {"b > 1, (b+1) b^a <= 2t, t <= b^{a+1}, C(t) = b^{a+1}", bound}, nearest_above);
  add_twin(above, "before-midpoint", "(b+1) b^a <= 2.002 t", nearest_above({.midpoint = {1001, 1000}}));
  return {std::move(of_natural), std::move(of_exp), std::move(below), std::move(above)};
}

}  // namespace touchstone::inline v0::proofs::topics::rounding_to_powers
