// Reference results of ../shared/fixtures for the tests of models, and how a figure is compared with them. Absent in CI.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

namespace kpi::test {

inline std::optional<std::string> reference_bytes(const std::string& path) {
  const char* root = std::getenv("KPI_SHARED");
#ifdef KPI_SHARED_DEFAULT
  if (root == nullptr) root = KPI_SHARED_DEFAULT;
#endif
  if (root == nullptr) return std::nullopt;
  std::ifstream in(std::string(root) + "/fixtures/" + path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

/// The case with this id, or nothing where the file is absent; a file without the case is a failure.
inline std::optional<nlohmann::json> reference_case(const std::string& file, const std::string& id) {
  const std::optional<std::string> bytes = reference_bytes(file);
  if (!bytes) return std::nullopt;
  const nlohmann::json all = nlohmann::json::parse(*bytes, nullptr, false);
  if (all.is_object()) {
    for (const nlohmann::json& one : all["cases"]) {
      if (one["id"] == id) return one;
    }
  }
  ADD_FAILURE() << file << " has no case " << id;
  return std::nullopt;
}

#define KPI_REFERENCE_CASE(name, file, id)                                                           \
  const std::optional<nlohmann::json> name##_found = ::kpi::test::reference_case(file, id);          \
  if (!name##_found) GTEST_SKIP() << "no shared fixtures (set KPI_SHARED): " << (file) << " " << (id); \
  const nlohmann::json& name = *name##_found

/// Rows of a simple comma-separated file without quotes, header and all.
inline std::vector<std::vector<std::string>> reference_rows(const std::string& path) {
  std::vector<std::vector<std::string>> rows;
  const std::string bytes = reference_bytes(path).value_or("");
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

}  // namespace kpi::test
