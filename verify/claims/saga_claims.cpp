#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "verify/claims/certificate_check.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0 {

namespace {

using Method = Saga<Rational>;
using Variation = RowVariation<Method>;
using Table = std::vector<Vector<Rational>>;

Table gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Table table;
  for (Index j = 0; j < f.components(0); ++j) table.push_back(f.component_gradient(0, j, x));
  return table;
}

RowCase<Method> at_state(const NamedQuadratic& on, const Vector<Rational>& x, const Table& table,
                         const std::string& state) {
  const Rational L = on.f.constants().largest_L_ij();
  const Rational m(on.f.components(0));
  const Method saga{saga_stepsize(L)};
  return {on.f,
          on.x_star,
          saga,
          saga.initial(on.f, x, table),
          saga.initial(on.f, on.x_star),
          saga_constants(L, m),
          saga_lyapunov_weight(m),
          on.name + ", " + state};
}

std::vector<RowCase<Method>> cases(Seeded& random) {
  std::vector<NamedQuadratic> instances = random_instances(random, {{1, 1, 1}, {1, 1, 3}, {2, 1, 2}, {3, 1, 3}});
  instances.push_back(scalar_pair({1, 1, 2}));
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : instances) {
    const Index d = on.f.dimension();
    const Index m = on.f.components(0);
    for (int repeat = 0; repeat < 4; ++repeat)
      all.push_back(at_state(on, random_vector(random, d), random_vectors(random, m, d), "random state"));
    all.push_back(at_state(on, on.x_star, random_vectors(random, m, d), "x = x*"));
    all.push_back(at_state(on, random_vector(random, d), gradients(on.f, on.x_star), "table at x*"));
    all.push_back(at_state(on, on.x_star, gradients(on.f, on.x_star), "solution"));
  }
  return all;
}

std::vector<RowCase<Method>> runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 1, 2}, {2, 1, 3}}))
    all.push_back(
        at_state(on, random_vector(random, 2), random_vectors(random, on.f.components(0), 2), "any table"));
  return all;
}

/// With a_j = grad f_j(x) - grad f_j(x*), b_j = T_j - grad f_j(x*): E|g|^2 = U + W - 2X - |b|^2 + 2<a, b> and
/// E sigma+^2 = (1 - 1/m) W + U/m, where U, W, X are the means of |a_j|^2, |b_j|^2, <a_j, b_j>.
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Rational m(at.f.components(0));
  const Table now = gradients(at.f, at.state.x);
  const Table star = gradients(at.f, at.x_star);
  Rational U(0);
  Rational W(0);
  Rational X(0);
  Vector<Rational> a_mean = Vector<Rational>::Zero(at.f.dimension());
  Vector<Rational> b_mean = a_mean;
  for (std::size_t j = 0; j < now.size(); ++j) {
    const Vector<Rational> a = now[j] - star[j];
    const Vector<Rational> b = at.state.table[j] - star[j];
    U += a.squaredNorm() / m;
    W += b.squaredNorm() / m;
    X += a.dot(b) / m;
    a_mean += a / m;
    b_mean += b / m;
  }
  return {Rational(U + W - 2 * X - b_mean.squaredNorm() + 2 * a_mean.dot(b_mean)),
          Rational((1 - 1 / m) * W + U / m)};
}

/// ERR-U3: f_1 = f_2 = x^2/2, x = 0, table (0, 0) or (1, -1) with probability 1/2 each: E[g^2 | x] = 1/2, but on the
/// event (0, 0) the right side is 0. `whole_state`: condition on the table too.
Finding conditioned_on_x(const CheckContext& /*context*/, const bool& whole_state) {
  const QuadraticForm<Rational> form{Matrix<Rational>::Identity(1, 1), Vector<Rational>::Zero(1)};
  const Quadratic<Rational> f(std::vector<std::vector<QuadraticForm<Rational>>>{{form, form}},
                              {Rational(1), Rational(1), {Rational(1)}, {{Rational(1), Rational(1)}}});
  const NamedQuadratic on{f, Vector<Rational>::Zero(1), "d=1 m=2"};
  const auto with_table = [&](const Rational& t) {
    return at_state(on, Vector<Rational>::Zero(1),
                    {Vector<Rational>::Constant(1, t), Vector<Rational>::Constant(1, Rational(-t))}, "x = 0");
  };
  const AssumptionSides<Rational> zero = sides_at(with_table(Rational(0)), {});
  const AssumptionSides<Rational> one = sides_at(with_table(Rational(1)), {});
  const Rational given_x = (zero.second_moment + one.second_moment) / 2;
  const Rational left = whole_state ? zero.second_moment : given_x;
  Inspection inspection;
  inspection.holds(left > zero.second_moment_bound,
                   [] { return std::string("the witness violates the statement"); });
  return inspection.finding(
      fmt::format("f_1 = f_2 = x^2/2, x = 0, table (0,0) or (1,-1): E[g^2 | x] = {} > {} = right "
                  "side on (0,0)",
                  left.str(), zero.second_moment_bound.str()));
}

