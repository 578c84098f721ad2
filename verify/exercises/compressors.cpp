// Chapter 1: what a compressor promises, and where the promise is kept to the last bit.
#include <fmt/format.h>

#include "touchstone/compressors/top_k.hpp"
#include "verify/exercises/answer.hpp"
#include "verify/exercises/chapters.hpp"
#include "verify/exercises/program.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/law.hpp"

namespace touchstone::inline v0::exercising {

namespace compressors {
namespace {

using oracle::AnyCompressor;

AnyCompressor<Rational> named(const char* name) {
  return oracle::parse_compressor<Rational>("exercise", name);
}

Vector<Rational> mean_of(const AnyCompressor<Rational>& compressor, const Vector<Rational>& x) {
  Vector<Rational> mean = Vector<Rational>::Zero(x.size());
  for (const auto& [probability, outcome] : oracle::exact_law(compressor, x)) mean += probability * outcome;
  return mean;
}

/// E|Q(x) - x|^2
Rational variance_of(const AnyCompressor<Rational>& compressor, const Vector<Rational>& x) {
  Rational sum = 0;
  for (const auto& [probability, outcome] : oracle::exact_law(compressor, x))
    sum += probability * Vector<Rational>(outcome - x).squaredNorm();
  return sum;
}

constexpr const char* table_text = R"(A compressor $Q$ on $\mathbb{R}^2$ is given by the table of its outcomes:

| outcome          | probability |
|------------------|-------------|
| $(2 x_1, 4 x_2)$ | 1/8         |
| $(2 x_1, 0)$     | 3/8         |
| $(0, 4 x_2)$     | 1/8         |
| $(0, 0)$         | 3/8         |

It is unbiased. Find the least $\omega$ with
$\mathbb{E}|Q(x) - x|^2 \le \omega |x|^2$ for all $x$, and an $x \ne 0$ at which
this is an equality.

*Hint.* The two coordinates are kept independently of each other. What does each
of them add to the variance?
)";

constexpr const char* table_start = R"({
  "task": "the least omega of the compressor in the table, and an x that attains it",
  "omega": "1",
  "x": ["1", "1"]
}
)";

/// A vector at which the variance exceeds omega |x|^2, for omega below the least one; not the worst vector.
std::string exceeding(const AnyCompressor<Rational>& compressor, const Rational& omega) {
  Vector<Rational> x(2);
  x << Rational(1), Rational(1);
  for (int doubled = 0; doubled < 64; ++doubled, x[1] *= 2) {
    const Rational variance = variance_of(compressor, x);
    const Rational allowed = omega * x.squaredNorm();
    if (variance > allowed)
      return fmt::format("omega is too small: at x = {} the variance is {}, allowed is {}\n", shown(x),
                         shown(variance), shown(allowed));
  }
  return "omega is too small, but not by much: some x exceeds it\n";
}

Judgement check_table(const std::string& file) {
  const Answer answer(file);
  const Rational omega = answer.number("omega");
  const Vector<Rational> x = answer.vector("x", 2);
  const AnyCompressor<Rational> compressor = named("independent-sparsification:1/2,1/4");
  const Rational least = compressor.omega(2).value();
  if (omega < least) return not_yet(exceeding(compressor, omega));
  if (x.squaredNorm() == 0) return not_yet("x = 0 attains every omega; expected another x\n");
  const Rational variance = variance_of(compressor, x);
  const std::string at_x = fmt::format("at x = {} the variance is {}, omega |x|^2 is {}", shown(x), shown(variance),
                                       shown(Rational(omega * x.squaredNorm())));
  if (omega > least) return not_yet(fmt::format("the inequality holds, but omega is not the least: {}\n", at_x));
  if (variance != omega * x.squaredNorm()) return not_yet(fmt::format("omega is right; {}\n", at_x));
  return solved(at_x + "\n");
}

