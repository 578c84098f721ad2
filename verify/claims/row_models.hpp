#pragma once
/// \file
/// The kernel's symbols on the exact cases: what g_j, s_j, N_i, ... are at a state of the reference. Constants that a row
/// may be claimed for in different sizes, like that of expected smoothness, are those of the case's row.

#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/jacsketch.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/n_saga.hpp"
#include "touchstone/methods/unified_sgd/n_sega.hpp"
#include "touchstone/methods/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/sgd.hpp"
#include "touchstone/methods/unified_sgd/sgd_mb.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/methods/unified_sgd/sgd_star.hpp"
#include "touchstone/methods/unified_sgd/svrg.hpp"
#include "touchstone/methods/unified_sgd/vr_diana.hpp"
#include "verify/claims/model_parts.hpp"
#include "verify/claims/row_case.hpp"
#include "verify/claims/row_instances.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Gd<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Sgd<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<SgdMb<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Saga<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<NSaga<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Sega<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<NSega<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Svrg<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<LSvrg<Rational>>& on);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<JacSketch<Rational>>& on);

namespace models {

template <class Method>
[[nodiscard]] ModelPoint model_point(const RowCase<Method>& on) {
  return {on.f, on.state.x, on.x_star};
}

template <class Q>
[[nodiscard]] Compress compress_by(const Q& compressor) {
  return [compressor](const Vector<Rational>& y) {
    return law_of<Vector<Rational>>([&](auto& random) { return compressor.compress(y, random); });
  };
}

/// The law of v.
template <class Sampler>
[[nodiscard]] VectorLaw weights_of(const Sampler& sampling, Index m) {
  return law_of<Vector<Rational>>([&](auto& random) {
    Vector<Rational> v = Vector<Rational>::Zero(m);
    for (const WeightedComponent<Rational>& one : sampling.draw(m, random)) v[one.j] = one.v;
    return v;
  });
}

/// A worker's stepsize and compressor; where the oracles' laws are given, what each worker has for its gradient.
struct CompressedWorkers {
  const Vectors& h;
  Rational omega, alpha;
  Compress compress;
  std::vector<VectorLaw> estimates;
};

[[nodiscard]] proofs::kernel::Model sampling_model(const ModelPoint& at, const VectorLaw& v,
                                                   const Rational& smoothness);
/// N for Q applied to grad f_v(x).
void add_compressed_sampling(proofs::kernel::Model& model, const ModelPoint& at, const VectorLaw& v,
                             const Rational& omega, const Compress& compress);
/// The kernel's variable of a compressor has one law, whatever is compressed. Throws std::logic_error where it does not.
void require_law(const std::vector<Rational>& found, const std::vector<Rational>& expected);
/// Which outcome of worker i's estimate a point means: that of j or zeta, the only one where neither occurs.
[[nodiscard]] std::size_t drawn_estimate(const proofs::kernel::Point& point, const JointChoices& estimates,
                                         std::size_t i);
/// n, omega, alpha, h_i, N_i and xi, in all joint outcomes of the workers, who are independent; the estimates are drawn by j
/// or zeta.
void add_messages(proofs::kernel::Model& model, const CompressedWorkers& workers);
/// The symbols of DIANA's rows but for the components.
[[nodiscard]] proofs::kernel::Model diana_model(const ModelPoint& at, const CompressedWorkers& workers);
[[nodiscard]] proofs::kernel::Model vr_diana_model(const ModelPoint& at, CompressedWorkers workers,
                                                   const std::vector<Vectors>& table);

}  // namespace models

template <class Sampler>
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<SgdSr<Rational, Sampler>>& on) {
  return models::sampling_model(models::model_point(on), models::weights_of(on.method.sampling, on.f.components(0)),
                                Rational(on.row.A / 2));
}

template <class Sampler>
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<SgdStar<Rational, Sampler>>& on) {
  return models::sampling_model(models::model_point(on), models::weights_of(on.method.sampling, on.f.components(0)),
                                on.row.A);
}

template <class Q, class Sampler>
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<QSgdSr<Rational, Q, Sampler>>& on) {
  const models::ModelPoint at = models::model_point(on);
  const models::VectorLaw v = models::weights_of(on.method.sampling, on.f.components(0));
  const auto omega = on.method.compressor.template omega<Rational>(on.f.dimension());
  proofs::kernel::Model model = models::sampling_model(at, v, Rational(on.row.A / (2 * (1 + omega))));
  models::add_compressed_sampling(model, at, v, omega, models::compress_by(on.method.compressor));
  return model;
}

/// For all rows of DIANA: with noise Z_i of the `variance` that the row is claimed for, with drawn components where the
/// oracle draws them, with one node where there is one.
template <class Q, class Oracle>
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Diana<Rational, Q, Oracle>>& on) {
  const models::ModelPoint at = models::model_point(on);
  std::vector<models::VectorLaw> estimates;
  for (Index i = 0; i < on.f.workers(); ++i)
    estimates.push_back(models::law_of<Vector<Rational>>(
        [&](auto& random) { return on.method.oracle.gradient(on.f, i, on.state.x, random); }));
  proofs::kernel::Model model =
      models::diana_model(at, {on.state.h, on.method.compressor.template omega<Rational>(on.f.dimension()),
                               on.method.alpha, models::compress_by(on.method.compressor), std::move(estimates)});
  if constexpr (std::is_same_v<Oracle, SampledComponent>) {
    const Rational L_max = on.f.constants().largest_L_ij();
    model.scalar("Ls", L_max);
    model.scalar("sampling_variance", sampling_variance(on.f, on.x_star));
    models::add_drawn_components(model, at, L_max);
  }
  return model;
}

template <class Q, VrDianaVariant variant>
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<VrDiana<Rational, Q, variant>>& on) {
  return models::vr_diana_model(models::model_point(on),
                                {on.state.h,
                                 on.method.compressor.template omega<Rational>(on.f.dimension()),
                                 on.method.alpha,
                                 models::compress_by(on.method.compressor),
                                 {}},
                                on.state.table);
}

}  // namespace touchstone::inline v0
