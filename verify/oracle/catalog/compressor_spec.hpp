#pragma once
/// \file
/// The text that names a compressor, taken apart: what parse_compressor (compressors.hpp) makes one from.

#include <cstddef>
#include <string>
#include <vector>

#include "touchstone/numbers/fraction.hpp"

namespace touchstone::inline v0::oracle {

/// name:first:second
class CompressorSpec {
 public:
  /// `where` is for messages.
  CompressorSpec(std::string where, const std::string& text);

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] const std::string& name() const { return name_; }

  /// Throws spec_error unless there are as many parameters.
  void require_parameters(std::size_t count) const;

  /// Parameter i, which must be there, as a whole number in 1, ..., 10^6; as a fraction > 0, of terms that every number type
  /// holds; as fractions with commas between; as ROWSxCOLUMNS. Each throws spec_error where it is not.
  [[nodiscard]] Index count(std::size_t i) const;
  [[nodiscard]] Fraction fraction(std::size_t i) const;
  [[nodiscard]] Fraction probability(std::size_t i) const;
  [[nodiscard]] std::vector<Fraction> probabilities(std::size_t i) const;
  struct Shape {
    Index rows;
    Index columns;
  };
  [[nodiscard]] Shape shape(std::size_t i) const;

  [[noreturn]] void refuse(const std::string& expected) const;

 private:
  std::string where_;
  std::string text_;
  std::string name_;
  std::vector<std::string> parameters_;
};

}  // namespace touchstone::inline v0::oracle
