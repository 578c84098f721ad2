#include "verify/claims/row_models.hpp"

#include <functional>

namespace touchstone::inline v0 {

namespace {

using proofs::kernel::Model;
using proofs::kernel::Point;
using Forms = std::vector<QuadraticForm<Rational>>;
using Vectors = std::vector<Vector<Rational>>;

std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

Vectors gradients(const Forms& forms, const Vector<Rational>& x) {
  Vectors all;
  for (const QuadraticForm<Rational>& form : forms) all.push_back(form.gradient(x));
  return all;
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

/// Which member of a family a point means.
using Which = std::function<std::size_t(const Point&)>;

Which by(const std::string& variable) {
  return [variable](const Point& point) { return point.at(variable); };
}

void vectors(Model& model, const std::string& name, Vectors values, const Which& which) {
  model.vector(name, [which, values = std::move(values)](const Point& point) { return values[which(point)]; });
}

void scalars(Model& model, const std::string& name, std::vector<Rational> values, const Which& which) {
  model.scalar(name, [which, values = std::move(values)](const Point& point) { return values[which(point)]; });
}

/// The symbols of whole_function(), and f(y).
template <class Method>
Model whole_model(const RowCase<Method>& on) {
  const QuadraticForm<Rational>& f = on.f.form();
  const Vector<Rational>& x = on.state.x;
  const Vector<Rational> q = f.gradient(x);
  const Vector<Rational> s = f.gradient(on.x_star);
  Model model;
  model.vector("x", x);
  model.vector("x*", on.x_star);
  model.vector("q", q);
  model.vector("s", s);
  model.scalar("f(x)", f.value(x));
  model.scalar("f(x*)", f.value(on.x_star));
  model.scalar("f(y)", f.value(Vector<Rational>(x - (q - s) / on.f.constants().L)));
  return model;
}

/// The symbols of a family f_index of forms that are L-smooth.
template <class Method>
void add_parts(Model& model, const RowCase<Method>& on, const std::string& index, const Forms& forms,
               const Rational& L, const Which& which) {
  const Vector<Rational>& x = on.state.x;
  const Vectors g = gradients(forms, x);
  const Vectors s = gradients(forms, on.x_star);
  std::vector<Rational> now;
  std::vector<Rational> star;
  std::vector<Rational> between;
  for (std::size_t j = 0; j < forms.size(); ++j) {
    now.push_back(forms[j].value(x));
    star.push_back(forms[j].value(on.x_star));
    between.push_back(forms[j].value(Vector<Rational>(x - (g[j] - s[j]) / L)));
  }
  vectors(model, "g_" + index, g, which);
  vectors(model, "s_" + index, s, which);
  scalars(model, "f_" + index + "(x)", std::move(now), which);
  scalars(model, "f_" + index + "(x*)", std::move(star), which);
  scalars(model, "f_" + index + "(y)", std::move(between), which);
}

/// The symbols of sum_of_functions(): f_j are the forms, of which all are L-smooth.
template <class Method>
Model sum_model(const RowCase<Method>& on, const std::string& index, const Forms& forms, const Rational& L) {
  Model model = whole_model(on);
  model.uniform_variable(index, forms.size());
  model.scalar("L", L);
  add_parts(model, on, index, forms, L, by(index));
  return model;
}

/// Digit i of a number whose digits have the given sizes.
std::size_t digit(std::size_t number, const std::vector<std::size_t>& sizes, std::size_t i) {
  for (std::size_t k = 0; k < i; ++k) number /= sizes[k];
  return number % sizes[i];
}

std::size_t product(const std::vector<std::size_t>& sizes) {
  std::size_t all = 1;
  for (const std::size_t size : sizes) all *= size;
  return all;
}

/// The components f_ij, all L-smooth. One outcome of j is a draw by every worker: the digits are the components drawn.
template <class Method>
void add_drawn_components(Model& model, const RowCase<Method>& on, const Rational& L) {
  Forms forms;
  std::vector<std::size_t> sizes;
  std::vector<std::size_t> first;
  for (Index i = 0; i < on.f.workers(); ++i) {
    first.push_back(forms.size());
    sizes.push_back(at(on.f.components(i)));
    for (Index j = 0; j < on.f.components(i); ++j) forms.push_back(on.f.form(i, j));
  }
  model.uniform_variable("j", product(sizes));
  add_parts(model, on, "ij", forms, L, [sizes, first](const Point& point) {
    const std::size_t i = point.at("i");
    return first[i] + digit(point.at("j"), sizes, i);
  });
}

/// What a worker may receive of its gradient, with equal probabilities.
Vectors gradient_outcomes(const Quadratic<Rational>& f, Index i, const Vector<Rational>& x,
                          FullGradient /*oracle*/) {
  return {f.gradient(i, x)};
}
Vectors gradient_outcomes(const Quadratic<Rational>& f, Index i, const Vector<Rational>& x,
                          SampledComponent /*oracle*/) {
  Vectors all;
  for (Index j = 0; j < f.components(i); ++j) all.push_back(f.component_gradient(i, j, x));
  return all;
}

/// (1/n) sum_i E|grad f_ij(x*) - grad f_i(x*)|^2
template <class Method>
Rational sampling_variance(const RowCase<Method>& on) {
  Rational sum(0);
  for (Index i = 0; i < on.f.workers(); ++i)
    for (Index j = 0; j < on.f.components(i); ++j)
      sum += (on.f.component_gradient(i, j, on.x_star) - on.f.gradient(i, on.x_star)).squaredNorm() /
             Rational(on.f.workers() * on.f.components(i));
  return sum;
}

/// The gradients' outcomes, zeta or j, and xi run over all joint outcomes of the workers, which are independent and, for
/// RandK, equally likely.
template <class Oracle>
Model diana_model(const RowCase<Diana<Rational, RandK, Oracle>>& on) {
  const Vector<Rational>& x = on.state.x;
  Model model = sum_model(on, "i", workers(on.f), on.f.constants().largest_L_i());
  model.scalar("n", Rational(on.f.workers()));
  model.scalar("omega", on.method.compressor.template omega<Rational>(on.f.dimension()));
  model.scalar("alpha", on.method.alpha);
  vectors(model, "h_i", on.state.h, by("i"));

  std::vector<std::size_t> of_gradients;
  std::vector<std::size_t> of_compressor;
  std::vector<Vectors> Z;               // [i][outcome of the gradient]
  std::vector<std::vector<Vectors>> N;  // [i][outcome of the gradient][outcome of the compressor]
  Rational variance(0);
  for (Index i = 0; i < on.f.workers(); ++i) {
    Z.emplace_back();
    N.emplace_back();
    for (const Vector<Rational>& ghat : gradient_outcomes(on.f, i, x, on.method.oracle)) {
      Z.back().push_back(ghat - on.f.gradient(i, x));
      const Vector<Rational> difference = ghat - on.state.h[at(i)];
      Vectors noises;
      for_each_outcome<Rational>([&](auto& random) { return on.method.compressor.compress(difference, random); },
                                 [&](const Rational& /*probability*/, const Vector<Rational>& message) {
                                   noises.push_back(message - difference);
                                 });
      N.back().push_back(std::move(noises));
    }
    Rational squares(0);
    for (const Vector<Rational>& noise : Z.back()) squares += noise.squaredNorm();
    variance += squares / Rational(static_cast<Index>(Z.back().size())) / Rational(on.f.workers());
    of_gradients.push_back(Z.back().size());
    of_compressor.push_back(N.back().front().size());
  }
  model.scalar("variance", variance);
  model.uniform_variable("zeta", product(of_gradients));
  model.uniform_variable("xi", product(of_compressor));
  model.vector("Z_i", [Z, of_gradients](const Point& point) {
    const std::size_t i = point.at("i");
    return Z[i][digit(point.at("zeta"), of_gradients, i)];
  });
  model.vector("N_i", [N, of_gradients, of_compressor](const Point& point) {
    const std::size_t i = point.at("i");
    const auto noise = point.contains("j") ? point.find("j") : point.find("zeta");
    const std::size_t of_gradient = noise == point.end() ? 0 : digit(noise->second, of_gradients, i);
    return N[i][of_gradient][digit(point.at("xi"), of_compressor, i)];
  });
  return model;
}

}  // namespace

Model model_of(const RowCase<Gd<Rational>>& on) {
  Model model = whole_model(on);
  model.scalar("L", on.f.constants().L);
  return model;
}

Model model_of(const RowCase<Saga<Rational>>& on) {
  const Rational L = on.f.constants().largest_L_ij();
  Model model = sum_model(on, "j", components(on.f), L);
  model.scalar("m", Rational(on.f.components(0)));
  vectors(model, "T_j", on.state.table, by("j"));
  return model;
}

Model model_of(const RowCase<LSvrg<Rational>>& on) {
  const Rational L = on.f.constants().largest_L_ij();
  Model model = sum_model(on, "j", components(on.f), L);
  model.scalar("p", on.method.p);
  vectors(model, "r_j", gradients(components(on.f), on.state.w), by("j"));
  return model;
}

Model model_of(const RowCase<Diana<Rational, RandK>>& on) {
  return diana_model(on);
}
Model model_of(const RowCase<Diana<Rational, RandK, SampledComponent>>& on) {
  Model model = diana_model(on);
  const Rational Ls = on.f.constants().largest_L_ij();
  model.scalar("Ls", Ls);
  model.scalar("sampling_variance", sampling_variance(on));
  add_drawn_components(model, on, Ls);
  return model;
}

}  // namespace touchstone::inline v0
