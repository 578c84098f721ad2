#pragma once
/// \file
/// A finite rational interpretation of a theory: what its symbols are on an instance. Expressions are evaluated by their
/// meaning, means as sums over all points, without the normal form's rules; so this also tests those.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "proofs/kernel/expression.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// Values of variables, by their names: which worker, which component, which outcome.
using Point = std::map<std::string, std::size_t>;

class Model {
 public:
  /// Weights that are positive and sum to one.
  void variable(const std::string& name, std::vector<Rational> weights) { weights_[name] = std::move(weights); }
  /// All with the same weight.
  void uniform_variable(const std::string& name, std::size_t points);
  void scalar(const std::string& name, std::function<Rational(const Point&)> value) {
    scalars_[name] = std::move(value);
  }
  void scalar(const std::string& name, const Rational& value);
  void vector(const std::string& name, std::function<Vector<Rational>(const Point&)> value) {
    vectors_[name] = std::move(value);
  }
  void vector(const std::string& name, const Vector<Rational>& value);

  /// Of a scalar, or of a vector, at a point that fixes its free variables. Throws std::out_of_range, naming the symbol or
  /// variable, for one that has no value here.
  [[nodiscard]] Rational value(const Expression& e, const Point& at = {}) const;
  [[nodiscard]] Vector<Rational> vector_value(const Expression& e, const Point& at = {}) const;

  /// Calls visit(point, weight) for all values of the theory's variables `over`, those of `at` fixed.
  void for_each_point(const Theory& theory, Variables over, const Point& at,
                      const std::function<void(const Point&, const Rational& weight)>& visit) const;

  /// Whether E_j[symbol] = value at a point that fixes the symbol's other variables.
  [[nodiscard]] bool has_mean(const Theory& theory, Variables j, const Atom* symbol, const Expression& value,
                              const Point& at) const;

 private:
  [[nodiscard]] Rational scalar_value(const Atom* atom, const Point& at) const;
  [[nodiscard]] Vector<Rational> vector_value(const Atom* atom, const Point& at) const;
  [[nodiscard]] Vector<Rational> vector_value(const Powers& monomial, const Point& at) const;
  /// Of the scalar factors.
  [[nodiscard]] Rational scalar_part(const Powers& monomial, const Point& at) const;

  std::map<std::string, std::vector<Rational>> weights_;
  std::map<std::string, std::function<Rational(const Point&)>> scalars_;
  std::map<std::string, std::function<Vector<Rational>(const Point&)>> vectors_;
};

}  // namespace touchstone::inline v0::proofs::kernel
