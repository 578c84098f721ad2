// The judge of a method: its step, from states of the oracle's, on small problems with exact laws.
#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/oracle/catalog/convex_quadratic.hpp"
#include "verify/oracle/catalog/theory.hpp"
#include "verify/oracle/conform/judge.hpp"
#include "verify/oracle/conform/law.hpp"
#include "verify/oracle/conform/method_cases.hpp"
#include "verify/oracle/conform/read_choices.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// The parts of a state, one after the other, and which of the numbers are there: derived parts may be left out.
struct FlatState {
  Vector<double> values;
  std::vector<bool> given;
};

FlatState flattened(const NamedState<double>& state, const NamedState<double>& like,
                    const std::vector<PartShape>& shapes) {
  std::vector<double> all;
  FlatState flat;
  for (std::size_t p = 0; p < shapes.size(); ++p) {
    const auto part = std::find_if(state.begin(), state.end(),
                                   [&](const StatePart<double>& one) { return one.name == shapes[p].name; });
    if (part == state.end() && !shapes[p].derived)
      throw harness_failure(fmt::format("a state has the part {}", shapes[p].name));
    const StatePart<double>& from = part == state.end() ? like[p] : *part;
    for (const Vector<double>& vector : from.vectors) {
      all.insert(all.end(), vector.begin(), vector.end());
      flat.given.insert(flat.given.end(), static_cast<std::size_t>(vector.size()), part != state.end());
    }
  }
  flat.values = Eigen::Map<const Vector<double>>(all.data(), static_cast<Index>(all.size()));
  return flat;
}

NamedState<double> rounded(const NamedState<Rational>& state) {
  NamedState<double> result;
  for (const StatePart<Rational>& part : state) {
    result.push_back({part.name, {}});
    for (const Vector<Rational>& vector : part.vectors) result.back().vectors.push_back(convert<double>(vector));
  }
  return result;
}

Json state_json(const NamedState<double>& state, const std::vector<PartShape>& shapes) {
  Json object = Json::object();
  for (std::size_t i = 0; i < state.size(); ++i) {
    Json list = Json::array();
    for (const Vector<double>& vector : state[i].vectors) list.push_back(to_json(vector));
    object[state[i].name] = shapes[i].single ? list.front() : list;
  }
  return object;
}

/// The part, the vector in it and the coordinate at a place of a flattened state.
std::string place_of(Index at, const NamedState<double>& state, const std::vector<PartShape>& shapes) {
  for (std::size_t part = 0; part < shapes.size(); ++part) {
    for (std::size_t i = 0; i < state[part].vectors.size(); ++i) {
      const Index d = state[part].vectors[i].size();
      if (at < d)
        return shapes[part].single ? fmt::format("{}[{}]", shapes[part].name, at)
                                   : fmt::format("{}[{}][{}]", shapes[part].name, i, at);
      at -= d;
    }
  }
  return "?";
}

class MethodJudge : public Judge {
 public:
  using Judge::Judge;

  void judge() {
    contract("step", way(), [this] { return steps(MethodStates::initial); });
    contract("order", way(), [this] { return steps(MethodStates::apart); });
    contract("degenerate", way(), [this] { return degenerate(); });
    contract("constants", std::nullopt, [this] { return constants(); });
  }

 private:
  struct Place {
    const MethodCase& instance;
    AnyMethod<Rational> method;
    NamedState<double> state;
    std::string members;  ///< of a request
    double allowed;       ///< of a coordinate
  };

  [[nodiscard]] const std::string& name() const {
    if (!subject_.reference) throw not_judged{"no reference is named"};
    return *subject_.reference;
  }

  [[nodiscard]] Place place(const MethodCase& instance, const NamedState<Rational>& state) const {
    AnyMethod<Rational> method =
        make_method<Rational>(instance.spec, make_problem<Rational>(ProblemSpec(instance.problem)));
    const NamedState<double> exact = rounded(state);
    Json request = {{"problem", to_json(instance.problem)},
                    {"method", {{"method", instance.spec.name}, {"parameters", to_json(instance.spec.parameters)}}},
                    {"state", state_json(in_units(exact, 1 / memory_unit_), method.shapes())}};
    const std::string text = request.dump();
    double scale = 1;
    for (const StatePart<double>& part : exact)
      for (const Vector<double>& vector : part.vectors) scale += vector.lpNorm<1>();
    // The problems of method_cases.hpp have entries of at most 8: what a step adds up is below 64 times this.
    const double allowed = 64 * 16 * scale * static_cast<double>(unit_roundoff(subject_.dtype));
    return {instance, std::move(method), exact, about(subject_.usual()) + "," + text.substr(1, text.size() - 2),
            allowed};
  }

