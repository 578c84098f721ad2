// The methods of chapter 3 that draw: invariants of the scheme over all outcomes, fixed points,
// reductions of one method to another as laws, bits, refused arguments; and wrong steps that must be caught.

#include <map>
#include <string>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/d_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/d_qlsvrg.hpp"
#include "touchstone/methods/error_feedback/d_qsgd.hpp"
#include "touchstone/methods/error_feedback/d_sgd.hpp"
#include "touchstone/methods/error_feedback/d_sgd_diana.hpp"
#include "touchstone/methods/error_feedback/d_sgd_sr.hpp"
#include "touchstone/methods/error_feedback/dianasr_dq.hpp"
#include "touchstone/methods/error_feedback/dqgd.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/methods/error_feedback/ec_sgd.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr_diana.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/error_feedback/qsgd.hpp"
#include "touchstone/methods/error_feedback/terngrad.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::error_feedback_methods_test {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Q = Rational;

const TopK top1{1};
const RandK rand1{1};
const Vector<Q> start = vec({3, 2});

/// Two workers with two components each, all different: worker 1 has mean H = diag(2, 1), worker 2 diag(1, 3).
Quadratic<Q> two_by_two() {
  const std::vector<QuadraticForm<Q>> first{{matrix2(3, 1, 1, 1), vec({2, 0})},
                                            {matrix2(1, -1, -1, 1), vec({0, 0})}};
  const std::vector<QuadraticForm<Q>> second{{matrix2(1, 0, 0, 2), vec({4, -4})},
                                             {matrix2(1, 0, 0, 4), vec({0, -4})}};
  return {{first, second}, {2, q(3, 2), {2, 3}, {{q(7, 2), 2}, {2, 4}}}};
}

/// The same workers with equal components: sampling changes nothing.
Quadratic<Q> two_by_one_repeated() {
  const auto f = diagonal_workers();
  const QuadraticForm<Q> first{matrix2(2, 0, 0, 1), vec({1, 0})};
  const QuadraticForm<Q> second{matrix2(1, 0, 0, 3), vec({2, -4})};
  return {{{first, first}, {second, second}}, {2, q(3, 2), {2, 3}, {{2, 2}, {3, 3}}}};
}

NoiseLaw<Q> plus_minus(const Vector<Q>& e) {
  return {{q(1, 3), q(2, 3)}, {Vector<Q>(2 * e), Vector<Q>(-e)}};
}
const AdditiveNoise<Q> noise{{plus_minus(vec({1, 0})), plus_minus(vec({0, 2}))}};
const SampledByWorkers<SingleElement<Q>> uneven{{{{q(1, 3), q(2, 3)}}, {{q(1, 4), q(3, 4)}}}};
const SampledByWorkers<SingleElement<Q>> even{{{{q(1, 2), q(1, 2)}}, {{q(1, 2), q(1, 2)}}}};
const SampledByWorkers<FullBatch<Q>> everything{{{}, {}}};

/// The probability of every value of x after `steps` steps.
using LawOfX = std::map<std::string, Q>;

template <class Method, class P, class State>
LawOfX law_of_x(Index steps, const Method& method, const P& f, const State& s) {
  LawOfX law;
  Exhaustive<Q> random;
  do {
    const Vector<Q> x = after(steps, method, f, s, random).x;
    std::string text;
    for (const Q& entry : x) text += entry.str() + " ";
    law[text] += random.probability();
  } while (random.advance());
  return law;
}

template <class Method, class P>
LawOfX law_of_x(Index steps, const Method& method, const P& f) {
  return law_of_x(steps, method, f, method.initial(f, start));
}

// Invariants, over all outcomes.

template <class State>
Vector<Q> virtual_iterate(const State& s, const Q& gamma) {
  Vector<Q> x = s.x;
  if constexpr (requires { s.e; })
    for (const Vector<Q>& e_i : s.e) x -= e_i / integer<Q>(static_cast<Index>(s.e.size()));
  if constexpr (requires { s.delayed; })
    for (const Vector<Q>& g : s.delayed) x -= gamma * g;
  return x;
}

