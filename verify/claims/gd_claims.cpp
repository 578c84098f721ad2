#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0 {

namespace {

using Method = Gd<Rational>;
using Variation = RowVariation<Method>;

RowCase<Method> at_state(const NamedQuadratic& on, const Vector<Rational>& x) {
  const Rational& L = on.f.constants().L;
  const Method gd{gd_stepsize(L)};
  return {on.f,        on.x_star, gd, gd.initial(on.f, x), gd.initial(on.f, on.x_star), gd_constants(L),
          Rational(0), on.name};
}

std::vector<RowCase<Method>> cases(Seeded& random) {
  std::vector<NamedQuadratic> instances = random_instances(random, {{1, 1, 1}, {2, 2, 1}, {3, 3, 2}, {3, 1, 3}});
  instances.push_back(scalar_pair({2, 2, 1}));
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : instances) {
    for (const Vector<Rational>& x : random_vectors(random, 4, on.f.dimension())) all.push_back(at_state(on, x));
    all.push_back(at_state(on, on.x_star));
  }
  return all;
}

std::vector<RowCase<Method>> runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 2, 1}, {3, 3, 1}, {3, 2, 2}}))
    all.push_back(at_state(on, random_vector(random, on.f.dimension())));
  return all;
}

std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  return {full_gradient<Rational>(at.f, at.state.x).squaredNorm(), Rational(0)};
}

const std::vector<std::string> hypotheses = {"f is L-smooth with minimiser x*"};

}  // namespace

std::vector<Claim> gd_claims() {
  const Mutant<Variation> half_A{"A = L/2", {.change = [](auto& at) { at.row.A /= 2; }}};
  const Mutant<Variation> sum{"gradients summed, not averaged",
                              {.alter = [](const auto& at, const auto& s, auto& next) {
                                next.x = s.x + (next.x - s.x) * Rational(at.f.workers() + 1);
                              }}};
  const Mutant<Variation> faster{"rate 1 - 3 gamma mu", {.mu_factor = 3}};
  const Mutant<Variation> past{"stepsize 21/10 / L",
                               {.change = [](auto& at) { at.method.gamma *= ratio<Rational>(21, 10); }}};
  return {
      with_kernel({"unified-sgd/gd/assumption",
                   "gradient descent satisfies the key assumption with A = L",
                   "|grad f(x)|^2 <= 2L (f(x) - f(x*))",
                   hypotheses,
                   "derived; not a row of Table 2.1",
                   {assumption_check<Method>(cases, {half_A, sum})}},
                  kernel_cases<Method>(cases)),
      {"unified-sgd/gd/moments",
       "the step of gradient descent is the gradient step",
       "(x - x+)/gamma = grad f(x)",
       {},
       "derived",
       {closed_form_check<Method>(cases, closed_forms, {sum})}},
      {"unified-sgd/gd/rate",
       "gradient descent converges linearly",
       "gamma = 1/L: |x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2",
       {"f is L-smooth and mu-quasi-strongly convex"},
       "derived from the main theorem with M = 0",
       {rate_check<Method>(runs, {faster, past})}},
      {"unified-sgd/gd/stepsize",
       "gamma <= 1/L meets the theorem's conditions",
       "gamma <= 1/L and mu <= L imply gamma <= min{1/mu, 1/A} for A = L",
       {"0 < mu <= L"},
       "derived",
       {proof_check()}},
  };
}

}  // namespace touchstone::inline v0
