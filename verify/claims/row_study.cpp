#include "verify/claims/row_study.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "touchstone/numbers/definiteness.hpp"
#include "verify/claims/study_parts.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0 {

namespace {

void note(Tightness& line, const Rational& left, const Rational& right) {
  line.add(static_cast<double>(left), static_cast<double>(Rational(right - left)), static_cast<double>(right));
}

Finding assumption(const CheckContext& context, const RowInstances& instances) {
  Seeded random = context.random("assumption");
  Inspection inspection;
  Tightness second_moment;
  Tightness next_sigma;
  std::size_t outcomes = 0;
  const std::size_t states =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const RowInstance& one) {
        const AssumptionSides<Rational> sides = one.sides(one.start);
        inspect(seen, sides, [&] { return one.where; });
        note(second_moment, sides.second_moment, sides.second_moment_bound);
        note(next_sigma, sides.next_sigma_squared, sides.next_sigma_bound);
        outcomes += sides.outcomes;
      });
  return inspection.finding(fmt::format("{} states, {} outcomes; largest ratio (K2) {:.4g}, (K3) {:.4g}", states,
                                        outcomes, std::max(second_moment.ratio, 0.0),
                                        std::max(next_sigma.ratio, 0.0)));
}

Finding all_states(const CheckContext& context, const RowInstances& instances) {
  Seeded random = context.random("all states");
  Inspection inspection;
  Index largest = 0;
  std::set<std::pair<std::string, Rational>> known;  // the state does not matter here: every instance once
  inspect_each(random, instances, inspection, [&](Inspection& found, const RowInstance& one) {
    if (!known.emplace(one.where.substr(0, one.where.rfind(',')), one.gamma).second) return;
    const Index size = one.start.size();
    largest = std::max(largest, size);
    const QuadraticFunctions slacks = [&one](const Vector<Rational>& z) {
      const AssumptionSides<Rational> sides = one.sides(z);
      return std::vector<Rational>{Rational(sides.second_moment_bound - sides.second_moment),
                                   Rational(sides.next_sigma_bound - sides.next_sigma_squared)};
    };
    const auto forms = quadratic_forms(slacks, size, {random_vector(random, size), random_vector(random, size)});
    found.holds(is_positive_semidefinite(forms[0]), [&] { return one.where + " (K2) at every state"; });
    found.holds(is_positive_semidefinite(forms[1]), [&] { return one.where + " (K3) at every state"; });
  });
  return inspection.finding(fmt::format(
      "(K2), (K3) at all states of {} instances, up to {} coordinates: their slacks are positive semidefinite",
      known.size(), largest));
}

Finding closed_form(const CheckContext& context, const RowInstances& instances) {
  Seeded random = context.random("closed form");
  Inspection inspection;
  inspect_each(random, instances, inspection, [](Inspection& seen, const RowInstance& one) {
    const auto [second_moment, next_sigma] = one.closed_forms();
    const AssumptionSides<Rational> sides = one.sides(one.start);
    seen.equal(sides.second_moment, second_moment, [&] { return one.where + " E|g - grad f(x*)|^2"; });
    seen.equal(sides.next_sigma_squared, next_sigma, [&] { return one.where + " E sigma+^2"; });
  });
  return inspection.finding(fmt::format("{} equalities", inspection.comparisons()));
}

/// q and the floor of the theorem.
struct Bound {
  Rational q, floor;
};

Bound bound_of(const RowInstance& one) {
  const auto factors = contraction_factors(one.row, one.gamma, one.mu, one.M);
  const auto gaps = contraction_gaps(one.row, one.gamma, one.mu, one.M);
  return {*std::max_element(factors.begin(), factors.end()),
          Rational(noise(one.row, one.gamma, one.M) / *std::min_element(gaps.begin(), gaps.end()))};
}

SecondMoments moments_of(const RowInstance& one, Seeded& random) {
  const Index size = one.start.size();
  return {one.outcomes,
          [&one](const Vector<Rational>& z) { return one.lyapunov(z); },
          size,
          {random_vector(random, size), random_vector(random, size)}};
}

