#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/dianasr_dq.hpp"
#include "touchstone/methods/error_feedback/dqgd.hpp"
#include "touchstone/methods/error_feedback/terngrad.hpp"
#include "touchstone/theory/error_feedback/d_qsgd.hpp"
#include "touchstone/theory/error_feedback/dianasr_dq.hpp"
#include "touchstone/theory/error_feedback/dqgd.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0::registry::double_quantization {

namespace {

using namespace models;  // NOLINT(google-build-using-namespace)
using proofs::kernel::Model;

using Twice = Dqgd<Rational, RandK, RandK>;
template <ServerQuantizes what>
using Sampled = DianaSrDq<Rational, RandK, RandK, what, SampledByWorkers<SingleElement<Rational>>>;
using Ternary = TernGradSgd<Rational>;

/// One message of Rand1 from every worker, and one back.
std::vector<NamedQuadratic> instances(Seeded& random) {
  return with_tight(random_instances(random, {{1, 1, 2}, {2, 1, 2}, {2, 2, 2}}));
}

Rational omega_on(const NamedQuadratic& on) {
  return RandK{1}.omega<Rational>(on.f.dimension());
}

std::vector<MethodOn<Twice>> twice(Seeded& random) {
  std::vector<MethodOn<Twice>> all;
  for (const NamedQuadratic& on : instances(random)) {
    const Rational L = on.f.constants().largest_L_i();
    all.push_back({on, Twice{{1}, 0, {1}},
                   delayed_theorem(on, 0, L,
                                   dqgd_constants<Rational>(L, omega_on(on), omega_on(on), on.f.workers(),
                                                            gradient_noise(on)))});
  }
  return all;
}

template <ServerQuantizes what>
std::vector<MethodOn<Sampled<what>>> sampled(Seeded& random) {
  constexpr auto row = what == ServerQuantizes::estimate ? dianasr_dq_constants<Rational>
                                                         : dianasr_dq_difference_constants<Rational>;
  std::vector<MethodOn<Sampled<what>>> all;
  for (const NamedQuadratic& on : instances(random)) {
    const Rational L = on.f.constants().largest_L_i();
    const Rational alpha = diana_shift_stepsize(omega_on(on));
    const Sampled<what> method{{1}, {1}, 0, alpha, random_samplings(random, on.f)};
    all.push_back({on, method,
                   delayed_theorem(on, 0, L,
                                   row(L, expected_smoothness(method.gradient, on.f), omega_on(on), omega_on(on),
                                       on.f.workers(), alpha, variance_at_solution(method.gradient, on)))});
  }
  return all;
}

/// The symbols of the kernel's rows where a server quantizes too.
Model model_with_server(const SchemePoint& of, const ServerQuantizer& server) {
  Model model = scheme_model(of);
  add_server(model, of, server);
  return model;
}

Model model_of_twice(const SchemeCase<Twice>& on) {
  const Vectors none = zero_vectors<Rational>(on.f.workers(), on.f.dimension());
  const auto exact = [&](const Vector<Rational>& x) {
    std::vector<VectorLaw> all;
    for (const Vector<Rational>& gradient : worker_gradients(on.f, x)) all.push_back(unchanged(gradient));
    return all;
  };
  const auto omega = on.method.compressor.omega<Rational>(on.f.dimension());
  const Compress compress = compress_by(on.method.compressor);
  return model_with_server({{on.f, on.state.x, on.x_star},
                            on.theorem,
                            {none, omega, Rational(0), compress, exact(on.state.x)},
                            exact(on.x_star),
                            none,
                            none,
                            unchanged,
                            none,
                            Rational(0)},
                           {omega, compress_by(on.method.server_compressor)});
}

template <ServerQuantizes what>
Model model_of_sampled(const SchemeCase<Sampled<what>>& on) {
  const Vectors none = zero_vectors<Rational>(on.f.workers(), on.f.dimension());
  const auto omega = on.method.compressor.template omega<Rational>(on.f.dimension());
  const Compress compress = compress_by(on.method.compressor);
  return model_with_server({{on.f, on.state.x, on.x_star},
                            on.theorem,
                            {on.state.h, omega, on.method.alpha, compress, estimates_at(on, on.state.x)},
                            estimates_at(on, on.x_star),
                            none,
                            none,
                            unchanged,
                            none,
                            Rational(0)},
                           {omega, compress_by(on.method.server_compressor), what == ServerQuantizes::estimate});
}

/// d = 1 and d = 4: there omega = (sqrt(d) - 1)/2 is rational. Full gradients.
std::vector<MethodOn<Ternary>> ternary(Seeded& random) {
  std::vector<MethodOn<Ternary>> all;
  for (const NamedQuadratic& on : random_instances(random, {{1, 2, 1}, {4, 1, 1}, {4, 2, 1}})) {
    const Rational L = on.f.constants().largest_L_i();
    const Rational omega = tern_grad_omega<Rational>(on.f.dimension() == 1 ? 1 : 2);
    all.push_back(
        {on, Ternary{},
         delayed_theorem(on, 0, L, d_qsgd_constants<Rational>(L, omega, on.f.workers(), gradient_noise(on)))});
  }
  return all;
}

MethodNames named(const std::string& subject, const std::string& title) {
  return {subject, title, "slides 55-57 (" + title + ")"};
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  add_error_free<Twice>(all, named("dqgd", "DQGD"), {"A'", "D1'"}, twice, model_of_twice);
  const std::vector<std::string> constants{"A'", "B1'", "D1'", "rho1", "C1", "D2"};
  add_error_free<Sampled<ServerQuantizes::estimate>>(
      all, named("dianasr-dq-estimate", "DIANAsr-DQ, the server quantizing the estimate"), constants,
      sampled<ServerQuantizes::estimate>, model_of_sampled<ServerQuantizes::estimate>);
  add_error_free<Sampled<ServerQuantizes::difference>>(
      all, named("dianasr-dq-difference", "DIANAsr-DQ, the server quantizing the difference"), constants,
      sampled<ServerQuantizes::difference>, model_of_sampled<ServerQuantizes::difference>);
  const MethodNames names = named("terngrad", "TernGrad");
  const MethodsOn<Ternary> methods = ternary;
  all.push_back(
      with_kernel(assumption_claim(names, {scheme_check<Ternary>(scheme_lines_check, states_of<Ternary>(methods),
                                                                 with_wrong_constants<Ternary>({"A'", "D1'"}))}),
                  kernel_cases<Ternary>(states_of<Ternary>(methods))));
  all.push_back(lyapunov_claim(
      names, {scheme_check<Ternary>(scheme_one_step_check, states_of<Ternary>(methods), summed<Ternary>())}));
  all.push_back(rate_claim(
      names, {scheme_check<Ternary>(scheme_path_check, runs_of<Ternary>(methods), uphill<Ternary>(), 6)}));
  return all;
}

}  // namespace touchstone::inline v0::registry::double_quantization
