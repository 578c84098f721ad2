#pragma once
/// \file
/// A stretch of the notation that is all mathematics, as TeX.

#include <string>
#include <vector>

#include "verify/book/notation_tokens.hpp"

namespace touchstone::inline v0::book {

/// Whether a sign is one of mathematics: a relation, an operation.
[[nodiscard]] bool is_mathematical_sign(const std::string& sign);

/// The tokens from begin to before end. What is no symbol is set as text.
[[nodiscard]] std::string formula_tex(const std::vector<Token>& tokens, std::size_t begin, std::size_t end);

}  // namespace touchstone::inline v0::book
