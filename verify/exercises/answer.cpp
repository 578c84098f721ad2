#include "verify/exercises/answer.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/io/errors.hpp"
#include "verify/io/text_file.hpp"
#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/catalog/json_spec.hpp"

namespace touchstone::inline v0::exercising {

struct Answer::Content {
  explicit Content(const std::string& text) : json(oracle::Json::parse(text)) {}
  oracle::Json json;
};

namespace {

using json = oracle::Json;

constexpr const char* what_is_expected = "an answer as --start writes it: an object of JSON";
constexpr std::size_t most_bytes = std::size_t{1} << 20;

/// What can be wrong with a member, and the members of lists.
class Place {
 public:
  Place(const std::string& file, const std::string& name, const json& value)
      : where_(file + ": " + name), value_(value) {}

  [[noreturn]] void refuse(const std::string& expected) const {
    constexpr std::size_t shown = 60;
    std::string found = value_.dump(-1, ' ', true, json::error_handler_t::replace);
    if (found.size() > shown) found = found.substr(0, shown) + "...";
    throw input_error(fmt::format("{}: found {}, expected {}", where_, found, expected));
  }

  [[nodiscard]] Rational number() const {
    if (value_.is_number_float())
      refuse(R"(it in quotes, as in "0.1" or "1/10": a number with a point is read exactly there)");
    const std::string* text = value_.get_ptr<const std::string*>();
    const std::optional<Rational> exact = oracle::read_exact(text != nullptr              ? *text
                                                             : value_.is_number_integer() ? value_.dump()
                                                                                          : "");
    if (!exact) refuse(R"(a number such as 3, "1/7", "0.05" or "1e-3")");
    static const boost::multiprecision::mpz_int limit("1000000000000000000");
    if (abs(numerator(*exact)) >= limit || denominator(*exact) >= limit)
      refuse("a number of at most 18 digits above and below the line");
    return *exact;
  }

  [[nodiscard]] Index count(Index least, Index most) const {
    const bool whole = value_.is_number_integer() && !(value_.is_number_unsigned() && value_ > most);
    const Index found = whole ? value_.get<Index>() : least - 1;
    if (found < least || found > most) refuse(fmt::format("a whole number from {} to {}", least, most));
    return found;
  }

  /// Its members, as many as there should be.
  [[nodiscard]] std::vector<Place> list(Index length) const {
    if (!value_.is_array() || static_cast<Index>(value_.size()) != length)
      refuse(fmt::format("a list of length {}", length));
    std::vector<Place> all;
    for (std::size_t i = 0; i < value_.size(); ++i) all.emplace_back(where_, i, value_[i]);
    return all;
  }

  [[nodiscard]] Indices counts(Index length, Index least, Index most) const {
    Indices all;
    for (const Place& one : list(length)) all.push_back(one.count(least, most));
    return all;
  }

  Place(const std::string& list, std::size_t i, const json& value)
      : where_(fmt::format("{}[{}]", list, i)), value_(value) {}

 private:
  std::string where_;
  const json& value_;
};

Place member(const std::string& file, const json& object, const std::string& name) {
  const auto found = object.find(name);
  if (found == object.end()) throw input_error(fmt::format("{}: found no \"{}\", expected one", file, name));
  return {file, name, *found};
}

}  // namespace

Answer::Answer(std::string file) : file_(std::move(file)) {
  const std::string text = read_text(file_, what_is_expected);
  if (text.size() > most_bytes)
    throw input_error(fmt::format("{}: found {} bytes, expected {}", file_, text.size(), what_is_expected));
  try {
    content_ = std::make_shared<const Content>(text);
  } catch (const json::parse_error& error) {
    const auto until = text.begin() + static_cast<std::ptrdiff_t>(std::min(error.byte, text.size()));
    throw input_error(fmt::format("{}:{}: found something else or an early end, expected {}", file_,
                                  1 + std::count(text.begin(), until, '\n'), what_is_expected));
  } catch (const json::out_of_range&) {
    throw input_error(fmt::format("{}: found a number that no double holds, expected {}", file_, what_is_expected));
  }
  if (!content_->json.is_object())
    throw input_error(
        fmt::format("{}: found {}, expected {}", file_, content_->json.type_name(), what_is_expected));
}

Rational Answer::number(const std::string& name) const {
  return member(file_, content_->json, name).number();
}

Index Answer::count(const std::string& name, Index least, Index most) const {
  return member(file_, content_->json, name).count(least, most);
}

Vector<Rational> Answer::vector(const std::string& name, Index d) const {
  Vector<Rational> x(d);
  Index next = 0;
  for (const Place& one : member(file_, content_->json, name).list(d)) x[next++] = one.number();
  return x;
}

Indices Answer::counts(const std::string& name, Index length, Index least, Index most) const {
  return member(file_, content_->json, name).counts(length, least, most);
}

std::vector<Indices> Answer::table(const std::string& name, Index length, Index width, Index least,
                                   Index most) const {
  std::vector<Indices> rows;
  for (const Place& row : member(file_, content_->json, name).list(length))
    rows.push_back(row.counts(width, least, most));
  return rows;
}

std::string Answer::word(const std::string& name, const std::vector<std::string>& words) const {
  const Place place = member(file_, content_->json, name);
  const std::string* text = content_->json.at(name).get_ptr<const std::string*>();
  if (text == nullptr || std::find(words.begin(), words.end(), *text) == words.end())
    place.refuse(fmt::format("one of {}", fmt::join(words, ", ")));
  return *text;
}

std::string shown(const Rational& value) {
  constexpr std::size_t longest = 20;
  const std::string exact = oracle::exact_text(value);
  return exact.size() <= longest ? exact : fmt::format("{:.6g}", static_cast<double>(value));
}

std::string shown(const Vector<Rational>& x) {
  std::vector<std::string> entries;
  for (Index i = 0; i < x.size(); ++i) entries.push_back(shown(x[i]));
  return fmt::format("({})", fmt::join(entries, ", "));
}

std::string shown(const Indices& list) {
  return fmt::format("({})", fmt::join(list, ", "));
}

}  // namespace touchstone::inline v0::exercising
