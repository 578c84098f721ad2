#include "verify/oracle/vectors/theory_rows.hpp"

#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/sega.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"
#include "verify/oracle/catalog/compressors.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

using Instance = TheoryInstance;
using Row = ParametricConstants<Rational>;

Rational expected_smoothness(const Instance& of) {
  return tau_nice_smoothness<Rational>(of.L, of.L_ij, of.m, *of.parameters.tau);
}

Rational sampled_variance_at_solution(const Instance& of) {
  return tau_nice_variance<Rational>(of.draw_variance, of.m, *of.parameters.tau);
}

std::optional<Rational> no_shifts(const Instance&) {
  return std::nullopt;
}

std::optional<Rational> shift_stepsize(const Instance& of) {
  return diana_shift_stepsize(of.omega);
}

std::optional<Rational> vr_shift_stepsize(const Instance& of) {
  const std::vector<Rational> bounds = vr_diana_shift_stepsize_bounds(of.omega, of.m);
  return *std::min_element(bounds.begin(), bounds.end());
}

Rational nothing(const Instance&) {
  return 0;
}

KeyAssumptionRow vr_diana_row(const std::string& name) {
  return {
      name,
      {"two-by-two"},
      "unified-sgd/vr-diana/stepsize",
      false,
      vr_shift_stepsize,
      [](const Instance& of) { return vr_diana_constants(of.L_ij, of.omega, of.n, of.m, *of.parameters.alpha); },
      [](const Instance& of) { return vr_diana_lyapunov_weight(of.omega, of.n, *of.parameters.alpha); },
      [](const Instance& of) { return vr_diana_stepsize(of.L_ij, of.omega, of.n, of.m, *of.parameters.alpha); }};
}

ErrorModel<Rational> compensation(const ErrorCompensationConstants<Rational>& row, const Instance& of) {
  return compensated_errors(row, of.L_i, of.delta);
}

/// The row is that of error compensation, from which both parts follow.
CompensatedRow compensated(const std::string& method, const std::string& claim,
                           const std::function<ErrorCompensationConstants<Rational>(const Instance&)>& row) {
  return {method,
          {"golden-workers"},
          claim,
          [row](const Instance& of) { return row(of); },
          [row](const Instance& of) { return compensation(row(of), of); }};
}

}  // namespace

TheoryInstance instance_of(const std::string& problem, const MethodParameters& parameters) {
  const Quadratic<Rational>& f = problem_named(problem);
  const Vector<Rational> x_star = solution_of(problem);
  Rational zeta = 0;
  for (Index i = 0; i < f.workers(); ++i) zeta += f.gradient(i, x_star).squaredNorm() / Rational(f.workers());
  Rational variance = 0;
  for (Index j = 0; j < f.components(0); ++j)
    variance += f.component_gradient(0, j, x_star).squaredNorm() / Rational(f.components(0));
  const Index d = f.dimension();
  const auto stated = [](const std::string& compressor) { return parse_compressor<Rational>("row", compressor); };
  const std::optional<Rational> delta = stated(parameters.compressor).delta(d);
  std::optional<Rational> omega = stated(parameters.compressor).omega(d);
  if (parameters.compressor == "identity" || !omega) omega = stated(parameters.shift_compressor).omega(d);
  return {f,
          parameters,
          f.workers(),
          f.components(0),
          d,
          f.constants().L,
          f.constants().largest_L_i(),
          f.constants().largest_L_ij(),
          omega.value_or(0),
          delta.value_or(1),
          zeta,
          variance};
}

