// A KPI's next months, from its whole months so far.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/forecast_series.h"
#include "core/engine/report.h"
#include "core/models/ets_forecast.h"
#include "core/models/predictive_ability.h"
#include "core/models/rolling_origin.h"
#include "core/models/unusual_values.h"

namespace kpi {

constexpr std::size_t kLeastMonths = 12, kSeasonalMonths = 24, kMostMonths = 120, kMostHorizon = 24;

/// A forecast is shown only where it erred at least this share less than the naive one, and such a gain would come by chance in less than this
/// share of cases in which neither is better.
constexpr double kLeastSkill = 0.05, kMostChance = 0.1;

struct ForecastedMonth {
  Day first;
  double mean, low80, high80, low95, high95;
};

/// kValues: the monthly values themselves go on. kParts: the two sums of a ratio do, each by itself.
enum class ForecastWay : std::uint8_t { kValues, kParts };

/// kWorse: it did not err less than the naive one. kMargin: not by kLeastSkill. kChance: by so much, but too unevenly to be told from chance.
enum class ForecastVerdict : std::uint8_t { kBetter, kWorse, kMargin, kChance };

struct KpiForecast {
  const Kpi* kpi = nullptr;
  Basis basis = Basis::kAuto;     // of the series: cohorts of the last months are still growing, so their period's own figures count
  ForecastSeries series;
  std::size_t season = 1;         // 12 where there are two years
  ForecastWay way = ForecastWay::kValues;
  std::vector<EtsModel> models;   // of the values, or of each sum that is not always the same
  std::vector<ForecastedMonth> ahead;   // empty where it is withheld
  std::vector<double> naive;      // the same months by the naive forecast that erred less
  bool is_clipped = false;        // limits or means beyond what the KPI can be were cut to it
  // The test on the past.
  std::size_t test_horizon = 0, naive_season = 1;
  std::optional<RollingOriginTest> test;  // against the better of the naive forecasts: the last value, and the value of a year before
  Outcome<PredictiveAbility> ability = Undefined{"too_few_rows", {}};
  std::optional<ForecastVerdict> verdict;
  std::optional<double> values_error, parts_error;  // mean errors of both ways, of those that were tried
  Outcome<double> scaled_error = Undefined{"too_few_rows", {}}, percentage_error = Undefined{"too_few_rows", {}};  // MASE and sMAPE of the test
  Outcome<std::vector<UnusualValue>> unusual = Undefined{"too_few_rows", {}};  // by index of the months
  std::optional<Undefined> reason;        // why there is no forecast
};

/// Exponential smoothing of the form with the least AICc of a few: additive errors with no, damped and additive trend, and with two years of
/// months also an additive season, or a multiplicative one with relative errors. Every form is chosen and fitted anew at each origin of the test.
///
/// A ratio of sums is forecast in two ways where its sums are known, as it is and by its sums (ratio_forecast), and the way counts that errs less
/// in the test. There the months count by their denominators, so that a month of 3 deals does not weigh like one of 300.
///
/// Withheld unless it beats the naive forecast by kLeastSkill and beyond chance (predictive_ability).
/// reason: "missing_input" and others of the KPI itself, "too_few_rows" (less than kLeastMonths months in a row), "no_better_than_naive", those of fit_ets.
/// Errors: kpi_unknown and those of a report. Cost one report, and some 40 fits, three times as many of a ratio.
Result<KpiForecast> forecast_kpi(const Dataset& dataset, const ReportRequest& request, std::string_view kpi_id, std::size_t horizon);

/// The part of it after the report: fits, tests and forecasts the series.
void forecast_series(KpiForecast& forecast, std::size_t horizon);

}  // namespace kpi
