#include <nlohmann/json.hpp>

#include "proofs/certificate/problem.hpp"

namespace touchstone::inline v0::proofs {

namespace {

using Json = nlohmann::ordered_json;

Json json(const LinearForm& expression) {
  Json terms = Json::object();
  for (const auto& [name, c] : expression.terms()) terms[name] = c.str();
  return terms;
}

Json json(const GramBlock& block) {
  Json products = Json::array();
  for (Index i = 0; i < block.size(); ++i) {
    products.push_back(Json::array());
    for (Index j = 0; j < block.size(); ++j) products.back().push_back(block.product(i, j));
  }
  return {{"name", block.name}, {"products", products}};
}

}  // namespace

std::string problem_json(const CertificateProblem& problem) {
  Json parameters = Json::object();
  for (const auto& [name, value] : problem.parameters) parameters[name] = value.str();
  Json blocks = Json::array();
  for (const GramBlock& block : problem.blocks) blocks.push_back(json(block));
  Json hypotheses = Json::array();
  for (const CertificateHypothesis& h : problem.hypotheses)
    hypotheses.push_back({{"name", h.name}, {"meaning", h.meaning}, {"terms", json(h.expression)}});
  const Json all{{"problem", problem.id},         {"claim", problem.claim},
                 {"title", problem.title},        {"source", problem.source},
                 {"parameters", parameters},      {"stated_rate", problem.stated_rate.str()},
                 {"scalars", problem.scalars},    {"blocks", blocks},
                 {"hypotheses", hypotheses},      {"V", json(problem.V)},
                 {"next_V", json(problem.next_V)}};
  return all.dump(2) + "\n";
}

}  // namespace touchstone::inline v0::proofs
