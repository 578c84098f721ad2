#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

Signed positive(Theory& theory, const std::string& name, const std::string& comment) {
  const Expression symbol = theory.scalar(name);
  return {symbol, Theorem::assume(theory, name + "-positive", 0 < symbol, comment)};
}

Signed nonnegative(Theory& theory, const std::string& name, const std::string& comment) {
  const Expression symbol = theory.scalar(name);
  return {symbol, Theorem::assume(theory, name + "-nonnegative", 0 <= symbol, comment)};
}

Signed reciprocal(const Signed& symbol) {
  const Theorem inverse = Theorem::inverse(symbol.sign);
  return {inverse.expression(), inverse};
}

Theorem cocoercivity(Argument& argument, const std::string& of, const Signed& L, const Evaluated& x,
                     const Evaluated& z, const Expression& value, const std::string& at) {
  Theory& theory = argument.theory();
  const Expression difference = x.gradient - z.gradient;
  const Expression y = x.point - reciprocal(L).value * difference;
  const Theorem convexity = Theorem::assume(theory, of + "-convex" + at,
                                            z.value + dot(z.gradient, y - z.point) <= value, of + " is convex");
  const Theorem smoothness =
      Theorem::assume(theory, of + "-smooth" + at,
                      value <= x.value + dot(x.gradient, y - x.point) + L.value / 2 * squared_norm(y - x.point),
                      of + " is " + L.value.text() + "-smooth");
  return argument.theorem(
      "cocoercivity of " + of + at,
      squared_norm(difference) <= 2 * L.value * (x.value - z.value - dot(z.gradient, x.point - z.point)),
      Theorem::constant(2) * L.sign * (convexity + smoothness));
}

Theorem smooth_above(Argument& argument, const std::string& of, const Signed& L, const Evaluated& x,
                     const Evaluated& y) {
  const Expression step = y.point - x.point;
  return Theorem::assume(argument.theory(), of + "-smooth above " + x.point.text() + " at " + y.point.text(),
                         y.value <= x.value + dot(x.gradient, step) + L.value / 2 * squared_norm(step),
                         of + " is " + L.value.text() + "-smooth");
}

Theorem lipschitz_gradient(Argument& argument, const std::string& of, const Signed& L, const Evaluated& x,
                           const Evaluated& z, const Expression& lower, const Expression& upper) {
  const Expression middle = (x.point + z.point) / 2;
  const Expression half = reciprocal(L).value * (x.gradient - z.gradient) / 2;
  const Evaluated y{argument.define("y-", middle - half), {}, lower};
  const Evaluated v{argument.define("y+", middle + half), {}, upper};
  const auto smooth_below = [&](const Evaluated& from, const Evaluated& at) {
    const Expression step = at.point - from.point;
    return Theorem::assume(argument.theory(), of + "-smooth below " + from.point.text() + " at " + at.point.text(),
                           from.value + dot(from.gradient, step) - L.value / 2 * squared_norm(step) <= at.value,
                           of + " is " + L.value.text() + "-smooth");
  };
  return argument.theorem(
      "Lipschitz gradient of " + of,
      squared_norm(x.gradient - z.gradient) <= L.value * L.value * squared_norm(x.point - z.point),
      Theorem::constant(2) * L.sign *
          (smooth_above(argument, of, L, x, y) + smooth_below(z, y) + smooth_above(argument, of, L, z, v) +
           smooth_below(x, v)));
}

Theorem gradient_bound(Argument& argument, const Signed& L, const Evaluated& x, const Expression& minimum,
                       const Expression& value) {
  Theory& theory = argument.theory();
  const Expression y = x.point - reciprocal(L).value * x.gradient;
  const Theorem smoothness = Theorem::assume(
      theory, "f-smooth", value <= x.value + dot(x.gradient, y - x.point) + L.value / 2 * squared_norm(y - x.point),
      "f is L-smooth");
  const Theorem minimiser = Theorem::assume(theory, "minimiser", minimum <= value, "f(x*) is the least value of f");
  return argument.theorem("bound of the gradient", squared_norm(x.gradient) <= 2 * L.value * (x.value - minimum),
                          Theorem::constant(2) * L.sign * (smoothness + minimiser));
}

Functions whole_function(Theory& theory) {
  return {"f",
          0,
          {theory.vector("x"), theory.vector("q"), theory.scalar("f(x)")},
          {theory.vector("x*"), theory.vector("s"), theory.scalar("f(x*)")}};
}

Functions parts_of(Theory& theory, const Functions& f, Variables over, const std::string& index) {
  const Variables both = f.over | over;
  const std::string name = "f_" + index;
  const auto part = [&](const Evaluated& of, const std::string& gradient, const std::string& at) {
    Evaluated own{of.point, theory.vector(gradient + "_" + index, both),
                  theory.scalar(name + "(" + at + ")", both)};
    theory.declare_mean(over, own.gradient, of.gradient);
    theory.declare_mean(over, own.value, of.value);
    return own;
  };
  const Evaluated x = part(f.x, "g", "x");
  const Evaluated star = part(f.star, "s", "x*");
  return {name, both, x, star};
}

Expression bregman_gap(Argument& argument, const Functions& f) {
  return argument.define("gap", f.x.value - f.star.value - dot(f.star.gradient, f.x.point - f.star.point));
}

Theorem smoothness_of(Argument& argument, const Functions& f, const Signed& L, const Expression& gap) {
  const Expression value = argument.theory().scalar(f.name + "(y)", f.over);
  Theorem each = cocoercivity(argument, f.name, L, f.x, f.star, value);
  if (f.over == 0) return each;
  return argument.theorem("smoothness of " + f.name,
                          mean(f.over, squared_norm(f.x.gradient - f.star.gradient)) <= 2 * L.value * gap,
                          Theorem::average(f.over, each));
}

SmoothFunction smooth_function(Argument& argument) {
  const Signed L = positive(argument.theory(), "L", "smoothness of f");
  const Functions f = whole_function(argument.theory());
  const Expression gap = bregman_gap(argument, f);
  return {f, L, gap, smoothness_of(argument, f, L, gap)};
}

SumOfFunctions sum_of_functions(Argument& argument, const std::string& index, const std::string& meaning,
                                const Expression& count) {
  Theory& theory = argument.theory();
  const Variables j = theory.variable(index, meaning, count);
  const Signed L = positive(theory, "L", "smoothness of every f_" + index);
  const Functions f = whole_function(theory);
  const Functions part = parts_of(theory, f, j, index);
  const Expression gap = bregman_gap(argument, f);
  return {j,
          part,
          L,
          part.x.gradient,
          part.star.gradient,
          f.x.gradient,
          f.star.gradient,
          gap,
          smoothness_of(argument, part, L, gap)};
}

Theorem square_of_mean(Variables j, const Expression& v) {
  return Theorem::prove(squared_norm(mean(j, v)) <= mean(j, squared_norm(v)),
                        Theorem::average(j, Theorem::square(v - mean(j, v))));
}

}  // namespace touchstone::inline v0::proofs::kernel
