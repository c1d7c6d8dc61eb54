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

bool is_one_month(Day first, Day last) { return first == kNoDay || (last - first >= 27 && last - first <= 30); }

void withdraw_yearly_churn(const Window& window, const Window* compared, KpiResult& k) {
  if (k.kpi->id != "customer_churn_rate_yearly") return;
  const auto withdraw = [](Value& value) {
    if (std::holds_alternative<Quantity>(value)) value = Undefined{"period_not_a_month", {}};
  };
  const auto withdraw_series = [&](const Window& of, std::vector<Value>& series) {
    for (std::size_t b = 0; b < of.buckets.size() && b < series.size(); ++b) {
      if (!is_one_month(of.buckets[b].first, of.buckets[b].last)) withdraw(series[b]);
    }
  };
  if (!is_one_month(window.first, window.last)) {
    if (std::holds_alternative<Quantity>(k.value)) k.checks.push_back("period_not_a_month");
    withdraw(k.value);
    for (Value& value : k.by_member) withdraw(value);
    for (Value& value : k.compared_also) withdraw(value);
  }
  withdraw_series(window, k.series);
  if (compared == nullptr) return;
  if (!is_one_month(compared->first, compared->last)) {
    if (k.compared) withdraw(*k.compared);
    for (Value& value : k.compared_by_member) withdraw(value);
  }
  withdraw_series(*compared, k.compared_series);
}

void add_left_out(const Formulas& formulas, const Lookup& member, std::vector<KpiResult>& kpis) {
  for (KpiResult& k : kpis) {
    const bool has_value = std::holds_alternative<Quantity>(k.by_member.back());
    k.left_out_by_member.push_back(has_value && leaves_out_parts(formulas, *k.formula, member));
  }
}

void refuse_other_currencies(KpiResult& k) {
  if (k.kpi->unit.exponent("money") == 0) return;
  const auto currency_of = [](const Value& value) {
    const Quantity* q = std::get_if<Quantity>(&value);
    return q == nullptr ? std::string_view() : q->currency;
  };
  const auto refuse = [&](Value& value) { value = Undefined{"currency_mixed", {k.kpi->id}}; };
  const auto refuse_unless = [&](std::string_view currency, Value& value) {
    const std::string_view own = currency_of(value);
    if (!currency.empty() && !own.empty() && own != currency) refuse(value);
  };
  const std::string_view currency = currency_of(k.value);
  for (Value& value : k.compared_series) refuse_unless(currency, value);
  if (k.compared) refuse_unless(currency, *k.compared);
  for (Value& value : k.compared_also) refuse_unless(currency, value);
  for (std::size_t i = 0; i < k.compared_by_member.size(); ++i) refuse_unless(currency_of(k.by_member[i]), k.compared_by_member[i]);
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
