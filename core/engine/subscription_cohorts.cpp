#include "core/engine/subscription_cohorts.h"

#include <algorithm>
#include <memory>
#include <span>

#include "core/base/order.h"
#include "core/base/sum.h"
#include "core/engine/subscriptions.h"

namespace kpi {
namespace {

const char* const kPrice = "mrr";

Day month_end(Day day) { return next_period_start(day, Grain::kMonth) - 1; }

class CohortReader {
 public:
  explicit CohortReader(const AggregateScope& scope) : scope_(scope) {
    if (!scope.currency.empty() && !scope.dataset.rates().empty()) {
      converter_ = std::make_unique<CurrencyConverter>(scope.dataset.rates(), currencies_, scope.currency);
    }
  }

  Outcome<SubscriptionCohorts> run() {
    const auto margin = scope_.parameters.find("gross_margin");
    out_.has_margin = margin != scope_.parameters.end();
    share_ = out_.has_margin ? margin->second : 0;
    if (!(share_ >= 0) || !(share_ <= 1)) return Undefined{"out_of_range", {"gross_margin"}};
    std::vector<Subscription> all = subscriptions(scope_.dataset);
    bool is_there = false, knows_filters = false;
    for (const auto& t : scope_.dataset.tables()) {
      if (t->table.kind != "subscriptions" || !t->has("customer_id") || t->date("start_at") == nullptr || !t->has(kPrice)) continue;
      is_there = true;
      knows_filters = knows_filters || std::all_of(scope_.filters.begin(), scope_.filters.end(), [&](const Filter& f) { return f.dimension->view(*t) != nullptr; });
      out_.rows.rows += t->table.row_count;
      if (t->last_day != kNoDay) out_.as_of = out_.as_of == kNoDay ? t->last_day : std::max(out_.as_of, t->last_day);
    }
    if (!is_there) return Undefined{"missing_input", {kPrice}};
    if (!knows_filters) return Undefined{"not_by_dimension", {scope_.filters.front().dimension->id()}};
    if (out_.as_of == kNoDay || all.empty()) return Undefined{"no_rows", {}};
    if (!scope_.window.is_unbounded) out_.as_of = std::min(out_.as_of, scope_.window.last);
    out_.rows.left_out = out_.rows.rows - all.size();
    all.erase(std::remove_if(all.begin(), all.end(), [this](Subscription& s) { return !take(s); }), all.end());
    if (currency_ == kMixed) return Undefined{"currency_mixed", {kPrice}};
    if (all.empty()) return Undefined{"no_rows", {}};
    out_.rows.used = all.size();
    out_.currency = currencies_.code(currency_);
    sort_list(all, [](const Subscription& a, const Subscription& b) { return a.customer != b.customer ? a.customer < b.customer : a.start < b.start; });
    for (std::size_t first = 0, last; first < all.size(); first = last) {
      for (last = first + 1; last < all.size() && all[last].customer == all[first].customer;) ++last;
      add_customer({all.data() + first, last - first});
    }
    out_.mrr = mrr_.value();
    out_.months = revenue_bridge(all, out_.as_of);
    out_.year = retained_over_year(all, out_.months);
    pool();
    Outcome<std::vector<Cohort>> cohorts = cohort_triangle(std::move(activities_), CohortAge::kCalendarMonth, out_.as_of);
    if (!cohorts.ok()) return cohorts.reason();
    out_.cohorts = std::move(cohorts).value();
    out_.used = std::move(all);
    return std::move(out_);
  }

 private:
  /// Whether it counts; its price is in the report's currency then.
  bool take(Subscription& s) {
    for (const Filter& f : scope_.filters) {
      const DimensionView* view = f.dimension->view(*s.table);
      if (view != nullptr && f.is_allowed[view->member(s.row)]) continue;
      ++out_.rows.filtered;
      return false;
    }
    if (s.end != kNoDay && s.end <= s.start) {
      ++out_.rows.never_active;
      return false;
    }
    if (s.start > out_.as_of) {
      ++out_.rows.later;
      return false;
    }
    std::uint8_t currency = currencies_.number(s.currency);
    if (converter_ != nullptr) s.mrr = converter_->convert(s.mrr, currency, s.start);
    if (currency == kUnknownCurrency) return true;
    if (currency_ == kNoCurrency) currency_ = currency;
    if (currency != currency_) currency_ = kMixed;
    return true;
  }

  struct Holding {
    std::size_t count = 0;
    double mrr = 0;
  };
  static Holding holding(std::span<const Subscription> own, Day day) {
    Holding held;
    for (const Subscription& s : own) {
      if (!s.is_active(day)) continue;
      ++held.count;
      held.mrr += s.mrr;
    }
    return held;
  }

  void add_customer(std::span<const Subscription> own) {
    ++out_.customers;
    const Day start = own.front().start;
    Day last_in_first = start;  // the last day in the first month with anything active
    const Day first_end = std::min(month_end(start), out_.as_of);
    for (const Subscription& s : own) {
      if (s.start <= first_end) last_in_first = std::max(last_in_first, s.end == kNoDay || s.end > first_end ? first_end : s.end - 1);
    }
    add_activity(own.front().customer, start, holding(own, last_in_first));
    std::size_t age = 0;
    bool is_gone = false;
    for (Day end = month_end(start);;) {
      end = month_end(end + 1);
      if (period_start(end, Grain::kMonth) > out_.as_of) break;
      ++age;
      const Day day = std::min(end, out_.as_of);
      const Holding held = holding(own, day);
      if (held.count != 0) add_activity(own.front().customer, day, held);
      if (end > out_.as_of || is_gone) continue;  // a month that still runs tells of nobody that he stayed
      note_risk(age, held.count != 0);
      is_gone = held.count == 0;
    }
    const Holding now = holding(own, out_.as_of);
    if (now.count == 0) return;
    ++out_.active;
    mrr_.add(now.mrr);
  }

  void add_activity(std::uint64_t customer, Day day, const Holding& held) { activities_.push_back({customer, day, held.mrr, held.mrr * share_}); }

  void note_risk(std::size_t age, bool has_stayed) {
    if (risk_.size() <= age) {
      risk_.resize(age + 1, 0);
      left_.resize(age + 1, 0);
    }
    risk_[age] += 1;
    left_[age] += has_stayed ? 0 : 1;
  }

  void pool() {
    out_.at_risk.push_back(static_cast<double>(out_.customers));
    out_.survival.push_back(1);
    for (std::size_t age = 1; age < risk_.size() && risk_[age] >= kLeastAtRisk; ++age) {
      out_.at_risk.push_back(risk_[age]);
      out_.survival.push_back(out_.survival.back() * (1 - left_[age] / risk_[age]));
    }
  }

  const AggregateScope& scope_;
  SubscriptionCohorts out_;
  double share_ = 0;
  CurrencyNumbers currencies_;
  std::unique_ptr<CurrencyConverter> converter_;
  std::uint8_t currency_ = kNoCurrency;
  Sum mrr_;
  std::vector<CohortActivity> activities_;
  std::vector<double> risk_, left_;  // by age
};

}  // namespace

Outcome<SubscriptionCohorts> subscription_cohorts(const AggregateScope& scope) { return CohortReader(scope).run(); }

}  // namespace kpi
