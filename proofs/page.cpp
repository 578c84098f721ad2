#include "proofs/page.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

namespace touchstone::inline v0::proofs {

namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t largest_witness = 8;  ///< variables

/// The words of a text, but "name = value" is one.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::istringstream all(text);
  for (std::string word; all >> word;)
    if (!words.empty() && (word == "=" || words.back().ends_with(" =")))
      words.back() += " " + word;
    else
      words.push_back(std::move(word));
  return words;
}

/// `first` and the text, folded; further lines are indented as deep as `first` is long.
std::string folded(const std::string& first, const std::string& text) {
  std::string result = first;
  std::size_t column = first.size();
  bool fresh = true;
  for (const std::string& word : words_of(text)) {
    if (!fresh && column + 1 + word.size() > columns) {
      result += "\n" + std::string(first.size(), ' ');
      column = first.size();
    } else if (!fresh) {
      result += " ";
      ++column;
    }
    result += word;
    column += word.size();
    fresh = false;
  }
  return result + "\n";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string marked(const Omission& omission) {
  return omission.hypothesis + (omission.divides ? "*" : "");
}

std::string certificates(const ObligationResult& result) {
  std::string text;
  for (const CertificateVerdict& certificate : result.certificates) {
    if (!certificate.proves()) text += folded("    ", "refused: " + certificate.refusal);
    for (std::size_t i = 0; i < certificate.formula.size(); ++i)
      text += folded(i == 0 ? "    " : "        " + certificate.formula[i].substr(0, 2),
                     i == 0 ? certificate.formula[i] : certificate.formula[i].substr(2));
  }
  if (text.find("(negated-goal)") != std::string::npos)
    text += "        where negated-goal is left - right, positive if the goal fails\n";
  if (text.empty() && result.certified()) text = "    every goal is an identity\n";
  return text;
}

std::string needs(const ObligationResult& result) {
  std::vector<std::string> needed;
  std::vector<std::string> redundant;
  bool small = true;
  bool marks = false;
  for (const OmissionVerdict& o : result.omissions) {
    (o.answer == Answer::sat ? needed : redundant).push_back(marked(o.omission));
    small = small && std::ranges::count(o.witness, '=') <= static_cast<std::ptrdiff_t>(largest_witness);
    marks = marks || o.omission.divides;
  }
  std::string text;
  if (!needed.empty()) text += folded("    needed      ", listed(needed));
  if (!redundant.empty()) text += folded("    redundant   ", listed(redundant));
  if (marks) text += "                * without it a denominator might be zero\n";
  if (!small) return text;
  for (const OmissionVerdict& o : result.omissions)
    if (o.answer == Answer::sat)
      text += folded("    without     ", o.omission.hypothesis + " false for " + o.witness);
  return text;
}

}  // namespace

std::string page(const ObligationResult& result) {
  return result.id + "\n" + certificates(result) + needs(result);
}

}  // namespace touchstone::inline v0::proofs
