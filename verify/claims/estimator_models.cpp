#include "verify/claims/estimator_models.hpp"

#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0 {

namespace {

using proofs::kernel::Model;
using proofs::kernel::Point;
using Vectors = std::vector<Vector<Rational>>;
using IndexLists = std::vector<Indices>;  // of every worker, or one of the slots

/// All outcomes of `draw`, which are equally likely.
template <class Draw>
std::vector<IndexLists> equally_likely(const Draw& draw) {
  std::vector<IndexLists> all;
  for_each_outcome<Rational>([&](Exhaustive<Rational>& random) { return draw(random); },
                             [&](const Rational& /*probability*/, const IndexLists& one) { all.push_back(one); });
  return all;
}

/// `size` draws of a component by every worker, in the order in which they are made.
std::vector<IndexLists> ordered_draws(const Quadratic<Rational>& f, Index size) {
  return equally_likely([&](Exhaustive<Rational>& random) {
    IndexLists all(static_cast<std::size_t>(f.workers()));
    for (Index i = 0; i < f.workers(); ++i)
      for (Index t = 0; t < size; ++t)
        all[static_cast<std::size_t>(i)].push_back(random.worker(i).choose(f.components(i)));
    return all;
  });
}

/// What every model has: p, omega, L^2, dx, g.
template <class Case>
Model common_model(const Case& at) {
  Model model;
  model.scalar("omega", at.method.compressor.template omega<Rational>(at.f.dimension()));
  model.scalar("p", at.method.p);
  model.scalar("L^2", at.facts.L_squared);
  model.vector("dx", Vector<Rational>(-at.method.gamma * at.state.g));
  model.vector("g", at.state.g);
  return model;
}

template <class Case>
Vector<Rational> next_point(const Case& at) {
  return at.state.x - at.method.gamma * at.state.g;
}

/// And those of the workers; returns D_i.
template <class Case>
Vectors add_workers(Model& model, const Case& at) {
  const auto workers = static_cast<std::size_t>(at.f.workers());
  Vectors old_gradients, next, differences;
  for (Index i = 0; i < at.f.workers(); ++i) {
    old_gradients.push_back(at.f.gradient(i, at.state.x));
    next.push_back(at.f.gradient(i, next_point(at)));
    differences.push_back(next.back() - old_gradients.back());
  }
  model.uniform_variable("i", workers);
  model.scalar("n", Rational(at.f.workers()));
  model.scalar("L_i^2", [L_i = at.f.constants().L_i](const Point& point) {
    return Rational(L_i[point.at("i")] * L_i[point.at("i")]);
  });
  model.vector("g_i", [old_gradients](const Point& point) { return old_gradients[point.at("i")]; });
  model.vector("g+_i", [next](const Point& point) { return next[point.at("i")]; });
  return differences;
}

/// grad f_ij(x+) - grad f_ij(x) - D_i
template <class Case>
Vector<Rational> component_noise(const Case& at, std::size_t i, Index j, const Vectors& differences) {
  const auto worker = static_cast<Index>(i);
  return at.f.component_gradient(worker, j, next_point(at)) - at.f.component_gradient(worker, j, at.state.x) -
         differences[i];
}

/// The noise B_i of a batch for every outcome of the draws, and the compressors' on top of it.
template <class Case>
void add_batches(Model& model, const Case& at, const std::vector<IndexLists>& draws, const Vectors& differences) {
  std::vector<Vectors> batches;
  std::vector<std::vector<Vectors>> noises;
  for (const IndexLists& one : draws) {
    Vectors B, sampled;
    for (std::size_t i = 0; i < one.size(); ++i) {
      Vector<Rational> sum = Vector<Rational>::Zero(at.f.dimension());
      for (const Index j : one[i]) sum += component_noise(at, i, j, differences);
      B.push_back(sum / Rational(at.method.batch.size));
      sampled.push_back(differences[i] + B.back());
    }
    batches.push_back(B);
    noises.push_back(joint_noises(at.method.compressor, sampled));
  }
  model.scalar("b'", Rational(at.method.batch.size));
  model.uniform_variable("zeta", draws.size());
  model.uniform_variable("xi", noises.front().size());
  model.scalar("component_L^2", at.facts.component_L_squared);
  model.scalar("component_L_i^2",
               [own = at.component_L_squared](const Point& point) { return own[point.at("i")]; });
  model.vector("B_i", [batches](const Point& point) { return batches[point.at("zeta")][point.at("i")]; });
  model.vector("N_i",
               [noises](const Point& point) { return noises[point.at("zeta")][point.at("xi")][point.at("i")]; });
}

/// VR-MARINA with replacement, whatever its full gradients.
template <class Case>
Model with_replacement(const Case& at) {
  Model model = common_model(at);
  const Vectors differences = add_workers(model, at);
  const std::vector<IndexLists> draws = ordered_draws(at.f, at.method.batch.size);
  add_batches(model, at, draws, differences);
  model.uniform_variable("t", static_cast<std::size_t>(at.method.batch.size));
  model.vector("B_it", [at, draws, differences](const Point& point) {
    const std::size_t i = point.at("i");
    return component_noise(at, i, draws[point.at("zeta")][i][point.at("t")], differences);
  });
  return model;
}

/// Each outcome of `held` says which worker holds which slot.
template <class Case>
Model slots_model(const Case& at, const std::vector<IndexLists>& held) {
  Model model = common_model(at);
  const Vector<Rational> next_x = next_point(at);
  std::vector<Vectors> differences;
  std::vector<std::vector<Vectors>> noises;
  for (const IndexLists& one : held) {
    differences.emplace_back();
    for (const Index i : one.front())
      differences.back().push_back(at.f.gradient(i, next_x) - at.f.gradient(i, at.state.x));
    noises.push_back(joint_noises(at.method.compressor, differences.back()));
  }
  model.scalar("r", Rational(at.method.slots.size));
  model.uniform_variable("t", static_cast<std::size_t>(at.method.slots.size));
  model.uniform_variable("zeta", held.size());
  model.uniform_variable("xi", noises.front().size());
  model.vector("q", full_gradient<Rational>(at.f, at.state.x));
  model.vector("q+", full_gradient<Rational>(at.f, next_x));
  model.scalar("L_t^2", [held, L_i = at.f.constants().L_i](const Point& point) {
    const Rational& L = L_i[static_cast<std::size_t>(held[point.at("zeta")].front()[point.at("t")])];
    return Rational(L * L);
  });
  model.vector("D_t", [differences](const Point& point) { return differences[point.at("zeta")][point.at("t")]; });
  model.vector("N_t",
               [noises](const Point& point) { return noises[point.at("zeta")][point.at("xi")][point.at("t")]; });
  return model;
}

}  // namespace

