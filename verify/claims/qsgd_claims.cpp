#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_study.hpp"
#include "verify/engine/error_feedback.hpp"

namespace touchstone::inline v0::registry::qsgd {

namespace {

using Method = ParallelSgd<Rational, RandK>;
using Variation = RowVariation<Method>;

RowCase<Method> at_state(const NamedQuadratic& on, Index K, const Vector<Rational>& x) {
  const Rational L = on.f.constants().largest_L_i();
  const Rational n(on.f.workers());
  const RandK compressor{K};
  const auto omega = compressor.omega<Rational>(on.f.dimension());
  const Method qsgd{compressor, qsgd_stepsize(L, omega, n)};
  return {on.f,
          on.x_star,
          qsgd,
          qsgd.initial(on.f, x),
          qsgd.initial(on.f, on.x_star),
          qsgd_constants(L, omega, n, mean_square(worker_gradients(on.f, on.x_star))),
          Rational(0),
          fmt::format("{} K={}", on.name, K)};
}

std::vector<RowCase<Method>> cases(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}, {2, 1, 1}, {2, 3, 1}, {3, 2, 1}}))
    for (Index K = 1; K <= on.f.dimension(); ++K) {
      for (const Vector<Rational>& x : random_vectors(random, 3, on.f.dimension()))
        all.push_back(at_state(on, K, x));
      all.push_back(at_state(on, K, on.x_star));
    }
  // Equal Hessians, x far away: the workers' gradients are nearly equal, and only independent choices average out.
  const NamedQuadratic isotropic = scalar_pair({2, 3, 1});
  all.push_back(at_state(isotropic, 1, Vector<Rational>(isotropic.x_star + Vector<Rational>::Constant(2, 10))));
  return all;
}

std::vector<RowCase<Method>> runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 2, 1}, {3, 2, 1}}))
    all.push_back(at_state(on, 1, random_vector(random, on.f.dimension())));
  return all;
}

std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const auto omega = at.method.compressor.omega<Rational>(at.f.dimension());
  return {Rational(full_gradient<Rational>(at.f, at.state.x).squaredNorm() +
                   omega / at.f.workers() * mean_square(worker_gradients(at.f, at.state.x))),
          Rational(0)};
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<std::string> hypotheses = {"every f_i is convex and L-smooth",
                                               "compressors unbiased and independent across workers"};
  const Mutant<Variation> shared{"all workers share their choices", {.shared_choices = true}};
  const Mutant<Variation> unscaled{"d/K forgotten", {.alter = [](const auto& at, const auto& s, auto& next) {
                                     const auto factor = ratio<Rational>(at.method.compressor.K, at.f.dimension());
                                     next.x = s.x + factor * (next.x - s.x);
                                   }}};
  const Mutant<Variation> no_noise{"D1 = 0", {.change = [](auto& at) { at.row.D1 = 0; }}};
  const Mutant<Variation> half_A{"A = 1/2 of the row's", {.change = [](auto& at) { at.row.A /= 2; }}};
  const Mutant<Variation> past{"stepsize 4 times the theorem's",
                               {.change = [](auto& at) { at.method.gamma *= 4; }}};
  return {
      {"error-feedback/qsgd/assumption",
       "parallel SGD with an unbiased compressor satisfies the key assumption",
       "A = L + 2 omega L/n, D1 = 2 omega zeta/n, zeta = (1/n) sum_i |grad f_i(x*)|^2",
       hypotheses,
       "derived; slides 55-57 name the method",
       {assumption_check<Method>(cases, {shared, unscaled, no_noise, half_A})}},
      {"error-feedback/qsgd/moments",
       "its second moment has a closed form",
       "E|g|^2 = |grad f(x)|^2 + (omega/n) (1/n) sum_i |grad f_i(x)|^2",
       {"E|Q(y)|^2 = (1 + omega)|y|^2, as for RandK"},
       "derived",
       {closed_form_check<Method>(cases, closed_forms, {shared, unscaled})}},
      {"error-feedback/qsgd/rate",
       "it converges linearly to a neighbourhood",
       "gamma = 1/((1 + 2 omega/n) L): E|x^k - x*|^2 <= (1 - gamma mu)^k |x^0 - x*|^2 + gamma D1/mu",
       hypotheses,
       "derived from the main theorem with M = 0",
       {rate_check<Method>(runs, {no_noise, past})}},
      {"error-feedback/qsgd/stepsize",
       "gamma <= 1/((1 + 2 omega/n) L) meets the theorem's conditions",
       "gamma mu <= 1 and gamma A <= 1",
       {"0 < mu <= L", "omega >= 0, n >= 1"},
       "derived",
       {proof_check()}},
  };
}

}  // namespace touchstone::inline v0::registry::qsgd
