#include "core/engine/subscriptions.h"

#include <cmath>

#include "core/base/order.h"

namespace kpi {
namespace {

void add_rows(const Dataset& dataset, const FileTable& t, std::vector<Subscription>& all) {
  const Column* customer = t.table.find("customer_id");
  const Column* start = t.date("start_at");
  const Column* end = t.date("end_at");
  const Column* mrr = t.table.find("mrr");
  if (customer == nullptr || customer->kind != ColumnKind::kKey || start == nullptr || mrr == nullptr) return;
  const std::string_view whole = dataset.currency(mrr->currency.empty() ? std::string_view(t.currency) : std::string_view(mrr->currency));
  const Column* currency = t.table.find("currency");
  std::vector<std::string_view> by_code;
  if (whole.empty() && currency != nullptr && currency->kind == ColumnKind::kText) {
    by_code.resize(65536);
    for (std::size_t code = 1; code < currency->dictionary.size(); ++code) {
      by_code[code] = dataset.currency(currency->dictionary.text(static_cast<std::uint16_t>(code)));
    }
  }
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    if (!t.is_repeat.empty() && t.is_repeat[row] != 0) continue;
    if (customer->keys[row] == 0 || start->days[row] == kNoDay || std::isnan(mrr->numbers[row])) continue;
    const Day last = end == nullptr ? kNoDay : end->days[row];
    all.push_back({&t, row, customer->keys[row], start->days[row], last, mrr->numbers[row], by_code.empty() ? whole : by_code[currency->codes[row]]});
  }
}

/// What one customer has at a time.
struct Holding {
  std::size_t count = 0;
  double mrr = 0;
  bool was_customer = false;
  std::string_view currency;
  bool is_mixed = false;

  void take(const SubscriptionEdge& edge) {
    count += edge.is_start ? 1U : static_cast<std::size_t>(-1);
    if (edge.is_start && !edge.subscription->currency.empty()) {
      is_mixed = is_mixed || (!currency.empty() && currency != edge.subscription->currency);
      currency = edge.subscription->currency;
    }
    mrr = count == 0 ? 0 : mrr + (edge.is_start ? edge.subscription->mrr : -edge.subscription->mrr);
  }
};

void add_change(const Holding& before, const Holding& after, const SubscriptionEdge& cause, std::vector<SubscriptionChange>& changes) {
  if (before.count == 0 && after.count == 0) return;
  const auto add = [&](Movement movement, double amount) {
    changes.push_back({cause.subscription, cause.day, movement, amount, before.is_mixed || after.is_mixed});
  };
  if (before.count == 0) return add(before.was_customer ? Movement::kReactivation : Movement::kNew, after.mrr);
  if (after.count == 0) return add(Movement::kChurn, before.mrr);
  if (after.mrr > before.mrr) add(Movement::kExpansion, after.mrr - before.mrr);
  if (after.mrr < before.mrr) add(Movement::kContraction, before.mrr - after.mrr);
}

}  // namespace

std::vector<Subscription> subscriptions(const Dataset& dataset) {
  std::vector<Subscription> all;
  for (const auto& t : dataset.tables()) {
    if (t->table.kind == "subscriptions") add_rows(dataset, *t, all);
  }
  return all;
}

std::vector<SubscriptionEdge> subscription_edges(const std::vector<Subscription>& all) {
  std::vector<SubscriptionEdge> edges;
  for (const Subscription& s : all) {
    if (s.end != kNoDay && s.end <= s.start) continue;  // never active
    edges.push_back({&s, s.start, true});
    if (s.end != kNoDay) edges.push_back({&s, s.end, false});
  }
  return edges;
}

std::vector<SubscriptionChange> subscription_changes(const std::vector<Subscription>& all) {
  std::vector<SubscriptionEdge> edges = subscription_edges(all);
  sort_list(edges, [](const SubscriptionEdge& a, const SubscriptionEdge& b) {
    if (a.subscription->customer != b.subscription->customer) return a.subscription->customer < b.subscription->customer;
    return a.day < b.day;
  });
  std::vector<SubscriptionChange> changes;
  Holding holding;
  for (std::size_t first = 0, last; first < edges.size(); first = last) {
    if (first == 0 || edges[first].subscription->customer != edges[first - 1].subscription->customer) holding = {};
    const Holding before = holding;
    const SubscriptionEdge* cause = nullptr;
    const Day next_month = next_period_start(edges[first].day, Grain::kMonth);
    const std::uint64_t customer = edges[first].subscription->customer;
    for (last = first; last < edges.size() && edges[last].subscription->customer == customer && edges[last].day < next_month; ++last) {
      holding.take(edges[last]);
    }
    // A gain belongs to what began, a loss to what ended.
    const bool is_gain = before.count == 0 || (holding.count != 0 && holding.mrr > before.mrr);
    for (std::size_t i = first; i < last; ++i) {
      if (edges[i].is_start == is_gain) cause = &edges[i];
    }
    add_change(before, holding, cause == nullptr ? edges[first] : *cause, changes);
    holding.was_customer = holding.was_customer || holding.count != 0;
  }
  return changes;
}

}  // namespace kpi
