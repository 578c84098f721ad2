#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/problems/quasi_strongly_convex.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/model_rows.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_claims.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0::registry::gd {

namespace {

template <class Prox>
using Of = Gd<Rational, Prox>;
using Method = Of<NoRegularizer>;
using L2 = Of<SquaredNorm<Rational>>;
using L1 = Of<L1Norm<Rational>>;
using Clip = Of<Box<Rational>>;

template <class Variant>
Configured<Variant> set_up(const NamedQuadratic& on) {
  const Rational& L = on.f.constants().L;
  return {{gd_stepsize(L), regularizer_of<decltype(Variant::regularizer)>()}, gd_constants(L)};
}

template <class Variant>
std::vector<Configured<Variant>> set_ups(const NamedQuadratic& on, Seeded& /*random*/) {
  return {set_up<Variant>(on)};
}

/// Without a regularizer: the kernel's argument is about f(x) - f(x*).
std::vector<RowCase<Method>> kernel_states(Seeded& random) {
  std::vector<NamedQuadratic> instances = random_instances(random, {{1, 1, 1}, {2, 2, 1}, {3, 3, 2}, {3, 1, 3}});
  instances.push_back(scalar_pair({2, 2, 1}));
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : instances)
    for (const Vector<Rational>& x : joined(random_vectors(random, 4, on.f.dimension()), {on.x_star}))
      all.push_back(model_case(on, set_up<Method>(on), x, "state"));
  return all;
}

std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Vector<Rational> change =
      full_gradient<Rational>(at.f, at.state.x) - full_gradient<Rational>(at.f, at.x_star);
  return {change.squaredNorm(), Rational(0)};
}

DrawLists draws(const RowCase<Method>& /*at*/) {
  return {{}};
}

/// The gradients of the workers summed.
template <class Variant>
struct Summed : Variant {
  template <class P, class R>
  auto step(const P& f, typename Variant::State s, R& /*random*/) const {
    const Vector<Rational> g = full_gradient<Rational>(f, s.x) * Rational(f.components(0));
    proximal_step(s.x, this->gamma, g, this->regularizer);
    return s;
  }
};

template <class Variant>
Configured<Summed<Variant>> golden_summed(const NamedQuadratic& on) {
  return with_step_of<Summed<Variant>>(set_up<Variant>(on));
}

struct Nonconvex {
  Rational mu = QuasiStronglyConvex<Rational>().constants().mu;
  Rational stepsize_factor = 1;
  Rational rate_factor = 1;
};

Vector<Rational> scalar(const Rational& x) {
  return Vector<Rational>::Constant(1, x);
}

/// q >= 0 on [left, right], or on [left, inf) if `unbounded`, for a q that is quadratic there.
bool nonnegative_on_piece(const std::function<Rational(const Rational&)>& q, const Rational& left,
                          const Rational& right, bool unbounded) {
  const Rational h = (right - left) / 2;
  const Rational c_0 = q(left);
  const Rational c_2 = (q(right) - 2 * q(Rational(left + h)) + c_0) / (2 * h * h);
  const Rational c_1 = (q(Rational(left + h)) - c_0) / h - c_2 * h;
  const Rational t = h / 3;
  if (q(Rational(left + t)) != c_0 + c_1 * t + c_2 * t * t) throw std::logic_error("not a quadratic on the piece");
  if (c_0 < 0) return false;
  if (unbounded ? (c_2 < 0 || (c_2 == 0 && c_1 < 0)) : q(right) < 0) return false;
  if (c_2 <= 0 || c_1 >= 0) return true;
  const Rational vertex = -c_1 / (2 * c_2);
  return (!unbounded && vertex > right - left) || c_0 + c_1 * vertex / 2 >= 0;
}

/// Holds on the three pieces and, since f is even, everywhere.
bool nonnegative(const std::function<Rational(const Rational&)>& q) {
  const Rational kink = ratio<Rational>(3, 2);
  return nonnegative_on_piece(q, Rational(0), Rational(1), false) &&
         nonnegative_on_piece(q, Rational(1), kink, false) && nonnegative_on_piece(q, kink, Rational(3), true);
}

