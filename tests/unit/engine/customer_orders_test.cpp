// Orders as the models take them, by hand.
#include "core/engine/customer_orders.h"

#include "tests/support/engine_fixture.h"

namespace kpi {
namespace {

using test::kMissing;
using test::TableBuilder;

class CustomerOrdersTest : public test::EngineFixture {
 protected:
  TableBuilder five() const {
    TableBuilder t("orders", 1);
    t.keys("customer_id", {"a", "b", "a", "", "c"}).dates("date", {"2024-03-05", "2024-01-10", "2024-01-20", "2024-02-01", ""});
    return t;
  }
  Outcome<CustomerOrders> read(const ReportRequest& request = {}) {
    const Result<ReportScope> made = open_scope(*data_, request);
    EXPECT_TRUE(made.ok());
    const ReportScope& scope = made.value();
    group_ = scope.group;
    return customer_orders({*data_, scope.window, scope.filters, group_.get(), request.parameters, request.stages, request.currency});
  }
  std::shared_ptr<Dimension> group_;
};

TEST_F(CustomerOrdersTest, EveryRowIsUsedOrCountedWithItsReason) {
  data_->put(five().numbers("amount", {100, 200, 300, 400, 500}).build());
  data_->put(TableBuilder("orders", 2).keys("customer_id", {"a", "b", "b"}).dates("date", {"2024-03-09", "2024-03-10", "2024-02-10"}).numbers("amount", {-50, 0, kMissing}).build());
  const Outcome<CustomerOrders> orders = read();
  ASSERT_TRUE(orders.ok());
  const OrderRows& rows = orders.value().rows;
  EXPECT_EQ(rows.rows, 8U);
  EXPECT_EQ(rows.used, 3U);
  EXPECT_EQ(rows.without_customer, 1U);
  EXPECT_EQ(rows.undated, 1U);
  EXPECT_EQ(rows.not_positive, 2U);
  EXPECT_EQ(rows.without_amount, 1U);
  EXPECT_EQ(orders.value().basis, OrderBasis::kRevenue);
  EXPECT_EQ(orders.value().orders[0].customer, orders.value().orders[2].customer);
  EXPECT_EQ(orders.value().last_day, *parse_iso_date("2024-03-10")) << "the last day the tables of orders tell of";
}

TEST_F(CustomerOrdersTest, OrdersAfterTheWindowAreLaterAndThoseBeforeItStillCount) {
  data_->put(five().numbers("amount", {100, 200, 300, 400, 500}).build());
  const Outcome<CustomerOrders> orders = read(between("2024-02-01", "2024-02-29"));
  ASSERT_TRUE(orders.ok());
  EXPECT_EQ(orders.value().rows.used, 2U);
  EXPECT_EQ(orders.value().rows.later, 1U);
  EXPECT_EQ(orders.value().last_day, *parse_iso_date("2024-02-29"));
}

TEST_F(CustomerOrdersTest, CostsOfTheOrderThenTheMarginTypedThenTheAmountItself) {
  data_->put(five().numbers("amount", {100, 200, 300, 400, 500}).numbers("cogs", {40, kMissing, 100, 0, 0}).build());
  const Outcome<CustomerOrders> plain = read();
  ASSERT_TRUE(plain.ok());
  EXPECT_EQ(plain.value().basis, OrderBasis::kRevenue) << "one order has no cost: margins and amounts are not mixed";
  EXPECT_EQ(plain.value().with_costs, 2U);
  EXPECT_DOUBLE_EQ(plain.value().orders[0].amount, 100);
  ReportRequest request;
  request.parameters["gross_margin"] = 0.5;
  const Outcome<CustomerOrders> shared = read(request);
  ASSERT_TRUE(shared.ok());
  EXPECT_EQ(shared.value().basis, OrderBasis::kCostsAndShare);
  EXPECT_DOUBLE_EQ(shared.value().orders[0].amount, 60);
  EXPECT_DOUBLE_EQ(shared.value().orders[1].amount, 100);
  EXPECT_DOUBLE_EQ(shared.value().orders[2].amount, 200);
  request.parameters["gross_margin"] = 1.5;
  EXPECT_EQ(read(request).reason().code, "out_of_range");
}

TEST_F(CustomerOrdersTest, ACustomerBelongsToTheMemberOfTheFirstOrder) {
  data_->put(five().numbers("amount", {100, 200, 300, 400, 500}).texts("country", {"France", "Spain", "Italy", "Spain", "Spain"}).build());
  ReportRequest request;
  request.group_by = "country";
  const Outcome<CustomerOrders> orders = read(request);
  ASSERT_TRUE(orders.ok());
  ASSERT_EQ(orders.value().member.size(), 2U);
  EXPECT_EQ(group_->members()[orders.value().member[0]].key, "italy") << "January, though its row is later";
  request.filters = {{"country", {"spain"}}};
  const Outcome<CustomerOrders> spain = read(request);
  ASSERT_TRUE(spain.ok());
  EXPECT_EQ(spain.value().rows.used, 1U);
  EXPECT_EQ(spain.value().rows.filtered, 2U);
}

TEST_F(CustomerOrdersTest, SaysWhatIsMissing) {
  EXPECT_EQ(read().reason().code, "missing_input");
  data_->put(five().numbers("amount", {100, 200, 300, 400, 500}).texts("currency", {"EUR", "USD", "EUR", "EUR", "EUR"}).build());
  EXPECT_EQ(read().reason().code, "currency_mixed");
  data_->put(five().numbers("amount", {0, 0, 0, 0, 0}).build());
  EXPECT_EQ(read().reason().code, "no_rows");
}

}  // namespace
}  // namespace kpi
