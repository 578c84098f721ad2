#pragma once
/// \file
/// A claim: what the theory states, and the checks that are its evidence.

#include <concepts>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "touchstone/randomness/seeded.hpp"
#include "verify/engine/inspection.hpp"

namespace touchstone::inline v0 {

/// What evidence is worth, best first (see README, "Levels of evidence").
enum class Level { proved, certificate, identity, exact, certified, measured, refuted };

/// How evidence was obtained.
enum class Layer { kernel, z3, cvc5, certificate, coq, exact, moments, certified, run, sampled };

[[nodiscard]] std::string to_string(Level level);
[[nodiscard]] std::string to_string(Layer layer);

/// What a check may depend on besides the claim: the seed, and nothing else.
struct CheckContext {
  std::uint64_t seed = 0;
  std::string claim;  ///< its id

  /// A stream of its own for every (seed, claim, check): evidence does not depend on the order of claims.
  [[nodiscard]] Seeded random(std::string_view check) const;
};

struct Evidence {
  Layer layer = Layer::exact;
  std::optional<Level> level;  ///< what it establishes; none for a second opinion that abstained
  Verdict verdict = Verdict::holds;
  std::string detail;  ///< one line: what was compared, how often; the witness where it does not hold
  double seconds = 0;
};

/// The outcome of a check: evidence, tightness, and how its mutants fared. A mutant is the same check on something
/// deliberately wrong, and must be caught.
struct CheckResult {
  std::vector<Evidence> evidence;
  Tightness tightness;
  std::vector<std::string> mutants;           ///< all that were tried, by name
  std::vector<std::string> mutants_survived;  ///< those that were not caught
  Pictures pictures;

  void add_mutant(std::string name, bool caught) {
    if (!caught) mutants_survived.push_back(name);
    mutants.push_back(std::move(name));
  }
};

struct Check {
  template <std::invocable<const CheckContext&> Run>
  Check(Run of, bool depends_on_seed = true)  // NOLINT(google-explicit-constructor): what a check does is the check
      : run(std::move(of)), draws(depends_on_seed) {}

  std::function<CheckResult(const CheckContext&)> run;
  bool draws;  ///< whether the seed matters; it does not to a proof
};

struct Claim {
  std::string id;                       ///< AREA/SUBJECT/NAME
  std::string title;                    ///< one line
  std::string statement;                ///< the formula, in the notation of the theory headers
  std::vector<std::string> hypotheses;  ///< one line each
  std::string source;                   ///< chapter, algorithm, slide; "derived" where it is ours
  std::vector<Check> checks;
  std::string correction = {};  ///< of a statement that is false as stated: the id of the claim that corrects it
  std::function<std::string()> derivation = {};  ///< arguments for a reader, where there are any

  [[nodiscard]] std::string area() const { return id.substr(0, id.find('/')); }
  [[nodiscard]] std::string subject() const {
    const std::size_t first = id.find('/') + 1;
    return id.substr(first, id.find('/', first) - first);
  }
};

/// A variation of a check: a name and the value that the check is run with.
template <class Variation>
struct Mutant {
  std::string name;
  Variation variation;
};

/// Both lists, one after the other.
template <class T>
[[nodiscard]] std::vector<T> joined(std::vector<T> first, const std::vector<T>& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// The check `run(context, variation)`, evidence when run as stated, and with every mutant, each of which must fail:
/// `undecided` is not caught.
template <class Variation>
[[nodiscard]] Check make_check(Layer layer, Level level,
                               std::function<Finding(const CheckContext&, const Variation&)> run,
                               Variation as_stated, std::vector<Mutant<Variation>> mutants) {
  return [=](const CheckContext& context) {
    CheckResult result;
    const Finding finding = run(context, as_stated);
    result.tightness = finding.tightness;
    result.pictures = finding.pictures;
    const std::string witness = finding.witness.empty() ? "" : "; " + finding.witness;
    result.evidence.push_back({layer, level, finding.verdict, finding.detail + witness});
    for (const Mutant<Variation>& mutant : mutants)
      result.add_mutant(mutant.name, run(context, mutant.variation).verdict == Verdict::fails);
    return result;
  };
}

/// What came of a claim.
struct ClaimResult {
  const Claim* claim = nullptr;
  bool holds = false;  ///< came out as the registry expects; for a refuted statement: its witness refutes it
  std::optional<Level> level;
  Tightness tightness;
  std::vector<Evidence> evidence;
  std::vector<std::string> mutants;
  std::vector<std::string> mutants_survived;
  Pictures pictures;
  double seconds = 0;

  [[nodiscard]] std::size_t mutants_caught() const { return mutants.size() - mutants_survived.size(); }
};

/// Sets `holds` and `level` by the evidence and the mutants. A claim is proved only where two layers prove it. It holds iff
/// every piece of evidence that bears a level holds, there is one, and every mutant was caught, of which there must be at
/// least one.
void judge(ClaimResult& result);

/// Runs all checks of a claim and judges. An exception of a check is evidence that does not hold.
[[nodiscard]] ClaimResult verify(const Claim& claim, std::uint64_t seed);

/// All claims, sorted by area in the order of the thesis, then as registered. Ids are unique.
[[nodiscard]] const std::vector<Claim>& claims();

}  // namespace touchstone::inline v0
