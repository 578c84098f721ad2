// TopK is contractive with delta = K/d: its code is run on a symbolic x, path by path.
#include "proofs/scalar/compressors/symbolic_vector.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs {

namespace {

/// What a twin makes too good.
struct Change {
  Rational delta = 0;   ///< added to the declared delta
  bool strict = false;  ///< the bound is never attained but at x = 0
};

Statement contract(const TopK& compressor, Index d, const Change& change = {}) {
  Statement s;
  const Vector<Term> x = symbolic_vector(s, d);
  if (change.strict) s.assume("x-nonzero", less(0, x.squaredNorm()), "x is not 0");
  const Term allowed = (1 - compressor.delta<Term>(d) - Term(change.delta)) * x.squaredNorm();
  std::vector<Formula> covered;
  const auto run = [&] {
    Exhaustive<Term> none;  // TopK draws nothing
    return compressor.compress(x, none);
  };
  s.paths(run, [&](const std::vector<Formula>& condition, const Vector<Term>& c) {
    const Term loss = Vector<Term>(c - x).squaredNorm();
    covered.push_back(all_of(condition));
    s.conclude(implies(covered.back(), change.strict ? less(loss, allowed) : less_equal(loss, allowed)));
  });
  s.conclude(any_of(covered));
  return s;
}

Obligation obligation(Index d, Index K) {
  const TopK compressor{K};
  const std::string d_and_K = "-d" + std::to_string(d) + "-k" + std::to_string(K);
  Obligation o{.id = "compressor/top-k/delta" + d_and_K,
               .claim = "compressor/top-k/delta",
               .title = "Top" + std::to_string(K) + " in dimension " + std::to_string(d) + ", path by path",
               .source = "slides \"Compression Operators\"",
               .generated_from = "compressors/top_k.hpp",
               .formula = {"|C(x) - x|^2 <= (1 - K/d) |x|^2 on every path, and the paths cover all x"}};
  state(o, contract(compressor, d));
  add_twin(o, "larger-delta", "delta + 1/1000 in place of delta", contract(compressor, d, {.delta = {1, 1000}}));
  add_twin(o, "strict", "< in place of <= for x not 0", contract(compressor, d, {.strict = true}));
  return o;
}

}  // namespace

std::vector<Obligation> top_k_contract() {
  std::vector<Obligation> all;
  for (Index d = 2; d <= 4; ++d)
    for (Index K = 1; K <= d; ++K) all.push_back(obligation(d, K));
  return all;
}

}  // namespace touchstone::inline v0::proofs
