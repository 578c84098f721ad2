#pragma once
/// \file
/// The choices of an implementation, as a step of the reference asks for them; and what the step sent.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "touchstone/randomness/seeded.hpp"
#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/trace/bounded.hpp"
#include "verify/oracle/trace/trace.hpp"

namespace touchstone::inline v0::oracle {

/// Where choices come from: those logged; else the streams of the seed; else the support of the messages. What is pointed to
/// must outlive the step.
struct ChoiceSources {
  Index iteration = 0;
  const std::vector<LoggedChoice>* logged = nullptr;
  std::optional<std::uint64_t> seed{};
  const std::vector<Vector<double>>* messages = nullptr;
  std::string compressor{};  ///< whose messages these are
  /// Whether the implementation seems to have sent the worker's coordinate; asked among ties only.
  std::function<bool(Index worker, Index coordinate)> sent{};
};

/// What is done otherwise than the reference does it.
struct ChoiceChanges {
  std::function<Index(Index worker)> draws_of{};  ///< whose draws a worker makes
  std::optional<bool> coin{};                     ///< every bernoulli(p) outside compressors answers this
  /// What is sent in place of `message`, the compressor's for x.
  std::function<Vector<Bounded>(const std::string& compressor, const Vector<Bounded>& x, Vector<Bounded> message)>
      message{};
};

/// Of one call of a compressor.
struct Compressed {
  Vector<Bounded> argument, message;
};

class StepRandomness final : public AnyRandomness<Bounded> {
 public:
  StepRandomness(ChoiceSources sources, ChoiceChanges changes);

  /// Each throws transcript_error where the choices logged do not fit, undecided_error where there is none.
  Index choose(Index n) override { return answers_.choose(n); }
  Indices subset(Index n, Index k) override { return answers_.subset(n, k); }
  Indices permutation(Index n) override { return answers_.permutation(n); }
  bool bernoulli(const Bounded& p) override { return answers_.bernoulli(p); }
  Index pick(const std::vector<Bounded>& weights) override { return answers_.pick(weights); }
  StepRandomness& worker(Index i) override;
  void begin_iteration(Index k) override;

  /// What the compressor of this name does to x: what is sent.
  [[nodiscard]] Vector<Bounded> compress(const AnyCompressor<Bounded>& compressor, const Vector<Bounded>& x);

  /// The last call of each worker.
  [[nodiscard]] const std::map<Index, Compressed>& compressed() const { return compressed_; }
  /// The last coin of each worker, outside compressors.
  [[nodiscard]] const std::map<Index, bool>& coins() const { return coins_; }
  /// Throws transcript_error where a logged choice has not been asked for.
  void require_all_used() const;

 private:
  struct Answers : Choices<Answers> {
    explicit Answers(StepRandomness& step) : owner(step) {}
    Index draw_index(Index n);
    Indices draw_subset(Index n, Index k);
    Indices draw_permutation(Index n);
    bool draw_bernoulli(const Bounded& p);
    Index draw_category(const std::vector<Bounded>& weights);

    template <class Ask>
    Indices answer(ChoiceKind kind, Index n, Index k, const Ask& ask);
    Indices from_message(ChoiceKind kind, Index n, Index k) const;
    StepRandomness& owner;
  };

  [[nodiscard]] const LoggedChoice& next_logged(ChoiceKind kind, Index n, Index k);
  [[nodiscard]] Vector<Bounded> largest(const Vector<Bounded>& x, Index K);

  ChoiceSources sources_;
  ChoiceChanges changes_;
  Answers answers_;
  Seeded seeded_;
  std::string compressing_;
  std::map<Index, Compressed> compressed_;
  std::map<Index, bool> coins_;
  Index source_worker_ = Place::server;
  std::map<Index, std::size_t> used_;
};

/// The compressors of the reference, watched by the step that uses them.
template <>
AnyCompressor<Bounded> parse_compressor<Bounded>(const std::string& where, const std::string& text);

}  // namespace touchstone::inline v0::oracle
