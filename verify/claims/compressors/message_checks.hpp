#pragma once
/// \file
/// Evidence about messages: what is written is what is declared, to the bit, and is read back.

#include <cmath>
#include <cstring>
#include <limits>

#include <fmt/format.h>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// What a check of messages runs: a mutant is the same inspection of a wrong compressor.
using InspectMessages = std::function<void(Inspection&)>;

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

template <class S>
[[nodiscard]] bool same_pattern(const Vector<S>& a, const Vector<S>& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

template <class Run>
[[nodiscard]] bool refused(Run&& run) {
  try {
    run();
  } catch (const precondition_error&) {
    return true;
  }
  return false;
}

/// Of mixed sizes and signs with zeros of both signs; flat; +0; -0.
template <WireScalar S>
[[nodiscard]] std::vector<Vector<S>> message_inputs(Index d) {
  const S values[] = {S(0.3), S(-7), S(0), S(1e-9), S(-0.0), S(2.5), S(1e20), S(-4)};
  Vector<S> mixed(d);
  for (Index i = 0; i < d; ++i) mixed[i] = values[i % 8];
  return {mixed, Vector<S>::Constant(d, S(-3)), Vector<S>::Zero(d), Vector<S>::Constant(d, S(-0.0))};
}

/// What the receiver reads; an empty message where it refuses.
template <WireScalar S, class C>
[[nodiscard]] typename C::template Message<S> read_or_empty(const C& c, Index d, BitReader& in) {
  try {
    return c.template read<S>(d, in);
  } catch (const precondition_error&) {
    return {};
  }
}

/// One message: its bits, its way over the wire, and the stream cut by a bit, or to every shorter length.
template <WireScalar S, class C, class Cost, class Where>
void inspect_message(Inspection& inspection, const C& c, const Vector<S>& x, std::uint64_t seed, bool every_cut,
                     const Cost& cost, const Where& where) {
  const Index d = x.size();
  const Index B = scalar_width<S>;
  Seeded random(seed);
  Seeded again(seed);
  const Vector<S> before = x;
  const auto message = c.message(x, random);
  BitWriter out;
  c.write(message, d, out);
  const Index declared = cost(c, message, d, B);
  inspection.holds(out.size() == declared && c.bits(message, d, B) == declared, [&] {
    return fmt::format("{}: {} bits written, {} stated, {} by the page", where(), out.size(), c.bits(message, d, B),
                       declared);
  });
  inspection.holds(declared <= c.message_bits(d, B), [&] { return where() + ": at most message_bits"; });
  BitReader in(out);
  const auto received = read_or_empty<S>(c, d, in);
  inspection.holds(received == message && in.left() == 0, [&] { return where() + ": read back"; });
  if (inspection.failed()) return;
  const Vector<S> y = c.compress(x, again);
  inspection.holds(same_pattern(c.reconstruct(received, d), y) && same_pattern(x, before),
                   [&] { return where() + ": reconstructed as compressed"; });
  for (Index i = 0; i < d; ++i)
    inspection.holds(!(y[i] == 0 && std::signbit(y[i])), [&] { return where() + ": a zero is +0"; });
  for (Index size = every_cut ? 0 : out.size() - 1; size < out.size(); ++size) {
    BitReader cut(out.bytes(), size);
    inspection.holds(refused([&] { static_cast<void>(c.template read<S>(d, cut)); }),
                     [&] { return fmt::format("{}: cut to {} bits", where(), size); });
  }
}

/// NaN and infinities, at every place, before anything is drawn.
template <WireScalar S, class C, class Where>
void inspect_refusals(Inspection& inspection, const C& c, Index d, const Where& where) {
  for (const S bad : {std::numeric_limits<S>::quiet_NaN(), std::numeric_limits<S>::infinity(),
                      -std::numeric_limits<S>::infinity()})
    for (Index i = 0; i < d; ++i) {
      Vector<S> x = Vector<S>::Constant(d, S(3));
      x[i] = bad;
      Seeded random(1);
      inspection.holds(refused([&] { static_cast<void>(c.compress(x, random)); }) && random.place().draw == 0,
                       [&] { return fmt::format("{}: {} at {}", where(), bad, i); });
    }
}

/// The compressors that make(d) lists, with floats and doubles; cost(c, message, d, B) are the bits that the page says.
template <class Make, class Cost>
[[nodiscard]] InspectMessages messages_of(std::vector<Index> dimensions, Make make, Cost cost) {
  return [=](Inspection& inspection) {
    const auto inspect = [&]<WireScalar S>(const auto& c, Index d, S /*type*/) {
      const auto where = [&] { return fmt::format("d = {}, B = {}", d, scalar_width<S>); };
      bool every_cut = true;  // of the messages of the first vector
      for (const Vector<S>& x : message_inputs<S>(d)) {
        for (std::uint64_t seed = 0; seed < 4 && !inspection.failed(); ++seed)
          inspect_message<S>(inspection, c, x, seed, every_cut, cost, where);
        every_cut = false;
      }
      inspect_refusals<S>(inspection, c, d, where);
    };
    for (const Index d : dimensions)
      for (const auto& c : make(d)) {
        inspect(c, d, float());
        inspect(c, d, double());
      }
  };
}

/// Counts a bit too few.
template <class C>
struct CountsFewer : C {
  template <class Message>
  [[nodiscard]] Index bits(const Message& message, Index d, Index scalar_bits) const {
    return C::bits(message, d, scalar_bits) - 1;
  }
};

/// The receiver makes -0 of every zero.
template <class C>
struct NegativeZeros : C {
  template <class Message>
  [[nodiscard]] auto reconstruct(const Message& message, Index d) const {
    auto x = C::reconstruct(message, d);
    for (Index i = 0; i < d; ++i)
      if (x[i] == 0) x[i] = -x[i];
    return x;
  }
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(C::message(x, random), x.size());
  }
};

