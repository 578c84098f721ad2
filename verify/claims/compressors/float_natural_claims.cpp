#include <bit>
#include <cstdint>
#include <limits>

#include "touchstone/compressors/natural.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::float_natural {

namespace {

constexpr std::int64_t one = 1 << 23;  // units of the last place in [1, 2)

/// Gives every coin the same answer and keeps the probabilities that were asked for: what a float's rounding can do.
struct Probe {
  bool answer;
  std::vector<float> probabilities = {};
  Index choose(Index /*n*/) { throw std::logic_error("natural compression tosses coins only"); }
  Indices subset(Index /*n*/, Index /*k*/) { throw std::logic_error("natural compression tosses coins only"); }
  Indices permutation(Index /*n*/) { throw std::logic_error("natural compression tosses coins only"); }
  bool bernoulli(const float& p) {
    probabilities.push_back(p);
    return answer && p != 0;
  }
  Index pick(const std::vector<float>& /*w*/) { throw std::logic_error("natural compression tosses coins only"); }
  Probe& worker(Index /*i*/) { return *this; }
  void begin_iteration(Index /*k*/) {}
};

/// Both outcomes of every coordinate and the probability of the upper one.
struct Roundings {
  Vector<float> lower;
  Vector<float> upper;
  std::vector<float> p;
};

template <class C>
Roundings roundings(const Vector<float>& x) {
  Probe down{false};
  Probe up{true};
  Roundings found;
  found.lower = C{}.compress(x, down);
  found.upper = C{}.compress(x, up);
  found.p = up.probabilities;
  if (down.probabilities != up.probabilities || static_cast<Index>(found.p.size()) != x.size())
    throw std::logic_error("natural compression asks for a coin a coordinate, whatever the answers");
  return found;
}

/// t = k units, the largest power below it a units: rounded to a or 2a with p = (k - a)/a, in whole numbers, unbiased within
/// omega = 1/8. Every operation of the float was exact.
bool exact_rounding(std::int64_t k, std::int64_t a, float p, float lower, float upper, float unit) {
  const std::int64_t up = k - a;                                                                 // p = up/a
  if (static_cast<double>(p) * static_cast<double>(a) != static_cast<double>(up)) return false;  // exact in double
  if (lower != static_cast<float>(a) * unit || upper != (up == 0 ? lower : static_cast<float>(2 * a) * unit))
    return false;
  const bool unbiased = a * (a - up) + 2 * a * up == k * a;
  return unbiased && 8 * (k - a) * (2 * a - k) <= k * k;
}

/// The floats k units, first <= k < last, in blocks.
template <class C>
void inspect_all(Inspection& inspection, std::int64_t first, std::int64_t last, float unit) {
  constexpr std::int64_t block = 1 << 14;
  for (std::int64_t start = first; start < last && !inspection.failed(); start += block) {
    const std::int64_t end = std::min(last, start + block);
    Vector<float> x(static_cast<Index>(end - start));
    for (std::int64_t k = start; k < end; ++k) x[static_cast<Index>(k - start)] = static_cast<float>(k) * unit;
    const Roundings found = roundings<C>(x);
    std::int64_t wrong = -1;
    for (std::int64_t k = end - 1; k >= start; --k) {
      const auto i = static_cast<Index>(k - start);
      const auto power = static_cast<std::int64_t>(std::bit_floor(static_cast<std::uint64_t>(k)));
      if (!exact_rounding(k, power, found.p[static_cast<std::size_t>(i)], found.lower[i], found.upper[i], unit))
        wrong = k;
    }
    inspection.holds(wrong < 0, [&] { return fmt::format("{} units of {:g}", wrong, unit); });
  }
}

/// +-(1 + m 2^-23) in every normal exponent: the bit patterns are those of exponent 0, moved; the probability is the same.
template <class C>
void inspect_exponents(Inspection& inspection) {
  std::vector<std::uint32_t> mantissas{0,        1,        2,        3,        0x2AAAAA, 0x2AAAAB,
                                       0x3FFFFF, 0x400000, 0x400001, 0x7FFFFE, 0x7FFFFF};
  for (std::uint32_t k = 0; k < 200; ++k) mantissas.push_back((k * 2654435761U) & 0x7FFFFF);
  const auto bits = [](float a) { return std::bit_cast<std::uint32_t>(a); };
  const auto at = [&](std::uint32_t sign, std::uint32_t biased) {
    Vector<float> x(static_cast<Index>(mantissas.size()));
    for (std::size_t i = 0; i < mantissas.size(); ++i)
      x[static_cast<Index>(i)] = std::bit_cast<float>((sign << 31) | (biased << 23) | mantissas[i]);
    return roundings<C>(x);
  };
  const Roundings reference = at(0, 127);
  for (const std::uint32_t sign : {0U, 1U})
    for (std::uint32_t biased = 1; biased <= 253; ++biased) {
      const Roundings found = at(sign, biased);
      bool same = found.p == reference.p;
      for (Index i = 0; i < found.lower.size(); ++i)
        same = same && bits(found.lower[i]) == ((sign << 31) | (biased << 23)) &&
               bits(found.upper[i]) - bits(found.lower[i]) == bits(reference.upper[i]) - bits(reference.lower[i]);
      inspection.holds(same,
                       [&] { return fmt::format("sign {}, exponent {}", sign, static_cast<int>(biased) - 127); });
    }
}

/// Exponent 127: the power itself is kept, everything above has no upper neighbour and is refused.
template <class C>
void inspect_largest(Inspection& inspection) {
  Vector<float> x(1);
  x << 0x1p127F;
  const Roundings kept = roundings<C>(x);
  inspection.holds(kept.lower[0] == x[0] && kept.upper[0] == x[0], [] { return std::string("2^127 is kept"); });
  for (const float t : {0x1.000002p127F, 0x1.8p127F, std::numeric_limits<float>::max()}) {
    x << t;
    bool refused = false;
    try {
      static_cast<void>(roundings<C>(x));
    } catch (const precondition_error&) {
      refused = true;
    }
    inspection.holds(refused, [&] { return fmt::format("{:g} is refused", t); });
  }
}

using Inspect = void (*)(Inspection&);

template <class C>
void inspect_floats(Inspection& inspection) {
  const float least = std::numeric_limits<float>::denorm_min();
  inspect_all<C>(inspection, one, 2 * one, 0x1p-23F);
  inspect_all<C>(inspection, 1, one, least);
  if (inspection.failed()) return;
  inspect_exponents<C>(inspection);
  inspect_largest<C>(inspection);
}

Finding floats_are_exact(const CheckContext& /*context*/, const Inspect& inspect) {
  Inspection inspection;
  inspect(inspection);
  Finding finding = inspection.finding(
      "all 2^23 mantissas at exponent 0 and all 2^23 - 1 subnormals, both outcomes, in whole numbers; bit patterns "
      "at "
      "all exponents for 211 mantissas, of both signs: t - 2^a and 2^(a+1) - 2^a are multiples of the last place "
      "below 2^24 of it, their quotient m/2^23 is a normal number, so every operation is exact at every exponent");
  finding.tightness.add(1, 0, 1);
  return finding;
}

/// The probability, wrong by the last place of a float in [1, 2).
template <class R>
struct OffByOne : PassedOn<OffByOne<R>, R> {
  bool bernoulli(const float& p) { return this->random.bernoulli(p == 0 ? p : p + 0x1p-23F); }
};

/// log2 rounded: the exponent of a float just below a power of two is one too large.
struct ByLogarithm : Natural {
  template <class R>
  [[nodiscard]] Vector<float> compress(const Vector<float>& x, R& random) const {
    Vector<float> y(x.size());
    for (Index i = 0; i < x.size(); ++i) {
      const float t = std::abs(x[i]);
      const float lower = std::exp2(std::floor(std::log2(t)));
      const float size = random.bernoulli(t / lower - 1) ? 2 * lower : lower;
      y[i] = x[i] < 0 ? -size : size;
    }
    return y;
  }
};

/// Subnormal numbers flushed to zero.
struct Flushed : Natural {
  template <class R>
  [[nodiscard]] Vector<float> compress(const Vector<float>& x, R& random) const {
    Vector<float> y = Natural::compress(x, random);
    for (Index i = 0; i < y.size(); ++i)
      if (std::abs(y[i]) < std::numeric_limits<float>::min()) y[i] = 0;
    return y;
  }
};

}  // namespace

std::vector<Claim> claims() {
  return {{"compressor/natural/float-law",
           "natural compression of floats has its law exactly",
           "for every finite float |t| <= 2^127: the outcomes 2^a, 2^{a+1} and p = |t|/2^a - 1 are not rounded, "
           "E Q(t) = t, E(Q(t) - t)^2 <= t^2/8",
           {"IEEE 754 binary32, subnormals included"},
           "derived",
           {make_check<Inspect>(Layer::exact, Level::exact, floats_are_exact, inspect_floats<Natural>,
                                {{"probability off by 1 in 2^23", inspect_floats<Answered<Natural, OffByOne>>},
                                 {"coins flipped", inspect_floats<Flipped<Natural>>},
                                 {"exponent by a rounded logarithm", inspect_floats<ByLogarithm>},
                                 {"subnormal numbers flushed to zero", inspect_floats<Flushed>}})}}};
}

}  // namespace touchstone::inline v0::registry::float_natural
