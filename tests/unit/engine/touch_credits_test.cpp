// Credits of touches for the deals won with them, through the KPIs that sum them.
#include "core/engine/touch_credits.h"

#include <cmath>

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class TouchCreditsTest : public test::EngineFixture {
 protected:
  const Column& column(int file, const char* field) const {
    const Column* found = data_->of_file(file)->table.find(field);
    EXPECT_NE(found, nullptr) << field;
    return *found;
  }
  double credit(const char* model, std::size_t row, int file = 3) const { return column(file, model).numbers[row]; }
  double sum(const char* model, int file = 3) const {
    double all = 0;
    for (std::size_t row = 0; row < data_->of_file(file)->table.row_count; ++row) all += std::isnan(credit(model, row, file)) ? 0 : credit(model, row, file);
    return all;
  }
  /// Touches of contact "c", a day each.
  void put_touches(const std::vector<std::string>& days, const std::vector<std::string>& channels = {}) {
    TableBuilder touches("touchpoints", 3);
    touches.keys("lead_id", std::vector<std::string>(days.size(), "c")).moments("touched_at", days);
    if (!channels.empty()) touches.texts("channel", channels);
    data_->put(touches.build());
  }
  void put_deals(const std::vector<std::string>& created, const std::vector<std::string>& closed, const std::vector<double>& amounts,
                 const std::vector<std::string>& currencies = {}) {
    TableBuilder deals("opportunities", 2);
    deals.keys("lead_id", std::vector<std::string>(created.size(), "c")).dates("created_at", created).dates("closed_at", closed);
    deals.texts("deal_stage", std::vector<std::string>(created.size(), "Closed Won")).numbers("amount", amounts);
    if (!currencies.empty()) deals.texts("currency", currencies);
    data_->put(deals.currency(currencies.empty() ? "USD" : "").build());
  }
};

// The reference's golden deal of 12,000 with five touches; the third made the lead, the fifth the opportunity.
TEST_F(TouchCreditsTest, TheGoldenDealIsSharedAsTheReferenceSays) {
  data_->put(TableBuilder("leads", 1).keys("lead_id", {"c"}).dates("created_at", {"2024-01-10"}).build());
  put_deals({"2024-01-20"}, {"2024-01-31"}, {12000});
  put_touches({"2024-01-01", "2024-01-05 09:30", "2024-01-10 23:50", "2024-01-15", "2024-01-20"});
  for (std::size_t i = 0; i < 5; ++i) {
    const bool is_end = i == 0 || i == 4;
    EXPECT_DOUBLE_EQ(credit("credit_linear", i), 2400);
    EXPECT_NEAR(credit("credit_position_based", i), is_end ? 4800 : 800, 1e-9);
    EXPECT_NEAR(credit("credit_w_shaped", i), i % 2 == 0 ? 3600 : 600, 1e-9);
  }
  EXPECT_DOUBLE_EQ(credit("credit_first_touch", 0), 12000);
  EXPECT_TRUE(std::isnan(credit("credit_first_touch", 1))) << "nothing credited is blank";
  EXPECT_DOUBLE_EQ(credit("credit_last_touch", 4), 12000);
  EXPECT_NEAR(credit("credit_time_decay", 0) / credit("credit_time_decay", 4), std::exp2(-19.0 / 7), 1e-12);
  EXPECT_NEAR(sum("credit_time_decay"), 12000, 1e-8);
  for (const char* id : {"attributed_revenue", "attributed_revenue_first_touch", "attributed_revenue_last_touch", "attributed_revenue_position_based",
                         "attributed_revenue_w_shaped", "attributed_revenue_time_decay", "marketing_influenced_revenue"}) {
    EXPECT_NEAR(number(kpi_of(id).value), 12000, 1e-8) << id;
    EXPECT_EQ(std::get<Quantity>(kpi_of(id).value).currency, "USD") << id;
  }
}

