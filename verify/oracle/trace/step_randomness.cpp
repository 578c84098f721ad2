#include "verify/oracle/trace/step_randomness.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "verify/oracle/catalog/logged_answer.hpp"

namespace touchstone::inline v0::oracle {

StepRandomness::StepRandomness(ChoiceSources sources, ChoiceChanges changes)
    : sources_(std::move(sources)),
      changes_(std::move(changes)),
      answers_(*this),
      seeded_(sources_.seed.value_or(0)) {
  begin_iteration(sources_.iteration);
}

void StepRandomness::begin_iteration(Index k) {
  answers_.begin_iteration(k);
  seeded_.begin_iteration(k);
  source_worker_ = Place::server;
  open_choices_of(Place::server);
}

StepRandomness& StepRandomness::worker(Index i) {
  if (i == answers_.place().worker) return *this;
  answers_.worker(i);
  open_choices_of(i);
  source_worker_ = changes_.draws_of ? changes_.draws_of(i) : i;
  used_[source_worker_] = 0;
  seeded_.begin_iteration(sources_.iteration);
  seeded_.worker(source_worker_);
  return *this;
}

const LoggedChoice& StepRandomness::next_logged(ChoiceKind kind, Index n, Index k) {
  const Place& place = answers_.place();
  std::size_t to_pass = used_[source_worker_]++;
  for (const LoggedChoice& choice : *sources_.logged) {
    if (choice.worker != source_worker_ || to_pass-- > 0) continue;
    const std::string asked = describe(kind, n, k);
    if (choice.kind != kind)
      reject_choice(place, fmt::format("found {}, expected {}", to_string(choice.kind), asked));
    if (choice.n.value_or(n) != n) reject_choice(place, fmt::format("found n = {}, expected {}", *choice.n, asked));
    if (choice.k.value_or(k) != k) reject_choice(place, fmt::format("found k = {}, expected {}", *choice.k, asked));
    return choice;
  }
  reject_choice(place, fmt::format("found none, expected {}", describe(kind, n, k)));
}

void StepRandomness::require_all_used() const {
  if (sources_.logged == nullptr) return;
  std::map<Index, std::size_t> logged;
  for (const LoggedChoice& choice : *sources_.logged) ++logged[choice.worker];
  for (const auto& [worker, count] : logged) {
    const auto found = used_.find(worker);
    if (const std::size_t used = found == used_.end() ? 0 : found->second; used < count && !changes_.draws_of)
      reject_choice({sources_.iteration, worker, static_cast<Index>(used)}, "found one more than the method makes");
  }
}

template <class Ask>
Indices StepRandomness::Answers::answer(ChoiceKind kind, Index n, Index k, const Ask& ask) {
  if (owner.sources_.logged != nullptr) {
    Indices answer = owner.next_logged(kind, n, k).answer;
    require_answer(place(), kind, n, k, answer);
    if (kind == ChoiceKind::subset) std::sort(answer.begin(), answer.end());
    return answer;
  }
  if (owner.sources_.seed) return ask(owner.seeded_);
  return from_message(kind, n, k);
}

Index StepRandomness::Answers::draw_index(Index n) {
  return answer(ChoiceKind::choose, n, 1, [&](Seeded& seeded) { return Indices{seeded.choose(n)}; }).front();
}

Indices StepRandomness::Answers::draw_subset(Index n, Index k) {
  return answer(ChoiceKind::subset, n, k, [&](Seeded& seeded) { return seeded.subset(n, k); });
}

Indices StepRandomness::Answers::draw_permutation(Index n) {
  return answer(ChoiceKind::permutation, n, n, [&](Seeded& seeded) { return seeded.permutation(n); });
}

bool StepRandomness::Answers::draw_bernoulli(const Bounded& p) {
  const auto drawn = [&](Seeded& seeded) { return Indices{Index{seeded.bernoulli(p)}}; };
  const bool own = answer(ChoiceKind::bernoulli, 2, 1, drawn).front() == 1;
  if (!owner.compressing_.empty()) return own;
  const bool coin = owner.changes_.coin.value_or(own);
  owner.coins_[place().worker] = coin;
  return coin;
}

Index StepRandomness::Answers::draw_category(const std::vector<Bounded>& weights) {
  const auto n = static_cast<Index>(weights.size());
  return answer(ChoiceKind::pick, n, 1, [&](Seeded& seeded) { return Indices{seeded.pick(weights)}; }).front();
}

Indices StepRandomness::Answers::from_message(ChoiceKind kind, Index n, Index k) const {
  const auto& messages = owner.sources_.messages;
  const Index i = owner.source_worker_;
  const bool sent_here = messages != nullptr && i >= 0 && i < static_cast<Index>(messages->size()) &&
                         !owner.compressing_.empty() && owner.compressing_ == owner.sources_.compressor;
  if (sent_here && (kind == ChoiceKind::subset || owner.compressing_.starts_with("bernoulli"))) {
    const Vector<double>& message = (*messages)[static_cast<std::size_t>(i)];
    Indices support;
    Indices rest;
    for (Index c = 0; c < message.size(); ++c) (message[c] != 0 ? support : rest).push_back(c);
    if (kind == ChoiceKind::bernoulli) return {support.empty() ? 0 : 1};
    if (kind == ChoiceKind::subset && n == message.size()) {
      if (static_cast<Index>(support.size()) > k)
        reject_choice(place(), fmt::format("found a message with {} coordinates, expected {}", support.size(), k));
      // What was sent as zero: one of the others, whichever.
      while (static_cast<Index>(support.size()) < k) {
        const Index next = open_choice(static_cast<Index>(rest.size()));
        support.push_back(rest[static_cast<std::size_t>(next)]);
        rest.erase(rest.begin() + next);
      }
      std::sort(support.begin(), support.end());
      return support;
    }
  }
  throw undecided_error(fmt::format("{} makes a choice, {}, that the trace does not tell: no choices, no seed{}",
                                    i == Place::server ? "the server" : fmt::format("worker {}", i),
                                    describe(kind, n, k), messages == nullptr ? ", no messages" : ""));
}

Vector<Bounded> StepRandomness::compress(const AnyCompressor<Bounded>& compressor, const Vector<Bounded>& x) {
  compressing_ = compressor.name();
  Vector<Bounded> message = compressing_.starts_with("top-k:") && x.size() > 0
                                ? largest(x, std::stol(compressing_.substr(6)))
                                : compressor.compress(x, *this);
  compressing_.clear();
  if (changes_.message) message = changes_.message(compressor.name(), x, std::move(message));
  compressed_[answers_.place().worker] = {x, message};
  return message;
}

/// As TopK does, with the order among what rounding does not tell apart left open.
Vector<Bounded> StepRandomness::largest(const Vector<Bounded>& x, Index K) {
  const Index d = x.size();
  require_sparsity(K, d);
  require_compressible(x);
  struct Size {
    Index i;
    double low, high;
    long double size;
  };
  std::vector<Size> sizes;
  std::vector<double> lows;
  std::vector<double> highs;
  for (Index i = 0; i < d; ++i) {
    const long double size = std::fabs(x[i].centre());
    const double bound = x[i].bound();
    const double around = static_cast<double>(size);
    sizes.push_back({i, around - bound, around + bound, size});
    lows.push_back(sizes.back().low);
    highs.push_back(sizes.back().high);
  }
  std::sort(lows.begin(), lows.end());
  std::sort(highs.begin(), highs.end());
  Vector<Bounded> message = Vector<Bounded>::Zero(d);
  Index places = K;
  std::vector<Size> open;
  for (const Size& one : sizes) {
    const auto surely_larger = lows.end() - std::upper_bound(lows.begin(), lows.end(), one.high);
    const auto perhaps_as_large = highs.end() - std::lower_bound(highs.begin(), highs.end(), one.low) - 1;
    if (surely_larger >= K) continue;
    if (perhaps_as_large < K) {
      message[one.i] = x[one.i];
      --places;
    } else {
      open.push_back(one);
    }
  }
  std::stable_sort(open.begin(), open.end(), [](const Size& a, const Size& b) { return a.size > b.size; });
  if (places == 0 || open.empty()) return message;
  // Alternative 0: the largest, ties to the lower index; 1: what the implementation seems to have sent; then all others.
  constexpr Index most = 64;
  std::vector<bool> taken(open.size(), false);
  std::fill_n(taken.begin(), std::min<std::size_t>(static_cast<std::size_t>(places), open.size()), true);
  const Index alternative = places < static_cast<Index>(open.size()) ? open_choice(most) : 0;
  if (alternative == 1 && sources_.sent) {
    const Index i = source_worker_;
    std::stable_partition(open.begin(), open.end(), [&](const Size& one) { return sources_.sent(i, one.i); });
  }
  for (Index step = 1; step < alternative; ++step) std::prev_permutation(taken.begin(), taken.end());
  for (std::size_t at = 0; at < open.size(); ++at)
    if (taken[at]) message[open[at].i] = x[open[at].i];
  return message;
}

}  // namespace touchstone::inline v0::oracle
