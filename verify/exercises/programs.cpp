// The programs of which a part is to be written.
#include "verify/exercises/program.hpp"

namespace touchstone::inline v0::exercising {

Program rand_k_program() {
  return {{"compressors/write-rand-k",
           "write RandK and let the oracle judge it",
           R"(RandK keeps $K$ of the $d$ coordinates, each set of $K$ with the same
probability, and is unbiased: $\mathbb{E}\,Q(x) = x$. Write it in Python. The
file has a function `rand_k(x, K, random)` that returns $x$ itself;
`random.subset(d, K)` gives $K$ indices. The oracle hands out every choice in
turn, and so sees the whole law of what you wrote.

*Hint.* With what probability is a coordinate kept, and what must it be
multiplied by to be right in the mean?
)",
           "write_rand_k.py",
           "",
           {}},
          R"(def rand_k(x, K, random):
    """x: a list of d numbers. Returns a list of d numbers."""
    return list(x)
)",
          R"(

SUBJECT = {"name": "rand-k", "kind": "compressor", "reference": "rand-k:{K}", "parameters": {"K": [2, 1, 3]},
           "ways": ["injected"], "dimensions": [4, 1, 2, 3, 5]}


def reply(request, random):
    K, x = request.get("parameters", {}).get("K", 1), request.get("x", [])
    if request["call"] != "compress" or "tape" not in request:
        return {"unsupported": request["call"]}
    if K > len(x):
        return {"refused": "K is greater than d"}
    return {"y": rand_k(numbers(x), K, random), "choices": random.made}
)",
          {"law", "parameters", "unbiased"}};
}

Program diana_program() {
  return {{"unified-sgd/write-diana",
           "turn quantized gradient descent into DIANA",
           R"(The file has a step of quantized gradient descent: every worker compresses its
gradient. Near the solution the gradients $\nabla f_i(x^*)$ do not vanish, and
neither does what compression adds to them. DIANA compresses the difference to a
shift, and lets the shift learn:

$$m_i = Q(\nabla f_i(x) - h_i), \quad
  x \leftarrow x - \frac{\gamma}{n}\sum_i (h_i + m_i), \quad
  h_i \leftarrow h_i + \alpha m_i.$$

Write it. The oracle compares the law of a step from states whose shifts all
differ.

*Hint.* Which $h_i$ does the server add, that from before the step or that from
after it?
)",
           "write_diana.py",
           "",
           {}},
          R"(def step(x, h, gradients, compress, gamma, alpha):
    """x: the model, d numbers. h: n shifts, d numbers each. gradients: those of the n workers at x.
    compress(i, v): what worker i sends for v; the workers in their order, each once.
    Returns the next x and the next h."""
    n, d = len(h), len(x)
    total = [0.0] * d
    for i in range(n):
        m = compress(i, gradients[i])
        total = [total[c] + m[c] for c in range(d)]
    return [x[c] - gamma / n * total[c] for c in range(d)], h
)",
          R"(

SUBJECT = {"name": "diana", "kind": "method", "reference": "diana", "ways": ["injected"],
           "parameters": {"compressor": ["rand-k:1"], "gradient": ["full"]}}


def gradient(components, x):
    total = [0.0] * len(x)
    for component in components:
        A, b = numbers(component["A"]), numbers(component["b"])
        total = [t + sum(a * v for a, v in zip(row, x)) - b_c for t, row, b_c in zip(total, A, b)]
    return [t / len(components) for t in total]


def reply(request, random):
    if request["call"] != "step" or "tape" not in request:
        return {"unsupported": request["call"]}
    x, h = numbers(request["state"]["x"]), numbers(request["state"]["h"])
    parameters = request["method"]["parameters"]

    def compress(i, v):
        random.worker(i)
        kept = random.subset(len(v), 1)
        return [len(v) * v_c if c in kept else 0.0 for c, v_c in enumerate(v)]

    gradients = [gradient(components, x) for components in request["problem"]["workers"]]
    x, h = step(x, h, gradients, compress, number(parameters["gamma"]), number(parameters["alpha"]))
    return {"state": {"x": x, "h": h}, "choices": random.made}
)",
          {"step", "order", "degenerate"}};
}

Program memory_program() {
  return {{"error-feedback/write-the-memory",
           "write the memory of error feedback",
           R"(The file has a round of compressed communication that forgets what was not sent.
With a gradient that stays the same, a coordinate that is never the largest is
then never sent. Write error feedback: what is compressed is the gradient plus
the memory, and the memory keeps what was not sent.

*Hint.* What went in is what was sent and what is kept: before and after the
round, memory + gradient = sent + memory.
)",
           "write_the_memory.py",
           "",
           {}},
          R"(def send(memory, gradient, compress):
    """memory, gradient: d numbers each. compress(v): Top1 of v. Returns what is sent and the next memory."""
    return compress(gradient), memory
)",
          R"(

SUBJECT = {"name": "memory", "kind": "error-feedback", "reference": "top-k:1"}
MEMORIES = []


def top_1(v):
    largest = max(range(len(v)), key=lambda c: abs(v[c]))
    return [v_c if c == largest else 0.0 for c, v_c in enumerate(v)]


def reply(request, random):
    if request["call"] == "initialize":
        MEMORIES[:] = [[0.0] * d for d in request["layers"]]
        return {}
    if request["call"] != "feed":
        return {"unsupported": request["call"]}
    sent = []
    for layer, gradient in enumerate(numbers(request["gradients"])):
        one, MEMORIES[layer] = send(MEMORIES[layer], gradient, top_1)
        sent.append(one)
    return {"sent": sent, "memory": MEMORIES}
)",
          {"zero", "conservation", "compression", "progress", "degenerate"}};
}

}  // namespace touchstone::inline v0::exercising
