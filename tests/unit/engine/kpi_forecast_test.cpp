// Forecasts of a KPI's months: what is taken for a month, when there is none, and what a known series gives.
#include "core/engine/kpi_forecast.h"

#include <cmath>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class KpiForecastTest : public test::EngineFixture {
 protected:
  /// So many leads on the 1st of each month from January 2022 on, and one on the last day of all, so that the last month is whole.
  void put_leads(const std::vector<int>& counts) {
    std::vector<std::string> ids, created;
    for (std::size_t m = 0; m < counts.size(); ++m) {
      const Day first = add_months(day_from_civil(2022, 1, 1), static_cast<std::int32_t>(m));
      for (int i = 0; i < counts[m]; ++i) {
        const bool is_last = m + 1 == counts.size() && i == 0;
        ids.push_back(std::to_string(ids.size()));
        created.push_back(format_iso_date(is_last ? add_months(first, 1) - 1 : first));
      }
    }
    data_->put(TableBuilder("leads", 1).keys("lead_id", ids).dates("created_at", created).build());
  }
  KpiForecast forecast(const char* kpi, std::size_t horizon = 6) {
    Result<KpiForecast> made = forecast_kpi(*data_, {}, kpi, horizon);
    EXPECT_TRUE(made.ok());
    return std::move(made).value();
  }
};

// 10, 12, 14 ... with a ripple: the trend goes on, which repeating the last month does not. The ripple of +-1 keeps it from being exact.
TEST_F(KpiForecastTest, ATrendGoesOn) {
  std::vector<int> counts;
  for (int m = 0; m < 20; ++m) counts.push_back(10 + 2 * m + (m % 3 == 0 ? 1 : m % 3 == 1 ? -1 : 0));
  put_leads(counts);
  const KpiForecast made = forecast("new_leads", 3);
  ASSERT_FALSE(made.reason);
  EXPECT_EQ(made.values.size(), 20U);
  EXPECT_EQ(made.season, 1U);
  ASSERT_EQ(made.ahead.size(), 3U);
  EXPECT_EQ(format_iso_date(made.ahead[0].first), "2023-09-01");
  for (std::size_t h = 0; h < 3; ++h) {
    EXPECT_NEAR(made.ahead[h].mean, 50 + 2.0 * static_cast<double>(h), 1.5);
    EXPECT_LT(made.ahead[h].low95, made.ahead[h].low80);
    EXPECT_LT(made.ahead[h].low80, made.ahead[h].mean);
    EXPECT_GT(made.ahead[h].high95, made.ahead[h].high80);
  }
  EXPECT_GT(made.test->skill.value(), 0.3);
  EXPECT_LT(made.scaled_error.value(), 1);
}

// A step and nothing else: whoever repeats the last month is right from the next one on, and smoothing cannot beat that.
TEST_F(KpiForecastTest, WithheldWhereTheNaiveOneIsAsGood) {
  KpiForecast made;
  made.kpi = catalog_->kpi("new_leads");
  for (int m = 0; m < 16; ++m) {
    made.values.push_back(m < 8 ? 5 : 50);
    made.months.push_back(add_months(day_from_civil(2022, 1, 1), m));
  }
  forecast_values(made, 6);
  ASSERT_TRUE(made.reason);
  EXPECT_EQ(made.reason->code, "no_better_than_naive");
  EXPECT_TRUE(made.ahead.empty());
  EXPECT_TRUE(made.test) << "what the past says is shown all the same";
}

TEST_F(KpiForecastTest, MonthsThatDoNotServe) {
  put_leads({5, 6, 7, 8});
  EXPECT_EQ(forecast("new_leads").reason->code, "too_few_rows");
  EXPECT_EQ(forecast("marketing_spend").reason->code, "missing_input");
  EXPECT_FALSE(forecast_kpi(*data_, {}, "no_such_kpi", 6).ok());
  KpiForecast gaps;
  gaps.kpi = catalog_->kpi("new_leads");
  gaps.values.assign(20, 1);
  gaps.gaps = {day_from_civil(2022, 5, 1)};
  forecast_values(gaps, 6);
  EXPECT_EQ(gaps.reason->code, "too_few_rows");
}

// Falling leads: counts do not go below 0, and the answer says that they were cut.
TEST_F(KpiForecastTest, CountsStayAboveZero) {
  std::vector<int> counts;
  for (int m = 0; m < 16; ++m) counts.push_back(64 - 4 * m + (m % 3 == 0 ? 1 : m % 3 == 1 ? -1 : 0));
  put_leads(counts);
  const KpiForecast made = forecast("new_leads", 12);
  ASSERT_FALSE(made.reason);
  EXPECT_TRUE(made.is_clipped);
  for (const ForecastedMonth& month : made.ahead) EXPECT_GE(month.low95, 0);
}

}  // namespace
}  // namespace kpi
