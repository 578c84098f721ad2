#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/certificate_check.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0 {

namespace {

using Exact = Diana<Rational, RandK>;
using Sampled = Diana<Rational, RandK, SampledComponent>;
using Shifts = std::vector<Vector<Rational>>;

Shifts gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Shifts all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(f.gradient(i, x));
  return all;
}

/// (1/n) sum_i (1/m_i) sum_j |grad f_ij(x) - grad f_i(x)|^2
Rational sampling_variance(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Rational sum(0);
  for (Index i = 0; i < f.workers(); ++i)
    for (Index j = 0; j < f.components(i); ++j)
      sum += (f.component_gradient(i, j, x) - f.gradient(i, x)).squaredNorm() / f.components(i);
  return sum / f.workers();
}

/// Which row of the assumption is claimed.
enum class Row { bounded_variance, sampling };

template <class Method>
RowCase<Method> at_state(const NamedQuadratic& on, Index K, Row row, const Vector<Rational>& x, const Shifts& h,
                         const std::string& state) {
  const Rational L = on.f.constants().largest_L_i();
  const Rational n(on.f.workers());
  const RandK compressor{K};
  const auto omega = compressor.omega<Rational>(on.f.dimension());
  const Rational alpha = diana_shift_stepsize(omega);
  const Method diana{compressor, diana_stepsize(L, omega, n), alpha};
  const Rational variance = std::is_same_v<Method, Sampled> ? sampling_variance(on.f, on.x_star) : Rational(0);
  const ParametricConstants<Rational> constants =
      row == Row::sampling ? diana_sampling_constants(L, on.f.constants().largest_L_ij(), omega, n, alpha, variance)
                           : diana_constants(L, omega, n, alpha, variance);
  return {on.f,
          on.x_star,
          diana,
          diana.initial(on.f, x, h),
          diana.initial(on.f, on.x_star, gradients(on.f, on.x_star)),
          constants,
          diana_lyapunov_weight(omega, n, alpha),
          fmt::format("{} K={}, {}", on.name, K, state)};
}

template <class Method>
void add_states(std::vector<RowCase<Method>>& all, Seeded& random, const NamedQuadratic& on, Index K, Row row) {
  const Index d = on.f.dimension();
  const Index n = on.f.workers();
  const Shifts star = gradients(on.f, on.x_star);
  for (int repeat = 0; repeat < 2; ++repeat)
    all.push_back(
        at_state<Method>(on, K, row, random_vector(random, d), random_vectors(random, n, d), "random state"));
  all.push_back(at_state<Method>(on, K, row, on.x_star, random_vectors(random, n, d), "x = x*"));
  all.push_back(at_state<Method>(on, K, row, random_vector(random, d), star, "h = h*"));
  all.push_back(at_state<Method>(on, K, row, on.x_star, star, "solution"));
}

/// h_i - grad f_i(x*) = -(grad f_i(x) - grad f_i(x*)) for Rand1 on the plane: the messages are as large as can be.
template <class Method>
RowCase<Method> shifts_opposite(const NamedQuadratic& on, Row row) {
  const Vector<Rational> x = on.x_star + Vector<Rational>::Ones(2);
  Shifts h = gradients(on.f, on.x_star);
  for (Index i = 0; i < on.f.workers(); ++i) {
    Vector<Rational>& h_i = h[static_cast<std::size_t>(i)];
    h_i = 2 * h_i - on.f.gradient(i, x);
  }
  return at_state<Method>(on, 1, row, x, h, "h - h* = h* - grad");
}

std::vector<RowCase<Exact>> exact_cases(Seeded& random) {
  std::vector<RowCase<Exact>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}, {2, 1, 1}, {2, 3, 1}, {3, 2, 1}}))
    for (Index K = 1; K <= on.f.dimension(); ++K) add_states(all, random, on, K, Row::bounded_variance);
  all.push_back(shifts_opposite<Exact>(scalar_pair({2, 1, 1}), Row::bounded_variance));  // (K2) is attained
  all.push_back(shifts_opposite<Exact>(scalar_pair({2, 3, 1}), Row::bounded_variance));
  return all;
}

/// f_ij = f_i + <e_ij, x> with noise e_ij = +-e_i: the variance does not depend on x.
NamedQuadratic with_additive_noise(Seeded& random, const NamedQuadratic& on) {
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  ProblemConstants<Rational> constants = on.f.constants();
  for (Index i = 0; i < on.f.workers(); ++i) {
    const QuadraticForm<Rational>& form = on.f.form(i);
    const Vector<Rational> e = random_vector(random, on.f.dimension());
    components.push_back({{form.A, Vector<Rational>(form.b - e)}, {form.A, Vector<Rational>(form.b + e)}});
    const Rational L_i = constants.L_i[static_cast<std::size_t>(i)];
    constants.L_ij[static_cast<std::size_t>(i)] = {L_i, L_i};
  }
  return {{components, constants}, on.x_star, on.name + " noisy"};
}

