#pragma once
/// \file
/// A list of obligations, each with two near misses: a Change says what a near miss makes too good.

#include <string>
#include <utility>
#include <vector>

#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs {

template <class Change>
struct AddWithNearMisses {
  std::vector<Obligation>& all;

  /// make({}) is what is to be proved; make(one) and make(other) are to be refuted.
  void operator()(Obligation o, Statement (*make)(const Change&), const Change& one, const std::string& name_of_one,
                  const Change& other, const std::string& name_of_other) const {
    state(o, make({}));
    add_twin(o, "near", name_of_one, make(one));
    add_twin(o, "near-other", name_of_other, make(other));
    all.push_back(std::move(o));
  }
};

}  // namespace touchstone::inline v0::proofs
