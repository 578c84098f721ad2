// Terms compute what rationals compute, paths cover what the code does, and a statement refuses what would not follow.

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "proofs/clear.hpp"
#include "proofs/statement.hpp"
#include "tests/support.hpp"

namespace touchstone::proofs {
namespace {

using testing_support::error_of;
using testing_support::q;

/// The value of a term at a point.
class Point {
 public:
  void set(const Term& variable, const Rational& value) {
    from_.push_back(*variable.expression());
    to_.push_back(context_.real_val(value.str().c_str()));
  }
  [[nodiscard]] Rational value(const Term& t) {
    if (t.is_constant()) return t.constant();
    z3::expr e = *t.expression();
    return Term(e.substitute(from_, to_).simplify()).constant();
  }
  [[nodiscard]] Term variable(const std::string& name) { return Term(context_.real_const(name.c_str())); }
  [[nodiscard]] z3::context& context() { return context_; }

 private:
  z3::context context_;
  z3::expr_vector from_{context_};
  z3::expr_vector to_{context_};
};

/// A random formula in a, b, c, the same one over every field. What it divides by is a sum of positive terms.
template <class S>
S random_formula(std::mt19937& random, const std::vector<S>& variables, int depth, bool positive = false) {
  const auto choose = [&random](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
  if (depth == 0) return choose(3) == 0 ? S(1 + choose(4)) : variables[static_cast<std::size_t>(choose(3))];
  const int operation = positive ? choose(3) : choose(4);
  const S left = random_formula<S>(random, variables, depth - 1, positive);
  const S right = random_formula<S>(random, variables, depth - 1, positive || operation == 2);
  switch (operation) {
    case 0:
      return S(left + right);
    case 1:
      return S(left * right);
    case 2:
      return S(left / right);
    default:
      return S(left - right);
  }
}

TEST(Term, EvaluatesLikeRationals) {
  for (unsigned seed = 0; seed < 200; ++seed) {
    Point at;
    const std::vector<Rational> values{q(1 + seed % 7, 2), q(3, 1 + seed % 5), q(2 + seed % 3, 7)};
    const std::vector<Term> variables{at.variable("a"), at.variable("b"), at.variable("c")};
    for (std::size_t i = 0; i < 3; ++i) at.set(variables[i], values[i]);
    std::mt19937 first(seed);
    std::mt19937 second(seed);
    const Term formula = random_formula(first, variables, 4);
    EXPECT_EQ(at.value(formula), random_formula(second, values, 4)) << formula;

    // Without division a comparison keeps its truth value, on either side of equality.
    const Signs signs{.positive = {"a", "b", "c"}, .nonnegative = {"a", "b", "c"}, .positive_sums = {}};
    for (const Rational& shift : {q(-1, 1000), q(0), q(1, 1000)}) {
      const Term bound(Rational(at.value(formula) + shift));
      const Formula cleared = without_division(less_equal(formula, bound), signs);
      EXPECT_EQ(at.value(cleared.left) <= at.value(cleared.right), shift >= 0) << formula;
    }
  }
}

TEST(Term, ConstantsFoldAndAreCompared) {
  EXPECT_TRUE(Term(2) * Term(q(1, 2)) == Term(1));
  EXPECT_TRUE(Term(q(1, 3)) < Term(q(1, 2)));
  EXPECT_EQ(error_of<std::domain_error>([] { (void)(Term(1) / Term(0)); }), "a term cannot be divided by zero");
}

TEST(Term, AComparisonWithoutAnExplorationIsRefused) {
  Point at;
  const Term a = at.variable("a");
  EXPECT_TRUE(a == a);
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)(a < Term(1)); }),
            "the code asks whether a < 1, which depends on the symbols: explore its paths with for_each_path");
}

TEST(NormalForm, TellsWhichTermsAreTheSame) {
  Point at;
  const Term a = at.variable("a");
  const Term b = at.variable("b");
  const auto same = [](const Term& s, const Term& t) {
    const Quotient difference = normal_form(s) + negative(normal_form(t));
    return difference.numerator.empty();
  };
  EXPECT_TRUE(same((a + b) * (a - b), a * a - b * b));
  EXPECT_TRUE(same(1 / a + 1 / b, (a + b) / (a * b)));
  EXPECT_TRUE(same(a / (a + b), 1 - b / (b + a)));
  EXPECT_FALSE(same(a / (a + b), 1 - a / (a + b)));
  // Of 2a + 3b + 1/a another monomial comes last than of 2a^2 + 3ab + 1.
  const Term p = 2 * a + 3 * b + 1 / a;
  EXPECT_TRUE(same(p / (a * p), 1 / a));
}

TEST(Signs, AnswerWhatNeedsNoSolver) {
  Point at;
  const Term a = at.variable("a");
  const Term b = at.variable("b");
  Signs known;
  learn(known, less(0, a));
  learn(known, less_equal(0, b));
  learn(known, less(b, 1));
  EXPECT_EQ(decided_by_signs(less(0, a + b), known), true);
  EXPECT_EQ(decided_by_signs(less(a, -b), known), false);
  EXPECT_EQ(decided_by_signs(less_equal(0, b), known), true);
  EXPECT_EQ(decided_by_signs(less_equal(a, 0), known), false);
  EXPECT_EQ(decided_by_signs(equal(a / (a + b) + b / (a + b), 1), known), true);
  EXPECT_EQ(decided_by_signs(equal(a, -b), known), false);
  EXPECT_EQ(decided_by_signs(less(0, b), known), std::nullopt);
  EXPECT_EQ(decided_by_signs(less(a, b), known), std::nullopt);
  EXPECT_EQ(decided_by_signs(less(b, 1), known), std::nullopt);
  EXPECT_EQ(decided_by_signs(less(0, 1 / b), known), std::nullopt);
  learn(known, less(0, a - b));
  EXPECT_EQ(decided_by_signs(less(b, a), known), true);
}

