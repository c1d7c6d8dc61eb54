#include "core/engine/plan.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace kpi {
namespace {

/// A stage: its count as the sum of measures, the rate from the stage before, and that rate's KPI where the catalogue has one.
struct Stage {
  std::string_view id, first, second, rate;
};
constexpr std::array<Stage, 10> kStages = {{
    {"revenue", "won_amount", "", ""},
    {"won_deals", "won_deals", "", "average_deal_size"},
    {"decided_deals", "won_deals", "lost_deals", "win_rate"},
    {"lead_opportunities", "lead_opportunities", "", "decided_per_opportunity"},
    {"sqls", "sqls", "", "sql_to_opportunity_rate"},
    {"sals", "sals", "", "sal_to_sql_rate"},
    {"mqls", "mqls", "", "mql_to_sal_rate"},
    {"new_leads", "new_leads", "", "lead_to_mql_rate"},
    {"sessions", "sessions", "", "session_to_lead_rate"},
    {"users", "users", "", "visitor_to_lead_rate"},
}};
enum : std::size_t { kRevenue, kWon, kDecided, kOpportunities, kSqls, kSals, kMqls, kLeads, kSessions, kUsers };
constexpr std::string_view kDirectMql = "mql_to_sql_rate", kDirectLead = "lead_to_customer_rate", kAssumable = "decided_per_opportunity",
                           kCustomers = "customers_per_deal", kCostPerLead = "cost_per_lead", kCostPerMql = "cost_per_mql", kVelocity = "pipeline_velocity";

const Undefined* reason_of(const Value& value) { return std::get_if<Undefined>(&value); }
const Quantity* known(const Value& value) { return std::get_if<Quantity>(&value); }

class Planner {
 public:
  Planner(const Catalog& catalog, const PlanRequest& request, const Report& report, const std::function<Value(std::size_t)>& measure)
      : catalog_(catalog), request_(request), report_(report), measure_(measure) {}

  void fill(Plan& plan) {
    add_stages(plan);
    add_money(plan);
    add_levers(plan);
    for (const char* id : {"time_to_convert_median", "sales_cycle_from_creation_median"}) add_lead_time(plan, *catalog_.kpi(id));
  }

 private:
  Value value_of(std::string_view id) const {
    if (const Measure* measure = catalog_.measure(id)) return measure_(static_cast<std::size_t>(measure - catalog_.measures().data()));
    const Kpi* kpi = catalog_.kpi(id);
    if (kpi == nullptr) return Undefined{"missing_input", {std::string(id)}};
    return evaluate(*kpi->formula, [this](std::string_view inner) { return value_of(inner); });
  }

  Value count(const Stage& stage) const {
    const Value first = value_of(stage.first);
    if (stage.second.empty() || reason_of(first) != nullptr) return first;
    const Value second = value_of(stage.second);
    if (reason_of(second) != nullptr) return second;
    return Quantity{known(first)->value + known(second)->value, {}};
  }

  const double* typed(std::string_view id) const {
    const auto it = request_.typed.find(id);
    return it == request_.typed.end() ? nullptr : &it->second;
  }

  /// The ratio of two counts of the period.
  PlanRate ratio(std::string_view id, PlanSource source, const Value& top, const Value& bottom) const {
    PlanRate rate;
    rate.id = id;
    const Quantity* n = known(top);
    const Quantity* d = known(bottom);
    if (n == nullptr || d == nullptr) {
      rate.value = n == nullptr ? top : bottom;
      return rate;
    }
    rate.source = source;
    rate.numerator = n->value;
    rate.denominator = d->value;
    rate.value = d->value == 0 ? Value(Undefined{"denominator_zero", {std::string(id)}}) : Value(Quantity{n->value / d->value, n->currency});
    const Kpi* kpi = catalog_.kpi(id);
    if (id == kStages[kWon].rate) {
      rate.is_small = d->value < kSmallCount;  // an average of amounts, whose spread the report does not know
    } else {
      rate.interval = plan_rate_interval(n->value, d->value, kpi != nullptr && kpi->is_rate);
      rate.is_small = std::min(n->value, d->value) < kSmallCount;
    }
    return rate;
  }

