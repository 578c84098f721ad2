// The kernel's rows at the tabulated states: the hypotheses hold there, both sides of (K2) and (K3) are those of the
// reference's step, and their left sides are the tabulated second moments. Without a regularizer and with |x|^2/2.

#include <gtest/gtest.h>

#include "proofs/rows/rows.hpp"
#include "proofs/theory/ledger.hpp"
#include "tests/instances.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/jacsketch.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/n_saga.hpp"
#include "touchstone/theory/unified_sgd/n_sega.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd_mb.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"
#include "touchstone/theory/unified_sgd/svrg.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::kernel_rows_test {
namespace {

using namespace proofs::kernel;   // NOLINT(google-build-using-namespace)
using namespace testing_support;  // NOLINT(google-build-using-namespace)

/// E|g - grad f(x*)|^2 and E sigma+^2 as tabulated.
struct Tabulated {
  Rational second_moment, next_sigma;
};

std::unique_ptr<Argument> derive(const std::string& claim) {
  for (const Row& row : rows())
    if (row.claim == "unified-sgd/" + claim) return row.derive({});
  throw std::out_of_range(claim);
}

template <class Method>
void expect_row(const std::string& claim, const RowCase<Method>& at, const Tabulated& tabulated) {
  SCOPED_TRACE(claim + at.where);
  const auto argument = derive(claim);
  const Model model = model_of(at);
  const AssumptionSides<Rational> sides = sides_at(at, {});
  EXPECT_EQ(sides.second_moment, tabulated.second_moment);
  EXPECT_EQ(sides.next_sigma_squared, tabulated.next_sigma);
  std::size_t compared = 0;
  for (const Statement& statement : argument->statements()) {
    const bool second = statement.label == "(K2) second moment";
    if (!second && statement.label != "(K3) next sigma^2") continue;
    EXPECT_EQ(model.value(statement.inequality.left), second ? sides.second_moment : sides.next_sigma_squared);
    EXPECT_EQ(model.value(statement.inequality.right), second ? sides.second_moment_bound : sides.next_sigma_bound);
    ++compared;
  }
  constexpr bool has_sigma = requires(const Method& m) {
    m.sigma_squared(at.f, at.state, at.x_star);
  };
  EXPECT_EQ(compared, has_sigma ? 2U : 1U);
  Ledger ledger;
  ledger.add(*argument, model, "here");
  EXPECT_EQ(ledger.violation(), "");
}

template <class Method>
RowCase<Method> on(const Quadratic<Rational>& f, const Vector<Rational>& x_star, const Method& method,
                   const typename Method::State& state, const ParametricConstants<Rational>& row) {
  return {f, x_star, method, state, state, row, 0, x_star == f.minimizer() ? "" : " with |x|^2/2"};
}

const Vector<Rational> plain = vec({q(-1, 3), q(1, 3)});
const Vector<Rational> composite = vec({q(-1, 5), q(1, 5)});  ///< solution of min f(x) + |x|^2/2
const std::vector<Vector<Rational>> table{vec({0, 1}), vec({-1, 0})};
const std::vector<Rational> third{q(1, 3), q(2, 3)};
const AdditiveNoise<Rational> vector_noise{
    {{{q(1, 2), q(1, 2)}, {vec({1, 0}), vec({-1, 0})}}, {{q(1, 3), q(2, 3)}, {vec({0, 2}), vec({0, -1})}}}};
const AdditiveNoise<Rational> coordinate_noise{
    {{{q(1, 2), q(1, 2)}, {vec({1}), vec({-1})}}, {{q(1, 3), q(2, 3)}, {vec({2}), vec({-1})}}}};

TEST(TabulatedRows, GradientDescent) {
  const Quadratic<Rational> f = one_worker();
  const Gd<Rational> gd{q(1, 2)};
  const auto state = gd.initial(f, tabulated_start);
  const auto row = gd_constants<Rational>(2);
  expect_row("gd/assumption", on(f, plain, gd, state, row), {q(145, 8), 0});
  expect_row("gd/assumption-composite", on(f, plain, gd, state, row), {q(145, 8), 0});
  expect_row("gd/assumption-composite", on(f, composite, gd, state, row), {q(3681, 200), 0});
}

TEST(TabulatedRows, Sgd) {
  const Quadratic<Rational> f = one_worker();
  const Sgd<Rational> sgd{q(1, 6)};
  const auto state = sgd.initial(f, tabulated_start);
  expect_row("sgd/assumption", on(f, plain, sgd, state, sgd_constants<Rational>(3, q(17, 9))), {q(85, 4), 0});
  expect_row("sgd/assumption", on(f, composite, sgd, state, sgd_constants<Rational>(3, q(53, 25))),
             {q(2153, 100), 0});
}

TEST(TabulatedRows, ArbitrarySampling) {
  const Quadratic<Rational> f = one_worker();
  const SingleElement<Rational> sampling{third};
  const SgdSr<Rational, SingleElement<Rational>> sgd{sampling, q(1, 9)};
  const auto state = sgd.initial(f, tabulated_start);
  const auto row = sgd_sr_constants<Rational>(q(9, 2), q(17, 8));
  expect_row("sgd-sr/assumption", on(f, plain, sgd, state, row), {q(459, 16), 0});
  expect_row("sgd-sr/assumption", on(f, composite, sgd, state, row), {q(11587, 400), 0});

  const QSgdSr<Rational, RandK, SingleElement<Rational>> compressed{{1}, sampling, q(1, 18)};
  expect_row("q-sgd-sr/assumption",
             on(f, plain, compressed, state, q_sgd_sr_constants<Rational>(q(9, 2), 1, q(17, 8), q(17, 8))),
             {q(459, 8), 0});
  const Rational second_moment = q(433, 100) - q(17, 8);  // D1 = 433/50
  expect_row("q-sgd-sr/assumption",
             on(f, composite, compressed, state, q_sgd_sr_constants<Rational>(q(9, 2), 1, second_moment, q(17, 8))),
             {q(11531, 200), 0});

  for (const bool regularized : {false, true}) {
    const Vector<Rational>& x_star = regularized ? composite : plain;
    const SgdStar<Rational, SingleElement<Rational>> star{sampling, component_gradients<Rational>(f, x_star),
                                                          q(2, 9)};
    expect_row("sgd-star/assumption",
               on(f, x_star, star, star.initial(f, tabulated_start), sgd_star_constants<Rational>(q(9, 2))),
               {regularized ? q(12987, 400) : q(515, 16), 0});
  }
}

TEST(TabulatedRows, SgdMb) {
  const Quadratic<Rational> f = one_worker();
  const SgdMb<Rational> sgd{third, 2, q(2, 11)};
  const auto state = sgd.initial(f, tabulated_start);
  const auto row = sgd_mb_constants<Rational>(9, 2, 2, q(17, 4));
  expect_row("sgd-mb/assumption", on(f, plain, sgd, state, row), {q(749, 32), 0});
  expect_row("sgd-mb/assumption", on(f, composite, sgd, state, row), {q(18949, 800), 0});
}

TEST(TabulatedRows, Saga) {
  const Quadratic<Rational> f = one_worker();
  const Saga<Rational> saga{q(1, 18)};
  const auto state = saga.initial(f, tabulated_start, table);
  const auto row = saga_constants<Rational>(3, 2);
  expect_row("saga/assumption", on(f, plain, saga, state, row), {q(79, 4), q(955, 72)});
  expect_row("saga/assumption", on(f, composite, saga, state, row), {q(2003, 100), q(551, 40)});
  const NSaga<Rational> noisy{q(1, 18), vector_noise};
  const auto noisy_row = n_saga_constants<Rational>(3, 2, q(3, 2));
  expect_row("n-saga/assumption", on(f, plain, noisy, state, noisy_row), {q(85, 4), q(1009, 72)});
  expect_row("n-saga/assumption", on(f, composite, noisy, state, noisy_row), {q(2153, 100), q(581, 40)});
}

TEST(TabulatedRows, Sega) {
  const Quadratic<Rational> f = one_worker();
  const Sega<Rational> sega{q(1, 24)};
  const auto state = sega.initial(f, tabulated_start, vec({0, 1}));
  for (const bool sharper : {false, true}) {
    const std::string claim = sharper ? "sega/assumption-sharper" : "sega/assumption";
    const auto row = sharper ? sega_sharper_constants<Rational>(2, 2) : sega_constants<Rational>(2, 2);
    expect_row(claim, on(f, plain, sega, state, row), {q(123, 4), q(153, 16)});
    expect_row(claim, on(f, composite, sega, state, row), {q(3103, 100), q(3977, 400)});
  }
  const NSega<Rational> noisy{q(1, 24), coordinate_noise};
  const auto row = n_sega_constants<Rational>(2, 2, 3);
  expect_row("n-sega/assumption", on(f, plain, noisy, state, row), {q(147, 4), q(177, 16)});
  expect_row("n-sega/assumption", on(f, composite, noisy, state, row), {q(3703, 100), q(4577, 400)});
}

TEST(TabulatedRows, Svrg) {
  const Quadratic<Rational> f = one_worker();
  const LSvrg<Rational> l_svrg{q(1, 18), q(1, 2)};
  const auto state = l_svrg.initial(f, tabulated_start, vec({0, 1}));
  const auto row = l_svrg_constants<Rational>(3, q(1, 2));
  expect_row("l-svrg/assumption", on(f, plain, l_svrg, state, row), {q(161, 8), q(455, 36)});
  expect_row("l-svrg/assumption", on(f, composite, l_svrg, state, row), {q(4081, 200), q(259, 20)});

  // f_1' = 2x - 1, f_2' = x + 1
  const QuadraticForm<Rational> f_1{Matrix<Rational>::Constant(1, 1, 2), vec({1})};
  const QuadraticForm<Rational> f_2{Matrix<Rational>::Constant(1, 1, 1), vec({-1})};
  const Quadratic<Rational> line(std::vector<std::vector<QuadraticForm<Rational>>>{{f_1, f_2}},
                                 {q(3, 2), q(3, 2), {q(3, 2)}, {{2, 1}}});
  const Svrg<Rational> svrg{q(1, 8)};
  expect_row("svrg/assumption", on(line, vec({0}), svrg, svrg.initial(line, vec({1})), svrg_constants<Rational>(2)),
             {q(9, 4), q(5, 2)});
}

TEST(TabulatedRows, Diana) {
  const Quadratic<Rational> f = two_workers();
  const Diana<Rational, RandK, AdditiveNoise<Rational>> noisy{{1}, q(1, 12), q(1, 2), vector_noise};
  const auto state = noisy.initial(f, tabulated_start, table);
  const auto row = diana_constants<Rational>(3, 1, 2, q(1, 2), q(3, 2));
  expect_row("diana/assumption-noisy", on(f, plain, noisy, state, row), {q(59, 2), q(1009, 72)});
  expect_row("diana/assumption-noisy", on(f, composite, noisy, state, row), {q(1489, 50), q(581, 40)});

  // The same noise, from components that are drawn: smoothness and noise at the solution are those of the components.
  const Quadratic<Rational> sampled_f = two_noisy_workers();
  const Diana<Rational, RandK, SampledComponent> sampled{{1}, q(1, 12), q(1, 2)};
  const auto sampled_row = diana_sampling_constants<Rational>(3, 3, 1, 2, q(1, 2), q(3, 2));
  expect_row("diana/assumption-sampled", on(sampled_f, plain, sampled, state, sampled_row),
             {q(59, 2), q(1009, 72)});
  expect_row("diana/assumption-sampled", on(sampled_f, composite, sampled, state, sampled_row),
             {q(1489, 50), q(581, 40)});

  const Quadratic<Rational> single = one_worker();
  const DianaSingle<Rational, RandK> one{{1}, q(1, 14), q(1, 2)};
  const auto at_one = one.initial(single, tabulated_start, {vec({0, 1})});
  const auto single_row = diana_single_constants<Rational>(2, 1, q(1, 2));
  expect_row("diana-single/assumption", on(single, plain, one, at_one, single_row), {q(123, 4), q(153, 16)});
  expect_row("diana-single/assumption", on(single, composite, one, at_one, single_row),
             {q(3103, 100), q(3977, 400)});
}

const Bernoulli fair_coin{{1, 2}};  ///< omega = 1

/// f_ij = (h/2) x^2 - b x on the line.
Quadratic<Rational> scalar_components() {
  const auto form = [](const Rational& h, const Rational& b) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, h), vec({b})};
  };
  return {{{form(1, 1), form(3, -1)}, {form(2, 0), form(2, 2)}}, {2, 2, {2, 2}, {{1, 3}, {2, 2}}}};
}