int three_way(const Term& a, const Term& b) {
  if (a < b) return -1;
  return a == b ? 0 : 1;
}

TEST(Paths, AreAllFoundAndCoverEverything) {
  Point at;
  const Term a = at.variable("a");
  const Term b = at.variable("b");
  std::vector<int> results;
  std::vector<Formula> covered;
  const std::size_t count = for_each_path(
      at.context(), {}, [&] { return three_way(a, b); },
      [&](const std::vector<Formula>& condition, int result) {
        results.push_back(result);
        covered.push_back(all_of(condition));
      });
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(results, (std::vector{-1, 0, 1}));
  z3::solver solver(at.context());
  solver.add(expression(none_of(covered), at.context()));
  EXPECT_EQ(solver.check(), z3::unsat);
  EXPECT_EQ(on_the_only_path(at.context(), {less(a, b)}, [&] { return three_way(a, b); }), -1);
}

TEST(Paths, AskEveryQuestionOnce) {
  Point at;
  const Term a = at.variable("a");
  const Term b = at.variable("b");
  const auto compare = [&] {
    const bool before = a < b;
    const bool between = a == b;
    return before == (a < b) && between == (a == b);
  };
  const std::size_t count =
      for_each_path(at.context(), {}, compare, [](const std::vector<Formula>& condition, bool same) {
        EXPECT_TRUE(same);
        EXPECT_EQ(condition.size(), 2U);
      });
  EXPECT_EQ(count, 3U);
}

TEST(Paths, RefuseWhatCannotBeExplored) {
  Point at;
  const Term a = at.variable("a");
  const auto ignore = [](const auto&...) {};
  const auto compare = [&] { return three_way(a, 0); };
  EXPECT_EQ(error_of<std::length_error>([&] { for_each_path(at.context(), {}, compare, ignore, 2); }),
            "more than 2 paths");
  EXPECT_EQ(error_of<std::logic_error>([&] {
              for_each_path(at.context(), {less(a, 0), less(0, a)}, compare, ignore);
            }),
            "the assumptions of a path exploration contradict each other");
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)on_the_only_path(at.context(), {less_equal(a, 0)}, compare); }),
            "the hypotheses leave the code more than one path");
  int runs = 0;
  EXPECT_EQ(error_of<std::logic_error>([&] {
              for_each_path(
                  at.context(), {}, [&] { return a < Term(runs++); }, ignore);
            }),
            "not a pure function of its comparisons: on the same path another question was asked");
}

TEST(Statement, RefusesADenominatorWithoutASign) {
  Statement s;
  const Term a = s.variable("a", "");
  s.conclude(less_equal(1 / a, 1));
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)s.question(); }),
            "the hypotheses do not show that the denominator a is positive");
  s.assume("a-large", less(1, a), "");
  EXPECT_EQ(s.question().negated_goal.front().smt, "(not (<= 1.0 a))");
}

TEST(Statement, RefusesAHintThatDoesNotFollow) {
  const auto refusal = [](const std::vector<std::string>& hypotheses, int factor) {
    Statement s;
    const Term a = s.positive("a", "");
    const Term b = s.variable("b", "");
    s.assume("either", any_of({less(a, b), less(b, a)}), "");
    s.conclude(less(0, b));
    s.conclude(less(a, b));
    s.hint(hypotheses, factor == 0 ? b : Term(factor) * a);
    return error_of<std::logic_error>([&] { (void)s.hinted(); });
  };
  EXPECT_EQ(refusal({"nothing"}, 1), "a hint names the hypothesis nothing, which there is not");
  EXPECT_EQ(refusal({"either"}, 1), "a hint multiplies either, no comparison");
  EXPECT_EQ(refusal({"a-positive"}, 0), "the hypotheses do not show that the factor b of a hint is >= 0");
  EXPECT_EQ(refusal({"a-positive"}, -1),
            "the hypotheses do not show that the factor (* (- 1.0) a) of a hint is >= 0");
  EXPECT_EQ(refusal({"negated-goal"}, 1), "only the negation of a single comparison can be multiplied");
  EXPECT_EQ(refusal({"a-positive"}, 1), "nothing thrown");
}

TEST(Statement, SaysWhichHypothesesGiveDivisionsASense) {
  Statement s;
  const Term a = s.positive("a", "");
  const Term b = s.positive("b", "");
  s.assume("b-large", less_equal(1, b), "");
  s.conclude(less_equal(1 / b, a + 1 / a));
  s.redundant({"b-positive"});
  const std::vector<Omission> omissions = s.omissions();
  ASSERT_EQ(omissions.size(), 3U);
  EXPECT_TRUE(omissions[0].divides);
  EXPECT_FALSE(omissions[1].divides) << "b >= 1 shows as much";
  EXPECT_FALSE(omissions[2].divides);
  EXPECT_EQ(omissions[1].declared, Need::redundant);
  s.redundant({"c"});
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)s.omissions(); }), "there is no hypothesis c to be redundant");
}

TEST(Statement, RefusesANameTwice) {
  Statement s;
  (void)s.positive("a", "");
  EXPECT_EQ(error_of<std::logic_error>([&] { (void)s.variable("a", ""); }), "two variables are called a");
  EXPECT_EQ(error_of<std::logic_error>([&] { s.assume("a-positive", all_of({}), ""); }),
            "two hypotheses are called a-positive");
}

}  // namespace
}  // namespace touchstone::proofs
