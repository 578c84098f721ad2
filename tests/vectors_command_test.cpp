// `touchstone vectors`: what it writes and refuses, and who can read it.
#include <filesystem>
#include <fstream>
#include <set>

#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/command.hpp"
#include "verify/io/sha256.hpp"

namespace touchstone::testing_support {
namespace {

namespace fs = std::filesystem;

class VectorsCommand : public ProgramTest {
 protected:
  [[nodiscard]] std::set<std::string> files_in(const std::string& folder) const {
    std::set<std::string> found;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder_ / folder))
      if (!entry.is_directory()) found.insert(fs::relative(entry.path(), folder_ / folder).generic_string());
    return found;
  }
  /// What a failed call must leave: nothing of its own.
  void expect_no_trace_of(const std::string& name) const {
    EXPECT_FALSE(fs::exists(folder_ / name));
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_))
      EXPECT_FALSE(entry.path().filename().string().starts_with("." + name + ".")) << entry.path();
  }
  [[nodiscard]] std::string digest_of_all(const std::string& folder) const {
    std::string digests;
    for (const std::string& file : files_in(folder))
      digests += file + sha256_of_file((folder_ / folder / file).string());
    return digests;
  }
};

TEST_F(VectorsCommand, WritesAFolderAndSaysWhatIsInIt) {
  const Called called = touchstone("vectors out");
  EXPECT_EQ(called.status, 0) << called.err;
  EXPECT_EQ(called.err, "");
  for (const std::string& line : lines_of(called.out)) EXPECT_LE(line.size(), 80U);
  EXPECT_NE(called.out.find("preset full"), std::string::npos);
  const std::set<std::string> files = files_in("out");
  for (const char* file : {"manifest.json", "README.md", "schemas/step.schema.json", "step/diana.json",
                           "compressor-law/rand-k.json", "trajectory/ec-gd.json", "constants/saga.json"})
    EXPECT_TRUE(files.contains(file)) << file;
  const fs::perms usual = fs::status(folder_ / "out").permissions();
  EXPECT_EQ(usual & fs::perms::group_read, fs::perms::group_read);
}

