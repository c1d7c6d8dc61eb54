// The analyses over small files of every odd kind, drawn from seeds: an answer or a reason each time, and what must add up does.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "core/models/seeded_random.h"
#include "tests/support/session_files.h"

namespace kpi {
namespace {

using test::Json;
using test::load;

constexpr std::array<const char*, 6> kMethods = {"analyse_attribution", "analyse_funnel", "analyse_customers", "analyse_experiments", "analyse_scoring", "analyse_forecast"};

class DrawnFiles {
 public:
  explicit DrawnFiles(std::uint64_t seed) : random_(seed) {}

  std::string touchpoints() {
    std::string text = "Touchpoint ID,Company,Touchpoint date,Channel\n";
    return lines(std::move(text), [this](std::uint32_t i) { return "T-" + std::to_string(i) + "," + company() + "," + date() + "," + one_of({"Email", "Direct", "Paid Search", "", "Events"}); });
  }
  std::string deals() {
    std::string text = "Deal ID,Company,Create date,Close date,Deal stage,Amount,Currency\n";
    return lines(std::move(text), [this](std::uint32_t i) {
      return "D-" + std::to_string(i) + "," + company() + "," + date() + "," + date() + "," + one_of({"Closed Won", "Closed Lost", "Proposal", "Closed Won"}) + "," + amount() + ",EUR";
    });
  }
  std::string leads() {
    std::string text = "Record ID,Create Date,Lifecycle Stage,Original Source,Became a Marketing Qualified Lead Date,Became a Customer Date,HubSpot Score,Handed over at,First response at\n";
    return lines(std::move(text), [this](std::uint32_t i) {
      return std::to_string(i) + "," + date() + "," + one_of({"Lead", "Customer", "Marketing Qualified Lead", "Customer"}) + "," + one_of({"Organic Search", "Direct Traffic", ""}) + "," + date() + "," + date() +
             "," + one_of({"5", "5", "80", "", "-3", "1e300"}) + "," + date() + " 10:00," + date() + " 09:00";
    });
  }
  std::string orders() {
    return lines("Order number,Order date,Customer,Order value,Currency\n", [this](std::uint32_t i) { return "O-" + std::to_string(i) + "," + date() + "," + company() + "," + amount() + ",EUR"; });
  }
  std::string subscriptions() {
    return lines("Subscription ID,Customer,MRR,Currency,Start date,End date\n", [this](std::uint32_t i) { return "S-" + std::to_string(i) + "," + company() + "," + amount() + ",EUR," + date() + "," + date(); });
  }
  std::string experiments() {
    return lines("Week,Experiment,Variant,Visitors,Conversions\n", [this](std::uint32_t) {
      return date() + "," + one_of({"A", "B", ""}) + "," + one_of({"Control", "Variant", "Third", ""}) + "," + one_of({"0", "1", "10", "1000", "-5", "1e13", ""}) + "," + one_of({"0", "1", "10", "2000", ""});
    });
  }

 private:
  std::uint32_t below(std::uint32_t n) { return random_.below(n); }
  std::string one_of(const std::vector<std::string>& choices) { return choices[below(static_cast<std::uint32_t>(choices.size()))]; }
  std::string company() { return one_of({"Alder", "Birch", "Cedar", "Doum", "Elm", "Fir", "Gum", ""}); }
  std::string amount() { return one_of({"100", "250.5", "0", "-40", "1e308", "1e-300", "100", "100", ""}); }
  std::string date() {
    if (below(9) == 0) return "";
    char text[16];
    std::snprintf(text, sizeof text, "202%u-%02u-%02u", 3 + below(3), 1 + below(12), 1 + below(28));
    return text;
  }
  template <class Line>
  std::string lines(std::string text, Line line) {
    static constexpr std::array<std::uint32_t, 5> kCounts = {1, 2, 3, 30, 200};
    const std::uint32_t count = kCounts[below(kCounts.size())];
    for (std::uint32_t i = 0; i < count; ++i) text += line(i) + "\n";
    return text;
  }
  SeededRandom random_;
};

bool is_undefined(const Json& part) { return part.contains("undefined") && !part["undefined"].is_null(); }

/// Numbers of a part, or 0.
double number(const Json& json, const char* key) { return json.contains(key) && json[key].is_number() ? json[key].get<double>() : 0; }

void expect_credits_add_up(const Json& found) {
  if (is_undefined(found)) return;
  for (std::size_t m = 0; m < found["models"].size(); ++m) {
    const Json& model = found["models"][m];
    if (!model["undefined"].is_null()) continue;
    double sum = number(model, "conversions");
    for (const Json& member : found["members"]) {
      if (m < member["credits"].size()) sum += number(member["credits"][m], "conversions");
    }
    EXPECT_NEAR(sum, number(found, "conversions"), 1e-6 * (1 + number(found, "conversions"))) << model["id"];
  }
}

void expect_stages_add_up(const Json& found) {
  if (is_undefined(found) || is_undefined(found["leaks"])) return;
  for (const Json& stage : found["leaks"]["stages"]) {
    double entered = 0;
    for (const Json& cell : stage["cells"]) {
      EXPECT_EQ(number(cell, "entered"), number(cell, "advanced") + number(cell, "disqualified") + number(cell, "stale") + number(cell, "open")) << stage["stage"];
      entered += number(cell, "entered");
    }
    EXPECT_EQ(entered, number(stage["all"], "entered")) << stage["stage"];
  }
}

class Analyses : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(Analyses, AnswerOrSayWhyNot) {
  SCOPED_TRACE("seed " + std::to_string(GetParam()));
  DrawnFiles files(GetParam());
  Session session;
  const unsigned which = static_cast<unsigned>(GetParam() * 37 % 64);
  if (which & 1U) load(session, "touchpoints.csv", files.touchpoints());
  if (which & 2U) load(session, "deals.csv", files.deals());
  if (which & 4U) load(session, "leads.csv", files.leads());
  if (which & 8U) load(session, "orders.csv", files.orders());
  if (which & 16U) load(session, "subscriptions.csv", files.subscriptions());
  if (which & 32U) load(session, "experiments.csv", files.experiments());
  for (const char* method : kMethods) {
    for (const Json& request : {Json::object(), Json{{"from", "2024-02-01"}, {"to", "2024-02-29"}}}) {
      const std::string text = session.call(method, request.dump());
      const Json answer = Json::parse(text, nullptr, false);
      ASSERT_TRUE(answer.is_object()) << method << " " << text.substr(0, 200);
      if (!answer["ok"].get<bool>()) {
        EXPECT_FALSE(answer["error"]["code"].get<std::string>().empty()) << method;
        continue;
      }
      const Json& found = answer["result"];
      EXPECT_TRUE(found.is_object()) << method;
      if (method == kMethods[0]) expect_credits_add_up(found);
      if (method == kMethods[1]) expect_stages_add_up(found);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Analyses, ::testing::Range<std::uint64_t>(1, 65));

}  // namespace
}  // namespace kpi
