// Figures in the report's currency: each amount at its own day's rate, and refused where there is none.
#include "core/engine/currency_converter.h"

#include <gtest/gtest.h>

#include <random>

#include "core/engine/change.h"
#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

class ConversionTest : public test::EngineFixture {
 protected:
  static Report report_of(const Dataset& data, const std::string& currency, const char* from = "", const char* to = "", const char* group = "") {
    ReportRequest request;
    request.currency = currency;
    request.from = parse_iso_date(from);
    request.to = parse_iso_date(to);
    request.group_by = group;
    return make_report(data, request).value();
  }
  Report report(const std::string& currency, const char* from = "", const char* to = "", const char* group = "") const { return report_of(*data_, currency, from, to, group); }
  const MeasureResult& measure(const Report& report, std::string_view id) const {
    return report.measures[static_cast<std::size_t>(catalog_->measure(id) - catalog_->measures().data())];
  }
  static const Value& kpi(const Report& report, std::string_view id) {
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id == id) return k.value;
    }
    ADD_FAILURE() << id;
    return report.kpis.front().value;
  }
  static std::string currency(const Value& value) {
    const Quantity* q = std::get_if<Quantity>(&value);
    return q == nullptr ? "" : std::string(q->currency);
  }
  void sek_to_usd(double january, double february) {
    data_->put(TableBuilder("fx_rates", 90).dates("date", {"2026-01-01", "2026-02-01"}).texts("from_currency", {"SEK", "SEK"}).texts("to_currency", {"USD", "USD"}).numbers("rate", {january, february}).build());
  }
};

TEST_F(ConversionTest, ReturnOnAdSpendIsFiveAndNotFiftyTwo) {
  // Golden number of the KPI reference: cost 1,000 SEK, shown as 95 USD; value 5,000 SEK. 5,000 x 0.095 = 475; 475 / 95 = 5.0, not 5,000 / 95 = 52.63.
  auto ads = TableBuilder("ad_spend", 1).dates("date", {"2026-01-15"}).numbers("cost", {95}).numbers("platform_value", {5000}).build();
  ads->table.columns[1].currency = "USD";
  ads->table.columns[2].currency = "SEK";
  data_->put(std::move(ads));
  EXPECT_EQ(reason(kpi(report("USD"), "roas")), "currency_mixed");
  sek_to_usd(0.095, 0.2);
  EXPECT_EQ(reason(kpi(report(""), "roas")), "currency_mixed");
  const Report usd = report("USD");
  EXPECT_DOUBLE_EQ(number(kpi(usd, "roas")), 5.0);
  EXPECT_DOUBLE_EQ(number(kpi(report("SEK"), "roas")), 5.0);  // 95 / 0.095 = 1,000
  ASSERT_EQ(usd.conversion.pairs.size(), 1u);
  EXPECT_EQ(usd.conversion.pairs[0].from, "SEK");
  EXPECT_EQ(usd.conversion.pairs[0].converted, 1u);
  EXPECT_EQ(format_iso_date(usd.conversion.pairs[0].first_rate), "2026-01-01");
}

TEST_F(ConversionTest, EachRowAtItsOwnDay) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("ad_spend", 1)
                 .dates("date", {"2026-01-10", "2026-02-10", "2026-02-11"})
                 .numbers("cost", {100, 100, 7})
                 .texts("currency", {"SEK", "SEK", "USD"})
                 .texts("campaign", {"a", "a", "b"})
                 .build());
  const Report all = report("USD", "", "", "campaign");
  // 100 x 0.1 = 10 in January; 100 x 0.2 + 7 = 27 in February
  const MeasureResult& spend = measure(all, "media_spend");
  EXPECT_DOUBLE_EQ(number(spend.total), 37);
  EXPECT_EQ(currency(spend.total), "USD");
  ASSERT_EQ(spend.by_bucket.size(), 2u);
  EXPECT_DOUBLE_EQ(number(spend.by_bucket[0]), 10);
  EXPECT_DOUBLE_EQ(number(spend.by_bucket[1]), 27);
  EXPECT_DOUBLE_EQ(number(spend.by_member[static_cast<std::size_t>(all.group->find("a"))]), 30);
  ASSERT_EQ(all.conversion.pairs.size(), 1u);
  EXPECT_EQ(all.conversion.pairs[0].converted, 2u);  // rows, however many figures they are part of
  EXPECT_EQ(format_iso_date(all.conversion.pairs[0].last_rate), "2026-02-01");
  EXPECT_EQ(report("USD", "2026-02-01", "2026-02-28").conversion.pairs[0].converted, 1u);
}

