#pragma once
/// \file
/// Problems, methods, vectors and numbers as JSON: what the protocol, traces and vectors have in common. The schemas are in
/// verify/oracle/schemas.
///
///     number    a JSON number: the double nearest to it. A string: exactly what it says, "1/3", "0.1", "0x1.8p-3"
///     vector    [number, ...]
///     problem   {"kind": "quadratic", "workers": [[{"A": [[..], ..], "b": [..]}, ...], ...],
///                "L": .., "mu": .., "L_i": [..], "L_ij": [[..], ..]}         A row by row; constants where a stepsize is judged
///               {"kind": "random-quadratic", "seed": .., "n": .., "m": .., "d": ..}        problems/rational_quadratic.hpp; n m <= 1000,
///                                                                                   d <= 30
///               {"kind": "logistic", "file": FILE, "sha256": .., "features": d, "workers": n, "lambda": ..}
///     method    {"method": NAME, "parameters": {"gamma": .., "alpha": .., "p": .., "tau": .., "compressor": .., "shift_compressor": ..,
///                "gradient": "full" | "sampled", "star_gradients": [[..], ..], "regularizer": {"kind": .., "lambda": ..}}}
///
/// Everything here throws spec_error "PLACE: found ..., expected ..." where the JSON does not say what it should; PLACE is a path
/// such as problem.workers[0][1].A, below the `where` that is given.

#include <string>

#include <nlohmann/json.hpp>

#include "verify/oracle/catalog/method_spec.hpp"
#include "verify/oracle/catalog/problem_spec.hpp"

namespace touchstone::inline v0::oracle {

using Json = nlohmann::ordered_json;

/// The member of an object that must be there.
[[nodiscard]] const Json& member(const std::string& where, const Json& object, const char* name);

[[nodiscard]] Rational number_of(const std::string& where, const Json& value);
[[nodiscard]] Index count_of(const std::string& where, const Json& value);
[[nodiscard]] std::string text_of(const std::string& where, const Json& value);
[[nodiscard]] Vector<Rational> vector_of(const std::string& where, const Json& value);
[[nodiscard]] std::vector<Vector<Rational>> vectors_of(const std::string& where, const Json& value);

/// Reads the data of logistic regression: a relative file is looked for beside `folder`. Throws input_error as read_libsvm does.
[[nodiscard]] ProblemSpec problem_of(const std::string& where, const Json& value, const std::string& folder);

/// `object` holds "method" and "parameters".
[[nodiscard]] MethodSpec method_of(const std::string& where, const Json& object);

/// Exact: an integer that a double holds as a number, anything else as a string "p/q".
[[nodiscard]] Json to_json(const Rational& value);
[[nodiscard]] Json to_json(const Vector<Rational>& vector);
[[nodiscard]] Json to_json(const Quadratic<Rational>& problem);
[[nodiscard]] Json to_json(const MethodParameters& parameters);

/// The shortest text that reads back to the same double; "inf", "-inf", "nan" as strings.
[[nodiscard]] Json to_json(double value);
[[nodiscard]] Json to_json(const Vector<double>& vector);

}  // namespace touchstone::inline v0::oracle
