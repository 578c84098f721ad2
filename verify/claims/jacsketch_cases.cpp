#include "verify/claims/jacsketch_cases.hpp"

#include <array>

#include "touchstone/numbers/definiteness.hpp"

namespace touchstone::inline v0 {

namespace {

Matrix<Rational> onto(const Vector<Rational>& u) {
  return u * u.transpose();
}

std::vector<Indices> subsets(Index m, Index size) {
  std::vector<Indices> all;
  for (Index bits = 0; bits < (Index(1) << m); ++bits) {
    Indices members;
    for (Index j = 0; j < m; ++j)
      if ((bits >> j) % 2 == 1) members.push_back(j);
    if (static_cast<Index>(members.size()) == size) all.push_back(std::move(members));
  }
  return all;
}

/// Which constant a mutant changes, and by what it is multiplied.
struct ConstantVariation {
  Rational SketchConstants<Rational>::*constant = &SketchConstants<Rational>::lambda_max;
  Rational factor = 1;
};

/// The matrices that must be positive semidefinite: lambda_max I - E[theta^2 Pi e e' Pi] + e e', E Pi - lambda_min I and, for
/// y = x - x*, 2 E1 D - E|theta A Pi e|^2/m^2 and 2 E2 D - E|A Pi|_F^2 as forms in y: A_j = H_j y, 2D = y'Hy.
std::array<Matrix<Rational>, 4> slacks(const Quadratic<Rational>& f, const std::vector<Sketch<Rational>>& law,
                                       const SketchConstants<Rational>& c) {
  const Index m = f.components(0);
  const Index d = f.dimension();
  const SketchMeans means = sketch_means(law);
  const Matrix<Rational> identity = Matrix<Rational>::Identity(m, m);
  Matrix<Rational> estimate = Matrix<Rational>::Zero(d, d);
  Matrix<Rational> memory = estimate;
  for (Index j = 0; j < m; ++j)
    for (Index k = 0; k < m; ++k) {
      const Matrix<Rational> product = f.form(0, j).A * f.form(0, k).A;
      estimate += means.estimate(j, k) / Rational(m * m) * product;
      memory += means.projector(j, k) * product;
    }
  return {Matrix<Rational>(c.lambda_max * identity - means.estimate + Matrix<Rational>::Ones(m, m)),
          Matrix<Rational>(means.projector - c.lambda_min * identity),
          Matrix<Rational>(c.smoothness_1 * f.form().A - estimate),
          Matrix<Rational>(c.smoothness_2 * f.form().A - memory)};
}

Finding sketch_constants(const CheckContext& context, const ConstantVariation& variation) {
  const std::array<std::string, 4> names{"lambda_max", "lambda_min", "E1", "E2"};
  Seeded random = context.random("sketch constants");
  Inspection inspection;
  std::array<int, 4> attained{};
  int laws = 0;
  std::vector<NamedQuadratic> problems = finite_sums(random);
  problems.push_back(lone_component(4));
  for (const NamedQuadratic& on : problems)
    for (const NamedSketch& sketch : sketches_on(random, on.f)) {
      SketchConstants<Rational> c = sketch.constants;
      c.*variation.constant *= variation.factor;
      const std::array<Matrix<Rational>, 4> forms = slacks(on.f, sketch.law, c);
      for (std::size_t i = 0; i < forms.size() && !inspection.failed(); ++i) {
        inspection.holds(is_positive_semidefinite(forms[i]),
                         [&] { return on.name + " " + sketch.name + " " + names[i] + " at every state"; });
        attained[i] += forms[i].determinant() == 0 ? 1 : 0;
      }
      ++laws;
      if (inspection.failed()) break;
    }
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i)
    list += fmt::format("{}{} {} times", list.empty() ? "" : ", ", names[i], attained[i]);
  return inspection.finding(
      fmt::format("{} laws on problems: four matrices each, positive semidefinite; attained: {}", laws, list));
}

}  // namespace

NamedSketch coordinate_sketch(const std::vector<Rational>& L, const std::vector<Rational>& p) {
  const auto m = static_cast<Index>(p.size());
  NamedSketch sketch{{}, coordinate_sketch_constants(L, p), "coordinate"};
  for (Index j = 0; j < m; ++j) {
    const Rational& p_j = p[static_cast<std::size_t>(j)];
    sketch.law.push_back({p_j, onto(Vector<Rational>::Unit(m, j)), Rational(1 / p_j)});
    sketch.name += (j == 0 ? " p=" : ",") + p_j.str();
  }
  return sketch;
}