/// E xt+ = xt - gamma grad f(x) from a state in the middle of a run.
template <class Method, class P>
bool virtual_iterate_descends(const Method& method, const P& f) {
  Seeded random(5);
  const auto s = after(3, method, f, method.initial(f, start), random);
  const Vector<Q> mean =
      expected(1, method, f, s, [&](const auto& next) { return virtual_iterate(next, method.gamma); });
  return mean == Vector<Q>(virtual_iterate(s, method.gamma) - method.gamma * full_gradient<Q>(f, s.x));
}

/// Calls visit(name, method) for every method of the scheme.
template <class Visit>
void for_each_method(const Quadratic<Q>& f, Visit&& visit) {
  const Q gamma = q(1, 20);
  const auto star = StarShift<Q>::of(f, f.minimizer());
  const RandKUnscaled lazy1{1};
  visit("EC-GD", EcGd<Q, RandKUnscaled>{{lazy1}, gamma});
  visit("EC-GDstar", EcGdStar<Q, RandKUnscaled>{{lazy1}, gamma, star});
  visit("EC-SGD", EcSgd<Q, RandKUnscaled>{{lazy1}, gamma});
  visit("EC-SGDsr", EcSgdSr<Q, RandKUnscaled, SingleElement<Q>>{{lazy1}, gamma, {}, uneven});
  visit("EC-SGD-DIANA", EcSgdDiana<Q, TopK, RandK>{{top1}, gamma, {rand1, q(1, 4)}, noise});
  visit("EC-GD-DIANA", EcGdDiana<Q, RandKUnscaled, RandK>{{lazy1}, gamma, {rand1, q(1, 3)}});
  visit("EC-SGDsr-DIANA", EcSgdSrDiana<Q, TopK, RandK, SingleElement<Q>>{{top1}, gamma, {rand1, q(1, 2)}, uneven});
  visit("EC-LSVRG", EcLsvrg<Q, TopK>{{top1}, gamma, {}, {q(1, 3)}});
  visit("EC-LSVRGstar", EcLsvrgStar<Q, TopK>{{top1}, gamma, star, {q(1, 2)}});
  visit("EC-LSVRG-DIANA", EcLsvrgDiana<Q, TopK, RandK>{{top1}, gamma, {rand1, q(1, 2)}, {q(1, 3)}});
  visit("D-SGD", DSgd<Q>{{2}, gamma});
  visit("D-SGD-SR", DSgdSr<Q, SingleElement<Q>>{{1}, gamma, {}, uneven});
  visit("D-QSGD", DQsgd<Q, RandK>{{2}, gamma, {rand1}});
  visit("D-SGD-DIANA", DSgdDiana<Q, RandK>{{1}, gamma, {rand1, q(1, 2)}, noise});
  visit("D-LSVRG", DLsvrg<Q>{{3}, gamma, {}, {q(1, 2)}});
  visit("D-QLSVRG", DQlsvrg<Q, RandK>{{1}, gamma, {rand1}, {q(1, 3)}});
  visit("D-LSVRG-DIANA", DLsvrgDiana<Q, RandK>{{2}, gamma, {rand1, q(1, 2)}, {q(1, 3)}});
  visit("QSGD", Qsgd<Q, RandK>{{}, gamma, {rand1}});
  visit("TernGrad", TernGradSgd<Q>{{}, gamma});
  visit("DQGD", Dqgd<Q, RandK, RandK>{rand1, gamma, rand1});
  visit("DIANAsr-DQ, estimate",
        DianaSrDq<Q, RandK, RandK, ServerQuantizes::estimate, SampledComponent>{rand1, rand1, gamma, q(1, 2)});
  visit("DIANAsr-DQ, difference",
        DianaSrDq<Q, RandK, RandK, ServerQuantizes::difference, SampledComponent>{rand1, rand1, gamma, q(1, 2)});
}

TEST(Scheme, TheVirtualIterateTakesTheGradientStepInTheMean) {
  const auto f = two_by_two();
  for_each_method(
      f, [&](const char* name, const auto& method) { EXPECT_TRUE(virtual_iterate_descends(method, f)) << name; });
}

