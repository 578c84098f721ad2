// `touchstone book`: what it writes, replaces and refuses. What a browser makes of it is in tests/book.

#include <filesystem>
#include <fstream>
#include <iterator>

#include <fmt/format.h>

#include "tests/command.hpp"
#include "verify/book/site.hpp"
#include "verify/book/source.hpp"
#include "verify/io/errors.hpp"

namespace touchstone {
namespace book_command_test {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

class BookCommand : public ProgramTest {
 protected:
  [[nodiscard]] bool exists(const std::string& path) const { return std::filesystem::exists(folder_ / path); }
  [[nodiscard]] std::string read(const std::string& path) const {
    std::ifstream in(folder_ / path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }
};

TEST_F(BookCommand, WritesAPageForEveryMethodCompressorAndChapterFromAReport) {
  ASSERT_EQ(touchstone("verify 'compressor/rand-k/unbiased' 'unified-sgd/gd/rate' --json report.json").status, 0);
  const Called made = touchstone("book site --report report.json");
  ASSERT_EQ(made.status, 0) << made.err;
  EXPECT_NE(made.out.find("begin with site/index.html"), std::string::npos) << made.out;
  for (const book::Subject& subject : book::subjects())
    EXPECT_TRUE(exists("site/" + subject.path())) << subject.path();
  for (const book::Chapter& chapter : book::chapters())
    EXPECT_TRUE(exists("site/chapters/" + chapter.id + ".html"));

  const std::string gd = read("site/methods/gd.html");
  for (const char* part : {"<math", "proximal_step", "class=\"level level-certificate\">certificate", "not checked",
                           "<svg", "deliberate mistakes are caught", "../data/unified-sgd-gd-rate.csv"})
    EXPECT_NE(gd.find(part), std::string::npos) << part;
  EXPECT_EQ(gd.find("href=\"claim:"), std::string::npos);
  EXPECT_EQ(gd.find('\x02'), std::string::npos);
  EXPECT_TRUE(read("site/data/unified-sgd-gd-rate.csv").starts_with("iteration,\"E V^k\",bound\n0,"));
  EXPECT_NE(read("site/compressors/rand-k.html").find("All outcomes, exactly"), std::string::npos);

  // The same again, in the place of the first.
  write("site/index.html", "stale");
  ASSERT_EQ(touchstone("book site --report report.json").status, 0);
  EXPECT_NE(read("site/index.html").find("<!DOCTYPE html>"), std::string::npos);
  EXPECT_EQ(read("site/methods/gd.html"), gd);
}

TEST_F(BookCommand, RefusesWhatIsNoReportAndAFolderThatIsNoBook) {
  write("cut.json", "{\"touchstone\": ");
  expect_refused(touchstone("book site --report cut.json"), {"cut.json:1", "expected a report"});
  expect_refused(touchstone("book site --report missing.json"), {"missing.json"});
  ASSERT_EQ(touchstone("verify 'compressor/identity/message' --json report.json").status, 0);
  std::filesystem::create_directory(folder_ / "mine");
  write("mine/thesis.tex", "irreplaceable");
  expect_refused(touchstone("book mine --report report.json"), {"mine: found other files in it"});
  EXPECT_EQ(read("mine/thesis.tex"), "irreplaceable");
  expect_refused(touchstone("book report.json --report report.json"), {"report.json: found a file"});
  expect_refused(touchstone("book"), {"DIR is required"});
  expect_refused(shell("PATH=/nowhere '" TOUCHSTONE_PROGRAM "' book site --report report.json"),
                 {"gnuplot: cannot be started"});
  EXPECT_FALSE(exists("site"));
}

TEST_F(BookCommand, ThePicturesOfTheReadmeAreThoseOfTheBook) {
  for (const std::string name : {"top1-divergence", "sgd-variety"}) {
    ASSERT_EQ(touchstone("figure " + name + " --output .").status, 0);
    std::ifstream stored(std::string(TOUCHSTONE_SOURCE) + "/book/pictures/" + name + ".svg", std::ios::binary);
    EXPECT_EQ(read(name + ".svg"), std::string(std::istreambuf_iterator<char>(stored), {})) << name;
  }
}

TEST(BookSite, ALinkThatLeadsNowhereIsAnError) {
  const auto made = [](const std::string& link) {
    book::Site site;
    site.add(book::SitePage{"index.html", "Index", "page", "", "<h1 id=\"top\">x</h1>"});
    for (const book::Chapter& chapter : book::chapters())
      site.add(book::SitePage{"chapters/" + chapter.id + ".html", chapter.title, "chapter", "", ""});
    for (const char* name : {"methods", "symbols", "glossary", "evidence", "errata", "exercises", "search"})
      site.add(book::SitePage{std::string(name) + ".html", name, "page", "", "<a href=\"" + link + "\">x</a>"});
    for (const char* asset : {"style.css", "book.js"}) site.add(book::SiteFile{asset, ""});
    return site.files(book::Typesetter());
  };
  EXPECT_NO_THROW((void)made("page:index#top"));
  for (const char* link : {"page:nowhere", "page:index#nowhere", "method:nothing", "claim:a/b/c", "chapter:nine"})
    EXPECT_THROW((void)made(link), std::runtime_error) << link;
}

TEST(BookNotes, EveryNoteFindsItsLine) {
  for (const book::Subject& subject : book::subjects()) {
    const book::Notes notes = book::notes_of(subject);
    EXPECT_FALSE(notes.lead.empty()) << subject.id;
    EXPECT_FALSE(notes.references.empty()) << subject.id;
    EXPECT_FALSE(notes.regions.empty()) << subject.id;
  }
}

TEST(BookNotes, ARegionBeginsWithItsTemplateAndEndsWithItsBraces) {
  const book::SourceRegion step = book::region_of("methods/unified_sgd/gd.hpp", " step(");
  EXPECT_NE(step.lines.front().text.find("template"), std::string::npos);
  EXPECT_EQ(step.lines.back().text, "  }");
  EXPECT_THROW((void)book::region_of("methods/unified_sgd/gd.hpp", "no such line"), std::runtime_error);
  EXPECT_THROW((void)book::region_of("methods/nothing.hpp", " step("), std::runtime_error);
}

}  // namespace book_command_test
}  // namespace touchstone
