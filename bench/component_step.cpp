// A step that looks at one row of the data, in double, on logistic regression of a9a's size: SAGA and L-SVRG. Bare is the
// same arithmetic as a loop by hand over arrays: the row's products, its exponential, and the vector sums of the pseudocode
// in one pass, at rows drawn beforehand; no method, no state, no random choice. A row has 14 entries and a vector 123, so
// the sums weigh more than the products, and SAGA's table does not fit the cache.

#include <cmath>
#include <utility>
#include <vector>

#include "bench/paired.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::bench {
namespace {

constexpr Index steps = 10'000;
constexpr double lambda = 1e-3;
constexpr double gamma = 1e-3;

/// The gradient of a row's function at x into g.
class RowProducts {
 public:
  explicit RowProducts(const LogisticRegression<double>& f) : rows_(f.labelled_rows()) {}
  void gradient(Index r, const Vector<double>& x, Vector<double>& g) const {
    const int* columns = rows_.innerIndexPtr();
    const double* entries = rows_.valuePtr();
    const int first = rows_.outerIndexPtr()[r];
    const int last = rows_.outerIndexPtr()[r + 1];
    double margin = 0;
    for (int k = first; k < last; ++k) margin += entries[k] * x[columns[k]];
    const double slope = 1 / (1 + std::exp(margin));
    for (Index c = 0; c < x.size(); ++c) g[c] = lambda * x[c];
    for (int k = first; k < last; ++k) g[columns[k]] -= entries[k] * slope;
  }

 private:
  const SparseRows<double>& rows_;
};

std::vector<Index> drawn_rows(Index rows) {
  Seeded random(2);
  std::vector<Index> drawn;
  for (Index k = 0; k < steps; ++k) {
    random.begin_iteration(k);
    drawn.push_back(random.choose(rows));
  }
  return drawn;
}

template <class Method, class Bare>
void component_steps(benchmark::State& state, const LogisticRegression<double>& f, const Method& method,
                     Bare&& bare) {
  auto s = method.initial(f, Vector<double>::Zero(f.dimension()));
  Seeded random(1);
  Index k = 0;
  compare(
      state, 1.3,
      [&] {
        for (Index i = 0; i < steps; ++i) {
          random.begin_iteration(k++);
          s = method.step(f, std::move(s), random);
        }
      },
      std::forward<Bare>(bare));
}

void double_saga(benchmark::State& state) {
  const LogisticRegression<double> f(census_data(), 1, lambda);
  const RowProducts products(f);
  const std::vector<Index> drawn = drawn_rows(f.rows());
  const auto m = static_cast<double>(f.rows());
  Vector<double> x = Vector<double>::Zero(f.dimension());
  Vector<double> g = x;
  Vector<double> mean = x;
  std::vector<Vector<double>> table(static_cast<std::size_t>(f.rows()), x);
  component_steps(state, f, Saga<double>{gamma}, [&] {
    for (const Index j : drawn) {
      Vector<double>& T_j = table[static_cast<std::size_t>(j)];
      products.gradient(j, x, g);
      for (Index c = 0; c < x.size(); ++c) {
        const double change = g[c] - T_j[c];
        x[c] -= gamma * (change + mean[c]);
        mean[c] += change / m;
        T_j[c] = g[c];
      }
    }
  });
}

void double_l_svrg(benchmark::State& state) {
  const LogisticRegression<double> f(census_data(), 1, lambda);
  const RowProducts products(f);
  const std::vector<Index> drawn = drawn_rows(f.rows());
  Vector<double> x = Vector<double>::Zero(f.dimension());
  Vector<double> w = x;
  Vector<double> g = x;
  Vector<double> g_w = x;
  const Vector<double> reference = x;
  component_steps(state, f, LSvrg<double>{gamma, 1e-7}, [&] {  // a refreshed reference costs what its products cost
    for (const Index j : drawn) {
      products.gradient(j, x, g);
      products.gradient(j, w, g_w);
      for (Index c = 0; c < x.size(); ++c) x[c] -= gamma * (g[c] - g_w[c] + reference[c]);
    }
  });
}

BENCHMARK(double_saga)->Name("double/SAGA")->UseManualTime()->Unit(benchmark::kMillisecond);
BENCHMARK(double_l_svrg)->Name("double/L-SVRG")->UseManualTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace touchstone::bench
