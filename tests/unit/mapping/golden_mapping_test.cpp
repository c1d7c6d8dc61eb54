// Runs tests/golden/mapping/*.json: a header row in, vendor, table and each column's field out.
//
// A case: "source" says where the header row was read (rows of real exports; values of the files are not kept here), then what
// must come out; a column is [header, field, is applied, confidence, reason, currency of its suffix].
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "tests/support/paths.h"
#include "tests/unit/mapping/shipped_mapper.h"

namespace kpi {
namespace {

using nlohmann::json;

const char* name_of(Confidence confidence) {
  constexpr const char* kNames[] = {"none", "check", "likely", "certain"};
  return kNames[static_cast<std::size_t>(confidence)];
}

json as_json(const HeaderMatch& match) {
  json column = {match.header, match.field, match.is_applied, name_of(match.confidence), match.reason};
  if (!match.currency.empty()) column.push_back(match.currency);
  return column;
}

TEST(GoldenMapping, EveryHeaderRowComesOutAsReviewed) {
  std::size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(test::source_folder() + "/tests/golden/mapping")) {
    std::ifstream file(entry.path());
    const json golden = json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
    ASSERT_TRUE(golden.is_array()) << entry.path();
    for (const json& expected : golden) {
      SCOPED_TRACE(entry.path().filename().string() + ": " + expected["source"].get<std::string>());
      const auto text = [&](const char* member) { return expected[member].get<std::string>(); };
      test::Row headers;
      for (const json& column : expected["columns"]) headers.push_back(column[0].get<std::string>());
      const FileMapping file_mapping = test::map_headers(headers);
      EXPECT_EQ(file_mapping.vendor, text("vendor"));
      EXPECT_EQ(file_mapping.vendor_report, text("report"));
      EXPECT_EQ(file_mapping.language, text("language"));
      EXPECT_EQ(file_mapping.table, text("table"));
      EXPECT_EQ(file_mapping.proposed_table, expected.value("proposed_table", ""));
      EXPECT_EQ(name_of(file_mapping.table_confidence), text("table_confidence"));
      EXPECT_EQ(file_mapping.channel, text("channel"));
      EXPECT_EQ(file_mapping.implied_stage, text("implied_stage"));
      ASSERT_EQ(file_mapping.columns.size(), expected["columns"].size());
      for (std::size_t i = 0; i < headers.size(); ++i) {
        EXPECT_EQ(as_json(file_mapping.columns[i]), expected["columns"][i]);
        EXPECT_EQ(file_mapping.columns[i].source_column, static_cast<std::int32_t>(i));
      }
      ++cases;
    }
  }
  EXPECT_GE(cases, 75U);
}

}  // namespace
}  // namespace kpi
