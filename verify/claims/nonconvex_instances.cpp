#include "verify/claims/nonconvex_instances.hpp"

#include <algorithm>

#include "touchstone/numbers/definiteness.hpp"

namespace touchstone::inline v0 {

namespace {

using Components = std::vector<std::vector<QuadraticForm<Rational>>>;

Matrix<Rational> plane(const Rational& a, const Rational& b, const Rational& c) {
  Matrix<Rational> A(2, 2);
  A << a, b, b, c;
  return A;
}

Vector<Rational> point(const Rational& a, const Rational& b) {
  Vector<Rational> x(2);
  x << a, b;
  return x;
}

/// max |lambda|, from above
Rational spectral_norm_bound(const Matrix<Rational>& A) {
  return std::max(largest_eigenvalue_bound(A), Rational(-smallest_eigenvalue_bound(A)));
}

/// The largest mu of the form k/1024 with A^2 >= mu A: no eigenvalue lies between 0 and mu.
Rational smallest_positive_eigenvalue(const Matrix<Rational>& A) {
  const Matrix<Rational> square = A * A;
  Index low = 0;
  for (Index step = 1 << 14; step > 0; step /= 2) {
    const Rational mu = ratio<Rational>(low + step, 1024);
    if (is_positive_semidefinite(Matrix<Rational>(square - mu * A))) low += step;
  }
  return ratio<Rational>(low, 1024);
}

ProblemConstants<Rational> constants_of(const Components& components) {
  ProblemConstants<Rational> constants{0, 0, {}, {}};
  for (const std::vector<QuadraticForm<Rational>>& own : components) {
    Matrix<Rational> sum = own.front().A;
    constants.L_ij.emplace_back();
    for (std::size_t j = 0; j < own.size(); ++j) {
      if (j > 0) sum += own[j].A;
      constants.L_ij.back().push_back(spectral_norm_bound(own[j].A));
    }
    constants.L_i.push_back(spectral_norm_bound(Matrix<Rational>(sum / Rational(own.size()))));
  }
  return constants;
}

QuadraticForm<Rational> on_the_line(const Rational& curvature) {
  return {Matrix<Rational>::Constant(1, 1, curvature), Vector<Rational>::Zero(1)};
}

SaturatingTerm<Rational> on_the_line(const Rational& weight, const Rational& c) {
  return {weight, Vector<Rational>::Ones(1), c};
}

/// Of constants, where nothing sharper is known.
NonconvexFacts facts_by_constants(const ProblemConstants<Rational>& constants, const Rational& f_low) {
  NonconvexFacts facts{};
  facts.L = constants.L;
  facts.f_low = f_low;
  const Rational n(static_cast<Index>(constants.L_i.size()));
  for (std::size_t i = 0; i < constants.L_i.size(); ++i) {
    facts.L_squared += constants.L_i[i] * constants.L_i[i] / n;
    for (const Rational& L_ij : constants.L_ij[i])
      facts.component_L_squared += L_ij * L_ij / (n * Rational(constants.L_ij[i].size()));
    facts.L_max = std::max(facts.L_max, constants.L_i[i]);
  }
  facts.minus_squared = facts.L * facts.L;
  facts.plus_squared = facts.plus_minus_squared = facts.L_squared;
  return facts;
}

}  // namespace

namespace detail {

bool is_positive_definite(const Matrix<Rational>& A) {
  const Matrix<Rational> identity = Matrix<Rational>::Identity(A.rows(), A.cols());
  return is_positive_semidefinite(Matrix<Rational>(A - identity / Rational(1024)));
}

SaddleInstance saddle_instance(Components components, const std::string& name) {
  ProblemConstants<Rational> constants = constants_of(components);
  Quadratic<Rational> f(std::move(components), std::move(constants));
  const Vector<Rational> x_star = f.minimizer();
  NonconvexFacts facts = facts_of(f, x_star);
  return {std::move(f), std::move(facts), name};
}

}  // namespace detail

NonconvexFacts facts_of(const Quadratic<Rational>& f, const Vector<Rational>& x_star) {
  NonconvexFacts facts = facts_by_constants(f.constants(), f.value(x_star));
  const Matrix<Rational>& mean = f.form().A;
  const Rational n(f.workers());
  Matrix<Rational> squares = Matrix<Rational>::Zero(mean.rows(), mean.cols());
  facts.component_L_squared = 0;
  for (Index i = 0; i < f.workers(); ++i) {
    const Matrix<Rational>& A_i = f.form(i).A;
    squares += A_i * A_i / n;
    const Rational m(f.components(i));
    Matrix<Rational> spread = Matrix<Rational>::Zero(mean.rows(), mean.cols());
    for (Index j = 0; j < f.components(i); ++j) {
      const Matrix<Rational> difference = f.form(i, j).A - A_i;
      spread += difference * difference / m;
      const Vector<Rational> noise = f.component_gradient(i, j, x_star) - f.gradient(i, x_star);
      facts.sigma_squared += noise.squaredNorm() / (m * n);
    }
    facts.component_L_squared += largest_eigenvalue_bound(spread) / n;
  }
  facts.L = largest_eigenvalue_bound(mean);
  facts.minus_squared = facts.L * facts.L;
  facts.plus_squared = largest_eigenvalue_bound(squares);
  facts.plus_minus_squared = largest_eigenvalue_bound(Matrix<Rational>(squares - mean * mean));
  facts.mu = smallest_positive_eigenvalue(mean);
  return facts;
}

SaddleInstance two_saddles() {
  return detail::saddle_instance({{{plane(3, 0, -2), point(1, 0)}}, {{plane(-1, 0, 4), point(0, 1)}}},
                                 "two saddles");
}

SaddleInstance flat_valley() {
  const Matrix<Rational> turn = (Matrix<Rational>(2, 2) << 3, -4, 4, 3).finished() / Rational(5);
  const auto turned = [&](const Matrix<Rational>& A, const Vector<Rational>& b) {
    return QuadraticForm<Rational>{Matrix<Rational>(turn * A * turn.transpose()), Vector<Rational>(turn * b)};
  };
  Components components{{turned(plane(3, 0, -2), point(1, 2))}, {turned(plane(-1, 0, 2), point(1, -2))}};
  ProblemConstants<Rational> constants = constants_of(components);
  Quadratic<Rational> f(std::move(components), std::move(constants));
  NonconvexFacts facts = facts_of(f, Vector<Rational>(turn * point(1, 0)));
  return {std::move(f), std::move(facts), "flat valley"};
}

SaddleInstance saddles_of_components() {
  return detail::saddle_instance({{{plane(5, 1, -2), point(2, 0)}, {plane(1, -1, -1), point(0, 1)}},
                                  {{plane(-2, 0, 3), point(0, 1)}, {plane(1, 2, 4), point(1, -1)}}},
                                 "saddles of components");
}

SaddleInstance noisy_saddles() {
  const Matrix<Rational> first = plane(3, 0, -2);
  const Matrix<Rational> second = plane(-1, 0, 4);
  return detail::saddle_instance(
      {{{first, point(2, 0)}, {first, point(0, 0)}}, {{second, point(0, 3)}, {second, point(0, -1)}}},
      "noisy saddles");
}

SaddleInstance disagreeing_parabolas() {
  SaddleInstance one = detail::saddle_instance({{{plane(2, 1, 2), point(1, 0)}}, {{plane(1, 0, 3), point(-2, 1)}}},
                                               "disagreeing parabolas");
  Rational lowest(0);
  for (Index i = 0; i < one.f.workers(); ++i) {
    const QuadraticForm<Rational>& form = one.f.form(i);
    const Vector<Rational> minimizer = form.A.partialPivLu().solve(form.b);
    lowest += form.value(minimizer) / Rational(one.f.workers());
  }
  one.facts.difference = one.facts.f_low - lowest;
  return one;
}

SaturatingInstance bent_parabola() {
  const std::vector<QuadraticForm<Rational>> forms{on_the_line(6), on_the_line(-2)};
  SaturatingSum<Rational> f(Quadratic<Rational>(forms, {2, 0, {6, 2}, {{6}, {2}}}), {{{on_the_line(16, 0)}}, {{}}});
  NonconvexFacts facts = facts_by_constants(f.constants(), 0);
  facts.mu = Rational(5, 4);
  facts.component_L_squared = 0;
  return {std::move(f), std::move(facts), "bent parabola"};
}

SaturatingInstance sampled_bent_parabola(const Rational& offset) {
  const auto form = [](const Rational& curvature, const Rational& slope) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, curvature),
                                   Vector<Rational>::Constant(1, -slope)};
  };
  const Components forms{{form(6, offset), form(6, -offset)}, {form(-2, offset), form(-2, -offset)}};
  SaturatingSum<Rational> f(
      Quadratic<Rational>(forms, {2, 0, {6, 2}, {{6, 6}, {2, 2}}}),
      {{{on_the_line(17, 0)}, {on_the_line(15, 0)}}, {{on_the_line(1, 0)}, {on_the_line(-1, 0)}}});
  NonconvexFacts facts = bent_parabola().facts;
  facts.component_L_squared = 4;
  const auto slope_squared = SaturatingProfile::largest_squared_slope<Rational>();
  facts.sigma_squared = offset == 0 ? slope_squared : Rational(2 * (slope_squared + offset * offset));
  return {std::move(f), std::move(facts), "sampled bent parabola"};
}

SaturatingInstance saturating_pair() {
  const QuadraticForm<Rational> nothing{Matrix<Rational>::Zero(2, 2), Vector<Rational>::Zero(2)};
  const Components forms{{nothing, nothing}, {nothing, nothing}};
  const ProblemConstants<Rational> none{0, 0, {0, 0}, {{0, 0}, {0, 0}}};
  SaturatingSum<Rational> f(Quadratic<Rational>(forms, none),
                            {{{{2, point(1, 0), 1}, {-1, point(1, 1), 0}}, {{1, point(1, -1), Rational(1, 2)}}},
                             {{{Rational(3, 2), point(0, 1), -1}}, {{-1, point(2, 1), 0}, {1, point(1, 2), 1}}}});
  // Terms of negative weight w lie above w: (1/4)(-1 - 1)
  return {f, facts_by_constants(f.constants(), Rational(-1, 2)), "saturating pair"};
}

}  // namespace touchstone::inline v0
