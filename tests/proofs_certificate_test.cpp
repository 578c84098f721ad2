// A certificate is believed because its sum is the goal, not because a solver found it.

#include <algorithm>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "proofs/check.hpp"
#include "proofs/multipliers.hpp"
#include "proofs/page.hpp"
#include "proofs/quotient.hpp"
#include "proofs/statement.hpp"
#include "tests/support.hpp"

namespace touchstone::proofs::proofs_certificate_test {
namespace {

using testing_support::error_of;
using testing_support::q;

LaurentSum sum_of(const std::map<Monomial, Rational>& terms) {
  LaurentSum sum;
  for (const auto& [m, c] : terms) add(sum, m, c);
  return sum;
}

const LaurentSum a = sum_of({{{{"a", 1}}, 1}});
const LaurentSum b = sum_of({{{{"b", 1}}, 1}});

/// a + 2 b from a > 0, b >= 0 and a = b.
Combination combination(Relation relation) {
  return {"right - left",
          sum_of({{{{"a", 1}}, 1}, {{{"b", 1}}, 2}}),
          relation,
          {{constant(1), "(a-positive)", a, Relation::less},
           {constant(1), "(b-nonnegative)", b, Relation::less_equal},
           {constant(1), "(same)", sum_of({{{{"a", 1}}, 1}, {{{"b", 1}}, -1}}), Relation::equal}}};
}

TEST(LaurentSum, IsReadAsOnPaper) {
  EXPECT_EQ(readable(LaurentSum{}), "0");
  EXPECT_EQ(readable(constant(q(-3, 2))), "-3/2");
  EXPECT_EQ(readable(sum_of({{{}, 1}, {{{"L", 1}, {"gamma", 1}}, -1}, {{{"gamma", 2}, {"L", -1}}, q(1, 2)}})),
            "1 + gamma^2/(2 L) - L gamma");
  EXPECT_EQ(readable(sum_of({{{{"a", 1}}, 2}}), true), "2 a");
  EXPECT_EQ(readable(sum_of({{{{"a", 1}}, 2}, {{}, -1}}), true), "(2 a - 1)");
}

TEST(Certificate, IsAcceptedWhereTheSumIsTheGoal) {
  EXPECT_EQ(refusal(combination(Relation::less), {1, 2, 0}), "");
  EXPECT_EQ(refusal(combination(Relation::less_equal), {3, 0, -2}), "") << "an equality may have either sign";
  EXPECT_EQ(refusal(combination(Relation::less_equal), {0, 3, 1}), "");
  EXPECT_EQ(readable(combination(Relation::less), {1, 2, 0}),
            (std::vector<std::string>{"right - left =", "  (a-positive)", "+ 2 (b-nonnegative)"}));
}

TEST(Certificate, IsRefusedForWhatItLacks) {
  EXPECT_EQ(refusal(combination(Relation::less_equal), {1, 1, 0}), "the sum misses b");
  EXPECT_EQ(refusal(combination(Relation::less_equal), {1, 2, q(1, 1000)}), "the sum misses b/1000 - a/1000");
  EXPECT_EQ(refusal(combination(Relation::less_equal), {4, -1, -3}),
            "the multiplier -1 of (b-nonnegative) is negative");
  EXPECT_EQ(refusal(combination(Relation::less), {0, 3, 1}), "all that is added up may be zero");
  EXPECT_EQ(refusal(combination(Relation::equal), {1, 2, 0}),
            "an equality does not follow from the inequality (a-positive)");
  EXPECT_EQ(refusal(combination(Relation::less), {1, 2}), "2 multipliers for 3 products");
}

Obligation certificates_only(Obligation o) {
  o.twins.clear();
  o.omissions.clear();
  return o;
}

/// With every multiplier changed in turn.
TEST(Certificate, ThatIsTamperedWithIsRefused) {
  std::size_t changed = 0;
  for (const Obligation& o : obligations()) {
    if (o.id.find("unified-sgd/theorem/") != 0 && o.id.find("marina/") != 0) continue;
    const ObligationResult result = check_obligation(certificates_only(o));
    ASSERT_TRUE(result.certified()) << result.certificate_failure();
    for (std::size_t goal = 0; goal < o.combinations.size(); ++goal) {
      const std::vector<Rational>& found = result.certificates[goal].multipliers;
      for (std::size_t k = 0; k < found.size(); ++k)
        for (const Rational& wrong : {q(1, 1'000'000), q(-1), q(1)}) {
          std::vector<Rational> tampered = found;
          tampered[k] += wrong;
          EXPECT_NE(refusal(o.combinations[goal], tampered), "") << o.id << ", product " << k;
          ++changed;
        }
      EXPECT_TRUE(result.certificates[goal].tampering_was_refused);
    }
  }
  EXPECT_GT(changed, 100U);
}

/// The value of a sum at random points, summand by summand: independent of how sums are multiplied.
Rational value(const LaurentSum& sum, const std::map<std::string, Rational>& at) {
  Rational total(0);
  for (const auto& [m, c] : sum) {
    Rational term = c;
    for (const auto& [name, power] : m)
      for (int i = 0; i < std::abs(power); ++i)
        term = power > 0 ? Rational(term * at.at(name)) : term / at.at(name);
    total += term;
  }
  return total;
}

TEST(Certificate, AddsUpAtEveryPoint) {
  std::mt19937 random(1);
  for (const Obligation& o : obligations()) {
    if (o.id != "error-feedback/ec-gd/lyapunov" && o.id != "marina/marina/descent-pl") continue;
    const ObligationResult result = check_obligation(certificates_only(o));
    const Combination& proof = o.combinations.front();
    for (int repeat = 0; repeat < 5; ++repeat) {
      std::map<std::string, Rational> at;
      for (const Variable& v : o.question.variables)
        at[v.name] = q(1 + static_cast<Index>(random() % 9), 1 + static_cast<Index>(random() % 5));
      Rational total(0);
      for (std::size_t k = 0; k < proof.products.size(); ++k)
        total += result.certificates.front().multipliers[k] * value(proof.products[k].value, at);
      EXPECT_EQ(total, value(proof.slack, at)) << o.id;
    }
  }
}

TEST(Multipliers, AreAskedForOneEquationAMonomial) {
  const Question asked = multipliers_question(combination(Relation::less));
  std::vector<std::string> assertions;
  for (const Assertion& h : asked.hypotheses) assertions.push_back(h.smt);
  EXPECT_EQ(asked.logic, "QF_LRA");
  EXPECT_EQ(assertions, (std::vector<std::string>{"(>= c1 0.0)", "(>= c2 0.0)", "(> c1 0.0)", "(= (+ c1 c3) 1.0)",
                                                  "(= (+ c2 (* (- 1.0) c3)) 2.0)"}));
  EXPECT_FALSE(needs_multipliers({"right - left", {}, Relation::less_equal, {}}));
}

TEST(Multipliers, AreReadOutOfTheAnswer) {
  EXPECT_EQ(multipliers_in("sat\n(\n(define-fun c3 () Real\n (- (/ 1.0 2.0)))\n(define-fun c1 () Real 2.0)\n)", 3),
            (std::vector<Rational>{2, 0, q(-1, 2)}));
  EXPECT_EQ(error_of<std::invalid_argument>(
                [] { (void)multipliers_in("sat\n((define-fun c1 () Real (root-obj (+ (^ x 2) (- 2)) 1)))", 1); }),
            "the multiplier c1 is no fraction: (root-obj (+ (^ x 2) (- 2)) 1)");
}

TEST(Statement, MakesAnEqualityOfAProductWithAnEquality) {
  Statement s;
  const Term x = s.variable("x", "");
  const Term y = s.variable("y", "");
  s.assume("square", equal(y, x * x), "");
  s.conclude(equal(x * y, x * x * x));
  s.hint({"square"}, x);
  const Combination proof = s.combinations().front();
  EXPECT_EQ(proof.products.front().relation, Relation::equal);
  EXPECT_EQ(refusal(proof, {1}), "");
  EXPECT_EQ(refusal(proof, {-1}), "the sum misses 2 x^3 - 2 x y");
  s.hint({"square"}, 1 / x);
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)s.combinations(); }),
            "the hypotheses do not show that the factor (/ 1.0 x) of a hint is a number");
}

