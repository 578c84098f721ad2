#pragma once
/// \file
/// The cases of a method as those of another one that it reduces to: the same problems, from the same starts.

#include "touchstone/methods/unified_sgd/gd.hpp"
#include "verify/claims/row_case.hpp"

namespace touchstone::inline v0 {

/// method_of(case) is the method, state_of(method, f, state) its state where the other one has `state`.
template <class From, class MethodOf, class StateOf>
[[nodiscard]] auto with_method(RowCases<From> cases, MethodOf method_of, StateOf state_of) {
  using To = std::decay_t<decltype(method_of(std::declval<const RowCase<From>&>()))>;
  return row_instances<To>([=](Seeded& random) {
    std::vector<RowCase<To>> all;
    for (const RowCase<From>& at : cases(random)) {
      const To method = method_of(at);
      all.push_back({at.f, at.x_star, method, state_of(method, at.f, at.state), state_of(method, at.f, at.solution),
                     at.row, at.M, at.where});
    }
    return all;
  });
}

/// The same for methods whose states are of one type.
template <class From, class MethodOf>
[[nodiscard]] auto with_method(RowCases<From> cases, MethodOf method_of) {
  return with_method(std::move(cases), std::move(method_of),
                     [](const auto& /*method*/, const auto& /*f*/, const auto& state) { return state; });
}

/// Gradient descent with `share` of the stepsize.
template <class From>
[[nodiscard]] RowInstances gradient_descent_beside(RowCases<From> cases, const Rational& share = 1) {
  return with_method(
      std::move(cases),
      [share](const RowCase<From>& at) { return Gd<Rational>{Rational(share * at.method.gamma)}; },
      [](const Gd<Rational>& method, const auto& f, const auto& state) { return method.initial(f, state.x); });
}

}  // namespace touchstone::inline v0
