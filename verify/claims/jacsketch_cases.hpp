#pragma once
/// \file
/// JacSketch on instances, at states, with four laws of the sketch, and what their constants must satisfy.

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/methods/unified_sgd/jacsketch.hpp"
#include "touchstone/theory/unified_sgd/sketches.hpp"
#include "verify/claims/finite_sum_cases.hpp"

namespace touchstone::inline v0 {

/// A law of the sketch and its constants on a problem.
struct NamedSketch {
  std::vector<Sketch<Rational>> law;
  SketchConstants<Rational> constants;
  std::string name;
};

[[nodiscard]] NamedSketch coordinate_sketch(const std::vector<Rational>& L, const std::vector<Rational>& p);
/// m >= 2
[[nodiscard]] NamedSketch tau_nice_sketch(const Quadratic<Rational>& f, Index tau);
/// (3/5, 4/5) with probability q, (-4/5, 3/5) else; m = 2.
[[nodiscard]] NamedSketch basis_sketch(const Quadratic<Rational>& f, const Rational& q);
[[nodiscard]] NamedSketch full_sketch(const Quadratic<Rational>& f);
/// All that m allows: coordinates drawn uniformly and unequally, every tau, two bases, Pi = I.
[[nodiscard]] std::vector<NamedSketch> sketches_on(Seeded& random, const Quadratic<Rational>& f);

/// E Pi and E[theta^2 Pi e e' Pi].
struct SketchMeans {
  Matrix<Rational> projector, estimate;
};
[[nodiscard]] SketchMeans sketch_means(const std::vector<Sketch<Rational>>& law);

/// The four hypotheses on the constants at all states; the mutants make one constant smaller where it is attained.
[[nodiscard]] Check sketch_constants_check();

template <class Prox>
[[nodiscard]] RowCase<JacSketch<Rational, Prox>> jacsketch_case(const NamedQuadratic& on, const NamedSketch& sketch,
                                                                const Prox& regularizer, const Vector<Rational>& x,
                                                                const Matrix<Rational>& J,
                                                                const std::string& state) {
  const Rational m(on.f.components(0));
  const JacSketch<Rational, Prox> method{sketch.law, jacsketch_stepsize(sketch.constants, m), regularizer};
  return {on.f,
          on.x_star,
          method,
          method.initial(on.f, x, J),
          method.initial(on.f, on.x_star),
          jacsketch_constants(sketch.constants, m),
          jacsketch_lyapunov_weight(sketch.constants, m),
          fmt::format("{} {}, {}", on.name, sketch.name, state)};
}

/// grad F(x), d x m
[[nodiscard]] Matrix<Rational> jacobian(const Quadratic<Rational>& f, const Vector<Rational>& x);
[[nodiscard]] Matrix<Rational> random_jacobian(Seeded& random, const Quadratic<Rational>& f);

}  // namespace touchstone::inline v0
