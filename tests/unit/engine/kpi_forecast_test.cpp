// Forecasts of a KPI's months: what is taken for a month, when there is none, and what a known series gives.
#include "core/engine/kpi_forecast.h"

#include <cmath>

#include "core/models/seeded_random.h"
#include "tests/support/engine_fixture.h"
#include "tests/unit/models/example_series.h"

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
  /// A series as if the report had given it: of months from January 2020 on.
  KpiForecast of_values(const std::vector<double>& values, const char* kpi = "revenue", std::size_t horizon = 6) {
    KpiForecast made;
    made.kpi = catalog_->kpi(kpi);
    made.series.values = values;
    for (std::size_t m = 0; m < values.size(); ++m) made.series.months.push_back(add_months(day_from_civil(2020, 1, 1), static_cast<std::int32_t>(m)));
    forecast_series(made, horizon);
    return made;
  }
  /// Deals closed in the middle of each month from January 2022 on, so many won and lost; and a lead on the first and the last day, so that all are whole.
  void put_deals(const std::vector<std::pair<int, int>>& counts) {
    std::vector<std::string> ids, closed, created, stages;
    for (std::size_t m = 0; m < counts.size(); ++m) {
      const Day middle = add_months(day_from_civil(2022, 1, 1), static_cast<std::int32_t>(m)) + 14;
      for (int i = 0; i < counts[m].first + counts[m].second; ++i) {
        ids.push_back(std::to_string(ids.size()));
        created.push_back(format_iso_date(middle));
        closed.push_back(format_iso_date(middle));
        stages.push_back(i < counts[m].first ? "Closed Won" : "Closed Lost");
      }
    }
    data_->put(TableBuilder("opportunities", 1).keys("opportunity_id", ids).texts("deal_stage", stages).dates("created_at", created).dates("closed_at", closed).build());
    const Day first = day_from_civil(2022, 1, 1), last = add_months(first, static_cast<std::int32_t>(counts.size())) - 1;
    data_->put(TableBuilder("leads", 2).keys("lead_id", {"a", "b"}).dates("created_at", {format_iso_date(first), format_iso_date(last)}).build());
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
  EXPECT_EQ(made.series.values.size(), 20U);
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
    made.series.values.push_back(m < 8 ? 5 : 50);
    made.series.months.push_back(add_months(day_from_civil(2022, 1, 1), m));
  }
  forecast_series(made, 6);
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
}

// A random walk cannot be told from its last value: of 60 of them (24 months, seeds 1 to 60) hardly any is forecast. Each time what the naive one
// says is given.
TEST_F(KpiForecastTest, RandomWalksAreWithheld) {
  int shown = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SeededRandom random(seed);
    std::vector<double> values{1000};
    for (int m = 1; m < 24; ++m) values.push_back(values.back() + 40 * (random.unit() + random.unit() + random.unit() - 1.5));
    const KpiForecast made = of_values(values);
    ASSERT_EQ(made.naive.size(), 6U) << "seed " << seed;
    EXPECT_EQ(made.naive[0], made.naive_season == 1 ? values.back() : values[12]) << "seed " << seed;
    if (made.ahead.empty()) EXPECT_EQ(made.reason->code, "no_better_than_naive") << "seed " << seed;
    else ++shown;
  }
  EXPECT_LE(shown, 9) << "of 60 random walks";
}

// Ten years of airline passengers: the season is used, and the twelve months that follow are met within 12 %.
TEST_F(KpiForecastTest, ASeasonGoesOn) {
  const std::vector<double> all = test::airline_passengers(), held(all.end() - 12, all.end());
  const KpiForecast made = of_values({all.begin() + 12, all.end() - 12}, "revenue", 12);
  ASSERT_FALSE(made.reason);
  EXPECT_EQ(made.season, 12U);
  EXPECT_EQ(made.naive_season, 12U);
  ASSERT_EQ(made.models.size(), 1U);
  EXPECT_NE(made.models[0].seasonality, Seasonality::kNone);
  for (std::size_t h = 0; h < 12; ++h) EXPECT_NEAR(made.ahead[h].mean, held[h], 0.12 * held[h]) << h;
}

