#include "verify/book/notation.hpp"

#include <algorithm>
#include <cctype>

#include "verify/book/formula.hpp"
#include "verify/book/notation_tokens.hpp"
#include "verify/book/symbols.hpp"

namespace touchstone::inline v0::book {

namespace notation {

using Kind = Token::Kind;

const std::vector<std::string>& names_with_underscores() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const auto& [name, tex] : tex_of_names())
      if (name.find('_') != std::string::npos) names.push_back(name);
    return names;
  }();
  return all;
}

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// Cuts the tokens into words and stretches of mathematics.
class Cutter {
 public:
  explicit Cutter(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::vector<Piece> cut() {
    const std::size_t end = tokens_.size();
    for (std::size_t i = 0; i < end;) {
      if (i > done_ && tokens_[i].space_before && is_hyphenated(i)) flush(i);
      if (is_label(i)) {
        words(i, 3);
        i += 3;
      } else if (tokens_[i].kind == Kind::open && tokens_[i].partner > i &&
                 (is_scripted(i) || tokens_[i].text == "|" || all_mathematics(i + 1, tokens_[i].partner))) {
        i = tokens_[i].partner + 1;
      } else if (is_mathematics(i)) {
        ++i;
      } else {
        words(i, 1);
        ++i;
      }
    }
    flush(end);
    return std::move(pieces_);
  }

 private:
  [[nodiscard]] bool word_at(std::size_t i) const {
    return i < tokens_.size() && tokens_[i].kind == Kind::word && !is_name(i);
  }

  /// "rand-k": a letter behind the hyphen of a word.
  [[nodiscard]] bool ends_a_word(std::size_t i) const {
    return i > 1 && tokens_[i - 1].text == "-" && !tokens_[i - 1].space_before && !tokens_[i].space_before &&
           word_at(i - 2);
  }

  /// A subscript or a superscript.
  [[nodiscard]] bool is_scripted(std::size_t i) const {
    return i > 0 && (tokens_[i - 1].text == "_" || tokens_[i - 1].text == "^") && !tokens_[i].space_before;
  }

  /// "a worker" has an article; "a = 1" has not. "L-smooth" is a name, "one-step" is not.
  [[nodiscard]] bool is_name(std::size_t i) const {
    const std::string& word = tokens_[i].text;
    if (is_scripted(i)) return true;
    if (ends_a_word(i)) return false;
    if (word == "in")
      return i > 0 && i + 1 < tokens_.size() &&
             (tokens_[i + 1].text == "{" || tokens_[i + 1].text == "R" || tokens_[i + 1].text == "[");
    if (word == "mean" || word == "key" || word == "bits")
      return i + 1 < tokens_.size() &&
             (tokens_[i + 1].text == "_" || tokens_[i + 1].text == "|" || tokens_[i + 1].text == "u");
    if (word == "sign" || word == "rank")
      return i + 1 < tokens_.size() && tokens_[i + 1].text == "(" && !tokens_[i + 1].space_before;
    if ((word == "a" || word == "A" || word == "I") && is_article(i)) return false;
    return name_tex(word).has_value();
  }

  /// Before a word, behind a word or where a phrase begins.
  [[nodiscard]] bool is_article(std::size_t i) const {
    static const std::vector<std::string> begins = {",", ";", ":", ".", "("};
    if (i + 1 >= tokens_.size() || !tokens_[i + 1].space_before || !word_at(i + 1)) return false;
    return i == 0 || tokens_[i - 1].kind == Kind::word ||
           std::ranges::find(begins, tokens_[i - 1].text) != begins.end();
  }

  /// "L_i-smooth": a name that is the beginning of a word.
  [[nodiscard]] bool is_hyphenated(std::size_t i) const {
    if (tokens_[i].kind != Kind::word || !is_name(i)) return false;
    std::size_t next = i + 1;
    while (next + 1 < tokens_.size() && (tokens_[next].text == "_" || tokens_[next].text == "^") &&
           !tokens_[next].space_before)
      next += 2;
    return next + 1 < tokens_.size() && tokens_[next].text == "-" && !tokens_[next].space_before &&
           word_at(next + 1) && !tokens_[next + 1].space_before;
  }

  /// "(K2)", "(R)": the name of a line.
  [[nodiscard]] bool is_label(std::size_t i) const {
    if (i + 2 >= tokens_.size() || tokens_[i].text != "(" || tokens_[i + 2].text != ")") return false;
    const std::string& name = tokens_[i + 1].text;
    if (!is_upper(name[0]) || name.size() > 2 || (name.size() == 2 && !is_digit(name[1]))) return false;
    const bool after_words = i == 0 || word_at(i - 1) || tokens_[i - 1].text == "," || tokens_[i - 1].text == ";";
    return after_words && tokens_[i].space_before &&
           (i + 3 >= tokens_.size() || tokens_[i + 3].space_before || tokens_[i + 3].kind == Kind::sign);
  }

  [[nodiscard]] bool is_mathematics(std::size_t i) const {
    const Token& token = tokens_[i];
    switch (token.kind) {
      case Kind::word:
        return is_name(i);
      case Kind::number:
        return true;
      case Kind::code:
      case Kind::open:
      case Kind::close:
        return false;
      case Kind::sign:
        break;
    }
    if (token.text == "_" || token.text == "^" || token.text == "'") return i > 0 && !word_at(i - 1);
    if ((token.text == "-" || token.text == "/" || token.text == "*" || token.text == "+") && !token.space_before &&
        (word_at(i + 1) || (i > 0 && word_at(i - 1))))
      return false;
    return is_mathematical_sign(token.text);
  }

  [[nodiscard]] bool all_mathematics(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i < end; ++i) {
      if (tokens_[i].kind == Kind::open && is_scripted(i)) i = tokens_[i].partner;
      if (tokens_[i].kind == Kind::open && tokens_[i].partner > i) continue;
      if (tokens_[i].kind == Kind::close && tokens_[i].partner < i) continue;
      if (tokens_[i].text != "," && !is_mathematics(i)) return false;
    }
    return true;
  }

