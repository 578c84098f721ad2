// What the proof kernel refuses, and what its arguments say.

#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"
#include "proofs/theory/ledger.hpp"
#include "tests/support.hpp"

namespace touchstone {
namespace {

using namespace proofs::kernel;  // NOLINT(google-build-using-namespace)
using testing_support::error_of;
using testing_support::q;
using testing_support::vec;

template <class Run>
std::string refusal(Run&& run) {
  return error_of<proof_error>(std::forward<Run>(run));
}

TEST(Kernel, TwoHypothesesNeverShareAName) {
  Theory theory;
  const Expression a = theory.scalar("a");
  (void)Theorem::assume(theory, "h", 0 <= a, "once");
  (void)Theorem::assume(theory, "h", 0 <= a, "the same again");
  EXPECT_EQ(refusal([&] { (void)Theorem::assume(theory, "h", 1 <= a, "another"); }), "two hypotheses are called h");
  EXPECT_EQ(refusal([&] { (void)Theorem::assume(theory, "h", 0 < a, "another"); }), "two hypotheses are called h");
}

TEST(Kernel, SymbolsHaveOneMeaning) {
  Theory theory;
  (void)theory.scalar("a");
  EXPECT_EQ(refusal([&] { (void)theory.vector("a"); }), "two symbols are called 'a'");
  EXPECT_EQ(refusal([&] { (void)theory.scalar(""); }), "two symbols are called ''");
}

TEST(Kernel, DividesOnlyByWhatIsProvedPositive) {
  Theory theory;
  const Expression a = theory.scalar("a");
  EXPECT_EQ(refusal([&] { (void)Theorem::assume(theory, "h", 0 <= 1 / a, "1/a"); }),
            "divides by a, which is not proved positive");
  const Theorem nonnegative = Theorem::assume(theory, "a-nonnegative", 0 <= a, "a >= 0");
  EXPECT_EQ(refusal([&] { (void)Theorem::inverse(nonnegative); }), "a may be zero and has no inverse");
  (void)Theorem::inverse(Theorem::assume(theory, "a-positive", 0 < a, "a > 0"));
  EXPECT_EQ(Theorem::assume(theory, "h", 0 <= 1 / a, "1/a").hypotheses(),
            (std::set<std::string>{"a-positive", "h"}));
  EXPECT_EQ(refusal([&] { (void)(a / (a + 1)); }), "cannot divide by a + 1, which is not a monomial");
}

TEST(Kernel, VectorsAreNoScalars) {
  Theory theory;
  const Expression u = theory.vector("u");
  const Expression a = theory.scalar("a");
  EXPECT_EQ(refusal([&] { (void)(u * u); }), "multiplies or divides by a vector");
  EXPECT_EQ(refusal([&] { (void)(a / u); }), "multiplies or divides by a vector");
  EXPECT_EQ(refusal([&] { (void)dot(u, a); }), "an inner product of what is no vector");
  EXPECT_EQ(refusal([&] { (void)Theorem::assume(theory, "h", 0 <= u, "u"); }), "a vector has no sign: h");
}

TEST(Kernel, TheoriesDoNotMix) {
  Theory one;
  Theory two;
  const Expression sum = one.scalar("a") + two.scalar("b");
  EXPECT_EQ(refusal([&] { (void)Theorem::assume(one, "h", 0 <= sum, "mixed"); }), "a theorem of two theories: h");
}

TEST(Kernel, ADeclaredMeanIsOfASymbolThatDependsOnTheVariable) {
  Theory theory;
  const Variables i = theory.variable("i", "the workers");
  const Variables j = theory.variable("j", "the components");
  const Expression u = theory.vector("u", i);
  const Expression w = theory.vector("w", j);
  const Expression a = theory.scalar("a");
  EXPECT_EQ(refusal([&] { theory.declare_mean(j, u, {}); }), "E_j[u] = 0 cannot be declared");
  EXPECT_EQ(refusal([&] { theory.declare_mean(i, u, w); }), "E_i[u] = w cannot be declared");
  EXPECT_EQ(refusal([&] { theory.declare_mean(i, u, a); }), "E_i[u] = a cannot be declared");
  theory.declare_mean(i, u, {});
  EXPECT_EQ(refusal([&] { theory.declare_mean(i, u, {}); }), "E_i[u] = 0 cannot be declared");
  EXPECT_TRUE(mean(i, u).is_zero());
  EXPECT_EQ(theory.declarations().back(), "E_i[u] = 0");
}

TEST(Kernel, IndependenceNeedsUniformWorkersAndMeanZero) {
  Theory theory;
  const Variables i = theory.variable("i", "the workers", theory.scalar("n"));
  const Variables j = theory.variable("j", "the workers, weighted");
  const Variables xi = theory.variable("xi", "the choices");
  const Expression M = theory.vector("M", j | xi);
  theory.declare_mean(xi, M, {});
  const Expression biased = theory.vector("B", i | xi);
  const Expression common = theory.vector("C", xi);
  theory.declare_mean(xi, common, {});
  EXPECT_NE(refusal([&] { (void)Theorem::independence(j, xi, M); }), "nothing thrown") << "j is not uniform";
  EXPECT_NE(refusal([&] { (void)Theorem::independence(i, xi, biased); }), "nothing thrown") << "the mean is not 0";
  EXPECT_NE(refusal([&] { (void)Theorem::independence(i, xi, common); }), "nothing thrown") << "no family over i";
  const Expression N = theory.vector("N", i | xi);
  theory.declare_mean(xi, N, {});
  (void)Theorem::independence(i, xi, N);
  EXPECT_EQ(theory.declarations().back(), "N are independent over i under xi") << "listed with the theory";
}

TEST(Kernel, AnArgumentThatDoesNotAddUpSaysWhatIsMissing) {
  Theory theory;
  const Expression u = theory.vector("u");
  const Expression v = theory.vector("v");
  const Theorem square = Theorem::square(u - v);
  EXPECT_EQ(Theorem::prove(2 * dot(u, v) <= squared_norm(u) + squared_norm(v), square).strict(), false);
  EXPECT_EQ(refusal([&] { (void)Theorem::prove(2 * dot(u, v) <= squared_norm(u), square); }),
            "the certificate of 2 <u, v> <= |u|^2 does not add up: -1 |v|^2 is missing");
  EXPECT_EQ(refusal([&] { (void)Theorem::prove(2 * dot(u, v) < squared_norm(u) + squared_norm(v), square); }),
            "the certificate of 2 <u, v> < |u|^2 + |v|^2 does not show that it is strict");
  EXPECT_EQ(refusal([&] { (void)Theorem::constant(q(-1)); }), "the constant -1 is negative");
}

// f = (1/m) sum_j f_j sampled with probabilities w_j/m: E_p|grad f_j/w_j|^2 = E_j[|grad f_j|^2/w_j] <= E_j[w_j^{-1}
// 2 L_j D_j] = 2 max_j (L_j/w_j) E_j D_j: importance sampling.
TEST(Kernel, WeightedMeansServeArbitrarySampling) {
  Theory theory;
  const Variables j = theory.variable("j", "the components");
  const Expression w = theory.scalar("w_j", j);
  theory.declare_mean(j, w, 1);
  const Theorem w_positive = Theorem::assume(theory, "w-positive", 0 < w, "probabilities are positive");
  const Theorem inverse = Theorem::inverse(w_positive);
  const Expression a = theory.vector("a_j", j);
  const Expression D = theory.scalar("D_j", j);
  const Expression gap = theory.scalar("gap");
  theory.declare_mean(j, D, gap);
  const Expression L = theory.scalar("L_j", j);
  const Expression expected_smoothness = theory.scalar("S");
  const Theorem cocoercive = Theorem::assume(theory, "cocoercive", squared_norm(a) <= 2 * L * D, "f_j is smooth");
  const Theorem D_nonnegative = Theorem::assume(theory, "D", 0 <= D, "f_j is convex");
  const Theorem smoothness = Theorem::assume(theory, "S", L / w <= expected_smoothness, "S is the largest L_j/w_j");
  const Expression estimator = 1 / w * a;
  EXPECT_EQ(mean(j, w * estimator), mean(j, a)) << "unbiased";
  const Theorem proved =
      Theorem::prove(mean(j, w * squared_norm(estimator)) <= 2 * expected_smoothness * gap,
                     Theorem::average(j, inverse * cocoercive + Theorem::constant(2) * D_nonnegative * smoothness));
  EXPECT_EQ(proved.hypotheses(), (std::set<std::string>{"D", "S", "cocoercive", "w-positive"}));
}

TEST(Rows, AreDerivedAndTheirNearMissesRefused) {
  for (const Row& row : rows()) {
    EXPECT_NO_THROW((void)row.derive({})) << row.claim;
    EXPECT_FALSE(row.near_misses.empty()) << row.claim;
    for (const Change& change : row.near_misses)
      EXPECT_NE(refusal([&] { (void)row.derive(change); }), "nothing thrown")
          << row.claim << ' ' << change.constant;
  }
}

std::set<std::string> without_signs(std::set<std::string> hypotheses) {
  std::erase_if(hypotheses, [](const std::string& name) {
    return name.ends_with("-positive") || name.ends_with("-nonnegative") || name.ends_with("-at-least-one");
  });
  return hypotheses;
}

TEST(Rows, RestOnNoMoreThanTheseHypotheses) {
  using Names = std::set<std::string>;
  const Names each_smooth{"f_j-convex", "f_j-smooth"};
  const Names smooth{"f-convex", "f-smooth"};
  const auto with = [](Names names, const Names& more) {
    names.insert(more.begin(), more.end());
    return names;
  };
  std::map<std::string, Names> expected = {
      {"gd/assumption", {"f-smooth", "minimiser"}},
      {"gd/assumption-composite", smooth},
      {"sgd/assumption", with(each_smooth, {"variance"})},
      {"sgd-sr/assumption", {"expected-smoothness", "variance"}},
      {"sgd-mb/assumption", with(smooth, {"one-draw"})},
      {"sgd-star/assumption", {"expected-smoothness"}},
      {"saga/assumption", each_smooth},
      {"n-saga/assumption", with(each_smooth, {"variance"})},
      {"sega/assumption", with(smooth, {"projection"})},
      {"sega/assumption-sharper", with(smooth, {"projection"})},
      {"n-sega/assumption", with(smooth, {"projection", "variance"})},
      {"svrg/assumption", each_smooth},
      {"l-svrg/assumption", each_smooth},
      {"diana/assumption", {"f_i-convex", "f_i-smooth", "compressor", "alpha-bound"}},
      {"diana/assumption-noisy", {"f_i-convex", "f_i-smooth", "compressor", "alpha-bound", "variance"}},
      {"diana/assumption-sampled",
       {"f_i-convex", "f_i-smooth", "f_ij-convex", "f_ij-smooth", "compressor", "alpha-bound",
        "sampling_variance"}},
      {"diana-single/assumption", with(smooth, {"compressor", "alpha-bound"})},
      {"q-sgd-sr/assumption", {"expected-smoothness", "compressor", "second_moment", "variance"}},
      {"vr-diana/assumption",
       {"f_ij-convex", "f_ij-smooth", "compressor", "alpha-bound", "alpha-bound-components"}},
      {"jacsketch/assumption", {"E1", "E2", "lambda_max", "lambda_min", "projection", "orthogonality"}},
  };
  const Names compensated{"contractive", "delta-at-most-one"};
  const Names workers_smooth{"f_i-convex", "f_i-smooth"};
  const Names all_smooth{"f_ij-convex", "f_ij-smooth"};
  const Names noise{"gradient_noise"};
  const Names drawn{"expected-smoothness", "sampling_variance"};
  const Names shifts{"compressor", "alpha-bound"};
  const std::map<std::string, std::vector<Names>> of_schemes = {
      {"ec-gd/assumption", {compensated, workers_smooth, noise}},
      {"ec-gd-star/assumption", {compensated, workers_smooth}},
      {"ec-sgdsr/assumption", {compensated, workers_smooth, noise, drawn}},
      {"ec-sgd/assumption", {compensated, all_smooth, noise, {"sampling_variance"}}},
      {"ec-sgd-diana/assumption", {compensated, workers_smooth, shifts, {"variance"}}},
      {"ec-sgdsr-diana/assumption", {compensated, workers_smooth, shifts, drawn}},
      {"ec-gd-diana/assumption", {compensated, workers_smooth, shifts}},
      {"ec-lsvrg/assumption", {compensated, all_smooth, noise}},
      {"ec-lsvrg-star/assumption", {compensated, all_smooth}},
      {"ec-lsvrg-diana/assumption", {compensated, all_smooth, shifts}},
      {"d-sgd/assumption", {all_smooth, {"sampling_variance"}}},
      {"d-sgd-sr/assumption", {workers_smooth, drawn}},
      {"d-qsgd/assumption", {workers_smooth, noise, drawn, {"compressor"}}},
      {"d-sgd-diana/assumption", {workers_smooth, shifts, {"variance"}}},
      {"d-lsvrg/assumption", {all_smooth}},
      {"d-qlsvrg/assumption", {all_smooth, noise, {"compressor"}}},
      {"d-lsvrg-diana/assumption", {all_smooth, shifts}},
      {"dqgd/assumption", {workers_smooth, noise, {"compressor", "server-compressor"}}},
      {"dianasr-dq-estimate/assumption", {workers_smooth, shifts, drawn, {"server-compressor"}}},
      {"dianasr-dq-difference/assumption", {workers_smooth, shifts, drawn, {"server-compressor"}}},
  };
  for (const auto& [name, parts] : of_schemes)
    for (const Names& part : parts) expected[name].insert(part.begin(), part.end());
  std::size_t found = 0;
  for (const Row& row : rows()) {
    const auto at = expected.find(row.claim.substr(row.claim.find('/') + 1));
    if (at == expected.end()) continue;
    EXPECT_EQ(without_signs(row.derive({})->hypotheses()), at->second) << row.claim;
    ++found;
  }
  EXPECT_EQ(found, expected.size());
}

TEST(Rows, PrintAsMathematics) {
  const std::string text = to_text(*gd_row());
  EXPECT_EQ(text,
            R"(  hypothesis  0 < L
              L-positive: smoothness of f
  hypothesis  f(y) <= f(x) + <q, x - 1/L q - x> + L/2 |x - 1/L q - x|^2
              f-smooth: f is L-smooth
  hypothesis  f(x*) <= f(y)
              minimiser: f(x*) is the least value of f
  where       gap = f(x) - f(x*)

  bound of the gradient
    |q|^2 <= 2 L (f(x) - f(x*))
    because right - left =
        2 L ([f-smooth] + [minimiser])

  (K2) second moment
    |q|^2 <= 2 L gap
    because right - left =
        [bound of the gradient]
)");
}

TEST(Rows, AnIdentityIsShownByNothing) {
  const std::string text = to_text(*svrg_row());
  EXPECT_NE(text.find("    E sigma+^2 <= sigma^2\n    because right - left =\n        0\n"), std::string::npos)
      << text;
}

TEST(Ledger, SaysWhichHypothesisTheModelViolates) {
  const auto argument = gd_row();
  Model model;  // f = x^2/2 in one dimension, but L = 1/2
  model.scalar("L", q(1, 2));
  model.vector("x", vec({1}));
  model.vector("q", vec({1}));
  model.scalar("f(x)", q(1, 2));
  model.scalar("f(x*)", q(0));
  model.scalar("f(y)", q(1, 2));  // y = x - 2 g = -1
  Ledger ledger;
  ledger.add(*argument, model, "f = x^2/2");
  EXPECT_EQ(ledger.violation(), "f = x^2/2: hypothesis f-smooth is violated by 1");
  EXPECT_EQ(error_of<std::out_of_range>([&] { Ledger().add(*argument, Model(), "nothing"); }),
            "the model has no value for L");
}

TEST(Ledger, SharesOfTheSlackAddUp) {
  Argument argument;
  Theory& theory = argument.theory();
  const Expression u = theory.vector("u");
  const Expression v = theory.vector("v");
  argument.theorem("parallelogram", 0 <= 2 * squared_norm(u) + 2 * squared_norm(v),
                   Theorem::square(u - v) + Theorem::square(u + v));
  Model model;
  model.vector("u", vec({3, 0}));
  model.vector("v", vec({1, 0}));
  Ledger ledger;
  ledger.add(argument, model, "on a line");
  EXPECT_EQ(ledger.violation(), "");
  EXPECT_EQ(ledger.to_text(),
            "  lost where, over 1 exact states of the reference\n"
            "    parallelogram: largest left/right 0\n"
            "       20 %, at most  20 %   |u - v|^2\n"
            "       80 %, at most  80 %   |u + v|^2\n");
}

}  // namespace
}  // namespace touchstone
