#pragma once
/// \file
/// Compressors that send a coordinate, or everything, with a probability.

#include <algorithm>
#include <utility>

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

enum class LazyFault {
  none,
  unscaled,
  scaled_by_p,   ///< p x in the place of x/p
  scaled_twice,  ///< x/p^2
  flipped,       ///< sent with probability 1 - p
  always_half,
  coordinatewise,    ///< a coin for every coordinate
  one_coin,          ///< one coin for all coordinates
  antithetic_pairs,  ///< coordinate 2i+1 is sent where 2i is not
  p_of_next,         ///< coordinate i with the probability of i+1
  mean_scale,        ///< scaled by the mean of 1/p_i
  p_in_float32,
  p_slightly_off,  ///< p + 2^-23
  kept_while_last  ///< a coordinate is kept only while the one before it is
};

struct LazyVariant {
  LazyFault fault = LazyFault::none;
  bool scaled = true;
};

/// x/p with probability p: all of x.
template <class T>
class Bernoulli final : public Compressor<T> {
 public:
  Bernoulli(Size /*d*/, const Json& parameters, const LazyVariant& variant)
      : p_(number_of(parameters.at("p"))), variant_(variant) {
    if (!(p_ > 0 && p_ <= 1)) throw Refused("p does not lie in (0, 1]");
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    const bool each = variant_.fault == LazyFault::coordinatewise;
    bool sent = random.bernoulli(probability());
    this->out_.assign(x.size(), T(0));
    for (Size i = 0; i < x.size(); ++i) {
      if (each && i > 0) sent = random.bernoulli(probability());
      if (sent) this->out_[i] = scaled(x[i]);
    }
    return this->out_;
  }

 private:
  [[nodiscard]] double probability() const {
    switch (variant_.fault) {
      case LazyFault::flipped:
        return 1 - p_;
      case LazyFault::always_half:
        return 0.5;
      case LazyFault::p_in_float32:
        return static_cast<double>(static_cast<float>(p_));
      case LazyFault::p_slightly_off:
        return p_ + 0x1p-23;
      default:
        return p_;
    }
  }
  [[nodiscard]] T scaled(T value) const {
    if (!variant_.scaled || variant_.fault == LazyFault::unscaled) return value;
    if (variant_.fault == LazyFault::scaled_by_p) return value * T(p_);
    if (variant_.fault == LazyFault::scaled_twice) return value / T(p_) / T(p_);
    return value / T(p_);
  }

  double p_;
  LazyVariant variant_;
};

/// x_i/p_i with probability p_i, coordinate by coordinate; p = 1/2, 1/4, 3/4, 1, again and again.
template <class T>
class IndependentSparsifier final : public Compressor<T> {
 public:
  IndependentSparsifier(Size /*d*/, const Json& /*parameters*/, const LazyVariant& variant) : variant_(variant) {}

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    this->out_.assign(x.size(), T(0));
    bool last = true;
    for (Size i = 0; i < x.size(); ++i) {
      const double p = probability(i + (variant_.fault == LazyFault::p_of_next ? 1 : 0));
      bool sent = last;
      if (variant_.fault == LazyFault::antithetic_pairs && i % 2 == 1)
        sent = !last;
      else if (variant_.fault != LazyFault::one_coin || i == 0)
        sent = random.bernoulli(p);
      if (variant_.fault == LazyFault::kept_while_last) sent = sent && last;
      last = sent;
      if (sent) this->out_[i] = scaled(x[i], probability(i));
    }
    return this->out_;
  }

 private:
  [[nodiscard]] double probability(Size i) const {
    constexpr double cycle[] = {0.5, 0.25, 0.75, 1};
    const double p = cycle[i % 4];
    if (variant_.fault == LazyFault::flipped) return 1 - p;
    return variant_.fault == LazyFault::always_half ? 0.5 : p;
  }
  [[nodiscard]] T scaled(T value, double p) const {
    if (variant_.fault == LazyFault::unscaled) return value;
    if (variant_.fault == LazyFault::mean_scale) return value * T((2 + 4 + 4.0 / 3 + 1) / 4);
    return value / T(variant_.fault == LazyFault::flipped ? 1 - p : p);
  }

  LazyVariant variant_;
};

enum class L1Fault { none, by_square, by_norm_2, sign_lost, value_kept, uniform, index_after };

/// |x|_1 sign(x_i) e_i with probability |x_i|/|x|_1.
template <class T>
class L1Sampling final : public Compressor<T> {
 public:
  L1Sampling(Size /*d*/, const Json& /*parameters*/, L1Fault fault) : fault_(fault) {}

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    this->out_.assign(x.size(), T(0));
    double norm = 0;
    double squares = 0;
    for (const T value : x) norm += std::abs(static_cast<double>(value));
    for (const T value : x) squares += static_cast<double>(value) * static_cast<double>(value);
    if (norm == 0) return this->out_;
    std::vector<double> weights;
    for (const T value : x) {
      const auto size = std::abs(static_cast<double>(value));
      weights.push_back(fault_ == L1Fault::by_square ? size * size / squares : size / norm);
    }
    Size i = fault_ == L1Fault::uniform ? random.choose(x.size()) : random.pick(weights);
    if (fault_ == L1Fault::index_after) i = (i + 1) % x.size();
    const T sent = T(fault_ == L1Fault::by_norm_2 ? std::sqrt(squares) : norm);
    this->out_[i] = x[i] < T(0) && fault_ != L1Fault::sign_lost ? -sent : sent;
    if (fault_ == L1Fault::value_kept) this->out_[i] = x[i];
    return this->out_;
  }

 private:
  L1Fault fault_;
};

}  // namespace touchstone::inline v0::oracle::self_test
