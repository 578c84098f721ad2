// Chapter 4: what local steps cost.
#include <algorithm>

#include <fmt/format.h>

#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "verify/exercises/answer.hpp"
#include "verify/exercises/chapters.hpp"
#include "verify/exercises/runs.hpp"

namespace touchstone::inline v0::exercising {

namespace local {
namespace {

/// f_1(x) = x^2/2 and f_2(x) = (3/2)(x - apart)^2
Quadratic<Rational> two_workers(const Rational& apart) {
  const auto form = [](const Rational& curvature, const Rational& center) {
    return QuadraticForm<Rational>{Matrix<Rational>::Constant(1, 1, curvature),
                                   Vector<Rational>::Constant(1, Rational(curvature * center))};
  };
  return {std::vector<QuadraticForm<Rational>>{form(1, 0), form(3, apart)}, ProblemConstants<Rational>{}};
}

/// The common iterate after one round of tau local steps with full gradients.
Rational after_a_round(const Quadratic<Rational>& f, const Rational& gamma, Index tau, const Rational& x) {
  using Method = LocalSgd<Rational, DeterministicSchedule, FullGradient>;
  const Method method{gamma, DeterministicSchedule::every(tau)};
  Exhaustive<Rational> no_choices;
  Method::State state = method.initial(f, Vector<Rational>(Vector<Rational>::Constant(1, x)));
  for (Index k = 0; k < tau; ++k) {
    no_choices.begin_iteration(k);
    state = method.step(f, std::move(state), no_choices);
  }
  return state.x.front()[0];
}

constexpr const char* tau_text =
    R"(A schedule synchronizes after every $\tau$ iterations, and $\gamma = 1/(100 L)$
is given. For bounded noise the theorems admit

- Local-SGD where $\gamma \le 1/(4L)$ and $\gamma \le 1/(12 L (\tau - 1))$,
- S\*-Local-SGD where $\gamma \le 1/(4L)$ and $\gamma \le 1/(10 L (\tau - 1))$.

Find the largest $\tau$ for each of the two.

*Hint.* The larger $\tau$ is that of the method whose workers do not drift apart
at the solution.
)";

constexpr const char* tau_start = R"({
  "task": "the largest tau for which the stepsize 0.01/L is admitted",
  "local-sgd": 1,
  "s-star-local-sgd": 1
}
)";

bool admits(const LocalStepsize<Rational>& bounds, const Rational& gamma) {
  return std::all_of(bounds.inverse.begin(), bounds.inverse.end(),
                     [&](const Rational& a) { return gamma * a <= 1; }) &&
         std::all_of(bounds.inverse_square.begin(), bounds.inverse_square.end(),
                     [&](const Rational& b) { return gamma * gamma * b <= 1; });
}

Judgement check_tau(const std::string& file) {
  struct Method {
    const char* name;
    LocalStepsize<Rational> (*stepsize)(const Rational& L, const Rational& tau);
  };
  const Answer answer(file);
  const Rational L = 1;
  const Rational gamma(1, 100);
  Judgement judgement{true, ""};
  for (const Method& method : {Method{"local-sgd", local_sgd_uniform_stepsize<Rational>},
                               Method{"s-star-local-sgd", s_star_local_sgd_stepsize<Rational>}}) {
    const Index tau = answer.count(method.name, 1, 1'000'000);
    const bool now = admits(method.stepsize(L, Rational(tau)), gamma);
    const bool more = admits(method.stepsize(L, Rational(tau + 1)), gamma);
    judgement.solved = judgement.solved && now && !more;
    judgement.text +=
        fmt::format("{}: tau = {} is {}\n", method.name, tau,
                    !now ? "not admitted" : (more ? "admitted, but so is a larger one" : "the largest"));
  }
  return judgement;
}

constexpr const char* point_text =
    R"(Two workers hold $f_1(x) = \tfrac12 x^2$ and $f_2(x) = \tfrac32 (x - 1)^2$; the
mean has its minimum at $x^* = 3/4$. With exact gradients, $\gamma = 1/4$ and
$\tau = 2$, Local-SGD does not stay there: the workers walk to their own minima.
It stays at another point. Find it, as a fraction.

*Hint.* Two steps multiply $x - c_i$ by $(1 - \gamma a_i)^2$, where $a_i$ is the
curvature of $f_i$ and $c_i$ its minimum.
)";

constexpr const char* point_start = R"({
  "task": "the point to which a round of two local steps returns",
  "x": "3/4"
}
)";

Judgement check_point(const std::string& file) {
  const Rational x = Answer(file).number("x");
  const Quadratic<Rational> f = two_workers(1);
  const Rational next = after_a_round(f, Rational(1, 4), 2, x);
  const std::string found = fmt::format("a round leads from {} to {}\n", shown(x), shown(next));
  if (next != x) return not_yet(found);
  return solved(found + fmt::format("its distance from x* is {}\n", shown(Rational(abs(x - minimizer_of(f)[0])))));
}

constexpr const char* steps_text = R"(Now both workers have their minimum at 0: $f_1(x) = \tfrac12 x^2$ and
$f_2(x) = \tfrac32 x^2$. So no worker drifts away, and yet local steps bear less
than gradient descent. Find a stepsize with which gradient descent ($\tau = 1$)
brings $x = 1$ closer to 0, and a round of two local steps ($\tau = 2$) takes it
farther away.

*Hint.* Gradient descent sees the mean of the curvatures. Which of the workers
cannot bear the stepsize alone?
)";

constexpr const char* steps_start = R"({
  "task": "a stepsize that gradient descent bears and two local steps do not",
  "gamma": "1/2"
}
)";

Judgement check_steps(const std::string& file) {
  const Rational gamma = Answer(file).number("gamma");
  if (gamma <= 0) return not_yet(fmt::format("gamma = {} is not above 0\n", shown(gamma)));
  const Quadratic<Rational> f = two_workers(0);
  const Rational one = after_a_round(f, gamma, 1, Rational(1));
  const Rational two = after_a_round(f, gamma, 2, Rational(1));
  const std::string found = fmt::format("from 1, gradient descent leads to {}, a round of two local steps to {}\n",
                                        shown(one), shown(two));
  return abs(one) < 1 && abs(two) > 1 ? solved(found) : not_yet(found);
}

std::vector<Exercise> all() {
  return {{"local/largest-tau", "how seldom workers may be synchronized", tau_text, "largest-tau.json", tau_start,
           check_tau},
          {"local/where-it-stays", "the point where Local-SGD stays", point_text, "where-it-stays.json",
           point_start, check_point},
          {"local/two-steps", "a stepsize that two local steps do not bear", steps_text, "two-steps.json",
           steps_start, check_steps}};
}

}  // namespace
}  // namespace local

std::vector<Exercise> local_exercises() {
  return local::all();
}

}  // namespace touchstone::inline v0::exercising
