#pragma once
/// \file
/// The one-step Lyapunov theorem of chapter 3 (EF-L), for every way of keeping what was not sent.
///
/// Errors     x+ = x - (1/n) sum_i v_i, e_i+ = e_i + gamma g_i - v_i, xt = x - (1/n) sum_i e_i. How large they get is
///            an error model: a weight N = gamma w, a potential Q >= 0 and a bound 2 a gap + b1 s1 + b2 s2 + d1 with
///
///            E Q+ + 3 L gamma |e|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1)
///
///            error_compensation.hpp, delay.hpp; none: e = 0, N = 0.
///
/// Theorem    Every f_i convex and L-smooth, f mu-quasi-strongly convex, (P1) to (P6). With
///
///            M1 = 4/(3 rho1) (B1' + N b1)        M2 = 4/(3 rho2) (B2' + N b2 + M1 G rho1)
///            S = A' + C1 M1 + C2 M2 + N a        theta = 1 - 2 gamma S        noise = gamma^2 (D1' + M1 D2 + N d1)
///            eta = min{gamma mu/2, rho1/4, rho2/4, what the error model adds}
///            V = |xt - x*|^2 + M1 gamma^2 s1 + M2 gamma^2 s2 + Q
///
///            one step        E V+ <= (1 - eta) V - gamma theta gap + noise          for every gamma > 0
///            contraction     E V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta        if theta >= 0
///            average         E f(xbar) - f(x*) <= (V^0/(gamma W) + noise/gamma)/theta      if theta > 0, f convex,
///                            w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K, xbar = (sum_k w_k x^k)/W
///
/// Stepsizes  M1, M2 and S are linear in N: S = P + N Z, where P belongs to the mean (A', B1', B2') and Z to the error
///            model (a, b1, b2). theta >= 1 - 2c iff gamma P + gamma^2 w Z <= c, that is gamma <= 2c/(P + t) with t the
///            root of P^2 + 4 c w Z. c = 1/2 is theta >= 0, c = 1/4 gives theta >= 1/2.
///
/// Without    e = 0: E V+ <= (1 - eta) V - 2 gamma (1 - gamma P) gap + noise, eta = min{gamma mu, rho1/4, rho2/4}, all
/// errors     with N = 0 (EF-0, sharper than the theorem for N = 0). gamma <= 1/P contracts.
///
/// Source     derived; the theorem of arXiv:2010.12292 (slide 49, a picture) in the sharper one-step form
///
/// A minimum is returned as the list it is taken over. No square root is taken, so that rationals can be used.

#include <vector>

#include "touchstone/theory/error_feedback/assumption.hpp"