/// Wrong on purpose: the mean of the shifts is taken after they have changed.
struct StaleMean : LearnedShift<Q, RandK> {
  template <class R>
  Vector<Q> estimate(Memory& memory, Index i, Vector<Q> gradient, const Vector<Q>& /*mean*/, R& random) const {
    const Vector<Q> none = Vector<Q>::Zero(gradient.size());
    const Vector<Q> difference = LearnedShift::estimate(memory, i, std::move(gradient), none, random);
    return difference + mean(memory, none.size());
  }
};

/// Wrong on purpose: the shift is compressed, not the difference.
struct CompressedShift : LearnedShift<Q, RandK> {
  template <class R>
  Vector<Q> estimate(Memory& memory, Index i, const Vector<Q>& gradient, const Vector<Q>& mean, R& random) const {
    Vector<Q>& h_i = memory.h[static_cast<std::size_t>(i)];
    const Vector<Q> g_i = gradient - compressor.compress(h_i, random) + mean;
    h_i += alpha * (gradient - h_i);
    return g_i;
  }
};

/// Wrong on purpose: the error loses its sign, the stepsize, or is never kept.
template <int wrong>
struct WrongMemory : ErrorCompensation<Q, TopK> {
  template <class R>
  Vector<Q> message(Memory& memory, Index i, const Q& gamma, const Vector<Q>& g_i, R& random) const {
    Vector<Q>& e_i = memory.e[static_cast<std::size_t>(i)];
    const Vector<Q> old = e_i;
    Vector<Q> v_i = ErrorCompensation::message(memory, i, wrong == 1 ? Q(1) : gamma, g_i, random);
    if (wrong == 0) e_i = -e_i;
    if (wrong == 2) e_i = old;
    return v_i;
  }
};

TEST(Scheme, WrongPartsAreCaughtByTheVirtualIterate) {
  const auto f = two_by_two();
  const Q gamma = q(1, 20);
  EXPECT_FALSE(virtual_iterate_descends(
      ErrorFeedback<Q, ErrorCompensation<Q, TopK>, StaleMean>{{top1}, gamma, {{rand1, q(1, 2)}}}, f));
  EXPECT_FALSE(virtual_iterate_descends(ErrorFeedback<Q, WrongMemory<0>>{{{top1}}, gamma}, f)) << "sign";
  EXPECT_FALSE(virtual_iterate_descends(ErrorFeedback<Q, WrongMemory<1>>{{{top1}}, gamma}, f)) << "without gamma";
  EXPECT_FALSE(virtual_iterate_descends(ErrorFeedback<Q, WrongMemory<2>>{{{top1}}, gamma}, f)) << "not at all";
}

// Where nothing is left to learn a method that finds the solution stays, whatever it draws.

template <class Method, class State>
bool stays(const Method& method, const Quadratic<Q>& f, const State& s) {
  Exhaustive<Q> random;
  do {
    if (!(after(2, method, f, s, random) == s)) return false;
  } while (random.advance());
  return true;
}

