#include <cmath>

#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "verify/claims/compressors/message_checks.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::compressor_message {

namespace {

const std::vector<Index> small{1, 2, 3, 4, 5, 9};

const auto dense_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) { return d * B; };
const auto sparse_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
  return c.K * (digits_for(d) + B);
};
const auto lazy_cost = [](const auto& /*c*/, const auto& message, Index d, Index B) {
  return message.sent ? 1 + d * B : 1;
};
const auto masked_cost = [](const auto& /*c*/, const auto& message, Index d, Index B) {
  return d + B * static_cast<Index>(message.values.size());
};
const auto one_coordinate_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
  return B + 1 + digits_for(d);
};
const auto dithering_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
  return B + d * digits_for(2 * c.s + 1);
};
const auto natural_dithering_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
  return B + d * (1 + digits_for(c.s + 1));
};
const auto ternary_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
  return B + bits_of_ternary(d);
};
/// A sign and an exponent of the format: 9 bits of 32, 12 of 64.
const auto exponent_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
  return B == 32 ? 9 * d : 12 * d;
};
/// As many codes as powers of b between the least normal and the largest number, and zero.
const auto power_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
  const double octaves = B == 32 ? 254 : 2046;  // of normal numbers
  const double powers = octaves / std::log2(c.base.template value<double>());
  return d * (1 + digits_for(static_cast<Index>(powers) + 2));
};

template <class C>
std::vector<C> one_of(Index /*d*/) {
  return {C{}};
}

template <class C = RandK>
std::vector<C> every_K(Index d) {
  std::vector<C> all;
  for (Index K = 1; K <= d; ++K) all.push_back(C{K});
  return all;
}

/// An identity that counts one scalar.
struct CheapIdentity : Identity {
  [[nodiscard]] Index message_bits(Index /*d*/, Index scalar_bits) const { return scalar_bits; }
  template <Field S>
  [[nodiscard]] Index bits(const std::vector<S>& /*message*/, Index /*d*/, Index scalar_bits) const {
    return scalar_bits;
  }
};

/// Sends -0 as it is.
struct KeepsSignOfZero : Identity {
  template <Field S, class R>
  [[nodiscard]] std::vector<S> message(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    return std::vector<S>(x.data(), x.data() + x.size());
  }
  template <Field S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }
};

/// K = floor(rho d) with rho = 29/50 and d = 50: 0.58 * 50 is 28.999999999999996 in double.
struct FlooredFraction : RandK {
  template <Field S, class R>
  [[nodiscard]] SparseMessage<S> message(const Vector<S>& x, R& random) const {
    return RandK{static_cast<Index>(std::floor(0.58 * static_cast<double>(x.size())))}.message(x, random);
  }
};

/// A level in a byte.
struct ByteLevels : Dithering {
  template <WireScalar S>
  void write(LevelMessage<S> message, Index d, BitWriter& out) const {
    for (Index& level : message.levels) level = static_cast<std::int8_t>(level);
    Dithering::write(message, d, out);
  }
};

template <NormIndex q, class C = Dithering>
std::vector<C> every_s(Index /*d*/) {
  std::vector<C> all;
  for (const Index s :
       std::is_same_v<C, NaturalDithering> ? Indices{1, 2, 3, 4, 7, 20} : Indices{1, 2, 3, 4, 7, 200}) {
    C c{};
    c.q = q;
    c.s = s;
    all.push_back(c);
  }
  return all;
}

std::vector<ExpStochastic> some_bases(Index /*d*/) {
  return {{{3, 2}}, {{3, 1}}, {{10, 1}}};
}

std::vector<Bernoulli> some_probabilities(Index /*d*/) {
  return {{{1, 3}}, {{1, 1}}};
}

std::vector<IndependentSparsification> mixed_probabilities(Index d) {
  IndependentSparsification c;
  for (Index i = 0; i < d; ++i) c.p.push_back({1 + i % 3, 3});
  return {c};
}

std::vector<AdaptiveSparsification> some_budgets(Index d) {
  return {{{1, 2}}, {{d, 1}}};
}

}  // namespace

std::vector<Claim> claims() {
  constexpr auto one = NormIndex::one;
  constexpr auto two = NormIndex::two;
  constexpr auto infinity = NormIndex::infinity;
  const auto twenty_nine = [](Index /*d*/) { return std::vector<FlooredFraction>{{{29}}}; };
  return {
      message_claim("identity", "d B bits", messages_of(small, one_of<Identity>, dense_cost),
                    {{"an identity that claims one scalar", messages_of(small, one_of<CheapIdentity>, dense_cost)},
                     {"the sign of zero sent", messages_of(small, one_of<KeepsSignOfZero>, dense_cost)}}),
      message_claim(
          "rand-k", "K (ceil(log2 d) + B) bits", messages_of(small, every_K<>, sparse_cost),
          {{"K from a floored floating-point product, 0.58 * 50", messages_of({50}, twenty_nine, sparse_cost)}}),
      message_claim("bernoulli", "1 bit, or 1 + d B", messages_of(small, some_probabilities, lazy_cost)),
      message_claim("independent-sparsification", "d + B |S| bits",
                    messages_of(small, mixed_probabilities, masked_cost)),
      message_claim("adaptive-sparsification", "d + B |S| bits", messages_of(small, some_budgets, masked_cost)),
      message_claim("l1-sampling", "B + 1 + ceil(log2 d) bits",
                    messages_of(small, one_of<L1Sampling>, one_coordinate_cost)),
      message_claim("dithering-1", "B + d ceil(log2(2s + 1)) bits",
                    messages_of(small, every_s<one>, dithering_cost)),
      message_claim("dithering-2", "B + d ceil(log2(2s + 1)) bits",
                    messages_of(small, every_s<two>, dithering_cost)),
      message_claim("dithering-inf", "B + d ceil(log2(2s + 1)) bits",
                    messages_of(small, every_s<infinity>, dithering_cost),
                    {{"a level in a signed byte, s = 200",
                      messages_of(small, every_s<infinity, ByteLevels>, dithering_cost)}}),
      message_claim("terngrad", "B + ceil(d log2 3) bits", messages_of(small, one_of<TernGrad>, ternary_cost)),
      message_claim("natural", "9 d bits for B = 32, 12 d for B = 64",
                    messages_of(small, one_of<Natural>, exponent_cost)),
      message_claim("exp-stochastic", "d (1 + ceil(log2(1 + powers of b among the normal numbers))) bits",
                    messages_of(small, some_bases, power_cost)),
      message_claim("natural-dithering", "B + d (1 + ceil(log2(s + 1))) bits",
                    messages_of(small, every_s<two, NaturalDithering>, natural_dithering_cost)),
  };
}

}  // namespace touchstone::inline v0::registry::compressor_message
