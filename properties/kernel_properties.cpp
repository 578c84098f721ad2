// The proof kernel against its meaning: symbols are interpreted in random finite rational models; what an operation or a
// rule makes must say about the models what it claims to say. Wrong rules, which must be refuted.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "proofs/kernel/theorem.hpp"
#include "proofs/theory/model.hpp"
#include "properties/falsify.hpp"
#include "properties/generators.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// For counterexamples.
void showValue(const Expression& e, std::ostream& out) {
  out << e.text();
}

}  // namespace touchstone::inline v0::proofs::kernel

namespace touchstone::properties {
namespace {

using namespace proofs::kernel;  // NOLINT(google-build-using-namespace)

constexpr Index dimension = 2;
constexpr std::size_t workers = 2;
constexpr std::size_t outcomes = 4;  // two of each worker
constexpr std::size_t points = 2;    // of the weighted variable

/// Families of scalars and vectors over the workers i, their joint outcomes xi and a weighted variable j, with a model.
class World {
 public:
  World()
      : i(theory.variable("i", "the workers", Expression(static_cast<int>(workers)))),
        xi(theory.variable("xi", "the outcomes")),
        j(theory.variable("j", "anything")),
        vectors{theory.vector("a"),    theory.vector("u", i),  theory.vector("v", i),
                theory.vector("w", j), theory.vector("G", xi), N = theory.vector("N", i | xi)},
        scalars{theory.scalar("p"), theory.scalar("q"), theory.scalar("c", i), theory.scalar("r", j),
                theory.scalar("z", xi)} {
    const Expression centre = theory.vector("centre");
    theory.declare_mean(xi, N, {});
    theory.declare_mean(xi, vectors[4], centre);
    model.uniform_variable("i", workers);
    model.uniform_variable("xi", outcomes);
    model.variable("j", {ratio<Rational>(2, 3), ratio<Rational>(1, 3)});
    // Worker k's noise is +-its own vector by bit k of the outcome: mean zero, independent over the workers.
    const auto noise = vectors_of("N", workers);
    model.vector("N", [noise](const Point& at) {
      const std::size_t k = at.at("i");
      return Vector<Rational>((at.at("xi") >> k & 1U) != 0 ? noise[k] : Vector<Rational>(-noise[k]));
    });
    const auto G = vectors_of("G", outcomes);
    Vector<Rational> mean_G = Vector<Rational>::Zero(dimension);
    for (const Vector<Rational>& g : G) mean_G += g / Rational(static_cast<Index>(outcomes));
    model.vector("G", [G](const Point& at) { return G[at.at("xi")]; });
    model.vector("centre", mean_G);
    model.vector("a", draw_vector("a", dimension));
    family("u", "i", workers);
    family("v", "i", workers);
    family("w", "j", points);
    for (const char* name : {"p", "q"}) model.scalar(name, *positive_rational().as(name));
    scalar_family("c", "i", workers);
    scalar_family("r", "j", points);
    scalar_family("z", "xi", outcomes);
  }

  Theory theory;
  Variables i, xi, j;
  Expression N;
  std::vector<Expression> vectors, scalars;
  Model model;

  [[nodiscard]] Variables all() const { return i | xi | j; }

  /// A sum of one to three multiples of vectors.
  [[nodiscard]] Expression draw_vector_expression() const {
    Expression sum;
    const auto terms = *rc::gen::inRange(1, 4);
    for (int k = 0; k < terms; ++k) {
      Expression multiple = Expression(*rational(3)) * *rc::gen::elementOf(vectors);
      if (*rc::gen::arbitrary<bool>()) multiple = *rc::gen::elementOf(scalars) * multiple;
      sum = sum + multiple;
    }
    return sum;
  }

  /// Products, inner products and means of them.
  [[nodiscard]] Expression draw_scalar_expression() const {
    Expression e = dot(draw_vector_expression(), draw_vector_expression());
    if (*rc::gen::arbitrary<bool>()) e = e * *rc::gen::elementOf(scalars);
    if (*rc::gen::arbitrary<bool>()) e = mean(*rc::gen::elementOf(std::vector<Variables>{i, xi, j, i | xi}), e);
    return e + Expression(*rational(3)) * *rc::gen::elementOf(scalars);
  }

  /// Calls check at every point of all variables.
  template <class Check>
  void everywhere(Check&& check) const {
    model.for_each_point(theory, all(), {}, [&](const Point& at, const Rational&) { check(at); });
  }

  /// E over some variables by its meaning.
  [[nodiscard]] Rational mean_by_meaning(Variables over, const Expression& e, const Point& at) const {
    Rational sum(0);
    model.for_each_point(theory, over, at, [&](const Point& point, const Rational& weight) {
      sum += weight * model.value(e, point);
    });
    return sum;
  }

  /// Whether the expression is nonnegative wherever one looks.
  [[nodiscard]] bool nonnegative(const Expression& e) const {
    bool holds = true;
    everywhere([&](const Point& at) { holds = holds && model.value(e, at) >= 0; });
    return holds;
  }

