#pragma once
/// \file
/// Text in HTML.

#include <string>

namespace touchstone::inline v0::book {

/// & < > " escaped: for text and for attributes in double quotes.
[[nodiscard]] std::string escaped(const std::string& text);

/// Lower case, letters and digits, one - between them: for ids and file names.
[[nodiscard]] std::string slug(const std::string& text);

/// Without tags, entities resolved: for the search index and alternative texts.
[[nodiscard]] std::string plain(const std::string& html);

/// `all` with every occurrence of `from` replaced.
[[nodiscard]] std::string replaced(std::string all, const std::string& from, const std::string& to);

}  // namespace touchstone::inline v0::book
