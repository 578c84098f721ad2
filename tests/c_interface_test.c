/* The C interface, as a C99 program sees it. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "touchstone.h"

static int failures = 0;

static void check(int holds, const char* what, int line) {
  if (holds) return;
  ++failures;
  fprintf(stderr, "line %d: does not hold: %s; last error: %s\n", line, what, touchstone_last_error());
}
#define CHECK(condition) check((condition) ? 1 : 0, #condition, __LINE__)
#define OK(call) CHECK((call) == TOUCHSTONE_OK)

/* A refusal: its status, one line, and what the line begins with. */
static void check_refusal(touchstone_status status, touchstone_status expected, const char* begin, int line) {
  const char* message = touchstone_last_error();
  check(status == expected, "the status of a refusal", line);
  check(strncmp(message, begin, strlen(begin)) == 0 && strchr(message, '\n') == NULL, begin, line);
}
#define REFUSED(call, begin) check_refusal((call), TOUCHSTONE_INVALID_ARGUMENT, (begin), __LINE__)

static const touchstone_draws draws = {7, 0, 3, 1};

static void test_compressor(void) {
  touchstone_compressor* rand_k = NULL;
  touchstone_choices* noted = NULL;
  touchstone_choices* written = NULL;
  touchstone_choice choice;
  const double x[3] = {1, -2, 4};
  double once[3], again[3], omega = 0, delta = 0;
  const char* exact = NULL;
  int64_t count = 0, bits = 0, i, nonzero = 0;
  const int64_t answer[1] = {2};

  OK(touchstone_compressor_create("rand-k:1", &rand_k));
  OK(touchstone_compressor_omega(rand_k, 3, &omega, &exact));
  CHECK(omega == 2 && strcmp(exact, "2") == 0);
  CHECK(touchstone_compressor_delta(rand_k, 3, &delta, NULL) == TOUCHSTONE_NOT_STATED);
  OK(touchstone_compressor_message_bits(rand_k, 3, 64, &bits));
  CHECK(bits >= 64 && bits < 3 * 64);

  OK(touchstone_compress(rand_k, x, 3, &draws, once, &noted));
  for (i = 0; i < 3; ++i) {
    CHECK(once[i] == 0 || once[i] == 3 * x[i]);
    nonzero += once[i] != 0;
  }
  CHECK(nonzero == 1);
  OK(touchstone_choices_count(noted, &count));
  CHECK(count == 1);
  OK(touchstone_choices_get(noted, 0, &choice));
  CHECK(choice.kind == TOUCHSTONE_SUBSET && choice.n == 3 && choice.k == 1 && choice.iteration == 3 &&
        choice.worker == 1 && choice.draw == 0);
  CHECK(once[choice.answer[0]] != 0);
  REFUSED(touchstone_choices_get(noted, 1, &choice), "i: found 1, expected 0 <= i < 1");

  OK(touchstone_compress_with(rand_k, x, 3, &draws, noted, again));
  CHECK(memcmp(once, again, sizeof once) == 0);
  OK(touchstone_choices_create(&written));
  REFUSED(touchstone_compress_with(rand_k, x, 3, &draws, written, again),
          "iteration 3, worker 1, draw 0: the transcript");
  choice.answer = answer;
  OK(touchstone_choices_add(written, &choice));
  OK(touchstone_compress_with(rand_k, x, 3, &draws, written, again));
  CHECK(again[0] == 0 && again[1] == 0 && again[2] == 12);
  OK(touchstone_choices_add(written, &choice));
  REFUSED(touchstone_compress_with(rand_k, x, 3, &draws, written, again), "the transcript goes on");
  touchstone_choices_destroy(written);
  touchstone_choices_destroy(noted);
  touchstone_compressor_destroy(rand_k);
}

