// Recorded and replayed randomness: a run is reproduced from its transcript, and a transcript that does not fit is
// refused with the place of the first departure.

#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/randomness/transcript.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;

/// Every kind of question, by the server and by two workers, twice; degenerate ones in between.
template <class R>
Indices every_question(R& random) {
  Indices answers;
  const auto note = [&answers](const Indices& more) { answers.insert(answers.end(), more.begin(), more.end()); };
  for (Index k = 3; k < 5; ++k) {
    random.begin_iteration(k);
    note({random.choose(4), random.choose(1)});
    for (Index i = 0; i < 2; ++i) {
      R& own = random.worker(i);
      note(own.subset(5, 2));
      note(own.permutation(3));
      note({Index{own.bernoulli(q(1, 3))}, Index{own.bernoulli(q(1))}});
      note({own.template pick<Rational>({q(1, 2), 0, q(1, 2)})});
    }
  }
  return answers;
}

Transcript recorded() {
  Seeded source(1);
  Recorder random(source);
  every_question(random);
  return random.transcript();
}

TEST(Recorder, ChangesNoAnswer) {
  Seeded alone(1);
  Seeded source(1);
  Recorder random(source);
  EXPECT_EQ(every_question(random), every_question(alone));
}

TEST(Recorder, NotesEveryChoiceAtItsPlaceAndNoneThatIsNone) {
  const Transcript transcript = recorded();
  ASSERT_EQ(transcript.size(), 2U * (1 + 2 * 4));
  const Choice& first = transcript[0];
  EXPECT_EQ(first.kind, ChoiceKind::choose);
  EXPECT_EQ(first.place, (Place{.iteration = 3, .worker = Place::server, .draw = 0}));
  const Choice& coin = transcript[7];
  EXPECT_EQ(coin.kind, ChoiceKind::bernoulli);
  EXPECT_EQ(coin.n, 2);
  EXPECT_EQ(coin.place, (Place{.iteration = 3, .worker = 1, .draw = 2}));
  EXPECT_EQ(to_string(coin.place), "iteration 3, worker 1, draw 2");
}

TEST(Replayed, AnswersAsRecordedAndRecordsTheSameTranscript) {
  const Transcript transcript = recorded();
  Seeded alone(1);
  Replayed replayed(transcript);
  EXPECT_FALSE(replayed.exhausted());
  EXPECT_EQ(every_question(replayed), every_question(alone));
  EXPECT_TRUE(replayed.exhausted());
  Replayed source(transcript);
  Recorder again(source);
  every_question(again);
  EXPECT_EQ(again.transcript(), transcript);
}

TEST(Replayed, FollowsEveryOutcomeOfTheEnumeration) {
  const auto step = [](auto& random) {
    const Index first = random.choose(2);
    auto& own = random.worker(0);
    Indices answers = own.subset(3, 1 + first);  // the questions depend on the answers
    if (own.bernoulli(q(1, 4))) answers.push_back(own.template pick<Rational>({0, q(2, 3), q(1, 3)}));
    for (const Index i : own.permutation(2)) answers.push_back(i);
    return answers;
  };
  std::vector<Indices> outcomes;
  for_each_outcome<Rational>(
      [&](Exhaustive<Rational>& random) {
        Recorder recorder(random);
        Indices outcome = step(recorder);
        Replayed replayed(recorder.transcript());
        EXPECT_EQ(step(replayed), outcome);
        EXPECT_TRUE(replayed.exhausted());
        return outcome;
      },
      [&](const Rational&, const Indices& outcome) { outcomes.push_back(outcome); });
  EXPECT_EQ(outcomes.size(), 2U * 3 * (1 + 2) * 2);
}

/// What replaying says of one choice by worker 1 in iteration 3, after `question` was asked there.
template <class Ask>
std::string refusal(Choice choice, Ask ask) {
  choice.place = {.iteration = 3, .worker = 1, .draw = 0};
  const Transcript transcript{choice};
  Replayed random(transcript);
  random.begin_iteration(3);
  return error_of<transcript_error>([&] { ask(random.worker(1)); });
}

const auto choose_4 = [](Replayed& random) { random.choose(4); };
const auto subset_4_2 = [](Replayed& random) { random.subset(4, 2); };
const auto permutation_3 = [](Replayed& random) { random.permutation(3); };
const auto coin = [](Replayed& random) { random.bernoulli(q(1, 2)); };
const auto pick_3 = [](Replayed& random) { random.pick<Rational>({q(1, 2), 0, q(1, 2)}); };

