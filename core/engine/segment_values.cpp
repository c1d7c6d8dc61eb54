#include "core/engine/segment_values.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/order.h"
#include "core/base/sum.h"

namespace kpi {
namespace {

const char* const kCac = "customer_acquisition_cost";
const char* const kRevenue = "revenue";
const char* const kDiscount = "discount_rate";
constexpr std::int32_t kMonths = 12;

Day month_start(Day day) { return period_start(day, Grain::kMonth); }
Day month_end(Day day) { return next_period_start(day, Grain::kMonth) - 1; }

bool is_missing(const Value& value) {
  const Undefined* undefined = std::get_if<Undefined>(&value);
  return undefined != nullptr && undefined->code == "missing_input";
}

double years_of(Day first, Day last) {
  if (first == month_start(first) && last == month_end(last)) {
    const CivilDate a = civil_from_day(first), b = civil_from_day(last);
    return ((b.year - a.year) * 12 + (static_cast<std::int32_t>(b.month) - a.month) + 1) / 12.0;
  }
  return (last - first + 1) / 365.25;
}

class SegmentReader {
 public:
  SegmentReader(const Dataset& dataset, const SegmentRequest& request, const SubscriptionCohorts& data)
      : catalog_(dataset.catalog()), dataset_(dataset), request_(request), data_(data) {}

  Outcome<SegmentValues> run() {
    ReportRequest asked = request_.report;
    asked.compare = {};
    asked.compare_also.clear();
    if (!asked.from && !asked.to && !set_usual_time(asked)) return Undefined{"no_rows", {}};
    Result<Report> made = make_report(dataset_, asked);
    if (!made.ok()) return Undefined{"no_rows", {}};
    report_ = &made.value();
    if (report_->window.first == kNoDay) return Undefined{"no_rows", {}};
    SegmentValues out;
    out.first = report_->window.first;
    out.last = std::min(report_->window.last, data_.as_of);
    out.dimension = report_->group;
    out.discount_rate = std::pow(1 + request_.yearly_discount, years_of(out.first, report_->window.last)) - 1;
    if (const auto typed = asked.parameters.find(kDiscount); typed != asked.parameters.end()) out.discount_rate = typed->second;
    discount_ = out.discount_rate;
    choose_cost(out);
    out.is_recurring = is_missing(report_value(kRevenue, nullptr));
    if (out.is_recurring) sum_prices(out);
    out.all = value_of(nullptr);
    if (report_->group != nullptr) {
      for (const std::size_t& m : report_->member_order) {
        SegmentValue value = value_of(&m);
        const Quantity* there = std::get_if<Quantity>(&value.of["active_customers"]);
        const Quantity* before = std::get_if<Quantity>(&value.of["customers_start"]);
        if ((there != nullptr && there->value > 0) || (before != nullptr && before->value > 0)) out.members.push_back(std::move(value));
      }
      const auto size = [](const SegmentValue& v) { const Quantity* q = std::get_if<Quantity>(&v.of.find("active_customers")->second); return q == nullptr ? 0 : q->value; };
      sort_list(out.members, [&](const SegmentValue& a, const SegmentValue& b) { return size(a) != size(b) ? size(a) > size(b) : a.member->key < b.member->key; });
    }
    return out;
  }

 private:
  bool set_usual_time(ReportRequest& asked) const {
    Day last = data_.as_of;
    if (month_end(last) != last) last = month_start(last) - 1;
    Day first_start = data_.as_of;
    for (const Subscription& s : data_.used) first_start = std::min(first_start, s.start);
    const Day first = std::max(add_months(month_start(last), 1 - kMonths), next_period_start(first_start, Grain::kMonth));
    if (first > last) return false;
    asked.from = first;
    asked.to = last;
    return true;
  }

  /// The report's own, over all or of one member.
  Value report_value(std::string_view id, const std::size_t* member) const {
    if (const Measure* measure = catalog_.measure(id)) {
      const MeasureResult& result = report_->measures[static_cast<std::size_t>(measure - catalog_.measures().data())];
      return member == nullptr ? result.total : result.by_member[*member];
    }
    const Kpi* kpi = catalog_.kpi(id);
    const KpiResult& result = report_->kpis[static_cast<std::size_t>(kpi - catalog_.kpis().data())];
    if (member == nullptr) return result.value;
    const auto at = std::find(report_->member_order.begin(), report_->member_order.end(), *member);
    return result.by_member[static_cast<std::size_t>(at - report_->member_order.begin())];
  }