  PlanRate rate_between(std::string_view id, std::size_t lower, std::size_t upper) const {
    const std::string_view currency = lower == kRevenue ? std::string_view(request_.currency) : std::string_view();
    if (const double* value = typed(id)) {
      PlanRate rate;
      rate.id = id;
      rate.source = PlanSource::kTyped;
      rate.value = typed_rate(id, *value, currency, id == kStages[kDecided].rate);
      return rate;
    }
    if (request_.rates == Basis::kCohort) {
      if (const std::optional<PlanRate> followed = cohort_rate(id)) return *followed;
    }
    PlanRate rate = ratio(id, PlanSource::kData, count(kStages[lower]), count(kStages[upper]));
    if (rate.source == PlanSource::kNone && id == kAssumable) {
      rate.source = PlanSource::kAssumed;
      rate.value = Quantity{1, {}};
    }
    return rate;
  }

  /// What the people who entered in the period will come to; nothing where no rows tell.
  std::optional<PlanRate> cohort_rate(std::string_view id) const {
    const Kpi* kpi = catalog_.kpi(id);
    if (kpi == nullptr || kpi->cohort == nullptr) return std::nullopt;
    const Lookup lookup = [this](std::string_view inner) { return value_of(inner); };
    PlanRate rate = ratio(id, PlanSource::kData, evaluate(*kpi->cohort->left, lookup), evaluate(*kpi->cohort->right, lookup));
    Quantity* value = std::get_if<Quantity>(&rate.value);
    if (value == nullptr) return std::nullopt;
    rate.is_cohort = true;
    const std::optional<Maturity>& maturity = report_.kpis[static_cast<std::size_t>(kpi - catalog_.kpis().data())].maturity;
    const Quantity* completed = maturity ? known(maturity->total) : nullptr;
    if (completed == nullptr || completed->value <= 0) return rate;
    rate.completed = completed->value;
    const auto final_rate = [&](double so_far) { return std::min(1.0, so_far / completed->value); };
    value->value = final_rate(value->value);
    if (rate.interval) rate.interval = Interval{final_rate(rate.interval->low), final_rate(rate.interval->high)};
    return rate;
  }

  /// A rate that nothing can be divided by, as the reason of what it would give.
  static Value blocked(const PlanRate& rate) {
    if (const Quantity* q = known(rate.value)) return q->value > 0 ? Value(Quantity{0, {}}) : Value(Undefined{"denominator_zero", {std::string(rate.id)}});
    if (reason_of(rate.value)->code == "missing_input") return Undefined{"missing_input", {std::string(rate.id)}};
    return rate.value;
  }

  bool goes_by_sals() const {
    const auto exists = [this](std::size_t lower, std::size_t upper) {
      return typed(kStages[upper].rate) != nullptr || (known(count(kStages[lower])) != nullptr && known(count(kStages[upper])) != nullptr);
    };
    return typed(kDirectMql) == nullptr && exists(kSqls, kSals) && exists(kSals, kMqls);
  }

  bool goes_by_users() const {
    const bool has_sessions = typed(kStages[kSessions].rate) != nullptr || known(value_of("sessions")) != nullptr;
    return !has_sessions && (typed(kStages[kUsers].rate) != nullptr || known(value_of("users")) != nullptr);
  }

  void add_stages(Plan& plan) {
    PlanRow goal{"revenue", {}, {}, Undefined{"missing_input", {"goal"}}, {}, value_of("revenue"), Undefined{"missing_input", {}}, true};
    std::vector<std::size_t> way = {kWon, kDecided, kOpportunities, kSqls};
    const bool by_sals = goes_by_sals();
    if (by_sals) way.push_back(kSals);
    way.insert(way.end(), {kMqls, kLeads, goes_by_users() ? kUsers : kSessions});
    paths_.resize(kStages.size());
    currency_ = std::string_view(request_.currency);
    const PlanRate size = rate_between(kStages[kWon].rate, kRevenue, kWon);
    if (known(size.value) != nullptr && !known(size.value)->currency.empty()) currency_ = known(size.value)->currency;
    if (request_.goal) goal.needed = usable_goal();
    goal.brings = goal.actual;
    plan.rows.push_back(goal);
    std::size_t before = kRevenue;
    reached_.assign(kStages.size(), false);
    reached_[kRevenue] = true;
    Value stopped = Quantity{0, {}};
    for (const std::size_t stage : way) {
      const std::string_view id = stage == kMqls && !by_sals ? kDirectMql : kStages[stage].rate;
      plan.rows.push_back(row_of(stage, before, id, stopped, goal.needed));
      before = stage;
    }
  }

