#pragma once
/// \file
/// Formulas as a person writes them: what an operation on two written formulas looks like.

#include <string>

namespace touchstone::inline v0::proofs {

/// How tightly what was written holds together, for parentheses.
enum class Binding { sum, product, unit };

struct Written {
  std::string text = "0";
  Binding binding = Binding::unit;

  [[nodiscard]] std::string in(Binding needs) const { return binding < needs ? "(" + text + ")" : text; }

  friend Written operator+(const Written& a, const Written& b) { return {a.text + " + " + b.text, Binding::sum}; }
  friend Written operator-(const Written& a, const Written& b) {
    return {(a.text == "0" ? "-" : a.text + " - ") + b.in(Binding::product), Binding::sum};
  }
  friend Written operator*(const Written& a, const Written& b) {
    const std::string right = b.in(Binding::product);
    const bool number = '0' <= right.front() && right.front() <= '9';
    return {a.in(Binding::product) + (number ? "*" : " ") + right, Binding::product};
  }
  friend Written operator/(const Written& a, const Written& b) {
    return {a.in(Binding::product) + "/" + b.in(Binding::unit), Binding::product};
  }
};

}  // namespace touchstone::inline v0::proofs
