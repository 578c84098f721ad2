// The one-step Lyapunov theorem of EC-GD and EC-GDstar, in one piece: from convexity, smoothness and the contract of
// the compressor to the inequality, for every gamma > 0. Vectors enter through their inner products:
//
//     u = x - x*, q = grad f(x), e = (1/n) sum_i e_i, a_i = grad f_i(x) - grad f_i(x*), c_i = grad f_i(x*)
//
// so that xt - x* = u - e, xt+ - x* = u - e - gamma q, g_i = a_i + c_i for EC-GD and g_i = a_i for EC-GDstar.
#include "proofs/scalar/error_feedback/ec_method.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::error_compensation_lyapunov {

namespace {

/// What a twin makes too good. The hypotheses on problem and compressor keep the true constants.
struct Change {
  Rational A = 1, A_mean = 1, D1 = 1;  ///< multiply the row that the conclusion is computed from
  Rational L = 1;                      ///< multiplies L in the weight N of the errors
  Rational mu = 1, delta = 1;          ///< multiply mu and delta in the contraction
};

struct Parameters {
  Term L, mu, gamma, delta;
};

/// Inner products, of the means e, q and averaged over the workers.
struct Products {
  Term uu, ue, ee, uq, eq, qq;
  Term gap;        ///< f(x) - f(x*)
  Term E, eg, gg;  ///< (1/n) sum_i of |e_i|^2, <e_i, g_i>, |g_i|^2
  Term zeta;       ///< (1/n) sum_i |c_i|^2; 0 where no g_i depends on it
};

Parameters parameters(Statement& s) {
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.nonnegative("mu", "quasi-strong convexity of f");
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  return {L, mu, s.positive("gamma", "stepsize"), contraction_delta(s)};
}

/// With what the problem says of them. That uu, qq, gap, E, aa and zeta are not negative is not used.
Products products(Statement& s, EcMethod method, const Parameters& p) {
  Products v{.uu = s.variable("uu", "<u, u>, u = x - x*"),
             .ue = s.variable("ue", "<u, e>, e the mean of the errors"),
             .ee = s.nonnegative("ee", "<e, e>"),
             .uq = s.variable("uq", "<u, q>, q = grad f(x)"),
             .eq = s.variable("eq", "<e, q>"),
             .qq = s.variable("qq", "<q, q>"),
             .gap = s.variable("gap", "f(x) - f(x*)"),
             .E = s.variable("E", "mean of |e_i|^2"),
             .eg = s.variable("eg", "mean of <e_i, g_i>"),
             .gg = {},
             .zeta = 0};
  const Term aa = s.variable("aa", "mean of |a_i|^2, a_i = grad f_i(x) - grad f_i(x*)");
  v.gg = aa;
  if (method == EcMethod::ec_gd) {
    const Term ac = s.variable("ac", "mean of <a_i, c_i>, c_i = grad f_i(x*)");
    v.zeta = s.variable("zeta", "mean of |c_i|^2");
    v.gg = aa + 2 * ac + v.zeta;
    s.assume("square-a-minus-c", less_equal(0, aa - 2 * ac + v.zeta), "0 <= mean of |a_i - c_i|^2");
  }
  s.assume("quasi-strong-convexity", less_equal(v.gap + p.mu / 2 * v.uu, v.uq), "f is mu-quasi-strongly convex");
  s.assume("smoothness", less_equal(aa, 2 * p.L * v.gap), "every f_i is convex and L-smooth");
  s.assume("mean-gradient", less_equal(v.qq, aa), "q is the mean of the a_i");
  s.assume("mean-error", less_equal(v.ee, v.E), "e is the mean of the e_i");
  return v;
}

/// The squares that the proof needs.
void assume_squares(Statement& s, const Parameters& p, const Products& v) {
  s.assume("square-u-minus-e", less_equal(0, v.uu - 2 * v.ue + v.ee), "0 <= |u - e|^2");
  s.assume("square-u-plus-e", less_equal(0, v.uu + 2 * v.ue + v.ee), "0 <= |u + e|^2");
  s.assume("square-error", less_equal(0, 4 * p.L * p.L * v.ee - 4 * p.L * v.eq + v.qq), "0 <= |2 L e - q|^2");
  const Term b = 2 * (1 - p.delta) * p.gamma;
  s.assume("square-young", less_equal(0, p.delta * p.delta * v.E - 2 * p.delta * b * v.eg + b * b * v.gg),
           "0 <= mean of |delta e_i - 2 (1 - delta) gamma g_i|^2");
}

/// The products of hypotheses that add up to the theorem: the perturbed iterate, the errors, the contraction.
void add_hints(Statement& s, EcMethod method, const Parameters& p) {
  const auto& [L, mu, gamma, delta] = p;
  const Term N = error_weight(compensated_errors(constants(method, L, 0), L, delta), gamma);
  s.hint({"quasi-strong-convexity"}, 2 * gamma);
  s.hint({"square-error"}, gamma / (2 * L));
  s.hint({"square-u-plus-e"}, gamma * mu / 2);
  s.hint({"mu-at-most-L", "ee-nonnegative"}, gamma);
  s.hint({"mean-error"}, gamma * L);
  for (const Term& factor : {gamma / (2 * L), gamma * gamma}) {
    s.hint({"mean-gradient"}, factor);
    s.hint({"smoothness"}, factor);
  }

  s.hint({"compressor"}, N);
  s.hint({"square-young"}, N / (2 * delta));
  // k = (1 - delta) (1 + (1 - delta))/delta
  const Term from_k = N * gamma * gamma / delta;
  s.hint({"delta-at-most-one", "smoothness"}, from_k);
  s.hint({"delta-at-most-one", "delta-at-most-one", "smoothness"}, from_k);
  if (method == EcMethod::ec_gd) {
    s.hint({"delta-at-most-one", "square-a-minus-c"}, from_k);
    s.hint({"delta-at-most-one", "delta-at-most-one", "square-a-minus-c"}, from_k);
  }

  s.hint({"eta-1", "square-u-minus-e"});
  s.hint({"eta-2", "mean-error"}, N);  // E >= ee >= 0
  s.hint({"eta-2", "ee-nonnegative"}, N);
}

Statement one_step(EcMethod method, const Change& change = {}) {
  Statement s;
  const Parameters p = parameters(s);
  const auto& [L, mu, gamma, delta] = p;
  const Products v = products(s, method, p);
  assume_squares(s, p, v);
  const Term next_E = s.variable("next_E", "expected mean of |e_i|^2 after the step");
  s.assume("compressor", less_equal(next_E, (1 - delta) * (v.E + 2 * gamma * v.eg + gamma * gamma * v.gg)),
           "e_i+ = y_i - C(y_i), y_i = e_i + gamma g_i, C contractive");
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  const ErrorCompensationConstants<Term> row = constants(method, L, v.zeta);
  const std::vector<Term> gaps =
      error_feedback_gaps(row, compensated_errors(row, L, Term(change.delta) * delta), gamma, Term(change.mu) * mu);
  for (std::size_t i = 0; i < gaps.size(); ++i)
    s.assume("eta-" + std::to_string(i + 1), less_equal(eta, gaps[i]),
             "eta <= error_feedback_gaps(row, errors, gamma, mu)[" + std::to_string(i) + "]");

  ErrorCompensationConstants<Term> claimed = row;
  claimed.worker_mean.A *= Term(change.A);
  claimed.worker_mean.D *= Term(change.D1);
  claimed.mean.A *= Term(change.A_mean);
  const ErrorModel<Term> errors = compensated_errors(claimed, Term(change.L) * L, delta);
  const Term N = error_weight(errors, gamma);
  const Term theta = descent_coefficient(claimed, errors, gamma);
  const Term distance = v.uu - 2 * v.ue + v.ee;
  const Term next_distance = distance - 2 * gamma * (v.uq - v.eq) + gamma * gamma * v.qq;
  s.conclude(less_equal(next_distance + N * next_E, (1 - eta) * (distance + N * v.E) - gamma * theta * v.gap +
                                                        error_feedback_noise(claimed, errors, gamma)));
  add_hints(s, method, p);
  return s;
}

Obligation obligation(EcMethod method) {
  const std::string id = folder(method) + "/lyapunov";
  Obligation o{
      .id = id,
      .claim = id,
      .title = title(method) + ": the Lyapunov value contracts up to noise in one step",
      .source = "derived; the theorem of arXiv:2010.12292 in one-step form",
      .generated_from = "theory/error_feedback/ec_gd.hpp, theory/error_feedback/theorem.hpp",
      .formula = {"every f_i convex and L-smooth, f mu-quasi-strongly convex, C contractive with delta",
                  "gamma > 0, eta <= gamma mu/2, eta <= delta/4",
                  "=>  E V+ <= (1 - eta) V - gamma theta (f(x) - f(x*)) + noise,    V = |xt - x*|^2 + N E"}};
  state(o, one_step(method));
  const Rational smaller(999, 1000);
  add_twin(o, "smaller-A", "0.999 A in place of A in theta and noise", one_step(method, {.A = smaller}));
  add_twin(o, "smaller-A-mean", "0.999 A' in place of A' in theta", one_step(method, {.A_mean = smaller}));
  add_twin(o, "smaller-weight", "N = 11 L gamma/delta in place of 12", one_step(method, {.L = {11, 12}}));
  add_twin(o, "twice-mu", "eta <= gamma mu in place of gamma mu/2", one_step(method, {.mu = 2}));
  add_twin(o, "twice-delta", "eta <= delta/2 in place of delta/4", one_step(method, {.delta = 2}));
  if (method == EcMethod::ec_gd)
    add_twin(o, "smaller-D1", "0.999 D1 in place of D1 in the noise", one_step(method, {.D1 = smaller}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  return {obligation(EcMethod::ec_gd), obligation(EcMethod::ec_gd_star)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_compensation_lyapunov
