#include "verify/oracle/vectors/trajectory_vectors.hpp"

#include <array>
#include <stdexcept>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/number_text.hpp"
#include "verify/oracle/vectors/step.hpp"
#include "verify/oracle/vectors/step_vectors.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

constexpr Index exact_states = 4;                    // x^1, ..., x^4
constexpr std::array<Index, 3> later = {8, 16, 32};  // as doubles
constexpr std::uint64_t seed_of_runs = 2021;

using Recorded = Recorder<Seeded>;

template <Field S>
struct SeededRun {
  std::vector<NamedState<S>> states;  ///< at 0, ..., last
  Transcript choices;
};

template <Field S>
SeededRun<S> run_of(const AnyMethod<S>& method, NamedState<S> state) {
  Seeded source(seed_of_runs);
  Recorded recorder(source);
  Erased<S, Recorded> random(recorder);
  SeededRun<S> run{{state}, {}};
  for (Index k = 0; k < later.back(); ++k) {
    random.begin_iteration(k);
    run.states.push_back(method.step(run.states.back(), random));
  }
  run.choices = recorder.transcript();
  return run;
}

/// The errors of the steps add up, as no step here is an expansion.
void require_run_opinion(const std::string& id, const MethodCase& one, const SeededRun<Rational>& exact) {
  const AnyMethod<double> method = method_of_case<double>(one);
  NamedState<double> start;
  for (const StatePart<Rational>& part : exact.states.front()) {
    start.push_back({part.name, {}});
    for (const Vector<Rational>& vector : part.vectors) start.back().vectors.push_back(convert<double>(vector));
  }
  const SeededRun<double> found = run_of<double>(method, start);
  if (found.choices != exact.choices) throw std::logic_error(id + ": double arithmetic draws other choices");
  Rational error = 0;
  for (std::size_t k = 1; k < exact.states.size(); ++k) {
    error += step_error(exact.states[k - 1], exact.states[k]);
    if (!within(error, found.states[k], exact.states[k]))
      throw std::logic_error(id + ": double arithmetic reaches another state");
  }
}

Rational largest_distance_to_double(const NamedState<Rational>& state) {
  Rational largest = 0;
  for (const StatePart<Rational>& part : state)
    for (const Vector<Rational>& vector : part.vectors)
      for (const Rational& value : vector)
        largest = std::max(largest, Rational(abs(Rational(value - Rational(nearest_double(value))))));
  return largest;
}

/// A double that is not less.
double rounded_up(const Rational& value) {
  const double nearest = nearest_double(value);
  return Rational(nearest) >= value ? nearest : std::nextafter(nearest, std::numeric_limits<double>::infinity());
}

/// The choices of each iteration.
Json choices_by_iteration(const Transcript& choices) {
  Json list = Json::array();
  for (Index k = 0; k < later.back(); ++k) {
    Transcript own;
    for (const Choice& choice : choices)
      if (choice.place.iteration == k) own.push_back(choice);
    list.push_back(json_of_choices(own));
  }
  return list;
}

TestVector trajectory_of(const MethodCase& one) {
  const std::string id = "trajectory/" + one.id();
  const AnyMethod<Rational> method = method_of_case<Rational>(one);
  const std::vector<PartShape>& shapes = method.shapes();
  const SeededRun<Rational> run = run_of<Rational>(method, states_of(one).front().state);
  require_run_opinion(id, one, run);
  std::vector<std::string> flags = flags_of(one);
  if (!run.choices.empty()) flags.emplace_back("Seeded");
  Json exact = Json::array();
  for (Index k = 1; k <= exact_states; ++k) {
    const NamedState<Rational>& state = run.states[static_cast<std::size_t>(k)];
    exact.push_back({{"k", k}, {"state", exact_json(state, shapes)}, {"state_double", double_json(state, shapes)}});
  }
  Json rounded = Json::array();
  for (const Index k : later) {
    const NamedState<Rational>& state = run.states[static_cast<std::size_t>(k)];
    rounded.push_back({{"k", k},
                       {"state_double", double_json(state, shapes)},
                       {"error_bound", hex_text(rounded_up(largest_distance_to_double(state)))}});
  }
  Json vector = {
      {"id", id}, {"tests", one.claim}, {"comment", "from the usual start"}, {"result", "valid"}, {"flags", flags}};
  vector.update(setting_of(one));
  vector["seed"] = std::to_string(seed_of_runs);
  vector["stream"] = "0";
  vector["start"] = exact_json(run.states.front(), shapes);
  vector["start_double"] = double_json(run.states.front(), shapes);
  vector["states"] = exact;
  vector["later"] = rounded;
  vector["choices"] = choices_by_iteration(run.choices);
  return {vector, one.minimal};
}

}  // namespace

std::vector<VectorFile> trajectory_files() {
  std::vector<VectorFile> files;
  for (const MethodCase& one : method_cases()) {
    if (files.empty() || files.back().subject != one.name())
      files.push_back(
          {"trajectory",
           one.name(),
           {"the method of the reference in rational arithmetic, choices from the counter-based streams",
            "the same seed in double arithmetic",
            "the same choices; after k steps doubles within 256 k units in the last place of the largest "
            "number so far"},
           {}});
    files.back().vectors.push_back(trajectory_of(one));
  }
  return files;
}

}  // namespace touchstone::inline v0::oracle::vectors
