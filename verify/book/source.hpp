#pragma once
/// \file
/// The lines of a method's source that its page shows, and what the page says about them (book/notes).

#include <string>
#include <vector>

#include "verify/book/subjects.hpp"

namespace touchstone::inline v0::book {

struct SourceLine {
  std::string text;
  std::string note;  ///< Markdown; usually empty
};

struct SourceRegion {
  std::string header;
  std::size_t first_line = 1;
  std::vector<SourceLine> lines;
};

struct Notes {
  std::string lead;  ///< Markdown
  std::vector<SourceRegion> regions;
  std::string references;  ///< Markdown, a list
};

/// The region of a header that begins with the line that has the fragment, template and attribute lines before it included,
/// and ends where its braces close. Throws std::runtime_error where no line has it.
[[nodiscard]] SourceRegion region_of(const std::string& header, const std::string& fragment);

/// What book/notes says, on the source. Without a file: the step or the compression, no notes. Throws std::runtime_error, naming the
/// file and the line, where a note's code is not found in exactly one line.
[[nodiscard]] Notes notes_of(const Subject& subject);

}  // namespace touchstone::inline v0::book
