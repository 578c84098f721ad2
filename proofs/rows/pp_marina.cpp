// The rows of PP-MARINA. One outcome of zeta is a worker for every slot; D_t and L_t belong to the one that holds slot t.
#include "touchstone/theory/marina/pp_marina.hpp"

#include "proofs/rows/marina_parts.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

struct Slots {
  Signed r;
  Variables t, zeta;
  Expression g, old_gradient, new_gradient, step;
  Expression change_of_mean;  ///< D = E_zeta D_t
  Expression D, N;            ///< D_t and the noise of its message
  Expression squared_L;
  Variables xi;
  Signed omega;
  CommonCoin coin;
  Theorem smooth, contract;  ///< of every slot
  Expression error, compressed, next_error;
};

Slots slots(Argument& argument) {
  Theory& theory = argument.theory();
  const Signed r = positive(theory, "r", "number of slots");
  const Variables t = theory.variable("t", "the slots", r.value);
  const Variables zeta = theory.variable("zeta", "the workers that hold the slots");
  const Variables xi = theory.variable("xi", "the compressors' choices, anew for every slot");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const CommonCoin coin = common_coin(theory);
  const Expression g = theory.vector("g");
  const Expression old_gradient = theory.vector("q");   // grad f(x)
  const Expression new_gradient = theory.vector("q+");  // grad f(x+)
  const Expression step = theory.vector("dx");          // x+ - x
  const Expression squared_L_t = theory.scalar("L_t^2", t | zeta);
  const Expression squared_L = theory.scalar("L^2");
  theory.declare_mean(zeta, squared_L_t, squared_L);
  const Expression change = argument.define("D", new_gradient - old_gradient);
  const Expression D = theory.vector("D_t", t | zeta);
  theory.declare_mean(zeta, D, change);
  const Expression N = theory.vector("N_t", t | zeta | xi);
  theory.declare_mean(xi, N, {});
  const Expression compressed = argument.define("g+", g + mean(t, D + N));
  return {r,
          t,
          zeta,
          g,
          old_gradient,
          new_gradient,
          step,
          change,
          D,
          N,
          squared_L,
          xi,
          omega,
          coin,
          Theorem::assume(theory, "f_i-smooth", squared_norm(D) <= squared_L_t * squared_norm(step),
                          "f_i is L_i-smooth, x+ - x = dx"),
          Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(D),
                          "Q(D_t) = D_t + N_t, Q is unbiased with omega"),
          argument.define("G", squared_norm(g - old_gradient)),
          compressed,
          argument.define("E G+", (1 - coin.p) * mean(zeta | xi, squared_norm(compressed - new_gradient)))};
}

void conclude(Argument& argument, const Slots& on, const JointConstants<Expression>& c, const Theorem& variance) {
  argument.identity("mean error", mean(on.zeta | on.xi, on.compressed) - on.new_gradient, on.g - on.old_gradient);
  const Expression& p = on.coin.p;
  argument.theorem(
      "(R) estimator",
      on.next_error <= (1 - argument.constant("p", p)) * on.error +
                           argument.constant("Lambda^2", p * pp_marina_lambda_squared(c, on.squared_L, p)) *
                               squared_norm(on.step),
      on.coin.rest_sign * variance);
}

}  // namespace

std::unique_ptr<Argument> pp_marina_estimator(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  const Slots on = slots(*argument);
  const Theorem smooth = Theorem::average(on.t | on.zeta, on.smooth);
  // E|D_t - D|^2 = E|D_t|^2 - |D|^2
  conclude(*argument, on, pp_marina_constants(on.omega.value, on.r.value),
           reciprocal(on.r).sign *
               (Theorem::independence(on.t, on.zeta | on.xi, on.D - on.change_of_mean + on.N) +
                Theorem::average(on.t | on.zeta, on.contract) + (Theorem::constant(1) + on.omega.sign) * smooth +
                Theorem::square(on.change_of_mean)));
  return argument;
}

std::unique_ptr<Argument> pp_marina_without_replacement_estimator(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Slots on = slots(*argument);
  const Signed others = positive(theory, "others", "n - 1, the other workers");
  const Theorem r_bound = Theorem::assume(theory, "r-at-most-n", on.r.value <= others.value + 1, "r <= n");
  const Theorem share = reciprocal(on.r).sign;
  const Theorem B_sign = share * reciprocal(others).sign * r_bound;
  const JointConstants<Expression> c =
      pp_marina_without_replacement_constants<Expression>(on.omega.value, others.value + 1, on.r.value);
  // E|D_t|^2 is that of a worker drawn uniformly.
  const Theorem drawn =
      Theorem::assume(theory, "without-replacement",
                      mean(on.zeta, squared_norm(mean(on.t, on.D) - on.change_of_mean)) <=
                          c.B * (mean(on.t | on.zeta, squared_norm(on.D)) - squared_norm(on.change_of_mean)),
                      "the mean over r of n workers, drawn without replacement");
  const Theorem smooth = Theorem::average(on.t | on.zeta, on.smooth);
  conclude(*argument, on, c,
           drawn + B_sign * (smooth + Theorem::square(on.change_of_mean)) +
               share * (Theorem::average(on.zeta, Theorem::independence(on.t, on.xi, on.N)) +
                        Theorem::average(on.t | on.zeta, on.contract) + on.omega.sign * smooth));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
