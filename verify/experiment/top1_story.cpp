#include <fmt/format.h>

#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/experiment/comparison.hpp"
#include "verify/experiment/decimals.hpp"

namespace touchstone::inline v0 {

namespace {

using Problem = Quadratic<Rational>;
using RationalPoint = Vector<Rational>;

RationalPoint point(int p, int q) {
  RationalPoint x(2);
  x << Rational(p), Rational(q);
  return x;
}

RationalPoint solution_apart() {
  return point(1, -1);
}

/// Three workers whose gradients at x* do not vanish. Two would not do: theirs are opposite, so that what they send at x*
/// cancels, and EC-GD stays there.
Problem apart() {
  const auto form = [](int a, int b, const RationalPoint& gradient) {
    Matrix<Rational> A = Matrix<Rational>::Zero(2, 2);
    A(0, 0) = a;
    A(1, 1) = b;
    return QuadraticForm<Rational>{A, RationalPoint(A * solution_apart() - gradient)};
  };
  const std::vector<QuadraticForm<Rational>> forms{form(2, 1, point(2, 1)), form(1, 3, point(-2, 1)),
                                                   form(1, 2, point(0, -2))};
  return {forms, {Rational(2), Rational(4, 3), {2, 3, 2}, {{2}, {3}, {2}}}};
}

/// A problem with what the runs on it share.
struct Stage {
  Problem f;
  RationalPoint start, x_star;
  Rational gamma;
  Index iterations;
};

/// x^0, ..., x^K
template <class Method>
std::vector<RationalPoint> iterates_of(const Stage& stage, const Method& method) {
  std::vector<RationalPoint> iterates{stage.start};
  Seeded none(0);  // Top1 draws nothing
  typename Method::State s = method.initial(stage.f, stage.start);
  for (Index k = 0; k < stage.iterations; ++k) {
    none.begin_iteration(k);
    s = method.step(stage.f, std::move(s), none);
    iterates.push_back(s.x);
  }
  return iterates;
}

template <class Method>
ComparedRun run_of(const Stage& stage, const ComparedMethod& stated, const Method& method,
                   const std::vector<RationalPoint>& iterates) {
  constexpr Index scalar_bits = 64;
  const Rational minimum = stage.f.value(stage.x_star);
  std::vector<GapPoint> points;
  for (Index k = 0; k <= stage.iterations; ++k)
    if (is_recorded(k, stage.iterations))
      points.push_back(
          {k, convert<Real<50>>(Rational(stage.f.value(iterates[static_cast<std::size_t>(k)]) - minimum))});
  Course course = course_of(points, stage.iterations, 0);
  return {stated, method.bits_per_iteration(stage.f, scalar_bits), std::move(points), std::move(course)};
}

/// x^k = (1 + 11 gamma/6)^k x^0
Statement growth_statement(const Stage& stage, const std::vector<RationalPoint>& iterates) {
  const Rational growth = 1 + stage.gamma * Rational(11, 6);
  RationalPoint expected = stage.start;
  bool holds = true;
  for (const RationalPoint& x : iterates) {
    holds = holds && x == expected;
    expected *= growth;
  }
  return {holds, "with Top1 and no memory x^k = (1 + 11 gamma/6)^k x^0, to the last digit",
          fmt::format("k = 0, ..., {}; 1 + 11 gamma/6 = {}", stage.iterations, growth.str())};
}

}  // namespace

Comparison compare_on_top1(const Rational& stepsize, Index iterations) {
  const Problem f = top1_counterexample<Rational>();
  const Stage slide{f, RationalPoint::Constant(3, Rational(1)), RationalPoint::Zero(3),
                    Rational(stepsize / f.constants().L), iterations};
  const Stage other{apart(), point(3, 2), solution_apart(), slide.gamma, iterations};

  const ParallelSgd<Rational, Identity> gd{{}, slide.gamma};
  const ParallelSgd<Rational, TopK> no_memory{{1}, slide.gamma};
  const EcGd<Rational, TopK> memory{{{1}}, slide.gamma};
  const EcGd<Rational, Identity> uncompressed{{}, slide.gamma};
  const EcGd<Rational, TopK> memory_apart{{{1}}, other.gamma};
  const EcGdStar<Rational, TopK> star_apart{{{1}}, other.gamma, StarShift<Rational>::of(other.f, other.x_star)};

  const std::vector<RationalPoint> of_gd = iterates_of(slide, gd);
  const std::vector<RationalPoint> without_memory = iterates_of(slide, no_memory);
  Comparison comparison{
      "The story of Top1",
      fmt::format("  problem      f_i(x) = <a_i, x>^2 + |x|^2/4, x^0 = (1, 1, 1), x* = 0,\n"
                  "               a_1 = (-3, 2, 2), a_2 = (2, -3, 2), a_3 = (2, 2, -3)\n"
                  "  and apart    f_i(x) = (x - x*)'H_i (x - x*)/2 + <c_i, x>, x^0 = (3, 2),\n"
                  "               x* = (1, -1); H_1, H_2, H_3 = diag(2, 1), diag(1, 3), diag(1, 2),\n"
                  "               c_1, c_2, c_3 = (2, 1), (-2, 1), (0, -2) = grad f_i(x*)\n"
                  "  stepsize     {} for all methods, {} times 1/L of the first problem\n"
                  "  numbers      rational: nothing is rounded\n",
                  slide.gamma.str(), stepsize.str()),
      {run_of(slide, {"gd", "GD", Behaviour::converges}, gd, of_gd),
       run_of(slide, {"parallel-top1-gd", "parallel GD with Top1", Behaviour::diverges}, no_memory, without_memory),
       run_of(slide, {"ec-gd", "EC-GD with Top1", Behaviour::converges}, memory, iterates_of(slide, memory)),
       run_of(other, {"ec-gd/apart", "EC-GD with Top1, apart,", Behaviour::stalls}, memory_apart,
              iterates_of(other, memory_apart)),
       run_of(other, {"ec-gd-star/apart", "EC-GDstar with Top1, apart,", Behaviour::converges}, star_apart,
              iterates_of(other, star_apart))},
      {}};
  for (const ComparedRun& run : comparison.runs)
    comparison.statements.push_back(statement_that(run.method.name, run.method.stated, run.course));
  comparison.statements.push_back(growth_statement(slide, without_memory));
  comparison.statements.push_back({iterates_of(slide, uncompressed) == of_gd,
                                   "with the identity in place of Top1 EC-GD is GD, to the last digit",
                                   fmt::format("k = 0, ..., {}", iterations)});
  return comparison;
}

}  // namespace touchstone::inline v0
