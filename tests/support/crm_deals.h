// The deals of the shared fixture of sales cycles: days from engagement to the close or, while open, to the snapshot of 2017-12-31.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/date.h"
#include "tests/support/model_fixture.h"

namespace kpi::test {

struct CrmDeal {
  double days;
  std::uint32_t outcome;  // 0 open, 1 won, 2 lost
  std::string product;
  double value;
};

inline std::vector<CrmDeal> crm_deals() {
  std::vector<CrmDeal> deals;
  const auto rows = reference_rows("data/crm_opportunities_a.csv");
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (rows[i].size() < 6 || rows[i][3].empty()) continue;
    const std::uint32_t outcome = rows[i][2] == "Won" ? 1 : rows[i][2] == "Lost" ? 2 : 0;
    const Day end = outcome == 0 ? day_from_civil(2017, 12, 31) : *parse_iso_date(rows[i][4]);
    const double value = rows[i][5].empty() ? 0 : std::strtod(rows[i][5].c_str(), nullptr);
    deals.push_back({static_cast<double>(end - *parse_iso_date(rows[i][3])), outcome, rows[i][1], value});
  }
  return deals;
}

}  // namespace kpi::test
