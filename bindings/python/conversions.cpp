#include "bindings/python/conversions.hpp"

#include <algorithm>
#include <array>

#include "verify/oracle/catalog/spec_error.hpp"

namespace pybind11::detail {

namespace {

using Integer = boost::multiprecision::mpz_int;

Integer integer_of(const object& number) {
  const std::string digits = str(reinterpret_steal<object>(PyNumber_ToBase(number.ptr(), 16)));  // -0x1f
  const bool negative = !digits.empty() && digits.front() == '-';
  Integer value;
  mpz_set_str(value.backend().data(), digits.c_str() + (negative ? 3 : 2), 16);
  return negative ? Integer(-value) : value;
}

object int_of(const Integer& number) {
  const std::string digits = number.str(0, std::ios_base::fmtflags(std::ios_base::dec));
  PyObject* const converted = PyLong_FromString(digits.c_str(), nullptr, 10);
  if (converted == nullptr) throw error_already_set();
  return reinterpret_steal<object>(converted);
}

}  // namespace

touchstone::Rational rational_of(handle number) {
  const Integer denominator = integer_of(number.attr("denominator"));
  touchstone::require(denominator != 0, "a fraction needs a denominator other than zero");
  return touchstone::Rational(integer_of(number.attr("numerator")), denominator);
}

object fraction_of(const touchstone::Rational& number) {
  static const object& type =
      *new object(module_::import("fractions").attr("Fraction"));  // outlives the interpreter
  return type(int_of(Integer(numerator(number))), int_of(Integer(denominator(number))));
}

}  // namespace pybind11::detail

namespace touchstone::inline v0::bindings {

namespace {

constexpr std::array kinds = {ChoiceKind::choose, ChoiceKind::subset, ChoiceKind::permutation,
                              ChoiceKind::bernoulli, ChoiceKind::pick};

ChoiceKind kind_named(const std::string& name) {
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [&](ChoiceKind kind) { return to_string(kind) == name; });
  if (found == kinds.end())
    throw oracle::spec_error("choices: found '" + name +
                             "', expected choose, subset, permutation, bernoulli or pick");
  return *found;
}

/// Rows of numbers as one array.
Doubles table_of(const std::vector<Vector<double>>& rows, Index columns) {
  Doubles array({static_cast<py::ssize_t>(rows.size()), static_cast<py::ssize_t>(columns)});
  double* place = array.mutable_data();
  for (const Vector<double>& row : rows) place = std::copy(row.begin(), row.end(), place);
  return array;
}

}  // namespace

Vector<Rational> vector_of(const Fractions& numbers) {
  Vector<Rational> vector(static_cast<Index>(numbers.size()));
  std::copy(numbers.begin(), numbers.end(), vector.begin());
  return vector;
}

py::tuple tuple_of(const Vector<Rational>& numbers) {
  py::tuple all(static_cast<std::size_t>(numbers.size()));
  for (Index i = 0; i < numbers.size(); ++i) all[static_cast<std::size_t>(i)] = py::cast(numbers[i]);
  return all;
}

Vector<double> vector_of(const std::string& where, const Doubles& array) {
  if (array.ndim() != 1) throw oracle::spec_error(where + ": found an array of other than one dimension");
  return oracle::finite_vector(where, array.data(), array.size());
}

Doubles array_of(Vector<double>&& numbers) {
  auto* const kept = new Vector<double>(std::move(numbers));
  const py::capsule owner(kept, [](void* held) { delete static_cast<Vector<double>*>(held); });
  return Doubles(kept->size(), kept->data(), owner);
}

ChoiceList fields_of(const Transcript& transcript) {
  ChoiceList all;
  for (const Choice& choice : transcript)
    all.emplace_back(to_string(choice.kind), choice.n, choice.k, choice.answer, choice.place.iteration,
                     choice.place.worker, choice.place.draw);
  return all;
}

GivenDraws::GivenDraws(const DrawsFields& fields) {
  const auto& [seed, stream, iteration, worker, choices] = fields;
  draws_ = {.seed = seed, .stream = stream, .iteration = iteration, .worker = worker};
  if (!choices) return;
  for (const auto& [kind, n, k, answer, choice_iteration, choice_worker, draw] : *choices)
    transcript_.push_back({kind_named(kind), n, k, answer, {choice_iteration, choice_worker, draw}});
  draws_.given = &transcript_;
}

py::dict dict_of(const oracle::AnyMethod<double>& method, oracle::NamedState<double>&& state) {
  py::dict parts;
  for (std::size_t i = 0; i < state.size(); ++i) {
    const py::str name(state[i].name);
    if (method.shapes()[i].single)
      parts[name] = array_of(std::move(state[i].vectors.front()));
    else
      parts[name] = table_of(state[i].vectors, method.problem().dimension());
  }
  return parts;
}

oracle::NamedState<double> state_of(const py::dict& parts) {
  oracle::NamedState<double> state;
  for (const auto& [key, value] : parts) {
    const auto name = py::cast<std::string>(key);
    const auto array = py::cast<Doubles>(value);
    if (array.ndim() != 1 && array.ndim() != 2)
      throw oracle::spec_error(name + ": found an array of other than one or two dimensions");
    const Index rows = array.ndim() == 1 ? 1 : array.shape(0);
    const Index columns = array.shape(array.ndim() - 1);
    state.push_back({name, {}});
    for (Index i = 0; i < rows; ++i)
      state.back().vectors.push_back(oracle::finite_vector(name, array.data() + i * columns, columns));
  }
  return state;
}

py::dict dict_of(const oracle::AnyMethod<Rational>& method, const oracle::NamedState<Rational>& state) {
  py::dict parts;
  for (std::size_t i = 0; i < state.size(); ++i) {
    py::list vectors;
    for (const Vector<Rational>& v : state[i].vectors) vectors.append(tuple_of(v));
    const py::str name(state[i].name);
    if (method.shapes()[i].single)
      parts[name] = vectors[0];
    else
      parts[name] = vectors;
  }
  return parts;
}

oracle::NamedState<Rational> state_of(const std::vector<std::pair<std::string, std::vector<Fractions>>>& parts) {
  oracle::NamedState<Rational> state;
  for (const auto& [name, vectors] : parts) {
    state.push_back({name, {}});
    for (const Fractions& numbers : vectors) state.back().vectors.push_back(vector_of(numbers));
  }
  return state;
}

}  // namespace touchstone::inline v0::bindings
