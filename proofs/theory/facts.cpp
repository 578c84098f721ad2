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
                     const Evaluated& z, const Expression& value) {
  Theory& theory = argument.theory();
  const Expression difference = x.gradient - z.gradient;
  const Expression y = x.point - reciprocal(L).value * difference;
  const Theorem convexity =
      Theorem::assume(theory, of + "-convex", z.value + dot(z.gradient, y - z.point) <= value, of + " is convex");
  const Theorem smoothness =
      Theorem::assume(theory, of + "-smooth",
                      value <= x.value + dot(x.gradient, y - x.point) + L.value / 2 * squared_norm(y - x.point),
                      of + " is L-smooth");
  return argument.theorem(
      "cocoercivity of " + of,
      squared_norm(difference) <= 2 * L.value * (x.value - z.value - dot(z.gradient, x.point - z.point)),
      Theorem::constant(2) * L.sign * (convexity + smoothness));
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

SumOfFunctions sum_of_functions(Argument& argument, const std::string& index, const std::string& meaning,
                                const Expression& count) {
  Theory& theory = argument.theory();
  const Variables j = theory.variable(index, meaning, count);
  const std::string of = "f_" + index;
  const Signed L = positive(theory, "L", "smoothness of every " + of);
  const Expression x = theory.vector("x");
  const Expression x_star = theory.vector("x*");
  const Expression g = theory.vector("g_" + index, j);
  const Expression s = theory.vector("s_" + index, j);
  const Expression value = theory.scalar(of + "(x)", j);
  const Expression value_star = theory.scalar(of + "(x*)", j);
  const Expression value_y = theory.scalar(of + "(y)", j);
  theory.declare_mean(j, s, {});
  theory.declare_mean(j, value, theory.scalar("f(x)"));
  theory.declare_mean(j, value_star, theory.scalar("f(x*)"));
  const Expression gap = argument.define("gap", mean(j, value) - mean(j, value_star));
  const Theorem each = cocoercivity(argument, of, L, {x, g, value}, {x_star, s, value_star}, value_y);
  const Theorem smoothness =
      argument.theorem("smoothness", mean(j, squared_norm(g - s)) <= 2 * L.value * gap, Theorem::average(j, each));
  return {j, L, g, s, gap, smoothness};
}

Theorem square_of_mean(Variables j, const Expression& v) {
  return Theorem::prove(squared_norm(mean(j, v)) <= mean(j, squared_norm(v)),
                        Theorem::average(j, Theorem::square(v - mean(j, v))));
}

}  // namespace touchstone::inline v0::proofs::kernel
