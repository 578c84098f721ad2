#include <algorithm>

#include <gtest/gtest.h>

#include "verify/book/docstring.hpp"
#include "verify/book/notation.hpp"
#include "verify/claim.hpp"
#include "verify/program/pages.hpp"

namespace touchstone {
namespace notation_test {

/// Mathematics between dollars, code between backticks.
std::string set(const std::string& text) {
  std::string all;
  for (const book::Piece& piece : book::pieces_of(text)) {
    const char* mark = piece.kind == book::Piece::Kind::mathematics ? "$"
                       : piece.kind == book::Piece::Kind::code      ? "`"
                                                                    : "";
    all += mark + piece.text + mark;
  }
  return all;
}

TEST(Notation, FormulasAreTakenApartAsTheyAreRead) {
  EXPECT_EQ(set("E|Q(x) - x|^2 <= omega |x|^2"),
            R"($\mathbb{E} \lvert Q(x) - x \rvert^{2}$$\le \omega \lvert x \rvert^{2}$)");
  EXPECT_EQ(set("gamma <= 1/((1 + 6 omega/n) L)"), R"($\gamma$$\le \frac{1}{(1 + \frac{6 \omega}{n}) L}$)");
  EXPECT_EQ(set("(1/n) sum_i f_i(x)"), R"($\frac{1}{n} \sum_{i} f_{i}(x)$)");
  EXPECT_EQ(set("sigma+^2, D1, x*, xt, L+-^2, h''(t)"),
            R"($\sigma^{+ 2}$, $D_{1}$, $x^{\star}$, $\tilde x$, $L^{\pm 2}$, $h^{\prime \prime}(t)$)");
  EXPECT_EQ(set("<grad f(x), x - y>"), R"($\langle \nabla f(x), x - y \rangle$)");
  EXPECT_EQ(set("ceil(log2 d), |x|_inf, a^k"), R"($\lceil \log_2 d \rceil$, $\lvert x \rvert_{\infty}$, $a^{k}$)");
}

TEST(Notation, AnExpectationIsOfSomething) {
  EXPECT_EQ(set("A = 2(1 + omega)E"), R"($A$$= 2 (1 + \omega) E$)");
  EXPECT_EQ(set("E_j|g|"), R"($\mathbb{E}_{j} \lvert g \rvert$)");
}

TEST(Notation, WordsStayWords) {
  EXPECT_EQ(set("every f_i is convex and L-smooth"), R"(every $f_{i}$ is convex and $L$-smooth)");
  EXPECT_EQ(set("f L-smooth"), R"($f$ $L$-smooth)");
  EXPECT_EQ(set("a worker's one-step inequality"), "a worker's one-step inequality");
  EXPECT_EQ(set("a = 1"), "$a$$= 1$");
  EXPECT_EQ(set("a sign and an exponent. A power"), "a sign and an exponent. A power");
  EXPECT_EQ(set("(K2) and (R), slides 46-49, Algorithm 11"), "(K2) and (R), slides 46-49, Algorithm 11");
  EXPECT_EQ(set("DIANA with rand-k:3"), "DIANA with rand-k:3");
  EXPECT_EQ(set("theory/local/theorem.hpp, sig_forall_dec"), "`theory/local/theorem.hpp`, `sig_forall_dec`");
}

/// Nothing is left over that TeX or a reader would stumble on.
void expect_well_set(const std::string& text) {
  for (const book::Piece& piece : book::pieces_of(text)) {
    if (piece.kind != book::Piece::Kind::mathematics) continue;
    EXPECT_FALSE(piece.text.empty()) << text;
    EXPECT_EQ(piece.text.find("\\_"), std::string::npos) << text;
    EXPECT_EQ(piece.text.find("\\^"), std::string::npos) << text;
    EXPECT_EQ(std::ranges::count(piece.text, '{'), std::ranges::count(piece.text, '}')) << text;
  }
}

TEST(Notation, EveryStatementIsWellSet) {
  for (const Claim& claim : claims()) {
    expect_well_set(claim.statement);
    expect_well_set(claim.title);
    for (const std::string& hypothesis : claim.hypotheses) expect_well_set(hypothesis);
  }
}

TEST(Docstring, ItsFieldsPseudocodeAndTitleAreFound) {
  const book::Docstring found = book::docstring_of(
      "PP-MARINA: only r workers speak.\nA second line.\n\n    worker i   g <- g + h      sent\n    server     x   "
      "<- x - g\n\n"
      "Problem    min f(x),\n           f convex\nSends      d scalars\n");
  EXPECT_EQ(found.title, "PP-MARINA");
  EXPECT_EQ(found.summary, "PP-MARINA: only r workers speak. A second line.");
  EXPECT_EQ(found.field("Problem"), "min f(x), f convex");
  EXPECT_EQ(found.field("Sends"), "d scalars");
  EXPECT_EQ(found.field("Draws"), "");
  ASSERT_EQ(found.parts.size(), 3U);
  ASSERT_EQ(found.parts[0].lines.size(), 2U);
  EXPECT_EQ(book::columns_of(found.parts[0].lines[0]),
            (std::vector<std::string>{"worker i", "g <- g + h", "sent"}));
  EXPECT_EQ(book::columns_of(found.parts[0].lines[1]), (std::vector<std::string>{"server", "x <- x - g"}));
}

}  // namespace notation_test
}  // namespace touchstone
