// The discrepancy with communication every tau steps, from one communication to the next: in an epoch V_0 = 0, and w_k is r^k times
// w_0, r = 1/(1 - eta). Each t_l is 2 A* gap + B1* s1 + B2* s2 + F* V + D* at step l.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_discrepancy_epochs {

namespace {

constexpr int longest_epoch = 6;

/// What a twin makes too good.
struct Change {
  Rational bound = 1;          ///< multiplies P
  bool without_first = false;  ///< t_0 is left out
};

Term power(const Term& base, int exponent) {
  Term product = 1;
  for (int i = 0; i < exponent; ++i) product *= base;
  return product;
}

/// sum_k w_k V_k <= gamma^2 P sum_l w_l t_l
class Epoch {
 public:
  Epoch(Statement& s, int tau)
      : s_(s), steps_(tau - 1), gamma_(s.variable("gamma", "stepsize")), r_(s.variable("r", "1/(1 - eta)")) {
    s.assume("r-at-least-one", less_equal(1, r_), "eta >= 0");
    for (int l = 0; l < steps_; ++l)
      t_.push_back(s.nonnegative("t" + std::to_string(l), "what enters at step " + std::to_string(l)));
    for (int k = 1; k <= steps_; ++k)
      V_.push_back(s.variable("V" + std::to_string(k), "E V at step " + std::to_string(k)));
  }

  [[nodiscard]] const Term& r() const { return r_; }

  /// V_k <= 2 gamma^2 (t_0 + ... + t_{k-1})
  void add_up() {
    Term entered = 0;
    for (int k = 1; k <= steps_; ++k) {
      const std::string name = "step-" + std::to_string(k);
      entered += entering(k - 1);
      s_.assume(name, less_equal(at(k), 2 * entered), "local/discrepancy/deterministic-moments");
      s_.hint({name}, power(r_, k));
    }
  }
  /// V_{k+1} <= growth V_k + gamma^2 t_k: used for every w_j V_j with j > k.
  void grow(const Term& growth, const std::string& origin) {
    for (int k = 0; k < steps_; ++k) {
      const std::string name = "step-" + std::to_string(k + 1);
      s_.assume(name, less_equal(at(k + 1), growth * at(k) + entering(k)), origin);
      Term factor = 0;
      for (int j = k + 1; j <= steps_; ++j) factor += power(r_, j) * power(growth, j - k - 1);
      s_.hint({name}, factor);
    }
  }
  /// r^{tau-1} <= 4/3, so that w_k <= (4/3) w_l for all l <= k.
  void slow_weights() {
    s_.assume("weights", less_equal(3 * power(r_, steps_), 4), "local/discrepancy/deterministic-weights");
    for (int l = 0; l < steps_; ++l) {
      hint_entering(l, {"weights"}, power(r_, l));
      for (int m = l + 1; m < l + steps_; ++m) hint_entering(l, {"r-at-least-one"}, power(r_, m));
      hint_entering(l, {}, power(r_, l));
    }
  }
  /// r keep <= 1 and r <= 4/3, so that w_k keep^{k-l-1} <= w_{l+1} <= (4/3) w_l for all l < k.
  void contracting_weights(const Term& keep) {
    s_.assume("contracts", less_equal(r_ * keep, 1), "local/discrepancy/contracting-weights");
    s_.assume("weights", less_equal(3 * r_, 4), "local/discrepancy/contracting-weights");
    for (int l = 0; l < steps_; ++l) {
      hint_entering(l, {"weights"}, power(r_, l));
      for (int i = 0; i + 1 < steps_ - l; ++i)
        hint_entering(l, {"contracts"}, power(r_, l + 1 + i) * power(keep, i));
      hint_entering(l, {}, power(r_, l));
    }
  }
  void conclude(const Communication<Term>& mode, const Change& change) {
    Term sum = 0, entered = 0;
    for (int k = 1; k <= steps_; ++k) sum += power(r_, k) * at(k);
    for (int l = change.without_first ? 1 : 0; l < steps_; ++l) entered += power(r_, l) * entering(l);
    s_.conclude(less_equal(sum, Term(change.bound) * mode.P * entered));
  }