Finding nonconvex(const CheckContext& /*context*/, const Nonconvex& as) {
  const QuasiStronglyConvex<Rational> f;
  const Rational L = f.constants().L;
  const auto slope = [&](const Rational& x) { return f.gradient(0, scalar(x))[0]; };
  const auto value = [&](const Rational& x) { return f.value(scalar(x)); };
  const auto convexity = [&](const Rational& x) { return Rational(slope(x) * x - value(x) - as.mu / 2 * x * x); };
  const auto row = [&](const Rational& x) { return Rational(2 * L * value(x) - slope(x) * slope(x)); };
  const Rational kink = ratio<Rational>(3, 2);
  Inspection inspection;
  inspection.holds(slope(Rational(1)) > slope(kink), [] { return "f' decreases from 1 to 3/2"; });
  inspection.holds(nonnegative(convexity), [] { return "quasi-strong convexity everywhere"; });
  inspection.attained(convexity(kink), Rational(0), [] { return "quasi-strong convexity at 3/2"; });
  inspection.holds(nonnegative(row), [] { return "the row everywhere"; });
  for (const Rational& x : {ratio<Rational>(1, 2), Rational(1), kink, Rational(4)})
    inspection.holds(value(x) == value(Rational(-x)) && slope(x) == -slope(Rational(-x)),
                     [] { return "f is even"; });
  constexpr Index steps = 12;
  for (const Rational& share : {Rational(1), ratio<Rational>(1, 2), ratio<Rational>(1, 10)}) {
    const Gd<Rational> gd{Rational(share * as.stepsize_factor * gd_stepsize(L))};
    const Rational mu = as.rate_factor * as.mu;
    const Rational q = contraction_factors(gd_constants(L), gd.gamma, mu, Rational(0)).front();
    for (const Rational& start :
         {Rational(5), Rational(2), kink, ratio<Rational>(-5, 4), Rational(1), Rational(0)}) {
      Seeded unused(0);
      ModelState<Rational> s = gd.initial(f, scalar(start));
      Rational bound = start * start;
      for (Index k = 1; k <= steps && !inspection.failed(); ++k) {
        s = gd.step(f, s, unused);
        bound *= q;
        inspection.less_equal(Rational(s.x.squaredNorm()), bound, [&] {
          return fmt::format("gamma = {}, x^0 = {}, k = {}", gd.gamma.str(), start.str(), k);
        });
      }
    }
  }
  return inspection.finding(fmt::format(
      "f'(1) = 3 > f'(3/2) = 5/2; both inequalities on every piece, mu attained at 3/2; {} steps from 6 "
      "starts with three stepsizes",
      steps));
}

Claim nonconvex_claim() {
  return {"unified-sgd/gd/nonconvex",
          "gradient descent converges linearly on a quasi-strongly convex function that is not convex",
          "<f'(x), x - x*> >= f(x) - f(x*) + (mu/2)|x - x*|^2, |f'(x)|^2 <= 2L (f(x) - f(x*)), "
          "|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2 for k <= 12",
          {"f of problems/quasi_strongly_convex.hpp: L = 3, mu = 7/9", "gamma <= 1/L"},
          "derived",
          {make_check<Nonconvex>(Layer::exact, Level::exact, nonconvex, {},
                                 {{"mu = 7/9 + 1/1000", {.mu = ratio<Rational>(7009, 9000)}},
                                  {"stepsize 21/10 / L", {.stepsize_factor = ratio<Rational>(21, 10)}},
                                  {"rate 1 - 5 gamma mu", {.rate_factor = 5}}})}};
}

}  // namespace

