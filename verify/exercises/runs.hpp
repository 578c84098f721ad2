#pragma once
/// \file
/// Methods of the reference, by name, on quadratics: what exercises ask of them.

#include "touchstone/problems/quadratic.hpp"
#include "verify/oracle/catalog/law.hpp"
#include "verify/oracle/catalog/method_spec.hpp"

namespace touchstone::inline v0::exercising {

/// x*; here, as Eigen's solver takes a second to compile.
[[nodiscard]] Vector<Rational> minimizer_of(const Quadratic<Rational>& f);

/// The method on the problem.
[[nodiscard]] oracle::AnyMethod<Rational> method_on(const oracle::MethodSpec& spec, const Quadratic<Rational>& f);

/// One step of a method that draws nothing. Throws std::logic_error where there is more than one outcome.
[[nodiscard]] oracle::NamedState<Rational> certain_step(const oracle::AnyMethod<Rational>& method,
                                                        const oracle::NamedState<Rational>& state);

/// The model x after so many steps of a method that draws nothing, from its usual start at x.
[[nodiscard]] Vector<Rational> model_after(const oracle::MethodSpec& spec, const Quadratic<Rational>& f,
                                           const Vector<Rational>& x, int steps);

}  // namespace touchstone::inline v0::exercising
