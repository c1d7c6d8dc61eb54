// What a customer of each segment is worth and cost: the catalogue's KPIs of customer value, by the members of a dimension.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/engine/report.h"
#include "core/engine/subscription_cohorts.h"

namespace kpi {

/// In the order in which they are shown.
constexpr std::string_view kSegmentKpis[] = {"customer_churn_rate", "gross_revenue_retention", "net_revenue_retention", "clv_simple", "clv_margin",
                                             "clv_npv", "clv_to_cac", "cac_payback_period"};
constexpr std::string_view kSegmentMeasures[] = {"active_customers", "customers_start", "churned_customers", "mrr_start", "new_mrr", "expansion_mrr",
                                                 "contraction_mrr", "churned_mrr", "mrr"};

struct SegmentValue {
  const Member* member = nullptr;                     // null: all of them
  std::map<std::string_view, Value, std::less<>> of;  // those above, "arpa" (mrr / active_customers), "revenue_per_customer" and "cac"
};

struct SegmentValues {
  Day first = kNoDay, last = kNoDay;
  std::shared_ptr<const Dimension> dimension;  // null without a grouping
  std::string_view cac_source;                 // "typed", a KPI's id, or empty
  bool is_recurring = false;                   // no revenue in the files: the monthly prices of the time stand for it
  double discount_rate = 0;                    // of the whole time
  SegmentValue all;
  std::vector<SegmentValue> members;           // with customers; most first
};

struct SegmentRequest {
  ReportRequest report;        // with the dimension in group_by, or empty
  std::optional<double> cac;   // money per customer, in place of the report's own
  double yearly_discount = 0.10;
};

/// The report's own figures of its time; where it has no bounds, of the last twelve months that are over, fewer where the subscriptions are
/// younger, as one who began with nobody has no churn. A KPI that lacks only what follows is its formula over that:
///   revenue                      the month-end prices of all months of the time, where nothing else tells of revenue
///   customer_acquisition_cost    what was typed, or cac_marketing where only that is known
///   discount_rate                (1 + yearly_discount) ^ years - 1, where none was typed: it is of the same time as the churn
/// `data`: of the same scope; its `used` subscriptions are those of the report. Undefined: no_rows, where no month is over; not_by_dimension.
/// Cost     that of make_report, and subscriptions times months.
Outcome<SegmentValues> segment_values(const Dataset& dataset, const SegmentRequest& request, const SubscriptionCohorts& data);

}  // namespace kpi
