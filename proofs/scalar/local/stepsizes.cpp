// The stepsizes of the rows of chapter 4 with a deterministic schedule.
#include "proofs/scalar/local/stepsize_row.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"

namespace touchstone::inline v0::proofs::topics::local_stepsizes {

namespace {

/// The noise is in no condition.
LocalMomentBound<Term> uniform() {
  return uniform_local_variance<Term>(0);
}
LocalMomentBound<Term> sampled(const Term& L, const Term& E) {
  return sampled_local_variance<Term>(L, E, 0);
}

/// gamma L (tau - 1)
Term a(const StepsizeRow& row, const Term& steps) {
  return row.gamma() * row.L() * steps;
}

/// eta = gamma mu is small enough where gamma L (tau - 1) is.
void hint_eta(Statement& s, const StepsizeRow& row, const Term& steps) {
  s.hint({"mu-at-most-L"}, row.gamma() * steps);
}

Statement direct(const StepsizeChange& change) {
  Statement s;
  const StepsizeRow row(s, change);
  row.declare(local_sgd_direct_stepsize(row.L()));
  row.conclude_step(local_sgd_constants<Term>(row.L(), 1, 0, uniform()));
  s.conclude(less_equal(row.L() * row.gamma(), 1));
  s.redundant({"gamma-positive"});
  s.hint({"stepsize-1"});
  row.hint_margin();
  return s;
}

/// Without noise in a condition: `c` for any n.
Statement uniform_row(const StepsizeChange& change, bool star) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term steps = row.steps();
  const Term mu = row.convexity();
  const LocalConstants<Term> c = star ? s_star_local_sgd_constants<Term>(row.L(), 1, uniform())
                                      : local_sgd_constants<Term>(row.L(), 1, 0, uniform());
  row.declare(star ? s_star_local_sgd_stepsize<Term>(row.L(), steps + 1)
                   : local_sgd_uniform_stepsize<Term>(row.L(), steps + 1));
  row.conclude(c, deterministic_communication<Term>(c, steps + 1), mu);
  s.hint({"stepsize-1"});
  row.hint_square("stepsize-2", a(row, steps));
  row.hint_margin();
  hint_eta(s, row, steps);
  return s;
}
Statement local_sgd_uniform(const StepsizeChange& change) {
  return uniform_row(change, false);
}
Statement s_star_local_sgd(const StepsizeChange& change) {
  return uniform_row(change, true);
}

Statement local_sgd_contracting(const StepsizeChange& change) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term steps = row.steps();
  const Term E = row.expected_smoothness();
  const Term n = row.workers();
  const LocalConstants<Term> c = local_sgd_constants<Term>(row.L(), n, 0, sampled(row.L(), E));
  row.declare(local_sgd_contracting_stepsize<Term>(row.L(), E, n, steps + 1));
  const Term any_mu = 1;
  row.conclude(c, contracting_communication<Term>(c, steps + 1, row.gamma(), any_mu, 0), any_mu);
  s.redundant({"gamma-positive", "steps-nonnegative"});
  row.hint_bound("stepsize-1", {row.gamma() * E / n, row.gamma() * row.L()});
  s.hint({"square-1"});
  row.hint_margin();
  return s;
}

Statement local_sgd_damped(const StepsizeChange& change) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term steps = row.steps();
  const Term E = row.expected_smoothness();
  const Term n = row.workers();
  const Term mu = s.variable("mu", "quasi-strong convexity of every f_i");
  const Term alpha = s.variable("alpha", "(1 + 1/(tau - 1))^{tau-1}");
  s.assume("alpha-at-most", less_equal(alpha, 3), "it is less than e");
  const LocalConstants<Term> c = local_sgd_constants<Term>(row.L(), n, 0, sampled(row.L(), E));
  row.declare(local_sgd_damped_stepsize<Term>(row.L(), mu, E, n, steps + 1));
  row.conclude(c, damped_communication<Term>(c, steps + 1, alpha, 0), mu);
  row.hint_bound("stepsize-1", {row.gamma() * E / n, row.gamma() * row.L()});
  s.hint({"stepsize-2"});
  s.hint({"square-1"});
  s.redundant({"gamma-positive"});
  s.hint({"alpha-at-most"}, steps * row.L() * E * row.gamma() * row.gamma());
  row.hint_margin();
  return s;
}

/// Rows with deterministic communication, any workers, and a smoothness of the noise: Local-SGD's, Local-SVRG's, S*-Local-SGD*'s.
enum class Noise { sampled, reference, star_reference };