  /// The errors e in other units.
  static NamedState<double> in_units(NamedState<double> state, double factor) {
    for (StatePart<double>& part : state)
      if (part.name == "e")
        for (Vector<double>& e_i : part.vectors) e_i *= factor;
    return state;
  }

  /// An error memory may hold e or e over the stepsize: what fails as the one is tried as the other.
  std::string steps(MethodStates which) {
    const std::vector<MethodCase> cases = method_cases(name(), subject_.usual());
    try {
      return steps_of(cases, which);
    } catch (const broken_contract&) {
      const bool remembers = name().starts_with("ec-") && memory_unit_ == 1;
      if (!remembers) throw;
      memory_unit_ = static_cast<double>(cases.front().spec.parameters.gamma);
      try {
        const std::string detail = steps_of(cases, which);
        accept("the error memory is kept without the stepsize");
        return detail;
      } catch (const broken_contract&) {
        memory_unit_ = 1;
      }
      throw;
    }
  }

  std::string steps_of(const std::vector<MethodCase>& cases, MethodStates which) {
    Index judged = 0;
    std::string refusal;
    const Index each = options_.budget.calls / (8 * static_cast<Index>(cases.size()));
    for (const MethodCase& instance : cases)
      for (const NamedState<Rational>& state : method_states(instance, which)) {
        try {
          require_step(place(instance, state), each);
          ++judged;
        } catch (const unsupported_call& call) {  // a kind of gradient that it does not have
          refusal = call.what();
        } catch (const refused_call& call) {
          refusal = call.what();
        }
      }
    if (judged == 0) throw not_judged{fmt::format("nothing is supported: {}", refusal)};
    return fmt::format("{} states", judged);
  }

  std::string degenerate() {
    const MethodCase smallest = smallest_case(name(), subject_.usual());
    for (const NamedState<Rational>& state : method_states(smallest, MethodStates::apart))
      require_step(place(smallest, state), options_.budget.calls / 40);
    return "one worker, one component, d = 1";
  }

  struct StepOutcome {
    Rational probability;
    Vector<double> state;
    std::optional<Vector<double>> later_snapshot;  ///< the same with reference points taken after the step
  };

  /// Reference points that are taken at x, at the new x instead.
  [[nodiscard]] static std::optional<NamedState<Rational>> with_later_snapshot(const Place& at,
                                                                               const NamedState<Rational>& before,
                                                                               const NamedState<Rational>& after) {
    NamedState<Rational> free;
    bool changed = false;
    for (std::size_t part = 0; part < after.size(); ++part) {
      if (at.method.shapes()[part].derived) continue;
      free.push_back(after[part]);
      if (after[part].name != "w") continue;
      for (Vector<Rational>& w_i : free.back().vectors) {
        if (w_i != before.front().vectors.front()) continue;
        w_i = after.front().vectors.front();
        changed = true;
      }
    }
    if (!changed) return std::nullopt;
    return at.method.complete(free);
  }

  [[nodiscard]] static NamedState<Rational> exact_state(const Place& at) {
    NamedState<Rational> exact;
    for (const StatePart<double>& part : at.state) {
      exact.push_back({part.name, {}});
      for (const Vector<double>& vector : part.vectors) exact.back().vectors.push_back(convert<Rational>(vector));
    }
    return at.method.complete(exact);
  }

  [[nodiscard]] static StepOutcome outcome_from(const Place& at, const Rational& probability,
                                                const NamedState<Rational>& before,
                                                const NamedState<Rational>& after) {
    const auto flat = [&](const NamedState<Rational>& state) {
      const NamedState<double> close = rounded(state);
      return flattened(close, close, at.method.shapes()).values;
    };
    StepOutcome outcome{probability, flat(after), std::nullopt};
    if (const auto later = with_later_snapshot(at, before, after)) outcome.later_snapshot = flat(*later);
    return outcome;
  }

  [[nodiscard]] static std::vector<StepOutcome> reference_steps(const Place& at) {
    constexpr std::size_t most = 20'000;
    const NamedState<Rational> before = exact_state(at);
    std::vector<StepOutcome> outcomes;
    for_each_outcome<Rational>(
        [&](Exhaustive<Rational>& random) {
          Erased<Rational, Exhaustive<Rational>> erased(random);
          return at.method.step(before, erased);
        },
        [&](const Rational& probability, const NamedState<Rational>& after) {
          StepOutcome outcome = outcome_from(at, probability, before, after);
          const auto found = std::find_if(outcomes.begin(), outcomes.end(),
                                          [&](const StepOutcome& known) { return known.state == outcome.state; });
          if (found == outcomes.end())
            outcomes.push_back(std::move(outcome));
          else
            found->probability += probability;
        },
        most);
    return outcomes;
  }

