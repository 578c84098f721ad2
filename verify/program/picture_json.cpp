#include "verify/program/picture_json.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace touchstone::inline v0 {

namespace picture_json {

using Json = nlohmann::json;
using OrderedJson = nlohmann::ordered_json;

OrderedJson numbers(const std::vector<double>& values) {
  OrderedJson all = OrderedJson::array();
  for (const double value : values) all.push_back(number_or_null(value));
  return all;
}

double number_of(const Json& json) {
  return json.is_null() ? std::numeric_limits<double>::quiet_NaN() : json.get<double>();
}

std::vector<double> numbers_of(const Json& json) {
  std::vector<double> all;
  for (const Json& value : json) all.push_back(number_of(value));
  return all;
}

OrderedJson json_of(const FollowedRun& trajectory) {
  OrderedJson iterations = OrderedJson::array();
  OrderedJson measured = OrderedJson::array();
  OrderedJson bound = OrderedJson::array();
  for (const FollowedRun::Point& point : trajectory.points) {
    iterations.push_back(point.iteration);
    measured.push_back(number_or_null(point.measured));
    bound.push_back(number_or_null(point.bound));
  }
  return {{"run", trajectory.run},
          {"quantity", trajectory.quantity},
          {"iterations", std::move(iterations)},
          {"measured", std::move(measured)},
          {"bound", std::move(bound)}};
}

FollowedRun trajectory_of(const Json& json) {
  FollowedRun trajectory{json.at("run"), json.at("quantity"), {}};
  const Json& iterations = json.at("iterations");
  for (std::size_t k = 0; k < iterations.size(); ++k)
    trajectory.points.push_back(
        {iterations.at(k).get<long>(), number_of(json.at("measured").at(k)), number_of(json.at("bound").at(k))});
  return trajectory;
}

OrderedJson json_of(const OutcomeTable& law) {
  OrderedJson outcomes = OrderedJson::array();
  for (const OutcomeTable::Outcome& outcome : law.outcomes)
    outcomes.push_back({{"probability", outcome.probability},
                        {"weight", number_or_null(outcome.weight)},
                        {"coordinates", outcome.coordinates},
                        {"rounded", numbers(outcome.rounded)}});
  return {{"compressor", law.compressor},
          {"coordinates", law.coordinates},
          {"rounded", numbers(law.rounded)},
          {"outcomes", std::move(outcomes)}};
}

OutcomeTable law_of(const Json& json) {
  OutcomeTable law{json.at("compressor"), json.at("coordinates"), numbers_of(json.at("rounded")), {}};
  for (const Json& outcome : json.at("outcomes"))
    law.outcomes.push_back({outcome.at("probability"), number_of(outcome.at("weight")), outcome.at("coordinates"),
                            numbers_of(outcome.at("rounded"))});
  return law;
}

}  // namespace picture_json

nlohmann::ordered_json number_or_null(double value) {
  if (!std::isfinite(value)) return nullptr;
  return value;
}

nlohmann::ordered_json json_of(const Pictures& pictures) {
  nlohmann::ordered_json trajectories = nlohmann::ordered_json::array();
  nlohmann::ordered_json laws = nlohmann::ordered_json::array();
  for (const FollowedRun& trajectory : pictures.trajectories)
    trajectories.push_back(picture_json::json_of(trajectory));
  for (const OutcomeTable& law : pictures.laws) laws.push_back(picture_json::json_of(law));
  return {{"trajectories", std::move(trajectories)}, {"laws", std::move(laws)}};
}

Pictures pictures_of(const nlohmann::json& json) {
  Pictures pictures;
  for (const nlohmann::json& one : json.at("trajectories"))
    pictures.trajectories.push_back(picture_json::trajectory_of(one));
  for (const nlohmann::json& one : json.at("laws")) pictures.laws.push_back(picture_json::law_of(one));
  return pictures;
}

}  // namespace touchstone::inline v0
