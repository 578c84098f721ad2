#pragma once
/// \file
/// A program at the other end of two pipes, which may do anything.

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "verify/oracle/conform/harness_failure.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct ChildLimits {
  std::chrono::milliseconds patience{10'000};  ///< for a line, and for what is sent to be taken
  std::size_t longest_line = 64 << 20;         ///< bytes
};

/// Runs the command in a process group of its own, which is killed when this object ends.
class Child {
 public:
  /// Throws command_error where the command cannot be run.
  Child(const std::vector<std::string>& command, ChildLimits limits);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Writes the line and a newline. Reads meanwhile, so that neither side waits for the other. Throws harness_failure where the
  /// program has ended, does not read in time or writes without end.
  void send(std::string_view line);

  /// The next line, without its newline; valid until the next call. Throws harness_failure where the program has ended, is
  /// late or writes a line that is too long; the message quotes its standard error.
  [[nodiscard]] std::string_view receive();

  /// Whether a line has arrived that nobody asked for.
  [[nodiscard]] bool has_unread() const { return read_ < input_.size(); }

 private:
  enum class Wait { readable, writable };

  /// Waits until the program can be read from, or written to; reads what is there. Throws harness_failure past the deadline.
  void wait(Wait what, std::chrono::steady_clock::time_point deadline);
  void read_output();
  void read_errors();
  [[noreturn]] void fail(const std::string& what);
  [[nodiscard]] std::string how_it_ended();

  ChildLimits limits_;
  pid_t process_ = -1;
  int to_ = -1;
  int from_ = -1;
  int errors_ = -1;
  std::string input_;        ///< what arrived
  std::size_t read_ = 0;     ///< how much of it has been handed out
  std::size_t scanned_ = 0;  ///< how much of it holds no newline that has not been handed out
  std::string complaint_;    ///< the end of its standard error
  bool ended_ = false;       ///< its standard output is closed
};

}  // namespace touchstone::inline v0::oracle::conformance
