// Trajectories to the last bit, to be compared between compilers: every method, in double and with 50 digits.

#include <iomanip>
#include <iostream>

#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/numbers/real.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace {

using namespace touchstone;  // NOLINT(google-build-using-namespace): a program of one file

/// Twelve rows of four features, a third of them zero.
SparseData data() {
  SparseData made{"made up", SparseRows<double>(12, 4), {}};
  for (Index r = 0; r < 12; ++r) {
    for (Index c = 0; c < 4; ++c)
      if ((r + c) % 3 != 0) made.rows.insert(r, c) = static_cast<double>((7 * r + 5 * c) % 11 - 5) / 3;
    made.labels.push_back(r % 2 == 0 ? 1 : -1);
  }
  return made;
}

template <class S, class Method>
void print_run(const char* name, const Method& method, Index workers) {
  const LogisticRegression<S> f(data(), workers, ratio<S>(1, 10));
  auto state = method.initial(f, Vector<S>(Vector<S>::Zero(f.dimension())));
  Seeded random(1);
  for (Index k = 0; k < 100; ++k) {
    random.begin_iteration(k);
    state = method.step(f, std::move(state), random);
  }
  std::cout << name;
  for (Index c = 0; c < state.x.size(); ++c) std::cout << ' ' << state.x[c];
  std::cout << '\n';
}

template <class S>
void print_all() {
  const S gamma = ratio<S>(1, 10);
  print_run<S>("gd", Gd<S>{gamma}, 3);
  print_run<S>("saga", Saga<S>{gamma}, 1);
  print_run<S>("l-svrg", LSvrg<S>{gamma, ratio<S>(1, 12)}, 1);
  print_run<S>("diana", Diana<S, RandK>{{2}, gamma, ratio<S>(1, 2)}, 3);
  print_run<S>("diana sampled", Diana<S, RandK, SampledComponent>{{2}, gamma, ratio<S>(1, 2)}, 3);
  print_run<S>("parallel-sgd", ParallelSgd<S, TopK>{{1}, gamma}, 3);
  print_run<S>("ec-gd", EcGd<S, TopK>{{{1}}, gamma}, 3);
}

}  // namespace

int main() {
  std::cout << std::hexfloat;
  print_all<double>();
  std::cout << std::defaultfloat << std::setprecision(55);
  print_all<Real<50>>();
}
