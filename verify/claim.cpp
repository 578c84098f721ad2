#include "verify/claim.hpp"

#include <chrono>
#include <exception>
#include <iterator>
#include <set>
#include <stdexcept>

namespace touchstone::inline v0 {

namespace {

/// FNV-1a, 64 bits: the stream of a check, from its name.
std::uint64_t stream_of(std::string_view name) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

void take_in(ClaimResult& result, CheckResult check, double seconds) {
  result.tightness.merge(check.tightness);
  const auto append = [](auto& all, auto& more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  };
  append(result.mutants, check.mutants);
  append(result.mutants_survived, check.mutants_survived);
  append(result.pictures.trajectories, check.pictures.trajectories);
  append(result.pictures.laws, check.pictures.laws);
  double accounted = 0;
  for (const Evidence& evidence : check.evidence) accounted += evidence.seconds;
  for (Evidence& evidence : check.evidence) {
    if (accounted == 0) evidence.seconds = seconds / static_cast<double>(check.evidence.size());
    result.evidence.push_back(std::move(evidence));
  }
}

/// Proved takes two layers that do not share what must be trusted. One alone is a checked derivation, or, where it is a
/// solver's word, a measurement.
Level with_one_layer(Layer layer) {
  return layer == Layer::z3 || layer == Layer::cvc5 ? Level::measured : Level::certificate;
}

}  // namespace

std::string to_string(Level level) {
  switch (level) {
    case Level::proved:
      return "proved";
    case Level::certificate:
      return "certificate";
    case Level::identity:
      return "identity";
    case Level::exact:
      return "exact";
    case Level::certified:
      return "certified";
    case Level::measured:
      return "measured";
    case Level::refuted:
      return "refuted";
  }
  throw std::logic_error("a level without a name");
}

std::string to_string(Layer layer) {
  switch (layer) {
    case Layer::kernel:
      return "kernel";
    case Layer::z3:
      return "z3";
    case Layer::cvc5:
      return "cvc5";
    case Layer::certificate:
      return "certificate";
    case Layer::coq:
      return "coq";
    case Layer::exact:
      return "exact";
    case Layer::moments:
      return "moments";
    case Layer::certified:
      return "certified";
    case Layer::run:
      return "run";
    case Layer::sampled:
      return "sampled";
  }
  throw std::logic_error("a layer without a name");
}

Seeded CheckContext::random(std::string_view check) const {
  return Seeded(seed, stream_of(claim + "#" + std::string(check)));
}

void judge(ClaimResult& result) {
  result.holds = result.mutants_survived.empty() && !result.mutants.empty();
  std::set<Layer> proving;
  for (const Evidence& evidence : result.evidence)
    if (evidence.level == Level::proved && evidence.verdict == Verdict::holds) proving.insert(evidence.layer);
  for (const Evidence& evidence : result.evidence) {
    if (!evidence.level) continue;
    if (evidence.verdict != Verdict::holds) {
      result.holds = false;
      continue;
    }
    const bool alone = evidence.level == Level::proved && proving.size() < 2;
    const Level level = alone ? with_one_layer(evidence.layer) : *evidence.level;
    if (!result.level || level < *result.level) result.level = level;
  }
  if (!result.level) result.holds = false;
}

ClaimResult verify(const Claim& claim, std::uint64_t seed) {
  ClaimResult result;
  result.claim = &claim;
  const auto start = std::chrono::steady_clock::now();
  for (const Check& check : claim.checks) {
    const auto check_start = std::chrono::steady_clock::now();
    try {
      CheckResult found = check.run({seed, claim.id});
      take_in(result, std::move(found), seconds_since(check_start));
    } catch (const std::exception& error) {
      result.evidence.push_back({Layer::exact, Level::measured, Verdict::fails,
                                 std::string("the check ended with an error: ") + error.what(),
                                 seconds_since(check_start)});
    }
  }
  result.seconds = seconds_since(start);
  judge(result);
  return result;
}

}  // namespace touchstone::inline v0
