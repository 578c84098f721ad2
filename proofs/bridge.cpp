#include "proofs/bridge.hpp"

#include <fmt/format.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0::proofs {

namespace {

constexpr Index dimension = 2;
constexpr Index functions = 2;

std::string coq(const Rational& q) {
  const std::string up = numerator(q).str();
  return denominator(q) == 1 ? up : up + " / " + denominator(q).str();
}

/// "[a; b; c]"
template <class Items, class Text>
std::string list(const Items& items, Text&& text) {
  std::string all;
  for (const auto& item : items) all += (all.empty() ? "" : "; ") + text(item);
  return "[" + all + "]";
}

std::string numbers(const Vector<Rational>& v) {
  return list(v, coq);
}
std::string coordinates(const Vector<Rational>& v) {
  return "(coordinates " + numbers(v) + ")";
}
std::string vectors(const std::vector<Vector<Rational>>& all) {
  return "(vectors " + list(all, numbers) + ")";
}

std::string form_text(const QuadraticForm<Rational>& form) {
  std::vector<Vector<Rational>> rows;
  for (Index r = 0; r < form.A.rows(); ++r) rows.emplace_back(form.A.row(r).transpose());
  return "(" + list(rows, numbers) + ", " + numbers(form.b) + ")";
}

/// Two convex quadratics in the plane, on two workers or as two components of one.
struct Instance {
  std::vector<QuadraticForm<Rational>> forms;
  Quadratic<Rational> on_workers, on_one_worker;
  Vector<Rational> x_star;
  std::string definitions;
};

Instance draw_instance(Seeded& random, const std::string& name) {
  std::vector<QuadraticForm<Rational>> forms;
  for (Index i = 0; i < functions; ++i) {
    const Rational off = ratio<Rational>(random.choose(3) - 1, 2);
    Matrix<Rational> A(dimension, dimension);
    A << Rational(random.choose(3) + 1), off, off, Rational(random.choose(3) + 1);
    forms.push_back({std::move(A), random_vector(random, dimension, 2)});
  }
  const ProblemConstants<Rational> constants;  // not part of a step
  Quadratic<Rational> on_workers(forms, constants);
  Quadratic<Rational> on_one_worker(std::vector<std::vector<QuadraticForm<Rational>>>{forms}, constants);
  Vector<Rational> x_star = on_workers.minimizer();
  std::string text = fmt::format("Definition {0}_f : problem (Rd {1}) := quadratic_problem {1}\n  {2}.\n", name,
                                 dimension, list(forms, form_text));
  text += fmt::format("Definition {0}_x : Rd {1} := coordinates {2}.\n", name, dimension, numbers(x_star));
  return {std::move(forms), std::move(on_workers), std::move(on_one_worker), std::move(x_star), std::move(text)};
}

/// E V after k steps, over all outcomes.
template <class Method, class V>
Rational expected_V(const Method& method, const Quadratic<Rational>& f, const typename Method::State& start,
                    Index k, V&& value) {
  return expectation<Rational>([&](auto& random) {
    typename Method::State s = start;
    for (Index step = 0; step < k; ++step) {
      random.begin_iteration(step);
      s = method.step(f, std::move(s), random);
    }
    return Rational(value(s));
  });
}

template <class Method>
Rational expected_lyapunov(const Method& method, const Quadratic<Rational>& f, const typename Method::State& start,
                           Index k, const Vector<Rational>& x_star, const Rational& M) {
  return expected_V(method, f, start, k, [&](const auto& s) {
    Rational V = (s.x - x_star).squaredNorm();
    if constexpr (requires { method.sigma_squared(f, s, x_star); })
      V += M * method.gamma * method.gamma * method.sigma_squared(f, s, x_star);
    return V;
  });
}

std::string lyapunov(const std::string& error, const std::string& name, const Rational& M, const Rational& gamma) {
  return fmt::format("lyapunov {0}_x ({1} {0}_f {0}_x) ({2}) ({3}) s", name, error, coq(M), coq(gamma));
}

std::string expectation_of(const std::string& potential, const std::string& step, Index k,
                           const std::string& state) {
  return fmt::format("E[ {}\n   | s <- iterate ({}) {}\n            {} ]", potential, step, k, state);
}

std::string probability(const std::string& name, const Rational& p) {
  return fmt::format("Definition {}_p : probability := Probability ({}) ltac:(chance).\n", name, coq(p));
}

constexpr const char* computed = "compute_rational";

BridgeLemma gd(Seeded& random, const std::string& name, Index k) {
  const Instance on = draw_instance(random, name);
  const Gd<Rational> method{ratio<Rational>(1, random.choose(5) + 2)};
  const Vector<Rational> x = random_vector(random, dimension, 3);
  return {name, on.definitions,
          fmt::format("‖Nat.iter {} (gd_step ({}) (mean_gradient {}_f)) {} - {}_x‖²", k, coq(method.gamma), name,
                      coordinates(x), name),
          coq(expected_lyapunov(method, on.on_workers, method.initial(on.on_workers, x), k, on.x_star, 0)),
          computed};
}

BridgeLemma l_svrg(Seeded& random, const std::string& name, Index k) {
  const Instance on = draw_instance(random, name);
  const LSvrg<Rational> method{ratio<Rational>(1, random.choose(5) + 10), ratio<Rational>(1, random.choose(3) + 2)};
  const Vector<Rational> x = random_vector(random, dimension, 3);
  const Vector<Rational> w = random_vector(random, dimension, 3);
  const Rational M = 4 / method.p;
  return {name, on.definitions + probability(name, method.p),
          expectation_of(lyapunov("reference_error", name, M, method.gamma),
                         fmt::format("sgd_step ({0}) (l_svrg_estimator {1}_f {1}_p)", coq(method.gamma), name), k,
                         fmt::format("({}, {})", coordinates(x), coordinates(w))),
          coq(expected_lyapunov(method, on.on_one_worker, method.initial(on.on_one_worker, x, w), k, on.x_star, M)),
          computed};
}

BridgeLemma saga(Seeded& random, const std::string& name, Index k) {
  const Instance on = draw_instance(random, name);
  const Saga<Rational> method{ratio<Rational>(1, random.choose(5) + 10)};
  const Vector<Rational> x = random_vector(random, dimension, 3);
  const std::vector<Vector<Rational>> T{random_vector(random, dimension, 2), random_vector(random, dimension, 2)};
  const Rational M = 4 * functions;
  return {name, on.definitions,
          expectation_of(lyapunov("table_error", name, M, method.gamma),
                         fmt::format("sgd_step ({}) (saga_estimator {}_f)", coq(method.gamma), name), k,
                         fmt::format("({}, {})", coordinates(x), vectors(T))),
          coq(expected_lyapunov(method, on.on_one_worker, method.initial(on.on_one_worker, x, T), k, on.x_star, M)),
          computed};
}

BridgeLemma diana(Seeded& random, const std::string& name, Index k) {
  const Instance on = draw_instance(random, name);
  const Diana<Rational, RandK> method{RandK{1}, ratio<Rational>(1, random.choose(5) + 8),
                                      ratio<Rational>(1, random.choose(2) + 2)};
  const Vector<Rational> x = random_vector(random, dimension, 3);
  const std::vector<Vector<Rational>> h{random_vector(random, dimension, 2), random_vector(random, dimension, 2)};
  const Rational M = ratio<Rational>(4, functions) / method.alpha;
  return {name, on.definitions,
          expectation_of(lyapunov("shift_error", name, M, method.gamma),
                         fmt::format("sgd_step ({}) (diana_estimator {} (full_gradient {}_f) (rand_k {} 1) ({}))",
                                     coq(method.gamma), functions, name, dimension, coq(method.alpha)),
                         k, fmt::format("({}, {})", coordinates(x), vectors(h))),
          coq(expected_lyapunov(method, on.on_workers, method.initial(on.on_workers, x, h), k, on.x_star, M)),
          computed};
}

BridgeLemma marina(Seeded& random, const std::string& name, Index k) {
  const Instance on = draw_instance(random, name);
  const Marina<Rational, RandK> method{RandK{1}, ratio<Rational>(1, random.choose(5) + 4),
                                       ratio<Rational>(1, random.choose(3) + 2)};
  const Vector<Rational> x = random_vector(random, dimension, 3);
  const Vector<Rational> g = random_vector(random, dimension, 3);
  const Rational low = on.on_workers.value(on.x_star);
  const Rational weight = biased_estimator_weight(method.gamma, method.p);
  const auto potential = [&](const MarinaState<Rational>& s) {
    const Vector<Rational> error = s.g - full_gradient<Rational>(on.on_workers, s.x);
    return Rational(on.on_workers.value(s.x) - low + weight * error.squaredNorm());
  };
  return {name, on.definitions + probability(name, method.p),
          expectation_of(
              fmt::format("marina_potential {0}_f ({1}) ({2}) {0}_p s", name, coq(low), coq(method.gamma)),
              fmt::format("marina_step {0}_f (rand_k {1} 1) {0}_p ({2})", name, dimension, coq(method.gamma)), k,
              fmt::format("(MarinaState {} {})", coordinates(x), coordinates(g))),
          coq(expected_V(method, on.on_workers, method.initial(on.on_workers, x, g), k, potential)), computed};
}

/// One step of parallel GD with Top1, and the coordinate that every worker sends.
BridgeLemma top_1(const Quadratic<Rational>& f, const std::string& problem, const std::string& definitions,
                  const std::string& name, const Rational& gamma, const Vector<Rational>& x) {
  const ParallelSgd<Rational, TopK> method{TopK{1}, gamma};
  Exhaustive<Rational> none;
  const Vector<Rational> next = method.step(f, method.initial(f, x), none).x;
  std::vector<Index> sent;
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<Rational> message = TopK{1}.compress(f.gradient(i, x), none);
    Index at = 0;
    while (at + 1 < message.size() && message[at] == 0) ++at;
    sent.push_back(at);
  }
  return {name, definitions,
          fmt::format("is_top_1_step {} ({}) {} {}", problem, coq(gamma), coordinates(x), coordinates(next)), "",
          fmt::format("bridge_top_1 {}%nat", list(sent, [](Index i) { return std::to_string(i); }))};
}

}  // namespace

