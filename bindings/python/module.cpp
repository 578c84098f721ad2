#include "bindings/python/conversions.hpp"
#include "verify/io/errors.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::bindings {

namespace {

/// What is wrong with the caller's input is a ValueError with the one line. pybind11 does the same for std::invalid_argument and
/// std::length_error.
void translate(std::exception_ptr pointer) {  // NOLINT(performance-unnecessary-value-param): as pybind11 asks
  try {
    if (pointer) std::rethrow_exception(pointer);
  } catch (const oracle::spec_error& error) {
    PyErr_SetString(PyExc_ValueError, error.what());
  } catch (const transcript_error& error) {
    PyErr_SetString(PyExc_ValueError, error.what());
  } catch (const input_error& error) {
    PyErr_SetString(PyExc_ValueError, error.what());
  }
}

}  // namespace

PYBIND11_MODULE(_core, module) {
  module.doc() = "The catalog of touchstone, as the package's own modules call it.";
  py::register_exception_translator(translate);
  module.attr("version") = TOUCHSTONE_VERSION;
  module.def("compressor_names", &oracle::compressor_names);
  module.def("method_names", &oracle::method_names);
  module.def("theory_names", &oracle::theory_names);
  module.def("parse_exact", &oracle::parse_exact);
  define_compressor(module);
  define_problem(module);
  define_method(module);
  define_theory(module);
  define_seeded(module);
}

}  // namespace touchstone::inline v0::bindings
