#pragma once
/// \file
/// DIANA, EC-SGD-DIANA and EC-LSVRG-DIANA, as one rank sees them. Every rank keeps the model and the mean of all shifts, and
/// applies all messages to them in the order of the workers: the same numbers on every rank, however many there are. What
/// belongs to a worker its own rank keeps.

#include <span>
#include <vector>

#include "data.hpp"
#include "draws.hpp"
#include "exchange.hpp"
#include "options.hpp"

class Run {
 public:
  /// `options` with all its numbers, `f` and `exchange` outlive the run. Begins at x = 0 with zero shifts and errors, w_i = x.
  Run(const Options& options, const Shards& f, Exchange& exchange);

  /// Iteration k.
  void step(int k);

  /// The state, of length d each: the model; of this rank's workers, one after the other, shifts, errors, reference points.
  std::vector<double> x, h, e, w;

  /// Of the last step: the entries that worker i sent for the model, the same everywhere.
  [[nodiscard]] std::span<const Entry> message(int i) const {
    return {received_.data() + static_cast<std::size_t>(i * entries_per_worker()),
            static_cast<std::size_t>(for_model_)};
  }

 private:
  [[nodiscard]] bool mistaken(Fault fault) const { return fault == fault_; }
  [[nodiscard]] int entries_per_worker() const { return for_model_ + for_shifts_; }
  [[nodiscard]] std::span<double> of(std::vector<double>& all, int i) const {
    return std::span(all).subspan(static_cast<std::size_t>(i) * d_, d_);
  }

  void diana_worker(int i, int k);
  void diana_server();
  void ec_worker(int i, int k);
  void ec_server();
  void estimate(int i, Draws& draws);
  void rand_k(int k, Draws& draws);
  void top_k(std::span<const double> y);

  const Options& options_;
  const Shards& f_;
  Exchange& exchange_;
  std::size_t d_;
  double n_;
  Fault fault_;     ///< of this rank
  int for_model_;   ///< entries a worker sends for the model
  int for_shifts_;  ///< and for the shifts, where these are others

  std::vector<double> mean_h_;               ///< (1/n) sum_i h_i over all workers
  std::vector<double> reference_gradients_;  ///< grad f_i(w_i)
  std::vector<double> x_before_;             ///< of the iteration before, for the fault
  std::vector<double> g_, other_;            ///< scratch, length d
  std::vector<int> kept_, order_;
  std::vector<Entry> compressed_, own_, received_;
};