std::vector<BridgeLemma> bridge_lemmas() {
  constexpr std::uint64_t seed = 1;
  constexpr int states = 3;
  std::vector<BridgeLemma> all;
  Seeded random(seed);
  Index draws = 0;
  const auto fresh = [&]() -> Seeded& {
    random.begin_iteration(draws++);
    return random;
  };
  using Draw = BridgeLemma (*)(Seeded&, const std::string&, Index);
  for (const auto& [method, draw] : {std::pair<std::string, Draw>{"gd", gd},
                                     {"l_svrg", l_svrg},
                                     {"saga", saga},
                                     {"diana", diana},
                                     {"marina", marina}}) {
    for (int state = 1; state <= states; ++state)
      all.push_back(draw(fresh(), fmt::format("{}_one_step_{}", method, state), 1));
    all.back().near_miss = true;
    all.push_back(draw(fresh(), fmt::format("{}_two_steps", method), 2));
  }
  for (int state = 1; state <= states; ++state) {
    const std::string name = fmt::format("top_1_step_{}", state);
    Seeded& own = fresh();
    const Instance on = draw_instance(own, name);
    all.push_back(top_1(on.on_workers, name + "_f", on.definitions, name, ratio<Rational>(1, own.choose(5) + 2),
                        random_vector(own, dimension, 3)));
  }
  const Vector<Rational> diagonal = Vector<Rational>::Constant(3, random_rational(fresh(), 5));
  all.push_back(top_1(top1_counterexample<Rational>(), "top1_problem", "", "top_1_counterexample",
                      ratio<Rational>(1, 7), diagonal));
  return all;
}

std::string bridge_text(const std::vector<BridgeLemma>& lemmas) {
  std::string text =
      "(** The reference and the formal steps agree: the values were enumerated by touchstone, exactly. Generated. "
      "*)\n"
      "From Coq Require Import Reals List.\n"
      "From Touchstone Require Import Sums Probability Space Problem Compressors StochasticGradient UnifiedSgd\n"
      "  GradientDescent LSvrg Saga Diana Marina Top1Divergence BridgeSupport.\n"
      "Import ListNotations.\n"
      "Open Scope R_scope.\n";
  for (const BridgeLemma& lemma : lemmas) {
    text += fmt::format("\n{}Lemma {} :\n  {}{}{}.\nProof. {}. Qed.\n", lemma.definitions, lemma.name,
                        lemma.statement, lemma.value.empty() ? "" : " = ", lemma.value, lemma.proof);
    if (lemma.near_miss)
      text += fmt::format("Fail Definition {}_near_miss :\n  {} = {} + 1 := ltac:({}).\n", lemma.name,
                          lemma.statement, lemma.value, lemma.proof);
  }
  return text;
}

}  // namespace touchstone::inline v0::proofs
