// Chapter 6: averages without a server.
#include <fmt/format.h>

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/all_reduce.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/random_split.hpp"
#include "verify/exercises/answer.hpp"
#include "verify/exercises/chapters.hpp"

namespace touchstone::inline v0::exercising {

namespace moshpit {
namespace {

using Method = MoshpitAllReduce<Rational>;

/// Peer i begins with the number i.
Method::State counted_peers(const Method& method, Index n) {
  PeerVectors<Rational> x;
  for (Index i = 0; i < n; ++i) x.push_back(Vector<Rational>::Constant(1, Rational(i)));
  return method.initial(std::move(x));
}

constexpr const char* keys_text = R"(27 peers, numbered from 0, are a grid of $M = 3$ peers on a line and $N = 3$
dimensions. The first key of a peer is its two leading digits in base 3. In a
round peers with the same key average, and each drops the first entry of its key
and appends its rank in the group (0, 1 or 2); groups are ordered by the numbers
of their peers. Find the keys of the peers 5, 14 and 25 after two rounds.

*Hint.* After the first round the last entry of the key is a digit of the peer.
Which one? Then list the group of the second round.
)";

constexpr const char* keys_start = R"({
  "task": "the keys of the peers 5, 14 and 25 of a grid of 3 x 3 x 3 after two rounds",
  "keys": [[0, 1], [1, 1], [2, 2]]
}
)";

Judgement check_keys(const std::string& file) {
  const Indices peers{5, 14, 25};
  const std::vector<Indices> keys = Answer(file).table("keys", 3, 2, 0, 2);
  const Method method{3, 3};
  Exhaustive<Rational> no_choices;
  Method::State state = counted_peers(method, 27);
  for (int round = 0; round < 2; ++round) state = method.step(std::move(state), no_choices);
  Judgement judgement{true, ""};
  for (std::size_t k = 0; k < peers.size(); ++k) {
    const bool right = keys[k] == state.keys[static_cast<std::size_t>(peers[k])];
    judgement.solved = judgement.solved && right;
    judgement.text += fmt::format("peer {}: {} is {}\n", peers[k], shown(keys[k]), right ? "right" : "not its key");
  }
  return judgement;
}

constexpr const char* fault_text =
    R"(Four peers on a grid of $2 \times 2$ begin with 0, 1, 2 and 3 and make two
rounds of Moshpit All-Reduce. In one of the rounds one peer is

- `offline`: does not register,
- `aborts`: its group completes without averaging,
- `drops-out`: registers, but does not contribute; the others average,
- `late`: contributes, but does not receive the average.

Most faults only delay: the mean of all four stays $3/2$. Find one after which
it is at least $1/4$ away from $3/2$.

*Hint.* A fault moves the mean where a peer's vector is counted and what comes
back is lost. In which round is there more to lose?
)";

constexpr const char* fault_start = R"({
  "task": "a fault of one peer (0 to 3) in one round (1 or 2) that moves the mean by 1/4 or more",
  "round": 1,
  "peer": 0,
  "conduct": "offline"
}
)";

Conduct conduct_of(const std::string& word) {
  if (word == "offline") return Conduct::offline;
  if (word == "aborts") return Conduct::aborts;
  return word == "late" ? Conduct::late : Conduct::drops_out;
}

Judgement check_fault(const std::string& file) {
  const Answer answer(file);
  const Index faulty = answer.count("round", 1, 2);
  const Index peer = answer.count("peer", 0, 3);
  const Conduct conduct = conduct_of(answer.word("conduct", {"offline", "aborts", "drops-out", "late"}));
  const Method method{2, 2};
  Exhaustive<Rational> no_choices;
  Method::State state = counted_peers(method, 4);
  const Rational before = average(state.x)[0];
  for (Index round = 1; round <= 2; ++round)
    state =
        method.step(std::move(state), round == faulty ? all_but(4, {peer}, conduct) : all_take_part(4), no_choices);
  const Rational after = average(state.x)[0];
  std::string found = "after two rounds the peers have";
  for (const Vector<Rational>& x : state.x) found += " " + shown(x[0]);
  found += fmt::format(": their mean is {}, at first it was {}\n", shown(after), shown(before));
  return abs(after - before) >= Rational(1, 4) ? solved(found) : not_yet(found);
}

constexpr const char* rounds_text = R"(64 peers average in 8 random groups of 8. A round multiplies the expected
dispersion by $q = (\mathbb{E} R - 1)/(n - 1)$, where $R$ is the number of
groups. Find the least number of rounds after which the expected dispersion is
at most a millionth of what it was,

- without faults,
- where each group aborts with probability $1/10$, so that its members count as
  groups of their own.

*Hint.* In the second case $\mathbb{E} R = (9/10) \cdot 8 + (1/10) \cdot 64$. On
a grid of $8 \times 8$ two rounds would give the exact mean.
)";

constexpr const char* rounds_start = R"({
  "task": "rounds until the expected dispersion is at most a millionth of the first",
  "without-faults": 2,
  "with-faults": 2
}
)";

Judgement check_rounds(const std::string& file) {
  const Answer answer(file);
  const Rational n = 64;
  const Rational groups = 8;
  const Rational wanted(1, 1'000'000);
  const Rational aborting = expected_groups_where_groups_abort(groups, n, Rational(1, 10));
  Judgement judgement{true, ""};
  for (const auto& [name, expected] :
       {std::pair<const char*, Rational>{"without-faults", groups}, {"with-faults", aborting}}) {
    const Index rounds = answer.count(name, 1, 1000);
    const Rational q = mixing_factor(expected, n);
    const Rational left = nth_power(q, rounds);
    const bool enough = left <= wanted;
    const bool fewer = nth_power(q, rounds - 1) <= wanted;
    judgement.solved = judgement.solved && enough && !fewer;
    judgement.text += fmt::format("{}: after {} rounds {:.3g} of the dispersion is left{}\n", name, rounds,
                                  static_cast<double>(left), fewer ? ", but fewer would do" : "");
  }
  return judgement;
}

std::vector<Exercise> all() {
  return {{"moshpit/keys", "the keys of a grid after two rounds", keys_text, "keys.json", keys_start, check_keys},
          {"moshpit/lost-mean", "a fault that the mean does not survive", fault_text, "lost-mean.json", fault_start,
           check_fault},
          {"moshpit/rounds", "how many rounds random groups need", rounds_text, "rounds.json", rounds_start,
           check_rounds}};
}

}  // namespace
}  // namespace moshpit

std::vector<Exercise> moshpit_exercises() {
  return moshpit::all();
}

}  // namespace touchstone::inline v0::exercising
