#include "verify/book/symbols.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include <fmt/format.h>

#include "verify/book/files.hpp"

namespace touchstone::inline v0::book {

namespace symbol_table {

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<Symbol> read_symbols() {
  std::vector<Symbol> all;
  std::istringstream lines(file("symbols.txt"));
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find('|');
    if (line.starts_with("# ")) section = line.substr(2);
    if (first == std::string::npos || line.starts_with('#')) continue;
    const std::size_t second = line.find(" |", first + 1);
    all.push_back({trimmed(line.substr(0, first)), trimmed(line.substr(first + 1, second - first - 1)),
                   trimmed(line.substr(second + 2)), section});
  }
  return all;
}

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

}  // namespace symbol_table

const std::vector<Symbol>& symbols() {
  static const std::vector<Symbol> all = symbol_table::read_symbols();
  return all;
}

const std::map<std::string, std::string>& tex_of_names() {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> names;
    for (const Symbol& symbol : symbols())
      if (symbol.name.find_first_of("_*+") == std::string::npos || symbol.name.size() > 4)
        names[symbol.name] = symbol.tex;
    return names;
  }();
  return all;
}

std::optional<std::string> name_tex(const std::string& name) {
  const auto found = tex_of_names().find(name);
  if (found != tex_of_names().end()) return found->second;
  if (name.size() == 1) return name;
  if (std::all_of(name.begin() + 1, name.end(), symbol_table::is_digit))
    return fmt::format("{}_{{{}}}", name[0], name.substr(1));
  // L1, mu2: a known name with a number
  const std::size_t digits = name.find_first_of("0123456789");
  if (digits != std::string::npos &&
      std::all_of(name.begin() + static_cast<std::ptrdiff_t>(digits), name.end(), symbol_table::is_digit)) {
    const auto base = tex_of_names().find(name.substr(0, digits));
    if (base != tex_of_names().end()) return fmt::format("{}_{{{}}}", base->second, name.substr(digits));
  }
  if (name.size() == 2 &&
      (name == "CM" || name == "Be" || (!symbol_table::is_upper(name[0]) && symbol_table::is_upper(name[1]))))
    return fmt::format("{} {}", name[0], name[1]);
  return std::nullopt;
}

}  // namespace touchstone::inline v0::book
