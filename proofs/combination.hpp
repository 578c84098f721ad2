#pragma once
/// \file
/// A goal as a combination of products of hypotheses, which a reader can check with a pencil:
///
///     right - left  =  c_1 product_1 + ... + c_m product_m,      c_k >= 0 where product_k is an inequality
///
/// A solver for linear arithmetic finds the multipliers c_k, one equation for every monomial. It is not trusted:
/// refusal() adds the products up in exact arithmetic. What is trusted is that arithmetic, and the statement that
/// multiplied the hypotheses (proofs/statement.hpp).

#include <string>
#include <vector>

#include "proofs/laurent.hpp"
#include "proofs/relation.hpp"

namespace touchstone::inline v0::proofs {

/// factor times slacks of hypotheses: `0 relation value` follows from the hypotheses.
struct Product {
  LaurentSum factor;
  std::string slacks;  ///< "(K2)", "(stepsize-2)(gap-nonnegative)", "(2 L e - q)^2"; empty for none
  LaurentSum value;
  Relation relation = Relation::less_equal;
};

/// "2 gamma (K2)": the product as on paper.
[[nodiscard]] std::string readable(const Product& product, const Rational& multiplier = 1);

/// Where `negated-goal` is among the slacks of a product, the combination is a proof by contradiction.
struct Combination {
  std::string goal;  ///< "right - left", or which of several goals
  LaurentSum slack;  ///< to be shown: `0 relation slack`
  Relation relation = Relation::less_equal;
  std::vector<Product> products;
};

/// Whether the multipliers prove the goal. Empty if they do, else one line: which of them is negative, what the sum
/// misses, or that a strict goal is given by products that may all vanish.
[[nodiscard]] std::string refusal(const Combination& combination, const std::vector<Rational>& multipliers);

/// "right - left =", then a line for every product with a multiplier other than zero.
[[nodiscard]] std::vector<std::string> readable(const Combination& combination,
                                                const std::vector<Rational>& multipliers);

}  // namespace touchstone::inline v0::proofs
