// Expected values: fixtures clv.json (mpmath at 80 digits, BTYD 2.4.3, lifetimes 0.11.3).
#include "core/models/pareto_nbd.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

using nlohmann::json;
using test::expect_near;

constexpr ParetoNbd kPublished{0.553, 10.578, 0.606, 11.669};  // Fader, Hardie, Lee 2005, table 1
constexpr ParetoNbd kTestOfLifetimes{0.55, 10.58, 0.61, 11.67};

ParetoNbd model_of(const json& p) { return {p[0], p[1], p[2], p[3]}; }
RecencyFrequency customer_of(const json& p) { return {p["x"], p["t_x"], p["T"]}; }

TEST(ParetoNbd, PublishedParameters) {
  const RecencyFrequency c{2, 30.43, 38.86};
  expect_near(expected_purchases(kPublished, c, 39), 1.4551231932576025, 1e-11);
  expect_near(probability_alive(kPublished, c), 0.8691675591530111, 1e-11);
  expect_near(discounted_expected_purchases(kPublished, c, 0.0027), 6.483773567730738, 1e-11);
  expect_near(log_likelihood(kPublished, {0, 0, 38.86}), -0.5210462940808903, 1e-11);
  expect_near(expected_purchases(kPublished, 39), 1.2130028442810157, 1e-11);
}

TEST(ParetoNbd, ManyPurchases) {
  expect_near(expected_purchases(kTestOfLifetimes, {132, 200, 200}, 10), 6.2060517889632418, 1e-11);  // tests of lifetimes
  expect_near(expected_purchases(kTestOfLifetimes, {133, 200, 200}, 10), 6.2528722475748113, 1e-11);
  expect_near(log_likelihood(kTestOfLifetimes, {500, 300, 300}), -265.0296672809325, 1e-12);
  expect_near(probability_alive(kTestOfLifetimes, {40, 5, 200}), 2.1291232403676702e-45, 1e-11);
}

TEST(ParetoNbd, FixturePoints) {
  KPI_REFERENCE_CASE(points, "clv.json", "points_published_params");
  ASSERT_GE(points["expected"].size(), 36U);
  for (std::size_t i = 0; i < points["expected"].size(); ++i) {
    const json &in = points["inputs"]["points"][i], &out = points["expected"][i];
    const ParetoNbd m = model_of(in["pnbd"]);
    const RecencyFrequency c = customer_of(in);
    const double t = in["t"];
    expect_near(log_likelihood(m, c), out["pn_LL"], 1e-11, 1e-12);
    expect_near(probability_alive(m, c), out["pn_palive"], 1e-11, 1e-12);
    expect_near(expected_purchases(m, c, t), out["pn_cet"], 1e-11, 1e-12);
    expect_near(expected_purchases(m, t), out["pn_ex"], 1e-11, 1e-12);
    expect_near(discounted_expected_purchases(m, c, in["discount"]), out["pn_dert"], 1e-11, 1e-12);
  }
}

TEST(ParetoNbd, FixtureExtremesAndWalkThrough) {
  KPI_REFERENCE_CASE(extremes, "clv.json", "extremes");
  ASSERT_EQ(extremes["expected"].size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    const json &in = extremes["inputs"][i], &out = extremes["expected"][i];
    const ParetoNbd m = model_of(in["pnbd"]);
    expect_near(log_likelihood(m, customer_of(in)), out["pn_LL"], 1e-11);
    expect_near(probability_alive(m, customer_of(in)), out["pn_palive"], 1e-11, 1e-300);
    expect_near(expected_purchases(m, customer_of(in), in["t"]), out["pn_cet"], 1e-11, 1e-300);
  }
  KPI_REFERENCE_CASE(walk, "clv.json", "btyd_walkthrough_1516");
  const ParetoNbd m = model_of(walk["inputs"]["pnbd"]);
  expect_near(expected_purchases(m, customer_of(walk["inputs"]), 52), walk["expected"]["pn_cet52"], 1e-7);
  expect_near(probability_alive(m, customer_of(walk["inputs"])), walk["expected"]["pn_palive"], 1e-7);
}

// By mpmath at 60 digits: the integral of the likelihood by quadrature, the discounted purchases by Tricomi's function.
TEST(ParetoNbd, FarPoints) {
  struct Case {
    ParetoNbd model;
    RecencyFrequency customer;
    double discount, log_likelihood, alive, discounted;
  };
  const Case cases[] = {
      {{0.3, 0.00001, 0.6, 50}, {3, 2, 38.86}, 0.00001, -10.513229882303701, 0.0042017362612003709, 1.0902971222753381},
      {{5, 900, 0.01, 0.0001}, {1, 0, 52}, 0.01, -5.4854679672010785, 0.83851201167491078, 0.5237372522983499},
      {{0.5, 7, 3.5, 7}, {12, 12, 12.0001}, 5, -21.165466290124641, 0.99998157855955947, 0.12694549336464626},
      {{120, 40, 800, 9000}, {60, 3, 104}, 0.002, 61.545002265761002, 2.1037306706532652e-97, 2.9294624578031677e-96},
      {{0.02, 3, 0.02, 0.003}, {0, 0, 300}, 0.0001, -0.076846033657306183, 0.78214503727120527, 0.48583866674463635},
  };
  for (const Case& c : cases) {
    expect_near(log_likelihood(c.model, c.customer), c.log_likelihood, 1e-11);
    expect_near(probability_alive(c.model, c.customer), c.alive, 1e-10);
    expect_near(discounted_expected_purchases(c.model, c.customer, c.discount), c.discounted, 1e-10);
  }
}

// r beta / (alpha (s - 1)) (1 - (beta / (beta + t))^(s - 1)); at s = 1 r beta / alpha ln(1 + t / beta).
TEST(ParetoNbd, SingularWhereSIsOneOnlyOnPaper) {
  expect_near(expected_purchases(ParetoNbd{2, 8, 1, 10}, 10), 2.5 * std::log(2.0), 1e-14);
  expect_near(expected_purchases(ParetoNbd{2, 8, 1 + 1e-9, 10}, 10), 2.5 * std::log(2.0), 1e-8);
  expect_near(expected_purchases(ParetoNbd{2, 8, 2, 10}, 10), 1.25, 1e-14);  // 2.5 (1 - 1/2)
}

TEST(ParetoNbd, CountsAddUpToOneAndToTheirMean) {
  for (const double t : {0.5, 10.0, 39.0}) {
    double total = 0, mean = 0;
    for (std::uint32_t k = 0; k < 200; ++k) {
      const double p = probability_of_count(kPublished, k, t);
      total += p;
      mean += p * k;
    }
    EXPECT_NEAR(total, 1, 1e-11) << t;
    expect_near(mean, expected_purchases(kPublished, t), 1e-10);
  }
  EXPECT_EQ(probability_of_count(kPublished, 0, 0), 1);
  EXPECT_EQ(probability_of_count(kPublished, 3, 0), 0);
}

}  // namespace
}  // namespace kpi
