#include "core/engine/report_checks.h"

#include <optional>

namespace kpi {
namespace {

/// Deals are counted among the deals where there are any, and else by the leads' own columns. The choice is made for each measure, so
/// that one formula can end up with both.
bool mixes_deal_sources(const Catalog& catalog, const std::vector<MeasureResult>& measures, const Formulas& formulas, const Expression& formula) {
  bool from_deals = false, from_leads = false;
  for (const Measure* measure : formulas.measures_of(formula)) {
    for (const FileUse& use : measures[static_cast<std::size_t>(measure - catalog.measures().data())].files) {
      from_deals = from_deals || use.source->table == "opportunities";
      from_leads = from_leads || use.source->note == "own_deal_fields";
    }
  }
  return from_deals && from_leads;
}

}  // namespace

bool leaves_out_parts(const Formulas& formulas, const Expression& e, const Lookup& lookup) {
  if (e.kind == Expression::Kind::kReference) {
    const Expression* formula = formulas.of(e.reference);
    return formula != nullptr && leaves_out_parts(formulas, *formula, lookup);
  }
  if (e.kind == Expression::Kind::kAddKnown) {
    for (const Expression* side : {e.left.get(), e.right.get()}) {
      const Value value = evaluate(*side, lookup);
      const Undefined* undefined = std::get_if<Undefined>(&value);
      if (undefined != nullptr && undefined->code != "missing_input") return true;
    }
  }
  return e.left != nullptr && (leaves_out_parts(formulas, *e.left, lookup) || leaves_out_parts(formulas, *e.right, lookup));
}

void withdraw_yearly_churn(const Window& window, KpiResult& k) {
  if (k.kpi->id != "customer_churn_rate_yearly") return;
  const auto is_month = [](Day first, Day last) { return first == kNoDay || (last - first >= 27 && last - first <= 30); };
  const auto withdraw = [](Value& value) {
    if (std::holds_alternative<Quantity>(value)) value = Undefined{"period_not_a_month", {}};
  };
  if (!is_month(window.first, window.last)) {
    if (std::holds_alternative<Quantity>(k.value)) k.checks.push_back("period_not_a_month");
    withdraw(k.value);
    for (Value& value : k.by_member) withdraw(value);
    if (k.compared) withdraw(*k.compared);
    for (std::vector<Value>* others : {&k.compared_by_member, &k.compared_also}) {
      for (Value& value : *others) withdraw(value);
    }
  }
  for (std::size_t b = 0; b < window.buckets.size() && b < k.series.size(); ++b) {
    if (!is_month(window.buckets[b].first, window.buckets[b].last)) withdraw(k.series[b]);
  }
}

void add_left_out(const Formulas& formulas, const Lookup& member, std::vector<KpiResult>& kpis) {
  for (KpiResult& k : kpis) {
    const bool has_value = std::holds_alternative<Quantity>(k.by_member.back());
    k.left_out_by_member.push_back(has_value && leaves_out_parts(formulas, *k.formula, member));
  }
}

void add_checks(const Catalog& catalog, const Formulas& formulas, const std::vector<MeasureResult>& measures, std::vector<KpiResult>& kpis) {
  const auto total = [&](std::string_view id) -> std::optional<double> {
    for (std::size_t m = 0; m < measures.size(); ++m) {
      if (catalog.measures()[m].id != id) continue;
      const Quantity* q = std::get_if<Quantity>(&measures[m].total);
      return q == nullptr ? std::nullopt : std::optional<double>(q->value);
    }
    return std::nullopt;
  };
  const std::optional<double> clicks = total("clicks"), impressions = total("impressions");
  const std::optional<double> lost_deals = total("lost_deals"), lost_amount = total("lost_amount");
  for (KpiResult& k : kpis) {
    // Many teams clear the amount of a lost deal: the rate by amount is then 100 % whatever was lost.
    const bool has_rate = k.kpi->id == "win_rate_by_amount" && std::holds_alternative<Quantity>(k.value);
    if (has_rate && lost_deals.value_or(0) > 0 && lost_amount == 0.0) k.checks.push_back("lost_without_amounts");
    if (k.kpi->id == "click_through_rate" && clicks && impressions && *clicks > *impressions) k.checks.push_back("clicks_exceed_impressions");
    const Quantity* q = std::get_if<Quantity>(&k.value);
    if (q != nullptr && mixes_deal_sources(catalog, measures, formulas, *k.formula)) k.checks.push_back("deal_sources_mixed");
    if (q != nullptr && k.kpi->display == "days" && q->value < 0) k.checks.push_back("negative_duration");
  }
}

}  // namespace kpi
