#pragma once
/// \file
/// Random exact instances and states for the properties, made so that counterexamples shrink to small ones: numbers
/// towards 0 through -1, 1, -2, 2, ..., dimensions and counts towards 1, states towards the solution.
///
/// A property that fails prints its values by name and a line of the form
///
///     RC_PARAMS="reproduce=BchQyl..."
///
/// which replays it: put it before the test program's name. Other settings go the same way, for instance
/// RC_PARAMS="seed=7 max_success=10000 max_size=200".

#include <string>
#include <utility>
#include <vector>

#include <rapidcheck.h>
#include <Eigen/LU>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/problems/quadratic.hpp"

namespace touchstone::properties {

/// 0, -1, 1, -2, 2, ... over 1, ..., 4.
[[nodiscard]] inline rc::Gen<Rational> rational(int most = 9) {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 2 * most + 1), rc::gen::inRange(1, 5)),
                      [](const std::pair<int, int>& fraction) {
                        const int up = (fraction.first + 1) / 2;
                        return ratio<Rational>(fraction.first % 2 == 0 ? up : -up, fraction.second);
                      });
}

/// 1, 2, 3, ... over 1, ..., 8: stepsizes.
[[nodiscard]] inline rc::Gen<Rational> positive_rational() {
  return rc::gen::map(rc::gen::pair(rc::gen::inRange(1, 9), rc::gen::inRange(1, 9)),
                      [](const std::pair<int, int>& f) { return ratio<Rational>(f.first, f.second); });
}

/// A number from first, first + 1, ..., last, drawn under a name.
[[nodiscard]] inline Index draw_count(const std::string& name, Index first, Index last) {
  return *rc::gen::inRange<Index>(first, last + 1).as(name);
}

[[nodiscard]] inline Vector<Rational> draw_vector(const std::string& name, Index d) {
  const auto entries = *rc::gen::container<std::vector<Rational>>(static_cast<std::size_t>(d), rational()).as(name);
  Vector<Rational> v(d);
  for (Index i = 0; i < d; ++i) v[i] = entries[static_cast<std::size_t>(i)];
  return v;
}

/// At the solution, or anywhere.
[[nodiscard]] inline Vector<Rational> draw_near(const std::string& name, const Vector<Rational>& solution) {
  if (*rc::gen::inRange(0, 4).as(name + ": 0 means at the solution") == 0) return solution;
  return solution + draw_vector(name + " - solution", solution.size());
}

/// For every vector of `solutions` one near it; all of them at the solution in one case of four.
[[nodiscard]] inline std::vector<Vector<Rational>> draw_near_all(const std::string& name,
                                                                 std::vector<Vector<Rational>> solutions) {
  if (*rc::gen::inRange(0, 4).as("all " + name + ": 0 means at their solutions") == 0) return solutions;
  for (std::size_t i = 0; i < solutions.size(); ++i)
    solutions[i] = draw_near(name + '_' + std::to_string(i), solutions[i]);
  return solutions;
}

/// A rational orthogonal matrix: the Cayley transform (I - W)(I + W)^{-1} of a skew-symmetric W. W shrinks to 0,
/// the matrix to the identity.
[[nodiscard]] inline Matrix<Rational> draw_orthogonal(const std::string& name, Index d) {
  const Vector<Rational> below_diagonal = draw_vector(name, d * (d - 1) / 2);
  Matrix<Rational> W = Matrix<Rational>::Zero(d, d);
  Index next = 0;
  for (Index j = 0; j < d; ++j)
    for (Index i = j + 1; i < d; ++i) {
      W(i, j) = below_diagonal[next++];
      W(j, i) = -W(i, j);
    }
  const Matrix<Rational> identity = Matrix<Rational>::Identity(d, d);
  return (identity - W) * Matrix<Rational>(identity + W).partialPivLu().inverse();
}

struct Instance {
  Quadratic<Rational> f;
  Vector<Rational> x_star;
};

struct Sizes {
  Index most_dimensions = 3;
  Index most_workers = 2;
  Index most_components = 2;
};

/// Convex quadratics with declared spectra in {0, 1/2, ..., 4}; the first component is strongly convex. L_ij is
/// exact; L_i, L and mu are means of the components' extreme eigenvalues: valid, and attained where the components
/// share their eigenvectors.
[[nodiscard]] inline Instance draw_instance(const Sizes& sizes) {
  const Index d = draw_count("d", 1, sizes.most_dimensions);
  const Index n = draw_count("n", 1, sizes.most_workers);
  const Index m = draw_count("m", 1, sizes.most_components);
  const bool aligned = *rc::gen::arbitrary<bool>().as("each component has eigenvectors of its own") == false;
  const Matrix<Rational> shared = draw_orthogonal("Q", d);
  std::vector<std::vector<QuadraticForm<Rational>>> components(static_cast<std::size_t>(n));
  ProblemConstants<Rational> constants{0, 0, {}, {}};
  for (Index i = 0; i < n; ++i) {
    constants.L_ij.emplace_back();
    constants.L_i.emplace_back(0);
    for (Index j = 0; j < m; ++j) {
      const std::string which = '_' + std::to_string(i) + '_' + std::to_string(j);
      const Matrix<Rational> Q = aligned ? shared : draw_orthogonal("Q" + which, d);
      Vector<Rational> spectrum(d);
      for (Index c = 0; c < d; ++c)
        spectrum[c] = ratio<Rational>(draw_count("twice an eigenvalue of H" + which, 0, 8), 2);
      if (i == 0 && j == 0) spectrum += Vector<Rational>::Constant(d, ratio<Rational>(1, 2));
      components[static_cast<std::size_t>(i)].push_back(
          {Matrix<Rational>(Q * spectrum.asDiagonal() * Q.transpose()), draw_vector("b" + which, d)});
      constants.L_ij.back().push_back(spectrum.maxCoeff());
      constants.L_i.back() += spectrum.maxCoeff() / m;
      constants.mu += spectrum.minCoeff() / (n * m);
    }
    constants.L += constants.L_i.back() / n;
  }
  Quadratic<Rational> f(std::move(components), std::move(constants));
  Vector<Rational> x_star = f.minimizer();
  return {std::move(f), std::move(x_star)};
}

/// grad f_i(x*) for every worker.
[[nodiscard]] inline std::vector<Vector<Rational>> gradients_at_solution(const Instance& on) {
  std::vector<Vector<Rational>> gradients;
  for (Index i = 0; i < on.f.workers(); ++i) gradients.push_back(on.f.gradient(i, on.x_star));
  return gradients;
}

/// grad f_j(x*) for every component of the first worker.
[[nodiscard]] inline std::vector<Vector<Rational>> component_gradients_at_solution(const Instance& on) {
  std::vector<Vector<Rational>> gradients;
  for (Index j = 0; j < on.f.components(0); ++j) gradients.push_back(on.f.component_gradient(0, j, on.x_star));
  return gradients;
}

}  // namespace touchstone::properties
