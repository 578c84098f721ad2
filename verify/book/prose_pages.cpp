#include <sstream>

#include <fmt/format.h>

#include "verify/book/book.hpp"
#include "verify/book/html.hpp"
#include "verify/exercises/exercise.hpp"

namespace touchstone::inline v0::book {

namespace prose_pages {

std::string with_figures(const Book& book, std::string html, const std::string& where) {
  const std::string open = "<!--figure ";
  for (std::size_t at = html.find(open); at != std::string::npos; at = html.find(open, at)) {
    const std::size_t end = html.find("-->", at);
    const std::string name = html.substr(at + open.size(), end - at - open.size());
    const auto found = book.figures.find(name);
    if (found == book.figures.end())
      throw std::runtime_error(
          fmt::format("{}: found @figure {}, expected one that 'touchstone figure' lists", where, name));
    html.replace(at, end + 3 - at, found->second);
  }
  return html;
}

/// The first line of a page of Markdown, without its mark.
std::string title_of(const std::string& markdown) {
  std::istringstream lines(markdown);
  std::string line;
  while (std::getline(lines, line))
    if (line.starts_with("# "))
      return line.substr(2, line.find(" {") == std::string::npos ? std::string::npos : line.find(" {") - 2);
  return "";
}

std::string set(const Book& book, const std::string& name) {
  return with_figures(book, Typesetter::page(file(name)), "book/" + name);
}

std::string pages_of(Book& book, const Chapter& chapter) {
  std::string items;
  for (const Subject& subject : subjects())
    if (subject.chapter == &chapter)
      items += fmt::format("<li><a href=\"{}:{}\">{}</a>: {}</li>\n",
                           subject.is_compressor ? "compressor" : "method", subject.id,
                           escaped(subject.docstring.title), book.typesetter.statement(subject.docstring.summary));
  return fmt::format(
      "<h2 id=\"pages\">{}</h2>\n<ul class=\"pages\">{}</ul>\n<p><a href=\"claims:{}\">Claims that are not about "
      "one {}</a></p>\n",
      chapter.id == "compressors" ? "The compressors" : "The methods", items, chapter.id,
      chapter.id == "compressors" ? "compressor" : "method");
}

std::string exercise_links(Book& book, const Chapter& chapter) {
  std::string items;
  for (const Exercise& exercise : exercises())
    if (exercise.chapter() == chapter.id)
      items += fmt::format("<li><a href=\"page:exercises#{}\">{}</a></li>\n", slug(exercise.id),
                           book.typesetter.statement(exercise.title));
  return items.empty() ? "" : "<h2 id=\"exercises\">Exercises</h2>\n<ul>" + items + "</ul>\n";
}

std::string contents(const Book& book) {
  std::string items;
  for (const Chapter& chapter : chapters())
    items += fmt::format("<li><a href=\"chapter:{}\">{}</a></li>\n", chapter.id, chapter.title);
  std::size_t holding = 0;
  std::size_t mutants = 0;
  for (const auto& [id, result] : book.results) {
    holding += result.holds ? 1 : 0;
    mutants += result.mutants_caught();
  }
  return fmt::format(
      "<h2 id=\"contents\">Chapters</h2>\n<ol class=\"contents\">{}</ol>\n<p>This book was made by touchstone {} "
      "from a run with seed {}: {} of {} claims hold, {} deliberate mistakes were caught.</p>\n",
      items, TOUCHSTONE_VERSION, book.run.seed, holding, claims().size(), mutants);
}

}  // namespace prose_pages

void add_prose_pages(Book& book) {
  using namespace prose_pages;
  for (const Chapter& chapter : chapters()) {
    const std::string name = "chapters/" + chapter.id + ".md";
    book.site.add(SitePage{"chapters/" + chapter.id + ".html", title_of(file(name)), "chapter", chapter.id,
                           set(book, name) + pages_of(book, chapter) + exercise_links(book, chapter)});
  }
  book.site.add(SitePage{"index.html", title_of(file("pages/index.md")), "page", "",
                         set(book, "pages/index.md") + contents(book)});
  for (const std::string name : {"evidence", "glossary"})
    book.site.add(SitePage{name + ".html", title_of(file("pages/" + name + ".md")), "page", "",
                           set(book, "pages/" + name + ".md")});
  book.site.add(SitePage{"search.html", "Search", "page", "", file("search.html")});
}

void add_exercise_page(Book& book) {
  std::string html =
      "<h1>Exercises</h1>\n<p>Each has a file to begin with and a judge: <code>touchstone exercise ID --start "
      "FILE</code> writes the file, "
      "<code>touchstone exercise ID --check FILE</code> says what is right, or what is wrong with the numbers that "
      "show it.</p>\n";
  for (const Chapter& chapter : chapters()) {
    html += fmt::format("<h2 id=\"{}\">{}</h2>\n", chapter.id, chapter.title);
    for (const Exercise& exercise : exercises()) {
      if (exercise.chapter() != chapter.id) continue;
      book.site.add(SiteFile{"exercises/" + exercise.start_name, exercise.start});
      html += fmt::format(
          "<section id=\"{}\">\n<h3>{}</h3>\n{}\n<p><a href=\"asset:exercises/{}\">Starting file</a></p>\n",
          slug(exercise.id), book.typesetter.statement(exercise.title), book.typesetter.markdown(exercise.text),
          exercise.start_name);
      html += fmt::format(
          "<pre><code>touchstone exercise {0} --start {1}\ntouchstone exercise {0} --check "
          "{1}</code></pre>\n</section>\n",
          exercise.id, exercise.start_name);
    }
  }
  book.site.add(SitePage{"exercises.html", "Exercises", "page", "", html});
}

}  // namespace touchstone::inline v0::book
