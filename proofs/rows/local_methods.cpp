// The rows of chapter 4: (M), (N), (A), (S1) and (S2) of local methods.
#include "proofs/rows/local_parts.hpp"
#include "proofs/rows/rows.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/local_svrg.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd_star.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace local {

namespace {

/// The symbols that a row's constants are made of; zero where a method has none. `smoothness` is that of the components, or
/// the expected one.
struct Symbols {
  Expression L, n, smoothness, noise, zeta, q, r;
};

Symbols symbols_of(const Gradients& gradients, const Shift& shift) {
  return {gradients.workers.L.value,
          gradients.workers.n.value,
          gradients.smoothness ? gradients.smoothness->value : Expression(),
          gradients.noise,
          shift.zeta,
          gradients.references ? gradients.references->q.value : shift.q,
          shift.r};
}

/// The lines of a row; zero for a sequence that the method does not have.
struct Lines {
  Argument& argument;
  const Workers& workers;
  Expression s1, s2;

  [[nodiscard]] Expression right_side(const std::string& mark, const LocalMomentBound<Expression>& bound) const {
    const auto constant = [&](const char* name, const Expression& value) {
      return argument.constant(name + mark, value);
    };
    return 2 * constant("A", bound.A) * workers.gap + constant("B1", bound.B1) * s1 +
           constant("B2", bound.B2) * s2 + constant("F", bound.F) * workers.V + constant("D", bound.D);
  }

  void derive(const std::string& index, const Sequence& sequence, const LocalVariance<Expression>& row) const {
    const auto constant = [&](const char* name, const Expression& value) {
      return argument.constant(name + index, value);
    };
    argument.theorem("(S" + index + ") next s" + index,
                     sequence.next <= (1 - constant("rho", row.rho)) * sequence.s +
                                          2 * constant("C", row.C) * workers.gap +
                                          constant("G", row.G) * workers.V + constant("D", row.D),
                     sequence.bound);
  }
};

/// 0 <= 4 L gap + 2 L^2 V - |(1/n) sum_i grad f_i(x_i)|^2
Theorem square_of_mean_gradient(const Workers& workers) {
  const Expression& g = workers.f_i.x.gradient;
  const Expression at_x = mean(workers.i, g);
  return 2 * square_of_mean(workers.i, workers.own.gradient - g) + 2 * workers.lipschitz +
         2 * square_of_mean(workers.i, workers.u) + 2 * workers.smoothness +
         Theorem::square(workers.mean - 2 * at_x);
}

/// 0 <= variance/n - E|(1/n) sum_i (ghat_i - E ghat_i)|^2
Theorem variance_of_mean(const Gradients& gradients) {
  const Workers& workers = gradients.workers;
  const Theorem share = reciprocal(workers.n).sign;
  return share * Theorem::independence(workers.i, gradients.choices, gradients.ghat - workers.own.gradient) +
         share * gradients.variance;
}

template <class Constants>
std::unique_ptr<Argument> local_row(const Change& change, Gradients (*gradients_of)(Argument&),
                                    Shift (*shift_of)(Argument&, const Gradients&), const Constants& constants) {
  auto argument = std::make_unique<Argument>(change);
  const Gradients gradients = gradients_of(*argument);
  const Shift shift = shift_of(*argument, gradients);
  const Workers& workers = gradients.workers;
  const Variables i = workers.i;
  const Variables choices = gradients.choices;
  const LocalConstants<Expression> row = constants(symbols_of(gradients, shift));
  const Lines lines{*argument, workers, shift.s1 ? shift.s1->s : Expression(),
                    gradients.references ? gradients.references->s2.s : Expression()};
  const Expression g_i = argument->define("G_i", gradients.ghat - shift.off);
  const Expression mean_g_i = mean(choices, g_i);
  const Expression g = argument->define("g", mean(i, g_i));

  argument->identity("(U) unbiased", mean(choices, g), workers.mean);
  argument->theorem("(M) means of the workers",
                    mean(i, squared_norm(mean_g_i)) <= lines.right_side("", row.worker_mean), shift.mean_bound);
  argument->theorem("(N) variances of the workers",
                    mean(i | choices, squared_norm(g_i - mean_g_i)) <= lines.right_side("~", row.worker_variance),
                    gradients.variance);
  argument->theorem("(A) second moment", mean(choices, squared_norm(g)) <= lines.right_side("'", row.mean),
                    square_of_mean_gradient(workers) + variance_of_mean(gradients));
  if (shift.s1) lines.derive("1", *shift.s1, *row.shift);
  if (gradients.references) lines.derive("2", gradients.references->s2, *row.sampling);
  return argument;
}

LocalMomentBound<Expression> uniform(const Symbols& s) {
  return uniform_local_variance(s.noise);
}
LocalMomentBound<Expression> sampled(const Symbols& s) {
  return sampled_local_variance(s.L, s.smoothness, s.noise);
}

}  // namespace

}  // namespace local

