#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/power_sgd_fixed.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/svd_rank_r.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/claims/compressors/message_checks.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::contractive_message {

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

/// rows = 2, r = 2 columns where there are as many; the second start leaves a column out.
struct FixedStarts {
  template <WireScalar S>
  [[nodiscard]] std::vector<PowerSgdFixed<S>> operator()(Index d) const {
    const Index columns = d / 2;
    const Index r = std::min(Index{2}, columns);
    return {{2, Matrix<S>::Identity(columns, r)}, {2, Matrix<S>::Ones(columns, 1)}};
  }
};

}  // namespace

std::vector<Claim> claims() {
  const auto lazy = [](Index /*d*/) { return std::vector<BernoulliUnscaled>{{{1, 3}}, {{1, 1}}}; };
  const auto plus = [](Index /*d*/) { return std::vector<ScaledSign<1>>{{}}; };
  const auto zero = [](Index /*d*/) { return std::vector<ScaledSign<0>>{{}}; };
  const auto two_bits = [](Index /*d*/) { return std::vector<TwoBitSigns>{{}}; };
  const auto base_two = [](Index /*d*/) { return std::vector<ExpRound>{{{2, 1}}}; };
  const auto lazy_cost = [](const auto& /*c*/, const auto& message, Index d, Index B) {
    return message.sent ? 1 + d * B : 1;
  };
  const auto sign_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) { return B + d; };
  const auto ternary_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
    return B + bits_of_ternary(d);
  };
  const auto exponent_cost = [](const auto& /*c*/, const auto& /*message*/, Index d, Index B) {
    return B == 32 ? 9 * d : 12 * d;
  };
  const auto low_rank_cost = [](const auto& c, const auto& /*message*/, Index /*d*/, Index B) {
    return c.r * (c.rows + c.columns) * B;
  };
  const auto fixed_cost = [](const auto& c, const auto& /*message*/, Index d, Index B) {
    return c.start.cols() * (2 + d / 2) * B;
  };
  const std::string kept = "K (ceil(log2 d) + B) bits";
  const std::string factors = "r (rows + columns) B bits";
  return {
      message_claim("top-k", kept, messages_of(dimensions, keeping<TopK>, kept_cost)),
      message_claim("rand-k-unscaled", kept, messages_of(dimensions, keeping<RandKUnscaled>, kept_cost)),
      message_claim("bernoulli-unscaled", "1 bit, or 1 + d B", messages_of(dimensions, lazy, lazy_cost)),
      message_claim("scaled-sign", "B + d bits for sign(0) = +1", messages_of(dimensions, plus, sign_cost)),
      message_claim("scaled-sign-zero", "B + ceil(d log2 3) bits for sign(0) = 0",
                    messages_of(dimensions, zero, ternary_cost),
                    {{"two bits a sign", messages_of(dimensions, two_bits, ternary_cost)}}),
      message_claim("exp-round", "9 d bits for b = 2, B = 32; 12 d for B = 64",
                    messages_of(dimensions, base_two, exponent_cost)),
      message_claim("svd-rank-r", factors, messages_of(even, matrices_of<SvdRankR>, low_rank_cost)),
      message_claim("random-column", factors, messages_of(even, matrices_of<RandomColumn>, low_rank_cost)),
      message_claim("powersgd-fixed", factors, messages_of(even, FixedStarts{}, fixed_cost)),
  };
}

}  // namespace touchstone::inline v0::registry::contractive_message
