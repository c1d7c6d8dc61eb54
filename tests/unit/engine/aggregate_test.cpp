#include "core/engine/aggregate.h"

#include <gtest/gtest.h>

#include "core/engine/report.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class AggregateTest : public test::EngineFixture {
 protected:
  std::vector<MeasureResult> run(const Window& window, const Dimension* group = nullptr, const std::vector<Filter>& filters = {}) {
    return aggregate(*data_, window, filters, group, {}, StageRule::kReachedOrBeyond);
  }
  static Window all() { return make_window(std::nullopt, std::nullopt, Grain::kMonth, *parse_iso_date("2024-01-01"), *parse_iso_date("2024-03-31")); }
  static Window months(const char* from, const char* to) { return make_window(parse_iso_date(from), parse_iso_date(to), Grain::kMonth, kNoDay, kNoDay); }
  std::size_t index(std::string_view id) const { return static_cast<std::size_t>(catalog_->measure(id) - catalog_->measures().data()); }
};

TEST_F(AggregateTest, CountsEachEventInThePeriodOfItsOwnDate) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"a", "b", "c", "d"})
                 .dates("created_at", {"2024-01-05", "2024-01-20", "2024-02-01", ""})
                 .dates("mql_at", {"2024-02-03", "", "2024-02-10", "2024-03-01"})
                 .build());
  const auto results = run(all());
  const MeasureResult& leads = results[index("new_leads")];
  EXPECT_EQ(number(leads.total), 4);  // the undated lead belongs to "all time"
  EXPECT_EQ(number(leads.by_bucket[0]), 2);
  EXPECT_EQ(number(leads.by_bucket[1]), 1);
  const MeasureResult& mqls = results[index("mqls")];
  EXPECT_EQ(number(mqls.total), 3);
  EXPECT_EQ(number(mqls.by_bucket[0]), 0);
  EXPECT_EQ(number(mqls.by_bucket[1]), 2);
  EXPECT_EQ(number(mqls.by_bucket[2]), 1);
  EXPECT_EQ(number(run(months("2024-01-01", "2024-01-31"))[index("new_leads")].total), 2);
}

TEST_F(AggregateTest, AnIdSeenBeforeIsCountedOnceOverAllFiles) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "a"}).dates("created_at", {"2024-01-05", "2024-01-06", "2024-01-07"}).build());
  data_->put(TableBuilder("leads", 2).keys("lead_id", {"b", "c"}).dates("created_at", {"2024-02-05", "2024-02-06"}).build());
  EXPECT_EQ(number(run(all())[index("new_leads")].total), 3);
  EXPECT_EQ(data_->diagnostics(1).total(Code::duplicate_rows), 1u);
  EXPECT_EQ(data_->of_file(2)->repeats, 1u);
  data_->remove(1);
  EXPECT_EQ(number(run(all())[index("new_leads")].total), 2);
}

TEST_F(AggregateTest, MissingIsNotZero) {
  data_->put(TableBuilder("ad_spend", 1).dates("date", {"2024-01-05", "2024-02-06"}).numbers("cost", {10, kMissing}).numbers("clicks", {0, 0}).build());
  const auto results = run(all());
  EXPECT_EQ(number(results[index("clicks")].total), 0);                   // a known zero
  EXPECT_EQ(reason(results[index("impressions")].total), "missing_input");  // no such column
  EXPECT_EQ(reason(results[index("new_leads")].total), "missing_input");    // no such file
  EXPECT_EQ(number(results[index("media_spend")].total), 10);
  EXPECT_EQ(reason(run(months("2025-01-01", "2025-01-31"))[index("media_spend")].total), "no_rows");
}

TEST_F(AggregateTest, AFileWithoutDatesCountsForAllTimeOnly) {
  data_->put(TableBuilder("ad_spend", 1).numbers("cost", {10, 5}).build());
  EXPECT_EQ(number(run(all())[index("media_spend")].total), 15);
  EXPECT_EQ(reason(run(all())[index("media_spend")].by_bucket[0]), "no_date");
  EXPECT_EQ(reason(run(months("2024-01-01", "2024-01-31"))[index("media_spend")].total), "no_date");
}

TEST_F(AggregateTest, MediansAndCyclesComeFromWonDealsWithBothDates) {
  data_->put(TableBuilder("opportunities", 1)
                 .keys("opportunity_id", {"1", "2", "3", "4"})
                 .texts("deal_stage", {"Closed Won", "Won", "Lost", "Negotiation"})
                 .dates("created_at", {"2024-01-01", "2024-01-01", "2024-01-01", "2024-01-01"})
                 .dates("closed_at", {"2024-01-11", "2024-02-20", "2024-02-01", "2024-12-31"})
                 .numbers("amount", {100, 300, 50, 1000})
                 .build());
  const auto results = run(all());
  EXPECT_EQ(number(results[index("won_deals")].total), 2);
  EXPECT_EQ(number(results[index("lost_deals")].total), 1);
  EXPECT_EQ(number(results[index("won_amount")].total), 400);
  EXPECT_EQ(number(results[index("median_won_amount")].total), 200);
  EXPECT_EQ(number(results[index("median_won_amount")].by_bucket[1]), 300);
  EXPECT_EQ(number(results[index("cycle_days_from_creation")].total), 60);  // 10 + 50 days
  EXPECT_EQ(number(results[index("median_cycle_days_from_creation")].total), 30);
  EXPECT_EQ(number(results[index("open_opportunities")].total), 1);
  EXPECT_EQ(number(results[index("open_pipeline")].total), 1000);
  EXPECT_EQ(data_->of_file(1)->last_day, *parse_iso_date("2024-02-20"));  // an open deal's close date is a forecast
}

