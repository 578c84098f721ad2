#pragma once
/// \file
/// The primitive facts that every argument starts from: what convexity, smoothness and a compressor's contract say of the
/// vectors that occur. Hypotheses are the definitions themselves; what is usually cited (cocoercivity, the variance of a
/// mean) is derived from them.

#include "proofs/theory/argument.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// A symbol and its sign.
struct Signed {
  Expression value;
  Theorem sign;
};

/// 0 < name, or 0 <= name.
[[nodiscard]] Signed positive(Theory& theory, const std::string& name, const std::string& comment);
[[nodiscard]] Signed nonnegative(Theory& theory, const std::string& name, const std::string& comment);
/// 1/symbol for a symbol that is positive.
[[nodiscard]] Signed reciprocal(const Signed& symbol);

/// A function at a point.
struct Evaluated {
  Expression point, gradient, value;
};

/// |grad f(x) - grad f(z)|^2 <= 2L (f(x) - f(z) - <grad f(z), x - z>) for a convex L-smooth f, from
///
///     convexity    f(z) + <grad f(z), y - z> <= f(y)
///     smoothness   f(y) <= f(x) + <grad f(x), y - x> + L/2 |y - x|^2        at y = x - (grad f(x) - grad f(z))/L
///
/// `value` is f(y); `of` names the function.
[[nodiscard]] Theorem cocoercivity(Argument& argument, const std::string& of, const Signed& L, const Evaluated& x,
                                   const Evaluated& z, const Expression& value);

/// |grad f(x)|^2 <= 2L (f(x) - f(x*)) for an L-smooth f with minimiser x*, from
///
///     smoothness   f(y) <= f(x) + <grad f(x), y - x> + L/2 |y - x|^2        at y = x - grad f(x)/L
///     minimiser    f(x*) <= f(y)
[[nodiscard]] Theorem gradient_bound(Argument& argument, const Signed& L, const Evaluated& x,
                                     const Expression& minimum, const Expression& value);

/// f = E_j f_j, f_j convex and L-smooth, grad f(x*) = 0: gradients g_j = grad f_j(x) and s_j = grad f_j(x*).
struct SumOfFunctions {
  Variables j;
  Signed L;
  Expression g, s;     ///< vectors that depend on j
  Expression gap;      ///< f(x) - f(x*)
  Theorem smoothness;  ///< E_j|g_j - s_j|^2 <= 2L gap
};

/// `index` is the name of the variable; `count` its number of points, uniformly weighted, or zero.
[[nodiscard]] SumOfFunctions sum_of_functions(Argument& argument, const std::string& index,
                                              const std::string& meaning, const Expression& count = {});

/// |E_j v|^2 <= E_j|v|^2
[[nodiscard]] Theorem square_of_mean(Variables j, const Expression& v);

}  // namespace touchstone::inline v0::proofs::kernel
