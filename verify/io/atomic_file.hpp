#pragma once
/// \file
/// Output files are written whole or not at all.

#include <string>
#include <string_view>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0 {

/// A regular file: what is written goes to a temporary file in the same directory, which takes the name on
/// commit(), after everything has reached the disk, and is removed otherwise; an older file of that name survives
/// until then, keeps its permissions, and is replaced through a symbolic link. A device, a pipe or /dev/stdout,
/// /dev/stderr, /dev/fd/N: written directly.
///
/// Every failure throws output_error naming the file and the reason; a file that was not committed leaves nothing.
class AtomicFile {
 public:
  /// Opens at once, so that a path that cannot be written is known before the work begins.
  explicit AtomicFile(std::string path);
  ~AtomicFile();
  AtomicFile(const AtomicFile&) = delete;
  AtomicFile& operator=(const AtomicFile&) = delete;
  AtomicFile(AtomicFile&&) = delete;
  AtomicFile& operator=(AtomicFile&&) = delete;

  /// Buffered.
  void write(std::string_view text);
  /// Writes what is buffered. For a reader at the other end of a pipe; a regular file appears at commit() only.
  void flush();
  /// Completes the file. At most once, and nothing is written afterwards: else std::logic_error.
  void commit();

 private:
  [[noreturn]] void fail(int error) const;
  /// Closes, removes the temporary file, throws.
  [[noreturn]] void abandon(int error);
  void open_temporary();
  void require_open() const;

  std::string path_;       ///< as given, for messages
  std::string target_;     ///< what is replaced: path_ with symbolic links followed; empty if written directly
  std::string temporary_;  ///< to be removed; empty if written directly, and after commit()
  std::string buffer_;
  int descriptor_ = -1;  ///< -1 once completed or given up
};

/// The whole file in one call.
void write_file(const std::string& path, std::string_view text);

}  // namespace touchstone::inline v0