/// Draws before it looks at x.
template <class C>
struct DrawsFirst : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    R ahead = random;
    static_cast<void>(random.choose(2));
    return C::compress(x, ahead);
  }
};

/// Made wrong, one by one.
template <template <class> class Wrong, class Make>
[[nodiscard]] auto each_wrong(Make make) {
  return [make](Index d) {
    using C = typename decltype(make(d))::value_type;
    std::vector<Wrong<C>> all;
    for (const C& c : make(d)) all.push_back(Wrong<C>{c});
    return all;
  };
}

/// Level exact: bit patterns are compared. `text` says the cost; beside the mutants given, those that every message has.
template <class Make, class Cost>
[[nodiscard]] Claim message_claim(const std::string& name, const std::string& text,
                                  const std::vector<Index>& dimensions, Make make, Cost cost,
                                  std::vector<Mutant<InspectMessages>> mutants = {}) {
  const auto run = [](const CheckContext& /*context*/, const InspectMessages& inspect) {
    Inspection inspection;
    inspect(inspection);
    return inspection.finding(
        fmt::format("{} comparisons with floats and doubles: bits, the way back, cut streams, zeros of "
                    "both signs, NaN, infinity",
                    inspection.comparisons()));
  };
  mutants.push_back({"a bit too few counted", messages_of(dimensions, each_wrong<CountsFewer>(make), cost)});
  mutants.push_back({"zeros received as -0", messages_of(dimensions, each_wrong<NegativeZeros>(make), cost)});
  mutants.push_back({"a draw before NaN is refused", messages_of(dimensions, each_wrong<DrawsFirst>(make), cost)});
  return {"compressor/" + name + "/message",
          "a message of " + name + " costs what its page says, and says what was sent",
          text,
          {"B bits a scalar, 32 or 64"},
          "derived",
          {make_check<InspectMessages>(Layer::exact, Level::exact, run, messages_of(dimensions, make, cost),
                                       std::move(mutants))}};
}

}  // namespace touchstone::inline v0
