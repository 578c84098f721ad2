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
/// `value` is f(y); `of` names the function. Where it is asked for at several x, `at` tells them apart.
[[nodiscard]] Theorem cocoercivity(Argument& argument, const std::string& of, const Signed& L, const Evaluated& x,
                                   const Evaluated& z, const Expression& value, const std::string& at = {});

/// The hypothesis that f(y) <= f(x) + <grad f(x), y - x> + L/2 |y - x|^2 for an L-smooth f, called `of`. The gradient at
/// y is not asked for.
[[nodiscard]] Theorem smooth_above(Argument& argument, const std::string& of, const Signed& L, const Evaluated& x,
                                   const Evaluated& y);

/// |grad f(x) - grad f(z)|^2 <= L^2 |x - z|^2 for an L-smooth f, from
///
///     smoothness   f(y-) <= ... + L/2 |y- - x|^2 from x,  f(y-) >= ... - L/2 |y- - z|^2 from z,  and at y+ the other way
///                  round, for y-+ = (x + z)/2 -+ (grad f(x) - grad f(z))/(2L)
///
/// `lower` is f(y-), `upper` is f(y+).
[[nodiscard]] Theorem lipschitz_gradient(Argument& argument, const std::string& of, const Signed& L,
                                         const Evaluated& x, const Evaluated& z, const Expression& lower,
                                         const Expression& upper);

/// |grad f(x)|^2 <= 2L (f(x) - f(x*)) for an L-smooth f with minimiser x*, from
///
///     smoothness   f(y) <= f(x) + <grad f(x), y - x> + L/2 |y - x|^2        at y = x - grad f(x)/L
///     minimiser    f(x*) <= f(y)
[[nodiscard]] Theorem gradient_bound(Argument& argument, const Signed& L, const Evaluated& x,
                                     const Expression& minimum, const Expression& value);

/// f, or a family of functions f_j, at x and at the solution x*: gradients g_j and s_j, those of f are q and s. The solution
/// is that of f + R; s = grad f(x*) vanishes where there is no regularizer R.
struct Functions {
  std::string name;  ///< f, f_j, f_ij
  Variables over;    ///< what the family depends on
  Evaluated x, star;
};

/// f itself; its names are x, x*, q, s, f(x), f(x*).
[[nodiscard]] Functions whole_function(Theory& theory);

/// A family f_index whose mean over a variable is f: g_index, s_index, f_index(x), f_index(x*).
[[nodiscard]] Functions parts_of(Theory& theory, const Functions& f, Variables over, const std::string& index);

/// f(x) - f(x*) - <s, x - x*> under the name gap.
[[nodiscard]] Expression bregman_gap(Argument& argument, const Functions& f);

/// The mean of |g_j - s_j|^2 is at most 2L gap, for convex and L-smooth f_j whose mean is f; by cocoercivity.
[[nodiscard]] Theorem smoothness_of(Argument& argument, const Functions& f, const Signed& L, const Expression& gap);

/// f, convex and L-smooth.
struct SmoothFunction {
  Functions f;
  Signed L;
  Expression gap;
  Theorem smoothness;  ///< |q - s|^2 <= 2L gap
};
[[nodiscard]] SmoothFunction smooth_function(Argument& argument);

/// f = E_j f_j, every f_j convex and L-smooth.
struct SumOfFunctions {
  Variables j;
  Functions part;  ///< f_j
  Signed L;
  Expression g, s;       ///< vectors that depend on j: grad f_j(x), grad f_j(x*)
  Expression q, mean_s;  ///< their means, grad f(x) and grad f(x*)
  Expression gap;
  Theorem smoothness;  ///< E_j|g_j - s_j|^2 <= 2L gap
};

/// `index` is the name of the variable; `count` its number of points, uniformly weighted, or zero.
[[nodiscard]] SumOfFunctions sum_of_functions(Argument& argument, const std::string& index,
                                              const std::string& meaning, const Expression& count = {});

/// |E_j v|^2 <= E_j|v|^2
[[nodiscard]] Theorem square_of_mean(Variables j, const Expression& v);

}  // namespace touchstone::inline v0::proofs::kernel
