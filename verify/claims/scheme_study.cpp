#include "verify/claims/scheme_study.hpp"

#include <cmath>
#include <set>

#include <fmt/format.h>

#include "touchstone/numbers/definiteness.hpp"
#include "verify/claims/study_parts.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0 {

std::vector<LineSides> line_sides(const SchemeTheorem& theorem, const SchemeSides& sides) {
  const auto bounded_by = [&](const MomentBound<Rational>& bound) {
    return Rational(2 * bound.A * sides.gap + bound.B1 * sides.s1 + bound.B2 * sides.s2 + bound.D);
  };
  const auto& row = theorem.row;
  std::vector<LineSides> all{{"(P4) second moment", sides.mean_square, bounded_by(row.mean)}};
  if (theorem.kind == ErrorKind::compensated && sides.workers) {
    const EstimateMoments<Rational>& g = *sides.workers;
    all.push_back({"(P2) means of the workers", g.worker_mean, bounded_by(row.worker_mean)});
    all.push_back({"(P3) variances of the workers", g.worker_variance, bounded_by(row.worker_variance)});
    all.push_back({"(E) errors", sides.next_errors,
                   Rational((1 - theorem.delta / 2) * sides.errors +
                            theorem.gamma * theorem.gamma * bounded_by(theorem.errors().moments))});
  }
  if (row.shift)
    all.push_back({"(P5) next s1", sides.next_s1,
                   Rational((1 - row.shift->rho) * sides.s1 + 2 * row.shift->C * sides.gap +
                            row.shift->G * row.shift->rho * sides.s2 + row.shift->D)});
  if (row.sampling)
    all.push_back({"(P6) next s2", sides.next_s2,
                   Rational((1 - row.sampling->rho) * sides.s2 + 2 * row.sampling->C * sides.gap)});
  return all;
}

namespace {

/// The lines at the states that were looked at.
class Lines {
 public:
  void inspect(Inspection& seen, const SchemeInstance& one, const SchemeSides& sides) {
    seen.equal(sides.mean_step, sides.gradient,
               [&] { return one.where + " (P1) E (xt - xt+)/gamma == grad f(x)"; });
    if (sides.workers) {
      const EstimateMoments<Rational>& g = *sides.workers;
      seen.equal(g.mean, sides.gradient, [&] { return one.where + " (P1) E g == grad f(x)"; });
      seen.equal(sides.mean_square, Rational(g.mean.squaredNorm() + g.worker_variance / one.workers),
                 [&] { return one.where + " E|g|^2 == |E g|^2 + (1/n^2) sum_i Var g_i"; });
    }
    for (const auto& [name, left, right] : line_sides(one.theorem, sides)) {
      seen.less_equal(left, right, [&, line = name] { return one.where + " " + line; });
      tightness_.add(name, left, right);
    }
  }

  [[nodiscard]] std::string text() const { return tightness_.text(); }

 private:
  LineTightness tightness_;
};

Finding lines(const CheckContext& context, const SchemeInstances& instances) {
  Seeded random = context.random("lines");
  Inspection inspection;
  Lines all;
  std::size_t outcomes = 0;
  const std::size_t states =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const SchemeInstance& one) {
        const SchemeSides sides = one.sides(one.start);
        all.inspect(seen, one, sides);
        outcomes += sides.outcomes;
      });
  return inspection.finding(fmt::format("{} states, {} outcomes; largest ratios {}", states, outcomes, all.text()));
}

void inspect_step(Inspection& seen, const SchemeInstance& one, const SchemeSides& sides, const std::string& where) {
  seen.less_equal(sides.next_V, one.theorem.one_step_bound(sides.V, sides.gap), [&] { return where + " E V+"; });
}

Finding one_step(const CheckContext& context, const SchemeInstances& instances) {
  Seeded random = context.random("one step");
  Inspection inspection;
  std::size_t outcomes = 0;
  const std::size_t states =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const SchemeInstance& one) {
        const SchemeSides sides = one.sides(one.start);
        inspect_step(seen, one, sides, one.where);
        outcomes += sides.outcomes;
      });
  return inspection.finding(fmt::format("{} states, {} outcomes", states, outcomes));
}

Finding all_states_of_scheme(const CheckContext& context, const SchemeInstances& instances) {
  Seeded random = context.random("all states");
  Inspection inspection;
  Index largest = 0;
  std::set<std::string> known;  // the state does not matter here: every instance and stepsize once
  inspect_each(random, instances, inspection, [&](Inspection& found, const SchemeInstance& one) {
    if (!known.insert(one.where.substr(0, one.where.rfind(','))).second) return;
    const Index size = one.start.size();
    largest = std::max(largest, size);
    const QuadraticFunctions slack = [&one](const Vector<Rational>& z) {
      const SchemeSides sides = one.sides(z);
      return std::vector<Rational>{Rational(one.theorem.one_step_bound(sides.V, sides.gap) - sides.next_V)};
    };
    const Vector<Rational> first = random_vector(random, size);
    const Vector<Rational> second = random_vector(random, size);
    const auto forms = quadratic_forms(slack, size, {first, second});
    found.holds(is_positive_semidefinite(forms.front()), [&] { return one.where + " E V+ at every state"; });
  });
  return inspection.finding(
      fmt::format("all states of {} instances, up to {} coordinates: the slack is positive semidefinite",
                  known.size(), largest));
}

