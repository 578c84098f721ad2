#include <fmt/format.h>

#include "verify/book/book.hpp"
#include "verify/in_order.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/report_reading.hpp"

namespace touchstone::inline v0 {

namespace book_command {

struct Options {
  std::string folder;
  std::string report;
};

/// All claims, with the seed that verify takes without being told.
Report checked_now() {
  Report report{"", {}, {}};
  const std::vector<Claim>& all = claims();
  show_progress(fmt::format("0 of {} claims", all.size()));
  run_in_order(
      all.size(), std::max(1U, std::thread::hardware_concurrency()),
      [&](std::size_t k) { return verify(all[k], report.run.seed); },
      [&](ClaimResult result) {
        report.results.push_back(std::move(result));
        show_progress(fmt::format("{} of {} claims", report.results.size(), all.size()));
      });
  return report;
}

void run(const Options& options) {
  const Report report = options.report.empty() ? checked_now() : read_report(options.report);
  const std::vector<book::SiteFile> files = book::make_book(report.run, report.results, show_progress);
  book::write_site(options.folder, files);
  clear_progress();
  std::size_t bytes = 0;
  std::size_t pages = 0;
  for (const book::SiteFile& file : files) {
    bytes += file.content.size();
    pages += file.path.ends_with(".html") ? 1 : 0;
  }
  print(fmt::format("{} pages, {} files, {:.1f} MB; begin with {}/index.html\n", pages, files.size(),
                    static_cast<double>(bytes) / 1e6, options.folder));
}

}  // namespace book_command

void add_book_command(CLI::App& app) {
  CLI::App* command = app.add_subcommand("book", "Write the book: a web site of all methods and evidence");
  auto options = std::make_shared<book_command::Options>();
  command->add_option("DIR", options->folder, "New, empty, or an earlier book")->required()->type_name("");
  command->add_option("--report", options->report, "Of 'touchstone verify --json FILE'")->type_name("FILE");
  command->footer(
      "Without a report all claims are checked first, which takes minutes. The pages\n"
      "need no network and no server: open DIR/index.html. Needs pandoc, gnuplot, lunr\n"
      "and a font (Debian: pandoc, gnuplot-nox, libjs-lunr, fonts-lmodern).");
  command->callback([options] { book_command::run(*options); });
}

}  // namespace touchstone::inline v0
