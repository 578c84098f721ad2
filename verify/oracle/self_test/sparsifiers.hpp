#pragma once
/// \file
/// Sparsifiers that keep K random coordinates.

#include <algorithm>
#include <numeric>
#include <utility>

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

/// The faults of random sparsification.
enum class RandKFault {
  none,
  scale_inverted,     ///< K/d
  scale_in_integers,  ///< d/K, both integers
  scale_of_last,      ///< (d-1)/(K-1), the factor of a pair of coordinates
  scale_from_floor,   ///< d/K, with a K of its own rounding
  scale_in_float32,   ///< in a library that says float64
  with_replacement,
  replacement_added,  ///< with replacement, and a coordinate drawn twice counts twice: unbiased, but of another variance
  contiguous_block,
  wrapped_block,  ///< cyclic: unbiased, the right variance, but neighbours are kept together
  first_coordinates,
  same_every_call,
  last_never_drawn,
  first_never_dropped,
  value_of_next,  ///< the value at i+1 for index i
  values_sorted,  ///< the values in order of magnitude, the indices in theirs
  index_in_byte,
  index_in_short,
  one_too_few,
  one_too_many,
  K_in_floats,  ///< K = int(0.29 * 100) = 28
  K_ignored,
  sign_lost,
  drops_rescaled  ///< what is dropped is added to what is kept
};

/// How it draws its coordinates; the law is one.
enum class SubsetBy { subset, shuffle, permutation, reservoir, one_by_one };

struct RandKVariant {
  RandKFault fault = RandKFault::none;
  bool scaled = true;
  SubsetBy by = SubsetBy::subset;
  bool keeps_negative_zero = false;
};

/// K of the parameters: a whole number, or a fraction of d.
[[nodiscard]] inline Size kept_of(Size d, const Json& parameters, bool in_floats) {
  if (parameters.contains("K")) return count_of(parameters["K"]);
  const double fraction = number_of(parameters.at("fraction"));
  const double K = fraction * static_cast<double>(d);
  return static_cast<Size>(in_floats ? K : std::round(K));
}

[[nodiscard]] inline Sizes drawn_by(SubsetBy by, Size d, Size K, Choices& random) {
  Sizes all(d);
  std::iota(all.begin(), all.end(), Size{0});
  const auto shortened = [&](Sizes order) {
    order.resize(K);
    std::sort(order.begin(), order.end());
    return order;
  };
  switch (by) {
    case SubsetBy::subset:
      return random.subset(d, K);
    case SubsetBy::shuffle:
      for (Size i = 0; i < K; ++i) std::swap(all[i], all[i + random.choose(d - i)]);
      return shortened(all);
    case SubsetBy::permutation:
      return shortened(random.permutation(d));
    case SubsetBy::reservoir:
      for (Size i = K; i < d; ++i)
        if (const Size place = random.choose(i + 1); place < K) all[place] = i;
      return shortened(all);
    case SubsetBy::one_by_one:
      break;
  }
  Sizes kept;
  for (Size i = 0; i < d && kept.size() < K; ++i)
    if (random.bernoulli(static_cast<double>(K - kept.size()) / static_cast<double>(d - i))) kept.push_back(i);
  return kept;
}

template <class T>
class RandK final : public Compressor<T> {
 public:
  RandK(Size d, const Json& parameters, const RandKVariant& variant)
      : K_(kept_of(d, parameters, variant.fault == RandKFault::K_in_floats)), variant_(variant) {
    require_sparsity(K_, d);
    if (variant.fault == RandKFault::K_ignored) K_ = 1;
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    const Size d = x.size();
    if (kept_.empty() || variant_.fault != RandKFault::same_every_call) kept_ = drawn(d, random);
    const T scale = T(scale_of(d));
    this->out_.assign(d, T(0));
    if (variant_.keeps_negative_zero)
      for (Size i = 0; i < d; ++i) this->out_[i] = T(0) * x[i];
    for (const Size i : kept_) this->out_[i % d] = scale * value(x, i);
    if (variant_.fault == RandKFault::replacement_added) add_repeated(x, scale);
    if (variant_.fault == RandKFault::values_sorted) sort_values();
    if (variant_.fault == RandKFault::drops_rescaled) spread(x, scale);
    return this->out_;
  }

