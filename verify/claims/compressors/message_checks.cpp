#include "verify/claims/compressors/message_checks.hpp"

#include <cmath>
#include <cstring>
#include <limits>

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

template <class S>
bool same_pattern(const Vector<S>& a, const Vector<S>& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

template <class Run>
bool refused(Run&& run) {
  try {
    run();
  } catch (const precondition_error&) {
    return true;
  }
  return false;
}

/// Of mixed sizes and signs with zeros of both signs; flat; +0; -0.
template <WireScalar S>
std::vector<Vector<S>> message_inputs(Index d) {
  const S values[] = {S(0.3), S(-7), S(0), S(1e-9), S(-0.0), S(2.5), S(1e20), S(-4)};
  Vector<S> mixed(d);
  for (Index i = 0; i < d; ++i) mixed[i] = values[i % 8];
  return {mixed, Vector<S>::Constant(d, S(-3)), Vector<S>::Zero(d), Vector<S>::Constant(d, S(-0.0))};
}

template <WireScalar S>
std::string place(const WireCase<S>& c) {
  return fmt::format("d = {}, B = {}", c.d, scalar_width<S>);
}

/// One message: its bits, its way over the wire, and the stream cut by a bit, or to every shorter length.
template <WireScalar S>
void inspect_message(Inspection& inspection, const WireCase<S>& c, const Vector<S>& x, std::uint64_t seed,
                     bool every_cut) {
  Seeded random(seed);
  Seeded again(seed);
  const Transmission<S> sent = c.send(x, random);
  const Index size = sent.written.size();
  inspection.holds(size == sent.by_page && sent.stated == sent.by_page, [&] {
    return fmt::format("{}: {} bits written, {} stated, {} by the page", place(c), size, sent.stated, sent.by_page);
  });
  inspection.holds(sent.by_page <= sent.at_most, [&] { return place(c) + ": at most message_bits"; });
  inspection.holds(sent.read_back, [&] { return place(c) + ": read back"; });
  if (inspection.failed()) return;
  const Vector<S> y = c.compress(x, again);
  inspection.holds(same_pattern(sent.received, y), [&] { return place(c) + ": reconstructed as compressed"; });
  for (const S& entry : y)
    inspection.holds(!(entry == 0 && std::signbit(entry)), [&] { return place(c) + ": a zero is +0"; });
  for (Index left = every_cut ? 0 : size - 1; left < size; ++left) {
    BitReader cut(sent.written.bytes(), left);
    inspection.holds(refused([&] { c.read(cut); }),
                     [&] { return fmt::format("{}: cut to {} bits", place(c), left); });
  }
}

/// NaN and infinities, at every place, before anything is drawn.
template <WireScalar S>
void inspect_refusals(Inspection& inspection, const WireCase<S>& c) {
  for (const S bad : {std::numeric_limits<S>::quiet_NaN(), std::numeric_limits<S>::infinity(),
                      -std::numeric_limits<S>::infinity()})
    for (Index i = 0; i < c.d; ++i) {
      Vector<S> x = Vector<S>::Constant(c.d, S(3));
      x[i] = bad;
      Seeded random(1);
      inspection.holds(refused([&] { static_cast<void>(c.compress(x, random)); }) && random.place().draw == 0,
                       [&] { return fmt::format("{}: {} at {}", place(c), bad, i); });
    }
}

template <WireScalar S>
void inspect(Inspection& inspection, const std::vector<WireCase<S>>& cases) {
  for (const WireCase<S>& c : cases) {
    bool every_cut = true;  // of the messages of the first vector
    for (const Vector<S>& x : message_inputs<S>(c.d)) {
      for (std::uint64_t seed = 0; seed < 4 && !inspection.failed(); ++seed)
        inspect_message(inspection, c, x, seed, every_cut);
      every_cut = false;
    }
    inspect_refusals(inspection, c);
  }
}

Finding messages(const CheckContext& /*context*/, const WireCases& cases) {
  Inspection inspection;
  inspect(inspection, cases.single_precision);
  inspect(inspection, cases.double_precision);
  return inspection.finding(
      fmt::format("{} comparisons with floats and doubles: bits, the way back, cut streams, zeros of "
                  "both signs, NaN, infinity",
                  inspection.comparisons()));
}

template <class Spoil>
WireCases spoiled(WireCases cases, const Spoil& spoil) {
  for (WireCase<float>& c : cases.single_precision) spoil(c);
  for (WireCase<double>& c : cases.double_precision) spoil(c);
  return cases;
}

template <WireScalar S>
void count_fewer(WireCase<S>& c) {
  c.send = [send = c.send](const Vector<S>& x, Seeded& random) {
    Transmission<S> sent = send(x, random);
    --sent.stated;
    return sent;
  };
}

template <WireScalar S>
Vector<S> with_negative_zeros(Vector<S> x) {
  for (S& entry : x)
    if (entry == 0) entry = -entry;
  return x;
}

template <WireScalar S>
void receive_negative_zeros(WireCase<S>& c) {
  c.send = [send = c.send](const Vector<S>& x, Seeded& random) {
    Transmission<S> sent = send(x, random);
    sent.received = with_negative_zeros(std::move(sent.received));
    return sent;
  };
  c.compress = [compress = c.compress](const Vector<S>& x, Seeded& random) {
    return with_negative_zeros(compress(x, random));
  };
}

/// What is drawn first does not change the law.
template <WireScalar S>
void draw_first(WireCase<S>& c) {
  c.compress = [compress = c.compress](const Vector<S>& x, Seeded& random) {
    Seeded ahead = random;
    static_cast<void>(random.choose(2));
    return compress(x, ahead);
  };
}

}  // namespace

Claim message_claim(const std::string& name, const std::string& text, const WireCases& cases,
                    std::vector<Mutant<WireCases>> mutants) {
  mutants.push_back({"a bit too few counted", spoiled(cases, [](auto& c) { count_fewer(c); })});
  mutants.push_back({"zeros received as -0", spoiled(cases, [](auto& c) { receive_negative_zeros(c); })});
  mutants.push_back({"a draw before NaN is refused", spoiled(cases, [](auto& c) { draw_first(c); })});
  return {"compressor/" + name + "/message",
          "a message of " + name + " costs what its page says, and says what was sent",
          text,
          {"B bits a scalar, 32 or 64"},
          "derived",
          {make_check<WireCases>(Layer::exact, Level::exact, messages, cases, std::move(mutants))}};
}

}  // namespace touchstone::inline v0
