#include "core/api/forecast_json.h"

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
  const RollingOriginTest& test = *forecast.test;
  Object json;
  json.put("origins", std::uint64_t{test.origins}).put("horizon", std::uint64_t{forecast.test_horizon}).put("naive_season", std::uint64_t{forecast.naive_season});
  json.put("error", approximate(test.mean_absolute_error)).put("naive_error", approximate(test.naive_mean_absolute_error));
  return std::move(json.put("skill", outcome_json(test.skill)));
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
  Json months = Json::array(), ahead = Json::array(), gaps = Json::array();
  for (std::size_t i = 0; i < forecast.values.size(); ++i) {
    Object one;
    append(months, std::move(one.put_date("from", forecast.months[i]).put("value", approximate(forecast.values[i]))));
  }
  for (const ForecastedMonth& month : forecast.ahead) {
    Object one;
    one.put_date("from", month.first).put("mean", approximate(month.mean)).put("low80", approximate(month.low80)).put("high80", approximate(month.high80));
    append(ahead, std::move(one.put("low95", approximate(month.low95)).put("high95", approximate(month.high95))));
  }
  for (const Day day : forecast.gaps) append(gaps, format_iso_date(day));
  Object left;
  left.put("partial", std::uint64_t{forecast.partial}).put("cut", std::uint64_t{forecast.cut}).put("gaps", std::move(gaps));
  Object json;
  json.put("kpi", forecast.kpi->id).put("display", forecast.kpi->display).put("currency", forecast.currency).put("season", std::uint64_t{forecast.season});
  json.put("by_period", forecast.basis == Basis::kPeriod).put("horizon", horizon).put("months", std::move(months)).put("ahead", std::move(ahead));
  if (forecast.model) json.put("model", model_json(*forecast.model));
  else json.put_null("model");
  if (forecast.test) json.put("test", test_json(forecast));
  else json.put_null("test");
  json.put("clipped", forecast.is_clipped).put("mase", outcome_json(forecast.scaled_error)).put("smape", outcome_json(forecast.percentage_error));
  json.put("left_out", std::move(left));
  if (forecast.reason) json.put("undefined", reason_json(*forecast.reason));
  return json.take();
}

}  // namespace kpi
