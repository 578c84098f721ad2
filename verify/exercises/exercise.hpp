#pragma once
/// \file
/// Exercises of the book: a task, a file to begin with, and a judge that says what is right, or what is wrong with
/// the numbers that show it. The judge asks the reference and its theory, in rationals; it never tells the solution.

#include <functional>
#include <string>
#include <vector>

namespace touchstone::inline v0 {

struct Judgement {
  bool solved = false;
  std::string text;  ///< lines, each with its newline and of at most 80 columns unless the numbers are long
};

struct Exercise {
  std::string id;          ///< CHAPTER/NAME, such as error-feedback/top1-start
  std::string title;       ///< one line of Markdown
  std::string text;        ///< task and hint: Markdown with $TeX$, lines of at most 80 columns
  std::string start_name;  ///< what the starting file is called, such as top1-start.json
  std::string start;       ///< its content: an answer that is well formed and not yet right
  /// Of the answer in the file. Throws input_error, one line, where the file cannot be read or is no answer;
  /// oracle::conformance::command_error where the answer is a program and there is no python3.
  std::function<Judgement(const std::string& file)> check;

  [[nodiscard]] std::string chapter() const { return id.substr(0, id.find('/')); }
};

/// Chapter by chapter, in the order of the thesis.
[[nodiscard]] const std::vector<Exercise>& exercises();

}  // namespace touchstone::inline v0
