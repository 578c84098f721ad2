// The model that (get-model) prints, as one readable line.
#include <cctype>
#include <string_view>

#include "proofs/solver.hpp"

namespace touchstone::inline v0::proofs {

namespace {

void skip_space(std::string_view& text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
}

/// The first symbol or list of the text, which is taken off it.
std::string_view next(std::string_view& text) {
  skip_space(text);
  std::size_t length = 0;
  int depth = 0;
  for (; length < text.size(); ++length) {
    const char c = text[length];
    if (depth == 0 && length > 0 && (c == ')' || std::isspace(static_cast<unsigned char>(c)) != 0)) break;
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (depth == 0 && c == ')') {
      ++length;
      break;
    }
  }
  const std::string_view item = text.substr(0, length);
  text.remove_prefix(length);
  return item;
}

/// (/ 1.0 2.0) as 1/2, (- 3.0) as -3, 2.0 as 2; anything else (an algebraic number) in the solver's notation.
std::string value_text(std::string_view value) {
  if (value.starts_with("(- ") || value.starts_with("(/ ")) {
    std::string_view inside = value.substr(3, value.size() - 4);
    const std::string first = value_text(next(inside));
    if (value[1] == '-') return "-" + first;
    return first + "/" + value_text(next(inside));
  }
  if (value.ends_with(".0")) value.remove_suffix(2);
  std::string one_line;
  for (const char c : value)
    if (std::isspace(static_cast<unsigned char>(c)) == 0)
      one_line += c;
    else if (!one_line.empty() && one_line.back() != ' ')
      one_line += ' ';
  return one_line;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> model_values(const std::string& solver_output) {
  constexpr std::string_view definition = "(define-fun ";
  std::vector<std::pair<std::string, std::string>> model;
  std::string_view rest = solver_output;
  for (std::size_t at = rest.find(definition); at != std::string_view::npos; at = rest.find(definition)) {
    rest.remove_prefix(at + definition.size());
    const std::string name(next(rest));
    const std::string_view parameters = next(rest);
    const std::string_view sort = next(rest);
    std::string value = value_text(next(rest));
    if (parameters == "()" && sort == "Real") model.emplace_back(name, std::move(value));
  }
  return model;
}

std::string model_text(const std::string& solver_output) {
  std::string text;
  for (const auto& [name, value] : model_values(solver_output))
    text.append(text.empty() ? "" : ", ").append(name).append(" = ").append(value);
  return text;
}

}  // namespace touchstone::inline v0::proofs
