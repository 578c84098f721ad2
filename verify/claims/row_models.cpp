#include "verify/claims/row_models.hpp"

#include <algorithm>
#include <stdexcept>

#include "touchstone/theory/unified_sgd/sgd_mb.hpp"

namespace touchstone::inline v0 {

namespace {

using namespace models;  // NOLINT(google-build-using-namespace)
using proofs::kernel::Model;
using proofs::kernel::Point;

/// The model of a sum over the components, L the largest of theirs.
template <class Method>
Model components_model(const RowCase<Method>& on) {
  Model model = sum_model(model_point(on), "j", components(on.f), on.f.constants().largest_L_ij());
  model.scalar("m", Rational(on.f.components(0)));
  return model;
}

template <class Method>
Model saga_model(const RowCase<Method>& on) {
  Model model = components_model(on);
  add_vectors(model, "T_j", on.state.table, by("j"));
  return model;
}

template <class Method>
Model sega_model(const RowCase<Method>& on) {
  const Index d = on.f.dimension();
  Model model = whole_model(model_point(on), on.f.constants().L);
  model.scalar("d", Rational(d));
  model.uniform_variable("i", static_cast<std::size_t>(d));
  model.vector("h", on.state.h);
  const Vector<Rational> difference = on.f.form().gradient(on.state.x) - on.state.h;
  Vectors projections;
  for (Index i = 0; i < d; ++i)
    projections.push_back(Vector<Rational>(difference[i] * Vector<Rational>::Unit(d, i)));
  add_vectors(model, "p_i", std::move(projections), by("i"));
  return model;
}

/// Of additive noise, one for every law.
std::vector<VectorLaw> laws_of(const AdditiveNoise<Rational>& noise) {
  std::vector<VectorLaw> all;
  for (const NoiseLaw<Rational>& law : noise.laws)
    all.push_back(law_of<Vector<Rational>>([&](auto& random) { return law.draw(random); }));
  return all;
}

/// (1/m) sum_j v_j grad f_j for every outcome of v.
Vectors sampled(const VectorLaw& v, const Vectors& of_components) {
  Vectors all;
  for (const Vector<Rational>& weights : v.outcomes) {
    Vector<Rational> sum = Vector<Rational>::Zero(of_components.front().size());
    for (std::size_t j = 0; j < of_components.size(); ++j)
      sum += weights[static_cast<Index>(j)] / Rational(weights.size()) * of_components[j];
    all.push_back(std::move(sum));
  }
  return all;
}

}  // namespace

namespace models {

Model sampling_model(const ModelPoint& at, const VectorLaw& v, const Rational& smoothness) {
  const Forms forms = components(at.f);
  Model model = sum_model(at, "j", forms, at.f.constants().largest_L_ij());
  model.variable("zeta", v.weights);
  model.scalar("v_j",
               [v](const Point& point) { return v.outcomes[point.at("zeta")][static_cast<Index>(point.at("j"))]; });
  model.scalar("Lv", smoothness);
  VectorLaw at_solution{v.weights, sampled(v, gradients(forms, at.x_star))};
  model.scalar("second_moment", second_moment(at_solution));
  const Vector<Rational> s = at.f.form().gradient(at.x_star);
  for (Vector<Rational>& gradient : at_solution.outcomes) gradient -= s;
  model.scalar("variance", second_moment(at_solution));
  return model;
}

void require_law(const std::vector<Rational>& found, const std::vector<Rational>& expected) {
  if (found != expected) throw std::logic_error("the compressor's probabilities depend on what it compresses");
}

std::size_t drawn_estimate(const Point& point, const JointChoices& estimates, std::size_t i) {
  const auto drawn = point.contains("j") ? point.find("j") : point.find("zeta");
  return drawn == point.end() ? 0 : estimates.digit(drawn->second, i);
}

void add_messages(Model& model, const CompressedWorkers& workers) {
  std::vector<std::vector<VectorLaw>> N;  // [i][outcome of the estimate]
  std::vector<VectorLaw> of_compressor;
  for (std::size_t i = 0; i < workers.h.size(); ++i) {
    N.emplace_back();
    for (const Vector<Rational>& estimate : workers.estimates[i].outcomes) {
      N.back().push_back(noise_of(workers.compress, Vector<Rational>(estimate - workers.h[i])));
      require_law(N.back().back().weights, N.back().front().weights);
    }
    of_compressor.push_back(N.back().front());
  }
  const JointChoices estimates = joint_choices(workers.estimates);
  const JointChoices choices = joint_choices(of_compressor);
  model.scalar("n", Rational(static_cast<Index>(workers.h.size())));
  model.scalar("omega", workers.omega);
  model.scalar("alpha", workers.alpha);
  model.variable("xi", choices.weights());
  add_vectors(model, "h_i", workers.h, by("i"));
  model.vector("N_i", [N, estimates, choices](const Point& point) {
    const std::size_t i = point.at("i");
    return N[i][drawn_estimate(point, estimates, i)].outcomes[choices.digit(point.at("xi"), i)];
  });
}

void add_compressed_sampling(Model& model, const ModelPoint& at, const VectorLaw& v, const Rational& omega,
                             const Compress& compress) {
  std::vector<VectorLaw> N;  // [outcome of v]
  for (const Vector<Rational>& gradient : sampled(v, gradients(components(at.f), at.x))) {
    N.push_back(noise_of(compress, gradient));
    require_law(N.back().weights, N.front().weights);
  }
  model.scalar("omega", omega);
  model.variable("xi", N.front().weights);
  model.vector("N", [N](const Point& point) { return N[point.at("zeta")].outcomes[point.at("xi")]; });
}

Model diana_model(const ModelPoint& at, const CompressedWorkers& workers) {
  const Forms forms = models::workers(at.f);
  Model model = sum_model(at, "i", forms, at.f.constants().largest_L_i());
  add_messages(model, workers);
  std::vector<VectorLaw> Z = workers.estimates;
  Rational variance(0);
  for (std::size_t i = 0; i < Z.size(); ++i) {
    for (Vector<Rational>& estimate : Z[i].outcomes) estimate -= forms[i].gradient(at.x);
    variance += second_moment(Z[i]) / Rational(static_cast<Index>(Z.size()));
  }
  model.scalar("variance", variance);
  add_drawn_vectors(model, "Z_i", "i", "zeta", Z);
  if (workers.h.size() == 1) {
    model.vector("h", workers.h.front());
    const VectorLaw N =
        noise_of(workers.compress, Vector<Rational>(forms.front().gradient(at.x) - workers.h.front()));
    add_vectors(model, "N", N.outcomes, by("xi"));
  }
  return model;
}

Model vr_diana_model(const ModelPoint& at, CompressedWorkers workers, const std::vector<Vectors>& table) {
  const Rational L = at.f.constants().largest_L_ij();
  const Rational m(at.f.components(0));
  Model model = sum_model(at, "i", models::workers(at.f), L);
  add_drawn_components(model, at, L);
  std::vector<VectorLaw> stored;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const std::vector<Rational> uniform(table[i].size(), Rational(1 / m));
    stored.push_back({uniform, table[i]});
    Vector<Rational> mean = Vector<Rational>::Zero(at.x.size());
    for (const Vector<Rational>& T_ij : table[i]) mean += T_ij / m;
    workers.estimates.push_back({uniform, {}});
    for (std::size_t j = 0; j < table[i].size(); ++j)
      workers.estimates.back().outcomes.push_back(
          at.f.component_gradient(static_cast<Index>(i), static_cast<Index>(j), at.x) - table[i][j] + mean);
  }
  model.scalar("m", m);
  add_drawn_vectors(model, "r_ij", "i", "j", stored);
  add_messages(model, workers);
  return model;
}

}  // namespace models