  void choose_cost(SegmentValues& out) {
    if (request_.cac) {
      out.cac_source = "typed";
    } else {
      for (const char* id : {kCac, "cac_marketing"}) {
        if (!out.cac_source.empty() || !std::holds_alternative<Quantity>(report_value(id, nullptr))) continue;
        out.cac_source = id;
      }
    }
    cac_source_ = out.cac_source;
  }

  /// What the subscriptions came to: of each month that is over its price at the end.
  void sum_prices(const SegmentValues& out) {
    has_prices_ = true;
    std::vector<Sum> sums(report_->group == nullptr ? 0 : report_->group->members().size());
    Sum all;
    Day from = out.last;  // nothing was paid before the first start
    for (const Subscription& s : data_.used) from = std::min(from, s.start);
    for (Day end = month_end(std::max(from, out.first)); end <= out.last; end = month_end(end + 1)) {
      for (const Subscription& s : data_.used) {
        if (!s.is_active(end)) continue;
        all.add(s.mrr);
        const DimensionView* view = report_->group == nullptr ? nullptr : report_->group->view(*s.table);
        if (view != nullptr) sums[view->member(s.row)].add(s.mrr);
      }
    }
    prices_ = all.value();
    for (const Sum& sum : sums) prices_by_member_.push_back(sum.value());
  }

  /// What stands in for an input that the report lacks; nothing where the report's own counts.
  std::optional<Value> stand_in(std::string_view id, const std::size_t* member) const {
    if (id == kRevenue && has_prices_) return Quantity{member == nullptr ? prices_ : prices_by_member_[*member], data_.currency};
    if (id == kDiscount) return Quantity{discount_, {}};
    if (id != kCac) return std::nullopt;
    if (request_.cac) return Quantity{*request_.cac, {}};
    if (cac_source_ != kCac && !cac_source_.empty()) return report_value(cac_source_, member);
    return std::nullopt;
  }

  bool needs_stand_in(std::string_view id, const std::size_t* member) const {
    if (stand_in(id, member)) return true;
    const Kpi* kpi = catalog_.measure(id) == nullptr ? catalog_.kpi(id) : nullptr;
    if (kpi == nullptr) return false;
    const std::vector<std::string> parts = references(*kpi->formula);
    return std::any_of(parts.begin(), parts.end(), [&](const std::string& part) { return needs_stand_in(part, member); });
  }

  Value look_up(std::string_view id, const std::size_t* member) const {
    if (const std::optional<Value> other = stand_in(id, member)) return *other;
    if (catalog_.measure(id) != nullptr || !needs_stand_in(id, member)) return report_value(id, member);
    return evaluate(*catalog_.kpi(id)->formula, [&](std::string_view part) { return look_up(part, member); });
  }

  SegmentValue value_of(const std::size_t* member) const {
    SegmentValue value;
    value.member = member == nullptr ? nullptr : &report_->group->members()[*member];
    for (const std::string_view id : kSegmentMeasures) value.of[id] = report_value(id, member);
    for (const std::string_view id : kSegmentKpis) value.of[id] = look_up(id, member);
    value.of["revenue_per_customer"] = look_up("revenue_per_customer", member);
    value.of["cac"] = look_up(kCac, member);
    value.of["arpa"] = arpa(value);
    return value;
  }

  static Value arpa(const SegmentValue& value) {
    const Quantity* mrr = std::get_if<Quantity>(&value.of.find("mrr")->second);
    const Quantity* customers = std::get_if<Quantity>(&value.of.find("active_customers")->second);
    if (mrr == nullptr || customers == nullptr) return value.of.find(mrr == nullptr ? "mrr" : "active_customers")->second;
    if (customers->value == 0) return Undefined{"denominator_zero", {"active_customers"}};
    return Quantity{mrr->value / customers->value, mrr->currency};
  }

  const Catalog& catalog_;
  const Dataset& dataset_;
  const SegmentRequest& request_;
  const SubscriptionCohorts& data_;
  const Report* report_ = nullptr;
  std::string_view cac_source_;
  double discount_ = 0, prices_ = 0;
  bool has_prices_ = false;
  std::vector<double> prices_by_member_;
};

}  // namespace

Outcome<SegmentValues> segment_values(const Dataset& dataset, const SegmentRequest& request, const SubscriptionCohorts& data) {
  return SegmentReader(dataset, request, data).run();
}

}  // namespace kpi