  void flush(std::size_t end) {
    if (done_ < end && tokens_[done_].space_before) space();
    // A number by itself, "Algorithm 11", is no formula, nor are "46-49"; nor is a name that is set as a word.
    const bool is_name_of_words = end - done_ == 1 && formula_tex(tokens_, done_, end).starts_with("\\,\\text");
    if (is_name_of_words || are_numbers(done_, end)) {
      for (; done_ < end; ++done_) add_words(tokens_[done_].text);
    }
    // A line may be broken before a relation.
    while (done_ < end) {
      const std::size_t next = relation_after(done_, end);
      pieces_.push_back({Piece::Kind::mathematics, formula_tex(tokens_, done_, next)});
      done_ = next;
    }
  }

  /// One, or several with nothing but hyphens between them.
  [[nodiscard]] bool are_numbers(std::size_t begin, std::size_t end) const {
    if (begin == end) return false;
    for (std::size_t i = begin; i < end; ++i)
      if (tokens_[i].kind != Kind::number && (tokens_[i].text != "-" || i == begin || tokens_[i].space_before))
        return false;
    return true;
  }

  /// The first relation behind `begin` that is in no brackets; `end` where there is none.
  [[nodiscard]] std::size_t relation_after(std::size_t begin, std::size_t end) const {
    static const std::vector<std::string> relations = {"=", "<=", ">=", "<", ">", "->", "<-", "=>", "!=", "=="};
    for (std::size_t i = begin; i < end; ++i) {
      if (tokens_[i].kind == Kind::open && tokens_[i].partner > i)
        i = tokens_[i].partner;
      else if (i > begin && tokens_[i].kind == Kind::sign &&
               std::ranges::find(relations, tokens_[i].text) != relations.end())
        return i;
    }
    return end;
  }

  void add_words(const std::string& text) {
    if (!pieces_.empty() && pieces_.back().kind == Piece::Kind::words)
      pieces_.back().text += text;
    else
      pieces_.push_back({Piece::Kind::words, text});
  }

  void space() {
    if (pieces_.empty()) return;
    if (pieces_.back().kind == Piece::Kind::words)
      pieces_.back().text += ' ';
    else
      pieces_.push_back({Piece::Kind::words, " "});
  }

  void words(std::size_t from, std::size_t count) {
    flush(from);
    for (std::size_t i = from; i < from + count; ++i) {
      const Token& token = tokens_[i];
      if (token.space_before) space();
      const Piece::Kind kind = token.kind == Kind::code ? Piece::Kind::code : Piece::Kind::words;
      if (kind == Piece::Kind::words)
        add_words(token.text);
      else
        pieces_.push_back({kind, token.text});
    }
    done_ = from + count;
  }

  const std::vector<Token>& tokens_;
  std::vector<Piece> pieces_;
  std::size_t done_ = 0;  ///< up to here the pieces go
};

}  // namespace notation

std::vector<Piece> pieces_of(const std::string& text) {
  const std::vector<Token> tokens = tokens_of(text, notation::names_with_underscores(), [](std::string_view name) {
    return !name_tex(std::string(name)).has_value();
  });
  return notation::Cutter(tokens).cut();
}

}  // namespace touchstone::inline v0::book
