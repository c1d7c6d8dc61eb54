// The shipped catalogue and an empty dataset over it, for tests of what the engine makes of tables.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "core/engine/dataset.h"
#include "core/engine/evaluate.h"
#include "core/engine/report.h"
#include "tests/support/table_builder.h"

namespace kpi::test {

class EngineFixture : public ::testing::Test {
 protected:
  void SetUp() override {
    Result<Catalog> loaded = Catalog::load();
    ASSERT_TRUE(loaded.ok());
    catalog_ = std::make_unique<Catalog>(std::move(loaded).value());
    data_ = std::make_unique<Dataset>(catalog_.get());
  }
  /// kMissing where the value is undefined.
  static double number(const Value& value) {
    const Quantity* q = std::get_if<Quantity>(&value);
    return q == nullptr ? kMissing : q->value;
  }
  /// Why the value is undefined; empty where it is not.
  static std::string reason(const Value& value) {
    const Undefined* u = std::get_if<Undefined>(&value);
    return u == nullptr ? "" : std::string(u->code);
  }
  /// One KPI of a report that must be made.
  KpiResult kpi_of(const char* id, const ReportRequest& request = {}) const {
    const Result<Report> made = make_report(*data_, request);
    EXPECT_TRUE(made.ok());
    for (const KpiResult& k : made.value().kpis) {
      if (k.kpi->id == id) return k;
    }
    ADD_FAILURE() << "no KPI " << id;
    return {};
  }
  /// Its value for the member with this key of a grouping.
  Value member_value(const char* id, ReportRequest request, const std::string& dimension, const std::string& key) const {
    request.group_by = dimension;
    const Result<Report> made = make_report(*data_, request);
    EXPECT_TRUE(made.ok());
    const Report& report = made.value();
    for (const KpiResult& k : report.kpis) {
      if (k.kpi->id != id) continue;
      for (std::size_t i = 0; i < report.member_order.size(); ++i) {
        if (report.group->members()[report.member_order[i]].key == key) return k.by_member[i];
      }
    }
    ADD_FAILURE() << "no KPI " << id << " for " << key;
    return Undefined{"", {}};
  }
  static ReportRequest between(const char* from, const char* to) {
    ReportRequest request;
    request.from = parse_iso_date(from);
    request.to = parse_iso_date(to);
    return request;
  }
  std::unique_ptr<Catalog> catalog_;
  std::unique_ptr<Dataset> data_;
};

}  // namespace kpi::test