  Value usable_goal() const {
    if (!std::isfinite(*request_.goal)) return Undefined{"not_finite", {}};
    if (*request_.goal <= 0) return Undefined{"out_of_range", {"goal"}};
    if (!request_.currency.empty() && !currency_.empty() && request_.currency != currency_) return Undefined{"currency_mixed", {request_.currency, std::string(currency_)}};
    return Quantity{*request_.goal, currency_};
  }

  /// `before`: the stage before. `stopped`: why the way ended further down, a value where it goes on.
  PlanRow row_of(std::size_t stage, std::size_t before, std::string_view id, Value& stopped, const Value& goal) {
    PlanRow row{kStages[stage].id, {}, rate_between(id, before, stage), goal, {}, count(kStages[stage]), Undefined{"missing_input", {}}, false};
    std::size_t from = before;
    if (!reached_[before] || reason_of(blocked(row.rate)) != nullptr) {
      const bool is_refused = reached_[before] && row.rate.source == PlanSource::kTyped;  // what was typed is not replaced in silence
      const PlanRate bridge = is_refused ? PlanRate() : bridge_to(stage, from);
      if (bridge.source != PlanSource::kNone && reason_of(blocked(bridge)) == nullptr) {
        row.rate = bridge;
      } else {
        if (reached_[before]) stopped = blocked(row.rate);
        row.needed = stopped;
        return row;
      }
    }
    reached_[stage] = true;
    row.after = kStages[from].id;
    paths_[stage] = paths_[from];
    paths_[stage].add(row.rate);
    row.brings = forward(paths_[stage], row.actual);
    if (const Quantity* g = known(goal)) {
      const double needed = paths_[stage].back(g->value);
      row.needed = std::isfinite(needed) ? Value(Quantity{needed, {}}) : Value(Undefined{"not_finite", {}});
      if (std::isfinite(needed)) row.interval = paths_[stage].interval(g->value);
    }
    return row;
  }

  /// Over the stages that have no count: from the nearest that was reached. Sets `from`.
  PlanRate bridge_to(std::size_t stage, std::size_t& from) const {
    PlanRate rate;
    if (stage == kLeads && reached_[kWon] && typed(kDirectLead) != nullptr) {
      from = kWon;
      rate.id = kDirectLead;
      rate.source = PlanSource::kBridge;
      rate.value = typed_rate(kDirectLead, *typed(kDirectLead), {}, false);
      return rate;
    }
    from = stage;
    while (!reached_[from]) --from;
    if (from != kRevenue) rate = ratio(kStages[stage].rate, PlanSource::kBridge, count(kStages[from]), count(kStages[stage]));
    return rate;
  }

  Value forward(const PlanPath& path, const Value& actual) const {
    const Quantity* count = known(actual);
    if (count == nullptr) return actual;
    const double revenue = path.forward(count->value);
    return std::isfinite(revenue) ? Value(Quantity{revenue, currency_}) : Value(Undefined{"not_finite", {}});
  }

  PlanRate cost(std::string_view id) const {
    PlanRate rate;
    rate.id = id;
    const double* value = typed(id);
    rate.source = value == nullptr ? PlanSource::kData : PlanSource::kTyped;
    if (value == nullptr) {
      rate.value = value_of(id);
    } else if (*value == 0) {
      rate.value = Quantity{0, request_.currency};  // nothing is divided by a cost
    } else {
      rate.value = typed_rate(id, *value, request_.currency, false);
    }
    if (value == nullptr && reason_of(rate.value) != nullptr) rate.source = PlanSource::kNone;
    return rate;
  }

