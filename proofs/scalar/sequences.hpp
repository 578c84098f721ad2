#pragma once
/// \file
/// The variance sequences s1 (shifts) and s2 (reference points) of chapters 3 and 4, of which a method may have none.

#include <string>
#include <vector>

#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs {

/// Which of the variance sequences a method has.
struct Sequences {
  bool shift = true, sampling = true;
};

/// Ends an obligation's id; empty for both.
[[nodiscard]] inline std::string suffix_of(const Sequences& which) {
  if (which.shift) return which.sampling ? "" : "-without-s2";
  return which.sampling ? "-without-s1" : "-without-variance";
}

/// Ends its title.
[[nodiscard]] inline std::string in_words(const Sequences& which) {
  if (which.shift) return which.sampling ? "" : ", without s2";
  return which.sampling ? ", without s1" : ", without s1 and s2";
}

/// eta <= gaps[0], eta <= gaps[1], ...: the hypotheses eta-1, eta-2, ...
inline void assume_gaps(Statement& s, const Term& eta, const std::vector<Term>& gaps, const std::string& function) {
  for (std::size_t i = 0; i < gaps.size(); ++i)
    s.assume("eta-" + std::to_string(i + 1), less_equal(eta, gaps[i]),
             "eta <= " + function + "[" + std::to_string(i) + "]");
}

}  // namespace touchstone::inline v0::proofs
