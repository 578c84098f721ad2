#include "verify/engine/quadratic_form.hpp"

#include <stdexcept>

namespace touchstone::inline v0 {

Vector<Rational> with_one(const Vector<Rational>& z) {
  Vector<Rational> extended(z.size() + 1);
  extended << Rational(1), z;
  return extended;
}

std::vector<Matrix<Rational>> quadratic_forms(const QuadraticFunctions& functions, Index size,
                                              const std::vector<Vector<Rational>>& check_states) {
  const auto unit = [size](Index i) { return Vector<Rational>(Vector<Rational>::Unit(size, i)); };
  std::vector<Matrix<Rational>> forms;
  for (const Rational& at_origin : functions(Vector<Rational>::Zero(size))) {
    forms.emplace_back(Matrix<Rational>::Zero(size + 1, size + 1));
    forms.back()(0, 0) = at_origin;
  }
  for (Index i = 0; i < size; ++i) {
    const std::vector<Rational> plus = functions(unit(i));
    const std::vector<Rational> minus = functions(Vector<Rational>(-unit(i)));
    for (std::size_t k = 0; k < forms.size(); ++k) {
      Matrix<Rational>& F = forms[k];
      F(0, i + 1) = F(i + 1, 0) = (plus[k] - minus[k]) / 4;
      F(i + 1, i + 1) = (plus[k] + minus[k]) / 2 - F(0, 0);
    }
  }
  for (Index j = 0; j < size; ++j)
    for (Index i = 0; i < j; ++i) {
      const std::vector<Rational> both = functions(Vector<Rational>(unit(i) + unit(j)));
      for (std::size_t k = 0; k < forms.size(); ++k) {
        Matrix<Rational>& F = forms[k];
        F(i + 1, j + 1) = F(j + 1, i + 1) =
            (both[k] - F(0, 0) - 2 * F(0, i + 1) - 2 * F(0, j + 1) - F(i + 1, i + 1) - F(j + 1, j + 1)) / 2;
      }
    }
  for (const Vector<Rational>& z : check_states) {
    const Vector<Rational> extended = with_one(z);
    const std::vector<Rational> values = functions(z);
    for (std::size_t k = 0; k < forms.size(); ++k)
      if (Rational(extended.dot(forms[k] * extended)) != values[k])
        throw std::logic_error("a function that should be quadratic in the state is not");
  }
  return forms;
}

}  // namespace touchstone::inline v0
