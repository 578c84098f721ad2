#pragma once
/// \file
/// The methods of the reference by name, over one number type.

#include "verify/oracle/catalog/any_method.hpp"
#include "verify/oracle/catalog/method_spec.hpp"

namespace touchstone::inline v0::oracle {

/// The method on the problem. Throws spec_error for an unknown name, a parameter that is missing or a compressor of the wrong
/// kind; precondition_error where the parameters do not fit the problem.
template <Field S>
[[nodiscard]] AnyMethod<S> make_method(const MethodSpec& spec, const AnyProblem<S>& problem);

}  // namespace touchstone::inline v0::oracle