TEST_F(AggregateTest, NewCustomersAreFirstWinsOfAccounts) {
  data_->put(TableBuilder("opportunities", 1)
                 .keys("opportunity_id", {"1", "2", "3", "4"})
                 .texts("deal_stage", {"Won", "Won", "Won", "Won"})
                 .texts("account_name", {"Acme", "Acme", "Beta", ""})
                 .dates("closed_at", {"2024-02-01", "2024-01-15", "2024-03-01", "2024-03-02"})
                 .build());
  const MeasureResult customers = run(all())[index("new_customers")];
  EXPECT_EQ(number(customers.total), 2);
  EXPECT_EQ(number(customers.by_bucket[0]), 1);  // Acme's earlier deal, though it stands second
  EXPECT_EQ(number(customers.by_bucket[1]), 0);
  EXPECT_EQ(number(customers.by_bucket[2]), 1);
}

TEST_F(AggregateTest, GroupsDealsByTheChannelOfTheLeadTheyCameFrom) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b"}).texts("channel", {"Paid Search", "referral"}).build());
  data_->put(TableBuilder("opportunities", 2).keys("opportunity_id", {"1", "2", "3"}).keys("lead_id", {"a", "a", "zzz"}).texts("deal_stage", {"Won", "Lost", "Won"}).build());
  data_->put(TableBuilder("ad_spend", 3).channel("paid_search").numbers("cost", {40}).build());
  const Dimension channel(*data_, "channel");
  const auto results = run(all(), &channel);
  const auto member = [&](const char* key) { return static_cast<std::size_t>(channel.find(key)); };
  ASSERT_GE(channel.find("paid_search"), 0);
  EXPECT_EQ(number(results[index("won_deals")].by_member[member("paid_search")]), 1);
  EXPECT_EQ(number(results[index("won_deals")].by_member[member("")]), 1);  // its lead is not in the files
  EXPECT_EQ(number(results[index("won_deals")].by_member[member("referral")]), 0);
  EXPECT_EQ(number(results[index("media_spend")].by_member[member("paid_search")]), 40);
  EXPECT_EQ(reason(results[index("media_spend")].by_member[member("referral")]), "no_rows");  // never advertised: not a zero
}

TEST_F(AggregateTest, ATableThatCannotBeCutStaysOutOfTheCut) {
  data_->put(TableBuilder("opportunities", 1).keys("opportunity_id", {"1", "2"}).texts("product", {"A", "B"}).texts("deal_stage", {"Won", "Won"}).build());
  data_->put(TableBuilder("ad_spend", 2).numbers("cost", {40}).build());
  auto product = std::make_shared<Dimension>(*data_, "product");
  const auto results = run(all(), product.get());
  EXPECT_EQ(reason(results[index("media_spend")].by_member[static_cast<std::size_t>(product->find("a"))]), "not_by_dimension");
  Filter filter{product, std::vector<bool>(product->members().size(), false)};
  filter.is_allowed[static_cast<std::size_t>(product->find("a"))] = true;
  const auto filtered = run(all(), nullptr, {filter});
  EXPECT_EQ(number(filtered[index("won_deals")].total), 1);
  EXPECT_EQ(reason(filtered[index("media_spend")].total), "not_by_dimension");
}

TEST_F(AggregateTest, DifferentCurrenciesAreNotAdded) {
  data_->put(TableBuilder("ad_spend", 1).texts("currency", {"EUR", "USD", "EUR"}).texts("campaign", {"x", "y", "x"}).numbers("cost", {1, 2, 4}).build());
  const Dimension campaign(*data_, "campaign");
  const auto results = run(all(), &campaign);
  EXPECT_EQ(reason(results[index("media_spend")].total), "currency_mixed");
  const Value& x = results[index("media_spend")].by_member[static_cast<std::size_t>(campaign.find("x"))];
  EXPECT_EQ(number(x), 5);
  EXPECT_EQ(std::get<Quantity>(x).currency, "EUR");
}

TEST_F(AggregateTest, AListOfWinsDoesNotSayThatNothingWasLost) {
  data_->put(TableBuilder("opportunities", 1).keys("opportunity_id", {"1", "2"}).dates("won_at", {"2024-01-05", "2024-02-05"}).build());
  const auto results = run(all());
  EXPECT_EQ(number(results[index("won_deals")].total), 2);
  EXPECT_EQ(reason(results[index("lost_deals")].total), "missing_input");
  EXPECT_EQ(reason(results[index("open_opportunities")].total), "missing_input");
}

TEST_F(AggregateTest, OpenDealsWithoutAmountsHaveNoKnownPipeline) {
  data_->put(TableBuilder("opportunities", 1).keys("opportunity_id", {"1", "2"}).texts("deal_stage", {"Prospecting", "Won"}).numbers("amount", {kMissing, 5}).build());
  const auto results = run(all());
  EXPECT_EQ(number(results[index("open_opportunities")].total), 1);
  EXPECT_EQ(reason(results[index("open_pipeline")].total), "no_rows");
  EXPECT_EQ(number(results[index("lost_amount")].total), 0);  // no deal was lost: a known zero
}

TEST_F(AggregateTest, AStageTheFileNeverSpeaksOfIsMissing) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"a", "b", "c"}).texts("lead_stage", {"Lead", "Marketing Qualified Lead", "Customer"}).build());
  const auto results = run(all());
  EXPECT_EQ(number(results[index("mqls")].total), 2);  // reached or beyond
  EXPECT_EQ(reason(results[index("sals")].total), "missing_input");
}

}  // namespace
}  // namespace kpi
