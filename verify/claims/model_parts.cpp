#include "verify/claims/model_parts.hpp"

namespace touchstone::inline v0::models {

using proofs::kernel::Model;
using proofs::kernel::Point;

Rational second_moment(const VectorLaw& law) {
  Rational sum(0);
  for (std::size_t o = 0; o < law.outcomes.size(); ++o) sum += law.weights[o] * law.outcomes[o].squaredNorm();
  return sum;
}

std::vector<VectorLaw> deviations(std::vector<VectorLaw> laws, const Vectors& means) {
  for (std::size_t i = 0; i < laws.size(); ++i)
    for (Vector<Rational>& outcome : laws[i].outcomes) outcome -= means[i];
  return laws;
}

std::vector<VectorLaw> component_laws(const Quadratic<Rational>& f, const Vectors& x) {
  std::vector<VectorLaw> all;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto worker = static_cast<Index>(i);
    const Index m = f.components(worker);
    all.push_back({std::vector<Rational>(static_cast<std::size_t>(m), ratio<Rational>(1, m)), {}});
    for (Index j = 0; j < m; ++j) all.back().outcomes.push_back(f.component_gradient(worker, j, x[i]));
  }
  return all;
}

VectorLaw noise_of(const Compress& compress, const Vector<Rational>& y) {
  VectorLaw law = compress(y);
  for (Vector<Rational>& outcome : law.outcomes) outcome -= y;
  return law;
}

std::vector<Rational> JointChoices::weights() const {
  std::vector<Rational> all{Rational(1)};
  for (const std::vector<Rational>& own : weights_) {
    std::vector<Rational> longer;
    for (const Rational& weight : own)
      for (const Rational& before : all) longer.push_back(Rational(before * weight));
    all = std::move(longer);
  }
  return all;
}

std::size_t JointChoices::digit(std::size_t joint, std::size_t i) const {
  for (std::size_t k = 0; k < i; ++k) joint /= weights_[k].size();
  return joint % weights_[i].size();
}

Which by(const std::string& variable) {
  return [variable](const Point& point) { return point.at(variable); };
}

void add_vectors(Model& model, const std::string& name, Vectors values, const Which& which) {
  model.vector(name, [which, values = std::move(values)](const Point& point) { return values[which(point)]; });
}

void add_scalars(Model& model, const std::string& name, std::vector<Rational> values, const Which& which) {
  model.scalar(name, [which, values = std::move(values)](const Point& point) { return values[which(point)]; });
}

JointChoices joint_choices(const std::vector<VectorLaw>& laws) {
  std::vector<std::vector<Rational>> weights;
  for (const VectorLaw& law : laws) weights.push_back(law.weights);
  return JointChoices(std::move(weights));
}

void add_drawn_vectors(Model& model, const std::string& name, const std::string& index, const std::string& joint,
                       const std::vector<VectorLaw>& laws) {
  const JointChoices choices = joint_choices(laws);
  model.variable(joint, choices.weights());
  model.vector(name, [index, joint, laws, choices](const Point& point) {
    const std::size_t i = point.at(index);
    return laws[i].outcomes[choices.digit(point.at(joint), i)];
  });
}

Forms components(const Quadratic<Rational>& f) {
  Forms forms;
  for (Index j = 0; j < f.components(0); ++j) forms.push_back(f.form(0, j));
  return forms;
}

Forms workers(const Quadratic<Rational>& f) {
  Forms forms;
  for (Index i = 0; i < f.workers(); ++i) forms.push_back(f.form(i));
  return forms;
}

Vectors gradients(const Forms& forms, const Vector<Rational>& x) {
  Vectors all;
  for (const QuadraticForm<Rational>& form : forms) all.push_back(form.gradient(x));
  return all;
}

Model whole_model(const ModelPoint& at, const Rational& L) {
  const QuadraticForm<Rational>& f = at.f.form();
  const Vector<Rational> q = f.gradient(at.x);
  const Vector<Rational> s = f.gradient(at.x_star);
  Model model;
  model.scalar("L", L);
  model.vector("x", at.x);
  model.vector("x*", at.x_star);
  model.vector("q", q);
  model.vector("s", s);
  model.scalar("f(x)", f.value(at.x));
  model.scalar("f(x*)", f.value(at.x_star));
  model.scalar("f(y)", f.value(Vector<Rational>(at.x - (q - s) / L)));
  return model;
}

void add_parts(Model& model, const ModelPoint& at, const std::string& index, const Forms& forms, const Rational& L,
               const Which& which) {
  const Vectors g = gradients(forms, at.x);
  const Vectors s = gradients(forms, at.x_star);
  std::vector<Rational> now;
  std::vector<Rational> star;
  std::vector<Rational> between;
  for (std::size_t j = 0; j < forms.size(); ++j) {
    now.push_back(forms[j].value(at.x));
    star.push_back(forms[j].value(at.x_star));
    between.push_back(forms[j].value(Vector<Rational>(at.x - (g[j] - s[j]) / L)));
  }
  add_vectors(model, "g_" + index, g, which);
  add_vectors(model, "s_" + index, s, which);
  add_scalars(model, "f_" + index + "(x)", std::move(now), which);
  add_scalars(model, "f_" + index + "(x*)", std::move(star), which);
  add_scalars(model, "f_" + index + "(y)", std::move(between), which);
}

Model sum_model(const ModelPoint& at, const std::string& index, const Forms& forms, const Rational& L) {
  Model model = whole_model(at, L);
  model.uniform_variable(index, forms.size());
  add_parts(model, at, index, forms, L, by(index));
  return model;
}

DrawnComponents drawn_components(const Quadratic<Rational>& f) {
  DrawnComponents all;
  std::vector<std::size_t> first;
  std::vector<std::vector<Rational>> weights;
  for (Index i = 0; i < f.workers(); ++i) {
    const Index m = f.components(i);
    first.push_back(all.forms.size());
    weights.emplace_back(static_cast<std::size_t>(m), ratio<Rational>(1, m));
    for (Index j = 0; j < m; ++j) {
      all.forms.push_back(f.form(i, j));
      all.workers.push_back(static_cast<std::size_t>(i));
    }
  }
  const JointChoices draws(std::move(weights));
  all.weights = draws.weights();
  all.which = [first, draws](const Point& point) {
    const std::size_t i = point.at("i");
    return first[i] + draws.digit(point.at("j"), i);
  };
  return all;
}

void add_drawn_components(Model& model, const ModelPoint& at, const Rational& L) {
  const DrawnComponents drawn = drawn_components(at.f);
  model.variable("j", drawn.weights);
  add_parts(model, at, "ij", drawn.forms, L, drawn.which);
}

}  // namespace touchstone::inline v0::models