static void test_law(void) {
  touchstone_compressor* bernoulli = NULL;
  touchstone_law* law = NULL;
  const char* const x[2] = {"1/3", "-0.1"};
  const char* probability = NULL;
  const char* coordinate = NULL;
  double value = 0;
  int64_t size = 0;

  OK(touchstone_compressor_create("bernoulli:1/4", &bernoulli));
  OK(touchstone_law_create(bernoulli, x, 2, 100, &law));
  OK(touchstone_law_size(law, &size));
  CHECK(size == 2);
  OK(touchstone_law_probability(law, 1, &value, &probability));
  CHECK(value == 0.25 && strcmp(probability, "1/4") == 0);
  OK(touchstone_law_coordinate(law, 1, 0, &value, &coordinate));
  CHECK(value == 4.0 / 3 && strcmp(coordinate, "4/3") == 0);
  OK(touchstone_law_coordinate(law, 1, 1, NULL, &coordinate));
  CHECK(strcmp(coordinate, "-2/5") == 0);
  REFUSED(touchstone_law_coordinate(law, 1, 2, NULL, &coordinate), "c: found 2, expected 0 <= c < 2");
  touchstone_law_destroy(law);
  law = NULL;
  CHECK(touchstone_law_create(bernoulli, x, 2, 1, &law) == TOUCHSTONE_TOO_MANY_OUTCOMES && law == NULL);
  touchstone_compressor_destroy(bernoulli);
}

/* f_1 = x^2, f_2 = (x - 4)^2: mu = L = 2, x* = 2. */
static touchstone_problem* two_parabolas(void) {
  const double A[2] = {2, 2}, b[2] = {0, 8};
  touchstone_problem* problem = NULL;
  OK(touchstone_quadratic_create(2, 1, 1, A, b, &problem));
  return problem;
}

static void test_method(void) {
  touchstone_problem* problem = two_parabolas();
  touchstone_method* diana = NULL;
  touchstone_state* state = NULL;
  touchstone_state* next = NULL;
  touchstone_choices* noted = NULL;
  touchstone_parameters parameters = {"1/4", "1", NULL, -1, NULL, NULL, 0};
  const double start[1] = {1};
  double x = 0, h[2] = {0, 0}, L = 0, mu = 0, gradient = 0, bad = NAN;
  const char* name = NULL;
  int64_t parts = 0, vectors = 0, dimension = 0, bits = 0;

  OK(touchstone_problem_constants(problem, &L, &mu, NULL, NULL));
  CHECK(L == 2 && mu == 2);
  OK(touchstone_problem_gradient(problem, -1, start, 1, &gradient));
  CHECK(gradient == -2);

  OK(touchstone_method_create(problem, "diana", &parameters, &diana));
  OK(touchstone_method_initial(diana, start, 1, &state));
  OK(touchstone_state_count(state, &parts));
  OK(touchstone_state_part(state, 1, &name, &vectors, &dimension));
  CHECK(parts == 2 && strcmp(name, "h") == 0 && vectors == 2 && dimension == 1);
  OK(touchstone_method_step(diana, state, &draws, &next, &noted));
  OK(touchstone_state_get(next, "x", &x, 1));
  OK(touchstone_state_get(next, "h", h, 2));
  CHECK(x == 1.5 && h[0] == 2 && h[1] == -6); /* the identity compresses nothing: a gradient step */
  OK(touchstone_state_set(next, "x", start, 1));
  OK(touchstone_state_get(next, "x", &x, 1));
  CHECK(x == 1);
  OK(touchstone_method_bits_per_iteration(diana, 64, &bits));
  CHECK(bits == 128);
  REFUSED(touchstone_state_get(next, "y", &x, 1), "name: found 'y', expected one of x, h");
  REFUSED(touchstone_state_get(next, "h", h, 1), "size: found 1, expected 2 for h");
  REFUSED(touchstone_state_set(next, "x", &bad, 1), "values[0]: found nan, expected a finite number");
  touchstone_choices_destroy(noted);
  touchstone_state_destroy(next);
  touchstone_state_destroy(state);
  touchstone_method_destroy(diana);

  OK(touchstone_method_from_json(problem, "{\"method\": \"gd\", \"parameters\": {\"gamma\": \"1/2\"}}", &diana));
  OK(touchstone_method_initial(diana, start, 1, &state));
  OK(touchstone_method_step(diana, state, &draws, &next, NULL));
  OK(touchstone_state_get(next, "x", &x, 1));
  CHECK(x == 2);
  touchstone_state_destroy(next);
  touchstone_state_destroy(state);
  touchstone_method_destroy(diana);
  touchstone_problem_destroy(problem);
}

