#include "verify/oracle/trace/line_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include <fmt/format.h>

namespace touchstone::inline v0::oracle {

LineSource::LineSource(std::string path)
    : path_(std::move(path)), file_(std::fopen(path_.c_str(), "rb")), buffer_((std::size_t{1} << 20) + padding) {
  if (file_ == nullptr)
    throw input_error(fmt::format("{}: cannot be read ({})", path_, std::generic_category().message(errno)));
}

void LineSource::refuse(const std::string& what) const {
  std::string line = fmt::format("{}:{}: {}", path_, number_, what);
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < ' '; }, '?');
  throw input_error(line);
}

bool LineSource::next(std::string_view& line) {
  while (next_of_any_kind(line))
    if (line.find_first_not_of(" \t\r") != std::string_view::npos) return true;
  return false;
}

bool LineSource::next_of_any_kind(std::string_view& line) {
  ++number_;
  std::size_t searched = 0;
  for (;;) {
    const char* const start = buffer_.data() + begin_;
    const std::size_t available = end_ - begin_;
    const void* const found = std::memchr(start + searched, '\n', available - searched);
    if (found != nullptr) {
      const auto length = static_cast<std::size_t>(static_cast<const char*>(found) - start);
      line = {start, length};
      begin_ += length + 1;
      return true;
    }
    if (complete_) {
      line = {start, available};
      begin_ = end_;
      return available > 0;
    }
    searched = available;
    fill();
  }
}

void LineSource::fill() {
  constexpr std::size_t longest = std::size_t{1} << 30;
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ >= longest) refuse("found a line above 1 GB, expected an iteration");
  if (end_ + padding == buffer_.size()) buffer_.resize(2 * end_ + padding);
  const std::size_t read = std::fread(buffer_.data() + end_, 1, buffer_.size() - padding - end_, file_.get());
  if (std::ferror(file_.get()) != 0)
    throw input_error(fmt::format("{}: cannot be read ({})", path_, std::generic_category().message(errno)));
  end_ += read;
  complete_ = read == 0;
}

}  // namespace touchstone::inline v0::oracle
