// The stepsizes of the rows of chapter 4 with random communication.
#include "proofs/scalar/local/stepsize_row.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"

namespace touchstone::inline v0::proofs::topics::local_random_stepsizes {

namespace {

/// gamma L/p
Term a(const StepsizeRow& row, const Term& p) {
  return row.gamma() * row.L() / p;
}

/// (1 - p)(2 + p) a^2 = (2 - p - p^2) a^2 is at most 2 a^2, and eta = gamma mu at most a p.
void hint_communication(Statement& s, const StepsizeRow& row, const std::string& name, const Term& p) {
  row.hint_square(name, a(row, p));
  s.hint({}, p * a(row, p) * a(row, p));
  s.hint({}, p * p * a(row, p) * a(row, p));
  row.hint_margin();
  s.hint({"mu-at-most-L"}, row.gamma() / p);
}

Statement ss_local_sgd_uniform(const StepsizeChange& change) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term p = row.probability();
  const Term q = row.divisor("q", "probability of new shifts");
  const Term mu = row.convexity();
  const Term any = 1;
  const LocalConstants<Term> c = ss_local_sgd_constants(row.L(), any, q, any, uniform_local_variance<Term>(0));
  row.declare(ss_local_sgd_uniform_stepsize(row.L(), p));
  row.conclude(c, random_communication(c, p), mu);
  s.redundant({"p-positive"});
  hint_communication(s, row, "stepsize-1", p);
  s.hint({"p-at-most-one"}, a(row, p));
  return s;
}

Statement ss_local_sgd_sampled(const StepsizeChange& change) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term p = row.probability();
  const Term q = row.divisor("q", "probability of new shifts");
  const Term r = row.divisor("r", "samples of a shift");
  const Term mu = row.convexity();
  const Term E = row.expected_smoothness();
  const Term n = row.workers();
  s.assume("enough-samples", less_equal(1, p * r), "p r >= 1");
  const LocalConstants<Term> c =
      ss_local_sgd_constants<Term>(row.L(), n, q, r, sampled_local_variance<Term>(row.L(), E, 0));
  row.declare(ss_local_sgd_sampled_stepsize(row.L(), E, n, p));
  row.conclude(c, random_communication(c, p), mu);
  s.redundant({"p-positive", "p-at-most-one", "r-positive", "E-nonnegative", "n-positive"});
  s.hint({"stepsize-1"});
  hint_communication(s, row, "stepsize-2", p);
  s.hint({"square-1"});
  const Term b = row.L() * E * row.gamma() * row.gamma() / p;  // times 1 - p
  s.hint({"p-at-most-one", "enough-samples"}, b / (p * r));
  s.hint({"p-at-most-one", "p-at-most-one"}, b / (p * r));
  return s;
}

/// With one sequence, and with two.
Statement s_local_svrg_row(const StepsizeChange& change, bool sharp) {
  Statement s;
  const StepsizeRow row(s, change);
  const Term p = row.probability();
  const Term q = row.divisor("q", "probability of a new reference point");
  const Term mu = row.convexity();
  const Term E = row.component_smoothness();
  const Term n = row.workers();
  const LocalConstants<Term> c =
      sharp ? s_local_svrg_sharp_constants(row.L(), E, n, q) : s_local_svrg_constants(row.L(), E, n, q);
  row.declare(sharp ? s_local_svrg_sharp_stepsize(row.L(), E, n, p) : s_local_svrg_stepsize(row.L(), E, n, p));
  row.conclude(c, random_communication(c, p), mu);
  s.redundant({"p-positive", "p-at-most-one", "Lc-nonnegative", "n-positive"});
  row.hint_bound("stepsize-1", {row.gamma() * E / n});
  hint_communication(s, row, "stepsize-2", p);
  s.hint({"square-1"});
  if (!sharp) s.hint({"p-at-most-one", "p-at-most-one"}, row.L() * E * row.gamma() * row.gamma() / (p * p));
  return s;
}
Statement s_local_svrg(const StepsizeChange& change) {
  return s_local_svrg_row(change, false);
}
Statement s_local_svrg_sharp(const StepsizeChange& change) {
  return s_local_svrg_row(change, true);
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string s_svrg_step = "gamma <= 1/(4L + 40 component_L/(3n)), ";
  std::vector<Obligation> all;
  for (const StepsizeObligation& of : std::vector<StepsizeObligation>{
           {"ss-local-sgd-uniform",
            "SS-Local-SGD, uniform variance",
            "ss_local_sgd.hpp",
            {"gamma <= p/(30 L)"},
            ss_local_sgd_uniform,
            {.S4 = {47, 50}},
            {103, 100}},
           {"ss-local-sgd-sampled",
            "SS-Local-SGD, expected smoothness",
            "ss_local_sgd.hpp",
            {"gamma <= 1/(4L + 8E/n), p/(42 L), 2601 (1 - p) L E gamma^2 <= p, p r >= 1"},
            ss_local_sgd_sampled,
            {.S4 = {21, 25}}},
           {"s-local-svrg",
            "S-Local-SVRG",
            "s_local_svrg.hpp",
            {s_svrg_step + "p/(32 L), 1936 (1 - p) L component_L gamma^2 <= p^2"},
            s_local_svrg,
            {.S4 = {3, 5}}},
           {"s-local-svrg-sharp",
            "S-Local-SVRG with two sequences",
            "s_local_svrg.hpp",
            {s_svrg_step + "p/(42 L), 900 (1 - p) L component_L gamma^2 <= p"},
            s_local_svrg_sharp,
            {.S4 = {19, 20}}}})
    all.push_back(stepsize_obligation(of));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_random_stepsizes
