#include "verify/oracle/vectors/flags.hpp"

#include <map>
#include <stdexcept>

namespace touchstone::inline v0::oracle::vectors {

std::string description_of_flag(const std::string& flag) {
  static const std::map<std::string, std::string> described = {
      // inputs of compressors
      {"Zero", "x = 0, which is mapped to 0 with probability one"},
      {"OneNonzero", "one coordinate is not zero: the largest norm that a coordinate can have of the whole"},
      {"Ties", "coordinates of the same magnitude"},
      {"OneDimension", "d = 1"},
      {"MixedSigns", "coordinates of both signs"},
      {"Equal", "all coordinates equal: the worst case of many contracts"},
      {"PowerOfTwo", "every coordinate is zero or a power of two, which is its own rounding"},
      {"NextToPowerOfTwo", "doubles next to a power of two, on both sides"},
      {"Subnormal", "coordinates below 2^-1022, which half and single precision flush to zero"},
      {"LargestDouble", "coordinates near the largest double; an outcome that exceeds it is infinite in doubles"},
      {"WideRange", "coordinates whose squares differ by more than a double has digits"},
      {"AllKept", "K = d: nothing is left out and nothing drawn"},
      {"Matrix", "x is a matrix, column by column"},
      {"RationalNorm", "|x|_2 is rational, so that the law is"},
      // states of methods
      {"InitialState", "the method's usual start"},
      {"AtSolution", "x = x*, with the memory of a usual start: shifts zero, tables and reference points at x*"},
      {"MemoryNonzero", "every part of the state is set, and no two numbers agree: what is read when shows"},
      {"Regularizer", "the step ends with a proximal step"},
      {"SampledGradient", "a worker draws one of its components"},
      {"OneWorker", "n = 1"},
      {"Seeded", "the choices follow from a seed by the counter-based streams of touchstone"},
      // rows
      {"Row", "the constants of the method's row of the key assumption"},
      // results
      {"Wrong", "a known mistake: an implementation that gives these numbers makes it"},
      {"SignOfZero", "acceptable: -0 in place of +0; equal as numbers"},
      {"OrderAmongTies", "acceptable: another of the coordinates that are tied is kept"},
      {"SnapshotMoment", "acceptable: a reference point that is refreshed takes x after the step, not x before it"},
      {"UnscaledMemory",
       "acceptable: the error memory holds e/gamma, so that the stepsize is applied after compression"}};
  const auto found = described.find(flag);
  if (found == described.end()) throw std::logic_error("a flag without a description: " + flag);
  return found->second;
}

}  // namespace touchstone::inline v0::oracle::vectors