TEST_F(ConversionTest, WithoutARateTheCellIsRefusedAndThePairNamed) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("ad_spend", 1)
                 .dates("date", {"2025-12-31", "2026-01-10", "2026-01-11", "2026-01-12"})
                 .numbers("cost", {100, 100, 7, 3})
                 .texts("currency", {"SEK", "SEK", "CHF", ""})
                 .build());
  const Report all = report("USD");
  EXPECT_EQ(reason(measure(all, "media_spend").total), "currency_mixed");
  EXPECT_EQ(number(measure(all, "media_spend").by_bucket[0]), 100);  // December alone: Swedish as it stands
  EXPECT_EQ(currency(measure(all, "media_spend").by_bucket[0]), "SEK");
  EXPECT_EQ(reason(measure(all, "media_spend").by_bucket[1]), "currency_mixed");
  ASSERT_EQ(all.conversion.pairs.size(), 2u);
  EXPECT_EQ(all.conversion.pairs[0].from, "CHF");
  EXPECT_EQ(all.conversion.pairs[0].missing, 1u);
  EXPECT_EQ(all.conversion.pairs[0].converted, 0u);
  EXPECT_EQ(all.conversion.pairs[1].from, "SEK");
  EXPECT_EQ(all.conversion.pairs[1].missing, 1u);
  EXPECT_EQ(format_iso_date(all.conversion.pairs[1].first_missing), "2025-12-31");
  EXPECT_EQ(all.conversion.pairs[1].converted, 1u);
  EXPECT_EQ(all.conversion.unnamed, 1u);
}

TEST_F(ConversionTest, ARowWithoutADayHasNoRate) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2026-01-10", ""}).numbers("cost", {100, 100}).texts("currency", {"SEK", "SEK"}).build());
  const Report all = report("USD");
  EXPECT_EQ(reason(measure(all, "media_spend").total), "currency_mixed");
  EXPECT_EQ(all.conversion.pairs[0].missing, 1u);
  EXPECT_EQ(all.conversion.pairs[0].first_missing, kNoDay);
}

TEST_F(ConversionTest, ColumnsOfSeveralSignsStayRefused) {
  sek_to_usd(0.1, 0.2);
  auto ads = TableBuilder("ad_spend", 1).dates("date", {"2026-01-10"}).numbers("cost", {100}).build();
  ads->table.columns[1].currency = kSeveralCurrencies;
  data_->put(std::move(ads));
  const Report all = report("USD");
  EXPECT_EQ(reason(measure(all, "media_spend").total), "currency_mixed");
  EXPECT_EQ(all.conversion.several, 1u);
}

TEST_F(ConversionTest, WonDealsAtTheirCloseAndTheirMedian) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("opportunities", 1)
                 .keys("opportunity_id", {"a", "b", "c"})
                 .dates("created_at", {"2026-01-02", "2026-01-02", "2026-01-02"})
                 .dates("closed_at", {"2026-01-20", "2026-02-20", "2026-02-21"})
                 .texts("deal_status", {"won", "won", "won"})
                 .numbers("amount", {1000, 1000, 30})
                 .texts("currency", {"SEK", "SEK", "USD"})
                 .build());
  const Report all = report("USD");
  EXPECT_DOUBLE_EQ(number(kpi(all, "revenue")), 330);           // 100 + 200 + 30
  EXPECT_DOUBLE_EQ(number(kpi(all, "median_deal_size")), 100);  // of 30, 100, 200
}

TEST_F(ConversionTest, OpenDealsAtTheLastDayOfTheirFile) {
  sek_to_usd(0.1, 0.2);
  // What is open stands as exported and has no day: the file's last day, 2026-02-05, is in February. 1,000 x 0.2
  data_->put(TableBuilder("opportunities", 1)
                 .keys("opportunity_id", {"a", "b"})
                 .dates("created_at", {"2026-01-02", "2026-02-05"})
                 .texts("deal_status", {"open", "won"})
                 .numbers("amount", {1000, 0})
                 .texts("currency", {"SEK", "SEK"})
                 .build());
  EXPECT_DOUBLE_EQ(number(kpi(report("USD"), "open_pipeline")), 200);
}

TEST_F(ConversionTest, TypedTotalsAtTheLastDayOfTheirPeriod) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("totals", 1)
                 .texts("measure", {"media_spend", "media_spend", "won_amount"})
                 .dates("period", {"2026-01-01", "2026-01-15", "2026-01-01"})
                 .dates("period_end", {"2026-01-14", "2026-02-14", "2026-01-31"})
                 .numbers("value", {100, 100, 50})
                 .texts("currency", {"SEK", "SEK", "USD"})
                 .build());
  const Report all = report("USD");
  EXPECT_DOUBLE_EQ(number(measure(all, "media_spend").total), 30);  // 100 x 0.1 + 100 x 0.2
  EXPECT_EQ(currency(measure(all, "media_spend").total), "USD");
  EXPECT_EQ(number(measure(all, "won_amount").total), 50);
  EXPECT_EQ(all.conversion.pairs[0].converted, 2u);
}

