#include "verify/claims/descent_study.hpp"

#include <algorithm>
#include <map>

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

/// The expectations of listed quantities along a run, read off once.
class Moments {
 public:
  Moments(const DescentInstance& one, Seeded& random) : starts_(one.starts) {
    const Index size = starts_.front().second.size();
    const Vector<Rational> first = random_vector(random, size);
    const Vector<Rational> second = random_vector(random, size);
    moments_.emplace(
        one.outcomes, [&](const Vector<Rational>& z) { return one.quantities(z).gradient; }, size,
        std::vector<Vector<Rational>>{first, second});
    forms_ = quadratic_forms([&](const Vector<Rational>& z) { return listed(one.quantities(z)); }, size,
                             {first, second});
  }

  /// Every quantity for k = 0, ..., steps, over all starts.
  template <class S>
  [[nodiscard]] std::vector<std::vector<S>> expectations(Index steps) const {
    std::vector<std::vector<S>> sums(forms_.size(), std::vector<S>(static_cast<std::size_t>(steps) + 1, S(0)));
    for (const auto& [probability, start] : starts_) {
      const auto of_start = moments_->expectations<S>(forms_, start, steps);
      const S p = convert<S>(probability);
      for (std::size_t f = 0; f < sums.size(); ++f)
        for (std::size_t k = 0; k < sums[f].size(); ++k) sums[f][k] += p * of_start[f][k];
    }
    return sums;
  }

 private:
  WeightedStarts starts_;
  std::optional<SecondMoments> moments_;
  std::vector<Matrix<Rational>> forms_;
};

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
        const Moments moments(one, random);
        const auto exact = moments.expectations<Rational>(exact_steps);
        inspect_start(seen, one, exact[2].front());
        for (std::size_t entry = 3; entry < exact.size(); ++entry)
          for (std::size_t k = 0; k < exact[entry].size(); ++k) inspect_error(seen, one, k, exact[entry][k]);
        inspect_descent<Rational>(seen, one.theorem, course_of(exact), 0, one.where, said_at(one));
        inspect_descent<Interval<100>>(seen, one.theorem, course_of(moments.expectations<Interval<100>>(steps)),
                                       exact_steps + 1, one.where, said_at(one));
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
        inspect_descent<Rational>(seen, one.theorem, course, 0, one.where, said_at(one));
      });
  return inspection.finding(fmt::format("{} runs, all outcomes of {} steps", count, steps));
}

struct Lexicographic {
  bool operator()(const Vector<Rational>& left, const Vector<Rational>& right) const {
    return std::ranges::lexicographical_compare(left, right);
  }
};

/// With equal states joined.
WeightedStarts after_a_step(const DescentInstance& one, const WeightedStarts& law) {
  std::map<Vector<Rational>, Rational, Lexicographic> joined;
  for (const auto& [probability, z] : law)
    for (const auto& [p, next] : one.outcomes(z)) joined[next] += probability * p;
  WeightedStarts all;
  for (const auto& [z, probability] : joined) all.emplace_back(probability, z);
  return all;
}

}  // namespace

std::vector<DescentQuantities> quantities_by_moments(const DescentInstance& one, Index steps, Seeded& random) {
  const auto course = Moments(one, random).expectations<Rational>(steps);
  std::vector<DescentQuantities> all;
  for (std::size_t k = 0; k < course.front().size(); ++k)
    all.push_back({course[0][k], course[1][k], course[2][k], {}});
  return all;
}

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

std::size_t distinct_states(const DescentInstance& one, Index steps) {
  WeightedStarts law = one.starts;
  for (Index k = 0; k < steps; ++k) law = after_a_step(one, law);
  return law.size();
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
