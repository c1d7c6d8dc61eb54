#include "core/mapping/name_index.h"

#include <map>
#include <set>

#include "core/mapping/values.h"
#include "tests/unit/mapping/shipped_mapper.h"

namespace kpi {
namespace {

const NameIndex& names() {
  static const Result<NameIndex> kLoaded = load_name_index();
  EXPECT_TRUE(kLoaded.ok());
  return kLoaded.value();
}

TEST(ShippedNames, EveryReportHasATableOfTheCatalogueOrNone) {
  std::size_t with_table = 0;
  for (const NameReport& report : names().reports) {
    if (report.table.empty()) continue;
    EXPECT_NE(test::shipped_catalog().table(report.table), nullptr) << report.vendor << ' ' << report.table;
    ++with_table;
  }
  EXPECT_GE(with_table, 30U);
}

TEST(ShippedNames, EveryFieldExistsInSomeTable) {
  std::set<std::string, std::less<>> known = {"$id", "$stage", "$status"};
  for (const TableSchema& table : test::shipped_catalog().tables()) {
    for (const Field& field : table.fields) known.insert(field.id);
  }
  std::size_t checked = 0;
  for (const KnownName& name : names().names) {
    if (name.kind != NameKind::kField) continue;
    EXPECT_EQ(known.count(name.field), 1U) << name.field << " of " << name.text;
    ++checked;
  }
  EXPECT_GE(checked, 2000U);
}

TEST(ShippedNames, NoReportGivesOneNameTwoFields) {
  std::map<std::pair<std::uint16_t, std::string>, std::string_view> fields;
  std::size_t checked = 0;
  for (const KnownName& name : names().names) {
    if (name.kind != NameKind::kField || name.is_guess || names().reports[name.report].name.starts_with("shared:")) continue;
    const auto [entry, is_new] = fields.try_emplace({name.report, std::string(name.folded)}, name.field);
    if (!is_new) {
      EXPECT_EQ(entry->second, name.field) << names().reports[name.report].vendor << ": " << name.text;
    }
    ++checked;
  }
  EXPECT_GE(checked, 1500U);
}

TEST(ShippedNames, NeedsAndWeightsNameFieldsOfTheTable) {
  std::size_t generic = 0;
  for (const NameReport& report : names().reports) {
    if (!report.is_generic) continue;
    const TableSchema* table = test::shipped_catalog().table(report.table);
    ASSERT_NE(table, nullptr);
    EXPECT_FALSE(report.needs.empty());
    for (const std::vector<std::string>& set : report.needs) {
      for (const std::string& field : set) EXPECT_NE(table->find(field), nullptr) << report.table << ' ' << field;
    }
    for (const auto& [field, weight] : report.weights) EXPECT_NE(table->find(field), nullptr) << report.table << ' ' << field;
    ++generic;
  }
  EXPECT_EQ(generic, 21U);
}

TEST(ShippedNames, GuessesAreApartAndFewerThanEvidence) {
  std::size_t guesses = 0;
  for (const KnownName& name : names().names) guesses += name.is_guess ? 1 : 0;
  EXPECT_GT(guesses, 300U);
  EXPECT_LT(guesses * 3, names().names.size());
}

TEST(ShippedWords, EveryListIsThere) { EXPECT_EQ(broken_word_file(), ""); }

TEST(AddNames, RefusesWhatIsNotANameList) {
  for (const char* json : {"", "[]", "{}", "{\"reports\":{}}", "{\"reports\":[1]}", "{\"reports\":[{\"names\":[]}]}",
                           "{\"reports\":[{\"names\":{\"cost\":[]}}]}", "{\"reports\":[{\"names\":{\"cost\":{\"en\":\"Cost\"}}}]}",
                           "{\"reports\":[{\"names\":{\"cost\":{\"en\":[1]}}}]}", "{\"reports\":[{\"names\":{\"cost:x\":{\"en\":[]}}}]}"}) {
    NameIndex index;
    const Status status = add_names(index, "x.json", json, false);
    ASSERT_FALSE(status.ok()) << json;
    EXPECT_EQ(status.error().code, Code::catalog_invalid);
  }
}

TEST(AddNames, SharedNamesReachTheReportsOfTheirTables) {
  NameIndex index;
  ASSERT_TRUE(add_names(index, "x.json",
                        R"({"vendor":"V","reports":[{"report":"people","table":"leads"},{"report":"deals","table":"opportunities"},
                            {"report":"s","shared_by":["leads"],"names":{"$id":{"en":["Key"]}}}]})", false).ok());
  finish_index(index);
  const NameIds& ids = index.find_exact("key");
  ASSERT_EQ(ids.size(), 1U);
  EXPECT_EQ(index.names[ids[0]].field, "lead_id");
  EXPECT_EQ(index.reports[index.names[ids[0]].report].name, "people");
  EXPECT_DOUBLE_EQ(index.distinctiveness(ids), 1.0);
}

}  // namespace
}  // namespace kpi