/// k beyond the exact steps. Where the enclosures overlap, as they do where the bound is attained, it is decided exactly.
void inspect_enclosed(Inspection& found, const RowInstance& one, const SecondMoments& moments, const Bound& bound,
                      const RateSettings& settings) {
  using Enclosure = Interval<100>;
  const std::vector<Enclosure> enclosed = moments.enclosed<100>(one.start, settings.steps);
  std::vector<Rational> exact;
  const auto q = convert<Enclosure>(bound.q);
  const auto floor = convert<Enclosure>(bound.floor);
  const auto first = convert<Enclosure>(one.lyapunov(one.start));
  Enclosure power(1);
  Rational exact_power(1);
  for (Index k = 1; k <= settings.steps; ++k) {
    power *= q;
    if (!exact.empty()) exact_power *= bound.q;
    if (k <= settings.exact_steps) continue;
    const auto where = [&, at = k] { return fmt::format("{} E V^{}", one.where, at); };
    const Enclosure& left = enclosed[static_cast<std::size_t>(k)];
    const Enclosure right = power * first + floor;
    found.follow(one.where, "E V^k", k, left, right);
    if (certainly_less_equal(left, right) || lower_end(left) > upper_end(right)) {
      found.less_equal(left, right, where);
    } else {
      if (exact.empty()) {
        exact = moments.exact(one.start, settings.steps);
        for (Index i = 0; i < k; ++i) exact_power *= bound.q;
      }
      found.less_equal(exact[static_cast<std::size_t>(k)], Rational(exact_power * exact.front() + bound.floor),
                       where);
    }
    if (found.failed()) return;
  }
}

Finding rate(const CheckContext& context, const RowInstances& instances, const RateSettings& settings) {
  Seeded random = context.random("rate");
  Inspection inspection;
  double worst_share = 0;  // of the theorem's logarithm: how much faster V shrinks in the end
  double best_share = 0;
  const std::size_t seen =
      inspect_each(random, instances, inspection, [&](Inspection& found, const RowInstance& one) {
        const auto [q, floor] = bound_of(one);
        const SecondMoments moments = moments_of(one, random);
        const std::vector<Rational> exact = moments.exact(one.start, settings.exact_steps);
        found.follow(one.where, "E V^k", 0, exact.front(), Rational(exact.front() + floor));
        Rational power = q;
        for (Index k = 1; k <= settings.exact_steps && !found.failed(); ++k, power *= q) {
          const Rational& mean = exact[static_cast<std::size_t>(k)];
          const Rational bound = power * exact.front() + floor;
          found.follow(one.where, "E V^k", k, mean, bound);
          found.less_equal(mean, bound, [&, at = k] { return fmt::format("{} E V^{}", one.where, at); });
        }
        if (found.failed()) return;
        inspect_enclosed(found, one, moments, {q, floor}, settings);
        const double radius = moments.approximate_spectral_radius();
        const double share = radius > 0 && q > 0 ? std::log(radius) / std::log(static_cast<double>(q)) : 0;
        if (share > 0) worst_share = worst_share == 0 ? share : std::min(worst_share, share);
        best_share = std::max(best_share, share);
      });
  return inspection.finding(
      fmt::format("{} instances, every k <= {} (exact to k = {}, then enclosed); asymptotic factor q^s with s from "
                  "{:.3g} to {:.3g}",
                  seen, settings.steps, settings.exact_steps, worst_share, best_share));
}

/// Lexicographic: states as keys.
struct Before {
  bool operator()(const Vector<Rational>& a, const Vector<Rational>& b) const {
    return std::lexicographical_compare(a.data(), a.data() + a.size(), b.data(), b.data() + b.size());
  }
};
using Law = std::map<Vector<Rational>, Rational, Before>;

Law after_step(const RowInstance& one, const Law& now) {
  constexpr std::size_t limit = 100'000;
  Law next;
  for (const auto& [z, probability] : now) {
    for (const auto& [p, outcome] : one.outcomes(z)) next[outcome] += probability * p;
    if (next.size() > limit) throw std::length_error("more than 100000 states after a few steps");
  }
  return next;
}

Finding tree(const CheckContext& context, const RowInstances& instances, Index steps) {
  Seeded random = context.random("tree");
  Inspection inspection;
  std::size_t states = 0;
  const std::size_t seen =
      inspect_each(random, instances, inspection, [&](Inspection& found, const RowInstance& one) {
        const auto [q, floor] = bound_of(one);
        const Rational first = one.lyapunov(one.start);
        Law law{{one.start, Rational(1)}};
        Rational power = q;
        for (Index k = 1; k <= steps && !found.failed(); ++k, power *= q) {
          law = after_step(one, law);
          states += law.size();
          Rational mean(0);
          for (const auto& [z, probability] : law) mean += probability * one.lyapunov(z);
          found.less_equal(mean, Rational(power * first + floor),
                           [&, at = k] { return fmt::format("{} E V^{}", one.where, at); });
        }
      });
  return inspection.finding(fmt::format("{} instances, every outcome of {} steps: {} states", seen, steps, states));
}

Finding neighbourhood(const CheckContext& context, const RowInstances& instances) {
  Seeded random = context.random("neighbourhood");
  Inspection inspection;
  double largest = 0;
  const std::size_t seen =
      inspect_each(random, instances, inspection, [&](Inspection& found, const RowInstance& one) {
        const Rational floor = bound_of(one).floor;
        const Rational limit = moments_of(one, random).stationary();
        found.holds(limit > 0, [&] { return one.where + " lim E V^k > 0"; });
        found.less_equal(limit, floor, [&] { return one.where + " lim E V^k"; });
        if (floor > 0) largest = std::max(largest, static_cast<double>(Rational(limit / floor)));
      });
  return inspection.finding(fmt::format(
      "{} instances: 0 < lim E V^k <= the theorem's neighbourhood, at most {:.3g} of it", seen, largest));
}

