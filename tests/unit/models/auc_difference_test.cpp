#include "core/models/auc_difference.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "core/models/auc.h"
#include "core/models/logistic_regression.h"
#include "core/models/seeded_random.h"
#include "tests/support/lead_fixture.h"

namespace kpi {
namespace {

using Scores = std::vector<double>;
using Outcomes = std::vector<std::uint8_t>;

double wins(double converted, double other) { return converted > other ? 1 : converted == other ? 0.5 : 0; }

/// The standard error of the difference by the definition of DeLong's paper: all pairs, the covariances of the components, no ranks.
double error_by_pairs(const Scores& a, const Scores& b, const Outcomes& y) {
  std::vector<std::size_t> converted, others;
  for (std::size_t i = 0; i < y.size(); ++i) (y[i] != 0 ? converted : others).push_back(i);
  const double m = static_cast<double>(converted.size()), n = static_cast<double>(others.size());
  const auto components = [&](const Scores& s, bool of_converted) {
    std::vector<double> v;
    for (const std::size_t i : of_converted ? converted : others) {
      double sum = 0;
      for (const std::size_t j : of_converted ? others : converted) sum += of_converted ? wins(s[i], s[j]) : wins(s[j], s[i]);
      v.push_back(sum / (of_converted ? n : m));
    }
    return v;
  };
  const auto covariance = [](const std::vector<double>& u, const std::vector<double>& v) {
    double mean_u = 0, mean_v = 0, sum = 0;
    for (const double x : u) mean_u += x / static_cast<double>(u.size());
    for (const double x : v) mean_v += x / static_cast<double>(v.size());
    for (std::size_t i = 0; i < u.size(); ++i) sum += (u[i] - mean_u) * (v[i] - mean_v);
    return sum / static_cast<double>(u.size() - 1);
  };
  const auto s = [&](const Scores& u, const Scores& v) { return covariance(components(u, true), components(v, true)) / m + covariance(components(u, false), components(v, false)) / n; };
  return std::sqrt(s(a, a) + s(b, b) - 2 * s(a, b));
}

/// The 43 complete patients of DeLong, DeLong, Clarke-Pearson 1988, as the manual of SAS/STAT prints them (PROC LOGISTIC, comparing ROC curves).
struct Patients {
  Scores albumin = {3.0, 3.2, 3.9, 2.8, 3.2, 0.9, 2.5, 1.6, 3.8, 3.7, 3.2, 3.8, 4.1, 3.6, 4.3, 3.6, 2.3, 4.2, 4.0, 3.5, 3.8, 3.0,
                    4.5, 3.7, 3.1, 4.1, 4.3, 4.3, 3.2, 2.6, 3.3, 1.7, 3.7, 3.3, 4.2, 3.5, 2.9, 2.1, 2.8, 4.0, 3.3, 3.7, 3.6};
  Scores protein = {5.8, 6.3, 6.8, 4.8, 5.8, 4.0, 5.7, 5.6, 5.7, 6.7, 5.4, 6.6, 6.6, 5.7, 7.0, 6.7, 4.4, 7.6, 6.6, 5.8, 6.8, 4.7,
                    7.4, 7.4, 6.6, 8.2, 7.0, 6.5, 5.1, 4.7, 6.8, 4.0, 6.1, 6.3, 7.7, 6.2, 5.7, 4.8, 6.2, 7.0, 5.7, 6.9, 6.6};
  Scores risk = {10, 5, 3, 6, 3, 5, 8, 5, 5, 6, 4, 6, 5, 5, 4, 4, 6, 4, 6, 6, 7, 8, 5, 5, 6, 6, 5, 4, 5, 6, 6, 7, 5, 7, 6, 5, 9, 7, 8, 7, 6, 5, 5};
  Outcomes outcomes = {0, 1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 1, 1};
  Scores kg() const {
    Scores score;
    for (const double one : risk) score.push_back(10 - one);
    return score;
  }
};

// By the definition over all pairs, calculated apart from this program: areas 0.73656, 0.64785 and 0.72581.
TEST(AucDifference, OfThePaper) {
  const Patients p;
  const auto albumin = compare_areas(p.albumin, p.kg(), p.outcomes), protein = compare_areas(p.protein, p.kg(), p.outcomes);
  ASSERT_TRUE(albumin.ok() && protein.ok());
  EXPECT_EQ(albumin.value().people, 43U);
  EXPECT_NEAR(albumin.value().first, 0.736559, 1e-6);
  EXPECT_NEAR(albumin.value().second, 0.725806, 1e-6);
  EXPECT_NEAR(*albumin.value().standard_error, 0.0953436, 1e-7);
  EXPECT_NEAR(albumin.value().interval->low, -0.1761174, 1e-6);
  EXPECT_NEAR(albumin.value().interval->high, 0.1976227, 1e-6);
  EXPECT_NEAR(*albumin.value().z * *albumin.value().z, 0.0127189, 1e-6);
  EXPECT_NEAR(*albumin.value().p, 0.9102063, 1e-6);
  EXPECT_NEAR(protein.value().difference, -0.0779570, 1e-6);
  EXPECT_NEAR(*protein.value().standard_error, 0.1046096, 1e-6);
  EXPECT_NEAR(*protein.value().p, 0.4561397, 1e-6);
}

TEST(AucDifference, IsThatOfAllPairs) {
  SeededRandom random(77);
  for (int round = 0; round < 50; ++round) {
    Scores a, b;
    Outcomes y;
    for (int i = 0; i < 60; ++i) {
      const double shared = random.unit();
      a.push_back(std::floor(8 * (shared + random.unit())));
      b.push_back(std::floor(5 * (shared + random.unit())));
      y.push_back(i < 2 || (i > 3 && random.unit() < 0.3 * shared + 0.2) ? 1 : 0);
    }
    SCOPED_TRACE("seed 77, round " + std::to_string(round));
    const auto forward = compare_areas(a, b, y), backward = compare_areas(b, a, y);
    ASSERT_TRUE(forward.ok() && backward.ok());
    EXPECT_NEAR(forward.value().first, area_under_curve(a, y).value().value, 1e-15);
    EXPECT_NEAR(forward.value().second, area_under_curve(b, y).value().value, 1e-15);
    ASSERT_TRUE(forward.value().standard_error);
    EXPECT_NEAR(*forward.value().standard_error, error_by_pairs(a, b, y), 1e-12);
    EXPECT_NEAR(forward.value().difference, -backward.value().difference, 1e-15);
    EXPECT_NEAR(*forward.value().p, *backward.value().p, 1e-12);
    EXPECT_TRUE(*forward.value().p >= 0 && *forward.value().p <= 1);
    EXPECT_EQ(*forward.value().p < 0.05, forward.value().interval->low > 0 || forward.value().interval->high < 0);
  }
}

// A score that is the same for everybody has no spread of its own: what is left is the error of the other score, which pROC gives for the fixture.
TEST(AucDifference, AgainstChanceItIsDeLongsSingleError) {
  KPI_FIXTURE_CASES(cases, "lead_scoring");
  const auto c = test::fixture_case(cases, "synthetic_dev_in_sample_evaluation"), fit = test::fixture_case(cases, "synthetic_dev_logit_fit");
  const test::Leads leads = test::read_leads(fit["inputs"]);
  const auto model = fit_logistic_regression(leads.features, leads.outcomes);
  ASSERT_TRUE(model.ok());
  const Scores chances = predict_all(model.value(), leads.features), same(chances.size(), 1);
  const auto difference = compare_areas(chances, same, leads.outcomes);
  ASSERT_TRUE(difference.ok());
  EXPECT_EQ(difference.value().second, 0.5);
  test::expect_fixture(difference.value().interval->low + 0.5, c["expected"]["auc_ci95_delong"][0], c["tolerance"], "auc_ci95_delong");
  test::expect_fixture(difference.value().interval->high + 0.5, c["expected"]["auc_ci95_delong"][1], c["tolerance"], "auc_ci95_delong");
}

TEST(AucDifference, NoSpreadHasNoTest) {
  const Scores a = {1, 2, 3, 4, 5}, doubled = {2, 4, 6, 8, 10};
  const auto alike = compare_areas(a, doubled, Outcomes{0, 1, 0, 1, 1});
  ASSERT_TRUE(alike.ok());
  EXPECT_EQ(alike.value().difference, 0);
  EXPECT_FALSE(alike.value().p);
  EXPECT_FALSE(alike.value().interval);
  const auto single = compare_areas(Scores{1, 2, 3}, Scores{3, 1, 2}, Outcomes{1, 0, 0});
  ASSERT_TRUE(single.ok());
  EXPECT_FALSE(single.value().standard_error);
}

TEST(AucDifference, ReasonsForNone) {
  EXPECT_EQ(compare_areas(Scores{}, Scores{}, Outcomes{}).reason().code, "no_rows");
  EXPECT_EQ(compare_areas(Scores{1, 2}, Scores{1}, Outcomes{0, 1}).reason().code, "out_of_range");
  EXPECT_EQ(compare_areas(Scores{1, 2}, Scores{1, 2}, Outcomes{0, 0}).reason().code, "no_conversions");
  EXPECT_EQ(compare_areas(Scores{1, 2}, Scores{1, 2}, Outcomes{1, 1}).reason().code, "all_converted");
  EXPECT_EQ(compare_areas(Scores{1, 2}, Scores{1, std::nan("")}, Outcomes{1, 0}).reason().code, "not_finite");
  EXPECT_EQ(compare_areas(Scores{1, 2}, Scores{1, 2}, Outcomes{1, 0}, 1).reason().code, "out_of_range");
}

}  // namespace
}  // namespace kpi
