#pragma once
/// \file
/// EC-GD: error-compensated gradient descent. What compression loses is remembered and sent later.
///
///     worker i   y_i = e_i + gamma g_i
///                v_i = C(y_i)                                sent to the server
///                e_i <- y_i - v_i
///     server     x   <- x - (1/n) sum_i v_i
///
/// with g_i = grad f_i(x) (EC-GD) or g_i = grad f_i(x) - grad f_i(x*) (EC-GDstar, Algorithm 21), where the
/// gradients at the solution are assumed known.
///
/// Thesis     slides 46-49 (the scheme), slide 50 row 3 (EC-GDstar)
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize
/// Parameters gamma > 0; C contractive, drawn independently by the workers; the shifts that are subtracted from the
///            gradients: none, or grad f_i(x*)
/// Draws      for i = 1..n: those of C
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/ec_gd.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions C = Identity: gradient descent, and e stays zero; grad f_i(x*) = 0: EC-GDstar is EC-GD

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct EcGdState {
  Vector<S> x;               ///< model, length d
  std::vector<Vector<S>> e;  ///< n error memories, length d each
  [[nodiscard]] auto parts() { return std::tie(x, e); }
  [[nodiscard]] auto parts() const { return std::tie(x, e); }
  bool operator==(const EcGdState&) const = default;
};

/// EC-GD: g_i = grad f_i(x).
struct NoShift {
  template <Field S>
  void subtract_from(Vector<S>& /*gradient*/, Index /*i*/) const {}
};

/// EC-GDstar: g_i = grad f_i(x) - grad f_i(x*).
template <Field S>
struct StarShift {
  std::vector<Vector<S>> gradients_at_solution;  ///< grad f_i(x*), n vectors of length d

  template <DistributedProblem<S> P>
  [[nodiscard]] static StarShift of(const P& f, const Vector<S>& x_star) {
    StarShift shift;
    for (Index i = 0; i < f.workers(); ++i) shift.gradients_at_solution.push_back(f.gradient(i, x_star));
    return shift;
  }
  void subtract_from(Vector<S>& gradient, Index i) const {
    gradient -= gradients_at_solution[static_cast<std::size_t>(i)];
  }
};

template <Field S, class C, class Shift = NoShift>
struct EcGd {
  using State = EcGdState<S>;

  C compressor;
  S gamma;  ///< stepsize
  Shift shift{};

  /// From zero errors, which the theorems assume.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    const Vector<S> zero = Vector<S>::Zero(f.dimension());
    return {x, std::vector<Vector<S>>(static_cast<std::size_t>(f.workers()), zero)};
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires ContractiveCompressor<C, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      Vector<S>& e_i = s.e[static_cast<std::size_t>(i)];
      Vector<S> g_i = f.gradient(i, s.x);
      shift.subtract_from(g_i, i);
      e_i += gamma * g_i;
      const Vector<S> v_i = compressor.compress(e_i, own);
      e_i -= v_i;
      sum += v_i;
    }
    s.x -= sum / integer<S>(n);
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * compressor.message_bits(f.dimension(), scalar_bits);
  }
};

}  // namespace touchstone::inline v0
