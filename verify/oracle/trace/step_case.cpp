#include "verify/oracle/trace/step_case.hpp"

#include <numeric>
#include <utility>

#include "verify/oracle/catalog/methods.hpp"

namespace touchstone::inline v0::oracle {

namespace {

/// A problem with other gradients, or other workers.
struct ChangedProblem {
  AnyProblem<Bounded> f;
  std::vector<Index> who;
  std::function<Vector<Bounded>(const GradientCall&)> changed;

  [[nodiscard]] Index workers() const { return static_cast<Index>(who.size()); }
  [[nodiscard]] Index dimension() const { return f.dimension(); }
  [[nodiscard]] Index components(Index i) const { return f.components(original(i)); }
  [[nodiscard]] Vector<Bounded> gradient(Index i, const Vector<Bounded>& x) const {
    return answer({f, original(i), std::nullopt, x});
  }
  [[nodiscard]] Vector<Bounded> component_gradient(Index i, Index j, const Vector<Bounded>& x) const {
    return answer({f, original(i), j, x});
  }
  [[nodiscard]] Bounded value(const Vector<Bounded>& x) const { return f.value(x); }
  [[nodiscard]] const ProblemConstants<Bounded>& constants() const { return f.constants(); }

 private:
  [[nodiscard]] Index original(Index i) const { return who[static_cast<std::size_t>(i)]; }
  [[nodiscard]] Vector<Bounded> answer(const GradientCall& call) const {
    return changed ? changed(call) : call.at_x();
  }
};

NamedState<Bounded> exactly(const NamedState<double>& state) {
  NamedState<Bounded> exact;
  for (const StatePart<double>& part : state) {
    exact.push_back({part.name, {}});
    for (const Vector<double>& vector : part.vectors)
      exact.back().vectors.push_back(vector.unaryExpr([](double a) { return Bounded::exactly(a); }));
  }
  return exact;
}

void multiply_memory(NamedState<Bounded>& state, const Bounded& factor) {
  if (std::vector<Vector<Bounded>>* e = part_of(state, "e"))
    for (Vector<Bounded>& e_i : *e) e_i *= factor;
}

}  // namespace

Reference::Reference(const TraceHeader& header)
    : header_(header), method_(make_method<Bounded>(header.method, make_problem<Bounded>(header.problem))) {}

std::vector<ExpectedPart> Reference::parts() const {
  const Vector<Bounded> origin = Vector<Bounded>::Zero(problem().dimension());
  const NamedState<Bounded> state = method_.initial(origin);
  std::vector<ExpectedPart> expected;
  for (std::size_t i = 0; i < state.size(); ++i)
    expected.push_back({method_.shapes()[i], state[i].vectors.size(), origin.size()});
  return expected;
}

bool Reference::per_worker(const std::string& part, std::size_t vectors) const {
  return part != "delayed" && workers() > 1 && vectors % static_cast<std::size_t>(workers()) == 0;
}

NamedState<Bounded> StepCase::start() const {
  NamedState<Bounded> state = exactly(before.state);
  if (memory == ErrorMemoryScale::unscaled) multiply_memory(state, reference.gamma());
  return reference.method().complete(state);
}

ChoiceSources StepCase::sources(Index ahead) const {
  const TraceLine* const told = ahead == 0 ? &before : ahead > 0 ? &after : previous;
  ChoiceSources sources{.iteration = before.k + ahead, .seed = reference.header().seed};
  if (told != nullptr && told->choices) sources.logged = &*told->choices;
  if (before.messages) sources.messages = &*before.messages;
  sources.compressor = reference.header().method.parameters.compressor;
  if (before.messages)
    sources.sent = [this](Index i, Index c) { return (*before.messages)[static_cast<std::size_t>(i)][c] != 0; };
  else if (const std::vector<Vector<double>>* e = part_of(after.state, "e"))
    sources.sent = [e](Index i, Index c) { return (*e)[static_cast<std::size_t>(i)][c] == 0; };
  return sources;
}

StepOutcome StepCase::run(const Changes& changes) const {
  NamedState<Bounded> state = start();
  if (changes.start) changes.start(state);
  return run_from(std::move(state), changes);
}

StepOutcome StepCase::run_from(NamedState<Bounded> state, const Changes& changes) const {
  ChoiceChanges choices = changes.choices;
  AnyMethod<Bounded> method = reference.method();
  if (changes.method || changes.gradient || !changes.workers.empty()) {
    ChangedProblem f{reference.problem(), changes.workers, changes.gradient};
    if (f.who.empty()) {
      f.who.resize(static_cast<std::size_t>(reference.workers()));
      std::iota(f.who.begin(), f.who.end(), Index{0});
    } else {
      choices.draws_of = [who = f.who](Index i) {
        return i < static_cast<Index>(who.size()) ? who[static_cast<std::size_t>(i)] : i;
      };
    }
    for (StatePart<Bounded>& part : state)
      if (!changes.workers.empty() && reference.per_worker(part.name, part.vectors.size())) {
        const std::size_t own = part.vectors.size() / static_cast<std::size_t>(reference.workers());
        std::vector<Vector<Bounded>> chosen;
        for (const Index i : f.who)
          for (std::size_t j = 0; j < own; ++j)
            chosen.push_back(part.vectors[static_cast<std::size_t>(i) * own + j]);
        part.vectors = std::move(chosen);
      }
    method = make_method<Bounded>(changes.method.value_or(reference.header().method), AnyProblem<Bounded>(f));
  }
  StepRandomness random(sources(changes.choices_ahead), std::move(choices));
  StepOutcome outcome{method.step(state, random), {}, {}};
  if (changes.choices_ahead == 0) random.require_all_used();
  outcome.compressed = random.compressed();
  outcome.coins = random.coins();
  if (memory == ErrorMemoryScale::unscaled) multiply_memory(outcome.state, Bounded(1) / reference.gamma());
  return outcome;
}

}  // namespace touchstone::inline v0::oracle
