#include "proofs/certificate/linear_form.hpp"

#include <algorithm>
#include <stdexcept>

namespace touchstone::inline v0::proofs {

Rational LinearForm::coefficient(const std::string& name) const {
  const auto found = terms_.find(name);
  return found == terms_.end() ? Rational(0) : found->second;
}

Rational LinearForm::value(const NamedRationals& point) const {
  Rational sum(0);
  for (const auto& [name, c] : terms_) sum += c * point.at(name);
  return sum;
}

LinearForm& LinearForm::add(const Rational& factor, const LinearForm& other) {
  for (const auto& [name, c] : other.terms_) {
    Rational& sum = terms_[name];
    sum += factor * c;
    if (sum == 0) terms_.erase(name);
  }
  return *this;
}

std::string GramBlock::product(Index i, Index j) const {
  const auto [first, second] = std::minmax(i, j);
  return name + "(" + vectors.at(static_cast<std::size_t>(first)) + "," +
         vectors.at(static_cast<std::size_t>(second)) + ")";
}

LinearForm GramBlock::operator()(const LinearForm& u, const LinearForm& v) const {
  const auto position = [this](const std::string& vector) {
    const auto found = std::ranges::find(vectors, vector);
    if (found == vectors.end()) throw std::logic_error("the family " + name + " has no vector " + vector);
    return static_cast<Index>(found - vectors.begin());
  };
  LinearForm sum;
  for (const auto& [first, c] : u.terms())
    for (const auto& [second, d] : v.terms())
      sum += Rational(c * d) * LinearForm(product(position(first), position(second)));
  return sum;
}

LinearForm GramBlock::form(const Matrix<Rational>& P) const {
  LinearForm sum;
  for (Index i = 0; i < size(); ++i)
    for (Index j = 0; j < size(); ++j) sum += P(i, j) * LinearForm(product(i, j));
  return sum;
}

Matrix<Rational> GramBlock::matrix(const LinearForm& expression) const {
  Matrix<Rational> P(size(), size());
  for (Index i = 0; i < size(); ++i)
    for (Index j = 0; j < size(); ++j) P(i, j) = expression.coefficient(product(i, j)) / (i == j ? 1 : 2);
  return P;
}

}  // namespace touchstone::inline v0::proofs