 private:
  [[nodiscard]] Term entering(int l) const { return gamma_ * gamma_ * t_[static_cast<std::size_t>(l)]; }
  [[nodiscard]] Term at(int k) const { return k == 0 ? Term(0) : V_[static_cast<std::size_t>(k - 1)]; }
  void hint_entering(int l, std::vector<std::string> hypotheses, const Term& factor) {
    hypotheses.push_back("t" + std::to_string(l) + "-nonnegative");
    s_.hint(hypotheses, gamma_ * gamma_ * factor);
  }

  Statement& s_;
  int steps_;
  Term gamma_, r_;
  std::vector<Term> t_, V_;
};

Statement deterministic(int tau, const Change& change = {}) {
  Statement s;
  Epoch epoch(s, tau);
  epoch.add_up();
  epoch.slow_weights();
  epoch.conclude(deterministic_communication<Term>(no_local_constants, tau), change);
  return s;
}

Statement contracting(int tau, const Change& change = {}) {
  Statement s;
  Epoch epoch(s, tau);
  const Term keep = s.nonnegative("keep", "1 - gamma mu");
  epoch.grow(keep, "local/discrepancy/contracting-step");
  epoch.contracting_weights(keep);
  if (tau == 2) s.redundant({"keep-nonnegative", "contracts"});  // V_1 = gamma^2 t_0
  const Term any = 1;
  epoch.conclude(contracting_communication<Term>(no_local_constants, tau, any, any, any), change);
  return s;
}

Statement damped(int tau, const Change& change = {}) {
  Statement s;
  Epoch epoch(s, tau);
  epoch.grow(Term(ratio<Rational>(tau, tau - 1)), "local/discrepancy/damped-step");
  epoch.slow_weights();
  epoch.conclude(damped_communication<Term>(no_local_constants, tau, amplification<Term>(tau), 0), change);
  return s;
}

struct Mode {
  std::string name, title, step, eta;
  Statement (*make)(int, const Change&);
  Rational too_small;  ///< less than what the sum can reach
};

std::vector<Mode> modes() {
  return {{"deterministic",
           "An epoch",
           "E V_k <= 2 gamma^2 (t_0 + ... + t_{k-1})",
           "(tau - 1) eta <= 1/4",
           deterministic,
           {37, 50}},
          {"contracting",
           "An epoch, strongly convex f_i",
           "V_{k+1} <= (1 - gamma mu) V_k + gamma^2 t_k",
           "eta <= gamma mu <= 1/4",
           contracting,
           {37, 50}},
          {"damped",
           "An epoch, convex f_i",
           "V_{k+1} <= (1 + 1/(tau - 1)) V_k + gamma^2 t_k",
           "(tau - 1) eta <= 1/4",
           damped,
           {37, 100}}};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Mode& mode : modes())
    for (int tau = 2; tau <= longest_epoch; ++tau) {
      const std::string length = std::to_string(tau);
      Obligation o = local_obligation(
          "discrepancy/" + mode.name, "-epoch-" + length,
          mode.title + " of " + length + " steps: the sum of the discrepancies", "theory/local/communication.hpp",
          {mode.step + ", V_0 = 0, " + mode.eta, "=>  sum w_k E V_k <= gamma^2 P sum w_l t_l"});
      o.source = "derived";
      state(o, mode.make(tau, {}));
      add_twin(o, "smaller-bound", "a bound that is less than the sum at eta = 0",
               mode.make(tau, {.bound = mode.too_small}));
      add_twin(o, "without-first", "t_0 left out", mode.make(tau, {.without_first = true}));
      all.push_back(std::move(o));
    }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_discrepancy_epochs
