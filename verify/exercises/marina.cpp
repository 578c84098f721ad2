// Chapter 5: estimators that are biased and drift slowly.
#include <fmt/format.h>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/marina/complexity.hpp"
#include "verify/exercises/answer.hpp"
#include "verify/exercises/chapters.hpp"
#include "verify/exercises/runs.hpp"

namespace touchstone::inline v0::exercising {

namespace marina {
namespace {

constexpr const char* bits_text = R"(With probability $p$ the workers of MARINA send their gradients in full, else
messages of RandK. Let $d = 1000$, $K = 10$, with scalars of 32 bits and 10 bits
for an index. Find the $p$ for which both kinds of iteration cost the same bits
in the mean: a smaller $p$ would save little, a larger one costs more than
compression saves.

*Hint.* The slides' $p = 1/(1 + \omega)$ counts scalars and forgets the indices.
)";

constexpr const char* bits_start = R"({
  "task": "the p of MARINA for which full gradients and messages cost the same bits in the mean",
  "p": "1/100"
}
)";

Judgement check_bits(const std::string& file) {
  constexpr Index d = 1000;
  constexpr Index scalar_bits = 32;
  const Rational p = Answer(file).number("p");
  if (p <= 0 || p > 1) return not_yet(fmt::format("p = {} is no probability above zero\n", shown(p)));
  const Rational gradient = integer<Rational>(d * scalar_bits);
  const Rational message = integer<Rational>(RandK{10}.message_bits(d, scalar_bits));
  const Rational nothing = 0;
  const Rational one = 1;
  const Rational in_full = marina_scalars(gradient, nothing, p, one) - gradient;
  const Rational in_messages = marina_scalars(nothing, message, p, one);
  const std::string found =
      fmt::format("p = {}: {} bits in full and {} bits in messages, a worker and step in the mean\n", shown(p),
                  shown(in_full), shown(in_messages));
  return in_full == in_messages ? solved(found) : not_yet(found);
}

constexpr const char* workers_text =
    R"(MARINA with RandK, $K = 10$ and $d = 1000$, and the slides' $p = 1/(1 + \omega)$
has the stepsize $\gamma = 1/(L + \Lambda)$ with
$\Lambda^2 = (1 - p)\,\omega L^2/(p n)$. Find the least number $n$ of workers
with which it is at least half of gradient descent's $1/L$.

*Hint.* What is $(1 - p)/p$ for this $p$?
)";

constexpr const char* workers_start = R"({
  "task": "the least n for which MARINA with rand-k:10, d = 1000, has half of the stepsize of GD",
  "n": 100
}
)";

/// L gamma
Rational share_of(Index n) {
  const Rational L = 1;
  const auto omega = RandK{10}.omega<Rational>(1000);
  const Rational square = marina_lambda_squared(L, omega, integer<Rational>(n), marina_probability(omega));
  const Rational root = Operations<Rational>::square_root(square).value_or(square_root_upper_bound(square));
  return biased_estimator_stepsize(L, root);
}

Judgement check_workers(const std::string& file) {
  const Index n = Answer(file).count("n", 1, 1'000'000);
  const Rational wanted(1, 2);
  const std::string found =
      fmt::format("with n = {} the stepsize is {:.6f} of gradient descent's", n, static_cast<double>(share_of(n)));
  if (share_of(n) < wanted) return not_yet(found + ", below one half\n");
  if (n > 1 && share_of(n - 1) >= wanted) return not_yet(found + ", but fewer workers would do\n");
  return solved(found + "\n");
}

constexpr const char* descent_text =
    R"(One worker holds $f(x) = 2 x_1^2 + \tfrac12 x_2^2$, so $L = 4$, and MARINA uses
RandK with $K = 1$ ($\omega = 1$) and $p = 1/2$, so $\Lambda = 4$. With
$\Phi = f(x) + \frac{\gamma}{2p}|g - \nabla f(x)|^2$ the theorem promises

$$\mathbb{E}\,\Phi^{k+1} \le \Phi^k - \tfrac{\gamma}{2} |\nabla f(x^k)|^2$$

from every state $(x, g)$ for $\gamma \le 1/(L + \Lambda) = 1/8$, and what is
used is only $1 - \gamma L - \gamma^2 \Lambda^2 \ge 0$. Find a stepsize
$\gamma \le 4/25$ and a state for which the promise is broken.

*Hint.* Where is $L$ attained? And does it matter what $x$ is?
)";

constexpr const char* descent_start = R"({
  "task": "a stepsize and a state from which MARINA breaks the promise of descent",
  "gamma": "4/25",
  "x": ["1", "1"],
  "g": ["1", "1"]
}
)";

Judgement check_descent(const std::string& file) {
  const Answer answer(file);
  const Rational gamma = answer.number("gamma");
  const Vector<Rational> x = answer.vector("x", 2);
  const Vector<Rational> g = answer.vector("g", 2);
  const Rational largest(4, 25);
  const Rational p(1, 2);
  const Rational L = 4;
  if (gamma > largest) return not_yet(fmt::format("gamma = {} is more than {}\n", shown(gamma), shown(largest)));
  const Rational lambda_squared =
      marina_lambda_squared(Rational(L * L), RandK{1}.omega<Rational>(2), Rational(1), p);
  if (gamma <= 0 || biased_estimator_admits(L, gamma, lambda_squared))
    return not_yet(fmt::format("with gamma = {} the promise is kept from every state\n", shown(gamma)));
  Matrix<Rational> A = Matrix<Rational>::Zero(2, 2);
  A.diagonal() << L, Rational(1);
  const Vector<Rational> zero = Vector<Rational>::Zero(2);
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{{A, zero}}, ProblemConstants<Rational>{});
  const auto potential = [&](const Vector<Rational>& at, const Vector<Rational>& estimator) {
    const Rational error = Vector<Rational>(estimator - f.gradient(0, at)).squaredNorm();
    return Rational(f.value(at) + biased_estimator_weight(gamma, p) * error);
  };
  const oracle::AnyMethod<Rational> method =
      method_on({"marina", {.gamma = gamma, .p = p, .compressor = "rand-k:1"}}, f);
  Rational after = 0;
  for (const auto& [probability, state] : oracle::exact_law(method, method.complete({{"x", {x}}, {"g", {g}}})))
    after += probability * potential(oracle::find_part(state, "x")->vectors.front(),
                                     oracle::find_part(state, "g")->vectors.front());
  const Rational promised = potential(x, g) - gamma / 2 * f.gradient(0, x).squaredNorm();
  const std::string found = fmt::format("E Phi after the step = {}, promised is at most {}; the difference is {}\n",
                                        shown(after), shown(promised), shown(Rational(after - promised)));
  return after > promised ? solved(found) : not_yet(found);
}

std::vector<Exercise> all() {
  return {{"marina/balanced-bits", "a p that balances the bits", bits_text, "balanced-bits.json", bits_start,
           check_bits},
          {"marina/workers", "how many workers MARINA needs", workers_text, "workers.json", workers_start,
           check_workers},
          {"marina/descent", "a stepsize and a state that break the descent", descent_text, "descent.json",
           descent_start, check_descent}};
}

}  // namespace
}  // namespace marina

std::vector<Exercise> marina_exercises() {
  return marina::all();
}

}  // namespace touchstone::inline v0::exercising
