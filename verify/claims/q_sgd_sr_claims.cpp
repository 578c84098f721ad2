#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana_single.hpp"
#include "touchstone/methods/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/row_samplings.hpp"

namespace touchstone::inline v0::registry::q_sgd_sr {

namespace {

template <class Prox>
using Of = QSgdSr<Rational, RandK, AnySampling, Prox>;
using Method = Of<NoRegularizer>;
using L2 = Of<SquaredNorm<Rational>>;
using L1 = Of<L1Norm<Rational>>;
using Clip = Of<Box<Rational>>;

template <class Variant>
Configured<Variant> set_up(const NamedQuadratic& on, const AnySampling& sampling, Index K) {
  const Index m = on.f.components(0);
  const RandK compressor{K};
  const Rational E = expected_smoothness(sampling, on.f.constants());
  const Rational omega = compressor.omega<Rational>(on.f.dimension());
  const std::vector<Vector<Rational>> star = component_gradients<Rational>(on.f, on.x_star);
  const Matrix<Rational> moments = weight_moments(sampling, m);
  return {{compressor, sampling, q_sgd_sr_stepsize(E, omega), regularizer_of<decltype(Variant::regularizer)>()},
          q_sgd_sr_constants(E, omega, sampled_square(moments, star),
                             sampled_square(moments - Matrix<Rational>::Ones(m, m), star)),
          fmt::format("{}, K={}", sampling_name(sampling), K)};
}

/// Every sampling, with K = 1, d, 2, d - 1, ... in turn; and the full batch with K = 1, whose noise is the compressor's alone.
template <class Variant>
std::vector<Configured<Variant>> set_ups(const NamedQuadratic& on, Seeded& random) {
  std::vector<Configured<Variant>> all;
  const Index d = on.f.dimension();
  for (const AnySampling& sampling : samplings(random, on.f.components(0))) {
    const Index count = static_cast<Index>(all.size());
    const Index step = count / 2 % d;
    all.push_back(set_up<Variant>(on, sampling, count % 2 == 0 ? 1 + step : d - step));
  }
  all.push_back(set_up<Variant>(on, {FullBatch<Rational>{}}, 1));
  return all;
}

template <class Variant>
Configured<Variant> golden(const NamedQuadratic& on) {
  return set_up<Variant>(on, {SingleElement<Rational>{{ratio<Rational>(1, 3), ratio<Rational>(2, 3)}}}, 1);
}

/// (1 + omega) E|grad f_v(x)|^2 - 2<grad f(x), grad f(x*)> + |grad f(x*)|^2: E|Q(y)|^2 = (1 + omega)|y|^2.
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Vector<Rational> star = full_gradient<Rational>(at.f, at.x_star);
  const Rational omega = at.method.compressor.omega<Rational>(at.f.dimension());
  return {Rational((1 + omega) * sampled_square(weight_moments(at.method.sampling, at.f.components(0)),
                                                component_gradients<Rational>(at.f, at.state.x)) -
                   2 * full_gradient<Rational>(at.f, at.state.x).dot(star) + star.squaredNorm()),
          Rational(0)};
}

DrawLists draws(const RowCase<Method>& at) {
  std::vector<std::string> all = sampling_questions("worker 0", at.method.sampling, at.f.components(0));
  const Index K = at.method.compressor.K;
  if (K < at.f.dimension()) all.push_back(fmt::format("worker 0: subset({}, {})", at.f.dimension(), K));
  return {all};
}

/// Every drawn component's gradient is compressed by itself.
template <class Variant>
struct CompressesEach : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    R& own = random.worker(0);
    Vector<Rational> g = Vector<Rational>::Zero(f.dimension());
    for (const auto& one : this->sampling.draw(f.components(0), own))
      g += (one.v / f.components(0)) * this->compressor.compress(f.component_gradient(0, one.j, s.x), own);
    proximal_step(s.x, this->gamma, g, this->regularizer);
    return s;
  }
};

/// The new model is compressed, not the estimate.
template <class Variant>
struct CompressesModel : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& random) const {
    R& own = random.worker(0);
    const Vector<Rational> g = sampled_gradient<Rational>(f, 0, this->sampling.draw(f.components(0), own), s.x);
    s.x = this->compressor.compress(Vector<Rational>(s.x - this->gamma * g), own);
    this->regularizer.prox(s.x, this->gamma);
    return s;
  }
};

template <class Variant>
Configured<CompressesModel<Variant>> golden_model(const NamedQuadratic& on) {
  return with_step_of<CompressesModel<Variant>>(golden<Variant>(on));
}

