#include "verify/oracle/trace/alternatives.hpp"

#include <algorithm>

namespace touchstone::inline v0::oracle {

namespace {

Alternatives*& alternatives_in_force() {
  thread_local Alternatives* current = nullptr;
  return current;
}

}  // namespace

Alternatives::Alternatives() : outer_(alternatives_in_force()) {
  alternatives_in_force() = this;
}

Alternatives::~Alternatives() {
  alternatives_in_force() = outer_;
}

void Alternatives::begin() {
  used_.clear();
  worker_ = Place::server;
}

Index Alternatives::choose(Index count) {
  std::vector<Open>& path = paths_[worker_];
  std::size_t& used = used_[worker_];
  if (used == path.size()) path.push_back({count, 0});
  return path[used++].taken;
}

bool Alternatives::advance(std::vector<Open>& path) {
  while (!path.empty() && path.back().taken + 1 >= path.back().count) path.pop_back();
  if (path.empty()) return false;
  ++path.back().taken;
  return true;
}

bool Alternatives::advance(std::optional<Index> worker) {
  for (auto& [owner, path] : paths_) {
    path.resize(std::min(path.size(), used_[owner]));
    if (worker && owner != *worker) continue;
    if (advance(path)) return true;
  }
  return worker && *worker != Place::server && advance(paths_[Place::server]);
}

bool Alternatives::departed() const {
  return std::any_of(paths_.begin(), paths_.end(), [](const auto& entry) {
    return std::any_of(entry.second.begin(), entry.second.end(), [](const Open& open) { return open.taken != 0; });
  });
}

Index open_choice(Index count) {
  return alternatives_in_force() == nullptr ? 0 : alternatives_in_force()->choose(count);
}

void open_choices_of(Index worker) {
  if (alternatives_in_force() != nullptr) alternatives_in_force()->at_worker(worker);
}

}  // namespace touchstone::inline v0::oracle
