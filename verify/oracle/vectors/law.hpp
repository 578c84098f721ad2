#pragma once
/// \file
/// The law of a compressor at one vector, obtained twice.

#include <string>
#include <utility>
#include <vector>

#include "verify/oracle/catalog/any_compressor.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/law.hpp"

namespace touchstone::inline v0::oracle::vectors {

using CompressorLaw = ExactLaw<Vector<Rational>>;

[[nodiscard]] Vector<Rational> mean_of(const CompressorLaw& law);

/// E|Q(x) - x|^2
[[nodiscard]] Rational squared_error(const CompressorLaw& law, const Vector<Rational>& x);

/// The same outcomes with the same probabilities, in any order.
[[nodiscard]] bool same_law(const CompressorLaw& a, const CompressorLaw& b);

/// The second way. Throws std::logic_error with `id` unless
///     the law has the moments that the compressor states: E Q(x) = x exactly and E|Q(x) - x|^2 <= omega |x|^2, or
///     E|C(x) - x|^2 <= (1 - delta) |x|^2; with equality where the compressor says that it holds everywhere;
///     the compressor in double arithmetic has the same outcomes in the same order: coordinates within 8 units in the last
///     place of the exact ones, probabilities within 8 units in the last place of 1.
void require_second_opinion(const std::string& id, const std::string& compressor, const Vector<Rational>& x,
                            const CompressorLaw& law);

/// "outcomes", "mean", "squared_error": what a law adds to a vector.
void add_law(Json& vector, const CompressorLaw& law, const Vector<Rational>& x);

}  // namespace touchstone::inline v0::oracle::vectors
