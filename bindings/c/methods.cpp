#include <algorithm>
#include <memory>
#include <utility>

#include "bindings/c/handles.hpp"
#include "bindings/c/parameters.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/methods.hpp"

using namespace touchstone;            // NOLINT: this file is the interface's side
using namespace touchstone::bindings;  // NOLINT

namespace {

touchstone_state* stepped(const touchstone_method* method, const touchstone_state* state,
                          const oracle::Draws& draws, Transcript* noted) {
  const oracle::AnyMethod<double>& held = given("method", method).held;
  return new touchstone_state{held, oracle::step(held, given("state", state).parts, draws, noted)};
}

std::size_t part_named(const touchstone_state& state, const char* name) {
  const std::string wanted = &given("name", name);
  std::string known;
  for (std::size_t i = 0; i < state.parts.size(); ++i) {
    if (state.parts[i].name == wanted) return i;
    known += (i == 0 ? "" : ", ") + state.parts[i].name;
  }
  throw oracle::spec_error(fmt::format("name: found '{}', expected one of {}", wanted, known));
}

void require_size(const oracle::StatePart<double>& part, std::int64_t found) {
  const Index expected = static_cast<Index>(part.vectors.size()) * part.vectors.front().size();
  if (found != expected)
    throw oracle::spec_error(fmt::format("size: found {}, expected {} for {}", found, expected, part.name));
}

}  // namespace

extern "C" {

touchstone_status touchstone_method_from_json(const touchstone_problem* problem, const char* json,
                                              touchstone_method** out) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = given("problem", problem).held.rounded();
    const oracle::Json parsed = oracle::Json::parse(&given("json", json), nullptr, false);
    if (parsed.is_discarded()) throw oracle::spec_error("json: found a text that is not JSON, expected an object");
    touchstone_method*& place = given("out", out);
    place = new touchstone_method{oracle::make_method<double>(oracle::method_of("", parsed), f)};
  });
}

touchstone_status touchstone_method_create(const touchstone_problem* problem, const char* name,
                                           const touchstone_parameters* parameters, touchstone_method** out) {
  return guarded([&] {
    const oracle::AnyProblem<double>& f = given("problem", problem).held.rounded();
    const oracle::MethodSpec spec = method_spec_at(name, parameters);
    (void)given("gamma", parameters->gamma);
    touchstone_method*& place = given("out", out);
    place = new touchstone_method{oracle::make_method<double>(spec, f)};
  });
}

void touchstone_method_destroy(touchstone_method* method) {
  delete method;
}

touchstone_status touchstone_method_initial(const touchstone_method* method, const double* x, int64_t d,
                                            touchstone_state** out) {
  return guarded([&] {
    const oracle::AnyMethod<double>& held = given("method", method).held;
    touchstone_state*& place = given("out", out);
    place = new touchstone_state{held, held.initial(vector_at("x", x, d))};
  });
}

touchstone_status touchstone_method_step(const touchstone_method* method, const touchstone_state* state,
                                         const touchstone_draws* draws, touchstone_state** out,
                                         touchstone_choices** noted) {
  return guarded([&] {
    auto choices = std::make_unique<touchstone_choices>();
    touchstone_state*& place = given("out", out);
    place = stepped(method, state, draws_at(draws), &choices->transcript);
    if (noted != nullptr) *noted = choices.release();
  });
}

touchstone_status touchstone_method_step_with(const touchstone_method* method, const touchstone_state* state,
                                              const touchstone_draws* draws, const touchstone_choices* choices,
                                              touchstone_state** out) {
  return guarded([&] {
    oracle::Draws from = draws_at(draws);
    from.given = &given("choices", choices).transcript;
    touchstone_state*& place = given("out", out);
    place = stepped(method, state, from, nullptr);
  });
}

touchstone_status touchstone_method_bits_per_iteration(const touchstone_method* method, int64_t scalar_bits,
                                                       int64_t* bits) {
  return guarded([&] {
    const oracle::AnyMethod<double>& held = given("method", method).held;
    given("bits", bits) = held.bits_per_iteration(size_of("scalar_bits", scalar_bits));
  });
}

touchstone_status touchstone_state_count(const touchstone_state* state, int64_t* parts) {
  return guarded([&] {
    const auto count = static_cast<std::int64_t>(given("state", state).parts.size());
    given("parts", parts) = count;
  });
}

touchstone_status touchstone_state_part(const touchstone_state* state, int64_t i, const char** name,
                                        int64_t* vectors, int64_t* dimension) {
  return guarded([&] {
    const touchstone_state& of = given("state", state);
    const oracle::StatePart<double>& part = of.parts[index_below("i", i, of.parts.size())];
    if (name != nullptr) *name = part.name.c_str();
    if (vectors != nullptr) *vectors = static_cast<std::int64_t>(part.vectors.size());
    if (dimension != nullptr) *dimension = of.method.problem().dimension();
  });
}

touchstone_status touchstone_state_get(const touchstone_state* state, const char* name, double* out, int64_t size) {
  return guarded([&] {
    const touchstone_state& of = given("state", state);
    const oracle::StatePart<double>& part = of.parts[part_named(of, name)];
    require_size(part, size);
    double* place = &given("out", out);
    for (const Vector<double>& v : part.vectors) place = std::copy(v.begin(), v.end(), place);
  });
}

touchstone_status touchstone_state_set(touchstone_state* state, const char* name, const double* values,
                                       int64_t size) {
  return guarded([&] {
    touchstone_state& of = given("state", state);
    const std::size_t at = part_named(of, name);
    require_size(of.parts[at], size);
    const double* from = &given("values", values);
    oracle::StatePart<double> part = of.parts[at];
    for (Vector<double>& v : part.vectors) {
      v = oracle::finite_vector("values", from, v.size());
      from += v.size();
    }
    const std::vector<oracle::PartShape>& shapes = of.method.shapes();
    oracle::NamedState<double> changed;
    for (std::size_t i = 0; i < shapes.size(); ++i)
      if (i == at || shapes[at].derived || !shapes[i].derived) changed.push_back(i == at ? part : of.parts[i]);
    of.parts = of.method.complete(changed);
  });
}

void touchstone_state_destroy(touchstone_state* state) {
  delete state;
}

}  // extern "C"
