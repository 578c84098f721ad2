#include "proofs/theory/model.hpp"

#include <stdexcept>

#include "proofs/kernel/theory.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

template <class Value>
const Value& known(const std::map<std::string, Value>& values, const std::string& name) {
  const auto at = values.find(name);
  if (at == values.end()) throw std::out_of_range("the model has no value for " + name);
  return at->second;
}

}  // namespace

void Model::uniform_variable(const std::string& name, std::size_t points) {
  variable(name, std::vector<Rational>(points, ratio<Rational>(1, static_cast<Index>(points))));
}

void Model::scalar(const std::string& name, const Rational& value) {
  scalar(name, [value](const Point&) { return value; });
}

void Model::vector(const std::string& name, const Vector<Rational>& value) {
  vector(name, [value](const Point&) { return value; });
}

void Model::for_each_point(const Theory& theory, Variables over, const Point& at,
                           const std::function<void(const Point&, const Rational& weight)>& visit) const {
  if (over == 0) {
    visit(at, 1);
    return;
  }
  const Variables first = over & -over;
  const std::string name = theory.name(first);
  const std::vector<Rational>& weights = known(weights_, name);
  Point here = at;
  for (std::size_t k = 0; k < weights.size(); ++k) {
    here[name] = k;
    for_each_point(theory, over & ~first, here, [&](const Point& point, const Rational& weight) {
      visit(point, Rational(weight * weights[k]));
    });
  }
}

Rational Model::value(const Expression& e, const Point& at) const {
  Rational sum(0);
  for (const auto& [monomial, c] : e.terms()) sum += c * scalar_part(monomial, at);
  return sum;
}

Vector<Rational> Model::vector_value(const Expression& e, const Point& at) const {
  Vector<Rational> sum;
  for (const auto& [monomial, c] : e.terms()) {
    const Vector<Rational> term = c * vector_value(monomial, at);
    if (sum.size() == 0)
      sum = term;
    else
      sum += term;
  }
  return sum;
}

bool Model::has_mean(const Theory& theory, Variables j, const Atom* symbol, const Expression& value,
                     const Point& at) const {
  Rational scalar(0);
  Vector<Rational> vector;
  for_each_point(theory, j, at, [&](const Point& point, const Rational& weight) {
    if (!symbol->is_vector) {
      scalar += weight * scalar_value(symbol, point);
      return;
    }
    const Vector<Rational> term = weight * vector_value(symbol, point);
    vector = vector.size() == 0 ? term : Vector<Rational>(vector + term);
  });
  if (!symbol->is_vector) return scalar == this->value(value, at);
  return value.is_zero() ? vector.isZero() : vector == vector_value(value, at);
}

Rational Model::scalar_part(const Powers& monomial, const Point& at) const {
  Rational product(1);
  for (const auto& [atom, power] : monomial) {
    if (atom->is_vector) continue;
    const Rational factor = scalar_value(atom, at);
    for (int k = 0; k < power; ++k) product *= factor;
    for (int k = 0; k > power; --k) product /= factor;
  }
  return product;
}

Vector<Rational> Model::vector_value(const Powers& monomial, const Point& at) const {
  for (const auto& [atom, power] : monomial)
    if (atom->is_vector) return scalar_part(monomial, at) * vector_value(atom, at);
  throw std::logic_error("a scalar where a vector is meant");
}

Rational Model::scalar_value(const Atom* atom, const Point& at) const {
  if (atom->kind == Atom::Kind::symbol) return known(scalars_, atom->name)(at);
  if (atom->kind == Atom::Kind::inner) return vector_value(atom->u, at).dot(vector_value(atom->v, at));
  Rational sum(0);
  for_each_point(*atom->theory, atom->over, at, [&](const Point& point, const Rational& weight) {
    sum += weight * scalar_part(atom->body, point);
  });
  return sum;
}

Vector<Rational> Model::vector_value(const Atom* atom, const Point& at) const {
  if (atom->kind == Atom::Kind::symbol) return known(vectors_, atom->name)(at);
  Vector<Rational> sum;
  for_each_point(*atom->theory, atom->over, at, [&](const Point& point, const Rational& weight) {
    const Vector<Rational> term = weight * vector_value(atom->body, point);
    if (sum.size() == 0)
      sum = term;
    else
      sum += term;
  });
  return sum;
}

}  // namespace touchstone::inline v0::proofs::kernel
