// SEGA is DIANA on one node whose compressor keeps one coordinate, omega = d - 1 and alpha = 1/d: its message is d p_i,
// where p_i is coordinate i of q - h as a vector. The compressor's contract is derived, from what a projection is.
#include "touchstone/theory/unified_sgd/sega.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/shifted_gradient.hpp"
#include "touchstone/theory/unified_sgd/n_sega.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

enum class Variant { table, sharper, noisy };

/// e_i along coordinate i, what its partial derivative is wrong by.
struct CoordinateNoise {
  Variables zeta = 0;
  Expression e{}, variance{};
  Theorem bound = Theorem::constant(0);
};

CoordinateNoise noise_of(Theory& theory, Variables i, const Expression& d) {
  const Variables zeta = theory.variable("zeta", "the noise of the partial derivatives");
  const Expression e = theory.vector("e_i", i | zeta);
  theory.declare_mean(zeta, e, {});
  const Expression variance = theory.scalar("variance");
  return {zeta, e, variance,
          Theorem::assume(theory, "variance", d * mean(i | zeta, squared_norm(e)) <= variance,
                          "sum_i E e_i^2 <= variance; e_i is along coordinate i")};
}

std::unique_ptr<Argument> row_of_sega(Variant of, const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const SmoothFunction on = smooth_function(*argument);
  const Signed d = positive(theory, "d", "dimension");
  const Theorem d_bound = Theorem::assume(theory, "d-at-least-one", 1 <= d.value, "1 <= d");
  const Signed alpha = reciprocal(d);
  const Variables i = theory.variable("i", "the coordinates", d.value);
  const Expression h = theory.vector("h");
  const Expression difference = on.f.x.gradient - h;
  const Expression p = theory.vector("p_i", i);
  theory.declare_mean(i, p, difference / d.value);
  const Theorem projection = Theorem::assume(theory, "projection", squared_norm(p) <= dot(p, difference),
                                             "p_i is the projection of q - h on coordinate i");
  const Theorem one_coordinate =
      argument->theorem("one coordinate of d",
                        mean(i, squared_norm(d.value * p - difference)) <= (d.value - 1) * squared_norm(difference),
                        d.sign * d.sign * Theorem::average(i, projection));

  const bool noisy = of == Variant::noisy;
  const CoordinateNoise noise = noisy ? noise_of(theory, i, d.value) : CoordinateNoise();
  const Expression message = argument->define("m", d.value * (p + noise.e));
  const ShiftedGradient method{h,
                               i | noise.zeta,
                               message,
                               {d.value - 1, d_bound},
                               noisy ? one_coordinate + d.sign * noise.bound : one_coordinate,
                               alpha,
                               Theorem::constant(0)};
  if (of == Variant::sharper) {
    derive_shifted_gradient(*argument, on, method, sega_sharper_constants(on.L.value, d.value));
    return argument;
  }
  const Theorem loose = on.smoothness + Theorem::square(on.f.x.gradient - on.f.star.gradient) +
                        2 * Theorem::square(h - on.f.star.gradient);
  derive_shifted_gradient(
      *argument, on, method,
      noisy ? n_sega_constants(on.L.value, d.value, noise.variance) : sega_constants(on.L.value, d.value), loose);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> sega_row(const Change& change) {
  return row_of_sega(Variant::table, change);
}
std::unique_ptr<Argument> sega_sharper_row(const Change& change) {
  return row_of_sega(Variant::sharper, change);
}
std::unique_ptr<Argument> n_sega_row(const Change& change) {
  return row_of_sega(Variant::noisy, change);
}

}  // namespace touchstone::inline v0::proofs::kernel