TEST_F(TouchCreditsTest, CreditsAreOfTheDayOfTheWinAndOfTheChannelOfTheTouch) {
  put_deals({"2024-01-20"}, {"2024-03-31"}, {900});
  put_touches({"2024-01-01", "2024-01-05", "2024-01-10"}, {"Paid Search", "Email Marketing", "Paid Search"});
  EXPECT_DOUBLE_EQ(number(kpi_of("attributed_revenue", between("2024-03-01", "2024-03-31")).value), 900);
  EXPECT_EQ(number(kpi_of("attributed_revenue", between("2024-01-01", "2024-01-31")).value), 0);
  EXPECT_DOUBLE_EQ(number(member_value("attributed_revenue", {}, "channel", "paid_search")), 600);
  EXPECT_DOUBLE_EQ(number(member_value("attributed_revenue", {}, "channel", "email")), 300);
  EXPECT_DOUBLE_EQ(number(member_value("attributed_revenue_first_touch", {}, "channel", "paid_search")), 900);
}

// Two people of one account, known by lead id and by e-mail; the deal names the account alone, in other letters.
TEST_F(TouchCreditsTest, EverybodyOfAnAccountIsCreditedWithItsDeals) {
  data_->put(TableBuilder("leads", 1)
                 .keys("lead_id", {"1", "2", "3"})
                 .keys("email", {"", "b@x", ""})
                 .texts("account_name", {"Acme Pumps", "acme-pumps", "Other"})
                 .dates("created_at", {"2024-01-01", "2024-01-02", "2024-01-03"})
                 .build());
  data_->put(TableBuilder("opportunities", 2).texts("account_name", {"ACME PUMPS"}).dates("closed_at", {"2024-02-01"}).texts("deal_stage", {"Closed Won"}).numbers("amount", {100}).build());
  data_->put(TableBuilder("touchpoints", 3).keys("lead_id", {"1", "", "3", ""}).keys("email", {"", "b@x", "", ""}).dates("touched_at", {"2024-01-01", "2024-01-02", "2024-01-03", "2024-01-04"}).build());
  EXPECT_DOUBLE_EQ(credit("credit_linear", 0), 50);
  EXPECT_DOUBLE_EQ(credit("credit_linear", 1), 50);
  EXPECT_TRUE(std::isnan(credit("credit_linear", 2)));
  EXPECT_TRUE(std::isnan(credit("credit_linear", 3))) << "blank ids join nothing";
}

TEST_F(TouchCreditsTest, AccountsJoinIdsAndNames) {
  data_->put(TableBuilder("accounts", 1).texts("account_name", {"Acme"}).keys("account_id", {"A1"}).build());
  data_->put(TableBuilder("opportunities", 2).texts("account_name", {"Acme"}).dates("closed_at", {"2024-02-01"}).texts("deal_stage", {"Closed Won"}).numbers("amount", {100}).build());
  data_->put(TableBuilder("touchpoints", 3).keys("account_id", {"A1"}).dates("touched_at", {"2024-01-01"}).build());
  EXPECT_DOUBLE_EQ(credit("credit_linear", 0), 100);
}

TEST_F(TouchCreditsTest, AnIdOfOneKindIsNoIdOfAnother) {
  put_deals({"2024-01-20"}, {"2024-01-31"}, {100});
  data_->put(TableBuilder("touchpoints", 3).keys("account_id", {"c"}).keys("email", {"c"}).dates("touched_at", {"2024-01-01"}).build());
  EXPECT_TRUE(std::isnan(credit("credit_linear", 0)));
  EXPECT_EQ(number(kpi_of("marketing_influenced_revenue").value), 0);
}

// The touch of the first win's day belongs to it; the later one has those after it; what follows the last win is credited with nothing.
TEST_F(TouchCreditsTest, ATouchBelongsToTheNextWin) {
  put_deals({"2024-01-20", "2024-02-20"}, {"2024-01-31", "2024-02-28"}, {100, 1000});
  put_touches({"2024-01-01", "2024-01-31 17:00", "2024-02-01", "2024-03-01"});
  EXPECT_DOUBLE_EQ(credit("credit_linear", 0), 50);
  EXPECT_DOUBLE_EQ(credit("credit_linear", 1), 50);
  EXPECT_DOUBLE_EQ(credit("credit_linear", 2), 1000);
  EXPECT_TRUE(std::isnan(credit("credit_linear", 3)));
  EXPECT_EQ(column(3, "credited_at").days[2], *parse_iso_date("2024-02-28"));
  EXPECT_EQ(column(3, "credited_at").days[3], kNoDay);
}

