#include "verify/io/atomic_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace touchstone::inline v0 {
namespace {

constexpr std::size_t buffer_size = std::size_t{1} << 16;
constexpr mode_t usual_mode = 0666;  // less what the umask takes away

/// The descriptor that /dev/stdout and its like stand for. Duplicated rather than opened: where it is a regular
/// file, opening it would start again at its beginning.
[[nodiscard]] std::optional<int> named_descriptor(std::string_view path) {
  if (path == "/dev/stdout") return STDOUT_FILENO;
  if (path == "/dev/stderr") return STDERR_FILENO;
  constexpr std::string_view folder = "/dev/fd/";
  if (!path.starts_with(folder)) return std::nullopt;
  path.remove_prefix(folder.size());
  int descriptor = 0;
  const auto [end, error] = std::from_chars(path.data(), path.data() + path.size(), descriptor);
  if (error != std::errc{} || end != path.data() + path.size()) return std::nullopt;
  return descriptor;
}

/// With symbolic links followed; throws nothing, "" where the path does not exist.
[[nodiscard]] std::string real_path(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> resolved(::realpath(path.c_str(), nullptr), &std::free);
  return resolved ? std::string(resolved.get()) : std::string();
}

}  // namespace

AtomicFile::AtomicFile(std::string path) : path_(std::move(path)) {
  if (path_.empty()) fail(ENOENT);
  if (const std::optional<int> descriptor = named_descriptor(path_)) {
    descriptor_ = ::fcntl(*descriptor, F_DUPFD_CLOEXEC, 0);
    if (descriptor_ < 0) fail(errno);
    return;
  }
  struct stat status {};
  const bool exists = ::stat(path_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) fail(EISDIR);
  if (exists && !S_ISREG(status.st_mode)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (descriptor_ < 0) fail(errno);
    return;
  }
  // Renaming asks the directory for permission only; who may not write the old file may not replace it either.
  if (exists && ::access(path_.c_str(), W_OK) != 0) fail(errno);
  target_ = exists ? real_path(path_) : path_;
  open_temporary();
  if (exists && ::fchmod(descriptor_, status.st_mode & 07777) != 0) abandon(errno);
}

AtomicFile::~AtomicFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void AtomicFile::open_temporary() {
  static std::atomic<unsigned> serial{0};
  const std::size_t slash = target_.rfind('/');
  const std::size_t name = slash == std::string::npos ? 0 : slash + 1;
  do {
    temporary_ = target_.substr(0, name) + "." + target_.substr(name) + "." + std::to_string(::getpid()) + "." +
                 std::to_string(serial++) + ".tmp";
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, usual_mode);
  } while (descriptor_ < 0 && errno == EEXIST);
  if (descriptor_ < 0) {
    temporary_.clear();
    fail(errno);
  }
}

void AtomicFile::write(std::string_view text) {
  require_open();
  buffer_ += text;
  if (buffer_.size() >= buffer_size) flush();
}

void AtomicFile::flush() {
  require_open();
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0)
      rest.remove_prefix(static_cast<std::size_t>(written));
    else if (errno != EINTR)
      abandon(errno);
  }
  buffer_.clear();
}

void AtomicFile::commit() {
  flush();
  if (!temporary_.empty() && ::fsync(descriptor_) != 0) abandon(errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) abandon(errno);
  if (temporary_.empty()) return;
  if (::rename(temporary_.c_str(), target_.c_str()) != 0) abandon(errno);
  temporary_.clear();
}

void AtomicFile::require_open() const {
  if (descriptor_ < 0) throw std::logic_error(path_ + ": written to after it was completed or given up");
}

void AtomicFile::abandon(int error) {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
  if (!temporary_.empty()) ::unlink(std::exchange(temporary_, {}).c_str());
  fail(error);
}

void AtomicFile::fail(int error) const {
  throw output_error(path_ + ": cannot be written (" + std::generic_category().message(error) + ")");
}

void write_file(const std::string& path, std::string_view text) {
  AtomicFile file(path);
  file.write(text);
  file.commit();
}

}  // namespace touchstone::inline v0
