// RandK is unbiased with omega = d/K - 1, attained at every x. Its law is enumerated, x is symbolic.
#include "proofs/scalar/compressors/symbolic_vector.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs::topics::rand_k_contract {

namespace {

/// What a twin makes too good.
struct Change {
  Rational omega = 0;  ///< added to the declared omega
  Rational scale = 1;  ///< multiplies the message
};

Statement contract(const RandK& compressor, Index d, const Change& change = {}) {
  Statement s;
  const Vector<Term> x = symbolic_vector(s, d);
  const auto message = [&](auto& random) {
    return Vector<Term>(compressor.compress(x, random) * Term(change.scale));
  };
  const Vector<Term> mean = expectation<Term>(message);
  const Term variance =
      expectation<Term>([&](auto& random) { return Term(Vector<Term>(message(random) - x).squaredNorm()); });
  for (Index i = 0; i < d; ++i) s.conclude(equal(mean[i], x[i]));
  s.conclude(equal(variance, (compressor.omega<Term>(d) + Term(change.omega)) * x.squaredNorm()));
  return s;
}

Obligation obligation(Index d, Index K) {
  const RandK compressor{K};
  const std::string d_and_K = "-d" + std::to_string(d) + "-k" + std::to_string(K);
  Obligation o{.id = "compressor/rand-k/omega" + d_and_K,
               .claim = "compressor/rand-k/omega",
               .title = "Rand" + std::to_string(K) + " in dimension " + std::to_string(d),
               .source = "slides \"Compression Operators\"",
               .generated_from = "compressors/rand_k.hpp, randomness/exhaustive.hpp",
               .formula = {"E Q(x) = x,    E|Q(x) - x|^2 = (d/K - 1) |x|^2"}};
  state(o, contract(compressor, d));
  add_twin(o, "smaller-omega", "omega - 1/1000 in place of omega", contract(compressor, d, {.omega = {-1, 1000}}));
  add_twin(o, "larger-omega", "omega + 1/1000 in place of omega", contract(compressor, d, {.omega = {1, 1000}}));
  add_twin(o, "smaller-message", "0.999 of every message", contract(compressor, d, {.scale = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (Index d = 2; d <= 4; ++d)
    for (Index K = 1; K <= d; ++K) all.push_back(obligation(d, K));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::rand_k_contract
