// Columns of a fixture's data file by experiment group: 0 is a, 1 is b.
#pragma once

#include "tests/support/model_fixture.h"

namespace kpi::test {

struct GroupColumns {
  std::vector<double> a, b;
};

inline GroupColumns revenue_per_visitor(const std::string& column) {
  GroupColumns split;
  const auto columns = fixture_columns("data/revenue_per_visitor.csv");
  const auto group = columns.find("group"), values = columns.find(column);
  if (group == columns.end() || values == columns.end()) return split;
  for (std::size_t i = 0; i < group->second.size(); ++i) (group->second[i] == 1 ? split.b : split.a).push_back(values->second[i]);
  return split;
}

}  // namespace kpi::test
