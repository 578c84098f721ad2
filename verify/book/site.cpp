#include "verify/book/site.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "verify/book/files.hpp"
#include "verify/book/html.hpp"
#include "verify/book/subjects.hpp"
#include "verify/io/errors.hpp"

namespace touchstone::inline v0::book {

namespace site {

std::string up_from(const std::string& path) {
  std::string up;
  for (const char c : path)
    if (c == '/') up += "../";
  return up;
}

/// Written last, from all pages.
const std::string search_index = "search-index.js";

/// What pages are called in the navigation, with their links.
const std::vector<std::pair<std::string, std::string>> reference_pages = {
    {"page:methods", "All methods"}, {"page:symbols", "Symbols"}, {"page:glossary", "Glossary"},
    {"page:evidence", "Evidence"},   {"page:errata", "Errata"},   {"page:exercises", "Exercises"},
    {"page:search", "Search"}};

/// The words of a page, for the search: what is said, not how it is set.
std::string searched(const std::string& html) {
  std::string text = plain(html);
  std::string words;
  for (const char c : text)
    if (!(c == ' ' && words.ends_with(' ')) && static_cast<unsigned char>(c) >= ' ') words += c;
  return words;
}

/// The folder as a whole appears at the end: its files need no care of their own.
void write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream out(path, std::ios::binary);
  out << content;
  out.close();
  if (!out) throw output_error(fmt::format("{}: cannot be written ({})", path.string(), std::strerror(errno)));
}

}  // namespace site

void Site::add(SitePage page) {
  pages_.push_back(std::move(page));
}
void Site::add(SiteFile file) {
  files_.push_back(std::move(file));
}
void Site::add_claim(const std::string& id, const std::string& path_and_fragment) {
  claims_[id] = path_and_fragment;
}

std::string Site::target(const std::string& link, const SitePage& from) const {
  const std::size_t colon = link.find(':');
  const std::string scheme = link.substr(0, colon);
  const std::string rest = link.substr(colon + 1);
  const std::size_t hash = std::min(rest.find('#'), rest.size());
  const std::string name = rest.substr(0, hash);
  const std::string fragment = rest.substr(hash);
  std::string path;
  if (scheme == "method" || scheme == "compressor" || scheme == "chapter") path = scheme + "s/" + name + ".html";
  if (scheme == "page") path = name + ".html";
  if (scheme == "asset") path = name;
  if (scheme == "claim") {
    const auto found = claims_.find(name);
    if (found != claims_.end()) return found->second;
  }
  if (scheme == "claims") path = "claims/" + name + ".html";
  const auto has_path = [&path](const auto& one) { return one.path == path; };
  const auto page = std::ranges::find_if(pages_, has_path);
  const bool found = page != pages_.end() || path == site::search_index || std::ranges::any_of(files_, has_path);
  const bool has_fragment =
      fragment.empty() ||
      (page != pages_.end() && page->body.find("id=\"" + fragment.substr(1) + "\"") != std::string::npos);
  if (!found || !has_fragment)
    throw std::runtime_error(
        fmt::format("{}: found a link to '{}', expected the name of something in the book", from.path, link));
  return path + fragment;
}

std::string Site::with_links(const std::string& html, const SitePage& page) const {
  static const std::vector<std::string> schemes = {
      "method:", "compressor:", "chapter:", "page:", "asset:", "claim:", "claims:"};
  const std::string up = site::up_from(page.path);
  std::string out;
  std::size_t at = 0;
  const std::string attribute = "=\"";
  for (std::size_t quote = html.find(attribute); quote != std::string::npos; quote = html.find(attribute, at)) {
    const std::size_t begin = quote + attribute.size();
    out += html.substr(at, begin - at);
    const std::size_t end = html.find('"', begin);
    const std::string value = html.substr(begin, end - begin);
    const bool is_link =
        (html.compare(quote - 4, 4, "href") == 0 || html.compare(quote - 3, 3, "src") == 0 ||
         html.compare(quote - 6, 6, "action") == 0) &&
        std::ranges::any_of(schemes, [&value](const std::string& scheme) { return value.starts_with(scheme); });
    out += is_link ? up + target(value, page) : value;
    at = end;
  }
  return out + html.substr(at);
}

std::string Site::framed(const SitePage& page, const std::string& body) const {
  std::string chapter_links;
  for (const Chapter& chapter : chapters())
    chapter_links += fmt::format("<li><a href=\"chapter:{}\"{}>{}</a></li>", chapter.id,
                                 chapter.id == page.chapter ? " aria-current=\"true\"" : "", chapter.title);
  std::string reference_links;
  for (const auto& [link, name] : site::reference_pages)
    reference_links += fmt::format(
        "<li><a href=\"{}\"{}>{}</a></li>", link,
        link == "page:" + page.path.substr(0, page.path.find('.')) ? " aria-current=\"true\"" : "", name);
  std::string html = file("frame.html");
  html = replaced(std::move(html), "@title@", escaped(page.title));
  html = replaced(std::move(html), "@chapters@", chapter_links);
  html = replaced(std::move(html), "@pages@", reference_links);
  html = replaced(std::move(html), "@version@", TOUCHSTONE_VERSION);
  const std::size_t at = html.find("@body@");
  return html.substr(0, at) + body + html.substr(at + 6);
}

std::vector<SiteFile> Site::files(const Typesetter& typesetter) const {
  std::vector<SiteFile> all = files_;
  nlohmann::ordered_json index = nlohmann::ordered_json::array();
  for (const SitePage& page : pages_) {
    const std::string body = typesetter.resolved(page.body);
    all.push_back({page.path, with_links(framed(page, body), page)});
    index.push_back(
        {{"path", page.path}, {"title", page.title}, {"kind", page.kind}, {"text", site::searched(body)}});
  }
  all.push_back({site::search_index,
                 "window.touchstonePages = " +
                     index.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + ";\n"});
  return all;
}

void write_site(const std::string& folder, const std::vector<SiteFile>& files) {
  namespace fs = std::filesystem;
  const std::string mark = ".touchstone-book";
  std::error_code problem;
  const fs::path target = fs::path(folder).lexically_normal();
  if (fs::exists(target, problem) && !fs::is_directory(target, problem))
    throw output_error(folder + ": found a file, expected a folder, or none yet");
  if (fs::exists(target, problem) && !fs::is_empty(target, problem) && !fs::exists(target / mark, problem))
    throw output_error(folder +
                       ": found other files in it, expected an empty folder, an earlier book, or none yet");
  const fs::path whole = fs::absolute(target.has_filename() ? target : target.parent_path());
  const fs::path fresh = whole.parent_path() / fmt::format("{}.new-{}", whole.filename().string(), getpid());
  const fs::path former = whole.parent_path() / fmt::format("{}.old-{}", whole.filename().string(), getpid());
  try {
    for (const SiteFile& file : files) {
      const fs::path path = fresh / file.path;
      fs::create_directories(path.parent_path());
      site::write(path, file.content);
    }
    site::write(fresh / mark, "Written by touchstone book, which replaces this folder as a whole.\n");
    if (fs::exists(whole)) fs::rename(whole, former);
    fs::rename(fresh, whole);
    fs::remove_all(former);
  } catch (const fs::filesystem_error& error) {
    fs::remove_all(fresh, problem);
    throw output_error(folder + ": " + error.code().message());
  } catch (...) {
    fs::remove_all(fresh, problem);
    throw;
  }
}

}  // namespace touchstone::inline v0::book
