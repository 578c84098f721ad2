// C++ behind the protocol of touchstone: g++ -std=c++17 -O2 harness.cpp -o harness && touchstone conform -- ./harness
#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <random>

using Json = nlohmann::json;
using Indices = std::vector<std::size_t>;
using Vector = std::vector<double>;

struct Choices {  // a generator, or the oracle's tape, whose end throws the question
  std::mt19937_64 generator;
  Json tape, made = Json::array();

  Indices subset(std::size_t n, std::size_t k) {
    Json choice = {{"kind", "subset"}, {"n", n}, {"k", k}};
    Indices all(n), kept;
    std::iota(all.begin(), all.end(), std::size_t{0});
    if (tape.is_array() && made.size() == tape.size()) throw choice;
    if (tape.is_array())
      kept = tape[made.size()].get<Indices>();
    else
      std::sample(all.begin(), all.end(), std::back_inserter(kept), k, generator);
    choice["answer"] = kept;
    made.push_back(choice);
    return kept;
  }
};

// --- the code under test ---
Vector rand_k(const Vector& x, std::size_t K, Choices& random) {
  Vector y(x.size(), 0.0);
  for (const std::size_t i : random.subset(x.size(), K)) y[i] = double(x.size()) / double(K) * x[i];
  return y;
}

Vector top_k(Vector x, std::size_t K) {
  Indices order(x.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return std::abs(x[a]) > std::abs(x[b]); });
  for (std::size_t k = K; k < x.size(); ++k) x[order[k]] = 0;
  return x;
}

// --- the harness ---
Json subject(const std::string& name) {
  const Json ways = {"injected", "replayed", "black-box"}, parameters = {{"K", {2, 1, 3}}};
  return {{"name", name},
          {"kind", "compressor"},
          {"reference", name + ":{K}"},
          {"parameters", parameters},
          {"ways", ways}};
}

Json reply(const Json& request, Choices& random) {
  const std::string call = request["call"], name = request.value("subject", "");
  const Json subjects = {subject("rand-k"), subject("top-k")};
  if (call == "start") return {{"protocol", 1}, {"implementation", "example in C++"}, {"subjects", subjects}};
  if (call != "describe" && call != "compress")
    return call == "stop" ? Json::object() : Json{{"unsupported", call}};
  const std::size_t K = request["parameters"]["K"], d = request.value("d", request.value("x", Json()).size());
  for (const Json& value : request.value("x", Json::array()))
    if (!value.is_number()) return {{"refused", "x is not finite"}};  // "nan", "inf", "-inf"
  if (K > d) return {{"refused", "K is greater than d"}};
  if (call == "describe" && name == "top-k") return {{"delta", std::to_string(K) + "/" + std::to_string(d)}};
  if (call == "describe") return {{"omega", std::to_string(d - K) + "/" + std::to_string(K)}};
  random.made = Json::array();
  const Vector x = request["x"], y = name == "rand-k" ? rand_k(x, K, random) : top_k(x, K);
  return {{"y", y}, {"choices", random.made}};
}

int main() {
  for (std::string line; std::getline(std::cin, line); std::cout.flush()) {
    const Json request = Json::parse(line);
    std::seed_seq seed{request.value("seed", std::uint64_t{0}), request.value("worker", std::uint64_t{0})};
    Choices random{std::mt19937_64(seed), request.value("tape", Json())};
    for (int left = request.value("count", 1); left > 0; --left) {
      Json answer;
      try {
        answer = reply(request, random);
      } catch (const Json& question) {
        answer["ask"] = question;
      }
      if (answer.contains("refused")) left = 1;
      answer["id"] = request["id"];
      std::cout << answer << '\n';
    }
  }
}
