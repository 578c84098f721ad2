#pragma once
/// \file
/// The kernel's symbols on the exact cases: what g_j, s_j, N_i, ... are at a state of the reference.

#include "proofs/theory/model.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Gd<Rational>>& at);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Saga<Rational>>& at);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<LSvrg<Rational>>& at);
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Diana<Rational, RandK>>& at);
/// For both rows: with noise Z_i of the `variance` that the row is claimed for, and with drawn components.
[[nodiscard]] proofs::kernel::Model model_of(const RowCase<Diana<Rational, RandK, SampledComponent>>& at);

}  // namespace touchstone::inline v0
