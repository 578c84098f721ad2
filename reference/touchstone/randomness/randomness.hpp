#pragma once
/// \file
/// The finite random choices an algorithm makes, separated from who makes them.
///
/// An algorithm never sees a generator, a seed or a number in [0, 1). It asks for one of five kinds of choice; what
/// happens then is up to the interpretation it runs under:
///
///     Seeded       draws from counter-based streams          randomness/seeded.hpp
///     Recorder     passes the question on, notes the answer  randomness/transcript.hpp
///     Replayed     answers from a transcript                 randomness/transcript.hpp
///     Exhaustive   takes every answer in turn, with its      randomness/exhaustive.hpp
///                  exact probability
///
///     choose(n)        uniform on {0, ..., n-1}                          n >= 1
///     subset(n, k)     uniform on the k-subsets of {0, ..., n-1}         0 <= k <= n
///     permutation(n)   uniform on the orders of {0, ..., n-1}            n >= 0
///     bernoulli(p)     true with probability p                           0 <= p <= 1
///     pick(w)          i with probability w[i]                           w >= 0, sum w = 1
///
/// A choice that is no choice (n = 1, k = 0, k = n, p in {0, 1}, a single positive weight) consumes nothing: no
/// draw is counted, no transcript entry written, no outcome split.

#include <concepts>
#include <cstddef>
#include <string>
#include <vector>

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// A subset of {0, ..., n-1}, ascending; or a permutation, as the list of its values.
using Indices = std::vector<Index>;

/// Where in a run a choice stands. Everything a counter-based stream depends on besides the seed.
struct Place {
  static constexpr Index server = -1;
  Index iteration = 0;    ///< k of the step x^k -> x^{k+1}
  Index worker = server;  ///< worker 0, ..., n-1 or the server
  Index draw = 0;         ///< how many choices this worker has made before in this iteration
  bool operator==(const Place&) const = default;
};

[[nodiscard]] inline std::string to_string(const Place& place) {
  const std::string who = place.worker == Place::server ? "server" : "worker " + std::to_string(place.worker);
  return "iteration " + std::to_string(place.iteration) + ", " + who + ", draw " + std::to_string(place.draw);
}

/// What a step may ask. `worker(i)` says that the choices that follow are made by worker i; workers are visited in
/// ascending order. Without it they are the server's.
template <class R, class S>
concept Randomness = requires(R& random, Index n, Index k, const S& p, const std::vector<S>& w) {
  { random.choose(n) } -> std::same_as<Index>;
  { random.subset(n, k) } -> std::same_as<Indices>;
  { random.permutation(n) } -> std::same_as<Indices>;
  { random.bernoulli(p) } -> std::same_as<bool>;
  { random.pick(w) } -> std::same_as<Index>;
  { random.worker(n) } -> std::same_as<R&>;
  random.begin_iteration(k);
};

/// The part that all interpretations share: arguments are checked, choices that are none are answered, the place is
/// kept. `Source` answers what is left: draw_index(n), draw_subset(n, k), draw_permutation(n), draw_bernoulli(p),
/// draw_category(w).
template <class Source>
class Choices {
 public:
  /// Throws precondition_error unless n >= 1.
  Index choose(Index n) {
    require(n >= 1, "choose(n) needs n >= 1", n);
    return n == 1 ? 0 : counted(source().draw_index(n));
  }

  /// Throws precondition_error unless 0 <= k <= n.
  Indices subset(Index n, Index k) {
    require(0 <= k && k <= n, "subset(n, k) needs 0 <= k <= n", n, k);
    if (k == 0 || k == n) return first(k);
    return counted(source().draw_subset(n, k));
  }

  /// Throws precondition_error unless n >= 0.
  Indices permutation(Index n) {
    require(n >= 0, "permutation(n) needs n >= 0", n);
    return n <= 1 ? first(n) : counted(source().draw_permutation(n));
  }

  /// Throws precondition_error unless 0 <= p <= 1 (NaN included).
  template <Field S>
  bool bernoulli(const S& p) {
    if constexpr (OrderedField<S> && !requires { typename S::symbolic; })
      require(S(0) <= p && p <= S(1), "bernoulli(p) needs 0 <= p <= 1", p);
    if (p == S(0)) return false;
    if (p == S(1)) return true;
    return counted(source().draw_bernoulli(p));
  }

  /// Throws precondition_error unless the weights are nonnegative and sum to one (exactly, for exact numbers).
  template <Field S>
  Index pick(const std::vector<S>& weights) {
    S sum(0);
    Index positive = 0;
    Index last = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if constexpr (OrderedField<S> && !requires { typename S::symbolic; })
        require(S(0) <= weights[i], "pick(w) needs w[i] >= 0", i, weights[i]);
      sum += weights[i];
      if (weights[i] == S(0)) continue;
      ++positive;
      last = static_cast<Index>(i);
    }
    if constexpr (is_exact<S>) require(sum == S(1), "pick(w) needs weights that sum to 1", sum);
    require(positive >= 1, "pick(w) needs a positive weight", weights.size());
    return positive == 1 ? last : counted(source().draw_category(weights));
  }

  Source& worker(Index i) {
    require(i >= place_.worker,
            "within an iteration workers choose in ascending order, and begin_iteration(k) starts the next one "
            "(worker, worker before it)",
            i, place_.worker);
    if (i != place_.worker) place_ = {place_.iteration, i, 0};
    return source();
  }

  void begin_iteration(Index k) { place_ = {k, Place::server, 0}; }

  /// Of the next choice.
  [[nodiscard]] const Place& place() const { return place_; }

 private:
  Source& source() { return static_cast<Source&>(*this); }

  template <class Answer>
  Answer counted(Answer answer) {
    ++place_.draw;
    return answer;
  }

  static Indices first(Index k) {
    Indices all(static_cast<std::size_t>(k));
    for (Index i = 0; i < k; ++i) all[static_cast<std::size_t>(i)] = i;
    return all;
  }

  Place place_;
};

}  // namespace touchstone::inline v0