/// `wrong` halves the other method's stepsize.
std::vector<Reduction> reductions(bool wrong) {
  const Rational factor(wrong ? 2 : 1);
  const std::vector<QuadraticShape> shapes = {{1, 1, 1}, {2, 1, 2}, {2, 1, 3}};
  using Uncompressed = QSgdSr<Rational, Identity, AnySampling>;
  using Plain = SgdSr<Rational, AnySampling>;
  using Node = DianaSingle<Rational, RandK>;
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, shapes);
  const RowCases<Method> full = [runs](Seeded& random) {
    std::vector<RowCase<Method>> all = runs(random);
    std::erase_if(all, [](const RowCase<Method>& at) {
      return !std::holds_alternative<FullBatch<Rational>>(at.method.sampling.kind);
    });
    return all;
  };
  const RowInstances diana = with_method(
      full,
      [factor](const auto& at) {
        return Node{at.method.compressor, Rational(at.method.gamma / factor), Rational(0)};
      },
      [](const Node& method, const auto& f, const auto& state) { return method.initial(f, state.x); });
  return {{"Q = Identity: SGD-SR",
           with_method(runs,
                       [](const auto& at) {
                         return Uncompressed{{}, at.method.sampling, at.method.gamma};
                       }),
           with_method(runs,
                       [factor](const auto& at) {
                         return Plain{at.method.sampling, Rational(at.method.gamma / factor)};
                       })},
          {"full batch: DIANA with one node", row_instances<Method>(full), diana}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/q-sgd-sr",
      .name = "Q-SGD-SR",
      .row = "A = 2(1 + omega)E, B = 0, rho = 1, C = 0, D1 = 2 omega second_moment + 2 variance, D2 = 0",
      .moments =
          "E|g - grad f(x*)|^2 = (1 + omega) (1/m^2) sum_{j,k} E[v_j v_k] <grad f_j(x), grad f_k(x)> - "
          "2<grad f(x), grad f(x*)> + |grad f(x*)|^2, where E|Q(y)|^2 = (1 + omega)|y|^2",
      .corollary = "M = 0, gamma = 1/(2(1 + omega)E): E V^k <= (1 - gamma mu)^k V^0 + gamma D1/mu",
      .conditions = "gamma mu <= 1, gamma A <= 1, noise/(gamma mu) = gamma D1/mu",
      .hypotheses = {"every f_j is convex and smooth", "expected smoothness E", "Q is unbiased with omega",
                     "second_moment >= E|grad f_v(x*)|^2, variance >= E|grad f_v(x*) - grad f(x*)|^2"},
      .source = "Table 2.1, Algorithm 13; constants of arXiv:1905.11261, with a regularizer derived"};
  const std::vector<QuadraticShape> shapes = {{1, 1, 1}, {2, 1, 2}, {2, 1, 3}};
  const RowCases<Method> at_states = model_states<Method>(set_ups<Method>, shapes);
  const RowCases<Method> anywhere = model_anywhere<Method>(set_ups<Method>, shapes);
  const std::vector<QuadraticShape> of_runs = {{1, 1, 1}, {2, 1, 1}, {2, 1, 2}, {2, 1, 3}};
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, of_runs);
  const RowCases<L2> l2_runs = model_runs<L2>(set_ups<L2>, of_runs);
  const RowCases<L1> l1_runs = model_runs<L1>(set_ups<L1>, {{2, 1, 2}});
  const RowCases<Clip> box_runs = model_runs<Clip>(set_ups<Clip>, {{2, 1, 2}});
  const Expected<Method> expected{closed_forms, draws};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const RowInstances for_draws = row_instances<Method>(anywhere, {}, expected);
  const std::vector<Mutant<RowVariation<Method>>> constants = {
      scaled_A<Method>("A = (9/5)(1 + omega)E", ratio<Rational>(9, 10)),
      scaled_D1<Method>("D1 with 9/5", ratio<Rational>(9, 10)),
      {"D1 = 2(1 + omega) variance", {.change = [](auto& at) {
         const Index m = at.f.components(0);
         at.row.D1 = 2 * (1 + at.method.compressor.template omega<Rational>(at.f.dimension())) *
                     sampled_square(weight_moments(at.method.sampling, m) - Matrix<Rational>::Ones(m, m),
                                    component_gradients<Rational>(at.f, at.x_star));
       }}}};
  const Mutant<RowVariation<Method>> halved =
      scaled_estimator<Method>("halved estimator", [](const auto&) { return ratio<Rational>(1, 2); });
  // where few components are drawn: every one has an outcome of its own
  const Mutant<RowInstances> each =
      altered<CompressesEach<Method>, Method>("every component compressed by itself", runs, expected);
  const Mutant<RowInstances> model =
      altered<CompressesModel<Method>, Method>("model compressed", at_states, expected);
  const RowMutants of_halved = row_mutants<Method>(at_states, {halved}, expected);
  return {
      with_kernel(
          row_assumption_claim(
              page, {assumption_check(row_instances<Method>(at_states),
                                      joined(row_mutants<Method>(at_states, joined(constants, {halved})), {model})),
                     all_states_check<Method>(anywhere, constants)}),
          kernel_cases<Method>(at_states)),
      row_moments_claim(page, {closed_form_check(as_stated, joined(of_halved, {each, model}))}),
      row_golden_claim(
          page,
          {golden_check(golden_rows("q-sgd-sr", golden<Method>, golden<L2>),
                        {{"model compressed", golden_rows("q-sgd-sr", golden_model<Method>, golden_model<L2>)}})}),
      row_rate_claim(page, {rate_check<Method>(
                                runs, {faster<Method>(4).front(), theorem_without_noise<Method>().front(),
                                       scaled_stepsize<Method>("42/10 of the stepsize", ratio<Rational>(21, 5))}),
                            rate_check<L2>(l2_runs, faster<L2>(4)), tree_check<L1>(l1_runs, faster<L1>(4), 2),
                            tree_check<Clip>(box_runs, faster<Clip>(4), 2)}),
      row_neighbourhood_claim(page, {neighbourhood_check<Method>(noisy(runs), theorem_without_noise<Method>())}),
      row_draws_claim(page, "those of the sampling, then those of Q, by the only worker",
                      {draws_check(for_draws, {each})}),
      row_reductions_claim(page, "Q = Identity: SGD-SR; full batch: DIANA with one node, alpha = 0 and h = 0",
                           {reduction_check(reductions(false), {{"half the stepsize", reductions(true)}})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::q_sgd_sr
