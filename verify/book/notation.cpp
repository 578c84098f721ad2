#include "verify/book/notation.hpp"

#include <algorithm>
#include <cctype>
#include <map>
#include <optional>
#include <sstream>

#include <fmt/format.h>

#include "verify/book/files.hpp"
#include "verify/book/notation_tokens.hpp"

namespace touchstone::inline v0::book {

namespace notation {

using Kind = Token::Kind;

std::string trimmed(const std::string& text) {
  const std::size_t first = text.find_first_not_of(' ');
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<Symbol> read_symbols() {
  std::vector<Symbol> all;
  std::istringstream lines(file("symbols.txt"));
  std::string section;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t first = line.find('|');
    if (line.starts_with("# ")) section = line.substr(2);
    if (first == std::string::npos || line.starts_with('#')) continue;
    const std::size_t second = line.find(" |", first + 1);
    all.push_back({trimmed(line.substr(0, first)), trimmed(line.substr(first + 1, second - first - 1)),
                   trimmed(line.substr(second + 2)), section});
  }
  return all;
}

const std::map<std::string, std::string>& tex_of() {
  static const std::map<std::string, std::string> all = [] {
    std::map<std::string, std::string> names;
    for (const Symbol& symbol : symbols())
      if (symbol.name.find_first_of("_*+") == std::string::npos || symbol.name.size() > 4)
        names[symbol.name] = symbol.tex;
    return names;
  }();
  return all;
}

const std::vector<std::string>& names_with_underscores() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> names;
    for (const auto& [name, tex] : tex_of())
      if (name.find('_') != std::string::npos) names.push_back(name);
    return names;
  }();
  return all;
}

const std::map<std::string, std::string> signs = {{"<=", "\\le"},
                                                  {">=", "\\ge"},
                                                  {"<", "<"},
                                                  {">", ">"},
                                                  {"=", "="},
                                                  {"==", "="},
                                                  {"!=", "\\ne"},
                                                  {"->", "\\to"},
                                                  {"<-", "\\leftarrow"},
                                                  {"=>", "\\Rightarrow"},
                                                  {"<=>", "\\Leftrightarrow"},
                                                  {":=", ":="},
                                                  {"*", "\\cdot"},
                                                  {"+", "+"},
                                                  {"-", "-"},
                                                  {"/", "/"},
                                                  {"|", "\\mid"},
                                                  {"...", "\\ldots"},
                                                  {"..", "\\ldots"},
                                                  {"~", "\\sim"},
                                                  {"!", "!"}};

