// The kernel's rows of chapter 3 at states of two workers on the plane: every line is compared with the step of the reference,
// the hypotheses hold there, and what a case violates is found.

#include <gtest/gtest.h>

#include "proofs/rows/rows.hpp"
#include "proofs/theory/ledger.hpp"
#include "tests/instances.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/d_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::kernel_scheme_rows_test {
namespace {

using namespace proofs::kernel;   // NOLINT(google-build-using-namespace)
using namespace testing_support;  // NOLINT(google-build-using-namespace)

std::unique_ptr<Argument> derive(const std::string& subject) {
  for (const Row& row : rows())
    if (row.claim == "error-feedback/" + subject + "/assumption") return row.derive({});
  throw std::out_of_range(subject);
}

std::string violation(const Argument& argument, const Model& model) {
  Ledger ledger;
  ledger.add(argument, model, "here");
  return ledger.violation();
}

bool is_line(const std::string& label) {
  return label.starts_with("(P") || label.starts_with("(E)");
}

/// All lines of the row, each with the sides of the reference.
template <class Method>
void expect_row(const std::string& subject, const SchemeCase<Method>& at) {
  SCOPED_TRACE(subject);
  const auto argument = derive(subject);
  const Model model = scheme_model_of(at);
  std::map<std::string, KernelSides> sides;
  for (const KernelSides& line : models::kernel_sides(at.theorem, sides_at(at, {}, at.state)))
    sides.emplace(line.statement, line);
  std::size_t compared = 0;
  for (const Statement& statement : argument->statements()) {
    if (!is_line(statement.label)) continue;
    ASSERT_TRUE(sides.contains(statement.label)) << statement.label;
    const KernelSides& line = sides.at(statement.label);
    EXPECT_EQ(model.value(statement.inequality.left), line.left) << statement.label;
    EXPECT_EQ(model.value(statement.inequality.right), line.right) << statement.label;
    ++compared;
  }
  EXPECT_EQ(compared, sides.size());
  EXPECT_EQ(violation(*argument, model), "");
}

const std::vector<Vector<Rational>> errors{vec({q(1, 2), 1}), vec({-1, q(1, 3)})};
const std::vector<Vector<Rational>> shifts{vec({0, 1}), vec({-1, 0})};
const std::vector<Vector<Rational>> references{vec({1, q(1, 2)}), vec({0, -2})};
const Rational p(1, 3);

/// Two workers with two components each.
NamedQuadratic instance() {
  Seeded random(7);
  return random_instances(random, {{2, 2, 2}}).front();
}

template <class Method>
SchemeCase<Method> at_state(const NamedQuadratic& on, Method method, const typename Method::State& state,
                            SchemeTheorem theorem) {
  theorem.gamma = q(1, 5);
  method.gamma = theorem.gamma;
  return {on.f, on.x_star, method, state, solution_of(method, on), std::move(theorem), "here"};
}

template <class C>
auto ec_gd_diana(const C& compressor) {
  const NamedQuadratic on = instance();
  const EcGdDiana<Rational, C, RandK> method{{compressor}, 0, {{1}, q(1, 2)}};
  const Rational L = on.f.constants().largest_L_i();
  return at_state(on, method, method.initial(on.f, tabulated_start, errors, shifts),
                  compensated_theorem(on, compressor, L, ec_gd_diana_constants<Rational>(L, 1, q(1, 2))));
}

auto ec_sgdsr() {
  const NamedQuadratic on = instance();
  const SampledByWorkers<SingleElement<Rational>> by{{{{q(1, 3), q(2, 3)}}, {{q(1, 4), q(3, 4)}}}};
  const EcSgdSr<Rational, TopK, SingleElement<Rational>> method{{{1}}, 0, {}, by};
  const Rational L = on.f.constants().largest_L_i();
  return at_state(
      on, method, method.initial(on.f, tabulated_start, errors),
      compensated_theorem(on, TopK{1}, L,
                          ec_sgdsr_constants<Rational>(L, expected_smoothness(by, on.f), 2,
                                                       variance_at_solution(by, on), gradient_noise(on))));
}

TEST(SchemeRows, AreThoseOfTheReference) {
  expect_row("ec-gd-diana", ec_gd_diana(TopK{1}));
  expect_row("ec-gd-diana", ec_gd_diana(RandKUnscaled{1}));  // draws for the errors
  expect_row("ec-sgdsr", ec_sgdsr());

  const NamedQuadratic on = instance();
  const Rational L = on.f.constants().largest_L_ij();
  const EcLsvrgStar<Rational, TopK> star{{{1}}, 0, StarShift<Rational>::of(on.f, on.x_star), {p}};
  expect_row("ec-lsvrg-star",
             at_state(on, star, star.initial(on.f, tabulated_start, errors, references),
                      compensated_theorem(on, TopK{1}, L, ec_lsvrg_star_constants<Rational>(L, 2, p))));

  const DLsvrgDiana<Rational, RandK> late{{1}, 0, {{1}, q(1, 2)}, {p}};
  const std::vector<Vector<Rational>> delayed{vec({2, -1})};
  expect_row("d-lsvrg-diana",
             at_state(on, late, late.initial(on.f, tabulated_start, delayed, shifts, references),
                      delayed_theorem(on, 1, L, d_lsvrg_diana_constants<Rational>(L, 1, 2, q(1, 2), p))));
}

TEST(SchemeRows, AHypothesisThatTheCaseViolatesShows) {
  auto greedy = ec_gd_diana(TopK{1});
  greedy.theorem.delta = q(99, 100);
  EXPECT_TRUE(
      violation(*derive("ec-gd-diana"), scheme_model_of(greedy)).starts_with("here: hypothesis contractive"));

  auto eager = ec_gd_diana(TopK{1});
  eager.method.shift.alpha = 1;
  EXPECT_EQ(violation(*derive("ec-gd-diana"), scheme_model_of(eager)),
            "here: hypothesis alpha-bound is violated by 1");

  auto rough = ec_sgdsr();
  rough.theorem.row.worker_variance.A /= 100;
  EXPECT_TRUE(
      violation(*derive("ec-sgdsr"), scheme_model_of(rough)).starts_with("here: hypothesis expected-smoothness"));

  // A point that is not the solution.
  auto elsewhere = ec_gd_diana(TopK{1});
  elsewhere.x_star += vec({1, 0});
  EXPECT_EQ(violation(*derive("ec-gd-diana"), scheme_model_of(elsewhere)), "here: E_i[s_i] = 0 is violated");
}

}  // namespace
}  // namespace touchstone::kernel_scheme_rows_test
