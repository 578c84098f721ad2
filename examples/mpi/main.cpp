// DIANA, EC-SGD-DIANA and EC-LSVRG-DIANA over MPI, as one would write them for speed; README.md says more.

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>

#include <mpi.h>

#include "methods.hpp"
#include "trace.hpp"

namespace {

/// Defaults that depend on the data.
void complete(Options& options, const Shards& f) {
  const std::string d = std::to_string(f.features);
  if (options.rand_k > f.features || options.top_k > f.features)
    throw input_error("--rand-k, --top-k: expected at most " + d + ", the features of " + options.data);
  const auto fraction = [](int numerator, int denominator) {
    return Number{std::to_string(numerator) + "/" + std::to_string(denominator),
                  static_cast<double>(numerator) / denominator};
  };
  if (options.alpha.text.empty()) options.alpha = fraction(options.rand_k, f.features);
  if (options.lambda.text.empty()) options.lambda = fraction(1, f.rows);
  const int m = f.rows / options.workers + (f.rows % options.workers > 0 ? 1 : 0);
  if (options.p.text.empty()) options.p = fraction(1, m);
}

/// What a rank needs to begin. Throws input_error.
struct Prepared {
  Prepared(Options given, Exchange& exchange)
      : options(std::move(given)), f(options.data, options.workers, exchange.first(), exchange.last()) {
    if (options.fault_rank >= exchange.ranks())
      throw input_error("--fault-rank: found " + std::to_string(options.fault_rank) + ", expected a rank below " +
                        std::to_string(exchange.ranks()));
    complete(options, f);
    f.lambda = options.lambda.value;
    if (!options.trace.empty() && exchange.rank() == 0) trace.emplace(options, f.features);
  }

  Options options;
  Shards f;
  std::optional<Trace> trace;  ///< rank 0's
};

/// |grad f(x)|^2, at rank 0.
double squared_gradient(const Run& run, const Shards& f, const Exchange& exchange) {
  std::vector<double> g(run.x.size());
  std::vector<double> sum(run.x.size());
  std::vector<double> total(run.x.size());
  for (int i = 0; i < exchange.held(); ++i) {
    f.gradient(i, run.x, g);
    for (std::size_t c = 0; c < g.size(); ++c) sum[c] += g[c] / exchange.workers();
  }
  MPI_Reduce(sum.data(), total.data(), static_cast<int>(sum.size()), MPI_DOUBLE, MPI_SUM, 0, MPI_COMM_WORLD);
  double square = 0;
  for (const double t : total) square += t * t;
  return square;
}

/// Rank 0 writes, but all ranks tell it what they keep.
void trace_state(Prepared& prepared, const Run& run, Exchange& exchange, int k) {
  std::vector<double> h;
  std::vector<double> e;
  std::vector<double> w;
  exchange.gather_at_root(run.h, prepared.f.features, h);
  if (prepared.options.method != Method::diana) exchange.gather_at_root(run.e, prepared.f.features, e);
  if (prepared.options.method == Method::ec_lsvrg_diana) exchange.gather_at_root(run.w, prepared.f.features, w);
  if (prepared.trace) prepared.trace->state(k, run.x, h, e, w);
}

void iterate(Prepared& prepared, Exchange& exchange) {
  const Options& options = prepared.options;
  std::optional<Trace>& trace = prepared.trace;
  Run run(options, prepared.f, exchange);
  const auto start = std::chrono::steady_clock::now();
  for (int k = 0; k < options.iterations; ++k) {
    if (!options.trace.empty()) trace_state(prepared, run, exchange, k);
    run.step(k);
    if (!trace) continue;
    trace->messages(options.workers, [&](int i) { return run.message(i); });
    trace->end_line();
  }
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  if (!options.trace.empty()) trace_state(prepared, run, exchange, options.iterations);
  if (trace) {
    trace->end_line();
    trace->commit();
  }
  const double square = squared_gradient(run, prepared.f, exchange);
  if (exchange.rank() == 0)
    std::printf("%s, %d workers on %d ranks: %d iterations in %.3f s, |grad f(x)|^2 = %.3e\n",
                options.method_name.c_str(), options.workers, exchange.ranks(), options.iterations, seconds,
                square);
}

/// All ranks begin, or none does: the first that cannot says why.
bool all_are_ready(const std::string& complaint) {
  int rank = 0;
  int ranks = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(MPI_COMM_WORLD, &ranks);
  const int mine = complaint.empty() ? ranks : rank;
  int first = ranks;
  MPI_Allreduce(&mine, &first, 1, MPI_INT, MPI_MIN, MPI_COMM_WORLD);
  if (first == rank) std::fprintf(stderr, "mpi_methods: %s\n", complaint.c_str());
  return first == ranks;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string(argv[1]) == "--help") {
    std::fputs(usage().c_str(), stdout);
    return 0;
  }
  MPI_Init(&argc, &argv);
  std::unique_ptr<Exchange> exchange;
  std::unique_ptr<Prepared> prepared;
  std::string complaint;
  try {
    const Options options = parse_options(argc, argv);
    exchange = std::make_unique<Exchange>(options.workers);
    prepared = std::make_unique<Prepared>(options, *exchange);
  } catch (const input_error& error) {
    complaint = error.what();
  }
  int status = 2;
  if (all_are_ready(complaint)) {
    try {
      iterate(*prepared, *exchange);
      status = 0;
    } catch (const input_error& error) {
      std::fprintf(stderr, "mpi_methods: %s\n", error.what());
      MPI_Abort(MPI_COMM_WORLD, status);
    }
  }
  MPI_Finalize();
  return status;
}
