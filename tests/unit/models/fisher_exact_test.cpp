#include "core/models/fisher_exact.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/model_fixture.h"

namespace kpi {
namespace {

// Fisher's tea taster, 3 of 4 against 1 of 4: the eight cups split 1, 16, 36, 16, 1 ways, so p = 34/70, one-sided 17/70; R fisher.test
// gives the odds ratio 6.408309. The bounds are where (16 w^3 + w^4) / (1 + 16 w + 36 w^2 + 16 w^3 + w^4) and
// (1 + 16 w + 36 w^2 + 16 w^3) / (the same) are 0.025; R prints 0.2117329 and 621.9337505, as near as its search goes.
TEST(FisherExact, TeaTaster) {
  const Outcome<FisherExact> t = fisher_exact({1, 4}, {3, 4});
  ASSERT_TRUE(t.ok());
  EXPECT_NEAR(t.value().p_two_sided, 34.0 / 70, 1e-14);
  EXPECT_NEAR(t.value().p_greater, 17.0 / 70, 1e-14);
  EXPECT_NEAR(t.value().p_less, 69.0 / 70, 1e-14);
  ASSERT_TRUE(t.value().odds_ratio && t.value().odds_ratio_high);
  EXPECT_NEAR(*t.value().odds_ratio, 6.408309, 1e-3);
  const auto ways = [](double w) { return 1 + 16 * w + 36 * w * w + 16 * w * w * w + w * w * w * w; };
  const double low = t.value().odds_ratio_low, high = *t.value().odds_ratio_high;
  EXPECT_NEAR((16 * low * low * low + low * low * low * low) / ways(low), 0.025, 1e-12);
  EXPECT_NEAR(1 - high * high * high * high / ways(high), 0.025, 1e-12);
  EXPECT_NEAR(low, 0.2117329, 1e-4 * 0.2117329);
  EXPECT_NEAR(1 / high, 1 / 621.9337505, 1e-4);  // the precision of R's search, which is in 1 / w there
}

TEST(FisherExact, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  int compared = 0;
  for (const auto& c : cases) {
    const std::string id = c["id"];
    if (id.rfind("two_proportions_", 0) != 0) continue;
    SCOPED_TRACE(id);
    const auto& in = c["inputs"];
    const auto& e = c["expected"];
    const Outcome<FisherExact> t = fisher_exact({in["a_conversions"], in["a_n"]}, {in["b_conversions"], in["b_n"]}, in["confidence"]);
    ASSERT_TRUE(t.ok());
    const auto check = [&](const char* key, double got, const nlohmann::json& expected) { test::expect_fixture(got, expected, c["tolerance"], key); };
    check("fisher_p_two_sided", t.value().p_two_sided, e["fisher_p_two_sided"]);
    check("fisher_p_b_greater", t.value().p_greater, e["fisher_p_b_greater"]);
    check("fisher_p_b_less", t.value().p_less, e["fisher_p_b_less"]);
    const double infinite = std::numeric_limits<double>::infinity();
    check("odds_ratio_conditional_mle", t.value().odds_ratio.value_or(infinite), e["odds_ratio_conditional_mle"]);
    check("odds_ratio_conditional_ci95", t.value().odds_ratio_low, e["odds_ratio_conditional_ci95"][0]);
    // R searches 1 / w to 1e-4; for the tiny sample that is 0.0022 of the bound (there P(X <= 5) is 0.02505, not 0.025).
    const auto& high = e["odds_ratio_conditional_ci95"][1];
    if (id == "two_proportions_tiny") {
      EXPECT_NEAR(t.value().odds_ratio_high.value_or(infinite), high.get<double>(), 0.0025 * high.get<double>());
    } else {
      check("odds_ratio_conditional_ci95", t.value().odds_ratio_high.value_or(infinite), high);
    }
    ++compared;
  }
  EXPECT_EQ(compared, 6);
}

TEST(FisherExact, OnlyOneSplitPossible) {
  const Outcome<FisherExact> none = fisher_exact({0, 9}, {0, 4});
  ASSERT_TRUE(none.ok());
  EXPECT_EQ(none.value().p_two_sided, 1);
  EXPECT_FALSE(none.value().odds_ratio);
  EXPECT_EQ(none.value().odds_ratio_low, 0);
  EXPECT_FALSE(none.value().odds_ratio_high);
}

TEST(FisherExact, Refused) {
  EXPECT_EQ(fisher_exact({1, 0}, {1, 2}).reason().code, "no_rows");
  EXPECT_EQ(fisher_exact({0.5, 2}, {1, 2}).reason().code, "out_of_range");
  EXPECT_EQ(fisher_exact({1, 2}, {1, 2}, 1).reason().code, "out_of_range");
}

// Both tails together count the split seen twice; swapped arms swap the tails. Against the sum of choose(n, k) directly.
TEST(FisherExact, Invariants) {
  std::uint64_t state = 11;
  const auto next = [&state](unsigned below) { return static_cast<unsigned>((state = state * 6364136223846793005U + 1442695040888963407U) >> 33) % below; };
  const auto choose = [](unsigned n, unsigned k) {
    double c = 1;
    for (unsigned i = 0; i < k; ++i) c = c * (n - i) / (i + 1);
    return k > n ? 0 : c;
  };
  for (int i = 0; i < 200; ++i) {
    const unsigned an = 1 + next(20), bn = 1 + next(20), ak = next(an + 1), bk = next(bn + 1);
    const Proportion a{1.0 * ak, 1.0 * an}, b{1.0 * bk, 1.0 * bn};
    const Outcome<FisherExact> one = fisher_exact(a, b), other = fisher_exact(b, a);
    ASSERT_TRUE(one.ok() && other.ok());
    const double seen = choose(bn, bk) * choose(an, ak) / choose(an + bn, ak + bk);
    EXPECT_NEAR(one.value().p_greater + one.value().p_less, 1 + seen, 1e-12) << "seed 11, case " << i;
    EXPECT_NEAR(one.value().p_greater, other.value().p_less, 1e-12) << "seed 11, case " << i;
    EXPECT_NEAR(one.value().p_two_sided, other.value().p_two_sided, 1e-12) << "seed 11, case " << i;
    const FisherExact& t = one.value();
    if (t.odds_ratio && *t.odds_ratio > 0) {
      EXPECT_GT(*t.odds_ratio, t.odds_ratio_low) << "seed 11, case " << i;
      EXPECT_LT(*t.odds_ratio, t.odds_ratio_high.value_or(1e300)) << "seed 11, case " << i;
      EXPECT_NEAR(std::log(*t.odds_ratio), -std::log(other.value().odds_ratio.value_or(1)), 1e-7) << "seed 11, case " << i;
    }
  }
}

}  // namespace
}  // namespace kpi
