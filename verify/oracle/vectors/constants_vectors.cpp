#include "verify/oracle/vectors/constants_vectors.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "touchstone/numbers/definiteness.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/number_text.hpp"
#include "verify/oracle/vectors/step.hpp"
#include "verify/oracle/vectors/step_vectors.hpp"
#include "verify/oracle/vectors/theory_rows.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

void require_constant(const std::string& id, bool holds, const char* what) {
  if (!holds) throw std::logic_error(id + ": " + what);
}

Matrix<Rational> identity_times(const Rational& factor, Index d) {
  return Matrix<Rational>(factor * Matrix<Rational>::Identity(d, d));
}

/// That L is the largest eigenvalue: a bound, and none with a millionth less.
bool is_smoothness(const Rational& L, const Matrix<Rational>& A) {
  const Rational less = L - abs(L) / 1'000'000;
  return is_positive_semidefinite(Matrix<Rational>(identity_times(L, A.rows()) - A)) &&
         !is_positive_semidefinite(Matrix<Rational>(identity_times(less, A.rows()) - A));
}

void require_problem_constants(const std::string& id, const Quadratic<Rational>& f) {
  const ProblemConstants<Rational>& constants = f.constants();
  require_constant(id, is_smoothness(constants.L, f.form().A), "L is not the largest eigenvalue");
  require_constant(id, is_smoothness(-constants.mu, Matrix<Rational>(-f.form().A)),
                   "mu is not the smallest eigenvalue");
  for (Index i = 0; i < f.workers(); ++i) {
    const auto worker = static_cast<std::size_t>(i);
    require_constant(id, is_smoothness(constants.L_i[worker], f.form(i).A), "an L_i is not the largest eigenvalue");
    for (Index j = 0; j < f.components(i); ++j)
      require_constant(id, is_smoothness(constants.L_ij[worker][static_cast<std::size_t>(j)], f.form(i, j).A),
                       "an L_ij is not the largest eigenvalue");
  }
}

/// E|g|^2 <= 2A (f(x) - f(x*)) + D1 at the states of the step vectors, by enumeration.
void require_second_moments(const std::string& id, const MethodCase& one,
                            const ParametricConstants<Rational>& row) {
  const Quadratic<Rational>& f = problem_named(one.problem);
  const Rational& gamma = one.spec.parameters.gamma;
  for (const MethodState& state : states_of(one)) {
    const Vector<Rational>& x = find_part(state.state, "x")->vectors.front();
    Rational moment = 0;
    for (const StepOutcome& outcome : outcomes_of(method_of_case<Rational>(one), state.state)) {
      const Vector<Rational> g = (x - find_part(outcome.after, "x")->vectors.front()) / gamma;
      moment += outcome.probability * g.squaredNorm();
    }
    const Rational gap = f.value(x) - f.value(solution_of(one.problem));
    require_constant(id, moment <= 2 * row.A * gap + row.D1, "a second moment exceeds the row");
  }
}

/// The double at most, or at least, the value: what may stand for it.
Json outward(const Rational& value, bool up) {
  const double nearest = nearest_double(value);
  const bool fits = up ? Rational(nearest) >= value : Rational(nearest) <= value;
  return hex_text(fits ? nearest : std::nextafter(nearest, up ? INFINITY : -INFINITY));
}

MethodCase case_of(const std::string& method, const std::string& problem) {
  for (const MethodCase& one : method_cases())
    if (one.name() == method && one.problem == problem && one.variant.empty()) return one;
  throw std::logic_error("constants of a case that is not there: " + method + "/" + problem);
}

Json head_of(const std::string& id, const std::string& claim, const MethodCase& one,
             const TheoryInstance& instance) {
  std::vector<std::string> flags = flags_of(one);
  flags.emplace_back("Row");
  Json vector = {
      {"id", id}, {"tests", claim}, {"comment", "the row on this instance"}, {"result", "valid"}, {"flags", flags}};
  vector.update(setting_of(one));
  const Json problem = json_of_problem(one.problem);
  for (const char* name : {"L", "mu", "L_i", "L_ij"}) vector[name] = problem[name];
  vector["omega"] = exact_text(instance.omega);
  vector["delta"] = exact_text(instance.delta);
  vector["zeta"] = exact_text(instance.zeta);
  return vector;
}

