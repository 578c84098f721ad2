#include "verify/oracle/self_test/compensated.hpp"

namespace touchstone::inline v0::oracle::self_test {

Specimens compensated_specimens() {
  using namespace compensated;  // NOLINT(google-build-using-namespace): its own part of this file
  Specimens list;
  const StateParts plain = {{"x", true}, {"e", false}};
  const StateParts shifted = {{"x", true}, {"e", false}, {"h", false}};
  const StateParts loopless = {{"x", true}, {"e", false}, {"w", false}, {"reference_gradients", false, true}};
  const StateParts both = {
      {"x", true}, {"e", false}, {"h", false}, {"w", false}, {"reference_gradients", false, true}};
  add_method<Plain, Variant, Fault>(
      list, "ec-gd", plain,
      {{"memory-not-kept", "what is not sent is forgotten", Fault::memory_not_kept},
       {"memory-sign", "the memory has the wrong sign", Fault::memory_sign},
       {"memory-of-uncompressed", "what is sent is not taken from the memory", Fault::memory_of_uncompressed},
       {"memory-shared", "worker 0's memory serves for all", Fault::memory_shared},
       {"memory-decayed", "the memory is multiplied by 0.9", Fault::memory_decayed},
       {"compressed-before-adding", "the gradient is compressed alone, the memory sent beside it",
        Fault::compressed_before},
       {"uncompressed-step", "the server steps along what was to be compressed", Fault::uncompressed_step},
       {"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
       {"gamma-forgotten", "gamma is left out", Fault::gamma_forgotten},
       {"gradient-twice", "the gradient is added twice", Fault::gradient_twice},
       {"sum-of-workers", "the messages are summed", Fault::sum_of_workers},
       {"worker-skipped", "the last worker is left out", Fault::worker_skipped}});
  add_method<PlainSampled, Variant, Fault>(list, "ec-sgd", plain,
                                           {{"index-shared", "one component for all workers", Fault::index_shared},
                                            {"memory-sign", "the memory has the wrong sign", Fault::memory_sign}});
  add_method<ShiftedFull, Variant, Fault>(
      list, "ec-gd-diana", shifted,
      {{"shift-mean-left-out", "the mean of the shifts is left out", Fault::shift_mean_left_out},
       {"shift-mean-after", "the mean is that of the new shifts", Fault::shift_mean_after},
       {"shift-left-out", "the shift is not subtracted", Fault::shift_left_out},
       {"shift-of-uncompressed", "the shift moves by the difference itself", Fault::shift_of_uncompressed},
       {"shift-not-updated", "the shifts stay", Fault::shift_not_updated},
       {"shift-by-message", "the shift learns from the message of C", Fault::shift_by_message},
       {"alpha-one", "the shifts take alpha = 1", Fault::alpha_one},
       {"memory-not-kept", "what is not sent is forgotten", Fault::memory_not_kept}});
  add_method<Shifted, Variant, Fault>(
      list, "ec-sgd-diana", shifted,
      {{"index-shared", "one component for all workers", Fault::index_shared},
       {"shift-mean-after", "the mean is that of the new shifts", Fault::shift_mean_after}});
  add_method<Loopless, Variant, Fault>(
      list, "ec-lsvrg", loopless,
      {{"coin-shared", "worker 0's coin serves for all", Fault::coin_shared},
       {"coin-flipped", "refreshed with probability 1-p", Fault::coin_flipped},
       {"point-stale", "grad f_i(w_i) moves, w_i stays", Fault::point_stale},
       {"reference-stale", "w_i moves, grad f_i(w_i) stays", Fault::reference_stale},
       {"reference-left-out", "grad f_i(w_i) is left out", Fault::reference_left_out},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign},
       {"drawn-twice", "the gradients of the difference are of different components", Fault::drawn_twice},
       {"index-shared", "one component for all workers", Fault::index_shared}});
  add_method<LooplessShifted, Variant, Fault>(
      list, "ec-lsvrg-diana", both,
      {{"coin-shared", "worker 0's coin serves for all", Fault::coin_shared},
       {"shift-mean-after", "the mean is that of the new shifts", Fault::shift_mean_after},
       {"shift-of-uncompressed", "the shift moves by the difference itself", Fault::shift_of_uncompressed},
       {"memory-shared", "worker 0's memory serves for all", Fault::memory_shared}});
  list.push_back(method_specimen<Plain>("ec-gd/correct/memory-without-gamma", "", Variant{Fault::none, true},
                                        method_options("ec-gd", plain)));
  list.push_back(method_specimen<ShiftedFull>("ec-gd-diana/correct/shift-drawn-last", "",
                                              Variant{Fault::none, false, true},
                                              method_options("ec-gd-diana", shifted)));
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
