// Contractive compressors whose code is run on vectors of few coordinates. Where it asks for signs they are enumerated,
// zeros included, and the magnitudes are symbols; the draws are enumerated, too.
#include <algorithm>
#include <iterator>

#include "proofs/scalar/compressors/symbolic_vector.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::proofs::topics::laws_of_contractive_compressors {

namespace {

/// What a twin makes too good.
struct Change {
  Rational delta = 0;   ///< added to the declared delta
  Rational scale = 1;   ///< multiplies the message
  bool strict = false;  ///< "<" for "<="
};

enum class Relation { equal, at_most, below };

/// E|C(x) - x|^2 against (1 - delta) |x|^2 at this x, where the hypotheses decide every comparison of the code.
template <class C>
void conclude_contract(Statement& s, const C& compressor, const Vector<Term>& x, Relation relation,
                       const Change& change) {
  const Term loss = s.evaluate([&] {
    return expectation<Term>([&](auto& random) {
      const Vector<Term> message = compressor.compress(x, random) * Term(change.scale);
      return Term(Vector<Term>(message - x).squaredNorm());
    });
  });
  const Term delta = compressor.template delta<Term>(x.size()) + Term(change.delta);
  const Term allowed = (1 - delta) * x.squaredNorm();
  if (relation == Relation::equal)
    s.conclude(equal(loss, allowed));
  else if (relation == Relation::below || change.strict)
    s.conclude(less(loss, allowed));
  else
    s.conclude(less_equal(loss, allowed));
}

template <class C>
Statement linear(const C& compressor, Index d, const Change& change) {
  Statement s;
  conclude_contract(s, compressor, symbolic_vector(s, d), Relation::equal, change);
  return s;
}

Statement rand_1_unscaled(Index d, const Change& change) {
  return linear(RandKUnscaled{1}, d, change);
}

Statement rand_2_unscaled(Index d, const Change& change) {
  return linear(RandKUnscaled{2}, d, change);
}

Statement bernoulli_unscaled(Index d, const Change& change) {
  return linear(BernoulliUnscaled{{1, 3}}, d, change);
}

Statement scaled_rand_2(Index d, const Change& change) {
  return linear(Scaled<RandK>{{2}}, d, change);
}

/// Every x but 0: each coordinate zero, positive or negative.
std::vector<Vector<Term>> signed_vectors(const std::vector<Term>& magnitudes) {
  std::vector<Vector<Term>> all{Vector<Term>(0)};
  for (const Term& a : magnitudes) {
    std::vector<Vector<Term>> longer;
    for (const Vector<Term>& start : all)
      for (const Term& next : {Term(0), a, -a}) {
        longer.emplace_back(start.size() + 1);
        longer.back() << start, next;
      }
    all = std::move(longer);
  }
  all.erase(all.begin());
  return all;
}

/// |x|_1^2 is |x|^2 and products of magnitudes.
template <int zero_sign>
Statement scaled_sign(Index d, const Change& change) {
  Statement s;
  std::vector<Term> magnitudes;
  for (Index i = 1; i <= d; ++i) {
    const std::string a = "a" + std::to_string(i);
    magnitudes.push_back(s.positive(a, "a magnitude, where it is not zero"));
    s.square(magnitudes.back());
    for (Index j = 1; j <= i; ++j) s.hint({a + "-positive", "a" + std::to_string(j) + "-positive"});
  }
  const Relation relation = zero_sign == 0 && d >= 2 ? Relation::below : Relation::at_most;
  for (const Vector<Term>& x : signed_vectors(magnitudes))
    conclude_contract(s, ScaledSign<zero_sign>{}, x, relation, change);
  return s;
}

/// A matrix of two columns u, v of two rows; both, one of them is not zero.
Statement random_column(Index d, const Change& change) {
  Statement s;
  const Vector<Term> x = symbolic_vector(s, d);
  const Vector<Term> zero = Vector<Term>::Zero(2);
  const Term uu = x.head(2).squaredNorm();
  const Term vv = x.tail(2).squaredNorm();
  s.assume("u-nonzero", less(0, uu), "u is not 0");
  s.assume("v-nonzero", less(0, vv), "v is not 0");
  s.redundant({"u-nonzero", "v-nonzero"});  // what the code does depends on them
  Vector<Term> u_alone(d);
  Vector<Term> v_alone(d);
  u_alone << x.head(2), zero;
  v_alone << zero, x.tail(2);
  for (const Vector<Term>& columns : {x, u_alone, v_alone})
    conclude_contract(s, RandomColumn{2, 2, 1}, columns, Relation::at_most, change);
  const Term uv = x.head(2).dot(x.tail(2));
  for (const Term& entry : x)
    for (Index i = 0; i < 2; ++i)
      for (Index j = 2; j < 4; ++j) s.square(uv * entry * x[i] * x[j]);  // the denominators are |u|^4 |v|^4
  return s;
}

/// One coordinate, +-b^a tau with 1 < tau < b, or tau = 1, on one side of the midpoint: what the code does depends on it.
Statement exp_round(const Fraction& base, bool above, const Change& change) {
  Statement s;
  const Term b = base.value<Term>();
  const Term tau = s.variable("tau", "|x|/b^a");
  std::vector<Term> places{tau};
  if (above) {
    s.assume("midpoint", less(b + 1, 2 * tau), "nearer to b^{a+1} than to b^a");
    s.assume("end", less(tau, b), "|x| < b^{a+1}");
  } else {
    s.assume("midpoint", less_equal(2 * tau, b + 1), "no nearer to b^{a+1} than to b^a");
    s.assume("end", less(1, tau), "b^a < |x|");
    places.emplace_back(1);
  }
  for (const Index a : {-2, 0, 3})
    for (const Term& place : places)
      for (const Term& sign : {Term(1), Term(-1)}) {
        const Vector<Term> x = Vector<Term>::Constant(1, sign * power<Term>(base, a) * place);
        conclude_contract(s, ExpRound{base}, x, above ? Relation::below : Relation::at_most, change);
      }
  s.hint({}, 1);
  s.hint({"midpoint", "midpoint"});
  s.hint({"midpoint", "end"});
  s.hint({"midpoint"});
  return s;
}

const Fraction three_halves{3, 2};

Statement exp_round_below(Index /*d*/, const Change& change) {
  return exp_round(three_halves, false, change);
}

Statement exp_round_above(Index /*d*/, const Change& change) {
  return exp_round(three_halves, true, change);
}

/// What is refuted beside a larger delta.
struct NearMiss {
  std::string name;
  std::string text;
  Change change;
};

/// `name` is NAME/delta, and what tells the obligation from others of the claim; the dimension follows.
std::vector<Obligation> obligations_of(const std::string& name, const std::string& title, const std::string& header,
                                       const std::vector<Index>& dimensions, const std::string& formula,
                                       Statement (*make)(Index d, const Change& change),
                                       const NearMiss& near_miss) {
  std::vector<Obligation> all;
  for (const Index d : dimensions) {
    Obligation o{.id = "compressor/" + name + "-d" + std::to_string(d),
                 .claim = "compressor/" + name.substr(0, name.find('/')) + "/delta",
                 .title = title + " in dimension " + std::to_string(d),
                 .source = "derived",
                 .generated_from = "compressors/" + header + ", randomness/exhaustive.hpp",
                 .formula = {formula}};
    state(o, make(d, {}));
    add_twin(o, "larger-delta", "delta + 1/1000 in place of delta", make(d, {.delta = {1, 1000}}));
    add_twin(o, near_miss.name, near_miss.text, make(d, near_miss.change));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace

std::vector<Obligation> obligations() {
  const NearMiss smaller{"smaller-message", "0.999 of every message", {.scale = {999, 1000}}};
  const NearMiss larger{"larger-message", "1.001 of every message", {.scale = {1001, 1000}}};
  const NearMiss strict{"strict", "< in place of <=", {.strict = true}};
  const std::string kept = "E|C(x) - x|^2 = (1 - K/d) |x|^2 for all x";
  const std::string error_of_powers = "|C(x) - x|^2 <= (1 - 4b/(b+1)^2) |x|^2 for x = +-b^a tau, a = -2, 0, 3, ";
  std::vector<Obligation> all;
  const auto add = [&all](std::vector<Obligation> some) { std::ranges::move(some, std::back_inserter(all)); };
  add(obligations_of("rand-k-unscaled/delta-k1", "Rand1 without its factor", "rand_k_unscaled.hpp", {2, 3}, kept,
                     rand_1_unscaled, smaller));
  add(obligations_of("rand-k-unscaled/delta-k2", "Rand2 without its factor", "rand_k_unscaled.hpp", {2, 3, 4}, kept,
                     rand_2_unscaled, smaller));
  add(obligations_of("bernoulli-unscaled/delta", "Bernoulli with p = 1/3, without its factor",
                     "bernoulli_unscaled.hpp", {2, 3}, "E|C(x) - x|^2 = (1 - p) |x|^2 for all x",
                     bernoulli_unscaled, smaller));
  add(obligations_of("scaled/delta-law", "Rand2, scaled down,", "scaled.hpp, rand_k.hpp", {2, 3, 4},
                     "E|Q(x)/(1 + omega) - x|^2 = (1 - 1/(1 + omega)) |x|^2 for all x", scaled_rand_2, smaller));
  add(obligations_of("scaled-sign/delta", "Scaled sign with sign(0) = +1", "scaled_sign.hpp", {2, 3},
                     "|C(x) - x|^2 <= (1 - 1/d) |x|^2 for all x not 0, sign by sign", scaled_sign<1>, smaller));
  add(obligations_of("scaled-sign/delta-zero", "Scaled sign with sign(0) = 0", "scaled_sign.hpp", {2, 3},
                     "|C(x) - x|^2 < (1 - 1/d) |x|^2 for all x not 0, sign by sign", scaled_sign<0>, smaller));
  add(obligations_of("random-column/delta", "A random column of a matrix 2 x 2", "random_column.hpp", {4},
                     "E|C(X) - X|^2 <= (1 - 1/2) |X|^2 for all X not 0, by which columns are not 0", random_column,
                     strict));
  add(obligations_of("exp-round/delta-law-below", "Rounding down to the nearest power of 3/2", "exp_round.hpp", {1},
                     error_of_powers + "1 <= tau <= (b+1)/2", exp_round_below, strict));
  add(obligations_of("exp-round/delta-law-above", "Rounding up to the nearest power of 3/2", "exp_round.hpp", {1},
                     error_of_powers + "(b+1)/2 < tau < b; never attained", exp_round_above, larger));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::laws_of_contractive_compressors