TEST_F(VectorsCommand, WritesTheSameBytesTwiceAndReplacesItsOwn) {
  EXPECT_EQ(touchstone("vectors out --preset minimal").status, 0);
  const std::string first = digest_of_all("out");
  EXPECT_EQ(touchstone("vectors out --preset full --export cpp").status, 0);
  EXPECT_NE(digest_of_all("out"), first);
  EXPECT_TRUE(fs::exists(folder_ / "out/export/example.cpp"));
  EXPECT_EQ(touchstone("vectors ./out/ --preset minimal").status, 0);
  EXPECT_EQ(digest_of_all("out"), first);
  EXPECT_FALSE(fs::exists(folder_ / "out/export"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 5);  // out, data, script, .out, .err
}

TEST_F(VectorsCommand, TakesAnEmptyFolderAndFollowsALink) {
  fs::create_directory(folder_ / "real");
  fs::create_symlink("real", folder_ / "link");
  EXPECT_EQ(touchstone("vectors link --preset minimal").status, 0);
  EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
  EXPECT_TRUE(fs::exists(folder_ / "real/manifest.json"));
}

TEST_F(VectorsCommand, RefusesAFolderThatIsNotItsOwn) {
  fs::create_directory(folder_ / "notes");
  std::ofstream(folder_ / "notes/thesis.tex") << "dear";
  expect_refused(touchstone("vectors notes"),
                 {"notes: cannot be written (it is not empty and holds no manifest.json of touchstone-vectors)"});
  std::ofstream(folder_ / "notes/manifest.json") << R"({"format": "other/1", "files": []})";
  expect_refused(touchstone("vectors notes"), {"holds no manifest.json of touchstone-vectors"});
  std::ofstream(folder_ / "notes/manifest.json")
      << R"({"format": "touchstone-vectors/1", "files": [{"path": 3}, 4]})";
  expect_refused(touchstone("vectors notes"), {"it holds thesis.tex, which its manifest.json does not name"});
  EXPECT_EQ(content_of(folder_ / "notes/thesis.tex"), "dear");
}

TEST_F(VectorsCommand, RefusesAFileAddedToItsOwnFolder) {
  EXPECT_EQ(touchstone("vectors out --preset minimal").status, 0);
  std::ofstream(folder_ / "out/step/mine.json") << "{}";
  expect_refused(touchstone("vectors out"), {"out: cannot be written (it holds step/mine.json"});
  EXPECT_TRUE(fs::exists(folder_ / "out/step/mine.json"));
}

TEST_F(VectorsCommand, RefusesWhatIsNoFolder) {
  expect_refused(touchstone("vectors data"), {"data: cannot be written (Not a directory)"});
  expect_refused(touchstone("vectors /dev/full"), {"/dev/full: cannot be written (Not a directory)"});
  expect_refused(touchstone("vectors missing/out"), {"missing/out: cannot be written (No such file or directory)"});
  expect_refused(touchstone("vectors ''"), {"cannot be written (No such file or directory)"});
  EXPECT_EQ(content_of(folder_ / "data").empty(), false);
}

TEST_F(VectorsCommand, RefusesAFolderThatMayNotBeWritten) {
  if (::geteuid() == 0) {
    expect_refused(touchstone("vectors /proc/out"), {"/proc/out: cannot be written ("});
    return;
  }
  fs::create_directory(folder_ / "closed");
  fs::permissions(folder_ / "closed", fs::perms::owner_read | fs::perms::owner_exec);
  expect_refused(touchstone("vectors closed/out"), {"closed/out: cannot be written (Permission denied)"});
}

TEST_F(VectorsCommand, LeavesNothingWhereTheDiskIsFull) {
  // No file may grow beyond 8 blocks: the first larger one fails as on a full disk.
  const Called called = shell("trap '' XFSZ; ulimit -f 8; '" TOUCHSTONE_PROGRAM "' vectors out --preset minimal");
  EXPECT_EQ(called.status, 2);
  EXPECT_NE(called.err.find("out: cannot be written ("), std::string::npos) << called.err;
  EXPECT_NE(called.err.find("File too large)"), std::string::npos) << called.err;
  expect_no_trace_of("out");
}

TEST_F(VectorsCommand, KeepsTheOldFolderWhereTheDiskIsFull) {
  EXPECT_EQ(touchstone("vectors out --preset minimal").status, 0);
  const std::string before = digest_of_all("out");
  EXPECT_EQ(shell("trap '' XFSZ; ulimit -f 8; '" TOUCHSTONE_PROGRAM "' vectors out --preset minimal").status, 2);
  EXPECT_EQ(digest_of_all("out"), before);
}

TEST_F(VectorsCommand, ComplainsWhereItCannotSayWhatItDid) {
  EXPECT_EQ(touchstone("vectors out --preset minimal > /dev/full").status, 2);
}

TEST_F(VectorsCommand, RefusesAWrongCall) {
  expect_refused(touchstone("vectors out --preset tiny"), {"found 'tiny', expected minimal, full"});
  expect_refused(touchstone("vectors out --export rust"), {"found 'rust', expected cpp, numpy"});
  expect_refused(touchstone("vectors"), {"DIR"});
  expect_no_trace_of("out");
}

TEST_F(VectorsCommand, FilesFitTheirSchemas) {
  EXPECT_EQ(touchstone("vectors out").status, 0);
  const Called called = shell("'" TOUCHSTONE_PYTHON "' '" TOUCHSTONE_SOURCE "/tests/vectors_schema.py' out");
  if (called.status == 77) GTEST_SKIP() << "Debian's python3-jsonschema is missing";
  EXPECT_EQ(called.status, 0) << called.err;
}

TEST_F(VectorsCommand, NumPyAloneIsTestedOnThem) {
  EXPECT_EQ(touchstone("vectors out --export numpy").status, 0);
  const Called called =
      shell("'" TOUCHSTONE_PYTHON "' '" TOUCHSTONE_SOURCE "/tests/vectors_consumer.py' out/export");
  EXPECT_EQ(called.status, 0) << called.err;
  EXPECT_EQ(called.out, "ok\n");
}

TEST_F(VectorsCommand, AProgramInCppIsTestedOnThem) {
  EXPECT_EQ(touchstone("vectors out --preset minimal --export cpp").status, 0);
  const std::string compile = "${CXX:-c++} -std=c++17 -Wall -Wextra -Wpedantic -Werror -o example ";
  const Called right = shell(compile + "out/export/example.cpp && ./example");
  EXPECT_EQ(right.status, 0) << right.err << right.out;
  EXPECT_NE(right.out.find(" 0 failed"), std::string::npos);
  const Called wrong = shell(
      "sed 's/std::abs(x\\[.\\])/x[i]/g; s/x\\[i\\] > x\\[i\\]/x[i] > x[j]/' out/export/example.cpp "
      "> out/export/wrong.cpp && " +
      compile + "out/export/wrong.cpp && ./example");
  EXPECT_EQ(wrong.status, 1) << wrong.err << wrong.out;
  EXPECT_NE(wrong.out.find("gives what a known mistake gives"), std::string::npos) << wrong.out;
}

}  // namespace
}  // namespace touchstone::testing_support
