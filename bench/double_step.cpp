// A step in double on logistic regression of a9a's size with 20 workers, against its bare gradient products: for
// every worker A_i x and A_i'y with Eigen's sparse matrices, on the same data. The products hold no exponential, no
// compressor and no random choice; the step holds all of them.

#include <utility>
#include <vector>

#include "bench/paired.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::bench {
namespace {

constexpr Index n = 20;
constexpr Index K = 12;  // a tenth of the coordinates

struct BareProducts {
  std::vector<SparseRows<double>> shards;
  std::vector<Vector<double>> margins;
  Vector<double> g;

  explicit BareProducts(const LogisticRegression<double>& f) : g(f.dimension()) {
    for (Index i = 0; i < f.workers(); ++i) {
      shards.emplace_back(f.labelled_rows().middleRows(f.begin(i), f.components(i)));
      margins.emplace_back(f.components(i));
    }
  }
  void run(const Vector<double>& x) {
    for (std::size_t i = 0; i < shards.size(); ++i) {
      margins[i].noalias() = shards[i] * x;
      g.noalias() = shards[i].transpose() * margins[i];
      benchmark::DoNotOptimize(g.data());
      benchmark::ClobberMemory();
    }
  }
};

template <class Method>
void double_step(benchmark::State& state, const Method& method) {
  const LogisticRegression<double> f(census_data(), n, 1e-3);
  BareProducts bare(f);
  auto s = method.initial(f, Vector<double>::Zero(f.dimension()));
  const Vector<double> x = Vector<double>::Constant(f.dimension(), 1e-2);
  Seeded random(1);
  Index k = 0;
  compare(
      state, 1.3,
      [&] {
        random.begin_iteration(k++);
        s = method.step(f, std::move(s), random);
      },
      [&] { bare.run(x); });
}

void double_gd(benchmark::State& state) {
  double_step(state, Gd<double>{0.5});
}
void double_diana_rand_k(benchmark::State& state) {
  double_step(state, Diana<double, RandK>{{K}, 0.1, 0.05});
}
void double_ec_gd_top_k(benchmark::State& state) {
  double_step(state, EcGd<double, TopK>{{{K}}, 0.05});
}

BENCHMARK(double_gd)->Name("double/GD")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(double_diana_rand_k)->Name("double/DIANA(RandK)")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(double_ec_gd_top_k)->Name("double/EC-GD(TopK)")->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace touchstone::bench