TEST(FixedPoints, LinearMethodsStayAtTheSolution) {
  const auto f = two_by_two();
  const Vector<Q> x = f.minimizer();
  const std::vector<Vector<Q>> gradients{f.gradient(0, x), f.gradient(1, x)};
  ASSERT_NE(gradients[0], vec({0, 0}));
  const std::vector<Vector<Q>> none = zero_vectors<Q>(2, 2);
  const std::vector<Vector<Q>> at_x{x, x};
  const auto star = StarShift<Q>::of(f, x);
  const Q gamma = q(1, 9);
  const EcGdStar<Q, TopK> ec_gd_star{{top1}, gamma, star};
  EXPECT_TRUE(stays(ec_gd_star, f, ec_gd_star.initial(f, x)));
  const EcGdDiana<Q, TopK, RandK> ec_gd_diana{{top1}, gamma, {rand1, q(1, 2)}};
  EXPECT_TRUE(stays(ec_gd_diana, f, ec_gd_diana.initial(f, x, none, gradients)));
  EXPECT_FALSE(stays(ec_gd_diana, f, ec_gd_diana.initial(f, x))) << "from zero shifts";
  const EcLsvrgStar<Q, TopK> ec_lsvrg_star{{top1}, gamma, star, {q(1, 2)}};
  EXPECT_TRUE(stays(ec_lsvrg_star, f, ec_lsvrg_star.initial(f, x)));
  const EcLsvrgDiana<Q, TopK, RandK> ec_lsvrg_diana{{top1}, gamma, {rand1, q(1, 2)}, {q(1, 2)}};
  EXPECT_TRUE(stays(ec_lsvrg_diana, f, ec_lsvrg_diana.initial(f, x, none, gradients, at_x)));
  EXPECT_FALSE(stays(ec_lsvrg_diana, f, ec_lsvrg_diana.initial(f, x, none, gradients, std::vector{start, start})));
  const DLsvrgDiana<Q, RandK> d_lsvrg_diana{{2}, gamma, {rand1, q(1, 2)}, {q(1, 2)}};
  EXPECT_TRUE(stays(d_lsvrg_diana, f, d_lsvrg_diana.initial(f, x, none, gradients, at_x)));
  const DLsvrg<Q> d_lsvrg{{2}, gamma, {}, {q(1, 2)}};
  EXPECT_TRUE(stays(d_lsvrg, f, d_lsvrg.initial(f, x)));

  const ErrorFeedback<Q, ErrorCompensation<Q, TopK>, CompressedShift> wrong{{top1}, gamma, {{rand1, q(1, 2)}}};
  EXPECT_FALSE(stays(wrong, f, wrong.initial(f, x, none, gradients))) << "the shift is compressed";
  StarShift<Q> swapped = star;
  std::swap(swapped.gradients_at_solution[0], swapped.gradients_at_solution[1]);
  const EcGdStar<Q, TopK> other_workers{{top1}, gamma, swapped};
  EXPECT_FALSE(stays(other_workers, f, other_workers.initial(f, x)));
}

TEST(FixedPoints, SamplingWithoutVarianceReductionDoesNotStay) {
  const auto f = two_by_two();
  const EcSgd<Q, TopK> ec_sgd{{top1}, q(1, 9)};
  EXPECT_FALSE(stays(ec_sgd, f, ec_sgd.initial(f, f.minimizer())));
  const DQsgd<Q, RandK, FullGradient> d_qsgd{{1}, q(1, 9), {rand1}};
  EXPECT_FALSE(stays(d_qsgd, f, d_qsgd.initial(f, f.minimizer())));
}

// Reductions, as laws of x over three steps.

TEST(SchemeReductions, WithoutCompressionErrorCompensationIsTheMethodItself) {
  const auto f = two_by_two();
  const Q gamma = q(1, 9);
  const LawOfX sgd = law_of_x(2, ParallelSgd<Q, Identity, SampledComponent>{{}, gamma}, f);
  EXPECT_EQ(law_of_x(2, EcSgd<Q, Identity>{{}, gamma}, f), sgd);
  const EcSgdSrDiana<Q, Identity, RandK, SingleElement<Q>> shifted{{}, gamma, {rand1, q(1, 2)}, even};
  EXPECT_EQ(law_of_x(2, shifted, f), sgd) << "the shifts cancel in the mean";
  EXPECT_EQ(law_of_x(2, shifted, f,
                     shifted.initial(f, start, zero_vectors<Q>(2, 2), std::vector{vec({1, 2}), vec({-3, 5})})),
            sgd);
  EXPECT_EQ(law_of_x(3, EcGdDiana<Q, Identity, RandK>{{}, gamma, {rand1, q(1, 3)}}, f),
            law_of_x(3, Gd<Q>{gamma}, f));
  EXPECT_NE(law_of_x(2, EcSgd<Q, TopK>{{top1}, gamma}, f), sgd);
}

TEST(SchemeReductions, ASingleUniformElementIsASampledComponent) {
  const auto f = two_by_two();
  const Q gamma = q(1, 9);
  const LawOfX ec_sgd = law_of_x(2, EcSgd<Q, TopK>{{top1}, gamma}, f);
  EXPECT_EQ(law_of_x(2, EcSgdSr<Q, TopK, SingleElement<Q>>{{top1}, gamma, {}, even}, f), ec_sgd);
  EXPECT_NE(law_of_x(2, EcSgdSr<Q, TopK, SingleElement<Q>>{{top1}, gamma, {}, uneven}, f), ec_sgd);
  EXPECT_EQ(law_of_x(3, DSgdSr<Q, SingleElement<Q>>{{1}, gamma, {}, even}, f), law_of_x(3, DSgd<Q>{{1}, gamma}, f));
}

