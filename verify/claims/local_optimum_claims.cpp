#include <fmt/format.h>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/local_svrg.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/numbers/real.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "verify/claims/data_sets.hpp"
#include "verify/claims/disagreeing_workers.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_optimum {

namespace {

using S = Real<50>;
using I = Interval<50>;

/// |x - x*|^2, x the average, after a seeded run from x^0 = 0.
template <class Method, class P>
I distance_after(const Method& method, const P& f, const Vector<I>& x_star, Index steps, Seeded random) {
  typename Method::State s = method.initial(f, Vector<S>(Vector<S>::Zero(f.dimension())));
  for (Index k = 0; k < steps; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
  }
  I sum(0);
  const Vector<S> x = average(s.x);
  for (Index c = 0; c < x.size(); ++c) {
    const I difference = I(x[c]) - x_star[c];
    sum += difference * difference;
  }
  return sum;
}

/// How far a run with the method ends from the solution, and where.
struct Distance {
  std::string where;
  I squared;
};
using Distances = std::function<std::vector<Distance>(const CheckContext&)>;

Finding thirty_digits(const CheckContext& context, const Distances& of) {
  Inspection inspection;
  std::string text;
  for (const Distance& distance : of(context)) {
    const S end = upper_end(distance.squared);
    inspection.holds(end < pow(S(10), -30),
                     [&] { return fmt::format("{}: |x - x*|^2 = {} < 1e-30", distance.where, end.str(3)); });
    text += fmt::format("{}{}: {}", text.empty() ? "|x - x*|^2 of " : ", ", distance.where, end.str(3));
  }
  return inspection.finding(text);
}

/// made(gamma, q) on the quadratic.
template <class Made>
Distances on_quadratic(const Made& made, Index steps) {
  return [=](const CheckContext& context) {
    Vector<I> x_star(2);
    x_star << I(1), I(-1);
    return std::vector<Distance>{
        {"the quadratic", distance_after(made(ratio<S>(1, 20), ratio<S>(1, 2)), disagreeing_workers<S>(), x_star,
                                         steps, context.random("quadratic"))}};
  };
}

constexpr Index data_workers = 3;

/// made(gamma, q) with q = 1/m on the real data, lambda = 1/8.
template <class Made>
Distances on_data(const Made& made, Index steps) {
  return [=](const CheckContext& context) {
    std::vector<Distance> all;
    for (const SolvedData& on : solved_data()) {
      const LogisticRegression<S> f(on.data, data_workers, S(SolvedData::lambda));
      const S L(LogisticRegression<double>(on.data, data_workers, SolvedData::lambda).constants().largest_L_ij());
      const auto method = made(S(S(1) / S(S(4) * L)), S(S(1) / integer<S>(f.components(0))));
      all.push_back({on.name, distance_after(method, f, on.enclosure, steps, context.random("run on " + on.name))});
    }
    return all;
  };
}

template <class Schedule>
auto complete(const Schedule& schedule) {
  return [schedule](const S& gamma, const S& q) {
    return SLocalSvrg<S, Schedule>{gamma, schedule, {RefreshCoin<S>::independent(q)}};
  };
}

}  // namespace

std::vector<Claim> claims() {
  using Fixed = DeterministicSchedule;
  const Fixed third = Fixed::every(3);
  const RandomSchedule<S> coin{ratio<S>(1, 3)};
  const auto unshifted = [third](const S& gamma, const S& q) { return LocalSvrg<S, Fixed>{gamma, third, {q}}; };
  const auto unreferenced = [third](const S& gamma, const S& q) {
    return SsLocalSgd<S, Fixed>{gamma, third, {}, {RefreshCoin<S>::independent(q), 1, {}}};
  };
  constexpr Index steps = 6000;
  constexpr Index data_steps = 25000;
  const auto check = [](const Distances& of, const std::vector<Mutant<Distances>>& mutants) {
    return make_check<Distances>(Layer::run, Level::measured, thirty_digits, of, mutants);
  };
  return {{"local/s-local-svrg/solution",
           "S-Local-SVRG finds the solution to 30 digits where the workers disagree",
           "|x^k - x*|^2 < 1e-30, x the average, with tau = 3 and with p = 1/3, in 50 digits",
           {"a quadratic with n = 3, m = 2; logistic regression, lambda = 1/8, on heart_scale and on what "
            "TOUCHSTONE_DATA "
            "has, n = 3"},
           "slide 76, row 11 (Algorithm 32)",
           {check(on_quadratic(complete(third), steps),
                  {{"Local-SVRG: no shifts", on_quadratic(unshifted, steps)},
                   {"SS-Local-SGD: no reference points", on_quadratic(unreferenced, steps)}}),
            check(on_quadratic(complete(coin), steps), {{"Local-SVRG: no shifts", on_quadratic(unshifted, steps)}}),
            check(on_data(complete(coin), data_steps),
                  {{"Local-SVRG: no shifts", on_data(unshifted, data_steps / 10)}})}}};
}

}  // namespace touchstone::inline v0::registry::local_optimum
