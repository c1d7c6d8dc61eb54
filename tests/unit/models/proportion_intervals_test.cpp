#include "core/models/proportion_intervals.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

void expect_interval(const Interval& got, double low, double high, double room) {
  EXPECT_NEAR(got.low, low, room);
  EXPECT_NEAR(got.high, high, room);
}

// Newcombe 1998, Statistics in Medicine 17, 873-890, table II, example (a), there as first less second: here the signs are turned.
TEST(ProportionIntervals, PublishedDifferences) {
  const Proportion a{56, 70}, b{48, 80};
  expect_interval(wald_difference_interval(a, b), -0.3425, -0.0575, 5e-5);
  expect_interval(miettinen_nurminen_interval(a, b), -0.3382, -0.0528, 5e-5);
  expect_interval(difference_interval(b, a), -0.3339, -0.0524, 5e-5);
}

// Newcombe 1998, Statistics in Medicine 17, 857-872, table I, 81 of 263: Wald .2522-.3638, Wilson .2553-.3662, with correction
// .2535-.3682, exact .2527-.3676; and 0 of 20 exact: upper limit 1 - 0.025^(1/20).
TEST(ProportionIntervals, PublishedShares) {
  const Proportion p{81, 263};
  expect_interval(wald_interval(p), 0.2522, 0.3638, 5e-5);
  expect_interval(wilson_interval(p.k, p.n), 0.2553, 0.3662, 5e-5);
  expect_interval(wilson_corrected_interval(p), 0.2535, 0.3682, 5e-5);
  expect_interval(clopper_pearson_interval(p), 0.2527, 0.3676, 5e-5);
  expect_interval(clopper_pearson_interval({0, 20}), 0, 1 - std::pow(0.025, 0.05), 1e-12);
  expect_interval(clopper_pearson_interval({20, 20}), std::pow(0.025, 0.05), 1, 1e-12);
}

TEST(ProportionIntervals, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  int compared = 0;
  for (const auto& c : cases) {
    const std::string id = c["id"];
    if (id.rfind("two_proportions_", 0) != 0) continue;
    SCOPED_TRACE(id);
    const auto& in = c["inputs"];
    const Proportion a{in["a_conversions"], in["a_n"]}, b{in["b_conversions"], in["b_n"]};
    const double confidence = in["confidence"];
    const double z = kNormal95;
    const auto check = [&](const nlohmann::json& expected, const std::string& key, const Interval& got) {
      test::expect_fixture(got.low, expected[0], c["tolerance"], key);
      test::expect_fixture(got.high, expected[1], c["tolerance"], key);
      ++compared;
    };
    const auto& single = c["expected"]["single_proportion_ci95"];
    for (const bool is_a : {true, false}) {
      const Proportion& p = is_a ? a : b;
      const std::string arm = is_a ? "_a" : "_b";
      check(single["wilson" + arm], "wilson", wilson_interval(p.k, p.n, z));
      check(single["clopper" + arm], "clopper", clopper_pearson_interval(p, confidence));
      check(single["agresti_coull" + arm], "agresti_coull", agresti_coull_interval(p, confidence));
      check(single["jeffreys" + arm], "jeffreys", jeffreys_interval(p, confidence));
      check(single["wald" + arm], "wald", wald_interval(p, confidence));
      check(single["wilson_cc" + arm], "wilson_cc", wilson_corrected_interval(p, confidence));
    }
    const auto& difference = c["expected"]["difference_ci95"];
    check(difference["wald"], "wald", wald_difference_interval(a, b, confidence));
    check(difference["newcombe"], "newcombe", difference_interval(b, a, z));
    check(difference["agresti_caffo"], "agresti_caffo", agresti_caffo_interval(a, b, confidence));
    check(difference["miettinen_nurminen"], "miettinen_nurminen", miettinen_nurminen_interval(a, b, confidence));
    const std::optional<Interval> ratio = ratio_interval(a, b, confidence);
    ASSERT_EQ(ratio.has_value(), c["expected"].contains("ratio_ci95_log"));
    if (!ratio) continue;
    check(c["expected"]["ratio_ci95_log"], "ratio_ci95_log", *ratio);
    check(c["expected"]["relative_uplift_ci95_log"], "relative_uplift_ci95_log", {ratio->low - 1, ratio->high - 1});
  }
  EXPECT_EQ(compared, 6 * 16 + 4 * 2);
}

// Every interval holds the estimate and lies in its range, for all counts of small samples, at three levels, and grows with the level.
TEST(ProportionIntervals, HoldTheEstimate) {
  using One = Interval (*)(const Proportion&, double);
  using Two = Interval (*)(const Proportion&, const Proportion&, double);
  int seen = 0;
  for (int n = 1; n <= 12; ++n) {
    for (int k = 0; k <= n; ++k) {
      const Proportion p{1.0 * k, 1.0 * n};
      for (const One f : {clopper_pearson_interval, agresti_coull_interval, wald_interval, wilson_corrected_interval}) {
        const Interval narrow = f(p, 0.8), wide = f(p, 0.99);
        EXPECT_LE(wide.low, narrow.low) << k << " of " << n;
        EXPECT_GE(wide.high, narrow.high) << k << " of " << n;
        EXPECT_LE(narrow.low, p.k / p.n + 1e-15) << k << " of " << n;
        EXPECT_GE(narrow.high, p.k / p.n - 1e-15) << k << " of " << n;
        EXPECT_TRUE(wide.low >= 0 && wide.high <= 1) << k << " of " << n;
        ++seen;
      }
      for (int m = 0; m <= 7; ++m) {
        const Proportion q{1.0 * m, 7};
        for (const Two f : {wald_difference_interval, miettinen_nurminen_interval}) {
          const Interval i = f(p, q, 0.95);
          EXPECT_TRUE(std::isfinite(i.low) && std::isfinite(i.high));
          EXPECT_LE(i.low, q.k / q.n - p.k / p.n + 1e-9) << k << " of " << n << ", " << m << " of 7";
          EXPECT_GE(i.high, q.k / q.n - p.k / p.n - 1e-9) << k << " of " << n << ", " << m << " of 7";
          const Interval turned = f(q, p, 0.95);
          EXPECT_NEAR(i.low, -turned.high, 1e-7) << k << " of " << n << ", " << m << " of 7";
        }
      }
    }
  }
  EXPECT_EQ(seen, 4 * 90);
}

TEST(ProportionIntervals, NoRatioWithoutConversions) {
  EXPECT_FALSE(ratio_interval({0, 10}, {3, 10}));
  EXPECT_FALSE(ratio_interval({3, 10}, {0, 10}));
}

}  // namespace
}  // namespace kpi
