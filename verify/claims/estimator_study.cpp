#include "verify/claims/estimator_study.hpp"

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

using Spectra = std::vector<std::vector<Vector<Rational>>>;  // of every component of every worker
using Components = std::vector<std::vector<QuadraticForm<Rational>>>;

struct Spread {
  Vector<Rational> mean, variance;  ///< over the components, eigenvalue by eigenvalue
};

Spread spread_of(const std::vector<Vector<Rational>>& own) {
  const Rational m(static_cast<Index>(own.size()));
  Spread s{Vector<Rational>::Zero(own.front().size()), Vector<Rational>::Zero(own.front().size())};
  for (const Vector<Rational>& spectrum : own) s.mean += spectrum / m;
  for (const Vector<Rational>& spectrum : own) s.variance += (spectrum - s.mean).cwiseAbs2() / m;
  return s;
}

EstimatorInstance instance(Components components, const Spectra& spectra, const std::string& name) {
  ProblemConstants<Rational> constants{0, 0, {}, {}};
  NonconvexFacts facts{};
  std::vector<Rational> component_L_squared;
  const Rational n(static_cast<Index>(spectra.size()));
  for (const std::vector<Vector<Rational>>& own : spectra) {
    const Spread s = spread_of(own);
    constants.L_i.push_back(s.mean.cwiseAbs().maxCoeff());
    constants.L = std::max(constants.L, constants.L_i.back());
    constants.L_ij.emplace_back();
    for (const Vector<Rational>& spectrum : own) constants.L_ij.back().push_back(spectrum.cwiseAbs().maxCoeff());
    component_L_squared.push_back(s.variance.maxCoeff());
    facts.L_squared += constants.L_i.back() * constants.L_i.back() / n;
    facts.component_L_squared += component_L_squared.back() / n;
  }
  facts.minus_squared = facts.plus_squared = facts.plus_minus_squared = facts.L_squared;
  return {{std::move(components), std::move(constants)}, std::move(facts), std::move(component_L_squared), name};
}

}  // namespace

EstimatorInstance isotropic_instance(Index d, const std::vector<std::vector<Rational>>& curvatures) {
  Components components;
  Spectra spectra;
  for (const std::vector<Rational>& own : curvatures) {
    components.emplace_back();
    spectra.emplace_back();
    for (const Rational& curvature : own) {
      const Rational b(static_cast<Index>(components.size() + components.back().size()));
      components.back().push_back(
          {Matrix<Rational>(Matrix<Rational>::Identity(d, d) * curvature), Vector<Rational>::Constant(d, b)});
      spectra.back().push_back(Vector<Rational>::Constant(d, curvature));
    }
  }
  return instance(std::move(components), spectra, fmt::format("d={} n={} isotropic", d, curvatures.size()));
}

EstimatorInstance random_estimator_instance(Seeded& random, Index d, const std::vector<Index>& counts) {
  Components components;
  Spectra spectra;
  for (const Index m : counts) {
    components.emplace_back();
    spectra.emplace_back();
    const Matrix<Rational> Q = random_orthogonal(random, d);
    for (Index j = 0; j < m; ++j) {
      const Vector<Rational> spectrum = random_vector(random, d);
      const Vector<Rational> b = random_vector(random, d);
      components.back().push_back({Matrix<Rational>(Q * spectrum.asDiagonal() * Q.transpose()), b});
      spectra.back().push_back(spectrum);
    }
  }
  return instance(std::move(components), spectra, fmt::format("d={} n={}", d, counts.size()));
}

