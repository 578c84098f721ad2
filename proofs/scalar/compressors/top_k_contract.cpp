// TopK is contractive with delta = K/d, and with delta/(1 + omega) where RandK follows on what it keeps: the code is run
// on a symbolic x, path by path.
#include "proofs/scalar/compressors/contract_by_paths.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"

namespace touchstone::inline v0::proofs::topics::top_k_contract {

namespace {

Obligation top_k(Index d, Index K) {
  const std::string d_and_K = "-d" + std::to_string(d) + "-k" + std::to_string(K);
  Obligation o{.id = "compressor/top-k/delta" + d_and_K,
               .claim = "compressor/top-k/delta",
               .title = "Top" + std::to_string(K) + " in dimension " + std::to_string(d) + ", path by path",
               .source = "slides \"Compression Operators\"",
               .generated_from = "compressors/top_k.hpp",
               .formula = {"|C(x) - x|^2 <= (1 - K/d) |x|^2 on every path, and the paths cover all x"}};
  state_contract_by_paths(o, TopK{K}, d);
  return o;
}

Obligation rand_1_of_top_2(Index d) {
  Obligation o{
      .id = "compressor/composed-on-kept/delta-d" + std::to_string(d),
      .claim = "compressor/composed-on-kept/delta",
      .title = "Rand1 of what Top2 keeps in dimension " + std::to_string(d) + ", path by path",
      .source = "derived",
      .generated_from = "compressors/composed_on_kept.hpp, top_k.hpp, rand_k.hpp, randomness/exhaustive.hpp",
      .formula = {"E|Q(C(x))/(1 + omega) - x|^2 <= (1 - (2/d)/(1 + omega)) |x|^2, omega = 1, on every path, "
                  "and the paths cover all x"}};
  state_contract_by_paths(o, ComposedOnKept<TopK, RandK>{{2}, {1}}, d);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (Index d = 2; d <= 4; ++d)
    for (Index K = 1; K <= d; ++K) all.push_back(top_k(d, K));
  for (Index d = 2; d <= 3; ++d) all.push_back(rand_1_of_top_2(d));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::top_k_contract
