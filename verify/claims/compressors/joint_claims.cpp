#include "touchstone/compressors/perm_k.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/shared_rand_k.hpp"
#include "touchstone/theory/compressors/joint_constants.hpp"
#include "verify/claims/compressors/joint_checks.hpp"
#include "verify/claims/compressors/message_checks.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::joint_compressor {

namespace {

template <Field S, class C>
JointCase<S> joint_case(const C& c, Index n, Index d, const std::string& name) {
  return {fmt::format("{}, n = {}, d = {}", name, n, d),
          n,
          d,
          [c](const VectorsOf<S>& a, Exhaustive<S>& random) { return c.compress_all(a, random); },
          c.template joint_constants<S>(n, d),
          c.template omega<S>(n, d)};
}

/// Workers that do not share their choice.
template <class C>
struct Unshared : C {
  template <class S, class R>
  VectorsOf<S> compress_all(const VectorsOf<S>& a, R& random) const {
    VectorsOf<S> sent;
    for (std::size_t i = 0; i < a.size(); ++i) sent.push_back(C::compress_all(a, random)[i]);
    return sent;
  }
};

/// A worker sends what is the next worker's.
template <class C>
struct Misplaced : C {
  template <class S, class R>
  VectorsOf<S> compress_all(const VectorsOf<S>& a, R& random) const {
    VectorsOf<S> sent = C::compress_all(a, random);
    std::rotate(sent.begin(), sent.begin() + 1, sent.end());
    return sent;
  }
};

template <Field S, class C = PermK>
std::vector<JointCase<S>> perm_k_cases() {
  std::vector<JointCase<S>> all;
  std::vector<std::pair<Index, Index>> sizes{{1, 1}, {1, 3}, {2, 2}, {2, 4}, {3, 3}, {4, 2}, {3, 1}};
  if (std::same_as<S, Rational>) sizes = {{2, 6}, {3, 6}, {6, 2}, {6, 3}};
  for (const auto& [n, d] : sizes) all.push_back(joint_case<S>(C{}, n, d, "PermK"));
  return all;
}

template <Field S, class C = SharedRandK>
std::vector<JointCase<S>> shared_rand_k_cases() {
  std::vector<JointCase<S>> all;
  for (Index n = 1; n <= 3; ++n)
    for (Index d = 1; d <= 4; ++d)
      for (Index K = 1; K <= d; ++K)
        all.push_back(joint_case<S>(C{K}, n, d, fmt::format("shared RandK, K = {}", K)));
  return all;
}

/// RandK with K_i coordinates for worker i, drawn by each of them; or with the first worker's mask for all.
template <Field S>
VectorsOf<S> masked(const VectorsOf<S>& a, const Indices& K, bool one_mask, Exhaustive<S>& random) {
  VectorsOf<S> sent;
  if (one_mask) return SharedRandK{K[0]}.compress_all(a, random);
  for (std::size_t i = 0; i < a.size(); ++i)
    sent.push_back(RandK{K[i]}.compress(a[i], random.worker(static_cast<Index>(i))));
  return sent;
}

template <Field S>
JointCase<S> independent_case(Index d, const Indices& K, bool one_mask) {
  const auto n = static_cast<Index>(K.size());
  const Index least = *std::min_element(K.begin(), K.end());
  const bool equal = least == *std::max_element(K.begin(), K.end());
  const S omega = S(ratio<S>(d, least) - S(1));
  return {fmt::format("RandK, K_1 = {}, n = {}, d = {}", K[0], n, d),
          n,
          d,
          [K, one_mask](const VectorsOf<S>& a, Exhaustive<S>& random) { return masked(a, K, one_mask, random); },
          independent_joint_constants<S>(n, omega),
          equal ? std::optional<S>(omega) : std::nullopt,
          equal};
}

template <bool one_mask = false>
std::vector<JointCase<Polynomial>> independent_cases() {
  std::vector<JointCase<Polynomial>> all;
  for (Index n = 1; n <= 3; ++n)
    for (Index d = 1; d <= 3; ++d)
      for (Index K = 1; K <= d; ++K)
        all.push_back(independent_case<Polynomial>(d, Indices(static_cast<std::size_t>(n), K), one_mask));
  return all;
}

std::vector<JointCase<Rational>> mixed_cases() {
  std::vector<JointCase<Rational>> all;
  for (const Indices& K : {Indices{1, 2}, Indices{3, 1}, Indices{2, 3, 2}, Indices{1, 1, 3}})
    all.push_back(independent_case<Rational>(3, K, false));
  return all;
}

/// r of the n workers, with or without replacement, each with a RandK of its own draw.
template <bool with_replacement, bool one_mask = false>
std::vector<JointCase<Polynomial>> sampled_cases() {
  using P = Polynomial;
  std::vector<JointCase<P>> all;
  for (Index n = 2; n <= 3; ++n)
    for (Index r = 1; r <= (with_replacement ? 2 : n); ++r)
      for (Index d = 1; d <= 2; ++d)
        for (Index K = 1; K <= d; ++K) {
          const P omega = ratio<P>(d - K, K);
          const JointConstants<P> constants = with_replacement
                                                  ? sampled_with_replacement_joint_constants<P>(r, omega)
                                                  : sampled_without_replacement_joint_constants<P>(n, r, omega);
          all.push_back({fmt::format("{} of {} workers, RandK, K = {}, d = {}", r, n, K, d), n, d,
                         [n, r, K](const VectorsOf<P>& a, Exhaustive<P>& random) {
                           VectorsOf<P> chosen;
                           if (with_replacement)
                             for (Index slot = 0; slot < r; ++slot)
                               chosen.push_back(a[static_cast<std::size_t>(random.choose(n))]);
                           else
                             for (const Index i : random.subset(n, r))
                               chosen.push_back(a[static_cast<std::size_t>(i)]);
                           return masked(chosen, Indices(chosen.size(), K), one_mask, random);
                         },
                         constants, std::nullopt});
        }
  return all;
}

/// A worker's part for a given choice, as a compressor of its own. `all` refuses what a joint compressor refuses.
template <class C>
struct Part : C {
  Index n;
  Indices coordinates;
  template <class S, class R>
  [[nodiscard]] SparseMessage<S> message(const Vector<S>& x, R& /*random*/) const {
    return C::message(x, n, coordinates);
  }
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    R ahead = random;
    static_cast<void>(C::compress_all(VectorsOf<S>(static_cast<std::size_t>(n), x), ahead));
    return C::reconstruct(message(x, random), x.size());
  }
  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return C::message_bits(n, d, scalar_bits); }
  [[nodiscard]] Index bits(const auto& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }
  template <class S>
  [[nodiscard]] SparseMessage<S> read(Index /*d*/, BitReader& in) const {
    return C::template read<S>(coordinates, in);
  }
};

