#include "verify/oracle/self_test/single_node.hpp"

namespace touchstone::inline v0::oracle::self_test {

Specimens single_node_specimens() {
  using namespace single_node;  // NOLINT(google-build-using-namespace): its own part of this file
  Specimens list;
  const StateParts model = {{"x", true}};
  const StateParts saga = {{"x", true}, {"table", false}, {"table_mean", true, true}};
  const StateParts svrg = {{"x", true}, {"w", true}, {"reference_gradient", true, true}};
  add_method<Gd, Variant, Fault>(
      list, "gd", model,
      {{"gamma-sign", "the step goes up the gradient", Fault::gamma_sign},
       {"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
       {"linear-part-forgotten", "the gradient is A x, without b", Fault::linear_part_forgotten},
       {"sum-of-workers", "the workers' gradients are summed", Fault::sum_of_workers},
       {"worker-skipped", "the last worker is left out", Fault::worker_skipped},
       {"worker-twice", "the last worker counts twice", Fault::worker_twice},
       {"step-from-zero", "x <- -gamma g", Fault::step_from_zero}});
  add_method<Sgd, Variant, Fault>(
      list, "sgd", model,
      {{"gamma-twice", "gamma is multiplied in twice", Fault::gamma_twice},
       {"last-never-drawn", "the last component is never drawn", Fault::last_never_drawn},
       {"full-gradient", "the gradient of all components is taken", Fault::full_gradient},
       {"scaled-by-m", "the gradient is multiplied by m", Fault::scaled_by_m},
       {"linear-part-forgotten", "the gradient is A x, without b", Fault::linear_part_forgotten}});
  add_method<Saga, Variant, Fault>(
      list, "saga", saga,
      {{"row-not-replaced", "the row of the table stays", Fault::row_not_replaced},
       {"row-replaced-first", "the row is replaced before the difference is taken", Fault::row_replaced_first},
       {"row-of-new-iterate", "the row takes the gradient after the step", Fault::row_of_new_iterate},
       {"mean-not-updated", "the mean of the table stays", Fault::mean_not_updated},
       {"mean-after-row", "the mean is updated after the row is replaced", Fault::mean_after_row},
       {"mean-before-step", "the new mean is used in the step", Fault::mean_before_step},
       {"mean-by-one", "the change of the mean is not divided by m", Fault::mean_by_one},
       {"mean-left-out", "the mean is left out of the estimate", Fault::mean_left_out},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign},
       {"gamma-sign", "the step goes up", Fault::gamma_sign}});
  add_method<Svrg, Variant, Fault>(
      list, "svrg", svrg,
      {{"drawn-twice", "the gradients of the difference are of different components", Fault::drawn_twice},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign},
       {"reference-left-out", "grad f(w) is left out", Fault::mean_left_out},
       {"refreshed-always", "the reference point moves at every step", Fault::refreshed_always}});
  add_method<LSvrg, Variant, Fault>(
      list, "l-svrg", svrg,
      {{"reference-stale", "w moves, grad f(w) stays", Fault::reference_stale},
       {"reference-of-component", "grad f(w) becomes that of the component drawn", Fault::reference_of_component},
       {"point-stale", "grad f(w) moves, w stays", Fault::point_stale},
       {"coin-flipped", "refreshed with probability 1-p", Fault::coin_flipped},
       {"coin-is-index", "refreshed where component 0 is drawn", Fault::coin_is_index},
       {"refreshed-never", "the reference point never moves", Fault::refreshed_never},
       {"refreshed-before-stale", "w moves before the gradient, grad f(w) after it", Fault::refreshed_before_stale},
       {"drawn-twice", "the gradients of the difference are of different components", Fault::drawn_twice},
       {"correction-sign", "the correction has the wrong sign", Fault::correction_sign}});
  add_method<Sega, Variant, Fault>(
      list, "sega", {{"x", true}, {"h", true}},
      {{"without-d", "the difference is not multiplied by d", Fault::without_d},
       {"shift-first", "h is updated before g is made of it", Fault::shift_first},
       {"shift-by-d", "h moves by d times the difference", Fault::shift_by_d},
       {"shift-not-updated", "h stays", Fault::shift_not_updated},
       {"no-difference", "h is not subtracted from the derivative", Fault::no_difference},
       {"last-never-drawn", "the last coordinate is never drawn", Fault::last_never_drawn}});
  list.push_back(
      method_specimen<Gd>("gd/correct/fused", "", Variant{Fault::none, false, true}, method_options("gd", model)));
  list.push_back(method_specimen<Gd>("gd/correct/from-the-last-worker", "",
                                     Variant{Fault::none, false, false, true}, method_options("gd", model)));
  // Covered by the theorem with the same stepsize: seen from the coin on, g is made with the refreshed w, and the key
  // assumption holds with A = 2L(1+p), B = 2(1-p), rho = p, C = pL; with M = 4(1-p)/p, A + CM <= 6L.
  list.push_back(method_specimen<LSvrg>("l-svrg/correct/refreshed-after-the-step", "", Variant{Fault::none, true},
                                        method_options("l-svrg", svrg)));
  for (const char* name : {"saga", "l-svrg"}) {
    MethodLibraryOptions silent = method_options(name, name == std::string("saga") ? saga : svrg);
    silent.tells_derived = false;
    const std::string id = fmt::format("{}/correct/derived-not-told", name);
    list.push_back(name == std::string("saga") ? method_specimen<Saga>(id, "", Variant{}, silent)
                                               : method_specimen<LSvrg>(id, "", Variant{}, silent));
  }
  // Stepsizes as they are declared: a factor over the problem's L; of SAGA over the largest L_ij.
  const auto with_stepsize = [&](const char* id, const char* fault, double factor) {
    const bool gd = std::string_view(id).starts_with("gd");
    MethodLibraryOptions declaring = method_options(gd ? "gd" : "saga", gd ? model : saga);
    declaring.declare = [factor, gd](const Json& request) -> Json {
      const Json& problem = request.at("problem");
      double L = number_of(problem.at("L"));
      if (!gd)
        for (const Json& worker : problem.at("L_ij"))
          for (const Json& component : worker) L = std::max(L, number_of(component));
      return {{"stepsize", factor / L}};
    };
    list.push_back(gd ? method_specimen<Gd>(id, fault, Variant{}, declaring)
                      : method_specimen<Saga>(id, fault, Variant{}, declaring));
  };
  with_stepsize("gd/stepsize-2-over-L", "the stepsize declared is 2/L, at which gradient descent stands still", 2);
  with_stepsize("saga/stepsize-of-gd", "the stepsize declared is 1/L, that of gradient descent", 1);
  with_stepsize("gd/correct/stepsize-declared", "", 1);
  with_stepsize("saga/correct/stepsize-declared", "", 1.0 / 6);
  MethodLibraryOptions boxed = method_options("saga", saga);
  boxed.subject.ways = {"black-box"};
  list.push_back(method_specimen<Saga>("saga/correct/black-box", "", Variant{}, boxed));
  return list;
}

}  // namespace touchstone::inline v0::oracle::self_test
