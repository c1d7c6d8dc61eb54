// Expected values: fixtures clv.json (mpmath at 80 digits, BTYD 2.4.3, lifetimes 0.11.3), and small cases by hand.
#include "core/models/bg_nbd.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

constexpr BgNbd kPublished{0.243, 4.414, 0.793, 2.426};  // Fader, Hardie, Lee 2005, table 1

BgNbd model_of(const json& p) { return {p[0], p[1], p[2], p[3]}; }
RecencyFrequency customer_of(const json& p) { return {p["x"], p["t_x"], p["T"]}; }

TEST(BgNbd, PublishedParameters) {
  const RecencyFrequency c{2, 30.43, 38.86};
  // Catalogue 6; published 1.226.
  expect_near(expected_purchases(kPublished, c, 39), 1.2260281747671444, 1e-11);
  expect_near(probability_alive(kPublished, c), 0.726579, 1e-6);
  expect_near(expected_purchases(kPublished, 2), 0.103390, 1e-5);
  expect_near(expected_purchases(kPublished, 39), 1.196723193320817, 1e-11);
  EXPECT_EQ(probability_alive(kPublished, {0, 0, 38.86}), 1);
}

// Values of Hardie's spreadsheets; full precision by mpmath.
TEST(BgNbd, SpreadsheetValues) {
  const double times[] = {0.1429, 1, 3, 31.8571, 32, 78};
  const double expected[] = {0.007828347516072164, 0.05326789117165828, 0.15086523089304668, 1.041996060852211, 1.0452433283744438, 1.8605190579427686};
  for (int i = 0; i < 6; ++i) expect_near(expected_purchases(kPublished, times[i]), expected[i], 1e-9);
  expect_near(probability_of_count(kPublished, 10, 2), 1.0786896403691474e-07, 1e-9);
  expect_near(probability_of_count(kPublished, 0, 39), 0.5737863520960094, 1e-9);
}

TEST(BgNbd, SingularWhereAIsOneOnlyOnPaper) {
  // By mpmath: the limit of the closed form for a to 1.
  expect_near(expected_purchases(BgNbd{0.25, 4.5, 1, 2.5}, 52), 1.3212554212045167, 1e-12);
  expect_near(expected_purchases(BgNbd{1.1, 9, 1, 1.2}, 10), 0.8347955283515887, 1e-12);
}

TEST(BgNbd, FixturePoints) {
  KPI_REFERENCE_CASE(points, "clv.json", "points_published_params");
  ASSERT_GE(points["expected"].size(), 36U);
  for (std::size_t i = 0; i < points["expected"].size(); ++i) {
    const json &in = points["inputs"]["points"][i], &out = points["expected"][i];
    const BgNbd m = model_of(in["bgnbd"]);
    const RecencyFrequency c = customer_of(in);
    const double t = in["t"];
    expect_near(log_likelihood(m, c), out["bg_LL"], 1e-9, 1e-12);
    expect_near(probability_alive(m, c), out["bg_palive"], 1e-9, 1e-12);
    expect_near(expected_purchases(m, c, t), out["bg_cet"], 1e-9, 1e-12);
    expect_near(expected_purchases(m, t), out["bg_ex"], 1e-9, 1e-12);
    expect_near(probability_of_count(m, c.frequency, t), out["bg_pmf"], 1e-9);  // tighter than asked: nothing cancels
  }
}

TEST(BgNbd, FixtureExtremesAndWalkThrough) {
  KPI_REFERENCE_CASE(extremes, "clv.json", "extremes");
  ASSERT_EQ(extremes["expected"].size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    const json &in = extremes["inputs"][i], &out = extremes["expected"][i];
    const BgNbd m = model_of(in["bgnbd"]);
    expect_near(log_likelihood(m, customer_of(in)), out["bg_LL"], 1e-8);
    expect_near(probability_alive(m, customer_of(in)), out["bg_palive"], 1e-8, 1e-300);
    expect_near(expected_purchases(m, customer_of(in), in["t"]), out["bg_cet"], 1e-8, 1e-300);
  }
  KPI_REFERENCE_CASE(walk, "clv.json", "btyd_walkthrough_1516");
  const BgNbd m = model_of(walk["inputs"]["bgnbd"]);
  expect_near(expected_purchases(m, customer_of(walk["inputs"]), 52), walk["expected"]["bg_cet52"], 1e-7);
  expect_near(probability_alive(m, customer_of(walk["inputs"])), walk["expected"]["bg_palive"], 1e-7);
}

// By mpmath at 60 digits, equation (9): long horizons, nobody or nearly everybody leaves, thousands of purchases.
TEST(BgNbd, FarPoints) {
  expect_near(expected_purchases(BgNbd{0.3, 0.001, 0.5, 2.3}, 520), 803.02141470980527, 1e-11);
  expect_near(expected_purchases(BgNbd{0.3, 0.01, 0.7, 2.3}, 5200), 140.95592868543029, 1e-11);
  expect_near(expected_purchases(BgNbd{2.5, 0.02, 30.3, 500}, 1000), 18.064846364545944, 1e-11);
  expect_near(expected_purchases(BgNbd{0.05, 0.001, 0.02, 0.3}, 52), 2016.0195569534908, 1e-11);
  expect_near(expected_purchases(BgNbd{5.5, 1, 1.7, 0.2}, 10000), 1.2855526373817266, 1e-11);
  expect_near(expected_purchases(BgNbd{800.2, 900, 0.8, 802.4}, 3000), 1364.8888317213873, 1e-11);
  expect_near(expected_purchases(BgNbd{0.3, 4, 0.0001, 3}, 52), 3.899556891549921, 1e-11);
  expect_near(expected_purchases(BgNbd{20000.5, 4, 0.5, 3}, 52), 1689.6002537228069, 1e-11);
}

TEST(BgNbd, CountsAddUpToOneAndToTheirMean) {
  for (const double t : {0.5, 10.0, 39.0}) {
    double total = 0, mean = 0;
    for (std::uint32_t k = 0; k < 800; ++k) {
      const double p = probability_of_count(kPublished, k, t);
      total += p;
      mean += p * k;
    }
    EXPECT_NEAR(total, 1, 1e-12) << t;
    expect_near(mean, expected_purchases(kPublished, t), 1e-11);
  }
  EXPECT_EQ(probability_of_count(kPublished, 0, 0), 1);
  EXPECT_EQ(probability_of_count(kPublished, 3, 0), 0);
}

TEST(BgNbd, NoTimeNoPurchases) {
  EXPECT_EQ(expected_purchases(kPublished, 0), 0);
  EXPECT_EQ(expected_purchases(kPublished, {2, 30, 39}, 0), 0);
  expect_near(expected_purchases(kPublished, 1e-300), 0.243 / 4.414 * 1e-300, 1e-12);
  EXPECT_FALSE(is_possible({0.243, 0, 0.793, 2.426}));
  EXPECT_FALSE(is_possible({0.243, std::nan(""), 0.793, 2.426}));
  EXPECT_TRUE(is_possible(kPublished));
}

}  // namespace
}  // namespace kpi
