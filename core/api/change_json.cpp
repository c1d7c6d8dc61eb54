#include "core/api/change_json.h"

#include "core/api/report_json.h"
#include "core/api/report_request.h"

namespace kpi {
namespace {

std::string currency_of(const Value& value) {
  const Quantity* q = std::get_if<Quantity>(&value);
  return q == nullptr ? std::string() : std::string(q->currency);
}

/// {"code","args"}, or null where there is none.
Json reason_json(const Undefined& reason) {
  return undefined_or_null(reason.code.empty() ? Value(Quantity{0, {}}) : Value(reason));
}

Object side_json(const Value& value, const Window& window) {
  Object json;
  json.put("value", number_or_null(value)).put_date("from", window.first).put_date("to", window.last);
  return json;
}

Object line_json(const MemberChange& line, MemberSplit::Method method) {
  Object json;
  json.put("kind", line.kind == MemberChange::Kind::kMember ? "member" : line.kind == MemberChange::Kind::kOthers ? "others" : "rest");
  json.put("state", line.state == MemberChange::State::kBoth ? "both" : line.state == MemberChange::State::kNew ? "new" : "gone");
  json.put("key", line.member.key).put("label", line.member.label).put("canonical", line.member.is_canonical).put("members", line.members);
  json.put("before", number_or_null(line.before)).put("after", number_or_null(line.after)).put("effect", line.effect);
  if (method != MemberSplit::Method::kRateMix) return json;
  json.put("share_before", line.share_before).put("share_after", line.share_after);
  line.is_split ? json.put("rate_effect", line.rate) : json.put_null("rate_effect");
  line.is_split ? json.put("mix_effect", line.mix) : json.put_null("mix_effect");
  return json;
}

Json members_json(const MemberSplit& split) {
  using Method = MemberSplit::Method;
  Json lines = Json::array();
  for (const MemberChange& line : split.lines) append(lines, line_json(line, split.method));
  Object json;
  json.put("dimension", split.dimension).put("undefined", reason_json(split.reason)).put("sum_of_effects", split.sum);
  json.put_or_null("method", split.method != Method::kNone, split.method == Method::kRateMix ? "rate_mix" : "difference");
  if (split.method == Method::kRateMix) {
    json.put("share_of", split.share_of).put("reference", split.reference).put("rate_effect", split.rate).put("mix_effect", split.mix).put("unsplit_effect", split.unsplit);
  }
  json.put("reversed", split.is_reversed);
  split.driver ? json.put("driver", line_json(*split.driver, split.method)) : json.put_null("driver");
  return json.put("lines", std::move(lines)).take();
}

Json factors_json(const FactorSplit& split) {
  using Method = FactorSplit::Method;
  Json lines = Json::array();
  for (const FactorChange& f : split.factors) {
    const std::string currency = currency_of(f.after);
    Object line;
    line.put("id", f.id).put("sign", std::string(f.sign == 0 ? 0 : 1, f.sign)).put("before", number_or_null(f.before)).put("after", number_or_null(f.after));
    line.put("currency", currency.empty() ? currency_of(f.before) : currency);
    split.method == Method::kNone ? line.put_null("effect") : line.put("effect", f.effect);
    append(lines, std::move(line));
  }
  Object json;
  json.put("undefined", reason_json(split.reason)).put("sum_of_effects", split.sum);
  json.put_or_null("method", split.method != Method::kNone,
                   split.method == Method::kLogMean ? "log_mean" : split.method == Method::kDifference ? "difference" : "average");
  return json.put("lines", std::move(lines)).take();
}

}  // namespace

Result<ChangeRequest> read_change_request(const Json& request) {
  const Result<ReportRequest> report = read_report_request(request);
  if (!report.ok()) return report.error();
  ChangeRequest out;
  out.report = report.value();
  RequestReader own(request);
  out.kpi = own.text_or_empty("kpi");
  out.split_by = own.text_or_empty("split_by");
  const std::int64_t limit = own.integer("limit").value_or(1000);
  if (own.error() != nullptr) return *own.error();
  if (limit < 1) return request_invalid("limit", "1 or more");
  out.limit = static_cast<std::size_t>(limit);
  if (const Json* segments = member(request, "segments")) {
    RequestReader pair(*segments);
    out.segments = SegmentPair{pair.text_or_empty("dimension"), pair.text_or_empty("from"), pair.text_or_empty("to")};
    if (pair.error() != nullptr) return *pair.error();
  }
  return out;
}

Json to_json(const Change& change) {
  const std::string currency = currency_of(change.after);
  Object json;
  json.put("kpi", change.kpi->id).put("undefined", reason_json(change.reason));
  json.put("before", side_json(change.before, change.before_window)).put("after", side_json(change.after, change.after_window));
  json.put("currency", currency.empty() ? currency_of(change.before) : currency);
  change.reason.code.empty() ? json.put("total_change", change.total) : json.put_null("total_change");
  change.members ? json.put("members", members_json(*change.members)) : json.put_null("members");
  change.factors ? json.put("factors", factors_json(*change.factors)) : json.put_null("factors");
  return json.take();
}

}  // namespace kpi
