#pragma once
/// \file
/// The parametric assumption of chapter 3, with two variance sequences s1, s2 >= 0: s1 measures how far the shifts are
/// from the gradients at the solution, s2 how far the reference points are from it.
///
///     (P1)  E g                               =  grad f(x)                               g = (1/n) sum_i g_i
///     (P2)  (1/n) sum_i |E g_i|^2            <=  2 A   gap + B1  s1 + B2  s2 + D1
///     (P3)  (1/n) sum_i E|g_i - E g_i|^2     <=  2 A~  gap + B1~ s1 + B2~ s2 + D1~
///     (P4)  E|g|^2                           <=  2 A'  gap + B1' s1 + B2' s2 + D1'
///     (P5)  E s1+                            <=  (1 - rho1) s1 + 2 C1 gap + G rho1 s2 + D2
///     (P6)  E s2+                            <=  (1 - rho2) s2 + 2 C2 gap
///
/// given the whole state (x, shifts, reference points), with gap = f(x) - f(x*); 0 < rho1, rho2 <= 1, all else >= 0.
/// Error compensation needs all of it; delayed updates and methods without error feedback do without (P2), (P3). A
/// method without s1 has no (P5), one without s2 no (P6): then there is no rho1/4, no rho2/4 in a rate.
///
/// code    worker_mean.{A, B1, B2, D}   worker_variance.{A, B1, B2, D}   mean.{A, B1, B2, D}
/// theory  A, B1, B2, D1                A~, B1~, B2~, D1~                A', B1', B2', D1'
/// code    shift.{rho, C, G, D}         sampling.{rho, C}
/// theory  rho1, C1, G, D2              rho2, C2
///
/// Source     slide 48 ("Key Parametric Assumption"), a picture; the form is that of arXiv:2010.12292. The slides
///            condition on x^k; the state is meant.

#include <optional>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// At most 2 A gap + B1 s1 + B2 s2 + D.
template <Field S>
struct MomentBound {
  S A, B1, B2, D;

  friend MomentBound operator+(const MomentBound& a, const MomentBound& b) {
    return {S(a.A + b.A), S(a.B1 + b.B1), S(a.B2 + b.B2), S(a.D + b.D)};
  }
  friend MomentBound operator*(const S& factor, const MomentBound& a) {
    return {S(factor * a.A), S(factor * a.B1), S(factor * a.B2), S(factor * a.D)};
  }
  bool operator==(const MomentBound&) const = default;
};

/// E s1+ <= (1 - rho) s1 + 2 C gap + G rho s2 + D
template <Field S>
struct ShiftVariance {
  S rho, C, G, D;
  bool operator==(const ShiftVariance&) const = default;
};

/// E s2+ <= (1 - rho) s2 + 2 C gap
template <Field S>
struct SamplingVariance {
  S rho, C;
  bool operator==(const SamplingVariance&) const = default;
};

/// (P4), (P5), (P6)
template <Field S>
struct ErrorFeedbackConstants {
  MomentBound<S> mean;
  std::optional<ShiftVariance<S>> shift{};
  std::optional<SamplingVariance<S>> sampling{};
  bool operator==(const ErrorFeedbackConstants&) const = default;
};

/// (P2) to (P6), what error compensation needs.
template <Field S>
struct ErrorCompensationConstants : ErrorFeedbackConstants<S> {
  MomentBound<S> worker_mean, worker_variance;
  bool operator==(const ErrorCompensationConstants&) const = default;
};

}  // namespace touchstone::inline v0
