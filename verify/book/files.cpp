#include "verify/book/files.hpp"

#include <algorithm>
#include <stdexcept>

namespace touchstone::inline v0::book {

const std::string& file(const std::string& name) {
  const auto found = std::ranges::find(texts(), name, &EmbeddedFile::name);
  if (found == texts().end()) throw std::logic_error("no text of the book is named " + name);
  return found->text;
}

}  // namespace touchstone::inline v0::book