NamedSketch tau_nice_sketch(const Quadratic<Rational>& f, Index tau) {
  const Index m = f.components(0);
  const ProblemConstants<Rational>& c = f.constants();
  NamedSketch sketch{{},
                     tau_nice_sketch_constants(c.L, c.largest_L_ij(), Rational(m), Rational(tau)),
                     fmt::format("tau-nice tau={}", tau)};
  const std::vector<Indices> sets = subsets(m, tau);
  for (const Indices& C : sets) {
    Matrix<Rational> projector = Matrix<Rational>::Zero(m, m);
    for (const Index j : C) projector(j, j) = 1;
    sketch.law.push_back(
        {ratio<Rational>(1, static_cast<Index>(sets.size())), std::move(projector), ratio<Rational>(m, tau)});
  }
  return sketch;
}

NamedSketch basis_sketch(const Quadratic<Rational>& f, const Rational& q) {
  Matrix<Rational> U(2, 2);
  U << ratio<Rational>(3, 5), ratio<Rational>(-4, 5), ratio<Rational>(4, 5), ratio<Rational>(3, 5);
  const std::vector<Rational> probabilities{q, Rational(1 - q)};
  NamedSketch sketch{
      {}, basis_sketch_constants(f.constants().largest_L_ij(), U, probabilities), "basis q=" + q.str()};
  for (Index j = 0; j < 2; ++j) {
    const Rational& q_j = probabilities[static_cast<std::size_t>(j)];
    sketch.law.push_back({q_j, onto(U.col(j)), Rational(1 / q_j)});
  }
  return sketch;
}

NamedSketch full_sketch(const Quadratic<Rational>& f) {
  const Index m = f.components(0);
  return {{{Rational(1), Matrix<Rational>::Identity(m, m), Rational(1)}},
          full_sketch_constants(f.constants().L, f.constants().largest_L_ij(), Rational(m)),
          "Pi=I"};
}

std::vector<NamedSketch> sketches_on(Seeded& random, const Quadratic<Rational>& f) {
  const Index m = f.components(0);
  const std::vector<Rational> uniform(static_cast<std::size_t>(m), ratio<Rational>(1, m));
  std::vector<NamedSketch> all{full_sketch(f), coordinate_sketch(f.constants().L_ij.front(), uniform)};
  if (m >= 2) all.push_back(coordinate_sketch(f.constants().L_ij.front(), random_probabilities(random, m)));
  for (Index tau = 1; tau <= m && m >= 2; ++tau) all.push_back(tau_nice_sketch(f, tau));
  if (m == 2) {
    all.push_back(basis_sketch(f, ratio<Rational>(1, 2)));
    all.push_back(basis_sketch(f, ratio<Rational>(1, 4)));
  }
  return all;
}

SketchMeans sketch_means(const std::vector<Sketch<Rational>>& law) {
  const Index m = law.front().projector.rows();
  SketchMeans means{Matrix<Rational>::Zero(m, m), Matrix<Rational>::Zero(m, m)};
  for (const Sketch<Rational>& sketch : law) {
    const Vector<Rational> shown = sketch.projector.rowwise().sum();
    means.projector += sketch.probability * sketch.projector;
    means.estimate += sketch.probability * sketch.theta * sketch.theta * onto(shown);
  }
  return means;
}

Check sketch_constants_check() {
  using Constants = SketchConstants<Rational>;
  const auto less = ratio<Rational>(99, 100);
  return make_check<ConstantVariation>(
      Layer::exact, Level::certificate, sketch_constants, {},
      {{"lambda_max = 99/100 of it", {&Constants::lambda_max, less}},
       {"lambda_min = 101/100 of it", {&Constants::lambda_min, ratio<Rational>(101, 100)}},
       {"E1 = 99/100 of it", {&Constants::smoothness_1, less}},
       {"E2 = 99/100 of it", {&Constants::smoothness_2, less}}});
}

Matrix<Rational> jacobian(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Matrix<Rational> J(f.dimension(), f.components(0));
  for (Index j = 0; j < J.cols(); ++j) J.col(j) = f.component_gradient(0, j, x);
  return J;
}

Matrix<Rational> random_jacobian(Seeded& random, const Quadratic<Rational>& f) {
  Matrix<Rational> J(f.dimension(), f.components(0));
  for (Index j = 0; j < J.cols(); ++j) J.col(j) = random_vector(random, f.dimension());
  return J;
}

}  // namespace touchstone::inline v0
