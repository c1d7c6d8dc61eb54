// Expected: by hand, from rules written in the header.
#include "core/models/attribution/journey_builder.h"

#include <gtest/gtest.h>

#include "core/models/attribution/position_models.h"
#include "tests/unit/models/attribution/journey_fixture.h"

namespace kpi {
namespace {

constexpr double kDay = 86400;

TouchRow touch(std::uint64_t person, double day, std::int32_t channel, Milestone milestone = Milestone::kNone) {
  return {person, day * kDay, channel, 10 + channel, milestone};
}

std::vector<std::int32_t> channels_of(const BuiltJourneys& built, std::size_t journey) {
  std::vector<std::int32_t> channels;
  for (const Touch& t : built.journeys.of(built.journeys.list.at(journey))) channels.push_back(t.channel);
  return channels;
}

using Channels = std::vector<std::int32_t>;

TEST(JourneyBuilder, SortsByMomentAndThenByRow) {
  const std::vector<TouchRow> touches = {touch(7, 5, 3), touch(7, 2, 1), touch(7, 5, 2), touch(7, 2, 0)};
  const std::vector<ConversionRow> conversions = {{.person = 7, .moment = 5 * kDay, .value = 100}};
  const BuiltJourneys built = build_journeys(touches, conversions, 4);
  ASSERT_EQ(built.journeys.list.size(), 1U);
  EXPECT_EQ(channels_of(built, 0), (Channels{1, 0, 3, 2}));  // the touch at the moment of the conversion is in
  const Journey& journey = built.journeys.list[0];
  EXPECT_EQ(journey.conversions, 1);
  EXPECT_EQ(journey.value, 100);
  EXPECT_EQ(journey.close, 3);
  EXPECT_EQ(journey.lead, kNoTouch);
  EXPECT_EQ(built.journeys.touches[0].age_days, 3);
  EXPECT_EQ(built.journeys.touches[0].campaign, 11);
  EXPECT_EQ(built.journeys.touches[0].row, 1U);
  EXPECT_EQ(built.receipt.touches_used, 4U);
  EXPECT_EQ(built.receipt.without_lead, 1U);
}

TEST(JourneyBuilder, LookBackAndTouchesAfterTheConversion) {
  const std::vector<TouchRow> touches = {touch(1, 0, 0), touch(1, 10, 1), touch(1, 39, 2), touch(1, 41, 3)};
  const std::vector<ConversionRow> conversions = {{.person = 1, .moment = 40 * kDay, .value = 1}};
  const BuiltJourneys built = build_journeys(touches, conversions, 4, {.look_back_days = 30});
  EXPECT_EQ(channels_of(built, 0), (Channels{1, 2}));  // exactly 30 days old is in
  EXPECT_EQ(built.receipt.touches_before_window, 1U);
  EXPECT_EQ(built.receipt.touches_after_conversion, 1U);
  const BuiltJourneys none = build_journeys(touches, conversions, 4, {.look_back_days = 0});
  EXPECT_EQ(none.journeys.list[0].count, 0U);
  EXPECT_EQ(none.receipt.conversions_untouched, 1U);
}

TEST(JourneyBuilder, SeveralConversionsOfAPerson) {
  const std::vector<TouchRow> touches = {touch(1, 1, 0), touch(1, 2, 1), touch(1, 12, 2)};
  const std::vector<ConversionRow> conversions = {{.person = 1, .moment = 20 * kDay, .value = 2}, {.person = 1, .moment = 10 * kDay, .value = 1},
                                                  {.person = 1, .moment = 20 * kDay, .value = 3}};
  const BuiltJourneys since = build_journeys(touches, conversions, 3);
  ASSERT_EQ(since.journeys.list.size(), 3U);
  EXPECT_EQ(channels_of(since, 0), (Channels{0, 1}));
  EXPECT_EQ(channels_of(since, 1), (Channels{2}));
  EXPECT_EQ(channels_of(since, 2), (Channels{2}));  // of the same moment: the same touches
  EXPECT_EQ(since.journeys.list[2].value, 3);
  EXPECT_EQ(since.receipt.touches_used, 3U);
  const BuiltJourneys all = build_journeys(touches, conversions, 3, {.repeats = RepeatConversions::kAllInWindow});
  EXPECT_EQ(channels_of(all, 1), (Channels{0, 1, 2}));
  EXPECT_EQ(all.receipt.touches_used, 3U);
}

TEST(JourneyBuilder, MilestonesByMoment) {
  const std::vector<TouchRow> touches = {touch(1, 1, 0), touch(1, 3, 1), touch(1, 8, 2), touch(1, 9, 3)};
  ConversionRow c{.person = 1, .moment = 10 * kDay, .value = 1, .lead_created = 3.5 * kDay, .opportunity_created = 8 * kDay};
  const BuiltJourneys built = build_journeys(touches, std::vector{c}, 4);
  EXPECT_EQ(built.journeys.list[0].lead, 1);
  EXPECT_EQ(built.journeys.list[0].opportunity, 2);
  EXPECT_EQ(built.journeys.list[0].close, 3);
  const BuiltJourneys early = build_journeys(touches, std::vector{c}, 4, {.without_touches_after_opportunity = true});
  EXPECT_EQ(channels_of(early, 0), (Channels{0, 1, 2}));
  EXPECT_EQ(early.journeys.list[0].close, kNoTouch);
  EXPECT_EQ(early.receipt.touches_after_opportunity, 1U);
  c.lead_created = 0;  // before every touch of the journey
  EXPECT_EQ(build_journeys(touches, std::vector{c}, 4).journeys.list[0].lead, kNoTouch);
}

TEST(JourneyBuilder, MilestonesMarkedByTheFileGoFirst) {
  const std::vector<TouchRow> touches = {touch(1, 1, 0), touch(1, 3, 1, Milestone::kLead), touch(1, 8, 2, Milestone::kLead),
                                         touch(1, 9, 3, Milestone::kOpportunity), touch(1, 9.5, 0, Milestone::kClose), touch(1, 9.7, 1)};
  const ConversionRow c{.person = 1, .moment = 10 * kDay, .value = 1, .lead_created = 2 * kDay};
  const Journey journey = build_journeys(touches, std::vector{c}, 4).journeys.list[0];
  EXPECT_EQ(journey.lead, 1);
  EXPECT_EQ(journey.opportunity, 3);
  EXPECT_EQ(journey.close, 4);
}

TEST(JourneyBuilder, PersonsWithoutConversionAreNullJourneys) {
  const std::vector<TouchRow> touches = {touch(2, 1, 0), touch(2, 50, 1), touch(5, 3, 2)};
  const BuiltJourneys built = build_journeys(touches, std::vector<ConversionRow>{{.person = 3, .moment = kDay, .value = 9}}, 3, {.look_back_days = 30});
  ASSERT_EQ(built.journeys.list.size(), 3U);
  EXPECT_EQ(channels_of(built, 0), (Channels{1}));
  EXPECT_EQ(built.journeys.list[0].not_converted, 1);
  EXPECT_EQ(built.journeys.list[1].count, 0U);
  EXPECT_EQ(built.journeys.list[1].conversions, 1);
  EXPECT_EQ(built.receipt.null_journeys, 2U);
  EXPECT_EQ(built.receipt.conversions_untouched, 1U);
  EXPECT_EQ(built.receipt.touches_before_window, 1U);
}

TEST(JourneyBuilder, WhatCannotBeReadIsCounted) {
  const double nan = std::nan("");
  const std::vector<TouchRow> touches = {{1, nan, 0, 0}, {1, 5, 3, 0}, {1, 5, -1, 0}, {1, INFINITY, 0, 0}, {2, 5, 1, 0}};
  const std::vector<ConversionRow> conversions = {{.person = 2, .moment = nan, .value = 7}, {.person = 1, .moment = 9, .value = nan}};
  const BuiltJourneys built = build_journeys(touches, conversions, 3);
  EXPECT_EQ(built.receipt.touches_unreadable, 4U);
  EXPECT_EQ(built.receipt.touches_of_undated, 1U);
  EXPECT_EQ(built.receipt.conversions_undated, 1U);
  EXPECT_EQ(built.receipt.conversions_without_value, 1U);
  EXPECT_EQ(built.receipt.conversions_untouched, 1U);
  ASSERT_EQ(built.journeys.list.size(), 2U);
  EXPECT_EQ(built.journeys.list[0].value, 0);
  EXPECT_EQ(built.journeys.list[1].value, 7);
  EXPECT_TRUE(build_journeys({}, {}, 0).journeys.list.empty());
}

TEST(JourneyBuilder, EveryRowIsAccountedForAndTheOrderOfTheFileDoesNotMatter) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    SeededRandom random(seed);
    std::vector<TouchRow> touches;
    std::vector<ConversionRow> conversions;
    for (std::uint32_t i = 0; i < 200; ++i) {
      const double moment = random.below(20) == 0 ? std::nan("") : (i + random.below(100000) * 300.0);  // all different
      touches.push_back({random.below(30), moment, static_cast<std::int32_t>(random.below(6)) - (random.below(30) == 0 ? 6 : 0), 0});
    }
    for (std::uint32_t i = 0; i < 25; ++i) {
      const double moment = random.below(9) == 0 ? std::nan("") : random.below(100000) * 300.0 + 0.5;
      conversions.push_back({random.below(40), moment, 10.0 * i, moment - random.below(3000000), moment - random.below(3000000)});
    }
    for (const RepeatConversions repeats : {RepeatConversions::kSincePrevious, RepeatConversions::kAllInWindow}) {
      const JourneySettings settings{.look_back_days = seed % 3 == 0 ? INFINITY : 120, .repeats = repeats, .without_touches_after_opportunity = seed % 2 == 0};
      const BuiltJourneys built = build_journeys(touches, conversions, 6, settings);
      const JourneyReceipt& r = built.receipt;
      const std::uint64_t set_aside =
          r.touches_unreadable + r.touches_after_conversion + r.touches_after_opportunity + r.touches_before_window + r.touches_of_undated;
      EXPECT_EQ(r.touches_used + set_aside, touches.size());
      EXPECT_EQ(built.journeys.list.size(), conversions.size() + r.null_journeys);
      std::vector<int> uses(touches.size());
      std::uint64_t used = 0;
      for (const Touch& t : built.journeys.touches) used += ++uses[t.row] == 1 ? 1 : 0;
      EXPECT_EQ(used, r.touches_used);
      const Outcome<JourneyTotals> totals = journey_totals(built.journeys);
      ASSERT_TRUE(totals.ok());
      EXPECT_EQ(totals.value().all.conversions, 25);
      EXPECT_EQ(totals.value().all.value, 10.0 * 24 * 25 / 2);
      for (const Journey& j : built.journeys.list) {
        const auto of = built.journeys.of(j);
        for (std::size_t i = 0; i < of.size(); ++i) {
          EXPECT_GE(of[i].age_days, 0);
          EXPECT_LE(of[i].age_days, settings.look_back_days);
          EXPECT_GE(of[i == 0 ? 0 : i - 1].age_days, of[i].age_days);
        }
      }
      std::vector<TouchRow> reversed(touches.rbegin(), touches.rend());
      const BuiltJourneys again = build_journeys(reversed, conversions, 6, settings);
      ASSERT_EQ(again.journeys.touches.size(), built.journeys.touches.size());
      for (std::size_t i = 0; i < again.journeys.touches.size(); ++i) {
        EXPECT_EQ(again.journeys.touches[i].channel, built.journeys.touches[i].channel);
        EXPECT_EQ(again.journeys.touches[i].age_days, built.journeys.touches[i].age_days);
      }
    }
  }
}

}  // namespace
}  // namespace kpi
