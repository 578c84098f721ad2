#include "verify/program/shard.hpp"

#include <charconv>

#include <fmt/format.h>

#include "verify/program/console.hpp"

namespace touchstone::inline v0 {

std::string to_string(const Shard& shard) {
  return fmt::format("{}/{}", shard.i, shard.N);
}

Shard parse_shard(const std::string& where, const std::string& text) {
  Shard shard{0, 0};
  const char* const end = text.data() + text.size();
  const std::from_chars_result part = std::from_chars(text.data(), end, shard.i);
  if (part.ec == std::errc() && part.ptr != end && *part.ptr == '/') {
    const std::from_chars_result whole = std::from_chars(part.ptr + 1, end, shard.N);
    if (whole.ec == std::errc() && whole.ptr == end && 1 <= shard.i && shard.i <= shard.N) return shard;
  }
  throw usage_error(fmt::format("{}: found '{}', expected i/N with 1 <= i <= N", where, text));
}

std::vector<const Claim*> part_of(const std::vector<const Claim*>& selected, const Shard& shard) {
  std::vector<const Claim*> part;
  for (std::size_t k = 0; k < selected.size(); ++k)
    if (k % shard.N == shard.i - 1) part.push_back(selected[k]);
  return part;
}

}  // namespace touchstone::inline v0
