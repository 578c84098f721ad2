#pragma once
/// \file
/// Batches of indices: which components of a worker, or which workers, a step looks at.
///
///     WithReplacement     b draws, each uniform on 0, ..., m-1; an index may come several times
///     WithoutReplacement  b different indices, all subsets equally likely
///
/// Indices are in ascending order. Means over a batch divide by its size b, so that they are right in the mean.

#include <algorithm>

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// draw(m, random) gives size() indices out of 0, ..., m-1, ascending.
template <class Batch, class R>
concept IndexBatch = requires(const Batch& batch, Index m, R& random) {
  { batch.draw(m, random) } -> std::same_as<Indices>;
  { batch.size } -> std::convertible_to<Index>;
};

struct WithReplacement {
  Index size;  ///< b >= 1; may exceed m
  /// Draws choose(m), b times.
  template <class R>
  [[nodiscard]] Indices draw(Index m, R& random) const {
    require(size >= 1, "a batch needs b >= 1 draws", size);
    Indices drawn;
    for (Index t = 0; t < size; ++t) drawn.push_back(random.choose(m));
    std::ranges::sort(drawn);
    return drawn;
  }
};

struct WithoutReplacement {
  Index size;  ///< 1 <= b <= m
  /// Draws subset(m, b).
  template <class R>
  [[nodiscard]] Indices draw(Index m, R& random) const {
    require(1 <= size && size <= m, "a batch without replacement needs 1 <= b <= m (b, m)", size, m);
    return random.subset(m, size);
  }
};

/// (1/b) sum_{j in J} grad f_ij(x) of worker i, for a batch J of its components.
template <Field S, FiniteSumProblem<S> P>
[[nodiscard]] Vector<S> batch_gradient(const P& f, Index i, const Indices& batch, const Vector<S>& x) {
  Vector<S> sum = Vector<S>::Zero(f.dimension());
  for (const Index j : batch) sum += f.component_gradient(i, j, x);
  return sum / integer<S>(static_cast<Index>(batch.size()));
}

/// How a worker obtains a gradient (methods/gradient_oracle.hpp): from a batch of its components that is drawn anew.
template <class Batch>
struct BatchGradient {
  Batch batch;
  template <Field S, FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& random) const {
    return batch_gradient<S>(f, i, batch.draw(f.components(i), random), x);
  }
};

}  // namespace touchstone::inline v0
