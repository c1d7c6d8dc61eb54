#include "core/engine/handed_leads.h"

#include <cmath>

#include "core/engine/derived_columns.h"
#include "core/engine/lead_funnel.h"

namespace kpi {
namespace {

constexpr std::int64_t kHour = 3600, kDay = 86400;

bool is_timed(const Column& column, std::size_t row) { return row < column.numbers.size() && !std::isnan(column.numbers[row]); }

class Reader {
 public:
  Reader(const Dataset& dataset, const ReportScope& scope, StageRule rule, const HandedRequest& request, HandedLeads& into)
      : dataset_(dataset), scope_(scope), rule_(rule), request_(request), into_(into) {}

  void read(const FileTable& t) {
    const Column& handed = *t.date("handoff_at");
    const Column& answered = *t.date("first_response_at");
    const LeadFunnel funnel(dataset_, t, rule_);
    const DimensionView* channels = request_.channels.view(t);
    const Window& window = scope_.window;
    into_.rows += t.table.row_count;
    for (std::size_t row = 0; row < t.table.row_count; ++row) {
      const Day day = handed.days[row];
      if (is_repeated(t, row)) {
        ++into_.repeats;
      } else if (is_filtered_out(scope_.filters, t, row)) {
        ++into_.filtered;
      } else if (day == kNoDay) {
        ++into_.not_handed;
      } else if (!window.is_unbounded && (day < window.first || day > window.last)) {
        ++into_.outside;
      } else if (!is_timed(handed, row) || (answered.days[row] != kNoDay && !is_timed(answered, row))) {
        ++into_.untimed;
      } else {
        const bool has_converted = funnel.reached()[row] >= static_cast<std::uint8_t>(request_.goal);
        add({lead_of(handed, answered, row), has_converted, 0, member_of(request_.by, t, row)}, channels == nullptr ? -1 : static_cast<std::int64_t>(channels->member(row)));
      }
    }
  }

 private:
  HandedLead lead_of(const Column& handed, const Column& answered, std::size_t row) const {
    const Clock& clock = request_.clock;
    HandedLead lead{std::llround(moment_at(handed, row)), std::nullopt};
    if (answered.days[row] != kNoDay) lead.answered_at = std::llround(moment_at(answered, row));
    if (clock.times == ClockTimes::kUtc) return lead;
    lead.handed_over_at = utc_of_local(clock.offsets, lead.handed_over_at);
    if (lead.answered_at) lead.answered_at = utc_of_local(clock.offsets, *lead.answered_at, lead.handed_over_at);
    return lead;
  }

  void add(HandedRow row, std::int64_t channel) {
    if (row.lead.answered_at && *row.lead.answered_at < row.lead.handed_over_at) {
      ++into_.before_handover;
      return;
    }
    const std::int64_t local = local_of_utc(request_.clock.offsets, row.lead.handed_over_at);
    row.hour = static_cast<std::uint8_t>(((local % kDay) + kDay) % kDay / kHour);
    for (const AgreedTime& rule : request_.agreed) {
      if (rule.from != "handoff_at" || rule.to != "first_response_at" || !is_in_force(rule, request_.agreed, channel)) continue;
      row.lead.limit_seconds = std::llround(rule.seconds);
      ++into_.with_agreed;
      break;
    }
    into_.leads.push_back(row);
  }

  const Dataset& dataset_;
  const ReportScope& scope_;
  StageRule rule_;
  const HandedRequest& request_;
  HandedLeads& into_;
};

}  // namespace

bool has_response_times(const FileTable& t) {
  const Column* handed = t.table.kind == "leads" ? t.date("handoff_at") : nullptr;
  const Column* answered = t.date("first_response_at");
  return handed != nullptr && answered != nullptr && has_times(*handed) && has_times(*answered);
}

HandedLeads handed_leads(const Dataset& dataset, const ReportScope& scope, StageRule rule, const HandedRequest& request) {
  HandedLeads made;
  Reader reader(dataset, scope, rule, request, made);
  for (const auto& t : dataset.tables()) {
    if (has_response_times(*t)) reader.read(*t);
  }
  return made;
}

std::int64_t end_of_data(const Dataset& dataset, const Clock& clock) {
  const std::int64_t end = (std::int64_t{last_day_of_funnel(dataset)} + 1) * kDay;
  return utc_of_local(clock.offsets, end);
}

}  // namespace kpi
