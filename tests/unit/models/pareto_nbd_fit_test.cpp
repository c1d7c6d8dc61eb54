// Expected values: fixtures clv.json (Newton-polished maxima, agreeing with lifetimes 0.11.3 and BTYD 2.4.3).
#include "core/models/pareto_nbd_fit.h"

#include "tests/support/purchase_fit.h"

namespace kpi {
namespace {

const test::PurchaseFitCase<ParetoNbdFit> kCase{
    fit_pareto_nbd, [](const ParetoNbd& m) -> std::array<double, 4> { return {m.r, m.alpha, m.s, m.beta}; },
    [](const nlohmann::json& p) { return ParetoNbd{p["r"], p["alpha"], p["s"], p["beta"]}; },
    {1.200511124809608, 16.363385704471586, 1.5499690097483934, 57.643028968056676},
    {0.19981723514601007, 2.823823356628198, 1.61682361941553, 73.82839594508577}, -2310.8968482116125, 1e-5};

TEST(ParetoNbdFit, SyntheticCustomers) { test::expect_synthetic(kCase); }
TEST(ParetoNbdFit, FixtureCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_pnbd_fit");
  test::expect_cdnow(kCase, wanted);
}
TEST(ParetoNbdFit, ManyDifferentCustomers) { test::expect_many(kCase); }
TEST(ParetoNbdFit, OtherUnitsOfTimeScaleRatesAlone) { test::expect_other_units(kCase, {false, true, false, true}); }
TEST(ParetoNbdFit, WhatCannotBeFitted) { test::expect_reasons(kCase); }

}  // namespace
}  // namespace kpi
