#pragma once
/// \file
/// An answer in a file: an object of JSON whose numbers are exact.
///
///     number    "3/7", "0.05", "1e-3", or a whole number without quotes; at most 18 digits above and below
///               the line
///     vector    [number, ...]
///
/// Everything here throws input_error "FILE: PLACE: found ..., expected ..." where the file does not say what it
/// should. Members that nobody asks for, such as "task", are not looked at.

#include <memory>
#include <string>
#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0::exercising {

class Answer {
 public:
  /// Reads the file, of at most a megabyte.
  explicit Answer(std::string file);

  [[nodiscard]] Rational number(const std::string& name) const;
  /// A whole number, least to most.
  [[nodiscard]] Index count(const std::string& name, Index least, Index most) const;
  /// Of length d.
  [[nodiscard]] Vector<Rational> vector(const std::string& name, Index d) const;
  /// `length` whole numbers, each least to most.
  [[nodiscard]] Indices counts(const std::string& name, Index length, Index least, Index most) const;
  /// A list of `length` lists of `width` such numbers.
  [[nodiscard]] std::vector<Indices> table(const std::string& name, Index length, Index width, Index least,
                                           Index most) const;
  /// One of the words.
  [[nodiscard]] std::string word(const std::string& name, const std::vector<std::string>& words) const;

 private:
  struct Content;  // JSON's header stays out of the exercises

  std::string file_;
  std::shared_ptr<const Content> content_;
};

/// The number if it is short, else six of its digits.
[[nodiscard]] std::string shown(const Rational& value);
/// (1, -2/3, ...)
[[nodiscard]] std::string shown(const Vector<Rational>& x);
[[nodiscard]] std::string shown(const Indices& list);

}  // namespace touchstone::inline v0::exercising
