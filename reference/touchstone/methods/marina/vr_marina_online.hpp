#pragma once
/// \file
/// Online VR-MARINA: a worker never sees all of its function, only samples; its full gradients become large batches.
///
///     g^0 and c = 1:  ghat_i(x) = (1/b) sum_{j in J} grad f_ij(x), |J| = b drawn anew with replacement
///     c = 0:          as VR-MARINA (vr_marina.hpp), with b' fresh samples that both points share
///
/// Thesis     Algorithm 35, announced on the slides
/// Problem    min f(x), f = (1/n) sum_i f_i bounded below, f_i = E_xi f_{xi,i}; here xi is uniform on m_i components
/// Parameters as VR-MARINA; b >= 1
/// Draws      those of VR-MARINA; drawn() starts it: for i = 1..n those of J
/// Theory     theory/marina/vr_marina_online.hpp
/// Reductions m_i = 1: MARINA

#include "touchstone/methods/marina/vr_marina.hpp"

namespace touchstone::inline v0 {

template <Field S, class Q>
using VrMarinaOnline = VrMarina<S, Q, WithReplacement, BatchGradient<WithReplacement>>;

}  // namespace touchstone::inline v0
