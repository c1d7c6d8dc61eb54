// Points judged by what became of the leads, and the leads with the most points.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "core/engine/lead_points.h"
#include "core/engine/score_model.h"

namespace kpi {

struct PointSettings {
  std::vector<LeadRule> rules;
  std::size_t capacity = 0;            // leads that sales can call; 0: not asked
  std::optional<double> qualified_at;  // points from which a lead is qualified
  std::vector<double> bands;           // falling; empty: three equal steps between the least and the greatest points of those judged
  std::int32_t judged_after = 0;       // days after the creation of a lead at which its points are judged, where rules count activities
  std::size_t listed = 50;
  bool is_list_of_all = false;         // customers and lost leads too
};

/// Judged are leads whose outcome is known, by the points they had on their own day: activities up to the end of that day count. With rules of activities
/// that day is judged_after days after creation, and a lead that was won or disqualified by then is left out: its points would know the outcome.
struct JudgedPoints {
  Auc auc;
  std::optional<Auc> held_auc;                  // of the leads that a fitted score is tried on
  std::vector<double> limits;                   // of the bands
  std::vector<ScoreBand> bands;
  std::optional<Confusion> qualified;
  Outcome<Confusion> capacity = Undefined{"out_of_range", {}};
  std::optional<AucDifference> against_file;    // points less the file's score, of those with a score
  std::optional<AucDifference> against_fitted;  // points less the fitted score, of the leads that it is tried on
};

struct ListedLead {
  const LeadBlock* block = nullptr;
  std::size_t lead = 0;  // of the block
  double points = 0;
  std::vector<std::pair<std::size_t, double>> by_rule;  // rules that gave points
};

struct PointScore {
  std::vector<RuleUse> uses;                            // by rule
  std::vector<std::uint64_t> matched;                   // by rule: leads judged to whom it gives points
  std::uint64_t judged = 0, converted = 0;
  std::uint64_t decided = 0, unwatched = 0, undated = 0;  // left out: won or disqualified by their day; their day is after the data; no day of creation
  std::uint64_t undated_outcomes = 0;                   // of those judged, customers without a day: their points may know the outcome
  std::uint64_t untied = 0, undated_activities = 0;     // activities that count for nobody
  Outcome<JudgedPoints> result = Undefined{"no_rows", {}};
  /// With the points of data_last, most first, then the latest created.
  std::vector<ListedLead> list;
  std::uint64_t listable = 0;                           // leads that the list is of
  std::uint64_t open = 0;                               // leads that are neither customers nor told lost
  std::vector<std::uint64_t> open_by_band;              // by limits
  std::optional<std::uint64_t> open_qualified;
};

/// The number of the band of so many points: 0 is the best, limits.size() the one below all limits.
std::size_t band_of(double points, const std::vector<double>& limits);

/// Reasons of the result: "no_usable_rule", "missing_input" (no outcome), those of group_by_score. Cost O(leads rules + activities log activities).
/// The list references the leads.
PointScore score_by_points(const Dataset& dataset, const ScoredLeads& leads, const PointSettings& settings, const FittedScore* fitted);

}  // namespace kpi