TEST(SchemeReductions, TheWholeBatchIsTheFullGradient) {
  const auto f = two_by_two();
  const Q gamma = q(1, 9);
  const LawOfX ec_gd = law_of_x(3, EcGd<Q, TopK>{{top1}, gamma}, f);
  EXPECT_EQ(law_of_x(3, EcSgdSr<Q, TopK, FullBatch<Q>>{{top1}, gamma, {}, everything}, f), ec_gd);
  const auto g = two_by_one_repeated();
  EXPECT_EQ(law_of_x(2, EcLsvrg<Q, TopK>{{top1}, gamma, {}, {q(1, 2)}}, g),
            law_of_x(2, EcGd<Q, TopK>{{top1}, gamma}, g))
      << "equal components";
  EXPECT_EQ(law_of_x(2, EcSgdSrDiana<Q, TopK, RandK, FullBatch<Q>>{{top1}, gamma, {rand1, q(1, 2)}, everything}, f),
            law_of_x(2, EcGdDiana<Q, TopK, RandK>{{top1}, gamma, {rand1, q(1, 2)}}, f));
  EXPECT_EQ(law_of_x(2, EcLsvrgDiana<Q, TopK, RandK>{{top1}, gamma, {rand1, q(1, 2)}, {1}}, g),
            law_of_x(2, EcGdDiana<Q, TopK, RandK>{{top1}, gamma, {rand1, q(1, 2)}}, g));
}

TEST(SchemeReductions, WithoutDelayUpdatesArePlain) {
  const auto f = two_by_two();
  const Q gamma = q(1, 9);
  EXPECT_EQ(law_of_x(2, DSgd<Q>{{0}, gamma}, f),
            law_of_x(2, ParallelSgd<Q, Identity, SampledComponent>{{}, gamma}, f));
  EXPECT_EQ(law_of_x(2, DQsgd<Q, RandK, FullGradient>{{0}, gamma, {rand1}}, f),
            law_of_x(2, Qsgd<Q, RandK>{{}, gamma, {rand1}}, f));
  EXPECT_EQ(law_of_x(2, Qsgd<Q, RandK>{{}, gamma, {rand1}}, f),
            law_of_x(2, ParallelSgd<Q, RandK>{rand1, gamma}, f));
  const LawOfX diana = law_of_x(2, Diana<Q, RandK>{rand1, gamma, q(1, 2)}, f);
  EXPECT_EQ(law_of_x(2, DSgdDiana<Q, RandK, FullGradient>{{0}, gamma, {rand1, q(1, 2)}}, f), diana);
  const auto first = std::vector{f.gradient(0, start), f.gradient(1, start)};
  const LSvrg<Q> l_svrg{gamma, q(1, 3)};
  const DLsvrg<Q> d_lsvrg{{0}, gamma, {}, {q(1, 3)}};
  EXPECT_EQ(law_of_x(3, d_lsvrg, one_worker()), law_of_x(3, l_svrg, one_worker()));
  EXPECT_EQ(law_of_x(3, EcLsvrg<Q, Identity>{{}, gamma, {}, {q(1, 3)}}, one_worker()),
            law_of_x(3, l_svrg, one_worker()));
  EXPECT_EQ(law_of_x(2, DQlsvrg<Q, Identity>{{1}, gamma, {}, {q(1, 3)}}, f),
            law_of_x(2, DLsvrg<Q>{{1}, gamma, {}, {q(1, 3)}}, f));
}

