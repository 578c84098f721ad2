#pragma once
/// \file
/// Methods of chapter 5 without an estimator of their own in the state: g is what x moves along, (x - x+)/gamma; the lines that the
/// theory has about it at a state, all outcomes of a step enumerated.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "verify/claims/estimator_models.hpp"

namespace touchstone::inline v0 {

/// left <= right, or left = right, at a state.
struct StepLine {
  std::string name;
  Rational left, right;
  bool equality = false;
};
struct StepLines {
  std::string where;
  Vector<Rational> mean_g, gradient;  ///< E g and grad f(x), to be equal
  std::vector<StepLine> lines;
};
using StepLinesStudy = std::function<std::vector<StepLines>(Seeded&)>;

[[nodiscard]] inline Check step_lines_check(const StepLinesStudy& as_stated,
                                            std::vector<Mutant<StepLinesStudy>> mutants) {
  const auto run = [](const CheckContext& context, const StepLinesStudy& study) {
    Seeded random = context.random("lines");
    Inspection inspection;
    const std::vector<StepLines> all = study(random);
    for (const StepLines& at : all) {
      inspection.equal(at.mean_g, at.gradient, [&] { return at.where + " E g"; });
      for (const StepLine& line : at.lines) {
        const auto where = [&] { return at.where + " " + line.name; };
        if (line.equality)
          inspection.equal(line.left, line.right, where);
        else
          inspection.less_equal(line.left, line.right, where);
      }
    }
    return inspection.finding(fmt::format("{} states, all outcomes of a step", all.size()));
  };
  return make_check<StepLinesStudy>(Layer::exact, Level::exact, run, as_stated, std::move(mutants));
}

template <class Method>
struct StudiedCase {
  EstimatorInstance on;
  Method method;
  typename Method::State state;
  std::string where;
};
/// How the lines of a case are obtained; factors make them too good.
template <class Method, class Factors>
using LinesOf = StepLines (*)(const StudiedCase<Method>&, const Factors&, bool shared);

template <class Method, class Factors>
[[nodiscard]] StepLinesStudy lines_study(std::vector<StudiedCase<Method>> (*cases)(Seeded&),
                                         LinesOf<Method, Factors> lines_of, const Factors& factors = {},
                                         bool shared = false) {
  return [=](Seeded& random) {
    std::vector<StepLines> all;
    for (const StudiedCase<Method>& at : cases(random)) all.push_back(lines_of(at, factors, shared));
    return all;
  };
}

/// Calls visit(probability, g, next) for all outcomes, with g = (x - x+)/gamma.
template <class Step, class Method, class Visit>
void for_each_step(const StudiedCase<Method>& at, bool shared, const Visit& visit) {
  for_each_outcome<Rational>(
      [&](Exhaustive<Rational>& source) {
        StudiedChoices choices(source, shared, nullptr);
        return Step{at.method}.step(at.on.f, at.state, choices);
      },
      [&](const Rational& probability, const auto& next) {
        visit(probability, Vector<Rational>((at.state.x - next.x) / at.method.gamma), next);
      });
}

}  // namespace touchstone::inline v0
