// A plan over the loaded data: which rates are in force, what the goal needs of each stage, and what moves the pipeline's velocity.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/engine/planner.h"
#include "core/engine/report.h"

namespace kpi {

struct PlanRequest {
  std::optional<double> goal;           // revenue of a period as long as the report's
  std::string currency;                 // of the goal and of typed money, ISO; empty = unknown
  std::string dimension, key;           // one member of a dimension; empty = all
  std::map<std::string, double, std::less<>> typed;  // rates, deal size and costs instead of the data's, by id of a rate or factor
  double change = 0.1;                  // of each lever, 0 < change < 1
  std::optional<Day> day;               // by when the goal is to be reached
  Basis rates = Basis::kPeriod;         // kCohort: rates between stages follow the people of the period, where rows tell it
};

/// A count on the way, from the goal down. `needed` and its interval are exact, not rounded to whole leads.
struct PlanRow {
  std::string_view id;         // "revenue", "won_deals", "decided_deals", "lead_opportunities", "sqls", "sals", "mqls", "new_leads",
                               // "sessions" or "users"; then "marketing_spend", "new_customers", "cac_marketing", "roi"
  std::string_view after;      // the row that `needed` follows from; empty for the goal and where there is no value
  PlanRate rate;               // that leads here from `after`; no id for the goal and for "roi"
  Value needed;
  std::optional<Interval> interval;
  Value actual;                // of the report's period
  Value brings;                // revenue that `actual` brings at the rates in force
  bool is_money = false;
};

/// A factor of pipeline_velocity, and what the velocity changes by when it gets better by the request's share.
struct PlanLever {
  const Kpi* kpi;
  PlanSource source;
  Value value, gain;
};

/// Median days from a beginning to the won deal; `day`: when it must begin for the goal's day.
struct PlanLeadTime {
  const Kpi* kpi;
  double days;
  std::optional<Day> day;
};

struct Plan {
  Window window;
  std::vector<PlanRow> rows;
  PlanRow check;               // the spend by cost_per_mql, which is the same unless a rate was typed
  Value velocity;
  std::vector<PlanLever> levers;
  std::vector<PlanLeadTime> lead_times;
};

/// Shape   Period basis, as the report: the events of the period, whatever they came from. With rates of the data alone, the actual
///         revenue as the goal needs exactly the actual counts.
///         A step without a rate is bridged: the leads by a typed lead_to_customer_rate, else any stage by the ratio of the nearest
///         counts on both sides; without either the way ends there: missing_input {rate}, and the rows before keep their values.
///         On cohort basis a rate between stages is that of the people who entered in the period, divided by the share of their conversions
///         that can have happened yet (Maturity), at most 1: what they will come to, not what they have. Where too few conversions tell
///         that share, the rate is as it is so far. Steps that no rows tell keep the period's rate.
///         win_rate is of decided deals, open ones left out; decided deals per lead that became an opportunity are a rate of
///         their own, because deals come from elsewhere too and are decided later.
/// Reasons of `needed`, besides those of the KPIs: missing_input {"goal" or a rate}, denominator_zero {rate}, out_of_range {id}, not_finite.
/// Errors  those of make_report; dimension_unknown also for a member that is not there.
/// Cost    one report. Currencies refer to `plan` and to the data: both must outlive the answer.
Result<Plan> make_plan(const Dataset& dataset, const ReportRequest& request, const PlanRequest& plan);

/// Whether a figure of this id can be typed.
bool is_plan_input(std::string_view id);

}  // namespace kpi
