#pragma once
/// \file
/// Certificates of rates and their exact check. Nothing that found them need be trusted.
///
/// Certificate  rate V - E V+ = sum_j lambda_j h_j + sum_b <P_b, G_b> identically, where h_j >= 0 are the hypotheses,
///              lambda_j >= 0 and every P_b is positive semidefinite. Then E V+ <= rate V.
/// Witness      numbers in place of all unknowns that satisfy every hypothesis, with positive semidefinite G_b, V > 0
///              and E V+ >= bound V. Then no rate below the bound follows from the hypotheses.
///
/// A certificate holds if both are as described, the certified rate is at most the stated one, and V is a nonnegative
/// form, so that the stated rate follows.

#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "proofs/certificate/problem.hpp"
#include "proofs/embedded.hpp"

namespace touchstone::inline v0::proofs {

using NamedMatrices = std::map<std::string, Matrix<Rational>>;

struct Certificate {
  Rational rate;
  NamedRationals multipliers;  ///< by hypothesis
  NamedMatrices matrices;      ///< P_b by block
};

struct TightnessWitness {
  Rational bound;
  NamedRationals scalars;
  NamedMatrices matrices;  ///< G_b by block
};

/// What a file holds.
struct StoredCertificate {
  std::string problem;  ///< its id
  NamedRationals parameters;
  Certificate certificate;
  TightnessWitness witness;
  std::string found_by;  ///< programs and versions; not checked
};

/// A stored certificate that cannot be read. One line: file, place, what was found, what was expected.
struct certificate_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Throws certificate_error for anything but the format: a member that is missing, unknown or given twice, a number
/// that is no fraction in lowest terms, a matrix that is not square.
[[nodiscard]] StoredCertificate read_certificate(const EmbeddedFile& file);

/// The one that is stored for the problem. Throws certificate_error where there is none, or it cannot be read.
[[nodiscard]] StoredCertificate stored_certificate(const CertificateProblem& problem);

struct CheckedCertificate {
  bool holds = false;
  std::string reason;  ///< one line: what was certified, or the first thing that is wrong
};

/// Fails closed: whatever is missing, left over or of the wrong size is refused. Throws std::out_of_range only where
/// the problem itself uses an unknown that it does not declare.
[[nodiscard]] CheckedCertificate check_certificate(const CertificateProblem& problem,
                                                   const StoredCertificate& stored);

/// Something deliberately wrong, which the check must refuse.
struct CertificateMutant {
  std::string name;
  CertificateProblem problem;
  StoredCertificate stored;
};

/// A promise too good, a rate lowered, every multiplier changed, every hypothesis in use dropped, every matrix with a
/// negative pivot, a witness that claims too much.
[[nodiscard]] std::vector<CertificateMutant> certificate_mutants(const CertificateProblem& problem,
                                                                 const StoredCertificate& stored);

}  // namespace touchstone::inline v0::proofs
