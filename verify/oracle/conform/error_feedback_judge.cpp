// The judge of an error-feedback loop: one worker, its memory, several layers.
#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/conform/judge.hpp"
#include "verify/oracle/conform/law.hpp"
#include "verify/oracle/conform/test_vectors.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

using Layers = std::vector<Vector<double>>;

Layers sum_of(Layers a, const Layers& b, double factor) {
  for (std::size_t l = 0; l < a.size(); ++l) a[l] += factor * b[l];
  return a;
}

class ErrorFeedbackJudge : public Judge {
 public:
  using Judge::Judge;

  void judge() {
    contract("zero", std::nullopt, [this] { return zero(); });
    contract("conservation", std::nullopt, [this] { return conservation(); });
    contract("compression", std::nullopt, [this] { return compression(); });
    contract("progress", std::nullopt, [this] { return progress(); });
    contract("degenerate", std::nullopt, [this] { return degenerate(); });
    contract("restart", std::nullopt, [this] { return restart(); });
  }

 private:
  struct Round {
    Layers sent;
    std::optional<Layers> memory;
  };

  [[nodiscard]] std::string usual_about() const { return about(subject_.usual()); }

  void begin(const Indices& layers) {
    harness_.request("initialize", usual_about() + ",\"layers\":" + Json(layers).dump() +
                                       fmt::format(",\"seed\":{}", next_seed()));
    fed_.clear();
  }

  Round feed(const Layers& gradients) {
    require_budget();
    const Answer& answer = harness_.request("feed", usual_about() + ",\"gradients\":" + vectors_text(gradients));
    fed_.push_back(gradients);
    if (!answer.sent) throw harness_failure("an answer to feed has sent");
    require_layers(*answer.sent, gradients, "sent");
    if (answer.memory) require_layers(*answer.memory, gradients, "memory");
    return {*answer.sent, answer.memory};
  }

  void require_layers(const Layers& found, const Layers& expected, const char* what) const {
    bool same = found.size() == expected.size();
    for (std::size_t l = 0; same && l < found.size(); ++l) same = found[l].size() == expected[l].size();
    if (!same) throw broken_contract{fmt::format("{} has not the layers of the gradients", what), witness(found)};
  }

  [[nodiscard]] Json witness(const Layers& found) const {
    const auto layers = [](const Layers& all) {
      Json list = Json::array();
      for (const Vector<double>& layer : all) list.push_back(numbers_json(layer));
      return list;
    };
    Json shown = {{"rounds", fed_.size()}, {"gradients", layers(fed_.back())}, {"found", layers(found)}};
    if (subject_.reference)
      shown["reference"] = subject_.reference_of(subject_.usual(), fed_.back().front().size());
    return shown;
  }

  /// Whole significands; different in every layer, coordinate and round.
  [[nodiscard]] Layers gradients(const Indices& layers, Index round) const {
    Layers all;
    for (std::size_t l = 0; l < layers.size(); ++l)
      all.emplace_back(
          random_vector(layers[l], digits_of(subject_.dtype), static_cast<std::uint64_t>(round) * 16 + l));
    return all;
  }

  [[nodiscard]] double unit(Index d) const {
    return static_cast<double>(unit_roundoff(subject_.dtype)) * static_cast<double>(d + 8);
  }

  std::string zero() {
    begin(sizes_);
    const Round round =
        feed({Vector<double>::Zero(sizes_[0]), Vector<double>::Zero(sizes_[1]), Vector<double>::Zero(sizes_[2])});
    for (const Vector<double>& layer : round.sent)
      if (!layer.isZero(0)) throw broken_contract{"zero gradients send what is not zero", witness(round.sent)};
    return "nothing in, nothing out";
  }

  /// What went in is what has been sent and what is kept.
  std::string conservation() {
    constexpr Index rounds = 30;
    begin(sizes_);
    Layers given = gradients(sizes_, 0);
    Layers sent;
    for (Index t = 0; t < rounds; ++t) {
      const Layers g = gradients(sizes_, t);
      const Round round = feed(g);
      if (!round.memory) throw not_judged{"the memory is not shown"};
      given = t == 0 ? g : sum_of(given, g, 1);
      sent = t == 0 ? round.sent : sum_of(sent, round.sent, 1);
      const Layers missing = sum_of(sum_of(given, sent, -1), *round.memory, -1);
      for (std::size_t l = 0; l < missing.size(); ++l) {
        const double allowed =
            unit(missing[l].size()) * static_cast<double>(t + 1) *
            (given[l].norm() + sent[l].norm() + round.memory->at(l).norm() + 4 * static_cast<double>(t + 1));
        if (missing[l].norm() <= allowed) continue;
        Json shown = witness(*round.memory);
        shown["layer"] = l;
        shown["round"] = t;
        shown["lost"] = numbers_json(missing[l]);
        throw broken_contract{
            fmt::format("layer {}, round {}: what went in is not what was sent and what is kept", l, t), shown};
      }
    }
    return fmt::format("{} rounds of {} layers", rounds, sizes_.size());
  }