TEST_F(TouchCreditsTest, OfTouchesOfOneMomentTheFileSaysTheOrder) {
  put_deals({"2024-01-20"}, {"2024-01-31"}, {100});
  put_touches({"2024-01-02", "2024-01-01", "2024-01-01", "2024-01-02"});
  EXPECT_DOUBLE_EQ(credit("credit_first_touch", 1), 100);
  EXPECT_DOUBLE_EQ(credit("credit_last_touch", 3), 100);
}

TEST_F(TouchCreditsTest, WonDealsWithoutATouchOrADateOrRepeatedAreNotInfluenced) {
  data_->put(TableBuilder("opportunities", 2)
                 .keys("opportunity_id", {"1", "1", "2", "3", "4"})
                 .keys("lead_id", {"c", "c", "d", "c", "c"})
                 .dates("closed_at", {"2024-02-01", "2024-02-01", "2024-02-01", "", "2024-02-02"})
                 .texts("deal_stage", {"Closed Won", "Closed Won", "Closed Won", "Closed Won", "Closed Lost"})
                 .numbers("amount", {10, 10, 200, 3000, 40000})
                 .build());
  put_touches({"2024-01-01"});
  EXPECT_DOUBLE_EQ(number(kpi_of("marketing_influenced_revenue").value), 10);
  EXPECT_DOUBLE_EQ(number(kpi_of("attributed_revenue").value), 10);
  EXPECT_TRUE(std::isnan(column(2, "influenced").numbers[2]));
}

TEST_F(TouchCreditsTest, ADealWithoutAmountIsInfluencedAndCreditsNothing) {
  put_deals({"2024-01-20"}, {"2024-01-31"}, {kMissing});
  put_touches({"2024-01-01"});
  EXPECT_EQ(column(2, "influenced").numbers[0], 1);
  EXPECT_TRUE(std::isnan(credit("credit_linear", 0)));
}

TEST_F(TouchCreditsTest, CreditsAreInTheCurrencyOfTheirDeal) {
  put_deals({"2024-01-20", "2024-02-20"}, {"2024-01-31", "2024-02-28"}, {100, 1000}, {"EUR", "USD"});
  put_touches({"2024-01-01", "2024-02-01"});
  EXPECT_EQ(reason(kpi_of("attributed_revenue").value), "currency_mixed");
  const KpiResult january = kpi_of("attributed_revenue", between("2024-01-01", "2024-01-31"));
  EXPECT_DOUBLE_EQ(number(january.value), 100);
  EXPECT_EQ(std::get<Quantity>(january.value).currency, "EUR");
}

TEST_F(TouchCreditsTest, ATouchOfOneDayWonInTwoCurrenciesDoesNotAddUp) {
  put_deals({"2024-01-20", "2024-01-20"}, {"2024-01-31", "2024-01-31"}, {100, 1000}, {"EUR", "USD"});
  put_touches({"2024-01-01"});
  EXPECT_EQ(reason(kpi_of("attributed_revenue").value), "currency_mixed");
}

TEST_F(TouchCreditsTest, TwoWinsOfOneDayShareTheirTouches) {
  put_deals({"2024-01-20", "2024-01-20"}, {"2024-01-31", "2024-01-31"}, {100, 1000});
  put_touches({"2024-01-01", "2024-01-02"});
  EXPECT_DOUBLE_EQ(credit("credit_linear", 0), 550);
  EXPECT_DOUBLE_EQ(number(kpi_of("attributed_revenue").value), 1100);
}

TEST_F(TouchCreditsTest, WithoutTouchesOrTheirDatesNothingIsKnown) {
  put_deals({"2024-01-20"}, {"2024-01-31"}, {100});
  EXPECT_EQ(reason(kpi_of("attributed_revenue").value), "missing_input");
  data_->put(TableBuilder("touchpoints", 3).keys("lead_id", {"c"}).build());
  EXPECT_EQ(reason(kpi_of("attributed_revenue").value), "missing_input");
  EXPECT_EQ(reason(kpi_of("marketing_influenced_revenue").value), "missing_input");
}

// The order in which files arrive says nothing, and a file taken away takes its credits with it.
TEST_F(TouchCreditsTest, FilesComeAndGo) {
  put_touches({"2024-01-01"});
  put_deals({"2024-01-20"}, {"2024-01-31"}, {100});
  EXPECT_DOUBLE_EQ(credit("credit_linear", 0), 100);
  data_->remove(2);
  EXPECT_EQ(data_->of_file(3)->table.find("credit_linear"), nullptr);
}

}  // namespace
}  // namespace kpi
