#pragma once
/// \file
/// DQGD: distributed gradient descent whose messages are quantized on the way to the server and on the way back.
///
///     worker i   m_i = Q(grad f_i(x))                        sent to the server
///     server     g   = Q2((1/n) sum_i m_i)                   broadcast
///                x   <- x - gamma g
///
/// Thesis     slides 55-57, which do not say more; with Q2 = Identity distributed quantized gradient descent
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d
/// Parameters gamma > 0; Q and Q2 unbiased, drawn independently
/// Draws      for i = 1..n: those of Q; then, by the server as participant n + 1, those of Q2
/// Sends      every worker one message of Q, the server one of Q2
/// Theory     theory/error_feedback/dqgd.hpp
/// Reductions Q2 = Identity: QSGD with full gradients

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/methods/model_state.hpp"

namespace touchstone::inline v0 {

template <Field S, class Q, class Q2 = Identity>
struct Dqgd {
  using State = ModelState<S>;

  Q compressor;
  S gamma;  ///< stepsize
  Q2 server_compressor{};

  /// Throws precondition_error unless x fits.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    return model_at<S>(f, x);
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R> && UnbiasedCompressor<Q2, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) sum += compressor.compress(f.gradient(i, s.x), random.worker(i));
    const Vector<S> mean = sum / integer<S>(n);
    s.x -= gamma * server_compressor.compress(mean, random.worker(n));
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    const Index d = f.dimension();
    return f.workers() * compressor.message_bits(d, scalar_bits) + server_compressor.message_bits(d, scalar_bits);
  }
};

}  // namespace touchstone::inline v0
