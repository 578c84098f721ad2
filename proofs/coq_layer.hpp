#pragma once
/// \file
/// The Coq layer (proofs/coq) as the program sees it: its theorems, the claims that they belong to, and whether Coq
/// accepts them, now, from the sources that the program carries.

#include <filesystem>
#include <string>
#include <vector>

namespace touchstone::inline v0::proofs {

struct CoqTheorem {
  std::string name;
  std::vector<std::string> claims;  ///< their ids; none for a lemma that other theorems use
  std::string statement;            ///< with its comment, as in Theorems.v, without the proof
};

/// In the order of Theorems.v.
[[nodiscard]] const std::vector<CoqTheorem>& coq_theorems();

struct CoqVerdict {
  enum class Answer { accepted, refused, unavailable };
  Answer answer = Answer::unavailable;
  std::string
      words;  ///< one line: what was compiled and which axioms it rests on, or what was refused, or why not asked
  double seconds = 0;  ///< wall clock
};

/// A file for Coq, such as the bridge.
struct CoqFile {
  std::string name;  ///< with the ending .v
  std::string text;
};

/// Compiles the layer and `extra`, and asks what all of it rests on. Compiled files are kept in the folder that the
/// environment variable TOUCHSTONE_COQ_BUILD names, else in the user's cache (touchstone/coq below XDG_CACHE_HOME or ~/.cache):
/// what has not changed is not compiled again. Without coqchk, which takes longer than all the rest: proofs/coq/run does that.
[[nodiscard]] CoqVerdict check_coq(const std::vector<CoqFile>& extra);

/// check_coq of the layer and the bridge, once in the life of the program. Safe on any thread.
[[nodiscard]] const CoqVerdict& coq_verdict();

}  // namespace touchstone::inline v0::proofs