  /// What is sent is C(memory + gradient), layer by layer.
  std::string compression() {
    if (!subject_.reference) throw not_judged{"no reference is named"};
    constexpr Index rounds = 10;
    begin(sizes_);
    Layers memory;
    for (const Index size : sizes_) memory.emplace_back(Vector<double>::Zero(size));
    for (Index t = 0; t < rounds; ++t) {
      const Layers g = gradients(sizes_, t);
      const Round round = feed(g);
      for (std::size_t l = 0; l < g.size(); ++l) {
        const Index d = g[l].size();
        const std::string reference = subject_.reference_of(subject_.usual(), d);
        const AnyCompressor<double> compressor = parse_compressor<double>(subject_.name + ".reference", reference);
        const Vector<double> input = memory[l] + g[l];
        if (!reachable(compressor, input, round.sent[l], RoundingAllowance(reference, subject_.dtype, 8 * d))) {
          Json shown = witness(round.sent);
          shown["layer"] = l;
          shown["round"] = t;
          shown["input"] = numbers_json(input);
          throw broken_contract{fmt::format("layer {}, round {}: what is sent is not C(memory + gradient)", l, t),
                                shown};
        }
      }
      memory = round.memory ? *round.memory : sum_of(sum_of(memory, g, 1), round.sent, -1);
    }
    return fmt::format("{} rounds", rounds);
  }

  /// With the same gradient in every round, what has been sent after t rounds, over t, tends to it. The memory of a contractive
  /// compressor stays below sqrt(1 - delta)/(1 - sqrt(1 - delta)) times the gradient, in the mean; ten times that is allowed.
  std::string progress() {
    constexpr Index rounds = 400;
    begin(sizes_);
    const Layers g = gradients(sizes_, 1);
    Layers sent;
    for (Index t = 0; t < rounds; ++t) sent = t == 0 ? feed(g).sent : sum_of(sent, feed(g).sent, 1);
    double worst = 0;
    for (std::size_t l = 0; l < g.size(); ++l) {
      const Index d = g[l].size();
      double delta = 1 / static_cast<double>(d);
      if (subject_.reference) {
        const std::string reference = subject_.reference_of(subject_.usual(), d);
        const AnyCompressor<double> compressor = parse_compressor<double>(subject_.name + ".reference", reference);
        delta = compressor.delta(d).value_or(delta);
      }
      const double left = std::sqrt(std::max(0.0, 1 - delta));
      const double allowed =
          (10 * left / (1 - left) + 1e-3 * static_cast<double>(rounds)) / static_cast<double>(rounds);
      const Vector<double> mean = sent[l] / static_cast<double>(rounds);
      const double distance = (mean - g[l]).norm() / g[l].norm();
      worst = std::max(worst, distance);
      if (distance <= allowed) continue;
      Json shown = witness(sent);
      shown["layer"] = l;
      shown["mean"] = numbers_json(mean);
      throw broken_contract{fmt::format("layer {}: after {} rounds the mean of what was sent is {:.3g} |g| from g",
                                        l, rounds, distance),
                            shown};
    }
    return fmt::format("{} rounds, at most {:.2g} |g| away", rounds, worst);
  }

  std::string degenerate() {
    begin({1});
    Vector<double> sent = Vector<double>::Zero(1);
    const Vector<double> g = Vector<double>::Constant(1, 0.75);
    for (int t = 0; t < 50; ++t) sent += feed({g}).sent.front();
    if (std::abs(sent[0] / 50 - 0.75) > 0.1)
      throw broken_contract{"one layer of d = 1: nothing, or too much, arrives", witness({sent})};
    return "one layer of d = 1";
  }

  /// A new beginning forgets.
  std::string restart() {
    begin(sizes_);
    const Layers g = gradients(sizes_, 3);
    const Round first = feed(g);
    for (Index t = 0; t < 5; ++t) (void)feed(gradients(sizes_, t));
    if (subject_.reference) {
      const AnyCompressor<double> compressor = parse_compressor<double>(
          subject_.name + ".reference", subject_.reference_of(subject_.usual(), sizes_[0]));
      if (!compressor.flags().deterministic) throw not_judged{"its compressor is random"};
    }
    begin(sizes_);
    const Round again = feed(g);
    for (std::size_t l = 0; l < g.size(); ++l)
      if ((first.sent[l] - again.sent[l]).norm() > unit(g[l].size()) * g[l].norm())
        throw broken_contract{fmt::format("layer {}: after initialize it still remembers", l), witness(again.sent)};
    return "initialize forgets";
  }

  Indices sizes_{4, 3, 7};
  std::vector<Layers> fed_;
};

}  // namespace

SubjectResult judge_error_feedback(Harness& harness, const Subject& subject, const JudgeOptions& options,
                                   ErrorLedger& ledger, std::chrono::steady_clock::time_point deadline) {
  ErrorFeedbackJudge judge(harness, subject, options, ledger, deadline);
  judge.judge();
  return judge.take_result();
}

}  // namespace touchstone::inline v0::oracle::conformance