std::unique_ptr<Argument> local_sgd_uniform_row(const Change& change) {
  return local::local_row(change, local::noisy_gradients, local::no_shift, [](const local::Symbols& s) {
    return local_sgd_constants(s.L, s.n, s.zeta, local::uniform(s));
  });
}
std::unique_ptr<Argument> local_sgd_sampled_row(const Change& change) {
  return local::local_row(change, local::sampled_gradients, local::no_shift, [](const local::Symbols& s) {
    return local_sgd_constants(s.L, s.n, s.zeta, local::sampled(s));
  });
}
std::unique_ptr<Argument> local_svrg_row(const Change& change) {
  return local::local_row(change, local::gradients_by_own_references, local::no_shift, [](const local::Symbols& s) {
    return local_svrg_constants(s.L, s.smoothness, s.n, s.q, s.zeta);
  });
}
std::unique_ptr<Argument> s_star_local_sgd_uniform_row(const Change& change) {
  return local::local_row(change, local::noisy_gradients, local::star_shift, [](const local::Symbols& s) {
    return s_star_local_sgd_constants(s.L, s.n, local::uniform(s));
  });
}
std::unique_ptr<Argument> s_star_local_sgd_sampled_row(const Change& change) {
  return local::local_row(change, local::sampled_gradients, local::star_shift, [](const local::Symbols& s) {
    return s_star_local_sgd_constants(s.L, s.n, local::sampled(s));
  });
}
std::unique_ptr<Argument> ss_local_sgd_uniform_row(const Change& change) {
  return local::local_row(change, local::noisy_gradients, local::noisy_shift, [](const local::Symbols& s) {
    return ss_local_sgd_constants(s.L, s.n, s.q, s.r, local::uniform(s));
  });
}
std::unique_ptr<Argument> ss_local_sgd_sampled_row(const Change& change) {
  return local::local_row(change, local::sampled_gradients, local::sampled_shift, [](const local::Symbols& s) {
    return ss_local_sgd_constants(s.L, s.n, s.q, s.r, local::sampled(s));
  });
}
std::unique_ptr<Argument> s_star_local_sgd_star_row(const Change& change) {
  return local::local_row(change, local::gradients_by_solution, local::star_shift, [](const local::Symbols& s) {
    return s_star_local_sgd_star_constants(s.L, s.smoothness, s.n);
  });
}
std::unique_ptr<Argument> s_local_svrg_row(const Change& change) {
  return local::local_row(
      change, local::gradients_by_common_reference, local::reference_shift,
      [](const local::Symbols& s) { return s_local_svrg_constants(s.L, s.smoothness, s.n, s.q); });
}
std::unique_ptr<Argument> s_local_svrg_sharp_row(const Change& change) {
  return local::local_row(
      change, local::gradients_by_common_reference, local::common_reference_shift,
      [](const local::Symbols& s) { return s_local_svrg_sharp_constants(s.L, s.smoothness, s.n, s.q); });
}
std::unique_ptr<Argument> s_local_svrg_own_references_row(const Change& change) {
  return local::local_row(
      change, local::gradients_by_own_references, local::reference_shift,
      [](const local::Symbols& s) { return s_local_svrg_own_references_constants(s.L, s.smoothness, s.n, s.q); });
}

}  // namespace touchstone::inline v0::proofs::kernel
