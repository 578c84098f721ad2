#pragma once
/// \file
/// DIANAsr-DQ: DIANA with arbitrary sampling whose messages are quantized on the way to the server and on the way back.
///
///     worker i   ghat_i from a sampling
///                m_i = Q(ghat_i - h_i)                       sent to the server
///                h_i <- h_i + alpha m_i
///     server     h   = (1/n) sum_i h_i                       with the h_i from before this step
///                m   = (1/n) sum_i m_i
///                g   = Q2(h + m)      the estimate is quantized, or
///                g   = h + Q2(m)      the difference is quantized
///                x   <- x - gamma g
///
/// Thesis     slides 55-57, which leave the server's side open: both readings
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x in R^d; shifts h_1, ..., h_n in R^d, any start, zero is usual
/// Parameters gamma > 0; 0 < alpha <= 1/(1 + omega); Q and Q2 unbiased, drawn independently; how ghat_i is obtained
/// Draws      for i = 1..n: those of ghat_i, then those of Q; then, by the server as participant n + 1, those of Q2
/// Sends      every worker one message of Q, the server one of Q2
/// Theory     theory/error_feedback/dianasr_dq.hpp
/// Reductions Q2 = Identity: DIANA with the same gradients; Q = Identity and alpha = 0, h = 0 as well: SGD-SR

#include "touchstone/methods/unified_sgd/diana.hpp"

namespace touchstone::inline v0 {

/// What the server quantizes.
enum class ServerQuantizes { estimate, difference };

template <Field S, class Q, class Q2, ServerQuantizes what, class Gradient>
struct DianaSrDq {
  using State = DianaState<S>;

  Q compressor;
  Q2 server_compressor;
  S gamma;  ///< stepsize of the model
  S alpha;  ///< stepsize of the shifts
  Gradient gradient{};

  /// Throws precondition_error unless there are n shifts and all sizes fit.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, std::vector<Vector<S>> h) const {
    return diana().initial(f, x, std::move(h));
  }

  /// From zero shifts.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    return diana().initial(f, x);
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R> && UnbiasedCompressor<Q2, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    Vector<S> h = Vector<S>::Zero(f.dimension());
    Vector<S> m = h;
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      Vector<S>& h_i = s.h[static_cast<std::size_t>(i)];
      const Vector<S> difference = gradient.gradient(f, i, s.x, own) - h_i;
      const Vector<S> m_i = compressor.compress(difference, own);
      h += h_i / integer<S>(n);
      m += m_i / integer<S>(n);
      h_i += alpha * m_i;
    }
    R& server = random.worker(n);
    if constexpr (what == ServerQuantizes::estimate)
      s.x -= gamma * server_compressor.compress(Vector<S>(h + m), server);
    else
      s.x -= gamma * (h + server_compressor.compress(m, server));
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return diana().bits_per_iteration(f, scalar_bits) + server_compressor.message_bits(f.dimension(), scalar_bits);
  }

 private:
  [[nodiscard]] Diana<S, Q, Gradient> diana() const { return {compressor, gamma, alpha, gradient}; }
};

}  // namespace touchstone::inline v0