 private:
  [[nodiscard]] Sizes drawn(Size d, Choices& random) const {
    Sizes kept;
    switch (variant_.fault) {
      case RandKFault::with_replacement:
      case RandKFault::replacement_added:
        for (Size k = 0; k < K_; ++k) kept.push_back(random.choose(d));
        return kept;
      case RandKFault::contiguous_block:
        kept.resize(K_);
        std::iota(kept.begin(), kept.end(), random.choose(d - K_ + 1));
        return kept;
      case RandKFault::wrapped_block:
        kept.resize(K_);
        std::iota(kept.begin(), kept.end(), random.choose(d));
        return kept;
      case RandKFault::first_coordinates:
        kept.resize(K_);
        std::iota(kept.begin(), kept.end(), Size{0});
        return kept;
      case RandKFault::last_never_drawn:
        return random.subset(d > K_ ? d - 1 : d, K_);
      case RandKFault::first_never_dropped:
        for (const Size i : random.subset(d - 1, K_ - 1)) kept.push_back(i + 1);
        kept.push_back(0);
        return kept;
      case RandKFault::index_in_byte:
        for (const Size i : random.subset(d, K_)) kept.push_back(i & 0xffU);
        return kept;
      case RandKFault::index_in_short:
        for (const Size i : random.subset(d, K_)) kept.push_back(i & 0x7fffU);
        return kept;
      case RandKFault::one_too_few:
        return random.subset(d, K_ - 1);
      case RandKFault::one_too_many:
        return random.subset(d, std::min(K_ + 1, d));
      default:
        return drawn_by(variant_.by, d, K_, random);
    }
  }

  [[nodiscard]] double scale_of(Size d) const {
    const auto all = static_cast<double>(d);
    const auto kept = static_cast<double>(K_);
    if (!variant_.scaled) return 1;
    switch (variant_.fault) {
      case RandKFault::scale_inverted:
        return kept / all;
      case RandKFault::scale_in_integers:
        return static_cast<double>(d / K_);
      case RandKFault::scale_of_last:
        return K_ > 1 ? (all - 1) / (kept - 1) : all;
      case RandKFault::scale_from_floor:
        return all / static_cast<double>(K_ > 1 ? K_ - 1 : K_);
      case RandKFault::scale_in_float32:
        return static_cast<double>(static_cast<float>(all) / static_cast<float>(kept));
      default:
        return all / kept;
    }
  }

  [[nodiscard]] T value(const std::vector<T>& x, Size i) const {
    if (variant_.fault == RandKFault::value_of_next) return x[(i + 1) % x.size()];
    if (variant_.fault == RandKFault::sign_lost) return magnitude(x[i]);
    return x[i % x.size()];
  }

  void add_repeated(const std::vector<T>& x, T scale) {
    std::fill(this->out_.begin(), this->out_.end(), T(0));
    for (const Size i : kept_) this->out_[i] = this->out_[i] + scale * x[i];
  }

  void sort_values() {
    std::vector<T> values;
    for (const Size i : kept_) values.push_back(this->out_[i]);
    std::sort(values.begin(), values.end(), [](T a, T b) { return magnitude(b) < magnitude(a); });
    for (Size k = 0; k < kept_.size(); ++k) this->out_[kept_[k]] = values[k];
  }

  void spread(const std::vector<T>& x, T scale) {
    T dropped = T(0);
    for (Size i = 0; i < x.size(); ++i)
      if (!std::binary_search(kept_.begin(), kept_.end(), i)) dropped = dropped + x[i];
    for (const Size i : kept_) this->out_[i] = this->out_[i] / scale + dropped / T(static_cast<double>(K_));
  }

  Size K_;
  RandKVariant variant_;
  Sizes kept_;
};

}  // namespace touchstone::inline v0::oracle::self_test
