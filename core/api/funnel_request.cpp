#include "core/api/funnel_request.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/engine/stage_dates.h"
#include "core/ingest/date_cell.h"

namespace kpi {
namespace {

constexpr std::size_t kMostHolidays = 2000, kMostOffsets = 1000;
constexpr std::int64_t kLatestMoment = 100'000'000'000, kDaySeconds = 86400;

/// kNoDay where the text is no day, or may be two.
Day read_holiday(std::string_view text) {
  const DateCell cell = read_date_cell(trim(text));
  if (cell.kind == DateKind::kCertain) return cell.day;
  if (cell.kind != DateKind::kOrdered) return kNoDay;
  if (cell.is_dotted && cell.day_first != kNoDay) return cell.day_first;
  if (cell.is_ambiguous()) return kNoDay;
  return cell.day_first != kNoDay ? cell.day_first : cell.month_first;
}

std::optional<Error> read_holidays(const Json& list, BusinessCalendar& calendar, std::vector<std::string>& unread) {
  if (!list.is_array() || list.size() > kMostHolidays) return request_invalid("hours.holidays", "texts");
  for (const Json& one : list) {
    const std::string* text = one.get_ptr<const std::string*>();
    if (text == nullptr) return request_invalid("hours.holidays", "texts");
    if (trim(*text).empty()) continue;
    const Day day = read_holiday(*text);
    if (day == kNoDay) unread.push_back(*text);
    else calendar.holidays.push_back(day);
  }
  std::sort(calendar.holidays.begin(), calendar.holidays.end());
  calendar.holidays.erase(std::unique(calendar.holidays.begin(), calendar.holidays.end()), calendar.holidays.end());
  return std::nullopt;
}

Result<BusinessCalendar> read_hours(const Json& json, std::vector<std::string>& unread) {
  BusinessCalendar calendar{0, 0, 0, {}, {}};
  RequestReader read(json);
  const std::int64_t opens = read.integer("opens").value_or(-1), closes = read.integer("closes").value_or(-1);
  const Json* days = member(json, "days");
  if (read.error() != nullptr) return *read.error();
  if (days == nullptr || !days->is_array() || days->size() > 7) return request_invalid("hours.days", "days");
  for (const Json& day : *days) {
    const std::int64_t number = day.is_number_integer() ? day.get<std::int64_t>() : 0;
    if (number < 1 || number > 7) return request_invalid("hours.days", "1..7");
    calendar.working_days = static_cast<std::uint8_t>(calendar.working_days | 1U << static_cast<unsigned>(number - 1));
  }
  if (calendar.working_days == 0 || opens < 0 || closes <= opens || closes > 1440) return request_invalid("hours", "opens before closes");
  calendar.opens_minute = static_cast<std::int32_t>(opens);
  calendar.closes_minute = static_cast<std::int32_t>(closes);
  if (const Json* holidays = member(json, "holidays")) {
    if (const std::optional<Error> error = read_holidays(*holidays, calendar, unread)) return *error;
  }
  return calendar;
}

Result<Clock> read_zone(const Json& json) {
  Clock clock;
  RequestReader read(json);
  const std::string times = read.text_or_empty("times");
  if (read.error() != nullptr) return *read.error();
  if (!times.empty() && times != "local" && times != "utc") return request_invalid("zone.times", "local|utc");
  clock.times = times == "utc" ? ClockTimes::kUtc : ClockTimes::kLocal;
  const Json* offsets = member(json, "offsets");
  if (offsets == nullptr || !offsets->is_array() || offsets->empty() || offsets->size() > kMostOffsets) return request_invalid("zone.offsets", "[[seconds, offset]]");
  for (const Json& one : *offsets) {
    const bool is_pair = one.is_array() && one.size() == 2 && one[0].is_number_integer() && one[1].is_number_integer();
    const std::int64_t from = is_pair ? one[0].get<std::int64_t>() : kLatestMoment + 1, offset = is_pair ? one[1].get<std::int64_t>() : 0;
    const bool is_later = clock.offsets.empty() || from > clock.offsets.back().from_utc_seconds;
    if (!is_later || from < -kLatestMoment || from > kLatestMoment || offset <= -kDaySeconds || offset >= kDaySeconds) return request_invalid("zone.offsets", "[[seconds, offset]]");
    clock.offsets.push_back({from, static_cast<std::int32_t>(offset)});
  }
  return clock;
}

Result<CompletionStep> read_completion(const Json& json) {
  CompletionStep step;
  RequestReader read(json);
  const std::string from = read.text_or_empty("from"), to = read.text_or_empty("to");
  if (read.error() != nullptr) return *read.error();
  step = {stage_from_id(from), stage_from_id(to)};
  const bool is_known = (from.empty() || step.from != LeadStage::kUnknown) && (to.empty() || step.to != LeadStage::kUnknown);
  if (!is_known) return request_invalid("completion", "lead|mql|sal|sql|opportunity|customer");
  return step;
}

}  // namespace

Result<FunnelRequest> read_funnel_request(const Dataset& dataset, const Json& request) {
  Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  FunnelRequest out{std::move(report).value(), 90, {}, {}, {}};
  RequestReader read(request);
  const std::string* by = read.text("by");
  const std::string* goal = read.text("goal");
  out.stale_days = read.integer("stale_days").value_or(90);
  if (read.error() != nullptr) return *read.error();
  if (out.stale_days < 1 || out.stale_days > 3650) return request_invalid("stale_days", "1..3650");
  if (const Json* limit = member(request, "limit_hours")) {
    out.response.limit_hours = limit->is_number() ? limit->get<double>() : 0;
    if (!(out.response.limit_hours > 0) || !(out.response.limit_hours <= 8760)) return request_invalid("limit_hours", "0..8760");
  }
  if (goal != nullptr) {
    out.response.goal = stage_from_id(*goal);
    if (out.response.goal <= LeadStage::kLead) return request_invalid("goal", "mql|sal|sql|opportunity|customer");
  }
  if (const Json* hours = member(request, "hours")) {
    Result<BusinessCalendar> calendar = read_hours(*hours, out.unread_holidays);
    if (!calendar.ok()) return calendar.error();
    out.response.hours = std::move(calendar).value();
  }
  if (const Json* zone = member(request, "zone")) {
    Result<Clock> clock = read_zone(*zone);
    if (!clock.ok()) return clock.error();
    out.response.clock = std::move(clock).value();
  }
  if (const Json* completion = member(request, "completion")) {
    const Result<CompletionStep> step = read_completion(*completion);
    if (!step.ok()) return step.error();
    out.completion = step.value();
  }
  const std::vector<std::string> known = available_dimensions(dataset);
  const bool has_channel = std::find(known.begin(), known.end(), "channel") != known.end();
  out.report.group_by = by == nullptr ? has_channel ? "channel" : "" : *by == "none" ? "" : *by;
  return out;
}

}  // namespace kpi
