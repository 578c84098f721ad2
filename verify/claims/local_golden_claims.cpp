// Golden values of chapter 4: exact expectations along the first four steps, from a program of its own in another language.
#include <algorithm>
#include <sstream>

#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/s_star_local_sgd_star.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "verify/claims/local_faults.hpp"
#include "verify/claims/local_golden.hpp"
#include "verify/claims/registry.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0::registry::local_golden {

namespace {

/// Expectations of gap and V at k = 1, ..., 4 and of s1 or s2 at k = 0, ..., 4 where the method has it.
struct ExpectedMoments {
  std::string gap, V, s;
};

/// Runs from x^0 = 1, each with its probability: one, or one for each draw of the first shifts.
struct GoldenRuns {
  std::string where;
  std::vector<std::pair<Rational, LocalInstance>> runs;
  ExpectedMoments expected;
  Rational LocalQuantities::*s;  ///< the sequence that is compared
};
using GoldenMoments = std::function<std::vector<GoldenRuns>()>;

constexpr Index golden_steps = 4;

std::vector<Rational> fractions(const std::string& list) {
  std::istringstream in(list);
  std::vector<Rational> all;
  for (std::string one; in >> one;) all.emplace_back(one);
  return all;
}

Finding golden_moments(const CheckContext& context, const GoldenMoments& stated) {
  Seeded random = context.random("golden");
  Inspection inspection;
  for (const GoldenRuns& golden : stated()) {
    std::vector<std::vector<Rational>> sums(3, std::vector<Rational>(golden_steps + 1, Rational(0)));
    for (const auto& [probability, run] : golden.runs) {
      const Index size = run.start.size();
      const QuadraticFunctions functions = [&of = run, s = golden.s](const Vector<Rational>& z) {
        const LocalQuantities at = of.quantities(z);
        return std::vector<Rational>{at.gap, at.V, at.*s};
      };
      const std::vector<Vector<Rational>> states{random_vector(random, size)};
      const SecondMoments moments(
          run.phases, [&of = run](const Vector<Rational>& z) { return of.quantities(z).V; }, size, states);
      const auto found =
          moments.expectations<Rational>(quadratic_forms(functions, size, states), run.start, golden_steps);
      for (std::size_t of = 0; of < sums.size(); ++of)
        for (std::size_t k = 0; k < sums[of].size(); ++k) sums[of][k] += probability * found[of][k];
    }
    const auto compare = [&](const std::vector<Rational>& found, const std::string& list, const char* what) {
      const std::vector<Rational> expected = fractions(list);
      const std::size_t first = found.size() - std::min(found.size(), expected.size());
      for (std::size_t k = first; k < found.size(); ++k)
        inspection.equal(found[k], expected[k - first],
                         [&] { return fmt::format("{}: E {} at k={}", golden.where, what, k); });
    };
    compare(sums[0], golden.expected.gap, "gap");
    compare(sums[1], golden.expected.V, "V");
    if (!golden.expected.s.empty()) compare(sums[2], golden.expected.s, "s");
  }
  return inspection.finding(fmt::format("{} golden values", inspection.comparisons()));
}

const Rational golden_gamma(1, 16);
const Rational half(1, 2);
const Vector<Rational> golden_start = Vector<Rational>::Ones(1);

template <class Method>
LocalInstance golden_run(Method method, const typename Method::State& start,
                         const LocalVariation<Method>& variation) {
  const NamedQuadratic on = two_on_the_line();
  method.gamma = golden_gamma;
  LocalCase<Method> at{on.f, on.x_star, method, start, local_solution(method, on), {}, on.name};
  return detail::local_instance(std::move(at), variation);
}

/// From reference points at x^0.
struct FromTheStart {
  template <class Method>
  GoldenRuns operator()(const std::string& where, const Method& method, const ExpectedMoments& expected,
                        const LocalVariation<Method>& variation = {}) const {
    const auto start = method.initial(two_on_the_line().f, golden_start);
    return {where, {{1, golden_run(method, start, variation)}}, expected, &LocalQuantities::s2};
  }
};

/// From shifts that are drawn at x^0.
struct FromDrawnShifts {
  template <class Method>
  GoldenRuns operator()(const std::string& where, const Method& method, const ExpectedMoments& expected,
                        const LocalVariation<Method>& variation = {}) const {
    const Quadratic<Rational> f = two_on_the_line().f;
    GoldenRuns golden{where, {}, expected, &LocalQuantities::s1};
    for_each_outcome<Rational>([&](auto& random) { return method.shift.draw(f, golden_start, random); },
                               [&](const Rational& probability, const std::vector<Vector<Rational>>& h) {
                                 auto start = method.initial(f, golden_start);
                                 start.h = h;
                                 golden.runs.emplace_back(probability, golden_run(method, start, variation));
                               });
    return golden;
  }
};

/// What is expected with tau = 2, and with p = 1/2.
struct BySchedule {
  ExpectedMoments every_other, by_coin;
};

const BySchedule local_sgd_moments{
    {"721/6144 32263/393216 24269983/402653184 4549991839/103079215104", "9/1024 0 602631/67108864 0", ""},
    {"721/6144 1045481/12582912 1541054005/25769803776 "
     "2330361752849/52776558133248",
     "9/2048 32065/4194304 83414317/8589934592 193685641385/17592186044416", ""}};
const BySchedule local_svrg_moments{
    {"169/1536 27565/393216 18670453/402653184 2971000213/103079215104", "1/256 0 331245/67108864 0",
     "25/18 25/18 3005/2304 2227685/2359296 476222645/603979776"},
    {"169/1536 224549/3145728 294344833/6442450944 380938634669/13194139533312",
     "1/512 4765/1048576 14065305/2147483648 35031121893/4398046511104",
     "25/18 25/18 22645/18432 38314865/37748736 62484334045/77309411328"}};
const BySchedule s_star_moments{
    {"721/6144 11205/131072 8401677/134217728 1649815053/34359738368", "49/9216 0 290639/67108864 0", ""},
    {"721/6144 1067113/12582912 540620519/8589934592 2536920609169/52776558133248",
     "49/18432 131017/37748736 30633901/8589934592 542412509809/158329674399744", ""}};
const BySchedule ss_moments{
    {"721/6144 532729/6291456 399742561/6442450944 77766712801/1649267441664", "5/512 0 9474809/1073741824 0",
     "65/18 65/18 122857/36864 113175121/37748736 103919538553/38654705664"},
    {"721/6144 531001/6291456 801628133/12884901888 1245723497473/26388279066624",
     "5/1024 15441/2097152 34984925/4294967296 71644945689/8796093022208",
     "65/18 65/18 122857/36864 113131921/37748736 207837405533/77309411328"}};
const BySchedule s_star_star_moments{
    {"227/2048 117161/1572864 26595547/536870912 13726699921/412316860416", "1/1024 0 117161/268435456 0", ""},
    {"227/2048 932405/12582912 426680411/8589934592 586564484671/17592186044416",
     "1/2048 23189/37748736 14157307/25769803776 22619722591/52776558133248", ""}};
const BySchedule s_local_svrg_moments{
    {"169/1536 114289/1572864 77350489/1610612736 13039234681/412316860416", "0 0 18225/268435456 0",
     "25/18 25/18 10625/9216 8297225/9437184 6181941425/9663676416"},
    {"169/1536 114289/1572864 154483613/3221225472 208670145049/6597069766656",
     "0 9/524288 50517/1073741824 150982001/2199023255552",
     "25/18 25/18 10625/9216 8297225/9437184 12358448725/19327352832"}};

/// The golden runs of made(schedule), from where Start says.
template <class Start, class Made>
GoldenMoments with_both(const Made& made, const BySchedule& expected,
                        const EitherSchedule& every_other = DeterministicSchedule::every(2),
                        const EitherSchedule& by_coin = RandomSchedule<Rational>{half}) {
  return [=] {
    return std::vector<GoldenRuns>{Start()("tau=2", made(every_other), expected.every_other),
                                   Start()("p=1/2", made(by_coin), expected.by_coin)};
  };
}

/// The claim of a method, with mutants that every method has.
template <class Start, class Made>
Claim local_golden(const std::string& subject, const std::string& title, const Made& made,
                   const BySchedule& expected, std::vector<Mutant<GoldenMoments>> mutants) {
  using Method = decltype(made(EitherSchedule(DeterministicSchedule::every(1))));
  const GoldenMoments one_sample = [=] {
    const LocalVariation<Method> shared{.shared_choices = true};
    return std::vector<GoldenRuns>{
        Start()("tau=2", made(DeterministicSchedule::every(2)), expected.every_other, shared),
        Start()("p=1/2", made(RandomSchedule<Rational>{half}), expected.by_coin, shared)};
  };
  const auto own_coins = [=](const EitherSchedule& schedule) {
    return CoinPerWorker<Method>{made(schedule), half};
  };
  mutants.push_back(
      {"the schedule is off by one", with_both<Start>(made, expected, DeterministicSchedule({1, 2, 2}))});
  mutants.push_back(
      {"never synchronized", with_both<Start>(made, expected, DeterministicSchedule::every(golden_steps + 1))});
  mutants.push_back({"a coin of the schedule for every worker", with_both<Start>(own_coins, expected)});
  mutants.push_back({"one sample for all workers", one_sample});
  return {"local/" + subject + "/golden",
          title + " gives the golden moments",
          "E (f(x^k) - f(x*)), E V_k and E s_k for k <= 4, exactly, with tau = 2 and with p = 1/2",
          {"the instance of verify/claims/local_golden_claims.cpp"},
          "computed by a program of its own in another language",
          {make_check<GoldenMoments>(Layer::moments, Level::exact, golden_moments, with_both<Start>(made, expected),
                                     mutants)}};
}

template <class Start, class Made>
Mutant<GoldenMoments> golden_mutant(const std::string& name, const Made& made, const BySchedule& expected) {
  return {name, with_both<Start>(made, expected)};
}

using Complete = SLocalSvrg<Rational, EitherSchedule>;

StarShift<Rational> star_shift() {
  const NamedQuadratic on = two_on_the_line();
  return StarShift<Rational>::of(on.f, on.x_star);
}
StarReference<Rational> star_reference() {
  const NamedQuadratic on = two_on_the_line();
  return StarReference<Rational>::of(on.f, on.x_star);
}

Claim complete_golden() {
  const RefreshCoin<Rational> coin = RefreshCoin<Rational>::independent(half);
  const auto of = [coin](auto shift) {
    return [=](const EitherSchedule& schedule) {
      return LocalMethod<Rational, EitherSchedule, CommonReference<Rational>, decltype(shift)>{
          0, schedule, {coin}, shift};
    };
  };
  const auto complete = of(ReferenceShift<Rational>());
  const auto referring = [complete](auto where) {
    return [=](const EitherSchedule& schedule) { return OtherReference<Complete>{complete(schedule), where}; };
  };
  const auto mutant = [](const std::string& name, const auto& made) {
    return golden_mutant<FromTheStart>(name, made, s_local_svrg_moments);
  };
  return local_golden<FromTheStart>(
      "s-local-svrg", "S-Local-SVRG", complete, s_local_svrg_moments,
      {mutant("no shift", of(NoShift<Rational>())), mutant("the shifts do not sum to zero", of(ShiftWithoutMean())),
       mutant("the sign of the shift", of(ShiftOfWrongSign())),
       mutant("the reference point is refreshed after the step", referring(average_after_the_step)),
       mutant("the reference point is one worker's iterate", referring(first_worker))});
}

}  // namespace

