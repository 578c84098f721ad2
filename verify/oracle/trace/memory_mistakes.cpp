#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using namespace variations;  // NOLINT(google-build-using-namespace): all of this file is made of them

/// `change` gets a worker's vector before the step, after it, and what it compressed.
template <class Change>
auto part_afterwards(const char* name, Change change) {
  return afterwards([name, change](const StepCase& step, const NamedState<Bounded>& start, StepOutcome& outcome) {
    const Vectors& before = *part_of(start, name);
    Vectors& after = *part_of(outcome.state, name);
    for (std::size_t i = 0; i < after.size(); ++i)
      if (const auto found = outcome.compressed.find(static_cast<Index>(i)); found != outcome.compressed.end())
        after[i] = change(step, before[i], after[i], found->second);
  });
}

/// The memory as the step reads it, otherwise.
template <class Change>
auto memory_read(Change change) {
  return changed([change](const StepCase&) {
    return Changes{.start = [change](NamedState<Bounded>& state) {
      for (Vector<Bounded>& e_i : *part_of(state, "e")) e_i = change(e_i);
    }};
  });
}

Vector<Bounded> zero_like(const Vector<Bounded>& v) {
  return Vector<Bounded>::Zero(v.size());
}

/// The server adds the shifts that the step has already updated.
void add_new_shifts(const StepCase& step, const NamedState<Bounded>& start, StepOutcome& outcome) {
  const Vectors& before = *part_of(start, "h");
  const Vectors& after = *part_of(outcome.state, "h");
  Vector<Bounded> change = zero_like(before.front());
  for (std::size_t i = 0; i < before.size(); ++i) change += after[i] - before[i];
  x_of(outcome.state) -= step.reference.gamma() / integer<Bounded>(step.reference.workers()) * change;
}

Bounded alpha_of(const StepCase& step) {
  return Bounded(parameters_of(step).alpha.value_or(Rational(1)));
}

}  // namespace

std::vector<Variation> memory_mistakes() {
  const Ways e = with_part("e");
  const Ways h = with_part("h");
  return {
      {"memory-lost", "the errors are set to zero after the step", e,
       part_afterwards("e", [](const StepCase&, const auto& before, const auto&,
                               const Compressed&) { return zero_like(before); })},
      {"memory-not-read", "the errors are kept, but not added to what is compressed", e, memory_read(zero_like)},
      {"memory-not-updated", "the errors stay what they were", e,
       part_afterwards("e", [](const StepCase&, const auto& before, const auto&,
                               const Compressed&) { return Vector<Bounded>(before); })},
      {"memory-sign", "what is kept is v - (e + gamma g), the error with the other sign", e,
       part_afterwards("e", [](const StepCase&, const auto&, const auto& after,
                               const Compressed&) { return Vector<Bounded>(-after); })},
      {"memory-subtracted", "gamma g - e is compressed, not gamma g + e", e,
       memory_read([](const Vector<Bounded>& e_i) { return Vector<Bounded>(-e_i); })},
      {"memory-keeps-message", "what was sent is kept, not what was not", e,
       part_afterwards(
           "e", [](const StepCase&, const auto&, const auto&, const Compressed& sent) { return sent.message; })},
      {"memory-keeps-all", "what was sent is not taken out of the memory", e,
       part_afterwards(
           "e", [](const StepCase&, const auto&, const auto&, const Compressed& sent) { return sent.argument; })},
      {"memory-without-gamma", "e + g - v is kept, not e + gamma g - v", e,
       part_afterwards("e",
                       [](const StepCase& step, const auto& before, const auto&, const Compressed& sent) {
                         const Vector<Bounded> g = (sent.argument - before) / step.reference.gamma();
                         return Vector<Bounded>(before + g - sent.message);
                       })},
      {"new-shifts-in-mean", "the server adds the shifts after their update", h, afterwards(add_new_shifts)},
      {"shift-not-updated", "the shifts stay what they were", h,
       part_afterwards("h", [](const StepCase&, const auto& before, const auto&,
                               const Compressed&) { return Vector<Bounded>(before); })},
      {"shift-sign", "h - alpha m for h + alpha m", h,
       part_afterwards("h", [](const StepCase&, const auto& before, const auto& after,
                               const Compressed&) { return Vector<Bounded>(before + before - after); })},
      {"shift-uncompressed", "the shifts learn the difference itself, not its message", h,
       part_afterwards("h",
                       [](const StepCase& step, const auto& before, const auto&, const Compressed& sent) {
                         return Vector<Bounded>(before + alpha_of(step) * sent.argument);
                       })},
      {"shift-replaced", "alpha m for h + alpha m: the old shift is lost", h,
       part_afterwards("h", [](const StepCase&, const auto& before, const auto& after,
                               const Compressed&) { return Vector<Bounded>(after - before); })},
      {"shift-not-read", "the gradients are compressed, not their differences from the shifts", h,
       changed([](const StepCase&) {
         return Changes{.start = [](NamedState<Bounded>& state) {
           for (Vector<Bounded>& h_i : *part_of(state, "h")) h_i = zero_like(h_i);
         }};
       })},
  };
}

}  // namespace touchstone::inline v0::oracle
