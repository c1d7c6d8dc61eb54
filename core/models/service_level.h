// Speed to lead: whether leads were answered within the agreed time, and what a fast answer is worth.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/undefined.h"
#include "core/models/business_hours.h"

namespace kpi {

/// Moments in seconds since 1970-01-01 UTC.
struct HandedLead {
  std::int64_t handed_over_at;
  std::optional<std::int64_t> answered_at;
  std::optional<std::int64_t> limit_seconds = std::nullopt;  // of its own, in place of the one for all
};

/// handed = due + not_yet_due + set_aside; due = in_time + late + never_answered.
struct ServiceLevel {
  std::uint64_t handed, due, not_yet_due;
  std::uint64_t set_aside;  // handed over after now, or answered before they were handed over
  std::uint64_t in_time, late, never_answered;
  Outcome<double> compliance;  // in_time / due; "denominator_zero"
};

/// A lead is due once more than `limit_seconds` of working time have passed since it was handed over; those not yet due are out of both
/// sides, also those answered already: of young leads only quick answers can be seen. An answer after `now` is none yet.
/// Undefined: "no_rows", "out_of_range" (a negative limit for all). Cost O(leads (offsets + log holidays)).
Outcome<ServiceLevel> service_level(const std::vector<HandedLead>& leads, const WorkingTime& hours, std::int64_t limit_seconds, std::int64_t now);

/// How long a lead waited for its answer, by whatever clock, and whether it converted in the end.
struct Response {
  std::optional<std::int64_t> seconds;  // none: never answered
  bool has_converted;
};

enum class ResponseTime : std::uint8_t { kUnder5Minutes, kUnder30Minutes, kUnder1Hour, kUpTo24Hours, kOver24Hours, kNever };
constexpr std::size_t kResponseTimes = 6;

/// From 5, 30 and 60 minutes on a response is in the next one; 24 hours are still up to 24 hours. Negative counts as at once.
ResponseTime response_time(const std::optional<std::int64_t>& seconds);

struct ResponseBucket {
  std::uint64_t leads = 0, converted = 0;
  Outcome<double> conversion_rate = Undefined{"no_rows", {}};
};

/// By ResponseTime. Cost O(responses).
std::array<ResponseBucket, kResponseTimes> conversion_by_response_time(const std::vector<Response>& responses);

}  // namespace kpi
