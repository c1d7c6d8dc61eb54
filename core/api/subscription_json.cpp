#include "core/api/subscription_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

#include "core/api/approximate.h"
#include "core/api/segments_json.h"
#include "core/base/sum.h"
#include "core/engine/customer_model.h"
#include "core/models/cohort_payback.h"
#include "core/models/shifted_beta_geometric.h"

namespace kpi {
namespace {

constexpr std::array<std::string_view, 2> kCosts = {"customer_acquisition_cost", "cac_marketing"};
constexpr std::uint32_t kProjected = 36;  // months
constexpr std::size_t kMostMonthsShown = 120, kMonthsOfYear = 12;

/// What a customer cost, by the month in which it was won.
struct AcquisitionCosts {
  std::string_view source;  // empty: not known
  std::map<Day, Value> by_month;
  std::optional<double> typed;

  Value of(Day month) const {
    if (typed) return Quantity{*typed, {}};
    const auto it = by_month.find(month);
    return it == by_month.end() ? Value(Undefined{"missing_input", {std::string(kCosts.front())}}) : it->second;
  }
};

AcquisitionCosts acquisition_costs(const Dataset& dataset, const ReportRequest& request, const SubscriptionCohorts& data, std::optional<double> typed) {
  AcquisitionCosts costs;
  costs.typed = typed;
  if (typed) {
    costs.source = "typed";
    return costs;
  }
  ReportRequest monthly = request;
  monthly.from = data.cohorts.front().start;
  monthly.to = next_period_start(data.cohorts.back().start, Grain::kMonth) - 1;
  monthly.grain = Grain::kMonth;
  monthly.group_by.clear();
  monthly.compare = {};
  monthly.compare_also.clear();
  const Result<Report> made = make_report(dataset, monthly);
  if (!made.ok()) return costs;
  const Report& report = made.value();
  for (const std::string_view id : kCosts) {
    const auto found = std::find_if(report.kpis.begin(), report.kpis.end(), [id](const KpiResult& k) { return k.kpi->id == id; });
    const auto is_known = [](const Value& value) { return std::holds_alternative<Quantity>(value); };
    if (found == report.kpis.end() || std::none_of(found->series.begin(), found->series.end(), is_known)) continue;
    costs.source = id;
    for (std::size_t b = 0; b < found->series.size(); ++b) costs.by_month[report.window.buckets[b].first] = found->series[b];
    break;
  }
  return costs;
}

Json list_json(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) append(list, approximate(value));
  return list;
}

/// Cost of the cohort, or why it is not known.
Outcome<double> cost_of(const Cohort& cohort, const SubscriptionCohorts& data, const AcquisitionCosts& costs) {
  const Value value = costs.of(cohort.start);
  if (const Undefined* reason = std::get_if<Undefined>(&value)) return *reason;
  const Quantity& cost = std::get<Quantity>(value);
  if (!cost.currency.empty() && !data.currency.empty() && cost.currency != data.currency) return Undefined{"currency_mixed", {"mrr"}};
  return cost.value;
}

/// What the cohort's margin added up to, in months that are over.
Outcome<CohortPayback> payback_of(const Cohort& cohort, const SubscriptionCohorts& data, const Outcome<double>& cost) {
  if (!data.has_margin) return Undefined{"missing_input", {"gross_margin"}};
  if (!cost.ok()) return cost.reason();
  AcquisitionCohort acquired{cost.value() * static_cast<double>(cohort.customers), {}};
  for (const CohortCell& cell : cohort.cells) {
    if (!cell.is_immature) acquired.margin.push_back(cell.margin);
  }
  return cohort_payback(acquired);
}

Object payback_json(const CohortPayback& payback) {
  Object json;
  json.put("cumulative", list_json(payback.cumulative_margin)).put("share", list_json(payback.share_earned));
  if (payback.payback_month) json.put("month", std::int64_t{*payback.payback_month});
  else json.put_null("month");
  return json;
}

/// All cohorts that have both a cost and the age behind them, by age.
class PooledPayback {
 public:
  void add(const CohortPayback& payback, double cost) {
    for (std::size_t age = 0; age < payback.cumulative_margin.size(); ++age) {
      if (margins_.size() <= age) {
        margins_.resize(age + 1);
        costs_.resize(age + 1);
      }
      margins_[age].add(payback.cumulative_margin[age]);
      costs_[age].add(cost);
    }
  }
  Json json() const {
    if (margins_.empty()) return nullptr;
    Json shares = Json::array(), month = nullptr;
    for (std::size_t age = 0; age < margins_.size(); ++age) {
      const double share = margins_[age].value() / costs_[age].value();
      append(shares, approximate(share));
      if (month.is_null() && share >= 1) month = static_cast<std::int64_t>(age + 1);
    }
    Object out;
    return out.put("share", std::move(shares)).put("month", std::move(month)).take();
  }

