#pragma once
/// \file
/// The program as its users call it: by a shell, in a folder of its own.

#include <stdlib.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace touchstone::testing_support {

struct Called {
  int status = -1;  ///< exit status; 128 + n for signal n
  std::string out;
  std::string err;
};

[[nodiscard]] inline std::string content_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

[[nodiscard]] inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

class ProgramTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-program-XXXXXX").string();
    folder_ = ::mkdtemp(name.data()) != nullptr ? name : "";
    ASSERT_FALSE(folder_.empty());
    std::ofstream(folder_ / "data") << "+1 1:0.5 3:1\n-1 2:-1 3:0.25\n+1 1:1 2:0.5\n-1 1:-0.75 3:-1\n"
                                       "+1 2:1\n-1 1:-0.25 2:-0.5 3:0.5\n";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// `touchstone ARGUMENTS`, as a shell in the folder reads them; redirections may follow the arguments.
  [[nodiscard]] Called touchstone(const std::string& arguments) const {
    return shell("'" TOUCHSTONE_PROGRAM "' " + arguments);
  }

  /// Any command line, in the folder.
  [[nodiscard]] Called shell(const std::string& line) const {
    const std::string at = folder_.string();
    std::ofstream(folder_ / "script") << line << "\n";
    // NOLINTNEXTLINE(concurrency-mt-unsafe): a test program has one thread
    const int ended = std::system(("cd '" + at + "' && { bash ./script; } >.out 2>.err </dev/null").c_str());
    return {WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended), content_of(folder_ / ".out"),
            content_of(folder_ / ".err")};
  }

  std::filesystem::path folder_;
};

/// Status 2, nothing on standard output, one line on standard error that contains all of these.
inline void expect_refused(const Called& called, const std::vector<std::string>& said) {
  EXPECT_EQ(called.status, 2);
  EXPECT_EQ(called.out, "");
  EXPECT_EQ(lines_of(called.err).size(), 1U) << called.err;
  EXPECT_TRUE(called.err.starts_with("touchstone: ")) << called.err;
  for (const std::string& part : said) EXPECT_NE(called.err.find(part), std::string::npos) << called.err;
}

}  // namespace touchstone::testing_support
