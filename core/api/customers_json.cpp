#include "core/api/customers_json.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/api/approximate.h"
#include "core/api/report_request.h"
#include "core/api/subscription_json.h"
#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/engine/customer_model.h"
#include "core/engine/report.h"

namespace kpi {
namespace {

constexpr std::int64_t kMostHorizon = 120;
constexpr std::size_t kMostGroups = 30, kMostListed = 10000;
constexpr int kErrorDigits = 4;
constexpr std::array<std::string_view, 4> kJoined = {"channel", "segment", "industry", "country"};  // asked of lookup tables too

struct CustomersRequest {
  CustomerModelRequest model;
  std::optional<std::string> by;
  std::optional<double> cac;
};

std::optional<double> number(const Json& request, const char* key) {
  const Json* json = member(request, key);
  return json != nullptr && json->is_number() ? std::optional(json->get<double>()) : std::nullopt;
}

Result<CustomersRequest> read_own(const Json& request) {
  CustomersRequest out;
  RequestReader read(request);
  const std::string* model = read.text("model");
  const std::string* by = read.text("by");
  const std::int64_t months = read.integer("months").value_or(out.model.months);
  if (read.error() != nullptr) return *read.error();
  if (model != nullptr && *model != "bg_nbd" && *model != "pareto_nbd") return request_invalid("model", "bg_nbd, pareto_nbd");
  if (months < 1 || months > kMostHorizon) return request_invalid("months", "1..120");
  out.model.is_pareto = model != nullptr && *model == "pareto_nbd";
  out.model.months = static_cast<std::uint32_t>(months);
  if (by != nullptr) out.by = *by;
  if (member(request, "discount") != nullptr) {
    out.model.yearly_discount = number(request, "discount").value_or(-1);
    if (!(out.model.yearly_discount >= 0) || !(out.model.yearly_discount <= 1)) return request_invalid("discount", "0..1");
  }
  if (member(request, "cac") != nullptr) {
    out.cac = number(request, "cac");
    if (!out.cac || !(*out.cac >= 0) || !std::isfinite(*out.cac)) return request_invalid("cac", "number from 0 on");
  }
  return out;
}

bool is_of_customers(const FileTable& t) { return t.table.kind == "orders" || t.table.kind == "subscriptions"; }

/// Dimensions by which orders or subscriptions can be cut, the most usual ones of lookup tables included.
std::vector<std::string> customer_dimensions(const Dataset& dataset) {
  std::vector<std::string> found;
  const auto& tables = dataset.tables();
  for (const std::string& id : available_dimensions(dataset)) {
    bool is_known = std::any_of(tables.begin(), tables.end(), [&](const auto& t) { return is_of_customers(*t) && t->has(id); });
    if (!is_known && std::find(kJoined.begin(), kJoined.end(), id) != kJoined.end()) {
      const Dimension dimension(dataset, id);
      is_known = std::any_of(tables.begin(), tables.end(), [&](const auto& t) { return is_of_customers(*t) && dimension.view(*t) != nullptr; });
    }
    if (is_known) found.push_back(id);
  }
  return found;
}

/// The grouping, where orders know it: else all of them would be of no member.
const Dimension* of_orders(const Dataset& dataset, const Dimension* group) {
  if (group == nullptr) return nullptr;
  const auto knows = [&](const auto& t) { return t->table.kind == "orders" && group->view(*t) != nullptr; };
  return std::any_of(dataset.tables().begin(), dataset.tables().end(), knows) ? group : nullptr;
}

std::string_view basis_name(OrderBasis basis) {
  switch (basis) {
    case OrderBasis::kCosts: return "costs";
    case OrderBasis::kCostsAndShare: return "costs_and_share";
    case OrderBasis::kShare: return "share";
    case OrderBasis::kRevenue: return "revenue";
  }
  return "revenue";
}

Json rows_json(const OrderRows& rows) {
  Object json;
  json.put("rows", rows.rows).put("used", rows.used).put("repeated", rows.repeated).put("filtered", rows.filtered).put("later", rows.later);
  return json.put("undated", rows.undated).put("without_customer", rows.without_customer).put("without_amount", rows.without_amount).put("not_positive", rows.not_positive).take();
}

Json parameters_json(const CustomerModel& model) {
  Json list = Json::array();
  const auto add = [&](const char* id, double value, double error) {
    Object json;
    append(list, std::move(json.put("id", id).put("value", approximate(value)).put("error", rounded_to_digits(error, kErrorDigits))));
  };
  if (const BgNbdFit* fit = std::get_if<BgNbdFit>(&model.fit)) {
    const auto& [p, e] = std::pair(fit->parameters, fit->standard_errors);
    add("r", p.r, e.r);
    add("alpha", p.alpha, e.alpha);
    add("a", p.a, e.a);
    add("b", p.b, e.b);
  } else {
    const ParetoNbdFit& other = std::get<ParetoNbdFit>(model.fit);
    add("r", other.parameters.r, other.standard_errors.r);
    add("alpha", other.parameters.alpha, other.standard_errors.alpha);
    add("s", other.parameters.s, other.standard_errors.s);
    add("beta", other.parameters.beta, other.standard_errors.beta);
  }
  return list;
}

Json list_json(const std::vector<double>& values) {
  Json list = Json::array();
  for (const double value : values) append(list, approximate(value));
  return list;
}

/// Customers in tenths, those worth most first.
Json deciles_json(const CustomerValues& values) {
  std::vector<double> sorted;
  for (const CustomerValue& c : values.customers) sorted.push_back(c.value);
  sort_list(sorted, [](double a, double b) { return a > b; });
  Json list = Json::array();
  for (std::size_t tenth = 0; tenth < 10; ++tenth) {
    const std::size_t first = tenth * sorted.size() / 10, last = (tenth + 1) * sorted.size() / 10;
    if (first == last) continue;
    Sum sum;
    for (std::size_t i = first; i < last; ++i) sum.add(sorted[i]);
    Object json;
    json.put("customers", static_cast<std::uint64_t>(last - first)).put("value", approximate(sum.value()));
    json.put("share", approximate(values.total_value > 0 ? sum.value() / values.total_value : std::nan(""))).put("lowest", approximate(sorted[last - 1]));
    append(list, std::move(json));
  }
  return list;
}

/// What customers come to together.
struct CustomerSums {
  std::uint64_t customers = 0, repeaters = 0;
  Sum alive, purchases, value;
  void add(const CustomerModel& model, std::size_t i) {
    ++customers;
    repeaters += model.histories[i].pattern.frequency > 0 ? 1U : 0U;
    alive.add(model.alive[i]);
    purchases.add(model.purchases[i]);
    if (model.values.ok()) value.add(model.values.value().customers[i].value);
  }
  Object json(bool has_value) const {
    Object out;
    out.put("customers", customers).put("repeat_customers", repeaters).put("alive", approximate(alive.value())).put("purchases", approximate(purchases.value()));
    return std::move(out.put("value", has_value ? approximate(value.value()) : Json()));
  }
};

/// Those worth most first; by expected orders where there is no value. As lists, for there may be thousands.
Json customers_json(const CustomerModel& model, const CustomerOrders& orders) {
  const bool has_value = model.values.ok();
  const auto worth = [&](std::size_t i) { return has_value ? model.values.value().customers[i].value : model.purchases[i]; };
  std::vector<std::size_t> order(model.histories.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  sort_list(order, [&](std::size_t a, std::size_t b) { return worth(a) != worth(b) ? worth(a) > worth(b) : a < b; });
  Json list = Json::array();
  for (std::size_t i = 0; i < order.size() && i < kMostListed; ++i) {
    const std::size_t c = order[i];
    const PurchaseHistory& history = model.histories[c];
    const OrderPlace& place = orders.last_order[history.customer];
    Json row = Json::array();
    append(row, Json(place.table->file));
    const Origin origin = place.table->table.origin(place.row);
    append(row, Json(origin.record));
    append(row, Json(std::uint64_t{history.pattern.frequency} + 1));
    append(row, format_iso_date(place.day));
    append(row, approximate(model.alive[c]));
    append(row, approximate(model.purchases[c]));
    append(row, has_value ? approximate(model.values.value().customers[c].value) : Json());
    append(row, Json(origin.byte_offset));
    append(list, std::move(row));
  }
  return list;
}

constexpr std::size_t kBands = 5;

Json bands_json(const CustomerModel& model, Json& once) {
  std::array<CustomerSums, kBands> bands;
  CustomerSums single;
  for (std::size_t i = 0; i < model.histories.size(); ++i) {
    if (model.histories[i].pattern.frequency == 0) single.add(model, i);
    else bands[std::min(kBands - 1, static_cast<std::size_t>(model.alive[i] * kBands))].add(model, i);
  }
  once = single.json(model.values.ok()).take();
  Json list = Json::array();
  for (std::size_t b = kBands; b-- > 0;) {
    Object json = bands[b].json(model.values.ok());
    append(list, std::move(json.put("from", static_cast<double>(b) / kBands).put("to", static_cast<double>(b + 1) / kBands)));
  }
  return list;
}

Json groups_json(const CustomerModel& model, const CustomerOrders& orders, const Dimension& group) {
  std::vector<CustomerSums> sums(group.members().size());
  for (std::size_t i = 0; i < model.histories.size(); ++i) sums[orders.member[model.histories[i].customer]].add(model, i);
  std::vector<std::size_t> order;
  for (std::size_t m = 0; m < sums.size(); ++m) {
    if (sums[m].customers != 0) order.push_back(m);
  }
  sort_list(order, [&](std::size_t a, std::size_t b) {
    return sums[a].customers != sums[b].customers ? sums[a].customers > sums[b].customers : group.members()[a].key < group.members()[b].key;
  });
  Json members = Json::array();
  std::uint64_t rest = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const Member& one = group.members()[order[i]];
    if (i >= kMostGroups) {
      rest += sums[order[i]].customers;
      continue;
    }
    Object json = sums[order[i]].json(model.values.ok());
    append(members, std::move(json.put("key", one.key).put("label", one.label).put("canonical", one.is_canonical)));
  }
  Object json;
  return json.put("dimension", group.id()).put("members", std::move(members)).put("rest", rest).take();
}

void put_spend(const CustomerModel& model, Object& json) {
  if (!model.spending.ok()) {
    json.put("spend", undefined_json(model.spending.reason()));
  } else {
    const GammaGammaFit& fit = model.spending.value();
    Object spend;
    spend.put("mean", model.mean_spend.ok() ? approximate(model.mean_spend.value()) : undefined_json(model.mean_spend.reason()));
    spend.put("customers", std::int64_t{fit.customers}).put("without_positive_spend", std::int64_t{fit.without_positive_spend});
    spend.put("p", approximate(fit.parameters.p)).put("q", approximate(fit.parameters.q)).put("gamma", approximate(fit.parameters.gamma));
    json.put("spend", std::move(spend));
  }
  json.put("correlation", model.correlation.ok() ? approximate(model.correlation.value()) : undefined_json(model.correlation.reason()));
  if (model.values.ok()) {
    const CustomerValues& values = model.values.value();
    json.put("total", approximate(values.total_value)).put("mean", approximate(values.mean_value)).put("deciles", deciles_json(values));
  } else {
    json.put("total", undefined_json(model.values.reason())).put_null("mean").put("deciles", Json::array());
  }
}

void put_evidence(const CustomerModel& model, const CustomerOrders& orders, const CustomerModelRequest& wanted, Object& json) {
  const Outcome<FrequencyFit> frequency = customer_frequencies(model);
  if (frequency.ok()) {
    Object fit;
    json.put("frequency", std::move(fit.put("actual", list_json(frequency.value().actual)).put("expected", list_json(frequency.value().expected))));
  } else {
    json.put("frequency", undefined_json(frequency.reason()));
  }
  const Outcome<HoldoutCheck> holdout = holdout_check(orders, wanted);
  if (holdout.ok()) {
    const HoldoutCheck& check = holdout.value();
    Object part;
    part.put_date("first", check.first_day).put_date("last", check.last_day).put("customers", std::int64_t{check.customers});
    json.put("holdout", std::move(part.put("expected", approximate(check.expected)).put("actual", approximate(check.actual))));
  } else {
    json.put("holdout", undefined_json(holdout.reason()));
  }
}

void put_model(const CustomerModel& model, const CustomerOrders& orders, const CustomerModelRequest& wanted, const Dimension* group, Object& json) {
  CustomerSums all, repeaters;
  for (std::size_t i = 0; i < model.histories.size(); ++i) {
    all.add(model, i);
    if (model.histories[i].pattern.frequency > 0) repeaters.add(model, i);
  }
  Json once;
  Json bands = bands_json(model, once);
  json.put("customers", all.customers).put("repeat_customers", all.repeaters).put("alive", approximate(all.alive.value()));
  json.put("repeat_alive", approximate(repeaters.alive.value())).put("expected_purchases", approximate(all.purchases.value()));
  json.put("parameters", parameters_json(model)).put("bands", std::move(bands)).put("once", std::move(once));
  json.put("groups", group == nullptr ? Json() : groups_json(model, orders, *group));
  json.put("list", customers_json(model, orders));
  put_spend(model, json);
  put_evidence(model, orders, wanted, json);
}

/// Who bought once and who again, where no model is to be had.
void put_counts(const CustomerOrders& orders, Object& json) {
  const Outcome<PurchaseHistories> histories = purchase_histories(orders.orders, {orders.last_day, orders.last_day, kDaysPerUnit});
  if (!histories.ok()) return;
  const std::vector<PurchaseHistory>& customers = histories.value().customers;
  const auto repeaters = std::count_if(customers.begin(), customers.end(), [](const PurchaseHistory& h) { return h.pattern.frequency > 0; });
  json.put("customers", static_cast<std::uint64_t>(customers.size())).put("repeat_customers", static_cast<std::int64_t>(repeaters));
}

Json buyers_json(const AggregateScope& scope, const CustomersRequest& wanted) {
  const Outcome<CustomerOrders> read = customer_orders(scope);
  if (!read.ok()) return undefined_json(read.reason());
  const CustomerOrders& orders = read.value();
  Object json;
  json.put("rows", rows_json(orders.rows)).put_date("first", orders.first_day).put_date("as_of", orders.last_day).put("basis", basis_name(orders.basis));
  json.put("with_costs", orders.with_costs).put("currency", orders.currency);
  json.put("model", wanted.model.is_pareto ? "pareto_nbd" : "bg_nbd").put("months", std::int64_t{wanted.model.months}).put("discount", approximate(wanted.model.yearly_discount));
  const auto share = scope.parameters.find("gross_margin");
  share == scope.parameters.end() ? json.put_null("gross_margin") : json.put("gross_margin", share->second);
  const Outcome<CustomerModel> model = customer_model(orders, wanted.model);
  if (model.ok()) {
    put_model(model.value(), orders, wanted.model, scope.group, json);
  } else {
    put_counts(orders, json);
    json.put("undefined", undefined_or_null(Value(model.reason())));
  }
  return json.take();
}

}  // namespace

Result<Json> analyse_customers(const Dataset& dataset, const Json& request) {
  Result<ReportRequest> read = read_report_request(request);
  if (!read.ok()) return read.error();
  const Result<CustomersRequest> wanted = read_own(request);
  if (!wanted.ok()) return wanted.error();
  ReportRequest report = std::move(read).value();
  const std::vector<std::string> dimensions = customer_dimensions(dataset);
  const bool has_channel = std::find(dimensions.begin(), dimensions.end(), "channel") != dimensions.end();
  const std::string usual = has_channel || dimensions.empty() ? std::string(has_channel ? "channel" : "") : dimensions.front();
  report.group_by = wanted.value().by.value_or(usual);
  const Result<ReportScope> opened = open_scope(dataset, report);
  if (!opened.ok()) return opened.error();
  const ReportScope& own = opened.value();
  const CustomersRequest& asked = wanted.value();
  const AggregateScope scope{dataset, own.window, own.filters, of_orders(dataset, own.group.get()), report.parameters, report.stages, report.currency};
  Object json;
  json.put("dimensions", dimensions).put("by", own.group == nullptr ? std::string() : own.group->id()).put("discount", approximate(asked.model.yearly_discount));
  json.put("buyers", buyers_json(scope, asked));
  json.put("subscriptions", subscription_json(scope, report, asked.cac, asked.model.yearly_discount));
  return json.take();
}

}  // namespace kpi