TEST(SchemeReductions, WithoutQuantizationOnTheWayBackDoubleQuantizationIsSingle) {
  const auto f = two_by_two();
  const Q gamma = q(1, 9);
  EXPECT_EQ(law_of_x(2, Dqgd<Q, RandK>{rand1, gamma}, f), law_of_x(2, Qsgd<Q, RandK>{{}, gamma, {rand1}}, f));
  using Estimate = DianaSrDq<Q, RandK, Identity, ServerQuantizes::estimate, FullGradient>;
  using Difference = DianaSrDq<Q, RandK, Identity, ServerQuantizes::difference, FullGradient>;
  const LawOfX diana = law_of_x(2, Diana<Q, RandK>{rand1, gamma, q(1, 2)}, f);
  EXPECT_EQ(law_of_x(2, Estimate{rand1, {}, gamma, q(1, 2)}, f), diana);
  EXPECT_EQ(law_of_x(2, Difference{rand1, {}, gamma, q(1, 2)}, f), diana);
  using Both = DianaSrDq<Q, Identity, Identity, ServerQuantizes::estimate, SampledByWorkers<SingleElement<Q>>>;
  EXPECT_EQ(law_of_x(2, Both{{}, {}, gamma, 0, even}, f), law_of_x(2, EcSgd<Q, Identity>{{}, gamma}, f));
}

TEST(Scheme, CountsTheBitsThatTravel) {
  const auto f = two_by_two();
  EXPECT_EQ((EcGd<Q, TopK>{{top1}, 1}.bits_per_iteration(f, 32)), 2 * (32 + 1));
  EXPECT_EQ((EcGdDiana<Q, TopK, Identity>{{top1}, 1, {{}, 1}}.bits_per_iteration(f, 32)), 2 * (32 + 1 + 64));
  EXPECT_EQ((DSgd<Q>{{3}, 1}.bits_per_iteration(f, 32)), 2 * 64);
  EXPECT_EQ((DQsgd<Q, RandK>{{3}, 1, {rand1}}.bits_per_iteration(f, 32)), 2 * 33);
  EXPECT_EQ((DLsvrgDiana<Q, RandK>{{3}, 1, {rand1, 1}, {1}}.bits_per_iteration(f, 32)), 2 * 33);
  EXPECT_EQ((Dqgd<Q, RandK, RandK>{rand1, 1, rand1}.bits_per_iteration(f, 32)), 3 * 33);
}

TEST(Scheme, RefusesWhatDoesNotFit) {
  const auto f = two_by_two();
  const EcLsvrgDiana<Q, TopK, RandK> method{{top1}, q(1, 9), {rand1, q(1, 2)}, {q(1, 2)}};
  const std::vector<Vector<Q>> two = zero_vectors<Q>(2, 2);
  EXPECT_NE(error_of<precondition_error>([&] { static_cast<void>(method.initial(f, vec({1}))); }).find("dimension"),
            std::string::npos);
  EXPECT_NE(error_of<precondition_error>([&] {
              static_cast<void>(method.initial(f, start, zero_vectors<Q>(3, 2), two, two));
            }).find("found 3, 2"),
            std::string::npos);
  EXPECT_NE(error_of<precondition_error>([&] {
              static_cast<void>(method.initial(f, start, two, two, zero_vectors<Q>(2, 1)));
            }).find("dimension"),
            std::string::npos);
  const DSgd<Q> negative{{-1}, 1};
  EXPECT_NE(error_of<precondition_error>([&] { static_cast<void>(negative.initial(f, start)); }).find("tau >= 0"),
            std::string::npos);
  const EcSgdSr<Q, TopK, SingleElement<Q>> too_few{{top1}, 1, {}, {{even.samplings[0]}}};
  EXPECT_NE(error_of<precondition_error>([&] {
              Seeded random(1);
              static_cast<void>(too_few.step(f, too_few.initial(f, start), random));
            }).find("found 1, 1"),
            std::string::npos);
}

TEST(Scheme, AsksForTheCompressorThatTheTheoremNeeds) {
  const auto takes = []<class Method>(const Method*) {
    return requires(const Method& method, const Quadratic<Q>& f, typename Method::State s, Seeded& random) {
      method.step(f, s, random);
    };
  };
  EXPECT_TRUE(takes(static_cast<const EcGdDiana<Q, TopK, RandK>*>(nullptr)));
  EXPECT_FALSE(takes(static_cast<const EcGdDiana<Q, RandK, RandK>*>(nullptr))) << "EC over an unbiased compressor";
  EXPECT_FALSE(takes(static_cast<const EcGdDiana<Q, TopK, TopK>*>(nullptr))) << "shifts learned by a biased one";
  EXPECT_FALSE(takes(static_cast<const DQsgd<Q, TopK>*>(nullptr)));
}

}  // namespace
}  // namespace touchstone::error_feedback_methods_test
