// The times that were agreed for steps of leads (the table sla_rules), and whether they were kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/dimension.h"
#include "core/engine/report.h"

namespace kpi {

struct AgreedTime {
  std::string from, to;    // date fields of leads
  double seconds;
  std::int64_t channel;    // member of the channels, or -1: every channel
};

/// One for each readable row; rows of channels that no lead has are left out. A rule without stages is about the first answer after hand-over.
/// Codes: sla_stage_unknown{text}, where `diagnostics` are asked for. Cost O(rows).
std::vector<AgreedTime> read_agreed_times(const Dataset& dataset, const Dimension& channels, std::map<int, Diagnostics>* diagnostics = nullptr);

/// Whether the rule is the one for leads of this channel: one that names a channel stands in for the general one of the same step.
bool is_in_force(const AgreedTime& rule, const std::vector<AgreedTime>& rules, std::int64_t channel);

enum class Kept : std::uint8_t { kNotDue, kInTime, kLate, kNever };
/// A step that was taken is due; one that was not is due once its time is over at `as_of`, and broken. Where a date has no time of day, whole
/// days count; hours are hours of the clock. Nothing where the lead was never in the first stage, or took the step before.
std::optional<Kept> judge(const AgreedTime& rule, const Column& from, const Column* to, std::size_t row, double as_of);

/// What became of one agreed time. A lead counts where its first date is in the window.
struct AgreedLevel {
  AgreedTime rule;
  std::uint64_t due = 0, in_time = 0, late = 0, never = 0, not_due = 0;
  Outcome<double> compliance = Undefined{"denominator_zero", {"due"}};  // in_time / due
};
/// By rule, in the order of the files. Together they are what sla_compliance_rate is made of. Cost O(leads rules).
std::vector<AgreedLevel> agreed_levels(const Dataset& dataset, const ReportScope& scope, const Dimension& channels, const std::vector<AgreedTime>& rules);

}  // namespace kpi
