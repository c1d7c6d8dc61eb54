#include "core/models/ets.h"

#include <limits>
#include <numeric>

#include "core/models/ets_forecast.h"
#include "tests/support/model_fixture.h"
#include "tests/unit/models/example_series.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

constexpr EtsModel kLevel{EtsError::kAdditive, EtsTrend::kNone, Seasonality::kNone, 1};

std::string name_of(const EtsModel& m) {
  const char* trends[] = {"N", "A", "Ad"};
  const char* seasons[] = {"N", "A", "M"};
  const char* error = m.error == EtsError::kAdditive ? "A," : "M,";
  return std::string("ETS(") + error + trends[static_cast<int>(m.trend)] + "," + seasons[static_cast<int>(m.seasonality)] + ")";
}

EtsModel model_of(const std::string& name, std::size_t season) {
  for (const EtsError error : {EtsError::kAdditive, EtsError::kMultiplicative}) {
    for (const EtsTrend trend : {EtsTrend::kNone, EtsTrend::kAdditive, EtsTrend::kDamped}) {
      for (const Seasonality seasonality : {Seasonality::kNone, Seasonality::kAdditive, Seasonality::kMultiplicative}) {
        if (name_of({error, trend, seasonality, season}) == name) return {error, trend, seasonality, season};
      }
    }
  }
  ADD_FAILURE() << name;
  return kLevel;
}

void expect_forecast(const EtsFit& fit, const json& expected, double relative, const std::string& what) {
  const Forecast forecast = ets_forecast(fit, expected["mean"].size()).value();
  ASSERT_GE(forecast.size(), 10U);
  for (std::size_t h = 0; h < forecast.size(); ++h) {
    expect_near(forecast[h].mean, expected["mean"][h], relative, 0, what);
    expect_near(*forecast[h].lower, expected["lower"][h], 0, relative * forecast[h].mean, what);
    expect_near(*forecast[h].upper, expected["upper"][h], 0, relative * forecast[h].mean, what);
  }
}

/// The criteria follow from the likelihood and the same count of parameters: exact where the reference's likelihood is put in.
void expect_likelihood(const EtsFit& fit, const json& expected) {
  const std::string what = expected["model"];
  EXPECT_GE(fit.log_likelihood, expected["loglik"].get<double>() - 0.5) << what;
  const double better = 2 * (fit.log_likelihood - expected["loglik"].get<double>());
  expect_near(fit.aic + better, expected["aic"], 1e-9, 0, what);
  expect_near(fit.aicc + better, expected["aicc"], 1e-9, 0, what);
  expect_near(fit.bic + better, expected["bic"], 1e-9, 0, what);
}

TEST(Ets, AirlineModelsOfTheReference) {
  int compared = 0;
  for (const char* id : {"AirPassengers_ets_auto", "AirPassengers_ets_MAM", "AirPassengers_ets_AAA", "AirPassengers_ets_AAdA"}) {
    KPI_REFERENCE_CASE(one, "forecasting.json", id);
    const std::vector<double> values = one["inputs"]["values"];
    const json& expected = one["expected"];
    const EtsModel model = model_of(expected["model"], 12);
    const EtsFit best = fit_ets(values, model).value();
    expect_likelihood(best, expected);
    if (best.log_likelihood < expected["loglik"].get<double>() + 0.5) expect_forecast(best, expected, 0.02, id);
    // Other maxima than ours have other forecasts: the same ones with the reference's parameters, where its first state is the best one too.
    const json& par = expected["par"];
    EtsParameters theirs{par["alpha"], par["beta"], par["gamma"], par.value("phi", 1.0)};
    const EtsFit same = fit_ets_states(values, model, theirs).value();
    expect_likelihood(same, expected);
    if (same.log_likelihood < expected["loglik"].get<double>() + 1) {
      expect_forecast(same, expected, 0.02, id);
      ++compared;
    }
  }
  EXPECT_GE(compared, 2);
}

