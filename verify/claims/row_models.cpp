#include "verify/claims/row_models.hpp"

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

void family(Model& model, const std::string& name, const std::string& index, Vectors values) {
  model.vector(name, [index, values = std::move(values)](const Point& point) { return values[point.at(index)]; });
}

void family(Model& model, const std::string& name, const std::string& index, std::vector<Rational> values) {
  model.scalar(name, [index, values = std::move(values)](const Point& point) { return values[point.at(index)]; });
}

/// The symbols of sum_of_functions(): f_j are the forms, of which all are L-smooth.
Model sum_model(const std::string& index, const Forms& forms, const Quadratic<Rational>& f, const Rational& L,
                const Vector<Rational>& x, const Vector<Rational>& x_star) {
  Model model;
  model.uniform_variable(index, forms.size());
  model.scalar("L", L);
  model.vector("x", x);
  model.vector("x*", x_star);
  model.scalar("f(x)", f.value(x));
  model.scalar("f(x*)", f.value(x_star));
  const Vectors g = gradients(forms, x);
  const Vectors s = gradients(forms, x_star);
  std::vector<Rational> now;
  std::vector<Rational> star;
  std::vector<Rational> between;
  for (std::size_t j = 0; j < forms.size(); ++j) {
    now.push_back(forms[j].value(x));
    star.push_back(forms[j].value(x_star));
    between.push_back(forms[j].value(Vector<Rational>(x - (g[j] - s[j]) / L)));
  }
  family(model, "g_" + index, index, g);
  family(model, "s_" + index, index, s);
  family(model, "f_" + index + "(x)", index, std::move(now));
  family(model, "f_" + index + "(x*)", index, std::move(star));
  family(model, "f_" + index + "(y)", index, std::move(between));
  return model;
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

/// zeta and xi run over all joint outcomes of the workers, which are independent and, for RandK, equally likely.
template <class Oracle>
Model diana_model(const RowCase<Diana<Rational, RandK, Oracle>>& on) {
  const Vector<Rational>& x = on.state.x;
  Model model = sum_model("i", workers(on.f), on.f, on.f.constants().largest_L_i(), x, on.x_star);
  model.scalar("n", Rational(on.f.workers()));
  model.scalar("omega", on.method.compressor.template omega<Rational>(on.f.dimension()));
  model.scalar("alpha", on.method.alpha);
  family(model, "h_i", "i", on.state.h);

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
    const auto zeta = point.find("zeta");
    const std::size_t of_gradient = zeta == point.end() ? 0 : digit(zeta->second, of_gradients, i);
    return N[i][of_gradient][digit(point.at("xi"), of_compressor, i)];
  });
  return model;
}

}  // namespace

Model model_of(const RowCase<Gd<Rational>>& on) {
  const Rational& L = on.f.constants().L;
  const Vector<Rational>& x = on.state.x;
  const Vector<Rational> g = full_gradient<Rational>(on.f, x);
  Model model;
  model.scalar("L", L);
  model.vector("x", x);
  model.vector("g", g);
  model.scalar("f(x)", on.f.value(x));
  model.scalar("f(x*)", on.f.value(on.x_star));
  model.scalar("f(y)", on.f.value(Vector<Rational>(x - g / L)));
  return model;
}

Model model_of(const RowCase<Saga<Rational>>& on) {
  const Rational L = on.f.constants().largest_L_ij();
  Model model = sum_model("j", components(on.f), on.f, L, on.state.x, on.x_star);
  model.scalar("m", Rational(on.f.components(0)));
  family(model, "T_j", "j", on.state.table);
  return model;
}

Model model_of(const RowCase<LSvrg<Rational>>& on) {
  const Rational L = on.f.constants().largest_L_ij();
  Model model = sum_model("j", components(on.f), on.f, L, on.state.x, on.x_star);
  model.scalar("p", on.method.p);
  family(model, "r_j", "j", gradients(components(on.f), on.state.w));
  return model;
}

Model model_of(const RowCase<Diana<Rational, RandK>>& on) {
  return diana_model(on);
}
Model model_of(const RowCase<Diana<Rational, RandK, SampledComponent>>& on) {
  return diana_model(on);
}

}  // namespace touchstone::inline v0
