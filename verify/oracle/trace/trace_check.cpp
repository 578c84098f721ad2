#include "verify/oracle/trace/trace_check.hpp"

#include <cmath>

#include "verify/oracle/trace/exact_trajectory.hpp"
#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

constexpr int most_runs = 256;

class TraceJudge {
 public:
  explicit TraceJudge(const Reference& reference) : reference_(reference), memory_(reference.header().memory) {}

  /// Rounds to the declared format: a file may hold the shortest decimals that name its numbers.
  void take_in(TraceLine& line) {
    const NumberFormat& format = reference_.header().format;
    for (StatePart<double>& part : line.state)
      for (Vector<double>& vector : part.vectors) to_format(format, vector);
    if (line.messages)
      for (Vector<double>& message : *line.messages) to_format(format, message);
  }

  void begin(const TraceLine& first) {
    report_.first_k = first.k;
    report_.choices = first.choices ? "logged" : reference_.header().seed ? "of the seed's streams" : "none told";
    report_.messages = first.messages.has_value();
    if (const std::optional<Departure> infinite = not_finite(first.state)) fail(first, *infinite);
    trajectory_.emplace(reference_, first, memory_);
  }

  void step(const TraceLine* previous, const TraceLine& before, const TraceLine& after) {
    ++report_.steps;
    StepCase step{reference_, previous, before, after, memory_};
    Judgement judgement = judge_openly(
        step, [&] { return step.run(); }, most_runs);
    std::set<std::string> flags;
    if (judgement.alternative) flags.insert("order-among-ties");
    if (judgement.verdict == Verdict::fail) judgement = with_freedoms(step, judgement, flags);
    if (judgement.verdict == Verdict::pass) {
      ++report_.passed;
      report_.acceptable.merge(flags);
      note_closest(before, judgement);
    } else if (judgement.verdict == Verdict::undecided) {
      if (report_.undecided++ == 0) report_.first_reason = judgement.reason;
    } else {
      ++report_.failed;
      fail(before, *judgement.departure);
      diagnosis_.learn({reference_, previous, before, after, memory_});
    }
    trajectory_->follow({reference_, previous, before, after, memory_});
  }

  TraceReport report() {
    report_.mistakes = diagnosis_.explanations();
    report_.drift = trajectory_->drift();
    report_.drift_at = trajectory_->drift_at();
    report_.drift_until = trajectory_->until();
    return report_;
  }

 private:
  void to_format(const NumberFormat& format, Vector<double>& vector) {
    for (double& a : vector) {
      const auto rounded = static_cast<double>(format.rounded(a));
      if (rounded != a && !std::isnan(a)) ++report_.not_of_format;
      a = rounded;
    }
  }

  static std::optional<Departure> not_finite(const NamedState<double>& state) {
    for (const StatePart<double>& part : state)
      for (const Vector<double>& vector : part.vectors)
        for (Index c = 0; c < vector.size(); ++c)
          if (!std::isfinite(vector[c]))
            return Departure{
                .part = part.name, .reason = "the first state is not finite", .coordinate = c, .found = vector[c]};
    return std::nullopt;
  }

  Judgement with_freedoms(const StepCase& step, const Judgement& strict, std::set<std::string>& flags) {
    for (const Variation& freedom : freedoms()) {
      if (freedom.ways(step) == 0) continue;
      const Judgement judgement = judge_openly(
          step, [&] { return freedom.run(step, 0); }, most_runs);
      if (judgement.verdict != Verdict::pass) continue;
      flags.insert(freedom.name);
      if (flags.contains("unscaled-memory")) memory_ = ErrorMemoryScale::unscaled;
      return judgement;
    }
    return strict;
  }

  void note_closest(const TraceLine& at, const Judgement& judgement) {
    if (!judgement.closest) return;
    if (report_.closest && report_.closest->departure.error() >= judgement.closest->error()) return;
    report_.closest = {at.k, at.number, *judgement.closest};
  }

  void fail(const TraceLine& at, const Departure& departure) {
    if (!report_.first_wrong) report_.first_wrong = {at.k, at.number, departure};
  }

  const Reference& reference_;
  ErrorMemoryScale memory_;
  TraceReport report_;
  Diagnosis diagnosis_;
  std::optional<ExactTrajectory> trajectory_;
};

}  // namespace

TraceReport check_trace(TraceReader& reader, const std::function<void(const TraceLine&)>& on_line,
                        std::optional<Index> limit) {
  const FormatScope scope(reader.header().format);
  const Reference reference(reader.header());
  reader.expect(reference.parts(), reference.workers());
  TraceJudge judge(reference);
  const auto next = [&] {
    std::optional<TraceLine> line = reader.next();
    if (line && on_line) on_line(*line);
    if (line) judge.take_in(*line);
    return line;
  };
  std::optional<TraceLine> previous;
  std::optional<TraceLine> before = next();
  if (!before) reader.refuse("found the end of the file, expected an iteration");
  judge.begin(*before);
  std::optional<TraceLine> after = next();
  if (!after) reader.refuse("found the end of the file, expected a second iteration");
  for (Index done = 0; after && (!limit || done < *limit); ++done) {
    judge.step(previous ? &*previous : nullptr, *before, *after);
    previous = std::move(before);
    before = std::move(after);
    after = next();
  }
  return judge.report();
}

}  // namespace touchstone::inline v0::oracle