template <VrDianaVariant variant>
void expect_vr_diana() {
  const Quadratic<Rational> f = scalar_components();
  const VrDiana<Rational, Bernoulli, variant> method{fair_coin, q(1, 72), q(1, 6)};
  const auto state =
      method.initial(f, vec({1}), {vec({0}), vec({0})}, {{vec({-1}), vec({1})}, {vec({0}), vec({-2})}});
  const auto row = vr_diana_constants<Rational>(3, 1, 2, 2, q(1, 6));
  expect_row("vr-diana/assumption", on(f, vec({q(1, 4)}), method, state, row), {4, q(167, 96)});
  expect_row("vr-diana/assumption", on(f, vec({q(1, 6)}), method, state, row), {q(163, 36), q(149, 72)});
}

TEST(TabulatedRows, VrDiana) {
  expect_vr_diana<VrDianaVariant::loopless>();
  expect_vr_diana<VrDianaVariant::saga>();
}

JacSketch<Rational> rotated_sketch() {
  const auto onto = [](const Rational& a, const Rational& b) { return matrix2(a * a, a * b, a * b, b * b); };
  return {{{q(1, 2), onto(q(3, 5), q(4, 5)), 2}, {q(1, 2), onto(q(-4, 5), q(3, 5)), 2}}, q(25, 594)};
}

