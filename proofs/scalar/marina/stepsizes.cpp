// The methods of the MARINA family meet the conditions of the theorem of biased estimators, for all values of their parameters. What
// an estimator does in a step is the kernel's row of it; D_i = grad f_i(x+) - grad f_i(x), D = (1/n) sum_i D_i.
#include "proofs/scalar/marina/estimator_obligations.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "touchstone/theory/marina/pp_marina.hpp"
#include "touchstone/theory/marina/vr_marina_online.hpp"

namespace touchstone::inline v0::proofs::topics::marina_stepsizes {

namespace {

using Names = std::vector<std::string>;

/// The hypothesis Y-smooth.
Term mean_change(const EstimatorSymbols& s, const Term& squared_L) {
  return s.change("Y", squared_L, "(1/n) sum_i |D_i|^2");
}

Term mean_squared_L(const EstimatorSymbols& s) {
  return s.variable("L_squared", "(1/n) sum_i L_i^2");
}

Term workers(const EstimatorSymbols& s) {
  return s.positive("n", "workers");
}

EstimatorRow marina(const EstimatorSymbols& s) {
  const Term omega = s.omega(), n = workers(s), L2 = mean_squared_L(s);
  return {.next_G = (1 - s.p) * (s.G + omega / n * mean_change(s, L2)),
          .lambda_squared = marina_lambda_squared(L2, omega, n, s.p),
          .hints = {{{"p-at-most-one", "Y-smooth"}, omega / n}}};
}

/// The variance of a batch is factor/batch times that of a component. `numerator` and `inverse` say why the factor is not negative.
EstimatorRow variance_reduced(const EstimatorSymbols& s, const Term& n, const Term& batch, const Term& factor,
                              const Names& numerator, const Term& inverse) {
  const Term omega = s.omega(), L2 = mean_squared_L(s);
  const Term component_L2 = s.variable("component_L_squared", "(1/n) sum_i component_L_i^2");
  const Term Y = mean_change(s, L2);
  const Term Z = s.change("Z", component_L2, "(1/n) sum_i (1/m_i) sum_j |D_ij - D_i|^2");
  Names of_batch{"p-at-most-one", "Z-smooth"};
  of_batch.insert(of_batch.end(), numerator.begin(), numerator.end());
  return {.next_G = (1 - s.p) * (s.G + (omega * Y + (1 + omega) * (factor * Z / batch)) / n),
          .lambda_squared = vr_marina_lambda_squared(L2, component_L2, omega, n, s.p, batch, factor),
          .hints = {{{"p-at-most-one", "Y-smooth"}, omega / n}, {of_batch, (1 + omega) * inverse / (n * batch)}}};
}

Term batch_of(const EstimatorSymbols& s) {
  return s.positive("batch", "b', components drawn");
}

EstimatorRow vr_marina(const EstimatorSymbols& s) {
  const Term n = workers(s);
  return variance_reduced(s, n, batch_of(s), 1, {}, 1);
}

EstimatorRow vr_marina_without_replacement(const EstimatorSymbols& s) {
  const Term n = workers(s), batch = batch_of(s), others = s.positive("others", "m - 1"), m = others + 1;
  s.assume("batch-at-most-m", less_equal(batch, m), "b' <= m");
  return variance_reduced(s, n, batch, without_replacement_factor(m, batch), {"batch-at-most-m"}, 1 / others);
}

EstimatorRow vr_marina_online(const EstimatorSymbols& s) {
  const Term n = workers(s);
  EstimatorRow row = variance_reduced(s, n, batch_of(s), 1, {}, 1);
  const Term large = s.positive("large_batch", "b, samples of a full gradient");
  const Term sigma2 = s.variable("sigma_squared", "bound on the variance of a sample");
  const Term V = s.variable("V", "(1/n) sum_i E|grad f_{xi,i}(x+) - grad f_i(x+)|^2");
  s.assume("variance", less_equal(V, sigma2), "of a sample, at x+");
  row.nu = vr_marina_online_noise(sigma2, n, large);
  row.next_G = row.next_G + s.p * V / (n * large);
  row.hints.push_back({{"variance"}, s.p / (n * large)});
  return row;
}

/// E|(1/n) sum_i Q_i(D_i) - D|^2 <= A (1/n) sum_i |D_i|^2 - B |D|^2, or for sampled workers.
struct Collection {
  JointConstants<Term> constants;
  std::vector<EstimatorHint> A, B;  ///< 0 <= A, 0 <= B, as sums of products
};

EstimatorHint times(EstimatorHint sign, const Names& further) {
  sign.hypotheses.insert(sign.hypotheses.end(), further.begin(), further.end());
  return sign;
}

/// |D|^2 is left out.
EstimatorRow simple(const EstimatorSymbols& s, const Collection& of) {
  const Term L2 = mean_squared_L(s);
  const Term Y = mean_change(s, L2);
  const Term D = s.nonnegative("D", "|D|^2");
  EstimatorRow row{.next_G = (1 - s.p) * (s.G + of.constants.A * Y - of.constants.B * D),
                   .lambda_squared = pp_marina_lambda_squared(of.constants, L2, s.p),
                   .hints = {}};
  for (const EstimatorHint& sign : of.A) row.hints.push_back(times(sign, {"p-at-most-one", "Y-smooth"}));
  for (const EstimatorHint& sign : of.B) row.hints.push_back(times(sign, {"p-at-most-one", "D-nonnegative"}));
  return row;
}

/// `difference` says why A >= B.
EstimatorRow sharp(const EstimatorSymbols& s, const Collection& of, const std::vector<EstimatorHint>& difference) {
  const auto& [A, B] = of.constants;
  const Term plus = s.variable("plus_squared", "L+^2");
  const Term plus_minus = s.variable("plus_minus_squared", "L+-^2");
  const Term Y = mean_change(s, plus);
  const Term C = s.change("C", plus_minus, "(1/n) sum_i |D_i - D|^2 = (1/n) sum_i |D_i|^2 - |D|^2");
  EstimatorRow row{.next_G = (1 - s.p) * (s.G + A * Y - B * (Y - C)),
                   .lambda_squared = joint_marina_lambda_squared(of.constants, plus, plus_minus, s.p),
                   .hints = {}};
  for (const EstimatorHint& sign : difference) row.hints.push_back(times(sign, {"p-at-most-one", "Y-smooth"}));
  for (const EstimatorHint& sign : of.B) row.hints.push_back(times(sign, {"p-at-most-one", "C-smooth"}));
  return row;
}

struct Slots {
  Term omega, r;
};

Slots slots(const EstimatorSymbols& s) {
  return {s.omega(), s.positive("r", "slots")};
}

Collection with_replacement(const Slots& of) {
  return {pp_marina_constants(of.omega, of.r), {{{}, (1 + of.omega) / of.r}}, {{{}, 1 / of.r}}};
}

Collection without_replacement(const EstimatorSymbols& s, const Slots& of) {
  const Term others = s.positive("others", "n - 1"), n = others + 1;
  s.assume("r-at-most-n", less_equal(of.r, n), "r <= n");
  const EstimatorHint B{{"r-at-most-n"}, 1 / (of.r * others)};
  return {pp_marina_without_replacement_constants(of.omega, n, of.r), {B, {{}, of.omega / of.r}}, {B}};
}

EstimatorRow pp_marina(const EstimatorSymbols& s) {
  return simple(s, with_replacement(slots(s)));
}

EstimatorRow pp_marina_sharp(const EstimatorSymbols& s) {
  const Slots of = slots(s);
  return sharp(s, with_replacement(of), {{{}, of.omega / of.r}});
}

EstimatorRow pp_marina_without_replacement(const EstimatorSymbols& s) {
  return simple(s, without_replacement(s, slots(s)));
}

EstimatorRow pp_marina_without_replacement_sharp(const EstimatorSymbols& s) {
  const Slots of = slots(s);
  return sharp(s, without_replacement(s, of), {{{}, of.omega / of.r}});
}

EstimatorRow joint(const EstimatorSymbols& s) {
  const Term A = s.variable("A", "A of the collection");
  const Term B = s.nonnegative("B", "B of the collection");
  s.assume("A-at-least-B", less_equal(B, A), "B <= A");
  return sharp(s, {{A, B}, {}, {{{}, B}}}, {{{"A-at-least-B"}, 1}});
}

EstimatorRow shared_rand_k(const EstimatorSymbols& s) {
  const Term omega = s.omega(), minus = s.variable("minus_squared", "L-^2, of the gradient of f");
  const Term D = s.change("D", minus, "|D|^2");
  return {.next_G = (1 - s.p) * (s.G + omega * D),
          .lambda_squared = shared_marina_lambda_squared(minus, omega, s.p),
          .hints = {{{"p-at-most-one", "D-smooth"}, omega}}};
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string literature = "arXiv:2102.07845";
  const std::string mean = "(1/n) sum_i |D_i|^2";
  const std::string replaced = "(1/n)(omega " + mean + " + (1 + omega) (1/n) sum_i Var_i/b')";
  const std::string collection = "A " + mean + " - B |D|^2";
  const std::string vr = "theory/marina/vr_marina.hpp", pp = "theory/marina/pp_marina.hpp",
                    of_joint = "theory/marina/joint.hpp";
  std::vector<Obligation> all;
  for (const EstimatorMethod& of : std::vector<EstimatorMethod>{
           {"marina", "", "MARINA", "slides \"New Method: MARINA\"; constants of arXiv:2102.07845",
            "theory/marina/marina.hpp", "(1 - p)(G + (omega/n) " + mean + ")", marina},
           {"vr-marina", "", "VR-MARINA", literature, vr, "(1 - p)(G + " + replaced + ")", vr_marina},
           {"vr-marina", "-without-replacement", "VR-MARINA, batches without replacement", "derived", vr,
            "(1 - p)(G + " + replaced + "), Var_i times (m - b')/(m - 1)", vr_marina_without_replacement},
           {"vr-marina-online", "", "Online VR-MARINA", "arXiv:2102.07845; constants derived",
            "theory/marina/vr_marina_online.hpp", "(1 - p)(G + " + replaced + ") + p sigma^2/(n b)",
            vr_marina_online},
           {"pp-marina", "", "PP-MARINA", literature, pp, "(1 - p)(G + ((1 + omega) " + mean + " - |D|^2)/r)",
            pp_marina},
           {"pp-marina", "-sharp", "PP-MARINA with L+ and L+-", "derived", pp,
            "(1 - p)(G + ((1 + omega) " + mean + " - |D|^2)/r)", pp_marina_sharp},
           {"pp-marina", "-without-replacement", "PP-MARINA, different workers", "derived", pp,
            "(1 - p)(G + " + collection + "), B = (n - r)/(r (n - 1)), A = B + omega/r",
            pp_marina_without_replacement},
           {"pp-marina", "-without-replacement-sharp", "PP-MARINA, different workers, with L+ and L+-", "derived",
            pp, "(1 - p)(G + " + collection + "), B = (n - r)/(r (n - 1)), A = B + omega/r",
            pp_marina_without_replacement_sharp},
           {"joint-marina", "", "MARINA with joint compressors", "arXiv:2110.03300", of_joint,
            "(1 - p)(G + " + collection + ")", joint},
           {"joint-marina", "-shared-rand-k", "MARINA with SharedRandK", "derived", of_joint,
            "(1 - p)(G + omega |D|^2)", shared_rand_k}})
    for (Obligation& o : estimator_obligations(of)) all.push_back(std::move(o));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_stepsizes
