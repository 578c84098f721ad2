#include <utility>

#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/vectors/law_cases.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

using MutantLaw = std::function<CompressorLaw(const Vector<Rational>&)>;

/// The law of another compressor.
MutantLaw taken_for(const std::string& other) {
  return [other](const Vector<Rational>& x) { return exact_law(parse_compressor<Rational>("mutant", other), x); };
}

/// The law of the compressor with every outcome changed.
MutantLaw changed(const std::string& compressor, const std::function<void(Vector<Rational>& outcome)>& change) {
  return [=](const Vector<Rational>& x) {
    CompressorLaw law = exact_law(parse_compressor<Rational>("mutant", compressor), x);
    for (auto& [probability, outcome] : law) change(outcome);
    return law;
  };
}

/// The law at -x, without its sign, and so on: x is changed before it is compressed.
MutantLaw of_changed_argument(const std::string& compressor,
                              const std::function<void(Vector<Rational>& x)>& change) {
  return [=](const Vector<Rational>& x) {
    Vector<Rational> other = x;
    change(other);
    return exact_law(parse_compressor<Rational>("mutant", compressor), other);
  };
}

MutantLaw certain(const std::function<Vector<Rational>(const Vector<Rational>&)>& outcome) {
  return [=](const Vector<Rational>& x) { return CompressorLaw{{Rational(1), outcome(x)}}; };
}

void without_sign(Vector<Rational>& v) {
  for (Rational& value : v) value = abs(value);
}

/// Both outcomes of a coin exchange their probabilities.
CompressorLaw exchanged(CompressorLaw law) {
  std::swap(law.front().first, law.back().first);
  return law;
}

}  // namespace

const std::vector<LawMutant>& law_mutants() {
  const MutantLaw identity = taken_for("identity");
  static const std::vector<LawMutant> mutants = {
      {"nothing-sent", "x is lost", "identity", "mixed",
       certain([](const Vector<Rational>& x) { return Vector<Rational>(0 * x); })},
      {"forgotten-scale", "d/K is left out", "rand-k:2", "mixed", taken_for("rand-k-unscaled:2")},
      {"one-too-few", "K - 1 coordinates are kept: K computed by truncation", "rand-k:2", "mixed",
       taken_for("rand-k:1")},
      {"identity", "nothing is left out", "rand-k:2", "mixed", identity},
      {"each-by-itself", "coordinates are kept independently, with probability K/d, not exactly K", "rand-k:1",
       "mixed", taken_for("independent-sparsification:1/3,1/3,1/3")},
      {"scaled", "the outcome is scaled by d/K, which is not contractive", "rand-k-unscaled:1", "mixed",
       taken_for("rand-k:1")},
      {"forgotten-scale", "1/p is left out", "bernoulli:1/3", "mixed", taken_for("bernoulli-unscaled:1/3")},
      {"scaled", "the outcome is scaled by 1/p", "bernoulli-unscaled:1/3", "mixed", taken_for("bernoulli:1/3")},
      {"one-probability", "the first probability is used for all", "independent-sparsification:1/2,1/3,1", "mixed",
       taken_for("independent-sparsification:1/2,1/2,1/2")},
      {"half-as-many", "kappa is halved", "adaptive-sparsification:2", "mixed",
       taken_for("adaptive-sparsification:1")},
      {"uniform", "coordinates are sampled uniformly, not by magnitude", "l1-sampling", "mixed",
       taken_for("rand-k:1")},
      {"largest-norm", "|x|_inf in place of |x|_2", "dithering:2", "pythagorean-2", taken_for("dithering-inf:2")},
      {"one-level-more", "s + 1 levels: counted with zero", "dithering:2", "pythagorean-2",
       taken_for("dithering:3")},
      {"without-sign", "the sign is lost", "dithering:1", "pythagorean-2", changed("dithering:1", without_sign)},
      {"largest-norm", "|x|_inf in place of |x|_1", "dithering-1:2", "mixed", taken_for("dithering-inf:2")},
      {"sum-norm", "|x|_1 in place of |x|_inf", "dithering-inf:2", "mixed", taken_for("dithering-1:2")},
      {"uniform-levels", "equal steps in place of powers of two", "natural-dithering:3", "pythagorean-2",
       taken_for("dithering:3")},
      {"one-level-fewer", "s - 1 levels: counted with zero", "natural-dithering-1:2", "mixed",
       taken_for("natural-dithering-1:1")},
      {"sum-norm", "|x|_1 in place of |x|_inf", "natural-dithering-inf:2", "mixed",
       taken_for("natural-dithering-1:2")},
      {"without-sign", "the sign is lost", "tern-grad", "mixed", changed("tern-grad", without_sign)},
      {"largest-signed", "the largest coordinate in place of the largest magnitude", "tern-grad", "ties",
       of_changed_argument("tern-grad", [](Vector<Rational>& x) { x = x.cwiseMax(Rational(0)); })},
      {"nearest", "the nearest power of two: nothing is drawn", "natural", "mixed", taken_for("exp-round:2")},
      {"exchanged", "up with the probability of down", "natural", "scalar",
       [](const Vector<Rational>& x) {
         return exchanged(exact_law(parse_compressor<Rational>("mutant", "natural"), x));
       }},
      {"base-two", "powers of two whatever the base", "exp-stochastic:3", "mixed", taken_for("natural")},
      {"stochastic", "rounded at random", "exp-round:2", "mixed", taken_for("natural")},
      {"base-two", "powers of two whatever the base", "exp-round:3", "mixed", taken_for("exp-round:2")},
      {"largest-signed", "the largest coordinates in place of the largest magnitudes", "top-k:1", "one-nonzero",
       of_changed_argument("top-k:1", [](Vector<Rational>& x) { x = x.cwiseMax(Rational(0)); })},
      {"smallest", "the smallest magnitude is kept", "top-k:1", "mixed", certain([](const Vector<Rational>& x) {
         return Vector<Rational>(x[0] * Vector<Rational>::Unit(x.size(), 0));
       })},
      {"random", "random coordinates in place of the largest", "top-k:2", "mixed", taken_for("rand-k-unscaled:2")},
      {"largest-norm", "|x|_inf in place of |x|_1/d", "scaled-sign", "mixed",
       certain([](const Vector<Rational>& x) {
         return Vector<Rational>(Rational(3) * x.cwiseQuotient(x.cwiseAbs()));
       })},
      {"sign-of-zero", "sign(0) = +1 where it is 0", "scaled-sign", "zero-between", taken_for("scaled-sign-plus")},
      {"sign-of-zero", "sign(0) = 0 where it is +1", "scaled-sign-plus", "zero-between", taken_for("scaled-sign")},
      {"squares", "the square of the singular value", "svd-rank-r:2x2:1", "matrix-diagonal",
       changed("svd-rank-r:2x2:1", [](Vector<Rational>& outcome) { outcome *= Rational(3); })},
      {"full-rank", "nothing is left out", "svd-rank-r:2x2:1", "matrix-rotated", identity},
      {"coordinates", "coordinates in place of columns", "random-column:2x2:1", "matrix-mixed",
       taken_for("rand-k-unscaled:2")},
      {"other-tie", "the last of the tied coordinates", "top-k:1", "ties", certain([](const Vector<Rational>& x) {
         return Vector<Rational>(x[1] * Vector<Rational>::Unit(x.size(), 1));
       }),
       "OrderAmongTies"}};
  return mutants;
}

}  // namespace touchstone::inline v0::oracle::vectors
