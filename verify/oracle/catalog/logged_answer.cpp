#include "verify/oracle/catalog/logged_answer.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace touchstone::inline v0::oracle {

void reject_choice(const Place& place, const std::string& why) {
  const std::string who = place.worker == Place::server ? "server" : fmt::format("worker {}", place.worker);
  throw transcript_error(fmt::format("{}, choice {}: {}", who, place.draw, why));
}

void require_answer(const Place& place, ChoiceKind kind, Index n, Index k, const Indices& answer) {
  if (static_cast<Index>(answer.size()) != k)
    reject_choice(place, fmt::format("found {} indices, expected {}", answer.size(), k));
  for (const Index i : answer)
    if (i < 0 || i >= n) reject_choice(place, fmt::format("found {}, expected 0 <= answer < {}", i, n));
  if (kind != ChoiceKind::subset && kind != ChoiceKind::permutation) return;
  Indices sorted = answer;
  std::sort(sorted.begin(), sorted.end());
  if (const auto twice = std::adjacent_find(sorted.begin(), sorted.end()); twice != sorted.end())
    reject_choice(place, fmt::format("found {} twice", *twice));
}

}  // namespace touchstone::inline v0::oracle
