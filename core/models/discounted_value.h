// Customer lifetime value over a horizon: expected purchases, times expected spend, times margin, discounted.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/bg_nbd.h"
#include "core/models/gamma_gamma.h"
#include "core/models/pareto_nbd.h"

namespace kpi {

struct ValueHorizon {
  std::uint32_t months = 12;        // 1..kMostMonths
  double monthly_discount = 0;      // 0.01 is 1 % a month; > -1
  double units_per_month = 4.345;   // of the model's time: weeks as a rule
  double margin = 1;                // share of the spend that stays
};
constexpr std::uint32_t kMostMonths = 600;

struct CustomerValue {
  double probability_alive = 0;
  double expected_purchases = 0;  // over the horizon
  double expected_spend = 0;      // per purchase
  double value = 0;               // discounted, from now on: what was bought before is not in it
};

struct CustomerValues {
  std::vector<CustomerValue> customers;  // in the order given
  double total_value = 0, mean_value = 0, total_purchases = 0;
};

/// value = margin E[spend] sum over months k of (E[Y(k f)] - E[Y((k - 1) f)]) / (1 + d)^k, f units per month: payments count at the end
/// of their month, as the RFM-and-CLV paper and common packages do.
/// Shape   `customers` and `spend` row by row; the frequency of `spend` is taken from `customers`.
/// Errors  "no_rows"; "out_of_range" {"parameters", "horizon" or "customers"}; "mean_infinite" {"spend"}; "not_finite".
/// Cost    `months` expectations per customer: about 0.2 us each for Pareto/NBD, 0.3 us for BG/NBD.
Outcome<CustomerValues> customer_values(const BgNbd& model, const GammaGamma& spending, std::span<const RecencyFrequency> customers,
                                        std::span<const double> mean_spend, const ValueHorizon& horizon);
Outcome<CustomerValues> customer_values(const ParetoNbd& model, const GammaGamma& spending, std::span<const RecencyFrequency> customers,
                                        std::span<const double> mean_spend, const ValueHorizon& horizon);

}  // namespace kpi
