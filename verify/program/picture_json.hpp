#pragma once
/// \file
/// Pictures in the report of `touchstone verify --json`. What is read and written again is the same text.

#include <nlohmann/json.hpp>

#include "verify/engine/pictures.hpp"

namespace touchstone::inline v0 {

/// null where it is not finite, which JSON does not have.
[[nodiscard]] nlohmann::ordered_json number_or_null(double value);

[[nodiscard]] nlohmann::ordered_json json_of(const Pictures& pictures);

/// Throws nlohmann::json::exception where something is missing or of another type.
[[nodiscard]] Pictures pictures_of(const nlohmann::json& json);

}  // namespace touchstone::inline v0