std::vector<RowCase<Sampled>> noisy_cases(Seeded& random) {
  std::vector<RowCase<Sampled>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}, {2, 2, 1}, {3, 1, 1}}))
    for (Index K = 1; K <= on.f.dimension(); ++K)
      add_states(all, random, with_additive_noise(random, on), K, Row::bounded_variance);
  all.push_back(
      shifts_opposite<Sampled>(with_additive_noise(random, scalar_pair({2, 3, 1})), Row::bounded_variance));
  return all;
}

std::vector<RowCase<Sampled>> sampled_cases(Seeded& random) {
  std::vector<RowCase<Sampled>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 2}, {2, 2, 2}, {2, 1, 3}, {3, 1, 2}}))
    for (Index K = 1; K <= on.f.dimension(); ++K) add_states(all, random, on, K, Row::sampling);
  all.push_back(shifts_opposite<Sampled>(scalar_pair({2, 3, 1}), Row::sampling));
  return all;
}

std::vector<RowCase<Exact>> runs(Seeded& random) {
  std::vector<RowCase<Exact>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 2, 1}, {3, 2, 1}}))
    all.push_back(at_state<Exact>(on, 1, Row::bounded_variance, random_vector(random, on.f.dimension()),
                                  random_vectors(random, 2, on.f.dimension()), "any shifts"));
  return all;
}

std::vector<RowCase<Sampled>> noisy_runs(Seeded& random) {
  std::vector<RowCase<Sampled>> all;
  for (const NamedQuadratic& on : random_instances(random, {{2, 2, 1}}))
    all.push_back(at_state<Sampled>(with_additive_noise(random, on), 1, Row::bounded_variance,
                                    random_vector(random, 2), random_vectors(random, 2, 2), "any shifts"));
  return all;
}

/// With u_i = grad f_i(x) - grad f_i(x*), w_i = h_i - grad f_i(x*), s = the variance of the gradients at x, U, W, X the
/// means of |u_i|^2, |w_i|^2, <u_i, w_i> and Y = U - 2X + W + s:
/// E|g|^2 = |grad f(x)|^2 + (omega Y + s)/n,   E sigma+^2 = W + 2 alpha (X - W) + alpha^2 (1 + omega) Y.
template <class Method>
std::pair<Rational, Rational> closed_forms(const RowCase<Method>& at) {
  const Index n = at.f.workers();
  const Shifts now = gradients(at.f, at.state.x);
  const Shifts star = gradients(at.f, at.x_star);
  Rational U(0);
  Rational W(0);
  Rational X(0);
  for (std::size_t i = 0; i < now.size(); ++i) {
    const Vector<Rational> u = now[i] - star[i];
    const Vector<Rational> w = at.state.h[i] - star[i];
    U += u.squaredNorm() / n;
    W += w.squaredNorm() / n;
    X += u.dot(w) / n;
  }
  const Rational s = std::is_same_v<Method, Sampled> ? sampling_variance(at.f, at.state.x) : Rational(0);
  const Rational Y = U - 2 * X + W + s;
  const auto omega = at.method.compressor.template omega<Rational>(at.f.dimension());
  const Rational& alpha = at.method.alpha;
  return {Rational(full_gradient<Rational>(at.f, at.state.x).squaredNorm() + (omega * Y + s) / n),
          Rational(W + 2 * alpha * (X - W) + alpha * alpha * (1 + omega) * Y)};
}

/// The message is scaled by `factor`: the d/K forgotten. h+ - h = alpha m, and g = mean h + mean m.
template <class Method>
Mutant<RowVariation<Method>> without_scale() {
  return {"d/K forgotten", {.alter = [](const RowCase<Method>& at, const auto& s, auto& next) {
            const Rational factor = ratio<Rational>(at.method.compressor.K, at.f.dimension());
            Vector<Rational> mean_h = Vector<Rational>::Zero(at.f.dimension());
            for (std::size_t i = 0; i < s.h.size(); ++i) {
              mean_h += s.h[i] / Rational(at.f.workers());
              next.h[i] = s.h[i] + factor * (next.h[i] - s.h[i]);
            }
            const Vector<Rational> g = (s.x - next.x) / at.method.gamma;
            next.x = s.x - at.method.gamma * (mean_h + factor * (g - mean_h));
          }}};
}

