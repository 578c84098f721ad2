#pragma once
/// \file
/// Randomness behind a virtual interface: a method or a compressor is compiled once for a number type and runs under every
/// interpretation of its choices.

#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0::oracle {

template <Field S>
class AnyRandomness {
 public:
  AnyRandomness() = default;
  AnyRandomness(const AnyRandomness&) = delete;
  AnyRandomness& operator=(const AnyRandomness&) = delete;
  virtual ~AnyRandomness() = default;

  virtual Index choose(Index n) = 0;
  virtual Indices subset(Index n, Index k) = 0;
  virtual Indices permutation(Index n) = 0;
  virtual bool bernoulli(const S& p) = 0;
  virtual Index pick(const std::vector<S>& weights) = 0;
  virtual AnyRandomness& worker(Index i) = 0;
  virtual void begin_iteration(Index k) = 0;
};

/// `source`, a Seeded, Recorder, Replayed or Exhaustive, which must outlive this object.
template <Field S, Randomness<S> R>
class Erased final : public AnyRandomness<S> {
 public:
  explicit Erased(R& source) : source_(source) {}

  Index choose(Index n) override { return source_.choose(n); }
  Indices subset(Index n, Index k) override { return source_.subset(n, k); }
  Indices permutation(Index n) override { return source_.permutation(n); }
  bool bernoulli(const S& p) override { return source_.bernoulli(p); }
  Index pick(const std::vector<S>& weights) override { return source_.pick(weights); }
  Erased& worker(Index i) override {
    source_.worker(i);
    return *this;
  }
  void begin_iteration(Index k) override { source_.begin_iteration(k); }

 private:
  R& source_;
};

}  // namespace touchstone::inline v0::oracle
