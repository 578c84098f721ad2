#include "verify/oracle/self_test/choices.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <sstream>
#include <utility>

#include <fmt/ranges.h>

namespace touchstone::inline v0::oracle::self_test {

namespace {

std::mt19937_64 generator_of(std::uint64_t seed, Size stream) {
  std::seed_seq words{seed & 0xffffffffU, seed >> 32U, static_cast<std::uint64_t>(stream)};
  return std::mt19937_64(words);
}

}  // namespace

std::mt19937_64& global_generator() {
  static std::mt19937_64 generator(5489);
  return generator;
}

std::string global_generator_state() {
  std::mt19937_64 copy = global_generator();
  return fmt::format("{:016x}{:016x}", copy(), copy());
}

void append_number(fmt::memory_buffer& out, double value) {
  if (value == 0)
    out.append(std::string_view(std::signbit(value) ? "-0.0" : "0"));
  else if (std::isfinite(value))
    fmt::format_to(std::back_inserter(out), "{}", value);
  else
    out.append(std::string_view(std::isnan(value) ? "\"nan\"" : value > 0 ? "\"inf\"" : "\"-inf\""));
}

Choices::Choices(std::uint64_t seed, Size worker, bool log, const Habits& habits)
    : habits_(habits),
      seed_(seed),
      stream_(habits.shared || habits.workers_alike || habits.workers_antithetic ? 0 : worker),
      own_(generator_of(seed, stream_)),
      log_(log),
      taped_(false) {
  habits_.workers_antithetic = habits.workers_antithetic && worker % 2 == 1;
  if (habits_.uses_global) global_generator() = own_;
}

Choices::Choices(std::vector<Sizes> tape, const Habits& habits)
    : habits_(habits), log_(true), taped_(true), tape_(std::move(tape)) {}

void Choices::begin_call() {
  noted_.clear();
  if (habits_.reseeded && !taped_) own_ = generator_of(seed_, stream_);
}

std::uint64_t Choices::word() {
  if (habits_.uses_global) return global_generator()();
  if (habits_.seeded_late && std::exchange(first_word_, false)) return std::mt19937_64::default_seed;
  return habits_.workers_antithetic ? ~own_() : own_();
}

double Choices::uniform() {
  if (habits_.coarse_coins) return static_cast<double>(word() >> 56U) / 256;
  return static_cast<double>(word() >> 11U) * 0x1p-53;
}

Size Choices::below(Size n) {
  if (habits_.biased_modulo) return static_cast<Size>(word() & 0xffU) % n;
  const std::uint64_t rest = (0 - static_cast<std::uint64_t>(n)) % n;  // 2^64 modulo n
  std::uint64_t drawn = word();
  while (drawn < rest) drawn = word();  // what is left is a multiple of n
  return static_cast<Size>(drawn % n);
}

std::string Choices::asked(std::string_view kind, const std::string& arguments) const {
  const std::string who = worker_ == nobody ? "" : fmt::format(R"(,"worker":{})", worker_);
  return fmt::format(R"({{"kind":"{}"{}{})", kind, arguments, who);
}

template <class Draw>
Sizes Choices::answered(const std::string& question, const Draw& draw) {
  if (taped_ && next_ == tape_.size()) throw Ask{question + "}"};
  Sizes answer = taped_ ? tape_[next_++] : draw();
  fmt::format_to(std::back_inserter(noted_), "{}{},\"answer\":[{}]}}", noted_.size() == 0 ? "" : ",", question,
                 fmt::join(answer, ","));
  return answer;
}

Size Choices::choose(Size n) {
  if (n <= 1 && !habits_.asks_trivial) return 0;
  if (!log_) return below(n);
  const Sizes answer = answered(asked("choose", fmt::format(R"(,"n":{})", n)), [&] { return Sizes{below(n)}; });
  if (answer.size() != 1 || answer[0] >= n) throw Refused(fmt::format("choose({}) is not answered by the tape", n));
  return answer[0];
}

Sizes Choices::drawn_subset(Size n, Size k) {
  if (scratch_.size() != n) {
    scratch_.resize(n);
    std::iota(scratch_.begin(), scratch_.end(), Size{0});
  }
  for (Size i = 0; i < k; ++i) std::swap(scratch_[i], scratch_[i + below(n - i)]);
  Sizes kept(scratch_.begin(), scratch_.begin() + static_cast<std::ptrdiff_t>(k));
  std::sort(kept.begin(), kept.end());
  return kept;
}

Sizes Choices::subset(Size n, Size k) {
  if (k == n && !habits_.asks_trivial) {
    Sizes all(n);
    std::iota(all.begin(), all.end(), Size{0});
    return all;
  }
  if (!log_) return drawn_subset(n, k);
  Sizes answer =
      answered(asked("subset", fmt::format(R"(,"n":{},"k":{})", n, k)), [&] { return drawn_subset(n, k); });
  if (answer.size() != k || !std::is_sorted(answer.begin(), answer.end()) || (k > 0 && answer.back() >= n))
    throw Refused(fmt::format("subset({}, {}) is not answered by the tape", n, k));
  return answer;
}

Sizes Choices::permutation(Size n) {
  const auto draw = [&] {
    Sizes order(n);
    std::iota(order.begin(), order.end(), Size{0});
    for (Size i = 0; i < n; ++i) std::swap(order[i], order[i + below(n - i)]);
    return order;
  };
  if (!log_ || n <= 1) return draw();
  Sizes answer = answered(asked("permutation", fmt::format(R"(,"n":{})", n)), draw);
  if (answer.size() != n || std::any_of(answer.begin(), answer.end(), [&](Size i) { return i >= n; }))
    throw Refused(fmt::format("permutation({}) is not answered by the tape", n));
  return answer;
}

bool Choices::bernoulli(double p) {
  if ((p <= 0 || p >= 1) && !habits_.asks_trivial) return p >= 1;
  if (!log_) return uniform() < p;
  fmt::memory_buffer probability;
  append_number(probability, p);
  const Sizes answer = answered(asked("bernoulli", R"(,"p":)" + fmt::to_string(probability)),
                                [&] { return Sizes{uniform() < p ? Size{1} : Size{0}}; });
  if (answer.size() != 1 || answer[0] > 1) throw Refused("bernoulli is not answered by the tape");
  return answer[0] == 1;
}

Size Choices::pick(const std::vector<double>& weights) {
  if (std::count_if(weights.begin(), weights.end(), [](double w) { return w > 0; }) == 1 && !habits_.asks_trivial)
    return static_cast<Size>(std::max_element(weights.begin(), weights.end()) - weights.begin());
  const auto draw = [&] {
    double rest = uniform() * std::accumulate(weights.begin(), weights.end(), 0.0);
    Size last = 0;
    for (Size i = 0; i < weights.size(); ++i) {
      if (!(weights[i] > 0)) continue;
      last = i;
      if (rest < weights[i]) break;
      rest -= weights[i];
    }
    return Sizes{last};
  };
  if (!log_) return draw()[0];
  fmt::memory_buffer listed;
  for (const double weight : weights) {
    listed.append(std::string_view(listed.size() == 0 ? "" : ","));
    append_number(listed, weight);
  }
  const Sizes answer = answered(asked("pick", R"(,"w":[)" + fmt::to_string(listed) + "]"), draw);
  if (answer.size() != 1 || answer[0] >= weights.size()) throw Refused("pick is not answered by the tape");
  return answer[0];
}

}  // namespace touchstone::inline v0::oracle::self_test
