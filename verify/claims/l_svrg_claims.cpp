#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "verify/claims/certificate_check.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0 {

namespace {

using Method = LSvrg<Rational>;
using Variation = RowVariation<Method>;

RowCase<Method> at_state(const NamedQuadratic& on, const Rational& p, const Vector<Rational>& x,
                         const Vector<Rational>& w, const std::string& state) {
  const Rational L = on.f.constants().largest_L_ij();
  const Method l_svrg{l_svrg_stepsize(L), p};
  return {on.f,
          on.x_star,
          l_svrg,
          l_svrg.initial(on.f, x, w),
          l_svrg.initial(on.f, on.x_star),
          l_svrg_constants(L, p),
          l_svrg_lyapunov_weight(p),
          fmt::format("{} p={}, {}", on.name, p.str(), state)};
}

std::vector<RowCase<Method>> cases(Seeded& random) {
  std::vector<NamedQuadratic> instances = random_instances(random, {{1, 1, 1}, {1, 1, 3}, {2, 1, 2}, {3, 1, 3}});
  instances.push_back(scalar_pair({1, 1, 2}));
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : instances)
    for (const Rational& p : {Rational(1, 7), Rational(1, 2), Rational(1)}) {
      const Index d = on.f.dimension();
      for (int repeat = 0; repeat < 2; ++repeat)
        all.push_back(at_state(on, p, random_vector(random, d), random_vector(random, d), "random state"));
      all.push_back(at_state(on, p, on.x_star, random_vector(random, d), "x = x*"));
      all.push_back(at_state(on, p, random_vector(random, d), on.x_star, "w = x*"));
      all.push_back(at_state(on, p, on.x_star, on.x_star, "solution"));
    }
  // (K2) is attained up to 3/(4m) where the components are orthogonal and w lies opposite x.
  const Vector<Rational> ones = Vector<Rational>::Ones(16);
  all.push_back(at_state(orthogonal_components(16), Rational(1, 2), ones, Vector<Rational>(-ones), "w = -x"));
  return all;
}

std::vector<RowCase<Method>> runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 1, 2}, {3, 1, 3}})) {
    const Index d = on.f.dimension();
    all.push_back(at_state(on, ratio<Rational>(1, on.f.components(0)), random_vector(random, d),
                           random_vector(random, d), "any w"));
  }
  return all;
}

/// As SAGA's, with b_j = grad f_j(w) - grad f_j(x*); E sigma+^2 = (1 - p) W + p U.
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Index m = at.f.components(0);
  Rational U(0);
  Rational W(0);
  Rational X(0);
  Vector<Rational> a_mean = Vector<Rational>::Zero(at.f.dimension());
  Vector<Rational> b_mean = a_mean;
  for (Index j = 0; j < m; ++j) {
    const Vector<Rational> star = at.f.component_gradient(0, j, at.x_star);
    const Vector<Rational> a = at.f.component_gradient(0, j, at.state.x) - star;
    const Vector<Rational> b = at.f.component_gradient(0, j, at.state.w) - star;
    U += a.squaredNorm() / m;
    W += b.squaredNorm() / m;
    X += a.dot(b) / m;
    a_mean += a / Rational(m);
    b_mean += b / Rational(m);
  }
  const Rational& p = at.method.p;
  return {Rational(U + W - 2 * X - b_mean.squaredNorm() + 2 * a_mean.dot(b_mean)), Rational((1 - p) * W + p * U)};
}

}  // namespace

std::vector<Claim> l_svrg_claims() {
  const std::vector<std::string> hypotheses = {"every f_j is convex and L-smooth", "0 < p <= 1"};
  const Mutant<Variation> small_A{"A = 9L/5", {.change = [](auto& at) { at.row.A *= ratio<Rational>(9, 10); }}};
  const Mutant<Variation> small_B{"B = 9/5", {.change = [](auto& at) { at.row.B *= ratio<Rational>(9, 10); }}};
  const Mutant<Variation> small_C{"C = 9pL/10", {.change = [](auto& at) { at.row.C *= ratio<Rational>(9, 10); }}};
  const Mutant<Variation> frozen{"w never refreshed", {.alter = [](const auto&, const auto& s, auto& next) {
                                   next.w = s.w;
                                   next.reference_gradient = s.reference_gradient;
                                 }}};
  const Mutant<Variation> new_point{"w takes the new x", {.alter = [](const auto& at, const auto& s, auto& next) {
                                      if (next.w == s.w) return;
                                      next.w = next.x;
                                      next.reference_gradient = at.f.gradient(0, next.w);
                                    }}};
  const Mutant<Variation> inverted{"coin inverted", {.change = [](auto& at) { at.method.p = 1 - at.method.p; }}};
  const Mutant<Variation> faster{"rate 1 - 3 gamma mu",
                                 {.change = [](auto& at) { at.row.rho = 1 + at.row.B / at.M; }, .mu_factor = 3}};
  return {
      with_kernel({"unified-sgd/l-svrg/assumption",
                   "L-SVRG satisfies the key assumption with its row of Table 2.1",
                   "A = 2L, B = 2, rho = p, C = pL, D1 = D2 = 0",
                   hypotheses,
                   "Table 2.1, Algorithm 10; constants of arXiv:1905.11261",
                   {assumption_check<Method>(cases, {small_A, small_B, small_C, frozen, new_point, inverted})}},
                  kernel_cases<Method>(cases)),
      {"unified-sgd/l-svrg/moments",
       "L-SVRG's second moments have a closed form",
       "E|g|^2 = U + W - 2X - |b|^2 + 2<a, b>,  E sigma+^2 = (1 - p) W + p U",
       hypotheses,
       "derived",
       {closed_form_check<Method>(cases, closed_forms, {frozen, new_point, inverted})}},
      {"unified-sgd/l-svrg/rate",
       "L-SVRG converges linearly",
       "M = 4/p, gamma = 1/(6L): E V^k <= max{1 - gamma mu, 1 - p/2}^k V^0",
       {"every f_j is convex and L-smooth", "f is mu-quasi-strongly convex", "p = 1/m"},
       "Table 2.1, Corollary 2.6.25",
       {rate_check<Method>(runs, {faster, frozen}), certificate_check()}},
      {"unified-sgd/l-svrg/stepsize",
       "gamma <= 1/(6L) and M = 4/p meet the theorem's conditions",
       "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = p/2",
       {"0 < mu <= L", "0 < p <= 1"},
       "Table 2.1, Corollary 2.6.25",
       {proof_check()}},
  };
}

}  // namespace touchstone::inline v0
