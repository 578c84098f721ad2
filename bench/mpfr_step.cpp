// The same steps with 50 digits, against a bare loop of calls of MPFR on the same data. For every nonzero the loop
// holds the two multiplications and two additions of the gradient, nothing else; in the first set it also holds,
// for every row, the exponential, the addition and the division of the weight 1/(1 + exp(z)), in the second, which
// has no limit to keep, it does not. Neither holds compressors, random choices or the sums over workers.

#include <utility>
#include <vector>

#include "bench/paired.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/numbers/real.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::bench {
namespace {

using S = Real<50>;
constexpr Index n = 20;
constexpr Index K = 12;
constexpr Index rows = 8'000;

enum class Weights { computed, given };

/// g += sum_r w_r c_r, w_r = 1/(1 + exp(c_r'x)) or given.
class BareLoop {
 public:
  BareLoop(const LogisticRegression<S>& f, Weights weights) : rows_(f.labelled_rows()), weights_(weights) {
    g_ = Vector<S>::Zero(f.dimension());
    slope_ = ratio<S>(1, 3);
  }

  void run(const Vector<S>& x) {
    const auto* starts = rows_.outerIndexPtr();
    const auto* columns = rows_.innerIndexPtr();
    const S* entries = rows_.valuePtr();
    g_.setZero();
    mpfr_ptr product = product_.backend().data();
    mpfr_ptr margin = margin_.backend().data();
    mpfr_ptr slope = slope_.backend().data();
    for (Index r = 0; r < rows_.rows(); ++r) {
      mpfr_set_zero(margin, 1);
      for (auto k = starts[r]; k < starts[r + 1]; ++k) {
        mpfr_mul(product, entries[k].backend().data(), x[columns[k]].backend().data(), MPFR_RNDN);
        mpfr_add(margin, margin, product, MPFR_RNDN);
      }
      if (weights_ == Weights::computed) {
        mpfr_exp(slope, margin, MPFR_RNDN);
        mpfr_add_ui(slope, slope, 1, MPFR_RNDN);
        mpfr_ui_div(slope, 1, slope, MPFR_RNDN);
      }
      for (auto k = starts[r]; k < starts[r + 1]; ++k) {
        mpfr_ptr g = g_[columns[k]].backend().data();
        mpfr_mul(product, entries[k].backend().data(), slope, MPFR_RNDN);
        mpfr_add(g, g, product, MPFR_RNDN);
      }
    }
  }

 private:
  const SparseRows<S>& rows_;
  Weights weights_;
  Vector<S> g_;
  S product_;
  S margin_;
  S slope_;
};

template <class Method>
void mpfr_step(benchmark::State& state, const Method& method, Weights weights) {
  const LogisticRegression<S> f(census_data(rows), n, ratio<S>(1, 1000));
  BareLoop bare(f, weights);
  auto s = method.initial(f, Vector<S>::Zero(f.dimension()));
  Seeded random(1);
  Index k = 0;
  const auto step = [&] {
    random.begin_iteration(k++);
    s = method.step(f, std::move(s), random);
  };
  for (int warm = 0; warm < 3; ++warm) step();  // from a point whose digits are all in use
  const Vector<S> x = s.x;
  compare(state, weights == Weights::computed ? 1.5 : 0, step, [&] { bare.run(x); });
}

void gd(benchmark::State& state, Weights weights) {
  mpfr_step(state, Gd<S>{ratio<S>(1, 2)}, weights);
}
void diana(benchmark::State& state, Weights weights) {
  mpfr_step(state, Diana<S, RandK>{{K}, ratio<S>(1, 10), ratio<S>(1, 20)}, weights);
}
void ec_gd(benchmark::State& state, Weights weights) {
  mpfr_step(state, EcGd<S, TopK>{{{K}}, ratio<S>(1, 20)}, weights);
}

#define TOUCHSTONE_BENCH(function, weights, name) \
  BENCHMARK_CAPTURE(function, weights, Weights::weights)->Name(name)->UseManualTime()->Unit(benchmark::kMillisecond)

TOUCHSTONE_BENCH(gd, computed, "mpfr:50/GD");
TOUCHSTONE_BENCH(diana, computed, "mpfr:50/DIANA(RandK)");
TOUCHSTONE_BENCH(ec_gd, computed, "mpfr:50/EC-GD(TopK)");
TOUCHSTONE_BENCH(gd, given, "mpfr:50/GD, loop without exp");
TOUCHSTONE_BENCH(diana, given, "mpfr:50/DIANA(RandK), loop without exp");
TOUCHSTONE_BENCH(ec_gd, given, "mpfr:50/EC-GD(TopK), loop without exp");

}  // namespace
}  // namespace touchstone::bench
