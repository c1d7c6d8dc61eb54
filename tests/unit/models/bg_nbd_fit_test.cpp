// Expected values: fixtures clv.json (Newton-polished maxima, agreeing with lifetimes 0.11.3 and BTYD 2.4.3).
#include "core/models/bg_nbd_fit.h"

#include "tests/support/purchase_fit.h"

namespace kpi {
namespace {

const test::PurchaseFitCase<BgNbdFit> kCase{
    fit_bg_nbd, [](const BgNbd& m) -> std::array<double, 4> { return {m.r, m.alpha, m.a, m.b}; },
    [](const nlohmann::json& p) { return BgNbd{p["r"], p["alpha"], p["a"], p["b"]}; },
    {0.5551970988228506, 6.3558652822908535, 0.6158370425934059, 1.393267886320928},
    {0.06432511562137447, 1.0938829549372167, 0.2091745857627831, 0.6061611587995338}, -2293.201363797476, 1e-6};

TEST(BgNbdFit, SyntheticCustomers) { test::expect_synthetic(kCase); }
TEST(BgNbdFit, FixtureCdnow) {
  KPI_REFERENCE_CASE(wanted, "clv.json", "cdnow_bgnbd_fit");
  test::expect_cdnow(kCase, wanted);
}
TEST(BgNbdFit, ManyDifferentCustomers) { test::expect_many(kCase); }
TEST(BgNbdFit, OtherUnitsOfTimeScaleRatesAlone) { test::expect_other_units(kCase, {false, true, false, false}); }
TEST(BgNbdFit, WhatCannotBeFitted) { test::expect_reasons(kCase); }

}  // namespace
}  // namespace kpi
