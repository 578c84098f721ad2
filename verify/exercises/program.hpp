#pragma once
/// \file
/// Exercises whose answer is code: a program in Python of which one part is to be written. The rest speaks the
/// protocol of `touchstone conform`, and the oracle judges what is behind it by injected choices: by its exact law.

#include "verify/exercises/exercise.hpp"

namespace touchstone::inline v0::exercising {

struct Program {
  Exercise exercise;                   ///< without start and check
  std::string part;                    ///< what is to be written, as it is at the start
  std::string harness;                 ///< SUBJECT and reply(request, random), in Python
  std::vector<std::string> contracts;  ///< all of which must hold
};

/// With its starting file and its check, which refuses a file that differs from that one outside of the part.
[[nodiscard]] Exercise program_exercise(const Program& program);

[[nodiscard]] Program rand_k_program();
[[nodiscard]] Program diana_program();
[[nodiscard]] Program memory_program();

}  // namespace touchstone::inline v0::exercising
