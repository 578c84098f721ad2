#pragma once
/// \file
/// How numbers, choices and states of the catalog appear in Python: Fraction, tuple, dict.

#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include "verify/oracle/catalog/draws.hpp"
#include "verify/oracle/catalog/in_both.hpp"

namespace pybind11::detail {

/// An int of any size from or to hexadecimal digits, which both sides read in linear time.
[[nodiscard]] touchstone::Rational rational_of(handle number);
[[nodiscard]] object fraction_of(const touchstone::Rational& number);

/// From whatever has a numerator and a denominator that are ints; to fractions.Fraction.
template <>
struct type_caster<touchstone::Rational> {
  PYBIND11_TYPE_CASTER(touchstone::Rational, const_name("Fraction"));

  bool load(handle source, bool /*convert*/) {
    if (!hasattr(source, "numerator") || !hasattr(source, "denominator")) return false;
    value = rational_of(source);
    return true;
  }
  static handle cast(const touchstone::Rational& number, return_value_policy /*policy*/, handle /*parent*/) {
    return fraction_of(number).release();
  }
};

}  // namespace pybind11::detail

namespace touchstone::inline v0::bindings {

namespace py = pybind11;

using Fractions = std::vector<Rational>;
using Doubles = py::array_t<double, py::array::c_style>;

[[nodiscard]] Vector<Rational> vector_of(const Fractions& numbers);
[[nodiscard]] py::tuple tuple_of(const Vector<Rational>& numbers);
/// Throws spec_error for NaN and infinities, and for an array that has not one dimension.
[[nodiscard]] Vector<double> vector_of(const std::string& where, const Doubles& array);
/// The array takes the numbers over.
[[nodiscard]] Doubles array_of(Vector<double>&& numbers);

/// kind, n, k, answer, iteration, worker, draw
using ChoiceFields = std::tuple<std::string, Index, Index, Indices, Index, Index, Index>;
using ChoiceList = std::vector<ChoiceFields>;
[[nodiscard]] ChoiceList fields_of(const Transcript& transcript);

/// seed, stream, iteration, worker, choices. Throws spec_error where a kind of choice is unknown.
using DrawsFields = std::tuple<std::uint64_t, std::uint64_t, Index, Index, std::optional<ChoiceList>>;
class GivenDraws {
 public:
  explicit GivenDraws(const DrawsFields& fields);
  GivenDraws(const GivenDraws&) = delete;
  GivenDraws& operator=(const GivenDraws&) = delete;
  [[nodiscard]] const oracle::Draws& draws() const { return draws_; }

 private:
  Transcript transcript_;
  oracle::Draws draws_;
};

/// A part that is a vector is an array of shape (d,), any other of shape (count, d).
[[nodiscard]] py::dict dict_of(const oracle::AnyMethod<double>& method, oracle::NamedState<double>&& state);
[[nodiscard]] oracle::NamedState<double> state_of(const py::dict& parts);
/// A part that is a vector is a tuple of Fraction, any other a list of such tuples.
[[nodiscard]] py::dict dict_of(const oracle::AnyMethod<Rational>& method,
                               const oracle::NamedState<Rational>& state);
[[nodiscard]] oracle::NamedState<Rational> state_of(
    const std::vector<std::pair<std::string, std::vector<Fractions>>>& parts);

void define_compressor(py::module_& module);
void define_problem(py::module_& module);
void define_method(py::module_& module);
void define_theory(py::module_& module);
void define_seeded(py::module_& module);

}  // namespace touchstone::inline v0::bindings
