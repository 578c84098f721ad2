#pragma once
/// \file
/// Choices altered on their way to a method: the algorithm is not written a second time for a mutant.

#include <optional>
#include <utility>
#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// Every worker is handed the choices that worker 0 made: what a forgotten worker index in the stream does. Wraps the
/// exhaustive source of a step.
template <class Source>
class SharedChoices {
 public:
  explicit SharedChoices(Source& source) : source_(source) {}

  Indices subset(Index n, Index k) {
    if (!first_) first_ = source_.subset(n, k);
    return *first_;
  }
  Index choose(Index n) { return source_.choose(n); }
  Indices permutation(Index n) { return source_.permutation(n); }
  template <class S>
  bool bernoulli(const S& p) {
    return source_.bernoulli(p);
  }
  template <class S>
  Index pick(const std::vector<S>& w) {
    return source_.pick(w);
  }
  SharedChoices& worker(Index /*i*/) { return *this; }
  void begin_iteration(Index k) { source_.begin_iteration(k); }

 private:
  Source& source_;
  std::optional<Indices> first_;
};

}  // namespace touchstone::inline v0
