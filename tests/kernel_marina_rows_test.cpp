// The kernel's rows of chapter 5: what they rest on, which constants matter, and that a case which violates a hypothesis shows.

#include <gtest/gtest.h>

#include "proofs/rows/rows.hpp"
#include "proofs/theory/ledger.hpp"
#include "tests/support.hpp"
#include "verify/claims/estimator_models.hpp"

namespace touchstone {
namespace {

using namespace proofs::kernel;   // NOLINT(google-build-using-namespace)
using namespace testing_support;  // NOLINT(google-build-using-namespace)

std::unique_ptr<Argument> derive(const std::string& claim) {
  for (const Row& row : rows())
    if (row.claim == "marina/" + claim) return row.derive({});
  throw std::out_of_range(claim);
}

std::string violation(const Argument& argument, const Model& model) {
  Ledger ledger;
  ledger.add(argument, model, "here");
  return ledger.violation();
}

/// A random state of the method on two workers with two components each.
template <class Method>
EstimatorCase<Method> at_state(const Method& method) {
  Seeded random(3);
  const EstimatorInstance on = random_estimator_instance(random, 2, {2, 2});
  std::vector<EstimatorCase<Method>> all;
  add_estimator_states(all, random, on, method, "");
  return all.front();
}

const Rational gamma_(1, 7), p(1, 3);
const VrMarina<Rational, RandK> batches{{1}, gamma_, p, {2}};
const PpMarina<Rational, RandK> slots{{1}, gamma_, p, {2}};

/// The row at the case: both sides are the reference's, all hypotheses hold.
template <class Method>
void expect_row(const std::string& claim, const EstimatorCase<Method>& at) {
  SCOPED_TRACE(claim);
  const auto argument = derive(claim);
  const Model model = model_of(at);
  const EstimatorSides sides = estimator_sides(at);
  const Statement& row = argument->statements().back();
  EXPECT_EQ(row.label, "(R) estimator");
  EXPECT_EQ(model.value(row.inequality.left), sides.next_G);
  EXPECT_EQ(model.value(row.inequality.right), sides.bound);
  EXPECT_EQ(sides.next_G, sides.closed_form);
  EXPECT_EQ(violation(*argument, model), "");
}

TEST(MarinaRows, AreThoseOfTheReference) {
  expect_row("marina/estimator", at_state(Marina<Rational, RandK>{{1}, gamma_, p}));
  expect_row("vr-marina/estimator", at_state(batches));
  expect_row("vr-marina/estimator-without-replacement",
             at_state(VrMarina<Rational, RandK, WithoutReplacement>{{1}, gamma_, p, {1}}));
  expect_row("pp-marina/estimator", at_state(slots));
  expect_row("pp-marina/estimator-without-replacement",
             at_state(PpMarina<Rational, RandK, WithoutReplacement>{{1}, gamma_, p, {1}}));
}

TEST(MarinaRows, RestOnNoMoreThanTheseHypotheses) {
  using Names = std::set<std::string>;
  const Names coin{"p-at-most-one"};
  const Names workers{"f_i-smooth", "n-positive", "compressor", "omega-nonnegative"};
  const Names held{"f_i-smooth", "r-positive", "compressor", "omega-nonnegative"};
  const Names batch{"p-positive", "b'-positive", "component"};
  const std::map<std::string, std::vector<Names>> expected{
      {"marina/descent", {{"f-smooth", "R", "coefficient", "gamma-nonnegative", "p-positive"}}},
      {"marina/estimator", {coin, workers}},
      {"vr-marina/estimator", {coin, workers, batch}},
      {"vr-marina/estimator-without-replacement", {coin, workers, {"p-positive", "b'-positive", "batch"}}},
      {"vr-marina-online/estimator", {coin, workers, batch, {"b-positive", "variance"}}},
      {"pp-marina/estimator", {coin, held}},
      {"pp-marina/estimator-without-replacement",
       {coin, held, {"others-positive", "r-at-most-n", "without-replacement"}}},
      {"diana/estimator", {{"n-positive", "compressor"}}},
      {"diana/shifts",
       {{"n-positive", "compressor", "f_i-smooth", "alpha-positive", "alpha-bound", "alpha-below-one"}}},
      {"qgd/estimator",
       {{"n-positive", "compressor", "omega-nonnegative", "f-smooth", "minimiser", "L_max-positive"}}},
  };
  for (const auto& [name, parts] : expected) {
    Names all;
    for (const Names& part : parts) all.insert(part.begin(), part.end());
    EXPECT_EQ(derive(name)->hypotheses(), all) << name;
  }
}

TEST(MarinaRows, NoConstantCanBeSmaller) {
  for (const Row& row : rows()) {
    if (!row.claim.starts_with("marina/")) continue;
    std::set<std::string> refused;
    for (const char* name : {"Lambda^2", "nu", "omega", "move", "A", "B", "C"})
      if (error_of<proof_error>([&] { (void)row.derive({name, q(99, 100)}); }) != "nothing thrown")
        refused.insert(name);
    for (const char* name : {"p", "rho", "gain"})
      if (error_of<proof_error>([&] { (void)row.derive({name, q(101, 100)}); }) != "nothing thrown")
        refused.insert(name);
    std::set<std::string> near_misses;
    for (const Change& change : row.near_misses) near_misses.insert(change.constant);
    EXPECT_EQ(near_misses, refused) << row.claim;
  }
}

TEST(MarinaRows, AHypothesisThatTheCaseViolatesShows) {
  auto steep = at_state(batches);
  for (Rational& own : steep.component_L_squared) own /= 1000;
  steep.facts.component_L_squared /= 1000;
  EXPECT_TRUE(violation(*derive("vr-marina/estimator"), model_of(steep)).starts_with("here: hypothesis component"));

  auto mixed = at_state(batches);
  mixed.facts.component_L_squared += 1;
  EXPECT_EQ(violation(*derive("vr-marina/estimator"), model_of(mixed)),
            "here: E_i[component_L_i^2] = component_L^2 is violated");

  auto claimed = at_state(slots);
  claimed.facts.L_squared /= 2;
  EXPECT_EQ(violation(*derive("pp-marina/estimator"), model_of(claimed)), "here: E_zeta[L_t^2] = L^2 is violated");
}

}  // namespace
}  // namespace touchstone
