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
#include <utility>
#include <vector>

#include "tests/support/csv.h"

namespace kpi::test {

using Json = nlohmann::json;

/// A file of the fixtures, or nothing where the shared folder is absent.
inline std::optional<std::string> fixture_bytes(const std::string& path) { return shared_file("../fixtures/" + path); }

/// The cases of a model, or nothing where the shared folder is absent.
inline std::optional<Json> fixture_cases(const std::string& model) {
  const std::optional<std::string> bytes = fixture_bytes(model + ".json");
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

/// One case of a file ("clv.json"), or nothing where the shared folder is absent; a file without the case is a failure.
inline std::optional<Json> reference_case(const std::string& file, const std::string& id) {
  const std::optional<Json> cases = fixture_cases(file.substr(0, file.rfind('.')));
  if (!cases) return std::nullopt;
  Json found = fixture_case(*cases, id);
  return found.is_null() ? std::nullopt : std::optional<Json>(std::move(found));
}

#define KPI_REFERENCE_CASE(name, file, id)                                                           \
  const std::optional<nlohmann::json> name##_found = ::kpi::test::reference_case(file, id);          \
  if (!name##_found) GTEST_SKIP() << "no shared fixtures (set KPI_SHARED): " << (file) << " " << (id); \
  const nlohmann::json& name = *name##_found

/// Rows of a simple comma-separated file without quotes, header and all; none where it is absent.
inline std::vector<std::vector<std::string>> reference_rows(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  const std::string bytes = fixture_bytes(path).value_or("");
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    std::string line = bytes.substr(at, end - at);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    at = end + 1;
    std::vector<std::string> cells(1);
    for (const char c : line) {
      if (c == ',') cells.emplace_back();
      else cells.back() += c;
    }
    rows.push_back(cells);
  }
  return rows;
}

/// |got - expected| <= max(absolute, relative |expected|).
inline void expect_near(double got, double expected, double relative, double absolute = 0, const std::string& what = "") {
  EXPECT_NEAR(got, expected, std::max(absolute, relative * std::fabs(expected))) << what;
}

/// Columns of numbers by header, of a data file as fixtures name it ("data/x.csv"); NaN for an empty cell. Empty where it is absent.
inline std::map<std::string, std::vector<double>> fixture_columns(const std::string& file) {
  std::map<std::string, std::vector<double>> columns;
  const std::vector<std::vector<std::string>> rows = reference_rows(file);
  for (std::size_t column = 0; !rows.empty() && column < rows[0].size(); ++column) {
    std::vector<double>& values = columns[rows[0][column]];
    for (std::size_t row = 1; row < rows.size(); ++row) {
      if (rows[row].size() == 1 && rows[row][0].empty()) continue;  // an empty line
      const bool has_cell = column < rows[row].size() && !rows[row][column].empty();
      values.push_back(has_cell ? std::strtod(rows[row][column].c_str(), nullptr) : std::nan(""));
    }
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
