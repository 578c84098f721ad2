#include "verify/oracle/conform/law.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "verify/oracle/catalog/law.hpp"
#include "verify/oracle/conform/read_choices.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// The weights, which floating-point numbers sum up to one but for their rounding.
std::vector<Rational> normalized(const std::vector<Rational>& weights) {
  Rational sum;
  for (const Rational& weight : weights) {
    if (weight < 0)
      throw law_error(fmt::format("asks for a pick with a probability of {}", static_cast<double>(weight)));
    sum += weight;
  }
  if (abs(Rational(sum - 1)) > Rational(1, 100'000))
    throw law_error(fmt::format("asks for a pick with probabilities that sum to {}", static_cast<double>(sum)));
  std::vector<Rational> scaled;
  scaled.reserve(weights.size());
  for (const Rational& weight : weights) scaled.push_back(Rational(weight / sum));
  return scaled;
}

Indices answer_to(const Question& question, Exhaustive<Rational>& random) {
  switch (question.kind) {
    case ChoiceKind::choose:
      if (question.n < 1) throw law_error(fmt::format("asks to choose one of {}", question.n));
      return {random.choose(question.n)};
    case ChoiceKind::subset:
      if (question.k < 0 || question.k > question.n)
        throw law_error(fmt::format("asks for a subset of {} out of {}", question.k, question.n));
      return random.subset(question.n, question.k);
    case ChoiceKind::permutation:
      return random.permutation(question.n);
    case ChoiceKind::bernoulli: {
      if (question.weights.empty()) throw law_error("asks for a coin without naming its probability");
      const Rational& p = question.weights[1];
      if (p < 0 || p > 1) throw law_error(fmt::format("asks for a coin of probability {}", static_cast<double>(p)));
      return {random.bernoulli(p) ? Index{1} : Index{0}};
    }
    case ChoiceKind::pick:
      return {random.pick(normalized(question.weights))};
  }
  throw std::logic_error("a kind of choice that nobody answers");
}

/// S of dithering:S and its kin; 1 of others.
double levels_of(const std::string& reference) {
  const bool dithering = reference.find("dithering") != std::string::npos;
  return dithering ? static_cast<double>(std::stoll(reference.substr(reference.find(':') + 1))) : 1;
}

}  // namespace

void for_each_tape(const TapedCall& call, std::size_t limit,
                   const std::function<void(const Rational& probability, const Answer& answer)>& visit) {
  const auto run = [&](Exhaustive<Rational>& random) -> const Answer* {
    std::vector<Indices> tape;
    for (;;) {
      const Answer& answer = call(tape);
      if (!answer.ask) return &answer;
      tape.push_back(answer_to(*answer.ask, random));
    }
  };
  try {
    for_each_outcome<Rational>(
        run, [&](const Rational& probability, const Answer* answer) { visit(probability, *answer); }, limit);
  } catch (const std::length_error&) {
    throw;
  } catch (const std::logic_error& error) {
    throw law_error(fmt::format("on the same tape it asks something else ({})", error.what()));
  }
}

OutcomeLaw implementation_law(const TapedCall& call) {
  constexpr std::size_t most = 5000;
  OutcomeLaw law;
  for_each_tape(call, most, [&](const Rational& probability, const Answer& answer) {
    if (!answer.y) throw harness_failure("an answer to compress has y");
    const auto same = [&](const LawOutcome& known) {
      return known.y.size() == answer.y->size() && known.y == *answer.y;
    };
    const auto found = std::find_if(law.begin(), law.end(), same);
    if (found == law.end())
      law.push_back({probability, *answer.y});
    else
      found->probability += probability;
  });
  return law;
}

std::optional<OutcomeLaw> reference_law(const AnyCompressor<Rational>& reference, const Vector<double>& x) {
  constexpr std::size_t most = 2000;
  OutcomeLaw law;
  try {
    for (const auto& [probability, outcome] : exact_law(reference, convert<Rational>(x), most))
      law.push_back({probability, convert<double>(outcome)});
  } catch (const precondition_error&) {
    return std::nullopt;  // a root that the rationals do not hold
  } catch (const std::length_error&) {
    return std::nullopt;
  }
  return law;
}

RoundingAllowance::RoundingAllowance(const std::string& reference, Dtype dtype, Index d)
    : unit_(static_cast<double>(unit_roundoff(dtype)) * static_cast<double>(d + 8)),
      absolute_(reference.starts_with("svd-rank-r") || reference.starts_with("random-column") ? 8 * unit_ : 0),
      levels_(levels_of(reference)),
      smallest_(8 * least_positive(dtype)) {}

bool RoundingAllowance::allows(const Vector<double>& found, const Vector<double>& exact, double norm) const {
  if (found.size() != exact.size()) return false;
  for (Index i = 0; i < found.size(); ++i) {
    const double allowed = unit_ * std::abs(exact[i]) + absolute_ * norm + (exact[i] == 0 ? 0 : smallest_);
    if (!(std::abs(found[i] - exact[i]) <= allowed)) return false;
  }
  return true;
}

std::optional<std::size_t> outcome_of(const OutcomeLaw& law, const Vector<double>& y,
                                      const RoundingAllowance& allowance, double norm) {
  for (std::size_t j = 0; j < law.size(); ++j)
    if (allowance.allows(y, law[j].y, norm)) return j;
  return std::nullopt;
}

bool reachable(const AnyCompressor<double>& reference, const Vector<double>& x, const Vector<double>& y,
               const RoundingAllowance& allowance) {
  if (y.size() != x.size()) return false;
  const double norm = x.stableNorm();
  const std::optional<Vector<double>> nearest = outcome_with_choices_of(reference, x, y);
  return nearest && allowance.allows(y, *nearest, norm);
}

bool refuses(const AnyCompressor<double>& reference, const Vector<double>& x) {
  try {
    (void)outcome_with_choices_of(reference, x, x);
    return false;
  } catch (const precondition_error&) {
    return true;
  }
}

Vector<double> replayed_outcome(const AnyCompressor<double>& reference, const Vector<double>& x,
                                const std::vector<LoggedChoice>& choices) {
  LoggedAnswers answers(choices);
  Erased<double, LoggedAnswers> random(answers);
  Vector<double> y = reference.compress(x, random);
  answers.require_exhausted();
  return y;
}

}  // namespace touchstone::inline v0::oracle::conformance
