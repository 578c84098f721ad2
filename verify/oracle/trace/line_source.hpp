#pragma once
/// \file
/// A text file line by line, of any length, without holding it as a whole.

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0::oracle {

class LineSource {
 public:
  /// Throws input_error where the file cannot be opened.
  explicit LineSource(std::string path);

  /// Bytes that may be read behind the end of a line, whatever they are.
  static constexpr std::size_t padding = 64;

  /// The next line with more than white space, without its end; valid until the next call. False at the end of the file.
  /// Throws input_error for a line above a gigabyte and where reading fails.
  bool next(std::string_view& line);

  /// Of the line returned last, from 1; at the end, of the line that is missing.
  [[nodiscard]] std::size_t number() const { return number_; }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Throws input_error "PATH:NUMBER: what".
  [[noreturn]] void refuse(const std::string& what) const;

 private:
  bool next_of_any_kind(std::string_view& line);
  void fill();

  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> file_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of what has not been returned
  std::size_t end_ = 0;    // of what has been read
  bool complete_ = false;
  std::size_t number_ = 0;
};

}  // namespace touchstone::inline v0::oracle
