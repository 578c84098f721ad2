#pragma once
/// \file
/// The bridge between the reference and the Coq layer: what the reference's enumerator computes, as lemmas for Coq.

#include <string>
#include <vector>

namespace touchstone::inline v0::proofs {

/// One instance and method: E V after k steps from a random rational state, as a Coq lemma about the formal step.
struct BridgeLemma {
  std::string name;
  std::string definitions;  ///< instance and state
  std::string statement;    ///< without the final value
  std::string value;        ///< what the reference computes; empty where the statement has none
  std::string proof;
  bool near_miss = false;  ///< whether Coq is also made to refuse the value plus one
};

/// GD, L-SVRG, SAGA, DIANA, MARINA with one step at several states and two steps at one, parallel GD with Top1 one step at several:
/// the same every time.
[[nodiscard]] std::vector<BridgeLemma> bridge_lemmas();

/// A Coq file of these lemmas, to be compiled by `proofs/coq/run FILE`.
[[nodiscard]] std::string bridge_text(const std::vector<BridgeLemma>& lemmas);

}  // namespace touchstone::inline v0::proofs
