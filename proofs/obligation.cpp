#include "proofs/obligation.hpp"

#include <fstream>
#include <stdexcept>

#include "proofs/multipliers.hpp"

namespace touchstone::inline v0::proofs {

namespace {

constexpr std::size_t line_width = 110;

/// The parts of "(a b (c d))", or the text itself where it is no list.
std::vector<std::string> parts(const std::string& text) {
  if (text.empty() || text.front() != '(') return {text};
  std::vector<std::string> found;
  int depth = 0;
  std::string part;
  for (const char c : text.substr(1, text.size() - 2)) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c != ' ' || depth > 0) {
      part += c;
      continue;
    }
    found.push_back(std::move(part));
    part.clear();
  }
  found.push_back(std::move(part));
  return found;
}

/// The text on one line where it fits, else one part a line.
std::string laid_out(const std::string& text, std::size_t indent) {
  const std::vector<std::string> list = parts(text);
  if (text.size() + indent <= line_width || list.size() == 1) return text;
  std::string result = "(" + list.front();
  for (std::size_t i = 1; i < list.size(); ++i)
    result += "\n" + std::string(indent + 2, ' ') + laid_out(list[i], indent + 2);
  return result + ")";
}

void write_assertion(std::string& text, const Assertion& a) {
  text += "\n; " + a.comment + "\n";
  text += "(assert (! " + laid_out(a.smt, 11) + " :named " + a.name + "))\n";
}

enum class Asks { refutation, model };

std::string file_text(const Obligation& o, const Question& q, const std::string& what, Asks asks,
                      const std::string& expected) {
  std::string text = "; " + o.id + "\n; " + o.title + "\n;\n";
  for (const std::string& line : o.formula) text += line.empty() ? ";\n" : ";     " + line + "\n";
  text += ";\n; Source: " + o.source + "\n; Formulas generated from: " + o.generated_from + "\n";
  text += "; This file: " + what + "\n; EXPECT: " + expected + "\n";
  if (asks == Asks::model) text += "(set-option :produce-models true)\n";
  text += "(set-logic " + q.logic + ")\n\n";
  for (const Variable& v : q.variables)
    text += "(declare-fun " + v.name + " () Real)" + (v.meaning.empty() ? "" : "  ; " + v.meaning) + "\n";
  for (const Assertion& h : q.hypotheses) write_assertion(text, h);
  for (const Assertion& g : q.negated_goal) write_assertion(text, g);
  text += "\n(check-sat)\n";
  if (asks == Asks::model) text += "(get-model)\n";
  return text;
}

ObligationFile file_without(const Obligation& o, const Omission& omission) {
  Question rest = o.question;
  std::erase_if(rest.hypotheses, [&](const Assertion& h) { return h.name == omission.hypothesis; });
  const bool needed = omission.declared == Need::needed;
  const Answer expected = needed ? Answer::sat : Answer::unsat;
  return {o.id + ".without-" + omission.hypothesis + ".smt2",
          file_text(o, rest,
                    "without the hypothesis " + omission.hypothesis + ", which is " + to_string(omission.declared),
                    needed ? Asks::model : Asks::refutation, to_string(expected)),
          expected};
}

ObligationFile file_of_multipliers(const Obligation& o, std::size_t i) {
  const Combination& combination = o.combinations[i];
  const std::string number = o.combinations.size() == 1 ? "" : "-" + std::to_string(i + 1);
  return {o.id + ".certificate" + number + ".smt2",
          file_text(o, multipliers_question(combination),
                    "multipliers with which the products add up to " + combination.goal, Asks::model, "sat"),
          Answer::sat};
}

}  // namespace

std::string to_string(Answer answer) {
  switch (answer) {
    case Answer::unsat:
      return "unsat";
    case Answer::sat:
      return "sat";
    case Answer::unknown:
      return "unknown";
    case Answer::died:
      return "died";
  }
  throw std::logic_error("an answer that is none");
}

std::string to_string(Need need) {
  return need == Need::needed ? "needed" : "redundant";
}

std::vector<ObligationFile> files(const Obligation& o) {
  std::vector<ObligationFile> all;
  all.push_back({o.id + ".smt2",
                 file_text(o, o.question, "the hypotheses and the negated goal", Asks::refutation, "unsat"),
                 Answer::unsat});
  if (o.hinted)
    all.push_back(
        {o.id + ".hinted.smt2",
         file_text(o, *o.hinted,
                   "products of hypotheses and the negated goal; every monomial is a variable, so what is "
                   "refuted here is weaker than the hypotheses",
                   Asks::refutation, "unsat"),
         Answer::unsat});
  Question hypotheses = o.question;
  hypotheses.negated_goal.clear();
  all.push_back({o.id + ".model.smt2",
                 file_text(o, hypotheses, "the hypotheses alone, which must have a model", Asks::model, "sat"),
                 Answer::sat});
  for (const Twin& twin : o.twins)
    all.push_back({o.id + ".twin-" + twin.name + ".smt2",
                   file_text(o, twin.question, "a near miss, which must have a counterexample: " + twin.change,
                             Asks::model, "sat"),
                   Answer::sat});
  for (const Omission& omission : o.omissions) all.push_back(file_without(o, omission));
  for (std::size_t i = 0; i < o.combinations.size(); ++i)
    if (needs_multipliers(o.combinations[i])) all.push_back(file_of_multipliers(o, i));
  return all;
}

std::vector<std::filesystem::path> write_obligation(const Obligation& obligation,
                                                    const std::filesystem::path& directory) {
  std::vector<std::filesystem::path> written;
  for (const ObligationFile& file : files(obligation)) {
    const std::filesystem::path path = directory / file.name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    out << file.text;
    out.close();
    if (!out) throw std::runtime_error(path.string() + ": cannot be written");
    written.push_back(path);
  }
  return written;
}

}  // namespace touchstone::inline v0::proofs
