// Golden values of chapter 5: exact expectations along the first steps on two saddles, from a program of its own in another
// language.
#include <sstream>

#include "touchstone/compressors/natural.hpp"
#include "verify/claims/descent_study.hpp"
#include "verify/claims/marina_wrong.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina_golden {

namespace {

/// For k = 0, 1, ...; an empty list or "-" is not compared.
struct ExpectedCourse {
  std::string gap, gradient, memory;
};

struct GoldenCourse {
  DescentInstance run;
  ExpectedCourse expected;
  bool affine = true;               ///< for each outcome; else taken from the tree of outcomes
  std::vector<std::size_t> states;  ///< how many different ones there are for k = 0, 1, ...; not compared if empty
};

using GoldenCourses = std::function<std::vector<GoldenCourse>()>;

std::vector<std::string> entries(const std::string& list) {
  std::istringstream in(list);
  return {std::istream_iterator<std::string>(in), {}};
}

Finding golden_courses(const CheckContext& context, const GoldenCourses& stated) {
  Seeded random = context.random("golden");
  Inspection inspection;
  for (const GoldenCourse& golden : stated()) {
    const std::vector<std::string> lists[] = {entries(golden.expected.gap), entries(golden.expected.gradient),
                                              entries(golden.expected.memory)};
    const std::size_t steps = std::max({lists[0].size(), lists[1].size(), lists[2].size()}) - 1;
    const std::vector<DescentQuantities> found =
        golden.affine ? quantities_by_moments(golden.run, static_cast<Index>(steps), random)
                      : expected_quantities(golden.run, static_cast<Index>(steps));
    const auto compare = [&](const std::vector<std::string>& list, Rational DescentQuantities::*what,
                             const char* name) {
      for (std::size_t k = 0; k < list.size(); ++k)
        if (list[k] != "-")
          inspection.equal(found[k].*what, Rational(list[k]),
                           [&] { return fmt::format("{}: E {} at k={}", golden.run.where, name, k); });
    };
    compare(lists[0], &DescentQuantities::gap, "gap");
    compare(lists[1], &DescentQuantities::gradient, "|grad f|^2");
    compare(lists[2], &DescentQuantities::memory, "memory");
    for (std::size_t k = 0; k < golden.states.size(); ++k)
      inspection.equal(distinct_states(golden.run, static_cast<Index>(k)), golden.states[k],
                       [&] { return fmt::format("{}: states at k={}", golden.run.where, k); });
  }
  return inspection.finding(fmt::format("{} golden values", inspection.comparisons()));
}

template <class Method>
GoldenCourse golden(const Method& method, const typename Method::State& start, const ExpectedCourse& expected) {
  const SaddleInstance on = two_saddles();
  return {descent_instance(DescentCase<Method, Quadratic<Rational>>{on.f, on.facts, method, start, {}, on.name}),
          expected,
          true,
          {}};
}

Vector<Rational> golden_start() {
  Vector<Rational> x(2);
  x << 2, 1;
  return x;
}

template <class Method>
GoldenCourses from_start(const Method& method, const ExpectedCourse& expected) {
  return [=] {
    return std::vector<GoldenCourse>{golden(method, method.initial(two_saddles().f, golden_start()), expected)};
  };
}

const Rational half(1, 2);

const ExpectedCourse marina_course{
    "5/4 45/49 51895/76832 7495755/15059072",
    "5/2 90/49 51895/38416 7495755/7529536 1085005245/1475789056 157353651795/289254654976",
    "0 55/784 13635/153664 2549685/30118144"};
const ExpectedCourse natural_course{"", "- - 207385/153664", "0 25/3136 2693/351232"};
const ExpectedCourse pp_course{"", "5/2 81/40 3283/2000", "0 1/8 2729/16000"};
const ExpectedCourse diana_course{"", "5/2 913/400 1327257/640000", "21 1777/160 764473/128000"};

const PlainMarina marina{{1}, Rational(1, 7), half};
const PpMarina<Rational, RandK> pp_marina{{1}, Rational(1, 10), half, {1}};
const Diana<Rational, RandK> diana{{1}, Rational(1, 20), half};

template <class Wrong, class Method>
Mutant<GoldenCourses> wrong(const std::string& name, const Method& method, const ExpectedCourse& expected) {
  return {name, from_start(Wrong{method}, expected)};
}

Claim golden_claim(const std::string& subject, const std::string& title, const std::string& statement,
                   const GoldenCourses& stated, std::vector<Mutant<GoldenCourses>> mutants) {
  return {"marina/" + subject + "/golden",
          title + " gives the golden moments",
          statement,
          {"two saddles of verify/claims/nonconvex_instances.hpp, x^0 = (2, 1)"},
          "computed by a program of its own in another language",
          {make_check<GoldenCourses>(Layer::exact, Level::exact, golden_courses, stated, std::move(mutants))}};
}

Claim marina_golden() {
  const Marina<Rational, Natural> natural{{}, Rational(1, 7), half};
  const auto both = [=] {
    std::vector<GoldenCourse> all = from_start(marina, marina_course)();
    all.back().states = {1, 5, 25, 121};
    all.push_back(from_start(natural, natural_course)().front());
    all.back().affine = false;
    return all;
  };
  const auto from_zero = [] {
    const auto start = marina.initial(two_saddles().f, golden_start(), Vector<Rational>(Vector<Rational>::Zero(2)));
    return std::vector<GoldenCourse>{golden(marina, start, marina_course)};
  };
  const PlainMarina rarely{{1}, Rational(1, 7), Rational(1, 3)};
  return golden_claim(
      "marina", "MARINA",
      "E gap, E|grad f(x^k)|^2, E|g^k - grad f(x^k)|^2 for RandK with k <= 5 and natural compression with k <= 2; "
      "the states "
      "of RandK are 1, 5, 25, 121",
      both,
      {wrong<DifferenceOfMessages>("Q(grad f_i(x+)) - Q(grad f_i(x))", marina, marina_course),
       wrong<NewGradientCompressed>("the new gradient compressed, not the difference", marina, marina_course),
       wrong<OldGradientsOfTheNewPoint>("the old gradients are those of the new point", marina, marina_course),
       wrong<OwnCoins>("every worker draws its own coin", marina, marina_course),
       wrong<CoinInverted>("p in place of 1 - p, p = 1/3", rarely, marina_course),
       {"g^0 = 0", from_zero}});
}

}  // namespace

std::vector<Claim> claims() {
  return {marina_golden(),
          golden_claim("pp-marina", "PP-MARINA", "E|grad f(x^k)|^2, E|g^k - grad f(x^k)|^2 for k <= 2, one slot",
                       from_start(pp_marina, pp_course),
                       {wrong<DividedByWorkers<WithReplacement>>("messages divided by n instead of r", pp_marina,
                                                                 pp_course)}),
          golden_claim("diana", "DIANA", "E|grad f(x^k)|^2, E H_k for k <= 2, from zero shifts",
                       from_start(diana, diana_course),
                       {wrong<LearnedShiftsUsed>("the estimator takes the new shifts", diana, diana_course)})};
}

}  // namespace touchstone::inline v0::registry::marina_golden
