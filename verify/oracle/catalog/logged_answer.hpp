#pragma once
/// \file
/// Answers to random choices that an implementation has written down.

#include <string>

#include "touchstone/randomness/transcript.hpp"

namespace touchstone::inline v0::oracle {

/// Throws transcript_error "worker W, choice R: WHY".
[[noreturn]] void reject_choice(const Place& place, const std::string& why);

/// Throws transcript_error unless the answer is one to choose(n), subset(n, k), ...: k indices below n, each once where the kind
/// says so, in any order.
void require_answer(const Place& place, ChoiceKind kind, Index n, Index k, const Indices& answer);

}  // namespace touchstone::inline v0::oracle
