#pragma once
/// \file
/// JacSketch: an estimate J of the Jacobian of (f_1, ..., f_m), of which a random sketch is replaced by what is true.
///
///     draw (Pi, theta)
///     g = J e/m + (theta/m) (grad F(x) - J) Pi e      the J from before this step, e = (1, ..., 1)
///     J <- J + (grad F(x) - J) Pi
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 15, section 2.6.15, with weights W = I
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and smooth;
///            grad F(x) = [grad f_1(x), ..., grad f_m(x)]
/// State      x in R^d; J in R^{d x m}, any start
/// Parameters gamma > 0; a finite law of (Pi, theta), Pi an orthogonal projector in R^m, E[theta Pi e] = e
/// Draws      (Pi, theta)
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/jacsketch.hpp
/// Reductions Pi = e_j e_j' with probability 1/m, theta = m: SAGA; Pi = I, theta = 1: gradient descent
///
/// Only gradients that Pi needs are computed: those of the rows of Pi that are not zero.

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/problems/regularizer.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct JacSketchState {
  Vector<S> x;  ///< model, length d
  Matrix<S> J;  ///< d x m
  [[nodiscard]] auto parts() { return std::tie(x, J); }
  [[nodiscard]] auto parts() const { return std::tie(x, J); }
  bool operator==(const JacSketchState&) const = default;
};

/// An outcome of the sketch.
template <Field S>
struct Sketch {
  S probability;
  Matrix<S> projector;  ///< Pi, m x m
  S theta;
};

template <Field S, Regularizer<S> Prox = NoRegularizer>
struct JacSketch {
  using State = JacSketchState<S>;

  std::vector<Sketch<S>> sketches;
  S gamma;  ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker, all sizes fit and, for exact numbers, every Pi is an orthogonal
  /// projector and E[theta Pi e] = e.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, Matrix<S> J) const {
    require_one_worker(f, "JacSketch runs on one worker");
    const Index m = f.components(0);
    require_dimension(x, f.dimension());
    require(J.rows() == f.dimension() && J.cols() == m, "JacSketch needs a d x m Jacobian (rows, columns, d, m)",
            J.rows(), J.cols(), f.dimension(), m);
    require_sketches(m);
    return {x, std::move(J)};
  }

  /// From the Jacobian at x.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    Matrix<S> J(f.dimension(), f.components(0));
    for (Index j = 0; j < J.cols(); ++j) J.col(j) = f.component_gradient(0, j, x);
    return initial(f, x, std::move(J));
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    std::vector<S> probabilities;
    for (const Sketch<S>& sketch : sketches) probabilities.push_back(sketch.probability);
    const Sketch<S>& drawn = sketches[static_cast<std::size_t>(random.pick(probabilities))];
    const Index m = f.components(0);
    Matrix<S> change = Matrix<S>::Zero(f.dimension(), m);  // (grad F(x) - J) Pi
    for (Index j = 0; j < m; ++j) {
      if (drawn.projector.row(j).isZero(S(0))) continue;
      const Vector<S> difference = f.component_gradient(0, j, s.x) - s.J.col(j);
      change += difference * drawn.projector.row(j);
    }
    const Vector<S> g = (s.J.rowwise().sum() + drawn.theta * change.rowwise().sum()) / integer<S>(m);
    s.J += change;
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }

  /// sigma_k^2 = (1/m) |J - grad F(x*)|_F^2
  template <FiniteSumProblem<S> P>
  [[nodiscard]] S sigma_squared(const P& f, const State& s, const Vector<S>& x_star) const {
    S sum(0);
    for (Index j = 0; j < s.J.cols(); ++j) sum += (s.J.col(j) - f.component_gradient(0, j, x_star)).squaredNorm();
    return S(sum / integer<S>(s.J.cols()));
  }

 private:
  void require_sketches(Index m) const {
    require(!sketches.empty(), "JacSketch needs at least one sketch");
    Vector<S> mean = Vector<S>::Zero(m);
    for (const Sketch<S>& sketch : sketches) {
      const Matrix<S>& Pi = sketch.projector;
      require(Pi.rows() == m && Pi.cols() == m, "a sketch needs an m x m projector (rows, columns, m)", Pi.rows(),
              Pi.cols(), m);
      mean += sketch.probability * sketch.theta * Pi.rowwise().sum();
      if constexpr (is_exact<S>)
        require(Pi == Pi.transpose() && Matrix<S>(Pi * Pi) == Pi, "a sketch needs an orthogonal projector");
    }
    if constexpr (is_exact<S>) require(mean == Vector<S>::Ones(m), "the sketches need E[theta Pi e] = (1, ..., 1)");
  }
};

}  // namespace touchstone::inline v0