Statement with_noise(const StepsizeChange& change, Noise noise) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term steps = row.steps();
  const Term mu = row.convexity();
  const Term n = row.workers();
  const Term E = noise == Noise::sampled ? row.expected_smoothness() : row.component_smoothness();
  const Term tau = steps + 1;
  const Term& L = row.L();
  LocalConstants<Term> c = no_local_constants;
  switch (noise) {
    case Noise::sampled:
      c = local_sgd_constants<Term>(L, n, 0, sampled(L, E));
      row.declare(local_sgd_sampled_stepsize(L, E, n, tau));
      break;
    case Noise::reference:
      c = local_svrg_constants<Term>(L, E, n, row.divisor("q", "probability of a new reference point"), 0);
      row.declare(local_svrg_stepsize(L, E, n, tau));
      break;
    case Noise::star_reference:
      c = s_star_local_sgd_star_constants(L, E, n);
      row.declare(s_star_local_sgd_star_stepsize(L, E, n, tau));
      break;
  }
  row.conclude(c, deterministic_communication(c, tau), mu);
  s.redundant({noise == Noise::sampled ? "E-nonnegative" : "Lc-nonnegative"});
  s.hint({"stepsize-1"});
  row.hint_square("stepsize-2", a(row, steps));
  s.hint({"square-1"});
  row.hint_margin();
  hint_eta(s, row, steps);
  return s;
}
Statement local_sgd_sampled(const StepsizeChange& change) {
  return with_noise(change, Noise::sampled);
}
Statement local_svrg(const StepsizeChange& change) {
  return with_noise(change, Noise::reference);
}
Statement s_star_local_sgd_star(const StepsizeChange& change) {
  return with_noise(change, Noise::star_reference);
}

Statement local_svrg_contracting(const StepsizeChange& change) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term steps = row.steps();
  const Term E = row.component_smoothness();
  const Term n = row.workers();
  const Term q = row.divisor("q", "probability of a new reference point");
  const LocalConstants<Term> c = local_svrg_constants<Term>(row.L(), E, n, q, 0);
  row.declare(local_svrg_contracting_stepsize<Term>(row.L(), E, n, steps + 1));
  const Term any_mu = 1;
  row.conclude(c, contracting_communication<Term>(c, steps + 1, row.gamma(), any_mu, 0), any_mu);
  s.redundant({"gamma-positive", "steps-nonnegative"});
  row.hint_bound("stepsize-1", {row.gamma() * E / n, row.gamma() * row.L()});
  s.hint({"square-1"});
  row.hint_margin();
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational tight(999, 1000);
  std::vector<Obligation> all;
  for (const StepsizeObligation& of : std::vector<StepsizeObligation>{
           {"local-sgd-direct",
            "Local-SGD, uniform variance, workers of bounded difference",
            "local_sgd.hpp",
            {"gamma <= 1/(4L)"},
            direct,
            {.S1 = tight}},
           {"local-sgd-uniform",
            "Local-SGD, uniform variance",
            "local_sgd.hpp",
            {"gamma <= 1/(4L), 1/(12 L (tau - 1))"},
            local_sgd_uniform,
            {.S4 = {22, 25}}},
           {"local-sgd-contracting",
            "Local-SGD, expected smoothness, workers of bounded difference, strongly convex",
            "local_sgd.hpp",
            {"gamma <= 1/(4L + 8E/n), 256 (tau - 1) L E gamma^2 <= 3"},
            local_sgd_contracting,
            {.S4 = tight}},
           {"local-sgd-damped",
            "Local-SGD, expected smoothness, workers of bounded difference, convex",
            "local_sgd.hpp",
            {"gamma <= 1/(4L + 8E/n), 256 (tau - 1) L E gamma^2 <= 1, 4 (tau - 1) gamma mu <= 1"},
            local_sgd_damped,
            {.S4 = tight}},
           {"local-sgd-sampled",
            "Local-SGD, expected smoothness",
            "local_sgd.hpp",
            {"gamma <= 1/(4L + 8E/n), 1/(16 L (tau - 1)), 1024 (tau - 1) L E gamma^2 <= 3"},
            local_sgd_sampled,
            {.S4 = tight}},
           {"local-svrg-contracting",
            "Local-SVRG, workers of bounded difference, strongly convex",
            "local_svrg.hpp",
            {"gamma <= 1/(4L + 56 component_L/(3n)), 225 (tau - 1) L component_L gamma^2 <= 1"},
            local_svrg_contracting,
            {.S4 = {22, 25}}},
           {"local-svrg",
            "Local-SVRG",
            "local_svrg.hpp",
            {"gamma <= 1/(4L + 56 component_L/(3n)), 1/(16 L (tau - 1)), 841 (tau - 1) L component_L gamma^2 <= 1"},
            local_svrg,
            {.S4 = {97, 100}}},
           {"s-star-local-sgd",
            "S*-Local-SGD",
            "s_star_local_sgd.hpp",
            {"gamma <= 1/(4L), 1/(10 L (tau - 1))"},
            s_star_local_sgd,
            {.S4 = {17, 20}}},
           {"s-star-local-sgd-star",
            "S*-Local-SGD*",
            "s_star_local_sgd_star.hpp",
            {"gamma <= 1/(4L + 4 component_L/n), 1/(14 L (tau - 1)), 196 (tau - 1) L component_L gamma^2 <= 1"},
            s_star_local_sgd_star,
            {.S4 = {87, 100}}}})
    all.push_back(stepsize_obligation(of));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_stepsizes
