#include "verify/program/console.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0 {

namespace {

[[noreturn]] void output_failed() {
  throw output_error("standard output: cannot be written (" + std::string(std::strerror(errno)) + ")");
}

}  // namespace

bool is_terminal(std::FILE* stream) {
  return isatty(fileno(stream)) == 1;
}

bool colourful(std::FILE* stream) {
  const char* no_colour = std::getenv("NO_COLOR");  // NOLINT(concurrency-mt-unsafe): the environment is not changed
  return is_terminal(stream) && (no_colour == nullptr || *no_colour == '\0');
}

std::string coloured(const std::string& text, Colour colour) {
  if (!colourful(stdout)) return text;
  const char* code = colour == Colour::green    ? "32"
                     : colour == Colour::red    ? "31"
                     : colour == Colour::yellow ? "33"
                                                : "2";
  return std::string("\033[") + code + "m" + text + "\033[0m";
}

void print(const std::string& text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size()) output_failed();
}

void flush_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) output_failed();
}

void show_progress(const std::string& line) {
  if (!is_terminal(stderr)) return;
  std::fprintf(stderr, "\r\033[K%s", line.c_str());
  std::fflush(stderr);
}

void clear_progress() {
  show_progress("");
}

}  // namespace touchstone::inline v0
