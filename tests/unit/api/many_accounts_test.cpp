// Files with more account names than a text column tells apart: rows must still be joined by them, and counted.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/session_files.h"

namespace kpi {
namespace {

using test::ask;
using test::Json;
using test::load;

constexpr int kAccounts = 70000;

std::string deals() {
  std::string text = "Deal ID,Company,Create date,Close date,Deal stage,Amount\n";
  for (int i = 0; i < kAccounts; ++i) text += "D-" + std::to_string(i) + ",Company " + std::to_string(i) + ",2024-01-01,2024-03-01,Closed Won,10\n";
  return text;
}

TEST(ManyAccounts, EachIsANewCustomerOnceHoweverItIsWritten) {
  Session session;
  std::string text = deals();
  for (int i = kAccounts - 1000; i < kAccounts; ++i) text += "E-" + std::to_string(i) + ",COMPANY  " + std::to_string(i) + ",2024-02-01,2024-05-01,Closed Won,5\n";
  const Json loaded = load(session, "deals.csv", text);
  ASSERT_TRUE(loaded["ok"].get<bool>()) << loaded;
  EXPECT_NE(loaded.dump().find("values_too_many"), std::string::npos) << "names past the limit are shown together, and the page says so";
  const Json report = ask(session, "report", {{"from", "2024-01-01"}, {"to", "2024-12-31"}});
  const auto value = [&](const char* id) {
    for (const Json& kpi : report["result"]["kpis"]) {
      if (kpi["id"] == id) return kpi["value"].get<double>();
    }
    return -1.0;
  };
  EXPECT_EQ(value("won_deals"), kAccounts + 1000);
  EXPECT_EQ(value("new_customers"), kAccounts);
}

TEST(ManyAccounts, TouchesMeetTheDealsOfAll) {
  Session session;
  std::string touches = "Touchpoint ID,Company,Touchpoint date,Channel\n";
  for (int i = 0; i < kAccounts; ++i) touches += "T-" + std::to_string(i) + ",Company " + std::to_string(i) + ",2024-02-01," + (i % 2 != 0 ? "Email\n" : "Paid Search\n");
  ASSERT_TRUE(load(session, "deals.csv", deals())["ok"].get<bool>());
  ASSERT_TRUE(load(session, "touchpoints.csv", touches)["ok"].get<bool>());
  const Json found = ask(session, "analyse_attribution", {{"look_back_days", 365}})["result"];
  EXPECT_EQ(found["conversions"], kAccounts);
  EXPECT_EQ(found["deals"]["untouched"], 0);
  const Json& models = found["models"];
  const auto linear = std::find_if(models.begin(), models.end(), [](const Json& model) { return model["id"] == "linear"; });
  ASSERT_NE(linear, models.end());
  for (const Json& member : found["members"]) {
    EXPECT_EQ(member["credits"][static_cast<std::size_t>(linear - models.begin())]["conversions"], kAccounts / 2) << member["key"];
  }
  EXPECT_EQ(found["members"].size(), 2U);
}

}  // namespace
}  // namespace kpi
