#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/local/s_local_svrg.hpp"
#include "touchstone/methods/local/s_star_local_sgd.hpp"
#include "touchstone/methods/local/ss_local_sgd.hpp"
#include "touchstone/randomness/transcript.hpp"
#include "touchstone/theory/local/local_sgd.hpp"
#include "touchstone/theory/local/s_local_svrg.hpp"
#include "touchstone/theory/local/s_star_local_sgd.hpp"
#include "touchstone/theory/local/ss_local_sgd.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"
#include "verify/figures/seeded_problem.hpp"

namespace touchstone::inline v0 {

namespace local_figure {

namespace {

using Problem = LogisticRegression<double>;

constexpr const char* caption =
    R"(The gap $f(x) - f(x^\star)$ at the workers' common iterate after a synchronization, against the vectors of
length $d$ that each worker has sent. Local-SGD stalls although its gradients are full here, without any
noise: between synchronizations each worker drifts to a solution of its own. S\*-Local-SGD, which knows the
gradients at the solution, SS-Local-SGD, which learns them, both with full gradients, and S-Local-SVRG, with
one component a step, go on to the solution. Workers synchronize every 4 steps, the last two methods after a
step with probability $1/4$; these also refresh what they learn, with probability $1/10$, which costs two
vectors. Every method has the stepsize of its theorem. Logistic regression with $\lambda = 1/8$, 60 rows
from a seed among 6 workers, the labels of each after a coordinate of its own, $d = 6$; double precision.)";

constexpr Index workers = 6;
constexpr Index tau = 4;         ///< steps between two synchronizations, in the mean where they are random
constexpr Index vectors = 2000;  ///< sent by each worker, then a run ends

/// The largest that all its bounds allow.
double gamma_of(const LocalStepsize<double>& stepsize) {
  double gamma = 1 / *std::max_element(stepsize.inverse.begin(), stepsize.inverse.end());
  for (const double bound : stepsize.inverse_square) gamma = std::min(gamma, 1 / std::sqrt(bound));
  return gamma;
}

/// What the server's coins say of an iteration: synchronized, and with a second coin refreshed.
struct Sent {
  bool synchronized = false, refreshed = false;
};
Sent sent_in(const Transcript& drawn, Index k) {
  std::vector<bool> coins;
  for (const Choice& choice : drawn)
    if (choice.kind == ChoiceKind::bernoulli && choice.place.worker == workers)
      coins.push_back(choice.answer.front() == 1);
  if (coins.empty()) return {(k + 1) % tau == 0, false};
  return {coins[0], coins.size() > 1 && coins[1]};
}

struct Drawing {
  const SeededProblem& problem;
  FigureData data{{{"", {"vectors that a worker has sent"}, {"f(x) - f(x*)", "", true}, {}}},
                  1,
                  "method,iteration,vectors,gap\n",
                  ""};
  std::vector<std::string> ends{};
};

/// Points where the workers have synchronized.
template <class Method>
void draw(const std::string& id, const std::string& name, const Method& method, Drawing& on) {
  const Problem& f = on.problem.f;
  const Index one_vector = f.workers() * f.dimension();
  const Index of_synchronization = method.synchronization_bits(f, 1) / one_vector;
  const Index of_refresh = method.refresh_bits(f, 1) / one_vector;
  Seeded source(1);
  typename Method::State s = method.initial(f, Vector<double>(Vector<double>::Zero(f.dimension())));
  Curve curve{name, {}};
  double gap = 0;
  const auto add = [&](Index k, Index sent) {
    gap = gap_on(on.problem, average(s.x));
    curve.points.emplace_back(fmt::format("{}", sent), plotted(gap));
    on.data.csv += csv_line({id, fmt::format("{}", k), fmt::format("{}", sent), plotted(gap)});
  };
  add(0, 0);
  Index sent = 0;
  Index next = 0;
  for (Index k = 0; sent < vectors; ++k) {
    Recorder<Seeded> random(source);
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
    const Sent now = sent_in(random.transcript(), k);
    if (now.synchronized) sent += of_synchronization;
    if (now.refreshed) sent += of_refresh;
    if (!now.synchronized || sent < next) continue;
    add(k + 1, sent);
    next = sent + vectors / 200;
  }
  on.data.charts.front().curves.push_back(std::move(curve));
  on.ends.push_back(fmt::format("{} {:.1e}", name, gap));
}

FigureData heterogeneous() {
  const SeededProblem problem = seeded_problem({60, 6, workers}, workers, 0.125);
  const double L = problem.f.constants().largest_L_i();
  const double component_L = problem.f.constants().largest_L_ij();
  const double n = workers;
  const double p = 1.0 / tau;
  const double q = 1.0 / 10;  // of a refresh
  const DeterministicSchedule every = DeterministicSchedule::every(tau);
  const RandomSchedule<double> at_random{p};
  Drawing on{problem};
  draw("local-sgd", "Local-SGD",
       LocalSgd<double, DeterministicSchedule, FullGradient>{gamma_of(local_sgd_uniform_stepsize<double>(L, tau)),
                                                             every},
       on);
  draw("s-star-local-sgd", "S*-Local-SGD",
       SStarLocalSgd<double, DeterministicSchedule, FullGradient>{
           gamma_of(s_star_local_sgd_stepsize<double>(L, tau)),
           every,
           {},
           StarShift<double>::of(problem.f, problem.x_star)},
       on);
  draw("ss-local-sgd", "SS-Local-SGD",
       SsLocalSgd<double, RandomSchedule<double>, FullGradient>{
           gamma_of(ss_local_sgd_uniform_stepsize<double>(L, p)),
           at_random,
           {},
           {RefreshCoin<double>::independent(q), 1}},
       on);
  draw("s-local-svrg", "S-Local-SVRG",
       SLocalSvrg<double, RandomSchedule<double>>{
           gamma_of(s_local_svrg_sharp_stepsize<double>(L, component_L, n, p)),
           at_random,
           {RefreshCoin<double>::independent(q)}},
       on);
  on.data.shows = fmt::format("f(x) - f(x*) when a worker has sent {} vectors: {},\n{}, {}, {}", vectors,
                              on.ends[0], on.ends[1], on.ends[2], on.ends[3]);
  return on.data;
}

}  // namespace

}  // namespace local_figure

std::vector<Figure> local_figures() {
  return {{"local-heterogeneous", "Local steps where the workers differ", local_figure::caption, "local",
           local_figure::heterogeneous}};
}

}  // namespace touchstone::inline v0
