// Proximal operators by their definition, samplings by E v = 1, and what the methods of chapter 2 refuse, in one line.

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/sampling.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/jacsketch.hpp"
#include "touchstone/methods/unified_sgd/n_saga.hpp"
#include "touchstone/methods/unified_sgd/sgd_mb.hpp"
#include "touchstone/methods/unified_sgd/sgd_star.hpp"
#include "touchstone/methods/unified_sgd/vr_diana.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/problems/regularizer.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::vec;

template <class Run>
std::string line(const Run& run) {
  return error_of<precondition_error>(run);
}

template <class R>
Vector<Rational> prox_of(const R& regularizer, Vector<Rational> x, const Rational& gamma) {
  regularizer.prox(x, gamma);
  return x;
}

TEST(Prox, OfNothingIsTheIdentity) {
  EXPECT_EQ(prox_of(NoRegularizer{}, vec({3, -2}), 7), vec({3, -2}));
}

TEST(Prox, OfTheSquaredNormShrinks) {
  EXPECT_EQ(prox_of(SquaredNorm<Rational>{3}, vec({10, -5}), 3), vec({1, Rational(-1) / 2}));
}

TEST(Prox, OfTheOneNormIsSoftThresholding) {
  EXPECT_EQ(prox_of(L1Norm<Rational>{2}, vec({3, -3, 1, -1, 0}), Rational(1) / 2), vec({2, -2, 0, 0, 0}));
}

TEST(Prox, OfABoxClipsAndABoxMayBeAPoint) {
  EXPECT_EQ(prox_of(Box<Rational>{vec({-1, 0, 2}), vec({1, 3, 2})}, vec({-5, 1, 7}), 9), vec({-1, 1, 2}));
}

// y = prox(x) iff (x - y)/gamma is a subgradient of lambda|.|_1 at y: the definition, not the formula.
TEST(Prox, OfTheOneNormSatisfiesItsOptimalityCondition) {
  const Rational gamma = Rational(2) / 3;
  const Rational lambda = Rational(3) / 4;
  for (int k = -8; k <= 8; ++k) {
    const Rational x = Rational(k) / 5;
    const Rational y = prox_of(L1Norm<Rational>{lambda}, vec({x}), gamma)[0];
    const Rational subgradient = (x - y) / gamma;
    EXPECT_TRUE(y > 0 ? subgradient == lambda : y < 0 ? subgradient == -lambda : abs(subgradient) <= lambda) << x;
  }
}

TEST(Prox, ABoxThatDoesNotFitIsRefused) {
  EXPECT_EQ(line([] {
              prox_of(Box<Rational>{vec({0}), vec({1})}, vec({1, 2}), 1);
            }),
            "a box needs bounds of the point's dimension (lower, upper, d); found 1, 1, 2");
  EXPECT_EQ(line([] {
              prox_of(Box<Rational>{vec({2}), vec({1})}, vec({0}), 1);
            }),
            "a box needs lower <= upper (coordinate, lower, upper); found 0, 2, 1");
}

/// E v.
template <class Sampler>
Vector<Rational> mean_weights(const Sampler& sampling, Index m) {
  return expectation<Rational>([&](auto& random) {
    Vector<Rational> v = Vector<Rational>::Zero(m);
    for (const WeightedComponent<Rational>& one : sampling.draw(m, random)) v[one.j] += one.v;
    return v;
  });
}

TEST(Sampling, EveryKindHasWeightsOfMeanOne) {
  const Rational half = Rational(1) / 2;
  const Rational third = Rational(1) / 3;
  const Vector<Rational> ones = Vector<Rational>::Ones(3);
  EXPECT_EQ(mean_weights(SingleElement<Rational>{{half, third, Rational(1) / 6}}, 3), ones);
  for (Index tau = 1; tau <= 3; ++tau) EXPECT_EQ(mean_weights(TauNice<Rational>{tau}, 3), ones);
  EXPECT_EQ(mean_weights(IndependentSampling<Rational>{{half, third, 1}}, 3), ones);
  EXPECT_EQ(mean_weights(FullBatch<Rational>{}, 3), ones);
  EXPECT_EQ(mean_weights(SetSampling<Rational>{{{0, 1}, {1, 2}, {0}}, {half, third, Rational(1) / 6}}, 3), ones);
  EXPECT_EQ(mean_weights(WeightSampling<Rational>{{vec({2, 0, 1}), vec({0, 2, 1})}, {half, half}}, 3), ones);
}

