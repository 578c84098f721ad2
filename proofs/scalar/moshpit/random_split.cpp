// Random groups: the factor from the weights of pairs, and how it compares with the slide's.
#include "touchstone/theory/moshpit/random_split.hpp"
#include "proofs/scalar/moshpit/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::moshpit_random_split {

namespace {

/// What a twin makes too good.
struct Change {
  Rational factor = 1;  ///< multiplies the factor in the conclusion
  Rational groups = 1;  ///< multiplies E R in it
};

/// n E disp(theta+) = a sum_i |v_i|^2 + b sum_{i != j} <v_i, v_j> for v_i = theta_i - mean, whose sum is zero.
Statement from_weights(const Change& change = {}) {
  Statement s;
  const Term others = s.positive("others", "n - 1");
  const Term n = others + 1;
  const Term groups = s.variable("ER", "E R, groups in the mean");
  const Term a = s.variable("a", "E[1/|group of i|]");
  const Term b = s.variable("b", "E[1/|G| if i and j are in one group G, else 0], i != j");
  const Term before = s.nonnegative("disp", "sum_i |v_i|^2");
  const Term pairs = s.variable("pairs", "sum_{i != j} <v_i, v_j>");
  const Term after = s.variable("next_disp", "E sum_i |v_i+|^2");
  s.assume("own-weight", equal(n * a, groups), "sum_i 1/|group of i| = R");
  s.assume("weights", equal(a + others * b, 1), "the weights of i sum to 1");
  s.assume("mean-zero", equal(before + pairs, 0), "|sum_i v_i|^2 = 0");
  s.assume("next", equal(after, a * before + b * pairs), "the law does not change when peers are renamed");
  s.redundant({"disp-nonnegative", "others-positive"});
  s.conclude(less_equal(after, Term(change.factor) * mixing_factor(Term(change.groups) * groups, n) * before));
  if (change.factor == 1 && change.groups == 1) s.conclude(less_equal(mixing_factor(groups, n) * before, after));
  s.hint({"next"});
  s.hint({"mean-zero"}, b);
  s.hint({"weights"}, before / others);
  s.hint({"own-weight"}, before / others);
  s.hint({"next"}, -1);
  s.hint({"mean-zero"}, -b);
  s.hint({"weights"}, -before / others);
  s.hint({"own-weight"}, -before / others);
  return s;
}

/// r <= n, n > 1
struct Sizes {
  Term r, n;
};
Sizes sizes(Statement& s) {
  const Term n = s.positive("others", "n - 1") + 1;
  const Term r = s.variable("r", "groups");
  s.assume("groups", less_equal(r, n), "r <= n");
  return {r, n};
}

/// true factor <= slide's
Statement upper(const Rational& factor = 1, const Rational& n_factor = 1) {
  Statement s;
  const auto [r, n] = sizes(s);
  s.conclude(less_equal(mixing_factor(r, n), Term(factor) * slide_mixing_factor(r, Term(n_factor) * n)));
  s.hint({"groups"}, n / (n - 1));
  s.redundant({"others-positive"});
  return s;
}

/// equal only for r = n
Statement equality(const Rational& slide = 1, const Rational& groups = 1) {
  Statement s;
  const auto [r, n] = sizes(s);
  s.assume("equality", equal((r - 1) * n * n, Term(slide) * ((r - 1) * n + r) * (n - 1)),
           "the slide's formula, multiplied by n^2 (n - 1)");
  s.redundant({"groups", "others-positive"});
  s.conclude(equal(r, Term(groups) * n));
  s.hint({"equality"});
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string header = "theory/moshpit/random_split.hpp";
  std::vector<Obligation> all;
  {
    Obligation o = moshpit_obligation(
        "random-split/mixing-factor", "", "Random groups: the factor of the dispersion", header,
        {"n a = E R, a + (n - 1) b = 1, sum_i v_i = 0, E sum|v+|^2 = a sum|v|^2 + b sum_{i != j} <v_i, v_j>",
         "=>  E disp+ = ((E R - 1)/(n - 1)) disp"});
    state(o, from_weights());
    add_twin(o, "smaller-factor", "0.999 of the factor", from_weights({.factor = {999, 1000}}));
    add_twin(o, "fewer-groups", "0.999 E R in place of E R", from_weights({.groups = {999, 1000}}));
    all.push_back(std::move(o));
  }
  {
    Obligation o =
        moshpit_obligation("random-split/slide-factor", "", "Random groups: the slide's factor is an upper bound",
                           header, {"n > 1, r <= n  =>  (r - 1)/(n - 1) <= (r - 1)/n + r/n^2"});
    state(o, upper());
    add_twin(o, "smaller-factor", "0.999 of the slide's factor", upper({999, 1000}));
    add_twin(o, "larger-n", "1.001 n in place of n in the slide's factor", upper(1, {1001, 1000}));
    all.push_back(std::move(o));
  }
  {
    Obligation o = moshpit_obligation("random-split/slide-factor", "-equality",
                                      "Random groups: the slide's factor is the true one for r = n only", header,
                                      {"n > 1, (r - 1)/(n - 1) = (r - 1)/n + r/n^2  =>  r = n"});
    state(o, equality());
    add_twin(o, "smaller-slide", "0.999 of the slide's factor", equality({999, 1000}));
    add_twin(o, "fewer-groups", "r = 0.999 n", equality(1, {999, 1000}));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::moshpit_random_split
