#include "verify/oracle/vectors/number_text.hpp"

#include <bit>
#include <cmath>
#include <cstdio>
#include <limits>

#include "verify/oracle/catalog/exact_text.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

template <class Text>
Json texts(const Vector<Rational>& vector, const Text& text) {
  Json list = Json::array();
  for (const Rational& value : vector) list.push_back(text(value));
  return list;
}

template <class One>
Json rows(const std::vector<Vector<Rational>>& vectors, const One& one) {
  Json list = Json::array();
  for (const Vector<Rational>& vector : vectors) list.push_back(one(vector));
  return list;
}

template <class One>
Json parts(const NamedState<Rational>& state, const std::vector<PartShape>& shapes, const One& one) {
  Json object = Json::object();
  for (std::size_t i = 0; i < state.size(); ++i)
    object[state[i].name] = shapes[i].single ? one(state[i].vectors.front()) : rows(state[i].vectors, one);
  return object;
}

}  // namespace

double nearest_double(const Rational& value) {
  constexpr double largest = std::numeric_limits<double>::max();
  constexpr int half_of_its_last_digit = 970;
  if (const Rational size = abs(value); size > Rational(largest)) {
    const Rational half_way = Rational(largest) + Rational(std::ldexp(1.0, half_of_its_last_digit));
    return std::copysign(size < half_way ? largest : std::numeric_limits<double>::infinity(),
                         value < 0 ? -1.0 : 1.0);
  }
  const double inner = mpq_get_d(value.backend().data());  // truncated
  if (Rational(inner) == value) return inner;
  const double outer = std::nextafter(inner, value < 0 ? -largest : largest);
  const Rational to_inner = abs(Rational(value - Rational(inner)));
  const Rational to_outer = abs(Rational(Rational(outer) - value));
  if (to_inner == to_outer) return (std::bit_cast<std::uint64_t>(inner) & 1U) == 0 ? inner : outer;
  return to_inner < to_outer ? inner : outer;
}

std::string hex_text(double value) {
  constexpr std::size_t longest = 40;
  std::string text(longest, '\0');
  const int length = std::snprintf(text.data(), longest, "%a", value);
  text.resize(static_cast<std::size_t>(length));
  return text;
}

Json exact_json(const Vector<Rational>& vector) {
  return texts(vector, [](const Rational& value) { return exact_text(value); });
}

Json double_json(const Vector<Rational>& vector) {
  return texts(vector, [](const Rational& value) { return hex_text(nearest_double(value)); });
}

Json exact_json(const std::vector<Vector<Rational>>& vectors) {
  return rows(vectors, [](const Vector<Rational>& vector) { return exact_json(vector); });
}

Json double_json(const std::vector<Vector<Rational>>& vectors) {
  return rows(vectors, [](const Vector<Rational>& vector) { return double_json(vector); });
}

Json exact_json(const NamedState<Rational>& state, const std::vector<PartShape>& shapes) {
  return parts(state, shapes, [](const Vector<Rational>& vector) { return exact_json(vector); });
}

Json double_json(const NamedState<Rational>& state, const std::vector<PartShape>& shapes) {
  return parts(state, shapes, [](const Vector<Rational>& vector) { return double_json(vector); });
}

Json with_text_numbers(Json json) {
  if (json.is_number_integer()) return json.dump();
  if (!json.is_structured()) return json;
  for (auto& [name, value] : json.items())
    if (name != "tau") value = with_text_numbers(value);
  return json;
}

}  // namespace touchstone::inline v0::oracle::vectors
