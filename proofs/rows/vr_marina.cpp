// The rows of VR-MARINA: batches with replacement, without, and in place of the full gradients too (online).
#include "touchstone/theory/marina/vr_marina_online.hpp"

#include "proofs/rows/marina_parts.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

enum class Batches { independent, of_known_variance, online };

/// A batch gives D_i + B_i in place of D_i.
struct BatchNoise {
  Variables draws;
  Expression B;
  Theorem variance;  ///< E|B_i|^2 is at most factor component_L_i^2 |dx|^2/b'
  Expression component_L;
  Expression batch, factor = 1;
};

BatchNoise batch_noise(Argument& argument, const WorkersSteps& on, Batches batches) {
  Theory& theory = argument.theory();
  const Variables i = on.i;
  const Signed batch = positive(theory, "b'", "components of a batch");
  const Variables zeta = theory.variable("zeta", "the components that the workers draw");
  const Expression own = theory.scalar("component_L_i^2", i);
  const Expression all = theory.scalar("component_L^2");
  theory.declare_mean(i, own, all);
  const Expression bound = own * squared_norm(on.step);
  if (batches == Batches::of_known_variance) {
    const Expression B = theory.vector("B_i", i | zeta);
    theory.declare_mean(zeta, B, {});
    const Expression factor = theory.scalar("c");
    return {
        zeta,
        B,
        Theorem::assume(theory, "batch", mean(zeta, squared_norm(B)) <= factor * bound * reciprocal(batch).value,
                        "a batch of b' components, the same at both points, gives D_i + B_i"),
        all,
        batch.value,
        factor};
  }
  const Variables t = theory.variable("t", "the draws of a batch", batch.value);
  const Expression draw = theory.vector("B_it", i | t | zeta);
  theory.declare_mean(zeta, draw, {});
  const Theorem one = Theorem::assume(theory, "component", mean(zeta, squared_norm(draw)) <= bound,
                                      "a component, the same at both points, gives D_i + B_it");
  const Expression B = argument.define("B_i", mean(t, draw));
  return {
      zeta, B,
      argument.theorem("variance of a batch", mean(zeta, squared_norm(B)) <= bound / batch.value,
                       reciprocal(batch).sign * (Theorem::independence(t, zeta, draw) + Theorem::average(t, one))),
      all, batch.value};
}

/// The error of full gradients: zero, or that of a large batch.
struct FullGradients {
  Expression error;
  Expression nu;
  Theorem bound;  ///< error <= nu
};

FullGradients full_gradients(Argument& argument, const WorkersSteps& on, Batches batches) {
  if (batches != Batches::online) return {0, 0, Theorem::constant(0)};
  Theory& theory = argument.theory();
  const Signed b = positive(theory, "b", "samples of a full gradient");
  const Variables s = theory.variable("s", "the draws of a full gradient", b.value);
  const Variables eta = theory.variable("eta", "the samples of the full gradients");
  const Expression S = theory.vector("S_is", on.i | s | eta);
  theory.declare_mean(eta, S, {});
  const Expression sigma2 = theory.scalar("sigma^2");
  const Theorem variance = Theorem::assume(theory, "variance", mean(on.i | s | eta, squared_norm(S)) <= sigma2,
                                           "a sample of grad f_i(x+) is off by S_is");
  const Expression own = argument.define("S_i", mean(s, S));
  const Theorem of_worker = reciprocal(b).sign * Theorem::independence(s, eta, S);
  return {mean(eta, squared_norm(mean(on.i, own))), vr_marina_online_noise(sigma2, on.n.value, b.value),
          reciprocal(on.n).sign * (Theorem::independence(on.i, eta, own) + Theorem::average(on.i, of_worker) +
                                   reciprocal(b).sign * variance)};
}

std::unique_ptr<Argument> estimator(Batches batches, const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const WorkersSteps on = workers_steps(*argument);
  const Variables i = on.i;
  const BatchNoise noise = batch_noise(*argument, on, batches);
  const Variables zeta = noise.draws;
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const CommonCoin coin = common_coin(theory);
  const FullGradients full = full_gradients(*argument, on, batches);
  const Expression g = theory.vector("g");
  const Expression N = theory.vector("N_i", i | zeta | xi);
  theory.declare_mean(xi, N, {});

  const Expression sampled = argument->define("D_i + B_i", on.difference + noise.B);
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(sampled),
                      "Q(D_i + B_i) = D_i + B_i + N_i, Q is unbiased with omega");
  const Expression error = argument->define("G", squared_norm(g - on.old_mean));
  const Expression compressed = argument->define("g+", g + mean(i, sampled + N));
  const Expression next_error = argument->define(
      "E G+", (1 - coin.p) * mean(zeta | xi, squared_norm(compressed - on.new_mean)) + coin.p * full.error);
  const Expression lambda2 = vr_marina_lambda_squared(on.squared_L, noise.component_L, omega.value, on.n.value,
                                                      coin.p, noise.batch, noise.factor);

  argument->identity("mean error", mean(zeta | xi, compressed) - on.new_mean, g - on.old_mean);
  argument->theorem("(R) estimator",
                    next_error <= (1 - argument->constant("p", coin.p)) * error +
                                      argument->constant("Lambda^2", coin.p * lambda2) * squared_norm(on.step) +
                                      argument->constant("nu", coin.p * full.nu),
                    reciprocal(on.n).sign * coin.rest_sign *
                            (Theorem::independence(i, zeta | xi, noise.B + N) +
                             Theorem::average(i | zeta, contract) + omega.sign * Theorem::average(i, on.smooth) +
                             (Theorem::constant(1) + omega.sign) * Theorem::average(i, noise.variance)) +
                        coin.p_sign * full.bound);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> vr_marina_estimator(const Change& change) {
  return estimator(Batches::independent, change);
}
std::unique_ptr<Argument> vr_marina_without_replacement_estimator(const Change& change) {
  return estimator(Batches::of_known_variance, change);
}
std::unique_ptr<Argument> vr_marina_online_estimator(const Change& change) {
  return estimator(Batches::online, change);
}

}  // namespace touchstone::inline v0::proofs::kernel
