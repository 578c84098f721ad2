#include <algorithm>

#include "bindings/c/handles.hpp"
#include "verify/io/libsvm.hpp"
#include "verify/oracle/catalog/convex_quadratic.hpp"

using namespace touchstone;            // NOLINT: this file is the interface's side
using namespace touchstone::bindings;  // NOLINT

namespace {

QuadraticForm<Rational> form_at(const double* A, const double* b, Index d) {
  QuadraticForm<Rational> form{Matrix<Rational>(d, d), Vector<Rational>(d)};
  for (Index r = 0; r < d; ++r) {
    for (Index c = 0; c < d; ++c) form.A(r, c) = oracle::finite_number("A", A[r * d + c]);
    form.b[r] = oracle::finite_number("b", b[r]);
  }
  return form;
}

const oracle::AnyProblem<double>& problem_at(const touchstone_problem* problem) {
  return given("problem", problem).held.rounded();
}

/// x, of the problem's dimension.
Vector<double> point_at(const oracle::AnyProblem<double>& f, const double* x, std::int64_t d) {
  Vector<double> point = vector_at("x", x, d);
  require_dimension(point, f.dimension());
  return point;
}

Index worker_at(const oracle::AnyProblem<double>& f, std::int64_t worker) {
  return static_cast<Index>(index_below("worker", worker, static_cast<std::size_t>(f.workers())));
}

void store_unless_null(double value, double* place) {
  if (place != nullptr) *place = value;
}

}  // namespace

extern "C" {

touchstone_status touchstone_quadratic_create(int64_t n, int64_t m, int64_t d, const double* A, const double* b,
                                              touchstone_problem** out) {
  return guarded([&] {
    constexpr Index most = 1'000'000'000;
    const Index workers = size_of("n", n);
    const Index components = size_of("m", m);
    const Index dimension = size_of("d", d);
    if (dimension > most / dimension / components / workers)
      throw oracle::spec_error("n m d^2: found more than 10^9 numbers, expected fewer");
    const double* matrices = &given("A", A);
    const double* vectors = &given("b", b);
    touchstone_problem*& place = given("out", out);
    std::vector<std::vector<QuadraticForm<Rational>>> forms(static_cast<std::size_t>(workers));
    for (std::vector<QuadraticForm<Rational>>& own : forms)
      for (Index j = 0; j < components; ++j) {
        own.push_back(form_at(matrices, vectors, dimension));
        matrices += dimension * dimension;
        vectors += dimension;
      }
    place = new touchstone_problem{
        oracle::ProblemInBoth(oracle::ProblemSpec(oracle::convex_quadratic(std::move(forms))))};
  });
}

touchstone_status touchstone_logistic_regression_create(const char* file, int64_t n, int64_t features,
                                                        double lambda, touchstone_problem** out) {
  return guarded([&] {
    const std::string path = &given("file", file);
    const Index workers = size_of("n", n);
    std::optional<Index> d;
    if (size_of("features", features, 0) > 0) d = features;
    const Rational weight = oracle::finite_number("lambda", lambda);
    touchstone_problem*& place = given("out", out);
    place = new touchstone_problem{
        oracle::ProblemInBoth(oracle::ProblemSpec(oracle::LogisticSpec{read_libsvm(path, d), workers, weight}))};
  });
}

void touchstone_problem_destroy(touchstone_problem* problem) {
  delete problem;
}

touchstone_status touchstone_problem_shape(const touchstone_problem* problem, int64_t* workers,
                                           int64_t* dimension) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = problem_at(problem);
    std::int64_t& n = given("workers", workers);
    std::int64_t& d = given("dimension", dimension);
    n = f.workers();
    d = f.dimension();
  });
}

touchstone_status touchstone_problem_components(const touchstone_problem* problem, int64_t worker,
                                                int64_t* components) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = problem_at(problem);
    given("components", components) = f.components(worker_at(f, worker));
  });
}

touchstone_status touchstone_problem_value(const touchstone_problem* problem, const double* x, int64_t d,
                                           double* value) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = problem_at(problem);
    given("value", value) = f.value(point_at(f, x, d));
  });
}

touchstone_status touchstone_problem_gradient(const touchstone_problem* problem, int64_t worker, const double* x,
                                              int64_t d, double* out) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = problem_at(problem);
    const Vector<double> point = point_at(f, x, d);
    double* const place = &given("out", out);
    const Vector<double> g =
        worker == -1 ? full_gradient<double>(f, point) : f.gradient(worker_at(f, worker), point);
    std::copy(g.begin(), g.end(), place);
  });
}

touchstone_status touchstone_problem_component_gradient(const touchstone_problem* problem, int64_t worker,
                                                        int64_t component, const double* x, int64_t d,
                                                        double* out) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = problem_at(problem);
    const Vector<double> point = point_at(f, x, d);
    const Index i = worker_at(f, worker);
    const std::size_t j = index_below("component", component, static_cast<std::size_t>(f.components(i)));
    double* const place = &given("out", out);
    const Vector<double> g = f.component_gradient(i, static_cast<Index>(j), point);
    std::copy(g.begin(), g.end(), place);
  });
}

touchstone_status touchstone_problem_constants(const touchstone_problem* problem, double* L, double* mu,
                                               double* largest_L_i, double* largest_L_ij) {
  return guarded([&] {
    const ProblemConstants<double>& constants = problem_at(problem).constants();
    store_unless_null(constants.L, L);
    store_unless_null(constants.mu, mu);
    store_unless_null(constants.largest_L_i(), largest_L_i);
    store_unless_null(constants.largest_L_ij(), largest_L_ij);
  });
}

}  // extern "C"
