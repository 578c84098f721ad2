// The kernel's rows of chapter 4: every line is compared with the step of the reference at states where all workers stand
// apart, the hypotheses hold there, there are no others than those listed, and what a case violates is found.

#include <map>
#include <set>

#include <gtest/gtest.h>

#include "proofs/rows/rows.hpp"
#include "proofs/theory/ledger.hpp"
#include "tests/instances.hpp"
#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/s_star_local_sgd_star.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"
#include "verify/claims/local_kernel.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/scheme_instances.hpp"

namespace touchstone::kernel_local_rows_test {
namespace {

using namespace proofs::kernel;   // NOLINT(google-build-using-namespace)
using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Moments = LocalMomentBound<Rational>;

std::unique_ptr<Argument> derive(const std::string& claim) {
  for (const Row& row : rows())
    if (row.claim == "local/" + claim) return row.derive({});
  throw std::out_of_range(claim);
}

std::string violation(const Argument& argument, const Model& model) {
  Ledger ledger;
  ledger.add(argument, model, "here");
  return ledger.violation();
}

/// All lines of the row, each with the sides of the reference; they are as many as `lines`.
template <class Method>
void expect_row(const std::string& subject, const LocalCase<Method>& at, std::size_t lines) {
  SCOPED_TRACE(subject);
  const auto argument = derive(subject + "/assumption");
  const Model model = local_model_of(at);
  std::size_t compared = 0;
  for (const auto& [name, left, right] : local_lines(at.theorem, local_sides_at(at, {}, at.state)))
    for (const Statement& statement : argument->statements()) {
      if (statement.label != name) continue;
      EXPECT_EQ(model.value(statement.inequality.left), left) << name;
      EXPECT_EQ(model.value(statement.inequality.right), right) << name;
      ++compared;
    }
  EXPECT_EQ(compared, lines);
  EXPECT_EQ(violation(*argument, model), "");
}

/// Two workers with two components each, in the plane.
NamedQuadratic instance() {
  Seeded random(7);
  return random_instances(random, {{2, 2, 2}}).front();
}

/// A state with all its coordinates drawn.
template <class Method>
LocalCase<Method> at_state(const NamedQuadratic& on, const Method& method, const LocalConstants<Rational>& row) {
  Seeded random(11);
  const LocalMethodOn<Method> of{on, method, local_theorem(on, with_probability(q(1, 3)), row)};
  return local_case<Method>(of, q(1, 20), random_local_state(method, on, random), "here");
}

const NamedQuadratic on = instance();
const Rational L = on.f.constants().largest_L_i();
const Rational component_L = on.f.constants().largest_L_ij();
const Rational n = 2;
const Rational refresh(2, 5);
const RandomSchedule<Rational> schedule{q(1, 3)};
const RefreshCoin<Rational> coin = RefreshCoin<Rational>::independent(refresh);
const AdditiveNoise<Rational> noise{
    {{{q(1, 2), q(1, 2)}, {vec({1, 0}), vec({-1, 0})}}, {{q(1, 3), q(2, 3)}, {vec({0, 2}), vec({0, -1})}}}};
const Moments uniform = uniform_local_variance<Rational>(noise.total_second_moment() / n);
const Moments sampled = sampled_local_variance<Rational>(L, component_L, sampling_variance(on.f, on.x_star));

using Schedule = RandomSchedule<Rational>;
using Noisy = LocalSgd<Rational, Schedule, AdditiveNoise<Rational>>;
using Plain = LocalSgd<Rational, Schedule>;

auto local_sgd(const Rational& zeta) {
  return at_state(on, Plain{0, schedule}, local_sgd_constants<Rational>(L, n, zeta, sampled));
}
auto ss_local_sgd(Index r) {
  return at_state(on, SsLocalSgd<Rational, Schedule>{0, schedule, {}, {coin, r, {}}},
                  ss_local_sgd_constants<Rational>(L, n, refresh, r, sampled));
}
auto s_local_svrg() {
  return at_state(on, SLocalSvrg<Rational, Schedule>{0, schedule, {coin}},
                  s_local_svrg_constants<Rational>(L, component_L, n, refresh));
}

TEST(LocalRows, AreThoseOfTheReference) {
  const Rational zeta = gradient_noise(on);
  const auto star = StarShift<Rational>::of(on.f, on.x_star);
  expect_row("local-sgd-uniform",
             at_state(on, Noisy{0, schedule, noise}, local_sgd_constants<Rational>(L, n, zeta, uniform)), 3);
  expect_row("local-sgd-sampled", local_sgd(zeta), 3);

  const auto reduced = local_svrg_constants<Rational>(L, component_L, n, refresh, zeta);
  expect_row("local-svrg", at_state(on, LocalSvrg<Rational, Schedule>{0, schedule, {refresh}}, reduced), 4);
  expect_row("local-svrg", at_state(on, LocalSvrgSharedCoin<Rational, Schedule>{0, schedule, {coin}}, reduced), 4);

  expect_row("s-star-local-sgd-uniform",
             at_state(on, SStarLocalSgd<Rational, Schedule, AdditiveNoise<Rational>>{0, schedule, noise, star},
                      s_star_local_sgd_constants<Rational>(L, n, uniform)),
             3);
  expect_row("s-star-local-sgd-sampled",
             at_state(on, SStarLocalSgd<Rational, Schedule>{0, schedule, {}, star},
                      s_star_local_sgd_constants<Rational>(L, n, sampled)),
             3);
  expect_row(
      "ss-local-sgd-uniform",
      at_state(on, SsLocalSgd<Rational, Schedule, AdditiveNoise<Rational>>{0, schedule, noise, {coin, 2, noise}},
               ss_local_sgd_constants<Rational>(L, n, refresh, 2, uniform)),
      4);
  expect_row("ss-local-sgd-sampled", ss_local_sgd(1), 4);
  expect_row("ss-local-sgd-sampled", ss_local_sgd(2), 4);
  expect_row("s-star-local-sgd-star",
             at_state(on,
                      SStarLocalSgdStar<Rational, Schedule>{0, schedule,
                                                            StarReference<Rational>::of(on.f, on.x_star), star},
                      s_star_local_sgd_star_constants<Rational>(L, component_L, n)),
             3);

  const SLocalSvrg<Rational, Schedule> complete{0, schedule, {coin}};
  expect_row("s-local-svrg", s_local_svrg(), 4);
  expect_row("s-local-svrg-sharp",
             at_state(on, complete, s_local_svrg_sharp_constants<Rational>(L, component_L, n, refresh)), 5);
  expect_row("s-local-svrg-own-references",
             at_state(on, SLocalSvrgOwnReferences<Rational, Schedule>{0, schedule, {refresh}},
                      s_local_svrg_own_references_constants<Rational>(L, component_L, n, refresh)),
             4);
}

TEST(LocalRows, AStepOfTheAverageIsThatOfTheReference) {
  const auto argument = derive("step/distance");
  const auto cases = [](const Rational& mu) {
    auto at = s_local_svrg();
    at.theorem.mu = mu;
    Seeded random(1);
    return local_step_cases<decltype(at.method)>([at](Seeded&) { return std::vector{at}; })(random).front();
  };
  const Rational mu = s_local_svrg().theorem.mu;
  EXPECT_GT(mu, 0);
  const KernelCase at = cases(mu);
  ASSERT_EQ(at.sides.size(), argument->statements().size());
  for (std::size_t k = 0; k < at.sides.size(); ++k) {
    const Statement& statement = argument->statements()[k];
    EXPECT_EQ(statement.label, at.sides[k].statement);
    EXPECT_EQ(at.model.value(statement.inequality.left), at.sides[k].left) << statement.label;
    EXPECT_EQ(at.model.value(statement.inequality.right), at.sides[k].right) << statement.label;
    EXPECT_LE(at.sides[k].left, at.sides[k].right) << statement.label;
  }
  EXPECT_EQ(violation(*argument, at.model), "");
  EXPECT_TRUE(violation(*argument, cases(2 * L).model).starts_with("here: hypothesis f_i-quasi-convex"));
}

TEST(LocalRows, SampledComponentsHaveTheReferencesExpectedSmoothness) {
  const auto at = s_local_svrg();
  const auto argument = derive("step/expected-smoothness");
  const Model model = local_model_of(at);
  const auto left = [&](const std::vector<Vector<Rational>>& x) {
    return reference_variance(on.f, LocalMemories<Rational>{{}, x}, on.x_star);
  };
  const std::vector<Vector<Rational>> together(2, average(at.state.x));
  EXPECT_EQ(model.value(argument->statements()[1].inequality.left), left(at.state.x));
  EXPECT_EQ(model.value(argument->statements()[3].inequality.left), left(together));
  EXPECT_EQ(violation(*argument, model), "");
}

TEST(LocalRows, RestOnNoMoreThanTheseHypotheses) {
  using Names = std::set<std::string>;
  const Names workers{"f_i-convex",
                      "f_i-smooth",
                      "f_i-convex at x_i",
                      "f_i-smooth at x_i",
                      "f_i-smooth above x at x_i",
                      "f_i-smooth above x_i at y-",
                      "f_i-smooth below x at y-",
                      "f_i-smooth above x at y+",
                      "f_i-smooth below x_i at y+",
                      "L-positive",
                      "n-positive"};
  const Names zeta{"gradient_noise"};
  const Names uniformly{"variance"};
  const Names drawn{"expected-smoothness", "sampling_variance", "E-nonnegative"};
  const Names own{"f_ij-convex at x_i", "f_ij-smooth at x_i", "Lc-positive"};
  const Names common{"f_ij-convex", "f_ij-smooth"};
  const Names refreshed{"q-nonnegative"};
  const Names renewed{"q-nonnegative", "r-positive"};
  const std::map<std::string, std::vector<Names>> expected{
      {"step/expected-smoothness", {own, common}},
      {"step/distance", {{"f_i-quasi-convex", "f_i-smooth above x_i at x", "gamma-nonnegative"}}},
      {"local-sgd-uniform/assumption", {workers, zeta, uniformly}},
      {"local-sgd-sampled/assumption", {workers, zeta, drawn}},
      {"local-svrg/assumption", {workers, zeta, own, refreshed}},
      {"s-star-local-sgd-uniform/assumption", {workers, uniformly}},
      {"s-star-local-sgd-sampled/assumption", {workers, drawn}},
      {"ss-local-sgd-uniform/assumption", {workers, uniformly, renewed, {"variance at x"}}},
      {"ss-local-sgd-sampled/assumption",
       {workers, drawn, renewed, {"expected-smoothness at x", "sampling_variance at x"}}},
      {"s-star-local-sgd-star/assumption", {workers, own}},
      {"s-local-svrg/assumption", {workers, own, common, refreshed}},
      {"s-local-svrg-sharp/assumption", {workers, own, common, refreshed}},
      {"s-local-svrg-own-references/assumption", {workers, own, refreshed}},
  };
  for (const auto& [name, parts] : expected) {
    Names all;
    for (const Names& part : parts) all.insert(part.begin(), part.end());
    EXPECT_EQ(derive(name)->hypotheses(), all) << name;
  }
}

TEST(LocalRows, NoConstantCanBeSmaller) {
  std::vector<Change> all;
  for (const std::string mark : {"", "~", "'"})
    for (const char* name : {"A", "B1", "B2", "F", "D"}) all.push_back({name + mark, q(99, 100)});
  for (const std::string index : {"1", "2"}) {
    for (const char* name : {"C", "G", "D"}) all.push_back({name + index, q(99, 100)});
    all.push_back({"rho" + index, q(101, 100)});
  }
  for (const Row& row : rows()) {
    if (!row.claim.starts_with("local/") || !row.claim.ends_with("/assumption")) continue;
    std::set<std::string> refused;
    for (const Change& change : all)
      if (error_of<proof_error>([&] { (void)row.derive(change); }) != "nothing thrown")
        refused.insert(change.constant);
    std::set<std::string> near_misses;
    for (const Change& change : row.near_misses) near_misses.insert(change.constant);
    EXPECT_EQ(near_misses, refused) << row.claim << ": the others are 0";
  }
}

TEST(LocalRows, AHypothesisThatTheCaseViolatesShows) {
  const auto plain = derive("local-sgd-sampled/assumption");
  EXPECT_TRUE(violation(*plain, local_model_of(local_sgd(gradient_noise(on) / 2)))
                  .starts_with("here: hypothesis gradient_noise"));

  auto rough = local_sgd(gradient_noise(on));
  rough.theorem.row.worker_variance.A /= 100;
  EXPECT_TRUE(violation(*plain, local_model_of(rough)).starts_with("here: hypothesis expected-smoothness"));

  auto steep = local_sgd(gradient_noise(on));
  steep.theorem.L /= 100;
  EXPECT_NE(violation(*plain, local_model_of(steep)).find("-smooth"), std::string::npos);

  // A point that is not the solution.
  auto elsewhere = s_local_svrg();
  elsewhere.x_star += vec({1, 0});
  EXPECT_EQ(violation(*derive("s-local-svrg/assumption"), local_model_of(elsewhere)),
            "here: E_i[s_i] = 0 is violated");

  // Shifts of fewer gradients than is claimed: the statement, not a hypothesis, tells them apart.
  auto few = ss_local_sgd(1);
  few.theorem = ss_local_sgd(2).theorem;
  const auto learned = derive("ss-local-sgd-sampled/assumption");
  const Statement& next_s1 = learned->statements().back();
  EXPECT_EQ(next_s1.label, "(S1) next s1");
  EXPECT_NE(local_model_of(few).value(next_s1.inequality.right),
            local_lines(few.theorem, local_sides_at(few, {}, few.state))[3].right);
}

}  // namespace
}  // namespace touchstone::kernel_local_rows_test
