#include "core/api/responses_json.h"

#include <array>
#include <cmath>

#include "core/api/funnel_parts.h"
#include "core/engine/stage_dates.h"

namespace kpi {
namespace {

constexpr double kHour = 3600;

Outcome<double> in_hours(const Outcome<double>& seconds) { return seconds.ok() ? Outcome<double>(seconds.value() / kHour) : seconds; }

void put_waits(Object& json, const WaitQuantiles& waits) {
  json.put("median", outcome_json(in_hours(waits.median))).put("p90", outcome_json(in_hours(waits.p90)));
}

void put_level(Object& json, const ServiceLevel& level) {
  json.put("due", level.due).put("in_time", level.in_time).put("late", level.late).put("never", level.never_answered);
  put_outcome(json.put("not_yet_due", level.not_yet_due), level.compliance);
}

Object proportion_json(const Proportion& counts) {
  Object json;
  return std::move(json.put("leads", static_cast<std::int64_t>(counts.n)).put("converted", static_cast<std::int64_t>(counts.k)));
}

Object figures_json(const ResponseFigures& figures) {
  static constexpr std::array<const char*, kResponseTimes> kBuckets = {"under_5m", "under_30m", "under_1h", "up_to_24h", "over_24h", "never"};
  Json buckets = Json::array();
  for (std::size_t b = 0; b < kResponseTimes; ++b) {
    const ResponseBucket& bucket = figures.buckets[b];
    Object one;
    one.put("id", kBuckets[b]).put("leads", bucket.leads).put("converted", bucket.converted);
    put_outcome(one, bucket.conversion_rate);
    const auto leads = static_cast<double>(bucket.leads);
    const Interval ends = leads > 0 ? wilson_interval(static_cast<double>(bucket.converted), leads) : Interval{NAN, NAN};
    append(buckets, std::move(one.put("low", approximate(ends.low)).put("high", approximate(ends.high))));
  }
  const ServiceLevel& level = figures.level;
  Object kept;
  put_level(kept, level);
  kept.put("set_aside", level.set_aside);
  Object json;
  json.put("level", std::move(kept)).put("buckets", std::move(buckets)).put("waiting", figures.waiting);
  json.put("quick", proportion_json(figures.quick)).put("slow", proportion_json(figures.slow)).put("p", outcome_json(figures.p));
  json.put("low", figures.difference ? approximate(figures.difference->low) : Json());
  json.put("high", figures.difference ? approximate(figures.difference->high) : Json());
  put_waits(json, figures.waits);
  return json;
}

Object group_json(const ResponseGroup& group) {
  Object json = proportion_json(group.converted);
  put_level(json, group.level);
  put_waits(json, group.waits);
  return json;
}

Object rule_json(const AgreedLevel& level, const Dimension& channels) {
  Object json;
  json.put("from", level.rule.from).put("to", level.rule.to).put("hours", approximate(level.rule.seconds / kHour));
  if (level.rule.channel < 0) json.put_null("channel");
  else json.put("channel", member_json(&channels, static_cast<std::uint32_t>(level.rule.channel)));
  json.put("due", level.due).put("in_time", level.in_time).put("late", level.late).put("never", level.never);
  put_outcome(json.put("not_yet_due", level.not_due), level.compliance);
  return json;
}

Json dates_json(const std::vector<Day>& days) {
  Json list = Json::array();
  for (const Day day : days) append(list, format_iso_date(day));
  return list;
}

}  // namespace

Object responses_json(const ResponseTimes& times, const FunnelRequest& asked, const Dimension& channels) {
  const HandedLeads& handed = times.handed;
  Object left;
  left.put("rows", handed.rows).put("repeats", handed.repeats).put("filtered", handed.filtered).put("not_handed", handed.not_handed);
  left.put("outside", handed.outside).put("untimed", handed.untimed).put("before_handover", handed.before_handover);
  Json groups = Json::array(), hours = Json::array(), agreed = Json::array();
  for (const ResponseGroup& group : times.by_member) append(groups, std::move(group_json(group).put("member", member_json(asked.response.by, group.key))));
  for (const ResponseGroup& group : times.by_hour) append(hours, std::move(group_json(group).put("hour", std::int64_t{group.key})));
  for (const AgreedLevel& level : times.agreed) append(agreed, rule_json(level, channels));
  Object json;
  json.put("goal", stage_id(times.goal)).put("limit_hours", approximate(asked.response.limit_hours)).put("leads", std::uint64_t{handed.leads.size()});
  json.put("with_agreed", handed.with_agreed).put("clock", figures_json(times.clock)).put("left_out", std::move(left));
  if (times.working) json.put("working", figures_json(*times.working));
  else json.put_null("working");
  json.put("groups", std::move(groups)).put("rest", std::uint64_t{times.rest_members}).put("by_hour", std::move(hours)).put("agreed", std::move(agreed));
  if (asked.response.hours) json.put("holidays", dates_json(asked.response.hours->holidays));
  else json.put_null("holidays");
  return std::move(json.put("unread_holidays", asked.unread_holidays).put("zoned", !asked.response.clock.offsets.empty()));
}

}  // namespace kpi
