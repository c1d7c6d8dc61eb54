#include "core/api/segments_json.h"

#include "core/api/outcome_json.h"

namespace kpi {
namespace {

constexpr std::size_t kMostMembers = 30;

Json value_json(const Value& value) {
  if (const Quantity* quantity = std::get_if<Quantity>(&value)) return outcome_json(quantity->value);
  return outcome_json(*std::get_if<Undefined>(&value));
}

Object one_json(const SegmentValue& one) {
  Object json;
  for (const auto& [id, value] : one.of) json.put(std::string(id).c_str(), value_json(value));
  if (one.member == nullptr) return json;
  return std::move(json.put("key", one.member->key).put("label", one.member->label).put("canonical", one.member->is_canonical));
}

}  // namespace

Json segments_json(const Dataset& dataset, const SegmentRequest& request, const SubscriptionCohorts& data) {
  const Outcome<SegmentValues> read = segment_values(dataset, request, data);
  if (!read.ok()) return undefined_object(read.reason()).take();
  const SegmentValues& values = read.value();
  Json members = Json::array();
  double rest = 0;
  for (std::size_t i = 0; i < values.members.size(); ++i) {
    if (i < kMostMembers) {
      append(members, one_json(values.members[i]));
    } else if (const Quantity* there = std::get_if<Quantity>(&values.members[i].of.find("active_customers")->second)) {
      rest += there->value;
    }
  }
  Object json;
  json.put_or_null("dimension", values.dimension != nullptr, values.dimension == nullptr ? std::string_view() : std::string_view(values.dimension->id()));
  json.put_date("first", values.first).put_date("last", values.last).put("currency", data.currency).put("cac_source", values.cac_source);
  json.put("recurring", values.is_recurring).put("discount_rate", approximate(values.discount_rate));
  const auto margin = request.report.parameters.find("gross_margin");
  margin == request.report.parameters.end() ? json.put_null("gross_margin") : json.put("gross_margin", margin->second);
  return json.put("all", one_json(values.all)).put("members", std::move(members)).put("rest", approximate(rest)).take();
}

}  // namespace kpi
