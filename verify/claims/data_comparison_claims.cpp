#include <algorithm>

#include <fmt/format.h>

#include "touchstone/methods/error_feedback/ec_gd_diana.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/methods/error_feedback/ec_lsvrg_star.hpp"
#include "touchstone/methods/error_feedback/ec_sgd.hpp"
#include "verify/claims/data_sets.hpp"
#include "verify/claims/registry.hpp"
#include "verify/experiment/comparison.hpp"
#include "verify/experiment/gap.hpp"
#include "verify/experiment/iterates.hpp"

namespace touchstone::inline v0::registry::data_comparison {

namespace {

using S = double;

constexpr Index workers = 20;
constexpr Index steps = 600;

/// Coordinates that are sent of each message, and the stepsize in multiples of 1/L. Tuned for the neighbourhoods to be
/// reached within a fifth of the steps.
struct Tuning {
  Index K;
  Rational stepsize;
};

Tuning tuning_of(const std::string& data) {
  if (data == "mushrooms") return {5, 1};
  if (data == "phishing") return {6, Rational(1, 4)};
  if (data == "a9a") return {9, Rational(1, 4)};
  if (data == "w8a") return {23, Rational(1, 4)};
  return {1, Rational(1, 4)};
}

/// A data set as the runs take it.
struct Stage {
  std::string name;
  LogisticRegression<S> f;
  Vector<S> x_star;
  Index K;
  S gamma;
  Real<50> resolution;
};

Stage staged(const std::string& name, const SolvedData& on) {
  LogisticRegression<S> f(on.data, workers, SolvedData::lambda);
  const Tuning tuning = tuning_of(name);
  const Rational L(f.constants().L);
  const auto gamma = static_cast<S>(Rational(tuning.stepsize / L));
  const Rational decay = Rational(gamma) * Rational(SolvedData::lambda);
  const Real<50> unresolved = unresolved_distance_squared<S>(Real<50>(on.x_star.norm()), decay);
  return {name, std::move(f), on.x_star, tuning.K, gamma, convert<Real<50>>(L) / 2 * unresolved};
}

const Stage& stage_of(const std::string& name) {
  static const std::vector<Stage> all = [] {
    std::vector<Stage> stages;
    const std::vector<std::string> names = data_set_names();
    for (std::size_t s = 0; s < names.size(); ++s) stages.push_back(staged(names[s], solved_data()[s]));
    return stages;
  }();
  return *std::find_if(all.begin(), all.end(), [&](const Stage& stage) { return stage.name == name; });
}

/// What a method does from x^0 = 0.
using Run = std::function<Course(const Stage&, Seeded)>;

template <class Method>
Course course_of_run(const Stage& stage, const Method& method, Seeded random) {
  std::vector<GapPoint> points;
  auto state = method.initial(stage.f, Vector<S>(Vector<S>::Zero(stage.f.dimension())));
  for (Index k = 0; k <= steps && all_finite(state.x); ++k) {
    if (is_recorded(k, steps)) points.push_back({k, Real<50>(gap_to_solution(stage.f, stage.x_star, state.x))});
    if (k == steps) break;
    random.begin_iteration(k);
    state = method.step(stage.f, std::move(state), random);
  }
  return course_of(points, steps, stage.resolution);
}

/// What the methods differ in, besides their types; a mutant has it wrong.
struct Parts {
  bool learning = true;    ///< alpha = 1/(1 + omega), or 0
  bool refreshing = true;  ///< p = 1/m, or 0
};

template <class Shift>
Shift shift_of(const Stage& stage, const Parts& parts) {
  if constexpr (std::is_same_v<Shift, StarShift<S>>)
    return Shift::of(stage.f, stage.x_star);
  else if constexpr (std::is_same_v<Shift, NoShift<S>>)
    return {};
  else
    return {{stage.K}, parts.learning ? ratio<S>(stage.K, stage.f.dimension()) : S(0)};
}

template <class Gradient>
Gradient gradient_of(const Stage& stage, const Parts& parts) {
  if constexpr (std::is_same_v<Gradient, LooplessReference<S>>)
    return {parts.refreshing ? ratio<S>(1, stage.f.components(0)) : S(0)};
  else
    return {};
}

template <class Method>
struct PartsOf;
template <class C, class Shift, class Gradient>
struct PartsOf<ErrorFeedback<S, ErrorCompensation<S, C>, Shift, Gradient>> {
  static ErrorFeedback<S, ErrorCompensation<S, C>, Shift, Gradient> on(const Stage& stage, const Parts& parts) {
    const C compressor = [&] {
      if constexpr (std::is_same_v<C, TopK>)
        return TopK{stage.K};
      else
        return C{};
    }();
    return {{compressor}, stage.gamma, shift_of<Shift>(stage, parts), gradient_of<Gradient>(stage, parts)};
  }
};

template <class Method>
Run run_of(const Parts& parts = {}) {
  return [parts](const Stage& stage, const Seeded& random) {
    return course_of_run(stage, PartsOf<Method>::on(stage, parts), random);
  };
}

using Learned = LearnedShift<S, RandK>;
using Gd = EcGd<S, TopK>;
using GdStar = EcGdStar<S, TopK>;
using GdDiana = EcGdDiana<S, TopK, RandK>;
using Sgd = EcSgd<S, TopK>;
using SgdStar = ErrorFeedback<S, ErrorCompensation<S, TopK>, StarShift<S>, SampledComponent>;
using SgdDiana = ErrorFeedback<S, ErrorCompensation<S, TopK>, Learned, SampledComponent>;
using Lsvrg = EcLsvrg<S, TopK>;
using LsvrgStar = EcLsvrgStar<S, TopK>;
using LsvrgDiana = EcLsvrgDiana<S, TopK, RandK>;

Check check_that(const std::string& data, const std::string& id, const Run& run, std::vector<Mutant<Run>> mutants) {
  const auto decide = [data, id](const CheckContext& context, const Run& of) {
    const std::vector<ComparedMethod>& methods = compared_methods();
    const auto method = std::find_if(methods.begin(), methods.end(), [&](const auto& m) { return m.id == id; });
    const Course course = of(stage_of(data), context.random(id));
    const Statement statement = statement_that(method->name, method->stated, course);
    Inspection inspection;
    inspection.holds(statement.holds, [&] { return statement.text + "; it " + description(course); });
    return inspection.finding(statement.text + ": " + statement.numbers);
  };
  return make_check<Run>(Layer::run, Level::measured, decide, run, std::move(mutants));
}

std::vector<Check> checks_on(const std::string& data) {
  const Parts fixed_shifts{.learning = false};
  const Parts fixed_references{.refreshing = false};
  const Mutant<Run> uncompressed{"the identity in place of Top-K", run_of<EcGd<S, Identity>>()};
  return {check_that(data, "ec-gd", run_of<Gd>(), {{"grad f_i(x*) subtracted", run_of<GdStar>()}, uncompressed}),
          check_that(data, "ec-gd-star", run_of<GdStar>(),
                     {{"grad f_i(x*) not subtracted", run_of<Gd>()}, {"gradients sampled", run_of<SgdStar>()}}),
          check_that(data, "ec-gd-diana", run_of<GdDiana>(),
                     {{"alpha = 0", run_of<GdDiana>(fixed_shifts)}, {"gradients sampled", run_of<SgdDiana>()}}),
          check_that(data, "ec-sgd", run_of<Sgd>(), {{"full gradients, shifted", run_of<GdStar>()}, uncompressed}),
          check_that(data, "ec-sgd-diana", run_of<SgdDiana>(),
                     {{"full gradients", run_of<GdDiana>()}, {"reference points", run_of<LsvrgDiana>()}}),
          check_that(data, "ec-lsvrg", run_of<Lsvrg>(), {{"grad f_i(x*) subtracted", run_of<LsvrgStar>()}}),
          check_that(data, "ec-lsvrg-star", run_of<LsvrgStar>(),
                     {{"grad f_i(x*) not subtracted", run_of<Lsvrg>()},
                      {"the coin never falls", run_of<LsvrgStar>(fixed_references)}}),
          check_that(data, "ec-lsvrg-diana", run_of<LsvrgDiana>(),
                     {{"alpha = 0", run_of<LsvrgDiana>(fixed_shifts)},
                      {"the coin never falls", run_of<LsvrgDiana>(fixed_references)}})};
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  for (const std::string& data : data_set_names()) {
    const Tuning tuning = tuning_of(data);
    all.push_back(
        {"error-feedback/comparison/" + data,
         "the slides' comparison on " + data + ": who stalls at a neighbourhood and who finds the solution",
         "EC-GD, EC-SGD, EC-SGD-DIANA, EC-LSVRG stall; EC-GDstar, EC-GD-DIANA, EC-LSVRGstar, EC-LSVRG-DIANA "
         "converge linearly, as experiment/course.hpp decides from the gaps of one run in double",
         {fmt::format("logistic regression, at most 300 rows, lambda = 1/8, 20 workers, top-k:{0}, shifts by "
                      "rand-k:{0}, p = 1/m",
                      tuning.K),
          fmt::format("gamma = {} times 1/L, tuned: the theorems do not cover it", tuning.stepsize.str())},
         "slides 51-54",
         checks_on(data)});
  }
  return all;
}

}  // namespace touchstone::inline v0::registry::data_comparison
