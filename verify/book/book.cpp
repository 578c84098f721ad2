#include "verify/book/book.hpp"

#include <array>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>

#include "verify/book/html.hpp"
#include "verify/in_order.hpp"
#include "verify/io/text_file.hpp"

namespace touchstone::inline v0::book {

namespace {

/// Other people's files that the site carries, where Debian installs them: the search, and a font with the sizes of brackets and roots
/// that browsers need for MathML, which not every machine has.
struct Borrowed {
  const char* installed;
  const char* path;
  const char* package;
};
constexpr std::array borrowed = {Borrowed{"/usr/share/javascript/lunr/lunr.min.js", "lunr.js", "libjs-lunr"},
                                 Borrowed{"/usr/share/texmf/fonts/opentype/public/lm-math/latinmodern-math.otf",
                                          "latinmodern-math.otf", "fonts-lmodern"}};

void add_assets(Book& book) {
  for (const std::string name : {"style.css", "book.js", "search.js"}) book.site.add(SiteFile{name, file(name)});
  for (const Borrowed& file : borrowed) {
    if (!std::filesystem::exists(file.installed))
      throw std::runtime_error(fmt::format("{}: found none, expected what the book needs; Debian has it as {}",
                                           file.installed, file.package));
    book.site.add(SiteFile{file.path, read_text(file.installed, "a file that can be read")});
  }
}

}  // namespace

void draw_figures(Book& book) {
  struct Drawn {
    FigureData data;
    std::string svg;
  };
  const std::vector<Figure>& all = figures();
  std::size_t next = 0;
  run_in_order(
      all.size(), std::max(1U, std::thread::hardware_concurrency()),
      [&all](std::size_t k) {
        FigureData data = all[k].make();
        std::string svg = svg_of(all[k], data);
        return Drawn{std::move(data), std::move(svg)};
      },
      [&](const Drawn& drawn) {
        const Figure& figure = all[next++];
        const std::string caption =
            fmt::format("<strong>{}.</strong> {} <em>{}</em>", escaped(figure.title),
                        book.typesetter.markdown(figure.caption), escaped(drawn.data.shows));
        book.figures[figure.name] =
            picture(book, figure.name, drawn.svg, drawn.data.csv, caption, figure.title + ": " + drawn.data.shows,
                    fmt::format("touchstone figure {} --output .", figure.name));
      });
}

std::vector<SiteFile> make_book(const VerifyRun& run, const std::vector<ClaimResult>& results,
                                const std::function<void(const std::string&)>& say) {
  Book book;
  book.run = run;
  for (const ClaimResult& result : results) book.results[result.claim->id] = result;
  add_assets(book);
  say("drawing the figures");
  draw_figures(book);
  say("writing the pages");
  add_subject_pages(book);
  add_claim_pages(book);
  add_table_pages(book);
  add_exercise_page(book);
  add_prose_pages(book);
  say("setting the mathematics");
  book.typesetter.set();
  return book.site.files(book.typesetter);
}

}  // namespace touchstone::inline v0::book
