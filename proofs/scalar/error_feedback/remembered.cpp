// The constants of arXiv:2010.12292 as they are remembered, beside those derived here: where they are enough, and where
// not.
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_remembered_constants {

namespace {

/// M2 = 4 (B2' + (4/3) G)/(3 rho2), without B1', closes the coefficient of s2 where B1' <= `limit`.
Statement weight(const Rational& limit = 1) {
  Statement s;
  const ErrorFeedbackConstants<Term> c = error_feedback_constants(s);
  const Term& B1 = c.mean.B1;
  const Term& G = c.shift->G;
  const Term& rho2 = c.sampling->rho;
  s.redundant({"B1_mean-nonnegative", "B2_mean-nonnegative", "rho1-positive"});
  s.assume("B1-small", less_equal(B1, Term(limit)), "B1' <= 1");
  const Term M1 = lyapunov_weights(c, c.mean).shift;
  const Term M2 = 4 * (c.mean.B2 + 4 * G / 3) / (3 * rho2);
  s.conclude(less_equal(M2 * (1 - rho2) + c.mean.B2 + M1 * G * c.shift->rho, M2 * (1 - rho2 / 4)));
  s.hint({"B1-small", "G-nonnegative"}, Term(Rational(4, 3)));
  return s;
}

/// coefficient (2 mean/delta + variance) is at least coefficient times (k mean + q variance), and grows with 1/(1 -
/// eta) to the given power.
void hint_growth(Statement& s, const Term& delta, const Term& coefficient, const Term& mean, const Term& variance,
                 std::size_t power) {
  std::vector<std::string> growth;
  for (std::size_t i = 0; i <= power; ++i) {
    for (const Term& factor : {mean / delta, mean, variance, delta * variance})
      s.hint(growth, coefficient * factor);
    growth.emplace_back("inverse-at-least-one");
  }
  s.hint({"delta-at-most-one"}, coefficient * mean);
}

/// Z is at most 2A/delta + A~ + 2r ((C1/rho1 + 2 G C2 r/rho2)(2 B1/delta + B1~) + (C2/rho2)(2 B2/delta + B2~)).
Statement radicand(const Rational& factor = 1) {
  Statement s;
  const Term delta = contraction_delta(s);
  const Term inverse = s.variable("inverse", "1/(1 - eta)");
  s.assume("inverse-at-least-one", less_equal(1, inverse), "0 <= eta < 1");
  const auto bound = [&](const std::string& suffix, const std::string& meaning) {
    return MomentBound<Term>{s.nonnegative("A_" + suffix, "before 2 gap in " + meaning),
                             s.nonnegative("B1_" + suffix, "before s1 in " + meaning),
                             s.nonnegative("B2_" + suffix, "before s2 in " + meaning), 0};
  };
  const MomentBound<Term> mean = bound("worker_mean", "(P2)");
  const MomentBound<Term> variance = bound("worker_variance", "(P3)");
  const ShiftVariance<Term> shift{s.positive("rho1", "decay of s1"), s.nonnegative("C1", "before 2 gap in (P5)"),
                                  s.nonnegative("G", "before rho1 s2 in (P5)"), 0};
  const SamplingVariance<Term> sampling{s.positive("rho2", "decay of s2"),
                                        s.nonnegative("C2", "before 2 gap in (P6)")};
  const ErrorCompensationConstants<Term> c{{{0, 0, 0, 0}, shift, sampling}, mean, variance};
  const Term b1 = 2 * mean.B1 / delta + variance.B1;
  const Term b2 = 2 * mean.B2 / delta + variance.B2;
  const Term of_s1 = shift.C / shift.rho;
  const Term of_s2 = sampling.C / sampling.rho;
  const Term remembered =
      2 * mean.A / delta + variance.A + 2 * inverse * ((of_s1 + 2 * shift.G * of_s2 * inverse) * b1 + of_s2 * b2);
  s.conclude(less_equal(weighted_smoothness(c, compressed_moments(c, delta)), Term(factor) * remembered));
  hint_growth(s, delta, 1, mean.A, variance.A, 0);
  hint_growth(s, delta, of_s1, mean.B1, variance.B1, 1);
  hint_growth(s, delta, of_s2, mean.B2, variance.B2, 1);
  hint_growth(s, delta, shift.G * of_s2, mean.B1, variance.B1, 2);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      const Statement& statement) {
  const std::string id = "error-feedback/theorem/remembered-" + name;
  Obligation o{.id = id,
               .claim = id,
               .title = title,
               .source = "arXiv:2010.12292, as remembered; derived",
               .generated_from = "theory/error_feedback/theorem.hpp, theory/error_feedback/error_compensation.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation M2 = obligation(
      "weight", "M2 without B1' is enough where B1' <= 1",
      {"M2 = 4 (B2' + (4/3) G)/(3 rho2), B1' <= 1", "=>  M2 (1 - rho2) + B2' + M1 G rho1 <= M2 (1 - rho2/4)"},
      weight());
  add_twin(M2, "larger-B1", "B1' <= 2", weight(2));
  Obligation Z =
      obligation("radicand", "The remembered stepsize is never larger",
                 {"Z <= 2A/delta + A~ + 2/(1 - eta) ((C1/rho1 + 2 G C2/(rho2 (1 - eta)))(2 B1/delta + B1~) + "
                  "(C2/rho2)(2 B2/delta + B2~))"},
                 radicand());
  add_twin(Z, "smaller", "0.999 of the remembered bound", radicand({999, 1000}));
  return {std::move(M2), std::move(Z)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_remembered_constants
