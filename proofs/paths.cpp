#include "proofs/paths.hpp"

#include <sstream>
#include <stdexcept>
#include <string>

namespace touchstone::inline v0::proofs {

namespace {

/// Work for one feasibility question. The questions that TopK asks need less than a thousandth of it.
constexpr unsigned resource_limit = 2'000'000;

bool same_question(const Formula& f, const Formula& g) {
  return f.relation == g.relation && identical(f.left, g.left) && identical(f.right, g.right);
}

}  // namespace

Paths::Paths(z3::context& context, std::vector<Formula> assumptions, std::size_t limit)
    : context_(context), assumptions_(std::move(assumptions)), limit_(limit) {
  for (const Formula& f : assumptions_) learn(signs_, f);
}

bool Paths::decide(const Formula& question) {
  for (std::size_t i = 0; i < depth_; ++i)
    if (same_question(decisions_[i].question, question)) return decisions_[i].answer;
  if (depth_ < decisions_.size()) {
    const Decision& known = decisions_[depth_++];
    if (!same_question(known.question, question))
      throw std::logic_error("not a pure function of its comparisons: on the same path another question was asked");
    return known.answer;
  }
  const std::optional<bool> known = consistent() ? decided_by_signs(question, signs_) : std::nullopt;
  const bool yes = known ? *known : feasible(question);
  const bool no = known ? !*known : feasible(negation(question));
  if (!yes && !no) throw std::logic_error("the assumptions of a path exploration contradict each other");
  decisions_.push_back({question, yes, yes != no, yes && no});
  ++depth_;
  return yes;
}

/// Signs alone would not notice.
bool Paths::consistent() {
  if (!consistent_) consistent_ = feasible(all_of({}));
  return *consistent_;
}

std::vector<Formula> Paths::condition() const {
  std::vector<Formula> taken;
  for (const Decision& d : decisions_) taken.push_back(d.answer ? d.question : negation(d.question));
  return taken;
}

bool Paths::advance() {
  if (depth_ != decisions_.size())
    throw std::logic_error("not a pure function of its comparisons: on the same path fewer questions were asked");
  depth_ = 0;
  while (!decisions_.empty() && !decisions_.back().other_open) decisions_.pop_back();
  if (decisions_.empty()) return false;
  decisions_.back().answer = false;
  decisions_.back().other_open = false;
  if (++taken_ > limit_) throw std::length_error("more than " + std::to_string(limit_) + " paths");
  return true;
}

bool Paths::feasible(const Formula& next) const {
  z3::solver solver(context_, "QF_NRA");
  z3::params parameters(context_);
  parameters.set("rlimit", resource_limit);
  solver.set(parameters);
  for (const Formula& f : assumptions_) solver.add(expression(f, context_));
  for (const Decision& d : decisions_)
    if (!d.forced) solver.add(expression(d.answer ? d.question : negation(d.question), context_));
  solver.add(expression(next, context_));
  return solver.check() != z3::unsat;
}

}  // namespace touchstone::inline v0::proofs
