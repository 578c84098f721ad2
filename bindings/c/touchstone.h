/* The C interface of touchstone: compressors, problems, methods and theory of the reference, by name.
 *
 * Every function returns a status. Other than TOUCHSTONE_OK it has changed nothing that it was given, and
 * touchstone_last_error() is one line that says what was wrong. No function lets a C++ exception through.
 *
 *   handles    touchstone_..._destroy frees one; NULL is allowed there and nowhere else, unless a function says so. A handle may
 *              outlive those that it was made from. Compressors, problems, methods, laws and choices are never changed once they
 *              are made (touchstone_choices_add apart): threads may share them.
 *   numbers    double, or text: "1/3", "0.1" (one tenth), "1e-3", "0x1.8p-3", "12" are read exactly; "p/q" or "p" is written.
 *              A double stands for itself, exactly. NaN and infinities are refused.
 *   texts      that a function hands out are owned by the handle they are asked of; those of functions without such a handle are
 *              good until the same thread calls that function again.
 *   sizes      int64_t
 *
 * Where the choices come from: touchstone_draws names a counter-based stream (seed, stream) and a place in it, which is documented
 * in touchstone/randomness/seeded.hpp and reproduced by numpy.random.Philox: the same draws give the same outcome, always. Choices
 * can be noted, and handed in again instead of a seed.
 */
#ifndef TOUCHSTONE_H
#define TOUCHSTONE_H

#include <stdint.h>

#if defined(_WIN32)
#define TOUCHSTONE_API
#else
#define TOUCHSTONE_API __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef enum touchstone_status {
  TOUCHSTONE_OK = 0,
  /* NULL, a wrong size, an unknown name, NaN, a value out of its range, choices that do not fit */
  TOUCHSTONE_INVALID_ARGUMENT = 1,
  /* omega of a compressor that is not unbiased, delta of one that is not contractive */
  TOUCHSTONE_NOT_STATED = 2,
  /* cannot be read, or does not say what it should */
  TOUCHSTONE_BAD_FILE = 3,
  TOUCHSTONE_TOO_MANY_OUTCOMES = 4,
  TOUCHSTONE_OUT_OF_MEMORY = 5,
  /* a mistake of touchstone's own */
  TOUCHSTONE_INTERNAL_ERROR = 6
} touchstone_status;

/* "0.1.0"; the last error of this thread, "" where there was none. Never NULL. */
TOUCHSTONE_API const char* touchstone_version(void);
TOUCHSTONE_API const char* touchstone_last_error(void);

/* ---- choices ---- */

typedef struct touchstone_draws {
  uint64_t seed;
  uint64_t stream;
  int64_t iteration; /* >= 0 */
  int64_t worker;    /* >= 0, or -1 for the server; of a compressor. The workers of a method's step are its own */
} touchstone_draws;

typedef enum touchstone_choice_kind {
  TOUCHSTONE_CHOOSE = 0,      /* uniform on 0, ..., n-1 */
  TOUCHSTONE_SUBSET = 1,      /* k of n, ascending */
  TOUCHSTONE_PERMUTATION = 2, /* of 0, ..., n-1; k = n */
  TOUCHSTONE_BERNOULLI = 3,   /* n = 2, k = 1, answer 0 or 1 */
  TOUCHSTONE_PICK = 4         /* i with probability w[i], n weights */
} touchstone_choice_kind;

typedef struct touchstone_choice {
  int32_t kind; /* touchstone_choice_kind */
  int64_t n, k;
  int64_t iteration, worker, draw; /* its place: draw counts the choices of this worker in this iteration from 0 */
  const int64_t* answer;           /* k numbers */
} touchstone_choice;

typedef struct touchstone_choices touchstone_choices;

/* An empty list; one more choice at its end, which is copied; how many there are; number i of them, 0 <= i < count. */
TOUCHSTONE_API touchstone_status touchstone_choices_create(touchstone_choices** out);
TOUCHSTONE_API touchstone_status touchstone_choices_add(touchstone_choices* choices,
                                                        const touchstone_choice* choice);
TOUCHSTONE_API touchstone_status touchstone_choices_count(const touchstone_choices* choices, int64_t* count);
TOUCHSTONE_API touchstone_status touchstone_choices_get(const touchstone_choices* choices, int64_t i,
                                                        touchstone_choice* out);
TOUCHSTONE_API void touchstone_choices_destroy(touchstone_choices* choices);

/* ---- compressors ---- */

typedef struct touchstone_compressor touchstone_compressor;
typedef struct touchstone_law touchstone_law;

/* By name: "rand-k:2", "top-k:1", "natural", "dithering:4", "bernoulli:1/3", ... An unknown one is answered with the list. */
TOUCHSTONE_API touchstone_status touchstone_compressor_create(const char* name, touchstone_compressor** out);
TOUCHSTONE_API void touchstone_compressor_destroy(touchstone_compressor* compressor);

