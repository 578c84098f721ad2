#include "verify/claims/row_instances.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <Eigen/LU>

namespace touchstone::inline v0 {

namespace {

/// The quadratic with the linear terms b(i, j, form) in place of its own.
template <class Linear>
Quadratic<Rational> with_linear_terms(const Quadratic<Rational>& f, const Linear& b) {
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  for (Index i = 0; i < f.workers(); ++i) {
    components.emplace_back();
    for (Index j = 0; j < f.components(i); ++j)
      components.back().push_back({f.form(i, j).A, Vector<Rational>(b(j, f.form(i, j)))});
  }
  return {std::move(components), f.constants()};
}

Vector<Rational> plane_vector(const Rational& a, const Rational& b) {
  Vector<Rational> v(2);
  v << a, b;
  return v;
}

}  // namespace

std::vector<NamedQuadratic> random_instances(Seeded& random, const std::vector<QuadraticShape>& shapes) {
  std::vector<NamedQuadratic> instances;
  for (const QuadraticShape& shape : shapes)
    for (const bool aligned : {true, false}) {
      Quadratic<Rational> f = aligned ? random_aligned_quadratic(random, shape) : random_quadratic(random, shape);
      Vector<Rational> x_star = f.minimizer();
      instances.push_back(
          {std::move(f), std::move(x_star),
           fmt::format("d={} n={} m={} {}", shape.d, shape.n, shape.m, aligned ? "aligned" : "general")});
    }
  return instances;
}

NamedQuadratic scalar_pair(const QuadraticShape& shape) {
  std::vector<std::vector<QuadraticForm<Rational>>> components;
  const Rational L(2);
  ProblemConstants<Rational> constants{L, L, {}, {}};
  Index count = 0;
  for (Index i = 0; i < shape.n; ++i) {
    components.emplace_back();
    constants.L_i.push_back(L);
    constants.L_ij.emplace_back();
    for (Index j = 0; j < shape.m; ++j) {
      const Rational b = count++ % 2 == 0 ? 1 : -1;
      components.back().push_back({Matrix<Rational>(Matrix<Rational>::Identity(shape.d, shape.d) * L),
                                   Vector<Rational>::Constant(shape.d, b)});
      constants.L_ij.back().push_back(L);
    }
  }
  Quadratic<Rational> f(std::move(components), std::move(constants));
  Vector<Rational> x_star = f.minimizer();
  return {std::move(f), std::move(x_star), fmt::format("d={} n={} m={} isotropic", shape.d, shape.n, shape.m)};
}

NamedQuadratic orthogonal_components(Index m) {
  ProblemConstants<Rational> constants{ratio<Rational>(1, m), ratio<Rational>(1, m), {ratio<Rational>(1, m)}, {{}}};
  std::vector<std::vector<QuadraticForm<Rational>>> components(1);
  for (Index j = 0; j < m; ++j) {
    Matrix<Rational> A = Matrix<Rational>::Zero(m, m);
    A(j, j) = 1;
    components.front().push_back({std::move(A), Vector<Rational>::Zero(m)});
    constants.L_ij.front().emplace_back(1);
  }
  return {
      {std::move(components), std::move(constants)}, Vector<Rational>::Zero(m), fmt::format("m={} orthogonal", m)};
}

NamedQuadratic noisy_orthogonal_components(Index m) {
  const NamedQuadratic plain = orthogonal_components(m);
  const Vector<Rational> mean = Vector<Rational>::Constant(m, ratio<Rational>(1, m));
  return {with_linear_terms(plain.f,
                            [&](Index j, const QuadraticForm<Rational>&) {
                              return Vector<Rational>(mean - Vector<Rational>::Unit(m, j));
                            }),
          plain.x_star, plain.name + " noisy"};
}

NamedQuadratic with_common_minimizer(const NamedQuadratic& on) {
  return {with_linear_terms(on.f,
                            [&](Index /*j*/, const QuadraticForm<Rational>& form) {
                              return Vector<Rational>(form.A * on.x_star);
                            }),
          on.x_star, on.name + " one minimiser"};
}

NamedQuadratic with_squared_norm(const NamedQuadratic& on, const Rational& lambda) {
  const QuadraticForm<Rational>& f = on.f.form();
  const Index d = on.f.dimension();
  const Matrix<Rational> A = f.A + lambda * Matrix<Rational>::Identity(d, d);
  return {on.f, A.partialPivLu().solve(f.b), on.name + " R=|x|^2"};
}

NamedQuadratic with_solution(const NamedQuadratic& on, const Vector<Rational>& x_star,
                             const Vector<Rational>& subgradient, const std::string& name) {
  const QuadraticForm<Rational>& f = on.f.form();
  const Vector<Rational> shift = f.A * x_star + subgradient - f.b;  // of b, in the mean
  return {
      with_linear_terms(
          on.f, [&](Index /*j*/, const QuadraticForm<Rational>& form) { return Vector<Rational>(form.b + shift); }),
      x_star, on.name + " " + name};
}

Kinked<L1Norm<Rational>> kinked_l1() {
  return {{Rational(1)}, plane_vector(0, 2), plane_vector(ratio<Rational>(1, 3), 1), "R=|x|_1"};
}

Kinked<Box<Rational>> kinked_box() {
  return {{plane_vector(-1, 0), plane_vector(1, 3)},
          plane_vector(1, 2),
          plane_vector(ratio<Rational>(1, 2), 0),
          "R=box"};
}

std::vector<NamedQuadratic> with_and_without_regularizer(const std::vector<NamedQuadratic>& instances) {
  std::vector<NamedQuadratic> all;
  for (const NamedQuadratic& on : instances) {
    all.push_back(on);
    all.push_back(with_squared_norm(on, Rational(1)));
  }
  return all;
}

std::vector<Vector<Rational>> random_vectors(Seeded& random, Index count, Index d) {
  std::vector<Vector<Rational>> vectors;
  for (Index i = 0; i < count; ++i) vectors.push_back(random_vector(random, d));
  return vectors;
}

std::vector<Vector<Rational>> worker_gradients(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  std::vector<Vector<Rational>> all;
  for (Index i = 0; i < f.workers(); ++i) all.push_back(f.gradient(i, x));
  return all;
}

Rational gradient_noise(const NamedQuadratic& on) {
  Rational sum(0);
  for (const Vector<Rational>& gradient : worker_gradients(on.f, on.x_star)) sum += gradient.squaredNorm();
  return sum / on.f.workers();
}

Rational sampling_variance(const Quadratic<Rational>& f, const Vector<Rational>& x) {
  Rational sum(0);
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Rational> gradient = f.gradient(i, x);
    for (Index j = 0; j < f.components(i); ++j)
      sum += (f.component_gradient(i, j, x) - gradient).squaredNorm() / f.components(i);
  }
  return sum / f.workers();
}

NoiseLaw<Rational> random_noise(Seeded& random, Index d) {
  const Vector<Rational> e = random_vector(random, d) + Vector<Rational>::Ones(d) * ratio<Rational>(1, 7);
  const std::vector<Rational> p = random_probabilities(random, 2);
  return {p, {Vector<Rational>(e * p[1]), Vector<Rational>(-e * p[0])}};
}

std::vector<Rational> random_probabilities(Seeded& random, Index count) {
  std::vector<Rational> weights;
  Rational sum(0);
  for (Index i = 0; i < count; ++i) {
    weights.emplace_back(random.choose(4) + 1);
    sum += weights.back();
  }
  for (Rational& weight : weights) weight /= sum;
  return weights;
}

Rational largest_of(const std::vector<Rational>& list) {
  return *std::max_element(list.begin(), list.end());
}

}  // namespace touchstone::inline v0
