#include "verify/oracle/catalog/compressor_spec.hpp"
#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using namespace variations;  // NOLINT(google-build-using-namespace): all of this file is made of them

/// The factor that makes a sparsifier unbiased, d/K or 1/p; none for other compressors.
std::optional<Bounded> unbiasing(const std::string& compressor, Index d) {
  const CompressorSpec spec("compressor", compressor);
  if (spec.name() == "rand-k") return ratio<Bounded>(d, spec.count(0));
  if (spec.name() == "bernoulli") {
    const Fraction p = spec.probability(0);
    return ratio<Bounded>(p.denominator, p.numerator);
  }
  return std::nullopt;
}

Index with_factor(const StepCase& step) {
  const MethodParameters& p = parameters_of(step);
  const Index d = step.reference.problem().dimension();
  return unbiasing(p.compressor, d) || unbiasing(p.shift_compressor, d) ? 1 : 0;
}

Index with_compressor(const StepCase& step) {
  const MethodParameters& p = parameters_of(step);
  return p.compressor == "identity" && p.shift_compressor == "identity" ? 0 : 1;
}

template <class Change>
auto other_message(Change change) {
  return changed([change](const StepCase&) { return Changes{.choices = {.message = change}}; });
}

template <class Change>
auto other_factor(Change change) {
  return other_message([change](const std::string& compressor, const Vector<Bounded>& x, Vector<Bounded> message) {
    if (const std::optional<Bounded> factor = unbiasing(compressor, x.size()); factor) message *= change(*factor);
    return message;
  });
}

}  // namespace

std::vector<Variation> compressor_mistakes() {
  return {
      {"scale-forgotten", "the factor that makes the compressor unbiased (d/K, 1/p) left out", with_factor,
       other_factor([](const Bounded& factor) { return Bounded(Bounded(1) / factor); })},
      {"scale-twice", "the factor d/K, or 1/p, twice", with_factor,
       other_factor([](const Bounded& factor) { return factor; })},
      {"scale-inverted", "K/d for d/K, p for 1/p", with_factor,
       other_factor([](const Bounded& factor) { return Bounded(Bounded(1) / (factor * factor)); })},
      {"not-compressed", "what is compressed is taken as it was", with_compressor,
       other_message([](const std::string&, const Vector<Bounded>& x, const Vector<Bounded>&) { return x; })},
      {"complement-sent", "the coordinates that should stay are sent, the others stay", with_compressor,
       other_message([](const std::string&, const Vector<Bounded>& x, const Vector<Bounded>& message) {
         return Vector<Bounded>(x - message);
       })},
      {"choices-late", "the choices of the iteration before",
       [](const StepCase& step) -> Index { return step.previous == nullptr ? 0 : 1; },
       changed([](const StepCase&) { return Changes{.choices_ahead = -1}; })},
      {"choices-early", "the choices of the iteration after", always,
       changed([](const StepCase&) { return Changes{.choices_ahead = 1}; })},
  };
}

}  // namespace touchstone::inline v0::oracle