EstimatorInstance equal_workers(const EstimatorInstance& on, Index n) {
  EstimatorInstance all = on;
  const auto count = static_cast<std::size_t>(n);
  std::vector<QuadraticForm<Rational>> own;
  for (Index j = 0; j < on.f.components(0); ++j) own.push_back(on.f.form(0, j));
  const ProblemConstants<Rational>& of = on.f.constants();
  all.f = Quadratic<Rational>(Components(count, own), {of.L, 0, std::vector<Rational>(count, of.L_i.front()),
                                                       std::vector<std::vector<Rational>>(count, of.L_ij.front())});
  all.component_L_squared.assign(count, on.component_L_squared.front());
  all.facts.L_squared = of.L_i.front() * of.L_i.front();
  all.facts.component_L_squared = on.component_L_squared.front();
  all.facts.minus_squared = all.facts.plus_squared = all.facts.plus_minus_squared = all.facts.L_squared;
  all.name += " equal workers";
  return all;
}

std::vector<EstimatorInstance> whole_instances(Seeded& random) {
  std::vector<EstimatorInstance> all;
  for (const auto& [d, n] : {std::pair<Index, std::size_t>{1, 2}, {2, 2}, {2, 3}, {3, 2}})
    all.push_back(random_estimator_instance(random, d, std::vector<Index>(n, 1)));
  all.push_back(isotropic_instance(2, {{3}, {-3}}));
  all.push_back(isotropic_instance(3, {{-2}, {1}}));
  all.push_back(equal_workers(random_estimator_instance(random, 2, {1}), 2));
  return all;
}

std::vector<EstimatorInstance> component_instances(Seeded& random) {
  std::vector<EstimatorInstance> all;
  for (const auto& [d, counts] :
       {std::pair<Index, std::vector<Index>>{1, {2, 2}}, {2, {2, 2}}, {2, {3}}, {1, {1, 3}}, {3, {2}}})
    all.push_back(random_estimator_instance(random, d, counts));
  all.push_back(isotropic_instance(2, {{3, 1}, {-1, 2}}));
  all.push_back(isotropic_instance(2, {{2, -2}}));
  all.push_back(equal_workers(random_estimator_instance(random, 1, {2}), 2));
  return all;
}

GradientChanges gradient_changes(const Quadratic<Rational>& f, const Vector<Rational>& x,
                                 const Vector<Rational>& next_x) {
  const Rational n(f.workers());
  GradientChanges changes;
  changes.step = next_x - x;
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Rational> next_gradient = f.gradient(i, next_x);
    const Vector<Rational> difference = next_gradient - f.gradient(i, x);
    changes.mean_square += difference.squaredNorm() / n;
    const Rational m(f.components(i));
    Rational spread(0), at_next(0);
    for (Index j = 0; j < f.components(i); ++j) {
      const Vector<Rational> there = f.component_gradient(i, j, next_x);
      const Vector<Rational> own = there - f.component_gradient(i, j, x);
      spread += (own - difference).squaredNorm() / m;
      at_next += (there - next_gradient).squaredNorm() / m;
    }
    changes.spread.push_back(spread);
    changes.at_next.push_back(at_next);
  }
  changes.square_of_mean = (full_gradient<Rational>(f, next_x) - full_gradient<Rational>(f, x)).squaredNorm();
  return changes;
}

Check estimator_check(const EstimatorStudy& as_stated, std::vector<Mutant<EstimatorStudy>> mutants) {
  const auto run = [](const CheckContext& context, const EstimatorStudy& study) {
    Seeded random = context.random("estimator");
    Inspection inspection;
    const std::vector<EstimatorSides> all = study(random);
    for (const EstimatorSides& at : all) {
      inspection.equal(at.mean_error, at.mean_error_left, [&] { return at.where + " E (g+ - grad f(x+))"; });
      inspection.equal(at.next_G, at.closed_form, [&] { return at.where + " E G+, closed form"; });
      inspection.less_equal(at.next_G, at.bound, [&] { return at.where + " (R) E G+"; });
    }
    return inspection.finding(
        fmt::format("{} states; E G+ equals its closed form, the row is attained", all.size()));
  };
  return make_check<EstimatorStudy>(Layer::exact, Level::exact, run, as_stated, std::move(mutants));
}

}  // namespace touchstone::inline v0