/* E|Q(x) - x|^2 <= omega |x|^2, E|C(x) - x|^2 <= (1 - delta) |x|^2 for x of length d. `value` is not below omega, not above
 * delta; `exact` may be NULL. TOUCHSTONE_NOT_STATED where the compressor is not of that kind. */
TOUCHSTONE_API touchstone_status touchstone_compressor_omega(const touchstone_compressor* compressor, int64_t d,
                                                             double* value, const char** exact);
TOUCHSTONE_API touchstone_status touchstone_compressor_delta(const touchstone_compressor* compressor, int64_t d,
                                                             double* value, const char** exact);

/* Of one message, at most, where a scalar costs scalar_bits. */
TOUCHSTONE_API touchstone_status touchstone_compressor_message_bits(const touchstone_compressor* compressor,
                                                                    int64_t d, int64_t scalar_bits, int64_t* bits);

/* out = Q(x), both of length d; they may be the same array. `noted`, unless it is NULL, becomes a new list of the choices made. The
 * second one takes the choices it is given, made at the place that `draws` names; its seed and stream are not looked at. */
TOUCHSTONE_API touchstone_status touchstone_compress(const touchstone_compressor* compressor, const double* x,
                                                     int64_t d, const touchstone_draws* draws, double* out,
                                                     touchstone_choices** noted);
TOUCHSTONE_API touchstone_status touchstone_compress_with(const touchstone_compressor* compressor, const double* x,
                                                          int64_t d, const touchstone_draws* draws,
                                                          const touchstone_choices* choices, double* out);

/* The exact law of Q(x): d texts, x as numbers above. At most `limit` answers to its choices, else TOUCHSTONE_TOO_MANY_OUTCOMES.
 * Probabilities are positive and sum to one, outcomes are distinct. */
TOUCHSTONE_API touchstone_status touchstone_law_create(const touchstone_compressor* compressor,
                                                       const char* const* x, int64_t d, int64_t limit,
                                                       touchstone_law** out);
TOUCHSTONE_API touchstone_status touchstone_law_size(const touchstone_law* law, int64_t* outcomes);
/* Of outcome i, 0 <= i < size: the probability; coordinate c, 0 <= c < d. Each rounded to a double and as text; either may be
 * NULL. */
TOUCHSTONE_API touchstone_status touchstone_law_probability(const touchstone_law* law, int64_t i, double* value,
                                                            const char** exact);
TOUCHSTONE_API touchstone_status touchstone_law_coordinate(const touchstone_law* law, int64_t i, int64_t c,
                                                           double* value, const char** exact);
TOUCHSTONE_API void touchstone_law_destroy(touchstone_law* law);

/* ---- problems: f(x) = (1/n) sum_i f_i(x), f_i(x) = (1/m) sum_j f_ij(x), x of length d ---- */

typedef struct touchstone_problem touchstone_problem;

/* f_ij(x) = x'A_ij x/2 - b_ij'x. A holds n m matrices of d x d numbers, b holds n m vectors of d, worker by worker. Every A_ij must
 * be symmetric and positive semidefinite. Its constants are proven, by exact elimination: about a second a component for d = 40. */
TOUCHSTONE_API touchstone_status touchstone_quadratic_create(int64_t n, int64_t m, int64_t d, const double* A,
                                                             const double* b, touchstone_problem** out);
/* l2-regularized logistic regression on a LIBSVM file, its rows split among n workers, with `lambda` > 0. `features` is d, or 0 for
 * the largest index in the file. */
TOUCHSTONE_API touchstone_status touchstone_logistic_regression_create(const char* file, int64_t n,
                                                                       int64_t features, double lambda,
                                                                       touchstone_problem** out);
TOUCHSTONE_API void touchstone_problem_destroy(touchstone_problem* problem);

TOUCHSTONE_API touchstone_status touchstone_problem_shape(const touchstone_problem* problem, int64_t* workers,
                                                          int64_t* dimension);
TOUCHSTONE_API touchstone_status touchstone_problem_components(const touchstone_problem* problem, int64_t worker,
                                                               int64_t* components);
TOUCHSTONE_API touchstone_status touchstone_problem_value(const touchstone_problem* problem, const double* x,
                                                          int64_t d, double* value);
/* Of f for worker = -1, of f_i for worker = i; of f_ij. `out` has length d. */
TOUCHSTONE_API touchstone_status touchstone_problem_gradient(const touchstone_problem* problem, int64_t worker,
                                                             const double* x, int64_t d, double* out);
TOUCHSTONE_API touchstone_status touchstone_problem_component_gradient(const touchstone_problem* problem,
                                                                       int64_t worker, int64_t component,
                                                                       const double* x, int64_t d, double* out);
