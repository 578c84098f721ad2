// The rows of slide 76 with a deterministic schedule.
#include "proofs/scalar/local/complexity_row.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"

namespace touchstone::inline v0::proofs::topics::local_complexities {

namespace {

using Change = SmallerLocalComplexity;

/// A row with noise: its accuracy matters.
LocalComplexityRow noisy(Statement& s, const Change& change) {
  LocalComplexityRow row(s, change);
  row.with_workers();
  row.with_accuracy();
  return row;
}

Term variance_of(const LocalComplexityRow& row) {
  return row.nonnegative("variance", "of the gradients, at x* where they have an expected smoothness");
}

Term zeta_of(const LocalComplexityRow& row, const std::string& of) {
  return row.nonnegative("zeta", "mean of |" + of + "|^2");
}

LocalNeighbourhood<Term> neighbourhood(const LocalComplexityRow& row, const LocalConstants<Term>& c,
                                       const Term& tau) {
  return local_neighbourhood_terms(c, row.L, discrepancy_noise(c, deterministic_communication(c, tau)));
}

Statement direct(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term v = variance_of(row), zeta = zeta_of(row, "grad f_i(x) - grad f(x)");
  const Term alpha = s.variable("alpha", "(1 + 1/(tau - 1))^{tau-1}");
  s.assume("alpha-at-most", less_equal(alpha, 3), "it is less than e");
  const Term r = row.root("r", row.L * tau * (v + tau * zeta) / row.epsilon);
  const Term unit = row.L / (row.epsilon * row.mu * row.mu);
  const LocalConstants<Term> c = local_sgd_constants<Term>(row.L, row.n, 0, uniform_local_variance(v));
  row.conclude(c, local_sgd_direct_stepsize(row.L),
               local_neighbourhood_terms(c, row.L, direct_discrepancy_bound(c, tau, alpha, zeta).D3),
               {.variance = v, .noise_root = r}, local_sgd_direct_complexity_factor,
               {row.L / row.mu, v / (row.n * row.mu * row.epsilon), r / row.mu}, {unit * v, unit * zeta});
  s.hint({"alpha-at-most"}, unit * steps * (v + (steps + 2) * zeta));
  s.redundant({"mu-positive"});
  return s;
}

Statement uniform(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term v = variance_of(row), zeta = zeta_of(row, "grad f_i(x*)");
  const Term unit = row.L * steps / (row.epsilon * row.mu * row.mu);
  const Term r = row.root("r", row.L * steps * (v + steps * zeta) / row.epsilon);
  const LocalConstants<Term> c = local_sgd_constants(row.L, row.n, zeta, uniform_local_variance(v));
  row.conclude(c, local_sgd_uniform_stepsize(row.L, tau), neighbourhood(row, c, tau),
               {.factor = tau, .variance = v, .noise_root = r}, local_sgd_uniform_complexity_factor,
               {row.L / row.mu, steps * row.L / row.mu, v / (row.n * row.mu * row.epsilon), r / row.mu},
               {unit * v, unit * steps * zeta});
  s.redundant({"mu-positive", "zeta-nonnegative"});
  return s;
}

Statement s_star(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term v = variance_of(row);
  const Term r = row.root("r", row.L * steps * v / row.epsilon);
  const LocalConstants<Term> c = s_star_local_sgd_constants(row.L, row.n, uniform_local_variance(v));
  row.conclude(c, s_star_local_sgd_stepsize(row.L, tau), neighbourhood(row, c, tau),
               {.factor = tau, .variance = v, .noise_root = r}, s_star_local_sgd_complexity_factor,
               {row.L / row.mu, steps * row.L / row.mu, v / (row.n * row.mu * row.epsilon), r / row.mu});
  s.redundant({"mu-positive"});
  return s;
}

Statement contracting(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term v = variance_of(row), zeta = zeta_of(row, "grad f_i(x) - grad f(x)");
  const Term E = row.nonnegative("E", "expected smoothness");
  const Term t = row.root("t", steps * row.L * E);
  const Term r = row.root("r", row.L * steps * v / row.epsilon);
  const Term difference = row.L * steps * zeta;
  const LocalConstants<Term> c = local_sgd_constants<Term>(row.L, row.n, 0, sampled_local_variance(row.L, E, v));
  row.conclude(
      c, local_sgd_contracting_stepsize(row.L, E, row.n, tau),
      contracting_neighbourhood_terms(c, row.L, row.mu, tau, zeta),
      {.noise_smoothness = E, .smoothness_root = t, .variance = v, .difference = difference, .noise_root = r},
      local_sgd_contracting_complexity_factor,
      {row.L / row.mu, E / (row.n * row.mu), t / row.mu, v / (row.n * row.mu * row.epsilon),
       difference / (row.mu * row.mu * row.epsilon), r / row.mu});
  return s;
}

Statement sampled(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term v = variance_of(row), zeta = zeta_of(row, "grad f_i(x*)");
  const Term E = row.nonnegative("E", "expected smoothness");
  const Term t = row.root("t", steps * row.L * E);
  const Term r = row.root("r", row.L * steps * (v + steps * zeta) / row.epsilon);
  const Term unit = row.L * steps / (row.epsilon * row.mu * row.mu);
  const LocalConstants<Term> c = local_sgd_constants(row.L, row.n, zeta, sampled_local_variance(row.L, E, v));
  row.conclude(c, local_sgd_sampled_stepsize(row.L, E, row.n, tau), neighbourhood(row, c, tau),
               {.factor = tau, .noise_smoothness = E, .smoothness_root = t, .variance = v, .noise_root = r},
               local_sgd_sampled_complexity_factor,
               {row.L / row.mu, steps * row.L / row.mu, E / (row.n * row.mu), t / row.mu,
                v / (row.n * row.mu * row.epsilon), r / row.mu},
               {unit * v, unit * steps * zeta});
  s.redundant({"mu-positive", "zeta-nonnegative"});
  return s;
}

Statement svrg_contracting(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term zeta = zeta_of(row, "grad f_i(x) - grad f(x)");
  const Term q = row.positive("q", "1/m, probability of a new reference point");
  const Term component_L = row.nonnegative("Lc", "largest smoothness of an f_ij");
  const Term t = row.root("t", steps * row.L * component_L);
  const Term difference = row.L * steps * zeta;
  const LocalConstants<Term> c = local_svrg_constants<Term>(row.L, component_L, row.n, q, 0);
  row.conclude(c, local_svrg_contracting_stepsize(row.L, component_L, row.n, tau),
               contracting_neighbourhood_terms(c, row.L, row.mu, tau, zeta),
               {.memory = 1 / q, .noise_smoothness = component_L, .smoothness_root = t, .difference = difference},
               local_svrg_contracting_complexity_factor,
               {1 / q, row.L / row.mu, component_L / (row.n * row.mu), t / row.mu,
                difference / (row.mu * row.mu * row.epsilon)});
  return s;
}

Statement svrg(const Change& change) {
  Statement s;
  const LocalComplexityRow row = noisy(s, change);
  const Term steps = row.steps(), tau = steps + 1;
  const Term zeta = zeta_of(row, "grad f_i(x*)");
  const Term q = row.positive("q", "1/m, probability of a new reference point");
  const Term component_L = row.nonnegative("Lc", "largest smoothness of an f_ij");
  const Term t = row.root("t", steps * row.L * component_L);
  const Term r = row.root("r", row.L * steps * steps * zeta / row.epsilon);
  const LocalConstants<Term> c = local_svrg_constants(row.L, component_L, row.n, q, zeta);
  row.conclude(
      c, local_svrg_stepsize(row.L, component_L, row.n, tau), neighbourhood(row, c, tau),
      {.memory = 1 / q, .factor = tau, .noise_smoothness = component_L, .smoothness_root = t, .noise_root = r},
      local_svrg_complexity_factor,
      {1 / q, row.L / row.mu, steps * row.L / row.mu, component_L / (row.n * row.mu), t / row.mu, r / row.mu});
  s.redundant({"epsilon-positive", "zeta-nonnegative"});
  return s;
}

Statement star_star(const Change& change) {
  Statement s;
  LocalComplexityRow row(s, change);
  row.with_workers();
  const Term steps = row.steps(), tau = steps + 1;
  const Term component_L = row.nonnegative("Lc", "largest smoothness of an f_ij");
  const Term t = row.root("t", steps * row.L * component_L);
  const LocalConstants<Term> c = s_star_local_sgd_star_constants(row.L, component_L, row.n);
  row.conclude(c, s_star_local_sgd_star_stepsize(row.L, component_L, row.n, tau), neighbourhood(row, c, tau),
               {.factor = tau, .noise_smoothness = component_L, .smoothness_root = t},
               s_star_local_sgd_star_complexity_factor,
               {row.L / row.mu, steps * row.L / row.mu, component_L / (row.n * row.mu), t / row.mu});
  s.redundant({"mu-positive"});
  return s;
}

std::map<std::string, Rational> with(std::map<std::string, Rational> more) {
  more.insert({{"L", 1}, {"mu", 1}, {"n", 1}, {"epsilon", 1}, {"steps", 1}, {"q", 1}});
  return more;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string v = " + variance/(n mu epsilon)";
  const std::string t = "sqrt((tau - 1) L E)";
  const std::string tc = "sqrt((tau - 1) L component_L)";
  const std::string with_zeta = " + sqrt(L (tau - 1)(variance + (tau - 1) zeta)/epsilon)/mu";
  const std::string d = " + L (tau - 1) zeta/(mu^2 epsilon)";
  const Rational large = 1000, larger = 1000000;
  std::vector<Obligation> all;
  for (const LocalComplexity& of : std::vector<LocalComplexity>{
           {"local-sgd-direct", "Local-SGD, uniform variance, workers of bounded difference", "local_sgd.hpp",
            "L/mu" + v + " + sqrt(L tau (variance + tau zeta)/epsilon)/mu", local_sgd_direct_complexity_factor,
            direct, with({{"steps", 0}, {"zeta", 0}, {"r", 100}, {"alpha", 1}})},
           {"local-sgd-uniform", "Local-SGD, uniform variance", "local_sgd.hpp", "tau L/mu" + v + with_zeta,
            local_sgd_uniform_complexity_factor, uniform, with({{"variance", 0}, {"r", 100}})},
           {"local-sgd-contracting",
            "Local-SGD, expected smoothness, workers of bounded difference, strongly convex", "local_sgd.hpp",
            "(L + E/n + " + t + ")/mu" + v + d + " + sqrt(L (tau - 1) variance/epsilon)/mu",
            local_sgd_contracting_complexity_factor, contracting,
            with({{"variance", 0}, {"E", 0}, {"zeta", large}})},
           {"local-sgd-sampled", "Local-SGD, expected smoothness", "local_sgd.hpp",
            "(tau L + E/n + " + t + ")/mu" + v + with_zeta, local_sgd_sampled_complexity_factor, sampled,
            with({{"variance", 0}, {"zeta", 0}, {"t", large}, {"n", larger}})},
           {"local-svrg-contracting", "Local-SVRG, workers of bounded difference, strongly convex",
            "local_svrg.hpp", "m + (L + component_L/n + " + tc + ")/mu" + d,
            local_svrg_contracting_complexity_factor, svrg_contracting, with({{"Lc", 0}, {"zeta", large}})},
           {"local-svrg", "Local-SVRG", "local_svrg.hpp",
            "m + (tau L + component_L/n + " + tc + ")/mu + sqrt(L (tau - 1)^2 zeta/epsilon)/mu",
            local_svrg_complexity_factor, svrg, with({{"zeta", 0}, {"t", large}, {"n", larger}})},
           {"s-star-local-sgd", "S*-Local-SGD, uniform variance", "s_star_local_sgd.hpp",
            "tau L/mu" + v + " + sqrt(L (tau - 1) variance/epsilon)/mu", s_star_local_sgd_complexity_factor, s_star,
            with({{"steps", 100}, {"variance", 0}})},
           {"s-star-local-sgd-star", "S*-Local-SGD*", "s_star_local_sgd_star.hpp",
            "(tau L + component_L/n + " + tc + ")/mu", s_star_local_sgd_star_complexity_factor, star_star,
            with({{"steps", 100}, {"Lc", 0}})}})
    all.push_back(local_complexity_obligation(of));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_complexities