TEST(Ets, NileModelsOfTheReference) {
  KPI_REFERENCE_CASE(nile, "forecasting.json", "Nile_fit_smoothing");
  const std::vector<double> values = nile["inputs"]["values"];
  for (const char* key : {"ets_ANN", "ets_AAN"}) {
    const json& expected = nile["expected"][key];
    const EtsFit fit = fit_ets(values, model_of(expected["model"], 1)).value();
    expect_likelihood(fit, expected);
    expect_forecast(fit, expected, 0.02, key);
    expect_near(fit.error_variance, expected["sigma2"], 0.01);
  }
  const EtsFit chosen = select_ets(values, 1).value();
  EXPECT_EQ(name_of(chosen.model), nile["expected"]["ets_auto"]["model"]);
  expect_likelihood(chosen, nile["expected"]["ets_auto"]);
  expect_forecast(chosen, nile["expected"]["ets_auto"], 0.02, "auto");
}

TEST(Ets, SelectionOfTheReference) {
  KPI_REFERENCE_CASE(airline, "forecasting.json", "AirPassengers_ets_auto");
  const EtsFit chosen = select_ets(airline["inputs"]["values"], 12).value();
  EXPECT_LE(chosen.aicc, airline["expected"]["aicc"].get<double>());  // the reference chose among poorer maxima
  EXPECT_EQ(chosen.model.error, EtsError::kMultiplicative);
  EXPECT_EQ(chosen.model.seasonality, Seasonality::kMultiplicative);
}

// Least squares with free first states, by a program that calls it Holt-Winters, is ETS with additive errors.
TEST(Ets, LeastSquaresOfTheReference) {
  KPI_REFERENCE_CASE(airline, "forecasting.json", "AirPassengers_statsmodels_hw");
  const std::vector<double> values = airline["inputs"]["values"];
  for (const json& expected : airline["expected"]) {
    const Seasonality kind = expected["seasonal"] == "mul" ? Seasonality::kMultiplicative : Seasonality::kAdditive;
    const EtsModel model{EtsError::kAdditive, EtsTrend::kAdditive, kind, 12};
    EXPECT_LE(fit_ets(values, model).value().sum_squared_errors, expected["sse"].get<double>() * 1.01);
    const EtsFit same = fit_ets_states(values, model, {expected["alpha"], expected["beta"], expected["gamma"], 1}).value();
    expect_near(same.sum_squared_errors, expected["sse"], 0.01);
    const Forecast forecast = ets_forecast(same, 12).value();
    // Its twelfth step takes the season of a year before, not the last one it has learnt.
    for (std::size_t h = 0; h < 11; ++h) expect_near(forecast[h].mean, expected["forecast"][h], 0.01, 0, expected["seasonal"]);
    EXPECT_EQ(forecast[0].upper.has_value(), kind == Seasonality::kAdditive);
  }
}

// Log-likelihoods of the package forecast 8.20 for R: ours may be better, not worse.
TEST(Ets, SeriesOfTextbooks) {
  const EtsFit nile = fit_ets(test::nile_flow(), kLevel).value();
  EXPECT_NEAR(nile.log_likelihood, -726.3905199992058, 1e-4);
  EXPECT_NEAR(nile.aicc, 1459.0310399984116, 2e-4);
  EXPECT_NEAR(nile.parameters.level, 0.2455, 1e-3);
  const EtsFit airline = fit_ets(test::airline_passengers(), {EtsError::kMultiplicative, EtsTrend::kDamped, Seasonality::kMultiplicative, 12}).value();
  EXPECT_GE(airline.log_likelihood, -679.5832162369564);
  EXPECT_NEAR(airline.aicc + 2 * (airline.log_likelihood + 679.5832162369564), 1400.6384324739129, 1e-6);
  EXPECT_NEAR(ets_forecast(airline, 1).value()[0].mean, 441.8, 0.02 * 441.8);
}

EtsFit level_and_trend(EtsError error, EtsTrend trend, double damping) {
  EtsFit fit{};
  fit.model = {error, trend, Seasonality::kNone, 1};
  fit.parameters = {0.3, 0.1, 0, damping};
  fit.last = {100, 4, {}};
  fit.error_variance = error == EtsError::kAdditive ? 4 : 0.01;
  return fit;
}

