// Reference cases of ../shared/fixtures for the tests of models, their data files and their tolerances.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/csv.h"

namespace kpi::test {

using Json = nlohmann::json;

/// The cases of a model, or nothing where the shared folder is absent.
inline std::optional<Json> fixture_cases(const std::string& model) {
  const std::optional<std::string> bytes = shared_file("../fixtures/" + model + ".json");
  if (!bytes) return std::nullopt;
  Json parsed = Json::parse(*bytes, nullptr, false);
  if (!parsed.is_object()) return std::nullopt;
  return parsed["cases"];
}

#define KPI_FIXTURE_CASES(name, model)                                                       \
  const std::optional<nlohmann::json> name##_read = kpi::test::fixture_cases(model);         \
  if (!name##_read) GTEST_SKIP() << "no shared fixtures (set KPI_SHARED): " << (model);      \
  const nlohmann::json& name = *name##_read

/// The case with this id; null (and a failure) where there is none.
inline Json fixture_case(const Json& cases, const std::string& id) {
  for (const Json& c : cases) {
    if (c["id"] == id) return c;
  }
  ADD_FAILURE() << "no case " << id;
  return nullptr;
}

/// Columns of numbers by header, of a data file as fixtures name it ("data/x.csv"). Empty where it is absent.
inline std::map<std::string, std::vector<double>> fixture_columns(const std::string& file) {
  std::map<std::string, std::vector<double>> columns;
  const std::optional<std::string> bytes = shared_file("../fixtures/" + file);
  if (!bytes) return columns;
  std::vector<std::string> headers;
  std::size_t column = 0;
  std::string cell;
  for (const char c : *bytes + "\n") {
    if (c == '\r') continue;
    if (c != ',' && c != '\n') {
      cell += c;
      continue;
    }
    const bool is_header = columns.size() < headers.size() || columns.empty();
    if (is_header) headers.push_back(cell);
    if (!is_header && column < headers.size() && !(cell.empty() && c == '\n' && column == 0)) {
      columns[headers[column]].push_back(cell.empty() ? std::nan("") : std::strtod(cell.c_str(), nullptr));
    }
    column = c == '\n' ? 0 : column + 1;
    if (c == '\n' && columns.empty()) {
      for (const std::string& header : headers) columns[header];
    }
    cell.clear();
  }
  return columns;
}

/// A number of a fixture: "Infinity" is a text there, null no number.
inline double fixture_number(const Json& value) {
  if (value.is_number()) return value.get<double>();
  if (value == "Infinity") return std::numeric_limits<double>::infinity();
  if (value == "-Infinity") return -std::numeric_limits<double>::infinity();
  return std::nan("");
}

/// |got - expected| <= max(abs, rel |expected|), by the case's tolerance and its rule for `key` if there is one; lists are pairwise.
inline void expect_fixture(double got, const Json& expected, const Json& tolerance, const std::string& key) {
  const Json* rule = &tolerance;
  if (tolerance.contains("per_key") && tolerance["per_key"].contains(key)) rule = &tolerance["per_key"][key];
  const double wanted = fixture_number(expected);
  if (std::isinf(wanted)) {
    EXPECT_EQ(got, wanted) << key;
    return;
  }
  const double room = std::max(rule->value("abs", 0.0), rule->value("rel", 0.0) * std::fabs(wanted));
  EXPECT_NEAR(got, wanted, room) << key;
}

}  // namespace kpi::test