 private:
  std::vector<Sum> margins_, costs_;
};

Json cohorts_json(const SubscriptionCohorts& data, const AcquisitionCosts& costs, Json& pooled) {
  Json list = Json::array();
  PooledPayback all;
  for (const Cohort& cohort : data.cohorts) {
    Json cells = Json::array();
    for (const CohortCell& cell : cohort.cells) {
      Object json;
      json.put("active", cell.active).put("revenue", approximate(cell.revenue)).put("immature", cell.is_immature);
      append(cells, std::move(json.put("margin", data.has_margin ? approximate(cell.margin) : Json())));
    }
    const Outcome<double> cost = cost_of(cohort, data, costs);
    const Outcome<CohortPayback> payback = payback_of(cohort, data, cost);
    if (payback.ok() && cost.value() > 0) all.add(payback.value(), cost.value() * static_cast<double>(cohort.customers));
    Object json;
    json.put_date("start", cohort.start).put("customers", cohort.customers).put("cells", std::move(cells));
    json.put("cac", cost.ok() ? approximate(cost.value()) : Json());
    append(list, std::move(json.put("payback", payback.ok() ? payback_json(payback.value()).take() : undefined_json(payback.reason()))));
  }
  pooled = all.json();
  return list;
}

Json share_json(const Outcome<double>& value) { return value.ok() ? approximate(value.value()) : Json(); }
Json yearly_json(const Outcome<double>& monthly) { return monthly.ok() ? approximate(yearly_loss(monthly.value())) : Json(); }

/// A month that still runs has no rates: what moved so far is no month's.
Object month_json(const RevenueMonth& month) {
  const RevenueMovements& m = month.movements;
  Object json;
  json.put_date("start", month.start).put("running", month.is_running).put("opening", approximate(m.opening)).put("new", approximate(m.gained));
  json.put("reactivation", approximate(m.reactivation)).put("expansion", approximate(m.expansion)).put("contraction", approximate(m.contraction));
  json.put("churn", approximate(m.churn)).put("closing", approximate(m.closing)).put("customers_opening", m.customers_opening).put("customers_new", m.customers_gained);
  json.put("customers_back", m.customers_reactivated).put("customers_lost", m.customers_churned).put("customers_closing", m.customers_closing);
  const Outcome<double> none = Undefined{"no_rows", {}};
  const RetentionRates rates = retention_rates(m);
  const Outcome<double>& gross = month.is_running ? none : rates.gross_revenue_retention;
  const Outcome<double>& churn = month.is_running ? none : rates.customer_churn;
  json.put("nrr", share_json(month.is_running ? none : rates.net_revenue_retention)).put("grr", share_json(gross));
  const Outcome<double> revenue_churn = gross.ok() ? Outcome<double>((m.contraction + m.churn) / m.opening) : none;
  json.put("revenue_churn", share_json(revenue_churn)).put("revenue_churn_yearly", yearly_json(revenue_churn));
  json.put("customer_churn", share_json(churn)).put("customer_churn_yearly", yearly_json(churn));
  return json;
}

Object mean_json(const MeanMonth& mean) {
  Object json;
  json.put("months", static_cast<std::uint64_t>(mean.months)).put_date("first", mean.first).put_date("last", mean.last);
  json.put("customer_churn", share_json(mean.customer_churn)).put("customer_churn_yearly", yearly_json(mean.customer_churn));
  json.put("revenue_churn", share_json(mean.revenue_churn)).put("revenue_churn_yearly", yearly_json(mean.revenue_churn));
  return std::move(json.put("nrr", share_json(mean.net_revenue_retention)));
}

/// The calendar months in which the window lies; the last ones where there are more than are shown.
Json movements_json(const SubscriptionCohorts& data, const Window& window) {
  const Day from = window.is_unbounded ? kNoDay : period_start(window.first, Grain::kMonth);
  std::vector<RevenueMonth> shown;
  std::copy_if(data.months.begin(), data.months.end(), std::back_inserter(shown), [from](const RevenueMonth& m) { return from == kNoDay || m.start >= from; });
  const std::size_t skipped = shown.size() > kMostMonthsShown ? shown.size() - kMostMonthsShown : 0;
  Json list = Json::array();
  for (std::size_t i = skipped; i < shown.size(); ++i) append(list, month_json(shown[i]));
  Object json;
  json.put("months", std::move(list)).put("skipped", static_cast<std::uint64_t>(skipped)).put("mean", mean_json(mean_month(shown, kMonthsOfYear)));
  if (!data.year.ok()) return json.put("year", undefined_json(data.year.reason())).take();
  Object year;
  year.put("nrr", approximate(data.year.value().net)).put("grr", approximate(data.year.value().gross)).put("customers", approximate(data.year.value().customers));
  return json.put("year", std::move(year)).take();
}

Json number_json(const Outcome<double>& value) { return value.ok() ? approximate(value.value()) : undefined_json(value.reason()); }

Json survival_json(const SubscriptionCohorts& data, double monthly_discount) {
  Object json;
  json.put("at_risk", list_json(data.at_risk)).put("observed", list_json(data.survival));
  std::vector<double> survivors;
  for (const double share : data.survival) survivors.push_back(share * static_cast<double>(data.customers));
  const Outcome<ShiftedBetaGeometricFit> fit = fit_shifted_beta_geometric(survivors);
  if (!fit.ok()) return json.put("undefined", undefined_or_null(Value(fit.reason()))).take();
  const ShiftedBetaGeometric model{rounded_parameter(fit.value().parameters.alpha), rounded_parameter(fit.value().parameters.beta)};
  const Outcome<RetentionCurve> curve = project_retention(model, kProjected);
  json.put("alpha", approximate(model.alpha)).put("beta", approximate(model.beta));
  json.put("projected", curve.ok() ? list_json(curve.value().survival) : undefined_json(curve.reason()));
  json.put("lifetime", number_json(discounted_lifetime(model, 0)));
  const Outcome<double> discounted = discounted_lifetime(model, monthly_discount);
  json.put("discounted_lifetime", number_json(discounted));
  // What a new customer brings at today's mean price, the first payment at once.
  const double price = data.active == 0 ? std::nan("") : data.mrr / static_cast<double>(data.active);
  return json.put("revenue", discounted.ok() ? approximate(discounted.value() * price) : Json()).take();
}

}  // namespace

