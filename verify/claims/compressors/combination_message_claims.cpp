#include "touchstone/compressors/averaged.hpp"
#include "touchstone/compressors/block.hpp"
#include "touchstone/compressors/composed.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/composed_unbiased.hpp"
#include "touchstone/compressors/convex_combination.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/claims/compressors/message_checks.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::combination_message {

namespace {

/// Of K coordinates with their indices.
Index sparse_bits(Index K, Index d, Index B) {
  return K * (digits_for(d) + B);
}

/// The receiver gets one copy of n.
struct OneCopy : Averaged<RandK> {
  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return unbiased.bits(message.front(), d, scalar_bits);
  }
  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    unbiased.write(message.front(), d, out);
  }
};

}  // namespace

std::vector<Claim> claims() {
  const std::vector<Index> dimensions{1, 2, 3, 5};
  const std::vector<Index> even{2, 4, 6};
  const auto scaled = [](Index d) { return std::vector<Scaled<RandK>>{{{1}}, {{d}}}; };
  const auto composed = [](Index d) { return std::vector<Composed<TopK, RandK>>{{{d}, {1}}, {{1}, {d}}}; };
  const auto kept = [](Index d) { return std::vector<ComposedOnKept<TopK, Natural>>{{{1}, {}}, {{d}, {}}}; };
  const auto twice = [](Index d) { return std::vector<ComposedUnbiased<RandK, RandK>>{{{1}, {d}}, {{d}, {1}}}; };
  const auto induced = [](Index d) { return std::vector<Induced<TopK, RandK>>{{{1}, {d}}, {{d}, {1}}}; };
  const auto sometimes = [](Index d) { return std::vector<Participation<RandK>>{{{1, 2}, {d}}, {{1, 3}, {1}}}; };
  const auto copies = [](Index d) { return std::vector<Averaged<RandK>>{{1, {d}}, {3, {1}}}; };
  const auto one_copy = [](Index d) { return std::vector<OneCopy>{{{1, {d}}}, {{3, {1}}}}; };
  const auto blocks = [](Index d) { return std::vector<Block<TopK>>{{{d / 2, d / 2}, {{1}, {d / 2}}}}; };
  const auto either = [](Index d) {
    return std::vector<OneOf<RandKUnscaled, TopK>>{{TopK{d}}, {RandKUnscaled{1}}};
  };
  const auto convex = [](Index d) {
    return std::vector<ConvexCombination<TopK, RandKUnscaled>>{{{1, 2}, {{1}, {d}}}, {{1, 1}, {{d}, {1}}}};
  };
  const auto scaled_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(c.unbiased.K, d, B);
  };
  const auto kept_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return c.contractive.K * (digits_for(d) + (B == 32 ? 9 : 12));
  };
  const auto outer_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(c.outer.K, d, B);
  };
  const auto both_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(c.contractive.K + c.unbiased.K, d, B);
  };
  const auto lazy_cost = [](const auto& c, const auto& message, Index d, Index B) {
    return message ? 1 + sparse_bits(c.unbiased.K, d, B) : 1;
  };
  const auto copies_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(c.n * c.unbiased.K, d, B);
  };
  const auto held_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(std::visit([](const auto& held) { return held.K; }, c.part), d, B);
  };
  const auto block_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(1 + d / 2, d / 2, B);
  };
  const auto convex_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
    return sparse_bits(1 + d, d, B);
  };
  return {
      message_claim("scaled", "the message of Q", messages_of(dimensions, scaled, scaled_cost)),
      message_claim("composed", "the message of Q", messages_of(dimensions, composed, scaled_cost)),
      message_claim("composed-on-kept", "K ceil(log2 d) bits and the message of Q of K coordinates",
                    messages_of(dimensions, kept, kept_cost)),
      message_claim("composed-unbiased", "the message of the outer one",
                    messages_of(dimensions, twice, outer_cost)),
      message_claim("induced", "the messages of both", messages_of(dimensions, induced, both_cost)),
      message_claim("participation", "a bit; if it is one, the message of Q",
                    messages_of(dimensions, sometimes, lazy_cost)),
      message_claim("averaged", "the messages of the n copies", messages_of(dimensions, copies, copies_cost),
                    {{"one copy sent", messages_of(dimensions, one_copy, copies_cost)}}),
      message_claim("block", "the messages of the blocks", messages_of(even, blocks, block_cost)),
      message_claim("one-of", "the message of the one held", messages_of(dimensions, either, held_cost)),
      message_claim("convex-combination", "the messages of all parts",
                    messages_of(dimensions, convex, convex_cost)),
  };
}

}  // namespace touchstone::inline v0::registry::combination_message
