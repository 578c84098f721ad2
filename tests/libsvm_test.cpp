// The LIBSVM reader: what it accepts, the one line that each malformed file gives, and the real files.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/core/require.hpp"
#include "verify/io/libsvm.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;

class Libsvm : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = (std::filesystem::temp_directory_path() / "touchstone-libsvm-XXXXXX").string();
    folder_ = ::mkdtemp(name.data()) != nullptr ? name : "";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  [[nodiscard]] std::string path() const { return (folder_ / "data").string(); }

  [[nodiscard]] SparseData read(const std::string& text, std::optional<Index> features = std::nullopt) const {
    std::ofstream(path(), std::ios::binary) << text;
    return read_libsvm(path(), features);
  }

  /// The line that reading `text` gives, after the name of the file.
  [[nodiscard]] std::string complaint(const std::string& text, std::optional<Index> features = std::nullopt) const {
    const std::string line = error_of<input_error>([&] { (void)read(text, features); });
    EXPECT_EQ(line.find('\n'), std::string::npos) << line;
    return line.starts_with(path()) ? line.substr(path().size()) : line;
  }

  std::filesystem::path folder_;
};

TEST_F(Libsvm, RowsLabelsAndValuesAreThoseOfTheText) {
  const SparseData data = read("+1 1:0.1 3:-2e-3\n-1 2:1  \n-1\n# a comment\n+1\t3:+4 # another\r\n");
  EXPECT_EQ(data.name, path());
  EXPECT_EQ(data.labels, (std::vector<int>{1, -1, -1, 1}));
  Matrix<double> expected = Matrix<double>::Zero(4, 3);
  expected(0, 0) = 0.1;
  expected(0, 2) = -2e-3;
  expected(1, 1) = 1;
  expected(3, 2) = 4;
  EXPECT_EQ(Matrix<double>(data.rows), expected);
  EXPECT_EQ(data.rows.nonZeros(), 4);
}

TEST_F(Libsvm, TheSmallerLabelIsMinusOne) {
  EXPECT_EQ(read("1 1:1\n0 1:1\n").labels, (std::vector<int>{1, -1}));
  EXPECT_EQ(read("1 1:1\n2 1:1\n").labels, (std::vector<int>{-1, 1}));
  EXPECT_EQ(read("-3.5 1:1\n-7 1:1\n").labels, (std::vector<int>{1, -1}));
}

TEST_F(Libsvm, FeaturesCanBeDeclared) {
  EXPECT_EQ(read("1 2:1\n0 1:1\n").rows.cols(), 2);
  EXPECT_EQ(read("1 2:1\n0 1:1\n", 5).rows.cols(), 5);
  EXPECT_EQ(read("1\n0\n", 5).rows.cols(), 5);
  EXPECT_THROW((void)read("1 2:1\n0 1:1\n", 0), precondition_error);
}

TEST_F(Libsvm, TheLastLineMayLackItsEnd) {
  EXPECT_EQ(read("1 1:1\n0 1:0.5").rows.coeff(1, 0), 0.5);
}

TEST_F(Libsvm, ExplicitZerosAreNotStored) {
  EXPECT_EQ(read("1 1:0 2:1\n0 1:-0\n").rows.nonZeros(), 1);
}

TEST_F(Libsvm, MalformedIndices) {
  EXPECT_EQ(complaint("1 1:1\n0 x:1\n"), ":2: found the index 'x', expected a whole number from 1");
  EXPECT_EQ(complaint("1 1:1\n0 :1\n"), ":2: found the index '', expected a whole number from 1");
  EXPECT_EQ(complaint("1 1.5:1\n"), ":1: found the index '1.5', expected a whole number from 1");
  EXPECT_EQ(complaint("1 0:1\n"), ":1: found the index 0, expected indices from 1");
  EXPECT_EQ(complaint("1 -3:1\n"), ":1: found the index -3, expected indices from 1");
  EXPECT_EQ(complaint("1 2:1 2:1\n"), ":1: found the index 2 again, expected ascending indices");
  EXPECT_EQ(complaint("1 5:1 2:1\n"), ":1: found the index 2 after 5, expected ascending indices");
  EXPECT_EQ(complaint("1 4:1\n", 3), ":1: found the index 4, expected at most 3, the number of features");
  EXPECT_EQ(complaint("1 99999999999999999999:1\n"),
            ":1: found the index 99999999999999999999, expected at most 2147483647");
}

TEST_F(Libsvm, MalformedValues) {
  EXPECT_EQ(complaint("1 1:nan\n"), ":1: found the value 'nan', expected a finite number");
  EXPECT_EQ(complaint("1 1:-inf\n"), ":1: found the value '-inf', expected a finite number");
  EXPECT_EQ(complaint("1 1:0,5\n"), ":1: found the value '0,5', expected a number");
  EXPECT_EQ(complaint("1 1:1e999\n"), ":1: found the value '1e999', expected a number in the range of double");
  EXPECT_EQ(complaint("1 1:+-1\n"), ":1: found the value '+-1', expected a number");
  EXPECT_EQ(complaint("1 1\n"), ":1: found '1', expected INDEX:VALUE");
  EXPECT_EQ(complaint("1 1: 2:1\n"), ":1: found '1:', expected a value after the colon");
}

