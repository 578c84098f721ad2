#include "bindings/python/conversions.hpp"
#include "verify/oracle/catalog/law.hpp"

namespace touchstone::inline v0::bindings {

namespace {

using oracle::CompressorInBoth;

py::dict flags_of(const CompressorInBoth& compressor) {
  const oracle::Flags flags = compressor.exact.flags();
  py::dict named;
  named["linear"] = flags.linear;
  named["odd"] = flags.odd;
  named["homogeneous"] = flags.homogeneous;
  named["two_homogeneous"] = flags.two_homogeneous;
  named["deterministic"] = flags.deterministic;
  named["attained_everywhere"] = flags.attained_everywhere;
  return named;
}

std::pair<Doubles, ChoiceList> compress(const CompressorInBoth& compressor, const Doubles& array,
                                        const DrawsFields& fields) {
  const Vector<double> x = vector_of("x", array);
  const GivenDraws from(fields);
  Transcript noted;
  Vector<double> result;
  {
    const py::gil_scoped_release others_may_run;
    result = oracle::compress(compressor.rounded, x, from.draws(), &noted);
  }
  return {array_of(std::move(result)), fields_of(noted)};
}

std::pair<py::tuple, ChoiceList> compress_exact(const CompressorInBoth& compressor, const Fractions& numbers,
                                                const DrawsFields& fields) {
  const GivenDraws from(fields);
  Transcript noted;
  Vector<Rational> result;
  {
    const py::gil_scoped_release others_may_run;
    result = oracle::compress(compressor.exact, vector_of(numbers), from.draws(), &noted);
  }
  return {tuple_of(result), fields_of(noted)};
}

py::list law(const CompressorInBoth& compressor, const Fractions& numbers, std::size_t limit) {
  oracle::ExactLaw<Vector<Rational>> outcomes;
  {
    const py::gil_scoped_release others_may_run;
    outcomes = oracle::exact_law(compressor.exact, vector_of(numbers), limit);
  }
  py::list all;
  for (const auto& [probability, outcome] : outcomes) all.append(py::make_tuple(probability, tuple_of(outcome)));
  return all;
}

}  // namespace

void define_compressor(py::module_& module) {
  py::class_<CompressorInBoth>(module, "Compressor")
      .def(py::init([](const std::string& name) { return oracle::compressor_in_both("compressor", name); }))
      .def("name", [](const CompressorInBoth& of) { return of.exact.name(); })
      .def("flags", flags_of)
      .def("omega", [](const CompressorInBoth& of, Index d) { return of.exact.omega(d); })
      .def("delta", [](const CompressorInBoth& of, Index d) { return of.exact.delta(d); })
      .def("message_bits", [](const CompressorInBoth& of, Index d,
                              Index scalar_bits) { return of.exact.message_bits(d, scalar_bits); })
      .def("compress", compress)
      .def("compress_exact", compress_exact)
      .def("law", law);
}

}  // namespace touchstone::inline v0::bindings
