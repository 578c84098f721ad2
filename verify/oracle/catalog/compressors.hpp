#pragma once
/// \file
/// The compressors of the reference by name.
///
///     identity                      Q(x) = x
///     rand-k:K                      unbiased, d/K times K random coordinates      rand-k-unscaled:K   without d/K, contractive
///     bernoulli:P                   unbiased, x/P with probability P              bernoulli-unscaled:P   without 1/P, contractive
///     independent-sparsification:P1,P2,...,Pd    adaptive-sparsification:KAPPA    l1-sampling
///     dithering:S, dithering-1:S, dithering-inf:S                                 with |x|_2, |x|_1, |x|_inf and S levels
///     natural-dithering:S, natural-dithering-1:S, natural-dithering-inf:S         tern-grad
///     natural                       exp-stochastic:B      exp-round:B             powers of two, of B
///     top-k:K                       scaled-sign           scaled-sign-plus        sign(0) = 0, sign(0) = +1
///     svd-rank-r:ROWSxCOLUMNS:R     random-column:ROWSxCOLUMNS:R
///
/// K, S, R, ROWS, COLUMNS whole numbers >= 1; P and B fractions or decimals, 0 < P <= 1, B > 1.

#include <string>
#include <vector>

#include "verify/oracle/catalog/any_compressor.hpp"

namespace touchstone::inline v0::oracle {

/// Throws spec_error where `text` names no compressor or its parameter is not of its kind: "WHERE: found ..., expected ...". A
/// parameter that does not fit a dimension (K > d) is refused by what is asked of the compressor, with precondition_error.
template <Field S>
[[nodiscard]] AnyCompressor<S> parse_compressor(const std::string& where, const std::string& text);

/// The names, without parameters, in the order above.
[[nodiscard]] const std::vector<std::string>& compressor_names();

}  // namespace touchstone::inline v0::oracle