namespace touchstone::inline v0 {

/// N = gamma weight; 2 a gap + b1 s1 + b2 s2 + d1; what eta must not exceed.
template <Field S>
struct ErrorModel {
  S weight;
  MomentBound<S> moments;
  std::vector<S> gaps;
};

/// e = 0
template <Field S>
[[nodiscard]] ErrorModel<S> no_errors() {
  return {S(0), {S(0), S(0), S(0), S(0)}, {}};
}

/// M1, M2; zero for a sequence that the method does not have.
template <Field S>
struct LyapunovWeights {
  S shift, sampling;
};

/// M1 = 4 B1/(3 rho1), M2 = 4/(3 rho2) (B2 + M1 G rho1), for any of the bounds; linear in it.
template <Field S>
[[nodiscard]] LyapunovWeights<S> lyapunov_weights(const ErrorFeedbackConstants<S>& c, const MomentBound<S>& bound) {
  const S four_thirds = ratio<S>(4, 3);
  LyapunovWeights<S> weights{S(0), S(0)};
  S B2 = bound.B2;
  if (c.shift) {
    weights.shift = S(four_thirds * bound.B1 / c.shift->rho);
    B2 = S(B2 + four_thirds * bound.B1 * c.shift->G);
  }
  if (c.sampling) weights.sampling = S(four_thirds * B2 / c.sampling->rho);
  return weights;
}

/// A + C1 M1 + C2 M2. P is that of c.mean, Z that of an error model's moments.
template <Field S>
[[nodiscard]] S weighted_smoothness(const ErrorFeedbackConstants<S>& c, const MomentBound<S>& bound) {
  const LyapunovWeights<S> weights = lyapunov_weights(c, bound);
  S sum = bound.A;
  if (c.shift) sum = S(sum + c.shift->C * weights.shift);
  if (c.sampling) sum = S(sum + c.sampling->C * weights.sampling);
  return sum;
}

/// D + M1 D2
template <Field S>
[[nodiscard]] S weighted_noise(const ErrorFeedbackConstants<S>& c, const MomentBound<S>& bound) {
  return c.shift ? S(bound.D + lyapunov_weights(c, bound).shift * c.shift->D) : bound.D;
}

/// N = gamma w, the weight of the errors in V.
template <Field S>
[[nodiscard]] S error_weight(const ErrorModel<S>& errors, const S& gamma) {
  return S(gamma * errors.weight);
}

/// (A', B1', B2', D1') + N (a, b1, b2, d1): of this M1, M2, S and the noise are made.
template <Field S>
[[nodiscard]] MomentBound<S> moments_with_errors(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                                 const S& gamma) {
  return c.mean + error_weight(errors, gamma) * errors.moments;
}

/// M1, M2 in V.
template <Field S>
[[nodiscard]] LyapunovWeights<S> error_feedback_weights(const ErrorFeedbackConstants<S>& c,
                                                        const ErrorModel<S>& errors, const S& gamma) {
  return lyapunov_weights(c, moments_with_errors(c, errors, gamma));
}

/// S = P + N Z
template <Field S>
[[nodiscard]] S error_feedback_smoothness(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                          const S& gamma) {
  return weighted_smoothness(c, moments_with_errors(c, errors, gamma));
}

/// theta = 1 - 2 gamma S. The stepsize is admissible for contraction iff theta >= 0.
template <Field S>
[[nodiscard]] S descent_coefficient(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                    const S& gamma) {
  return S(S(1) - S(2) * gamma * error_feedback_smoothness(c, errors, gamma));
}

/// gamma^2 (D1' + M1 D2 + N d1), what a step adds to V.
template <Field S>
[[nodiscard]] S error_feedback_noise(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                     const S& gamma) {
  return S(gamma * gamma * weighted_noise(c, moments_with_errors(c, errors, gamma)));
}

/// rho1/4 and rho2/4, of the sequences that there are.
template <Field S>
[[nodiscard]] std::vector<S> variance_gaps(const ErrorFeedbackConstants<S>& c) {
  std::vector<S> gaps;
  if (c.shift) gaps.push_back(S(c.shift->rho / S(4)));
  if (c.sampling) gaps.push_back(S(c.sampling->rho / S(4)));
  return gaps;
}

/// V contracts by one minus the least of these: gamma mu/2, rho1/4, rho2/4 and those of the error model.
template <Field S>
[[nodiscard]] std::vector<S> error_feedback_gaps(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                                 const S& gamma, const S& mu) {
  std::vector<S> gaps{S(gamma * mu / S(2))};
  for (const S& gap : variance_gaps(c)) gaps.push_back(gap);
  gaps.insert(gaps.end(), errors.gaps.begin(), errors.gaps.end());
  return gaps;
}

/// P^2 + 4 c w Z, c the descent share.
template <Field S>
[[nodiscard]] S stepsize_radicand(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors,
                                  const S& descent_share) {
  const S P = weighted_smoothness(c, c.mean);
  return S(P * P + S(4) * descent_share * errors.weight * weighted_smoothness(c, errors.moments));
}

/// 2c/(P + t) for any t >= 0 with t^2 >= radicand: the largest admissible stepsize where t is the root, a smaller one
/// where t is an upper bound of it.
template <Field S>
[[nodiscard]] S error_feedback_stepsize(const ErrorFeedbackConstants<S>& c, const S& t, const S& descent_share) {
  return S(S(2) * descent_share / S(weighted_smoothness(c, c.mean) + t));
}

/// gamma <= 1/(8 P) and gamma^2 <= 1/(8 w Z) give theta >= 1/2: the denominators.
template <Field S>
struct SimpleStepsize {
  S inverse, inverse_square;  ///< gamma inverse <= 1, gamma^2 inverse_square <= 1
};

template <Field S>
[[nodiscard]] SimpleStepsize<S> simple_stepsize(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors) {
  return {S(S(8) * weighted_smoothness(c, c.mean)),
          S(S(8) * errors.weight * weighted_smoothness(c, errors.moments))};
}

/// Without errors V contracts by one minus the least of these: gamma mu, rho1/4, rho2/4.
template <Field S>
[[nodiscard]] std::vector<S> error_free_gaps(const ErrorFeedbackConstants<S>& c, const S& gamma, const S& mu) {
  std::vector<S> gaps{S(gamma * mu)};
  for (const S& gap : variance_gaps(c)) gaps.push_back(gap);
  return gaps;
}

/// 2 (1 - gamma P); the step descends by gamma times this times gap. At least 0 iff gamma <= 1/P.
template <Field S>
[[nodiscard]] S error_free_descent(const ErrorFeedbackConstants<S>& c, const S& gamma) {
  return S(S(2) * S(S(1) - gamma * weighted_smoothness(c, c.mean)));
}

/// 1/P
template <Field S>
[[nodiscard]] S error_free_stepsize(const ErrorFeedbackConstants<S>& c) {
  return S(S(1) / weighted_smoothness(c, c.mean));
}

}  // namespace touchstone::inline v0
