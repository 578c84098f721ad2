#pragma once
/// \file
/// The judge of a compressor: what its contracts share. The contracts are in files by what they need.

#include <random>

#include "verify/oracle/conform/judge.hpp"
#include "verify/oracle/conform/law.hpp"

namespace touchstone::inline v0::oracle::conformance {

class OutcomeReader;

/// The compressor with parameters at a dimension, and the reference it claims to be.
struct Setting {
  ParameterValues values;
  Index d;
  std::string reference;  ///< "" if none is claimed
  std::optional<AnyCompressor<Rational>> exact;
  std::optional<AnyCompressor<double>> rounded;
  RoundingAllowance allowance;
  std::string about;  ///< members of a request
};

class CompressorJudge : public Judge {
 public:
  using Judge::Judge;
  void judge();

 private:
  using Visit = std::function<void(const Vector<double>&)>;

  // compressor_law.cpp: the law itself
  std::string law();
  std::string parameters();
  void require_law(const Setting& at, const Vector<double>& x, Index calls);
  void require_injected_law(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected);
  void require_sampled_law(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected, Index calls);
  void require_deterministic(const Setting& at, const Vector<double>& x);
  [[nodiscard]] std::optional<std::size_t> known_outcome(const Setting& at, const Vector<double>& x,
                                                         OutcomeReader& reader, const Vector<double>& y) const;
  void require_replays(const Setting& at, const Vector<double>& x);

  // compressor_draws.cpp: which draws are made
  std::string first_call();
  std::string require_first_calls(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected);
  std::string workers();
  void require_workers(const Setting& at, const Vector<double>& x, const OutcomeLaw& expected);
  void require_independent_items(const Setting& at, const Vector<double>& x);

  // compressor_moments.cpp: unbiasedness, omega, delta
  std::string unbiased();
  std::string omega();
  std::string delta();
  std::string constants();
  std::string bounded_error(const Setting& at, double bound, const char* what);
  std::optional<Rational> declared(const char* name, const Setting& at);
  std::optional<double> variance_bound(const Setting& at);

  // compressor_edges.cpp: what needs no statistics
  std::string support();
  std::string sparsity();
  std::string zero();
  std::string equivariance();
  using Image = std::function<Vector<double>(const Vector<double>&)>;
  void require_image(const Setting& at, const Vector<double>& x, const Image& map, const char* what);
  void require_sampled_image(const Setting& at, const Vector<double>& x, const Image& map, const char* what);
  std::string purity();
  std::string counting();
  void require_bits(const Setting& at, const Rational& bits);
  std::string edges();
  void require_edge(const Setting& at, const Vector<double>& x);
  std::string lists();
  std::string projection();
  std::string degenerate();
  std::string index_width();

  // compressor_judge.cpp
  [[nodiscard]] Setting setting(const ParameterValues& values, Index d) const;
  [[nodiscard]] Setting usual() const { return setting(subject_.usual(), subject_.dimensions.front()); }
  /// The usual parameters, at every dimension that is tried and not above `largest`.
  [[nodiscard]] std::vector<Setting> small_settings(Index largest) const;
  [[nodiscard]] TapedCall taped(const Setting& at, const Vector<double>& x) const;
  /// One output: of a seed, or of the first tape where the harness takes no seeds.
  [[nodiscard]] Vector<double> one_output(const Setting& at, const Vector<double>& x);
  /// The outputs for this source, of the vector's dimension.
  void outputs(const Setting& at, const Vector<double>& x, const Source& source, const Visit& visit);
  /// `calls` outputs, as many as the budget allows.
  void sample(const Setting& at, const Vector<double>& x, Index calls, const Visit& visit);
  [[nodiscard]] const OutcomeLaw& injected_law(const Setting& at, const Vector<double>& x);
  [[nodiscard]] bool injected() const { return way() == Way::injected; }
  /// Whether the law is taken from tapes: where there are few outcomes; from samples otherwise.
  [[nodiscard]] bool enumerable(const Setting& at) const { return injected() && at.d <= 5; }
  [[nodiscard]] bool takes_seeds() const {
    return subject_.supports(Way::black_box) || subject_.supports(Way::replayed);
  }
  [[nodiscard]] Json witness(const Setting& at, const Vector<double>& x) const;
  void require_dimension_of(const Setting& at, const Vector<double>& x, const Vector<double>& y) const;

  std::map<std::string, OutcomeLaw> laws_;
  std::optional<std::uint64_t> seeds_for_both_;  ///< where two calls are to make the same choices
};

}  // namespace touchstone::inline v0::oracle::conformance
