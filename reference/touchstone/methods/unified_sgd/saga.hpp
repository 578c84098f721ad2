#pragma once
/// \file
/// SAGA: variance reduction with a table of the gradient that each component showed last.
///
///     draw j uniformly from 1, ..., m
///     g   = grad f_j(x) - T_j + (1/m) sum_l T_l       the mean before T_j is overwritten
///     T_j <- grad f_j(x)
///     x   <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 5, section 2.6.5 (where the number of components is called n); with noise Algorithm 6 (n_saga.hpp)
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and L-smooth
/// State      x in R^d; T_1, ..., T_m in R^d, any start; their mean, kept so that a step costs O(d)
/// Parameters gamma > 0; how a gradient is obtained (methods/gradient_oracle.hpp)
/// Draws      j; then those of the gradient
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/saga.hpp
/// Reductions m = 1: gradient descent, whatever the table

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct SagaState {
  Vector<S> x;                   ///< model, length d
  std::vector<Vector<S>> table;  ///< m stored gradients, length d each
  Vector<S> table_mean;          ///< (1/m) sum of the table
  [[nodiscard]] auto parts() { return std::tie(x, table, table_mean); }
  [[nodiscard]] auto parts() const { return std::tie(x, table, table_mean); }
  [[nodiscard]] auto free_parts() { return std::tie(x, table); }
  [[nodiscard]] auto free_parts() const { return std::tie(x, table); }
  bool operator==(const SagaState&) const = default;
};

template <Field S, class Oracle = FullGradient, Regularizer<S> Prox = NoRegularizer>
struct Saga {
  using State = SagaState<S>;

  S gamma;  ///< stepsize
  Oracle oracle{};
  Prox regularizer{};

  /// From any table of m vectors. Throws precondition_error unless f has one worker and the sizes fit.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, std::vector<Vector<S>> table) const {
    require_one_worker(f, "SAGA runs on one worker");
    const Index m = f.components(0);
    require(static_cast<Index>(table.size()) == m, "SAGA needs a table of m vectors (found, m)", table.size(), m);
    require_dimension(x, f.dimension());
    Vector<S> mean = Vector<S>::Zero(x.size());
    for (const Vector<S>& row : table) {
      require_dimension(row, f.dimension());
      mean += row;
    }
    mean /= integer<S>(m);
    return {x, std::move(table), std::move(mean)};
  }

  /// From the gradients at x.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_one_worker(f, "SAGA runs on one worker");
    return initial(f, x, component_gradients<S>(f, x));
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index m = f.components(0);
    const Index j = random.choose(m);
    Vector<S>& T_j = s.table[static_cast<std::size_t>(j)];
    const Vector<S> gradient = oracle.component_gradient(f, 0, j, s.x, random);
    const Vector<S> change = gradient - T_j;
    proximal_step(s.x, gamma, change + s.table_mean, regularizer);
    s.table_mean += change / integer<S>(m);
    T_j = gradient;
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }

  /// sigma_k^2 = (1/m) sum_j |T_j - grad f_j(x*)|^2
  template <FiniteSumProblem<S> P>
  [[nodiscard]] S sigma_squared(const P& f, const State& s, const Vector<S>& x_star) const {
    S sum(0);
    for (Index j = 0; j < f.components(0); ++j)
      sum += (s.table[static_cast<std::size_t>(j)] - f.component_gradient(0, j, x_star)).squaredNorm();
    return S(sum / integer<S>(f.components(0)));
  }
};

}  // namespace touchstone::inline v0
