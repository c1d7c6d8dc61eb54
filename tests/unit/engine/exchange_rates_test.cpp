// Which rate is in force on which day. Every expected rate is read off the table in the test, or divided by hand.
#include "core/engine/exchange_rates.h"

#include <gtest/gtest.h>

#include <limits>

#include "core/engine/known_currencies.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

Day day(const char* text) { return *parse_iso_date(text); }

class ExchangeRatesTest : public test::EngineFixture {
 protected:
  struct Row {
    const char* day;
    const char* from;
    const char* to;
    double rate;
  };
  void rates(int file, const std::vector<Row>& rows) {
    std::vector<std::string> days, from, to;
    std::vector<double> numbers;
    for (const Row& row : rows) {
      days.push_back(row.day);
      from.push_back(row.from);
      to.push_back(row.to);
      numbers.push_back(row.rate);
    }
    data_->put(TableBuilder("fx_rates", file).dates("date", days).texts("from_currency", from).texts("to_currency", to).numbers("rate", numbers).build());
  }
  /// What 1 of `from` is, or NaN.
  double rate(const char* from, const char* to, const char* at) const {
    const std::optional<RateInForce> found = data_->rates().find(from, to, day(at));
    return found ? found->convert(1) : test::kMissing;
  }
};

TEST_F(ExchangeRatesTest, TheLatestOnOrBeforeTheDay) {
  rates(1, {{"2026-02-01", "SEK", "USD", 0.1}, {"2026-01-01", "SEK", "USD", 0.095}});  // rows in any order
  EXPECT_TRUE(std::isnan(rate("SEK", "USD", "2025-12-31")));  // before the first one: none
  EXPECT_EQ(rate("SEK", "USD", "2026-01-01"), 0.095);
  EXPECT_EQ(rate("SEK", "USD", "2026-01-31"), 0.095);
  EXPECT_EQ(rate("SEK", "USD", "2026-02-01"), 0.1);
  EXPECT_FALSE(data_->rates().find("SEK", "USD", kNoDay));
  EXPECT_TRUE(std::isnan(rate("SEK", "CHF", "2026-02-01")));
}

TEST_F(ExchangeRatesTest, ARateLastsAQuarterAndNoLonger) {
  rates(1, {{"2026-01-01", "SEK", "USD", 0.1}});
  // 2026-01-01 + 92 days: 31 of January, 28 of February, 31 of March make 90, so that 2026-04-03 is day 92
  EXPECT_EQ(rate("SEK", "USD", "2026-04-03"), 0.1);
  EXPECT_TRUE(std::isnan(rate("SEK", "USD", "2026-04-04")));
}

TEST_F(ExchangeRatesTest, TheInverseWhereThePairItselfHasNone) {
  rates(1, {{"2026-01-01", "USD", "SEK", 8}, {"2026-01-01", "EUR", "USD", 1.25}, {"2026-02-01", "USD", "EUR", 0.5}});
  EXPECT_EQ(rate("SEK", "USD", "2026-01-05"), 0.125);  // 1 / 8
  EXPECT_EQ(rate("USD", "EUR", "2026-01-05"), 0.8);    // 1 / 1.25: the pair's own begins in February
  EXPECT_EQ(rate("USD", "EUR", "2026-02-05"), 0.5);    // its own wins over the inverse
  EXPECT_EQ(data_->rates().find("SEK", "USD", day("2026-01-05"))->convert(96), 12);
}

TEST_F(ExchangeRatesTest, OverOneCommonCurrencyAndNoFurther) {
  // As a central bank lists them: everything against the euro. 1 EUR = 10 SEK = 1.25 USD, so that 1 SEK = 0.125 USD and 1 USD = 8 SEK.
  rates(1, {{"2026-01-01", "EUR", "SEK", 10}, {"2026-01-20", "EUR", "USD", 1.25}, {"2026-01-01", "GBP", "USD", 2}});
  EXPECT_EQ(rate("SEK", "USD", "2026-01-31"), 0.125);
  EXPECT_EQ(rate("USD", "SEK", "2026-01-31"), 8);
  EXPECT_EQ(data_->rates().find("SEK", "USD", day("2026-01-31"))->day, day("2026-01-01"));  // the older one
  EXPECT_TRUE(std::isnan(rate("SEK", "USD", "2026-01-19")));  // one of the two is not there yet
  EXPECT_TRUE(std::isnan(rate("SEK", "GBP", "2026-01-31")));  // over EUR and USD: two steps
}

