#include "verify/oracle/catalog/theory.hpp"

#include "bindings/c/handles.hpp"
#include "bindings/c/parameters.hpp"
#include "verify/oracle/catalog/exact_text.hpp"

using namespace touchstone;            // NOLINT: this file is the interface's side
using namespace touchstone::bindings;  // NOLINT

namespace touchstone::inline v0::bindings {

oracle::MethodSpec method_spec_at(const char* name, const touchstone_parameters* parameters) {
  const touchstone_parameters& from = given("parameters", parameters);
  oracle::MethodSpec spec{&given("method", name), {}};
  oracle::MethodParameters& to = spec.parameters;
  if (from.gamma != nullptr) to.gamma = oracle::parse_exact("gamma", from.gamma);
  if (from.alpha != nullptr) to.alpha = oracle::parse_exact("alpha", from.alpha);
  if (from.p != nullptr) to.p = oracle::parse_exact("p", from.p);
  if (from.tau >= 0) to.tau = size_of("tau", from.tau, 0);
  if (from.compressor != nullptr) to.compressor = from.compressor;
  if (from.shift_compressor != nullptr) to.shift_compressor = from.shift_compressor;
  if (from.sampled != 0) to.gradient = oracle::GradientKind::sampled;
  return spec;
}

}  // namespace touchstone::inline v0::bindings

namespace {

oracle::Theory theory_at(const touchstone_problem* problem, const oracle::MethodSpec& spec) {
  const oracle::ProblemInBoth& f = given("problem", problem).held;
  return oracle::theory_of(spec, f.theory_facts());
}

}  // namespace

extern "C" {

touchstone_status touchstone_theory_stepsize(const touchstone_problem* problem, const char* method,
                                             const touchstone_parameters* parameters, double* value,
                                             const char** exact) {
  thread_local std::string kept;
  return guarded([&] {
    const oracle::Theory theory = theory_at(problem, method_spec_at(method, parameters));
    store(theory.stepsize, Rounding::down, kept, &given("value", value), exact);
  });
}

touchstone_status touchstone_theory_rate(const touchstone_problem* problem, const char* method,
                                         const touchstone_parameters* parameters, double* value,
                                         const char** exact) {
  thread_local std::string kept;
  return guarded([&] {
    const oracle::MethodSpec spec = method_spec_at(method, parameters);
    const oracle::Theory theory = theory_at(problem, spec);
    const Rational gamma = parameters->gamma == nullptr ? theory.stepsize : spec.parameters.gamma;
    store(oracle::contraction_of(spec, theory, gamma), Rounding::up, kept, &given("value", value), exact);
  });
}

touchstone_status touchstone_theory_alpha(const touchstone_problem* problem, const char* method,
                                          const touchstone_parameters* parameters, double* value,
                                          const char** exact) {
  thread_local std::string kept;
  return guarded([&] {
    oracle::MethodSpec spec = method_spec_at(method, parameters);
    spec.parameters.alpha.reset();
    const oracle::Theory theory = theory_at(problem, spec);
    if (!theory.alpha) throw not_stated_error(fmt::format("alpha: {} has no shifts", spec.name));
    store(*theory.alpha, Rounding::down, kept, &given("value", value), exact);
  });
}

}  // extern "C"
