// Messages as bits: the order of the bits, codes, and streams that are no message.

#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;

TEST(Wire, BitsGoMostSignificantFirst) {
  BitWriter out;
  out.put(0b101, 3);
  out.put(0, 0);
  out.put(0xFFFF'FFFF'FFFF'FFFF, 64);
  out.put(0b01, 2);
  EXPECT_EQ(out.size(), 69);
  EXPECT_EQ(out.bytes(), (std::vector<std::uint8_t>{0xBF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xE8}));
  BitReader in(out);
  EXPECT_EQ(in.get(3), 0b101U);
  EXPECT_EQ(in.get(0), 0U);
  EXPECT_EQ(in.get(64), 0xFFFF'FFFF'FFFF'FFFFU);
  EXPECT_EQ(in.get(2), 0b01U);
  EXPECT_EQ(in.left(), 0);
}

TEST(Wire, RefusesSparseMessagesThatAreNone) {
  const auto line = [](const BitWriter& out) {
    return error_of<precondition_error>([&] {
      BitReader in(out);
      static_cast<void>(RandK{2}.read<float>(5, in));
    });
  };
  BitWriter beyond;
  beyond.put(5, 3);
  EXPECT_EQ(line(beyond), "an index on the wire is below d (index, d); found 5, 5");
  BitWriter twice;
  twice.put(3, 3);
  twice.put(3, 3);
  EXPECT_EQ(line(twice), "the indices of a message ascend (index, index before it); found 3, 3");
  BitWriter infinite;
  infinite.put(0, 3);
  infinite.put(1, 3);
  infinite.put(0x7F800000, 32);
  EXPECT_EQ(line(infinite), "a scalar on the wire is finite; found inf");
  EXPECT_EQ(error_of<precondition_error>([&] { BitReader(infinite.bytes(), 41); }),
            "a message cannot have more bits than its bytes (bits, of bytes); found 41, 40");
}

TEST(Wire, RefusesLevelsThatAreNone) {
  const auto line = [](float norm, std::uint64_t code) {
    BitWriter out;
    put_scalar(norm, out);
    out.put(code, 3);
    BitReader in(out);
    return error_of<precondition_error>([&] {
      static_cast<void>(Dithering{NormIndex::two, 2}.read<float>(1, in));
    });
  };
  EXPECT_EQ(line(1, 4), "nothing thrown");
  EXPECT_EQ(line(1, 5),
            "a level on the wire needs |level| <= s, and 0 for the norm 0 (level, s, norm); found 3, 2, 1");
  EXPECT_EQ(line(0, 3),
            "a level on the wire needs |level| <= s, and 0 for the norm 0 (level, s, norm); found 1, 2, 0");
  EXPECT_EQ(line(-1, 2), "a norm on the wire has no sign; found -1");
}

TEST(BaseThree, ReadsBackEveryNumberAndRefusesTheOthers) {
  for (Index d = 0; d <= 7; ++d) {
    const Index bits = base_three_bits(d);
    Index numbers = 1;
    for (Index i = 0; i < d; ++i) numbers *= 3;
    EXPECT_TRUE(numbers <= (Index{1} << bits) && (d == 0 || numbers > (Index{1} << (bits - 1))));
    for (Index number = 0; number < (Index{1} << bits); ++number) {
      BitWriter in_base_two;
      in_base_two.put(static_cast<std::uint64_t>(number), bits);
      BitReader in(in_base_two);
      if (number >= numbers) {
        EXPECT_THROW(static_cast<void>(get_base_three(d, in)), precondition_error);
        continue;
      }
      BitWriter back;
      put_base_three(get_base_three(d, in), back);
      EXPECT_EQ(back.bytes(), in_base_two.bytes());
    }
  }
  std::vector<Index> digits(1001);
  for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = static_cast<Index>(i * i % 3) - 1;
  BitWriter out;
  put_base_three(digits, out);
  BitReader in(out);
  EXPECT_EQ(out.size(), base_three_bits(1001));
  EXPECT_EQ(get_base_three(1001, in), digits);
}

}  // namespace
}  // namespace touchstone
