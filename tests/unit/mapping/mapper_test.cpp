#include "core/mapping/mapper.h"

#include "tests/unit/mapping/shipped_mapper.h"

namespace kpi {
namespace {

using test::map_headers;
using test::Row;

const HeaderMatch& column(const FileMapping& file, std::size_t i) { return file.columns[i]; }

TEST(Mapper, ACostThatHoldsWordsDropsOneLevelAndIsNotRead) {
  const Row headers = {"day", "campaign", "spend", "clicks", "impressions"};
  const FileMapping good = map_headers(headers, {{"2024-01-01", "a", "12.50", "3", "100"}});
  EXPECT_EQ(column(good, 2).field, "cost");
  EXPECT_EQ(column(good, 2).confidence, Confidence::kCertain);
  const FileMapping bad = map_headers(headers, {{"2024-01-01", "a", "high", "3", "100"}, {"2024-01-02", "a", "low", "3", "100"}});
  EXPECT_EQ(column(bad, 2).reason, "values_disagree");
  EXPECT_EQ(static_cast<int>(column(bad, 2).confidence) + 1,
            static_cast<int>(bad.table_confidence == Confidence::kCertain ? Confidence::kCertain : Confidence::kLikely));
}

TEST(Mapper, APercentageIsNoAmount) {
  const FileMapping file = map_headers({"Day", "Campaign", "Ad group", "Cost"}, {{"2024-01-01", "a", "b", "5.1%"}, {"2024-01-02", "a", "b", "4%"}});
  EXPECT_EQ(file.vendor, "Google Ads");
  EXPECT_EQ(column(file, 3).reason, "values_disagree");
  EXPECT_EQ(column(file, 3).confidence, Confidence::kLikely);
  EXPECT_TRUE(column(file, 3).is_applied);
}

TEST(Mapper, NoFieldIsReadTwice) {
  const FileMapping file = map_headers({"lead_id", "created_at", "channel", "Lead Source", "company", "Account"});
  EXPECT_TRUE(column(file, 2).is_applied);
  EXPECT_EQ(column(file, 3).field, "channel");
  EXPECT_FALSE(column(file, 3).is_applied);
  EXPECT_EQ(column(file, 3).reason, "duplicate");
  EXPECT_EQ(column(file, 5).reason, "duplicate");
}

TEST(Mapper, ANameIsPreferredToANumberOfTheSameThing) {
  const FileMapping file = map_headers({"Campaign ID", "Campaign", "Day", "Cost", "Impr."});
  EXPECT_FALSE(column(file, 0).is_applied);
  EXPECT_TRUE(column(file, 1).is_applied);
}

TEST(Mapper, TwoNamesThatSeveralProductsUseAreNobodysSignature) {
  const FileMapping file = map_headers({"Lead ID", "Created At", "Lead Source"}, {{"1", "2024-01-05", "Email"}});
  EXPECT_EQ(file.table, "leads");
  EXPECT_EQ(file.vendor, "");
}

TEST(Mapper, TheCommonWordsOfAdReportsAreNobodysSignature) {
  const FileMapping file = map_headers({"Campaign", "Cost", "Impressions", "Clicks", "Conversions"}, {{"Brand", "12.50", "900", "31", "2"}});
  EXPECT_EQ(file.table, "ad_spend");
  EXPECT_EQ(file.vendor, "");
  EXPECT_EQ(file.channel, "");  // not paid search because Google uses these words too
}

TEST(Mapper, TheUserWinsOverEveryName) {
  MappingOverride user;
  user.fields = {{0, "email"}, {1, ""}, {3, "created_at"}};
  const FileMapping file = map_headers({"lead_id", "created_at", "channel", "when"}, {}, user);
  EXPECT_EQ(column(file, 0).field, "email");
  EXPECT_EQ(column(file, 0).reason, "user");
  EXPECT_TRUE(column(file, 0).is_applied);
  EXPECT_EQ(column(file, 1).field, "");
  EXPECT_FALSE(column(file, 1).is_applied);
  EXPECT_EQ(column(file, 3).field, "created_at");
  EXPECT_TRUE(column(file, 3).is_applied);
}

TEST(Mapper, AFieldThatTheUserTakesIsTakenFromItsFormerColumn) {
  MappingOverride user;
  user.fields = {{3, "channel"}};
  const FileMapping file = map_headers({"lead_id", "created_at", "channel", "heard of us"}, {}, user);
  EXPECT_TRUE(column(file, 3).is_applied);
  EXPECT_FALSE(column(file, 2).is_applied);
  EXPECT_EQ(column(file, 2).reason, "duplicate");
}

TEST(Mapper, AFieldThatTheTableLacksIsLeftOut) {
  MappingOverride user;
  user.fields = {{0, "sessions"}};
  const FileMapping file = map_headers({"lead_id", "created_at", "channel"}, {}, user);
  EXPECT_EQ(column(file, 0).field, "");
  EXPECT_FALSE(column(file, 0).is_applied);
}

TEST(Mapper, TheUsersTableDecidesTheFields) {
  MappingOverride user;
  user.table = "accounts";
  const FileMapping file = map_headers({"name", "revenue", "created_at"}, {}, user);
  EXPECT_EQ(file.table, "accounts");
  EXPECT_EQ(file.table_confidence, Confidence::kCertain);
  EXPECT_EQ(column(file, 0).field, "account_name");
  EXPECT_EQ(column(file, 1).field, "annual_revenue");
  EXPECT_EQ(column(file, 2).field, "");
}

TEST(Mapper, AnUnknownTableOfTheUserIsNoTable) {
  MappingOverride user;
  user.table = "nonsense";
  const FileMapping file = map_headers({"lead_id", "created_at"}, {}, user);
  EXPECT_EQ(file.table, "");
  EXPECT_EQ(file.table_confidence, Confidence::kNone);
  for (const HeaderMatch& match : file.columns) EXPECT_FALSE(match.is_applied);
}

TEST(Mapper, AProposedTableIsConfirmedByTheUser) {
  const Row headers = {"Date", "Clics", "Impressions", "CTR", "Position"};
  const FileMapping proposal = map_headers(headers);
  EXPECT_EQ(proposal.table_confidence, Confidence::kCheck);
  EXPECT_EQ(proposal.table, "");
  EXPECT_EQ(proposal.proposed_table, "ad_spend");
  EXPECT_EQ(column(proposal, 1).field, "clicks");
  EXPECT_FALSE(column(proposal, 1).is_applied);
  MappingOverride user;
  user.table = "ad_spend";
  const FileMapping file = map_headers(headers, {}, user);
  EXPECT_EQ(file.table_confidence, Confidence::kCertain);
  EXPECT_EQ(file.vendor, "Google Search Console");
  EXPECT_EQ(file.channel, "organic_search");
  EXPECT_EQ(file.proposed_table, "");
  EXPECT_TRUE(column(file, 1).is_applied);
}

TEST(Mapper, AStageColumnOfLeadsIsTheDealsWhereItsValuesAre) {
  const Row headers = {"lead_id", "email", "created_at", "stage"};
  const FileMapping person = map_headers(headers, {{"1", "a@b.c", "2024-01-01", "MQL"}, {"2", "b@b.c", "2024-01-01", "Closed Won"}});
  EXPECT_EQ(column(person, 3).field, "lead_stage");
  const FileMapping deal = map_headers(headers, {{"1", "a@b.c", "2024-01-01", "Negotiation"}, {"2", "b@b.c", "2024-01-01", "Closed Won"}});
  EXPECT_EQ(column(deal, 3).field, "deal_stage");
}

TEST(Mapper, LinkClicksStandInOnlyWhereThereAreNoClicks) {
  const FileMapping without = map_headers({"Campaign name", "Link clicks", "Amount spent (EUR)"});
  EXPECT_EQ(column(without, 1).field, "clicks");
  EXPECT_EQ(column(without, 1).reason, "stand_in");
  const FileMapping with = map_headers({"Campaign name", "Link clicks", "Amount spent (EUR)", "Clicks (all)"});
  EXPECT_EQ(column(with, 1).field, "link_clicks");
  EXPECT_EQ(column(with, 3).field, "clicks");
}

TEST(Mapper, AnAddressIsReadUnlessTheFileHoldsTheDealsToo) {
  const FileMapping leads = map_headers({"lead_id", "email", "created_at", "channel"});
  EXPECT_TRUE(column(leads, 1).is_applied);
  const FileMapping both = map_headers({"lead_id", "email", "created_at", "channel", "won", "amount"});
  EXPECT_FALSE(column(both, 1).is_applied);
  EXPECT_EQ(column(both, 1).reason, "not_needed");
}

TEST(Mapper, AnIdOfQualifiedLeadsImpliesTheStageUnlessTheFileHasStages) {
  EXPECT_EQ(map_headers({"mql_id", "first_contact_date", "origin"}).implied_stage, "mql");
  EXPECT_EQ(map_headers({"lead_id", "first_contact_date", "origin"}).implied_stage, "");
  EXPECT_EQ(map_headers({"mql_id", "first_contact_date", "origin", "lifecycle stage"}).implied_stage, "");
}

TEST(Mapper, GuessesAndNearNamesAreNeverReadByThemselves) {
  const FileMapping file = map_headers({"opportunity_id", "deal_stage", "clos_date", "amuont", "Results"});
  for (const HeaderMatch& match : file.columns) {
    if (match.confidence == Confidence::kCheck) {
      EXPECT_FALSE(match.is_applied) << match.header;
    }
  }
  EXPECT_EQ(column(file, 2).field, "closed_at");
  EXPECT_EQ(column(file, 2).reason, "similar_name");
  EXPECT_EQ(column(file, 3).field, "amount");
}

TEST(Mapper, EmptyAndHostileHeaderRowsGiveNoTable) {
  EXPECT_EQ(map_headers({}).table, "");
  EXPECT_EQ(map_headers({"", "", ""}).table, "");
  const FileMapping file = map_headers({std::string("\xff\xfe\x00", 3), "(((((", ")", std::string(100000, 'x'), "\xF0\x9F\x98\x80"});
  EXPECT_EQ(file.table, "");
  EXPECT_EQ(file.columns.size(), 5U);
}

TEST(Mapper, RaggedSamplesAreHarmless) {
  const FileMapping file = map_headers({"lead_id", "created_at", "channel"}, {{}, {"1"}, {"1", "2024-01-01", "x", "y"}});
  EXPECT_EQ(file.table, "leads");
}

TEST(HeaderScore, KnowsNamesFromValues) {
  const Mapper& mapper = test::shipped_mapper();
  EXPECT_EQ(mapper.header_score("Amount spent (USD)"), 2);
  EXPECT_EQ(mapper.header_score("Impressions"), 2);
  EXPECT_EQ(mapper.header_score("deal_stage"), 2);
  EXPECT_EQ(mapper.header_score("email"), 1);
  EXPECT_EQ(mapper.header_score("2024-05-01"), 0);
  EXPECT_EQ(mapper.header_score("Acme Corporation"), 0);
  EXPECT_EQ(mapper.header_score(""), 0);
  EXPECT_EQ(mapper.header_score(std::string(5000, 'a')), 0);
}

TEST(TotalsLabels, AreLowerCaseAndHoldTheLanguages) {
  const std::vector<std::string>& labels = test::shipped_mapper().totals_labels();
  std::size_t found = 0;
  for (const std::string& label : labels) {
    for (const char c : label) EXPECT_FALSE(c >= 'A' && c <= 'Z') << label;
    if (label == "total" || label == "gesamt" || label == "grand total" || label == "\xD0\xB8\xD1\x82\xD0\xBE\xD0\xB3\xD0\xBE") ++found;
  }
  EXPECT_EQ(found, 4U);
}

}  // namespace
}  // namespace kpi
