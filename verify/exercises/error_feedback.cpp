// Chapter 3: what biased compression does without a memory, and what the memory costs.
#include <fmt/format.h>

#include "touchstone/compressors/top_k.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "verify/exercises/answer.hpp"
#include "verify/exercises/chapters.hpp"
#include "verify/exercises/program.hpp"
#include "verify/exercises/runs.hpp"

namespace touchstone::inline v0::exercising {

namespace error_feedback {
namespace {

constexpr const char* top1_text = R"(Three workers hold $f_i(x) = \langle a_i, x\rangle^2 + \tfrac14 |x|^2$ with
$a_1 = (-3, 2, 2)$, $a_2 = (2, -3, 2)$, $a_3 = (2, 2, -3)$. The solution is
$x^* = 0$. Parallel gradient descent with Top1 and $\gamma = 1/16$ runs away
from the start $(1, 1, 1)$: every worker sends the one coordinate that points
away from the solution. Is that an accident of this start? Find another one,
with a positive and a negative coordinate and three that differ, from which
$|x^{30}|^2 \ge 100\,|x^0|^2$.

*Hint.* Write a start as a multiple of $(1, 1, 1)$ plus a vector whose
coordinates add up to zero. Which of the two parts grows?
)";

constexpr const char* top1_start = R"({
  "task": "a start with coordinates of both signs from which parallel GD with Top1 diverges",
  "x": ["1", "0", "-1"]
}
)";

Judgement check_top1(const std::string& file) {
  constexpr int steps = 30;
  const Rational gamma(1, 16);
  const Vector<Rational> x = Answer(file).vector("x", 3);
  if (x[0] == x[1] || x[1] == x[2] || x[0] == x[2])
    return not_yet(fmt::format("the coordinates of {} are not all different\n", shown(x)));
  if (x.minCoeff() >= 0 || x.maxCoeff() <= 0)
    return not_yet(fmt::format("the coordinates of {} are not of both signs\n", shown(x)));
  const Quadratic<Rational> f = top1_counterexample<Rational>();
  const auto length_after = [&](const char* method) {
    return model_after({method, {.gamma = gamma, .compressor = "top-k:1"}}, f, x, steps).squaredNorm();
  };
  const Rational wanted = 100 * x.squaredNorm();
  const Rational reached = length_after("parallel-sgd");
  const std::string found = fmt::format("|x0|^2 = {}, |x30|^2 = {}, wanted is {}\n", shown(x.squaredNorm()),
                                        shown(reached), shown(wanted));
  if (reached < wanted) return not_yet(found);
  return solved(found + fmt::format("with a memory (EC-GD) from the same start: |x30|^2 = {}\n",
                                    shown(length_after("ec-gd"))));
}

constexpr const char* admitted_text = R"(EC-GD's theorem asks for

$$\gamma L + 24\,\frac{(1-\delta)(2-\delta)}{\delta^2}(\gamma L)^2 \le \frac12$$

Find the least $K$ for which TopK in dimension $d = 100$ is good enough for
$\gamma = 1/(8L)$.

*Hint.* Put $\gamma L = 1/8$ and $\delta = K/d$ in; what remains is quadratic in
$\delta$.
)";

constexpr const char* admitted_start = R"({
  "task": "the least K for which EC-GD with TopK, d = 100, admits an eighth of 1/L",
  "K": 50
}
)";

/// theta of the theorem, which must not be negative.
Rational descent_of(Index K) {
  constexpr Index d = 100;
  const Rational L = 1;
  const Rational gamma(1, 8);
  const ErrorCompensationConstants<Rational> row = ec_gd_constants(L, Rational(0));
  const ErrorModel<Rational> errors = compensated_errors(row, L, TopK{K}.delta<Rational>(d));
  return descent_coefficient(row, errors, gamma);
}

Judgement check_admitted(const std::string& file) {
  const Index K = Answer(file).count("K", 1, 100);
  const Rational theta = descent_of(K);
  const std::string found =
      fmt::format("with K = {} the right side minus the left side is {}", K, shown(Rational(theta / 2)));
  if (theta < 0) return not_yet(found + ", below 0\n");
  if (K > 1 && descent_of(K - 1) >= 0) return not_yet(found + ", but a smaller K would do\n");
  return solved(found + "\n");
}

constexpr const char* rounds_text =
    R"(One worker uses Top1 with error feedback and $\gamma = 1$, and its gradient is
$(4, 2, 1)$ in every round; ties go to the lower index. Which coordinate (1, 2
or 3) does it send in each of the first eight rounds, and what is in its memory
after them?

*Hint.* In every round $(4, 2, 1)$ is added to the memory, the largest entry is
sent, and its place in the memory becomes 0. Without the memory coordinate 3
would never be sent.
)";

constexpr const char* rounds_start = R"({
  "task": "what Top1 with error feedback sends in eight rounds, and the memory after them",
  "sent": [1, 1, 1, 1, 1, 1, 1, 1],
  "memory": ["0", "0", "0"]
}
)";

Judgement check_rounds(const std::string& file) {
  constexpr Index rounds = 8;
  const Answer answer(file);
  const Indices sent = answer.counts("sent", rounds, 1, 3);
  const Vector<Rational> memory = answer.vector("memory", 3);
  Vector<Rational> slope(3);
  slope << Rational(-4), Rational(-2), Rational(-1);
  const Matrix<Rational> flat = Matrix<Rational>::Zero(3, 3);
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{{flat, slope}}, ProblemConstants<Rational>{});
  const oracle::AnyMethod<Rational> method =
      method_on({"ec-gd", {.gamma = Rational(1), .compressor = "top-k:1"}}, f);
  oracle::NamedState<Rational> state = method.initial(Vector<Rational>(Vector<Rational>::Zero(3)));
  for (Index round = 0; round < rounds; ++round) {
    const Vector<Rational> before = oracle::find_part(state, "x")->vectors.front();
    state = certain_step(method, state);
    const Vector<Rational> message = before - oracle::find_part(state, "x")->vectors.front();
    if (message[sent[static_cast<std::size_t>(round)] - 1] == 0)
      return not_yet(fmt::format("round {}: another coordinate than {} is the largest of memory + gradient\n",
                                 round + 1, sent[static_cast<std::size_t>(round)]));
  }
  const Vector<Rational>& kept = oracle::find_part(state, "e")->vectors.front();
  for (Index c = 0; c < 3; ++c)
    if (memory[c] != kept[c])
      return not_yet(
          fmt::format("all rounds are right; coordinate {} of the memory is not {}\n", c + 1, shown(memory[c])));
  return solved("all rounds are right, and so is the memory\n");
}

std::vector<Exercise> all() {
  return {{"error-feedback/top1-start", "Top1 diverges from another start", top1_text, "top1-start.json",
           top1_start, check_top1},
          {"error-feedback/admitted-k", "how much must be sent for a given stepsize", admitted_text,
           "admitted-k.json", admitted_start, check_admitted},
          {"error-feedback/eight-rounds", "eight rounds of a memory, by hand", rounds_text, "eight-rounds.json",
           rounds_start, check_rounds},
          program_exercise(memory_program())};
}

}  // namespace
}  // namespace error_feedback

std::vector<Exercise> error_feedback_exercises() {
  return error_feedback::all();
}

}  // namespace touchstone::inline v0::exercising
