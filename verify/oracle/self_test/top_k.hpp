#pragma once
/// \file
/// Sparsifiers that keep the K coordinates of the largest magnitude.

#include "verify/oracle/self_test/sparsifiers.hpp"

namespace touchstone::inline v0::oracle::self_test {

enum class TopKFault {
  none,
  by_value,  ///< the largest, not the largest in magnitude
  smallest,
  one_too_few,  ///< K rounded down
  one_too_many,
  K_in_floats,
  ties_all_sent,    ///< everything not less than the K-th magnitude
  above_threshold,  ///< only what is greater than the K-th magnitude: nothing where all are equal
  half_of_maximum,  ///< everything above half of the maximum, whatever K
  scaled_up,        ///< by d/K, as RandK is
  signs_only,
  value_of_next,
  unsorted_pairs  ///< indices sorted, values left in the order of magnitude
};

enum class Ties { first, last, random };

struct TopKVariant {
  TopKFault fault = TopKFault::none;
  Ties ties = Ties::first;
};

template <class T>
class TopK final : public Compressor<T> {
 public:
  TopK(Size d, const Json& parameters, const TopKVariant& variant)
      : K_(kept_of(d, parameters, variant.fault == TopKFault::K_in_floats)), variant_(variant) {
    require_sparsity(K_, d);
    if (variant.fault == TopKFault::one_too_few) --K_;
    if (variant.fault == TopKFault::one_too_many) K_ = std::min(K_ + 1, d);
  }

  const std::vector<T>& compress(std::vector<T>& x, Choices& random) override {
    Sizes order = ranked(x, random);
    order.resize(kept(x, order));
    this->out_.assign(x.size(), T(0));
    for (const Size i : order) this->out_[i] = sent(x, i);
    if (variant_.fault != TopKFault::unsorted_pairs) return this->out_;
    Sizes sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (Size k = 0; k < order.size(); ++k) this->out_[sorted[k]] = x[order[k]];
    return this->out_;
  }

 private:
  [[nodiscard]] Sizes ranked(const std::vector<T>& x, Choices& random) const {
    Sizes order(x.size());
    std::iota(order.begin(), order.end(), Size{0});
    if (variant_.ties == Ties::last) std::reverse(order.begin(), order.end());
    if (variant_.ties == Ties::random) order = random.permutation(x.size());
    std::stable_sort(order.begin(), order.end(), [&](Size a, Size b) {
      if (variant_.fault == TopKFault::by_value) return x[b] < x[a];
      if (variant_.fault == TopKFault::smallest) return magnitude(x[a]) < magnitude(x[b]);
      return magnitude(x[b]) < magnitude(x[a]);
    });
    return order;
  }

  [[nodiscard]] Size kept(const std::vector<T>& x, const Sizes& order) const {
    if (K_ == 0) return 0;
    const T threshold =
        variant_.fault == TopKFault::half_of_maximum ? magnitude(x[order[0]]) / T(2) : magnitude(x[order[K_ - 1]]);
    Size count = 0;
    for (const Size i : order) {
      const T size = magnitude(x[i]);
      count += threshold < size || (variant_.fault == TopKFault::ties_all_sent && size == threshold) ? 1 : 0;
    }
    const bool by_threshold = variant_.fault == TopKFault::ties_all_sent ||
                              variant_.fault == TopKFault::above_threshold ||
                              variant_.fault == TopKFault::half_of_maximum;
    return by_threshold ? count : K_;
  }

  [[nodiscard]] T sent(const std::vector<T>& x, Size i) const {
    switch (variant_.fault) {
      case TopKFault::scaled_up:
        return x[i] * T(static_cast<double>(x.size()) / static_cast<double>(K_));
      case TopKFault::signs_only:
        return x[i] < T(0) ? T(-1) : T(1);
      case TopKFault::value_of_next:
        return x[(i + 1) % x.size()];
      default:
        return x[i];
    }
  }

  Size K_;
  TopKVariant variant_;
};

}  // namespace touchstone::inline v0::oracle::self_test
