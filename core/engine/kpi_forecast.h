// A KPI's next months, from its whole months so far.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/engine/report.h"
#include "core/models/ets_forecast.h"
#include "core/models/rolling_origin.h"

namespace kpi {

constexpr std::size_t kLeastMonths = 12, kSeasonalMonths = 24, kMostMonths = 120, kMostHorizon = 24;

struct ForecastedMonth {
  Day first;
  double mean, low80, high80, low95, high95;
};

struct KpiForecast {
  const Kpi* kpi = nullptr;
  Basis basis = Basis::kAuto;     // of the series: cohorts of the last months are still growing, so their period's own figures count
  std::string currency;
  std::vector<Day> months;        // whole ones with a value, the first to the last
  std::vector<double> values;
  std::vector<Day> gaps;          // months without a value between them
  std::size_t partial = 0;        // months that are not whole
  std::size_t cut = 0;            // months before the last kMostMonths
  std::size_t season = 1;         // 12 where there are two years
  std::optional<EtsModel> model;
  std::vector<ForecastedMonth> ahead;   // empty where it is withheld
  bool is_clipped = false;              // limits or means beyond what the KPI can be were cut to it
  // The test on the past.
  std::size_t test_horizon = 0, naive_season = 1;
  std::optional<RollingOriginTest> test;  // against the better of the naive forecasts: the last value, and the value of a year before
  Outcome<double> scaled_error = Undefined{"too_few_rows", {}}, percentage_error = Undefined{"too_few_rows", {}};  // MASE and sMAPE of the test
  std::optional<Undefined> reason;        // why there is no forecast
};

/// Exponential smoothing of the form with the least AICc of a few: additive errors with no, damped and additive trend, and with two years of
/// months also an additive season, or a multiplicative one with relative errors. Every form is chosen and fitted anew at each origin of the test.
/// reason: "missing_input" and others of the KPI itself, "too_few_rows" (less than kLeastMonths months, or gaps), "no_better_than_naive", those of fit_ets.
/// Errors: kpi_unknown and those of a report. Cost one report, and some 40 fits.
Result<KpiForecast> forecast_kpi(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id, std::size_t horizon);

/// The part of it after the report: fits, tests and forecasts `values`.
void forecast_values(KpiForecast& forecast, std::size_t horizon);

}  // namespace kpi
