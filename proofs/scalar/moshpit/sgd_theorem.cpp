// Moshpit SGD: from its steps to f at the weighted average, to an accuracy, and what the assumptions are worth.
#include <functional>

#include "proofs/scalar/moshpit/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/moshpit/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::moshpit_sgd_theorem {

namespace {

/// What a twin makes too good.
struct Change {
  Rational first = 1, second = 1;  ///< multiply two of the things that the conclusion or the hypotheses are made of
};

const Rational slightly_less(999, 1000);
const Rational slightly_more(1001, 1000);

MoshpitSgdConstants<Term> constants(Statement& s) {
  return {.L = s.nonnegative("L", "smoothness of f"),
          .mu = 0,
          .variance = s.variable("variance", "sigma^2, of a gradient"),
          .n_min = s.positive("n_min", "least number of peers"),
          .averaging_error = s.variable("delta_aq_squared", "delta_aq^2 in (AQ)"),
          .vanishing_share = 0,
          .vanishing_noise = s.variable("delta_pv2_squared", "delta_pv2^2 in (PV)"),
          .nu = s.variable("nu", "how the peers become fewer in a period")};
}

/// "Sum of" something is sum_k w_k times it, w_k = (1 - gamma mu')^-(k+1), k <= K; w_k = 1 for mu' = 0.
Statement average(bool strongly_convex, const Change& change) {
  Statement s;
  const MoshpitSgdConstants<Term> c = constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term tau = s.variable("tau", "steps from a synchronization to the next");
  const Term W = s.positive("W", strongly_convex ? "sum of the weights" : "K + 1");
  const Term R = s.nonnegative("R", "|x^0 - x*|^2");
  const Term last = s.nonnegative("last", "w_K E|x^{K+1} - x*|^2");
  const Term gaps = s.variable("gaps", "sum of E gap");
  const Term V = s.variable("V", "sum of E V");
  const Term at_average = s.variable("gap_bar", "E f(xbar) - f(x*)");
  s.assume("steps",
           less_equal(gamma * gaps - ratio<Term>(3, 2) * gamma * c.L * V,
                      R - last + gamma * gamma * moshpit_noise(c) * W),
           "moshpit/sgd/one-step, times w_k, summed");
  s.assume("discrepancy", less_equal(V, gamma * gamma * moshpit_discrepancy(c, tau - 1) * W), "(V)");
  s.assume("convexity", less_equal(at_average, gaps / W), "f is convex");
  Term first = R / (gamma * W);
  if (strongly_convex) {
    const Term power = s.variable("power", "(1 - gamma mu')^{K+1}");
    s.assume("weights", less_equal(1, W * power), "W >= w_K");
    first = power * R / gamma;
    s.hint({"weights", "R-nonnegative"}, 1 / (gamma * W));
  }
  MoshpitSgdConstants<Term> claimed = c;
  claimed.vanishing_noise *= Term(change.second);
  claimed.averaging_error *= Term(change.second);
  s.conclude(less_equal(at_average, Term(change.first) * first + moshpit_neighbourhood(claimed, gamma, tau)));
  if (!strongly_convex) s.redundant({"W-positive", "R-nonnegative"});
  s.hint({"steps"}, 1 / (gamma * W));
  s.hint({"discrepancy"}, ratio<Term>(3, 2) * c.L / W);
  s.hint({"last-nonnegative"}, 1 / (gamma * W));
  s.hint({"convexity"});
  return s;
}

/// what is left at first + the neighbourhood <= epsilon
Statement accuracy(bool strongly_convex, const Change& change) {
  Statement s;
  const MoshpitSgdConstants<Term> c = constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term tau = s.variable("tau", "steps from a synchronization to the next");
  const Term epsilon = s.positive("epsilon", "accuracy");
  const Term R = s.variable("R", "|x^0 - x*|^2");
  const Term X = moshpit_discrepancy(c, tau - 1);
  const LocalStepsize<Term> limits =
      moshpit_accuracy_stepsize(c.L, Term(change.second) * X, Term(change.second) * moshpit_noise(c), epsilon);
  s.assume("stepsize", less_equal(gamma * limits.inverse[1], 1), "gamma <= epsilon/(3Y)");
  s.assume("stepsize-square", less_equal(gamma * gamma * limits.inverse_square[0], 1),
           "gamma^2 <= 2 epsilon/(9 L X)");
  Term first;
  if (strongly_convex) {
    const Term power = s.variable("power", "(1 - gamma mu')^{K+1}");
    s.assume("steps", less_equal(3 * R * power, gamma * epsilon), "K >= ln(3 R/(gamma epsilon))/(gamma mu')");
    first = R * power / gamma;
    s.hint({"steps"}, 1 / gamma);
  } else {
    const Term steps = s.positive("steps_made", "K + 1");
    s.assume("steps", less_equal(3 * R, gamma * epsilon * steps), "K + 1 >= 3 R/(gamma epsilon)");
    first = R / (gamma * steps);
    s.hint({"steps"}, 1 / (gamma * steps));
  }
  s.conclude(less_equal(first + moshpit_neighbourhood(c, gamma, tau), Term(change.first) * epsilon));
  s.redundant({"epsilon-positive", "L-nonnegative"});
  s.hint({"stepsize"}, epsilon);
  s.hint({"stepsize-square"}, epsilon);
  return s;
}

/// delta_aq^2 of averaging that keeps the share Q of the dispersion: what a period makes of it is it again.
Statement fixed_point(const Change& change) {
  Statement s;
  const Term gone = s.positive("gone", "1 - Q");
  const Term Q = 1 - gone;
  const Term tau = s.variable("tau", "steps from a synchronization to the next");
  const Term variance = s.variable("variance", "sigma^2, of a gradient");
  const Term before = s.variable("V", "E V/gamma^2 after a synchronization");
  const Term error = mixing_averaging_error(Q, tau, variance);
  s.assume("kept-nonnegative", less_equal(0, Q), "Q >= 0");
  s.assume("averaging-quality", less_equal(before, error), "(AQ)");
  s.conclude(less_equal(Q * (before + Term(change.first) * tau * variance), Term(change.second) * error));
  s.hint({"kept-nonnegative", "averaging-quality"});
  s.redundant({"gone-positive"});
  return s;
}

/// Q <= (tau - 1)/(2 tau - 1) is enough for delta_aq^2 <= (tau - 1) sigma^2.
Statement enough_rounds(const Change& change) {
  Statement s;
  const Term gone = s.positive("gone", "1 - Q");
  const Term Q = 1 - gone;
  const Term tau = s.variable("tau", "steps from a synchronization to the next");
  const Term variance = s.nonnegative("variance", "sigma^2, of a gradient");
  s.assume("enough-rounds", less_equal(Q * (2 * tau - 1), Term(change.first) * (tau - 1)),
           "Q <= (tau - 1)/(2 tau - 1)");
  s.conclude(less_equal(mixing_averaging_error(Q, tau, variance), Term(change.second) * (tau - 1) * variance));
  s.hint({"enough-rounds", "variance-nonnegative"});
  s.hint({"enough-rounds", "variance-nonnegative"}, 1 / gone);
  s.redundant({"gone-positive"});
  return s;
}

/// The mean of n' of n vectors of mean zero, all sets equally likely.
Statement survivors(const Change& change) {
  Statement s;
  const Term others = s.positive("others", "n - 1");
  const Term n = others + 1;
  const Term stay = s.positive("survivors", "n'");
  const Term V =
      s.variable("V", "(1/n) sum_i |v_i|^2, v_i = y_i - mean; over gamma^2 at most delta_aq^2 + tau sigma^2");
  const Term pairs = s.variable("pairs", "(1/n) sum_{i != j} <v_i, v_j>");
  const Term moved = s.variable("moved", "E|(1/n') sum_{i stays} v_i|^2");
  s.assume("mean-zero", equal(V + pairs, 0), "|sum_i v_i|^2 = 0");
  s.assume("subsets", equal(stay * others * moved, others * V + (stay - 1) * pairs),
           "i stays with probability n'/n, i and j with n'(n' - 1)/(n (n - 1))");
  const Term claimed = survivors_noise(Term(change.second) * stay, n, Term(0), Term(1), Term(change.first) * V);
  s.conclude(less_equal(moved, claimed));
  if (change.first == 1 && change.second == 1) s.conclude(less_equal(claimed, moved));
  for (const int sign : {1, -1}) {
    s.hint({"subsets"}, Term(sign) / (stay * others));
    s.hint({"mean-zero"}, Term(sign) * (stay - 1) / (stay * others));
  }
  s.redundant({"others-positive", "survivors-positive"});
  return s;
}

struct NearMiss {
  std::string name, change_in_words;
  Change change;
};

void add(std::vector<Obligation>& all, const std::string& claim, const std::string& suffix,
         const std::string& title, std::vector<std::string> formula,
         const std::function<Statement(const Change&)>& make, const std::vector<NearMiss>& near_misses) {
  Obligation o =
      moshpit_obligation("sgd/" + claim, suffix, title,
                         "theory/moshpit/moshpit_sgd.hpp, theory/moshpit/complexity.hpp", std::move(formula));
  state(o, make({}));
  for (const NearMiss& miss : near_misses) add_twin(o, miss.name, miss.change_in_words, make(miss.change));
  all.push_back(std::move(o));
}

}  // namespace