bool is_upper(char c) {
  return std::isupper(static_cast<unsigned char>(c)) != 0;
}
bool is_digit(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// TeX of a name; none where it is a word.
std::optional<std::string> name_tex(const std::string& name) {
  const auto found = tex_of().find(name);
  if (found != tex_of().end()) return found->second;
  if (name.size() == 1) return name;
  if (std::all_of(name.begin() + 1, name.end(), is_digit)) return fmt::format("{}_{{{}}}", name[0], name.substr(1));
  // L1, mu2: a known name with a number
  const std::size_t digits = name.find_first_of("0123456789");
  if (digits != std::string::npos &&
      std::all_of(name.begin() + static_cast<std::ptrdiff_t>(digits), name.end(), is_digit)) {
    const auto base = tex_of().find(name.substr(0, digits));
    if (base != tex_of().end()) return fmt::format("{}_{{{}}}", base->second, name.substr(digits));
  }
  if (name.size() == 2 && (name == "CM" || name == "Be" || (!is_upper(name[0]) && is_upper(name[1]))))
    return fmt::format("{} {}", name[0], name[1]);
  return std::nullopt;
}

bool is_big(const std::string& word) {
  static const std::vector<std::string> all = {"sum", "prod", "max", "min", "sup", "inf", "lim", "argmin"};
  return std::ranges::find(all, word) != all.end();
}

std::string set_number(std::string text) {
  const std::size_t exponent = text.find('e');
  if (exponent != std::string::npos) {
    const std::string power = fmt::format("10^{{{}}}", text.substr(exponent + 1));
    return text.starts_with("1e") ? power : fmt::format("{} \\cdot {}", text.substr(0, exponent), power);
  }
  for (std::size_t at = text.find('\''); at != std::string::npos; at = text.find('\'', at))
    text.replace(at, 1, "\\,");
  return text;
}

/// Turns a stretch of tokens that is all mathematics into TeX.
class Setter {
 public:
  explicit Setter(const std::vector<Token>& tokens) : tokens_(tokens) {}

  std::string set(std::size_t begin, std::size_t end, bool small = false) {
    std::string out;
    std::vector<Factor> product;
    const auto flush = [&] {
      for (const Factor& factor : product) append(out, factor.bare_fraction() ? factor.inner : factor.tex);
      product.clear();
    };
    for (std::size_t i = begin; i < end;) {
      const Token& token = tokens_[i];
      if (token.text == "/" && token.kind == Kind::sign && !product.empty() && i + 1 < end) {
        ++i;
        const Factor below = factor(i, end);
        divide(product, below, small);
        continue;
      }
      if (token.kind == Kind::sign && token.text == ",") {
        flush();
        out += ",";
        ++i;
        continue;
      }
      if (token.kind == Kind::sign && token.text != "'" && token.text != "_" && token.text != "^") {
        flush();
        const auto known = signs.find(token.text);
        append(out, known == signs.end() ? fmt::format("\\text{{{}}}", token.text) : known->second);
        ++i;
        continue;
      }
      product.push_back(factor(i, end));
    }
    flush();
    return out;
  }

 private:
  struct Factor {
    std::string tex;
    std::string inner;  ///< without the round brackets, if that is what it is
    bool big = false;
    bool fraction = false;  ///< inner is one fraction
    [[nodiscard]] bool bare_fraction() const { return fraction && !inner.empty(); }
  };

  static void append(std::string& out, const std::string& more) {
    if (!out.empty() && !more.empty()) out += ' ';
    out += more;
  }

  static void divide(std::vector<Factor>& product, const Factor& below, bool small) {
    std::size_t first = product.size();
    while (first > 0 && !product[first - 1].big) --first;
    std::string above;
    if (product.size() - first == 1 && !product[first].inner.empty()) {
      above = product[first].inner;
    } else {
      for (std::size_t k = first; k < product.size(); ++k)
        append(above, product[k].bare_fraction() ? product[k].inner : product[k].tex);
    }
    const std::string under = below.inner.empty() ? below.tex : below.inner;
    if (small) {
      std::string all;
      for (std::size_t k = first; k < product.size(); ++k) append(all, product[k].tex);
      product.resize(first);
      product.push_back({all + "/" + below.tex, "", false, false});
      return;
    }
    product.resize(first);
    product.push_back({fmt::format("\\frac{{{}}}{{{}}}", above, under), "", false, false});
  }

  /// From an opening bracket at i, which moves behind its partner.
  Factor group(std::size_t& i, bool small) {
    const std::size_t open = i;
    const std::size_t close = tokens_[open].partner;
    i = close + 1;
    const std::string inner = set(open + 1, close, small);
    const std::string& mark = tokens_[open].text;
    if (mark == "(") {
      const bool fraction = inner.starts_with("\\frac{") && closes_at_the_end(inner);
      return {"(" + inner + ")", inner, false, fraction};
    }
    if (mark == "[") return {"[" + inner + "]", "", false, false};
    if (mark == "{") return {"\\{" + inner + "\\}", "", false, false};
    if (mark == "<") return {"\\langle " + inner + " \\rangle", "", false, false};
    return {"\\lvert " + inner + " \\rvert", "", false, false};
  }

  /// \frac{..}{..} and nothing behind.
  static bool closes_at_the_end(const std::string& tex) {
    int depth = 0;
    int closed = 0;
    for (std::size_t k = 0; k < tex.size(); ++k) {
      if (tex[k] == '{') ++depth;
      if (tex[k] == '}' && --depth == 0 && ++closed == 2) return k + 1 == tex.size();
    }
    return false;
  }

  [[nodiscard]] bool adjacent(std::size_t i, std::size_t end) const { return i < end && !tokens_[i].space_before; }

  [[nodiscard]] bool opens(std::size_t i, std::size_t end, const std::string& mark) const {
    return adjacent(i, end) && tokens_[i].kind == Kind::open && tokens_[i].text == mark && tokens_[i].partner > i;
  }

  Factor factor(std::size_t& i, std::size_t end) {
    const Token& token = tokens_[i];
    if (token.kind == Kind::open && token.partner > i) {
      Factor found = group(i, false);
      if (found.tex.starts_with("\\{")) return scripted(std::move(found), i, end);
      Factor with = scripted(found, i, end);
      if (with.tex != found.tex) with.inner.clear();
      return with;
    }
    if (token.kind == Kind::number) {
      Factor found{set_number(token.text), "", false, false};
      ++i;
      return scripted(std::move(found), i, end);
    }
    ++i;
    if (token.kind != Kind::word)
      return {token.text == "^" || token.text == "_" ? "\\" + token.text : token.text, "", false, false};
    if (token.text == "sqrt" && opens(i, end, "(")) {
      const Factor below = group(i, false);
      return scripted({fmt::format("\\sqrt{{{}}}", below.inner), "", false, false}, i, end);
    }
    if ((token.text == "ceil" || token.text == "floor") && opens(i, end, "(")) {
      const Factor inside = group(i, false);
      return scripted({fmt::format("\\l{0} {1} \\r{0}", token.text, inside.inner), "", false, false}, i, end);
    }
    if (token.text == "in") return {"\\in", "", true, false};
    if (token.text == "E" && !is_operator(i, end)) return scripted({"E", "", false, false}, i, end);
    Factor base{name_tex(token.text).value_or(fmt::format("\\text{{{}}}", token.text)), "", is_big(token.text),
                false};
    if (base.tex.starts_with("\\text")) base.tex = "\\," + base.tex;
    base = scripted(std::move(base), i, end);
    while (opens(i, end, "(") || opens(i, end, "[") || (base.big && opens(i, end, "{"))) {
      base.tex += group(i, false).tex;
      base.big = false;
      base = scripted(std::move(base), i, end);
    }
    return base;
  }

  /// Whether what follows, behind subscripts, is something that an expectation is taken of; E alone is a constant.
  [[nodiscard]] bool is_operator(std::size_t i, std::size_t end) const {
    while (i + 1 < end && tokens_[i].text == "_")
      i += 1 + (tokens_[i + 1].kind == Kind::open ? tokens_[i + 1].partner - i : 1);
    return i < end && (tokens_[i].kind == Kind::word || tokens_[i].kind == Kind::open);
  }

  /// Signs at i that belong to what stands before them: x*, x+, L-, L+-. As TeX, with how many they are; none where there are none.
  [[nodiscard]] std::pair<std::string, std::size_t> mark(std::size_t i, std::size_t end) const {
    const auto ends_at = [&](std::size_t next) {
      return next >= end || tokens_[next].space_before || tokens_[next].kind == Kind::close ||
             (tokens_[next].kind == Kind::sign && tokens_[next].text != "-") ||
             (tokens_[next].kind == Kind::open && tokens_[next].text != "[");
    };
    if (!adjacent(i, end)) return {"", 0};
    if (tokens_[i].text == "+" && adjacent(i + 1, end) && tokens_[i + 1].text == "-" && ends_at(i + 2))
      return {"\\pm", 2};
    if (!ends_at(i + 1)) return {"", 0};
    if (tokens_[i].text == "*") return {"\\star", 1};
    if (tokens_[i].text == "+" || tokens_[i].text == "-") return {tokens_[i].text, 1};
    return {"", 0};
  }

  Factor scripted(Factor base, std::size_t& i, std::size_t end) {
    std::string below;
    std::string above;
    while (i < end) {
      if (const auto [sign, count] = mark(i, end); count > 0) {
        append(above, sign);
        i += count;
      } else if (adjacent(i, end) && tokens_[i].text == "'") {
        append(above, "\\prime");
        ++i;
      } else if (adjacent(i, end) && tokens_[i].text == "_" && i + 1 < end) {
        ++i;
        below += (below.empty() ? "" : ",") + script(i, end);
      } else if (adjacent(i, end) && tokens_[i].text == "^" && i + 1 < end) {
        ++i;
        append(above, script(i, end));
      } else {
        break;
      }
    }
    if (below.empty() && above.empty()) return base;
    // a name that carries a subscript already: D_1, next to another
    if (!below.empty() && base.tex.find("_{") != std::string::npos && base.tex.ends_with('}')) {
      base.tex.pop_back();
      base.tex += "," + below + "}";
    } else if (!below.empty()) {
      base.tex += "_{" + below + "}";
    }
    if (!above.empty()) base.tex += "^{" + above + "}";
    base.inner.clear();
    base.fraction = false;
    return base;
  }

  /// Of a subscript or superscript at i.
  std::string script(std::size_t& i, std::size_t end) {
    const Token& token = tokens_[i];
    if (token.kind == Kind::open && (token.text == "{" || token.text == "(") && token.partner > i) {
      const std::size_t close = token.partner;
      const std::string inner = set(i + 1, close, true);
      i = close + 1;
      return inner;
    }
    if (token.text == "-" && i + 1 < end) {
      ++i;
      return "-" + script(i, end);
    }
    ++i;
    if (token.text == "*") return "\\star";
    if (token.kind == Kind::number) return set_number(token.text);
    if (token.kind != Kind::word) return "\\text{" + token.text + "}";
    if (token.text == "inf") return "\\infty";
    if (token.text == "min" || token.text == "max") return "\\" + token.text;
    if (const auto known = tex_of().find(token.text); known != tex_of().end()) return known->second;
    if (token.text.size() <= 2) return token.text;
    return "\\text{" + token.text + "}";
  }

  const std::vector<Token>& tokens_;
};

/// Cuts the tokens into words and stretches of mathematics.
class Cutter {
 public:
  explicit Cutter(const std::vector<Token>& tokens) : tokens_(tokens), setter_(tokens) {}

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
    if ((word == "a" || word == "A" || word == "I") && i + 1 < tokens_.size() &&
        tokens_[i + 1].kind == Kind::word && tokens_[i + 1].space_before &&
        (i == 0 || tokens_[i - 1].kind == Kind::word || tokens_[i - 1].text == ",") && word_at(i + 1))
      return false;
    return name_tex(word).has_value();
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
    return signs.contains(token.text);
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
    const bool is_name_of_words = end - done_ == 1 && setter_.set(done_, end).starts_with("\\,\\text");
    if (is_name_of_words || are_numbers(done_, end)) {
      for (; done_ < end; ++done_) add_words(tokens_[done_].text);
    }
    // A line may be broken before a relation.
    while (done_ < end) {
      const std::size_t next = relation_after(done_, end);
      pieces_.push_back({Piece::Kind::mathematics, setter_.set(done_, next)});
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
  Setter setter_;
  std::vector<Piece> pieces_;
  std::size_t done_ = 0;  ///< up to here the pieces go
};

}  // namespace notation

const std::vector<Symbol>& symbols() {
  static const std::vector<Symbol> all = notation::read_symbols();
  return all;
}

std::vector<Piece> pieces_of(const std::string& text) {
  const std::vector<Token> tokens = tokens_of(text, notation::names_with_underscores(), [](std::string_view name) {
    return !notation::name_tex(std::string(name)).has_value();
  });
  return notation::Cutter(tokens).cut();
}

}  // namespace touchstone::inline v0::book
