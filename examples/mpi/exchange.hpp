#pragma once
/// \file
/// Which rank holds which workers, and the two things that ranks tell each other.

#include <span>
#include <vector>

#include <mpi.h>

/// A coordinate that is sent.
struct Entry {
  int index;
  double value;
};

class Exchange {
 public:
  /// Workers 0, ..., n-1 in blocks that differ by one at most; ranks beyond n hold none.
  explicit Exchange(int n) : n_(n) {
    MPI_Comm_rank(MPI_COMM_WORLD, &rank_);
    MPI_Comm_size(MPI_COMM_WORLD, &ranks_);
    first_ = first_of(rank_);
    last_ = first_of(rank_ + 1);
  }

  [[nodiscard]] int rank() const { return rank_; }
  [[nodiscard]] int ranks() const { return ranks_; }
  [[nodiscard]] int workers() const { return n_; }
  /// The workers of this rank: first(), ..., last() - 1.
  [[nodiscard]] int first() const { return first_; }
  [[nodiscard]] int last() const { return last_; }
  [[nodiscard]] int held() const { return last_ - first_; }

  /// `own`, `per_worker` entries for each worker of the rank, reach all ranks: `all`, in the order of the workers. How much
  /// everyone sends is known beforehand, so that no sizes need be sent.
  void gather_everywhere(const std::vector<Entry>& own, int per_worker, std::vector<Entry>& all) {
    const int bytes = per_worker * static_cast<int>(sizeof(Entry));
    place(bytes);
    MPI_Allgatherv(own.data(), held() * bytes, MPI_BYTE, all.data(), counts_.data(), places_.data(), MPI_BYTE,
                   MPI_COMM_WORLD);
  }

  /// `own`, d numbers for each worker of the rank, reach rank 0: `all`, in the order of the workers.
  void gather_at_root(const std::vector<double>& own, int d, std::vector<double>& all) {
    place(d);
    if (rank_ == 0) all.resize(static_cast<std::size_t>(n_) * static_cast<std::size_t>(d));
    MPI_Gatherv(own.data(), held() * d, MPI_DOUBLE, all.data(), counts_.data(), places_.data(), MPI_DOUBLE, 0,
                MPI_COMM_WORLD);
  }

 private:
  [[nodiscard]] int first_of(int rank) const {
    return static_cast<int>(static_cast<long long>(rank) * n_ / ranks_);
  }
  void place(int per_worker) {
    counts_.clear();
    places_.clear();
    for (int r = 0; r < ranks_; ++r) {
      counts_.push_back((first_of(r + 1) - first_of(r)) * per_worker);
      places_.push_back(first_of(r) * per_worker);
    }
  }

  int n_;
  int rank_ = 0;
  int ranks_ = 1;
  int first_ = 0;
  int last_ = 0;
  std::vector<int> counts_;
  std::vector<int> places_;
};
