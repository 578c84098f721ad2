#include "verify/claims/scheme_models.hpp"

namespace touchstone::inline v0::models {

namespace {

using proofs::kernel::Model;
using proofs::kernel::Point;

Rational mean_second_moment(const std::vector<VectorLaw>& laws) {
  Rational sum(0);
  for (const VectorLaw& law : laws) sum += second_moment(law);
  return sum / Rational(static_cast<Index>(laws.size()));
}

/// That the row is claimed for.
Rational smoothness_of_sampling(const SchemePoint& of) {
  const SchemeTheorem& theorem = of.theorem;
  if (theorem.kind == ErrorKind::compensated) return Rational(theorem.row.worker_variance.A / 2);
  const auto& [h, omega, alpha, compress, estimates] = of.workers;
  if (theorem.row.shift) return Rational((theorem.row.shift->C / alpha - theorem.L) / (2 * alpha * (1 + omega)));
  const Rational of_variance = (theorem.row.mean.A - theorem.L) * of.at.f.workers();
  return Rational((of_variance - 2 * omega * theorem.L) / (2 * (1 + omega)));
}

/// e+_i = y - C(y) for the y of every outcome of ghat_i.
void add_errors(Model& model, const SchemePoint& of) {
  const std::vector<VectorLaw>& estimates = of.workers.estimates;
  std::vector<std::vector<VectorLaw>> kept;  // [i][outcome of the estimate]
  std::vector<VectorLaw> of_compressor;
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    kept.emplace_back();
    for (const Vector<Rational>& estimate : estimates[i].outcomes) {
      const Vector<Rational> y = of.errors[i] + of.theorem.gamma * (estimate - of.subtracted[i]);
      kept.back().push_back(of.compress(y));
      for (Vector<Rational>& sent : kept.back().back().outcomes) sent = y - sent;
      require_law(kept.back().back().weights, kept.back().front().weights);
    }
    of_compressor.push_back(kept.back().front());
  }
  const JointChoices choices = joint_choices(of_compressor);
  model.scalar("gamma", of.theorem.gamma);
  model.scalar("delta", of.theorem.delta);
  model.variable("chi", choices.weights());
  add_vectors(model, "e_i", of.errors, by("i"));
  model.vector("e+_i", [kept, choices, drawn = joint_choices(estimates)](const Point& point) {
    const std::size_t i = point.at("i");
    return kept[i][drawn_estimate(point, drawn, i)].outcomes[choices.digit(point.at("chi"), i)];
  });
}

}  // namespace

Model scheme_model(const SchemePoint& of) {
  const ModelPoint& at = of.at;
  const Forms forms = workers(at.f);
  const Vectors star = gradients(forms, at.x_star);
  Model model = sum_model(at, "i", forms, of.theorem.L);
  add_drawn_components(model, at, of.theorem.L);
  add_drawn_vectors(model, "r_ij", "i", "j", component_laws(at.f, of.references));
  model.scalar("p", of.p);
  Rational noise(0);
  for (const Vector<Rational>& s : star) noise += s.squaredNorm() / Rational(at.f.workers());
  model.scalar("gradient_noise", noise);
  model.scalar("E", smoothness_of_sampling(of));
  model.scalar("sampling_variance", mean_second_moment(deviations(of.at_star, star)));
  const std::vector<VectorLaw> Z = deviations(of.workers.estimates, gradients(forms, at.x));
  model.scalar("variance", mean_second_moment(Z));
  add_drawn_vectors(model, "Z_i", "i", "zeta", Z);
  // Where a row speaks of the components, these laws are those of the draws above.
  add_drawn_vectors(model, "ghat_i", "i", "j", of.workers.estimates);
  add_drawn_vectors(model, "shat_i", "i", "j", of.at_star);
  add_messages(model, of.workers);
  add_errors(model, of);
  return model;
}

void add_server(Model& model, const SchemePoint& of, const ServerQuantizer& server) {
  const std::vector<VectorLaw>& estimates = of.workers.estimates;
  const Rational n(of.at.f.workers());
  std::vector<std::vector<VectorLaw>> messages;  // [i][outcome of the estimate]
  std::vector<VectorLaw> of_compressor;
  for (std::size_t i = 0; i < estimates.size(); ++i) {
    messages.emplace_back();
    for (const Vector<Rational>& estimate : estimates[i].outcomes)
      messages.back().push_back(of.workers.compress(Vector<Rational>(estimate - of.workers.h[i])));
    of_compressor.push_back(messages.back().front());
  }
  const JointChoices drawn = joint_choices(estimates);
  const JointChoices choices = joint_choices(of_compressor);
  std::vector<std::vector<VectorLaw>> M;  // [joint outcome of the estimates][of the messages]
  for (std::size_t j = 0; j < drawn.weights().size(); ++j) {
    M.emplace_back();
    for (std::size_t xi = 0; xi < choices.weights().size(); ++xi) {
      Vector<Rational> y = Vector<Rational>::Zero(of.at.f.dimension());
      for (std::size_t i = 0; i < estimates.size(); ++i) {
        y += messages[i][drawn.digit(j, i)].outcomes[choices.digit(xi, i)] / n;
        if (server.with_shift) y += of.workers.h[i] / n;
      }
      M.back().push_back(noise_of(server.compress, y));
      require_law(M.back().back().weights, M.front().front().weights);
    }
  }
  model.scalar("omega2", server.omega);
  model.variable("eta", M.front().front().weights);
  model.vector("M", [M](const Point& point) {
    const std::size_t j = point.contains("j") ? point.at("j") : 0;
    return M[j][point.at("xi")].outcomes[point.at("eta")];
  });
}

std::vector<KernelSides> kernel_sides(const SchemeTheorem& theorem, const SchemeSides& sides) {
  std::vector<KernelSides> all;
  for (const auto& [name, left, right] : line_sides(theorem, sides)) all.push_back({name, left, right});
  return all;
}

}  // namespace touchstone::inline v0::models
