#pragma once
/// \file
/// The compressors of the catalogue behind one interface, and the harness around them. Every family is a class template
/// C<T>(d, parameters, variant); the variant holds the fault.

#include <cmath>
#include <memory>
#include <utility>

#include "verify/oracle/self_test/catalogue.hpp"
#include "verify/oracle/self_test/small_float.hpp"

namespace touchstone::inline v0::oracle::self_test {

template <class T>
class Compressor {
 public:
  Compressor() = default;
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
  virtual ~Compressor() = default;

  /// The decoded message, in a buffer of the compressor's. x is the caller's: to be read only.
  virtual const std::vector<T>& compress(std::vector<T>& x, Choices& random) = 0;

 protected:
  std::vector<T> out_;
};

template <class T>
using MakeCompressor = std::function<std::unique_ptr<Compressor<T>>(Size d, const Json& parameters)>;
/// What is declared for dimension d.
using Declare = std::function<Json(Size d, const Json& parameters)>;

/// How the library calls its compressor.
struct Library {
  Subject subject;
  Declare declare;
  Habits habits{};
  bool sparse_answers = false;
  bool accepts_nan = false;      ///< NaN is taken for zero
  bool joins_lists = false;      ///< a list is concatenated and compressed as one vector
  bool first_of_list = false;    ///< the first item's choices serve for all
  bool skips_last_item = false;  ///< the last item of a list is sent as it is
};

template <class T>
[[nodiscard]] std::unique_ptr<Implementation> make_library(const Library& library, const MakeCompressor<T>& make);

extern template std::unique_ptr<Implementation> make_library(const Library&, const MakeCompressor<double>&);
extern template std::unique_ptr<Implementation> make_library(const Library&, const MakeCompressor<float>&);
extern template std::unique_ptr<Implementation> make_library(const Library&, const MakeCompressor<Half>&);

/// The compressor C over the number type of its subject: float64 or float32.
template <template <class> class C, class Variant>
[[nodiscard]] Specimen specimen_of(std::string id, std::string fault, bool in_law, Library library,
                                   const Variant& variant) {
  library.subject.name = id;
  const auto make = [library, variant] {
    if (library.subject.dtype == "float32")
      return make_library<float>(library, [variant](Size d, const Json& parameters) {
        return std::make_unique<C<float>>(d, parameters, variant);
      });
    return make_library<double>(library, [variant](Size d, const Json& parameters) {
      return std::make_unique<C<double>>(d, parameters, variant);
    });
  };
  return {std::move(id), std::move(fault), in_law, make};
}

/// The compressor that a method is told to use: "rand-k:2". Throws Unsupported for one that the library does not have.
template <class T>
[[nodiscard]] std::unique_ptr<Compressor<T>> named_compressor(const std::string& text, Size d);
extern template std::unique_ptr<Compressor<double>> named_compressor(const std::string&, Size);
extern template std::unique_ptr<Compressor<float>> named_compressor(const std::string&, Size);

template <class T>
[[nodiscard]] T magnitude(T value) {
  return value < T(0) ? -value : value;
}

[[nodiscard]] inline Size scalar_bits(const std::string& dtype) {
  return dtype == "float64" ? 64 : dtype == "float32" ? 32 : 16;
}

/// ceil(log2 n)
[[nodiscard]] inline Size index_bits(Size n) {
  Size bits = 0;
  while ((Size{1} << bits) < n) ++bits;
  return bits;
}

/// A declared bound that is not a fraction.
[[nodiscard]] inline double rounded_up(double value) {
  return std::nextafter(std::nextafter(value, 1e300), 1e300);
}

/// Throws Refused unless 1 <= K <= d.
inline void require_sparsity(Size K, Size d) {
  if (K < 1 || K > d) throw Refused(fmt::format("K = {} does not fit d = {}", K, d));
}

}  // namespace touchstone::inline v0::oracle::self_test
