#pragma once
/// \file
/// Pages with their frame, links between them, and the folder that they are written to.

#include <map>
#include <string>
#include <vector>

#include "verify/book/typesetter.hpp"

namespace touchstone::inline v0::book {

struct SitePage {
  std::string path;     ///< below the book's folder
  std::string title;    ///< plain text
  std::string kind;     ///< for the search's results: "method", "chapter", "claim", ...
  std::string chapter;  ///< marks the entry of the navigation; may be empty
  std::string body;     ///< of <main>: HTML with the typesetter's marks; links have schemes (below)
};

struct SiteFile {
  std::string path;
  std::string content;
};

/// Links are written href="SCHEME:TARGET" and become relative paths when the site is written: method:ID, compressor:ID, claim:ID,
/// chapter:ID, page:NAME with an optional #FRAGMENT, and asset:PATH for files.
class Site {
 public:
  void add(SitePage page);
  void add(SiteFile file);
  /// What claim:ID leads to.
  void add_claim(const std::string& id, const std::string& path_and_fragment);

  [[nodiscard]] bool has_claim(const std::string& id) const { return claims_.contains(id); }

  /// All files, complete. Throws std::runtime_error for a link that leads nowhere, naming page and target.
  [[nodiscard]] std::vector<SiteFile> files(const Typesetter& typesetter) const;

 private:
  [[nodiscard]] std::string target(const std::string& link, const SitePage& from) const;
  [[nodiscard]] std::string with_links(const std::string& html, const SitePage& page) const;
  [[nodiscard]] std::string framed(const SitePage& page, const std::string& body) const;

  std::vector<SitePage> pages_;
  std::vector<SiteFile> files_;
  std::map<std::string, std::string> claims_;
};

/// Writes the files into the folder: complete, or not at all. A folder that does not exist is made; one that holds an earlier book is replaced.
/// Throws output_error where it holds anything else, or where something cannot be written.
void write_site(const std::string& folder, const std::vector<SiteFile>& files);

}  // namespace touchstone::inline v0::book
