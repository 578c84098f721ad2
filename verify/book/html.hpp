#pragma once
/// \file
/// Text in HTML.

#include <string>
#include <vector>

namespace touchstone::inline v0::book {

/// & < > " escaped: for text and for attributes in double quotes.
[[nodiscard]] std::string escaped(const std::string& text);

/// Lower case, letters and digits, one - between them: for ids and file names.
[[nodiscard]] std::string slug(const std::string& text);

/// Without tags, entities resolved: for the search index and alternative texts.
[[nodiscard]] std::string plain(const std::string& html);

/// <name attributes>content</name>
[[nodiscard]] std::string element(const std::string& name, const std::string& content,
                                  const std::string& attributes = "");
[[nodiscard]] std::string link(const std::string& target, const std::string& content);

/// A row of a table: what it is about, then cells.
[[nodiscard]] std::string table_row(const std::string& head, const std::vector<std::string>& cells);
/// Scrolls by itself where it is wider than the page. `heads`: <th> elements, or their contents.
[[nodiscard]] std::string table(const std::string& caption, const std::vector<std::string>& heads,
                                const std::string& rows, const std::string& attributes = "");

/// `all` with every occurrence of `from` replaced.
[[nodiscard]] std::string replaced(std::string all, const std::string& from, const std::string& to);

}  // namespace touchstone::inline v0::book
