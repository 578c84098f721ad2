#include "verify/claims/local_kernel.hpp"

namespace touchstone::inline v0::models {

namespace {

using proofs::kernel::Model;
using proofs::kernel::Point;

/// A family of L-smooth functions, each at a point of its own: gradient and value there, and the value a step of 1/L along the
/// gradient's difference from that at the solution away.
void add_own_points(Model& model, const std::string& name, const Forms& forms, const Vectors& x,
                    const Vector<Rational>& x_star, const Rational& L, const Which& which) {
  Vectors now;
  std::vector<Rational> values;
  std::vector<Rational> between;
  for (std::size_t k = 0; k < forms.size(); ++k) {
    now.push_back(forms[k].gradient(x[k]));
    values.push_back(forms[k].value(x[k]));
    const Vector<Rational> difference = now.back() - forms[k].gradient(x_star);
    between.push_back(forms[k].value(Vector<Rational>(x[k] - difference / L)));
  }
  add_vectors(model, "grad " + name + "(x_i)", std::move(now), which);
  add_scalars(model, name + "(x_i)", std::move(values), which);
  add_scalars(model, name + "(y_i)", std::move(between), which);
}

/// Where the Lipschitz constant of the gradient between x_i and x is seen.
void add_points_between(Model& model, const LocalPoint& of, const Forms& forms) {
  std::vector<Rational> lower;
  std::vector<Rational> upper;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const Vector<Rational>& x_i = of.iterates[i];
    const Vector<Rational> middle = (x_i + of.at.x) / Rational(2);
    const Vector<Rational> half =
        (forms[i].gradient(x_i) - forms[i].gradient(of.at.x)) / Rational(2 * of.theorem.L);
    lower.push_back(forms[i].value(Vector<Rational>(middle - half)));
    upper.push_back(forms[i].value(Vector<Rational>(middle + half)));
  }
  add_scalars(model, "f_i(y-)", std::move(lower), by("i"));
  add_scalars(model, "f_i(y+)", std::move(upper), by("i"));
}

void add_components(Model& model, const LocalPoint& of) {
  const Rational L = of.at.f.constants().largest_L_ij();
  const DrawnComponents drawn = drawn_components(of.at.f);
  Vectors x;
  for (const std::size_t i : drawn.workers) x.push_back(of.iterates[i]);
  model.scalar("Lc", L);
  add_drawn_components(model, of.at, L);
  add_own_points(model, "f_ij", drawn.forms, x, of.at.x_star, L, drawn.which);
  add_drawn_vectors(model, "r_ij", "i", "j", component_laws(of.at.f, of.memories.w));
}

/// ghat_it and shat_it: one outcome of kappa is r draws by every worker.
void add_fresh(Model& model, const LocalPoint& of) {
  const auto r = static_cast<std::size_t>(of.r);
  std::vector<VectorLaw> draws;
  for (const VectorLaw& law : of.fresh) draws.insert(draws.end(), r, law);
  const JointChoices choices = joint_choices(draws);
  model.scalar("r", Rational(of.r));
  model.uniform_variable("t", r);
  model.variable("kappa", choices.weights());
  const auto add = [&](const char* name, const std::vector<VectorLaw>& laws) {
    model.vector(name, [laws, choices, r](const Point& point) {
      const std::size_t i = point.at("i");
      return laws[i].outcomes[choices.digit(point.at("kappa"), i * r + point.at("t"))];
    });
  };
  add("ghat_it", of.fresh);
  add("shat_it", of.fresh_at_star);
}

}  // namespace

Model local_model(const LocalPoint& of) {
  const LocalConstants<Rational>& row = of.theorem.row;
  const Forms forms = workers(of.at.f);
  Model model = sum_model(of.at, "i", forms, of.theorem.L);
  model.scalar("n", Rational(of.at.f.workers()));
  model.scalar("mu", of.theorem.mu);
  model.scalar("gamma", of.theorem.gamma);
  model.vector("grad f(x)", of.at.f.form().gradient(of.at.x));
  add_vectors(model, "x_i", of.iterates, by("i"));
  add_own_points(model, "f_i", forms, of.iterates, of.at.x_star, of.theorem.L, by("i"));
  add_points_between(model, of, forms);
  add_components(model, of);
  model.scalar("gradient_noise", Rational(row.worker_mean.D / 3));
  model.scalar("E", Rational(row.worker_variance.A / 4));
  model.scalar("variance", row.worker_variance.D);
  model.scalar("sampling_variance", Rational(row.worker_variance.D / 2));
  Vectors means;
  for (std::size_t i = 0; i < forms.size(); ++i) means.push_back(forms[i].gradient(of.iterates[i]));
  add_drawn_vectors(model, "Z_i", "i", "zeta", deviations(of.estimates, means));
  // Where a row speaks of the components, these laws are those of the draws above.
  add_drawn_vectors(model, "ghat_i", "i", "j", of.estimates);
  add_drawn_vectors(model, "shat_i", "i", "j", of.at_star);
  if (row.shift) model.scalar("q", row.shift->rho);
  if (row.sampling) model.scalar("q", row.sampling->rho);
  add_vectors(model, "h_i", of.memories.h, by("i"));
  if (of.r > 0) add_fresh(model, of);
  return model;
}

void add_step(Model& model, const LocalTheorem& theorem, const LocalStep& step) {
  Vectors g;
  for (const Vector<Rational>& next : step.next.outcomes) g.emplace_back((step.now - next) / theorem.gamma);
  model.variable("xi", step.next.weights);
  add_vectors(model, "g", std::move(g), by("xi"));
}

std::vector<KernelSides> step_sides(const LocalTheorem& theorem, const LocalQuantities& now,
                                    const LocalStep& step) {
  const auto& [distance, gap, V, s1, s2] = now;
  const Rational& gamma = theorem.gamma;
  const Rational gained = gamma * (-2 * gap - theorem.mu * (distance + V) + theorem.L * V);
  Rational square(0);  // of gamma g
  for (std::size_t o = 0; o < step.next.outcomes.size(); ++o)
    square += step.next.weights[o] * (step.now - step.next.outcomes[o]).squaredNorm();
  return {{"(I) inner product", Rational(-2 * gamma * step.gradient.dot(step.now)), gained},
          {"(X) distance", second_moment(step.next), Rational(distance + gained + square)}};
}

}  // namespace touchstone::inline v0::models
