#include "bindings/python/conversions.hpp"
#include "verify/io/libsvm.hpp"
#include "verify/oracle/catalog/convex_quadratic.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::bindings {

namespace {

using oracle::AnyProblem;
using oracle::ProblemInBoth;

using FormFields = std::pair<std::vector<Fractions>, Fractions>;

QuadraticForm<Rational> form_of(const FormFields& fields) {
  const auto& [rows, b] = fields;
  QuadraticForm<Rational> form{Matrix<Rational>(static_cast<Index>(rows.size()), static_cast<Index>(b.size())),
                               vector_of(b)};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    require(rows[r].size() == b.size(), "a row of A is as long as b (row, its length, length of b)", r,
            rows[r].size(), b.size());
    form.A.row(static_cast<Index>(r)) = vector_of(rows[r]).transpose();
  }
  return form;
}

ProblemInBoth quadratic(const std::vector<std::vector<FormFields>>& workers) {
  std::vector<std::vector<QuadraticForm<Rational>>> forms;
  for (const std::vector<FormFields>& own : workers) {
    forms.emplace_back();
    for (const FormFields& one : own) forms.back().push_back(form_of(one));
  }
  const py::gil_scoped_release others_may_run;
  return ProblemInBoth(oracle::ProblemSpec(oracle::convex_quadratic(std::move(forms))));
}

ProblemInBoth logistic_regression(const std::string& file, Index workers, const Rational& lambda,
                                  std::optional<Index> features) {
  const py::gil_scoped_release others_may_run;
  return ProblemInBoth(oracle::ProblemSpec(oracle::LogisticSpec{read_libsvm(file, features), workers, lambda}));
}

void require_below(const char* what, Index found, Index end) {
  require(0 <= found && found < end, what, found, end);
}

/// Of f without a worker, of f_i without a component, else of f_ij.
template <Field S>
Vector<S> gradient(const AnyProblem<S>& f, const Vector<S>& x, std::optional<Index> worker,
                   std::optional<Index> component) {
  require_dimension(x, f.dimension());
  if (!worker) return full_gradient<S>(f, x);
  require_below("a worker is at least 0 and below their number (worker, number)", *worker, f.workers());
  if (!component) return f.gradient(*worker, x);
  require_below("a component is at least 0 and below their number (component, number)", *component,
                f.components(*worker));
  return f.component_gradient(*worker, *component, x);
}

template <Field S>
py::tuple constants_of(const AnyProblem<S>& f) {
  const ProblemConstants<S>& constants = f.constants();
  return py::make_tuple(constants.L, constants.mu, constants.L_i, constants.L_ij);
}

}  // namespace

void define_problem(py::module_& module) {
  module.def("quadratic", quadratic);
  module.def("logistic_regression", logistic_regression);
  py::class_<ProblemInBoth>(module, "Problem")
      .def("workers", [](const ProblemInBoth& f) { return f.rounded().workers(); })
      .def("dimension", [](const ProblemInBoth& f) { return f.rounded().dimension(); })
      .def("components",
           [](const ProblemInBoth& f, Index worker) {
             require_below("a worker is at least 0 and below their number (worker, number)", worker,
                           f.rounded().workers());
             return f.rounded().components(worker);
           })
      .def("value",
           [](const ProblemInBoth& f, const Doubles& array) {
             const Vector<double> x = vector_of("x", array);
             require_dimension(x, f.rounded().dimension());
             return f.rounded().value(x);
           })
      .def("value_exact",
           [](const ProblemInBoth& f, const Fractions& numbers) {
             const Vector<Rational> x = vector_of(numbers);
             require_dimension(x, f.exact().dimension());
             return f.exact().value(x);
           })
      .def("gradient",
           [](const ProblemInBoth& f, const Doubles& array, std::optional<Index> worker,
              std::optional<Index> component) {
             return array_of(gradient(f.rounded(), vector_of("x", array), worker, component));
           })
      .def("gradient_exact",
           [](const ProblemInBoth& f, const Fractions& numbers, std::optional<Index> worker,
              std::optional<Index> component) {
             return tuple_of(gradient(f.exact(), vector_of(numbers), worker, component));
           })
      .def("constants", [](const ProblemInBoth& f) { return constants_of(f.rounded()); })
      .def("constants_exact", [](const ProblemInBoth& f) { return constants_of(f.exact()); });
}

}  // namespace touchstone::inline v0::bindings
