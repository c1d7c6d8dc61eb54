// The months of a KPI as a forecast needs them: its values, and of a ratio of sums the two sums.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/report.h"
#include "core/models/ratio_forecast.h"

namespace kpi {

/// The two sums of a ratio by month: value = factor x first / second, or first / (first + second) of a share.
struct RatioParts {
  RatioKind kind;
  double factor = 1;
  std::vector<double> first, second;  // as long as the months, never below 0
};

struct ForecastSeries {
  std::vector<Day> months;        // whole ones that follow one another; their first and last have a value, or are known as sums
  std::vector<double> values;     // 0 where there is none
  std::vector<double> weights;    // of a ratio of sums: the denominator, so 0 where there is no value; empty: all months have a value and count alike
  std::optional<RatioParts> parts;
  std::string currency;
  std::vector<Day> gaps;          // months without a value
  std::size_t before_gap = 0;     // months left out: those up to the last gap, of what is no ratio of sums
  std::size_t partial = 0;        // months left out because they are not whole
  std::size_t cut = 0;            // months left out because they are before the last `most`
  std::optional<Undefined> reason;
};

/// From a report by month. A month without a value splits the series: those after it are left, for a missing value is not zero. Of a ratio of
/// two sums that are known and not below 0 in every month it does not: a month without a denominator is a month of its sums all the same.
/// reason: "currency_mixed".
ForecastSeries read_forecast_series(const Catalog& catalog, const Report& report, const KpiResult& result, std::size_t most);

}  // namespace kpi
