#include "verify/book/notation_tokens.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace touchstone::inline v0::book {

namespace notation_tokens {

bool letter(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
bool digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// A path, the id of a claim or a qualified name.
bool is_code(std::string_view chunk) {
  if (chunk.ends_with(".hpp") || chunk.ends_with(".v") || chunk.find("::") != std::string_view::npos) return true;
  if (std::ranges::count(chunk, '/') != 2) return false;
  return std::ranges::all_of(chunk,
                             [](char c) {
                               return std::islower(static_cast<unsigned char>(c)) != 0 || digit(c) || c == '/' ||
                                      c == '-';
                             }) &&
         chunk.find("//") == std::string_view::npos && chunk.size() > 8;
}

class Reader {
 public:
  Reader(std::string_view text, const std::vector<std::string>& known, const IsWord& is_word)
      : text_(text), known_(known), is_word_(is_word) {}

  std::vector<Token> all() {
    while (at_ < text_.size()) {
      if (text_[at_] == ' ' || text_[at_] == '\n') {
        if (!tokens_.empty()) tokens_.back().space_after = true;
        space_ = true;
        ++at_;
        continue;
      }
      one();
      space_ = false;
    }
    match();
    return std::move(tokens_);
  }

 private:
  void add(Token::Kind kind, std::size_t length) {
    Token token{kind, std::string(text_.substr(at_, length)), space_ || tokens_.empty(), false, tokens_.size()};
    tokens_.push_back(std::move(token));
    at_ += length;
  }

  void one() {
    const char c = text_[at_];
    const std::size_t chunk_end = std::min(text_.find_first_of(" \n,;()", at_), text_.size());
    std::string_view chunk = text_.substr(at_, chunk_end - at_);
    while (chunk.ends_with('.') || chunk.ends_with(':')) chunk.remove_suffix(1);
    if (is_code(chunk)) return add(Token::Kind::code, chunk.size());
    if (letter(c)) return word();
    if (digit(c)) return number();
    sign();
  }

  void word() {
    for (const std::string& name : known_)
      if (name.size() > 1 && text_.substr(at_).starts_with(name) && !continues(at_ + name.size()))
        return add(Token::Kind::word, name.size());
    std::size_t end = at_;
    while (continues(end)) ++end;
    const std::string_view first = text_.substr(at_, end - at_);
    if (end + 1 < text_.size() && text_[end] == '_' && letter(text_[end + 1]) && is_word_(first)) {
      while (continues(end) || (end + 1 < text_.size() && text_[end] == '_' && continues(end + 1))) ++end;
      return add(Token::Kind::code, end - at_);
    }
    // worker's, as a word; h'(t) is not
    if (end + 1 < text_.size() && text_[end] == '\'' && end - at_ > 1 && text_[end + 1] == 's') end += 2;
    add(Token::Kind::word, end - at_);
  }

  [[nodiscard]] bool continues(std::size_t at) const {
    return at < text_.size() && (letter(text_[at]) || digit(text_[at]));
  }

  void number() {
    std::size_t end = at_;
    const auto next_is_digit = [&] { return end + 1 < text_.size() && digit(text_[end + 1]); };
    while (end < text_.size() &&
           (digit(text_[end]) || ((text_[end] == '.' || text_[end] == '\'') && next_is_digit())))
      ++end;
    if (end + 2 < text_.size() && text_[end] == 'e' && text_[end + 1] == '-' && digit(text_[end + 2])) {
      end += 2;
      while (end < text_.size() && digit(text_[end])) ++end;
    }
    add(Token::Kind::number, end - at_);
  }

  void sign() {
    static constexpr std::array<std::string_view, 11> longer = {"<=>", "...", "..", "<=", ">=", "=>",
                                                                "->",  "<-",  "==", "!=", ":="};
    const std::string_view rest = text_.substr(at_);
    for (const std::string_view one : longer)
      if (rest.starts_with(one)) return add(Token::Kind::sign, one.size());
    const char c = rest.front();
    if (c == '(' || c == '[' || c == '{') return add(Token::Kind::open, 1);
    if (c == ')' || c == ']' || c == '}') return add(Token::Kind::close, 1);
    std::size_t length = 1;
    while (at_ + length < text_.size() && (static_cast<unsigned char>(text_[at_ + length]) & 0xC0U) == 0x80U)
      ++length;  // of UTF-8
    add(Token::Kind::sign, length);
  }

  void pair(std::size_t open, std::size_t close) {
    tokens_[open].partner = close;
    tokens_[close].partner = open;
    tokens_[open].kind = Token::Kind::open;
    tokens_[close].kind = Token::Kind::close;
  }

  void match() {
    std::vector<std::size_t> open;
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      Token& token = tokens_[i];
      const std::string top = open.empty() ? "" : tokens_[open.back()].text;
      if (token.text == "|") {
        if (top == "|" && !token.space_before) {
          pair(open.back(), i);
          open.pop_back();
        } else if (!(token.space_before && token.space_after)) {
          open.push_back(i);
        }
      } else if (token.text == "<" && !token.space_after && token.space_before) {
        open.push_back(i);
      } else if (token.text == "<" && !token.space_after && i > 0 && tokens_[i - 1].kind != Token::Kind::word) {
        open.push_back(i);
      } else if (token.text == ">" && top == "<") {
        pair(open.back(), i);
        open.pop_back();
      } else if (token.kind == Token::Kind::open) {
        open.push_back(i);
      } else if (token.kind == Token::Kind::close) {
        while (!open.empty() && tokens_[open.back()].kind != Token::Kind::open) open.pop_back();
        if (open.empty()) continue;
        pair(open.back(), i);
        open.pop_back();
      }
    }
  }

  std::string_view text_;
  const std::vector<std::string>& known_;
  const IsWord& is_word_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  bool space_ = false;
};

}  // namespace notation_tokens

std::vector<Token> tokens_of(const std::string& text, const std::vector<std::string>& known,
                             const IsWord& is_word) {
  return notation_tokens::Reader(text, known, is_word).all();
}

}  // namespace touchstone::inline v0::book