Model model_of(const RowCase<Gd<Rational>>& on) {
  return whole_model(model_point(on), on.f.constants().L);
}

Model model_of(const RowCase<Sgd<Rational>>& on) {
  Model model = components_model(on);
  model.scalar("variance", sampling_variance(on.f, on.x_star));
  return model;
}

Model model_of(const RowCase<SgdMb<Rational>>& on) {
  const std::vector<Rational>& p = on.method.p;
  const Rational m(on.f.components(0));
  const Vectors now = gradients(components(on.f), on.state.x);
  const Vectors star = gradients(components(on.f), on.x_star);
  const Vector<Rational> s = on.f.form().gradient(on.x_star);
  VectorLaw psi{p, {}};
  Rational noise(0);
  for (std::size_t j = 0; j < p.size(); ++j) {
    const Rational scale = 1 / (m * p[j]);
    psi.outcomes.push_back(scale * now[j]);
    noise += 2 * p[j] * (scale * star[j] - s).squaredNorm();
  }
  const std::vector<Rational> draw_A = sgd_mb_draw_A(on.f.constants().L_ij.front(), p);
  Model model = whole_model(model_point(on), on.f.constants().L);
  model.scalar("tau", Rational(on.method.tau));
  model.uniform_variable("t", static_cast<std::size_t>(on.method.tau));
  add_drawn_vectors(model, "psi_t", "t", "zeta",
                    std::vector<VectorLaw>(static_cast<std::size_t>(on.method.tau), psi));
  model.scalar("A'", *std::max_element(draw_A.begin(), draw_A.end()));
  model.scalar("D'", noise);
  return model;
}