std::vector<Obligation> obligations() {
  const auto first = [](const std::string& name, const std::string& words, const Rational& by) {
    return NearMiss{name, words, {.first = by}};
  };
  const auto second = [](const std::string& name, const std::string& words, const Rational& by) {
    return NearMiss{name, words, {.second = by}};
  };
  std::vector<Obligation> all;
  for (const bool strongly_convex : {true, false}) {
    const std::string suffix = strongly_convex ? "" : "-convex";
    const std::string in_words = strongly_convex ? "" : ", mu' = 0";
    add(all, "average", suffix, "Moshpit SGD: f at the weighted average" + in_words,
        {strongly_convex ? "E f(xbar) - f(x*) <= (1 - gamma mu')^{K+1} R/gamma + gamma Y + (3/2) L gamma^2 X"
                         : "E f(xbar) - f(x*) <= R/(gamma (K + 1)) + gamma Y + (3/2) L gamma^2 X"},
        [=](const Change& change) { return average(strongly_convex, change); },
        {first("smaller-distance", "0.999 R", slightly_less),
         second("smaller-noise", "0.999 of delta_pv2^2 and delta_aq^2", slightly_less)});
    add(all, "accuracy", suffix, "Moshpit SGD: stepsize and steps for an accuracy" + in_words,
        {"gamma <= epsilon/(3Y), gamma^2 <= 2 epsilon/(9 L X), enough steps  =>  the bound is <= epsilon"},
        [=](const Change& change) { return accuracy(strongly_convex, change); },
        {first("smaller-accuracy", "0.999 epsilon", slightly_less),
         second("smaller-noise", "0.999 of X and Y in the stepsize", slightly_less)});
  }
  add(all, "averaging-quality", "", "Moshpit SGD: delta_aq of averaging that keeps the share Q of the dispersion",
      {"V <= delta_aq^2 = Q tau sigma^2/(1 - Q)  =>  Q (V + tau sigma^2) <= delta_aq^2"}, fixed_point,
      {first("more-noise", "1.001 of the noise of a period", slightly_more),
       second("smaller-error", "0.999 delta_aq^2", slightly_less)});
  add(all, "averaging-quality", "-rounds", "Moshpit SGD: rounds after which averaging is no worse than local steps",
      {"Q <= (tau - 1)/(2 tau - 1)  =>  delta_aq^2 <= (tau - 1) sigma^2"}, enough_rounds,
      {first("fewer-rounds", "1.001 of the limit", slightly_more),
       second("smaller-error", "0.999 (tau - 1) sigma^2", slightly_less)});
  add(all, "departures", "", "Moshpit SGD: what survivors of a synchronization move the mean by",
      {"E|mean of n' of n - mean of n|^2 = ((n - n')/(n' (n - 1))) V"}, survivors,
      {first("smaller-dispersion", "0.999 V", slightly_less), second("more-survivors", "1.001 n'", slightly_more)});
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::moshpit_sgd_theorem
