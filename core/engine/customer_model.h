// What the customers who bought so far are worth over the time to come, by the models of repeat buying.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "core/engine/customer_orders.h"
#include "core/models/bg_nbd_fit.h"
#include "core/models/discounted_value.h"
#include "core/models/pareto_nbd_fit.h"
#include "core/models/repeat_check.h"

namespace kpi {

constexpr double kDaysPerUnit = 7;
constexpr double kUnitsPerMonth = 365.25 / 12 / kDaysPerUnit;
/// A correlation of spend with frequency beyond this, either way: the value of frequent buyers is misstated.
constexpr double kMostCorrelation = 0.3;

struct CustomerModelRequest {
  bool is_pareto = false;     // Pareto/NBD in place of BG/NBD
  std::uint32_t months = 12;  // 1..kMostMonths
  double yearly_discount = 0.10;
};

/// The model was fitted to the orders of the first part of the time and asked for what came after.
struct HoldoutCheck {
  std::int32_t first_day = 0, last_day = 0;  // of the part that was held out
  double expected = 0, actual = 0;           // repeat purchases in it, of customers who were there before
  std::uint32_t customers = 0;
};

struct CustomerModel {
  std::vector<PurchaseHistory> histories;  // those below are by customer in this order
  std::variant<BgNbdFit, ParetoNbdFit> fit;
  std::vector<double> alive, purchases;    // probability, and expected purchases over the horizon
  Outcome<GammaGammaFit> spending = Undefined{"no_rows", {}};
  Outcome<double> mean_spend = Undefined{"no_rows", {}}, correlation = Undefined{"no_rows", {}};
  Outcome<CustomerValues> values = Undefined{"no_rows", {}};
};

/// The nearest number of 20 bits, some six digits. Where a fit ends differs from one platform to the next from about the ninth digit on;
/// parameters are taken so far only, well within their standard errors, and all that follows from them is alike everywhere.
double rounded_parameter(double value);

/// Fits and predicts, with rounded parameters. Undefined: those of the fit of purchases; what concerns spend and value has its reasons of its own.
/// Cost    some 40 passes over the customers and, for each, an expectation a month: 0.5 s for 100,000 customers.
Outcome<CustomerModel> customer_model(const CustomerOrders& orders, const CustomerModelRequest& request);

/// Customers by number of repeat purchases, as they are and as the model has them.
Outcome<FrequencyFit> customer_frequencies(const CustomerModel& model);

/// The last third of the time held out. Undefined: those of the fit, "too_few_rows" where the orders span fewer than six units.
Outcome<HoldoutCheck> holdout_check(const CustomerOrders& orders, const CustomerModelRequest& request);

}  // namespace kpi
