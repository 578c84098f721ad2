// Compressors made of compressors, and what no unbiased compressor can beat. Vectors enter through
//
//     N = |x|^2,    S = E|Q(.)|^2,    expectations over independent draws
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs::topics::combined_compressors {

namespace {

/// What a twin makes too good.
struct Change {
  Rational constant = 1;   ///< multiplies 1 + omega, omega or delta in the conclusion
  Rational condition = 1;  ///< multiplies what is assumed of a part
};

/// E|Q(y)|^2 <= (1 + omega) |y|^2; E<Q(y), x> = <y, x>.
void assume_unbiased(Statement& s, const Term& second_moment, const Term& omega, const Term& of,
                     const Change& change = {}) {
  s.assume("unbiased", less_equal(second_moment, Term(change.condition) * (1 + omega) * of),
           "Q is unbiased with omega");
}

/// Q/(1 + omega)
Statement scaled(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega = s.nonnegative("omega", "variance of Q");
  const Term S = s.variable("S", "E|Q(x)|^2");
  assume_unbiased(s, S, omega, N, change);
  const Term scale = 1 / (1 + omega);
  const Term delta = Term(change.constant) * scale;
  s.redundant({"omega-nonnegative"});
  s.conclude(less_equal(N - 2 * scale * N + scale * scale * S, (1 - delta) * N));
  s.hint({"unbiased"});
  return s;
}

/// Q(C(x))/(1 + omega)
Statement composed(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega = s.nonnegative("omega", "variance of Q");
  const Term delta = s.variable("delta", "contraction of C");
  const Term S = s.variable("S", "E|Q(c)|^2, c = C(x)");
  const Term cc = s.variable("cc", "E|c|^2");
  const Term cx = s.variable("cx", "E<c, x>");
  assume_unbiased(s, S, omega, cc, change);
  s.assume("contractive", less_equal(N - 2 * cx + cc, (1 - delta) * N), "C is contractive with delta");
  const Term scale = 1 / (1 + omega);
  s.conclude(less_equal(N - 2 * scale * cx + scale * scale * S, (1 - Term(change.constant) * scale * delta) * N));
  s.hint({"unbiased"});
  s.hint({"contractive"}, 1 + omega);
  return s;
}

/// Q(C(x)), C a projection: |x|^2 = |c|^2 + |x - c|^2, and <c, x> = |c|^2.
Statement projected(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega = s.variable("omega", "variance of Q");
  s.assume("omega-at-most-one", less_equal(omega, Term(change.condition)), "omega <= 1");
  const Term delta = s.variable("delta", "contraction of C");
  const Term S = s.variable("S", "E|Q(c)|^2, c = C(x)");
  const Term cc = s.variable("cc", "E|c|^2");
  assume_unbiased(s, S, omega, cc);
  s.assume("contractive", less_equal(N - cc, (1 - delta) * N), "C is contractive with delta");
  s.conclude(less_equal(N - 2 * cc + S, (1 - Term(change.constant) * delta * (1 - omega)) * N));
  s.hint({"unbiased"});
  s.hint({"omega-at-most-one", "contractive"});
  return s;
}

/// Q1(Q2(x))
Statement composed_unbiased(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega_1 = s.nonnegative("omega_1", "variance of Q1");
  const Term omega_2 = s.variable("omega_2", "variance of Q2");
  const Term inner = s.variable("S2", "E|Q2(x)|^2");
  const Term S = s.variable("S", "E|Q1(Q2(x))|^2");
  s.assume("outer", less_equal(S, (1 + omega_1) * inner), "Q1 is unbiased with omega_1, of draws of its own");
  s.assume("inner", less_equal(inner, Term(change.condition) * (1 + omega_2) * N), "Q2 is unbiased with omega_2");
  const Term omega = Term(change.constant) * (1 + omega_1) * (1 + omega_2) - 1;
  s.conclude(less_equal(S - N, omega * N));
  s.hint({"outer"});
  s.hint({"inner"}, 1 + omega_1);
  return s;
}

/// C(x) + Q(x - C(x)), whose error is that of Q at y = x - C(x).
Statement induced(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega = s.nonnegative("omega", "variance of Q");
  const Term delta = s.variable("delta", "contraction of C");
  const Term yy = s.variable("yy", "E|y|^2, y = x - C(x)");
  const Term S = s.variable("S", "E|Q(y)|^2");
  assume_unbiased(s, S, omega, yy, change);
  s.assume("contractive", less_equal(yy, (1 - delta) * N), "C is contractive with delta");
  s.conclude(less_equal(S - yy, Term(change.constant) * omega * (1 - delta) * N));
  s.hint({"unbiased"});
  s.hint({"contractive"}, omega);
  return s;
}

/// Q(x)/p with probability p, else 0.
Statement participation(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega = s.variable("omega", "variance of Q");
  const Term p = s.positive("p", "probability of taking part");
  const Term S = s.variable("S", "E|Q(x)|^2");
  assume_unbiased(s, S, omega, N, change);
  const Term when_sent = S / (p * p) - 2 * N / p + N;
  s.conclude(less_equal(p * when_sent + (1 - p) * N, (Term(change.constant) * (1 + omega) / p - 1) * N));
  s.hint({"unbiased"}, 1 / p);
  return s;
}

/// The mean of n independent copies of Q(x).
Statement averaged(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term omega = s.variable("omega", "variance of Q");
  const Term n = s.positive("n", "copies");
  const Term error = s.variable("error", "E|Q_i(x) - x|^2");
  const Term cross = s.variable("cross", "E<Q_i(x) - x, Q_j(x) - x> for i not j");
  s.assume("unbiased", less_equal(error, Term(change.condition) * omega * N), "Q is unbiased with omega");
  s.assume("independent", equal(cross, 0), "copies are independent, of mean x");
  s.conclude(less_equal((n * error + n * (n - 1) * cross) / (n * n), Term(change.constant) * omega / n * N));
  s.hint({"unbiased"}, 1 / n);
  s.hint({"independent"}, (n - 1) / n);
  return s;
}

/// lambda C1(x) + (1 - lambda) C2(x); more operators by induction. a and b are their errors.
Statement convex_combination(const Change& change = {}) {
  Statement s;
  const Term N = s.variable("N", "|x|^2");
  const Term lambda = s.nonnegative("lambda", "weight of C1");
  s.assume("lambda-at-most-one", less_equal(lambda, 1), "lambda <= 1");
  const Term delta_1 = s.variable("delta_1", "contraction of C1");
  const Term delta_2 = s.variable("delta_2", "contraction of C2");
  const Term aa = s.variable("aa", "E|a|^2, a = C1(x) - x");
  const Term ab = s.variable("ab", "E<a, b>, of any dependence");
  const Term bb = s.variable("bb", "E|b|^2, b = C2(x) - x");
  s.assume("contractive-1", less_equal(aa, Term(change.condition) * (1 - delta_1) * N), "C1 is contractive");
  s.assume("contractive-2", less_equal(bb, (1 - delta_2) * N), "C2 is contractive");
  s.assume("square", less_equal(0, aa - 2 * ab + bb), "0 <= E|a - b|^2");
  const Term rest = 1 - lambda;
  s.conclude(less_equal(lambda * lambda * aa + 2 * lambda * rest * ab + rest * rest * bb,
                        (1 - Term(change.constant) * (lambda * delta_1 + rest * delta_2)) * N));
  s.hint({"contractive-1"}, lambda);
  s.hint({"contractive-2", "lambda-at-most-one"});
  s.hint({"square", "lambda-at-most-one"}, lambda);
  return s;
}

/// At x = (1, ..., 1), with the indicator 1_i of Q(x)_i != 0: E Q(x)_i = E Q(x)_i 1_i = 1.
Statement density_tradeoff(const Change& change = {}) {
  Statement s;
  const Term d = s.positive("d", "dimension, |x|^2");
  const Term omega = s.variable("omega", "variance of Q");
  const Term zeta = s.positive("zeta", "expected number of nonzeros, at most");
  const Term S = s.variable("S", "E|Q(x)|^2");
  const Term Z = s.variable("Z", "sum of E 1_i");
  assume_unbiased(s, S, omega, d, change);
  s.assume("density", less_equal(Z, zeta), "zeta bounds the expected number of nonzeros");
  const Term c = d / zeta;
  s.assume("squares", less_equal(0, S - 2 * c * d + c * c * Z), "0 <= sum of E(Q(x)_i - c 1_i)^2, c = d/zeta");
  s.conclude(less_equal(d, Term(change.constant) * (1 + omega) * zeta));
  const Term p = zeta / d;
  s.conclude(less_equal((1 - p) / p, Term(change.constant) * (1 + omega) - 1));
  for (const Term& factor : {zeta / d, 1 / d}) {
    s.hint({"unbiased"}, factor);
    s.hint({"squares"}, factor);
    s.hint({"density"}, c * c * factor);
  }
  return s;
}

Obligation obligation(const std::string& id, const std::string& title, std::vector<std::string> formula,
                      Statement (*make)(const Change&), const Change& better = {.constant = {999, 1000}}) {
  Obligation o{.id = "compressor/" + id,
               .claim = "compressor/" + id,
               .title = title,
               .source = "derived",
               .generated_from = "nothing: for every compressor of the class",
               .formula = std::move(formula)};
  state(o, make({}));
  add_twin(o, "better-constant", "a constant that is better by 1/1000", make(better));
  add_twin(o, "weaker-part", "1.001 of what a part guarantees", make({.condition = {1001, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change larger_delta{.constant = {1001, 1000}};
  return {
      obligation("scaled/delta", "An unbiased compressor, scaled down",
                 {"E Q(x) = x, E|Q(x)|^2 <= (1 + omega) |x|^2",
                  "=>  E|Q(x)/(1 + omega) - x|^2 <= (1 - 1/(1 + omega)) |x|^2"},
                 scaled, larger_delta),
      obligation("composed/delta", "An unbiased compressor after a contractive one, scaled down",
                 {"E|C(x) - x|^2 <= (1 - delta) |x|^2, Q unbiased with omega, independent",
                  "=>  E|Q(C(x))/(1 + omega) - x|^2 <= (1 - delta/(1 + omega)) |x|^2"},
                 composed, larger_delta),
      obligation("projected/delta", "An unbiased compressor after a projection",
                 {"C(x) a coordinate projection, contractive with delta, Q unbiased with omega <= 1, independent",
                  "=>  E|Q(C(x)) - x|^2 <= (1 - delta (1 - omega)) |x|^2"},
                 projected, larger_delta),
      obligation("composed-unbiased/omega", "An unbiased compressor after an unbiased one",
                 {"Q1, Q2 unbiased with omega_1, omega_2, independent",
                  "=>  E|Q1(Q2(x)) - x|^2 <= ((1 + omega_1)(1 + omega_2) - 1) |x|^2"},
                 composed_unbiased),
      obligation("induced/omega", "A contractive compressor, made unbiased",
                 {"C contractive with delta, Q unbiased with omega, independent",
                  "=>  E|C(x) + Q(x - C(x)) - x|^2 <= omega (1 - delta) |x|^2"},
                 induced),
      obligation("participation/omega", "An unbiased compressor that takes part with probability p",
                 {"b = 1 with probability p, else 0, independent of Q, unbiased with omega",
                  "=>  E|b/p Q(x) - x|^2 <= ((1 + omega)/p - 1) |x|^2"},
                 participation),
      obligation(
          "averaged/omega", "The mean of n independent copies of an unbiased compressor",
          {"Q_1, ..., Q_n unbiased with omega, independent", "=>  E|(1/n) sum_i Q_i(x) - x|^2 <= (omega/n) |x|^2"},
          averaged),
      obligation("convex-combination/delta", "A convex combination of contractive compressors",
                 {"C1, C2 contractive with delta_1, delta_2, 0 <= lambda <= 1",
                  "=>  lambda C1 + (1 - lambda) C2 contractive with lambda delta_1 + (1 - lambda) delta_2"},
                 convex_combination, larger_delta),
      obligation("density-tradeoff/bound", "Variance against density: no unbiased compressor beats it",
                 {"Q unbiased with omega, on average at most zeta nonzeros",
                  "=>  (1 + omega) zeta >= d, and (1 - p)/p <= omega for p = zeta/d"},
                 density_tradeoff)};
}

}  // namespace touchstone::inline v0::proofs::topics::combined_compressors
