#include "verify/book/formula.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "verify/book/symbols.hpp"

namespace touchstone::inline v0::book {

namespace formula {

using Kind = Token::Kind;

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
    if (const auto known = tex_of_names().find(token.text); known != tex_of_names().end()) return known->second;
    if (token.text.size() <= 2) return token.text;
    return "\\text{" + token.text + "}";
  }

  const std::vector<Token>& tokens_;
};

}  // namespace formula

bool is_mathematical_sign(const std::string& sign) {
  return formula::signs.contains(sign);
}

std::string formula_tex(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  return formula::Setter(tokens).set(begin, end);
}

}  // namespace touchstone::inline v0::book
