// The shipped catalogue and an empty dataset over it, for tests of what the engine makes of tables.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "core/engine/dataset.h"
#include "core/engine/evaluate.h"
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
  std::unique_ptr<Catalog> catalog_;
  std::unique_ptr<Dataset> data_;
};

}  // namespace kpi::test
