#include "core/models/always_valid.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/models/seeded_random.h"
#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

// By hand: 25 and 50 of 100: d = 0.25, V = 0.001875 + 0.0025 = 0.004375; tau^2 = V makes the ratio sqrt(1/2) exp(d^2 / (4 V)).
TEST(AlwaysValid, ByHand) {
  const double v = 0.004375;
  const std::vector<Look> looks = {{{25, 100}, {50, 100}}};
  const auto r = always_valid_test(looks, std::sqrt(v));
  ASSERT_TRUE(r.ok());
  const AlwaysValidLook& look = r.value().front();
  EXPECT_NEAR(look.variance, v, 1e-17);
  EXPECT_NEAR(look.log_likelihood_ratio, 0.0625 / (4 * v) - 0.5 * std::log(2.0), 1e-13);
  EXPECT_NEAR(look.interval.high - look.difference, std::sqrt(2 * v * (2 * std::log(20.0) + std::log(2.0))), 1e-14);
}

TEST(AlwaysValid, FixtureCase) {
  KPI_FIXTURE_CASES(cases, "experiments");
  const auto c = test::fixture_case(cases, "msprt_counts");
  std::vector<Look> looks;
  for (const auto& look : c["inputs"]["looks"]) looks.push_back({{look["a"], look["a_n"]}, {look["b"], look["b_n"]}});
  const double alpha = c["inputs"]["alpha"];
  const auto r = always_valid_test(looks, c["inputs"]["tau"], alpha);
  ASSERT_TRUE(r.ok());
  ASSERT_EQ(r.value().size(), c["expected"].size());
  for (std::size_t i = 0; i < looks.size(); ++i) {
    const AlwaysValidLook& got = r.value()[i];
    const auto check = [&](const char* key, double value, const nlohmann::json& expected) { test::expect_fixture(value, expected, c["tolerance"], key); };
    const auto& e = c["expected"][i];
    check("diff", got.difference, e["diff"]);
    check("var", got.variance, e["var"]);
    check("log_likelihood_ratio", got.log_likelihood_ratio, e["log_likelihood_ratio"]);
    check("likelihood_ratio", std::exp(got.log_likelihood_ratio), e["likelihood_ratio"]);
    check("p_always_valid", got.p, e["p_always_valid"]);
    check("cs95", got.interval.low, e["cs95"][0]);
    check("cs95", got.interval.high, e["cs95"][1]);
    EXPECT_EQ(got.p <= alpha, e["reject"].get<bool>());
  }
}

// Without any difference, looked at 40 times, at most 5 % of the experiments may ever give alarm.
TEST(AlwaysValid, PeekingDoesNotHelp) {
  SeededRandom random(17);
  int alarms = 0;
  for (int experiment = 0; experiment < 400; ++experiment) {
    std::vector<Look> looks;
    Look now{{0, 0}, {0, 0}};
    for (int day = 0; day < 40; ++day) {
      for (int i = 0; i < 50; ++i) {
        now.a.n += 1, now.b.n += 1;
        now.a.k += random.unit() < 0.2, now.b.k += random.unit() < 0.2;
      }
      looks.push_back(now);
    }
    const auto r = always_valid_test(looks, 0.05);
    ASSERT_TRUE(r.ok());
    for (std::size_t i = 1; i < looks.size(); ++i) ASSERT_LE(r.value()[i].p, r.value()[i - 1].p) << "seed 17";
    alarms += r.value().back().p <= 0.05;
  }
  EXPECT_LE(alarms, 20) << "seed 17";
}

TEST(AlwaysValid, Degenerate) {
  const std::vector<Look> falling = {{{1, 9}, {1, 9}}, {{0, 9}, {1, 9}}}, nobody = {{{0, 0}, {1, 9}}}, none = {{{0, 9}, {0, 9}}};
  EXPECT_EQ(always_valid_test({}, 0.1).reason().code, "no_rows");
  EXPECT_EQ(always_valid_test(nobody, 0.1).reason().code, "no_rows");
  EXPECT_EQ(always_valid_test(falling, 0.1).reason().code, "out_of_range");
  EXPECT_EQ(always_valid_test(none, 0).reason().code, "out_of_range");
  const auto r = always_valid_test(none, 0.1);
  ASSERT_TRUE(r.ok());
  EXPECT_EQ(r.value()[0].p, 1);
  EXPECT_EQ(r.value()[0].interval.high, 1);
}

}  // namespace
}  // namespace kpi
