#pragma once
/// \file
/// The parametric assumption of chapter 4, with the discrepancy V = (1/n) sum_i |x_i - x|^2 of the iterates from their average
/// x and two variance sequences s1, s2 >= 0: s1 measures how far the shifts are from the gradients at the solution, s2 how
/// far the reference points are from it.
///
///     (M)   (1/n) sum_i |E g_i|^2           <=  2 A   gap + B1  s1 + B2  s2 + F  V + D
///     (N)   (1/n) sum_i E|g_i - E g_i|^2    <=  2 A~  gap + B1~ s1 + B2~ s2 + F~ V + D~
///     (A)   E|(1/n) sum_i g_i|^2            <=  2 A'  gap + B1' s1 + B2' s2 + F' V + D'
///     (S)   E s_j+                          <=  (1 - rho_j) s_j + 2 C_j gap + G_j V + D_j            j = 1, 2
///
/// given the whole state, with gap = f(x) - f(x*); 0 < rho_j <= 1, all else >= 0. (M) and (N) bound the discrepancy
/// (communication.hpp), (A) and (S) enter the theorem. A method without s_j has no (S) for it: then there is no rho_j/4 in a
/// rate.
///
/// code    worker_mean.{A, B1, B2, F, D}   worker_variance.{A, ...}   mean.{A, ...}   shift.{rho, C, G, D}   sampling.{rho, ...}
/// theory  A, B1, B2, F, D                 A~, ...                    A', ...         rho1, C1, G1, D1       rho2, ...
///
/// Source     slides 67-71. The slides bound (1/n) sum_i E|g_i|^2, the sum of (M) and (N), by one line: then the noise of tau
///            iterations counts tau^2 times instead of tau times, which is not what their table says. And they have one sequence:
///            two give S-Local-SVRG a larger stepsize (s_local_svrg.hpp)

#include <optional>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// At most 2 A gap + B1 s1 + B2 s2 + F V + D.
template <Field S>
struct LocalMomentBound {
  S A, B1, B2, F, D;

  friend LocalMomentBound operator+(const LocalMomentBound& a, const LocalMomentBound& b) {
    return {S(a.A + b.A), S(a.B1 + b.B1), S(a.B2 + b.B2), S(a.F + b.F), S(a.D + b.D)};
  }
  friend LocalMomentBound operator*(const S& factor, const LocalMomentBound& a) {
    return {S(factor * a.A), S(factor * a.B1), S(factor * a.B2), S(factor * a.F), S(factor * a.D)};
  }
  bool operator==(const LocalMomentBound&) const = default;
};

/// E s+ <= (1 - rho) s + 2 C gap + G V + D
template <Field S>
struct LocalVariance {
  S rho, C, G, D;
  bool operator==(const LocalVariance&) const = default;
};

template <Field S>
struct LocalConstants {
  LocalMomentBound<S> worker_mean, worker_variance, mean;
  std::optional<LocalVariance<S>> shift{}, sampling{};
  bool operator==(const LocalConstants&) const = default;
};

/// A pair of numbers, one for s1 and one for s2; zero for a sequence that the method does not have.
template <Field S>
struct OfVariances {
  S shift, sampling;
  bool operator==(const OfVariances&) const = default;
};

/// 4 B_j/(3 rho_j) for any of the bounds; linear in it.
template <Field S>
[[nodiscard]] OfVariances<S> variance_weights(const LocalConstants<S>& c, const LocalMomentBound<S>& bound) {
  const S four_thirds = ratio<S>(4, 3);
  return {c.shift ? S(four_thirds * bound.B1 / c.shift->rho) : S(0),
          c.sampling ? S(four_thirds * bound.B2 / c.sampling->rho) : S(0)};
}

/// A bound without its s1, s2, which are replaced by what feeds them: sum_j 4 B_j/(3 rho_j) (2 C_j gap + G_j V + D_j).
template <Field S>
[[nodiscard]] LocalMomentBound<S> without_variances(const LocalConstants<S>& c, const LocalMomentBound<S>& bound) {
  const OfVariances<S> weights = variance_weights(c, bound);
  LocalMomentBound<S> sum{bound.A, S(0), S(0), bound.F, bound.D};
  const auto add = [&](const std::optional<LocalVariance<S>>& sequence, const S& weight) {
    if (sequence) sum = sum + weight * LocalMomentBound<S>{sequence->C, S(0), S(0), sequence->G, sequence->D};
  };
  add(c.shift, weights.shift);
  add(c.sampling, weights.sampling);
  return sum;
}

}  // namespace touchstone::inline v0
