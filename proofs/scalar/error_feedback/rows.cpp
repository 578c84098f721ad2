// The closed forms of P and Z of every row of chapter 3, for all values of the parameters.
#include <optional>

#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/d_sgd.hpp"
#include "touchstone/theory/error_feedback/dqgd.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_rows {

namespace {

/// The symbols of the rows. Those that are divided by are positive, and for no other reason.
struct Symbols {
  Statement& s;
  Term any_noise = 0;  ///< has no part in P and Z

  [[nodiscard]] Term L() const { return s.variable("L", "smoothness of every f_i"); }
  [[nodiscard]] Term E() const { return s.variable("E", "expected smoothness"); }
  [[nodiscard]] Term omega() const { return s.variable("omega", "variance of the compressors"); }
  [[nodiscard]] Term server_omega() const {
    return s.variable("server_omega", "variance of the server's compressor");
  }
  [[nodiscard]] Term n() const { return divisor("n", "workers"); }
  [[nodiscard]] Term p() const { return divisor("p", "probability of a new reference point"); }
  [[nodiscard]] Term alpha() const { return divisor("alpha", "stepsize of the shifts"); }
  [[nodiscard]] Term delta() const { return divisor("delta", "contraction of the compressor"); }

 private:
  [[nodiscard]] Term divisor(const std::string& name, const std::string& meaning) const {
    Term v = s.positive(name, meaning);
    s.redundant({name + "-positive"});
    return v;
  }
};

/// What the page of a row says, and the row itself.
struct Declared {
  ErrorFeedbackConstants<Term> row;
  Term P;
  std::optional<MomentBound<Term>> errors{};
  Term Z = 0;
};

Term fraction(int p, int q) {
  return Term(Rational(p, q));
}

/// With k and q of a compressor with delta.
template <class Z>
Declared compensated(const Symbols& v, const ErrorCompensationConstants<Term>& row, const Term& P, Z&& Z_of) {
  const Term delta = v.delta();
  return {{row.mean, row.shift, row.sampling},
          P,
          compressed_moments(row, delta),
          Z_of(compression_factor(delta), 1 - delta)};
}

Declared ec_sgdsr(const Symbols& v) {
  const Term L = v.L();
  const Term E = v.E();
  const Term n = v.n();
  return compensated(v, ec_sgdsr_constants(L, E, n, v.any_noise, v.any_noise), L + 2 * E / n,
                     [&](const Term& k, const Term& q) { return 2 * L * k + 2 * E * q; });
}
Declared ec_sgd(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  return compensated(v, ec_sgd_constants(L, n, v.any_noise, v.any_noise), L + 2 * L / n,
                     [&](const Term& k, const Term& q) { return 2 * L * k + 2 * L * q; });
}
Declared ec_gd(const Symbols& v) {
  const Term L = v.L();
  return compensated(v, ec_gd_constants(L, v.any_noise), L, [&](const Term& k, const Term&) { return 2 * L * k; });
}
Declared ec_gd_star(const Symbols& v) {
  const Term L = v.L();
  return compensated(v, ec_gd_star_constants(L), L, [&](const Term& k, const Term&) { return L * k; });
}
Declared ec_sgd_diana(const Symbols& v) {
  const Term L = v.L();
  return compensated(v, ec_sgd_diana_constants(L, v.omega(), v.n(), v.alpha(), v.any_noise), L,
                     [&](const Term& k, const Term&) { return fraction(14, 3) * L * k; });
}
Declared ec_gd_diana(const Symbols& v) {
  const Term L = v.L();
  return compensated(v, ec_gd_diana_constants(L, v.omega(), v.alpha()), L,
                     [&](const Term& k, const Term&) { return fraction(14, 3) * L * k; });
}
Declared ec_sgdsr_diana(const Symbols& v) {
  const Term L = v.L();
  const Term E = v.E();
  const Term n = v.n();
  const Term omega = v.omega();
  const Term alpha = v.alpha();
  const Term W = alpha * (1 + omega);
  return compensated(v, ec_sgdsr_diana_constants(L, E, omega, n, alpha, v.any_noise), L + 2 * E / n,
                     [&](const Term& k, const Term& q) {
                       return 2 * E * q + k * (fraction(14, 3) * L + fraction(16, 3) * W * E);
                     });
}
Declared ec_lsvrg(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  return compensated(v, ec_lsvrg_constants(L, n, v.p(), v.any_noise), L + fraction(14, 3) * L / n,
                     [&](const Term& k, const Term& q) { return 2 * L * k + fraction(14, 3) * L * q; });
}
Declared ec_lsvrg_star(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  return compensated(v, ec_lsvrg_star_constants(L, n, v.p()), L + fraction(14, 3) * L / n,
                     [&](const Term& k, const Term& q) { return L * k + fraction(14, 3) * L * q; });
}
Declared ec_lsvrg_diana(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  const Term omega = v.omega();
  const Term alpha = v.alpha();
  const Term W = alpha * (1 + omega);
  return compensated(v, ec_lsvrg_diana_constants(L, omega, n, alpha, v.p()), L + fraction(14, 3) * L / n,
                     [&](const Term& k, const Term& q) {
                       return fraction(14, 3) * L * q + k * L * (fraction(14, 3) + fraction(112, 9) * W);
                     });
}
Declared d_sgd(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  return {d_sgd_constants(L, n, v.any_noise), L + 2 * L / n};
}
Declared d_sgd_sr(const Symbols& v) {
  const Term L = v.L();
  const Term E = v.E();
  const Term n = v.n();
  return {d_sgd_sr_constants(L, E, n, v.any_noise), L + 2 * E / n};
}
Declared d_qsgd(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  const Term omega = v.omega();
  return {d_qsgd_constants(L, omega, n, v.any_noise, v.any_noise), L + 2 * omega * L / n};
}
Declared d_qsgd_sampling(const Symbols& v) {
  const Term L = v.L();
  const Term E = v.E();
  const Term n = v.n();
  const Term omega = v.omega();
  return {d_qsgd_sampling_constants(L, E, omega, n, v.any_noise, v.any_noise),
          L + (2 * omega * L + 2 * (1 + omega) * E) / n};
}
Declared d_sgd_diana(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  const Term omega = v.omega();
  return {d_sgd_diana_constants(L, omega, n, v.alpha(), v.any_noise), L + fraction(14, 3) * omega * L / n};
}
Declared dianasr(const Symbols& v) {
  const Term L = v.L();
  const Term E = v.E();
  const Term n = v.n();
  const Term omega = v.omega();
  const Term alpha = v.alpha();
  const Term W = alpha * (1 + omega);
  return {dianasr_constants(L, E, omega, n, alpha, v.any_noise),
          L + (fraction(14, 3) * omega * L + (2 + 2 * omega) * E + fraction(16, 3) * W * omega * E) / n};
}
Declared d_lsvrg(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  return {d_lsvrg_constants(L, n, v.p()), L + fraction(14, 3) * L / n};
}
Declared d_qlsvrg(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  const Term omega = v.omega();
  return {d_qlsvrg_constants(L, omega, n, v.p(), v.any_noise), L + (14 + 20 * omega) * L / (3 * n)};
}
Declared d_lsvrg_diana(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  const Term omega = v.omega();
  const Term alpha = v.alpha();
  const Term W = alpha * (1 + omega);
  return {d_lsvrg_diana_constants(L, omega, n, alpha, v.p()),
          L + (fraction(14, 3) + fraction(28, 3) * omega + fraction(112, 9) * W * omega) * L / n};
}
Declared dqgd(const Symbols& v) {
  const Term L = v.L();
  const Term n = v.n();
  const Term omega = v.omega();
  const Term server = v.server_omega();
  return {dqgd_constants(L, omega, server, n, v.any_noise), (1 + server) * (L + 2 * omega * L / n)};
}

Statement closed_forms(Declared (*declare)(const Symbols&), const Rational& factor = 1) {
  Statement s;
  const Declared d = declare(Symbols{s});
  s.conclude(equal(weighted_smoothness(d.row, d.row.mean), Term(factor) * d.P));
  if (d.errors) s.conclude(equal(weighted_smoothness(d.row, *d.errors), Term(factor) * d.Z));
  return s;
}

struct Row {
  std::string name, title, header;
  Declared (*declare)(const Symbols&);
};

std::vector<Row> rows() {
  return {{"ec-sgdsr", "EC-SGDsr", "ec_sgd.hpp", ec_sgdsr},
          {"ec-sgd", "EC-SGD", "ec_sgd.hpp", ec_sgd},
          {"ec-gd", "EC-GD", "ec_gd.hpp", ec_gd},
          {"ec-gd-star", "EC-GDstar", "ec_gd.hpp", ec_gd_star},
          {"ec-sgd-diana", "EC-SGD-DIANA", "ec_diana.hpp", ec_sgd_diana},
          {"ec-sgdsr-diana", "EC-SGDsr-DIANA", "ec_diana.hpp", ec_sgdsr_diana},
          {"ec-gd-diana", "EC-GD-DIANA", "ec_diana.hpp", ec_gd_diana},
          {"ec-lsvrg", "EC-LSVRG", "ec_lsvrg.hpp", ec_lsvrg},
          {"ec-lsvrg-star", "EC-LSVRGstar", "ec_lsvrg.hpp", ec_lsvrg_star},
          {"ec-lsvrg-diana", "EC-LSVRG-DIANA", "ec_lsvrg_diana.hpp", ec_lsvrg_diana},
          {"d-sgd", "D-SGD", "d_sgd.hpp", d_sgd},
          {"d-sgd-sr", "D-SGD-SR", "d_sgd.hpp", d_sgd_sr},
          {"d-qsgd", "D-QSGD", "d_qsgd.hpp", d_qsgd},
          {"d-qsgd-sampling", "D-QSGD with sampled gradients", "d_qsgd.hpp", d_qsgd_sampling},
          {"d-sgd-diana", "D-SGD-DIANA", "d_diana.hpp", d_sgd_diana},
          {"dianasr", "DIANAsr", "d_diana.hpp", dianasr},
          {"d-lsvrg", "D-LSVRG", "d_lsvrg.hpp", d_lsvrg},
          {"d-qlsvrg", "D-QLSVRG", "d_lsvrg.hpp", d_qlsvrg},
          {"d-lsvrg-diana", "D-LSVRG-DIANA", "d_lsvrg.hpp", d_lsvrg_diana},
          {"dqgd", "DQGD", "dqgd.hpp", dqgd}};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Row& row : rows()) {
    Obligation o{.id = "error-feedback/" + row.name + "/closed-form",
                 .claim = "error-feedback/" + row.name + "/closed-form",
                 .title = row.title + ": P and Z in closed form",
                 .source = "derived",
                 .generated_from = "theory/error_feedback/" + row.header + ", theory/error_feedback/theorem.hpp",
                 .formula = {"P, and Z where there are errors, are those on the page of " + row.header}};
    state(o, closed_forms(row.declare));
    add_twin(o, "smaller", "0.999 of the closed forms", closed_forms(row.declare, {999, 1000}));
    add_twin(o, "larger", "1.001 times the closed forms", closed_forms(row.declare, {1001, 1000}));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_rows