TEST(Sampling, WhatDoesNotFitIsRefused) {
  EXPECT_EQ(line([] { (void)mean_weights(SingleElement<Rational>{{1}}, 2); }),
            "a sampling needs a probability for every component (probabilities, m); found 1, 2");
  EXPECT_EQ(line([] { (void)mean_weights(TauNice<Rational>{4}, 3); }),
            "a minibatch needs 1 <= tau <= m (tau, m); found 4, 3");
  EXPECT_EQ(line([] {
              mean_weights(IndependentSampling<Rational>{{1, 0}}, 2);
            }),
            "every component needs a positive probability of being drawn (component); found 1");
  EXPECT_EQ(line([] {
              mean_weights(SetSampling<Rational>{{{0}}, {1}}, 2);
            }),
            "every component needs a positive probability of being drawn (component); found 1");
  EXPECT_EQ(line([] {
              mean_weights(SetSampling<Rational>{{{0, 5}}, {1}}, 2);
            }),
            "a set may name components 0, ..., m-1 only (component, m); found 5, 2");
}

/// f_j = |x|^2/2 on one worker.
Quadratic<Rational> parabolas(Index m) {
  const QuadraticForm<Rational> form{Matrix<Rational>::Identity(2, 2), Vector<Rational>::Ones(2)};
  return {std::vector<std::vector<QuadraticForm<Rational>>>{
              std::vector<QuadraticForm<Rational>>(static_cast<std::size_t>(m), form)},
          ProblemConstants<Rational>{1, 1, {1}, {std::vector<Rational>(static_cast<std::size_t>(m), 1)}}};
}

TEST(Methods, RefuseWhatDoesNotFitTheProblem) {
  const Quadratic<Rational> f = parabolas(2);
  const Vector<Rational> x = vec({1, 2});
  EXPECT_EQ(line([&] {
              return SgdMb<Rational>{{1}, 1, 1}.initial(f, x);
            }),
            "SGD-MB needs a probability for every component (probabilities, m); found 1, 2");
  EXPECT_EQ(line([&] {
              return SgdMb<Rational>{{1, 0}, 0, 1}.initial(f, x);
            }),
            "a minibatch needs tau >= 1; found 0");
  EXPECT_EQ(line([&] {
              return SgdStar<Rational, FullBatch<Rational>>{{}, {}, 1}.initial(f, x);
            }),
            "SGD-star needs the gradient at the solution of every component (found, m); found 0, 2");
  using Table = VrDiana<Rational, RandK, VrDianaVariant::saga>;
  EXPECT_EQ(
      line([&] {
        return Table{{1}, 1, 1}.initial(f, x, {x}, {{x}});
      }),
      "VR-DIANA needs m components and m stored gradients on every worker (components, stored, m); found 2, 1, 2");
}

TEST(JacSketch, RefusesWhatIsNoUnbiasedProjector) {
  const Quadratic<Rational> f = parabolas(2);
  const Vector<Rational> x = vec({1, 2});
  const Matrix<Rational> all = Matrix<Rational>::Identity(2, 2);
  const auto refused = [&](const std::vector<Sketch<Rational>>& sketches) {
    return line([&] { (void)JacSketch<Rational>{sketches, 1}.initial(f, x); });
  };
  EXPECT_EQ(refused({}), "JacSketch needs at least one sketch");
  EXPECT_EQ(refused({{1, Matrix<Rational>(all * Rational(2)), 1}}), "a sketch needs an orthogonal projector");
  EXPECT_EQ(refused({{1, all, 2}}), "the sketches need E[theta Pi e] = (1, ..., 1)");
}

TEST(Noise, NeedsALawForEveryComponent) {
  const Quadratic<Rational> f = parabolas(2);
  const NSaga<Rational> method{1, {{NoiseLaw<Rational>{{1}, {vec({0, 0})}}}}, {}};
  const auto run = [&] {
    for_each_outcome<Rational>(
        [&](auto& random) {
          return method.step(f, method.initial(f, vec({1, 2})), random);
        },
        [](const Rational&, const auto&) {});
  };
  EXPECT_EQ(line(run), "a law of the noise is missing (which, laws); found 1, 1");
}

}  // namespace
}  // namespace touchstone
