#include "verify/engine/second_moments.hpp"

#include <cmath>
#include <map>

#include <Eigen/LU>

#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0 {

namespace {

Vector<Rational> unit(Index size, Index i) {
  Vector<Rational> e = Vector<Rational>::Zero(size);
  e[i] = 1;
  return e;
}

}  // namespace

SecondMoments::SecondMoments(const std::vector<OutcomesOf>& phases, const QuadraticFunction& V, Index dimension,
                             const std::vector<Vector<Rational>>& check_states)
    : size_(dimension + 1) {
  if (check_states.empty()) throw std::logic_error("second moments need states at which the probe is checked");
  if (phases.empty()) throw std::logic_error("second moments need a step");
  for (const OutcomesOf& outcomes : phases) phases_.push_back(read_step(outcomes, check_states));
  read_quadratic(V, check_states);
}

SecondMoments::Recursion SecondMoments::read_step(const OutcomesOf& outcomes,
                                                  const std::vector<Vector<Rational>>& check_states) const {
  const Vector<Rational> origin = Vector<Rational>::Zero(size_ - 1);
  const auto at_origin = outcomes(origin);
  std::vector<Matrix<Rational>> maps(at_origin.size(), Matrix<Rational>::Zero(size_, size_));
  const auto same_law = [&](const auto& found) {
    bool same = found.size() == at_origin.size();
    for (std::size_t o = 0; same && o < found.size(); ++o) same = found[o].first == at_origin[o].first;
    if (!same) throw std::logic_error("the outcomes of the step depend on the state: its moments do not close");
  };
  for (std::size_t o = 0; o < maps.size(); ++o) maps[o].col(0) = with_one(at_origin[o].second);
  for (Index i = 0; i + 1 < size_; ++i) {
    const auto at_unit = outcomes(unit(size_ - 1, i));
    same_law(at_unit);
    for (std::size_t o = 0; o < maps.size(); ++o)
      maps[o].col(i + 1) = with_one(at_unit[o].second) - with_one(at_origin[o].second);
  }
  for (const Vector<Rational>& z : check_states) {
    const auto found = outcomes(z);
    same_law(found);
    for (std::size_t o = 0; o < maps.size(); ++o)
      if (Vector<Rational>(maps[o] * with_one(z)) != with_one(found[o].second))
        throw std::logic_error("the step is not affine in the state: its second moments do not close");
  }

  std::map<std::pair<Index, Index>, Rational> recursion;
  for (std::size_t o = 0; o < maps.size(); ++o) {
    const Matrix<Rational>& T = maps[o];
    const Rational& p = at_origin[o].first;
    for (Index j = 0; j < size_; ++j)
      for (Index i = 0; i <= j; ++i)
        for (Index a = 0; a < size_; ++a) {
          if (T(i, a) == 0) continue;
          const Rational p_T = p * T(i, a);
          for (Index b = 0; b < size_; ++b)
            if (T(j, b) != 0) add_product(recursion[{at(i, j), at(a, b)}], p_T, T(j, b));
        }
  }
  Recursion entries;
  for (const auto& [place, value] : recursion)
    if (value != 0) entries.push_back({place.first, place.second, value});
  return entries;
}

void SecondMoments::read_quadratic(const QuadraticFunction& V, const std::vector<Vector<Rational>>& check_states) {
  const QuadraticFunctions alone = [&V](const Vector<Rational>& z) { return std::vector<Rational>{V(z)}; };
  lyapunov_ = on_pairs(quadratic_forms(alone, size_ - 1, check_states).front());
}

Vector<Rational> SecondMoments::on_pairs(const Matrix<Rational>& F) const {
  Vector<Rational> function(size_ * (size_ + 1) / 2);
  for (Index j = 0; j < size_; ++j)
    for (Index i = 0; i <= j; ++i) function[at(i, j)] = i == j ? F(i, j) : Rational(2 * F(i, j));
  return function;
}

Vector<Rational> SecondMoments::pairs(const Vector<Rational>& z) const {
  const Vector<Rational> extended = with_one(z);
  Vector<Rational> products(size_ * (size_ + 1) / 2);
  for (Index j = 0; j < size_; ++j)
    for (Index i = 0; i <= j; ++i) products[at(i, j)] = extended[i] * extended[j];
  return products;
}

double SecondMoments::approximate_spectral_radius() const {
  constexpr std::size_t warm_up = 300;
  const std::size_t counted = (299 / phases_.size() + 1) * phases_.size();  // whole rounds
  struct Term {
    Index row, column;
    double value;
  };
  std::vector<bool> of_coordinates(static_cast<std::size_t>(lyapunov_.size()),
                                   true);  // not those with the constant
  for (Index j = 0; j < size_; ++j) of_coordinates[static_cast<std::size_t>(at(0, j))] = false;
  std::vector<std::vector<Term>> homogeneous;
  for (const Recursion& recursion : phases_) {
    homogeneous.emplace_back();
    for (const Entry& entry : recursion)
      if (of_coordinates[static_cast<std::size_t>(entry.row)] &&
          of_coordinates[static_cast<std::size_t>(entry.column)])
        homogeneous.back().push_back({entry.row, entry.column, static_cast<double>(entry.value)});
  }
  Vector<double> S = Vector<double>::Zero(lyapunov_.size());
  for (Index i = 1; i < size_; ++i) S[at(i, i)] = 1;
  double logarithm = 0;
  for (std::size_t k = 0; k < warm_up + counted; ++k) {
    Vector<double> next = Vector<double>::Zero(S.size());
    for (const Term& term : homogeneous[k % phases_.size()]) next[term.row] += term.value * S[term.column];
    const double growth = next.cwiseAbs().sum() / S.cwiseAbs().sum();
    if (growth == 0) return 0;
    if (k >= warm_up) logarithm += std::log(growth);
    S = next / next.cwiseAbs().sum();
  }
  return std::exp(logarithm / static_cast<double>(counted));
}

Rational SecondMoments::stationary() const {
  if (phases_.size() != 1) throw std::logic_error("steps that take turns have no stationary point");
  const Index pairs = lyapunov_.size();
  Matrix<Rational> system = Matrix<Rational>::Identity(pairs, pairs);  // I - T, with S_00 = 1 in the first row
  for (const Entry& entry : phases_.front())
    if (entry.row != at(0, 0)) system(entry.row, entry.column) -= entry.value;
  Vector<Rational> right = Vector<Rational>::Zero(pairs);
  right[at(0, 0)] = 1;
  const Vector<Rational> limit = system.partialPivLu().solve(right);
  if (Vector<Rational>(system * limit) != right)
    throw std::logic_error("the second moments have no unique stationary point");
  return value(lyapunov_, limit);
}

std::vector<Rational> SecondMoments::exact(const Vector<Rational>& start, Index K) const {
  return run<Rational>({lyapunov_}, start, K).front();
}

}  // namespace touchstone::inline v0