Model model_of(const RowCase<Saga<Rational>>& on) {
  return saga_model(on);
}

Model model_of(const RowCase<NSaga<Rational>>& on) {
  Model model = saga_model(on);
  add_drawn_vectors(model, "e_j", "j", "zeta", laws_of(on.method.oracle));
  model.scalar("variance", Rational(on.method.oracle.total_second_moment() / on.f.components(0)));
  return model;
}

Model model_of(const RowCase<Sega<Rational>>& on) {
  return sega_model(on);
}

Model model_of(const RowCase<NSega<Rational>>& on) {
  const Index d = on.f.dimension();
  std::vector<VectorLaw> e = laws_of(on.method.oracle);
  for (std::size_t i = 0; i < e.size(); ++i)
    for (Vector<Rational>& noise : e[i].outcomes)
      noise = Vector<Rational>(noise[0] * Vector<Rational>::Unit(d, static_cast<Index>(i)));
  Model model = sega_model(on);
  add_drawn_vectors(model, "e_i", "i", "zeta", e);
  model.scalar("variance", on.method.oracle.total_second_moment());
  return model;
}

Model model_of(const RowCase<Svrg<Rational>>& on) {
  Model model = components_model(on);
  add_vectors(model, "r_j", gradients(components(on.f), on.state.w), by("j"));
  return model;
}

Model model_of(const RowCase<LSvrg<Rational>>& on) {
  Model model = components_model(on);
  model.scalar("p", on.method.p);
  add_vectors(model, "r_j", gradients(components(on.f), on.state.w), by("j"));
  return model;
}

Model model_of(const RowCase<JacSketch<Rational>>& on) {
  const Index m = on.f.components(0);
  const Vectors now = gradients(components(on.f), on.state.x);
  const Vectors star = gradients(components(on.f), on.x_star);
  Matrix<Rational> A(on.f.dimension(), m);
  Matrix<Rational> B(on.f.dimension(), m);
  Vectors J;
  for (Index j = 0; j < m; ++j) {
    const auto at = static_cast<std::size_t>(j);
    A.col(j) = now[at] - star[at];
    B.col(j) = on.state.J.col(j) - star[at];
    J.emplace_back(on.state.J.col(j));
  }
  std::vector<Rational> weights;
  std::vector<Matrix<Rational>> of_A;
  std::vector<Matrix<Rational>> of_B;
  Vectors z;
  for (const Sketch<Rational>& sketch : on.method.sketches) {
    if (sketch.probability == 0) continue;
    weights.push_back(sketch.probability);
    of_A.emplace_back(A * sketch.projector);
    of_B.emplace_back(B * sketch.projector);
    z.emplace_back(sketch.theta * sketch.projector.rowwise().sum());
  }
  Model model = components_model(on);
  model.variable("zeta", std::move(weights));
  add_vectors(model, "J_j", std::move(J), by("j"));
  const auto column = [&model](const std::string& name, const std::vector<Matrix<Rational>>& of_outcomes) {
    model.vector(name, [of_outcomes](const Point& point) {
      return Vector<Rational>(of_outcomes[point.at("zeta")].col(static_cast<Index>(point.at("j"))));
    });
  };
  column("Pa_j", of_A);
  column("Pb_j", of_B);
  model.scalar("z_j", [z](const Point& point) { return z[point.at("zeta")][static_cast<Index>(point.at("j"))]; });
  model.scalar("E1", Rational(on.row.A / 2));
  model.scalar("lambda_max", Rational(on.row.B * m / 2));
  model.scalar("lambda_min", on.row.rho);
  model.scalar("E2", Rational(on.row.C * m));
  return model;
}

}  // namespace touchstone::inline v0
