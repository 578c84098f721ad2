#pragma once
/// \file
/// DIANA: every worker compresses the *difference* between its gradient and a shift that it learns.
///
///     worker i   m_i = Q(ghat_i - h_i)                       sent to the server
///                h_i <- h_i + alpha m_i
///     server     g   = (1/n) sum_i (h_i + m_i)               with the h_i from before this step
///                x   <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 11, section 2.6.11; with n = 1 and full gradients Algorithm 12 (diana_single.hpp)
/// Problem    min f(x) + R(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; shifts h_1, ..., h_n in R^d, any start, zero is usual
/// Parameters gamma > 0; 0 <= alpha <= 1/(1 + omega); Q unbiased, drawn independently by the workers; how ghat_i is
///            obtained (methods/gradient_oracle.hpp)
/// Draws      for i = 1..n: those of the gradient, then those of Q
/// Sends      every worker one message of Q
/// Theory     theory/unified_sgd/diana.hpp
/// Reductions Q = Identity and full gradients: x follows gradient descent, whatever alpha and h

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct DianaState {
  Vector<S> x;               ///< model, length d
  std::vector<Vector<S>> h;  ///< n shifts, length d each
  [[nodiscard]] auto parts() { return std::tie(x, h); }
  [[nodiscard]] auto parts() const { return std::tie(x, h); }
  bool operator==(const DianaState&) const = default;
};

template <Field S, class Q, class Oracle = FullGradient, Regularizer<S> Prox = NoRegularizer>
struct Diana {
  using State = DianaState<S>;

  Q compressor;
  S gamma;  ///< stepsize of the model
  S alpha;  ///< stepsize of the shifts
  Oracle oracle{};
  Prox regularizer{};

  /// Throws precondition_error unless there are n shifts and all sizes fit.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, std::vector<Vector<S>> h) const {
    require(static_cast<Index>(h.size()) == f.workers(), "DIANA needs n shifts (found, n)", h.size(), f.workers());
    require_dimension(x, f.dimension());
    for (const Vector<S>& h_i : h) require_dimension(h_i, f.dimension());
    return {x, std::move(h)};
  }

  /// From zero shifts.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    const Vector<S> zero = Vector<S>::Zero(f.dimension());
    return initial(f, x, std::vector<Vector<S>>(static_cast<std::size_t>(f.workers()), zero));
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      Vector<S>& h_i = s.h[static_cast<std::size_t>(i)];
      const Vector<S> difference = oracle.gradient(f, i, s.x, own) - h_i;
      const Vector<S> m_i = compressor.compress(difference, own);
      sum += h_i + m_i;
      h_i += alpha * m_i;
    }
    proximal_step(s.x, gamma, sum / integer<S>(n), regularizer);
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * compressor.message_bits(f.dimension(), scalar_bits);
  }

  /// sigma_k^2 = (1/n) sum_i |h_i - grad f_i(x*)|^2
  template <DistributedProblem<S> P>
  [[nodiscard]] S sigma_squared(const P& f, const State& s, const Vector<S>& x_star) const {
    S sum(0);
    for (Index i = 0; i < f.workers(); ++i)
      sum += (s.h[static_cast<std::size_t>(i)] - f.gradient(i, x_star)).squaredNorm();
    return S(sum / integer<S>(f.workers()));
  }
};

}  // namespace touchstone::inline v0