/* What follows from a part is computed anew when the part is set. */
static void test_derived_parts(void) {
  const double A[2] = {2, 2}, b[2] = {0, 8}, at = 3;
  touchstone_problem* problem = NULL;
  touchstone_method* svrg = NULL;
  touchstone_state* state = NULL;
  touchstone_parameters parameters = {"1/8", NULL, "1/2", -1, NULL, NULL, 0};
  double gradient = 0;
  OK(touchstone_quadratic_create(1, 2, 1, A, b, &problem));
  OK(touchstone_method_create(problem, "l-svrg", &parameters, &svrg));
  OK(touchstone_method_initial(svrg, &at, 1, &state));
  OK(touchstone_state_get(state, "reference_gradient", &gradient, 1));
  CHECK(gradient == 2);
  gradient = 5;
  OK(touchstone_state_set(state, "w", &gradient, 1));
  OK(touchstone_state_get(state, "reference_gradient", &gradient, 1));
  CHECK(gradient == 6);
  touchstone_state_destroy(state);
  touchstone_method_destroy(svrg);
  touchstone_problem_destroy(problem);
}

static void test_theory(void) {
  touchstone_problem* problem = two_parabolas();
  touchstone_parameters parameters = {NULL, NULL, NULL, -1, "rand-k:1", NULL, 0};
  double value = 0;
  const char* exact = NULL;
  OK(touchstone_theory_stepsize(problem, "diana", &parameters, &value, &exact));
  CHECK(value == 0.5 && strcmp(exact, "1/2") == 0);
  OK(touchstone_theory_rate(problem, "diana", &parameters, &value, &exact));
  CHECK(value == 0);
  parameters.gamma = "1/4";
  OK(touchstone_theory_rate(problem, "gd", &parameters, &value, &exact));
  CHECK(strcmp(exact, "1/2") == 0);
  OK(touchstone_theory_alpha(problem, "diana", &parameters, &value, NULL));
  CHECK(value == 1);
  CHECK(touchstone_theory_alpha(problem, "gd", &parameters, &value, NULL) == TOUCHSTONE_NOT_STATED);
  parameters.gamma = "3/4";
  REFUSED(touchstone_theory_rate(problem, "gd", &parameters, &value, NULL),
          "gamma: found 3/4, expected 0 < gamma <= 1/2");
  REFUSED(touchstone_theory_stepsize(problem, "svrg", &parameters, &value, NULL), "method: found 'svrg', expected");
  REFUSED(touchstone_theory_stepsize(problem, "saga", &parameters, &value, NULL), "workers: found 2, expected 1");
  touchstone_problem_destroy(problem);
}

static void test_refusals(void) {
  touchstone_compressor* compressor = NULL;
  touchstone_problem* problem = NULL;
  const double indefinite[1] = {-1}, b[1] = {0}, bad[2] = {1, NAN};
  double out[2];
  REFUSED(touchstone_compressor_create(NULL, &compressor), "name: found NULL");
  REFUSED(touchstone_compressor_create("top-k:2", NULL), "out: found NULL");
  REFUSED(touchstone_compressor_create("top", &compressor),
          "compressor: found 'top', expected one of identity, rand-k");
  CHECK(compressor == NULL);
  OK(touchstone_compressor_create("rand-k:2", &compressor));
  REFUSED(touchstone_compress(compressor, bad, 2, &draws, out, NULL), "x[1]: found nan, expected a finite number");
  REFUSED(touchstone_compress(compressor, b, 1, &draws, out, NULL), "");
  REFUSED(touchstone_compress(compressor, b, 0, &draws, out, NULL), "d: found 0, expected 1 to");
  REFUSED(touchstone_compress(compressor, NULL, 2, &draws, out, NULL), "x: found NULL");
  REFUSED(touchstone_compress(compressor, b, 1, NULL, out, NULL), "draws: found NULL");
  REFUSED(touchstone_quadratic_create(1, 1, 1, indefinite, b, &problem),
          "a quadratic needs a positive semidefinite");
  CHECK(touchstone_logistic_regression_create("/nowhere", 1, 0, 0.1, &problem) == TOUCHSTONE_BAD_FILE);
  CHECK(problem == NULL && strstr(touchstone_last_error(), "/nowhere") != NULL);
  touchstone_compressor_destroy(compressor);
  touchstone_compressor_destroy(NULL);
  touchstone_law_destroy(NULL);
}

int main(void) {
  CHECK(strcmp(touchstone_version(), TOUCHSTONE_EXPECTED_VERSION) == 0);
  CHECK(strcmp(touchstone_last_error(), "") == 0);
  test_compressor();
  test_law();
  test_method();
  test_derived_parts();
  test_theory();
  test_refusals();
  if (failures > 0) fprintf(stderr, "%d checks fail\n", failures);
  return failures > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}
