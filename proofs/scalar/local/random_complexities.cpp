// The rows of slide 76 with random communication.
#include "proofs/scalar/local/complexity_row.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"

namespace touchstone::inline v0::proofs::topics::local_random_complexities {

namespace {

using Change = SmallerLocalComplexity;

LocalNeighbourhood<Term> neighbourhood(const LocalComplexityRow& row, const LocalConstants<Term>& c,
                                       const Term& p) {
  return local_neighbourhood_terms(c, row.L, discrepancy_noise(c, random_communication(c, p)));
}

/// q = p, so that 4/rho1 = 4/p, and p r >= 1.
Statement ss_row(const Change& change, bool with_smoothness) {
  Statement s;
  LocalComplexityRow row(s, change);
  row.with_workers();
  row.with_accuracy();
  const Term p = row.probability();
  const Term samples = row.positive("samples", "r, samples of a shift");
  const Term v = row.nonnegative("variance", "of the gradients, at x* where they have an expected smoothness");
  const Term E = with_smoothness ? row.nonnegative("E", "expected smoothness") : Term(0);
  s.assume("enough-samples", less_equal(1, p * samples), "p r >= 1");
  s.assume("mu-at-most-L", less_equal(row.mu, row.L), "mu <= L");
  const Term t = with_smoothness ? row.root("t", (1 - p) * row.L * E / p) : Term(0);
  const Term r = row.root("r", (1 - p) * row.L * v / (p * row.epsilon));
  const LocalConstants<Term> c = ss_local_sgd_constants(
      row.L, row.n, p, samples, with_smoothness ? sampled_local_variance(row.L, E, v) : uniform_local_variance(v));
  std::vector<Term> parts{row.L / (p * row.mu), v / (row.n * row.mu * row.epsilon), r / row.mu};
  if (with_smoothness) parts.insert(parts.end(), {E / (row.n * row.mu), t / row.mu});
  row.conclude(
      c,
      with_smoothness ? ss_local_sgd_sampled_stepsize(row.L, E, row.n, p) : ss_local_sgd_uniform_stepsize(row.L, p),
      neighbourhood(row, c, p),
      {.factor = 1 / p, .noise_smoothness = E, .smoothness_root = t, .variance = v, .noise_root = r},
      with_smoothness ? ss_local_sgd_sampled_complexity_factor : ss_local_sgd_uniform_complexity_factor, parts);
  s.hint({"mu-at-most-L"}, 1 / (p * row.mu));
  const Term unit = row.L * v / (p * row.epsilon * row.mu * row.mu);
  s.hint({"p-at-most-one", "enough-samples"}, unit / (p * samples));
  s.hint({"p-at-most-one", "p-at-most-one"}, unit / (p * samples));
  s.redundant({"L-positive", "mu-positive", "p-positive", "samples-positive"});
  if (with_smoothness)
    s.hint({"p-at-most-one"}, row.L / (p * row.mu));
  else
    s.redundant({"p-at-most-one"});
  return s;
}
Statement ss_uniform(const Change& change) {
  return ss_row(change, false);
}
Statement ss_sampled(const Change& change) {
  return ss_row(change, true);
}

/// With one sequence, and with two.
Statement s_svrg_row(const Change& change, bool sharp) {
  Statement s;
  LocalComplexityRow row(s, change);
  row.with_workers();
  const Term p = row.probability();
  const Term q = row.positive("q", "1/m, probability of a new reference point");
  const Term component_L = row.nonnegative("Lc", "largest smoothness of an f_ij");
  const Term t = row.root("t", (1 - p) * row.L * component_L / (sharp ? p : p * p));
  const LocalConstants<Term> c = sharp ? s_local_svrg_sharp_constants(row.L, component_L, row.n, q)
                                       : s_local_svrg_constants(row.L, component_L, row.n, q);
  row.conclude(c,
               sharp ? s_local_svrg_sharp_stepsize(row.L, component_L, row.n, p)
                     : s_local_svrg_stepsize(row.L, component_L, row.n, p),
               neighbourhood(row, c, p),
               {.memory = 1 / q, .factor = 1 / p, .noise_smoothness = component_L, .smoothness_root = t},
               sharp ? s_local_svrg_sharp_complexity_factor : s_local_svrg_complexity_factor,
               {1 / q, row.L / (p * row.mu), component_L / (row.n * row.mu), t / row.mu});
  s.hint({"p-at-most-one"}, row.L / (p * row.mu));
  return s;
}
Statement s_svrg(const Change& change) {
  return s_svrg_row(change, false);
}
Statement s_svrg_sharp(const Change& change) {
  return s_svrg_row(change, true);
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string noise = " + variance/(n mu epsilon) + sqrt((1 - p) L variance/(p epsilon))/mu";
  const std::map<std::string, Rational> at_one{{"L", 1}, {"mu", 1},      {"n", 1},        {"epsilon", 1},
                                               {"p", 1}, {"samples", 1}, {"variance", 0}, {"r", 0}};
  const std::map<std::string, Rational> noisy_smoothness{{"L", 1},        {"mu", 1},     {"n", 1000000},
                                                         {"epsilon", 1},  {"p", {1, 2}}, {"samples", 2},
                                                         {"variance", 0}, {"q", 1},      {"t", 1000}};
  const std::map<std::string, Rational> smooth{{"L", 1000}, {"mu", 1}, {"n", 1}, {"p", 1}, {"q", 1}, {"Lc", 0}};
  std::vector<Obligation> all;
  for (const LocalComplexity& of : std::vector<LocalComplexity>{
           {"ss-local-sgd-uniform", "SS-Local-SGD, uniform variance", "ss_local_sgd.hpp", "L/(p mu)" + noise,
            ss_local_sgd_uniform_complexity_factor, ss_uniform, at_one},
           {"ss-local-sgd-sampled", "SS-Local-SGD, expected smoothness", "ss_local_sgd.hpp",
            "(L/p + E/n + sqrt((1 - p) L E/p))/mu" + noise, ss_local_sgd_sampled_complexity_factor, ss_sampled,
            noisy_smoothness},
           {"s-local-svrg", "S-Local-SVRG", "s_local_svrg.hpp",
            "m + (L/p + component_L/n + sqrt((1 - p) L component_L)/p)/mu", s_local_svrg_complexity_factor, s_svrg,
            noisy_smoothness},
           {"s-local-svrg-sharp", "S-Local-SVRG with two sequences", "s_local_svrg.hpp",
            "m + (L/p + component_L/n + sqrt((1 - p) L component_L/p))/mu", s_local_svrg_sharp_complexity_factor,
            s_svrg_sharp, smooth}})
    all.push_back(local_complexity_obligation(of));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_random_complexities