// Chapter 6.1, table 6.2: variance s2 (1 + sum of c(j)^2), c(j) = alpha + beta j, with damping alpha + beta (phi + ... + phi^j).
TEST(Ets, VarianceOfAdditiveErrors) {
  const Forecast line = ets_forecast(level_and_trend(EtsError::kAdditive, EtsTrend::kAdditive, 1), 3).value();
  EXPECT_EQ(line[2].mean, 112);
  EXPECT_NEAR(*line[2].upper - line[2].mean, 1.959963984540054 * std::sqrt(4 * (1 + 0.4 * 0.4 + 0.5 * 0.5)), 1e-11);
  const Forecast damped = ets_forecast(level_and_trend(EtsError::kAdditive, EtsTrend::kDamped, 0.5), 2).value();
  EXPECT_EQ(damped[1].mean, 103);  // 4 (1/2 + 1/4)
  EXPECT_NEAR(*damped[1].upper - damped[1].mean, 1.959963984540054 * std::sqrt(4 * (1 + 0.35 * 0.35)), 1e-11);
}

// Two steps: y = (l + b)(1 + e1) at first, then (l + 2b + c (l + b) e1)(1 + e2) with c = alpha + beta.
TEST(Ets, VarianceOfRelativeErrors) {
  const Forecast line = ets_forecast(level_and_trend(EtsError::kMultiplicative, EtsTrend::kAdditive, 1), 2).value();
  EXPECT_NEAR(*line[0].upper - line[0].mean, 1.959963984540054 * 10.4, 1e-11);
  const double inner = 0.4 * 0.4 * 104 * 104 * 0.01;
  EXPECT_NEAR(*line[1].upper - line[1].mean, 1.959963984540054 * std::sqrt(inner * 1.01 + 0.01 * 108 * 108), 1e-11);
}

// Level and season each take up the error: at the third step of a season of two the value is
// l s (1 + a e1)(1 + g e1)(1 + a e2)(1 + e3), all moments of which are those of normal errors.
TEST(Ets, VarianceOfProducts) {
  EtsFit fit{};
  fit.model = {EtsError::kMultiplicative, EtsTrend::kNone, Seasonality::kMultiplicative, 2};
  fit.parameters = {0.3, 0, 0.2, 1};
  fit.last = {100, 0, {1.2, 0.8}};
  fit.error_variance = 0.01;
  const double a = 0.3, g = 0.2, v = 0.01;
  const Forecast forecast = ets_forecast(fit, 3).value();
  const double mean = 120 * (1 + a * g * v);
  EXPECT_NEAR(forecast[2].mean, mean, 1e-10);
  // E ((1 + a e)(1 + g e))^2 = 1 + (a^2 + 4 a g + g^2) v + 3 a^2 g^2 v^2
  const double square = 120 * 120 * (1 + (a * a + 4 * a * g + g * g) * v + 3 * a * a * g * g * v * v) * (1 + a * a * v) * (1 + v);
  EXPECT_NEAR(*forecast[2].upper - forecast[2].mean, 1.959963984540054 * std::sqrt(square - mean * mean), 1e-9);
}

// alpha 1/2 from a first level of 12: forecasts 12, 11, 15.5; errors -2, 9, -7.5.
TEST(Ets, FirstLevelOfGivenParametersByHand) {
  // e = y - m - l u with u = 1, 1/2, 1/4, ...: the best first level is a least squares one.
  const std::vector<double> values = {10, 20, 8, 14, 11};
  const EtsFit fit = fit_ets_states(values, kLevel, {0.5, 0, 0, 1}).value();
  double u = 1, from_zero = 0, uy = 0, uu = 0;
  for (const double y : values) {
    uy += u * (y - from_zero);
    uu += u * u;
    from_zero += 0.5 * (y - from_zero);
    u *= 0.5;
  }
  EXPECT_NEAR(fit.first.level, uy / uu, 1e-3);
  EXPECT_EQ(fit.fitted.size(), 5U);
  EXPECT_EQ(fit.fitted[1], fit.first.level + 0.5 * (10 - fit.first.level));
}

