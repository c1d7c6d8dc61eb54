#include "core/models/discounted_value.h"

#include <cmath>

#include "core/base/sum.h"

namespace kpi {
namespace {

bool is_possible(const ValueHorizon& h) {
  return h.months >= 1 && h.months <= kMostMonths && h.monthly_discount > -1 && std::isfinite(h.monthly_discount) && h.units_per_month > 0 &&
         std::isfinite(h.units_per_month) && std::isfinite(h.margin);
}

bool is_possible(const GammaGamma& m) {
  const auto is_positive = [](double v) { return v > 0 && std::isfinite(v); };
  return is_positive(m.p) && is_positive(m.q) && is_positive(m.gamma);
}

/// What a customer who is alive has bought by the end of each month: the model of a new customer with updated parameters.
BgNbd updated(const BgNbd& m, const RecencyFrequency& c) { return {m.r + c.frequency, m.alpha + c.age, m.a, m.b + c.frequency}; }
ParetoNbd updated(const ParetoNbd& m, const RecencyFrequency& c) { return {m.r + c.frequency, m.alpha + c.age, m.s, m.beta + c.age}; }

template <class Model>
Outcome<CustomerValues> values_of(const Model& model, const GammaGamma& spending, std::span<const RecencyFrequency> customers,
                                  std::span<const double> mean_spend, const ValueHorizon& horizon) {
  if (!kpi::is_possible(model) || !is_possible(spending)) return Undefined{"out_of_range", {"parameters"}};
  if (!is_possible(horizon)) return Undefined{"out_of_range", {"horizon"}};
  if (mean_spend.size() != customers.size()) return Undefined{"out_of_range", {"customers"}};
  if (const auto checked = group_customers(customers); !checked.ok()) return checked.reason();
  CustomerValues out;
  out.customers.reserve(customers.size());
  Sum total, purchases;
  for (std::size_t i = 0; i < customers.size(); ++i) {
    const Outcome<double> spend = expected_spend(spending, RepeatSpend{customers[i].frequency, mean_spend[i]});
    if (!spend.ok()) return spend.reason();
    const Model ahead = updated(model, customers[i]);
    CustomerValue v{probability_alive(model, customers[i]), 0, spend.value(), 0};
    double before = 0, discounted = 0, factor = 1;
    for (std::uint32_t k = 1; k <= horizon.months; ++k) {
      const double by_now = expected_purchases(ahead, k * horizon.units_per_month);
      factor /= 1 + horizon.monthly_discount;
      discounted += (by_now - before) * factor;
      before = by_now;
    }
    v.expected_purchases = v.probability_alive * before;
    v.value = horizon.margin * v.expected_spend * v.probability_alive * discounted;
    if (!std::isfinite(v.value) || !std::isfinite(v.expected_purchases)) return Undefined{"not_finite", {"value"}};
    total.add(v.value);
    purchases.add(v.expected_purchases);
    out.customers.push_back(v);
  }
  out.total_value = total.value();
  out.mean_value = total.value() / static_cast<double>(customers.size());
  out.total_purchases = purchases.value();
  if (!std::isfinite(out.total_value) || !std::isfinite(out.total_purchases)) return Undefined{"not_finite", {"value"}};
  return out;
}

}  // namespace

Outcome<CustomerValues> customer_values(const BgNbd& model, const GammaGamma& spending, std::span<const RecencyFrequency> customers,
                                        std::span<const double> mean_spend, const ValueHorizon& horizon) {
  return values_of(model, spending, customers, mean_spend, horizon);
}

Outcome<CustomerValues> customer_values(const ParetoNbd& model, const GammaGamma& spending, std::span<const RecencyFrequency> customers,
                                        std::span<const double> mean_spend, const ValueHorizon& horizon) {
  return values_of(model, spending, customers, mean_spend, horizon);
}

}  // namespace kpi
