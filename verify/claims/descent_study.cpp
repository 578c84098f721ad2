#include "verify/claims/descent_study.hpp"

#include <fmt/format.h>

#include "verify/claims/study_parts.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0 {

namespace {

DescentWhere said_at(const DescentInstance& one) {
  return [&one](const char* what, std::size_t k) { return fmt::format("{}: {} at {}", one.where, what, k); };
}

void inspect_start(Inspection& seen, const DescentInstance& one, const Rational& first_memory) {
  for (std::size_t c = 0; c < one.theorem.conditions.size(); ++c)
    seen.less_equal(Rational(0), one.theorem.conditions[c],
                    [&] { return fmt::format("{}: condition {} on the stepsize", one.where, c + 1); });
  if (one.theorem.first_memory)
    seen.less_equal(first_memory, *one.theorem.first_memory,
                    [&] { return one.where + ": the memory at the start"; });
}

void inspect_error(Inspection& seen, const DescentInstance& one, std::size_t k, const Rational& error) {
  seen.equal(error, Rational(0), [&] { return fmt::format("{}: E (g - grad f(x)) at {}", one.where, k); });
}

/// Gap, gradient, memory, then the entries of the error.
std::vector<Rational> listed(const DescentQuantities& at) {
  std::vector<Rational> all{at.gap, at.gradient, at.memory};
  all.insert(all.end(), at.error.begin(), at.error.end());
  return all;
}

/// The expectations of listed quantities along the steps, over all starts.
template <class S>
std::vector<std::vector<S>> expectations(const SecondMoments& moments, const std::vector<Matrix<Rational>>& forms,
                                         const WeightedStarts& starts, Index steps) {
  std::vector<std::vector<S>> sums(forms.size(), std::vector<S>(static_cast<std::size_t>(steps) + 1, S(0)));
  for (const auto& [probability, start] : starts) {
    const auto of_start = moments.expectations<S>(forms, start, steps);
    const S p = convert<S>(probability);
    for (std::size_t f = 0; f < sums.size(); ++f)
      for (std::size_t k = 0; k < sums[f].size(); ++k) sums[f][k] += p * of_start[f][k];
  }
  return sums;
}

template <class S>
DescentCourse<S> course_of(const std::vector<std::vector<S>>& listed) {
  return {listed[0], listed[1], listed[2]};
}

Finding runs(const CheckContext& context, const DescentInstances& instances, Index steps) {
  Seeded random = context.random("run");
  Inspection inspection;
  constexpr Index exact_steps = 4;
  const std::size_t count =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const DescentInstance& one) {
        const Index size = one.starts.front().second.size();
        const std::vector<Vector<Rational>> states{random_vector(random, size), random_vector(random, size)};
        const SecondMoments moments(
            one.outcomes, [&](const Vector<Rational>& z) { return one.quantities(z).gradient; }, size, states);
        const std::vector<Matrix<Rational>> forms =
            quadratic_forms([&](const Vector<Rational>& z) { return listed(one.quantities(z)); }, size, states);
        const auto exact = expectations<Rational>(moments, forms, one.starts, exact_steps);
        inspect_start(seen, one, exact[2].front());
        for (std::size_t entry = 3; entry < exact.size(); ++entry)
          for (std::size_t k = 0; k < exact[entry].size(); ++k) inspect_error(seen, one, k, exact[entry][k]);
        inspect_descent<Rational>(seen, one.theorem, course_of(exact), 0, said_at(one));
        inspect_descent<Interval<100>>(seen, one.theorem,
                                       course_of(expectations<Interval<100>>(moments, forms, one.starts, steps)),
                                       exact_steps + 1, said_at(one));
      });
  return inspection.finding(
      fmt::format("{} runs, every K <= {} (exact to K = {}, then enclosed)", count, steps, exact_steps));
}

Finding trees(const CheckContext& context, const DescentInstances& instances, Index steps) {
  Seeded random = context.random("tree");
  Inspection inspection;
  const std::size_t count =
      inspect_each(random, instances, inspection, [&](Inspection& seen, const DescentInstance& one) {
        const std::vector<DescentQuantities> at = expected_quantities(one, steps);
        inspect_start(seen, one, at.front().memory);
        DescentCourse<Rational> course;
        for (std::size_t k = 0; k < at.size(); ++k) {
          course.gap.push_back(at[k].gap);
          course.gradient.push_back(at[k].gradient);
          course.memory.push_back(at[k].memory);
          for (const Rational& entry : at[k].error) inspect_error(seen, one, k, entry);
        }
        inspect_descent<Rational>(seen, one.theorem, course, 0, said_at(one));
      });
  return inspection.finding(fmt::format("{} runs, all outcomes of {} steps", count, steps));
}

/// With equal states joined.
WeightedStarts after_a_step(const DescentInstance& one, const WeightedStarts& law) {
  WeightedStarts next;
  for (const auto& [probability, z] : law)
    for (const auto& [p, after] : one.outcomes(z)) {
      const auto seen =
          std::find_if(next.begin(), next.end(), [&](const auto& known) { return known.second == after; });
      if (seen == next.end())
        next.emplace_back(probability * p, after);
      else
        seen->first += probability * p;
    }
  return next;
}

}  // namespace

std::vector<DescentQuantities> expected_quantities(const DescentInstance& one, Index steps) {
  std::vector<DescentQuantities> all;
  WeightedStarts law = one.starts;
  for (Index k = 0; k <= steps; ++k) {
    DescentQuantities mean{0, 0, 0, {}};
    for (const auto& [probability, z] : law) {
      const DescentQuantities at = one.quantities(z);
      mean.gap += probability * at.gap;
      mean.gradient += probability * at.gradient;
      mean.memory += probability * at.memory;
      mean.error.resize(at.error.size(), Rational(0));
      for (std::size_t entry = 0; entry < at.error.size(); ++entry)
        mean.error[entry] += probability * at.error[entry];
    }
    all.push_back(std::move(mean));
    if (k < steps) law = after_a_step(one, law);
  }
  return all;
}

Check descent_run_check(DescentInstances instances, DescentMutants mutants, Index steps) {
  return make_check<DescentInstances>(
      Layer::moments, Level::certified,
      [steps](const CheckContext& context, const DescentInstances& of) { return runs(context, of, steps); },
      std::move(instances), std::move(mutants));
}

Check descent_tree_check(DescentInstances instances, DescentMutants mutants, Index steps) {
  return make_check<DescentInstances>(
      Layer::exact, Level::exact,
      [steps](const CheckContext& context, const DescentInstances& of) { return trees(context, of, steps); },
      std::move(instances), std::move(mutants));
}

}  // namespace touchstone::inline v0