  [[nodiscard]] static bool close(const FlatState& found, const Vector<double>& expected, double allowed) {
    if (found.values.size() != expected.size()) return false;
    for (Index i = 0; i < expected.size(); ++i)
      if (found.given[static_cast<std::size_t>(i)] && !(std::abs(found.values[i] - expected[i]) <= allowed))
        return false;
    return true;
  }

  /// Which outcome a step is; none where it is none. Notes a snapshot that is taken later.
  std::optional<std::size_t> which(const std::vector<StepOutcome>& expected, const FlatState& found,
                                   double allowed) {
    for (std::size_t j = 0; j < expected.size(); ++j)
      if (close(found, expected[j].state, allowed)) return j;
    for (std::size_t j = 0; j < expected.size(); ++j)
      if (expected[j].later_snapshot && close(found, *expected[j].later_snapshot, allowed)) {
        accept("the reference point is taken after the step");
        return j;
      }
    return std::nullopt;
  }

  [[noreturn]] static void no_outcome(const Place& at, const std::vector<StepOutcome>& expected,
                                      const FlatState& flat) {
    const Vector<double>& found = flat.values;
    const auto distance = [&](const StepOutcome& outcome) {
      return outcome.state.size() == found.size()
                 ? Index((outcome.state - found).cwiseAbs().array().count() -
                         ((outcome.state - found).cwiseAbs().array() <= at.allowed).count())
                 : found.size();
    };
    const StepOutcome& nearest = *std::min_element(
        expected.begin(), expected.end(), [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
    Json shown = witness(at);
    shown["found"] = to_json(found);
    shown["nearest"] = to_json(nearest.state);
    if (nearest.state.size() != found.size())
      throw broken_contract{"the state has not the sizes of the method's", shown};
    Index worst = 0;
    (nearest.state - found).cwiseAbs().maxCoeff(&worst);
    throw broken_contract{
        fmt::format("no outcome of the method: {} is {:.6g}, the nearest has {:.6g}",
                    place_of(worst, at.state, at.method.shapes()), found[worst], nearest.state[worst]),
        shown};
  }

  [[nodiscard]] static Json witness(const Place& at) {
    return {{"problem", to_json(at.instance.problem)},
            {"method", {{"method", at.instance.spec.name}, {"parameters", to_json(at.instance.spec.parameters)}}},
            {"state", state_json(at.state, at.method.shapes())}};
  }

  FlatState stepped(const Place& at, const Answer& answer) const {
    if (!answer.state) throw harness_failure("an answer to step has state");
    return flattened(in_units(*answer.state, memory_unit_), at.state, at.method.shapes());
  }

  void require_step(const Place& at, Index calls) {
    const std::vector<StepOutcome> expected = reference_steps(at);
    if (way() == Way::injected) return require_every_tape(at, expected);
    if (way() == Way::replayed) require_replays(at);
    require_samples(at, expected, expected.size() == 1 ? 5 : calls);
  }

  void require_every_tape(const Place& at, const std::vector<StepOutcome>& expected) {
    constexpr std::size_t most = 20'000;
    std::vector<Rational> found(expected.size());
    const TapedCall call = [&](const std::vector<Indices>& tape) -> const Answer& {
      require_budget();
      Source source;
      source.tape = tape;
      return harness_.request("step", at.members + source_text(source));
    };
    try {
      for_each_tape(call, most, [&](const Rational& probability, const Answer& answer) {
        const FlatState state = stepped(at, answer);
        const std::optional<std::size_t> outcome = which(expected, state, at.allowed);
        if (!outcome) no_outcome(at, expected, state);
        found[*outcome] += probability;
      });
    } catch (const law_error& error) {
      throw broken_contract{error.what(), witness(at)};
    } catch (const std::length_error&) {
      throw not_judged{"the step has too many outcomes"};
    }
    for (std::size_t j = 0; j < expected.size(); ++j) {
      const auto difference = static_cast<double>(Rational(found[j] - expected[j].probability));
      if (std::abs(difference) <= 1024 * static_cast<double>(unit_roundoff(subject_.dtype))) continue;
      Json shown = witness(at);
      shown["outcome"] = to_json(expected[j].state);
      throw broken_contract{
          fmt::format("an outcome of probability {:.6g} has {:.6g}", static_cast<double>(expected[j].probability),
                      static_cast<double>(found[j])),
          shown};
    }
  }

  void require_samples(const Place& at, const std::vector<StepOutcome>& expected, Index calls) {
    std::vector<double> p;
    for (const StepOutcome& outcome : expected) p.push_back(static_cast<double>(outcome.probability));
    LawTest test(p);
    const double threshold = ledger_.threshold();
    for (Index done = 0; done < calls;) {
      require_budget();
      Source source;
      source.seed = next_seed();
      source.count = std::min<Index>({calls - done, 500, left()});
      harness_.request("step", at.members + source_text(source), source.count, [&](const Answer& answer) {
        const FlatState state = stepped(at, answer);
        const std::optional<std::size_t> outcome = which(expected, state, at.allowed);
        if (!outcome) no_outcome(at, expected, state);
        test.add(*outcome);
        if (test.evidence() >= threshold)
          throw broken_contract{
              fmt::format("the outcomes do not come with their probabilities ({} steps)", test.total()),
              witness(at)};
      });
      done += source.count;
    }
  }

  void require_replays(const Place& at) {
    Source source;
    source.seed = next_seed();
    source.count = 20;
    source.log = true;
    const NamedState<Rational> before = exact_state(at);
    harness_.request("step", at.members + source_text(source), source.count, [&](const Answer& answer) {
      if (!answer.choices) throw not_judged{"no choices are logged"};
      const FlatState found = stepped(at, answer);
      try {
        LoggedAnswers<Rational> answers(*answer.choices);
        const NamedState<Rational> after = at.method.step(before, answers);
        answers.require_exhausted();
        const StepOutcome expected = outcome_from(at, Rational(1), before, after);
        if (!which({expected}, found, at.allowed)) no_outcome(at, {expected}, found);
      } catch (const transcript_error&) {
        return;  // it draws otherwise; its samples are judged
      }
    });
  }

  std::string constants() {
    Index judged = 0;
    for (const MethodCase& instance : method_cases(name(), subject_.usual()))
      judged += declared_constants(instance);
    if (judged == 0) throw not_judged{"nothing is declared"};
    return fmt::format("{} constants", judged);
  }

  /// alpha <= 1/(1 + omega), the stepsize at most the theorem's; how many of them are declared.
  Index declared_constants(const MethodCase& instance) {
    const Quadratic<Rational> problem = convex_quadratic(components_of(instance.problem));
    const Json request = {{"problem", to_json(problem)},
                          {"method", {{"method", name()}, {"parameters", to_json(instance.spec.parameters)}}}};
    const std::string text = request.dump();
    const Index d = instance.problem.dimension();
    const Declared all = declared_by(harness_, about(subject_.usual()),
                                     fmt::format(",\"d\":{},{}", d, text.substr(1, text.size() - 2)));
    Index judged = 0;
    if (all.alpha && instance.spec.parameters.alpha) {
      const bool learns_apart = name().starts_with("ec-");
      const std::string compressor =
          learns_apart ? instance.spec.parameters.shift_compressor : instance.spec.parameters.compressor;
      if (const std::optional<Rational> omega = parse_compressor<Rational>("compressor", compressor).omega(d)) {
        require_at_most("alpha", *all.alpha, 1 / Rational(1 + *omega),
                        {{"compressor", compressor}, {"omega", to_json(*omega)}, {"d", d}});
        ++judged;
      }
    }
    if (!all.stepsize) return judged;
    const std::vector<std::string>& known = theory_names();
    if (std::find(known.begin(), known.end(), name()) == known.end()) return judged;
    const Theory theory = theory_of(instance.spec, theory_facts(AnyProblem<Rational>(problem)));
    require_at_most("stepsize", *all.stepsize, theory.stepsize, request);
    return judged + 1;
  }

  static std::vector<std::vector<QuadraticForm<Rational>>> components_of(const Quadratic<Rational>& problem) {
    std::vector<std::vector<QuadraticForm<Rational>>> all;
    for (Index i = 0; i < problem.workers(); ++i) {
      all.emplace_back();
      for (Index j = 0; j < problem.components(i); ++j) all.back().push_back(problem.form(i, j));
    }
    return all;
  }

  /// What a program has computed may be rounded; what is written as a fraction or a decimal may not.
  void require_at_most(const char* constant, const Json& declared, const Rational& largest, Json witness) const {
    const Rational slack = declared.is_number_float() ? Rational(1, 1'000'000'000) : Rational(0);
    const Rational value = number_of(subject_.name + "." + constant, declared);
    if (value <= largest * (1 + slack)) return;
    witness[constant] = declared;
    throw broken_contract{fmt::format("{} = {:.6g}, at most {:.6g} is allowed", constant,
                                      static_cast<double>(value), static_cast<double>(largest)),
                          witness};
  }

  double memory_unit_ = 1;  ///< of the implementation's errors: 1, or the stepsize
};

}  // namespace

SubjectResult judge_method(Harness& harness, const Subject& subject, const JudgeOptions& options,
                           ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline) {
  MethodJudge judge(harness, subject, options, ledger, deadline);
  judge.judge();
  return judge.take_result();
}

}  // namespace touchstone::inline v0::oracle::conformance