std::string as_text(const DrawLists& lists) {
  std::string text;
  for (const std::vector<std::string>& list : lists)
    text += fmt::format("{}{}", text.empty() ? "" : " | ", fmt::join(list, "; "));
  return text;
}

Finding draws(const CheckContext& context, const RowInstances& instances) {
  Seeded random = context.random("draws");
  Inspection inspection;
  std::size_t outcomes = 0;
  inspect_each(random, instances, inspection, [&](Inspection& seen, const RowInstance& one) {
    DrawLists distinct;
    for (std::vector<std::string>& asked : one.questions(one.start)) {
      ++outcomes;
      if (std::find(distinct.begin(), distinct.end(), asked) == distinct.end())
        distinct.push_back(std::move(asked));
    }
    seen.equal(as_text(distinct), as_text(one.draws()), [&] { return one.where; });
  });
  return inspection.finding(
      fmt::format("the choices of {} outcomes: which, in what order, by whom, with what probabilities", outcomes));
}

Law law_after(const RowInstance& one, Index steps, bool whole_state) {
  Law law{{one.start, Rational(1)}};
  for (Index k = 0; k < steps; ++k) law = after_step(one, law);
  Law projected;
  for (const auto& [z, probability] : law)
    projected[whole_state ? z : Vector<Rational>(z.head(one.model_size))] += probability;
  return projected;
}

Finding reduction(const CheckContext& context, const std::vector<Reduction>& reductions, Index steps) {
  Inspection inspection;
  std::size_t pairs = 0;
  for (const Reduction& one : reductions) {
    Seeded left_random = context.random(one.name);
    Seeded right_random = context.random(one.name);
    const std::vector<RowInstance> from = one.from(left_random);
    const std::vector<RowInstance> to = one.to(right_random);
    inspection.holds(!from.empty() && from.size() == to.size(),
                     [&] { return one.name + ": as many instances on both sides"; });
    for (std::size_t i = 0; i < std::min(from.size(), to.size()); ++i, ++pairs)
      inspection.holds(law_after(from[i], steps, one.whole_state) == law_after(to[i], steps, one.whole_state), [&] {
        return fmt::format("{}: {}, the laws after {} steps agree", one.name, from[i].where, steps);
      });
  }
  return inspection.finding(fmt::format("{} reductions, {} pairs of runs: the laws after {} steps are equal",
                                        reductions.size(), pairs, steps));
}

}  // namespace

Check assumption_check(RowInstances instances, RowMutants mutants) {
  return make_check<RowInstances>(Layer::exact, Level::exact, assumption, std::move(instances), std::move(mutants));
}

Check all_states_check(RowInstances instances, RowMutants mutants) {
  return make_check<RowInstances>(Layer::exact, Level::certificate, all_states, std::move(instances),
                                  std::move(mutants));
}

Check closed_form_check(RowInstances instances, RowMutants mutants) {
  return make_check<RowInstances>(Layer::exact, Level::exact, closed_form, std::move(instances),
                                  std::move(mutants));
}

Check rate_check(RowInstances instances, RowMutants mutants, RateSettings settings) {
  const auto run = [settings](const CheckContext& context, const RowInstances& of) {
    return rate(context, of, settings);
  };
  return make_check<RowInstances>(Layer::moments, Level::certified, run, std::move(instances), std::move(mutants));
}

Check tree_check(RowInstances instances, RowMutants mutants, Index steps) {
  const auto run = [steps](const CheckContext& context, const RowInstances& of) {
    return tree(context, of, steps);
  };
  return make_check<RowInstances>(Layer::exact, Level::certified, run, std::move(instances), std::move(mutants));
}

Check neighbourhood_check(RowInstances instances, RowMutants mutants) {
  return make_check<RowInstances>(Layer::moments, Level::exact, neighbourhood, std::move(instances),
                                  std::move(mutants));
}

Check draws_check(RowInstances instances, RowMutants mutants) {
  return make_check<RowInstances>(Layer::exact, Level::exact, draws, std::move(instances), std::move(mutants));
}

Check reduction_check(std::vector<Reduction> as_stated, std::vector<Mutant<std::vector<Reduction>>> mutants,
                      Index steps) {
  const auto run = [steps](const CheckContext& context, const std::vector<Reduction>& of) {
    return reduction(context, of, steps);
  };
  return make_check<std::vector<Reduction>>(Layer::exact, Level::exact, run, std::move(as_stated),
                                            std::move(mutants));
}

}  // namespace touchstone::inline v0
