// Real exports and the torture files of ../shared/data, against the figures of its README.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "core/ingest/cells.h"
#include "tests/support/csv.h"

namespace kpi::test {
namespace {

#define KPI_SHARED_FILE(name, path)                                                              \
  const std::optional<std::string> name##_bytes = shared_file(path);                             \
  if (!name##_bytes) GTEST_SKIP() << "no shared data (set KPI_SHARED): " << (path);              \
  const std::string& name = *name##_bytes

TEST(RealFiles, GoogleAdsWithPreambleAndFourTotals) {
  KPI_SHARED_FILE(bytes, "ads/google_ads_campaign_report_INR_preamble_totals.csv");
  const ReadCsv csv = read_csv(bytes);
  ASSERT_FALSE(csv.error);
  EXPECT_EQ(csv.layout.header_record, 3U);
  EXPECT_EQ(csv.receipt.used, 2U);
  EXPECT_EQ(csv.receipt.totals, 4U);
  EXPECT_NEAR(csv.sum("Cost"), 2565.93, 1e-9);
  EXPECT_EQ(csv.sum("Impr."), 46168);
  EXPECT_EQ(csv.column("Budget name").present, 0U);  // " --"
  EXPECT_TRUE(csv.adds_up());
}

TEST(RealFiles, GermanGoogleAdsInUtf16) {
  KPI_SHARED_FILE(bytes, "ads/google_ads_bericht_zu_suchbegriffen_DE.csv");
  for (const std::size_t chunk : {std::size_t{0}, std::size_t{333}}) {
    const ReadCsv csv = read_csv(bytes, "", {}, chunk);
    ASSERT_FALSE(csv.error);
    EXPECT_EQ(csv.layout.encoding, Encoding::kUtf16Le);
    EXPECT_EQ(csv.layout.dialect.delimiter, '\t');
    EXPECT_EQ(csv.receipt.used, 1270U);
    EXPECT_EQ(csv.receipt.totals, 4U);
    EXPECT_EQ(csv.sum("Klicks"), 194);
    EXPECT_EQ(csv.sum("Impressionen"), 2206);
    EXPECT_NEAR(csv.sum("Kosten"), 275.02, 1e-9);
    EXPECT_EQ(csv.diagnostics.total(Code::number_unreadable), 0U);
    EXPECT_TRUE(csv.adds_up());
  }
}

TEST(RealFiles, GoogleAdsDaysInUtf16) {
  KPI_SHARED_FILE(bytes, "vendor/google_ads_utf16_tsv_daily.csv");
  const ReadCsv csv = read_csv(bytes);
  EXPECT_EQ(csv.receipt.used, 28U);
  EXPECT_EQ(csv.sum("Cost"), 6758.5);
  EXPECT_EQ(csv.sum("Clicks"), 6370);
  EXPECT_EQ(csv.sum("Conversions"), 238);
  EXPECT_EQ(csv.sum("Conv. value"), 25200);
  EXPECT_EQ(csv.sum("Impr."), 1051400);
  EXPECT_TRUE(csv.diagnostics.has(Code::totals_agree));
}

TEST(RealFiles, LinkedInWithPreambleAndTotal) {
  KPI_SHARED_FILE(bytes, "vendor/linkedin_ad_performance_preamble_crlf.csv");
  const ReadCsv csv = read_csv(bytes);
  EXPECT_EQ(csv.receipt.used, 3U);
  EXPECT_EQ(csv.date("Start Date (in UTC)", 0), "2026-09-01");
  EXPECT_EQ(csv.date("Start Date (in UTC)", 2), "2026-09-03");
  EXPECT_NEAR(csv.sum("Total Spent"), 567.13, 1e-9);
  EXPECT_EQ(csv.sum("Impressions"), 19522);
  EXPECT_EQ(csv.sum("Leads"), 12);
  EXPECT_EQ(csv.column("Total Spent").currency, "USD");
  EXPECT_TRUE(csv.diagnostics.has(Code::totals_agree));
}

TEST(RealFiles, LinkedInDemographicsInUtf16) {
  KPI_SHARED_FILE(bytes, "vendor/linkedin_demographics_utf16_tab.csv");
  const ReadCsv csv = read_csv(bytes);
  EXPECT_EQ(csv.number("Impressions", 0), 11172);
  EXPECT_EQ(csv.number("Impressions", 1), 3206);
}

TEST(RealFiles, MetaInFrenchAndGerman) {
  KPI_SHARED_FILE(french, "vendor/meta_ads_fr_semicolon.csv");
  const ReadCsv fr = read_csv(french);
  EXPECT_EQ(fr.number("Impressions", 1), 80000);
  EXPECT_EQ(fr.number("Clics sur un lien", 1), 900);
  EXPECT_EQ(fr.number("Montant d\xC3\xA9pens\xC3\xA9 (EUR)", 1), 1200);
  EXPECT_EQ(fr.number("Valeur de conversion des achats", 0), 1500);
  KPI_SHARED_FILE(german, "vendor/meta_ads_de_bom.csv");
  const ReadCsv de = read_csv(german);
  EXPECT_EQ(de.number("Ausgegebener Betrag (EUR)", 0), 12.5);
  EXPECT_EQ(de.text("Kampagnenname", 0), "Creator; werben");
}

TEST(RealFiles, YandexInTwoEncodings) {
  KPI_SHARED_FILE(utf8, "vendor/yandex_direct_ru_utf8.csv");
  KPI_SHARED_FILE(cp1251, "vendor/yandex_direct_ru_cp1251.csv");
  const ReadCsv a = read_csv(utf8), b = read_csv(cp1251);
  EXPECT_EQ(b.layout.encoding, Encoding::kWindows1251);
  EXPECT_EQ(a.layout.headers, b.layout.headers);
  for (const ReadCsv* csv : {&a, &b}) {
    EXPECT_EQ(csv->receipt.totals, 1U);
    EXPECT_EQ(csv->receipt.used, 2U);
    EXPECT_EQ(csv->sum("\xD0\xA0\xD0\xB0\xD1\x81\xD1\x85\xD0\xBE\xD0\xB4 (\xD1\x80\xD1\x83\xD0\xB1.)"), 505.5);
  }
}

TEST(RealFiles, Ga4GrandTotalIsTheFirstRow) {
  KPI_SHARED_FILE(bytes, "web/ga4_exploration_grand_total_first.csv");
  const ReadCsv csv = read_csv(bytes);
  EXPECT_EQ(csv.receipt.totals, 1U);
  EXPECT_EQ(csv.sum("Event count"), 48);
  EXPECT_EQ(csv.sum("Sessions"), 5);
}

TEST(RealFiles, CrmFiles) {
  KPI_SHARED_FILE(maven, "crm/maven/sales_pipeline.csv");
  const ReadCsv pipeline = read_csv(maven);
  EXPECT_EQ(pipeline.receipt.used, 8800U);
  EXPECT_EQ(pipeline.sum("close_value"), 10005534);
  EXPECT_EQ(pipeline.column("account").present, 8800U - 1425U);
  EXPECT_EQ(pipeline.column("engage_date").present, 8300U);
  KPI_SHARED_FILE(olist, "crm/olist/olist_marketing_qualified_leads_dataset.csv");
  const ReadCsv leads = read_csv(olist);
  EXPECT_EQ(leads.receipt.used, 8000U);
  EXPECT_EQ(format_iso_date(leads.column("first_contact_date").first_day), "2017-06-14");
  EXPECT_EQ(format_iso_date(leads.column("first_contact_date").last_day), "2018-05-31");
}

TEST(RealFiles, CsvSpectrumReadsAsExpected) {
  const char* names[] = {"comma_in_quotes", "empty", "empty_crlf", "escaped_quotes", "json", "newlines", "newlines_crlf", "quotes_and_newlines",
                         "simple", "simple_crlf", "utf8"};  // location_coordinates: its expected file is of another row
  int compared = 0;
  for (const std::string name : names) {
    KPI_SHARED_FILE(bytes, "torture/csv-spectrum/" + name + ".csv");
    KPI_SHARED_FILE(expected_bytes, "torture/csv-spectrum/" + name + ".expected.json");
    const nlohmann::json expected = nlohmann::json::parse(expected_bytes, nullptr, false);
    ASSERT_TRUE(expected.is_array());
    const ReadCsv csv = read_csv(bytes, "t");
    ASSERT_FALSE(csv.error) << name;
    ASSERT_EQ(csv.layout.samples.size(), expected.size()) << name;
    for (std::size_t row = 0; row < expected.size(); ++row) {
      for (std::size_t column = 0; column < csv.layout.headers.size(); ++column) {
        std::string wanted = expected[row][csv.layout.headers[column]].get<std::string>();
        if (bytes.find('\r') == std::string::npos) std::erase(wanted, '\r');  // the stored file has lost its CRs
        EXPECT_EQ(csv.layout.samples[row][column], wanted) << name;
        ++compared;
      }
    }
  }
  EXPECT_GT(compared, 40);
}

/// Header and rows read exactly as the clean twin has them.
bool reads_exactly(const std::string& name) {
  const auto dirty = shared_file("torture/pollock/csv/" + name), clean = shared_file("torture/pollock/clean/" + name);
  if (!dirty || !clean) return false;
  const ReadCsv csv = read_csv(*dirty, "t");
  if (csv.error) return false;
  const std::vector<RawRecord> records = split_records(*clean, {}, true, 1000);
  if (records.empty() || clean_cells(records[0], {}) != csv.layout.headers || records.size() != csv.layout.samples.size() + 1) return false;
  for (std::size_t i = 1; i < records.size(); ++i) {
    if (clean_cells(records[i], {}) != csv.layout.samples[i - 1]) return false;
  }
  return true;
}

TEST(RealFiles, PollockFilesThatCanBeDecidedReadExactly) {
  if (!shared_file("torture/pollock/csv/source.csv")) GTEST_SKIP() << "no shared data (set KPI_SHARED)";
  const char* names[] = {"file_double_trailing_newline", "file_escape_char_0x5C", "file_field_delimiter_0x2C_0x20", "file_field_delimiter_0x3B",
                         "file_field_delimiter_0x9", "file_no_trailing_newline", "file_one_data_row", "file_preamble",
                         "file_record_delimiter_0xA", "file_record_delimiter_0xD", "source"};
  int read = 0;
  for (const std::string name : names) {
    EXPECT_TRUE(reads_exactly(name + ".csv")) << name;
    ++read;
  }
  EXPECT_EQ(read, 11);
  const ReadCsv header_only = read_csv(*shared_file("torture/pollock/csv/file_header_only.csv"));
  ASSERT_TRUE(header_only.error);
  EXPECT_EQ(header_only.error->code, Code::file_header_only);
  const ReadCsv nothing = read_csv(*shared_file("torture/pollock/csv/file_no_payload.csv"));
  ASSERT_TRUE(nothing.error);
  EXPECT_EQ(nothing.error->code, Code::file_empty);
  const ReadCsv no_header = read_csv(*shared_file("torture/pollock/csv/file_no_header.csv"));
  EXPECT_EQ(no_header.layout.header_record, 0U);
}

}  // namespace
}  // namespace kpi::test
