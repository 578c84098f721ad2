#include "bindings/python/conversions.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/law.hpp"
#include "verify/oracle/catalog/theory.hpp"

namespace touchstone::inline v0::bindings {

namespace {

using oracle::MethodInBoth;

using ExactParts = std::vector<std::pair<std::string, std::vector<Fractions>>>;

/// `text` is what the package's own modules wrote.
oracle::MethodSpec spec_of(const std::string& text) {
  return oracle::method_of("", oracle::Json::parse(text));
}

std::pair<py::dict, ChoiceList> step(const MethodInBoth& method, const py::dict& parts, const DrawsFields& fields) {
  oracle::NamedState<double> state = state_of(parts);
  const GivenDraws from(fields);
  Transcript noted;
  {
    const py::gil_scoped_release others_may_run;
    state = oracle::step(method.rounded(), state, from.draws(), &noted);
  }
  return {dict_of(method.rounded(), std::move(state)), fields_of(noted)};
}

std::pair<py::dict, ChoiceList> step_exact(const MethodInBoth& method, const ExactParts& parts,
                                           const DrawsFields& fields) {
  oracle::NamedState<Rational> state = state_of(parts);
  const GivenDraws from(fields);
  Transcript noted;
  {
    const py::gil_scoped_release others_may_run;
    state = oracle::step(method.exact(), state, from.draws(), &noted);
  }
  return {dict_of(method.exact(), state), fields_of(noted)};
}

py::list outcomes(const MethodInBoth& method, const ExactParts& parts, std::size_t limit) {
  oracle::ExactLaw<oracle::NamedState<Rational>> law;
  {
    const py::gil_scoped_release others_may_run;
    law = oracle::exact_law(method.exact(), method.exact().complete(state_of(parts)), limit);
  }
  py::list all;
  for (const auto& [probability, state] : law)
    all.append(py::make_tuple(probability, dict_of(method.exact(), state)));
  return all;
}

std::vector<std::tuple<std::string, bool, bool>> parts_of(const MethodInBoth& method) {
  std::vector<std::tuple<std::string, bool, bool>> all;
  for (const oracle::PartShape& shape : method.rounded().shapes())
    all.emplace_back(shape.name, shape.single, shape.derived);
  return all;
}

}  // namespace

void define_method(py::module_& module) {
  py::class_<MethodInBoth>(module, "Method")
      .def(py::init([](const oracle::ProblemInBoth& problem, const std::string& text) {
        return MethodInBoth(spec_of(text), problem);
      }))
      .def("parts", parts_of)
      .def("initial",
           [](const MethodInBoth& method, const Doubles& array) {
             return dict_of(method.rounded(), method.rounded().initial(vector_of("x", array)));
           })
      .def("initial_exact",
           [](const MethodInBoth& method, const Fractions& numbers) {
             return dict_of(method.exact(), method.exact().initial(vector_of(numbers)));
           })
      .def("step", step)
      .def("step_exact", step_exact)
      .def("outcomes", outcomes)
      .def("bits_per_iteration", [](const MethodInBoth& method, Index scalar_bits) {
        return method.rounded().bits_per_iteration(scalar_bits);
      });
}

void define_theory(py::module_& module) {
  // stepsize, alpha, p
  module.def("theory", [](const oracle::ProblemInBoth& problem, const std::string& text) {
    const oracle::Theory theory = oracle::theory_of(spec_of(text), problem.theory_facts());
    return std::make_tuple(theory.stepsize, theory.alpha, theory.p);
  });
  // At the gamma that is given, or at the largest stepsize.
  module.def("rate", [](const oracle::ProblemInBoth& problem, const std::string& text,
                        const std::optional<Rational>& gamma) {
    const oracle::MethodSpec spec = spec_of(text);
    const oracle::Theory theory = oracle::theory_of(spec, problem.theory_facts());
    return oracle::contraction_of(spec, theory, gamma.value_or(theory.stepsize));
  });
}

}  // namespace touchstone::inline v0::bindings
