#include "core/models/mean_difference.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/group_columns.h"

namespace kpi {
namespace {

// Student 1908, table of extra sleep by two drugs (R's data set sleep): t.test(extra ~ group): t = -1.8608, df = 17.776, p-value = 0.07939,
// interval -3.3654832 0.2054832 (of group 1 less group 2); with var.equal = TRUE: df = 18, p-value = 0.07919.
const std::vector<double> kFirstDrug = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> kSecondDrug = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

TEST(MeanDifference, StudentsSleep) {
  const Outcome<Moments> a = moments_of(kFirstDrug), b = moments_of(kSecondDrug);
  ASSERT_TRUE(a.ok() && b.ok());
  const auto welch = welch_test(a.value(), b.value()), student = student_test(a.value(), b.value());
  ASSERT_TRUE(welch.ok() && student.ok());
  EXPECT_NEAR(welch.value().difference, 1.58, 1e-14);
  EXPECT_NEAR(welch.value().t, 1.8608, 5e-5);
  EXPECT_NEAR(welch.value().degrees_of_freedom, 17.776, 5e-4);
  EXPECT_NEAR(welch.value().p_two_sided, 0.07939, 5e-6);
  EXPECT_NEAR(welch.value().interval.low, -0.2054832, 5e-8);
  EXPECT_NEAR(welch.value().interval.high, 3.3654832, 5e-8);
  EXPECT_EQ(student.value().degrees_of_freedom, 18);
  EXPECT_NEAR(student.value().p_two_sided, 0.07919, 5e-6);
}

TEST(MeanDifference, FixtureCases) {
  KPI_FIXTURE_CASES(cases, "experiments");
  for (const std::string id : {"welch_first_amount", "welch_post_spend"}) {
    SCOPED_TRACE(id);
    const auto c = test::fixture_case(cases, id);
    const test::GroupColumns values = test::revenue_per_visitor(c["inputs"]["column"]);
    const Outcome<Moments> a = moments_of(values.a), b = moments_of(values.b);
    ASSERT_TRUE(a.ok() && b.ok());
    const auto welch = welch_test(a.value(), b.value()), student = student_test(a.value(), b.value());
    ASSERT_TRUE(welch.ok() && student.ok());
    const auto check = [&](const char* key, double got) { test::expect_fixture(got, c["expected"][key], c["tolerance"], key); };
    check("mean_a", a.value().mean);
    check("mean_b", b.value().mean);
    check("sd_a", std::sqrt(a.value().variance));
    check("sd_b", std::sqrt(b.value().variance));
    check("n_a", a.value().n);
    check("n_b", b.value().n);
    check("welch_t", welch.value().t);
    check("welch_df", welch.value().degrees_of_freedom);
    check("welch_p", welch.value().p_two_sided);
    test::expect_fixture(welch.value().interval.low, c["expected"]["welch_ci"][0], c["tolerance"], "welch_ci");
    test::expect_fixture(welch.value().interval.high, c["expected"]["welch_ci"][1], c["tolerance"], "welch_ci");
    check("student_t", student.value().t);
    check("student_p", student.value().p_two_sided);
  }
}

TEST(MeanDifference, SumsGiveTheSameAsRows) {
  double sum = 0, squares = 0;
  for (const double v : kFirstDrug) sum += v, squares += v * v;
  const Outcome<Moments> rows = moments_of(kFirstDrug), sums = moments_of_sums(10, sum, squares);
  ASSERT_TRUE(rows.ok() && sums.ok());
  EXPECT_NEAR(sums.value().mean, rows.value().mean, 1e-15);
  EXPECT_NEAR(sums.value().variance, rows.value().variance, 1e-13);
}

TEST(MeanDifference, Refused) {
  EXPECT_EQ(moments_of({}).reason().code, "no_rows");
  EXPECT_EQ(moments_of(std::vector<double>{1, std::nan("")}).reason().code, "not_finite");
  EXPECT_EQ(moments_of_sums(0, 0, 0).reason().code, "no_rows");
  EXPECT_EQ(moments_of_sums(2, 10, 3).reason().code, "out_of_range");
  const Moments one{1, 5, 0}, flat{4, 5, 0}, some{4, 5, 2};
  EXPECT_EQ(welch_test(one, some).reason().code, "too_few_rows");
  EXPECT_EQ(welch_test(flat, flat).reason().code, "denominator_zero");
  EXPECT_EQ(student_test(some, some, 1).reason().code, "out_of_range");
  EXPECT_TRUE(welch_test(flat, some).ok());
}

// Moved or scaled values: the test of the difference does not care. Equal sizes and variances: both tests agree.
TEST(MeanDifference, Invariants) {
  std::vector<double> moved = kFirstDrug, other = kSecondDrug;
  for (double& v : moved) v = 100 + 7 * v;
  for (double& v : other) v = 100 + 7 * v;
  const auto plain = welch_test(moments_of(kFirstDrug).value(), moments_of(kSecondDrug).value());
  const auto changed = welch_test(moments_of(moved).value(), moments_of(other).value());
  ASSERT_TRUE(plain.ok() && changed.ok());
  EXPECT_NEAR(plain.value().t, changed.value().t, 1e-12);
  const Moments a{30, 1, 4}, b{30, 2, 4};
  EXPECT_NEAR(welch_test(a, b).value().p_two_sided, student_test(a, b).value().p_two_sided, 1e-14);
}

}  // namespace
}  // namespace kpi
