#include "touchstone/randomness/seeded.hpp"

#include "bindings/python/conversions.hpp"

namespace touchstone::inline v0::bindings {

void define_seeded(py::module_& module) {
  py::class_<Seeded>(module, "Seeded")
      .def(py::init<std::uint64_t, std::uint64_t>())
      .def("begin_iteration",
           [](Seeded& random, Index k) {
             require(k >= 0, "an iteration is >= 0", k);
             random.begin_iteration(k);
           })
      .def("worker",
           [](Seeded& random, Index i) {
             require(i >= Place::server, "a worker is >= 0, or -1 for the server", i);
             random.worker(i);
           })
      .def("choose", &Seeded::choose)
      .def("subset", &Seeded::subset)
      .def("permutation", &Seeded::permutation)
      .def("bernoulli", [](Seeded& random, const Rational& p) { return random.bernoulli(p); })
      .def("pick", [](Seeded& random, const Fractions& weights) { return random.pick(weights); })
      .def("place", [](const Seeded& random) {
        const Place& place = random.place();
        return std::make_tuple(place.iteration, place.worker, place.draw);
      });
}

}  // namespace touchstone::inline v0::bindings
