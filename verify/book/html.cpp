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

std::string element(const std::string& name, const std::string& content, const std::string& attributes) {
  return "<" + name + (attributes.empty() ? "" : " " + attributes) + ">" + content + "</" + name + ">";
}

std::string link(const std::string& target, const std::string& content) {
  return element("a", content, "href=\"" + target + "\"");
}

std::string table_row(const std::string& head, const std::vector<std::string>& cells) {
  std::string row = element("th", head, "scope=\"row\"");
  for (const std::string& cell : cells) row += element("td", cell);
  return element("tr", row) + "\n";
}

std::string table(const std::string& caption, const std::vector<std::string>& heads, const std::string& rows,
                  const std::string& attributes) {
  std::string head;
  for (const std::string& one : heads) head += one.starts_with("<th") ? one : element("th", one, "scope=\"col\"");
  const std::string content = (caption.empty() ? "" : element("caption", caption)) +
                              element("thead", element("tr", head)) + "\n" + element("tbody", "\n" + rows);
  return element("div", element("table", content, attributes), "class=\"wide\" tabindex=\"0\"") + "\n";
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