// Ten times the amounts are ten times the forecast; the same months ten years later are ten years later.
TEST_F(KpiForecastTest, FollowsTheUnitAndTheCalendar) {
  std::vector<double> values, scaled;
  SeededRandom random(8);
  for (int m = 0; m < 30; ++m) {
    values.push_back(500 + 20 * m + 30 * random.unit());
    scaled.push_back(1024 * values.back());
  }
  const KpiForecast one = of_values(values), ten = of_values(scaled);
  ASSERT_EQ(one.ahead.size(), 6U) << "seed 8";
  ASSERT_EQ(ten.ahead.size(), 6U) << "seed 8";
  for (std::size_t h = 0; h < 6; ++h) {
    EXPECT_NEAR(ten.ahead[h].mean, 1024 * one.ahead[h].mean, 1e-4 * ten.ahead[h].mean) << "seed 8";
    EXPECT_NEAR(ten.ahead[h].high95, 1024 * one.ahead[h].high95, 1e-3 * ten.ahead[h].high95) << "seed 8";
    EXPECT_EQ(ten.naive[h], 1024 * one.naive[h]) << "seed 8";
  }
  KpiForecast later = one;
  for (Day& month : later.series.months) month = add_months(month, 120);
  KpiForecast again;
  again.kpi = later.kpi;
  again.series = later.series;
  forecast_series(again, 6);
  for (std::size_t h = 0; h < 6; ++h) {
    EXPECT_EQ(again.ahead[h].mean, one.ahead[h].mean);
    EXPECT_EQ(again.ahead[h].first, add_months(one.ahead[h].first, 120));
  }
}

// A month without closed deals is a gap of the win rate and no gap of the deals. About 30 % are won, of 40 in some months and of 4 in others: what
// counts is the ratio of the sums, not the mean of months of which some have 0 % and some 75 %.
TEST_F(KpiForecastTest, ARateGoesOnByItsSums) {
  const int won[] = {12, 13, 11, 3, 12, 0, 11, 0, 13, 12, 2, 12}, lost[] = {28, 27, 30, 1, 29, 4, 27, 0, 28, 29, 2, 28};
  std::vector<std::pair<int, int>> counts;
  for (std::size_t m = 0; m < 24; ++m) {
    counts.emplace_back(won[m * 5 % 12], lost[m * 5 % 12]);
  }
  put_deals(counts);
  const KpiForecast made = forecast("win_rate", 6);
  ASSERT_TRUE(made.series.parts);
  EXPECT_EQ(made.series.parts->kind, RatioKind::kShare);
  ASSERT_EQ(made.series.values.size(), 23U) << "nothing is known of deals after the last one";
  ASSERT_EQ(made.series.gaps.size(), 1U);
  EXPECT_EQ(made.series.gaps[0], day_from_civil(2022, 12, 1));  // the 12th: 11 x 5 = 7 + 4 x 12
  EXPECT_EQ(made.series.weights[0], 40);
  EXPECT_EQ(made.series.weights[11], 0);
  EXPECT_EQ(made.way, ForecastWay::kParts);
  EXPECT_FALSE(made.values_error) << "a rate with a gap cannot be smoothed as it is";
  ASSERT_TRUE(made.test);
  EXPECT_LT(made.test->mean_absolute_error, made.test->naive_mean_absolute_error) << "the last month is now and then one of 4 deals";
  EXPECT_LT(made.test->mean_absolute_error, 0.1);
}

// The same deals, with a win rate that climbs from 20 to 66 %: by its sums it goes on, within 0 and 1.
TEST_F(KpiForecastTest, ARateThatClimbs) {
  std::vector<std::pair<int, int>> counts;
  for (int m = 0; m < 24; ++m) counts.emplace_back(20 + 2 * m + m % 2, 80 - 2 * m + m % 3);
  put_deals(counts);
  const KpiForecast made = forecast("win_rate", 6);
  ASSERT_FALSE(made.reason);
  ASSERT_EQ(made.ahead.size(), 6U);
  EXPECT_TRUE(made.values_error && made.parts_error) << "both ways are tried";
  EXPECT_NEAR(made.ahead[0].mean, 68 / 102.0, 0.03);
  for (const ForecastedMonth& month : made.ahead) {
    EXPECT_GE(month.low95, 0);
    EXPECT_LE(month.high95, 1);
    EXPECT_LE(month.low95, month.mean);
    EXPECT_LE(month.mean, month.high95);
  }
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