TEST(Statement, RefusesASquareThatIsNoNumber) {
  Statement s;
  const Term x = s.variable("x", "");
  s.conclude(less_equal(0, x));
  s.square(1 / x);
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)s.combinations(); }),
            "the hypotheses do not show that the square of (/ 1.0 x) is a number");
}

TEST(Page, ShowsTheProofAndWhatItNeeds) {
  Statement s;
  const Term x = s.positive("x", "");
  const Term y = s.variable("y", "");
  s.assume("y-large", less_equal(x, y), "");
  s.assume("y-positive", less(0, y), "");
  s.redundant({"y-positive", "x-positive"});
  s.conclude(less_equal(1, y / x));
  s.hint({"y-large"}, 1 / x);
  Obligation o{
      .id = "test/page/shown", .claim = "", .title = "", .source = "", .generated_from = "", .formula = {}};
  state(o, s);
  const std::string text = page(check_obligation(o));
  EXPECT_EQ(text.substr(0, text.find("    without")),
            "test/page/shown\n"
            "    right - left =\n"
            "          1/x (y-large)\n"
            "    needed      y-large\n"
            "    redundant   x-positive*, y-positive\n"
            "                * without it a denominator might be zero\n");
  EXPECT_NE(text.find("    without     y-large false for "), std::string::npos) << text;
}

TEST(Page, FitsAScreen) {
  for (const Obligation& o : obligations()) {
    if (o.id != "error-feedback/ec-gd/lyapunov" && o.id != "error-feedback/ec-gd/stepsize-rate") continue;
    std::istringstream lines(page(check_obligation(o)));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 80U) << line;
  }
}

}  // namespace
}  // namespace touchstone::proofs::proofs_certificate_test