/* Smoothness of f, of the worst f_i and of the worst f_ij, upper bounds; strong convexity of f, a lower bound. Any may be NULL. */
TOUCHSTONE_API touchstone_status touchstone_problem_constants(const touchstone_problem* problem, double* L,
                                                              double* mu, double* largest_L_i,
                                                              double* largest_L_ij);

/* ---- methods ---- */

typedef struct touchstone_method touchstone_method;
typedef struct touchstone_state touchstone_state;

/* From {"method": NAME, "parameters": {"gamma": .., "alpha": .., "p": .., "tau": .., "compressor": .., ...}}; a JSON number is a double,
 * a JSON string a number as above. */
TOUCHSTONE_API touchstone_status touchstone_method_from_json(const touchstone_problem* problem, const char* json,
                                                             touchstone_method** out);

/* By name. A text that is NULL is not given; `gamma` must be. tau < 0 is not given. */
typedef struct touchstone_parameters {
  const char* gamma;            /* stepsize */
  const char* alpha;            /* stepsize of the shifts */
  const char* p;                /* probability of refreshing, of sending in full */
  int64_t tau;                  /* size of a minibatch; iterations of delay */
  const char* compressor;       /* by default identity */
  const char* shift_compressor; /* by default identity */
  int32_t sampled;              /* whether a worker's gradient is that of a component it draws */
} touchstone_parameters;
TOUCHSTONE_API touchstone_status touchstone_method_create(const touchstone_problem* problem, const char* name,
                                                          const touchstone_parameters* parameters,
                                                          touchstone_method** out);
TOUCHSTONE_API void touchstone_method_destroy(touchstone_method* method);

/* The method's usual start from x. */
TOUCHSTONE_API touchstone_status touchstone_method_initial(const touchstone_method* method, const double* x,
                                                           int64_t d, touchstone_state** out);
/* The state after one step, in doubles; `state` stays as it is. `noted` and `choices` as for touchstone_compress. */
TOUCHSTONE_API touchstone_status touchstone_method_step(const touchstone_method* method,
                                                        const touchstone_state* state,
                                                        const touchstone_draws* draws, touchstone_state** out,
                                                        touchstone_choices** noted);
TOUCHSTONE_API touchstone_status touchstone_method_step_with(const touchstone_method* method,
                                                             const touchstone_state* state,
                                                             const touchstone_draws* draws,
                                                             const touchstone_choices* choices,
                                                             touchstone_state** out);
TOUCHSTONE_API touchstone_status touchstone_method_bits_per_iteration(const touchstone_method* method,
                                                                      int64_t scalar_bits, int64_t* bits);

/* A state is a list of parts with names (x, h, e, w, table, ...), a part is a list of vectors. Part i, 0 <= i < count: its name, how
 * many vectors it has and how long they are; any may be NULL. */
TOUCHSTONE_API touchstone_status touchstone_state_count(const touchstone_state* state, int64_t* parts);
TOUCHSTONE_API touchstone_status touchstone_state_part(const touchstone_state* state, int64_t i, const char** name,
                                                       int64_t* vectors, int64_t* dimension);
/* All numbers of a part by name, vector by vector: `size` = vectors x dimension. What follows from a part that is set (the
 * gradient at a reference point, the mean of a table) is computed anew. */
TOUCHSTONE_API touchstone_status touchstone_state_get(const touchstone_state* state, const char* name, double* out,
                                                      int64_t size);
TOUCHSTONE_API touchstone_status touchstone_state_set(touchstone_state* state, const char* name,
                                                      const double* values, int64_t size);
TOUCHSTONE_API void touchstone_state_destroy(touchstone_state* state);

/* ---- theory ---- */

/* The largest stepsize that the theorem of a method allows; a little smaller where it is irrational. Of the parameters gamma may be
 * NULL; alpha and p are by default the largest alpha and 1/m. `exact` may be NULL. */
TOUCHSTONE_API touchstone_status touchstone_theory_stepsize(const touchstone_problem* problem, const char* method,
                                                            const touchstone_parameters* parameters, double* value,
                                                            const char** exact);
/* The factor q by which the theorem's Lyapunov function contracts in a step, up to its noise; gamma NULL is the largest stepsize. */
TOUCHSTONE_API touchstone_status touchstone_theory_rate(const touchstone_problem* problem, const char* method,
                                                        const touchstone_parameters* parameters, double* value,
                                                        const char** exact);
/* The largest stepsize of the shifts, of a method that has them. */
TOUCHSTONE_API touchstone_status touchstone_theory_alpha(const touchstone_problem* problem, const char* method,
                                                         const touchstone_parameters* parameters, double* value,
                                                         const char** exact);

#ifdef __cplusplus
}
#endif

#endif
