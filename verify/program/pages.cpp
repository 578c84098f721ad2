#include "verify/program/pages.hpp"

#include "verify/book/files.hpp"

namespace touchstone::inline v0 {

namespace {

/// The lines after "/// \file" that are documentation, without their marks.
std::string leading_comment(const std::string& header) {
  const std::string mark = "/// \\file\n";
  std::size_t at = header.find(mark);
  if (at == std::string::npos) return "";
  std::string comment;
  for (at += mark.size(); header.compare(at, 3, "///") == 0;) {
    const std::size_t end = header.find('\n', at);
    std::string line = header.substr(at + 3, end - at - 3);
    if (line.starts_with(' ')) line.erase(0, 1);
    comment += line + "\n";
    at = end + 1;
  }
  return comment;
}

}  // namespace

const std::vector<Page>& pages() {
  static const std::vector<Page> all = [] {
    std::vector<Page> found;
    for (const book::EmbeddedFile& header : book::headers())
      found.push_back({header.name, leading_comment(header.text)});
    return found;
  }();
  return all;
}

}  // namespace touchstone::inline v0
