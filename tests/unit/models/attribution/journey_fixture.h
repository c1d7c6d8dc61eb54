// Journeys for the tests of attribution: from paths as text, from the reference cases beside the repository, and made up from a seed.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "core/models/attribution/channel_credit.h"
#include "core/models/attribution/journey.h"
#include "core/models/seeded_random.h"
#include "tests/support/model_fixture.h"

namespace kpi::attribution_test {

struct Path {
  std::string path;  // "A > B > C"
  double conversions = 0, value = 0, not_converted = 0;
};

/// Journeys with the names of their channels.
struct NamedJourneys {
  Journeys journeys;
  std::vector<std::string> names;

  std::size_t index(const std::string& name) const {
    const auto found = std::find(names.begin(), names.end(), name);
    EXPECT_NE(found, names.end()) << name;
    return static_cast<std::size_t>(found - names.begin());
  }
};

inline NamedJourneys from_paths(const std::vector<Path>& paths) {
  NamedJourneys result;
  result.journeys.has_ages = false;
  for (const Path& p : paths) {
    Journey journey;
    journey.first = static_cast<std::uint32_t>(result.journeys.touches.size());
    journey.conversions = p.conversions;
    journey.value = p.value;
    journey.not_converted = p.not_converted;
    std::stringstream text(p.path);
    for (std::string name; std::getline(text, name, '>');) {
      name.erase(0, name.find_first_not_of(' '));
      name.erase(name.find_last_not_of(' ') + 1);
      auto found = std::find(result.names.begin(), result.names.end(), name);
      if (found == result.names.end()) found = result.names.insert(found, name);
      result.journeys.touches.push_back({static_cast<std::int32_t>(found - result.names.begin())});
      ++journey.count;
    }
    result.journeys.list.push_back(journey);
  }
  result.journeys.channels = static_cast<std::int32_t>(result.names.size());
  return result;
}

/// The paths of the development toy: commit_ok, ../shared/fixtures/data/toy_paths.csv.
inline std::vector<Path> toy_paths() {
  return {{"Paid Search > Webinar > Email > Demo", 3, 45000, 4},
          {"Organic > Content > Email", 1, 12000, 9},
          {"LinkedIn Ads > LinkedIn Ads > Content > Webinar > Demo", 2, 61000, 3},
          {"Organic", 1, 8000, 20},
          {"Paid Search > Paid Search > Demo", 2, 22000, 6},
          {"Email > Content > Email > Demo", 1, 15500, 2},
          {"LinkedIn Ads > Organic > Paid Search", 0, 0, 14},
          {"Content", 0, 0, 25},
          {"Webinar > Demo", 4, 83000, 1},
          {"Organic > LinkedIn Ads > Email > Webinar > Content > Demo", 1, 30000, 0},
          {"Paid Search", 0, 0, 11},
          {"Organic > Organic > Organic > Email", 1, 5000, 3}};
}

#define KPI_ATTRIBUTION_CASES(name) KPI_FIXTURE_CASES(name, "attribution")

/// The journeys of a case: its rows, or its data file.
inline NamedJourneys journeys_of(const nlohmann::json& fixture) {
  std::vector<Path> paths;
  if (fixture["inputs"].contains("rows")) {
    for (const auto& row : fixture["inputs"]["rows"]) paths.push_back({row[0], row[1], row[2], row[3]});
    return from_paths(paths);
  }
  const std::string file = fixture["inputs"]["data"]["file"];
  const std::vector<std::vector<std::string>> rows = test::reference_rows(file);
  for (std::size_t row = 1; row < rows.size(); ++row) {
    if (rows[row].size() < 4) continue;
    const auto number = [&](std::size_t column) { return std::strtod(rows[row][column].c_str(), nullptr); };
    paths.push_back({rows[row][0], number(1), number(2), number(3)});
  }
  EXPECT_FALSE(paths.empty());
  return from_paths(paths);
}

/// |got - expected| <= max(abs, rel |expected|), by the case's tolerance.
inline void expect_within(const nlohmann::json& tolerance, double got, double expected, const std::string& what) {
  const double room = std::max(tolerance.value("abs", 0.0), tolerance.value("rel", 0.0) * std::fabs(expected));
  EXPECT_NEAR(got, expected, room) << what;
}

/// Journeys of one person each, with ages and some milestones; some convert, some have no touch.
inline Journeys random_journeys(std::uint64_t seed, std::uint32_t count, std::uint32_t channels, std::uint32_t longest) {
  SeededRandom random(seed);
  Journeys journeys;
  journeys.channels = static_cast<std::int32_t>(channels);
  for (std::uint32_t i = 0; i < count; ++i) {
    Journey j;
    j.first = static_cast<std::uint32_t>(journeys.touches.size());
    j.count = random.below(longest + 1);
    const bool is_converted = random.below(3) == 0 || i == 0;
    j.conversions = is_converted ? 1 : 0;
    j.value = is_converted ? random.below(100000) / 7.0 : 0;
    j.not_converted = is_converted ? 0 : 1;
    double age = j.count * 5.0;
    for (std::uint32_t t = 0; t < j.count; ++t) {
      journeys.touches.push_back({.channel = static_cast<std::int32_t>(random.below(channels)), .age_days = age});
      age -= random.below(500) / 100.0;
    }
    if (j.count > 0 && random.below(4) != 0) j.lead = static_cast<std::int32_t>(random.below(j.count));
    if (j.count > 0 && random.below(4) != 0) j.opportunity = static_cast<std::int32_t>(random.below(j.count));
    if (j.count > 0) j.close = static_cast<std::int32_t>(j.count) - 1;
    journeys.list.push_back(j);
  }
  return journeys;
}

}  // namespace kpi::attribution_test
