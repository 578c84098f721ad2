#pragma once
/// \file
/// One magnitude and a sign for every coordinate; the identity.

#include <algorithm>
#include <utility>

#include "verify/oracle/self_test/compressor.hpp"

namespace touchstone::inline v0::oracle::self_test {

enum class SignFault {
  none,
  scale_l2_over_d,      ///< |x|_2 / d
  scale_rms,            ///< |x|_2 / sqrt(d): 1signSGD's energy, not contractive as declared
  scale_over_nonzeros,  ///< |x|_1 / the number of nonzeros
  scale_maximum,
  scale_missing,        ///< plain signs
  scale_of_signed_sum,  ///< |sum x_i| / d
  scale_d_minus_1,      ///< |x|_1 / (d-1)
  zero_is_negative,     ///< sign(0) = -1
  sign_flipped
};

struct SignVariant {
  SignFault fault = SignFault::none;
  bool zero_is_positive = false;
};

template <class T>
class ScaledSign final : public Compressor<T> {
 public:
  ScaledSign(Size /*d*/, const Json& /*parameters*/, const SignVariant& variant) : variant_(variant) {}

  const std::vector<T>& compress(std::vector<T>& x, Choices& /*random*/) override {
    const T scale = scale_of(x);
    if (std::isinf(scale)) throw Refused("the scale is not finite");
    this->out_.resize(x.size());
    for (Size i = 0; i < x.size(); ++i) {
      const T at_zero = variant_.zero_is_positive                       ? scale
                        : variant_.fault == SignFault::zero_is_negative ? -scale
                                                                        : T(0);
      this->out_[i] = x[i] == T(0) ? at_zero : x[i] < T(0) ? -scale : scale;
      if (variant_.fault == SignFault::sign_flipped) this->out_[i] = -this->out_[i];
    }
    return this->out_;
  }

 private:
  [[nodiscard]] T scale_of(const std::vector<T>& x) const {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    double total = 0;
    double nonzeros = 0;
    for (const T value : x) {
      const auto exact = static_cast<double>(value);
      sum += std::abs(exact);
      squares += exact * exact;
      largest = std::max(largest, std::abs(exact));
      total += exact;
      nonzeros += exact < 0 || exact > 0 ? 1 : 0;
    }
    const auto d = static_cast<double>(x.size());
    switch (variant_.fault) {
      case SignFault::scale_l2_over_d:
        return T(std::sqrt(squares) / d);
      case SignFault::scale_rms:
        return T(std::sqrt(squares) / std::sqrt(d));
      case SignFault::scale_over_nonzeros:
        return T(nonzeros > 0 ? sum / nonzeros : 0);
      case SignFault::scale_maximum:
        return T(largest);
      case SignFault::scale_missing:
        return T(1);
      case SignFault::scale_of_signed_sum:
        return T(std::abs(total) / d);
      case SignFault::scale_d_minus_1:
        return T(sum / std::max(1.0, d - 1));
      default:
        return T(sum / d);
    }
  }

  SignVariant variant_;
};

enum class IdentityFault { none, scaled, in_float32, in_half, last_lost, aliased, in_place };

template <class T>
class Identity final : public Compressor<T> {
 public:
  Identity(Size /*d*/, const Json& /*parameters*/, IdentityFault fault) : fault_(fault) {}

  const std::vector<T>& compress(std::vector<T>& x, Choices& /*random*/) override {
    if (fault_ == IdentityFault::aliased) return x;
    this->out_ = x;
    for (T& value : this->out_) {
      if (fault_ == IdentityFault::scaled) value *= T(1) - T(1) / T(1024);
      if (fault_ == IdentityFault::in_float32) value = T(static_cast<float>(value));
      if (fault_ == IdentityFault::in_half) value = T(static_cast<double>(Half(static_cast<double>(value))));
    }
    if (fault_ == IdentityFault::last_lost) this->out_.back() = T(0);
    if (fault_ == IdentityFault::in_place) std::fill(x.begin(), x.end(), T(0));
    return this->out_;
  }

 private:
  IdentityFault fault_;
};

}  // namespace touchstone::inline v0::oracle::self_test
