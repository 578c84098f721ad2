#include "proofs/rows/local_parts.hpp"

namespace touchstone::inline v0::proofs::kernel::local {

namespace {

/// f_i(x_i) - f_i(x*) - <grad f_i(x*), x_i - x*> <= 2 (f_i(x) - f_i(x*) - <grad f_i(x*), x - x*>) + L |x_i - x|^2
Theorem transfer_of(Argument& argument, const Points& points, const Theorem& smoothness_at_x) {
  const auto& [point, gradient, value] = points.f_i.x;
  const Expression step = points.own.point - point;
  const Theorem inverse = reciprocal(points.L).sign;
  const Theorem square = Theorem::square(gradient - points.f_i.star.gradient - points.L.value * step);
  return argument.theorem(
      "transfer to x_i",
      bregman_distance(points.own, points.f_i.star) <=
          2 * bregman_distance(points.f_i.x, points.f_i.star) + points.L.value * squared_norm(step),
      smooth_above(argument, "f_i", points.L, points.f_i.x, points.own) +
          Rational(1, 2) * inverse * (square + smoothness_at_x));
}

}  // namespace

Expression bregman_distance(const Evaluated& x, const Evaluated& star) {
  return x.value - star.value - dot(star.gradient, x.point - star.point);
}

Theorem mean_square(Variables over, const Expression& v) {
  return Theorem::average(over, Theorem::square(v));
}

Points points_of(Argument& argument) {
  Theory& theory = argument.theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Variables i = theory.variable("i", "the workers", n.value);
  const Signed L = positive(theory, "L", "smoothness of every f_i");
  const Functions f{"f",
                    0,
                    {theory.vector("x"), theory.vector("grad f(x)"), theory.scalar("f(x)")},
                    {theory.vector("x*"), {}, theory.scalar("f(x*)")}};
  const Functions f_i = parts_of(theory, f, i, "i");
  const Evaluated own{theory.vector("x_i", i), theory.vector("grad f_i(x_i)", i), theory.scalar("f_i(x_i)", i)};
  theory.declare_mean(i, own.point, f.x.point);
  return {n,
          i,
          L,
          f_i,
          own,
          mean(i, own.gradient),
          bregman_gap(argument, f),
          argument.define("V", mean(i, squared_norm(own.point - f.x.point)))};
}

Workers workers_of(Argument& argument) {
  Theory& theory = argument.theory();
  const Points points = points_of(argument);
  const auto& [n, i, L, f_i, own, mean_gradient, gap, V] = points;
  const auto value = [&](const char* at) { return theory.scalar(at, points.i); };
  const Theorem at_x = cocoercivity(argument, "f_i", L, f_i.x, f_i.star, value("f_i(y)"));
  const Theorem at_own = cocoercivity(argument, "f_i", L, own, f_i.star, value("f_i(y_i)"), " at x_i");
  const Expression u = argument.define("u_i", f_i.x.gradient - f_i.star.gradient);
  const Expression d = argument.define("d_i", own.gradient - f_i.star.gradient);
  const Expression beta = argument.define("beta", mean(i, bregman_distance(own, f_i.star)));
  const Theorem smoothness = argument.theorem("smoothness of f_i", mean(i, squared_norm(u)) <= 2 * L.value * gap,
                                              Theorem::average(i, at_x));
  const Theorem transfer = argument.theorem("distances at the x_i", beta <= 2 * gap + L.value * V,
                                            Theorem::average(i, transfer_of(argument, points, at_x)));
  const Theorem lipschitz = argument.theorem(
      "Lipschitz gradients", mean(i, squared_norm(own.gradient - f_i.x.gradient)) <= L.value * L.value * V,
      Theorem::average(i, lipschitz_gradient(argument, "f_i", L, own, f_i.x, value("f_i(y-)"), value("f_i(y+)"))));
  const Theorem differences = argument.theorem(
      "gradients at the x_i", mean(i, squared_norm(d)) <= 4 * L.value * gap + 2 * L.value * L.value * V,
      Theorem::average(i, at_own) + 2 * L.sign * transfer);
  return {points, beta, u, d, smoothness, transfer, lipschitz, differences};
}

}  // namespace touchstone::inline v0::proofs::kernel::local
