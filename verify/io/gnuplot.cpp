#include "verify/io/gnuplot.hpp"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "proofs/process.hpp"
#include "proofs/temporary_directory.hpp"

namespace touchstone::inline v0 {

std::string gnuplot_string(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'') literal += '\'';
    literal += static_cast<unsigned char>(c) < ' ' ? '?' : c;
  }
  return literal + "'";
}

std::string drawn_by_gnuplot(const std::string& terminal, const std::string& script) {
  using proofs::ProcessResult;
  constexpr std::chrono::seconds limit(60);
  const proofs::TemporaryDirectory folder;
  const std::string file = (folder.path() / "chart.gnuplot").string();
  const std::string output = (folder.path() / "chart").string();
  std::ofstream(file) << "set encoding utf8\nset terminal " << terminal << "\nset output " << gnuplot_string(output)
                      << "\n"
                      << script << "\n";
  const ProcessResult drawn = proofs::run_process({"gnuplot", "-d", file}, limit);
  if (drawn.end == ProcessResult::End::not_started)
    throw std::runtime_error(
        "gnuplot: cannot be started, so that no figure is drawn; Debian has it as gnuplot-nox");
  if (drawn.end != ProcessResult::End::exited || drawn.code != 0)
    throw std::runtime_error("gnuplot: failed, so that no figure is drawn: " +
                             drawn.output.substr(0, drawn.output.find('\n', 1)));
  std::ifstream in(output, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace touchstone::inline v0