TEST_F(ConversionTest, SubscriptionsAtTheirStartSoThatRatesAreNoExpansion) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("subscriptions", 1)
                 .keys("subscription_id", {"1", "2", "3"})
                 .keys("customer_id", {"x", "y", "x"})
                 .dates("start_at", {"2026-01-05", "2026-02-05", "2026-02-10"})
                 .dates("end_at", {"", "", ""})
                 .numbers("mrr", {1000, 1000, 40})
                 .texts("currency", {"SEK", "SEK", "USD"})
                 .build());
  const Report february = report("USD", "2026-02-01", "2026-02-28");
  EXPECT_DOUBLE_EQ(number(kpi(february, "mrr")), 340);                     // 100 + 200 + 40
  EXPECT_DOUBLE_EQ(number(measure(february, "mrr_start").total), 100);     // January's, at January's rate
  EXPECT_DOUBLE_EQ(number(measure(february, "new_mrr").total), 200);       // y
  EXPECT_DOUBLE_EQ(number(measure(february, "expansion_mrr").total), 40);  // x adds 40 USD to its 100: SEK and USD of one customer meet
  EXPECT_EQ(reason(kpi(report("", "2026-02-01", "2026-02-28"), "mrr")), "currency_mixed");
  EXPECT_EQ(february.conversion.pairs[0].converted, 2u);
}

TEST_F(ConversionTest, ComparisonsAndChangesAreInTheSameCurrency) {
  sek_to_usd(0.1, 0.2);
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2026-01-10", "2026-02-10"}).numbers("cost", {100, 100}).texts("currency", {"SEK", "SEK"}).build());
  ChangeRequest request;
  request.report.currency = "USD";
  request.report.from = parse_iso_date("2026-02-01");
  request.report.to = parse_iso_date("2026-02-28");
  request.report.compare.kind = CompareKind::kPreviousPeriod;
  request.kpi = "marketing_spend";
  const Change change = explain_change(*data_, request).value();
  EXPECT_DOUBLE_EQ(number(change.before), 10);
  EXPECT_DOUBLE_EQ(number(change.after), 20);
  const Report compared = make_report(*data_, request.report).value();
  for (const KpiResult& k : compared.kpis) {
    if (k.kpi->id != "marketing_spend") continue;
    ASSERT_TRUE(k.compared.has_value());
    EXPECT_DOUBLE_EQ(number(*k.compared), 10);
    EXPECT_EQ(currency(*k.compared), "USD");
  }
}

/// A property: at rates of 1 the figures are those of one currency, to the last bit, over more than one segment of rows.
TEST_F(ConversionTest, RatesOfOneChangeNothing) {
  constexpr std::size_t kRows = 70000;
  std::mt19937 random(7);
  std::vector<std::string> days, mixed, same;
  std::vector<double> costs;
  for (std::size_t row = 0; row < kRows; ++row) {
    days.push_back(format_iso_date(*parse_iso_date("2026-01-01") + static_cast<Day>(random() % 90)));
    costs.push_back(static_cast<double>(random() % 100000) / 100);
    mixed.push_back(row % 3 == 0 ? "SEK" : row % 3 == 1 ? "NOK" : "USD");
    same.push_back("USD");
  }
  Dataset plain(catalog_.get());
  plain.put(TableBuilder("ad_spend", 1).dates("date", days).numbers("cost", costs).texts("currency", same).build());
  data_->put(TableBuilder("ad_spend", 1).dates("date", days).numbers("cost", costs).texts("currency", mixed).build());
  data_->put(TableBuilder("fx_rates", 2).dates("date", {"2026-01-01", "2026-01-01"}).texts("from_currency", {"USD", "USD"}).texts("to_currency", {"NOK", "SEK"}).numbers("rate", {1, 1}).build());
  const Report expected = report_of(plain, ""), made = report("USD");
  const MeasureResult& a = measure(expected, "media_spend");
  const MeasureResult& b = measure(made, "media_spend");
  EXPECT_EQ(number(a.total), number(b.total));
  ASSERT_EQ(a.by_bucket.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(number(a.by_bucket[i]), number(b.by_bucket[i]));
  EXPECT_EQ(made.conversion.pairs[0].converted + made.conversion.pairs[1].converted, kRows - kRows / 3);
  EXPECT_EQ(number(measure(report_of(plain, "USD"), "media_spend").total), number(a.total));
}

}  // namespace
}  // namespace kpi