TEST_F(Libsvm, MalformedLabels) {
  EXPECT_EQ(complaint("1 1:1\n1:1\n"), ":2: found no label before '1:1', expected a label");
  EXPECT_EQ(complaint("1 1:1\n\n0 1:1\n"), ":2: found an empty line, expected a label");
  EXPECT_EQ(complaint("1 1:1\n  \t\n0 1:1\n"), ":2: found an empty line, expected a label");
  EXPECT_EQ(complaint("yes 1:1\n"), ":1: found the label 'yes', expected a number");
  EXPECT_EQ(complaint("nan 1:1\n"), ":1: found the label 'nan', expected a finite number");
  EXPECT_EQ(complaint("1 1:1\n0 1:1\n2 1:1\n"),
            ":3: found a third label 2 after 1 and 0, expected two distinct labels");
  EXPECT_EQ(complaint("1 1:1\n1 1:1\n"), ":2: found the only label 1, expected two distinct labels");
}

TEST_F(Libsvm, ACutLastLine) {
  const std::string end = " (the file ends here, without an end of line)";
  EXPECT_EQ(complaint("1 1:1\n0 2:1 3:"), ":2: found '3:', expected a value after the colon" + end);
  EXPECT_EQ(complaint("1 1:1\n0 2:1 3"), ":2: found '3', expected INDEX:VALUE" + end);
  EXPECT_EQ(complaint("1 1:1\n0 2:1 3:1e"), ":2: found the value '1e', expected a number" + end);
  EXPECT_EQ(complaint("1 1:1\n0 2:1 3:-"), ":2: found the value '-', expected a number" + end);
}

TEST_F(Libsvm, FilesWithoutRows) {
  EXPECT_EQ(complaint(""), ":1: found an empty file, expected a labelled row on each line");
  EXPECT_EQ(complaint("# nothing\n"), ":1: found no row, expected a labelled row on each line");
  EXPECT_EQ(complaint("1\n0\n"), ":2: found no feature in any row, expected INDEX:VALUE in some row");
}

TEST_F(Libsvm, FilesThatCannotBeRead) {
  const auto line = [](const std::string& path) { return error_of<input_error>([&] { (void)read_libsvm(path); }); };
  const std::string missing = (folder_ / "missing").string();
  EXPECT_EQ(line(missing),
            missing + ": found nothing readable (No such file or directory), expected a LIBSVM file");
  EXPECT_EQ(line(folder_.string()),
            folder_.string() + ": found nothing readable (Is a directory), expected a LIBSVM file");
}

TEST_F(Libsvm, BinaryRubbishGivesOnePrintableLine) {
  EXPECT_EQ(complaint(std::string("\x01\x80\n", 3)), ":1: found the label '\?\?', expected a number");
  EXPECT_EQ(complaint("1 " + std::string(1000, 'x') + "\n"),
            ":1: found '" + std::string(40, 'x') + "...', expected INDEX:VALUE");
}

struct RealFile {
  const char* name;
  Index rows;
  Index features;
  Index nonzeros;
};

class LibsvmRealFile : public testing::TestWithParam<RealFile> {};

TEST_P(LibsvmRealFile, HasTheCountsOfItsReadme) {
  const RealFile& file = GetParam();
  const std::filesystem::path path = std::filesystem::path(TOUCHSTONE_SOURCE) / "../shared/data" / file.name;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no file " << path;
  const SparseData data = read_libsvm(path.string(), file.features);
  EXPECT_EQ(data.rows.rows(), file.rows);
  EXPECT_EQ(data.rows.cols(), file.features);
  EXPECT_EQ(data.rows.nonZeros(), file.nonzeros);
  EXPECT_EQ(static_cast<Index>(data.labels.size()), file.rows);
  // Except for a1a, whose last four features its rows do not use, the largest index is the number of features.
  EXPECT_EQ(read_libsvm(path.string()).rows.cols(), std::string(file.name) == "a1a" ? 119 : file.features);
  Index empty = 0;
  for (Index r = 0; r < data.rows.rows(); ++r) empty += data.rows.row(r).nonZeros() == 0 ? 1 : 0;
  EXPECT_EQ(empty > 0, std::string(file.name) == "w8a");
  EXPECT_TRUE(empty == 0 || empty == 4'203) << empty;
}

INSTANTIATE_TEST_SUITE_P(
    All, LibsvmRealFile,
    testing::Values(RealFile{"heart_scale", 270, 13, 3'378}, RealFile{"a1a", 1'605, 123, 22'249},
                    RealFile{"mushrooms", 8'124, 112, 170'604}, RealFile{"phishing", 11'055, 68, 331'650},
                    RealFile{"a9a", 32'561, 123, 451'592}, RealFile{"w8a", 49'749, 300, 579'586}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace touchstone
