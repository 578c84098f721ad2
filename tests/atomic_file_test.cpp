// Output files are written whole or not at all, and every failure is one line that names the file.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "verify/io/atomic_file.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
namespace fs = std::filesystem;

class AtomicFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "touchstone-atomic-XXXXXX").string();
    folder_ = ::mkdtemp(name.data()) != nullptr ? name : "";
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] std::string path(const std::string& name = "out") const { return (folder_ / name).string(); }
  [[nodiscard]] static std::string content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  /// How many entries the folder has: temporary files left behind show here.
  [[nodiscard]] std::ptrdiff_t entries() const {
    return std::distance(fs::directory_iterator(folder_), fs::directory_iterator());
  }

  fs::path folder_;
};

TEST_F(AtomicFileTest, AppearsWholeAtTheCommit) {
  AtomicFile file(path());
  file.write("one\n");
  file.write(std::string(200'000, 'x'));  // more than is buffered
  file.flush();
  EXPECT_FALSE(fs::exists(path()));
  file.commit();
  EXPECT_EQ(content(path()), "one\n" + std::string(200'000, 'x'));
  EXPECT_EQ(entries(), 1);
}

TEST_F(AtomicFileTest, WithoutACommitTheOldFileStays) {
  write_file(path(), "old");
  {
    AtomicFile file(path());
    file.write("new");
    file.flush();
    EXPECT_EQ(content(path()), "old");
  }
  EXPECT_EQ(content(path()), "old");
  EXPECT_EQ(entries(), 1);
  write_file(path(), "new");
  EXPECT_EQ(content(path()), "new");
}

TEST_F(AtomicFileTest, AWriteThatFailsLeavesTheOldFileAndNoTrace) {
  write_file(path(), "old");
  AtomicFile file(path());
  file.write("new");
  // The temporary file's descriptor, pointed at a full device, behaves as on a full disk.
  int descriptor = -1;
  for (int candidate = 3; candidate < 64 && descriptor < 0; ++candidate) {
    std::error_code none;
    const std::string target = fs::read_symlink("/proc/self/fd/" + std::to_string(candidate), none).string();
    if (target.starts_with(folder_.string())) descriptor = candidate;
  }
  const int full = ::open("/dev/full", O_WRONLY);
  if (descriptor < 0 || full < 0) GTEST_SKIP() << "no /proc/self/fd or no /dev/full";
  ASSERT_EQ(::dup2(full, descriptor), descriptor);
  ::close(full);
  EXPECT_EQ(error_of<output_error>([&] { file.commit(); }),
            path() + ": cannot be written (No space left on device)");
  EXPECT_EQ(content(path()), "old");
  EXPECT_EQ(entries(), 1);
  EXPECT_THROW(file.write("more"), std::logic_error);
}

TEST_F(AtomicFileTest, KeepsPermissionsAndFollowsLinks) {
  write_file(path(), "old");
  ASSERT_EQ(::chmod(path().c_str(), 0640), 0);
  fs::create_symlink("out", path("link"));
  write_file(path("link"), "new");
  EXPECT_TRUE(fs::is_symlink(path("link")));
  EXPECT_EQ(content(path()), "new");
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms(0640));
}

TEST_F(AtomicFileTest, ANewFileHasTheUsualPermissions) {
  const mode_t mask = ::umask(022);
  write_file(path(), "new");
  ::umask(mask);
  EXPECT_EQ(fs::status(path()).permissions(), fs::perms(0644));
}

TEST_F(AtomicFileTest, AFullDisk) {
  if (!fs::exists("/dev/full")) GTEST_SKIP() << "no /dev/full";
  EXPECT_EQ(error_of<output_error>([] { write_file("/dev/full", "text"); }),
            "/dev/full: cannot be written (No space left on device)");
}

TEST_F(AtomicFileTest, PathsThatCannotBeWritten) {
  const auto line = [](const std::string& at) { return error_of<output_error>([&] { write_file(at, "text"); }); };
  const std::string nowhere = path("missing/out");
  EXPECT_EQ(line(nowhere), nowhere + ": cannot be written (No such file or directory)");
  EXPECT_EQ(line(folder_.string()), folder_.string() + ": cannot be written (Is a directory)");
  EXPECT_EQ(line(""), ": cannot be written (No such file or directory)");
}

TEST_F(AtomicFileTest, AFileThatMayNotBeWrittenIsNotReplaced) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everything";
  write_file(path(), "old");
  ASSERT_EQ(::chmod(path().c_str(), 0440), 0);
  EXPECT_EQ(error_of<output_error>([&] { write_file(path(), "new"); }),
            path() + ": cannot be written (Permission denied)");
  EXPECT_EQ(content(path()), "old");
}

TEST_F(AtomicFileTest, APipeIsWrittenDirectly) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  AtomicFile file("/dev/fd/" + std::to_string(ends[1]));
  file.write("through");
  file.flush();  // arrives before the commit
  std::array<char, 16> got{};
  EXPECT_EQ(std::string(got.data(), static_cast<std::size_t>(::read(ends[0], got.data(), got.size()))), "through");
  file.commit();
  for (const int end : ends) ::close(end);
  EXPECT_EQ(error_of<output_error>([&] { AtomicFile("/dev/fd/" + std::to_string(ends[1])); }),
            "/dev/fd/" + std::to_string(ends[1]) + ": cannot be written (Bad file descriptor)");
}

// /dev/stdout redirected to a file: what is there stays, as for any writer to standard output.
TEST_F(AtomicFileTest, ADescriptorsFileIsContinuedNotReplaced) {
  const int descriptor = ::open(path().c_str(), O_WRONLY | O_CREAT, 0600);
  ASSERT_EQ(::write(descriptor, "before ", 7), 7);
  write_file("/dev/fd/" + std::to_string(descriptor), "after");
  ::close(descriptor);
  EXPECT_EQ(content(path()), "before after");
}

}  // namespace
}  // namespace touchstone
