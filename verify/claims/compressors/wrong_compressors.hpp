#pragma once
/// \file
/// Compressors with one mistake each, of the kind that implementations make. Each has the constants, flags and worst case of
/// the compressor it derives from: what it claims to be.

#include <algorithm>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// Passes every question on.
template <class Self, class R>
struct PassedOn {
  R& random;
  Index choose(Index n) { return random.choose(n); }
  Indices subset(Index n, Index k) { return random.subset(n, k); }
  Indices permutation(Index n) { return random.permutation(n); }
  template <class S>
  bool bernoulli(const S& p) {
    return random.bernoulli(p);
  }
  template <class S>
  Index pick(const std::vector<S>& w) {
    return random.pick(w);
  }
  Self& worker(Index i) {
    random.worker(i);
    return static_cast<Self&>(*this);
  }
  void begin_iteration(Index k) { random.begin_iteration(k); }
};

/// Every coin falls the other way, a weighted choice is read from the end.
template <class R>
struct FlippedCoins : PassedOn<FlippedCoins<R>, R> {
  template <class S>
  bool bernoulli(const S& p) {
    return !this->random.bernoulli(p);
  }
  template <class S>
  Index pick(const std::vector<S>& w) {
    return static_cast<Index>(w.size()) - 1 - this->random.pick(w);
  }
};

/// The likelier answer, always.
template <class R>
struct LikelierAnswers : PassedOn<LikelierAnswers<R>, R> {
  template <class S>
  bool bernoulli(const S& p) {
    return !(p < ratio<S>(1, 2));
  }
  template <class S>
  Index pick(const std::vector<S>& w) {
    return static_cast<Index>(std::max_element(w.begin(), w.end()) - w.begin());
  }
};

/// C with another way to answer its questions.
template <class C, template <class> class Answers>
struct Answered : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    Answers<R> answers{{random}};
    return C::compress(x, answers);
  }
};

/// p and 1 - p exchanged.
template <class C>
using Flipped = Answered<C, FlippedCoins>;

/// Deterministic rounding that is called random.
template <class C>
using Deterministic = Answered<C, LikelierAnswers>;

/// A scale forgotten: half of what should be received.
template <class C>
struct Halved : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(C::compress(x, random) / S(2));
  }
};

/// The receiver puts every value one place further.
template <class C>
struct Moved : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const Vector<S> y = C::compress(x, random);
    Vector<S> moved(y.size());
    for (Index i = 0; i < y.size(); ++i) moved[(i + 1) % y.size()] = y[i];
    return moved;
  }
};

}  // namespace touchstone::inline v0
