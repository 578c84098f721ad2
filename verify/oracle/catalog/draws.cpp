#include "verify/oracle/catalog/draws.hpp"

#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::inline v0::oracle {

namespace {

template <Field S, class Source, class Run>
auto run_noting(Source& source, const Draws& draws, Transcript* noted, const Run& run) {
  Recorder<Source> recorder(source);
  recorder.begin_iteration(draws.iteration);
  recorder.worker(draws.worker);
  Erased<S, Recorder<Source>> random(recorder);
  auto result = run(random);
  if (noted != nullptr) *noted = recorder.transcript();
  return result;
}

template <Field S, class Run>
auto run_on(const Draws& draws, Transcript* noted, const Run& run) {
  require(draws.iteration >= 0, "an iteration is >= 0", draws.iteration);
  require(draws.worker >= Place::server, "a worker is >= 0, or -1 for the server", draws.worker);
  if (draws.given == nullptr) {
    Seeded source(draws.seed, draws.stream);
    return run_noting<S>(source, draws, noted, run);
  }
  Replayed source(*draws.given);
  auto result = run_noting<S>(source, draws, noted, run);
  if (!source.exhausted())
    throw transcript_error("the transcript goes on after the last choice that was asked for");
  return result;
}

}  // namespace

template <Field S>
Vector<S> compress(const AnyCompressor<S>& compressor, const Vector<S>& x, const Draws& draws, Transcript* noted) {
  return run_on<S>(draws, noted, [&](AnyRandomness<S>& random) { return compressor.compress(x, random); });
}

template <Field S>
NamedState<S> step(const AnyMethod<S>& method, const NamedState<S>& state, const Draws& draws, Transcript* noted) {
  const NamedState<S> complete = method.complete(state);
  Draws from_the_server = draws;
  from_the_server.worker = Place::server;
  return run_on<S>(from_the_server, noted, [&](AnyRandomness<S>& random) { return method.step(complete, random); });
}

template Vector<double> compress(const AnyCompressor<double>&, const Vector<double>&, const Draws&, Transcript*);
template Vector<Rational> compress(const AnyCompressor<Rational>&, const Vector<Rational>&, const Draws&,
                                   Transcript*);
template NamedState<double> step(const AnyMethod<double>&, const NamedState<double>&, const Draws&, Transcript*);
template NamedState<Rational> step(const AnyMethod<Rational>&, const NamedState<Rational>&, const Draws&,
                                   Transcript*);

}  // namespace touchstone::inline v0::oracle