/// V^k against (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta, which needs theta >= 0.
struct ClosedForm {
  Rational q, eta, noise;
  explicit ClosedForm(const SchemeTheorem& theorem)
      : q(1 - theorem.gap()), eta(theorem.gap()), noise(theorem.noise()) {}
};

Finding rate(const CheckContext& context, const SchemeInstances& instances, Index steps) {
  Seeded random = context.random("rate");
  Inspection inspection;
  constexpr Index exact_steps = 3;
  using Enclosure = Interval<100>;
  double least_share = 0;
  const std::size_t seen =
      inspect_each(random, instances, inspection, [&](Inspection& found, const SchemeInstance& one) {
        found.holds(one.theorem.descent() >= 0, [&] { return one.where + ": theta >= 0"; });
        const Index size = one.start.size();
        const Vector<Rational> first = random_vector(random, size);
        const Vector<Rational> second = random_vector(random, size);
        const SecondMoments moments(one.outcomes, one.lyapunov, size, {first, second});
        const ClosedForm bound(one.theorem);
        const std::vector<Rational> exact = moments.exact(one.start, exact_steps);
        found.follow(one.where, "E V^k", 0, exact.front(), exact.front());
        Rational power(1);
        for (Index k = 1; k <= exact_steps && !found.failed(); ++k) {
          power *= bound.q;
          const Rational& mean = exact[static_cast<std::size_t>(k)];
          const Rational promised = power * exact.front() + bound.noise * (1 - power) / bound.eta;
          found.follow(one.where, "E V^k", k, mean, promised);
          found.less_equal(mean, promised, [&, at = k] { return fmt::format("{} E V^{}", one.where, at); });
        }
        const std::vector<Enclosure> enclosed = moments.enclosed<100>(one.start, steps);
        const auto q = convert<Enclosure>(bound.q);
        const auto limit = convert<Enclosure>(Rational(bound.noise / bound.eta));
        const auto start = convert<Enclosure>(exact.front());
        Enclosure enclosed_power(1);
        for (Index k = 1; k <= steps && !found.failed(); ++k) {
          enclosed_power *= q;
          if (k <= exact_steps) continue;
          const Enclosure& mean = enclosed[static_cast<std::size_t>(k)];
          const Enclosure promised = enclosed_power * start + limit * (Enclosure(1) - enclosed_power);
          found.follow(one.where, "E V^k", k, mean, promised);
          found.less_equal(mean, promised, [&, at = k] { return fmt::format("{} E V^{}", one.where, at); });
        }
        const double radius = moments.approximate_spectral_radius();
        if (radius > 0 && radius < 1) {
          const double share = std::log(radius) / std::log(static_cast<double>(bound.q));
          least_share = least_share == 0 ? share : std::min(least_share, share);
        }
      });
  return inspection.finding(fmt::format(
      "{} instances, every k <= {} (exact to k = {}, then enclosed); asymptotic factor q^s with s >= {:.3g}", seen,
      steps, exact_steps, least_share));
}

Finding path(const CheckContext& context, const SchemeInstances& instances, Index steps) {
  Seeded random = context.random("path");
  Inspection inspection;
  std::size_t outcomes = 0;
  const std::size_t seen =
      inspect_each(random, instances, inspection, [&](Inspection& found, const SchemeInstance& one) {
        Vector<Rational> z = one.start;
        for (Index k = 0; k < steps && !found.failed(); ++k) {
          const SchemeSides sides = one.sides(z);
          outcomes += sides.outcomes;
          inspect_step(found, one, sides, fmt::format("{} k={}", one.where, k));
          const auto law = one.outcomes(z);
          random.begin_iteration(k);
          std::vector<Rational> weights;
          for (const auto& [p, next] : law) weights.push_back(p);
          z = law[static_cast<std::size_t>(random.pick(weights))].second;
        }
      });
  return inspection.finding(
      fmt::format("{} seeded runs of {} steps, all {} outcomes enumerated", seen, steps, outcomes));
}

}  // namespace

Check scheme_lines_check(SchemeInstances instances, SchemeMutants mutants) {
  return make_check<SchemeInstances>(Layer::exact, Level::exact, lines, std::move(instances), std::move(mutants));
}

Check scheme_one_step_check(SchemeInstances instances, SchemeMutants mutants) {
  return make_check<SchemeInstances>(Layer::exact, Level::exact, one_step, std::move(instances),
                                     std::move(mutants));
}

Check scheme_all_states_check(SchemeInstances instances, SchemeMutants mutants) {
  return make_check<SchemeInstances>(Layer::exact, Level::certificate, all_states_of_scheme, std::move(instances),
                                     std::move(mutants));
}

Check scheme_rate_check(SchemeInstances instances, SchemeMutants mutants, Index steps) {
  const auto run = [steps](const CheckContext& context, const SchemeInstances& of) {
    return rate(context, of, steps);
  };
  return make_check<SchemeInstances>(Layer::moments, Level::certified, run, std::move(instances),
                                     std::move(mutants));
}

Check scheme_path_check(SchemeInstances instances, SchemeMutants mutants, Index steps) {
  const auto run = [steps](const CheckContext& context, const SchemeInstances& of) {
    return path(context, of, steps);
  };
  return make_check<SchemeInstances>(Layer::run, Level::exact, run, std::move(instances), std::move(mutants));
}

}  // namespace touchstone::inline v0
