#pragma once
/// \file
/// What the commands share: results on standard output, diagnostics on standard error, exit statuses.

#include <cstdio>
#include <stdexcept>
#include <string>

namespace touchstone::inline v0 {

/// 0: all holds; 1: something does not; 2: the call is wrong, or a file cannot be read or written.
enum class ExitStatus { holds = 0, fails = 1, usage = 2 };

/// The call is wrong: one line, what was found and what was expected.
struct usage_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[nodiscard]] bool is_terminal(std::FILE* stream);

/// On a terminal, and not switched off by NO_COLOR.
[[nodiscard]] bool colourful(std::FILE* stream);

enum class Colour { green, red, yellow, dim };

/// The text in the colour, where standard output shows colours.
[[nodiscard]] std::string coloured(const std::string& text, Colour colour);

/// Writes to standard output. Throws output_error where that fails (a full disk).
void print(const std::string& text);

/// Everything printed has been written; else output_error.
void flush_output();

/// One line on standard error, replaced by the next on a terminal; nothing elsewhere.
void show_progress(const std::string& line);
void clear_progress();

}  // namespace touchstone::inline v0