  /// A hypothesis that is true in the model: an expression minus its least value, or a little less.
  [[nodiscard]] Theorem draw_true_hypothesis(const std::string& name) {
    const Expression e = draw_scalar_expression();
    std::optional<Rational> least;
    everywhere([&](const Point& at) {
      const Rational value = model.value(e, at);
      if (!least || value < *least) least = value;
    });
    const Rational bound = *least - (*rc::gen::arbitrary<bool>() ? Rational(0) : Rational(1));
    return Theorem::assume(theory, name, Expression(bound) <= e, "true here");
  }

 private:
  [[nodiscard]] static std::vector<Vector<Rational>> vectors_of(const std::string& name, std::size_t count) {
    std::vector<Vector<Rational>> all;
    for (std::size_t k = 0; k < count; ++k) all.push_back(draw_vector(name + std::to_string(k), dimension));
    return all;
  }
  void family(const std::string& name, const std::string& index, std::size_t count) {
    model.vector(name, [values = vectors_of(name, count), index](const Point& at) { return values[at.at(index)]; });
  }
  void scalar_family(const std::string& name, const std::string& index, std::size_t count) {
    const auto values = *rc::gen::container<std::vector<Rational>>(count, rational(5)).as(name);
    model.scalar(name, [values, index](const Point& at) { return values[at.at(index)]; });
  }
};

RC_GTEST_PROP(Kernel, SumsProductsAndInnerProductsMeanThemselves, ()) {
  const World world;
  const Expression u = world.draw_vector_expression();
  const Expression v = world.draw_vector_expression();
  const Expression a = world.draw_scalar_expression();
  const Expression b = world.draw_scalar_expression();
  const Expression inner = dot(u, v);
  world.everywhere([&](const Point& at) {
    const auto value = [&](const Expression& e) { return world.model.value(e, at); };
    if (!u.is_zero() && !v.is_zero()) {
      const Rational expected = world.model.vector_value(u, at).dot(world.model.vector_value(v, at));
      RC_ASSERT(value(inner) == expected);
    }
    RC_ASSERT(value(a + b) == Rational(value(a) + value(b)));
    RC_ASSERT(value(a - b) == Rational(value(a) - value(b)));
    RC_ASSERT(value(a * b) == Rational(value(a) * value(b)));
    RC_ASSERT(value(a / world.scalars[0]) == Rational(value(a) / value(world.scalars[0])));
  });
}

RC_GTEST_PROP(Kernel, MeansAreMeansInWhateverOrder, ()) {
  const World world;
  const Expression e = world.draw_scalar_expression() * *rc::gen::elementOf(world.scalars);
  std::vector<Variables> order{world.i, world.xi, world.j};
  const auto first = *rc::gen::inRange<std::size_t>(0, 3).as("first");
  std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(first), order.end());
  Expression reduced = e;
  Variables over = 0;
  for (const Variables next : order) {
    reduced = mean(next, reduced);
    over |= next;
    world.everywhere(
        [&](const Point& at) { RC_ASSERT(world.model.value(reduced, at) == world.mean_by_meaning(over, e, at)); });
  }
}

RC_GTEST_PROP(Kernel, MeansOfVectorsAreMeans, ()) {
  const World world;
  const Expression u = world.draw_vector_expression();
  const Variables over =
      *rc::gen::elementOf(std::vector<Variables>{world.i, world.xi, world.j, world.i | world.xi});
  const Expression reduced = mean(over, u);
  const Expression probe = world.vectors[0];
  world.everywhere([&](const Point& at) {
    RC_ASSERT(world.model.value(dot(reduced, probe), at) == world.mean_by_meaning(over, dot(u, probe), at));
  });
}

RC_GTEST_PROP(Kernel, RulesMakeNothingNegativeOfWhatIsTrue, ()) {
  World world;
  const Theorem one = world.draw_true_hypothesis("one");
  const Theorem two = world.draw_true_hypothesis("two");
  const Theorem p = Theorem::assume(world.theory, "p", 0 < world.scalars[0], "p > 0");
  const Theorem inverse = Theorem::inverse(p);
  const Theorem square = Theorem::square(world.draw_vector_expression());
  const Variables over = *rc::gen::elementOf(std::vector<Variables>{world.i, world.xi, world.j});
  const Theorem independence = Theorem::independence(world.i, world.xi, world.N);
  for (const Theorem& t :
       {one + two, one * two, Theorem::average(over, one), Theorem::average(over, one * two), square, inverse,
        inverse * one, Rational(2, 3) * one, independence, Theorem::cancel(p, two.expression(), p * two),
        Theorem::square(world.draw_scalar_expression()), inverse * (one + square) + p * two}) {
    RC_ASSERT(world.nonnegative(t.expression()));
    if (!t.strict()) continue;
    world.everywhere([&](const Point& at) { RC_ASSERT(world.model.value(t.expression(), at) > 0); });
  }
}

RC_GTEST_PROP(Kernel, ATheoremCarriesTheHypothesesOfWhatItDividesBy, ()) {
  World world;
  const Theorem p = Theorem::assume(world.theory, "p-positive", 0 < world.scalars[0], "p > 0");
  (void)Theorem::inverse(p);
  const Theorem e = Theorem::assume(
      world.theory, "e", 0 <= squared_norm(world.N) * world.draw_scalar_expression() + 1 / world.scalars[0], "any");
  RC_ASSERT(e.hypotheses() == (std::set<std::string>{"e", "p-positive"}));
}

// Rules that are wrong, each refuted by a model.

/// What a property about a random world says of a rule that makes an expression.
template <class Property>
void expect_refuted(Property property) {
  EXPECT_TRUE(falsify([property] { property(); }, 300));
}

TEST(BrokenRules, TheMeanOfAProductIsNotTheProductOfTheMeans) {
  expect_refuted([] {
    const World world;
    const Expression a = world.draw_scalar_expression();
    const Expression b = world.draw_scalar_expression();
    const Expression wrong = mean(world.all(), a) * mean(world.all(), b);
    RC_ASSERT(world.model.value(wrong) == world.mean_by_meaning(world.all(), a * b, {}));
  });
}

TEST(BrokenRules, WhatDependsOnTheVariableDoesNotComeOut) {
  expect_refuted([] {
    const World world;
    const Expression c = world.scalars[2];
    const Expression a = world.draw_scalar_expression();
    world.everywhere([&](const Point& at) {
      RC_ASSERT(world.model.value(c * mean(world.i, a), at) == world.mean_by_meaning(world.i, c * a, at));
    });
  });
}

TEST(BrokenRules, AWeightedMeanIsNotTheUniformOne) {
  expect_refuted([] {
    World world;
    const Expression r = world.scalars[3];
    const Rational expected = world.mean_by_meaning(world.j, r, {});
    world.model.uniform_variable("j", points);
    RC_ASSERT(world.model.value(mean(world.j, r)) == expected);
  });
}

TEST(BrokenRules, ADeclaredMeanHoldsForItsVariableOnly) {
  expect_refuted([] {
    const World world;  // E_xi[N] = 0, but E_i[N] is not
    world.everywhere([&](const Point& at) {
      RC_ASSERT(world.mean_by_meaning(world.i, dot(world.N, world.vectors[0]), at) == 0);
    });
  });
}

TEST(BrokenRules, ADifferenceOfWhatIsNotNegativeMayBe) {
  expect_refuted([] {
    World world;
    const Theorem one = world.draw_true_hypothesis("one");
    const Theorem two = world.draw_true_hypothesis("two");
    RC_ASSERT(world.nonnegative(one.expression() - two.expression()));
  });
}

TEST(BrokenRules, AMultipleByWhatHasNoSignMayBeNegative) {
  expect_refuted([] {
    World world;
    const Theorem one = world.draw_true_hypothesis("one");
    RC_ASSERT(world.nonnegative(world.scalars[2] * one.expression()));
  });
}

TEST(BrokenRules, MonotonicityDoesNotGoBackFromTheMean) {
  expect_refuted([] {
    const World world;
    const Expression e = world.draw_scalar_expression();
    RC_PRE(world.nonnegative(mean(world.i, e)));
    RC_ASSERT(world.nonnegative(e));
  });
}

TEST(BrokenRules, IndependenceFailsWhereWorkersShareTheirChoices) {
  expect_refuted([] {
    World world;
    const Vector<Rational> shared = draw_vector("shared", dimension);
    world.model.vector("N", [shared](const Point& at) {
      return Vector<Rational>((at.at("xi") & 1U) != 0 ? shared : Vector<Rational>(-shared));
    });
    RC_ASSERT(world.nonnegative(Theorem::independence(world.i, world.xi, world.N).expression()));
  });
}

TEST(BrokenRules, IndependenceFailsForNoiseWithAMean) {
  expect_refuted([] {
    World world;
    const Vector<Rational> shared = draw_vector("shared", dimension);
    world.model.vector("N", shared);
    RC_ASSERT(world.nonnegative(Theorem::independence(world.i, world.xi, world.N).expression()));
  });
}

TEST(BrokenRules, IndependenceFailsForAnotherCount) {
  expect_refuted([] {
    const World world;
    const Expression wrong = mean(world.xi | world.i, squared_norm(world.N)) -
                             Expression(4) * mean(world.xi, squared_norm(mean(world.i, world.N)));
    RC_ASSERT(world.nonnegative(wrong));
  });
}

TEST(BrokenRules, AnInnerProductIsNoSquare) {
  expect_refuted([] {
    const World world;
    RC_ASSERT(world.nonnegative(dot(world.draw_vector_expression(), world.draw_vector_expression())));
  });
}

TEST(BrokenRules, CancellingWhatMayBeNegativeTurnsTheSign) {
  expect_refuted([] {
    World world;
    world.model.scalar("p", Rational(-1));
    const Theorem one = world.draw_true_hypothesis("one");
    RC_ASSERT(world.nonnegative(one.expression() / world.scalars[0]));
  });
}

}  // namespace
}  // namespace touchstone::properties
