#include "core/api/forecast_json.h"

#include <algorithm>

#include "core/api/outcome_json.h"
#include "core/api/report_request.h"
#include "core/engine/kpi_forecast.h"

namespace kpi {
namespace {

Object model_json(const EtsModel& model) {
  static constexpr const char* kTrends[] = {"none", "additive", "damped"};
  static constexpr const char* kSeasons[] = {"none", "additive", "multiplicative"};
  Object json;
  json.put("error", model.error == EtsError::kAdditive ? "additive" : "multiplicative");
  return std::move(json.put("trend", kTrends[static_cast<std::size_t>(model.trend)]).put("season", kSeasons[static_cast<std::size_t>(model.seasonality)]));
}

Object test_json(const KpiForecast& forecast) {
  static constexpr const char* kVerdicts[] = {"better", "worse", "margin", "chance"};
  const RollingOriginTest& test = *forecast.test;
  Object json;
  json.put("origins", std::uint64_t{test.origins}).put("horizon", std::uint64_t{forecast.test_horizon}).put("naive_season", std::uint64_t{forecast.naive_season});
  json.put("error", approximate(test.mean_absolute_error)).put("naive_error", approximate(test.naive_mean_absolute_error));
  json.put("skill", outcome_json(test.skill)).put("least_skill", kLeastSkill).put("chance", kMostChance);
  json.put("wins", static_cast<std::uint64_t>(std::count_if(test.gains.begin(), test.gains.end(), [](double gain) { return gain > 0; })));
  json.put("p", outcome_json(forecast.ability.ok() ? Outcome<double>(forecast.ability.value().p) : forecast.ability.reason()));
  return std::move(json.put("verdict", kVerdicts[static_cast<std::size_t>(*forecast.verdict)]));
}

/// How the forecast of a ratio was made; null of other KPIs.
Json ways_json(const KpiForecast& forecast) {
  if (!forecast.series.parts) return {};
  const auto error = [](const std::optional<double>& one) { return one ? approximate(*one) : Json(); };
  Object json;
  json.put("used", forecast.way == ForecastWay::kParts ? "parts" : "values").put("share", forecast.series.parts->kind == RatioKind::kShare);
  return json.put("values_error", error(forecast.values_error)).put("parts_error", error(forecast.parts_error)).take();
}

Json unusual_json(const KpiForecast& forecast) {
  Json list = Json::array();
  if (!forecast.unusual.ok()) return list;
  for (const UnusualValue& one : forecast.unusual.value()) {
    Object json;
    json.put_date("from", forecast.series.months[one.index]).put("value", approximate(forecast.series.values[one.index]));
    append(list, std::move(json.put("expected", approximate(one.expected))));
  }
  return list;
}

Json months_json(const ForecastSeries& series) {
  Json list = Json::array();
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const bool is_known = series.weights.empty() || series.weights[i] > 0;
    Object one;
    one.put_date("from", series.months[i]).put("value", is_known ? approximate(series.values[i]) : Json());
    if (series.parts) one.put("denominator", approximate(series.weights[i]));
    append(list, std::move(one));
  }
  return list;
}

}  // namespace

Result<Json> analyse_forecast(const Dataset& dataset, const Json& request) {
  const Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  RequestReader read(request);
  const std::string* kpi = read.text("kpi");
  const std::int64_t horizon = read.integer("horizon").value_or(6);
  if (read.error() != nullptr) return *read.error();
  if (horizon < 1 || horizon > static_cast<std::int64_t>(kMostHorizon)) return request_invalid("horizon", "1..24");
  const Result<KpiForecast> made = forecast_kpi(dataset, report.value(), kpi == nullptr ? "revenue" : *kpi, static_cast<std::size_t>(horizon));
  if (!made.ok()) return made.error();
  const KpiForecast& forecast = made.value();
  const ForecastSeries& series = forecast.series;
  Json ahead = Json::array(), gaps = Json::array(), models = Json::array(), naive = Json::array();
  for (const ForecastedMonth& month : forecast.ahead) {
    Object one;
    one.put_date("from", month.first).put("mean", approximate(month.mean)).put("low80", approximate(month.low80)).put("high80", approximate(month.high80));
    append(ahead, std::move(one.put("low95", approximate(month.low95)).put("high95", approximate(month.high95))));
  }
  for (const double value : forecast.naive) append(naive, approximate(value));
  for (const EtsModel& model : forecast.models) append(models, model_json(model));
  for (const Day day : series.gaps) append(gaps, format_iso_date(day));
  Object left;
  left.put("partial", std::uint64_t{series.partial}).put("cut", std::uint64_t{series.cut}).put("before_gap", std::uint64_t{series.before_gap}).put("gaps", std::move(gaps));
  Object json;
  json.put("kpi", forecast.kpi->id).put("display", forecast.kpi->display).put("currency", series.currency).put("season", std::uint64_t{forecast.season});
  json.put("by_period", forecast.basis == Basis::kPeriod).put("horizon", horizon).put("months", months_json(series)).put("ahead", std::move(ahead));
  json.put("naive", std::move(naive)).put("models", std::move(models)).put("ways", ways_json(forecast)).put("unusual", unusual_json(forecast));
  if (forecast.test) json.put("test", test_json(forecast));
  else json.put_null("test");
  json.put("clipped", forecast.is_clipped).put("mase", outcome_json(forecast.scaled_error)).put("smape", outcome_json(forecast.percentage_error));
  json.put("left_out", std::move(left));
  if (forecast.reason) json.put("undefined", reason_json(*forecast.reason));
  return json.take();
}

}  // namespace kpi