TestVector row_vector(const KeyAssumptionRow& known, const std::string& problem) {
  const std::string id = "constants/" + known.method + "/" + problem;
  MethodCase one = case_of(known.method, problem);
  MethodParameters& parameters = one.spec.parameters;
  parameters.alpha = known.alpha(instance_of(problem, parameters));
  const TheoryInstance instance = instance_of(problem, parameters);
  parameters.gamma = known.stepsize(instance);
  const ParametricConstants<Rational> row = known.row(instance);
  const Rational M = known.M(instance);
  const Rational& mu = instance.f.constants().mu;
  const std::vector<Rational> bounds = stepsize_bounds(row, mu, M);
  const std::vector<Rational> factors = contraction_factors(row, parameters.gamma, mu, M);
  const Rational rate = *std::max_element(factors.begin(), factors.end());
  require_problem_constants(id, instance.f);
  require_constant(id, parameters.gamma <= *std::min_element(bounds.begin(), bounds.end()),
                   "the theorem does not admit the stepsize");
  require_constant(id, rate < 1, "there is no contraction");
  if (known.single_moment) require_second_moments(id, one, row);
  Json vector = head_of(id, known.claim, one, instance);
  if (parameters.alpha) vector["alpha"] = exact_text(*parameters.alpha);
  vector["row"] = {{"A", exact_text(row.A)}, {"B", exact_text(row.B)},   {"rho", exact_text(row.rho)},
                   {"C", exact_text(row.C)}, {"D1", exact_text(row.D1)}, {"D2", exact_text(row.D2)}};
  vector["M"] = exact_text(M);
  vector["stepsize"] = exact_text(parameters.gamma);
  vector["stepsize_double"] = outward(parameters.gamma, false);
  vector["rate"] = exact_text(rate);
  vector["rate_double"] = outward(rate, true);
  vector["noise"] = exact_text(noise(row, parameters.gamma, M));
  return {vector, problem == known.problems.front()};
}

/// The largest power of 1/2 that meets both conditions.
Rational admitted_power(const SimpleStepsize<Rational>& simple) {
  Rational gamma = 1;
  while (gamma * simple.inverse > 1 || gamma * gamma * simple.inverse_square > 1) gamma /= 2;
  return gamma;
}

TestVector compensated_vector(const CompensatedRow& known, const std::string& problem) {
  const std::string id = "constants/" + known.method + "/" + problem;
  MethodCase one = case_of(known.method, problem);
  const TheoryInstance instance = instance_of(problem, one.spec.parameters);
  const ErrorFeedbackConstants<Rational> row = known.row(instance);
  const ErrorModel<Rational> errors = known.errors(instance);
  const SimpleStepsize<Rational> simple = simple_stepsize(row, errors);
  Rational& gamma = one.spec.parameters.gamma;
  gamma = admitted_power(simple);
  const std::vector<Rational> gaps = error_feedback_gaps(row, errors, gamma, instance.f.constants().mu);
  const Rational rate = 1 - *std::min_element(gaps.begin(), gaps.end());
  require_problem_constants(id, instance.f);
  require_constant(id, descent_coefficient(row, errors, gamma) >= Rational(1, 2), "the stepsize leaves no descent");
  Json vector = head_of(id, known.claim, one, instance);
  vector["stepsize_inverse"] = exact_text(simple.inverse);
  vector["stepsize_inverse_square"] = exact_text(simple.inverse_square);
  vector["stepsize"] = exact_text(gamma);
  vector["stepsize_double"] = outward(gamma, false);
  vector["rate"] = exact_text(rate);
  vector["rate_double"] = outward(rate, true);
  vector["noise"] = exact_text(error_feedback_noise(row, errors, gamma));
  return {vector, true};
}

VectorFile file_of(const std::string& method, const std::string& second) {
  return {
      "constants", method, {"the functions of touchstone/theory in rational arithmetic", second, "exactly"}, {}};
}

}  // namespace

std::vector<VectorFile> constants_files() {
  std::vector<VectorFile> files;
  for (const KeyAssumptionRow& known : key_assumption_rows()) {
    files.push_back(
        file_of(known.method,
                "L, mu, L_i, L_ij by definiteness of the Hessians; the stepsize by the theorem's own bounds; where "
                "M = 0 also E|g|^2 <= 2A gap + D1 by enumeration"));
    for (const std::string& problem : known.problems) files.back().vectors.push_back(row_vector(known, problem));
  }
  for (const CompensatedRow& known : compensated_rows()) {
    files.push_back(
        file_of(known.method,
                "L, mu, L_i, L_ij by definiteness of the Hessians; the stepsize by theta >= 1/2 in the theorem"));
    for (const std::string& problem : known.problems)
      files.back().vectors.push_back(compensated_vector(known, problem));
  }
  return files;
}

}  // namespace touchstone::inline v0::oracle::vectors
