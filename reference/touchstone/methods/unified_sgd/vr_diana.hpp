#pragma once
/// \file
/// VR-DIANA: DIANA whose workers reduce the variance of their sampled gradients as SAGA or L-SVRG do.
///
///     loopless variant only: draw a coin u with P(u = 1) = 1/m, the same for all workers
///     worker i   draw j uniformly from 1, ..., m
///                g_i  = grad f_ij(x) - grad f_ij(w_ij) + (1/m) sum_l grad f_il(w_il)
///                m_i  = Q(g_i - h_i)                     sent to the server
///                h_i <- h_i + alpha m_i
///                SAGA variant:      w_ij <- x for the j drawn
///                loopless variant:  w_ij <- x for all j if u = 1
///     server     g    = (1/n) sum_i (h_i + m_i)          with the h_i from before this step
///                x   <- prox_{gamma R}(x - gamma g)      and w takes the x from before this step
///
/// Thesis     Algorithm 14, section 2.6.14
/// Problem    min f(x) + R(x), f = (1/n) sum_i f_i, f_i = (1/m) sum_j f_ij with the same m for all; every f_ij convex and
///            L-smooth
/// State      x in R^d; shifts h_i in R^d, any start; T_ij = grad f_ij(w_ij), any start, and their means over j
/// Parameters gamma > 0; 0 < alpha <= 1/(3m) and alpha <= 1/(1 + omega); Q unbiased, drawn independently by the workers
/// Draws      the server's u in the loopless variant; for i = 1..n: j, then those of Q
/// Sends      every worker one message of Q
/// Theory     theory/unified_sgd/vr_diana.hpp
/// Reductions m = 1: DIANA with full gradients; n = 1 and Q = Identity: SAGA, or L-SVRG with p = 1/m
/// Deviations The gradients at the reference points are kept, not the points: one memory for both variants, and no gradient
///            is computed twice.

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct VrDianaState {
  Vector<S> x;                                ///< model, length d
  std::vector<Vector<S>> h;                   ///< n shifts, length d each
  std::vector<std::vector<Vector<S>>> table;  ///< T_ij, n times m of length d
  std::vector<Vector<S>> table_mean;          ///< (1/m) sum_j T_ij, n of length d
  [[nodiscard]] auto parts() { return std::tie(x, h, table, table_mean); }
  [[nodiscard]] auto parts() const { return std::tie(x, h, table, table_mean); }
  [[nodiscard]] auto free_parts() { return std::tie(x, h, table); }
  [[nodiscard]] auto free_parts() const { return std::tie(x, h, table); }
  bool operator==(const VrDianaState&) const = default;
};

enum class VrDianaVariant { saga, loopless };

template <Field S, class Q, VrDianaVariant variant, Regularizer<S> Prox = NoRegularizer>
struct VrDiana {
  using State = VrDianaState<S>;

  Q compressor;
  S gamma;  ///< stepsize of the model
  S alpha;  ///< stepsize of the shifts
  Prox regularizer{};

  /// Throws precondition_error unless all workers have m components and all sizes fit.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, std::vector<Vector<S>> h,
                              std::vector<std::vector<Vector<S>>> table) const {
    const Index n = f.workers();
    const Index m = f.components(0);
    require_dimension(x, f.dimension());
    require(static_cast<Index>(h.size()) == n && static_cast<Index>(table.size()) == n,
            "VR-DIANA needs n shifts and n tables (shifts, tables, n)", h.size(), table.size(), n);
    std::vector<Vector<S>> means;
    for (Index i = 0; i < n; ++i) {
      const std::vector<Vector<S>>& own = table[static_cast<std::size_t>(i)];
      require(f.components(i) == m && static_cast<Index>(own.size()) == m,
              "VR-DIANA needs m components and m stored gradients on every worker (components, stored, m)",
              f.components(i), own.size(), m);
      require_dimension(h[static_cast<std::size_t>(i)], f.dimension());
      Vector<S> mean = Vector<S>::Zero(f.dimension());
      for (const Vector<S>& row : own) {
        require_dimension(row, f.dimension());
        mean += row / integer<S>(m);
      }
      means.push_back(std::move(mean));
    }
    return {x, std::move(h), std::move(table), std::move(means)};
  }

  /// From zero shifts and w_ij = x.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    const Vector<S> zero = Vector<S>::Zero(f.dimension());
    std::vector<std::vector<Vector<S>>> table;
    for (Index i = 0; i < f.workers(); ++i) {
      table.emplace_back();
      for (Index j = 0; j < f.components(i); ++j) table.back().push_back(f.component_gradient(i, j, x));
    }
    std::vector<Vector<S>> h(table.size(), zero);
    return initial(f, x, std::move(h), std::move(table));
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    const Index m = f.components(0);
    const bool refresh = variant == VrDianaVariant::loopless && random.bernoulli(ratio<S>(1, m));
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      Vector<S>& h_i = s.h[static_cast<std::size_t>(i)];
      Vector<S>& mean_i = s.table_mean[static_cast<std::size_t>(i)];
      const Index j = own.choose(m);
      Vector<S>& T_ij = s.table[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
      const Vector<S> gradient = f.component_gradient(i, j, s.x);
      const Vector<S> change = gradient - T_ij;
      const Vector<S> difference = change + mean_i - h_i;
      const Vector<S> m_i = compressor.compress(difference, own);
      sum += h_i + m_i;
      h_i += alpha * m_i;
      if constexpr (variant == VrDianaVariant::saga) {
        mean_i += change / integer<S>(m);
        T_ij = gradient;
      }
    }
    if (refresh) refresh_tables(f, s);
    proximal_step(s.x, gamma, sum / integer<S>(n), regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * compressor.message_bits(f.dimension(), scalar_bits);
  }

  /// sigma_k^2 = (1/n) sum_i |h_i - grad f_i(x*)|^2 + (1/(nm)) sum_ij |T_ij - grad f_ij(x*)|^2
  template <FiniteSumProblem<S> P>
  [[nodiscard]] S sigma_squared(const P& f, const State& s, const Vector<S>& x_star) const {
    const S n = integer<S>(f.workers());
    const S m = integer<S>(f.components(0));
    S shifts(0);
    S tables(0);
    for (std::size_t i = 0; i < s.h.size(); ++i) {
      shifts += (s.h[i] - f.gradient(static_cast<Index>(i), x_star)).squaredNorm();
      for (std::size_t j = 0; j < s.table[i].size(); ++j)
        tables += (s.table[i][j] - f.component_gradient(static_cast<Index>(i), static_cast<Index>(j), x_star))
                      .squaredNorm();
    }
    return S(S(shifts / n) + S(tables / S(n * m)));
  }

 private:
  /// w_ij <- x for all i, j.
  template <FiniteSumProblem<S> P>
  static void refresh_tables(const P& f, State& s) {
    for (std::size_t i = 0; i < s.table.size(); ++i) {
      for (std::size_t j = 0; j < s.table[i].size(); ++j)
        s.table[i][j] = f.component_gradient(static_cast<Index>(i), static_cast<Index>(j), s.x);
      s.table_mean[i] = f.gradient(static_cast<Index>(i), s.x);
    }
  }
};

}  // namespace touchstone::inline v0