Json undefined_json(const Undefined& reason) {
  Object json;
  return json.put("undefined", undefined_or_null(Value(reason))).take();
}

Json subscription_json(const AggregateScope& scope, const ReportRequest& request, std::optional<double> cac, double discount) {
  const Outcome<SubscriptionCohorts> read = subscription_cohorts(scope);
  if (!read.ok()) return undefined_json(read.reason());
  const SubscriptionCohorts& data = read.value();
  const AcquisitionCosts costs = acquisition_costs(scope.dataset, request, data, cac);
  Object rows;
  rows.put("rows", data.rows.rows).put("used", data.rows.used).put("filtered", data.rows.filtered).put("later", data.rows.later);
  rows.put("never_active", data.rows.never_active).put("left_out", data.rows.left_out);
  Json retention = Json::array(), pooled;
  for (const Outcome<double>& rate : retention_by_age(data.cohorts)) append(retention, rate.ok() ? approximate(rate.value()) : Json());
  Object json;
  json.put("segments", segments_json(scope.dataset, {request, cac, discount}, data)).put("movements", movements_json(data, scope.window)).put("cohorts", cohorts_json(data, costs, pooled)).put("payback", std::move(pooled)).put("retention", std::move(retention));
  json.put_date("as_of", data.as_of).put("currency", data.currency).put("rows", std::move(rows)).put("customers", data.customers).put("active", data.active);
  json.put("mrr", approximate(data.mrr)).put_or_null("cac_source", !costs.source.empty(), costs.source);
  const auto share = scope.parameters.find("gross_margin");
  share == scope.parameters.end() ? json.put_null("gross_margin") : json.put("gross_margin", share->second);
  return json.put("survival", survival_json(data, std::pow(1 + discount, 1.0 / 12) - 1)).take();
}

}  // namespace kpi
