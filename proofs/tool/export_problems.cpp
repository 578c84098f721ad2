// export_problems DIR writes every certificate problem as DIR/ID.json, for search_certificate.py. DIR must exist.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "proofs/certificate/problem.hpp"

int main(int argc, char** argv) {
  using namespace touchstone::proofs;  // NOLINT(google-build-using-namespace)
  if (argc != 2) {
    std::cerr << "export_problems: found " << argc - 1 << " arguments, expected a folder\n";
    return 2;
  }
  for (const CertificateProblem& problem : certificate_problems()) {
    const std::filesystem::path path = std::filesystem::path(argv[1]) / (problem.id + ".json");
    std::ofstream file(path);
    if (!(file << problem_json(problem) << std::flush)) {
      std::cerr << "export_problems: " << path.string() << ": cannot be written\n";
      return 2;
    }
  }
}
