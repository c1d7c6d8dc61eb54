// A user's KPI is calculated, explained, compared and solved like a shipped one.
#include <gtest/gtest.h>

#include "core/catalog/own_kpis.h"
#include "core/engine/solve.h"
#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::TableBuilder;

/// Expected values by hand from the typed figures.
class OwnKpisReportTest : public test::EngineFixture {
 protected:
  void type(const std::vector<std::string>& measures, const std::vector<double>& values) {
    data_->put(TableBuilder("totals", 1).texts("measure", measures).numbers("value", values).build());
  }
  void define(const std::vector<std::pair<std::string, std::string>>& kpis, bool is_rate = false) {
    std::vector<OwnKpi> wanted;
    for (const auto& [id, formula] : kpis) {
      OwnKpi own;
      own.id = id;
      own.formula = formula;
      own.is_rate = is_rate;
      wanted.push_back(std::move(own));
    }
    for (const OwnVerdict& verdict : define_own_kpis(*catalog_, wanted)) EXPECT_FALSE(verdict.error);
  }
  KpiResult result(const Report& report, std::string_view id) {
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id == id) return k;
    }
    ADD_FAILURE() << id;
    return report.kpis[0];
  }
};

TEST_F(OwnKpisReportTest, ValuesFollowHandArithmetic) {
  type({"media_spend", "content_spend", "won_deals", "new_leads"}, {5000, 3000, 20, 400});
  define({{"own_double", "own_spend_per_deal * 2"}, {"own_spend_per_deal", "marketing_spend / won_deals"}, {"own_mixed", "cost_per_lead + own_spend_per_deal * won_deals / new_leads"}});
  const Report report = make_report(*data_, {}).value();
  EXPECT_EQ(number(result(report, "own_spend_per_deal").value), 400);  // 8,000 / 20
  EXPECT_EQ(number(result(report, "own_double").value), 800);
  EXPECT_EQ(number(result(report, "own_mixed").value), 40);  // 8,000 / 400 + 400 * 20 / 400
  EXPECT_EQ(number(result(report, "cost_per_lead").value), 20);
}

TEST_F(OwnKpisReportTest, WithoutAValueThereIsAReason) {
  type({"media_spend", "won_deals"}, {5000, 0});
  define({{"own_a", "media_spend / won_deals"}, {"own_b", "media_spend / own_c"}, {"own_c", "new_leads + mqls * (new_leads / mqls)"}});
  const Report report = make_report(*data_, {}).value();
  EXPECT_EQ(reason(result(report, "own_a").value), "denominator_zero");
  EXPECT_EQ(reason(result(report, "own_b").value), "missing_input");
  EXPECT_EQ(std::get<Undefined>(result(report, "own_b").value).arguments, (std::vector<std::string>{"new_leads", "mqls"}));
}

TEST_F(OwnKpisReportTest, AShareOfAWholeCarriesItsInterval) {
  type({"won_deals", "lost_deals"}, {5, 35});
  define({{"own_rate", "won_deals / (won_deals + lost_deals)"}}, true);
  const KpiResult rate = result(make_report(*data_, {}).value(), "own_rate");
  // Wilson 1927 for 5 of 40, as in core/engine/evaluate.h: 0.05460 .. 0.26112.
  ASSERT_TRUE(rate.interval);
  EXPECT_NEAR(rate.interval->low, 0.05460, 1e-5);
  EXPECT_NEAR(rate.interval->high, 0.26112, 1e-5);
  EXPECT_EQ(rate.denominator, 40);
}

TEST_F(OwnKpisReportTest, ExplainsAndSolves) {
  type({"media_spend", "won_deals"}, {5000, 20});
  define({{"own_half", "own_cost / 2"}, {"own_cost", "media_spend / won_deals"}});
  const Explanation explained = explain(*data_, {}, "own_half", "", "").value();
  EXPECT_EQ(number(explained.trace.value), 125);
  ASSERT_EQ(explained.inputs.size(), 2u);
  EXPECT_EQ(explained.inputs[0].measure->id, "media_spend");
  const Solution solved = solve(*data_, {}, "own_half", "media_spend", 250).value();
  ASSERT_EQ(solved.values.size(), 1u);
  EXPECT_DOUBLE_EQ(solved.values[0], 10000);  // 250 x 2 x 20
}

TEST_F(OwnKpisReportTest, FilesStayReadWhenDefinitionsChange) {
  data_->put(TableBuilder("leads", 1).dates("created_at", {"2024-01-03", "2024-01-09", "2024-02-02"}).texts("source", {"Email", "Email", "Fair"}).build());
  define({{"own_twice", "new_leads * 2"}});
  ReportRequest request;
  request.group_by = "source";
  const Report report = make_report(*data_, request).value();
  const KpiResult twice = result(report, "own_twice");
  EXPECT_EQ(number(twice.value), 6);
  ASSERT_EQ(twice.series.size(), 2u);
  EXPECT_EQ(number(twice.series[0]), 4);
  ASSERT_EQ(twice.by_member.size(), 2u);
  EXPECT_EQ(number(twice.by_member[0]), 4);  // Email, the larger one first
  define({{"own_thrice", "new_leads * 3"}});
  EXPECT_EQ(number(result(make_report(*data_, {}).value(), "own_thrice").value), 9);
  EXPECT_EQ(catalog_->kpi("own_twice"), nullptr);
}

}  // namespace
}  // namespace kpi
