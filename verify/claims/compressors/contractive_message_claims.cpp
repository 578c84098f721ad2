#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/block.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/svd_rank_r.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/claims/compressors/message_checks.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0 {

namespace {

const std::vector<Index> dimensions{1, 2, 3, 5};
const std::vector<Index> even{2, 4, 6};

const auto kept_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
  return c.K * (digits_for(d) + B);
};

template <class C>
std::vector<C> keeping(Index d) {
  std::vector<C> all;
  for (Index K = 1; K <= d; ++K) all.push_back(C{K});
  return all;
}

/// All signs in two bits.
struct TwoBitSigns : ScaledSign<0> {
  template <WireScalar S>
  void write(const LevelMessage<S>& message, Index /*d*/, BitWriter& out) const {
    put_scalar(message.norm, out);
    for (const Index sign : message.levels) out.put(static_cast<std::uint64_t>(sign + 1), 2);
  }
};

/// rows = 2
template <class C>
std::vector<C> matrices_of(Index d) {
  std::vector<C> all;
  for (Index r = 1; r <= std::min(Index{2}, d / 2); ++r) {
    C c{};
    c.rows = 2;
    c.columns = d / 2;
    c.r = r;
    all.push_back(c);
  }
  return all;
}

}  // namespace

std::vector<Claim> contractive_message_claims() {
  const auto lazy = [](Index /*d*/) { return std::vector<BernoulliUnscaled>{{{1, 3}}, {{1, 1}}}; };
  const auto plus = [](Index /*d*/) { return std::vector<ScaledSign<1>>{{}}; };
  const auto zero = [](Index /*d*/) { return std::vector<ScaledSign<0>>{{}}; };
  const auto two_bits = [](Index /*d*/) { return std::vector<TwoBitSigns>{{}}; };
  const auto base_two = [](Index /*d*/) { return std::vector<ExpRound>{{{2, 1}}}; };
  const auto sometimes = [](Index d) { return std::vector<Participation<RandK>>{{{1, 2}, {d}}, {{1, 3}, {1}}}; };
  const auto blocks = [](Index d) { return std::vector<Block<TopK>>{{{d / 2, d / 2}, {{1}, {d / 2}}}}; };
  const auto induced = [](Index d) { return std::vector<Induced<TopK, RandK>>{{{1}, {d}}, {{d}, {1}}}; };
  const auto kept = [](Index d) { return std::vector<ComposedOnKept<TopK, Natural>>{{{1}, {}}, {{d}, {}}}; };
  const auto ternary_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
    return B + bits_of_ternary(d);
  };
  const auto low_rank_cost = [](const auto& c, const auto& /*message*/, Index /*d*/, Index B) {
    return c.r * (c.rows + c.columns) * B;
  };
  return {
      message_claim("top-k", "K (ceil(log2 d) + B) bits", dimensions, keeping<TopK>, kept_cost),
      message_claim("rand-k-unscaled", "K (ceil(log2 d) + B) bits", dimensions, keeping<RandKUnscaled>, kept_cost),
      message_claim(
          "bernoulli-unscaled", "1 bit, or 1 + d B", dimensions, lazy,
          [](const auto& /*c*/, const auto& message, Index d, Index B) { return message.sent ? 1 + d * B : 1; }),
      message_claim("scaled-sign", "B + d bits for sign(0) = +1", dimensions, plus,
                    [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) { return B + d; }),
      message_claim("scaled-sign-zero", "B + ceil(d log2 3) bits for sign(0) = 0", dimensions, zero, ternary_cost,
                    {{"two bits a sign", messages_of(dimensions, two_bits, ternary_cost)}}),
      message_claim(
          "exp-round", "9 d bits for b = 2, B = 32; 12 d for B = 64", dimensions, base_two,
          [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) { return B == 32 ? 9 * d : 12 * d; }),
      message_claim("svd-rank-r", "r (rows + columns) B bits", even, matrices_of<SvdRankR>, low_rank_cost),
      message_claim("random-column", "r (rows + columns) B bits", even, matrices_of<RandomColumn>, low_rank_cost),
      message_claim("participation", "a bit; if it is one, the message of Q", dimensions, sometimes,
                    [](const auto& c, const auto& message, Index d, Index B) {
                      return message ? 1 + c.unbiased.K * (digits_for(d) + B) : 1;
                    }),
      message_claim("block", "the messages of the blocks", even, blocks,
                    [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
                      return (1 + d / 2) * (digits_for(d / 2) + B);
                    }),
      message_claim("induced", "the messages of both", dimensions, induced,
                    [](const auto& c, const auto& /*message*/, Index d, Index B) {
                      return (c.contractive.K + c.unbiased.K) * (digits_for(d) + B);
                    }),
      message_claim("composed", "K ceil(log2 d) bits and the message of Q of K coordinates", dimensions, kept,
                    [](const auto& c, const auto& /*message*/, Index d, Index B) {
                      return c.contractive.K * (digits_for(d) + (B == 32 ? 9 : 12));
                    }),
  };
}

}  // namespace touchstone::inline v0