const std::vector<std::string> hypotheses = {"every f_j is convex and L-smooth", "any table"};

}  // namespace

std::vector<Claim> saga_claims() {
  const Mutant<Variation> small_A{"A = L/2", {.change = [](auto& at) { at.row.A /= 4; }}};
  const Mutant<Variation> small_B{"B = 1/2", {.change = [](auto& at) { at.row.B /= 4; }}};
  const Mutant<Variation> small_C{"C = 9L/(10m)", {.change = [](auto& at) { at.row.C *= ratio<Rational>(9, 10); }}};
  const Mutant<Variation> large_rho{"rho = 11/(10m)",
                                    {.change = [](auto& at) { at.row.rho *= ratio<Rational>(11, 10); }}};
  const Mutant<Variation> frozen{"table never written", {.alter = [](const auto&, const auto& s, auto& next) {
                                   next.table = s.table;
                                   next.table_mean = s.table_mean;
                                 }}};
  const Mutant<Variation> late_mean{"mean taken after the overwrite",
                                    {.alter = [](const auto& at, const auto& s, auto& next) {
                                      next.x -= at.method.gamma * (next.table_mean - s.table_mean);
                                    }}};
  const Mutant<Variation> new_point{"table stores the gradient at the new x",
                                    {.alter = [](const auto& at, const auto& s, auto& next) {
                                      for (std::size_t j = 0; j < s.table.size(); ++j)
                                        if (next.table[j] != s.table[j])
                                          next.table[j] = at.f.component_gradient(0, static_cast<Index>(j), next.x);
                                    }}};
  const Mutant<Variation> faster{"rate 1 - 3 gamma mu",
                                 {.change = [](auto& at) { at.row.rho = 1 + at.row.B / at.M; }, .mu_factor = 3}};
  return {
      with_kernel({"unified-sgd/saga/assumption",
                   "SAGA satisfies the key assumption with its row of Table 2.1",
                   "A = 2L, B = 2, rho = 1/m, C = L/m, D1 = D2 = 0",
                   hypotheses,
                   "Table 2.1, Algorithm 5; constants of arXiv:1905.11261",
                   {assumption_check<Method>(cases, {small_A, small_B, small_C, large_rho, late_mean, frozen})}},
                  kernel_cases<Method>(cases)),
      {"unified-sgd/saga/moments",
       "SAGA's second moments have a closed form",
       "E|g|^2 = U + W - 2X - |b|^2 + 2<a, b>,  E sigma+^2 = (1 - 1/m) W + U/m",
       hypotheses,
       "derived",
       {closed_form_check<Method>(cases, closed_forms, {late_mean, frozen, new_point})}},
      {"unified-sgd/saga/rate",
       "SAGA converges linearly",
       "M = 4m, gamma = 1/(6L): E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0",
       {"every f_j is convex and L-smooth", "f is mu-quasi-strongly convex"},
       "Table 2.1, Corollary 2.6.15",
       {rate_check<Method>(runs, {faster, frozen}), certificate_check()}},
      {"unified-sgd/saga/stepsize",
       "gamma <= 1/(6L) and M = 4m meet the theorem's conditions",
       "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = 1/(2m)",
       {"0 < mu <= L", "m >= 1"},
       "Table 2.1, Corollary 2.6.15",
       {proof_check()}},
      {"unified-sgd/saga/conditioned-on-x",
       "the key assumption, conditioned on x^k alone",
       "E[|g^k|^2 | x^k] <= 2A (f(x^k) - f(x*)) + B sigma_k^2",
       hypotheses,
       "slides \"Key Parametric Assumption\"; sigma_k^2 is not a function of x^k",
       {make_check<bool>(Layer::exact, Level::refuted, conditioned_on_x, false,
                         {{"conditioned on the whole state", true}})},
       "unified-sgd/saga/assumption"},
  };
}

}  // namespace touchstone::inline v0
