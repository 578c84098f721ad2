#pragma once
/// \file
/// Powers with a sign on the wire: a sign bit and a code of the exponent, 0 for the number 0.

#include "touchstone/compressors/powers.hpp"

namespace touchstone::inline v0 {

/// The exponents lowest, ..., highest have the codes 1, 2, ...; `escapes` further exponents below them have the code
/// after the last, and then their distance from `lowest`, less one, in bits of its own.
struct PowerCode {
  Index lowest;
  Index highest;
  Index escapes = 0;

  /// ceil(log2 of the number of codes)
  [[nodiscard]] Index width() const { return index_bits(1 + codes() + (escapes > 0 ? 1 : 0)); }

  /// Of a sign and a code; an escape costs escape_width() bits more.
  [[nodiscard]] Index bits(const SignedPower& p) const { return 1 + width() + (escaped(p) ? escape_width() : 0); }

  void put(const SignedPower& p, BitWriter& out) const {
    out.put(p.sign < 0 ? 1 : 0, 1);
    if (p.sign == 0) return out.put(0, width());
    require(lowest - escapes <= p.exponent && p.exponent <= highest,
            "an exponent on the wire has a code (exponent)", p.exponent);
    out.put(static_cast<std::uint64_t>(escaped(p) ? codes() + 1 : p.exponent - lowest + 1), width());
    if (escaped(p)) out.put(static_cast<std::uint64_t>(lowest - p.exponent - 1), escape_width());
  }

  /// Throws precondition_error for -0 and for codes that mean nothing.
  [[nodiscard]] SignedPower get(BitReader& in) const {
    const Index sign = in.get(1) == 1 ? -1 : 1;
    const auto code = static_cast<Index>(in.get(width()));
    if (code == 0) {
      require(sign > 0, "a zero on the wire has no sign");
      return {};
    }
    require(code <= codes() + (escapes > 0 ? 1 : 0), "an exponent on the wire has a code that means something",
            code);
    if (code <= codes()) return {sign, lowest + code - 1};
    const auto below = static_cast<Index>(in.get(escape_width()));
    require(below < escapes, "an exponent on the wire has a code that means something", code, below);
    return {sign, lowest - below - 1};
  }

 private:
  [[nodiscard]] Index codes() const { return highest - lowest + 1; }
  [[nodiscard]] Index escape_width() const { return index_bits(escapes); }
  [[nodiscard]] bool escaped(const SignedPower& p) const {
    return p.sign != 0 && escapes > 0 && p.exponent < lowest;
  }
};

inline void require_scalar_format(Index scalar_bits) {
  require(scalar_bits == 32 || scalar_bits == 64, "an exponent's code is known for scalars of 32 and of 64 bits",
          scalar_bits);
}

template <Field S>
[[nodiscard]] Index power_bits(const PowerCode& code, const PowerMessage<S>& message) {
  Index sum = 0;
  for (const SignedPower& p : message.powers) sum += code.bits(p);
  return sum;
}

template <WireScalar S>
void put_powers(const PowerCode& code, const PowerMessage<S>& message, BitWriter& out) {
  for (const SignedPower& p : message.powers) code.put(p, out);
}

template <WireScalar S>
[[nodiscard]] PowerMessage<S> get_powers(const PowerCode& code, Index d, BitReader& in) {
  PowerMessage<S> message;
  for (Index i = 0; i < d; ++i) message.powers.push_back(code.get(in));
  return message;
}

}  // namespace touchstone::inline v0
