#include "core/models/service_level.h"

namespace kpi {

Outcome<ServiceLevel> service_level(const std::vector<HandedLead>& leads, const WorkingTime& hours, std::int64_t limit_seconds, std::int64_t now) {
  if (leads.empty()) return Undefined{"no_rows", {}};
  if (limit_seconds < 0) return Undefined{"out_of_range", {"limit"}};
  ServiceLevel level{leads.size(), 0, 0, 0, 0, 0, 0, Undefined{"denominator_zero", {"due"}}};
  for (const HandedLead& lead : leads) {
    const std::int64_t limit = lead.limit_seconds.value_or(limit_seconds);
    if (lead.handed_over_at > now || (lead.answered_at && *lead.answered_at < lead.handed_over_at)) {
      ++level.set_aside;
      continue;
    }
    if (hours.seconds_between(lead.handed_over_at, now) <= limit) {
      ++level.not_yet_due;
      continue;
    }
    ++level.due;
    if (!lead.answered_at || *lead.answered_at > now) ++level.never_answered;
    else if (hours.seconds_between(lead.handed_over_at, *lead.answered_at) <= limit) ++level.in_time;
    else ++level.late;
  }
  if (level.due != 0) level.compliance = static_cast<double>(level.in_time) / static_cast<double>(level.due);
  return level;
}

ResponseTime response_time(const std::optional<std::int64_t>& seconds) {
  if (!seconds) return ResponseTime::kNever;
  if (*seconds < 5 * 60) return ResponseTime::kUnder5Minutes;
  if (*seconds < 30 * 60) return ResponseTime::kUnder30Minutes;
  if (*seconds < 60 * 60) return ResponseTime::kUnder1Hour;
  return *seconds <= 24 * 60 * 60 ? ResponseTime::kUpTo24Hours : ResponseTime::kOver24Hours;
}

std::array<ResponseBucket, kResponseTimes> conversion_by_response_time(const std::vector<Response>& responses) {
  std::array<ResponseBucket, kResponseTimes> buckets;
  for (const Response& r : responses) {
    ResponseBucket& bucket = buckets[static_cast<std::size_t>(response_time(r.seconds))];
    ++bucket.leads;
    bucket.converted += r.has_converted ? 1 : 0;
  }
  for (ResponseBucket& bucket : buckets) {
    if (bucket.leads != 0) bucket.conversion_rate = static_cast<double>(bucket.converted) / static_cast<double>(bucket.leads);
  }
  return buckets;
}

}  // namespace kpi