  static const PlanRow& row(const Plan& plan, std::string_view id) {
    return *std::find_if(plan.rows.begin(), plan.rows.end(), [id](const PlanRow& r) { return r.id == id; });
  }

  /// `of` times a rate, or divided by it.
  static PlanRow scaled(std::string_view id, const PlanRow& of, const PlanRate& rate, const Value& actual) {
    PlanRow row{id, {}, rate, of.needed, {}, actual, Undefined{"missing_input", {}}, false};
    const Quantity* count = known(of.needed);
    if (count == nullptr) return row;
    const Quantity* factor = known(rate.value);
    if (factor == nullptr) {
      row.needed = reason_of(rate.value)->code == "missing_input" ? Value(Undefined{"missing_input", {std::string(rate.id)}}) : rate.value;
      return row;
    }
    const double needed = count->value * factor->value;
    row.needed = std::isfinite(needed) ? Value(Quantity{needed, factor->currency}) : Value(Undefined{"not_finite", {}});
    row.after = of.id;
    if (of.interval && std::isfinite(of.interval->high * factor->value)) row.interval = Interval{of.interval->low * factor->value, of.interval->high * factor->value};
    return row;
  }

  void add_money(Plan& plan) const {
    PlanRow spend = scaled("marketing_spend", row(plan, "new_leads"), cost(kCostPerLead), value_of("marketing_spend"));
    spend.is_money = true;
    plan.check = scaled("marketing_spend", row(plan, "mqls"), cost(kCostPerMql), value_of("marketing_spend"));
    plan.check.is_money = true;
    PlanRate per_deal;
    if (const double* value = typed(kCustomers)) {
      per_deal = {kCustomers, PlanSource::kTyped, typed_rate(kCustomers, *value, {}, true), {}, {}, {}, false, false, {}};
    } else {
      per_deal = ratio(kCustomers, PlanSource::kData, value_of("new_customers"), value_of("won_deals"));
      if (per_deal.source == PlanSource::kNone) per_deal = {kCustomers, PlanSource::kAssumed, Quantity{1, {}}, {}, {}, {}, false, false, {}};
    }
    PlanRow customers = scaled("new_customers", row(plan, "won_deals"), per_deal, value_of("new_customers"));
    customers.interval.reset();
    PlanRow cac{"cac_marketing", {}, {}, spend.needed, {}, value_of("cac_marketing"), Undefined{"missing_input", {}}, true};
    PlanRow roi{"roi", {}, {}, spend.needed, {}, value_of("roi"), Undefined{"missing_input", {}}, false};
    const Quantity* cost_now = known(spend.needed);
    const Quantity* goal = known(plan.rows.front().needed);
    if (cost_now != nullptr && goal != nullptr) {
      const auto per_customer = [&](double money) { return money / known(customers.needed)->value; };
      const auto returned = [&](double money) { return (goal->value - money) / money; };
      cac.after = roi.after = spend.id;
      if (known(customers.needed) == nullptr) {
        cac.needed = customers.needed;
      } else if (!std::isfinite(per_customer(cost_now->value))) {
        cac.needed = Undefined{"denominator_zero", {"new_customers"}};
      } else {
        cac.needed = Quantity{per_customer(cost_now->value), cost_now->currency};
        if (spend.interval) cac.interval = Interval{per_customer(spend.interval->low), per_customer(spend.interval->high)};
      }
      if (!cost_now->currency.empty() && !goal->currency.empty() && cost_now->currency != goal->currency) {
        roi.needed = Undefined{"currency_mixed", {std::string(goal->currency), std::string(cost_now->currency)}};
      } else if (!std::isfinite(returned(cost_now->value))) {
        roi.needed = Undefined{"denominator_zero", {"marketing_spend"}};
      } else {
        roi.needed = Quantity{returned(cost_now->value), {}};
        if (spend.interval) roi.interval = Interval{returned(spend.interval->high), returned(spend.interval->low)};
      }
    }
    for (PlanRow* r : {&spend, &customers, &cac, &roi}) plan.rows.push_back(*r);
  }