TEST(TabulatedRows, JacSketch) {
  const Quadratic<Rational> f = one_worker();
  const JacSketch<Rational> method = rotated_sketch();
  Matrix<Rational> J(2, 2);
  J << table[0], table[1];
  const auto state = method.initial(f, tabulated_start, J);
  const auto row = jacsketch_constants<Rational>({2, q(1, 2), q(147, 25), 3}, 2);
  expect_row("jacsketch/assumption", on(f, plain, method, state, row), {q(83863, 2500), q(955, 72)});
  expect_row("jacsketch/assumption", on(f, composite, method, state, row), {q(84563, 2500), q(551, 40)});
}

/// What the ledger finds at a case.
template <class Method>
std::string violation(const std::string& claim, const RowCase<Method>& at) {
  Ledger ledger;
  ledger.add(*derive(claim), model_of(at), "here");
  return ledger.violation();
}

TEST(TabulatedRows, AHypothesisThatTheCaseViolatesShows) {
  const Quadratic<Rational> f = one_worker();
  const SgdSr<Rational, SingleElement<Rational>> sgd{{third}, q(1, 9)};
  const auto rough = on(f, plain, sgd, sgd.initial(f, tabulated_start), sgd_sr_constants<Rational>(2, q(17, 8)));
  EXPECT_TRUE(violation("sgd-sr/assumption", rough).starts_with("here: hypothesis expected-smoothness is violated"))
      << violation("sgd-sr/assumption", rough);

  const WeightSampling<Rational> biased{{vec({2, 0}), vec({0, 3})}, {q(1, 2), q(1, 2)}};
  const SgdSr<Rational, WeightSampling<Rational>> wrong{biased, q(1, 9)};
  EXPECT_EQ(violation("sgd-sr/assumption", on(f, plain, wrong, wrong.initial(f, tabulated_start),
                                              sgd_sr_constants<Rational>(9, q(17, 8)))),
            "here: E_zeta[v_j] = 1 is violated");

  JacSketch<Rational> halved = rotated_sketch();
  const auto state = halved.initial(f, tabulated_start);
  for (Sketch<Rational>& sketch : halved.sketches) {
    sketch.projector /= 2;
    sketch.theta *= 2;
  }
  const std::string no_projector =
      violation("jacsketch/assumption",
                on(f, plain, halved, state, jacsketch_constants<Rational>({2, q(1, 8), q(147, 25), 3}, 2)));
  EXPECT_TRUE(no_projector.starts_with("here: hypothesis orthogonality is violated")) << no_projector;

  const Quadratic<Rational> line = scalar_components();
  const VrDiana<Rational, Bernoulli, VrDianaVariant::saga> eager{fair_coin, q(1, 72), q(1, 2)};
  EXPECT_EQ(violation("vr-diana/assumption", on(line, vec({q(1, 4)}), eager, eager.initial(line, vec({1})),
                                                vr_diana_constants<Rational>(3, 1, 2, 2, q(1, 2)))),
            "here: hypothesis alpha-bound-components is violated by 2");
}

}  // namespace
}  // namespace touchstone::kernel_rows_test
