// The judge of a method: its step, from states of the oracle's, on small problems with exact laws.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/catalog/convex_quadratic.hpp"
#include "verify/oracle/catalog/theory.hpp"
#include "verify/oracle/conform/judge.hpp"
#include "verify/oracle/conform/law.hpp"
#include "verify/oracle/conform/read_choices.hpp"
#include "verify/oracle/conform/reference_step.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// The members of an object, to be added to a request.
std::string members_of(const Json& object) {
  const std::string text = object.dump();
  return "," + text.substr(1, text.size() - 2);
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
  using Outcomes = std::vector<ReferenceOutcome>;

  [[nodiscard]] const std::string& name() const {
    if (!subject_.reference) throw not_judged{"no reference is named"};
    return *subject_.reference;
  }

  [[nodiscard]] ReferenceStep reference(const MethodCase& instance, const NamedState<Rational>& state) const {
    return {instance, state, subject_.dtype};
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
          require_step(reference(instance, state), each);
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
      require_step(reference(smallest, state), options_.budget.calls / 40);
    return "one worker, one component, d = 1";
  }

  void require_step(const ReferenceStep& step, Index calls) {
    const Outcomes expected = step.outcomes();
    if (way() == Way::injected) return require_every_tape(step, expected);
    if (way() == Way::replayed) require_replays(step);
    require_samples(step, expected, expected.size() == 1 ? 5 : calls);
  }

  /// Of a request about the step; its source is to be added.
  [[nodiscard]] std::string members_for(const ReferenceStep& step) const {
    return about(subject_.usual()) + members_of(step.json(memory_unit_));
  }

  [[nodiscard]] FlatState stepped(const ReferenceStep& step, const Answer& answer) const {
    if (!answer.state) throw harness_failure("an answer to step has state");
    return step.flat(*answer.state, memory_unit_);
  }

  /// Throws broken_contract where the step is no outcome. Notes a snapshot that is taken later.
  std::size_t require_outcome(const ReferenceStep& step, const Outcomes& expected, const FlatState& found) {
    const std::optional<ReferenceStep::Match> match = step.match(expected, found);
    if (!match) no_outcome(step, expected, found);
    if (match->later_snapshot) accept("the reference point is taken after the step");
    return match->which;
  }

  [[noreturn]] static void no_outcome(const ReferenceStep& step, const Outcomes& expected, const FlatState& found) {
    const Vector<double>& nearest = step.nearest(expected, found).state;
    Json shown = step.json(1);
    shown["found"] = to_json(found.values);
    shown["nearest"] = to_json(nearest);
    if (nearest.size() != found.values.size())
      throw broken_contract{"the state has not the sizes of the method's", shown};
    Index worst = 0;
    (nearest - found.values).cwiseAbs().maxCoeff(&worst);
    throw broken_contract{fmt::format("no outcome of the method: {} is {:.6g}, the nearest has {:.6g}",
                                      step.place_of(worst), found.values[worst], nearest[worst]),
                          shown};
  }

  void require_every_tape(const ReferenceStep& step, const Outcomes& expected) {
    constexpr std::size_t most = 20'000;
    const double allowed = 1024 * static_cast<double>(unit_roundoff(subject_.dtype));
    const std::string members = members_for(step);
    std::vector<Rational> found(expected.size());
    const TapedCall call = [&](const std::vector<Indices>& tape) -> const Answer& {
      require_budget();
      Source source;
      source.tape = tape;
      return harness_.request("step", members + source_text(source));
    };
    try {
      for_each_tape(call, most, [&](const Rational& probability, const Answer& answer) {
        found[require_outcome(step, expected, stepped(step, answer))] += probability;
      });
    } catch (const law_error& error) {
      throw broken_contract{error.what(), step.json(1)};
    } catch (const std::length_error&) {
      throw not_judged{"the step has too many outcomes"};
    }
    for (std::size_t j = 0; j < expected.size(); ++j) {
      if (std::abs(static_cast<double>(Rational(found[j] - expected[j].probability))) <= allowed) continue;
      Json shown = step.json(1);
      shown["outcome"] = to_json(expected[j].state);
      throw broken_contract{
          fmt::format("an outcome of probability {:.6g} has {:.6g}", static_cast<double>(expected[j].probability),
                      static_cast<double>(found[j])),
          shown};
    }
  }

  void require_samples(const ReferenceStep& step, const Outcomes& expected, Index calls) {
    std::vector<double> p;
    for (const ReferenceOutcome& outcome : expected) p.push_back(static_cast<double>(outcome.probability));
    LawTest test(p);
    const double threshold = ledger_.threshold();
    const std::string members = members_for(step);
    for (Index done = 0; done < calls;) {
      require_budget();
      Source source;
      source.seed = next_seed();
      source.count = std::min<Index>({calls - done, 500, left()});
      harness_.request("step", members + source_text(source), source.count, [&](const Answer& answer) {
        test.add(require_outcome(step, expected, stepped(step, answer)));
        if (test.evidence() >= threshold)
          throw broken_contract{
              fmt::format("the outcomes do not come with their probabilities ({} steps)", test.total()),
              step.json(1)};
      });
      done += source.count;
    }
  }

  void require_replays(const ReferenceStep& step) {
    Source source;
    source.seed = next_seed();
    source.count = 20;
    source.log = true;
    const std::string members = members_for(step);
    harness_.request("step", members + source_text(source), source.count, [&](const Answer& answer) {
      if (!answer.choices) throw not_judged{"no choices are logged"};
      try {
        LoggedAnswers answers(*answer.choices);
        Erased<Rational, LoggedAnswers> random(answers);
        const Outcomes expected{step.outcome(random)};
        answers.require_exhausted();
        (void)require_outcome(step, expected, stepped(step, answer));
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
    const Json request = {{"problem", to_json(problem)}, {"method", method_json(instance.spec)}};
    const Index d = instance.problem.dimension();
    const Declared all =
        declared_by(harness_, about(subject_.usual()), fmt::format(",\"d\":{}", d) + members_of(request));
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