std::vector<Claim> claims() {
  const auto plain = [](const EitherSchedule& schedule) { return LocalSgd<Rational, EitherSchedule>{0, schedule}; };
  const auto shifted = [](const EitherSchedule& schedule) {
    return SStarLocalSgd<Rational, EitherSchedule>{0, schedule, {}, star_shift()};
  };
  const auto reduced = [](const EitherSchedule& schedule) {
    return LocalSvrg<Rational, EitherSchedule>{0, schedule, {half}};
  };
  const auto learned = [](const EitherSchedule& schedule) {
    return SsLocalSgd<Rational, EitherSchedule>{0, schedule, {}, {RefreshCoin<Rational>::independent(half), 1, {}}};
  };
  const auto both_stars = [](const EitherSchedule& schedule) {
    return SStarLocalSgdStar<Rational, EitherSchedule>{0, schedule, star_reference(), star_shift()};
  };
  return {
      local_golden<FromTheStart>("local-sgd", "Local-SGD", plain, local_sgd_moments, {}),
      local_golden<FromTheStart>("local-svrg", "Local-SVRG", reduced, local_svrg_moments, {}),
      local_golden<FromTheStart>("s-star-local-sgd", "S*-Local-SGD", shifted, s_star_moments,
                                 {golden_mutant<FromTheStart>("no shift", plain, s_star_moments)}),
      local_golden<FromDrawnShifts>("ss-local-sgd", "SS-Local-SGD", learned, ss_moments, {}),
      local_golden<FromTheStart>("s-star-local-sgd-star", "S*-Local-SGD*", both_stars, s_star_star_moments,
                                 {golden_mutant<FromTheStart>("the noise stays", shifted, s_star_star_moments)}),
      complete_golden()};
}

}  // namespace touchstone::inline v0::registry::local_golden
