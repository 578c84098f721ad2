#pragma once
/// \file
/// Numbers as they stand in vectors: exactly, and as the double nearest to them.

#include <string>

#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/named_state.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// The nearest double, of two the one with an even last digit; infinite beyond the largest. Zero is +0.
[[nodiscard]] double nearest_double(const Rational& value);

/// Exact, for C, C++, Java, Python's float.fromhex: "0x1.8p+1", "-0x0p+0"; "inf", "-inf", "nan".
[[nodiscard]] std::string hex_text(double value);

/// Strings "p/q".
[[nodiscard]] Json exact_json(const Vector<Rational>& vector);
[[nodiscard]] Json exact_json(const std::vector<Vector<Rational>>& vectors);
/// Strings of hex_text(nearest_double(.)), in the same shape.
[[nodiscard]] Json double_json(const Vector<Rational>& vector);
[[nodiscard]] Json double_json(const std::vector<Vector<Rational>>& vectors);

/// An object: a vector for a part that is one, else a list of vectors. `shapes` are the method's.
[[nodiscard]] Json exact_json(const NamedState<Rational>& state, const std::vector<PartShape>& shapes);
[[nodiscard]] Json double_json(const NamedState<Rational>& state, const std::vector<PartShape>& shapes);

/// The same JSON with every whole number as a string, except those under "tau": numbers of one kind only.
[[nodiscard]] Json with_text_numbers(Json json);

}  // namespace touchstone::inline v0::oracle::vectors
