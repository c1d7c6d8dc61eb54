// Why a KPI is another one than before: what each member of a dimension and each factor of its formula gave to the change.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/engine/report.h"

namespace kpi {

/// Two members of one dimension to set side by side, over the same days.
struct SegmentPair {
  std::string dimension, from, to;
};

struct ChangeRequest {
  ReportRequest report;     // its comparison says what "before" is, unless two segments are compared
  std::string kpi;
  std::string split_by;     // dimension id, or empty: factors only
  std::optional<SegmentPair> segments;
  std::size_t limit = 1000;  // members listed; the others are one line, recomputed
};

/// One line of the split by members. Effects of all lines add up to the change.
struct MemberChange {
  enum class Kind : std::uint8_t { kMember, kOthers, kRest };  // kRest: what the total has and no member
  enum class State : std::uint8_t { kBoth, kNew, kGone };
  Kind kind = Kind::kMember;
  State state = State::kBoth;
  Member member;            // kMember
  std::uint64_t members = 1;  // kOthers: how many
  Value before, after;      // the KPI of this line alone
  bool is_split = true;     // ratios: into rate and mix
  double rate = 0, mix = 0, effect = 0;
  double share_before = 0, share_after = 0;  // ratios: of the denominator
};

struct MemberSplit {
  enum class Method : std::uint8_t { kNone, kRateMix, kDifference };
  Method method = Method::kNone;
  Undefined reason;               // kNone: why
  std::string dimension;
  std::vector<MemberChange> lines;  // largest effect first; others and rest last
  std::string share_of;           // kRateMix: the formula that shares are shares of
  double reference = 0;           // kRateMix: the ratio that shares are valued against
  double rate = 0, mix = 0, unsplit = 0, sum = 0;
  bool is_reversed = false;       // every member with a rate on both sides moves against the total
  std::optional<MemberChange> driver;  // is_reversed: whose share moved the total most
};

struct FactorChange {
  std::string id;       // of a measure or KPI that the formula names
  char sign = 0;        // '*', '/', '+', '-': how it stands in the formula; 0 where that is not one sign
  Value before, after;
  double effect = 0;
};

struct FactorSplit {
  enum class Method : std::uint8_t { kNone, kLogMean, kDifference, kAverage };
  Method method = Method::kNone;
  Undefined reason;
  std::vector<FactorChange> factors;  // in the formula's order
  double sum = 0;
};

struct Change {
  const Kpi* kpi;
  Window before_window, after_window;
  Value before, after;
  Undefined reason;         // code not empty: there is no change to explain, and no split
  double total = 0;         // after - before
  std::optional<MemberSplit> members;
  std::optional<FactorSplit> factors;  // nothing where the formula has a single input
};

/// Shape   By members: a formula that adds up gives differences, one that divides such by such gives rate and mix effects (ratio_effect);
///         members are those of both sides, new, gone and without a value included. By factors: the measures and KPIs that the formula
///         names; sums by their differences, products of positive factors by log_mean_effects, all else by average_effects.
/// Units   as the KPI: rates 0..1, money in its currency.
/// Errors  kpi_unknown{id,nearest}, request_invalid{compare} without anything to compare with, dimension_unknown{id,nearest} also for a
///         segment, and those of open_scope. Reasons: those of the KPI on either side, "currency_mixed"; of a split: "does_not_add" {measures}
///         where a figure must not be added over members, "no_ratio_of_sums" for any other formula, "not_by_dimension", "not_finite",
///         "too_many_inputs", and what an average over orders meets ("denominator_zero").
/// Cost    two aggregations; memory by the members of the dimension.
Result<Change> explain_change(const Dataset& dataset, const ChangeRequest& request);

}  // namespace kpi
