// Every outcome of a step of DIANA(RandK) on a small quadratic, against as many plain steps from the same state
// with seeded randomness.

#include <vector>

#include "bench/paired.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::bench {
namespace {

/// n = 3 workers, d = 4, small fractions everywhere.
template <Field S>
[[nodiscard]] Quadratic<S> small_quadratic() {
  constexpr Index n = 3;
  constexpr Index d = 4;
  std::vector<QuadraticForm<S>> forms;
  ProblemConstants<S> constants{S(9), S(1), {}, {}};  // not used by a step
  for (Index i = 0; i < n; ++i) {
    QuadraticForm<S> form{Matrix<S>(d, d), Vector<S>(d)};
    for (Index r = 0; r < d; ++r) {
      for (Index c = 0; c < d; ++c) form.A(r, c) = r == c ? integer<S>(3 + i + r) : ratio<S>(1, 1 + i + r + c);
      form.b[r] = ratio<S>(r - i, 3);
    }
    forms.push_back(form);
    constants.L_i.push_back(S(9));
    constants.L_ij.push_back({S(9)});
  }
  return {forms, constants};
}

/// S of the step, W of the probabilities.
template <Field S, Field W>
void enumeration(benchmark::State& state) {
  const Quadratic<S> f = small_quadratic<S>();
  const Diana<S, RandK> method{{2}, ratio<S>(1, 40), ratio<S>(1, 2)};
  Vector<S> x(f.dimension());
  for (Index c = 0; c < x.size(); ++c) x[c] = ratio<S>(c + 1, 7);
  const auto start = method.initial(f, x);
  Seeded seeded(1);
  Index k = 0;
  std::size_t outcomes = 0;
  compare(
      state, 1.5,
      [&] {
        outcomes = for_each_outcome<W>([&](auto& random) { return method.step(f, start, random); },
                                       [](const W& probability, const auto& next) {
                                         benchmark::DoNotOptimize(&probability);
                                         benchmark::DoNotOptimize(next.x.data());
                                       });
      },
      [&] {
        for (std::size_t step = 0; step < outcomes; ++step) {
          seeded.begin_iteration(k++);
          const auto next = method.step(f, start, seeded);
          benchmark::DoNotOptimize(next.x.data());
        }
      });
  state.counters["outcomes"] = static_cast<double>(outcomes);
}

void rational(benchmark::State& state) {
  enumeration<Rational, Rational>(state);
}
void with_double(benchmark::State& state) {
  enumeration<double, double>(state);
}

BENCHMARK(rational)->Name("enumerate/rational")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(with_double)->Name("enumerate/double")->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace touchstone::bench
