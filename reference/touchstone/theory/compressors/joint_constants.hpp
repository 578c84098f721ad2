#pragma once
/// \file
/// The constants A, B of collections of compressors that do not share a choice, or whose workers are sampled:
///
///     E|(1/n) sum Q_i(a_i) - a|^2 <= A (1/n) sum |a_i|^2 - B |a|^2,      a = (1/n) sum a_i
///
///     independent Q_i                               omega/n                     0
///     r workers drawn with replacement              (1 + omega)/r               1/r
///     r workers drawn without replacement, n >= 2   (n-r)/(r(n-1)) + omega/r    (n-r)/(r(n-1))
///
/// omega bounds every omega_i; for sampled workers the average on the left is over the r that are drawn, each with a draw of
/// its own. Equalities where |Q_i(a) - a|^2 has the mean omega |a|^2 for every a and i. Collections that share a choice
/// (SharedRandK, PermK) state their joint_constants themselves.
///
/// Source     literature (permutation compressors); the sampling rows are derived

#include "touchstone/compressors/joint.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] JointConstants<S> independent_joint_constants(Index n, const S& omega) {
  require(n >= 1, "independent compressors need n >= 1 workers", n);
  return {S(omega / integer<S>(n)), S(0)};
}

template <Field S>
[[nodiscard]] JointConstants<S> sampled_with_replacement_joint_constants(Index r, const S& omega) {
  require(r >= 1, "sampling with replacement needs r >= 1 draws", r);
  return {S((S(1) + omega) / integer<S>(r)), ratio<S>(1, r)};
}

template <Field S>
[[nodiscard]] JointConstants<S> sampled_without_replacement_joint_constants(Index n, Index r, const S& omega) {
  require(n >= 2 && 1 <= r && r <= n, "sampling without replacement needs n >= 2 and 1 <= r <= n (n, r)", n, r);
  const S B = ratio<S>(n - r, r * (n - 1));
  return {S(B + omega / integer<S>(r)), B};
}

}  // namespace touchstone::inline v0