TEST(Ets, SeasonsAddUp) {
  std::uint64_t state = 9;  // the seed
  std::vector<double> values;
  for (int i = 0; i < 32; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    values.push_back(50 + i + 10 * (i % 4) + static_cast<double>((state >> 33) % 100) / 20);
  }
  const EtsFit added = fit_ets(values, {EtsError::kAdditive, EtsTrend::kAdditive, Seasonality::kAdditive, 4}).value();
  EXPECT_NEAR(std::accumulate(added.first.seasons.begin(), added.first.seasons.end(), 0.0), 0, 1e-9) << "seed 9";
  const EtsFit factor = fit_ets(values, {EtsError::kMultiplicative, EtsTrend::kDamped, Seasonality::kMultiplicative, 4}).value();
  EXPECT_NEAR(std::accumulate(factor.first.seasons.begin(), factor.first.seasons.end(), 0.0), 4, 1e-9) << "seed 9";
  for (const EtsFit* fit : {&added, &factor}) {
    EXPECT_LE(fit->parameters.trend, fit->parameters.level) << "seed 9";
    EXPECT_LE(fit->parameters.season, 1 - fit->parameters.level + 1e-12) << "seed 9";
    const Forecast forecast = ets_forecast(*fit, 8).value();
    for (const ForecastPoint& p : forecast) EXPECT_LT(*p.lower, p.mean) << "seed 9";
    for (std::size_t h = 1; h < 4; ++h) EXPECT_GT(forecast[h].mean, forecast[h - 1].mean) << "seed 9";  // the season rises by 10 a step
  }
}

TEST(Ets, Degenerate) {
  const EtsModel seasonal{EtsError::kAdditive, EtsTrend::kNone, Seasonality::kAdditive, 4};
  const EtsModel relative{EtsError::kMultiplicative, EtsTrend::kNone, Seasonality::kNone, 1};
  EXPECT_EQ(fit_ets({1, 2, 3, 4}, kLevel).reason().code, "too_few_rows");
  EXPECT_EQ(fit_ets({}, kLevel).reason().code, "too_few_rows");
  EXPECT_EQ(fit_ets({5, 5, 5, 5, 5, 5}, kLevel).reason().code, "denominator_zero");
  EXPECT_EQ(fit_ets({5, 4, 0, 5, 3, 5}, relative).reason().code, "out_of_range");
  EXPECT_EQ(fit_ets({5, 4, std::numeric_limits<double>::quiet_NaN(), 5, 3, 5}, kLevel).reason().code, "not_finite");
  EXPECT_EQ(fit_ets({5, 4, 6, 5, 3, 5, 4}, seasonal).reason().code, "too_few_rows");
  EXPECT_EQ(fit_ets(std::vector<double>(200, 1), {EtsError::kAdditive, EtsTrend::kNone, Seasonality::kAdditive, 52}).reason().code, "out_of_range");
  EXPECT_EQ(fit_ets_states({5, 4, 6, 5, 3, 5, 4}, kLevel, {1.5, 0, 0, 1}).reason().code, "out_of_range");
  EXPECT_EQ(select_ets({1, 2}, 12).reason().code, "too_few_rows");
  EXPECT_TRUE(select_ets({-1, 2, 5, -4, 2, 7, 3}, 1).ok());  // models for positive values are left out
  const EtsFit fit = fit_ets({5, 4, 6, 5, 3, 5, 4}, kLevel).value();
  EXPECT_EQ(ets_forecast(fit, 3, 0).reason().code, "out_of_range");
  EXPECT_TRUE(ets_forecast(fit, 0).value().empty());
  const Outcome<EtsFit> huge = fit_ets({1e308, -1e308, 1e308, 2, 3, 1e308, 7}, kLevel);
  EXPECT_EQ(huge.reason().code, "no_convergence");
  // A line without any error: fitted all but exactly, and never a NaN.
  const Outcome<EtsFit> line = fit_ets({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {EtsError::kAdditive, EtsTrend::kAdditive, Seasonality::kNone, 1});
  EXPECT_TRUE(!line.ok() || std::isfinite(line.value().aicc));
}

}  // namespace
}  // namespace kpi
