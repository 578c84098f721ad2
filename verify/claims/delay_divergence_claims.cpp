#include "touchstone/methods/error_feedback/d_sgd.hpp"
#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::delay_divergence {

namespace {

/// One step of D-SGD on f = x^2/2 from x with the gradient at x_before on its way.
struct Step {
  Index tau = 1;
  Rational factor = 1;  ///< claimed: I+ = factor gamma I
};

Finding invariant(const CheckContext& /*context*/, const Step& of) {
  const auto gamma = Polynomial::variable("gamma");
  const auto x = Polynomial::variable("x");
  const auto before = Polynomial::variable("x_before");
  const auto vector = [](const Polynomial& entry) {
    return Vector<Polynomial>(Vector<Polynomial>::Constant(1, entry));
  };
  const Quadratic<Polynomial> f{{{Matrix<Polynomial>::Identity(1, 1), vector(Polynomial(0))}},
                                {Polynomial(1), Polynomial(1), {Polynomial(1)}, {{Polynomial(1)}}}};
  const DSgd<Polynomial> method{{of.tau}, gamma};
  Exhaustive<Polynomial> random;
  const std::vector<Vector<Polynomial>> on_its_way(static_cast<std::size_t>(of.tau), vector(before));
  const Polynomial next = method.step(f, method.initial(f, vector(x), on_its_way), random).x[0];
  const auto I = [&](const Polynomial& now, const Polynomial& then) {
    return now * now - now * then + gamma * then * then;
  };
  Inspection inspection;
  inspection.equal(I(next, x), Polynomial(Polynomial(of.factor) * gamma * I(x, before)),
                   [] { return std::string("I+ = gamma I"); });
  const Polynomial twice = 2 * x - before;
  inspection.equal(Polynomial(4 * I(x, before)), Polynomial(twice * twice + (4 * gamma - 1) * before * before),
                   [] { return std::string("4 I as a sum of squares"); });
  return inspection.finding("for all x, x_before and gamma");
}

}  // namespace

std::vector<Claim> claims() {
  return {{"error-feedback/d-sgd/divergence",
           "with a delay the stepsize is limited even where the noise is zero",
           "f = x^2/2, tau = 1, I = (x^k)^2 - x^k x^{k-1} + gamma (x^{k-1})^2: I+ = gamma I, positive definite for "
           "gamma > 1/4, "
           "so D-SGD diverges for gamma > 1, where gradient descent converges for gamma < 2",
           {"gamma > 1/4"},
           "derived",
           {make_check<Step>(Layer::exact, Level::identity, invariant, {},
                             {{"no delay", {.tau = 0}}, {"I+ = 2 gamma I", {.factor = 2}}})}}};
}

}  // namespace touchstone::inline v0::registry::delay_divergence
