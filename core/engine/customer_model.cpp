#include "core/engine/customer_model.h"

#include <cmath>
#include <utility>

#include "core/base/sum.h"

namespace kpi {
namespace {

constexpr std::uint32_t kFrequencyBins = 8;
constexpr std::int32_t kLeastUnits = 6;

using Fit = std::variant<BgNbdFit, ParetoNbdFit>;

void round_parameters(BgNbd& model) {
  for (double* value : {&model.r, &model.alpha, &model.a, &model.b}) *value = rounded_parameter(*value);
}
void round_parameters(ParetoNbd& model) {
  for (double* value : {&model.r, &model.alpha, &model.s, &model.beta}) *value = rounded_parameter(*value);
}

template <class Fitted>
Outcome<Fit> steady(Outcome<Fitted> fit) {
  if (!fit.ok()) return fit.reason();
  Fitted found = std::move(fit).value();
  round_parameters(found.parameters);
  return Fit(std::move(found));
}

Outcome<Fit> fit_purchases(const std::vector<RecencyFrequency>& patterns, bool is_pareto) {
  return is_pareto ? steady(fit_pareto_nbd(patterns)) : steady(fit_bg_nbd(patterns));
}

std::vector<RecencyFrequency> patterns_of(const std::vector<PurchaseHistory>& histories) {
  std::vector<RecencyFrequency> patterns;
  patterns.reserve(histories.size());
  for (const PurchaseHistory& h : histories) patterns.push_back(h.pattern);
  return patterns;
}

void add_values(const CustomerModelRequest& request, const std::vector<RecencyFrequency>& patterns, CustomerModel& model) {
  std::vector<RepeatSpend> spends;
  std::vector<double> means;
  for (const PurchaseHistory& h : model.histories) {
    spends.push_back({h.pattern.frequency, h.mean_repeat_spend});
    means.push_back(h.mean_repeat_spend);
  }
  model.correlation = correlation_with_frequency(spends);
  model.spending = fit_gamma_gamma(spends);
  if (model.spending.ok()) {
    GammaGammaFit fit = model.spending.value();
    for (double* value : {&fit.parameters.p, &fit.parameters.q, &fit.parameters.gamma}) *value = rounded_parameter(*value);
    model.spending = fit;
  } else {
    model.mean_spend = model.spending.reason();
    model.values = model.spending.reason();
    return;
  }
  const GammaGamma& spending = model.spending.value().parameters;
  model.mean_spend = expected_spend(spending);
  const ValueHorizon horizon{request.months, std::pow(1 + request.yearly_discount, 1.0 / 12) - 1, kUnitsPerMonth, 1};
  model.values = std::visit([&](const auto& fit) { return customer_values(fit.parameters, spending, patterns, means, horizon); }, model.fit);
}

}  // namespace

double rounded_parameter(double value) {
  constexpr int kBits = 20;
  int exponent = 0;
  const double mantissa = std::frexp(value, &exponent);
  return std::ldexp(std::round(std::ldexp(mantissa, kBits)), exponent - kBits);
}

Outcome<CustomerModel> customer_model(const CustomerOrders& orders, const CustomerModelRequest& request) {
  if (request.months == 0 || request.months > kMostMonths) return Undefined{"out_of_range", {"horizon"}};
  if (!(request.yearly_discount >= 0) || !std::isfinite(request.yearly_discount)) return Undefined{"out_of_range", {"discount_rate"}};
  Outcome<PurchaseHistories> histories = purchase_histories(orders.orders, {orders.last_day, orders.last_day, kDaysPerUnit});
  if (!histories.ok()) return histories.reason();
  CustomerModel model;
  model.histories = std::move(histories).value().customers;
  const std::vector<RecencyFrequency> patterns = patterns_of(model.histories);
  Outcome<Fit> fit = fit_purchases(patterns, request.is_pareto);
  if (!fit.ok()) return fit.reason();
  model.fit = std::move(fit).value();
  add_values(request, patterns, model);
  if (model.values.ok()) {
    for (const CustomerValue& customer : model.values.value().customers) {
      model.alive.push_back(customer.probability_alive);
      model.purchases.push_back(customer.expected_purchases);
    }
    return model;
  }
  const double horizon = request.months * kUnitsPerMonth;
  std::visit([&](const auto& known) {
    for (const RecencyFrequency& pattern : patterns) {
      model.alive.push_back(probability_alive(known.parameters, pattern));
      model.purchases.push_back(expected_purchases(known.parameters, pattern, horizon));
    }
  }, model.fit);
  return model;
}

Outcome<FrequencyFit> customer_frequencies(const CustomerModel& model) {
  return std::visit([&](const auto& fit) {
    return frequency_fit(patterns_of(model.histories), kFrequencyBins, [&](std::uint32_t count, double t) { return probability_of_count(fit.parameters, count, t); });
  }, model.fit);
}

Outcome<HoldoutCheck> holdout_check(const CustomerOrders& orders, const CustomerModelRequest& request) {
  const std::int32_t days = orders.last_day - orders.first_day + 1;
  if (days < kLeastUnits * static_cast<std::int32_t>(kDaysPerUnit)) return Undefined{"too_few_rows", {"weeks"}};
  const std::int32_t held_out = days / 3, learned = orders.last_day - held_out;
  const Outcome<PurchaseHistories> histories = purchase_histories(orders.orders, {learned, orders.last_day, kDaysPerUnit});
  if (!histories.ok()) return histories.reason();
  const std::vector<PurchaseHistory>& customers = histories.value().customers;
  const Outcome<Fit> fit = fit_purchases(patterns_of(customers), request.is_pareto);
  if (!fit.ok()) return fit.reason();
  HoldoutCheck check{learned + 1, orders.last_day, 0, 0, static_cast<std::uint32_t>(customers.size())};
  Sum expected;
  std::visit([&](const auto& known) {
    for (const PurchaseHistory& h : customers) expected.add(expected_purchases(known.parameters, h.pattern, held_out / kDaysPerUnit));
  }, fit.value());
  for (const PurchaseHistory& h : customers) check.actual += h.holdout_purchases;
  check.expected = expected.value();
  return check;
}

}  // namespace kpi
