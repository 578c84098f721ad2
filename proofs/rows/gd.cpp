// With a regularizer f must be convex; without one, s = 0, smoothness and a minimiser are enough.
#include "touchstone/theory/unified_sgd/gd.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> gd_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed L = positive(theory, "L", "smoothness of f");
  const Evaluated x{theory.vector("x"), theory.vector("q"), theory.scalar("f(x)")};
  const Expression minimum = theory.scalar("f(x*)");
  const Expression gap = argument->define("gap", x.value - minimum);
  const ParametricConstants<Expression> row = gd_constants(L.value);
  argument->theorem("(K2) second moment", squared_norm(x.gradient) <= 2 * argument->constant("A", row.A) * gap,
                    gradient_bound(*argument, L, x, minimum, theory.scalar("f(y)")));
  return argument;
}

std::unique_ptr<Argument> gd_composite_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  const SmoothFunction on = smooth_function(*argument);
  const ParametricConstants<Expression> row = gd_constants(on.L.value);
  argument->theorem(
      "(K2) second moment",
      squared_norm(on.f.x.gradient - on.f.star.gradient) <= 2 * argument->constant("A", row.A) * on.gap,
      on.smoothness);
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
