#pragma once
/// \file
/// The definition of parse_compressor, for those who instantiate it for a number type; all others include compressors.hpp.

#include <fmt/ranges.h>

#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/svd_rank_r.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/oracle/catalog/compressor_spec.hpp"
#include "verify/oracle/catalog/compressors.hpp"

namespace touchstone::inline v0::oracle {

/// What parse_compressor makes; by another name for a number type that wraps it.
template <Field S>
AnyCompressor<S> compressor_of_reference(const std::string& where, const std::string& text) {
  const CompressorSpec spec(where, text);
  const std::string& name = spec.name();
  const auto plain = [&](const auto& compressor) {
    spec.require_parameters(0);
    return AnyCompressor<S>(text, compressor);
  };
  const auto counted = [&](const auto& make) {
    spec.require_parameters(1);
    return AnyCompressor<S>(text, make(spec.count(0)));
  };
  const auto likely = [&](const auto& make) {
    spec.require_parameters(1);
    return AnyCompressor<S>(text, make(spec.probability(0)));
  };
  const auto based = [&](const auto& make) {
    spec.require_parameters(1);
    const Fraction base = spec.fraction(0);
    if (base.numerator <= base.denominator) spec.refuse("a base B > 1");
    return AnyCompressor<S>(text, make(base));
  };
  const auto shaped = [&](const auto& make) {
    spec.require_parameters(2);
    return AnyCompressor<S>(text, make(spec.shape(0), spec.count(1)));
  };
  using Shape = CompressorSpec::Shape;
  if (name == "identity") return plain(Identity{});
  if (name == "rand-k") return counted([](Index K) { return RandK{K}; });
  if (name == "rand-k-unscaled") return counted([](Index K) { return RandKUnscaled{K}; });
  if (name == "bernoulli") return likely([](const Fraction& p) { return Bernoulli{p}; });
  if (name == "bernoulli-unscaled") return likely([](const Fraction& p) { return BernoulliUnscaled{p}; });
  if (name == "independent-sparsification") {
    spec.require_parameters(1);
    return AnyCompressor<S>(text, IndependentSparsification{spec.probabilities(0)});
  }
  if (name == "adaptive-sparsification") {
    spec.require_parameters(1);
    return AnyCompressor<S>(text, AdaptiveSparsification{spec.fraction(0)});
  }
  if (name == "l1-sampling") return plain(L1Sampling{});
  if (name == "dithering") return counted([](Index s) { return Dithering{NormIndex::two, s}; });
  if (name == "dithering-1") return counted([](Index s) { return Dithering{NormIndex::one, s}; });
  if (name == "dithering-inf") return counted([](Index s) { return Dithering{NormIndex::infinity, s}; });
  if (name == "natural-dithering") return counted([](Index s) { return NaturalDithering{NormIndex::two, s}; });
  if (name == "natural-dithering-1") return counted([](Index s) { return NaturalDithering{NormIndex::one, s}; });
  if (name == "natural-dithering-inf")
    return counted([](Index s) { return NaturalDithering{NormIndex::infinity, s}; });
  if (name == "tern-grad") return plain(TernGrad{});
  if (name == "natural") return plain(Natural{});
  if (name == "exp-stochastic") return based([](const Fraction& base) { return ExpStochastic{base}; });
  if (name == "exp-round") return based([](const Fraction& base) { return ExpRound{base}; });
  if (name == "top-k") return counted([](Index K) { return TopK{K}; });
  if (name == "scaled-sign") return plain(ScaledSign<0>{});
  if (name == "scaled-sign-plus") return plain(ScaledSign<1>{});
  if (name == "svd-rank-r")
    return shaped([](const Shape& shape, Index r) { return SvdRankR{shape.rows, shape.columns, r}; });
  if (name == "random-column")
    return shaped([](const Shape& shape, Index r) { return RandomColumn{shape.rows, shape.columns, r}; });
  spec.refuse(fmt::format("one of {}", fmt::join(compressor_names(), ", ")));
}

template <Field S>
AnyCompressor<S> parse_compressor(const std::string& where, const std::string& text) {
  return compressor_of_reference<S>(where, text);
}

}  // namespace touchstone::inline v0::oracle
