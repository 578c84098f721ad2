#pragma once
/// \file
/// Parallel SGD with compression: the workers' gradients are compressed, and nothing is remembered of what was
/// lost.
///
///     worker i   m_i = C(ghat_i)                             sent to the server
///     server     x   <- x - gamma (1/n) sum_i m_i
///
/// Thesis     slides 41-45; with an unbiased C: QSGD in the list of slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d
/// Parameters gamma > 0; any compressor C, drawn independently by the workers; how ghat_i is obtained
/// Draws      for i = 1..n: those of the gradient, then those of C
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/qsgd.hpp for unbiased C; with Top1 it can diverge exponentially
///            (problems/top1_counterexample.hpp)
/// Reductions C = Identity and full gradients: gradient descent

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/model_state.hpp"

namespace touchstone::inline v0 {

template <Field S, class C, class Oracle = FullGradient>
struct ParallelSgd {
  using State = ModelState<S>;

  C compressor;
  S gamma;  ///< stepsize
  Oracle oracle{};

  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    return model_at<S>(f, x);
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires Compressor<C, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      sum += compressor.compress(oracle.gradient(f, i, s.x, own), own);
    }
    s.x -= gamma / integer<S>(n) * sum;
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * compressor.message_bits(f.dimension(), scalar_bits);
  }
};

}  // namespace touchstone::inline v0
