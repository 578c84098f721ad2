#include "verify/oracle/conform/reference_step.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "touchstone/numbers/convert.hpp"
#include "verify/oracle/catalog/law.hpp"
#include "verify/oracle/conform/harness_failure.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

NamedState<double> rounded(const NamedState<Rational>& state) {
  NamedState<double> result;
  for (const StatePart<Rational>& part : state) {
    result.push_back({part.name, {}});
    for (const Vector<Rational>& vector : part.vectors) result.back().vectors.push_back(convert<double>(vector));
  }
  return result;
}

void scale_errors(NamedState<double>& state, double factor) {
  if (StatePart<double>* errors = find_part(state, "e"))
    for (Vector<double>& e_i : errors->vectors) e_i *= factor;
}

/// The problems of method_cases.hpp have entries of at most 8: what a step adds up is below 64 times this.
double rounding_of(const NamedState<double>& state, Dtype dtype) {
  double scale = 1;
  for (const StatePart<double>& part : state)
    for (const Vector<double>& vector : part.vectors) scale += vector.lpNorm<1>();
  return 64 * 16 * scale * static_cast<double>(unit_roundoff(dtype));
}

}  // namespace

ReferenceStep::ReferenceStep(const MethodCase& instance, const NamedState<Rational>& state, Dtype dtype)
    : instance_(instance),
      method_(make_method<Rational>(instance.spec, make_problem<Rational>(ProblemSpec(instance.problem)))),
      state_(state),
      rounded_(rounded(state)),
      allowed_(rounding_of(rounded_, dtype)) {}

Json method_json(const MethodSpec& spec) {
  return {{"method", spec.name}, {"parameters", to_json(spec.parameters)}};
}

Json ReferenceStep::json(double error_unit) const {
  NamedState<double> sent = rounded_;
  scale_errors(sent, 1 / error_unit);
  Json state = Json::object();
  for (std::size_t i = 0; i < sent.size(); ++i) {
    Json list = Json::array();
    for (const Vector<double>& vector : sent[i].vectors) list.push_back(to_json(vector));
    state[sent[i].name] = method_.shapes()[i].single ? list.front() : list;
  }
  return {{"problem", to_json(instance_.problem)}, {"method", method_json(instance_.spec)}, {"state", state}};
}

std::vector<ReferenceOutcome> ReferenceStep::outcomes() const {
  constexpr std::size_t most = 20'000;
  std::vector<ReferenceOutcome> all;
  for (const auto& [probability, after] : exact_law(method_, state_, most)) all.push_back(made(probability, after));
  return all;
}

ReferenceOutcome ReferenceStep::outcome(AnyRandomness<Rational>& random) const {
  return made(Rational(1), method_.step(state_, random));
}

ReferenceOutcome ReferenceStep::made(const Rational& probability, const NamedState<Rational>& after) const {
  ReferenceOutcome outcome{probability, flat(rounded(after), 1).values, std::nullopt};
  if (const auto later = with_later_snapshot(after)) outcome.later_snapshot = flat(rounded(*later), 1).values;
  return outcome;
}

/// Reference points that are taken at x, at the new x instead.
std::optional<NamedState<Rational>> ReferenceStep::with_later_snapshot(const NamedState<Rational>& after) const {
  NamedState<Rational> free;
  bool changed = false;
  for (std::size_t part = 0; part < after.size(); ++part) {
    if (method_.shapes()[part].derived) continue;
    free.push_back(after[part]);
    if (after[part].name != "w") continue;
    for (Vector<Rational>& w_i : free.back().vectors) {
      if (w_i != state_.front().vectors.front()) continue;
      w_i = after.front().vectors.front();
      changed = true;
    }
  }
  if (!changed) return std::nullopt;
  return method_.complete(free);
}

FlatState ReferenceStep::flat(const NamedState<double>& found, double error_unit) const {
  NamedState<double> state = found;
  scale_errors(state, error_unit);
  std::vector<double> all;
  FlatState flat;
  for (std::size_t p = 0; p < rounded_.size(); ++p) {
    const PartShape& shape = method_.shapes()[p];
    const StatePart<double>* part = find_part(std::as_const(state), shape.name);
    if (part == nullptr && !shape.derived)
      throw harness_failure(fmt::format("a state has the part {}", shape.name));
    for (const Vector<double>& vector : (part == nullptr ? rounded_[p] : *part).vectors) {
      all.insert(all.end(), vector.begin(), vector.end());
      flat.given.insert(flat.given.end(), static_cast<std::size_t>(vector.size()), part != nullptr);
    }
  }
  flat.values = Eigen::Map<const Vector<double>>(all.data(), static_cast<Index>(all.size()));
  return flat;
}

bool ReferenceStep::close(const FlatState& found, const Vector<double>& expected) const {
  if (found.values.size() != expected.size()) return false;
  for (Index i = 0; i < expected.size(); ++i)
    if (found.given[static_cast<std::size_t>(i)] && !(std::abs(found.values[i] - expected[i]) <= allowed_))
      return false;
  return true;
}

std::optional<ReferenceStep::Match> ReferenceStep::match(const std::vector<ReferenceOutcome>& outcomes,
                                                         const FlatState& found) const {
  for (std::size_t j = 0; j < outcomes.size(); ++j)
    if (close(found, outcomes[j].state)) return Match{j, false};
  for (std::size_t j = 0; j < outcomes.size(); ++j)
    if (outcomes[j].later_snapshot && close(found, *outcomes[j].later_snapshot)) return Match{j, true};
  return std::nullopt;
}

const ReferenceOutcome& ReferenceStep::nearest(const std::vector<ReferenceOutcome>& outcomes,
                                               const FlatState& found) const {
  const auto differing = [&](const ReferenceOutcome& one) -> Index {
    if (one.state.size() != found.values.size()) return found.values.size();
    return ((one.state - found.values).cwiseAbs().array() > allowed_).count();
  };
  return *std::min_element(
      outcomes.begin(), outcomes.end(),
      [&](const ReferenceOutcome& a, const ReferenceOutcome& b) { return differing(a) < differing(b); });
}

std::string ReferenceStep::place_of(Index at) const {
  for (std::size_t p = 0; p < rounded_.size(); ++p)
    for (std::size_t i = 0; i < rounded_[p].vectors.size(); ++i) {
      const Index d = rounded_[p].vectors[i].size();
      if (at < d)
        return method_.shapes()[p].single ? fmt::format("{}[{}]", rounded_[p].name, at)
                                          : fmt::format("{}[{}][{}]", rounded_[p].name, i, at);
      at -= d;
    }
  throw std::out_of_range("a place beyond the state");
}

}  // namespace touchstone::inline v0::oracle::conformance
