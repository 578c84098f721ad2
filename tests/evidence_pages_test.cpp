// The tables of mistakes name claims that there are.

#include <fstream>
#include <regex>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "verify/claim.hpp"

namespace touchstone {
namespace {

std::set<std::string> all_claims() {
  std::set<std::string> ids;
  for (const Claim& claim : claims()) ids.insert(claim.id);
  return ids;
}

/// What stands as `SUBJECT/NAME` in the rows of a page's tables.
std::set<std::string> named_in_tables(const std::string& page) {
  std::ifstream in(std::string(TOUCHSTONE_SOURCE) + "/verify/claims/" + page);
  const std::regex name("`([a-z0-9-]+/[a-z0-9-]+)`");
  std::set<std::string> names;
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with("|")) continue;
    for (std::sregex_iterator at(line.begin(), line.end(), name), end; at != end; ++at)
      names.insert((*at)[1].str());
  }
  return names;
}

void expect_claims(const std::string& area, const std::string& page, std::size_t at_least) {
  const std::set<std::string> known = all_claims();
  const std::set<std::string> names = named_in_tables(page);
  EXPECT_GE(names.size(), at_least) << page;
  for (const std::string& name : names) EXPECT_TRUE(known.contains(area + "/" + name)) << page << ": " << name;
  EXPECT_FALSE(known.contains(area + "/" + *names.begin() + "-of-nothing"));
}

TEST(EvidencePages, NameClaimsOfCompressors) {
  expect_claims("compressor", "compressors/README.md", 20);
}

TEST(EvidencePages, NameClaimsOfErrorFeedback) {
  expect_claims("error-feedback", "README.md", 20);
}

TEST(EvidencePages, NameClaimsOfMarina) {
  expect_claims("marina", "marina.md", 15);
}

TEST(EvidencePages, NameClaimsOfMoshpit) {
  expect_claims("moshpit", "moshpit.md", 15);
}

}  // namespace
}  // namespace touchstone
