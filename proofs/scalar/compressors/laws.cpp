// Unbiased compressors whose code is run on vectors of few coordinates: magnitudes are symbols, signs and zeros are
// enumerated, and so are the draws, whose probabilities are terms.
#include <algorithm>

#include "proofs/scalar/compressors/symbolic_vector.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs::topics::laws_of_compressors {

namespace {

/// What a twin makes too good.
struct Change {
  Rational omega = 0;  ///< added to omega
  Rational scale = 1;  ///< multiplies the message
};

/// E Q(x) = x and E|Q(x) - x|^2 <= omega |x|^2, at this x. Where the code compares what the hypotheses do not decide,
/// the goals are those of every path, without what holds on it.
template <class Q>
void conclude_contract(Statement& s, const Q& compressor, const Vector<Term>& x, const Term& omega,
                       const Change& change) {
  const Index d = x.size();
  const auto moments = [&] {
    return expectation<Term>([&](auto& random) {
      Vector<Term> message_and_error(d + 1);
      message_and_error.head(d) = compressor.compress(x, random) * Term(change.scale);
      message_and_error[d] = Vector<Term>(message_and_error.head(d) - x).squaredNorm();
      return message_and_error;
    });
  };
  std::vector<Vector<Term>> known;
  s.paths(moments, [&](const std::vector<Formula>& /*condition*/, const Vector<Term>& found) {
    const auto same = [&](const Vector<Term>& other) {
      return std::equal(found.begin(), found.end(), other.begin(), identical);
    };
    if (!std::ranges::any_of(known, same)) known.push_back(found);
  });
  for (const Vector<Term>& found : known) {
    for (Index i = 0; i < d; ++i) s.conclude(equal(found[i], x[i]));
    s.conclude(less_equal(found[d], (omega + Term(change.omega)) * x.squaredNorm()));
  }
}

std::vector<Term> magnitudes(Statement& s, Index d) {
  std::vector<Term> all;
  for (Index i = 1; i <= d; ++i) {
    const std::string place = std::to_string(i);
    all.push_back(s.positive("a" + place, "|x_" + place + "|, where it is not zero"));
  }
  return all;
}

Vector<Term> vector(const std::vector<Term>& coordinates) {
  Vector<Term> x(static_cast<Index>(coordinates.size()));
  std::ranges::copy(coordinates, x.begin());
  return x;
}

/// Every sign of two coordinates, zero included; three are positive, which keeps the paths few.
std::vector<Vector<Term>> signed_vectors(const std::vector<Term>& a) {
  if (a.size() != 2) return {vector(a)};
  std::vector<Vector<Term>> all;
  for (const Term& first : {Term(0), a[0], -a[0]})
    for (const Term& second : {Term(0), a[1], -a[1]}) all.push_back(vector({first, second}));
  return all;
}

/// Where E|Q(x) - x|^2 = |x|_1^2 - |x|^2.
template <class Q>
Statement one_norm(const Q& compressor, const Term& omega, Index d, const Change& change) {
  Statement s;
  const std::vector<Term> a = magnitudes(s, d);
  for (const Vector<Term>& x : signed_vectors(a)) conclude_contract(s, compressor, x, omega, change);
  const Term sum = vector(a).sum();
  for (std::size_t i = 0; i < a.size(); ++i) {
    s.square(a[i]);
    for (std::size_t j = 0; j < i; ++j)
      for (const Term& scale : {Term(1), sum}) {  // of the denominators, powers of sum
        s.square((a[i] - a[j]) * scale);
        s.square((a[i] - a[j]) * scale, sum);
      }
  }
  return s;
}

Statement l1_sampling(Index d, const Change& change = {}) {
  const L1Sampling compressor;
  return one_norm(compressor, compressor.omega<Term>(d), d, change);
}

Statement dithering_1(Index d, const Change& change = {}) {
  const Dithering compressor{NormIndex::one, 1};
  const Term no_root = 0;
  Statement s = one_norm(compressor, dithering_omega_from(compressor.q, compressor.s, d, no_root), d, change);
  if (d == 2) s.redundant({"a1-positive", "a2-positive"});
  return s;
}

/// Two coordinates of any sign: magnitude N and zero, a smaller one (tN) or N again; or both zero.
std::vector<Vector<Term>> plane(const Term& N, const Term& tN) {
  std::vector<Vector<Term>> all{vector({Term(0), Term(0)})};
  for (const Term& largest : {N, -N})
    for (const Term& other : {Term(0), tN, -tN, N, -N}) {
      all.push_back(vector({largest, other}));
      if (!identical(other, N) && !identical(other, -N)) all.push_back(vector({other, largest}));
    }
  return all;
}

/// Positive coordinates, the only one of magnitude N in every place.
std::vector<Vector<Term>> positive_space(const Term& N, const std::vector<Term>& smaller) {
  std::vector<Vector<Term>> all;
  for (std::size_t largest = 0; largest <= smaller.size(); ++largest) {
    std::vector<Term> x = smaller;
    x.insert(x.begin() + static_cast<std::ptrdiff_t>(largest), N);
    all.push_back(vector(x));
  }
  return all;
}

/// omega, with root for the square root in it.
Statement tern_grad(Index d, const Change& change = {}) {
  const TernGrad compressor;
  const auto [q, levels] = TernGrad::dithering;
  Statement s;
  const Term N = s.positive("N", "|x|_inf");
  const Term root = s.variable("root", "the square root in omega");
  s.assume("root-above-one", less(0, root - 1), "root > 1");
  s.assume("radicand", equal(root * root, dithering_radicand<Term>(q, levels, d)),
           "root^2 = dithering_radicand(infinity, 1, d)");
  std::vector<Term> smaller;
  s.hint({"root-above-one"}, N * N);
  s.hint({"radicand"}, N * N);
  for (Index i = 1; i < d; ++i) {
    const std::string name = "t" + std::to_string(i);
    const Term t = s.positive(name, "a magnitude, as a share of N");
    s.assume(name + "-below-one", less(t, 1), "it is not the largest");
    s.redundant({name + "-positive", name + "-below-one"});  // what the code does depends on them
    s.square(N * ((1 + root) * t - 1), root - 1);
    for (const Term& power : {t, t * t, root * t * t}) s.hint({"radicand"}, N * N * power);
    smaller.push_back(N * t);
  }
  if (d > 2) s.redundant({"N-positive"});
  const Term omega = dithering_omega_from(q, levels, d, root);
  for (const Vector<Term>& x : d == 2 ? plane(N, smaller.front()) : positive_space(N, smaller))
    conclude_contract(s, compressor, x, omega, change);
  return s;
}

template <class Q>
Statement linear(const Q& compressor, Index d, const Change& change) {
  Statement s;
  const Vector<Term> x = symbolic_vector(s, d);
  conclude_contract(s, compressor, x, compressor.template omega<Term>(d), change);
  for (Index i = 0; i < d; ++i) s.square(x[i]);
  return s;
}

Statement bernoulli(Index d, const Change& change = {}) {
  return linear(Bernoulli{{1, 3}}, d, change);
}

Statement independent_sparsification(Index d, const Change& change = {}) {
  std::vector<Fraction> p{{1, 2}, {1, 3}, {1, 1}};
  p.resize(static_cast<std::size_t>(d));
  return linear(IndependentSparsification{p}, d, change);
}

/// One coordinate, b^a tau with 1 < tau < b or tau = 1, of either sign.
template <class Q>
Statement powers(const Q& compressor, const Fraction& base, const Change& change) {
  Statement s;
  const Term b = base.value<Term>();
  const Term tau = s.variable("tau", "|x|/b^a");
  s.assume("tau-above-one", less(1, tau), "b^a < |x|");
  s.assume("tau-below-base", less(tau, b), "|x| < b^{a+1}");
  s.redundant({"tau-above-one", "tau-below-base"});  // what the code does depends on them
  for (const Index a : {-2, 0, 3})
    for (const Term& magnitude : {tau, Term(1)})
      for (const Term& sign : {Term(1), Term(-1)})
        conclude_contract(s, compressor, vector({sign * power<Term>(base, a) * magnitude}),
                          compressor.template omega<Term>(1), change);
  s.hint({}, 1);
  s.square((b + 1) * tau - 2 * b);
  return s;
}

Statement natural(Index /*d*/, const Change& change = {}) {
  return powers(Natural{}, Natural::two, change);
}

Statement exp_stochastic(Index /*d*/, const Change& change = {}) {
  const Fraction base{3, 2};
  return powers(ExpStochastic{base}, base, change);
}

enum class Of { all_x, sign_by_sign, sign_and_largest, powers };

struct Law {
  std::string claim;
  std::string part;
  std::string title;
  std::string header;
  std::string bound;
  Of x;
  Statement (*make)(Index d, const Change& change);
};

std::string described(Of x, Index d) {
  if (x == Of::all_x) return "for all x";
  if (x == Of::powers) return "for x = +-b^a tau, 1 <= tau < b, a = -2, 0, 3";
  if (d == 2) return "for all x, sign by sign";
  return x == Of::sign_by_sign ? "for all x > 0" : "for all x > 0 with a single largest coordinate";
}

Obligation obligation(const Law& law, Index d) {
  const std::string claim = "compressor/" + law.claim + "/omega";
  Obligation o{.id = claim + law.part + "-d" + std::to_string(d),
               .claim = claim,
               .title = law.title + " in dimension " + std::to_string(d),
               .source = "derived",
               .generated_from = "compressors/" + law.header + ", randomness/exhaustive.hpp",
               .formula = {"E Q(x) = x,    E|Q(x) - x|^2 <= " + law.bound + " |x|^2", described(law.x, d)}};
  state(o, law.make(d, {}));
  add_twin(o, "smaller-omega", "omega - 1/1000 in place of omega", law.make(d, {.omega = {-1, 1000}}));
  add_twin(o, "smaller-message", "0.999 of every message", law.make(d, {.scale = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::vector<Law> laws{
      {"bernoulli", "", "Bernoulli with p = 1/3", "bernoulli.hpp", "(1/p - 1)", Of::all_x, bernoulli},
      {"independent-sparsification", "", "Independent sparsification with p = 1/2, 1/3, 1",
       "independent_sparsification.hpp", "(1/min p_i - 1)", Of::all_x, independent_sparsification},
      {"l1-sampling", "", "l1 sampling", "l1_sampling.hpp", "(d - 1)", Of::sign_by_sign, l1_sampling},
      {"dithering-1", "-law", "Dithering with q = 1 and s = 1", "dithering.hpp", "(d - 1)", Of::sign_by_sign,
       dithering_1},
      {"tern-grad", "", "TernGrad", "tern_grad.hpp", "(sqrt(d) - 1)/2", Of::sign_and_largest, tern_grad},
      {"natural", "-law", "Natural compression", "natural.hpp", "1/8", Of::powers, natural},
      {"exp-stochastic", "-law", "Unbiased rounding to powers of 3/2", "exp_stochastic.hpp", "(b-1)^2/(4b)",
       Of::powers, exp_stochastic}};
  std::vector<Obligation> all;
  for (const Law& law : laws) {
    if (law.x == Of::powers)
      all.push_back(obligation(law, 1));
    else
      for (Index d = 2; d <= 3; ++d) all.push_back(obligation(law, d));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::laws_of_compressors