  /// The velocity's own formula, once as it is and once for each factor made better: no second definition of it.
  void add_levers(Plan& plan) const {
    const Expression& formula = *catalog_.kpi(kVelocity)->formula;
    const auto factor = [this](std::string_view id) -> Value {
      const double* value = typed(id);
      if (value == nullptr) return value_of(id);
      const Value rate = typed_rate(id, *value, id == kStages[kWon].rate ? std::string_view(request_.currency) : std::string_view(), id == kStages[kDecided].rate);
      return *value == 0 && id != "sales_cycle_from_creation" ? Value(Quantity{0, {}}) : rate;
    };
    plan.velocity = evaluate(formula, factor);
    for (const std::string& id : references(formula)) {
      const Kpi* kpi = catalog_.kpi(id);
      const double scale = kpi->better == "lower" ? 1 - request_.change : 1 + request_.change;
      const Value better = evaluate(formula, [&](std::string_view inner) -> Value {
        Value value = factor(inner);
        if (inner == id && known(value) != nullptr) std::get<Quantity>(value).value *= scale;
        return value;
      });
      PlanLever lever{kpi, typed(id) != nullptr ? PlanSource::kTyped : known(value_of(id)) != nullptr ? PlanSource::kData : PlanSource::kNone, factor(id), plan.velocity};
      const Quantity* now = known(plan.velocity);
      if (now != nullptr) lever.gain = known(better) == nullptr ? better : Value(Quantity{known(better)->value - now->value, now->currency});
      plan.levers.push_back(std::move(lever));
    }
  }

  void add_lead_time(Plan& plan, const Kpi& kpi) const {
    const Value days = value_of(kpi.id);
    const Quantity* q = known(days);
    if (q == nullptr || q->value < 0 || q->value > 36500) return;
    PlanLeadTime time{&kpi, q->value, {}};
    if (request_.day) time.day = *request_.day - static_cast<Day>(std::ceil(q->value));
    plan.lead_times.push_back(time);
  }

  const Catalog& catalog_;
  const PlanRequest& request_;
  const Report& report_;
  const std::function<Value(std::size_t)>& measure_;
  std::string_view currency_;
  std::vector<PlanPath> paths_;  // by stage
  std::vector<bool> reached_;
};

}  // namespace

bool is_plan_input(std::string_view id) {
  for (const Stage& stage : kStages) {
    if (!stage.rate.empty() && stage.rate == id) return true;
  }
  for (const std::string_view other : {kDirectMql, kDirectLead, kCustomers, kCostPerLead, kCostPerMql, std::string_view("opportunities"), std::string_view("sales_cycle_from_creation")}) {
    if (other == id) return true;
  }
  return false;
}

Result<Plan> make_plan(const Dataset& dataset, const ReportRequest& request, const PlanRequest& wanted) {
  const Catalog& catalog = dataset.catalog();
  ReportRequest narrowed = request;
  narrowed.compare = {};
  narrowed.compare_also.clear();
  if (wanted.rates == Basis::kCohort) narrowed.basis = Basis::kAuto;
  narrowed.group_by = wanted.dimension;  // a member's figures come from the same grouping as in the table
  const Result<Report> made = make_report(dataset, narrowed);
  if (!made.ok()) return made.error();
  const Report& report = made.value();
  const std::int64_t member = report.group == nullptr ? -1 : report.group->find(wanted.key);
  if (report.group != nullptr && member < 0) return Error{Code::dimension_unknown, {{"id", wanted.key}, {"nearest", std::string()}}};
  const std::function<Value(std::size_t)> measure = [&](std::size_t m) -> Value {
    return member < 0 ? report.measures[m].total : report.measures[m].by_member[static_cast<std::size_t>(member)];
  };
  Plan plan{report.window, {}, {}, Undefined{"missing_input", {}}, {}, {}};
  Planner(catalog, wanted, report, measure).fill(plan);
  return plan;
}

}  // namespace kpi
