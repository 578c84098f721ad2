#include "verify/program/xml.hpp"

namespace touchstone::inline v0 {

std::string escaped_xml(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\n':
        escaped += "&#10;";
        break;
      default:
        escaped += static_cast<unsigned char>(c) < 32 ? '?' : c;
    }
  }
  return escaped;
}

}  // namespace touchstone::inline v0
