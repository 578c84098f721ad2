#pragma once
/// \file
/// Evidence about messages: what is written is what is declared, to the bit, and is read back.
///
/// A compressor is erased to what goes over the wire, so the checks are compiled once and a mutant is another list of
/// cases: another compressor, or a wrong answer of this one.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// The least l with 2^l >= n, by multiplication.
[[nodiscard]] inline Index digits_for(Index n) {
  Index l = 0;
  for (Index power = 1; power < n; power *= 2) ++l;
  return l;
}

/// ceil(d log2 3): the least number of bits with 2^bits >= 3^d, for d <= 39.
[[nodiscard]] inline Index bits_of_ternary(Index d) {
  Index power = 1;
  for (Index i = 0; i < d; ++i) power *= 3;
  return digits_for(power);
}

/// One message on its way.
template <WireScalar S>
struct Transmission {
  BitWriter written;
  Index stated = 0;        ///< bits(message)
  Index by_page = 0;       ///< what the page says
  Index at_most = 0;       ///< message_bits
  bool read_back = false;  ///< the same message, and nothing left
  Vector<S> received;      ///< what the receiver makes of it; empty where it read something else
};

/// A compressor at one dimension.
template <WireScalar S>
struct WireCase {
  Index d;
  std::function<Transmission<S>(const Vector<S>&, Seeded&)> send;
  std::function<Vector<S>(const Vector<S>&, Seeded&)> compress;
  std::function<void(BitReader&)> read;
};

/// The same with both types.
struct WireCases {
  std::vector<WireCase<float>> single_precision;
  std::vector<WireCase<double>> double_precision;
};

/// cost(c, message, d, B) are the bits that the page says.
template <WireScalar S, class C, class Cost>
[[nodiscard]] WireCase<S> wire_case(const C& c, Index d, const Cost& cost) {
  const auto send = [c, d, cost](const Vector<S>& x, Seeded& random) {
    const Index B = scalar_width<S>;
    const typename C::template Message<S> message = c.message(x, random);
    Transmission<S> sent{{}, c.bits(message, d, B), cost(c, message, d, B), c.message_bits(d, B), false, {}};
    c.write(message, d, sent.written);
    BitReader in(sent.written);
    try {
      const typename C::template Message<S> received = c.template read<S>(d, in);
      sent.read_back = received == message && in.left() == 0;
      if (sent.read_back) sent.received = c.reconstruct(received, d);
    } catch (const precondition_error&) {
      sent.read_back = false;
    }
    return sent;
  };
  return {d, send, [c](const Vector<S>& x, Seeded& random) { return c.compress(x, random); },
          [c, d](BitReader& in) { static_cast<void>(c.template read<S>(d, in)); }};
}

/// make(d), or make<S>(d) where the compressor's type depends on the numbers.
template <WireScalar S, class Make, class Cost>
[[nodiscard]] std::vector<WireCase<S>> wire_cases(const std::vector<Index>& dimensions, const Make& make,
                                                  const Cost& cost) {
  std::vector<WireCase<S>> cases;
  for (const Index d : dimensions) {
    const auto add = [&](const auto& compressors) {
      for (const auto& c : compressors) cases.push_back(wire_case<S>(c, d, cost));
    };
    if constexpr (requires { make.template operator()<S>(d); })
      add(make.template operator()<S>(d));
    else
      add(make(d));
  }
  return cases;
}

/// The compressors that make(d) lists, with floats and doubles.
template <class Make, class Cost>
[[nodiscard]] WireCases messages_of(const std::vector<Index>& dimensions, const Make& make, const Cost& cost) {
  return {wire_cases<float>(dimensions, make, cost), wire_cases<double>(dimensions, make, cost)};
}

/// Level exact: bit patterns are compared. `text` says the cost; beside the mutants given, those that every message has.
[[nodiscard]] Claim message_claim(const std::string& name, const std::string& text, const WireCases& cases,
                                  std::vector<Mutant<WireCases>> mutants = {});

}  // namespace touchstone::inline v0