std::vector<std::vector<Vector<Rational>>> joint_noises(const RandK& compressor,
                                                        const std::vector<Vector<Rational>>& vectors) {
  std::vector<Vectors> outcomes;
  const auto noises = [&](Exhaustive<Rational>& random) {
    Vectors all;
    for (std::size_t i = 0; i < vectors.size(); ++i)
      all.push_back(compressor.compress(vectors[i], random.worker(static_cast<Index>(i))) - vectors[i]);
    return all;
  };
  for_each_outcome<Rational>(noises,
                             [&](const Rational& /*probability*/, const Vectors& all) { outcomes.push_back(all); });
  return outcomes;
}

Model model_of(const EstimatorCase<Marina<Rational, RandK>>& at) {
  Model model = common_model(at);
  const std::vector<Vectors> noises = joint_noises(at.method.compressor, add_workers(model, at));
  model.uniform_variable("xi", noises.size());
  model.vector("N_i", [noises](const Point& point) { return noises[point.at("xi")][point.at("i")]; });
  return model;
}

Model model_of(const VrCase<WithReplacement>& at) {
  return with_replacement(at);
}

Model model_of(const VrCase<WithoutReplacement>& at) {
  Model model = common_model(at);
  const Vectors differences = add_workers(model, at);
  const std::vector<IndexLists> draws = equally_likely([&](Exhaustive<Rational>& random) {
    IndexLists all;
    for (Index i = 0; i < at.f.workers(); ++i)
      all.push_back(at.method.batch.draw(at.f.components(i), random.worker(i)));
    return all;
  });
  add_batches(model, at, draws, differences);
  Rational factor(0);
  for (Index i = 0; i < at.f.workers(); ++i)
    factor = std::max(factor, detail::batch_factor(at.method.batch, at.f.components(i)));
  model.scalar("c", factor);
  return model;
}

Model model_of(const VrCase<WithReplacement, OnlineGradient>& at) {
  Model model = with_replacement(at);
  const Index b = at.method.gradient.batch.size;
  const std::vector<IndexLists> samples = ordered_draws(at.f, b);
  model.scalar("b", Rational(b));
  model.scalar("sigma^2", at.facts.sigma_squared);
  model.uniform_variable("s", static_cast<std::size_t>(b));
  model.uniform_variable("eta", samples.size());
  model.vector("S_is", [at, samples](const Point& point) {
    const auto i = static_cast<Index>(point.at("i"));
    const Index j = samples[point.at("eta")][point.at("i")][point.at("s")];
    const Vector<Rational> next_x = next_point(at);
    return Vector<Rational>(at.f.component_gradient(i, j, next_x) - at.f.gradient(i, next_x));
  });
  return model;
}

Model model_of(const EstimatorCase<PpMarina<Rational, RandK>>& at) {
  return slots_model(at, equally_likely([&](Exhaustive<Rational>& random) {
                       IndexLists slots(1);
                       for (Index t = 0; t < at.method.slots.size; ++t)
                         slots.front().push_back(random.choose(at.f.workers()));
                       return slots;
                     }));
}

Model model_of(const EstimatorCase<PpMarina<Rational, RandK, WithoutReplacement>>& at) {
  Model model = slots_model(at, equally_likely([&](Exhaustive<Rational>& random) {
                              Indices order = random.permutation(at.f.workers());
                              order.resize(static_cast<std::size_t>(at.method.slots.size));
                              return IndexLists{order};
                            }));
  model.scalar("others", Rational(at.f.workers() - 1));
  return model;
}

}  // namespace touchstone::inline v0