std::vector<Claim> claims() {
  const RowPage page{
      .id = "unified-sgd/gd",
      .name = "gradient descent",
      .row = "A = L, B = 0, rho = 1, C = 0, D1 = D2 = 0: |grad f(x) - grad f(x*)|^2 <= 2L D_f(x, x*)",
      .moments = "g = grad f(x): |g - grad f(x*)|^2 = |grad f(x) - grad f(x*)|^2",
      .corollary = "M = 0, gamma = 1/L: |x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2",
      .conditions = "gamma <= 1/L and mu <= L imply gamma <= min{1/mu, 1/A} for A = L",
      .hypotheses = {"f is L-smooth, x* minimises f + R", "f is convex unless R = 0"},
      .source = "derived; not a row of Table 2.1"};
  const std::vector<QuadraticShape> shapes = {{1, 1, 1}, {2, 2, 1}, {3, 3, 2}, {3, 1, 3}};
  const RowCases<Method> at_states = model_states<Method>(set_ups<Method>, shapes);
  const RowCases<Method> anywhere = model_anywhere<Method>(set_ups<Method>, shapes);
  const std::vector<QuadraticShape> of_runs = {{1, 1, 1}, {1, 2, 2}, {2, 1, 1}, {2, 2, 1}, {2, 2, 2},
                                               {3, 1, 1}, {3, 3, 1}, {3, 2, 2}, {4, 1, 2}, {4, 4, 1}};
  const std::vector<QuadraticShape> of_plane = {{2, 1, 1}, {2, 2, 1}, {2, 3, 1}};
  const RowCases<Method> runs = model_runs<Method>(set_ups<Method>, of_runs);
  const RowCases<L2> l2_runs = model_runs<L2>(set_ups<L2>, of_runs);
  const RowCases<L1> l1_runs = model_runs<L1>(set_ups<L1>, of_plane);
  const RowCases<Clip> box_runs = model_runs<Clip>(set_ups<Clip>, of_plane);
  const Expected<Method> expected{closed_forms, draws};
  const RowInstances as_stated = row_instances<Method>(at_states, {}, expected);
  const std::vector<Mutant<RowVariation<Method>>> constants = {
      scaled_A<Method>("A = 99L/100", ratio<Rational>(99, 100))};
  const std::vector<Mutant<RowVariation<Method>>> summed = {scaled_estimator<Method>(
      "gradients summed, not averaged", [](const auto& at) { return at.f.workers() * at.f.components(0); })};
  const Mutant<RowInstances> one_more = altered<DrawsOnceMore<Method>, Method>("a choice", at_states, expected);
  Claim composite = row_assumption_claim(page, {assumption_check<Method>(at_states, joined(constants, summed))});
  composite.id += "-composite";
  composite.title = "gradient descent satisfies the key assumption with a regularizer too";
  composite.hypotheses = {"f is convex and L-smooth", "x* minimises f + R"};
  return {
      with_kernel(row_assumption_claim(page, {assumption_check<Method>(at_states, joined(constants, summed)),
                                              all_states_check<Method>(anywhere, constants)}),
                  kernel_cases<Method>(kernel_states)),
      with_kernel(std::move(composite), kernel_cases<Method>(at_states)),
      row_moments_claim(page, {closed_form_check(as_stated, row_mutants<Method>(at_states, summed, expected))}),
      row_golden_claim(page, {golden_check(golden_rows("gd", set_up<Method>, set_up<L2>),
                                           {{"gradients summed, not averaged",
                                             golden_rows("gd", golden_summed<Method>, golden_summed<L2>)}})}),
      row_rate_claim(
          page, {rate_check<Method>(runs, {faster<Method>(4).front(),
                                           scaled_stepsize<Method>("stepsize 21/10 / L", ratio<Rational>(21, 10))}),
                 rate_check<L2>(l2_runs, faster<L2>(4)), tree_check<L1>(l1_runs, faster<L1>(4), 12),
                 tree_check<Clip>(box_runs, faster<Clip>(4), 12)}),
      nonconvex_claim(),
      row_draws_claim(page, "nothing", {draws_check(as_stated, {one_more})}),
      row_stepsize_claim(page),
  };
}

}  // namespace touchstone::inline v0::registry::gd
