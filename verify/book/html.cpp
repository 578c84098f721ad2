#include "verify/book/html.hpp"

#include <cctype>

namespace touchstone::inline v0::book {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string slug(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out;
}

std::string replaced(std::string all, const std::string& from, const std::string& to) {
  for (std::size_t at = all.find(from); at != std::string::npos; at = all.find(from, at + to.size()))
    all.replace(at, from.size(), to);
  return all;
}

std::string plain(const std::string& html) {
  std::string out;
  bool tag = false;
  for (const char c : html) {
    if (c == '<') tag = true;
    if (!tag) out += c == '\n' ? ' ' : c;
    if (c == '>') {
      tag = false;
      if (!out.empty() && out.back() != ' ') out += ' ';
    }
  }
  out = replaced(replaced(replaced(std::move(out), "&lt;", "<"), "&gt;", ">"), "&quot;", "\"");
  return replaced(std::move(out), "&amp;", "&");
}

}  // namespace touchstone::inline v0::book
