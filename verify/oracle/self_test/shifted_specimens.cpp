#include "verify/oracle/self_test/shifted.hpp"

namespace touchstone::inline v0::oracle::self_test {

namespace shifted {

/// alpha = 1/(1 + omega) of the compressor in use, as far as the library knows its omega.
Json alpha_of(const Json& request, double (*alpha)(double omega)) {
  const Json parameters = request.at("method").at("parameters");
  const std::string name = parameters.value("compressor", "identity");
  const auto d = static_cast<double>(request.at("problem").at("workers").at(0).at(0).at("b").size());
  if (name == "identity") return {{"alpha", 1}};
  if (name == "natural") return {{"alpha", alpha(0.125)}};
  if (!name.starts_with("rand-k:")) return Json::object();
  return {{"alpha", alpha(d / std::stod(name.substr(7)) - 1)}};
}

}  // namespace shifted

Specimens shifted_specimens() {
  using namespace shifted;  // NOLINT(google-build-using-namespace): its own part of this file
  Specimens list;
  const StateParts diana = {{"x", true}, {"h", false}};
  const StateParts marina = {{"x", true}, {"g", true}, {"gradients", false, true}};
  add_method<Qsgd, Fault, Fault>(
      list, "qsgd", {{"x", true}},
      {{"sum-of-workers", "the messages are summed", Fault::sum_of_workers},
       {"worker-skipped", "the last worker is left out", Fault::worker_skipped},
       {"worker-twice", "the last worker counts twice", Fault::worker_twice},
       {"uncompressed", "the gradients are sent as they are", Fault::uncompressed},
       {"mask-shared", "worker 0's choices serve for all workers", Fault::mask_shared},
       {"mean-compressed", "the mean of the gradients is compressed, once", Fault::mean_compressed}});
  add_method<Diana, Fault, Fault>(
      list, "diana", diana,
      {{"sum-of-workers", "the workers are summed", Fault::sum_of_workers},
       {"gamma-sign", "the step goes up", Fault::gamma_sign},
       {"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
       {"alpha-one", "the shifts take alpha = 1", Fault::alpha_one},
       {"alpha-is-gamma", "alpha and gamma are exchanged", Fault::alpha_is_gamma},
       {"shift-of-uncompressed", "the shifts move by the difference itself", Fault::shift_of_uncompressed},
       {"shift-not-updated", "the shifts stay", Fault::shift_not_updated},
       {"shift-first", "the server adds the new shifts", Fault::shift_first},
       {"shift-left-out", "the server averages the messages without the shifts", Fault::shift_left_out},
       {"shift-of-mean", "all shifts move by the mean message", Fault::shift_of_mean},
       {"shift-sign", "the shift is added where it is to be subtracted", Fault::shift_sign},
       {"gradient-compressed", "the gradient is compressed, not the difference", Fault::gradient_compressed},
       {"compressed-twice", "the shift learns from another draw than is sent", Fault::compressed_twice},
       {"mask-shared", "worker 0's choices serve for all workers", Fault::mask_shared},
       {"index-shared", "one component for all workers", Fault::index_shared},
       {"worker-skipped", "the last worker is left out", Fault::worker_skipped},
       {"worker-twice", "the last worker counts twice", Fault::worker_twice}});
  add_method<VrDiana, Fault, Fault>(
      list, "vr-diana-saga", {{"x", true}, {"h", false}, {"table", false}, {"table_mean", false, true}},
      {{"row-not-replaced", "the row of the table stays", Fault::row_not_replaced},
       {"mean-not-updated", "the mean of the table stays", Fault::mean_not_updated},
       {"mean-by-one", "the change of the mean is not divided by m", Fault::mean_by_one},
       {"mean-left-out", "the mean is left out of the estimate", Fault::mean_left_out},
       {"shift-first", "the server adds the new shifts", Fault::shift_first},
       {"index-shared", "one component for all workers", Fault::index_shared}});
  add_method<Marina, Fault, Fault>(
      list, "marina", marina,
      {{"coin-flipped", "full gradients with probability 1-p", Fault::coin_flipped},
       {"coin-of-each-worker", "every worker has a coin of its own", Fault::coin_of_each_worker},
       {"new-gradient-compressed", "the new gradient is compressed, not the difference",
        Fault::new_gradient_compressed},
       {"old-gradient-stale", "the gradients at the last point are not renewed", Fault::old_gradient_stale},
       {"old-gradient-forgotten", "a full round forgets the gradients", Fault::old_gradient_forgotten},
       {"estimator-kept", "a full round adds to the estimator", Fault::estimator_kept},
       {"estimator-dropped", "a compressed round forgets the estimator", Fault::estimator_dropped},
       {"step-after", "the step is made with the new estimator", Fault::step_after},
       {"sum-of-workers", "the workers are summed", Fault::sum_of_workers}});
  add_method<DelayedSgd, Fault, Fault>(
      list, "d-sgd", {{"x", true}, {"delayed", false}},
      {{"delay-one-less", "an estimate arrives an iteration early", Fault::delay_one_less},
       {"no-delay", "the estimate is applied at once", Fault::no_delay},
       {"newest-first", "the youngest of the delayed estimates arrives", Fault::newest_first},
       {"index-shared", "one component for all workers", Fault::index_shared},
       {"sum-of-workers", "the workers are summed", Fault::sum_of_workers}});
  const auto with_alpha = [&](const char* id, const char* fault, double (*alpha)(double)) {
    MethodLibraryOptions declaring = method_options("diana", diana);
    declaring.declare = [alpha](const Json& request) { return alpha_of(request, alpha); };
    list.push_back(method_specimen<Diana>(id, fault, Fault::none, declaring));
  };
  with_alpha("diana/alpha-of-omega", "alpha is computed as min(1, 1/omega)",
             [](double omega) { return std::min(1.0, 1 / omega); });
  with_alpha("diana/alpha-of-root", "alpha is computed as 1/sqrt(1+omega)",
             [](double omega) { return 1 / std::sqrt(1 + omega); });
  with_alpha("diana/correct/alpha-declared", "", [](double omega) { return std::nextafter(1 / (1 + omega), 0.0); });
  MethodLibraryOptions silent = method_options("marina", marina);
  silent.tells_derived = false;
  list.push_back(method_specimen<Marina>("marina/correct/derived-not-told", "", Fault::none, silent));
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
