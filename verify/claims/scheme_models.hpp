#pragma once
/// \file
/// The symbols of the kernel's rows of chapter 3 on the exact cases of scheme_case.hpp, the same for all methods: what a method
/// does not have is zero or has one outcome, and its row does not ask for it.

#include <functional>
#include <type_traits>
#include <utility>
#include <vector>

#include "touchstone/methods/memory.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/row_models.hpp"
#include "verify/claims/scheme_study.hpp"

namespace touchstone::inline v0 {

namespace models {

/// A case without its types.
struct SchemePoint {
  ModelPoint at;
  const SchemeTheorem& theorem;
  CompressedWorkers workers;       ///< h, Q, and the laws of ghat_i
  std::vector<VectorLaw> at_star;  ///< the same draws' ghat_i at x*
  Vectors subtracted;              ///< ghat_i - g_i of compensated methods
  Vectors errors;                  ///< e_i
  Compress compress;               ///< C
  Vectors references;              ///< w_i
  Rational p;
};

[[nodiscard]] proofs::kernel::Model scheme_model(const SchemePoint& of);

/// Q2 of the mean of the workers' messages, with or without the mean of the h_i.
struct ServerQuantizer {
  Rational omega;
  Compress compress;
  bool with_shift = false;
};
/// omega2, eta and M.
void add_server(proofs::kernel::Model& model, const SchemePoint& of, const ServerQuantizer& server);

[[nodiscard]] std::vector<KernelSides> kernel_sides(const SchemeTheorem& theorem, const SchemeSides& sides);

/// Draws nothing.
[[nodiscard]] inline VectorLaw unchanged(const Vector<Rational>& y) {
  return {{Rational(1)}, {y}};
}

/// The laws of the workers' ghat_i at x, with what the case's state remembers.
template <class Method>
[[nodiscard]] std::vector<VectorLaw> estimates_at(const SchemeCase<Method>& on, const Vector<Rational>& x) {
  using Gradient = std::remove_cvref_t<decltype(on.method.gradient)>;
  std::vector<VectorLaw> all;
  for (Index i = 0; i < on.f.workers(); ++i)
    all.push_back(law_of<Vector<Rational>>([&](auto& random) {
      if constexpr (Remembers<Gradient>)
        return on.method.gradient.gradient(on.f, i, x, static_cast<const MemoryOf<Gradient>&>(on.state), random);
      else
        return on.method.gradient.gradient(on.f, i, x, random);
    }));
  return all;
}

}  // namespace models

template <class Method>
[[nodiscard]] proofs::kernel::Model scheme_model_of(const SchemeCase<Method>& on) {
  using State = typename Method::State;
  const Method& method = on.method;
  const State& state = on.state;
  const models::Vectors none = zero_vectors<Rational>(on.f.workers(), on.f.dimension());
  const models::Vectors& h = [&]() -> const models::Vectors& {
    if constexpr (LearnsShifts<State>)
      return state.h;
    else
      return none;
  }();
  models::SchemePoint of{{on.f, state.x, on.x_star},
                         on.theorem,
                         {h, Rational(0), Rational(0), models::unchanged, models::estimates_at(on, state.x)},
                         models::estimates_at(on, on.x_star),
                         none,
                         none,
                         models::unchanged,
                         none,
                         Rational(0)};
  if constexpr (requires { method.shift.compressor; }) {
    of.workers.compress = models::compress_by(method.shift.compressor);
    of.workers.omega = method.shift.compressor.template omega<Rational>(on.f.dimension());
  }
  if constexpr (requires { method.shift.gradients_at_solution; })
    of.subtracted = method.shift.gradients_at_solution;
  if constexpr (LearnsShifts<State>) {
    of.workers.alpha = method.shift.alpha;
    of.subtracted = state.h;
    if constexpr (RemembersErrors<State>)
      for (Vector<Rational>& own : of.subtracted) own -= method.mean_shift(state);
  }
  if constexpr (RemembersErrors<State>) {
    of.errors = state.e;
    of.compress = models::compress_by(method.feedback.compressor);
  }
  if constexpr (RemembersReferences<State>) {
    of.references = state.w;
    of.p = method.gradient.p;
  }
  return models::scheme_model(of);
}

template <class Method>
[[nodiscard]] KernelCases kernel_cases(
    SchemeCases<Method> cases,
    std::function<proofs::kernel::Model(const SchemeCase<Method>&)> model = scheme_model_of<Method>) {
  return [cases, model](Seeded& random) {
    std::vector<KernelCase> all;
    for (const SchemeCase<Method>& at : cases(random))
      all.push_back({model(at), models::kernel_sides(at.theorem, sides_at(at, {}, at.state)), at.where});
    return all;
  };
}

}  // namespace touchstone::inline v0
