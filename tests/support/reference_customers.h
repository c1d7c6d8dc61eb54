// Customers of the data files id,x,t_x,T,m_x,x_star of ../shared/fixtures.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/models/recency_frequency.h"
#include "tests/support/model_fixture.h"

namespace kpi::test {

inline double number_of(const std::string& cell) { return std::strtod(cell.c_str(), nullptr); }

inline std::vector<RecencyFrequency> reference_customers(const std::string& file) {
  std::vector<RecencyFrequency> customers;
  const auto rows = reference_rows(file);
  for (std::size_t i = 1; i < rows.size(); ++i) {
    customers.push_back({static_cast<std::uint32_t>(number_of(rows[i][1])), number_of(rows[i][2]), number_of(rows[i][3])});
  }
  return customers;
}

inline std::vector<double> reference_spend(const std::string& file) {
  std::vector<double> spend;
  const auto rows = reference_rows(file);
  for (std::size_t i = 1; i < rows.size(); ++i) spend.push_back(number_of(rows[i][4]));
  return spend;
}

}  // namespace kpi::test