const std::vector<KeyAssumptionRow>& key_assumption_rows() {
  static const std::vector<KeyAssumptionRow> rows = {
      {"gd",
       {"golden-sum", "scalar"},
       "unified-sgd/gd/stepsize",
       true,
       no_shifts,
       [](const Instance& of) { return gd_constants(of.L); },
       nothing,
       [](const Instance& of) { return gd_stepsize(of.L); }},
      {"sgd",
       {"golden-sum"},
       "unified-sgd/sgd/stepsize",
       true,
       no_shifts,
       [](const Instance& of) { return sgd_constants(of.L_ij, of.draw_variance); },
       nothing,
       [](const Instance& of) { return sgd_stepsize(of.L_ij); }},
      {"sgd-sr",
       {"golden-sum"},
       "unified-sgd/sgd-sr/stepsize",
       true,
       no_shifts,
       [](const Instance& of) {
         return sgd_sr_constants(expected_smoothness(of), sampled_variance_at_solution(of));
       },
       nothing,
       [](const Instance& of) { return sgd_sr_stepsize(expected_smoothness(of)); }},
      {"sgd-star",
       {"golden-sum"},
       "unified-sgd/sgd-star/stepsize",
       true,
       no_shifts,
       [](const Instance& of) { return sgd_star_constants(expected_smoothness(of)); },
       nothing,
       [](const Instance& of) { return sgd_star_stepsize(expected_smoothness(of)); }},
      {"saga",
       {"golden-sum"},
       "unified-sgd/saga/stepsize",
       false,
       no_shifts,
       [](const Instance& of) { return saga_constants(of.L_ij, of.m); },
       [](const Instance& of) { return saga_lyapunov_weight(of.m); },
       [](const Instance& of) { return saga_stepsize(of.L_ij); }},
      {"sega",
       {"golden-sum"},
       "unified-sgd/sega/stepsize",
       false,
       no_shifts,
       [](const Instance& of) { return sega_constants(of.L, of.d); },
       [](const Instance& of) { return sega_lyapunov_weight(of.d); },
       [](const Instance& of) { return sega_stepsize(of.L, of.d); }},
      {"l-svrg",
       {"golden-sum"},
       "unified-sgd/l-svrg/stepsize",
       false,
       no_shifts,
       [](const Instance& of) { return l_svrg_constants(of.L_ij, *of.parameters.p); },
       [](const Instance& of) { return l_svrg_lyapunov_weight(*of.parameters.p); },
       [](const Instance& of) { return l_svrg_stepsize(of.L_ij); }},
      {"diana",
       {"golden-workers", "rotated"},
       "unified-sgd/diana/stepsize",
       false,
       shift_stepsize,
       [](const Instance& of) { return diana_constants(of.L_i, of.omega, of.n, *of.parameters.alpha); },
       [](const Instance& of) { return diana_lyapunov_weight(of.omega, of.n, *of.parameters.alpha); },
       [](const Instance& of) { return diana_stepsize(of.L_i, of.omega, of.n); }},
      {"diana-single",
       {"golden-sum"},
       "unified-sgd/diana-single/stepsize",
       false,
       shift_stepsize,
       [](const Instance& of) { return diana_single_constants(of.L, of.omega, *of.parameters.alpha); },
       [](const Instance& of) { return diana_single_lyapunov_weight(of.omega, *of.parameters.alpha); },
       [](const Instance& of) { return diana_single_stepsize(of.L, of.omega); }},
      {"q-sgd-sr",
       {"golden-sum"},
       "unified-sgd/q-sgd-sr/stepsize",
       true,
       no_shifts,
       [](const Instance& of) {
         const Rational variance = sampled_variance_at_solution(of);
         return q_sgd_sr_constants(expected_smoothness(of), of.omega, variance, variance);
       },
       nothing,
       [](const Instance& of) { return q_sgd_sr_stepsize(expected_smoothness(of), of.omega); }},
      vr_diana_row("vr-diana-saga"),
      vr_diana_row("vr-diana-loopless"),
      {"qsgd",
       {"golden-workers"},
       "error-feedback/qsgd/stepsize",
       true,
       no_shifts,
       [](const Instance& of) { return qsgd_constants(of.L_i, of.omega, of.n, of.zeta); },
       nothing,
       [](const Instance& of) { return qsgd_stepsize(of.L_i, of.omega, of.n); }}};
  return rows;
}

const std::vector<CompensatedRow>& compensated_rows() {
  static const std::vector<CompensatedRow> rows = {
      compensated("ec-gd", "error-feedback/ec-gd/stepsize",
                  [](const Instance& of) { return ec_gd_constants(of.L_i, of.zeta); }),
      compensated("ec-gd-star", "error-feedback/ec-gd-star/assumption",
                  [](const Instance& of) { return ec_gd_star_constants(of.L_i); }),
      compensated("ec-gd-diana", "error-feedback/ec-gd-diana/assumption",
                  [](const Instance& of) { return ec_gd_diana_constants(of.L_i, of.omega, *of.parameters.alpha); }),
      compensated("ec-lsvrg", "error-feedback/ec-lsvrg/assumption",
                  [](const Instance& of) { return ec_lsvrg_constants(of.L_ij, of.n, *of.parameters.p, of.zeta); }),
      compensated("ec-lsvrg-star", "error-feedback/ec-lsvrg-star/assumption",
                  [](const Instance& of) { return ec_lsvrg_star_constants(of.L_ij, of.n, *of.parameters.p); })};
  return rows;
}

}  // namespace touchstone::inline v0::oracle::vectors
