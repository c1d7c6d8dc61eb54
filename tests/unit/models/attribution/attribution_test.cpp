// Expected: catalogue of KPIs (section 3a: invariants; section 6: golden numbers), and arithmetic.
#include "core/models/attribution/attribution.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

using attribution_test::from_paths;
using attribution_test::random_journeys;

const ModelResult* find(const std::vector<ModelResult>& results, std::string_view id) {
  for (const ModelResult& r : results) {
    if (r.id == id) return &r;
  }
  return nullptr;
}

TEST(Attribution, EveryModelUnderItsId) {
  AttributionSettings settings;
  settings.direct_channel = 0;
  settings.has_custom_weights = true;
  settings.custom_weights = {.first = .5, .last = .5};
  std::set<std::string_view> ids;
  for (const ModelResult& r : attribute(random_journeys(1, 40, 4, 6), settings)) {
    EXPECT_TRUE(r.credit.ok()) << r.id;
    EXPECT_TRUE(ids.insert(r.id).second) << r.id;
  }
  EXPECT_EQ(ids, (std::set<std::string_view>{"first_touch", "last_touch", "last_non_direct", "linear", "position_based_last_touch",
                                             "position_based_lead_creation", "w_shaped", "full_path", "j_shaped", "inverse_j", "time_decay",
                                             "custom_position", "markov", "shapley", "shapley_rate"}));
}

TEST(Attribution, SettingsReachTheirModels) {
  Journeys journeys = from_paths({{"A>B>C>D", 1, 100, 1}}).journeys;
  journeys.has_ages = true;
  for (std::size_t i = 0; i < 4; ++i) journeys.touches[i].age_days = 30.0 * static_cast<double>(3 - i);
  journeys.list[0].lead = 1;
  AttributionSettings settings;
  settings.direct_channel = 3;
  settings.half_life_days = 30;  // weights 1/8, 1/4, 1/2, 1: D has 8/15
  settings.lead_position_only_until_lead = true;
  const std::vector<ModelResult> results = attribute(journeys, settings);
  EXPECT_NEAR(find(results, "time_decay")->credit.value().by_channel[3].value, 800 / 15.0, 1e-12);
  EXPECT_EQ(find(results, "last_non_direct")->credit.value().by_channel[2].conversions, 1);
  EXPECT_EQ(find(results, "position_based_lead_creation")->credit.value().by_channel[3].conversions, 0);
  EXPECT_NEAR(find(results, "position_based_lead_creation")->credit.value().by_channel[0].conversions, 0.5, 1e-15);
  EXPECT_EQ(find(results, "custom_position"), nullptr);
}

TEST(Attribution, CreditsAndTheUnattributedSumToAll) {
  int checked = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const Journeys journeys = random_journeys(seed, 80, 5, 7);
    const JourneyTotals totals = journey_totals(journeys).value();
    ASSERT_GT(totals.untouched.conversions, 0);
    AttributionSettings settings;
    settings.markov_order = 1 + static_cast<std::int32_t>(seed % 3);
    for (const ModelResult& r : attribute(journeys, settings)) {
      SCOPED_TRACE(testing::Message() << "seed " << seed << " " << r.id);
      ASSERT_TRUE(r.credit.ok());
      EXPECT_EQ(r.credit.value().unattributed.conversions, totals.untouched.conversions);
      Credit sum = r.credit.value().unattributed;
      for (const Credit& c : r.credit.value().by_channel) {
        sum.conversions += c.conversions;
        sum.value += c.value;
      }
      EXPECT_NEAR(sum.conversions, totals.all.conversions, 1e-11 * totals.all.conversions);
      EXPECT_NEAR(sum.value, totals.all.value, 1e-11 * totals.all.value);
      ++checked;
    }
  }
  EXPECT_GT(checked, 100);
}

TEST(Attribution, AModelWithoutAnswerStopsNoOther) {
  AttributionSettings settings;
  settings.markov_order = 7;
  settings.has_custom_weights = true;
  settings.custom_weights = {.first = .1};
  settings.shapley_rate.orders = 0;
  const std::vector<ModelResult> results = attribute(from_paths({{"A>B", 2, 10, 1}}).journeys, settings);
  EXPECT_EQ(find(results, "markov")->credit.reason().code, "out_of_range");
  EXPECT_EQ(find(results, "custom_position")->credit.reason().code, "out_of_range");
  EXPECT_EQ(find(results, "shapley_rate")->credit.reason().code, "out_of_range");
  EXPECT_EQ(find(results, "time_decay")->credit.reason().code, "no_date");
  EXPECT_EQ(find(results, "w_shaped")->credit.reason().code, "missing_input");
  EXPECT_EQ(find(results, "linear")->credit.value().by_channel[0].conversions, 1);
  for (const ModelResult& r : attribute({}, settings)) EXPECT_FALSE(r.credit.ok()) << r.id;
}

}  // namespace
}  // namespace kpi
