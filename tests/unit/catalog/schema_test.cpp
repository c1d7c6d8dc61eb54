// core/catalog/schema.json says what the loader accepts: the same words, and every member that the data uses.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

#include "core/base/embedded.h"
#include "core/catalog/vocabulary.h"
#include "tests/support/paths.h"

namespace kpi {
namespace {

using nlohmann::json;

const json& schema() {
  static const json kSchema = [] {
    std::ifstream file(test::source_folder() + "/core/catalog/schema.json");
    return json::parse(std::string(std::istreambuf_iterator<char>(file), {}), nullptr, false);
  }();
  return kSchema;
}

/// Words of an enum, by its JSON pointer.
std::set<std::string> words_at(const char* pointer) {
  std::set<std::string> words;
  const json::json_pointer at(pointer);
  if (schema().contains(at)) {
    for (const json& word : schema()[at]) words.insert(word.get<std::string>());
  }
  return words;
}

std::set<std::string> as_set(std::span<const std::string_view> words) { return {words.begin(), words.end()}; }

TEST(CatalogSchema, ListsTheWordsThatTheLoaderTakes) {
  ASSERT_TRUE(schema().is_object());
  EXPECT_EQ(words_at("/definitions/display/enum"), as_set(displays()));
  EXPECT_EQ(words_at("/definitions/kpi/properties/better/enum"), as_set(directions()));
  EXPECT_EQ(words_at("/definitions/kpi/properties/status/enum"), as_set(statuses()));
  EXPECT_EQ(words_at("/definitions/field/properties/kind/enum"), as_set(column_kinds()));
  EXPECT_EQ(words_at("/definitions/field/properties/role/enum"), as_set(field_roles()));
  EXPECT_EQ(words_at("/definitions/measure_source/properties/aggregate/enum"), as_set(aggregates()));
  EXPECT_EQ(words_at("/definitions/measure_source/properties/where/properties/deal_status/enum"), as_set(deal_statuses()));
  EXPECT_EQ(words_at("/definitions/measure_source/properties/where/properties/reached/enum"), as_set(lead_stages()));
  EXPECT_EQ(words_at("/definitions/measure_source/properties/where/properties/entered/enum"), as_set(entry_stages()));
}

/// Members of `entry` that the schema's definition does not list.
void expect_listed(const json& entry, const std::string& definition, int& checked) {
  const json& properties = schema()["definitions"][definition]["properties"];
  for (auto it = entry.begin(); it != entry.end(); ++it) {
    EXPECT_TRUE(properties.contains(it.key())) << definition << " " << it.key();
    ++checked;
  }
}

TEST(CatalogSchema, ListsEveryMemberOfTheData) {
  int checked = 0;
  for (const std::string_view path : embedded_files("core/catalog/data/")) {
    const std::string_view text = embedded_file(path);
    const json file = json::parse(text.begin(), text.end(), nullptr, false);
    ASSERT_TRUE(file.is_object()) << path;
    for (const json& table : file.value("tables", json::array())) {
      expect_listed(table, "table", checked);
      for (const json& field : table.value("fields", json::array())) expect_listed(field, "field", checked);
    }
    for (const json& measure : file.value("measures", json::array())) {
      expect_listed(measure, "measure", checked);
      for (const json& source : measure.value("sources", json::array())) expect_listed(source, "measure_source", checked);
    }
    for (const json& kpi : file.value("kpis", json::array())) expect_listed(kpi, "kpi", checked);
  }
  EXPECT_GT(checked, 1000);
}

}  // namespace
}  // namespace kpi