constexpr const char* budget_text = R"(TopK is to be used on vectors of $d = 1000$ coordinates, each a scalar of 32
bits, and a theorem asks for $\delta \ge 3/64$. Find the least $K$ that will do,
and the bits that one message costs: $K$ scalars and $K$ indices, an index with
as many bits as $d$ different ones need.

*Hint.* TopK is contractive with $\delta = K/d$.
)";

constexpr const char* budget_start = R"({
  "task": "the least K for which TopK has delta >= 3/64 in dimension 1000, and the bits of its message",
  "K": 1000,
  "bits": 32000
}
)";

Judgement check_budget(const std::string& file) {
  constexpr Index d = 1000;
  constexpr Index scalar_bits = 32;
  const Answer answer(file);
  const TopK compressor{answer.count("K", 1, d)};
  const Index bits = answer.count("bits", 0, 1'000'000);
  const Rational wanted(3, 64);
  const auto delta = compressor.delta<Rational>(d);
  if (delta < wanted)
    return not_yet(
        fmt::format("K = {} gives delta = {}, which is below {}\n", compressor.K, shown(delta), shown(wanted)));
  if (compressor.K > 1 && TopK{compressor.K - 1}.delta<Rational>(d) >= wanted)
    return not_yet(fmt::format("K = {} will do, but so will K = {}\n", compressor.K, compressor.K - 1));
  const Index sent = compressor.message_bits(d, scalar_bits);
  if (bits != sent)
    return not_yet(fmt::format("K = {} is right; {} bits are too {} for its message\n", compressor.K, bits,
                               bits < sent ? "few" : "many"));
  return solved(fmt::format("K = {}: delta = {}, {} bits in place of {}\n", compressor.K, shown(delta), sent,
                            d * scalar_bits));
}

constexpr const char* bias_text = R"(The scaled sign $C(x) = (|x|_1/d)\,\mathrm{sign}(x)$, with
$\mathrm{sign}(0) = 0$, sends a bit for each coordinate and one scalar. It is
exact where all $|x_i|$ are equal, which looks as if it were unbiased. Find an
$x \in \mathbb{R}^2$ at which the bias is nearly as large as it can be:

$$|\mathbb{E}\,C(x) - x|^2 \ge \tfrac{49}{100} |x|^2.$$

*Hint.* Look at $(1, 0)$ first. What does the zero cost, and what would a
coordinate that is almost zero?
)";

constexpr const char* bias_start = R"({
  "task": "a vector at which the bias of the scaled sign is at least 49/100 of the vector, squared",
  "x": ["1", "0"]
}
)";

Judgement check_bias(const std::string& file) {
  const Vector<Rational> x = Answer(file).vector("x", 2);
  if (x.squaredNorm() == 0) return not_yet("at x = 0 there is no bias, and nothing to compare it with\n");
  const AnyCompressor<Rational> compressor = named("scaled-sign");
  const Vector<Rational> mean = mean_of(compressor, x);
  const Rational bias = Vector<Rational>(mean - x).squaredNorm();
  const Rational wanted = Rational(49, 100) * x.squaredNorm();
  const std::string found = fmt::format("E C(x) = {} at x = {}: |E C(x) - x|^2 = {}, wanted is {}\n", shown(mean),
                                        shown(x), shown(bias), shown(wanted));
  return bias >= wanted ? solved(found) : not_yet(found);
}

std::vector<Exercise> all() {
  return {{"compressors/omega-of-a-table", "the omega of a compressor that is a table", table_text,
           "omega-of-a-table.json", table_start, check_table},
          {"compressors/top-k-budget", "the K that a contraction needs, and its bits", budget_text,
           "top-k-budget.json", budget_start, check_budget},
          {"compressors/bias-of-the-sign", "a counterexample to unbiasedness", bias_text, "bias-of-the-sign.json",
           bias_start, check_bias},
          program_exercise(rand_k_program())};
}

}  // namespace
}  // namespace compressors

std::vector<Exercise> compressors_exercises() {
  return compressors::all();
}

}  // namespace touchstone::inline v0::exercising