TEST_F(ExchangeRatesTest, TheCommonCurrencyWithTheFresherRates) {
  rates(1, {{"2026-01-01", "SEK", "CHF", 0.1}, {"2026-01-01", "CHF", "USD", 1}, {"2026-02-01", "SEK", "EUR", 0.1}, {"2026-02-01", "EUR", "USD", 1.25}});
  EXPECT_EQ(rate("SEK", "USD", "2026-01-31"), 0.1);
  EXPECT_EQ(rate("SEK", "USD", "2026-02-01"), 0.125);
}

TEST_F(ExchangeRatesTest, RatesThatContradictEachOtherAreNotUsed) {
  rates(1, {{"2026-01-01", "SEK", "USD", 0.1}, {"2026-02-01", "SEK", "USD", 0.2}, {"2026-02-01", "NOK", "USD", 0.5}});
  rates(2, {{"2026-02-01", "SEK", "USD", 0.3}, {"2026-02-01", "NOK", "USD", 0.5}});
  EXPECT_EQ(rate("SEK", "USD", "2026-02-15"), 0.1);  // neither 0.2 nor 0.3
  EXPECT_EQ(rate("NOK", "USD", "2026-02-15"), 0.5);  // said twice, alike
  EXPECT_FALSE(data_->diagnostics(1).has(Code::rates_contradict));
  ASSERT_EQ(data_->diagnostics(2).total(Code::rates_contradict), 1u);
  const Arguments& arguments = data_->diagnostics(2).groups().front().kept.front().arguments;
  EXPECT_EQ(std::get<std::string>(arguments[0].second), "SEK");
  EXPECT_EQ(std::get<std::string>(arguments[1].second), "USD");
  EXPECT_EQ(std::get<std::string>(arguments[2].second), "2026-02-01");
  EXPECT_EQ(std::get<std::int64_t>(arguments[3].second), 2);
  data_->remove(2);
  EXPECT_EQ(rate("SEK", "USD", "2026-02-15"), 0.2);
}

TEST_F(ExchangeRatesTest, WhatIsNoRateIsSetAside) {
  const double infinite = std::numeric_limits<double>::infinity();
  rates(1, {{"2026-01-01", "SEK", "USD", 0}, {"2026-01-01", "SEK", "USD", -1}, {"2026-01-01", "SEK", "USD", infinite}, {"2026-01-01", "SEK", "USD", test::kMissing},
            {"", "SEK", "USD", 1}, {"2026-01-01", "", "USD", 1}, {"2026-01-01", "EUR", "EUR", 2}, {"2026-01-01", "EUR", "EUR", 1}, {"2026-01-01", "shells", "USD", 3},
            {"2026-01-01", "shells", "USD", 4}, {"2026-01-01", "NOK", "USD", 0.5}});
  EXPECT_TRUE(std::isnan(rate("SEK", "USD", "2026-01-01")));
  EXPECT_EQ(rate("NOK", "USD", "2026-01-01"), 0.5);
  const Diagnostics& found = data_->diagnostics(1);
  ASSERT_TRUE(found.has(Code::rate_invalid));
  ASSERT_EQ(found.total(Code::rate_currency_unknown), 1u);
  for (const Diagnostics::Group& group : found.groups()) {
    if (group.code == Code::rate_invalid) {
      EXPECT_EQ(std::get<std::int64_t>(group.kept.front().arguments[0].second), 7);  // the first seven rows
    }
    if (group.code == Code::rate_currency_unknown) {
      EXPECT_EQ(std::get<std::string>(group.kept.front().arguments[0].second), "shells");
      EXPECT_EQ(std::get<std::int64_t>(group.kept.front().arguments[1].second), 2);
    }
  }
}

TEST_F(ExchangeRatesTest, RatesDoNotWidenTheReport) {
  rates(1, {{"1999-01-04", "EUR", "USD", 1.1789}});  // the first reference rate of the European Central Bank
  EXPECT_EQ(data_->of_file(1)->first_day, kNoDay);
  EXPECT_EQ(rate("EUR", "USD", "1999-01-05"), 1.1789);
}

TEST_F(ExchangeRatesTest, KnownCurrenciesAreThoseOfAmountsAndRates) {
  rates(1, {{"2026-01-01", "SEK", "USD", 0.1}});
  data_->put(TableBuilder("ad_spend", 2).numbers("cost", {1, 2}).texts("currency", {"nok", "no money"}).build());
  data_->put(TableBuilder("ad_spend", 3).numbers("cost", {1}).currency("EUR").build());
  EXPECT_EQ(known_currencies(*data_), (std::vector<std::string>{"EUR", "NOK", "SEK", "USD"}));
}

}  // namespace
}  // namespace kpi
