#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "proofs/certificate/certificate.hpp"

namespace touchstone::inline v0::proofs {

namespace {

using Json = nlohmann::ordered_json;

/// "p" or "p/q" in digits, in lowest terms, q > 0.
std::optional<Rational> read_fraction(const std::string& text) {
  const auto natural = [](const std::string& part) -> std::optional<Rational> {
    if (part.empty() || part.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
    return Rational(part);
  };
  const bool negative = text.starts_with('-');
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::optional<Rational> p = natural(text.substr(negative ? 1 : 0, slash - (negative ? 1 : 0)));
  const std::optional<Rational> q = slash == text.size() ? Rational(1) : natural(text.substr(slash + 1));
  if (!p || !q || *q == 0) return std::nullopt;
  const Rational number = (negative ? -*p : *p) / *q;  // divided, not read as "p/q": reading would not reduce
  return number.str() == text ? std::optional(number) : std::nullopt;
}

/// A JSON value and where it stands.
class Node {
 public:
  Node(const Json& value, std::string file, std::string place)
      : value_(&value), file_(std::move(file)), place_(std::move(place)) {}

  [[noreturn]] void refuse(const std::string& found, const std::string& expected) const {
    const std::string place = place_.empty() ? "" : place_ + ": ";
    throw certificate_error(fmt::format("{}: {}found {}, expected {}", file_, place, found, expected));
  }

  /// The members of an object, which must have these names.
  [[nodiscard]] std::vector<Node> members(const std::vector<std::string>& names) const {
    const auto all = members();
    for (const auto& [name, node] : all)
      if (std::ranges::find(names, name) == names.end()) node.refuse("a member", "none of this name");
    std::vector<Node> chosen;
    for (const std::string& name : names) {
      const auto found = std::ranges::find(all, name, &std::pair<std::string, Node>::first);
      if (found == all.end()) refuse("no member " + name, "one");
      chosen.push_back(found->second);
    }
    return chosen;
  }

  [[nodiscard]] std::vector<std::pair<std::string, Node>> members() const {
    if (!value_->is_object()) refuse(shown(), "an object");
    std::vector<std::pair<std::string, Node>> all;
    for (const auto& [name, value] : value_->items())
      all.emplace_back(name, Node(value, file_, place_.empty() ? name : place_ + "." + name));
    return all;
  }

  [[nodiscard]] std::vector<Node> elements() const {
    if (!value_->is_array()) refuse(shown(), "a list");
    std::vector<Node> all;
    for (std::size_t i = 0; i < value_->size(); ++i)
      all.emplace_back((*value_)[i], file_, fmt::format("{}[{}]", place_, i));
    return all;
  }

  [[nodiscard]] std::string text() const {
    if (!value_->is_string()) refuse(shown(), "a text");
    return value_->get<std::string>();
  }

  [[nodiscard]] Rational fraction() const {
    if (value_->is_string())
      if (const std::optional<Rational> number = read_fraction(text())) return *number;
    refuse(shown(), "a fraction \"p/q\" in lowest terms");
  }

  [[nodiscard]] NamedRationals fractions() const {
    NamedRationals all;
    for (const auto& [name, node] : members()) all[name] = node.fraction();
    return all;
  }

  [[nodiscard]] Matrix<Rational> matrix() const {
    const std::vector<Node> rows = elements();
    const auto size = static_cast<Index>(rows.size());
    Matrix<Rational> A(size, size);
    for (Index i = 0; i < size; ++i) {
      const std::vector<Node> row = rows[static_cast<std::size_t>(i)].elements();
      if (row.size() != rows.size())
        rows[static_cast<std::size_t>(i)].refuse(fmt::format("{} entries", row.size()),
                                                 fmt::format("{}, as there are rows", rows.size()));
      for (Index j = 0; j < size; ++j) A(i, j) = row[static_cast<std::size_t>(j)].fraction();
    }
    return A;
  }

  [[nodiscard]] NamedMatrices matrices() const {
    NamedMatrices all;
    for (const auto& [name, node] : members()) all[name] = node.matrix();
    return all;
  }

 private:
  [[nodiscard]] std::string shown() const {
    const std::string all = value_->dump();
    return all.size() <= 60 ? all : all.substr(0, 60) + "...";
  }

  const Json* value_;
  std::string file_;
  std::string place_;
};

/// Where a member is given twice, JSON libraries silently take the last.
Json parse(const EmbeddedFile& file) {
  std::vector<std::set<std::string>> open;
  const auto no_name_twice = [&](int /*depth*/, Json::parse_event_t event, const Json& value) {
    using Event = Json::parse_event_t;
    if (event == Event::object_start) open.emplace_back();
    if (event == Event::object_end) open.pop_back();
    if (event == Event::key && !open.back().insert(value.get<std::string>()).second)
      throw certificate_error(fmt::format("{}: found member {} twice, expected once", file.name, value.dump()));
    return true;
  };
  try {
    return Json::parse(file.text, no_name_twice);
  } catch (const Json::exception& error) {
    throw certificate_error(fmt::format("{}: expected JSON; {}", file.name, error.what()));
  }
}

}  // namespace

StoredCertificate read_certificate(const EmbeddedFile& file) {
  const Json json = parse(file);
  const auto all =
      Node(json, file.name, "").members({"problem", "parameters", "certificate", "witness", "found_by"});
  const auto certificate = all[2].members({"rate", "multipliers", "matrices"});
  const auto witness = all[3].members({"bound", "scalars", "matrices"});
  return {.problem = all[0].text(),
          .parameters = all[1].fractions(),
          .certificate = {certificate[0].fraction(), certificate[1].fractions(), certificate[2].matrices()},
          .witness = {witness[0].fraction(), witness[1].fractions(), witness[2].matrices()},
          .found_by = all[4].text()};
}

StoredCertificate stored_certificate(const CertificateProblem& problem) {
  const std::string name = problem.id + ".json";
  const auto found = std::ranges::find(stored_certificates(), name, &EmbeddedFile::name);
  if (found == stored_certificates().end())
    throw certificate_error(fmt::format("{}: no certificate is stored under this name", name));
  return read_certificate(*found);
}

}  // namespace touchstone::inline v0::proofs
