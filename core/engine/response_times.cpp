#include "core/engine/response_times.h"

#include <cmath>

#include "core/engine/derived_columns.h"
#include "core/engine/lead_funnel.h"
#include "core/models/fisher_exact.h"

namespace kpi {
namespace {

constexpr double kHour = 3600, kLeastExpected = 5;
constexpr std::int64_t kDaySeconds = 86400;

struct Handed {
  HandedLead lead;
  bool has_converted;
};

bool has_response_times(const FileTable& t) {
  const Column* handed = t.table.kind == "leads" ? t.date("handoff_at") : nullptr;
  const Column* answered = t.date("first_response_at");
  return handed != nullptr && answered != nullptr && has_times(*handed) && has_times(*answered);
}

LeadStage usual_goal(const Dataset& dataset) {
  LeadStage goal = LeadStage::kUnknown;
  for (const LeadStage stage : {LeadStage::kMql, LeadStage::kSal, LeadStage::kSql, LeadStage::kCustomer, LeadStage::kOpportunity}) {
    for (const auto& t : dataset.tables()) {
      if (has_response_times(*t) && LeadFunnel::knows(dataset, *t, stage)) goal = stage;
    }
  }
  return goal;
}

bool is_timed(const Column& column, std::size_t row) { return row < column.numbers.size() && !std::isnan(column.numbers[row]); }

void read_file(const Dataset& dataset, const FileTable& t, const ReportScope& scope, StageRule rule, ResponseTimes& into, std::vector<Handed>& leads) {
  const Column& handed = *t.date("handoff_at");
  const Column& answered = *t.date("first_response_at");
  const LeadFunnel funnel(dataset, t, rule);
  const Window& window = scope.window;
  for (std::size_t row = 0; row < t.table.row_count; ++row) {
    ++into.rows;
    const Day day = handed.days[row];
    if (is_repeated(t, row)) {
      ++into.repeats;
    } else if (is_filtered_out(scope.filters, t, row)) {
      ++into.filtered;
    } else if (day == kNoDay) {
      ++into.not_handed;
    } else if (!window.is_unbounded && (day < window.first || day > window.last)) {
      ++into.outside;
    } else if (!is_timed(handed, row) || (answered.days[row] != kNoDay && !is_timed(answered, row))) {
      ++into.untimed;
    } else {
      Handed one{{std::llround(moment_at(handed, row)), std::nullopt}, funnel.reached()[row] >= static_cast<std::uint8_t>(into.goal)};
      if (answered.days[row] != kNoDay) one.lead.answered_at = std::llround(moment_at(answered, row));
      if (one.lead.answered_at && *one.lead.answered_at < one.lead.handed_over_at) {
        ++into.before_handover;
      } else {
        ++into.leads;
        leads.push_back(one);
      }
    }
  }
}

void compare(ResponseFigures& figures) {
  const Outcome<TwoProportions> compared = compare_proportions(figures.slow, figures.quick);
  if (!compared.ok()) {
    figures.p = compared.reason();
    return;
  }
  figures.difference = difference_interval(figures.quick, figures.slow);
  if (compared.value().pooled && compared.value().least_expected >= kLeastExpected) {
    figures.p = compared.value().pooled->p_two_sided;
    return;
  }
  const Outcome<FisherExact> exact = fisher_exact(figures.slow, figures.quick);
  figures.p = exact.ok() ? Outcome<double>(exact.value().p_two_sided) : Outcome<double>(exact.reason());
}

Outcome<ResponseFigures> figures_of(const std::vector<Handed>& leads, const BusinessCalendar& calendar, double limit_hours, std::int64_t now) {
  const Outcome<WorkingTime> hours = WorkingTime::from_calendar(calendar);
  if (!hours.ok()) return hours.reason();
  const std::int64_t limit = std::llround(limit_hours * kHour);
  std::vector<HandedLead> handed;
  std::vector<Response> responses;
  std::uint64_t waiting = 0;
  Proportion quick{0, 0}, slow{0, 0};
  for (const Handed& one : leads) {
    handed.push_back(one.lead);
    if (!one.lead.answered_at) {
      const bool is_due = hours.value().seconds_between(one.lead.handed_over_at, now) > limit;
      if (is_due) responses.push_back({std::nullopt, one.has_converted});
      waiting += is_due ? 0 : 1;
      continue;
    }
    const std::int64_t seconds = hours.value().seconds_between(one.lead.handed_over_at, *one.lead.answered_at);
    responses.push_back({seconds, one.has_converted});
    Proportion& side = seconds <= limit ? quick : slow;
    side.n += 1;
    side.k += one.has_converted ? 1 : 0;
  }
  const Outcome<ServiceLevel> level = service_level(handed, hours.value(), limit, now);
  if (!level.ok()) return level.reason();
  ResponseFigures figures{level.value(), conversion_by_response_time(responses), waiting, quick, slow};
  compare(figures);
  return figures;
}

}  // namespace

Outcome<ResponseTimes> response_times(const Dataset& dataset, const ReportScope& scope, StageRule rule, const ResponseRequest& request) {
  ResponseTimes result;
  result.goal = request.goal == LeadStage::kUnknown ? usual_goal(dataset) : request.goal;
  std::vector<Handed> leads;
  for (const auto& t : dataset.tables()) {
    if (has_response_times(*t)) read_file(dataset, *t, scope, rule, result, leads);
  }
  if (result.rows == 0) return Undefined{"missing_input", {"median_response_hours"}};
  const std::int64_t now = (std::int64_t{last_day_of_funnel(dataset)} + 1) * kDaySeconds;
  const BusinessCalendar always{0x7F, 0, 1440, {}, {}};
  Outcome<ResponseFigures> clock = figures_of(leads, always, request.limit_hours, now);
  if (!clock.ok()) return clock.reason();
  result.clock = std::move(clock).value();
  if (!request.hours) return result;
  Outcome<ResponseFigures> working = figures_of(leads, *request.hours, request.limit_hours, now);
  if (!working.ok()) return working.reason();
  result.working = std::move(working).value();
  return result;
}

}  // namespace kpi