std::vector<Part<PermK>> parts_of_perm_k(Index d) {
  std::vector<Part<PermK>> all;
  Seeded random(1);
  for (const Index n : {Index{1}, Index{2}, d, 2 * d})
    if (d % n == 0 || n % d == 0) all.push_back({{}, n, PermK{}.shared_choice(n, d, random).back()});
  return all;
}

std::vector<Part<SharedRandK>> parts_of_shared_rand_k(Index d) {
  std::vector<Part<SharedRandK>> all;
  Seeded random(1);
  for (Index K = 1; K <= d; ++K) all.push_back({{K}, 2, SharedRandK{K}.shared_choice(2, d, random).back()});
  return all;
}

template <Field S>
std::vector<Mutant<JointVariation<S>>> joint_mutants(JointCases<S> unshared) {
  return {{"A 1 percent larger", {nullptr, [](auto& c) { c.constants.A = S(c.constants.A + ratio<S>(1, 100)); }}},
          {"B 1 percent larger", {nullptr, [](auto& c) { c.constants.B = S(c.constants.B + ratio<S>(1, 100)); }}},
          {"omega declared 0", {nullptr, [](auto& c) { c.omega = S(0); }}},
          {"a choice for every worker", {unshared, nullptr}}};
}

}  // namespace

std::vector<Claim> claims() {
  using P = Polynomial;
  using Q = Rational;
  const std::string statement = "E|(1/n) sum Q_i(a_i) - a|^2 = A (1/n) sum |a_i|^2 - B |a|^2, a = (1/n) sum a_i";
  const auto scalars = [](const auto& c, const auto& /*message*/, Index /*d*/, Index B) {
    return B * static_cast<Index>(c.coordinates.size());
  };
  const Mutant<JointVariation<P>> larger{"A 1 percent smaller",
                                         {nullptr, [](auto& c) { c.constants.A *= ratio<P>(99, 100); }}};
  return {
      {"compressor/perm-k/joint",
       "PermK's messages are unbiased with omega = n - 1 (d - 1), and jointly have A = B = 1, (d-1)/(n-1), as "
       "equalities",
       statement,
       {"d = q n or n = q d"},
       "Szlendak et al.",
       {joint_check<P>(perm_k_cases<P>, joint_mutants<P>(perm_k_cases<P, Unshared<PermK>>)),
        joint_check<Q>(perm_k_cases<Q>,
                       {{"a worker sends the next one's", {perm_k_cases<Q, Misplaced<PermK>>, nullptr}}})}},
      message_claim("perm-k", "(d/n) B bits, or B", messages_of({1, 2, 3, 4, 6}, parts_of_perm_k, scalars)),
      {"compressor/shared-rand-k/joint",
       "RandK with one subset for all workers is RandK of the average: A = 0, B = -omega, as equalities",
       statement,
       {"1 <= K <= d"},
       "derived",
       {joint_check<P>(shared_rand_k_cases<P>, joint_mutants<P>(shared_rand_k_cases<P, Unshared<SharedRandK>>))}},
      message_claim("shared-rand-k", "K B bits", messages_of({1, 2, 3, 5}, parts_of_shared_rand_k, scalars)),
      {"compressor/independent/joint",
       "independent compressors with the largest omega have A = omega/n, B = 0",
       "E|(1/n) sum Q_i(a_i) - a|^2 <= (omega/n) (1/n) sum |a_i|^2, an equality for RandK",
       {"Q_1, ..., Q_n unbiased with omega, independent"},
       "literature",
       {joint_check<P>(independent_cases<>,
                       {{"one mask for all workers", {independent_cases<true>, nullptr}}, larger}),
        joint_check<Q>(mixed_cases,
                       {{"A of the least omega", {nullptr, [](auto& c) { c.constants.A = Rational(0); }}}})}},
      {"compressor/sampled-workers/joint",
       "r of n workers, each with its own draw of an unbiased compressor, have exact joint constants",
       "with replacement A = (1 + omega)/r, B = 1/r; without A = B + omega/r, B = (n-r)/(r(n-1))",
       {"n >= 2; Q independent by draw, E|Q(a) - a|^2 = omega |a|^2"},
       "derived",
       {joint_check<P>(sampled_cases<true>,
                       {{"without replacement",
                         {nullptr, [](auto& c) { c.constants.B = P(c.constants.B * ratio<P>(c.n - 1, c.n)); }}},
                        {"one mask for all draws", {sampled_cases<true, true>, nullptr}}}),
        joint_check<P>(sampled_cases<false>,
                       {{"B without n - 1",
                         {nullptr, [](auto& c) { c.constants.B = P(c.constants.B * ratio<P>(c.n - 1, c.n)); }}},
                        {"one mask for all draws", {sampled_cases<false, true>, nullptr}}})}},
  };
}

}  // namespace touchstone::inline v0::registry::joint_compressor
