// Chapter 2: what the one theorem promises, and where it ends.
#include <algorithm>

#include <fmt/format.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "verify/exercises/answer.hpp"
#include "verify/exercises/chapters.hpp"
#include "verify/exercises/program.hpp"
#include "verify/exercises/runs.hpp"

namespace touchstone::inline v0::exercising {

namespace unified_sgd {
namespace {

constexpr const char* past_text = R"(Gradient descent with $\gamma \le 1/L$ keeps the theorem's promise

$$|x^1 - x^*|^2 \le (1 - \gamma\mu)\,|x^0 - x^*|^2$$

from every start. Let $f(x) = \tfrac12 x^\top A x - b^\top x$ with
$A = \begin{pmatrix} 3 & 1 \\ 1 & 3 \end{pmatrix}$ and $b = (5, 7)$, so that
$L = 4$, $\mu = 2$ and $x^* = (1, 2)$. The bound $1/L$ is not sharp here: a
little more does no harm. Find a stepsize $\gamma \le 19/50$ and a start $x^0$
for which the inequality fails.

*Hint.* A step multiplies the part of $x^0 - x^*$ along each eigenvector of $A$
by a number of its own. Which of them is too large first?
)";

constexpr const char* past_start = R"({
  "task": "a stepsize and a start for which gradient descent breaks the promise of its theorem",
  "gamma": "19/50",
  "x": ["1", "1"]
}
)";

Quadratic<Rational> tilted_bowl() {
  Matrix<Rational> A(2, 2);
  A << Rational(3), Rational(1), Rational(1), Rational(3);
  Vector<Rational> b(2);
  b << Rational(5), Rational(7);
  return {std::vector<QuadraticForm<Rational>>{{A, b}}, {Rational(4), Rational(2), {Rational(4)}, {{Rational(4)}}}};
}

Judgement check_past(const std::string& file) {
  const Answer answer(file);
  const Rational gamma = answer.number("gamma");
  const Vector<Rational> x = answer.vector("x", 2);
  const Rational largest(19, 50);
  const Quadratic<Rational> f = tilted_bowl();
  const ProblemConstants<Rational>& c = f.constants();
  if (gamma > largest) return not_yet(fmt::format("gamma = {} is more than {}\n", shown(gamma), shown(largest)));
  if (gamma <= gd_stepsize(c.L))
    return not_yet(fmt::format("the theorem admits gamma = {}: from no start does it fail\n", shown(gamma)));
  const Vector<Rational> x_star = minimizer_of(f);
  const Rational before = Vector<Rational>(x - x_star).squaredNorm();
  const Vector<Rational> next = model_after({"gd", {.gamma = gamma}}, f, x, 1);
  const Rational after = Vector<Rational>(next - x_star).squaredNorm();
  const Rational factor = contraction_factors(gd_constants(c.L), gamma, c.mu, Rational(0)).front();
  const std::string found = fmt::format("|x1 - x*|^2 = {}, promised is at most {} = {} |x0 - x*|^2\n", shown(after),
                                        shown(Rational(factor * before)), shown(factor));
  return after > factor * before ? solved(found) : not_yet(found);
}

constexpr const char* workers_text = R"(DIANA with RandK, $K = 1$, in dimension $d = 10$ has a smaller stepsize than
gradient descent, $\gamma = 1/((1 + 6\omega/n) L)$: what compression costs is
shared by the $n$ workers. Find the least $n$ for which the stepsize is at least
9/10 of gradient descent's $1/L$.

*Hint.* First the $\omega$ of RandK.
)";

constexpr const char* workers_start = R"({
  "task": "the least number of workers for which DIANA with rand-k:1 in dimension 10 has 9/10 of the stepsize of GD",
  "n": 10
}
)";

Judgement check_workers(const std::string& file) {
  const Index n = Answer(file).count("n", 1, 1'000'000);
  const auto share = [](Index workers) {
    const auto omega = RandK{1}.omega<Rational>(10);
    return Rational(diana_stepsize(Rational(1), omega, integer<Rational>(workers)) / gd_stepsize(Rational(1)));
  };
  const Rational wanted(9, 10);
  const std::string found = fmt::format("with n = {} the stepsize is {} of gradient descent's", n, shown(share(n)));
  if (share(n) < wanted) return not_yet(fmt::format("{}, wanted are {}\n", found, shown(wanted)));
  if (n > 1 && share(n - 1) >= wanted) return not_yet(found + ", but fewer workers would do\n");
  return solved(found + "\n");
}

constexpr const char* refresh_text =
    R"(L-SVRG refreshes its reference point with probability $p$, and a refresh costs a
gradient of every component. Its Lyapunov function contracts by
$\max\{1 - \gamma\mu,\, 1 - p/2\}$ with $\gamma = 1/(6L)$. More refreshes help
until the first of the two is the larger one, and are wasted beyond. Find the
$p$ at which the two are equal, for $L = 100$ and $\mu = 1$.

*Hint.* The answer is a fraction, and not $1/100$.
)";

constexpr const char* refresh_start = R"({
  "task": "the p of L-SVRG at which both contraction factors are equal, L = 100, mu = 1",
  "p": "1/100"
}
)";

Judgement check_refresh(const std::string& file) {
  const Rational L = 100;
  const Rational mu = 1;
  const Rational p = Answer(file).number("p");
  if (p <= 0 || p > 1) return not_yet(fmt::format("p = {} is no probability above zero\n", shown(p)));
  const std::vector<Rational> factors =
      contraction_factors(l_svrg_constants(L, p), l_svrg_stepsize(L), mu, l_svrg_lyapunov_weight(p));
  const std::string found = fmt::format("p = {}: the step contracts by {}, the reference point by {}\n", shown(p),
                                        shown(factors.front()), shown(factors.back()));
  return factors.front() == factors.back() ? solved(found) : not_yet(found);
}

std::vector<Exercise> all() {
  return {{"unified-sgd/past-the-bound", "a stepsize that breaks the promise of GD", past_text,
           "past-the-bound.json", past_start, check_past},
          {"unified-sgd/diana-workers", "how many workers make compression cheap", workers_text,
           "diana-workers.json", workers_start, check_workers},
          {"unified-sgd/l-svrg-refresh", "how often a reference point should move", refresh_text,
           "l-svrg-refresh.json", refresh_start, check_refresh},
          program_exercise(diana_program())};
}

}  // namespace
}  // namespace unified_sgd

std::vector<Exercise> unified_sgd_exercises() {
  return unified_sgd::all();
}

}  // namespace touchstone::inline v0::exercising