template <class Method>
Mutant<RowVariation<Method>> new_shifts() {
  return {"the estimator uses the new shifts", {.alter = [](const RowCase<Method>& at, const auto& s, auto& next) {
            for (std::size_t i = 0; i < s.h.size(); ++i)
              next.x -= at.method.gamma / Rational(at.f.workers()) * (next.h[i] - s.h[i]);
          }}};
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> update_mutants() {
  return {without_scale<Method>(),
          new_shifts<Method>(),
          {"all workers share their choices", {.shared_choices = true}},
          {"alpha = 1 in the shifts", {.change = [](auto& at) { at.method.alpha = 1; }}}};
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> row_mutants() {
  auto mutants = update_mutants<Method>();
  mutants.push_back({"A = 9/10 of the row's", {.change = [](auto& at) { at.row.A *= ratio<Rational>(9, 10); }}});
  mutants.push_back({"B = 0", {.change = [](auto& at) { at.row.B = 0; }}});
  mutants.push_back({"C = 1/2 of the row's", {.change = [](auto& at) { at.row.C /= 2; }}});
  mutants.push_back({"rho = 11/10 alpha", {.change = [](auto& at) { at.row.rho *= ratio<Rational>(11, 10); }}});
  return mutants;
}

template <class Method>
std::vector<Mutant<RowVariation<Method>>> rate_mutants() {
  return {{"rate 1 - 3 gamma mu", {.change = [](auto& at) { at.row.rho = 1 + at.row.B / at.M; }, .mu_factor = 3}},
          {"shifts never learn", {.alter = [](const auto&, const auto& s, auto& next) { next.h = s.h; }}}};
}

}  // namespace

std::vector<Claim> diana_claims() {
  const std::vector<std::string> hypotheses = {"every f_i is convex and L-smooth", "0 < alpha <= 1/(1 + omega)",
                                               "compressors unbiased and independent across workers"};
  const std::vector<std::string> parameters = {"0 < mu <= L", "omega >= 0, n >= 1", "0 < alpha <= 1/(1 + omega)"};
  const std::string source = "Table 2.1, Algorithm 11; constants of arXiv:1905.11261";
  auto sampled_mutants = update_mutants<Sampled>();
  sampled_mutants.push_back({"D2 = 0", {.change = [](auto& at) { at.row.D2 = 0; }}});
  sampled_mutants.push_back({"D1 = 0", {.change = [](auto& at) { at.row.D1 = 0; }}});
  return {
      with_kernel({"unified-sgd/diana/assumption",
                   "DIANA with full gradients satisfies the key assumption with its row of Table 2.1",
                   "A = (1 + 2 omega/n) L, B = 2 omega/n, rho = alpha, C = alpha L, D1 = D2 = 0",
                   hypotheses,
                   source,
                   {assumption_check<Exact>(exact_cases, row_mutants<Exact>())}},
                  kernel_cases<Exact>(exact_cases)),
      with_kernel({"unified-sgd/diana/assumption-noisy",
                   "DIANA with gradients of bounded variance satisfies the key assumption",
                   "the same, with D1 = (1 + omega) variance/n and D2 = alpha variance",
                   hypotheses,
                   source,
                   {assumption_check<Sampled>(noisy_cases, sampled_mutants)}},
                  kernel_cases<Sampled>(noisy_cases)),
      with_kernel({"unified-sgd/diana/assumption-sampled",
                   "DIANA with sampled components satisfies the key assumption",
                   "A = L + (2 omega L + 2 (1 + omega) Ls)/n, C = alpha L + 2 alpha^2 (1 + omega) Ls, "
                   "D1 = 2 (1 + omega) s/n, D2 = 2 alpha^2 (1 + omega) s with s the sampling variance at x*",
                   {"every f_ij is convex and Ls-smooth", "0 < alpha <= 1/(1 + omega)"},
                   "derived (row of DIANAsr, chapter 3)",
                   {assumption_check<Sampled>(sampled_cases, sampled_mutants)}},
                  kernel_cases<Sampled>(sampled_cases)),
      {"unified-sgd/diana/moments",
       "DIANA's second moments have a closed form",
       "E|g|^2 = |grad f|^2 + (omega Y + s)/n,  E sigma+^2 = W + 2 alpha (X - W) + alpha^2 (1 + omega) Y",
       {"E|Q(y)|^2 = (1 + omega)|y|^2, as for RandK"},
       "derived",
       {closed_form_check<Exact>(exact_cases, closed_forms<Exact>, update_mutants<Exact>()),
        closed_form_check<Sampled>(sampled_cases, closed_forms<Sampled>, update_mutants<Sampled>())}},
      {"unified-sgd/diana/rate",
       "DIANA converges linearly, to a neighbourhood where gradients are noisy",
       "M = 4 omega/(n alpha), gamma = 1/((1 + 6 omega/n) L): E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0 + "
       "noise/min{gamma mu, alpha/2}",
       hypotheses,
       "Table 2.1, Corollary 2.6.28",
       {rate_check<Exact>(runs, rate_mutants<Exact>()),
        rate_check<Sampled>(noisy_runs, {{"no noise", {.change = [](auto& at) { at.row.D1 = at.row.D2 = 0; }}}}),
        certificate_check()}},
      {"unified-sgd/diana/stepsize",
       "gamma <= 1/((1 + 6 omega/n) L) and M = 4 omega/(n alpha) meet the theorem's conditions",
       "gamma mu <= 1, gamma (A + CM) <= 1, M rho > B, rho - B/M = alpha/2",
       parameters,
       "Table 2.1, Corollary 2.6.28",
       {proof_check()}},
  };
}

}  // namespace touchstone::inline v0
