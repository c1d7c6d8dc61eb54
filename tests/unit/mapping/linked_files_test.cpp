// Files that belong together, as the sample company's do: each must land in its own table, and name its partners.
#include "core/mapping/mapper.h"

#include "tests/unit/mapping/shipped_mapper.h"

namespace kpi {
namespace {

using test::map_headers;

TEST(LinkedFiles, AListOfCompaniesIsNoListOfPeople) {
  const FileMapping file = map_headers({"Company name", "Industry", "Country/Region", "Number of Employees"}, {{"Alder Pumps", "Machinery", "Germany", "120"}});
  EXPECT_EQ(file.table, "accounts");
  ASSERT_EQ(file.columns.size(), 4u);
  EXPECT_EQ(file.columns[0].field, "account_name");
  EXPECT_TRUE(file.columns[0].is_applied);
  EXPECT_EQ(file.columns[3].field, "employees");
}

TEST(LinkedFiles, ADealNamesTheContactThatItCameFrom) {
  const FileMapping file = map_headers({"Record ID", "Deal Stage", "Amount", "Create Date", "Close Date", "Associated Contact IDs"},
                                       {{"5001", "Closed Won", "1200", "2024-01-20", "2024-04-04", "10001"}});
  EXPECT_EQ(file.table, "opportunities");
  ASSERT_EQ(file.columns.size(), 6u);
  EXPECT_EQ(file.columns[5].field, "lead_id");
  EXPECT_TRUE(file.columns[5].is_applied);
}

}  // namespace
}  // namespace kpi
