// All attribution models side by side over the won deals of a window: credits, costs, and how far the models agree.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/engine/report.h"
#include "core/engine/touch_journeys.h"
#include "core/models/attribution/rank_stability.h"

namespace kpi {

struct AttributionRequest {
  std::string by = "channel";  // a dimension that touchpoints have
  TouchJourneySettings journeys = {};
  double half_life_days = 7;
  std::int32_t markov_order = 1;
  bool has_weights = false;
  PositionShares weights = {};  // model custom_position
  bool only_credits = false;    // without asking how far the models agree, which takes most of the time
};

/// Credits of a model to one member. Return and cost per win need the member's media cost in the currency of the value.
struct MemberCredit {
  double conversions = 0;
  Value value = Quantity{};
  Value media_return = Quantity{};  // (value - media cost) / media cost
  Value cost_per_win = Quantity{};
};

struct AttributedMember {
  Member member;
  std::uint64_t others = 0;  // > 0: so many members with few touches together, under no name
  bool has_touches = false;  // false: no touch of it is known at all, so that no model says anything: only its cost is there
  std::uint64_t touches = 0;  // in journeys to the deals of the window
  Value spend = Undefined{"missing_input", {}};
  Value self_reported = Undefined{"missing_input", {}};  // share of the answers; by channel only
  std::vector<MemberCredit> credits;                     // by model; empty without touches
  double lowest = 0, highest = 0;                        // conversions, over the models that say how sure they are
  bool has_agreement = false;
  Agreement agreement = Agreement::kModelsDisagree;
  double least_kept = 0;  // of these models' ranks, the one that the fewest samples keep
};

struct AttributionModelInfo {
  std::string_view id;
  Value reason = Quantity{};  // Undefined: why the model has no answer
  double unattributed_conversions = 0;
  Value unattributed_value = Quantity{};
  double without_milestone = 0;  // journeys whose weights were scaled for want of a milestone
  // Ratios of the sums over the members that have both touches and a media cost.
  Value media_return = Quantity{};
  Value cost_per_win = Quantity{};
};

/// What became of every row of touches: the counts sum to all of them.
struct TouchUse {
  std::uint64_t used = 0;            // in journeys to deals of the window
  std::uint64_t of_null_journeys = 0;
  std::uint64_t of_other_deals = 0;  // deals outside the window or its filters, and journeys that ended outside it
  std::uint64_t after_conversion = 0, after_opportunity = 0, before_window = 0, of_undated = 0, unreadable = 0, of_nobody = 0, repeats = 0;
};

struct AttributionAnalysis {
  Window window;
  std::string by;
  std::string_view currency;        // of the values; empty where unknown; lives as long as the dataset
  std::vector<AttributionModelInfo> models;
  std::vector<AttributedMember> members;  // most credited by the linear model first
  double conversions = 0;
  Value value = Quantity{};
  Value spend = Undefined{"missing_input", {}};  // media cost of all
  Value covered_spend = Undefined{"missing_input", {}};  // of it that of members with touches: what credits are set against
  TouchUse touches;
  std::uint64_t deals_touched = 0, deals_untouched = 0, deals_undated = 0, deals_without_value = 0;
  std::uint64_t null_journeys = 0;
  bool has_null_journeys = true;    // false: with filters, which say which deals count, nobody knows whose journey without a deal does
  std::uint64_t without_lead = 0, without_opportunity = 0;
  std::uint32_t samples = 0;        // of the bootstrap; fewer for many touches
  bool all_agree = false;
  Value stability = Quantity{};     // Undefined: why nothing is known of it
};

/// Filters are of the deals. Undefined: "missing_input" {touchpoints} or {won_deals}; "not_by_dimension" {by}, or a dimension that the deals do not have;
/// "no_date" {touchpoints}; "no_rows" {won_deals}: no deal was won in the window; and those of the models, one by one.
/// Errors: those of open_scope.
Result<Outcome<AttributionAnalysis>> analyse_attribution(const Dataset& dataset, const ReportRequest& report, const AttributionRequest& request);

}  // namespace kpi
