// Leads of the fixtures: outcomes, features by name, and the rows that train and test.
#pragma once

#include "tests/support/model_fixture.h"

namespace kpi::test {

struct Leads {
  std::vector<std::uint8_t> outcomes;
  std::vector<std::vector<double>> features;

  /// Rows whose number in the file (from 1) is or is not a multiple of 5.
  Leads every_fifth(bool is_fifth) const {
    Leads part;
    part.features.resize(features.size());
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      if (((i + 1) % 5 == 0) != is_fifth) continue;
      part.outcomes.push_back(outcomes[i]);
      for (std::size_t j = 0; j < features.size(); ++j) part.features[j].push_back(features[j][i]);
    }
    return part;
  }
};

inline Leads read_leads(const std::string& file, const std::vector<std::string>& names) {
  Leads leads;
  auto columns = fixture_columns(file);
  for (const double y : columns["converted"]) leads.outcomes.push_back(y != 0 ? 1 : 0);
  for (const std::string& name : names) leads.features.push_back(columns[name]);
  return leads;
}

inline Leads read_leads(const Json& inputs) { return read_leads(inputs["data"]["file"], inputs["x"].get<std::vector<std::string>>()); }

}  // namespace kpi::test