TEST(Replayed, TakesWhatFits) {
  EXPECT_EQ(refusal({ChoiceKind::choose, 4, 1, {3}, {}}, choose_4), "nothing thrown");
  EXPECT_EQ(refusal({ChoiceKind::subset, 4, 2, {0, 3}, {}}, subset_4_2), "nothing thrown");
  EXPECT_EQ(refusal({ChoiceKind::permutation, 3, 3, {2, 0, 1}, {}}, permutation_3), "nothing thrown");
  EXPECT_EQ(refusal({ChoiceKind::bernoulli, 2, 1, {1}, {}}, coin), "nothing thrown");
  EXPECT_EQ(refusal({ChoiceKind::pick, 3, 1, {2}, {}}, pick_3), "nothing thrown");
}

TEST(Replayed, RefusesATranscriptThatEnds) {
  const Transcript empty;
  Replayed random(empty);
  EXPECT_EQ(error_of<transcript_error>([&] { random.subset(4, 2); }),
            "iteration 0, server, draw 0: the transcript ends; expected subset(4, 2)");
}

TEST(Replayed, RefusesAnotherKindOfQuestion) {
  EXPECT_EQ(refusal({ChoiceKind::choose, 4, 1, {3}, {}}, subset_4_2),
            "iteration 3, worker 1, draw 0: found choose(4), expected subset(4, 2) (choice 0 of the transcript)");
  EXPECT_EQ(refusal({ChoiceKind::pick, 2, 1, {1}, {}}, coin),
            "iteration 3, worker 1, draw 0: found pick(2), expected bernoulli(p) (choice 0 of the transcript)");
}

TEST(Replayed, RefusesAnotherSize) {
  EXPECT_EQ(refusal({ChoiceKind::choose, 5, 1, {3}, {}}, choose_4),
            "iteration 3, worker 1, draw 0: found choose(5), expected choose(4) (choice 0 of the transcript)");
  EXPECT_EQ(
      refusal({ChoiceKind::subset, 4, 1, {3}, {}}, subset_4_2),
      "iteration 3, worker 1, draw 0: found subset(4, 1), expected subset(4, 2) (choice 0 of the transcript)");
}

TEST(Replayed, RefusesAnotherPlace) {
  const Transcript transcript{
      {ChoiceKind::choose, 4, 1, {3}, {.iteration = 3, .worker = Place::server, .draw = 2}}};
  Replayed random(transcript);
  random.begin_iteration(3);
  EXPECT_EQ(error_of<transcript_error>([&] { random.worker(1).choose(4); }),
            "iteration 3, worker 1, draw 0: found a choice of iteration 3, server, draw 2 (choice 0 of the "
            "transcript)");
}

TEST(Replayed, RefusesAnswersOutOfRange) {
  EXPECT_EQ(
      refusal({ChoiceKind::choose, 4, 1, {4}, {}}, choose_4),
      "iteration 3, worker 1, draw 0: found the answer 4, expected 0 <= answer < 4 (choice 0 of the transcript)");
  EXPECT_EQ(refusal({ChoiceKind::subset, 4, 2, {-1, 2}, {}}, subset_4_2),
            "iteration 3, worker 1, draw 0: found the answer -1, expected 0 <= answer < 4 (choice 0 of the "
            "transcript)");
  EXPECT_EQ(refusal({ChoiceKind::subset, 4, 2, {2}, {}}, subset_4_2),
            "iteration 3, worker 1, draw 0: found an answer of 1 indices, expected 2 (choice 0 of the transcript)");
  EXPECT_EQ(refusal({ChoiceKind::bernoulli, 2, 1, {}, {}}, coin),
            "iteration 3, worker 1, draw 0: found an answer of 0 indices, expected 1 (choice 0 of the transcript)");
}

TEST(Replayed, RefusesWhatIsNoSubsetPermutationOrPossibleAnswer) {
  EXPECT_EQ(refusal({ChoiceKind::subset, 4, 2, {2, 1}, {}}, subset_4_2),
            "iteration 3, worker 1, draw 0: the subset is not in ascending order (choice 0 of the transcript)");
  EXPECT_EQ(refusal({ChoiceKind::subset, 4, 2, {2, 2}, {}}, subset_4_2),
            "iteration 3, worker 1, draw 0: the subset is not in ascending order (choice 0 of the transcript)");
  EXPECT_EQ(refusal({ChoiceKind::permutation, 3, 3, {2, 0, 2}, {}}, permutation_3),
            "iteration 3, worker 1, draw 0: the permutation names 2 twice (choice 0 of the transcript)");
  EXPECT_EQ(refusal({ChoiceKind::pick, 3, 1, {1}, {}}, pick_3),
            "iteration 3, worker 1, draw 0: the answer 1 has probability zero (choice 0 of the transcript)");
}

}  // namespace
}  // namespace touchstone
