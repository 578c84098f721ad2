#include <utility>

#include "bindings/c/handles.hpp"

using namespace touchstone;            // NOLINT: this file is the interface's side
using namespace touchstone::bindings;  // NOLINT

static_assert(static_cast<int>(ChoiceKind::choose) == TOUCHSTONE_CHOOSE &&
              static_cast<int>(ChoiceKind::subset) == TOUCHSTONE_SUBSET &&
              static_cast<int>(ChoiceKind::permutation) == TOUCHSTONE_PERMUTATION &&
              static_cast<int>(ChoiceKind::bernoulli) == TOUCHSTONE_BERNOULLI &&
              static_cast<int>(ChoiceKind::pick) == TOUCHSTONE_PICK);

extern "C" {

touchstone_status touchstone_choices_create(touchstone_choices** out) {
  return guarded([&] { given("out", out) = new touchstone_choices{}; });
}

touchstone_status touchstone_choices_add(touchstone_choices* choices, const touchstone_choice* choice) {
  return guarded([&] {
    Transcript& transcript = given("choices", choices).transcript;
    const touchstone_choice& from = given("choice", choice);
    const auto kind = static_cast<ChoiceKind>(index_below("kind", from.kind, TOUCHSTONE_PICK + 1));
    const Index k = size_of("k", from.k, 0);
    const std::int64_t* first = &given("answer", from.answer);
    transcript.push_back({kind, from.n, k, Indices(first, first + k), {from.iteration, from.worker, from.draw}});
  });
}

touchstone_status touchstone_choices_count(const touchstone_choices* choices, int64_t* count) {
  return guarded([&] {
    const auto size = static_cast<std::int64_t>(given("choices", choices).transcript.size());
    given("count", count) = size;
  });
}

touchstone_status touchstone_choices_get(const touchstone_choices* choices, int64_t i, touchstone_choice* out) {
  return guarded([&] {
    const Transcript& transcript = given("choices", choices).transcript;
    const Choice& choice = transcript[index_below("i", i, transcript.size())];
    given("out", out) = {static_cast<std::int32_t>(choice.kind),
                         choice.n,
                         choice.k,
                         choice.place.iteration,
                         choice.place.worker,
                         choice.place.draw,
                         choice.answer.data()};
  });
}

void touchstone_choices_destroy(touchstone_choices* choices) {
  delete choices;
}

}  // extern "C"
