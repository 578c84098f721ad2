#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_sgdsr_diana.hpp"
#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "verify/claims/registry.hpp"
#include "verify/claims/scheme_methods.hpp"

namespace touchstone::inline v0::registry::ec_diana {

namespace {

using Noisy = EcSgdDiana<Rational, Contracting, RandK>;
using Sampled = EcSgdSrDiana<Rational, Contracting, RandK, SingleElement<Rational>>;
using Full = EcGdDiana<Rational, Contracting, RandK>;

/// Q = Rand1; option II where there is one worker, option I otherwise.
LearnedShift<Rational, RandK> learned_shift(const NamedQuadratic& on, const Contracting& C) {
  const Index d = on.f.dimension();
  const auto omega = RandK{1}.omega<Rational>(d);
  const Rational careful = ec_diana_careful_shift_stepsize<Rational>(omega, C.delta<Rational>(d));
  return {{1}, on.f.workers() == 1 ? careful : diana_shift_stepsize(omega)};
}

MethodOn<Noisy> noisy_on(const NamedQuadratic& on, const Contracting& C, Seeded& random) {
  Noisy method{{C}, 0, learned_shift(on, C), {}};
  for (Index i = 0; i < on.f.workers(); ++i) method.gradient.laws.push_back(random_noise(random, on.f.dimension()));
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C, L,
                              ec_sgd_diana_constants<Rational>(L, RandK{1}.omega<Rational>(on.f.dimension()),
                                                               on.f.workers(), method.shift.alpha, variance))};
}

MethodOn<Sampled> sampled_on(const NamedQuadratic& on, const Contracting& C, Seeded& random) {
  const Sampled method{{C}, 0, learned_shift(on, C), random_samplings(random, on.f)};
  const Rational L = on.f.constants().largest_L_i();
  const Rational variance = variance_at_solution(method.gradient, on);
  return {on, method,
          compensated_theorem(on, C, L,
                              ec_sgdsr_diana_constants<Rational>(L, expected_smoothness(method.gradient, on.f),
                                                                 RandK{1}.omega<Rational>(on.f.dimension()),
                                                                 on.f.workers(), method.shift.alpha, variance))};
}

MethodOn<Full> full_on(const NamedQuadratic& on, const Contracting& C, Seeded& /*random*/) {
  const Full method{{C}, 0, learned_shift(on, C)};
  const Rational L = on.f.constants().largest_L_i();
  return {on, method,
          compensated_theorem(
              on, C, L,
              ec_gd_diana_constants<Rational>(L, RandK{1}.omega<Rational>(on.f.dimension()), method.shift.alpha))};
}

/// The mean of the shifts is taken after they have changed.
struct StaleMean : LearnedShift<Rational, RandK> {
  template <class R>
  Vector<Rational> estimate(Memory& memory, Index i, const Vector<Rational>& gradient,
                            const Vector<Rational>& /*mean*/, R& random) const {
    const Vector<Rational> none = Vector<Rational>::Zero(gradient.size());
    const Vector<Rational> difference = LearnedShift::estimate(memory, i, gradient, none, random);
    return difference + mean(memory, none.size());
  }
};

/// The shift is compressed, not the difference.
struct CompressedShift : LearnedShift<Rational, RandK> {
  template <class R>
  Vector<Rational> estimate(Memory& memory, Index i, const Vector<Rational>& gradient, const Vector<Rational>& mean,
                            R& random) const {
    Vector<Rational>& h_i = memory.h[static_cast<std::size_t>(i)];
    const Vector<Rational> sent = compressor.compress(h_i, random);
    const Vector<Rational> g_i = gradient - h_i + mean;
    h_i += alpha * (gradient - sent);
    return g_i;
  }
};

template <class Wrong>
Mutant<SchemeInstances> wrong_shift(const std::string& name, const SchemeCases<Full>& cases) {
  using Method = ErrorFeedback<Rational, ErrorCompensation<Rational, Contracting>, Wrong>;
  return wrong_step<Method, Full>(name, cases, [](const Full& method) {
    return Method{method.feedback, method.gamma, Wrong{method.shift}, {}};
  });
}

/// g_i of worker i from a state: there is nothing random about it.
Vector<Rational> estimate_at(const SchemeCase<Full>& at, const Full::State& s, std::size_t i) {
  return at.f.gradient(static_cast<Index>(i), s.x) - s.h[i] + at.method.mean_shift(s);
}

VariationList<Full> wrong_memories() {
  return {{"the memory takes g without gamma",
           {.alter =
                [](const auto& at, const auto& s, auto& next) {
                  for (std::size_t i = 0; i < next.e.size(); ++i)
                    next.e[i] += (1 - at.method.gamma) * estimate_at(at, s, i);
                }}},
          {"the memory is that from before the step",
           {.alter =
                [](const auto& at, const auto& s, auto& next) {
                  for (std::size_t i = 0; i < next.e.size(); ++i)
                    next.e[i] -= at.method.gamma * estimate_at(at, s, i);
                }}},
          {"alpha = 1, rho1 = 1", {.change = [](auto& at) {
             at.method.shift.alpha = 1;
             at.theorem.row.shift->rho = 1;
             at.theorem.row.shift->C = at.theorem.L;
           }}}};
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  add_compensated<Noisy>(all, {"ec-sgd-diana", "EC-SGD-DIANA", "slide 50, row 4 (EC-SGD-DIANA, Algorithm 22)"},
                         {"A", "B1", "D1~", "A'", "D1'", "rho1", "C1", "D2"}, noisy_on, {{1, 1, 1}, {2, 2, 1}});
  add_compensated<Sampled>(
      all, {"ec-sgdsr-diana", "EC-SGDsr-DIANA", "slide 50, row 5 (EC-SGDsr-DIANA, Algorithm 23)"},
      {"A", "B1", "A~", "D1~", "A'", "D1'", "rho1", "C1", "D2"}, sampled_on, {{1, 1, 2}, {2, 2, 2}});
  const std::vector<QuadraticShape> shapes{{1, 1, 1}, {2, 2, 1}};
  const SchemeCases<Full> rows = row_cases<Full>(full_on, shapes);
  SchemeMutants wrong = scheme_mutants<Full>(rows, wrong_memories());
  wrong.push_back(wrong_shift<StaleMean>("the mean shift is stale by one", rows));
  wrong.push_back(wrong_shift<CompressedShift>("the shift is compressed, not the difference", rows));
  add_compensated<Full>(all, {"ec-gd-diana", "EC-GD-DIANA", "slide 50, row 6 (EC-GD-DIANA)"},
                        {"A", "B1", "A'", "rho1", "C1"}, full_on, shapes, wrong);
  return all;
}

}  // namespace touchstone::inline v0::registry::ec_diana
