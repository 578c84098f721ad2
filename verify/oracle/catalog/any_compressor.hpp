#pragma once
/// \file
/// A compressor of the reference behind a virtual interface, over one number type; and the two forms in which methods take
/// one, unbiased and contractive.

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "touchstone/compressors/compressor.hpp"
#include "verify/oracle/catalog/any_randomness.hpp"

namespace touchstone::inline v0::oracle {

/// The flags of compressor.hpp, as values.
struct Flags {
  bool linear = false;
  bool odd = false;
  bool homogeneous = false;
  bool two_homogeneous = false;
  bool deterministic = false;
  bool attained_everywhere = false;
};

/// Immutable; copies share what they hold.
template <Field S>
class AnyCompressor {
 public:
  /// `name` is what parse_compressor reads, such as rand-k:2.
  template <class C>
  AnyCompressor(std::string name, C compressor)
      : name_(std::move(name)), held_(std::make_shared<Holder<C>>(std::move(compressor))) {}

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] Flags flags() const { return held_->flags(); }

  /// As the compressor's page says. Throws precondition_error where x or a parameter does not fit, or S lacks an operation
  /// that the compressor needs (an order, a square root).
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, AnyRandomness<S>& random) const {
    return held_->compress(x, random);
  }
  /// Whether it is unbiased and states omega; contractive and states delta.
  [[nodiscard]] bool omega_stated() const { return held_->omega_stated(); }
  [[nodiscard]] bool delta_stated() const { return held_->delta_stated(); }
  /// omega(d), rounded up where S does not hold it; none for a compressor that is not unbiased.
  [[nodiscard]] std::optional<S> omega(Index d) const { return held_->omega(d); }
  /// delta(d); none for a compressor that is not contractive.
  [[nodiscard]] std::optional<S> delta(Index d) const { return held_->delta(d); }
  /// A vector at which the contract is an equality, if S holds one that is known.
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const { return held_->worst_case(d); }
  /// Of one message, at most, when a scalar costs scalar_bits.
  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return held_->message_bits(d, scalar_bits); }

 private:
  struct Held {
    Held() = default;
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    virtual ~Held() = default;
    [[nodiscard]] virtual Flags flags() const = 0;
    [[nodiscard]] virtual Vector<S> compress(const Vector<S>& x, AnyRandomness<S>& random) const = 0;
    [[nodiscard]] virtual bool omega_stated() const = 0;
    [[nodiscard]] virtual bool delta_stated() const = 0;
    [[nodiscard]] virtual std::optional<S> omega(Index d) const = 0;
    [[nodiscard]] virtual std::optional<S> delta(Index d) const = 0;
    [[nodiscard]] virtual std::optional<Vector<S>> worst_case(Index d) const = 0;
    [[nodiscard]] virtual Index message_bits(Index d, Index scalar_bits) const = 0;
  };

  template <class C>
  struct Holder final : Held {
    static constexpr bool states_omega = requires(const C& q, Index d) { q.template omega<S>(d); };
    static constexpr bool states_delta = requires(const C& q, Index d) { q.template delta<S>(d); };
    explicit Holder(C compressor) : c(std::move(compressor)) {}
    [[nodiscard]] Flags flags() const override {
      return {C::linear, C::odd, C::homogeneous, C::two_homogeneous, C::deterministic, C::attained_everywhere};
    }
    [[nodiscard]] Vector<S> compress(const Vector<S>& x, AnyRandomness<S>& random) const override {
      if constexpr (Compressor<C, S, AnyRandomness<S>>)
        return c.compress(x, random);
      else
        throw precondition_error("this number type lacks an operation that the compressor needs");
    }
    [[nodiscard]] bool omega_stated() const override { return states_omega; }
    [[nodiscard]] bool delta_stated() const override { return states_delta; }
    [[nodiscard]] std::optional<S> omega(Index d) const override {
      if constexpr (states_omega)
        return omega_bound<S>(c, d);
      else
        return std::nullopt;
    }
    [[nodiscard]] std::optional<S> delta(Index d) const override {
      if constexpr (states_delta)
        return c.template delta<S>(d);
      else
        return std::nullopt;
    }
    [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const override {
      if constexpr (StatesWorstCase<C, S>)
        return c.template worst_case<S>(d);
      else
        return std::nullopt;
    }
    [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const override {
      return c.message_bits(d, scalar_bits);
    }
    C c;
  };

  std::string name_;
  std::shared_ptr<const Held> held_;
};

/// What both forms share. As which one is held is known at run time only, no flag promises anything.
template <Field S>
struct CompressorForm {
  static constexpr bool linear = false;
  static constexpr bool odd = false;
  static constexpr bool homogeneous = false;
  static constexpr bool two_homogeneous = false;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  AnyCompressor<S> held;

  template <Field T>
  requires std::same_as<T, S>
  [[nodiscard]] Vector<S> compress(const Vector<T>& x, AnyRandomness<S>& random) const {
    return held.compress(x, random);
  }
  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return held.message_bits(d, scalar_bits); }
};

/// Throws precondition_error where the one held states no omega.
template <Field S>
struct UnbiasedForm : CompressorForm<S> {
  template <Field T>
  requires std::same_as<T, S>
  [[nodiscard]] T omega(Index d) const {
    const std::optional<S> omega = this->held.omega(d);
    require(omega.has_value(), "an unbiased compressor is needed here; found", this->held.name());
    return *omega;
  }
};

/// Throws precondition_error where the one held states no delta.
template <Field S>
struct ContractiveForm : CompressorForm<S> {
  template <Field T>
  requires std::same_as<T, S>
  [[nodiscard]] T delta(Index d) const {
    const std::optional<S> delta = this->held.delta(d);
    require(delta.has_value(), "a contractive compressor is needed here; found", this->held.name());
    return *delta;
  }
};

}  // namespace touchstone::inline v0::oracle
