// Totals, footers, repeated headers: what is a row and what is not.
#include <gtest/gtest.h>

#include "core/ingest/totals_label.h"
#include "tests/support/csv.h"

namespace kpi::test {
namespace {

TEST(Totals, LabelledRowsAreSetAsideAndCompared) {
  const ReadCsv csv = read_csv("Day,Campaign,Cost,Clicks\n2024-01-01,a,1.50,2\n2024-01-02,b,2.25,3\nTotal,,3.75,5\n", "dtnn");
  EXPECT_EQ(csv.table.row_count, 2U);
  EXPECT_EQ(csv.receipt.totals, 1U);
  EXPECT_TRUE(csv.diagnostics.has(Code::totals_agree));
  ASSERT_EQ(csv.receipt.set_aside.size(), 1U);
  EXPECT_EQ(csv.receipt.set_aside[0].reason, "totals");
  EXPECT_EQ(csv.receipt.set_aside[0].record, 4U);
  EXPECT_TRUE(csv.adds_up());
}

TEST(Totals, ADisagreeingTotalIsReported) {
  const ReadCsv csv = read_csv("Day,Campaign,Cost\n2024-01-01,a,1.50\n2024-01-02,b,2.25\nTotal,,9.75\n", "dtn");
  EXPECT_EQ(csv.receipt.totals, 1U);
  EXPECT_TRUE(csv.diagnostics.has(Code::totals_disagree));
}

TEST(Totals, KeepTotalsReadsThemAsRows) {
  ReadOptions options;
  options.keep_totals = true;
  const ReadCsv csv = read_csv("Day,Campaign,Cost\n2024-01-01,a,1.50\nTotal,,1.50\n", "dtn", options);
  EXPECT_EQ(csv.table.row_count, 2U);
  EXPECT_EQ(csv.receipt.totals, 0U);
}

TEST(Totals, ACompanyCalledTotalStays) {
  const ReadCsv csv = read_csv("Company,Country,Amount,Stage\nAcme,DE,5,won\nTotal,FR,7,won\nTotal Energies,FR,9,lost\n", "ttnt");
  EXPECT_EQ(csv.table.row_count, 3U);
  EXPECT_EQ(csv.sum("Amount"), 21);
}

TEST(Totals, WhereOnlyNumbersStandBesideTheLabelArithmeticDecides) {
  const ReadCsv total = read_csv("Campaign,Cost\na,5\nb,7\nTotal,12\n", "tn");
  EXPECT_EQ(total.table.row_count, 2U);
  const ReadCsv company = read_csv("Company,Amount\na,5\nTotal,9\nb,7\n", "tn");
  EXPECT_EQ(company.table.row_count, 3U);
  EXPECT_EQ(company.passes, 2);
  EXPECT_EQ(company.sum("Amount"), 21);
  EXPECT_TRUE(company.adds_up());
}

TEST(Totals, AnUnlabelledTotalIsProvedByArithmetic) {
  const ReadCsv csv = read_csv("Day,Campaign,Cost,Clicks\n,,3.75,5\n2024-01-01,a,1.50,2\n2024-01-02,b,2.25,3\n", "dtnn");
  EXPECT_EQ(csv.receipt.totals, 1U);
  EXPECT_EQ(csv.sum("Cost"), 3.75);
  EXPECT_TRUE(csv.adds_up());
  const ReadCsv row = read_csv("Day,Campaign,Cost,Clicks\n,,3.80,9\n2024-01-01,a,1.50,2\n2024-01-02,b,2.25,3\n", "dtnn");
  EXPECT_EQ(row.receipt.totals, 0U);
  EXPECT_EQ(row.table.row_count, 3U);
}

TEST(Totals, ALabelPastTheLastColumnCounts) {
  const ReadCsv csv = read_csv("# report\n# ----\n\nDay,Clicks,Cost\n,5,3,Grand total\n2024-01-01,2,1\n2024-01-02,3,2\n", "dnn");
  EXPECT_EQ(csv.receipt.totals, 1U);
  EXPECT_EQ(csv.receipt.preamble, 2U);
  EXPECT_EQ(csv.table.row_count, 2U);
}

TEST(Totals, FootersAndRepeatedHeadersAreSetAside) {
  const ReadCsv csv = read_csv("Day,Campaign,Cost\n2024-01-01,a,1\nDay,Campaign,Cost\n2024-01-02,b,2\n\nGrand Totals (2 records)\n\"Confidential, do not share\"\n", "dtn");
  EXPECT_EQ(csv.receipt.repeated_headers, 1U);
  EXPECT_EQ(csv.receipt.totals, 1U);
  EXPECT_EQ(csv.receipt.footers, 1U);
  EXPECT_EQ(csv.table.row_count, 2U);
  EXPECT_TRUE(csv.adds_up());
}

TEST(Totals, LabelsMatchWholeWordsInAnyCase) {
  const TotalsLabels labels(totals_labels());
  EXPECT_EQ(labels.match("TOTAL"), LabelStrength::kWeak);
  EXPECT_EQ(labels.match("Total: Account"), LabelStrength::kStrong);
  EXPECT_EQ(labels.match("Total : campagnes"), LabelStrength::kStrong);
  EXPECT_EQ(labels.match("Grand Totals (12 records)"), LabelStrength::kStrong);
  EXPECT_EQ(labels.match("Totally"), LabelStrength::kNone);
  EXPECT_EQ(labels.match("\xD0\x98\xD1\x82\xD0\xBE\xD0\xB3\xD0\xBE"), LabelStrength::kWeak);
  EXPECT_TRUE(labels.may_begin('T', 'O'));
  EXPECT_TRUE(labels.may_begin('g', 'e'));
  EXPECT_FALSE(labels.may_begin('L', '-'));
}

}  // namespace
}  // namespace kpi::test
