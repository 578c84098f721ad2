#include "verify/oracle/conform/child.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

namespace touchstone::inline v0::oracle::conformance {

namespace {

struct Pipe {
  int read = -1;
  int write = -1;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    throw std::runtime_error(fmt::format("a pipe cannot be made ({})", std::strerror(errno)));
  return {ends[0], ends[1]};
}

void close_end(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

/// In the child: becomes the command, or says why not and ends.
[[noreturn]] void become(const std::vector<std::string>& command, const Pipe& in, const Pipe& out,
                         const Pipe& errors, int report) {
  ::setpgid(0, 0);
  ::signal(SIGPIPE, SIG_DFL);
  ::dup2(in.read, STDIN_FILENO);
  ::dup2(out.write, STDOUT_FILENO);
  ::dup2(errors.write, STDERR_FILENO);
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));  // NOLINT
  arguments.push_back(nullptr);
  ::execvp(arguments[0], arguments.data());
  const int reason = errno;
  [[maybe_unused]] const ssize_t written = ::write(report, &reason, sizeof reason);
  ::_exit(127);
}

}  // namespace

Child::Child(const std::vector<std::string>& command, ChildLimits limits) : limits_(limits) {
  ::signal(SIGPIPE, SIG_IGN);  // a program that stops reading is told by write
  Pipe in = make_pipe();
  Pipe out = make_pipe();
  Pipe errors = make_pipe();
  Pipe report = make_pipe();
  process_ = ::fork();
  if (process_ == 0) become(command, in, out, errors, report.write);
  const int fork_error = errno;
  close_end(in.read);
  close_end(out.write);
  close_end(errors.write);
  close_end(report.write);
  to_ = in.write;
  from_ = out.read;
  errors_ = errors.read;
  int reason = 0;
  const bool failed = process_ < 0 || ::read(report.read, &reason, sizeof reason) == sizeof reason;
  close_end(report.read);
  if (failed) {
    if (process_ > 0) ::waitpid(process_, nullptr, 0);
    close_end(to_);
    close_end(from_);
    close_end(errors_);
    throw command_error(
        fmt::format("{}: cannot be run ({})", command.front(), std::strerror(process_ < 0 ? fork_error : reason)));
  }
  ::setpgid(process_, process_);
  for (const int descriptor : {to_, from_, errors_}) ::fcntl(descriptor, F_SETFL, O_NONBLOCK);  // NOLINT
}

Child::~Child() {
  close_end(to_);
  ::kill(-process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  close_end(from_);
  close_end(errors_);
}

void Child::send(std::string_view line) {
  const auto deadline = std::chrono::steady_clock::now() + limits_.patience;
  std::string framed;  // one write for a short line
  framed.reserve(line.size() + 1);
  framed.append(line).push_back('\n');
  std::string_view left = framed;
  while (!left.empty()) {
    const ssize_t written = ::write(to_, left.data(), left.size());
    if (written > 0) {
      left.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN || errno == EINTR) {
      wait(Wait::writable, deadline);
    } else {
      fail("it does not read any more");
    }
  }
}

std::string_view Child::receive() {
  const auto deadline = std::chrono::steady_clock::now() + limits_.patience;
  for (;;) {
    const std::size_t newline = input_.find('\n', scanned_);
    if (newline != std::string::npos) {
      const std::string_view line(input_.data() + read_, newline - read_);
      read_ = scanned_ = newline + 1;
      return line;
    }
    scanned_ = input_.size();
    if (read_ > 0) {
      input_.erase(0, read_);
      scanned_ -= read_;
      read_ = 0;
    }
    if (input_.size() > limits_.longest_line)
      fail(fmt::format("a line of more than {} bytes", limits_.longest_line));
    if (ended_) fail(how_it_ended());
    wait(Wait::readable, deadline);
  }
}

void Child::wait(Wait what, std::chrono::steady_clock::time_point deadline) {
  std::array<pollfd, 3> watched{};
  watched[0] = {ended_ ? -1 : from_, POLLIN, 0};
  watched[1] = {errors_, POLLIN, 0};
  watched[2] = {what == Wait::writable ? to_ : -1, POLLOUT, 0};
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  const int ready =
      ::poll(watched.data(), watched.size(), static_cast<int>(std::max<std::int64_t>(0, left.count())));
  if (ready < 0 && errno != EINTR) fail(fmt::format("poll fails ({})", std::strerror(errno)));
  if (ready == 0)
    fail(fmt::format("{} within {} s", what == Wait::writable ? "it does not read its input" : "no answer",
                     static_cast<double>(limits_.patience.count()) / 1000));
  if (watched[1].revents != 0) read_errors();
  if (watched[0].revents != 0) read_output();
  if (what == Wait::writable && input_.size() > 2 * limits_.longest_line) fail("it writes without end");
}

void Child::read_output() {
  constexpr std::size_t block = 1 << 18;
  const std::size_t size = input_.size();
  input_.resize(size + block);
  const ssize_t count = ::read(from_, input_.data() + size, block);
  input_.resize(size + static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
  if (count == 0) ended_ = true;
}

void Child::read_errors() {
  constexpr std::size_t kept = 2000;
  std::array<char, 4096> block{};
  const ssize_t count = ::read(errors_, block.data(), block.size());
  if (count == 0) close_end(errors_);
  if (count <= 0) return;
  complaint_.append(block.data(), static_cast<std::size_t>(count));
  if (complaint_.size() > kept) complaint_.erase(0, complaint_.size() - kept);
}

std::string Child::how_it_ended() {
  int status = 0;
  for (int tries = 0; tries < 100 && ::waitpid(process_, &status, WNOHANG) == 0; ++tries) ::usleep(1000);
  if (errors_ >= 0) read_errors();
  if (WIFSIGNALED(status))
    return fmt::format("it ended by signal {} ({})", WTERMSIG(status), ::strsignal(WTERMSIG(status)));
  return fmt::format("it ended with exit status {}", WEXITSTATUS(status));
}

void Child::fail(const std::string& what) {
  constexpr std::size_t shown = 200;
  if (errors_ >= 0) read_errors();
  std::string quoted = complaint_;
  while (!quoted.empty() && quoted.back() == '\n') quoted.pop_back();
  quoted = quoted.substr(quoted.rfind('\n') == std::string::npos ? 0 : quoted.rfind('\n') + 1).substr(0, shown);
  throw harness_failure(quoted.empty() ? what : fmt::format("{}; its standard error ends: {}", what, quoted));
}

}  // namespace touchstone::inline v0::oracle::conformance
